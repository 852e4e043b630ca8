import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { useHasRole } from '../../app/session.ts';
import {
  type Customer,
  customerKey,
  useAccountTree,
  useCustomer,
  useProfile,
} from '../../parts/customer-data.ts';
import { Data } from '../../parts/figure.tsx';
import { Page } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Level, State } from '../../parts/state.tsx';
import { Loading } from '../../parts/states.tsx';
import { dayOf } from '../../parts/time.ts';
import { useText } from '../../texts/texts.ts';
import { ReviewDialog } from '../customers/decision-dialogs.tsx';
import { CashStep } from './cash-step.tsx';
import { FundStep } from './fund-step.tsx';
import './opening.css';
import { Step } from './step.tsx';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/opening/customers/$customerId');

function KycStep({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const mayReview = useHasRole('operations', 'reviewer', 'compliance');
  const [isReviewing, setReviewing] = useState(false);
  const { kycStatus } = customer;
  const isDone = kycStatus === 'verified';
  return (
    <Step
      title={t('set.kyc')}
      state={isDone ? 'done' : 'waiting'}
      extra={<State kind="kycStatus" code={kycStatus} />}
    >
      <div className="set-up-line">
        <p className="quiet">{t(`set.kyc.${kycStatus}`)}</p>
        {isDone || !mayReview ? null : (
          <Button onClick={() => setReviewing(true)}>{t('set.kyc.review')}</Button>
        )}
      </div>
      <ReviewDialog customer={customer} isOpen={isReviewing} onClose={() => setReviewing(false)} />
    </Step>
  );
}

/** Whether there is a profile at all, so that one that is not there is not asked for. */
function useHasProfile(customerId: string) {
  return useQuery({
    queryKey: [...customerKey(customerId), 'has-profile'],
    queryFn: async () => {
      const params = { path: { customerId } };
      const { sections } = await ask(() => api.GET('/customers/{customerId}/view', { params }));
      return sections['suitability'] !== null && sections['suitability'] !== undefined;
    },
  });
}

function RiskLevel({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const { data } = useProfile(customer.customerId);
  const profile = data?.profile;
  const level = profile?.level;
  if (level === undefined || level === null) return <Loading rows={1} />;
  const until = profile?.validUntil ?? '—';
  return (
    <p className="set-up-account">
      <Level kind="investorLevel" level={level} />
      <span className="quiet num">{t('set.risk.until', { date: until })}</span>
    </p>
  );
}

function RiskStep({ customer, hasProfile }: { customer: Customer; hasProfile: boolean }) {
  const t = useText(texts);
  const { customerId } = customer;
  return (
    <Step title={t('set.risk')} state={hasProfile ? 'done' : 'open'}>
      <div className="set-up-line">
        {hasProfile ? (
          <RiskLevel customer={customer} />
        ) : (
          <p className="quiet">{t('set.risk.none')}</p>
        )}
        <Link
          to="/opening/customers/$customerId/assessment"
          params={{ customerId }}
          className={hasProfile ? 'link-button' : 'link-button link-button-primary'}
        >
          {t(hasProfile ? 'set.risk.again' : 'set.risk.begin')}
        </Link>
      </div>
    </Step>
  );
}

function Steps({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const { customerId, openedAt, kycStatus } = customer;
  const tree = useAccountTree(customerId);
  const profile = useHasProfile(customerId);
  const failed = [tree, profile].find(({ isLoadingError }) => isLoadingError);
  if (failed !== undefined) {
    return <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />;
  }
  if (tree.data === undefined || profile.data === undefined) return <Loading rows={8} />;
  const accounts = tree.data.assetAccounts.filter(({ status }) => status !== 'closed');
  const trading = accounts.flatMap(({ tradingAccounts }) => tradingAccounts);
  const isTradable = trading.some(({ status }) => status === 'active');
  const done = [true, kycStatus === 'verified', accounts.length > 0, isTradable, profile.data];
  const count = done.filter((each) => each).length;
  return (
    <Page
      at={tree.dataUpdatedAt}
      title={t('set.title')}
      before={<Link to="/opening">{t('title')}</Link>}
      lead={
        <>
          <Data>{customer.nameMasked}</Data> ·{' '}
          {count === done.length
            ? t('set.done')
            : t('set.lead', { done: count, count: done.length })}
        </>
      }
      actions={
        <Link to="/customers/$customerId" params={{ customerId }} className="link-button">
          {t('set.customer')}
        </Link>
      }
    >
      <Step title={t('set.identity')} state="done">
        <p className="set-up-account">
          <Data isCode>{customerId}</Data>
          <span className="quiet num">{t('set.identity.hint', { date: dayOf(openedAt) })}</span>
        </p>
      </Step>
      <KycStep customer={customer} />
      <CashStep customer={customer} accounts={accounts} />
      <FundStep customer={customer} accounts={accounts} />
      <RiskStep customer={customer} hasProfile={profile.data} />
    </Page>
  );
}

/** What is still to be done until an opened customer can trade, by the facts of the server. */
export function StepsPage() {
  const { customerId } = route.useParams();
  const query = useCustomer(customerId);
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  return query.data === undefined ? <Loading rows={8} /> : <Steps customer={query.data} />;
}
