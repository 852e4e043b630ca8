import { SwapOutlined } from '@ant-design/icons';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button, Checkbox, Select } from 'antd';
import { useEffect, useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { ClearIcon } from '../../parts/clear-icon.tsx';
import { useDebounced } from '../../parts/debounced.ts';
import { Data } from '../../parts/figure.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { Level, State } from '../../parts/state.tsx';
import { Empty } from '../../parts/states.tsx';
import { Pager, useCursorPages } from '../../parts/table/cursor-pages.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { codesOf, type TermKind, useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { words } from '../../texts/words.ts';
import { COMPARED_MAX, type Filters } from './filters.ts';
import './products.css';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/products');

const SETTLE_MS = 300;

type FundRow = Got<'/products'>['items'][number];

function FilterSelect({
  kind,
  label,
  value,
  onChange,
}: {
  kind: TermKind;
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const term = useTerms();
  const w = useText(words);
  return (
    <Select
      allowClear={{ clearIcon: <ClearIcon />, label: w('act.clear') }}
      placeholder={label}
      aria-label={label}
      value={value}
      onChange={(next: string | undefined) => onChange(next)}
      popupMatchSelectWidth={false}
      className="shelf-select"
      options={codesOf(kind).map((code) => ({ value: code, label: term(kind, code) }))}
    />
  );
}

function FilterBar({ filters, onChange }: { filters: Filters; onChange: (next: Filters) => void }) {
  const t = useText(texts);
  const [typed, setTyped] = useState(filters.q ?? '');
  const settled = useDebounced(typed.trim(), SETTLE_MS);
  useEffect(() => {
    if (settled !== (filters.q ?? '')) change('q', settled);
  });
  // What is cleared leaves the address.
  const change = (field: keyof Filters, value: string | number | undefined) => {
    const { [field]: _gone, ...rest } = filters;
    onChange(value === undefined || value === '' ? rest : { ...rest, [field]: value });
  };
  return (
    <search className="shelf-filters">
      <SearchField
        label={t('filter.q')}
        {...(filters.q === undefined ? {} : { initial: filters.q })}
        className="shelf-search"
        onType={setTyped}
      />
      <FilterSelect
        kind="fundType"
        label={t('filter.type')}
        value={filters.type}
        onChange={(value) => change('type', value)}
      />
      <FilterSelect
        kind="riskLevel"
        label={t('filter.risk')}
        value={filters.risk === undefined ? undefined : `${filters.risk}`}
        onChange={(value) =>
          change('risk', value === undefined ? undefined : Number.parseInt(value, 10))
        }
      />
      <FilterSelect
        kind="fundStatus"
        label={t('filter.status')}
        value={filters.status}
        onChange={(value) => change('status', value)}
      />
    </search>
  );
}

function useColumns(chosen: readonly string[], toggle: (code: string) => void): Column<FundRow>[] {
  const t = useText(texts);
  const term = useTerms();
  return [
    {
      key: 'choose',
      title: <span className="out-of-sight">{t('compare.choose')}</span>,
      width: 44,
      render: ({ fundCode }) => (
        <Checkbox
          aria-label={t('compare.one', { code: fundCode })}
          checked={chosen.includes(fundCode)}
          disabled={!chosen.includes(fundCode) && chosen.length >= COMPARED_MAX}
          onChange={() => toggle(fundCode)}
        />
      ),
    },
    {
      key: 'name',
      title: t('col.name'),
      render: ({ fundCode, name }) => (
        <Link to="/products/$fundCode" params={{ fundCode }} className="shelf-name">
          <Data>{name}</Data>
        </Link>
      ),
    },
    { key: 'code', title: t('col.code'), render: (row) => <Data isCode>{row.fundCode}</Data> },
    { key: 'type', title: t('filter.type'), render: (row) => term('fundType', row.fundType) },
    {
      key: 'risk',
      title: t('filter.risk'),
      render: ({ riskLevel }) =>
        riskLevel === undefined ? '—' : <Level kind="riskLevel" level={riskLevel} />,
    },
    {
      key: 'status',
      title: t('filter.status'),
      render: ({ status }) =>
        status === undefined ? '—' : <State kind="fundStatus" code={status} />,
    },
    {
      key: 'manager',
      title: t('col.manager'),
      render: (row) => <Data>{row.managerName}</Data>,
    },
    { key: 'sold', title: t('col.sold'), render: (row) => t(row.sold ? 'sold.yes' : 'sold.no') },
  ];
}

function useShelf({ q, type, risk, status }: Filters) {
  return useCursorPages(
    ['products', 'list', q, type, risk, status],
    ({ limit, cursor }) =>
      ask(() =>
        api.GET('/products', {
          params: {
            query: {
              limit,
              ...(cursor === undefined ? {} : { cursor }),
              ...(q === undefined ? {} : { q }),
              ...(type === undefined ? {} : { fundType: type as 'bond' }),
              ...(risk === undefined ? {} : { riskLevel: risk }),
              ...(status === undefined ? {} : { status: status as '0' }),
            },
          },
        }),
      ),
    (data) => data.nextCursor,
  );
}

/** Every product that the house knows, filtered, with some of them side by side. */
export function ShelfPage() {
  const t = useText(texts);
  const filters = route.useSearch();
  const search = route.useNavigate();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const toggle = (code: string) =>
    setChosen(chosen.includes(code) ? chosen.filter((each) => each !== code) : [...chosen, code]);
  const pages = useShelf(filters);
  const columns = useColumns(chosen, toggle);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button
          icon={<SwapOutlined />}
          disabled={chosen.length < 2}
          onClick={() =>
            void navigate({ to: '/products/compare', search: { codes: chosen.join(',') } })
          }
        >
          {t('compare.go', { count: chosen.length })}
        </Button>
      }
    >
      <FilterBar filters={filters} onChange={(next) => void search({ search: next })} />
      <Panel isFlush>
        <DataTable
          label={t('title')}
          columns={columns}
          query={pages.query}
          rowsOf={(data) => data.items}
          rowKey={(row) => row.fundCode}
          isChosen={(row) => chosen.includes(row.fundCode)}
          onOpen={({ fundCode }) =>
            void navigate({ to: '/products/$fundCode', params: { fundCode } })
          }
          empty={<Empty title={t('none')} hint={t('noneHint')} />}
          heightMax="calc(100vh - 296px)"
          foot={<Pager pages={pages} shown={pages.query.data?.items.length ?? 0} />}
        />
      </Panel>
    </Page>
  );
}
