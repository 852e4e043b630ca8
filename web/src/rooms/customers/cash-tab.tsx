import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { FundName } from '../../parts/fund.tsx';
import type { FigureId } from '../../parts/figure-definitions.ts';
import { Figures } from '../../parts/figure-place.tsx';
import { Data, Money, Units } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { Stats } from '../../parts/stats.tsx';
import { Pager, useCursorPages } from '../../parts/table/cursor-pages.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { instantText } from '../../parts/time.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import {
  type AssetAccount,
  type Customer,
  customerKey,
  type UnitMovement,
  useAccountTree,
  useMovements,
} from '../../parts/customer-data.ts';
import { texts } from './texts.ts';

type Posting = Got<'/asset-accounts/{assetAccountNo}/postings'>['postings'][number];

function usePostingColumns(): Column<Posting>[] {
  const t = useText(texts);
  const term = useTerms();
  return [
    {
      key: 'date',
      title: t('cash.date'),
      render: (row) => <span className="num">{row.businessDate}</span>,
    },
    { key: 'kind', title: t('cash.kind'), render: (row) => term('postingKind', row.kind) },
    {
      key: 'amount',
      title: t('cash.amount'),
      kind: 'figure',
      render: (row) => (
        <Money of="cashMovement" value={row.amount} isMovement asOf={row.postedAt} />
      ),
    },
    { key: 'ref', title: t('cash.ref'), render: (row) => <Data isCode>{row.ref}</Data> },
    {
      key: 'at',
      title: t('cash.at'),
      render: (row) => <span className="num">{instantText(row.postedAt, true)}</span>,
    },
  ];
}

function Balances({ cash }: { cash: AssetAccount['cash'] }) {
  const t = useText(texts);
  const figure = (name: string, of: FigureId, value: string) => ({
    key: name,
    name,
    value: <Money of={of} value={value} />,
  });
  return (
    <Stats
      items={[
        figure(t('cash.balance'), 'cashBalance', cash.balance),
        figure(t('tree.available'), 'cashAvailable', cash.available),
        figure(t('tree.frozen'), 'cashFrozen', cash.frozen),
      ]}
    />
  );
}

function usePostings(customerId: string, assetAccountNo: string) {
  return useCursorPages(
    [...customerKey(customerId), 'postings', assetAccountNo],
    ({ limit, cursor }) =>
      ask(() =>
        api.GET('/asset-accounts/{assetAccountNo}/postings', {
          params: {
            path: { assetAccountNo },
            query: { limit, ...(cursor === undefined ? {} : { cursor }) },
          },
        }),
      ),
    (data) => data.nextCursor,
  );
}

function Statement({ customer, account }: { customer: Customer; account: AssetAccount }) {
  const t = useText(texts);
  const { assetAccountNo, cash } = account;
  const columns = usePostingColumns();
  const pages = usePostings(customer.customerId, assetAccountNo);
  return (
    <>
      <Balances cash={cash} />
      <Panel
        title={
          <>
            {t('cash.statement')} <Data isCode>{assetAccountNo}</Data>
          </>
        }
        isFlush
      >
        <DataTable
          label={t('cash.statement')}
          columns={columns}
          query={pages.query}
          rowsOf={(data) => data.postings}
          rowKey={(row) => row.entryId}
          empty={<Empty title={t('cash.none')} />}
          foot={<Pager pages={pages} shown={pages.query.data?.postings.length ?? 0} />}
        />
      </Panel>
    </>
  );
}

function UnitMovements({ customerId }: { customerId: string }) {
  const t = useText(texts);
  const term = useTerms();
  const query = useMovements(customerId);
  const columns: Column<UnitMovement>[] = [
    {
      key: 'date',
      title: t('units.date'),
      render: (row) => <span className="num">{row.date}</span>,
    },
    { key: 'kind', title: t('cash.kind'), render: (row) => term('movementKind', row.kind) },
    { key: 'fund', title: t('units.fund'), render: (row) => <FundName code={row.fundCode} /> },
    {
      key: 'units',
      title: t('units.units'),
      kind: 'figure',
      render: (row) => <Units of="unitsMovement" value={row.units} asOf={row.date} />,
    },
    {
      key: 'amount',
      title: t('units.amount'),
      kind: 'figure',
      render: (row) => <Money of="movementAmount" value={row.amount} asOf={row.date} />,
    },
    { key: 'ref', title: t('cash.ref'), render: (row) => <Data isCode>{row.ref}</Data> },
  ];
  const { data } = query;
  return (
    <Panel
      title={t('units.title')}
      isFlush
      extra={
        data === undefined ? undefined : (
          <span className="quiet num">
            {data.from} ~ {data.to}
          </span>
        )
      }
    >
      <DataTable
        label={t('units.title')}
        columns={columns}
        query={query}
        rowsOf={({ units }) => units.toReversed()}
        rowKey={(row) => `${row.date} ${row.ref} ${row.fundCode} ${row.kind} ${row.units}`}
        empty={<Empty title={t('units.none')} />}
      />
    </Panel>
  );
}

/** The cash of the customer: what there is, and how it came; and the units that came and went. */
export function CashTab({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const query = useAccountTree(customer.customerId);
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading />;
  if (query.data.assetAccounts.length === 0) return <Empty title={t('accounts.none')} />;
  return (
    <div className="stack">
      <Figures at={query.dataUpdatedAt}>
        {query.data.assetAccounts.map((account) => (
          <Statement key={account.assetAccountNo} customer={customer} account={account} />
        ))}
      </Figures>
      <UnitMovements customerId={customer.customerId} />
    </div>
  );
}
