import { useQueries } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { fundQuery } from '../../parts/fund.tsx';
import { Data } from '../../parts/figure.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import type { ReactNode } from 'react';
import { useTerms } from '../../texts/terms.ts';
import { fundTermTexts } from '../../parts/fund-terms/texts.ts';
import { useText } from '../../texts/texts.ts';
import { FeeTable, type FundDetail } from '../../parts/fund-terms/fee-table.tsx';
import { PARAMETERS, ParameterValue } from '../../parts/fund-terms/parameters.tsx';
import '../../parts/table/data-table.css';
import './products.css';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/products/compare');

function useRows(): { key: string; name: string; render: (fund: FundDetail) => ReactNode }[] {
  const t = useText(texts);
  const f = useText(fundTermTexts);
  const term = useTerms();
  return [
    { key: 'type', name: t('filter.type'), render: (fund) => term('fundType', fund.fundType) },
    { key: 'manager', name: t('col.manager'), render: (fund) => <Data>{fund.managerName}</Data> },
    ...PARAMETERS.map((name) => ({
      key: name,
      name: f(`param.${name}`),
      render: (fund: FundDetail) => <ParameterValue name={name} value={fund.parameters[name]} />,
    })),
    {
      key: 'purchase',
      name: f('fee.purchase'),
      render: (fund) => <FeeTable kind="purchase" tiers={fund.fees.purchase} />,
    },
    {
      key: 'redemption',
      name: f('fee.redemption'),
      render: (fund) => <FeeTable kind="redemption" tiers={fund.fees.redemption} />,
    },
  ];
}

function Comparison({ funds }: { funds: readonly FundDetail[] }) {
  const rows = useRows();
  const t = useText(texts);
  return (
    <section className="table-scroll" tabIndex={0} aria-label={t('compare.title')}>
      <table className="compare">
        <thead>
          <tr>
            <td />
            {funds.map(({ fundCode, name }) => (
              <th key={fundCode} scope="col">
                <Link to="/products/$fundCode" params={{ fundCode }}>
                  <Data>{name}</Data>
                </Link>
                <span className="compare-code">
                  <Data isCode>{fundCode}</Data>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, render }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {funds.map((fund) => (
                <td key={fund.fundCode}>{render(fund)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Some products side by side. */
export function ComparePage() {
  const t = useText(texts);
  const { codes } = route.useSearch();
  const queries = useQueries({ queries: codes.split(',').filter(Boolean).map(fundQuery) });
  const failed = queries.find(({ isLoadingError }) => isLoadingError);
  // All at once: a column that comes later would narrow those that stand.
  const isPending = queries.some((query) => query.isPending);
  const funds = queries.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return (
    <Page
      title={t('compare.title')}
      asOf={funds[0]?.date}
      before={<Link to="/products">{t('back')}</Link>}
    >
      <Panel isFlush>
        {failed === undefined ? null : (
          <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />
        )}
        {queries.length === 0 ? <Empty title={t('compare.none')} /> : null}
        {isPending ? <Loading /> : null}
        {isPending || funds.length === 0 ? null : <Comparison funds={funds} />}
      </Panel>
    </Page>
  );
}
