import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencies, findCurrencyByNumeric, parseCurrency } from './currency.ts';
import { AssertionError } from './errors.ts';
import { amount } from './fixed.ts';
import { addMoney, formatMoney, money, parseMoney } from './money.ts';

const currency = fc.constantFrom(...Object.values(currencies).map((row) => row.code));
const quantity = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map(amount);

describe('currencies', () => {
  it('are found by letters and by number, and no number stands twice', () => {
    for (const [code, row] of Object.entries(currencies)) {
      expect(row.code).toBe(code);
      expect(row.numeric).toMatch(/^\d{3}$/);
      expect([parseCurrency(code), findCurrencyByNumeric(row.numeric)]).toEqual([code, code]);
    }
    expect([currencies.CNY.numeric, currencies.CNY.scale, currencies.JPY.scale]).toEqual([
      '156',
      2,
      0,
    ]);
  });

  it.each(['cny', 'Cny', 'XXX', '', ' CNY', 'toString', '__proto__', '156'])(
    '%j is unknown',
    (text) => {
      expect(parseCurrency(text)).toBeUndefined();
      expect(findCurrencyByNumeric(text === '156' ? '000' : text)).toBeUndefined();
    },
  );
});

describe('money', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(quantity, currency, (value, code) => {
        const m = money(value, code);
        expect(parseMoney(formatMoney(m), { signed: true })).toEqual(m);
      }),
    );
    expect(formatMoney(money(amount(-5n), 'CNY'))).toBe('CNY -0.05');
    expect(formatMoney(money(amount(150n), 'JPY'))).toBe('JPY 150');
  });

  it('adds within a currency only', () => {
    fc.assert(
      fc.property(quantity, quantity, currency, currency, (a, b, left, right) => {
        expect(addMoney(money(a, left), money(b, left))).toEqual(money(amount(a + b), left));
        fc.pre(left !== right);
        expect(() => addMoney(money(a, left), money(b, right))).toThrow(AssertionError);
      }),
    );
  });

  it.each(['JPY 1.50', 'cny 1', 'XXX 1', 'CNY', 'CNY 1.005', 'CNY  1', '1 CNY', '', 'CNY -0'])(
    '%j is refused',
    (text) => {
      expect(parseMoney(text, { signed: true })).toBeUndefined();
    },
  );

  it('refuses a minus unless asked for one', () => {
    expect(parseMoney('CNY -1')).toBeUndefined();
    expect(parseMoney('CNY -1', { signed: true })).toEqual(money(amount(-100n), 'CNY'));
  });
});
