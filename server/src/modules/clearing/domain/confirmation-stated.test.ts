import { amount, price, units } from '@cairn/kernel';
import { expect, test } from 'vitest';
import { change, decide, reasonsOf } from './confirmation-fixture.ts';

/* What differs and is booked all the same: within the tolerance, or because two people said so. */

test.each([
  [
    'a redemption paid 0.01 more',
    change('redemption', { confirmedAmount: amount(121_599n) }),
    { code: 'AMOUNT_DIFFERS', ours: '1215.98', theirs: '1215.99' },
  ],
  [
    '0.01 units more',
    change('purchase', { confirmedUnits: units(80_602n) }),
    { code: 'UNITS_DIFFER', ours: '806.01', theirs: '806.02' },
  ],
  [
    'our part of the fee 0.01 less',
    change('purchase', { agencyFee: amount(497n) }),
    { code: 'AGENCY_FEE_DIFFERS', ours: '4.98', theirs: '4.97' },
  ],
  [
    'a refund 0.01 short',
    change('failure', { refundAmount: amount(100_147n) }),
    { code: 'REFUND_DIFFERS', ours: '1001.48', theirs: '1001.47' },
  ],
  [
    'done at 0.01 less than was applied for',
    change('purchase', { confirmedAmount: amount(99_999n) }),
    { code: 'CONFIRMED_LESS', ours: '1000.00', theirs: '999.99' },
  ],
] as const)('within the tolerance of another rounding, and told: %s', (_name, given, told) => {
  expect(decide(given)).toMatchObject({ kind: 'apply', tolerated: [told] });
});

test('a part that is far from whole is a part, not a difference', () => {
  const half = { confirmedAmount: amount(50_000n), confirmedUnits: units(40_300n) };
  const given = change(
    'purchase',
    { ...half, charge: amount(249n), agencyFee: amount(249n) },
    {},
    { expected: { fee: amount(249n), agencyFee: amount(249n), units: units(40_300n) } },
  );
  expect(decide(given)).toEqual({ kind: 'apply', outcome: 'confirmed', tolerated: [] });
});

test.each([
  ['a fee', change('purchase', { charge: amount(598n), agencyFee: amount(598n) })],
  ['a NAV', change('purchase', {}, {}, { nav: price(123_460_000n) })],
  ['a NAV of our own that is missing', change('purchase', {}, {}, { nav: undefined })],
  ['an amount', change('redemption', { confirmedAmount: amount(121_698n) })],
  ['no fee to compare with', change('purchase', {}, {}, { expected: undefined })],
  ['a refund', change('failure', { refundAmount: amount(100_048n) })],
])('%s that two people let stand is booked as stated, and told', (_name, given) => {
  const before = decide(given);
  expect(before.kind).toBe('exception');
  const after = decide({ ...given, c: { ...given.c, isStated: true } });
  const reasons = before.kind === 'exception' ? before.reasons : [];
  expect(after).toMatchObject({ kind: 'apply', tolerated: expect.arrayContaining([...reasons]) });
});

test.each([
  ['another account', change('purchase', { tradingAccountNo: '07X' }), 'ORDER_DIFFERS'],
  ['another currency', change('purchase', { currency: '840' }), 'CURRENCY_DIFFERS'],
  ['no serial number', change('purchase', { taSerial: '' }), 'SERIAL_MISSING'],
  [
    'more than was paid',
    change('purchase', { confirmedAmount: amount(100_001n) }),
    'MORE_THAN_APPLIED',
  ],
  ['a negative number', change('purchase', { refundAmount: amount(-1n) }), 'NEGATIVE_VALUE'],
  ['an order that is done', change('purchase', {}, { state: 'confirmed' }), 'ORDER_NOT_WAITING'],
])('%s is never booked as stated', (_name, given, code) => {
  expect(reasonsOf({ ...given, c: { ...given.c, isStated: true } })).toEqual([code]);
});
