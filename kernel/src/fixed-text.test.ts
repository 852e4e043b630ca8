import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amount,
  formatAmount,
  formatFixed,
  formatPrice,
  formatRate,
  formatUnits,
  parseAmount,
  parseFixed,
  parsePrice,
  parseRate,
  parseUnits,
  price,
  rate,
  units,
} from './fixed.ts';

const REFUSED_ALWAYS = [
  'NaN',
  'Infinity',
  '-Infinity',
  '1e3',
  '1E3',
  '0x1F',
  '0b1',
  '1_000.5',
  ' 12 ',
  '12 ',
  ' 12',
  '+5',
  '１２',
  '1,000',
  '٣',
  '',
  '.',
  '1.',
  '.5',
  '-',
  '--1',
  '-.5',
  '-0',
  '-0.0',
  '-0.00',
  '01',
  '00',
  '00.5',
  '1.2.3',
  '12abc',
  '1\n',
  '\n1',
  '1\u0000',
  '1n',
  'null',
  '¥1',
  '−1',
  '1.005',
  '0.001',
  '1.000',
  '10000000000000000',
  '1000000000000000000',
  '9'.repeat(40),
  '99999999999999999.99',
];

describe('text that is refused', () => {
  it.each(REFUSED_ALWAYS)('%j is refused at two decimals, signed or not', (text) => {
    expect(parseFixed(text, 2)).toBeUndefined();
    expect(parseFixed(text, 2, { signed: true })).toBeUndefined();
    expect(parseAmount(text)).toBeUndefined();
    expect(parseUnits(text, { signed: true })).toBeUndefined();
  });

  it('reads a minus only where the field may be negative', () => {
    expect(parseFixed('-1', 2)).toBeUndefined();
    expect(parseFixed('-1', 2, { signed: false })).toBeUndefined();
    expect(parseFixed('-1', 2, { signed: true })).toBe(-100n);
    expect(parseFixed('-0.05', 2, { signed: true })).toBe(-5n);
  });

  it('reads zero as zero, which the caller refuses where an order needs more', () => {
    expect([parseFixed('0', 2), parseFixed('0.00', 2)]).toEqual([0n, 0n]);
  });

  it('reads the largest number of the pattern and refuses the next', () => {
    expect(parseAmount('9999999999999999.99')).toBe(999_999_999_999_999_999n);
    expect(parseAmount('10000000000000000.00')).toBeUndefined();
    expect(parsePrice('92233720368.54775807')).toBe(2n ** 63n - 1n);
    expect(parsePrice('92233720368.54775808')).toBeUndefined();
    expect(parseRate('9999999999999999.99999999')).toBeUndefined();
    expect(parseFixed('9999999999999999.99999999', 8)).toBe(10n ** 24n - 1n);
  });

  it('refuses decimals that a scale does not have', () => {
    expect(parseAmount('1.5', 'JPY')).toBeUndefined();
    expect(parseAmount('150', 'JPY')).toBe(150n);
    expect(parsePrice('1.000000001')).toBeUndefined();
    expect(() => parseFixed('1', -1)).toThrow('scale');
    expect(() => parseFixed('1', 1.5)).toThrow('scale');
  });

  it('agrees with the pattern of the wire on any text', () => {
    const soup = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789.-+e _,')),
      maxLength: 22,
    });
    fc.assert(
      fc.property(fc.oneof(soup, fc.string()), fc.integer({ min: 1, max: 8 }), (text, scale) => {
        const wire = new RegExp(`^(0|[1-9]\\d{0,15})(\\.\\d{1,${scale}})?$`);
        expect(parseFixed(text, scale) !== undefined).toBe(wire.test(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('text that is written', () => {
  it('always shows every decimal', () => {
    const rows: readonly [bigint, number, string][] = [
      [0n, 2, '0.00'],
      [5n, 2, '0.05'],
      [-5n, 2, '-0.05'],
      [123_450n, 2, '1234.50'],
      [-100n, 2, '-1.00'],
      [150n, 0, '150'],
      [-1n, 0, '-1'],
      [1n, 8, '0.00000001'],
    ];
    for (const [value, scale, text] of rows) expect(formatFixed(value, scale)).toBe(text);
  });

  it('trims a price to at least four decimals and no further', () => {
    const rows: readonly [bigint, string][] = [
      [100_000_000n, '1.0000'],
      [123_450_000n, '1.2345'],
      [123_456_000n, '1.23456'],
      [123_456_789n, '1.23456789'],
      [1n, '0.00000001'],
      [0n, '0.0000'],
      [1_000_000_000_000n, '10000.0000'],
    ];
    for (const [value, text] of rows) expect(formatPrice(price(value))).toBe(text);
  });

  it('reads back what it wrote, in every kind', () => {
    const small = fc.bigInt({ min: 1n - 10n ** 16n, max: 10n ** 16n - 1n });
    const signed = { signed: true };
    fc.assert(
      fc.property(small, fc.integer({ min: 0, max: 12 }), (value, scale) => {
        expect(parseFixed(formatFixed(value, scale), scale, signed)).toBe(value);
        expect(parseAmount(formatAmount(amount(value)), 'CNY', signed)).toBe(value);
        expect(parseUnits(formatUnits(units(value)), signed)).toBe(value);
        expect(parsePrice(formatPrice(price(value)), signed)).toBe(value);
        expect(parseRate(formatRate(rate(value)), signed)).toBe(value);
      }),
    );
  });

  it('writes the same text for every accepted spelling of a number', () => {
    const whole = fc.bigInt({ min: 0n, max: 10n ** 16n - 1n });
    const decimals = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789')),
      maxLength: 8,
    });
    fc.assert(
      fc.property(whole, decimals, (w, d) => {
        const text = d === '' ? w.toString() : `${w}.${d}`;
        const value = parseFixed(text, 8);
        expect(value).toBeDefined();
        expect(formatFixed(value ?? -1n, 8)).toBe(`${w}.${d.padEnd(8, '0')}`);
      }),
    );
  });
});
