/** Reads: orders with their events, and pages of orders. */
import {
  AppError,
  type Finding,
  type Instant,
  type LocalDate,
  parseLocalDate,
} from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import type { Actor } from '../../platform/actor.ts';
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

async function visibleCustomers(
  sql: Sql,
  actor: Actor,
  orders: readonly Order[],
): Promise<(order: Order) => boolean> {
  if (actor.branchCode === undefined) return () => true;
  const facts = await customersFor(sql, orders);
  return (order) => facts.get(order.customerId)?.branchCode === actor.branchCode;
}

/** One order with its events. AppError ORDER_NOT_FOUND, also for another branch's customer. */
export async function getOrder(sql: Sql, actor: Actor, orderId: string): Promise<OrderHistory> {
  const keys = keysOf([orderId]);
  const order = (await loadOrders(sql, keys)).get(orderId);
  if (order === undefined || !(await visibleCustomers(sql, actor, [order]))(order)) {
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
  /** Rows looked at for one page, 1 to 200; rows the actor may not see are left out of it. */
  readonly limit: number;
  /** As a page before gave it. */
  readonly cursor?: string;
}

/** A page, newest trade date first; `cursor` is absent on the last. */
export interface OrderPage {
  readonly orders: readonly Order[];
  readonly cursor?: string;
}

interface Place {
  readonly tradeDate: LocalDate;
  readonly registrarCode: string;
  readonly orderId: string;
}

function cursorOf(order: Place): string {
  const text = `${order.tradeDate}/${order.registrarCode}/${order.orderId}`;
  return Buffer.from(text).toString('base64url');
}

function placeOf(cursor: string): Place {
  const [date = '', registrarCode, orderId] = Buffer.from(cursor, 'base64url')
    .toString()
    .split('/');
  const tradeDate = parseLocalDate(date);
  const isWhole = tradeDate !== undefined && registrarCode !== undefined && orderId !== undefined;
  if (!isWhole) {
    throw new AppError('REQUEST_MALFORMED', {
      reason: 'the cursor is not one of ours',
      reasonZh: '游标不是本系统给出的',
    });
  }
  return { tradeDate, registrarCode, orderId };
}

/** Orders by trade date, newest first. AppError REQUEST_MALFORMED for a cursor that is not ours. */
export async function listOrders(sql: Sql, actor: Actor, search: OrderSearch): Promise<OrderPage> {
  const { customerId, limit } = search;
  const from = search.cursor === undefined ? undefined : placeOf(search.cursor);
  const rows = await sql.query<OrderRow>(customerId === undefined ? LIST_ALL : LIST_OF_CUSTOMER, [
    search.tradeDate ?? null,
    search.state ?? null,
    from?.tradeDate ?? null,
    from?.registrarCode ?? null,
    from?.orderId ?? null,
    limit + 1,
    ...(customerId === undefined ? [] : [bucketOf(customerId), customerId]),
  ]);
  const orders = rows.slice(0, limit).map(toOrder);
  const isVisible = await visibleCustomers(sql, actor, orders);
  const last = orders.at(-1);
  const visible = orders.filter(isVisible);
  return rows.length > limit && last !== undefined
    ? { orders: visible, cursor: cursorOf(last) }
    : { orders: visible };
}

const PAGE = `($1::date is null or o.trade_date = $1::date)
    and ($2::text is null or o.state = $2::text)
    and ($3::date is null
      or (o.trade_date, o.registrar_code, o.order_id) < ($3::date, $4::text, $5::text))
  order by o.trade_date desc, o.registrar_code desc, o.order_id desc limit $6`;

const LIST_ALL = `select ${ORDER_COLUMNS} from trading.orders o where ${PAGE}`;

const LIST_OF_CUSTOMER = `select ${ORDER_COLUMNS} from trading.orders o
  where o.bucket = $7 and o.customer_id = $8 and ${PAGE}`;
