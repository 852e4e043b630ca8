/** Races that a house must stand, also one of several processes: with what they assert. */
import type { LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import type { House } from './house.ts';
import { PLAIN } from './market.ts';
import { nextKey, post } from './send.ts';

/** How often each status came. */
export function countStatuses(replies: readonly LightMyRequestResponse[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { statusCode } of replies) counts[statusCode] = (counts[statusCode] ?? 0) + 1;
  return counts;
}

/** A purchase of the house's investor. */
export function orderOf(house: House, clientOrderNo: string, amount = '100.00') {
  const { customerId } = house.investor;
  return { kind: 'purchase', customerId, clientOrderNo, fundCode: PLAIN, amount };
}

/** The cash of a customer, the house's investor when nobody is named; in fen. */
export async function cashOf(
  house: House,
  { assetAccountNo } = house.investor,
): Promise<{ balance: bigint; frozen: bigint }> {
  const [row] = await house.world.db.query<{ balance: bigint; frozen: bigint }>(
    'select balance, frozen from accounts.cash_accounts where asset_account_no = $1',
    [assetAccountNo],
  );
  if (row === undefined) throw new Error('the customer has cash');
  return row;
}

const SHARES = 10;
const ASKED = 40;

/** Orders of one customer at once: exactly as many are accepted as the cash covers, then cancelled. */
export async function spendAllAtOnce(house: House): Promise<void> {
  const { stranger: customer } = house;
  const before = await cashOf(house, customer);
  const share = ((before.balance - before.frozen) / BigInt(SHARES) / 100n) * 100n;
  const amount = `${share / 100n}.00`;
  const { customerId } = customer;
  const replies = await Promise.all(
    Array.from({ length: ASKED }, () =>
      post(house, '/orders', { ...orderOf(house, nextKey(), amount), customerId }),
    ),
  );
  expect(countStatuses(replies)).toEqual({ 201: SHARES, 422: ASKED - SHARES });
  const after = await cashOf(house, customer);
  expect(after.frozen - before.frozen).toBe(share * BigInt(SHARES));
  const placed = replies.filter(({ statusCode }) => statusCode === 201);
  const cancelled = await Promise.all(
    placed.map((reply) => {
      const { orderId } = reply.json<{ orderId: string }>();
      return post(house, `/orders/${orderId}/cancellation`, undefined);
    }),
  );
  expect(countStatuses(cancelled)).toEqual({ 200: SHARES });
  expect(await cashOf(house, customer)).toEqual(before);
}
