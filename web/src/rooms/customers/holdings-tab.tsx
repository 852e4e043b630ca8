import { Panel } from '../../parts/page.tsx';
import { Data, type FigureSource, Money, Nav, Units } from '../../parts/figure.tsx';
import { FundName } from '../../parts/fund.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import {
  type AssetAccount,
  type Customer,
  type Positions,
  useAccountTree,
  usePositions,
} from './data.ts';
import { texts } from './texts.ts';

type Position = Positions['positions'][number];

/** How the value of a holding came about, for the reader who opens it. */
function useSources() {
  const t = useText(texts);
  const value = (row: Position): FigureSource => ({
    name: t('holdings.value'),
    definition: t('holdings.value.definition'),
    inputs: [
      { name: t('holdings.units'), value: <Units value={row.units} /> },
      { name: t('holdings.nav'), value: <Nav value={row.nav} /> },
    ],
    ...(row.navDate === undefined ? {} : { asOf: row.navDate }),
  });
  const profit = (row: Position): FigureSource => ({
    name: t('holdings.profit'),
    definition: t('holdings.profit.definition'),
    inputs: [
      { name: t('holdings.value'), value: <Money value={row.value} /> },
      { name: t('holdings.cost'), value: <Money value={row.cost} /> },
    ],
    ...(row.navDate === undefined ? {} : { asOf: row.navDate }),
  });
  return { value, profit };
}

function useHoldingColumns(): Column<Position>[] {
  const t = useText(texts);
  const term = useTerms();
  const source = useSources();
  return [
    { key: 'fund', title: t('holdings.fund'), render: (row) => <FundName code={row.fundCode} /> },
    {
      key: 'value',
      title: t('holdings.value'),
      kind: 'figure',
      render: (row) => <Money value={row.value} source={source.value(row)} />,
    },
    {
      key: 'profit',
      title: t('holdings.profit'),
      kind: 'figure',
      render: (row) => <Money value={row.profit} isMovement source={source.profit(row)} />,
    },
    {
      key: 'cost',
      title: t('holdings.cost'),
      kind: 'figure',
      render: (row) => <Money value={row.cost} />,
    },
    {
      key: 'units',
      title: t('holdings.units'),
      kind: 'figure',
      render: (row) => <Units value={row.units} />,
    },
    {
      key: 'available',
      title: t('holdings.available'),
      kind: 'figure',
      render: (row) => <Units value={row.available} />,
    },
    {
      key: 'nav',
      title: t('holdings.nav'),
      kind: 'figure',
      render: (row) => <Nav value={row.nav} />,
    },
    {
      key: 'navDate',
      title: t('holdings.navDate'),
      render: (row) => <span className="num">{row.navDate ?? '—'}</span>,
    },
    {
      key: 'dividend',
      title: t('holdings.dividend'),
      render: (row) => term('dividendMethod', row.dividendMethod),
    },
  ];
}

function AccountHoldings({ customer, account }: { customer: Customer; account: AssetAccount }) {
  const t = useText(texts);
  const term = useTerms();
  const query = usePositions(customer.customerId, account.assetAccountNo);
  const columns = useHoldingColumns();
  return (
    <Panel
      title={
        <>
          {term('accountPurpose', account.purpose)} <Data isCode>{account.assetAccountNo}</Data>
        </>
      }
      extra={
        query.data === undefined ? undefined : (
          <span className="holdings-sum">
            {t('holdings.value')} <Money value={query.data.value} /> · {t('holdings.profit')}{' '}
            <Money value={query.data.profit} isMovement />
          </span>
        )
      }
      isFlush
    >
      <DataTable
        label={t('tab.holdings')}
        columns={columns}
        query={query}
        rowsOf={(data) => data.positions}
        rowKey={(row) => `${row.tradingAccountNo} ${row.fundCode} ${row.shareClass}`}
        empty={<Empty title={t('holdings.none')} />}
      />
    </Panel>
  );
}

/** What the customer holds, account by account. */
export function HoldingsTab({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const query = useAccountTree(customer.customerId);
  if (query.isError) return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading />;
  if (query.data.assetAccounts.length === 0) return <Empty title={t('accounts.none')} />;
  return (
    <div className="stack">
      {query.data.assetAccounts.map((account) => (
        <AccountHoldings key={account.assetAccountNo} customer={customer} account={account} />
      ))}
    </div>
  );
}
