/**
 * How orders come in during the day, by fund and kind. A consumer of events keeps the sums beside
 * the orders, so that looking costs no count over all customers.
 */
import type { Amount, LocalDate, Units } from '@cairn/kernel';
import type { Check } from '../../platform/check.ts';
import type { Sql } from '../../platform/db.ts';
import type { Subscriber } from '../../platform/outbox.ts';

const ACCEPTED = 'trading.order-accepted';
const CANCELLED = 'trading.order-cancelled';

/** Adds accepted orders and takes cancelled ones off. */
export const orderFlow: Subscriber = {
  name: 'trading-order-flow',
  topics: [ACCEPTED, CANCELLED],
  async handle(tx, events) {
    await tx.query(
      `insert into trading.order_flow as f
         (bucket, trade_date, fund_code, business_code, accepted, cancelled, amount, units)
       select o.bucket, o.trade_date, o.fund_code, o.business_code,
         count(*) filter (where k.sign > 0), count(*) filter (where k.sign < 0),
         sum(k.sign * coalesce(o.amount, 0))::int8, sum(k.sign * coalesce(o.units, 0))::int8
       from unnest($1::int2[], $2::text[], $3::int2[]) as k(bucket, order_id, sign)
       join trading.orders o on o.bucket = k.bucket and o.order_id = k.order_id
       group by o.bucket, o.trade_date, o.fund_code, o.business_code
       on conflict (bucket, trade_date, fund_code, business_code) do update set
         accepted = f.accepted + excluded.accepted, cancelled = f.cancelled + excluded.cancelled,
         amount = f.amount + excluded.amount, units = f.units + excluded.units`,
      [
        events.map((event) => event.bucket),
        events.map((event) => event.key),
        events.map((event) => (event.topic === ACCEPTED ? 1 : -1)),
      ],
    );
  },
};

/** Orders of one fund and kind on a day; amounts in fen and units in hundredths, cancelled ones off. */
export interface OrderFlow {
  readonly fundCode: string;
  readonly businessCode: string;
  readonly accepted: number;
  readonly cancelled: number;
  readonly amount: Amount;
  readonly units: Units;
}

/** The flow of a trade date, by fund and kind; events of the last moments may not be in it yet. */
export async function flowOf(sql: Sql, tradeDate: LocalDate): Promise<OrderFlow[]> {
  return sql.query<OrderFlow>(
    `select fund_code as "fundCode", business_code as "businessCode",
       sum(accepted)::int4 as accepted, sum(cancelled)::int4 as cancelled,
       sum(amount)::int8 as amount, sum(units)::int8 as units
     from trading.order_flow where trade_date = $1::date
     group by fund_code, business_code order by fund_code, business_code`,
    [tradeDate],
  );
}

/** E2: what the consumer has done is there once, as often as the events say. */
export const flowCheck: Check = {
  id: 'E2',
  title: 'The order flow is the sum of the events that its consumer has done, each once',
  titleZh: '委托流量等于消费者已处理事件之和，每个事件恰好一次',
  async run(sql) {
    const rows = await sql.query<Record<string, unknown>>(
      `with told as (
         select o.bucket, o.trade_date, o.fund_code, o.business_code,
           count(*) filter (where e.topic = $2) as accepted,
           count(*) filter (where e.topic = $3) as cancelled,
           sum(case when e.topic = $2 then 1 else -1 end * coalesce(o.amount, 0))::int8 as amount,
           sum(case when e.topic = $2 then 1 else -1 end * coalesce(o.units, 0))::int8 as units
         from platform.stream_positions p
         join platform.outbox e on e.bucket = p.bucket and e.event_id <= p.event_id
           and e.topic in ($2, $3)
         join trading.orders o on o.bucket = e.bucket and o.order_id = e.key
         where p.consumer = $1
         group by o.bucket, o.trade_date, o.fund_code, o.business_code)
       select coalesce(t.bucket, f.bucket) as bucket, coalesce(t.fund_code, f.fund_code) as fund,
         t.accepted as told, f.accepted as kept
       from told t full join trading.order_flow f
         on f.bucket = t.bucket and f.trade_date = t.trade_date and f.fund_code = t.fund_code
         and f.business_code = t.business_code
       where (t.accepted, t.cancelled, t.amount, t.units)
         is distinct from (f.accepted, f.cancelled, f.amount, f.units)
       limit 100`,
      [orderFlow.name, ACCEPTED, CANCELLED],
    );
    return rows.map(({ bucket, ...detail }) => ({
      subject: `orderFlow:${String(bucket)}`,
      detail,
    }));
  },
};
