import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, ask } from '../../api/client.ts';
import { Findings } from '../../parts/findings.tsx';
import { Data, Percent } from '../../parts/figure.tsx';
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
import './orders.css';
import { ProofPanel } from './proof-panel.tsx';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/orders/$orderId');

function OrderFacts({ order }: { order: OrderDetail['order'] }) {
  const t = useText(texts);
  const term = useTerms();
  const isBuy = order.amount !== undefined;
  return (
    <Facts
      columns={3}
      items={[
        {
          name: t('order.customer'),
          value: (
            <Link to="/customers/$customerId" params={{ customerId: order.customerId }}>
              <Data isCode>{order.customerId}</Data>
            </Link>
          ),
        },
        { name: t('order.fund'), value: <FundName code={order.fundCode} /> },
        { name: t('order.asked'), value: <Asked order={order} /> },
        { name: t('order.tradeDate'), value: <span className="num">{order.tradeDate}</span> },
        { name: t('order.channel'), value: term('channel', order.channel) },
        { name: t('order.businessCode'), value: <Data isCode>{order.businessCode}</Data> },
        { name: t('order.assetAccount'), value: <Data isCode>{order.assetAccountNo}</Data> },
        { name: t('order.tradingAccount'), value: <Data isCode>{order.tradingAccountNo}</Data> },
        { name: t('order.clientNo'), value: <Data isCode>{order.clientOrderNo}</Data> },
        ...(isBuy
          ? [
              {
                name: t('order.discount'),
                value: <Percent of="discountRate" value={order.discountRate} isExact />,
              },
            ]
          : []),
        ...(order.largeRedemption === undefined
          ? []
          : [{ name: t('order.large'), value: term('largeRedemption', order.largeRedemption) }]),
      ]}
    />
  );
}

/** One order: what was asked, why it was accepted or refused, what became of it, and the proof. */
export function OrderPage() {
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
      title={term('orderKind', order.kind)}
      before={<Link to="/orders">{t('back')}</Link>}
      lead={
        <span className="order-lead">
          <Data isCode>{order.orderId}</Data>
          <State kind="orderState" code={order.state} />
          <span className="num">{instantText(order.acceptedAt, true)}</span>
        </span>
      }
      actions={<CancelButton order={order} />}
    >
      <div className="columns-2">
        <div className="stack">
          <Panel title={t('order.title')}>
            <OrderFacts order={order} />
          </Panel>
          {findings.length === 0 ? null : (
            <Panel title={t('order.findings')}>
              <Findings findings={findings} />
            </Panel>
          )}
          <Outcome order={order} />
          <ProofPanel orderId={orderId} />
        </div>
        <Panel title={o('life.title')}>
          <Life events={events} />
        </Panel>
      </div>
    </Page>
  );
}
