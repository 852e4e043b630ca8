import { getRouteApi, Link } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { useFund } from '../../parts/fund.tsx';
import { Data, Nav } from '../../parts/figure.tsx';
import { Facts, Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Level, State } from '../../parts/state.tsx';
import { Empty, Loading, StateTag } from '../../parts/states.tsx';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTerms } from '../../texts/terms.ts';
import { fundTermTexts } from '../../parts/fund-terms/texts.ts';
import { useText } from '../../texts/texts.ts';
import { FeeQuote } from './fee-quote.tsx';
import { FeeTable, type FundDetail } from '../../parts/fund-terms/fee-table.tsx';
import { NavChart, useDividends } from '../../parts/nav-chart/nav-chart.tsx';
import { texts as navTexts } from '../../parts/nav-chart/texts.ts';
import { ParameterFacts } from '../../parts/fund-terms/parameters.tsx';
import { Performance } from './performance.tsx';
import './products.css';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/products/$fundCode');

function Lead({ fund }: { fund: FundDetail }) {
  const t = useText(texts);
  const term = useTerms();
  const { riskLevel, status } = fund.parameters;
  return (
    <span className="fund-lead">
      <Data isCode>{fund.fundCode}</Data>
      <span>{term('fundType', fund.fundType)}</span>
      {riskLevel === undefined ? null : (
        <Level kind="riskLevel" level={Number.parseInt(riskLevel, 10)} />
      )}
      {status === undefined ? null : <State kind="fundStatus" code={status} />}
      {fund.sold ? null : <StateTag tone="muted">{t('sold.no')}</StateTag>}
      {fund.closed ? <StateTag tone="warning">{t('fund.closed')}</StateTag> : null}
    </span>
  );
}

function Particulars({ fund }: { fund: FundDetail }) {
  const t = useText(texts);
  const f = useText(fundTermTexts);
  const term = useTerms();
  const { parameters } = fund;
  return (
    <Facts
      columns={2}
      items={[
        { name: t('col.manager'), value: <Data>{fund.managerName}</Data> },
        { name: t('fund.custodian'), value: <Data>{fund.custodianName}</Data> },
        {
          name: t('col.established'),
          value: <span className="num">{fund.establishedDate ?? '—'}</span>,
        },
        { name: t('fund.currency'), value: <Data>{fund.currency}</Data> },
        { name: t('col.registrar'), value: <Data isCode>{fund.registrarCode}</Data> },
        { name: t('fund.mainCode'), value: <Data isCode>{fund.mainCode}</Data> },
        { name: f('param.term'), value: term('term', parameters.term) },
        { name: f('param.variety'), value: term('variety', parameters.variety) },
      ]}
    />
  );
}

function Dividends({ fundCode }: { fundCode: string }) {
  const t = useText(texts);
  const query = useDividends(fundCode);
  return (
    <Panel isFlush>
      <DataTable
        label={t('tab.dividends')}
        query={query}
        rowsOf={(data) => data.items}
        rowKey={(row) => row.recordDate}
        columns={[
          {
            key: 'record',
            title: t('dividend.record'),
            render: (row) => <span className="num">{row.recordDate}</span>,
          },
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
          {
            key: 'source',
            title: t('dividend.source'),
            render: (row) => <Data isCode>{row.source}</Data>,
          },
        ]}
        empty={<Empty title={t('dividend.none')} />}
      />
    </Panel>
  );
}

function NavPane({ fund }: { fund: FundDetail }) {
  const t = useText(texts);
  const n = useText(navTexts);
  return (
    <div className="columns-2">
      <Panel title={n('nav.chart')}>
        <NavChart fundCode={fund.fundCode} today={fund.date} />
      </Panel>
      <Panel title={t('fund.particulars')}>
        <Particulars fund={fund} />
      </Panel>
    </div>
  );
}

function FundTabs({ fund }: { fund: FundDetail }) {
  const t = useText(texts);
  const f = useText(fundTermTexts);
  const { fundCode, fees } = fund;
  return (
    <Tabs
      destroyOnHidden
      items={[
        {
          key: 'performance',
          label: t('tab.performance'),
          children: <NavPane fund={fund} />,
        },
        {
          key: 'figures',
          label: t('tab.figures'),
          children: <Performance fundCode={fundCode} />,
        },
        {
          key: 'fees',
          label: t('tab.fees'),
          children: (
            <div className="columns-2">
              <Panel
                title={f('fee.title')}
                extra={<span className="quiet">{t('fund.asOf', { date: fund.date })}</span>}
              >
                <div className="fee-tables">
                  <FeeTable kind="purchase" tiers={fees.purchase} />
                  <FeeTable kind="redemption" tiers={fees.redemption} />
                  <FeeTable kind="subscription" tiers={fees.subscription} />
                </div>
              </Panel>
              <Panel title={t('quote.title')}>
                <FeeQuote fundCode={fundCode} />
              </Panel>
            </div>
          ),
        },
        {
          key: 'terms',
          label: t('tab.terms'),
          children: (
            <Panel
              title={t('tab.terms')}
              extra={
                <span className="quiet">
                  {t('fund.asOf', { date: fund.date })} ·{' '}
                  {t('fund.version', { version: fund.parameterVersion })}
                </span>
              }
            >
              <ParameterFacts parameters={fund.parameters} />
            </Panel>
          ),
        },
        {
          key: 'dividends',
          label: t('tab.dividends'),
          children: <Dividends fundCode={fundCode} />,
        },
      ]}
    />
  );
}

/** One product: how it did, what it costs, on what terms. */
export function FundPage() {
  const t = useText(texts);
  const { fundCode } = route.useParams();
  const query = useFund(fundCode);
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading />;
  return (
    <Page
      asOf={query.data.date}
      title={query.data.name}
      isTitleData
      lead={<Lead fund={query.data} />}
      before={<Link to="/products">{t('back')}</Link>}
    >
      <FundTabs fund={query.data} />
    </Page>
  );
}
