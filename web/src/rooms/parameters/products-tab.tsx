import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { useDebounced } from '../../parts/debounced.ts';
import { Data } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { Level, State } from '../../parts/state.tsx';
import { Empty } from '../../parts/states.tsx';
import { Pager, useCursorPages } from '../../parts/table/cursor-pages.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

type Item = Got<'/products'>['items'][number];

const SETTLE_MS = 200;

function useColumns(): Column<Item>[] {
  const t = useText(texts);
  const term = useTerms();
  return [
    {
      key: 'product',
      title: t('col.product'),
      render: ({ fundCode, name }) => (
        <Link to="/parameters/products/$fundCode" params={{ fundCode }} className="fund-name">
          <Data>{name}</Data>
          <Data isCode>{fundCode}</Data>
        </Link>
      ),
    },
    { key: 'type', title: t('col.type'), render: (row) => term('fundType', row.fundType) },
    {
      key: 'risk',
      title: t('col.risk'),
      render: ({ riskLevel }) =>
        riskLevel === undefined ? '—' : <Level kind="riskLevel" level={riskLevel} />,
    },
    {
      key: 'status',
      title: t('col.status'),
      render: ({ status }) =>
        status === undefined ? '—' : <State kind="fundStatus" code={status} />,
    },
    {
      key: 'registrar',
      title: t('col.registrar'),
      render: (row) => <Data isCode>{row.registrarCode}</Data>,
    },
  ];
}

/** Every product, to its versions. */
export function ProductsTab() {
  const t = useText(texts);
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const q = useDebounced(typed.trim(), SETTLE_MS);
  const columns = useColumns();
  const pages = useCursorPages(
    ['products', 'parameters', q],
    ({ limit, cursor }) => {
      const query = {
        limit,
        ...(cursor === undefined ? {} : { cursor }),
        ...(q === '' ? {} : { q }),
      };
      return ask(() => api.GET('/products', { params: { query } }));
    },
    (data) => data.nextCursor,
  );
  return (
    <div className="stack">
      <search>
        <SearchField label={t('search')} placeholder={t('search.placeholder')} onType={setTyped} />
      </search>
      <Panel isFlush>
        <DataTable
          label={t('tab.products')}
          columns={columns}
          query={pages.query}
          rowsOf={(data) => data.items}
          rowKey={(row) => row.fundCode}
          onOpen={({ fundCode }) =>
            void navigate({ to: '/parameters/products/$fundCode', params: { fundCode } })
          }
          empty={<Empty title={t('none')} />}
          heightMax="calc(100vh - 350px)"
          foot={<Pager pages={pages} shown={pages.query.data?.items.length ?? 0} />}
        />
      </Panel>
    </div>
  );
}
