import { PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { useHasRole } from '../../app/session.ts';
import { ClearIcon } from '../../parts/clear-icon.tsx';
import { CustomerPicker } from '../../parts/customer-picker.tsx';
import { useOrderColumns } from '../../parts/order-columns.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { Empty } from '../../parts/states.tsx';
import { Pager, useCursorPages } from '../../parts/table/cursor-pages.tsx';
import { DataTable } from '../../parts/table/data-table.tsx';
import { codesOf, useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { words } from '../../texts/words.ts';
import './orders.css';
import { texts } from './texts.ts';
import { late } from '../../parts/late.tsx';

interface Filters {
  customerId: string | undefined;
  state: string | undefined;
  tradeDate: string | undefined;
}

function useOrders({ customerId, state, tradeDate }: Filters) {
  return useCursorPages(
    ['orders', 'list', customerId, state, tradeDate],
    ({ limit, cursor }) =>
      ask(() =>
        api.GET('/orders', {
          params: {
            query: {
              limit,
              ...(cursor === undefined ? {} : { cursor }),
              ...(customerId === undefined ? {} : { customerId }),
              ...(state === undefined ? {} : { state: state as 'confirmed' }),
              ...(tradeDate === undefined ? {} : { tradeDate }),
            },
          },
        }),
      ),
    (data) => data.cursor,
  );
}

// The calendar comes after the list: it weighs much and is opened seldom.
const TradeDateField = late(async () => (await import('./trade-date-field.tsx')).TradeDateField);

function FilterBar({ filters, onChange }: { filters: Filters; onChange: (next: Filters) => void }) {
  const t = useText(texts);
  const w = useText(words);
  const term = useTerms();
  return (
    <search className="order-filters">
      <div className="order-filter-customer">
        <CustomerPicker
          value={filters.customerId}
          onChange={(customerId) => onChange({ ...filters, customerId })}
        />
      </div>
      <Select
        allowClear={{ clearIcon: <ClearIcon />, label: w('act.clear') }}
        aria-label={t('filter.state')}
        placeholder={t('filter.state')}
        value={filters.state}
        onChange={(state: string | undefined) => onChange({ ...filters, state })}
        popupMatchSelectWidth={false}
        options={codesOf('orderState').map((value) => ({
          value,
          label: term('orderState', value),
        }))}
      />
      <TradeDateField onChange={(tradeDate) => onChange({ ...filters, tradeDate })} />
    </search>
  );
}

/** Every order that the reader may see, newest first. */
export function OrderListPage() {
  const t = useText(texts);
  const navigate = useNavigate();
  const mayOrder = useHasRole('operations', 'adviser');
  const [filters, setFilters] = useState<Filters>({
    customerId: undefined,
    state: undefined,
    tradeDate: undefined,
  });
  const pages = useOrders(filters);
  const columns = useOrderColumns({ hasCustomer: true });
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        mayOrder ? (
          <Link to="/orders/new" className="link-button link-button-primary">
            <PlusOutlined /> {t('new')}
          </Link>
        ) : undefined
      }
    >
      <FilterBar filters={filters} onChange={setFilters} />
      <Panel isFlush>
        <DataTable
          label={t('title')}
          columns={columns}
          query={pages.query}
          rowsOf={(data) => data.orders}
          rowKey={(row) => row.orderId}
          onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId } })}
          empty={<Empty title={t('none')} hint={t('noneHint')} />}
          heightMax="calc(100vh - 296px)"
          foot={<Pager pages={pages} shown={pages.query.data?.orders.length ?? 0} />}
        />
      </Panel>
    </Page>
  );
}
