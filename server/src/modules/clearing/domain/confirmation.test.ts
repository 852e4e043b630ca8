import { amount, localDate, price, units } from '@cairn/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Confirmation, type ConfirmedOrder, decideConfirmation } from './confirmation.ts';
import {
  bought,
  type Case,
  change,
  decide,
  GOOD,
  NAV,
  purchase,
  purchaseExpected,
  reasonsOf,
  receipt,
  redemption,
  sold,
  tolerances,
  TUESDAY,
} from './confirmation-fixture.ts';

describe('good confirmations', () => {
  test.each([
    ['a purchase in full', GOOD.purchase, 'confirmed'],
    ['a redemption in full', GOOD.redemption, 'confirmed'],
    ['the receipt of a subscription', GOOD.receipt, 'subscribed'],
    ['the result of a subscription', GOOD.result, 'confirmed'],
    [
      'the result of a subscription that was allotted in part',
      change('result', { confirmedAmount: amount(60_000n), refundAmount: amount(40_000n) }),
      'confirmed',
    ],
    ['a failed offer', GOOD.failure, 'failed'],
    [
      'a dividend method',
      {
        c: { ...receipt, businessCode: '129', confirmedAmount: amount(0n) },
        o: { ...bought, businessCode: '029' },
        expected: undefined,
      },
      'confirmed',
    ],
  ] as const)('%s', (_name, given: Case, outcome) => {
    expect(decide(given)).toEqual({ kind: 'apply', outcome, tolerated: [] });
  });

  const half = {
    ...redemption,
    confirmedUnits: units(50_000n),
    confirmedAmount: amount(60_799n),
    charge: amount(926n),
  };
  const expected = { fee: amount(926n), agencyFee: amount(0n) };
  test.each([
    ['finished: the rest falls away', { ...half, isFinished: true }, sold, 'confirmed'],
    ['not finished: the rest follows', { ...half, isFinished: false }, sold, 'partlyConfirmed'],
    [
      'the rest: whole without a flag',
      { ...half, isFinished: false },
      { ...sold, state: 'partlyConfirmed', confirmedUnits: units(50_000n) },
      'confirmed',
    ],
  ] as const)('half a redemption, %s', (_name, c, o, outcome) => {
    expect(decide({ c, o, expected })).toEqual({ kind: 'apply', outcome, tolerated: [] });
  });
});

describe('every check catches alone', () => {
  test.each([
    ['another registrar', change('purchase', { registrarCode: '02' }), 'ORDER_DIFFERS'],
    ['another trading account', change('purchase', { tradingAccountNo: '07X' }), 'ORDER_DIFFERS'],
    ['another fund', change('purchase', { fundCode: '000002' }), 'ORDER_DIFFERS'],
    ['another share class', change('purchase', { shareClass: '1' }), 'ORDER_DIFFERS'],
    ['another business', change('receipt', {}, { businessCode: '022' }), 'ORDER_DIFFERS'],
    ['no serial number', change('purchase', { taSerial: '' }), 'SERIAL_MISSING'],
    ['another trade date', change('purchase', { tradeDate: TUESDAY }), 'TRADE_DATE_DIFFERS'],
    [
      'confirmed before applied',
      change('purchase', { confirmDate: localDate('2026-02-27') }),
      'CONFIRMED_BEFORE_APPLIED',
    ],
    ['an order that is done', change('purchase', {}, { state: 'confirmed' }), 'ORDER_NOT_WAITING'],
    ['an order not sent', change('redemption', {}, { state: 'accepted' }), 'ORDER_NOT_WAITING'],
    ['a result before the receipt', change('result', {}, { state: 'sent' }), 'ORDER_NOT_WAITING'],
    ['another currency', change('purchase', { currency: '392' }), 'CURRENCY_DIFFERS'],
    ['a negative refund', change('purchase', { refundAmount: amount(-1n) }), 'NEGATIVE_VALUE'],
    [
      'negative interest units',
      change('purchase', { interestUnits: units(-1n) }),
      'NEGATIVE_VALUE',
    ],
    [
      'a purchase above its amount',
      change('purchase', { confirmedAmount: amount(100_001n) }),
      'MORE_THAN_APPLIED',
    ],
    [
      'two parts above the amount',
      change('purchase', {}, { state: 'partlyConfirmed', confirmedAmount: amount(1n) }),
      'MORE_THAN_APPLIED',
    ],
    [
      'a receipt above its amount',
      change('receipt', {}, { amount: amount(99_999n) }),
      'MORE_THAN_APPLIED',
    ],
    [
      'a redemption above its units',
      change('redemption', {}, { units: units(99_999n) }),
      'MORE_THAN_APPLIED',
    ],
    ['a NAV of zero', change('purchase', { nav: price(0n) }), 'NAV_ZERO'],
    ['a NAV that nobody published', change('purchase', {}, {}, { nav: undefined }), 'NAV_UNKNOWN'],
    ['another NAV', change('purchase', {}, {}, { nav: price(123_460_000n) }), 'NAV_DIFFERS'],
    [
      'a redemption paid 0.02 too much',
      change('redemption', { confirmedAmount: amount(121_600n) }),
      'AMOUNT_DIFFERS',
    ],
    [
      'a receipt below its amount',
      change('receipt', { confirmedAmount: amount(99_999n) }),
      'RECEIVED_LESS',
    ],
    [
      'a result of more than was received',
      change('result', { confirmedAmount: amount(100_001n) }),
      'MORE_THAN_APPLIED',
    ],
    [
      'a result of less that pays nothing back',
      change('result', { confirmedAmount: amount(60_000n) }),
      'REFUND_DIFFERS',
    ],
    [
      'a result of less that pays a fen too little back',
      change('result', { confirmedAmount: amount(60_000n), refundAmount: amount(39_999n) }),
      'REFUND_DIFFERS',
    ],
    [
      'a result of all that pays something back',
      change('result', { refundAmount: amount(1n) }),
      'REFUND_DIFFERS',
    ],
    [
      'a fee above what was paid',
      change('purchase', { charge: amount(100_001n), agencyFee: amount(498n) }),
      'FEE_ABOVE_AMOUNT',
    ],
    [
      'no fee to compare with',
      change('purchase', {}, {}, { expected: undefined }),
      'CHARGE_NOT_EVALUATED',
    ],
    [
      'a fee off by 0.02',
      change('redemption', { charge: amount(1_854n), confirmedAmount: amount(121_596n) }),
      'FEE_DIFFERS',
    ],
    [
      'our part of the fee off by 0.02',
      change('purchase', { agencyFee: amount(496n) }),
      'AGENCY_FEE_DIFFERS',
    ],
    [
      'our part above the fee',
      change(
        'redemption',
        {
          agencyFee: amount(1_853n),
        },
        {},
        { expected: { fee: amount(1_852n), agencyFee: amount(1_853n) } },
      ),
      'AGENCY_FEE_ABOVE_FEE',
    ],
    ['units off by 0.02', change('result', { confirmedUnits: units(99_652n) }), 'UNITS_DIFFER'],
    [
      'a result without units',
      change(
        'result',
        { confirmedUnits: units(0n) },
        {},
        {
          expected: { fee: amount(498n), agencyFee: amount(498n) },
        },
      ),
      'UNITS_MISSING',
    ],
    [
      'a refund 0.02 short',
      change('failure', { refundAmount: amount(100_146n) }),
      'REFUND_DIFFERS',
    ],
    [
      'a refund 0.02 above',
      change('failure', { refundAmount: amount(100_150n) }),
      'REFUND_DIFFERS',
    ],
  ] as const)('%s: an exception with its own reason', (_name, given, code) => {
    expect(reasonsOf(given)).toEqual([code]);
  });

  test('all reasons are told, not the first', () => {
    const given = change('purchase', { taSerial: '', nav: price(1n), tradeDate: TUESDAY });
    expect(reasonsOf(given)).toEqual(['SERIAL_MISSING', 'TRADE_DATE_DIFFERS', 'NAV_DIFFERS']);
  });

  test('unknown codes and orders', () => {
    expect(reasonsOf({ ...GOOD.purchase, c: { ...purchase, businessCode: '144' } })).toEqual([
      'BUSINESS_CODE_UNKNOWN',
    ]);
    expect(reasonsOf({ ...GOOD.purchase, o: undefined })).toEqual(['ORDER_UNKNOWN']);
  });
});

describe('refusals', () => {
  const refused: Confirmation = { ...purchase, returnCode: '9001', confirmedAmount: amount(-5n) };
  const refuse = (o: Partial<ConfirmedOrder>, c: Partial<Confirmation> = {}) => ({
    c: { ...refused, ...c },
    o: { ...bought, ...o },
    expected: undefined,
  });
  test('of an order that waits: whatever its numbers say', () => {
    expect(decide(refuse({}))).toEqual({ kind: 'reject', tolerated: [] });
  });
  test('with a code that the registrar never explained: an exception, until two people say so', () => {
    const unknown = { ...refuse({}), isRefusalKnown: false };
    expect(reasonsOf(unknown)).toEqual(['RETURN_CODE_UNKNOWN']);
    expect(decide({ ...unknown, c: { ...unknown.c, isStated: true } })).toEqual({
      kind: 'reject',
      tolerated: [{ code: 'RETURN_CODE_UNKNOWN', theirs: '9001' }],
    });
  });
  test.each([
    [
      'of a part that was confirmed',
      refuse({ state: 'partlyConfirmed' }),
      ['REFUSED_AFTER_ANSWER'],
    ],
    [
      'of an order that was refused',
      refuse({ state: 'rejected' }),
      ['ORDER_NOT_WAITING', 'REFUSED_AFTER_ANSWER'],
    ],
    [
      'of a subscription that is paid',
      refuse({ state: 'subscribed', businessCode: '020' }, { businessCode: '130' }),
      ['REFUSED_AFTER_ANSWER'],
    ],
    ['without serial', refuse({}, { taSerial: '' }), ['SERIAL_MISSING']],
    ['of another account', refuse({}, { tradingAccountNo: 'X' }), ['ORDER_DIFFERS']],
  ])('%s: an exception', (_name, given, codes) => {
    expect(reasonsOf(given)).toEqual(codes);
  });
});

test('any numbers that fit the file are decided, never thrown at', () => {
  const n16 = fc.bigInt({ min: -999_999_999_999_999n, max: 9_999_999_999_999_999n });
  const n10 = fc.bigInt({ min: -999_999_999n, max: 9_999_999_999n });
  const nav = fc.oneof(fc.constant(NAV), fc.bigInt({ min: 0n, max: 99_999_990_000n }).map(price));
  fc.assert(
    fc.property(
      fc.constantFrom('120', '122', '124', '129', '130', '149', '142', '   '),
      fc.constantFrom('sent', 'subscribed', 'partlyConfirmed', 'confirmed'),
      fc.tuple(n16, n16, n10, n10, n16, n10, n16),
      nav,
      fc.boolean(),
      fc.boolean(),
      (businessCode, state, [a, b, c, d, e, f, g], quote, isFinished, isStated) => {
        const confirmation: Confirmation = {
          ...purchase,
          businessCode,
          isFinished,
          isStated,
          nav: quote,
          confirmedAmount: amount(a),
          confirmedUnits: units(b),
          charge: amount(c),
          agencyFee: amount(d),
          refundAmount: amount(e),
          interest: amount(f),
          interestUnits: units(g),
        };
        const order = { ...bought, state, businessCode: `0${businessCode.slice(1)}` };
        const decision = decideConfirmation({
          confirmation,
          order,
          tolerances,
          isRefusalKnown: true,
          expect: () => purchaseExpected,
          navOnFile: quote,
        });
        // What is applied never exceeds the application.
        const isBought = decision.kind === 'apply' && businessCode === '122';
        expect(!isBought || confirmation.confirmedAmount <= order.amount).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('our arithmetic is not asked about a record that cannot be the answer', () => {
  const asked = () => {
    throw new Error('asked');
  };
  const confirmation = { ...purchase, nav: price(1n) };
  const given = { confirmation, tolerances, isRefusalKnown: true, expect: asked };
  expect(decideConfirmation({ ...given, order: bought, navOnFile: NAV }).kind).toBe('exception');
});
