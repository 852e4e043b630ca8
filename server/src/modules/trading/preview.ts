/** What would happen to an order, without placing it. */
import { AppError, type Finding, type LocalDate, units } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { type Actor, maySee } from '../../platform/actor.ts';
import { refreshCalendar } from '../../platform/calendar.ts';
import type { Sql } from '../../platform/db.ts';
import type { World } from '../../platform/world.ts';
import { holdingKeyOf, loadLots } from '../accounts/index.ts';
import { customersFor } from '../customers/index.ts';
import { latestNavs, type RedemptionLot } from '../products/index.ts';
import { loadAssessor } from './assess.ts';
import {
  computeEstimate,
  computeExpectedDates,
  type Estimate,
  type ExpectedDates,
} from './domain/estimate.ts';
import { holdingKey, OrderBook } from './domain/order-book.ts';
import { orderIdFor } from './domain/order-identity.ts';
import type { Order, PlaceOrder } from './domain/order.ts';
import { loadFirstFacts, loadSnapshot } from './snapshot.ts';

/** The answer to a preview: it binds nobody, the order itself is decided again. */
export interface OrderPreview {
  readonly outcome: 'accepted' | 'refused';
  readonly tradeDate: LocalDate;
  readonly findings: readonly Finding[];
  readonly expected?: ExpectedDates;
  readonly estimate?: Estimate;
}

/** Decides an order as `placeOrders` would now, and writes nothing. AppError CUSTOMER_NOT_FOUND. */
export async function previewOrder(
  world: World,
  actor: Actor,
  order: PlaceOrder,
): Promise<OrderPreview> {
  return await world.db.tx((tx) => previewInside(world, tx, actor, order));
}

async function previewInside(
  { clock, calendar }: World,
  sql: Sql,
  actor: Actor,
  order: PlaceOrder,
): Promise<OrderPreview> {
  await refreshCalendar(calendar, sql);
  const now = clock.now();
  const { customerId } = order;
  const bucket = bucketOf(customerId);
  const customers = await customersFor(sql, [{ bucket, customerId }]);
  const customer = customers.get(customerId);
  if (customer === undefined || !maySee(actor, customer)) {
    throw new AppError('CUSTOMER_NOT_FOUND', { customerId });
  }
  const orders = [{ bucket, order }];
  const first = await loadFirstFacts(sql, now, calendar, orders);
  const snapshot = await loadSnapshot(sql, now, calendar, orders, customers, first);
  const { assess } = await loadAssessor(sql, now, orders);
  const decision = new OrderBook({ ...snapshot, assess }).decide(
    { bucket, orderId: orderIdFor(bucket, customerId, order.clientOrderNo) },
    order,
  );
  const { tradeDate, state } = decision.order;
  const preview = {
    outcome: state === 'refused' ? ('refused' as const) : ('accepted' as const),
    tradeDate,
    findings: decision.findings,
  };
  const terms = snapshot.termsOn(tradeDate, order.fundCode);
  if (terms === undefined) return preview;
  const expected = computeExpectedDates(calendar, order, tradeDate, terms);
  const known = (await latestNavs(sql, tradeDate, [order.fundCode])).get(order.fundCode);
  const estimate = computeEstimate({
    order,
    terms,
    nav: known === undefined ? undefined : { navDate: known.navDate, nav: known.nav },
    lots: await loadRedemptionLots(sql, decision.order),
    frozen: snapshot.holdings.get(positionOf(decision.order))?.frozen ?? units(0n),
    tradeDate,
    confirmDate: expected.confirmDate,
  });
  return { ...preview, expected, ...(estimate === undefined ? {} : { estimate }) };
}

function positionOf(order: Order): string {
  return holdingKey(order.tradingAccountNo, order.fundCode, order.shareClass);
}

async function loadRedemptionLots(sql: Sql, order: Order): Promise<RedemptionLot[]> {
  if (order.businessCode !== '024') return [];
  const lots = (await loadLots(sql, [order])).get(holdingKeyOf(order)) ?? [];
  return lots.map(({ lotId, unitsLeft, confirmDate }) => ({
    lotId,
    units: unitsLeft,
    confirmDate,
  }));
}
