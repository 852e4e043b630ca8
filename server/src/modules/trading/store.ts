/** Rows of orders and what they become; the write side. Every statement is constant text. */
import {
  type Amount,
  amount,
  type Finding,
  type Instant,
  type LocalDate,
  price,
  rate,
  units,
} from '@cairn/kernel';
import { findBucketInId } from '@cairn/kernel/ids';
import type { Sql, Tx } from '../../platform/db.ts';
import { dayKey, type Decision } from './domain/order-book.ts';
import type { Channel, DividendMethod, LargeRedemptionFlag, Order } from './domain/order.ts';
import type { OrderCode, OrderState } from './domain/states.ts';

/** A row of `ORDER_COLUMNS`. */
export interface OrderRow {
  bucket: number;
  order_id: string;
  customer_id: string;
  client_order_no: string;
  business_code: OrderCode;
  asset_account_no: string;
  trading_account_no: string;
  registrar_code: string;
  fund_code: string;
  share_class: string;
  amount: bigint | null;
  units: bigint | null;
  dividend_method: DividendMethod | null;
  discount_rate: bigint;
  large_redemption_flag: LargeRedemptionFlag | null;
  channel: Channel;
  trade_date: LocalDate;
  accepted_at: Instant;
  state: OrderState;
  confirmed_amount: bigint;
  confirmed_units: bigint;
  fee: bigint;
  nav: bigint | null;
  confirm_date: LocalDate | null;
  version: number;
}

/** The columns of `toOrder`, for statements on `trading.orders o`. */
export const ORDER_COLUMNS = `o.bucket, o.order_id, o.customer_id, o.client_order_no,
  o.business_code, o.asset_account_no, o.trading_account_no, o.registrar_code, o.fund_code,
  o.share_class, o.amount, o.units, o.dividend_method, o.discount_rate, o.large_redemption_flag,
  o.channel, o.trade_date, o.accepted_at, o.state, o.confirmed_amount, o.confirmed_units, o.fee,
  o.nav, o.confirm_date, o.version`;

/** A row as an order. */
export function toOrder(row: OrderRow): Order {
  return {
    bucket: row.bucket,
    orderId: row.order_id,
    customerId: row.customer_id,
    clientOrderNo: row.client_order_no,
    businessCode: row.business_code,
    assetAccountNo: row.asset_account_no,
    tradingAccountNo: row.trading_account_no,
    registrarCode: row.registrar_code,
    fundCode: row.fund_code,
    shareClass: row.share_class,
    ...(row.amount === null ? {} : { amount: amount(row.amount) }),
    ...(row.units === null ? {} : { units: units(row.units) }),
    ...(row.dividend_method === null ? {} : { dividendMethod: row.dividend_method }),
    discountRate: rate(row.discount_rate),
    ...(row.large_redemption_flag === null
      ? {}
      : { largeRedemptionFlag: row.large_redemption_flag }),
    channel: row.channel,
    tradeDate: row.trade_date,
    acceptedAt: row.accepted_at,
    state: row.state,
    confirmedAmount: amount(row.confirmed_amount),
    confirmedUnits: units(row.confirmed_units),
    fee: amount(row.fee),
    ...(row.nav === null ? {} : { nav: price(row.nav) }),
    ...(row.confirm_date === null ? {} : { confirmDate: row.confirm_date }),
    version: row.version,
  };
}

/** The key of one order or application. */
export interface OrderKey {
  readonly bucket: number;
  readonly orderId: string;
}

/** The keys of ids that carry a bucket; an id of another shape is nobody's. */
export function keysOf(orderIds: Iterable<string>): OrderKey[] {
  return [...new Set(orderIds)].flatMap((orderId) => {
    const bucket = findBucketInId(orderId);
    return bucket === undefined ? [] : [{ bucket, orderId }];
  });
}

/** Distinct buckets of keys: what every statement names beside its keys. */
export function bucketsOf(keys: readonly { readonly bucket: number }[]): number[] {
  return [...new Set(keys.map((key) => key.bucket))];
}

// Each key is looked up by the primary key, whatever the planner thinks of the table's size: the
// limit keeps it from reading all orders of a bucket instead. Measured for 500 keys: 21 → 2 ms.
/** The orders that exist, by id; absent ones are left out. */
export async function loadOrders(sql: Sql, keys: readonly OrderKey[]): Promise<Map<string, Order>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<OrderRow>(
    `select ${ORDER_COLUMNS}
     from unnest($1::int2[], $2::text[]) as t(bucket, order_id)
     cross join lateral (select * from trading.orders r
       where r.bucket = t.bucket and r.order_id = t.order_id
       group by r.bucket, r.order_id) as o`,
    [keys.map((key) => key.bucket), keys.map((key) => key.orderId)],
  );
  return new Map(rows.map((row) => [row.order_id, toOrder(row)]));
}

/** What an earlier request with the same number was answered. */
export interface EarlierOrder {
  readonly requestDigest: Uint8Array;
  readonly refused: boolean;
  readonly tradeDate: LocalDate;
  readonly acceptedAt: Instant;
  readonly findings: readonly Finding[];
}

/** The earlier requests of these order ids. */
export async function loadEarlier(
  sql: Sql,
  keys: readonly OrderKey[],
): Promise<Map<string, EarlierOrder>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<{
    order_id: string;
    request_digest: Uint8Array;
    refused: boolean;
    trade_date: LocalDate;
    accepted_at: Instant;
    findings: Finding[] | null;
  }>(
    `select o.order_id, o.request_digest, o.state = 'refused' as refused, o.trade_date,
       o.accepted_at, o.findings
     from unnest($1::int2[], $2::text[]) as t(bucket, order_id)
     cross join lateral (select * from trading.orders r
       where r.bucket = t.bucket and r.order_id = t.order_id
       group by r.bucket, r.order_id) as o`,
    [keys.map((key) => key.bucket), keys.map((key) => key.orderId)],
  );
  return new Map(
    rows.map((row) => [
      row.order_id,
      {
        requestDigest: row.request_digest,
        refused: row.refused,
        tradeDate: row.trade_date,
        acceptedAt: row.accepted_at,
        findings: row.findings ?? [],
      },
    ]),
  );
}

/** The last day that was cut off, if any. */
export async function findLastCutOff(sql: Sql): Promise<LocalDate | undefined> {
  const rows = await sql.query<{ last: LocalDate | null }>(
    'select max(trade_date) as last from trading.cut_offs',
  );
  return rows[0]?.last ?? undefined;
}

/** Accepted purchases of these customers on these trade dates, by `dayKey`, in fen. */
export async function loadDayPurchases(
  sql: Sql,
  customers: readonly { readonly bucket: number; readonly customerId: string }[],
  tradeDates: readonly LocalDate[],
): Promise<Map<string, Amount>> {
  if (customers.length === 0) return new Map();
  const rows = await sql.query<{
    trading_account_no: string;
    fund_code: string;
    trade_date: LocalDate;
    total: bigint;
  }>(
    `select o.trading_account_no, o.fund_code, o.trade_date, sum(o.amount)::int8 as total
     from unnest($1::int2[], $2::text[]) as t(bucket, customer_id)
     cross join lateral (select trading_account_no, fund_code, trade_date, amount
       from trading.orders r
       where r.bucket = t.bucket and r.customer_id = t.customer_id
         and r.trade_date = any($3::date[]) and r.business_code in ('020', '022')
         and r.state not in ('refused', 'cancelled')
       group by r.bucket, r.order_id) as o
     group by o.trading_account_no, o.fund_code, o.trade_date`,
    [
      customers.map((customer) => customer.bucket),
      customers.map((customer) => customer.customerId),
      tradeDates,
    ],
  );
  return new Map(
    rows.map((row) => [
      dayKey(row.trading_account_no, row.fund_code, row.trade_date),
      amount(row.total),
    ]),
  );
}

/** Whether the error says that an order of the batch was placed before. */
export function isRepetition(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('constraint' in error)) return false;
  return error.code === '23505' && error.constraint === 'orders_pkey';
}

/** Writes decided orders with their first events: one deferred statement for the batch. */
export function insertOrders(tx: Tx, at: Instant, decisions: readonly Decision<unknown>[]): void {
  if (decisions.length === 0) return;
  const column = <T>(of: (decision: Decision<unknown>) => T) => decisions.map(of);
  tx.defer(
    `with placed as (
       insert into trading.orders (bucket, order_id, customer_id, client_order_no, request_digest,
         business_code, asset_account_no, trading_account_no, registrar_code, fund_code,
         share_class, amount, units, dividend_method, discount_rate, large_redemption_flag,
         warning_id, channel, trade_date, after_cut_off_date, accepted_at, state, findings)
       select bucket, order_id, customer_id, client_order_no, request_digest, business_code,
         asset_account_no, trading_account_no, registrar_code, fund_code, share_class, amount,
         units, dividend_method, discount_rate, large_redemption_flag, warning_id, channel,
         trade_date, after_cut_off_date, $23::timestamptz, state, findings::jsonb
       from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::text[],
         $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::int8[], $13::int8[],
         $14::text[], $15::int8[], $16::text[], $17::text[], $18::text[], $19::date[],
         $20::date[], $21::text[], $22::text[])
         as t(bucket, order_id, customer_id, client_order_no, request_digest, business_code,
           asset_account_no, trading_account_no, registrar_code, fund_code, share_class, amount,
           units, dividend_method, discount_rate, large_redemption_flag, warning_id, channel,
           trade_date, after_cut_off_date, state, findings)
       returning bucket, order_id, state, accepted_at)
     insert into trading.order_events (bucket, order_id, seq, from_state, to_state, at)
     select bucket, order_id, 1, 'new', state, accepted_at from placed`,
    [
      column((d) => d.order.bucket),
      column((d) => d.order.orderId),
      column((d) => d.order.customerId),
      column((d) => d.order.clientOrderNo),
      column((d) => d.requestDigest),
      column((d) => d.order.businessCode),
      column((d) => d.order.assetAccountNo),
      column((d) => d.order.tradingAccountNo),
      column((d) => d.order.registrarCode),
      column((d) => d.order.fundCode),
      column((d) => d.order.shareClass),
      column((d) => d.order.amount ?? null),
      column((d) => d.order.units ?? null),
      column((d) => d.order.dividendMethod ?? null),
      column((d) => d.order.discountRate),
      column((d) => d.order.largeRedemptionFlag ?? null),
      column((d) => d.warningId ?? null),
      column((d) => d.order.channel),
      column((d) => d.order.tradeDate),
      column((d) => d.afterCutOffDate ?? null),
      column((d) => d.order.state),
      column((d) => (d.findings.length === 0 ? null : JSON.stringify(d.findings))),
      at,
    ],
  );
}

/** Writes the new state of orders with one event each; `detail` explains the step. */
export async function updateOrders(
  tx: Tx,
  at: Instant,
  changes: readonly {
    readonly before: OrderState;
    readonly after: Order;
    readonly detail: object;
  }[],
): Promise<void> {
  if (changes.length === 0) return;
  const column = <T>(of: (order: Order) => T) => changes.map((change) => of(change.after));
  await tx.query(
    `with changed as (
       update trading.orders o set state = t.state, confirmed_amount = t.confirmed_amount,
         confirmed_units = t.confirmed_units, fee = t.fee, nav = t.nav,
         confirm_date = t.confirm_date, version = t.version
       from unnest($1::int2[], $2::text[], $3::text[], $4::int8[], $5::int8[], $6::int8[],
         $7::int8[], $8::date[], $9::int4[], $10::text[], $11::text[])
         as t(bucket, order_id, state, confirmed_amount, confirmed_units, fee, nav, confirm_date,
           version, before, detail)
       where o.bucket = t.bucket and o.order_id = t.order_id
       returning o.bucket, o.order_id, o.version, t.before, o.state, t.detail)
     insert into trading.order_events (bucket, order_id, seq, from_state, to_state, at, detail)
     select bucket, order_id, version, before, state, $12::timestamptz, detail::jsonb from changed`,
    [
      column((order) => order.bucket),
      column((order) => order.orderId),
      column((order) => order.state),
      column((order) => order.confirmedAmount),
      column((order) => order.confirmedUnits),
      column((order) => order.fee),
      column((order) => order.nav ?? null),
      column((order) => order.confirmDate ?? null),
      column((order) => order.version),
      changes.map((change) => change.before),
      changes.map((change) => JSON.stringify(change.detail)),
      at,
    ],
  );
}

/** The trade dates of the latest applications of trading accounts, by trading account number. */
export async function loadApplicationDates(
  sql: Sql,
  accounts: readonly { readonly bucket: number; readonly tradingAccountNo: string }[],
): Promise<Map<string, LocalDate>> {
  if (accounts.length === 0) return new Map();
  const rows = await sql.query<{ trading_account_no: string; trade_date: LocalDate }>(
    `select a.trading_account_no, max(a.trade_date) as trade_date
     from unnest($1::int2[], $2::text[]) as t(bucket, trading_account_no)
     join trading.account_applications a
       on a.bucket = t.bucket and a.trading_account_no = t.trading_account_no
     group by a.trading_account_no`,
    [
      accounts.map((account) => account.bucket),
      accounts.map((account) => account.tradingAccountNo),
    ],
  );
  return new Map(rows.map((row) => [row.trading_account_no, row.trade_date]));
}
