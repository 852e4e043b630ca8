import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discreteAllocation, type OrderTerms } from './discrete.ts';

/** Every allowed amount of every fund: the naive twin. */
function leastDeviation(
  weights: readonly number[],
  total: number,
  terms: readonly OrderTerms[],
): number {
  const search = (i: number, left: number): number => {
    if (i === weights.length) return 0;
    const { minimum, step } = terms[i]!;
    const target = weights[i]! * total;
    let best = target + search(i + 1, left);
    for (
      let amount = Math.max(step, Math.ceil(minimum / step) * step);
      amount <= left;
      amount += step
    ) {
      best = Math.min(best, Math.abs(amount - target) + search(i + 1, left - amount));
    }
    return best;
  };
  return search(0, total);
}

const orders = fc
  .record({
    raw: fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 4 }),
    total: fc.integer({ min: 0, max: 40 }),
    step: fc.integer({ min: 1, max: 5 }),
    steps: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 4 }),
    equal: fc.boolean(),
    minimums: fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 4, maxLength: 4 }),
  })
  .map(({ raw, total, step, steps, equal, minimums }) => {
    const sum = Math.max(
      1,
      raw.reduce((all, each) => all + each, 0),
    );
    return {
      weights: raw.map((each) => each / sum),
      total,
      terms: raw.map((_, i) => ({ minimum: minimums[i]!, step: equal ? step : steps[i]! })),
    };
  });

describe('amounts from weights', () => {
  test('are what a person would order', () => {
    // 10,000.00 yuan; minimums of 10 and 1,000 yuan, whole hundreds of yuan.
    const terms = [1000, 100_000, 1000].map((minimum) => ({ minimum, step: 10_000 }));
    expect(discreteAllocation([0.555, 0.09, 0.355], 1_000_000, terms)).toMatchObject({
      amounts: [550_000, 100_000, 350_000],
      left: 0,
      exact: true,
    });
    // What a lift costs the others counts too.
    expect(discreteAllocation([0.6, 0.04, 0.36], 1_000_000, terms)).toMatchObject({
      amounts: [600_000, 0, 360_000],
      left: 40_000,
    });
  });

  test('obey the terms, and equal the best of all amounts when they say so', () => {
    fc.assert(
      fc.property(orders, ({ weights, total, terms }) => {
        const { amounts, left, deviation, exact } = discreteAllocation(weights, total, terms);
        const isAllowed = amounts.map((amount, i) => {
          const { minimum, step } = terms[i]!;
          return amount === 0 || (amount >= minimum && amount % step === 0);
        });
        expect(isAllowed).toEqual(terms.map(() => true));
        expect(left).toBe(total - amounts.reduce((sum, each) => sum + each, 0));
        expect(left).toBeGreaterThanOrEqual(0);
        const best = leastDeviation(weights, total, terms);
        expect(deviation).toBeGreaterThanOrEqual(best - 1e-10);
        expect(exact ? deviation : best).toBeLessThanOrEqual(best + 1e-10);
      }),
      { numRuns: 2000, seed: 4 },
    );
  });

  test('refuse what is no amount', () => {
    const terms = [{ minimum: 0, step: 1 }];
    expect(() => discreteAllocation([1], 10.5, terms)).toThrow('smallest unit');
    expect(() => discreteAllocation([1.1], 10, terms)).toThrow('sum to 1');
    expect(() => discreteAllocation([Number.NaN], 10, terms)).toThrow(RangeError);
    expect(() => discreteAllocation([1], 10, [{ minimum: 0, step: 0 }])).toThrow(RangeError);
    expect(() => discreteAllocation([], 10, terms)).toThrow('1 funds meet 0 weights');
  });
});
