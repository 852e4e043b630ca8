import { BankOutlined, ProductOutlined, UserOutlined } from '@ant-design/icons';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Tabs } from 'antd';
import type { ComponentType } from 'react';
import { AdviserName } from '../../parts/actor.tsx';
import { usePageTitle } from '../../parts/page.tsx';
import { DocumentButton } from '../../parts/documents/document-button.tsx';
import { Data } from '../../parts/figure.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Level, State } from '../../parts/state.tsx';
import { Loading, StateTag } from '../../parts/states.tsx';
import { dayOf } from '../../parts/time.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { CustomerActions } from './actions.tsx';
import './customers.css';
import { type Customer, useCustomer, useProfile } from '../../parts/customer-data.ts';
import { OverviewTab } from './overview-tab.tsx';
import { texts } from './texts.ts';
import { late } from '../../parts/late.tsx';

const route = getRouteApi('/staff/customers/$customerId');

const KIND_ICONS: Readonly<Record<Customer['kind'], ComponentType>> = {
  '0': BankOutlined,
  '1': UserOutlined,
  '2': ProductOutlined,
};

const HoldingsTab = late(async () => (await import('./holdings-tab.tsx')).HoldingsTab, <Loading />);
const OrdersTab = late(async () => (await import('./orders-tab.tsx')).OrdersTab, <Loading />);
const SuitabilityTab = late(
  async () => (await import('./suitability-tab.tsx')).SuitabilityTab,
  <Loading />,
);
const CashTab = late(async () => (await import('./cash-tab.tsx')).CashTab, <Loading />);
const IdentityTab = late(async () => (await import('./identity-tab.tsx')).IdentityTab, <Loading />);
const TimelineTab = late(async () => (await import('./timeline-tab.tsx')).TimelineTab, <Loading />);

const TABS = [
  ['overview', OverviewTab],
  ['holdings', HoldingsTab],
  ['orders', OrdersTab],
  ['suitability', SuitabilityTab],
  ['cash', CashTab],
  ['identity', IdentityTab],
  ['timeline', TimelineTab],
] as const satisfies readonly (readonly [string, ComponentType<{ customer: Customer }>])[];

function LevelOf({ customerId }: { customerId: string }) {
  const { data } = useProfile(customerId);
  const level = data?.profile?.level;
  return level === null || level === undefined ? null : (
    <Level kind="investorLevel" level={level} />
  );
}

function Head({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const term = useTerms();
  const Icon = KIND_ICONS[customer.kind];
  return (
    <header className="customer-head">
      <span className="customer-avatar" aria-hidden="true">
        <Icon />
      </span>
      <div className="customer-head-main">
        <h1>
          <Data>{customer.nameMasked}</Data>
        </h1>
        <p className="customer-head-facts">
          <Data isCode>{customer.customerId}</Data>
          <span>{term('customerKind', customer.kind)}</span>
          <Data>{customer.branchCode}</Data>
          <span className="num">{t('head.since', { date: dayOf(customer.openedAt) })}</span>
          {customer.adviserId === null ? null : (
            <span>
              {t('head.adviser')} <AdviserName adviserId={customer.adviserId} />
            </span>
          )}
        </p>
        <p className="customer-head-tags">
          <State kind="customerStatus" code={customer.status} />
          <State kind="kycStatus" code={customer.kycStatus} />
          <StateTag tone={customer.investorClass === 'professional' ? 'accent' : 'neutral'}>
            {term('investorClass', customer.investorClass)}
          </StateTag>
          <LevelOf customerId={customer.customerId} />
        </p>
      </div>
      <div className="page-actions">
        <DocumentButton customerId={customer.customerId} />
        <CustomerActions customer={customer} />
      </div>
    </header>
  );
}

/** Everything about one customer. */
export function CustomerPage() {
  const t = useText(texts);
  const { customerId } = route.useParams();
  const { tab = 'overview' } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useCustomer(customerId);
  usePageTitle(query.data?.nameMasked ?? t('title'), query.data !== undefined);
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className="page">
      <div className="page-before">
        <Link to="/customers">{t('back')}</Link>
      </div>
      {query.data === undefined ? (
        <Loading />
      ) : (
        <>
          <Head customer={query.data} />
          <Tabs
            activeKey={tab}
            destroyOnHidden
            onChange={(key) => {
              const [next] = TABS.find(([name]) => name === key) ?? TABS[0];
              void navigate({ search: { tab: next }, replace: true });
            }}
            items={TABS.map(([key, Tab]) => ({
              key,
              label: t(`tab.${key}`),
              children: <Tab customer={query.data} />,
            }))}
          />
        </>
      )}
    </div>
  );
}
