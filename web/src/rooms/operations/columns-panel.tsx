import { LeftOutlined, RightOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Money, Units } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { Empty, StateTag } from '../../parts/states.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { words } from '../../texts/words.ts';
import { type ColumnRow, useColumnsOf } from './data.ts';
import { Subject } from './subject-text.tsx';
import { texts } from './texts.ts';

const PAGE_ROWS = 50;

const figure = (row: ColumnRow, of: 'ours' | 'theirs' | 'customerView') =>
  row.kind === 'units' ? <Units of={of} value={row[of]} /> : <Money of={of} value={row[of]} />;

function useColumns(): Column<ColumnRow>[] {
  const t = useText(texts);
  const term = useTerms();
  return [
    { key: 'kind', title: t('break.kind'), render: (row) => term('breakKind', row.kind) },
    {
      key: 'subject',
      title: t('break.subject'),
      render: (row) => <Subject of={row.subject} />,
    },
    ...(['ours', 'theirs', 'customerView'] as const).map(
      (key): Column<ColumnRow> => ({
        key,
        title: t(key === 'customerView' ? 'break.customer' : `break.${key}`),
        kind: 'figure',
        render: (row) => figure(row, key),
      }),
    ),
    {
      key: 'agrees',
      title: t('columns.result'),
      render: ({ agrees }) => (
        <StateTag tone={agrees ? 'good' : 'bad'}>
          {t(agrees ? 'columns.agrees' : 'columns.differs')}
        </StateTag>
      ),
    },
  ];
}

/** Everything that was compared on a day, page by page: agreement is shown, not only claimed. */
export function ColumnsPanel({ businessDate }: { businessDate: string }) {
  const t = useText(texts);
  const w = useText(words);
  const [page, setPage] = useState({ after: 0, subject: '' });
  const query = useColumnsOf(businessDate, page);
  const columns = useColumns();
  const { total = 0, agreeing = 0, next, rows = [] } = query.data ?? {};
  const { after } = page;
  return (
    <Panel
      title={t('columns.title')}
      isFlush
      extra={
        <Input.Search
          size="small"
          allowClear
          aria-label={t('columns.search')}
          placeholder={t('columns.search')}
          enterButton={
            <Button icon={<SearchOutlined aria-hidden="true" />} aria-label={w('act.search')} />
          }
          maxLength={80}
          onSearch={(text) => setPage({ after: 0, subject: text.trim() })}
        />
      }
    >
      <DataTable
        label={t('columns.title')}
        columns={columns}
        query={query}
        rowsOf={(data) => data.rows}
        rowKey={(row) => `${row.kind} ${row.subject}`}
        empty={<Empty title={t('columns.none')} hint={t('columns.noneHint')} />}
        foot={
          <>
            <span className="num">{t('columns.sum', { agreeing, total })}</span>
            <span className="num">
              {w('table.rowsShown', {
                from: rows.length === 0 ? 0 : after + 1,
                to: after + rows.length,
              })}
            </span>
            <Button
              size="small"
              icon={<LeftOutlined />}
              aria-label={w('table.previous')}
              disabled={after === 0}
              onClick={() => setPage({ ...page, after: Math.max(0, after - PAGE_ROWS) })}
            />
            <Button
              size="small"
              icon={<RightOutlined />}
              aria-label={w('table.next')}
              disabled={next === undefined}
              onClick={() => setPage({ ...page, after: after + PAGE_ROWS })}
            />
          </>
        }
      />
    </Panel>
  );
}
