import { describe, expect, it } from 'vitest';
import {
  computeInterest,
  computeUnits,
  computeValue,
  redeem,
  type RedemptionTerms,
  splitPurchase,
} from './fees.ts';
import {
  AMOUNT_DECIMALS,
  divide,
  formatDecimal,
  NAV_DECIMALS,
  NAV_ONE,
  parseDecimal,
  RATE_DECIMALS,
} from './fixed.ts';

const fen = (text: string) => parseDecimal(text, AMOUNT_DECIMALS, 'amount');
const nav = (text: string) => parseDecimal(text, NAV_DECIMALS, 'nav');
const rate = (text: string) => parseDecimal(text, RATE_DECIMALS, 'rate');
const text = (value: bigint) => formatDecimal(value, AMOUNT_DECIMALS);

describe('purchase by the outside method', () => {
  const rows = [
    // amount, rate, NAV, net, fee, units half-up, units down
    ['10000', '0.015', '1.2345', '9852.22', '147.78', '7980.74', '7980.73'],
    ['10000', '0.0015', '1.2345', '9985.02', '14.98', '8088.31', '8088.31'],
    ['50000', '0.008', '1.0683', '49603.17', '396.83', '46431.87', '46431.87'],
    // instalments of 500 at 0.15 %
    ['500', '0.0015', '1.0000', '499.25', '0.75', '499.25', '499.25'],
    ['500', '0.0015', '0.9000', '499.25', '0.75', '554.72', '554.72'],
    ['500', '0.0015', '0.8000', '499.25', '0.75', '624.06', '624.06'],
    ['500', '0.0015', '0.9500', '499.25', '0.75', '525.53', '525.52'],
    ['500', '0.0015', '1.1000', '499.25', '0.75', '453.86', '453.86'],
  ] as const;
  it.each(rows)('%s at %s and NAV %s', (amount, feeRate, price, net, fee, halfUp, down) => {
    const tiers = [{ fromAmount: 0n, rate: rate(feeRate) }];
    const split = splitPurchase(fen(amount), tiers, NAV_ONE);
    expect([text(split.net), text(split.fee)]).toEqual([net, fee]);
    expect(text(computeUnits(split.net, nav(price), 'halfUp'))).toBe(halfUp);
    expect(text(computeUnits(split.net, nav(price), 'down'))).toBe(down);
  });

  const tiers = [
    { fromAmount: 0n, rate: rate('0.015') },
    { fromAmount: fen('1000000'), rate: rate('0.012') },
    { fromAmount: fen('5000000'), flat: fen('1000') },
  ];

  it('subtracts a flat fee for large tickets', () => {
    const split = splitPurchase(fen('6000000'), tiers, NAV_ONE);
    expect([text(split.net), text(split.fee), split.rate]).toEqual(['5999000.00', '1000.00', 0n]);
    expect(text(computeUnits(split.net, nav('1.2345'), 'halfUp'))).toBe('4859457.27');
  });

  it('takes the tier at its first amount', () => {
    expect(splitPurchase(fen('999999.99'), tiers, NAV_ONE).rate).toBe(rate('0.015'));
    expect(splitPurchase(fen('1000000'), tiers, NAV_ONE).rate).toBe(rate('0.012'));
  });

  it('multiplies the rate by the discount', () => {
    const split = splitPurchase(fen('10000'), tiers, 1000n);
    expect([split.rate, text(split.fee)]).toEqual([rate('0.0015'), '14.98']);
  });
});

describe('initial subscription', () => {
  it('turns principal and interest into units, interest without fee', () => {
    const { net, fee } = splitPurchase(
      fen('10000'),
      [{ fromAmount: 0n, rate: rate('0.008') }],
      NAV_ONE,
    );
    expect([text(net), text(fee)]).toEqual(['9920.63', '79.37']);
    expect(text(computeUnits(net + fen('3.00'), nav('1.0000'), 'halfUp'))).toBe('9923.63');
  });

  it('counts interest act/360, and none for no days', () => {
    // 500,000 × 3.1 % × 91 / 360
    expect(text(computeInterest(fen('500000'), rate('0.031'), 91))).toBe('3918.06');
    expect(computeInterest(fen('500000'), rate('0.031'), 0)).toBe(0n);
    expect(computeInterest(fen('500000'), rate('0.031'), -3)).toBe(0n);
  });
});

const ladder2026 = [
  { fromDays: 0, rate: rate('0.015'), toFundShare: rate('1') },
  { fromDays: 7, rate: rate('0.01'), toFundShare: rate('1') },
  { fromDays: 30, rate: rate('0.005'), toFundShare: rate('1') },
  { fromDays: 180, rate: 0n, toFundShare: rate('1') },
];

function terms(over: Partial<RedemptionTerms>): RedemptionTerms {
  const base = { nav: nav('1.2345'), tiers: ladder2026, heldUntil: '2026-09-30' };
  return { ...base, feeRounding: 'perLot', ...over };
}

describe('redemption, first in first out', () => {
  const lots = [
    { confirmDate: '2025-01-06', units: fen('3000') },
    { confirmDate: '2026-03-02', units: fen('5000') },
    { confirmDate: '2026-09-10', units: fen('2000') },
    { confirmDate: '2026-09-28', units: fen('1000') },
  ];

  it('prices each lot by its own days', () => {
    const result = redeem(lots, fen('10500'), terms({}));
    const rows = result.parts.map((part) => [
      part.days,
      text(part.units),
      text(part.gross),
      text(part.fee),
      text(part.gross - part.fee),
    ]);
    expect(rows).toEqual([
      [632, '3000.00', '3703.50', '0.00', '3703.50'],
      [212, '5000.00', '6172.50', '0.00', '6172.50'],
      [20, '2000.00', '2469.00', '24.69', '2444.31'],
      [2, '500.00', '617.25', '9.26', '607.99'],
    ]);
    const { gross, fee, net } = result;
    expect([gross, fee, net].map(text)).toEqual(['12962.25', '33.95', '12928.30']);
    expect(result.left).toEqual([{ confirmDate: '2026-09-28', units: fen('500') }]);
  });

  it('rounds once on the total where the fund does', () => {
    const result = redeem(lots, fen('10500'), terms({ feeRounding: 'total' }));
    // 24.69 + 9.25875 = 33.94875
    expect([result.gross, result.fee].map(text)).toEqual(['12962.25', '33.95']);
    const small = ['a', 'b', 'c'].map(() => ({ confirmDate: '2026-09-29', units: fen('100') }));
    const over = { nav: nav('1.03'), heldUntil: '2026-09-30' };
    // each lot: value 103.00, fee 1.545
    const once = redeem(small, fen('300'), terms({ ...over, feeRounding: 'total' }));
    const each = redeem(small, fen('300'), terms(over));
    expect([once.gross, once.fee, once.feeToFund].map(text)).toEqual(['309.00', '4.64', '4.64']);
    expect([each.gross, each.fee, each.feeToFund].map(text)).toEqual(['309.00', '4.65', '4.65']);
  });

  it('splits the fee between the fund and the distributor', () => {
    const tiers = [{ fromDays: 0, rate: rate('0.005'), toFundShare: rate('0.75') }];
    const one = [{ confirmDate: '2026-08-01', units: fen('2000') }];
    const result = redeem(one, fen('2000'), terms({ tiers }));
    expect([result.fee, result.feeToFund].map(text)).toEqual(['12.35', '9.26']);
    expect(text(result.fee - result.feeToFund)).toBe('3.09');
  });

  it.each([
    ['2026-09-23', 7, '0.01'],
    ['2026-09-24', 6, '0.015'],
    ['2026-08-31', 30, '0.005'],
    ['2026-09-01', 29, '0.01'],
    ['2026-04-03', 180, '0'],
    ['2026-10-09', 0, '0.015'],
  ])('a lot of %s is held %i days and pays %s', (confirmDate, days, feeRate) => {
    const [part] = redeem([{ confirmDate, units: 1_00n }], 1_00n, terms({})).parts;
    expect([part?.days, part?.rate]).toEqual([days, rate(feeRate)]);
  });

  it('refuses more than the lots hold', () => {
    expect(() => redeem(lots, fen('11000.01'), terms({}))).toThrow('more than the lots hold');
  });
});

describe('dividend', () => {
  it('pays per unit and reinvests at the ex-date NAV', () => {
    const gross = divide(fen('12345.67') * rate('0.05'), rate('1'), 'halfUp');
    expect(text(gross)).toBe('617.28');
    expect(text(computeUnits(gross, nav('1.1834'), 'halfUp'))).toBe('521.62');
  });
});

describe('rounding', () => {
  it.each([
    [5n, 10n, 'halfUp', 1n],
    [-5n, 10n, 'halfUp', -1n],
    [4n, 10n, 'halfUp', 0n],
    [19n, 10n, 'down', 1n],
    [-19n, 10n, 'down', -1n],
  ] as const)('%s / %s %s is %s', (dividend, divisor, rounding, quotient) => {
    expect(divide(dividend, divisor, rounding)).toBe(quotient);
  });

  it('refuses digits it would have to drop', () => {
    expect(() => parseDecimal('1.23456', 4, 'NAV')).toThrow('more than 4 decimals');
    expect(parseDecimal('1.23450', 4, 'NAV')).toBe(12345n);
    expect(() => parseDecimal('1e5', 2, 'amount')).toThrow('not a decimal number');
    expect(formatDecimal(-5n, 2)).toBe('-0.05');
  });

  it('values units half-up to the fen', () => {
    expect(text(computeValue(fen('0.01'), nav('0.5000')))).toBe('0.01');
    expect(text(computeValue(fen('0.01'), nav('0.4999')))).toBe('0.00');
  });
});
