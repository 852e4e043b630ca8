/** Reads: orders with their events, and pages of orders. */
import {
  AppError,
  type Finding,
  type Instant,
  type LocalDate,
  parseLocalDate,
} from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { type Actor, maySee, seesEveryone } from '../../platform/actor.ts';
import { cutPage, readTimeCursor } from '../../platform/cursor.ts';
import type { Sql } from '../../platform/db.ts';
import { customersFor } from '../customers/index.ts';
import type { Order } from './domain/order.ts';
import type { OrderState } from './domain/states.ts';
import {
  bucketsOf,
  keysOf,
  loadEarlier,
  loadOrders,
  ORDER_COLUMNS,
  type OrderRow,
  toOrder,
} from './store.ts';

/** One step in the life of an order. */
export interface OrderEvent {
  readonly seq: number;
  readonly from: OrderState | 'new';
  readonly to: OrderState;
  readonly at: Instant;
  readonly detail: Record<string, unknown> | undefined;
}

/** An order with everything that happened to it. */
export interface OrderHistory {
  readonly order: Order;
  readonly findings: readonly Finding[];
  readonly events: readonly OrderEvent[];
}

/** Orders by id; ids that are nobody's are absent. */
export async function findOrders(
  sql: Sql,
  orderIds: readonly string[],
): Promise<Map<string, Order>> {
  return await loadOrders(sql, keysOf(orderIds));
}

/** Whether the actor may see this customer's orders: a branch sees those of its own customers. */
async function seesOrdersOf(
  sql: Sql,
  actor: Actor,
  key: { readonly bucket: number; readonly customerId: string },
): Promise<boolean> {
  if (seesEveryone(actor)) return true;
  const facts = await customersFor(sql, [key]);
  return maySee(actor, facts.get(key.customerId));
}

/** One order with its events. AppError ORDER_NOT_FOUND, also for another branch's customer. */
export async function getOrder(sql: Sql, actor: Actor, orderId: string): Promise<OrderHistory> {
  const keys = keysOf([orderId]);
  const order = (await loadOrders(sql, keys)).get(orderId);
  if (order === undefined || !(await seesOrdersOf(sql, actor, order))) {
    throw new AppError('ORDER_NOT_FOUND', { orderId });
  }
  const rows = await sql.query<{
    seq: number;
    from_state: OrderState | 'new';
    to_state: OrderState;
    at: Instant;
    detail: Record<string, unknown> | null;
  }>(
    `select seq, from_state, to_state, at, detail from trading.order_events
     where bucket = any($1::int2[]) and order_id = $2 order by seq`,
    [bucketsOf(keys), orderId],
  );
  const findings = (await loadEarlier(sql, keys)).get(orderId)?.findings ?? [];
  const events = rows.map((row) => ({
    seq: row.seq,
    from: row.from_state,
    to: row.to_state,
    at: row.at,
    detail: row.detail ?? undefined,
  }));
  return { order, findings, events };
}

/** Which orders to list. */
export interface OrderSearch {
  readonly customerId?: string;
  readonly state?: OrderState;
  readonly tradeDate?: LocalDate;
  /** Orders of a page, 1 to 200. */
  readonly limit: number;
  /** As a page before gave it. */
  readonly cursor?: string;
}

/** A page, newest trade date first; `cursor` is absent on the last. */
export interface OrderPage {
  readonly orders: readonly Order[];
  readonly cursor?: string;
}

const PLACE = /^(\S+) (\w*) (\w+)$/;

/**
 * Orders by trade date, newest first; a branch finds those of its own customers, and every page but
 * the last is full. AppError REQUEST_MALFORMED for a cursor that is not ours.
 */
export async function listOrders(sql: Sql, actor: Actor, search: OrderSearch): Promise<OrderPage> {
  const { customerId, limit } = search;
  const from = readTimeCursor(search.cursor, parseLocalDate, 'REQUEST_MALFORMED', PLACE);
  const [tradeDate = null, registrarCode = null, orderId = null] = from;
  const page = [
    search.tradeDate ?? null,
    search.state ?? null,
    tradeDate,
    registrarCode,
    orderId,
    limit + 1,
  ];
  // An investor's own orders are all there are to him.
  const of = customerId ?? actor.customerId;
  const rows = await (of === undefined
    ? loadPage(sql, actor, page)
    : loadPageOfCustomer(sql, actor, page, of));
  const { shown, next } = cutPage(rows, limit, (row) => [
    row.trade_date,
    row.registrar_code,
    row.order_id,
  ]);
  const { nextCursor: cursor } = next;
  return { orders: shown.map(toOrder), ...(cursor === undefined ? {} : { cursor }) };
}

const PAGE = `($1::date is null or o.trade_date = $1::date)
    and ($2::text is null or o.state = $2::text)
    and ($3::date is null
      or (o.trade_date, o.registrar_code, o.order_id) < ($3::date, $4::text, $5::text))
  order by o.trade_date desc, o.registrar_code desc, o.order_id desc limit $6`;

async function loadPage(
  sql: Sql,
  { branchCode }: Actor,
  page: readonly unknown[],
): Promise<OrderRow[]> {
  if (branchCode === undefined) {
    return await sql.query<OrderRow>(
      `select ${ORDER_COLUMNS} from trading.orders o where ${PAGE}`,
      page,
    );
  }
  return await sql.query<OrderRow>(
    `select ${ORDER_COLUMNS} from trading.orders o
     join customers.customers c on c.bucket = o.bucket and c.customer_id = o.customer_id
     where c.branch_code = $7 and ${PAGE}`,
    [...page, branchCode],
  );
}

async function loadPageOfCustomer(
  sql: Sql,
  actor: Actor,
  page: readonly unknown[],
  customerId: string,
): Promise<OrderRow[]> {
  const key = { bucket: bucketOf(customerId), customerId };
  if (!(await seesOrdersOf(sql, actor, key))) return [];
  return await sql.query<OrderRow>(
    `select ${ORDER_COLUMNS} from trading.orders o
     where o.bucket = $7 and o.customer_id = $8 and ${PAGE}`,
    [...page, key.bucket, customerId],
  );
}
