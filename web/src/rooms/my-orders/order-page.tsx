import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, ask } from '../../api/client.ts';
import { Data, Percent } from '../../parts/figure.tsx';
import { Findings } from '../../parts/findings.tsx';
import { FundName } from '../../parts/fund.tsx';
import { CancelButton, Life, type OrderDetail, Outcome } from '../../parts/order/order-parts.tsx';
import { texts as orderTexts } from '../../parts/order/texts.ts';
import { Asked } from '../../parts/order-columns.tsx';
import { Facts, Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { State } from '../../parts/state.tsx';
import { Loading } from '../../parts/states.tsx';
import { instantText } from '../../parts/time.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import './my-orders.css';
import { texts } from './texts.ts';

const route = getRouteApi('/investor/my/orders/$orderId');

function OrderFacts({ order }: { order: OrderDetail['order'] }) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <Facts
      columns={2}
      items={[
        { name: t('fund'), value: <FundName code={order.fundCode} /> },
        { name: t('asked'), value: <Asked order={order} /> },
        { name: t('tradeDate'), value: <span className="num">{order.tradeDate}</span> },
        { name: t('channel'), value: term('channel', order.channel) },
        ...(order.amount === undefined
          ? []
          : [
              {
                name: t('discount'),
                value: <Percent of="discountRate" value={order.discountRate} isExact />,
              },
            ]),
        ...(order.largeRedemption === undefined
          ? []
          : [{ name: t('large'), value: term('largeRedemption', order.largeRedemption) }]),
        { name: t('orderNo'), value: <Data isCode>{order.orderId}</Data> },
      ]}
    />
  );
}

/** One order of the investor: what was asked, why it was refused, what became of it. */
export function MyOrderPage() {
  const t = useText(texts);
  const o = useText(orderTexts);
  const term = useTerms();
  const { orderId } = route.useParams();
  const query = useQuery({
    queryKey: ['orders', 'one', orderId],
    queryFn: () => ask(() => api.GET('/orders/{orderId}', { params: { path: { orderId } } })),
  });
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading />;
  const { order, findings, events } = query.data;
  return (
    <Page
      asOf={order.acceptedAt}
      title={t('one', { kind: term('orderKind', order.kind) })}
      before={<Link to="/my/orders">{t('back')}</Link>}
      lead={
        <span className="my-order-lead">
          <State kind="orderState" code={order.state} />
          <span className="num">{instantText(order.acceptedAt, true)}</span>
        </span>
      }
      actions={<CancelButton order={order} />}
    >
      <div className="columns-2">
        <div className="stack">
          <Panel title={t('order')}>
            <OrderFacts order={order} />
          </Panel>
          {findings.length === 0 ? null : (
            <Panel title={t('findings')}>
              <Findings findings={findings} />
            </Panel>
          )}
          <Outcome order={order} />
        </div>
        <Panel title={o('life.title')}>
          <Life events={events} />
        </Panel>
      </div>
    </Page>
  );
}
