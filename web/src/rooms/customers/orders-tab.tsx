import { useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { useOrderColumns } from '../../parts/order-columns.tsx';
import { Panel } from '../../parts/page.tsx';
import { Empty } from '../../parts/states.tsx';
import { Pager, useCursorPages } from '../../parts/table/cursor-pages.tsx';
import { DataTable } from '../../parts/table/data-table.tsx';
import { codesOf, useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { words } from '../../texts/words.ts';
import { type Customer, customerKey } from '../../parts/customer-data.ts';
import { texts } from './texts.ts';

/** The orders of one customer, newest first. */
export function OrdersTab({ customer: { customerId } }: { customer: Customer }) {
  const t = useText(texts);
  const w = useText(words);
  const term = useTerms();
  const navigate = useNavigate();
  const [state, setState] = useState('');
  const columns = useOrderColumns({ hasCustomer: false });
  const pages = useCursorPages(
    [...customerKey(customerId), 'orders', state],
    ({ limit, cursor }) =>
      ask(() =>
        api.GET('/orders', {
          params: {
            query: {
              customerId,
              limit,
              ...(state === '' ? {} : { state: state as 'confirmed' }),
              ...(cursor === undefined ? {} : { cursor }),
            },
          },
        }),
      ),
    (data) => data.cursor,
  );
  return (
    <Panel
      title={t('tab.orders')}
      isFlush
      extra={
        <Select
          size="small"
          aria-label={t('orders.state')}
          value={state}
          onChange={setState}
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: w('state.all') },
            ...codesOf('orderState').map((value) => ({ value, label: term('orderState', value) })),
          ]}
        />
      }
    >
      <DataTable
        label={t('tab.orders')}
        columns={columns}
        query={pages.query}
        rowsOf={(data) => data.orders}
        rowKey={(row) => row.orderId}
        onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId } })}
        empty={<Empty title={t('orders.none')} />}
        foot={<Pager pages={pages} shown={pages.query.data?.orders.length ?? 0} />}
      />
    </Panel>
  );
}
