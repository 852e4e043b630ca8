import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededNormal, solveNaively } from '../factors/testing.ts';
import { type ReturnsStyle, rollStyle, styleFromReturns } from './returns-style.ts';
import { fitOnSimplex } from './simplex-fit.ts';
import { compareStyles, scoreStyleDrift } from './style-drift.ts';

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

const error = (columns: number[][], target: number[], weights: ArrayLike<number>) =>
  target.reduce(
    (sum, y, t) => sum + (y - columns.reduce((mix, x, k) => mix + weights[k]! * x[t]!, 0)) ** 2,
    0,
  );

/** The optimum by trying every set of columns with the equations of Lagrange as they stand. */
function fitNaively(columns: number[][], target: number[]): { weights: number[]; error: number } {
  const size = columns.length;
  let best = { weights: [] as number[], error: Number.POSITIVE_INFINITY };
  for (let mask = 1; mask < 2 ** size; mask++) {
    const set = [...Array(size).keys()].filter((k) => (mask >> k) & 1);
    const inner = (a: number[], b: number[]) => a.reduce((sum, each, t) => sum + each * b[t]!, 0);
    const matrix = [
      ...set.map((i) => [...set.map((j) => inner(columns[i]!, columns[j]!)), 1]),
      [...set.map(() => 1), 0],
    ];
    const solved = solveNaively(matrix, [...set.map((i) => inner(columns[i]!, target)), 1]);
    if (!set.every((_, place) => solved[place]! >= 0)) continue;
    const weights = Array(size).fill(0) as number[];
    set.forEach((k, place) => {
      weights[k] = solved[place]!;
    });
    const found = error(columns, target, weights);
    if (found < best.error) best = { weights, error: found };
  }
  return best;
}

function randomCase(seed: number, size: number, periods: number) {
  const normal = seededNormal(seed);
  const market = Array.from({ length: periods }, () => 0.02 * normal());
  // Indices that share a market, as real ones do.
  const styles = Array.from({ length: size }, () => market.map((m) => m + 0.01 * normal()));
  const raw = Array.from({ length: size }, () => Math.max(0, normal()));
  const total = raw.reduce((a, b) => a + b, 0) || 1;
  const returns = market.map(
    (_, t) =>
      0.001 + styles.reduce((mix, x, k) => mix + (raw[k]! / total) * x[t]!, 0) + 0.002 * normal(),
  );
  return { styles, returns };
}

const centred = (series: number[]) => {
  const mean = series.reduce((a, b) => a + b, 0) / series.length;
  return series.map((each) => each - mean);
};

describe('style from returns', () => {
  test('the optimum of all sets of indices, to 1e-10', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 6 }), (seed, size) => {
        const { styles, returns } = randomCase(seed, size, 40);
        const found = value(styleFromReturns({ returns, styles, periodsPerYear: 12 }));
        const naive = fitNaively(styles.map(centred), centred(returns));
        expect(found.unique).toBe(true);
        naive.weights.forEach((each, k) => {
          expect(Math.abs(found.weights[k]! - each)).toBeLessThan(1e-10);
        });
      }),
      { numRuns: 200 },
    );
  });

  test('weights are never negative and sum to one; no single index does better', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 20 }), (seed, size) => {
        const { styles, returns } = randomCase(seed, size, 60);
        const { weights } = value(styleFromReturns({ returns, styles, periodsPerYear: 12 }));
        expect(weights.every((each) => each >= 0)).toBe(true);
        expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        const columns = styles.map(centred);
        const best = error(columns, centred(returns), weights);
        columns.forEach((_, k) => {
          const alone = columns.map((__, j) => (j === k ? 1 : 0));
          expect(best).toBeLessThanOrEqual(error(columns, centred(returns), alone) + 1e-15);
        });
      }),
    );
  });

  test('a mix of indices is found exactly; its selection is what was added', () => {
    const { styles } = randomCase(5, 4, 50);
    const returns = styles[0]!.map((_, t) => 0.001 + 0.7 * styles[1]![t]! + 0.3 * styles[3]![t]!);
    const found = value(styleFromReturns({ returns, styles, periodsPerYear: 12 }));
    [0, 0.7, 0, 0.3].forEach((each, k) => expect(found.weights[k]).toBeCloseTo(each, 10));
    expect(found.rSquared.value).toBeCloseTo(1, 12);
    expect(found.selectionAnnual.value).toBeCloseTo(0.012, 12);
    expect(found.trackingErrorAnnual.value).toBeCloseTo(0, 10);
  });

  test('scaling all returns leaves the weights; a constant only moves selection', () => {
    const { styles, returns } = randomCase(6, 5, 50);
    const base = value(styleFromReturns({ returns, styles, periodsPerYear: 12 }));
    const scaled = value(
      styleFromReturns({
        returns: returns.map((each) => 1e4 * each + 3),
        styles: styles.map((style) => style.map((each) => 1e4 * each)),
        periodsPerYear: 12,
      }),
    );
    base.weights.forEach((each, k) => expect(scaled.weights[k]).toBeCloseTo(each, 10));
    expect(scaled.rSquared.value).toBeCloseTo(base.rSquared.value!, 10);
  });

  test('two indices that are one: fitted, and said to be not unique', () => {
    const { styles, returns } = randomCase(7, 3, 40);
    const twin = [...styles, styles[0]!];
    const found = value(styleFromReturns({ returns, styles: twin, periodsPerYear: 12 }));
    const single = value(styleFromReturns({ returns, styles, periodsPerYear: 12 }));
    expect([single.unique, found.unique]).toEqual([true, single.weights[0] === 0]);
    expect(found.rSquared.value).toBeCloseTo(single.rSquared.value!, 12);
    const flat = styles.map((style) => style.map(() => 0.01));
    const none = value(styleFromReturns({ returns, styles: flat, periodsPerYear: 12 }));
    expect(none.unique).toBe(false);
    expect(none.rSquared.value).toBeCloseTo(0, 12);
  });

  test('few periods, gaps and constant funds', () => {
    const { styles, returns } = randomCase(8, 3, 20);
    const input = { returns, styles, periodsPerYear: 12 };
    const short = styleFromReturns({
      ...input,
      returns: returns.slice(0, 3),
      styles: styles.map((style) => style.slice(0, 3)),
    });
    expect(short.reason).toBe('TOO_FEW_OBSERVATIONS');
    const holes = returns.map((each, t) => (t === 3 ? Number.NaN : each));
    const found = value(styleFromReturns({ ...input, returns: holes }));
    expect([found.observations, found.dropped]).toEqual([19, 1]);
    const still = value(styleFromReturns({ ...input, returns: returns.map(() => 0.001) }));
    expect(still.rSquared.reason).toBe('ZERO_VARIANCE');
    expect(() => styleFromReturns({ ...input, styles: [] })).toThrow(/needs a style/);
    expect(() => styleFromReturns({ ...input, styles: [[1]] })).toThrow(/1 style returns/);
  });

  test('adversarial columns end at the optimum', () => {
    const target = Float64Array.of(1, 2, 3, 4);
    const columns = [
      [1, 2, 3, 5],
      [1, 2, 3, 5 + 1e-13],
      [0, 0, 0, 0],
      [1e6, -1e6, 1e6, -1e6],
      [-1, -2, -3, -4],
    ].map((each) => Float64Array.from(each));
    const found = value(fitOnSimplex(columns, target));
    const naive = fitNaively(
      [columns[0]!, ...columns.slice(2)].map((c) => [...c]),
      [...target],
    );
    expect(found.residuals.reduce((sum, e) => sum + e * e, 0)).toBeCloseTo(naive.error, 10);
  });
});

describe('style over time', () => {
  test('windows end where they should, and see only their own periods', () => {
    const { styles, returns } = randomCase(9, 3, 30);
    const input = { returns, styles, periodsPerYear: 12 };
    const rolled = rollStyle({ ...input, window: 12, step: 6 });
    expect(rolled.map(({ end }) => end)).toEqual([11, 17, 23, 29]);
    const last = value(rolled[3]!.style);
    const alone = value(
      styleFromReturns({
        ...input,
        returns: returns.slice(18),
        styles: styles.map((style) => style.slice(18)),
      }),
    );
    expect(last.weights).toEqual(alone.weights);
    expect(rollStyle({ ...input, window: 31 })).toEqual([]);
  });

  test('a switch between two styles drifts; a constant mix does not', () => {
    expect(scoreStyleDrift([0.5, 0.5, 0.5, 0.5], 2).value).toBe(0);
    // Each weight has deviation √(0.5) between 0 and 1: √(0.5 + 0.5) = 1.
    expect(scoreStyleDrift([1, 0, 0, 1], 2).value).toBeCloseTo(1, 15);
    expect(scoreStyleDrift([1, 0], 2).reason).toBe('TOO_FEW_OBSERVATIONS');
    expect(scoreStyleDrift([1, 0, Number.NaN, 1], 2).reason).toBe('NOT_FINITE');
    expect(() => scoreStyleDrift([1, 0, 1], 2)).toThrow(RangeError);
  });

  test('what is shown against what is lived', () => {
    const found = value(
      compareStyles({ styles: 2, holdings: [0.9, 0.1, 0.9, 0.1], returns: [0.4, 0.6, 0.8, 0.2] }),
    );
    expect([...found.distances].map((each) => each.toFixed(12))).toEqual(
      [0.5, 0.1].map((each) => each.toFixed(12)),
    );
    expect(found.meanDistance.value).toBeCloseTo(0.3, 12);
    expect(found.gaps[0]).toBeCloseTo(0.3, 12);
    expect(found.holdingsDrift.value).toBe(0);
    expect(found.returnsDrift.value).toBeCloseTo(Math.sqrt(2 * 0.08), 12);
    expect(compareStyles({ styles: 2, holdings: [], returns: [] }).reason).toBe('NO_HOLDING');
    expect(compareStyles({ styles: 1, holdings: [1], returns: [Number.NaN] }).reason).toBe(
      'NOT_FINITE',
    );
  });

  test('a fund that turns from one style to another shows in rolling windows', () => {
    const { styles } = randomCase(10, 2, 240);
    const returns = styles[0]!.map((_, t) => styles[t < 120 ? 0 : 1]![t]!);
    const drifted = rollStyle({ returns, styles, periodsPerYear: 12, window: 36, step: 12 });
    const weights = drifted.flatMap(({ style }) => [...(style.value as ReturnsStyle).weights]);
    expect(scoreStyleDrift(weights, 2).value!).toBeGreaterThan(0.5);
  });
});
