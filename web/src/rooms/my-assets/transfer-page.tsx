import { CheckCircleFilled } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Form, Input, Segmented, Select } from 'antd';
import { useMemo, useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useMyCustomerId } from '../../app/session.ts';
import { type AssetAccount, customerKey, useAccountTree } from '../../parts/customer-data.ts';
import { groupDecimal } from '../../parts/decimal.ts';
import { Data, Money } from '../../parts/figure.tsx';
import { isQuantity, OrderNumbers } from '../../parts/order/draft.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { LoadFailed, ProblemNote } from '../../parts/problem.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import './my-assets.css';
import { texts } from './texts.ts';

const route = getRouteApi('/investor/my/transfer');

const DIRECTIONS = ['in', 'out'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** Sends a transfer; what is sent again after a lost answer is the same transfer. */
function useTransfer(customerId: string) {
  const queries = useQueryClient();
  const numbers = useMemo(() => new OrderNumbers(), []);
  return useMutation({
    mutationFn: (asked: { assetAccountNo: string; direction: Direction; amount: string }) => {
      const clientTransferNo = numbers.of(asked);
      return ask(() =>
        api.POST('/cash-transfers', {
          body: { ...asked, clientTransferNo },
          headers: { 'idempotency-key': clientTransferNo },
        }),
      );
    },
    // An answer is final for its number: what is sent next is another transfer.
    onSuccess: () => {
      numbers.next();
      return queries.invalidateQueries({ queryKey: customerKey(customerId) });
    },
    onError: (error) => {
      if (asProblem(error).body !== undefined) numbers.next();
    },
  });
}

type Transfer = ReturnType<typeof useTransfer>;

function AmountField({
  account,
  direction,
  amount,
  onChange,
}: {
  account: AssetAccount;
  direction: Direction;
  amount: string;
  onChange: (amount: string) => void;
}) {
  const t = useText(texts);
  const isWrong = amount !== '' && !isQuantity(amount);
  const { available } = account.cash;
  return (
    <Form.Item
      label={t('transfer.amount')}
      htmlFor="amount"
      validateStatus={isWrong ? 'error' : ''}
      help={isWrong ? t('transfer.wrong') : undefined}
      extra={
        <span className="my-means">
          {t(direction === 'out' ? 'transfer.available' : 'transfer.balance')}{' '}
          <Money of="cashAvailable" value={available} />
          {direction === 'out' ? (
            <Button size="small" type="link" onClick={() => onChange(available)}>
              {t('transfer.all')}
            </Button>
          ) : null}
        </span>
      }
    >
      <Input
        id="amount"
        size="large"
        inputMode="decimal"
        autoComplete="off"
        className="num"
        suffix={t('yuan')}
        value={amount}
        onChange={(event) => onChange(event.target.value.replace(/[,\s]/g, ''))}
      />
      {isQuantity(amount) ? (
        <span className="quiet num my-read">{groupDecimal(amount, 2)}</span>
      ) : null}
    </Form.Item>
  );
}

function AccountChoice({
  accounts,
  chosen,
  onChange,
}: {
  accounts: readonly AssetAccount[];
  chosen: AssetAccount;
  onChange: (assetAccountNo: string) => void;
}) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <Form.Item
      label={t('transfer.account')}
      htmlFor="account"
      extra={
        <>
          {t('transfer.bank')}{' '}
          <Data isCode>
            {chosen.bankCode} {chosen.bankAccountMasked}
          </Data>
        </>
      }
    >
      <Select
        id="account"
        value={chosen.assetAccountNo}
        onChange={onChange}
        options={accounts.map(({ assetAccountNo, purpose }) => ({
          value: assetAccountNo,
          label: (
            <>
              {term('accountPurpose', purpose)} <Data isCode>{assetAccountNo}</Data>
            </>
          ),
        }))}
      />
    </Form.Item>
  );
}

function TransferForm({
  accounts,
  direction,
  transfer,
}: {
  accounts: readonly AssetAccount[];
  direction: Direction;
  transfer: Transfer;
}) {
  const t = useText(texts);
  const navigate = route.useNavigate();
  const [accountNo, setAccountNo] = useState<string>();
  const [amount, setAmount] = useState('');
  const account = accounts.find((each) => each.assetAccountNo === accountNo) ?? accounts[0];
  if (account === undefined) {
    return <Empty title={t('transfer.noAccount')} hint={t('transfer.noAccountHint')} />;
  }
  const { assetAccountNo } = account;
  const turn = (next: Direction) => {
    transfer.reset();
    void navigate({ search: next === 'out' ? { direction: 'out' } : {}, replace: true });
  };
  return (
    <Form layout="vertical" onFinish={() => transfer.mutate({ assetAccountNo, direction, amount })}>
      <Form.Item>
        <Segmented<Direction>
          aria-label={t('transfer.title')}
          block
          size="large"
          value={direction}
          onChange={turn}
          options={DIRECTIONS.map((value) => ({ value, label: t(`transfer.${value}`) }))}
        />
      </Form.Item>
      <AccountChoice accounts={accounts} chosen={account} onChange={setAccountNo} />
      <AmountField account={account} direction={direction} amount={amount} onChange={setAmount} />
      {transfer.isError ? <ProblemNote error={transfer.error} /> : null}
      <p className="quiet my-note">{t(`transfer.note.${direction}`)}</p>
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        disabled={!isQuantity(amount)}
        loading={transfer.isPending}
      >
        {t(`transfer.send.${direction}`)}
      </Button>
    </Form>
  );
}

function Done({ transfer }: { transfer: Transfer }) {
  const t = useText(texts);
  const { data } = transfer;
  if (data === undefined) return null;
  return (
    <div className="my-done" role="status">
      <CheckCircleFilled aria-hidden="true" />
      <p className="my-done-title">{t(`transfer.done.${data.direction}`)}</p>
      <p className="my-done-figure">
        <Money of="cashMovement" value={data.amount} asOf={data.businessDate} />{' '}
        <span className="figure-unit">{t('yuan')}</span>
      </p>
      <p className="quiet">{t('transfer.doneNote', { date: data.businessDate })}</p>
      <p>
        <Data isCode>{data.transferId}</Data>
      </p>
      <div className="my-done-acts">
        <Button onClick={() => transfer.reset()}>{t('transfer.more')}</Button>
        <Link to="/my" className="link-button link-button-primary">
          {t('transfer.back')}
        </Link>
      </div>
    </div>
  );
}

/** Cash in and out, between the investor's bank account and his account here. */
export function TransferPage() {
  const t = useText(texts);
  const { direction = 'in' } = route.useSearch();
  const customerId = useMyCustomerId();
  const query = useAccountTree(customerId);
  const transfer = useTransfer(customerId);
  const accounts = query.data?.assetAccounts.filter(({ status }) => status === 'active') ?? [];
  return (
    <Page
      at={query.dataUpdatedAt}
      title={t('transfer.title')}
      lead={t('transfer.lead')}
      before={<Link to="/my">{t('transfer.back')}</Link>}
    >
      <Panel className="my-narrow">
        {query.isLoadingError ? (
          <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isPending ? <Loading rows={5} /> : null}
        {transfer.isSuccess ? <Done transfer={transfer} /> : null}
        {query.data === undefined || transfer.isSuccess ? null : (
          <TransferForm accounts={accounts} direction={direction} transfer={transfer} />
        )}
      </Panel>
    </Page>
  );
}
