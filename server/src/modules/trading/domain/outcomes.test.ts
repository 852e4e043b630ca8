import { amount, instant, localDate, price, rate, units } from '@cairn/kernel';
import { expect, test } from 'vitest';
import type { Order } from './order.ts';
import { decideOutcome, type OrderOutcome } from './outcomes.ts';

const order: Order = {
  bucket: 1,
  orderId: '01ABCDEFGHJKMNPQRSTVWXYZ',
  customerId: 'C0',
  clientOrderNo: 'N1',
  businessCode: '024',
  assetAccountNo: 'A',
  tradingAccountNo: 'T',
  registrarCode: '01',
  fundCode: '000001',
  shareClass: '0',
  units: units(100_00n),
  discountRate: rate(100_000_000n),
  channel: '2',
  tradeDate: localDate('2026-03-03'),
  acceptedAt: instant('2026-03-03T02:00:00.000Z'),
  state: 'sent',
  confirmedAmount: amount(0n),
  confirmedUnits: units(0n),
  fee: amount(0n),
  version: 2,
};

const outcome = (to: OrderOutcome['to'], confirmedUnits: bigint): OrderOutcome => ({
  orderId: order.orderId,
  to,
  confirmedAmount: amount(confirmedUnits),
  confirmedUnits: units(confirmedUnits),
  fee: amount(10n),
  nav: price(100_000_000n),
  confirmDate: localDate('2026-03-04'),
  ref: 'file 1 record 1',
});

const after = (from: Order, step: OrderOutcome) => {
  const decided = decideOutcome(from, step);
  if (!decided.ok) throw new Error(decided.error.code);
  return decided.value;
};

test('a redemption confirmed in two parts adds up and lets go of what was confirmed', () => {
  const first = after(order, outcome('partlyConfirmed', 60_00n));
  expect(first).toMatchObject({
    order: { state: 'partlyConfirmed', confirmedUnits: 60_00n, fee: 10n, version: 3 },
    hold: { kind: 'part', units: 60_00n },
  });
  const second = after(first.order, outcome('confirmed', 40_00n));
  expect(second).toMatchObject({
    order: { state: 'confirmed', confirmedUnits: 100_00n, fee: 20n, version: 4 },
    hold: { kind: 'all' },
  });
});

test('a rejection lets everything go', () => {
  expect(after(order, outcome('rejected', 0n)).hold).toEqual({ kind: 'all' });
});

test('more than was applied for is refused, in one part or in several (O2)', () => {
  expect(decideOutcome(order, outcome('confirmed', 100_01n))).toMatchObject({
    error: { code: 'OUTCOME_ABOVE_APPLIED' },
  });
  const first = after(order, outcome('partlyConfirmed', 60_00n));
  expect(decideOutcome(first.order, outcome('confirmed', 40_01n))).toMatchObject({
    error: { code: 'OUTCOME_ABOVE_APPLIED' },
  });
});

test('a second final answer and an answer to an order never sent are refused (O1)', () => {
  const done = after(order, outcome('confirmed', 100_00n)).order;
  expect(decideOutcome(done, outcome('confirmed', 0n))).toMatchObject({
    error: { code: 'OUTCOME_ILLEGAL' },
  });
  expect(decideOutcome({ ...order, state: 'accepted' }, outcome('confirmed', 1n))).toMatchObject({
    error: { code: 'OUTCOME_ILLEGAL' },
  });
});

test('a subscription: the receipt frees the money, the result replaces what the receipt said', () => {
  const { units: _, ...rest } = order;
  const subscription: Order = { ...rest, businessCode: '020', amount: amount(10_000_00n) };
  const receipt = after(subscription, {
    ...outcome('subscribed', 0n),
    confirmedAmount: amount(10_000_00n),
  });
  expect(receipt.hold).toEqual({ kind: 'all' });
  const result = after(receipt.order, {
    ...outcome('confirmed', 9_923_63n),
    confirmedAmount: amount(10_000_00n),
    fee: amount(79_37n),
  });
  expect(result.order).toMatchObject({ confirmedUnits: 9_923_63n, fee: 79_37n });
  expect(result.order.confirmedAmount).toBe(10_000_00n);
  expect(result.hold).toEqual({ kind: 'none' });
});
