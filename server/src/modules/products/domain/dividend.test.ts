import { parseAmount, parsePrice, parseUnits, price, units } from '@cairn/kernel';
import { expect, test } from 'vitest';
import { computeDividend } from './dividend.ts';

const held = parseUnits('12345.67') ?? units(-1n);
const perUnit = parsePrice('0.0500') ?? price(-1n);
const reinvestAt = parsePrice('1.1834') ?? price(-1n);

test('12,345.67 units at 0.0500 pay 617.28 in cash', () => {
  expect(computeDividend({ units: held, perUnit })).toEqual({ amount: parseAmount('617.28') });
});

test('reinvested at 1.1834 they buy 521.62 units, or 521.61 cut', () => {
  expect(computeDividend({ units: held, perUnit, reinvestAt })).toEqual({
    amount: parseAmount('617.28'),
    units: parseUnits('521.62'),
  });
  const cut = computeDividend({ units: held, perUnit, reinvestAt, unitsRounding: 'down' });
  expect(cut.units).toBe(parseUnits('521.61'));
});
