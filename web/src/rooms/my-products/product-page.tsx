import { getRouteApi, Link } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { useMyCustomerId } from '../../app/session.ts';
import { Data, Nav } from '../../parts/figure.tsx';
import { FundReturns } from '../../parts/fund-returns/fund-returns.tsx';
import { texts as returnTexts } from '../../parts/fund-returns/texts.ts';
import { type FundDetail, FeeTable } from '../../parts/fund-terms/fee-table.tsx';
import { ParameterFacts } from '../../parts/fund-terms/parameters.tsx';
import { useFund } from '../../parts/fund.tsx';
import { NavChart, useDividends } from '../../parts/nav-chart/nav-chart.tsx';
import { texts as navTexts } from '../../parts/nav-chart/texts.ts';
import { Facts, Page, Panel } from '../../parts/page.tsx';
import { useAssets } from '../../parts/portfolio/data.ts';
import { LoadFailed } from '../../parts/problem.tsx';
import { Level, State } from '../../parts/state.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { Held } from './held.tsx';
import './my-products.css';
import { Suits, useSuitability } from './suits.tsx';
import { texts } from './texts.ts';

const route = getRouteApi('/investor/my/products/$fundCode');

function Lead({ fund }: { fund: FundDetail }) {
  const term = useTerms();
  const { riskLevel, status } = fund.parameters;
  return (
    <span className="my-fund-facts">
      <Data isCode>{fund.fundCode}</Data>
      <span>{term('fundType', fund.fundType)}</span>
      {riskLevel === undefined ? null : (
        <Level kind="riskLevel" level={Number.parseInt(riskLevel, 10)} />
      )}
      {status === undefined ? null : <State kind="fundStatus" code={status} />}
    </span>
  );
}

function Particulars({ fund }: { fund: FundDetail }) {
  const t = useText(texts);
  return (
    <Facts
      columns={2}
      items={[
        { name: t('fact.manager'), value: <Data>{fund.managerName}</Data> },
        { name: t('fact.custodian'), value: <Data>{fund.custodianName}</Data> },
        {
          name: t('fact.established'),
          value: <span className="num">{fund.establishedDate ?? '—'}</span>,
        },
        { name: t('fact.currency'), value: <Data>{fund.currency}</Data> },
      ]}
    />
  );
}

function Dividends({ fundCode }: { fundCode: string }) {
  const t = useText(texts);
  const query = useDividends(fundCode);
  return (
    <DataTable
      label={t('tab.dividends')}
      query={query}
      rowsOf={(data) => data.items}
      rowKey={(row) => row.recordDate}
      columns={[
        {
          key: 'ex',
          title: t('dividend.ex'),
          render: (row) => <span className="num">{row.exDate}</span>,
        },
        {
          key: 'pay',
          title: t('dividend.pay'),
          render: (row) => <span className="num">{row.payDate}</span>,
        },
        {
          key: 'perUnit',
          title: t('dividend.perUnit'),
          kind: 'figure',
          render: (row) => <Nav of="dividendPerUnit" value={row.perUnit} asOf={row.exDate} />,
        },
      ]}
      empty={<Empty title={t('dividend.none')} />}
    />
  );
}

function MoreTabs({ fund }: { fund: FundDetail }) {
  const t = useText(texts);
  const { fees } = fund;
  const tabs = {
    fees: (
      <div className="fee-tables">
        <FeeTable kind="purchase" tiers={fees.purchase} />
        <FeeTable kind="redemption" tiers={fees.redemption} />
      </div>
    ),
    terms: <ParameterFacts parameters={fund.parameters} columns={2} />,
    facts: <Particulars fund={fund} />,
    dividends: <Dividends fundCode={fund.fundCode} />,
  };
  const names = Object.keys(tabs) as (keyof typeof tabs)[];
  return (
    <Tabs
      destroyOnHidden
      items={names.map((key) => ({ key, label: t(`tab.${key}`), children: tabs[key] }))}
    />
  );
}

function Actions({ fund, canRedeem }: { fund: FundDetail; canRedeem: boolean }) {
  const t = useText(texts);
  const { fundCode } = fund;
  const to = '/my/products/$fundCode/$act';
  return (
    <div className="my-actions">
      {canRedeem ? (
        <Link to={to} params={{ fundCode, act: 'redeem' }} className="link-button my-action">
          {t('act.redeem')}
        </Link>
      ) : null}
      <Link
        to={to}
        params={{ fundCode, act: 'buy' }}
        className="link-button link-button-primary my-action"
      >
        {t(fund.parameters.status === '1' ? 'act.subscribe' : 'act.buy')}
      </Link>
    </div>
  );
}

/** One product: how it did, whether it suits, what it costs, and what one holds of it. */
export function MyProductPage() {
  const t = useText(texts);
  const r = useText(returnTexts);
  const n = useText(navTexts);
  const { fundCode } = route.useParams();
  const customerId = useMyCustomerId();
  const query = useFund(fundCode);
  const assets = useAssets(customerId);
  const suits = useSuitability(customerId, fundCode);
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  // What is held and what speaks against it stand above the rest: they do not come after it.
  if (query.data === undefined || assets.isPending || suits.isPending) return <Loading />;
  const fund = query.data;
  const held = assets.data?.holdings.filter((each) => each.fundCode === fundCode) ?? [];
  return (
    <Page
      asOf={fund.date}
      title={fund.name}
      isTitleData
      lead={<Lead fund={fund} />}
      before={<Link to="/my/products">{t('back')}</Link>}
      actions={<Actions fund={fund} canRedeem={held.length > 0} />}
    >
      <div className="my-product">
        <div className="stack">
          <Panel title={r('title')}>
            <FundReturns fundCode={fundCode} />
          </Panel>
          {held.map((holding) => (
            <Held key={holding.tradingAccountNo} holding={holding} />
          ))}
          <Panel title={n('nav.chart')}>
            <NavChart fundCode={fundCode} today={fund.date} />
          </Panel>
        </div>
        <div className="stack">
          <Suits customerId={customerId} fundCode={fundCode} />
          <Panel>
            <MoreTabs fund={fund} />
          </Panel>
          <p className="quiet my-small">{r('note')}</p>
        </div>
      </div>
    </Page>
  );
}
