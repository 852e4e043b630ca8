import { amount, price, units } from '@cairn/kernel';
import { describe, expect, test } from 'vitest';
import { computeValuation, sumValuations } from './positions.ts';

describe('valuation', () => {
  test('7,980.74 units at 1.2345 are worth 9,852.22 and have earned −147.78 so far', () => {
    const holding = { units: units(7_980_74n), cost: amount(10_000_00n) };
    expect(computeValuation(holding, price(123_450_000n))).toEqual({
      cost: 10_000_00n,
      value: 9_852_22n,
      profit: -147_78n,
    });
  });

  test('without a NAV there is a cost and no value, in the total too', () => {
    const known = computeValuation({ units: units(100n), cost: amount(90n) }, price(100_000_000n));
    const unknown = computeValuation({ units: units(100n), cost: amount(50n) }, undefined);
    expect(sumValuations([known, known])).toEqual({ cost: 180n, value: 200n, profit: 20n });
    expect(sumValuations([known, unknown])).toEqual({
      cost: 140n,
      value: undefined,
      profit: undefined,
    });
    expect(sumValuations([])).toEqual({ cost: 0n, value: 0n, profit: 0n });
  });
});
