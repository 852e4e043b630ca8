/** Cancelling orders before the cut-off of their trade date (撤单). */
import { houseCutOffOn, type LocalDate } from '@cairn/kernel';
import { type Actor, maySee } from '../../platform/actor.ts';
import { type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { releaseHolds } from '../accounts/index.ts';
import { customersFor } from '../customers/index.ts';
import { termsAsOf } from '../products/index.ts';
import type { Order } from './domain/order.ts';
import { isBeforeCutOff } from './domain/trade-date.ts';
import { findLastCutOff, keysOf, loadOrders, type OrderKey, updateOrders } from './store.ts';

/** The outcome of one cancellation of a batch. */
export type CancelResult =
  | { readonly kind: 'cancelled'; readonly order: Order }
  | {
      readonly kind: 'error';
      readonly code: 'ORDER_NOT_FOUND' | 'ORDER_NOT_CANCELLABLE' | 'CANCEL_AFTER_CUT_OFF';
      readonly details: Readonly<Record<string, string>>;
    };

/**
 * Cancels accepted orders and releases what they froze, in one transaction. Per order:
 * ORDER_NOT_FOUND (also for another branch's customer), ORDER_NOT_CANCELLABLE (not accepted any
 * more: cancelled, sent, final), CANCEL_AFTER_CUT_OFF (by the clock, or the day is cut off).
 */
export async function cancelOrders(
  world: World,
  actor: Actor,
  orderIds: readonly string[],
): Promise<CancelResult[]> {
  const keys = keysOf(orderIds);
  return await work(
    world,
    keys.map((key) => key.bucket),
    (work) => cancelInside(work, actor, orderIds, keys),
  );
}

async function cancelInside(
  work: Work,
  actor: Actor,
  orderIds: readonly string[],
  keys: readonly OrderKey[],
): Promise<CancelResult[]> {
  const orders = await loadOrders(work.tx, keys);
  const customers = await customersFor(work.tx, [...orders.values()]);
  const lastCutOffDate = await findLastCutOff(work.tx);
  const cutOffs = await loadCutOffs(work, [...orders.values()]);
  const cancelled: Order[] = [];
  const results = orderIds.map((orderId): CancelResult => {
    const order = orders.get(orderId);
    const customer = order === undefined ? undefined : customers.get(order.customerId);
    if (order === undefined || !maySee(actor, customer)) {
      return { kind: 'error', code: 'ORDER_NOT_FOUND', details: { orderId } };
    }
    const { state, tradeDate } = order;
    if (state !== 'accepted') {
      return { kind: 'error', code: 'ORDER_NOT_CANCELLABLE', details: { orderId, state } };
    }
    const isCut = lastCutOffDate !== undefined && lastCutOffDate >= tradeDate;
    if (isCut || !isBeforeCutOff(work.now, tradeDate, cutOffs(order))) {
      return { kind: 'error', code: 'CANCEL_AFTER_CUT_OFF', details: { orderId, tradeDate } };
    }
    const after: Order = { ...order, state: 'cancelled', version: order.version + 1 };
    orders.set(orderId, after);
    cancelled.push(after);
    return { kind: 'cancelled', order: after };
  });
  await writeCancelled(work, actor, cancelled);
  return results;
}

/** The cut-off of each order's fund on its trade date. */
async function loadCutOffs(
  { tx }: Work,
  orders: readonly Order[],
): Promise<(order: Order) => string> {
  const books = new Map<LocalDate, Awaited<ReturnType<typeof termsAsOf>>>();
  for (const { tradeDate } of orders) {
    if (!books.has(tradeDate)) books.set(tradeDate, await termsAsOf(tx, tradeDate));
  }
  return (order) =>
    books.get(order.tradeDate)?.get(order.fundCode)?.cutOff ?? houseCutOffOn(order.tradeDate);
}

async function writeCancelled(
  work: Work,
  actor: Actor,
  cancelled: readonly Order[],
): Promise<void> {
  const held = cancelled.filter((order) => order.businessCode !== '029');
  await releaseHolds(
    work,
    held.map(({ bucket, orderId }) => ({ bucket, ref: orderId })),
  );
  await updateOrders(
    work.tx,
    work.now,
    cancelled.map((after) => ({ before: 'accepted', after, detail: { by: actor.kind } })),
  );
  for (const { bucket, orderId, customerId } of cancelled) {
    work.audit({
      bucket,
      actor,
      action: 'orders.cancel',
      subject: `order:${orderId}`,
      result: 'done',
      detail: { customerId },
    });
    const payload = { orderId, customerId };
    work.emit({ bucket, topic: 'trading.order-cancelled', key: orderId, payload });
  }
}
