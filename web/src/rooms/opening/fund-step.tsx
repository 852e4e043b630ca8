import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { type AssetAccount, type Customer, customerKey } from '../../parts/customer-data.ts';
import { Count, Data } from '../../parts/figure.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { State } from '../../parts/state.tsx';
import { Empty } from '../../parts/states.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { useText } from '../../texts/texts.ts';
import { Step, type StepState } from './step.tsx';
import { texts } from './texts.ts';

type TradingAccount = AssetAccount['tradingAccounts'][number];

interface Row {
  readonly registrarCode: string;
  readonly funds: number;
  readonly account: TradingAccount | undefined;
}

/** Accounts that count: what a registrar refused or closed may be applied for again. */
const isLive = ({ status }: TradingAccount): boolean =>
  status === 'opening' || status === 'active' || status === 'closing';

function useRegistrars() {
  return useQuery({
    queryKey: ['registrars'],
    queryFn: () => ask(() => api.GET('/registrars')),
  });
}

function useApply(customerId: string, assetAccountNo: string | undefined, onDone: () => void) {
  const t = useText(texts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({
      registrarCode,
      taAccountId,
    }: {
      registrarCode: string;
      taAccountId?: string;
    }) => {
      const account = { customerId, assetAccountNo: assetAccountNo ?? '', registrarCode };
      const body = taAccountId === undefined ? account : { ...account, taAccountId };
      return ask(() => api.POST('/fund-accounts', { body }));
    },
    onSuccess: async () => {
      void message.success(t('set.fund.applied'));
      onDone();
      await queries.invalidateQueries({ queryKey: customerKey(customerId) });
    },
  });
}

function AddDialog({
  registrarCode,
  apply,
  onClose,
}: {
  registrarCode: string;
  apply: ReturnType<typeof useApply>;
  onClose: () => void;
}) {
  const t = useText(texts);
  const [form] = Form.useForm<{ taAccountId: string }>();
  return (
    <Modal
      open
      title={t('set.fund.addTitle', { code: registrarCode })}
      okText={t('set.fund.add')}
      confirmLoading={apply.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="quiet dialog-lead">{t('set.fund.addLead')}</p>
      {apply.isError ? <ProblemNote error={apply.error} /> : null}
      <Form
        form={form}
        layout="vertical"
        onFinish={({ taAccountId }) => apply.mutate({ registrarCode, taAccountId })}
      >
        <Form.Item
          name="taAccountId"
          label={t('set.fund.taNo')}
          rules={[{ required: true, pattern: /^[0-9A-Z]{1,12}$/, message: t('set.fund.needTa') }]}
        >
          <Input className="num" autoComplete="off" spellCheck={false} maxLength={12} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function useColumns(
  mayApply: boolean,
  acts: { apply: (row: Row) => void; add: (row: Row) => void; isPending: boolean },
): Column<Row>[] {
  const t = useText(texts);
  return [
    {
      key: 'registrar',
      title: t('set.fund.registrar'),
      render: (row) => <Data isCode>{row.registrarCode}</Data>,
    },
    {
      key: 'funds',
      title: t('set.fund.funds'),
      kind: 'figure',
      render: (row) => <Count of="fundsOfRegistrar" value={row.funds} />,
    },
    {
      key: 'ta',
      title: t('set.fund.ta'),
      render: ({ account }) => <Data isCode>{account?.taAccountId ?? '—'}</Data>,
    },
    {
      key: 'state',
      title: t('set.fund.state'),
      render: ({ account }) =>
        account === undefined ? (
          <span className="quiet">{t('set.fund.none')}</span>
        ) : (
          <State kind="accountStatus" code={account.status} />
        ),
    },
    {
      key: 'acts',
      title: <span className="out-of-sight">{t('set.fund.apply')}</span>,
      kind: 'action',
      render: (row) =>
        row.account !== undefined && isLive(row.account) ? null : (
          <span className="set-up-acts">
            <Button
              size="small"
              disabled={!mayApply || acts.isPending}
              onClick={() => acts.apply(row)}
            >
              {t('set.fund.apply')}
              <span className="out-of-sight" translate="no">
                {' '}
                {row.registrarCode}
              </span>
            </Button>
            <Button size="small" type="text" disabled={!mayApply} onClick={() => acts.add(row)}>
              {t('set.fund.add')}
              <span className="out-of-sight" translate="no">
                {' '}
                {row.registrarCode}
              </span>
            </Button>
          </span>
        ),
    },
  ];
}

function stateOf(trading: readonly TradingAccount[]): StepState {
  if (trading.some(({ status }) => status === 'active')) return 'done';
  return trading.some(({ status }) => status === 'opening') ? 'waiting' : 'open';
}

/** The accounts at registrars: a new one is applied for, or one that is there is added. */
export function FundStep({
  customer: { customerId, kycStatus },
  accounts,
}: {
  customer: Customer;
  accounts: readonly AssetAccount[];
}) {
  const t = useText(texts);
  const query = useRegistrars();
  const [adding, setAdding] = useState<string>();
  const main = accounts.find(({ purpose }) => purpose === 'main') ?? accounts[0];
  const apply = useApply(customerId, main?.assetAccountNo, () => setAdding(undefined));
  const trading = accounts.flatMap(({ tradingAccounts }) => tradingAccounts);
  const isVerified = kycStatus === 'verified';
  const columns = useColumns(main !== undefined && isVerified, {
    apply: ({ registrarCode }) => apply.mutate({ registrarCode }),
    add: ({ registrarCode }) => {
      apply.reset();
      setAdding(registrarCode);
    },
    isPending: apply.isPending,
  });
  const hint =
    main === undefined ? 'set.fund.needCash' : isVerified ? 'set.fund.lead' : 'set.fund.needKyc';
  return (
    <Step title={t('set.fund')} state={stateOf(trading)}>
      <div className="stack">
        <p className="quiet">{t(hint)}</p>
        <DataTable
          label={t('set.fund')}
          columns={columns}
          query={query}
          rowsOf={({ registrars }) =>
            registrars.map(({ registrarCode, funds }): Row => {
              const own = trading.filter((one) => one.registrarCode === registrarCode);
              return { registrarCode, funds, account: own.find(isLive) ?? own.at(-1) };
            })
          }
          rowKey={(row) => row.registrarCode}
          empty={<Empty title={t('set.fund.empty')} />}
        />
        {apply.isError && adding === undefined ? <ProblemNote error={apply.error} /> : null}
      </div>
      {adding === undefined ? null : (
        <AddDialog registrarCode={adding} apply={apply} onClose={() => setAdding(undefined)} />
      )}
    </Step>
  );
}
