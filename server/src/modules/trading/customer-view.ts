/** The section of trading in the 360° view of a customer: the newest orders. */
import { systemActor } from '../../platform/actor.ts';
import type { Sql } from '../../platform/db.ts';
import { listOrders } from './queries.ts';
import { showOrder } from './wire.ts';

const NEWEST = 20;

/** The newest orders of a customer whom the caller may already see. */
export async function ordersView(
  sql: Sql,
  key: { readonly bucket: number; readonly customerId: string },
): Promise<unknown> {
  const actor = systemActor('customer-view');
  const page = await listOrders(sql, actor, { customerId: key.customerId, limit: NEWEST });
  return page.orders.map(showOrder);
}
