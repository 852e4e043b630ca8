/** What orders leave behind besides themselves: an audit record (A1) and an event (E1) for each act. */
import { type Check, findViolations } from '../../platform/check.ts';

// Acts of customers and their staff: an order was placed, whatever came of it, or taken back.
const HAPPENED = `
  select o.bucket, o.order_id, o.state <> 'refused' as is_accepted,
    coalesce(e.cancelled, 0) as cancelled
  from trading.orders o
  left join (select bucket, order_id, count(*) as cancelled from trading.order_events
    where to_state = 'cancelled' group by bucket, order_id) e
    on e.bucket = o.bucket and e.order_id = o.order_id`;

const NOT_AUDITED = `
  select 'order:' || h.order_id as subject, coalesce(a.placed, 0) as placed,
    coalesce(a.cancelled, 0) as cancelled
  from (${HAPPENED}) h
  left join (select bucket, subject, count(*) filter (where action = 'orders.place') as placed,
      count(*) filter (where action = 'orders.cancel' and result = 'done') as cancelled
    from platform.audit where action in ('orders.place', 'orders.cancel')
    group by bucket, subject) a
    on a.bucket = h.bucket and a.subject = 'order:' || h.order_id
  where coalesce(a.placed, 0) <> 1 or coalesce(a.cancelled, 0) <> h.cancelled`;

const NOT_TOLD = `
  select 'order:' || coalesce(h.order_id, t.key) as subject, coalesce(t.accepted, 0) as accepted,
    coalesce(t.cancelled, 0) as cancelled
  from (${HAPPENED}) h
  full join (select bucket, key,
      count(*) filter (where topic = 'trading.order-accepted') as accepted,
      count(*) filter (where topic = 'trading.order-cancelled') as cancelled
    from platform.outbox where topic in ('trading.order-accepted', 'trading.order-cancelled')
    group by bucket, key) t
    on t.bucket = h.bucket and t.key = h.order_id
  where coalesce(t.accepted, 0) <> coalesce(h.is_accepted::int4, 0)
    or coalesce(t.cancelled, 0) <> coalesce(h.cancelled, 0)`;

export const traceChecks: readonly Check[] = [
  {
    id: 'A1',
    title: 'Every order placed or cancelled has exactly one audit record of it',
    titleZh: '每次下单与撤单恰有一条审计记录',
    run: (sql) => findViolations(sql, NOT_AUDITED),
  },
  {
    id: 'E1',
    title:
      'Every order accepted or cancelled has exactly one event in the outbox, and no event more',
    titleZh: '每笔已受理或已撤销的订单在发件箱中恰有一条事件，且无多余事件',
    run: (sql) => findViolations(sql, NOT_TOLD),
  },
];
