import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionError } from './errors.ts';
import {
  abs,
  add,
  amount,
  applyRate,
  compare,
  fitsInt64,
  formatAmount,
  formatUnits,
  max,
  min,
  mulDiv,
  negate,
  netOfRate,
  parseAmount,
  parsePrice,
  parseRate,
  parseUnits,
  pow10,
  price,
  type Rounding,
  rate,
  rescale,
  subtract,
  sum,
  units,
  unitsFor,
  valueOf,
} from './fixed.ts';

const ROUNDINGS: readonly Rounding[] = ['halfUp', 'halfEven', 'down', 'up', 'floor', 'ceil'];

/**
 * An independent model: of the two neighbours of n/d, chosen by comparing exact distances. It never
 * uses a remainder or the sign of a truncated quotient.
 */
function roundByModel(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const n = denominator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  let low = n / d;
  while (low * d > n) low -= 1n;
  while ((low + 1n) * d <= n) low += 1n;
  if (low * d === n) return low;
  const high = low + 1n;
  const towardZero = n > 0n ? low : high;
  const awayFromZero = n > 0n ? high : low;
  const toLow = n - low * d;
  const toHigh = high * d - n;
  const nearest = toLow < toHigh ? low : high;
  const even = low % 2n === 0n ? low : high;
  const table: Record<Rounding, bigint> = {
    floor: low,
    ceil: high,
    down: towardZero,
    up: awayFromZero,
    halfUp: toLow === toHigh ? awayFromZero : nearest,
    halfEven: toLow === toHigh ? even : nearest,
  };
  return table[rounding];
}

const anyInt = fc.oneof(
  fc.bigInt({ min: -50n, max: 50n }),
  fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
);
const divisor = anyInt.filter((c) => c !== 0n);
const rounding = fc.constantFrom(...ROUNDINGS);
const stored = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });

describe('mulDiv', () => {
  it('rounds a tie and its neighbours as each name says', () => {
    const rows: readonly [bigint, bigint, Record<Rounding, bigint>][] = [
      [25n, 10n, { halfUp: 3n, halfEven: 2n, down: 2n, up: 3n, floor: 2n, ceil: 3n }],
      [35n, 10n, { halfUp: 4n, halfEven: 4n, down: 3n, up: 4n, floor: 3n, ceil: 4n }],
      [-25n, 10n, { halfUp: -3n, halfEven: -2n, down: -2n, up: -3n, floor: -3n, ceil: -2n }],
      [-35n, 10n, { halfUp: -4n, halfEven: -4n, down: -3n, up: -4n, floor: -4n, ceil: -3n }],
      [24n, 10n, { halfUp: 2n, halfEven: 2n, down: 2n, up: 3n, floor: 2n, ceil: 3n }],
      [26n, -10n, { halfUp: -3n, halfEven: -3n, down: -2n, up: -3n, floor: -3n, ceil: -2n }],
      [5n, 10n, { halfUp: 1n, halfEven: 0n, down: 0n, up: 1n, floor: 0n, ceil: 1n }],
      [-5n, 10n, { halfUp: -1n, halfEven: 0n, down: 0n, up: -1n, floor: -1n, ceil: 0n }],
      [30n, 10n, { halfUp: 3n, halfEven: 3n, down: 3n, up: 3n, floor: 3n, ceil: 3n }],
    ];
    for (const [a, c, expected] of rows) {
      for (const name of ROUNDINGS)
        expect([a, c, name, mulDiv(a, 1n, c, name)]).toEqual([a, c, name, expected[name]]);
    }
  });

  it('agrees with an independent rational model for every rounding', () => {
    fc.assert(
      fc.property(anyInt, anyInt, divisor, rounding, (a, b, c, name) => {
        expect(mulDiv(a, b, c, name)).toBe(roundByModel(a * b, c, name));
      }),
      { numRuns: 2000 },
    );
  });

  it('is within one of the exact quotient, and exact when it divides', () => {
    fc.assert(
      fc.property(anyInt, divisor, rounding, (a, c, name) => {
        const error = abs<bigint>(mulDiv(a, 1n, c, name) * c - a);
        expect(error < abs<bigint>(c)).toBe(true);
        expect(mulDiv(a, c, c, name)).toBe(a);
      }),
    );
  });

  it('refuses to divide by zero', () => {
    for (const name of ROUNDINGS) expect(() => mulDiv(1n, 1n, 0n, name)).toThrow(AssertionError);
  });
});

describe('adding and comparing', () => {
  it('obeys the laws of whole numbers', () => {
    fc.assert(
      fc.property(stored, stored, stored, (x, y, z) => {
        const [a, b, c] = [amount(x), amount(y), amount(z)];
        expect(add(a, b)).toBe(add(b, a));
        expect(add(add(a, b), c)).toBe(add(a, add(b, c)));
        expect(subtract(add(a, b), b)).toBe(a);
        expect(add(a, negate(a))).toBe(0n);
        expect(sum([a, b, c])).toBe(x + y + z);
        expect(abs(a)).toBe(max(a, negate(a)));
        expect([min(a, b, c), max(a, b, c)]).toEqual([
          [x, y, z].reduce((l, r) => (r < l ? r : l)),
          [x, y, z].reduce((l, r) => (r > l ? r : l)),
        ]);
        expect(compare(a, b)).toBe(-compare(b, a) || 0);
        expect(compare(a, b) <= 0).toBe(x <= y);
      }),
    );
    expect(sum([])).toBe(0n);
  });

  it('brands only what fits signed 64 bits', () => {
    const top = 2n ** 63n - 1n;
    for (const make of [amount, units, price, rate]) {
      expect(make(top)).toBe(top);
      expect(make(-top - 1n)).toBe(-top - 1n);
      expect(() => make(top + 1n)).toThrow('does not fit 64 bits');
      expect(() => make(-top - 2n)).toThrow(AssertionError);
    }
    expect([fitsInt64(top), fitsInt64(top + 1n), fitsInt64(-top - 2n)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('knows powers of ten', () => {
    for (let n = 0; n <= 100; n += 1) expect(pow10(n).toString()).toBe(`1${'0'.repeat(n)}`);
    for (const bad of [-1, 1.5, 101, Number.NaN]) expect(() => pow10(bad)).toThrow(AssertionError);
  });
});

describe('rescale', () => {
  it('is exact upward, reversible, and rounds downward as named', () => {
    const scale = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(stored, scale, scale, rounding, (value, from, to, name) => {
        const there = rescale(value, from, to, name);
        const up = 10n ** BigInt(Math.max(0, to - from));
        const down = 10n ** BigInt(Math.max(0, from - to));
        expect(there).toBe(roundByModel(value * up, down, name));
        expect(to < from || rescale(there, to, from, name) === value).toBe(true);
      }),
    );
  });
});

const yuan = (text: string) => must(parseAmount(text, 'CNY', { signed: true }));
const unit = (text: string) => must(parseUnits(text));
const nav = (text: string) => must(parsePrice(text));
const fraction = (text: string) => must(parseRate(text));

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the test gives a number that is refused');
  return value;
}

describe('fund formulas, by published and worked numbers', () => {
  it('counts the purchase fee outside the net amount', () => {
    const rows = [
      // amount, rate, NAV, net, fee, units half up, units cut
      ['10000', '0.015', '1.2345', '9852.22', '147.78', '7980.74', '7980.73'],
      ['10000', '0.0015', '1.2345', '9985.02', '14.98', '8088.31', '8088.31'],
      ['50000', '0.008', '1.0683', '49603.17', '396.83', '46431.87', '46431.87'],
    ] as const;
    for (const [gross, feeRate, navText, net, fee, halfUp, down] of rows) {
      const netAmount = netOfRate(yuan(gross), fraction(feeRate), 'halfUp');
      expect(formatAmount(netAmount)).toBe(net);
      expect(formatAmount(subtract(yuan(gross), netAmount))).toBe(fee);
      expect(formatUnits(unitsFor(netAmount, nav(navText), 'halfUp'))).toBe(halfUp);
      expect(formatUnits(unitsFor(netAmount, nav(navText), 'down'))).toBe(down);
    }
  });

  it('subtracts a fixed fee, and turns subscription interest into units', () => {
    const large = subtract(yuan('6000000'), yuan('1000'));
    expect(formatUnits(unitsFor(large, nav('1.2345'), 'halfUp'))).toBe('4859457.27');
    const net = netOfRate(yuan('10000'), fraction('0.008'), 'halfUp');
    expect(formatAmount(net)).toBe('9920.63');
    const bought = unitsFor(add(net, yuan('3.00')), nav('1'), 'halfUp');
    expect(formatUnits(bought)).toBe('9923.63');
  });

  it('takes the redemption fee per lot', () => {
    const rows = [
      ['3000', '0', '3703.50', '0.00'],
      ['5000', '0', '6172.50', '0.00'],
      ['2000', '0.01', '2469.00', '24.69'],
      ['500', '0.015', '617.25', '9.26'],
    ] as const;
    const nets = rows.map(([lot, feeRate, gross, fee]) => {
      const value = valueOf(unit(lot), nav('1.2345'), 'halfUp');
      const charged = applyRate(value, fraction(feeRate), 'halfUp');
      expect([formatAmount(value), formatAmount(charged)]).toEqual([gross, fee]);
      return subtract(value, charged);
    });
    expect(formatAmount(sum(nets))).toBe('12928.30');
    const old = applyRate(
      valueOf(unit('2000'), nav('1.2345'), 'halfUp'),
      fraction('0.005'),
      'halfUp',
    );
    expect(formatAmount(old)).toBe('12.35');
    expect(formatAmount(applyRate(old, fraction('0.75'), 'halfUp'))).toBe('9.26');
  });

  it('converts between funds', () => {
    const out = valueOf(unit('10000'), nav('1.2000'), 'halfUp');
    const redemptionFee = applyRate(out, fraction('0.005'), 'halfUp');
    const rest = subtract(out, redemptionFee);
    const into = netOfRate(rest, fraction('0.005'), 'halfUp');
    expect(
      [out, redemptionFee, rest, subtract(rest, into), into].map((a) => formatAmount(a)),
    ).toEqual(['12000.00', '60.00', '11940.00', '59.40', '11880.60']);
    expect(formatUnits(unitsFor(into, nav('1.5000'), 'halfUp'))).toBe('7920.40');
    const published = [
      ['1200', '0.0188', '1177.86'],
      ['1174.55', '0.005', '1168.71'],
    ] as const;
    for (const [gross, feeRate, net] of published) {
      expect(formatAmount(netOfRate(yuan(gross), fraction(feeRate), 'halfUp'))).toBe(net);
    }
  });

  it('pays a dividend in cash or units', () => {
    const cash = valueOf(unit('12345.67'), nav('0.0500'), 'halfUp');
    expect(formatAmount(cash)).toBe('617.28');
    expect(formatUnits(unitsFor(cash, nav('1.1834'), 'halfUp'))).toBe('521.62');
  });

  it('agrees with exact rationals for any quantity', () => {
    const quantity = fc.bigInt({ min: 0n, max: 10n ** 13n });
    const navs = fc.bigInt({ min: 1n, max: 10n ** 12n });
    const rates = fc.bigInt({ min: 0n, max: 10n ** 8n });
    fc.assert(
      fc.property(quantity, navs, rates, rounding, (q, p, r, name) => {
        const e8 = 10n ** 8n;
        fc.pre(q * e8 < 2n ** 63n * p);
        expect(valueOf(units(q), price(p), name)).toBe(roundByModel(q * p, e8, name));
        expect(unitsFor(amount(q), price(p), name)).toBe(roundByModel(q * e8, p, name));
        expect(applyRate(amount(q), rate(r), name)).toBe(roundByModel(q * r, e8, name));
        const net = netOfRate(amount(q), rate(r), name);
        expect(net).toBe(roundByModel(q * e8, e8 + r, name));
        expect(net >= 0n && net <= q).toBe(true);
      }),
    );
  });

  it('asserts a price above zero, a rate above −100 %, and a value of 64 bits', () => {
    expect(() => unitsFor(yuan('1'), price(0n), 'down')).toThrow(AssertionError);
    expect(() => netOfRate(yuan('1'), rate(-(10n ** 8n)), 'down')).toThrow(AssertionError);
    expect(() => valueOf(units(10n ** 18n), price(10n ** 18n), 'down')).toThrow('64 bits');
  });
});
