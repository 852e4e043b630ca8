import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { WireFinding } from '../../api/problem.ts';
import { usePreferences } from '../../app/preferences.ts';
import { type AssetAccount, type Customer, customerKey } from '../../parts/customer-data.ts';
import { useDebounced } from '../../parts/debounced.ts';
import { Data, Money } from '../../parts/figure.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { State } from '../../parts/state.tsx';
import { useTerms } from '../../texts/terms.ts';
import { inLanguage, useText } from '../../texts/texts.ts';
import { Step } from './step.tsx';
import { texts } from './texts.ts';

const SETTLE_MS = 250;

interface Bank {
  readonly bankCode: string;
  readonly bankAccountNo: string;
}

/** What the server says of a bank account as far as it is typed; kept in no cache. */
function useBankCheck(bank: Bank) {
  const text = JSON.stringify(bank);
  const settled = useDebounced(text, SETTLE_MS);
  const query = useQuery({
    queryKey: ['opening', 'bank', settled],
    gcTime: 0,
    placeholderData: keepPreviousData,
    queryFn: () =>
      ask(() => api.POST('/asset-accounts/bank-check', { body: JSON.parse(settled) as Bank })),
  });
  return {
    findings: query.data?.findings ?? [],
    isCurrent: settled === text && !query.isPlaceholderData && query.data !== undefined,
  };
}

function BankField({
  name,
  label,
  hint,
  value,
  findings,
  onChange,
}: {
  name: keyof Bank;
  label: string;
  hint?: string;
  value: string;
  findings: readonly WireFinding[];
  onChange: (value: string) => void;
}) {
  const { language } = usePreferences();
  const own = value === '' ? [] : findings.filter(({ details }) => details['field'] === name);
  const isBlocked = own.some(({ severity }) => severity === 'block');
  const said = own.map(({ code, message, messageZh, remedy = '', remedyZh = '' }) => (
    <span key={code} className={isBlocked ? 'opening-fault' : 'opening-fault set-up-warn'}>
      {inLanguage(language, { en: `${message} ${remedy}`, zh: `${messageZh}${remedyZh}` })}
    </span>
  ));
  return (
    <Form.Item
      htmlFor={`bank-${name}`}
      label={label}
      validateStatus={isBlocked ? 'error' : own.length > 0 ? 'warning' : ''}
      help={
        own.length > 0 ? (
          <span id={`bank-${name}-help`} role="alert">
            {said}
          </span>
        ) : undefined
      }
      extra={hint}
    >
      <Input
        id={`bank-${name}`}
        className="num"
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
        value={value}
        aria-invalid={isBlocked}
        {...(own.length > 0 ? { 'aria-describedby': `bank-${name}-help` } : {})}
        onChange={(event) => onChange(event.target.value.replaceAll(/\s/g, ''))}
      />
    </Form.Item>
  );
}

function BankForm({ customerId }: { customerId: string }) {
  const t = useText(texts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [bank, setBank] = useState<Bank>({ bankCode: '', bankAccountNo: '' });
  const { findings, isCurrent } = useBankCheck(bank);
  const open = useMutation({
    mutationFn: () =>
      ask(() => api.POST('/asset-accounts', { body: { customerId, purpose: 'main', ...bank } })),
    onSuccess: async () => {
      void message.success(t('bank.opened'));
      await queries.invalidateQueries({ queryKey: customerKey(customerId) });
    },
  });
  const isReady = isCurrent && findings.every(({ severity }) => severity !== 'block');
  return (
    <div className="stack">
      <p className="quiet">{t('set.cash.none')}</p>
      <Form layout="vertical" className="set-up-bank" onFinish={() => open.mutate()}>
        <BankField
          name="bankCode"
          label={t('bank.code')}
          hint={t('bank.codeHint')}
          value={bank.bankCode}
          findings={findings}
          onChange={(bankCode) => setBank({ ...bank, bankCode: bankCode.toUpperCase() })}
        />
        <BankField
          name="bankAccountNo"
          label={t('bank.account')}
          value={bank.bankAccountNo}
          findings={findings}
          onChange={(bankAccountNo) => setBank({ ...bank, bankAccountNo })}
        />
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={open.isPending}>
          {t('set.cash.open')}
        </Button>
      </Form>
      {open.isError ? <ProblemNote error={open.error} /> : null}
    </div>
  );
}

/** The cash account: the one there is, or opening the main one. */
export function CashStep({
  customer: { customerId },
  accounts,
}: {
  customer: Customer;
  accounts: readonly AssetAccount[];
}) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <Step title={t('set.cash')} state={accounts.length > 0 ? 'done' : 'open'}>
      {accounts.length === 0 ? (
        <BankForm customerId={customerId} />
      ) : (
        <ul className="stack">
          {accounts.map((account) => (
            <li key={account.assetAccountNo} className="set-up-account">
              <span>{term('accountPurpose', account.purpose)}</span>
              <Data isCode>{account.assetAccountNo}</Data>
              <span className="quiet">
                {t('bank.code')} <Data isCode>{account.bankCode}</Data>
              </span>
              <Data isCode>{account.bankAccountMasked}</Data>
              <Money of="cashAvailable" value={account.cash.available} currency="CNY" />
              <State kind="accountStatus" code={account.status} />
            </li>
          ))}
        </ul>
      )}
    </Step>
  );
}
