import { Money, Units } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { Empty, StateTag } from '../../parts/states.tsx';
import { Pager } from '../../parts/table/cursor-pages.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { ColumnsPanel } from './columns-panel.tsx';
import { type Break, useBreaks, useColumnsOf } from './data.ts';
import { Subject } from './subject-text.tsx';
import { texts } from './texts.ts';

const differs = (row: Break, value: string): boolean =>
  [row.ours, row.theirs, row.customerView].filter((each) => each === value).length === 1;

function Value({ row, of }: { row: Break; of: 'ours' | 'theirs' | 'customerView' }) {
  const value = row[of];
  return (
    <span className={differs(row, value) ? 'break-odd' : ''}>
      {row.kind === 'units' ? <Units of={of} value={value} /> : <Money of={of} value={value} />}
    </span>
  );
}

function useColumns(): Column<Break>[] {
  const t = useText(texts);
  const term = useTerms();
  return [
    { key: 'kind', title: t('break.kind'), render: (row) => term('breakKind', row.kind) },
    {
      key: 'subject',
      title: t('break.subject'),
      render: (row) => <Subject of={row.subject} />,
    },
    {
      key: 'ours',
      title: t('break.ours'),
      kind: 'figure',
      render: (row) => <Value row={row} of="ours" />,
    },
    {
      key: 'theirs',
      title: t('break.theirs'),
      kind: 'figure',
      render: (row) => <Value row={row} of="theirs" />,
    },
    {
      key: 'customer',
      title: t('break.customer'),
      kind: 'figure',
      render: (row) => <Value row={row} of="customerView" />,
    },
    {
      key: 'class',
      title: t('break.class'),
      render: (row) => (
        <StateTag tone={row.class === 'unexplained' ? 'bad' : 'warning'}>
          {term('breakClass', row.class)}
        </StateTag>
      ),
    },
  ];
}

/** The three columns side by side: what we keep, what the other side says, what the customer sees. */
export function ReconciliationTab({ businessDate }: { businessDate: string }) {
  const t = useText(texts);
  const pages = useBreaks(businessDate);
  const { query } = pages;
  const { total = 0, breaks = [] } = query.data ?? {};
  // Without a comparison there is nothing that agrees.
  const isCompared = (useColumnsOf(businessDate, { after: 0, subject: '' }).data?.total ?? 0) > 0;
  const columns = useColumns();
  return (
    <div className="stack">
      <Panel title={t('break.title')} isFlush>
        <DataTable
          label={t('break.title')}
          columns={columns}
          query={query}
          rowsOf={(data) => data.breaks}
          rowKey={(row) => `${row.kind} ${row.subject}`}
          empty={
            isCompared ? (
              <Empty title={t('break.none')} hint={t('break.noneHint')} />
            ) : (
              <Empty title={t('columns.none')} hint={t('columns.noneHint')} />
            )
          }
          {...(total === 0
            ? {}
            : {
                foot: (
                  <>
                    <span className="num">{t('break.sum', { count: total })}</span>
                    <Pager pages={pages} shown={breaks.length} />
                  </>
                ),
              })}
        />
      </Panel>
      <ColumnsPanel key={businessDate} businessDate={businessDate} />
    </div>
  );
}
