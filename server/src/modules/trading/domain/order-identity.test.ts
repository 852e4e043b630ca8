import { amount, rate, units } from '@cairn/kernel';
import { expect, test } from 'vitest';
import type { BuyOrder, PlaceOrder } from './order.ts';
import { applicationIdFor, digestRequest, orderIdFor } from './order-identity.ts';

const buy: BuyOrder = {
  customerId: 'C0',
  clientOrderNo: 'N1',
  fundCode: '000001',
  channel: '2',
  businessCode: '022',
  amount: amount(100_000n),
  discountRate: rate(100_000_000n),
};

test('the same customer and number are the same order for ever, any other is another', () => {
  expect(orderIdFor(10, 'C0', 'N1')).toBe(orderIdFor(10, 'C0', 'N1'));
  expect(orderIdFor(10, 'C0', 'N1')).toMatch(/^0A[0-9A-Z]{22}$/);
  expect(orderIdFor(10, 'C0', 'N1')).not.toBe(orderIdFor(10, 'C0N', '1'));
  expect(applicationIdFor(10, 'T', 1)).not.toBe(applicationIdFor(10, 'T', 3));
  expect(orderIdFor(10, 'C0', 'N1')).not.toBe(applicationIdFor(10, 'C0N1', 1));
});

test.each<[string, PlaceOrder]>([
  ['amount', { ...buy, amount: amount(100_001n) }],
  ['kind', { ...buy, businessCode: '020' }],
  ['fund', { ...buy, fundCode: '000002' }],
  ['discount', { ...buy, discountRate: rate(10_000_000n) }],
  ['warning', { ...buy, warningId: 'W1' }],
  ['channel', { ...buy, channel: '0' }],
  [
    'units',
    {
      customerId: 'C0',
      clientOrderNo: 'N1',
      fundCode: '000001',
      channel: '2',
      businessCode: '024',
      units: units(100_000n),
      largeRedemptionFlag: '1',
    },
  ],
])('another %s is another request', (_, other) => {
  expect(Buffer.from(digestRequest({ ...buy })).equals(digestRequest(buy))).toBe(true);
  expect(Buffer.from(digestRequest(other)).equals(digestRequest(buy))).toBe(false);
});
