import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { FundName, fundQuery } from '../../parts/fund.tsx';
import { Asked, type OrderRow } from '../../parts/order-columns.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { State } from '../../parts/state.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { instantText } from '../../parts/time.ts';
import { codesOf, useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import './my-orders.css';
import { texts } from './texts.ts';

const PAGE_ROWS = 30;

function useOrders(state: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['orders', 'list', 'mine', state],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Got<'/orders'>) => page.cursor,
    queryFn: ({ pageParam }) =>
      ask(() =>
        api.GET('/orders', {
          params: {
            query: {
              limit: PAGE_ROWS,
              ...(pageParam === undefined ? {} : { cursor: pageParam }),
              ...(state === undefined ? {} : { state: state as 'confirmed' }),
            },
          },
        }),
      ),
  });
}

/**
 * Whether the names of these funds are still on their way. A name takes more lines than a code: rows
 * that stood with codes would grow and push those below.
 */
function useAwaitsNames(orders: readonly OrderRow[]): boolean {
  const codes = new Set(orders.map(({ fundCode }) => fundCode));
  return useQueries({ queries: [...codes].map(fundQuery) }).some(({ isPending }) => isPending);
}

function OrderItem({ order }: { order: OrderRow }) {
  const term = useTerms();
  const { orderId } = order;
  return (
    <li>
      <Link to="/my/orders/$orderId" params={{ orderId }} className="my-order">
        <span className="my-order-what">
          <span className="my-order-kind">{term('orderKind', order.kind)}</span>
          <FundName code={order.fundCode} isLink={false} hasCode={false} />
        </span>
        <span className="my-order-asked">
          <Asked order={order} />
        </span>
        <span className="my-order-when quiet num">{instantText(order.acceptedAt)}</span>
        <span className="my-order-state">
          <State kind="orderState" code={order.state} />
        </span>
      </Link>
    </li>
  );
}

/** Every order of the investor, newest first. */
export function MyOrdersPage() {
  const t = useText(texts);
  const term = useTerms();
  const [state, setState] = useState<string>();
  const query = useOrders(state);
  const orders = query.data?.pages.flatMap((page) => page.orders) ?? [];
  const first = query.data?.pages[0]?.orders ?? [];
  const awaitsNames = useAwaitsNames(first);
  return (
    <Page
      title={t('title')}
      actions={
        <Select
          allowClear
          aria-label={t('filter.state')}
          placeholder={t('filter.state')}
          className="my-order-filter"
          value={state}
          onChange={(next: string | undefined) => setState(next)}
          popupMatchSelectWidth={false}
          options={codesOf('orderState').map((value) => ({
            value,
            label: term('orderState', value),
          }))}
        />
      }
    >
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending || awaitsNames ? <Loading rows={8} /> : null}
      {query.data === undefined || awaitsNames ? null : (
        <Panel isFlush>
          {orders.length === 0 ? (
            <Empty title={t(state === undefined ? 'none' : 'noneOfState')}>
              {state === undefined ? (
                <Link to="/my/products" className="link-button link-button-primary">
                  {t('look')}
                </Link>
              ) : null}
            </Empty>
          ) : (
            <ul className="my-orders" aria-label={t('title')}>
              {orders.map((order) => (
                <OrderItem key={order.orderId} order={order} />
              ))}
            </ul>
          )}
          {query.hasNextPage ? (
            <div className="my-orders-more">
              <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t('more')}
              </Button>
            </div>
          ) : null}
        </Panel>
      )}
    </Page>
  );
}
