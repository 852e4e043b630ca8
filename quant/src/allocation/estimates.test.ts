import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factorCholesky } from '../linear-algebra/cholesky.ts';
import { fromRows, type Matrix, multiplyVector, toRows } from '../linear-algebra/matrix.ts';
import { seededRandom } from '../numeric/random.ts';
import {
  blackLitterman,
  impliedReturns,
  impliedRiskAversion,
  optimalWeights,
  type View,
  viewsOf,
} from './black-litterman.ts';
import {
  exponentialCovariance,
  sampleCovariance,
  type ShrinkageTarget,
  shrunkCovariance,
} from './covariance.ts';

/** Returns with a common factor, seeded. */
function sample(periods: number, assets: number, seed: number): Matrix {
  const random = seededRandom(seed);
  const rows = Array.from({ length: periods }, () => {
    const common = 0.01 * random.normal();
    return Array.from({ length: assets }, (_, i) => common * (i % 3) + 0.01 * random.normal());
  });
  return fromRows(rows);
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** The definitions of Ledoit and Wolf, term by term: the naive twin. */
function naiveShrinkage(returns: Matrix, target: ShrinkageTarget) {
  const rows = toRows(returns);
  const [T, n] = [returns.rows, returns.cols];
  const index = [...Array.from({ length: n }).keys()];
  const means = index.map((i) => mean(rows.map((row) => row[i]!)));
  const x = rows.map((row) => row.map((value, i) => value - means[i]!));
  const s = index.map((i) => index.map((j) => mean(x.map((row) => row[i]! * row[j]!))));
  const m = x.map((row) => mean(row));
  const vm = mean(m.map((value) => value * value));
  const cm = index.map((i) => mean(x.map((row, t) => row[i]! * m[t]!)));
  const pairs = index.flatMap((i) => index.filter((j) => j < i).map((j) => [i, j] as const));
  // One asset alone has no pair, and its own variance is its target.
  const rBar =
    n === 1 ? 0 : mean(pairs.map(([i, j]) => s[i]![j]! / Math.sqrt(s[i]![i]! * s[j]![j]!)));
  const middle = mean(index.map((i) => s[i]![i]!));
  const f = index.map((i) =>
    index.map((j) => {
      if (target === 'constantVariance') return i === j ? middle : 0;
      if (i === j) return s[i]![i]!;
      return target === 'singleFactor'
        ? (cm[i]! * cm[j]!) / vm
        : rBar * Math.sqrt(s[i]![i]! * s[j]![j]!);
    }),
  );
  let [pi, rho, gamma, size] = [0, 0, 0, 0];
  for (const i of index) {
    for (const j of index) {
      const noise = mean(x.map((row) => (row[i]! * row[j]! - s[i]![j]!) ** 2));
      gamma += (f[i]![j]! - s[i]![j]!) ** 2;
      size += s[i]![j]! ** 2;
      // π_ii and ρ_ii are one number where the target has the sample's variances.
      if (i === j && target !== 'constantVariance') continue;
      pi += noise;
      if (target === 'constantVariance') continue;
      if (target === 'constantCorrelation') {
        const theta = (a: number) =>
          mean(x.map((row) => (row[a]! ** 2 - s[a]![a]!) * (row[i]! * row[j]! - s[i]![j]!)));
        const root = Math.sqrt(s[j]![j]! / s[i]![i]!);
        rho += (rBar / 2) * (root * theta(i) + theta(j) / root);
      } else {
        // The asymptotic covariance of s_ij and f_ij = c_i·c_j/v, by the derivatives of f.
        rho += mean(
          x.map((row, t) => {
            const di = row[i]! * m[t]! - cm[i]!;
            const dj = row[j]! * m[t]! - cm[j]!;
            const dv = m[t]! ** 2 - vm;
            const change = (cm[j]! * di + cm[i]! * dj) / vm - ((cm[i]! * cm[j]!) / vm ** 2) * dv;
            return change * (row[i]! * row[j]! - s[i]![j]!);
          }),
        );
      }
    }
  }
  const isTarget = gamma <= 1e-24 * size;
  const intensity = isTarget ? 1 : Math.max(0, Math.min(1, (pi - rho) / gamma / T));
  return {
    intensity,
    covariance: s.map((row, i) => row.map((v, j) => intensity * f[i]![j]! + (1 - intensity) * v)),
  };
}

describe('covariance', () => {
  test('of the sample, with divisor T − 1', () => {
    const returns = fromRows([
      [0.1, -0.1],
      [0.2, 0],
      [0.3, -0.2],
    ]);
    const rounded = (a: Matrix | null) => toRows(a!).map((row) => row.map((v) => v.toFixed(12)));
    expect(rounded(sampleCovariance(returns).value)).toEqual([
      ['0.010000000000', '-0.005000000000'],
      ['-0.005000000000', '0.010000000000'],
    ]);
  });

  test('of the recent past weighs the last period most', () => {
    const returns = fromRows([[0.1], [-0.1], [0.3]]);
    const { value } = exponentialCovariance(returns, { span: 3, deviations: 'zero' });
    expect(value?.data[0]).toBeCloseTo((0.25 * 0.01 + 0.5 * 0.01 + 0.09) / 1.75, 12);
    const flat = exponentialCovariance(returns, { span: 1e12 }).value?.data[0] ?? 0;
    expect(flat).toBeCloseTo((sampleCovariance(returns).value?.data[0] ?? 0) * (2 / 3), 9);
  });

  /** Samples of every kind of trouble: a large mean, twins, ties, an asset that stands still. */
  const SPOILT: Readonly<
    Record<string, (value: number, at: number, data: Float64Array) => number>
  > = {
    random: (value) => value,
    'about one': (value) => value + 1,
    'with twins': (value, at, data) => (at % 2 === 1 ? data[at - 1]! : value),
    'with ties': (value) => Math.round(value * 100) / 100,
    'with a still asset': (value, at) => (at % 2 === 0 ? 0.1 : value),
    'after a total loss': (value, at) => (at === 3 ? -1 : value),
  };

  const tables = fc
    .record({
      seed: fc.integer({ min: 1, max: 10_000 }),
      assets: fc.constantFrom(1, 2, 4, 6),
      periods: fc.constantFrom(2, 3, 4, 17, 30),
      kind: fc.constantFrom(...Object.keys(SPOILT)),
    })
    .map(({ seed, assets, periods, kind }) => {
      const returns = sample(periods, assets, seed);
      returns.data.forEach((value, at, data) => (data[at] = SPOILT[kind]!(value, at, data)));
      return returns;
    });

  const far = (own: Matrix, naive: readonly (readonly number[])[]) =>
    Math.max(...naive.flat().map((value, at) => Math.abs(value - own.data[at]!)));

  test.each(['constantVariance', 'constantCorrelation', 'singleFactor'] as const)(
    'shrunk towards %s as its definition says, to 1e-10',
    (target) => {
      fc.assert(
        fc.property(tables, (returns) => {
          const { value, reason } = shrunkCovariance(returns, target);
          const naive = naiveShrinkage(returns, target);
          const rows = toRows(returns);
          const still = (series: number[]) => Math.max(...series) - Math.min(...series) < 1e-12;
          const series = {
            constantVariance: [],
            constantCorrelation: rows[0]!.map((_, i) => rows.map((row) => row[i]!)),
            singleFactor: [rows.map((row) => mean(row))],
          }[target];
          expect(reason).toBe(series.some(still) ? 'ZERO_VARIANCE' : undefined);
          const intensity = value === null ? 0 : value.intensity - naive.intensity;
          const covariance = value === null ? 0 : far(value.covariance, naive.covariance);
          expect(Math.abs(intensity)).toBeLessThan(1e-10);
          expect(covariance).toBeLessThan(1e-12);
        }),
        { numRuns: 300 },
      );
    },
  );

  test('of the sample and of the recent past, term by term, to 1e-12', () => {
    fc.assert(
      fc.property(tables, fc.constantFrom('mean', 'zero'), (returns, deviations) => {
        const rows = toRows(returns);
        const [T, n] = [returns.rows, returns.cols];
        const middle = Array.from({ length: n }, (_, i) => mean(rows.map((row) => row[i]!)));
        const products = (center: readonly number[], weight: (t: number) => number) =>
          center.map((a, i) =>
            center.map((b, j) =>
              rows.reduce((sum, row, t) => sum + weight(t) * (row[i]! - a) * (row[j]! - b), 0),
            ),
          );
        const sampled = products(middle, () => 1 / (T - 1));
        expect(far(sampleCovariance(returns).value!, sampled)).toBeLessThan(1e-12);
        const decay = (t: number) => (1 - 2 / 6) ** (T - 1 - t);
        const all = rows.reduce((sum, _, t) => sum + decay(t), 0);
        const center = deviations === 'mean' ? middle : middle.map(() => 0);
        const recent = products(center, (t) => decay(t) / all);
        const { value } = exponentialCovariance(returns, { span: 5, deviations });
        expect(far(value!, recent)).toBeLessThan(1e-12);
      }),
      { numRuns: 200 },
    );
  });

  test('one asset, and twins, are their own target: rounding is not shrunk by', () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      for (const target of ['constantVariance', 'constantCorrelation', 'singleFactor'] as const) {
        expect(shrunkCovariance(sample(3, 1, seed), target).value?.intensity).toBe(1);
      }
      const twins = sample(5, 2, seed);
      twins.data.forEach((_, at, data) => (data[at] = data[at - (at % 2)]!));
      expect(shrunkCovariance(twins, 'constantCorrelation').value?.intensity).toBe(1);
    }
    // Six times a tenth has a mean that is not quite a tenth.
    const still = fromRows(Array.from({ length: 6 }, (_, t) => [0.1, 0.01 * t]));
    expect(shrunkCovariance(still, 'constantCorrelation').reason).toBe('ZERO_VARIANCE');
  });

  test('with more assets than periods the shrunk matrix can still be inverted', () => {
    const returns = sample(8, 20, 4);
    const { value } = sampleCovariance(returns);
    expect(factorCholesky(value!)).toBeNull();
    for (const target of ['constantVariance', 'constantCorrelation', 'singleFactor'] as const) {
      const shrunk = shrunkCovariance(returns, target).value;
      expect(shrunk?.intensity).toBeGreaterThan(0);
      expect(factorCholesky(shrunk!.covariance)).not.toBeNull();
    }
  });

  test('says why there is none', () => {
    const one = fromRows([[0.1, 0.2]]);
    const hole = fromRows([[0.1], [Number.NaN]]);
    const flat = fromRows([
      [0.1, 0.2],
      [0.1, 0.3],
    ]);
    expect(sampleCovariance(one).reason).toBe('TOO_FEW_OBSERVATIONS');
    expect(exponentialCovariance(hole, { span: 5 }).reason).toBe('NOT_FINITE');
    expect(shrunkCovariance(flat, 'constantCorrelation').reason).toBe('ZERO_VARIANCE');
    expect(() => exponentialCovariance(flat, { span: 0.5 })).toThrow(RangeError);
  });
});

describe('Black-Litterman', () => {
  const covariance = fromRows([
    [0.04, 0.006, 0.01],
    [0.006, 0.09, 0.02],
    [0.01, 0.02, 0.0625],
  ]);
  const weights = [0.5, 0.2, 0.3];
  const prior = impliedReturns(covariance, weights, { riskAversion: 2.5 });
  const solve = (
    views: readonly View[],
    change: Partial<Parameters<typeof blackLitterman>[0]> = {},
  ) => blackLitterman({ covariance, prior, views: viewsOf(views, 3), ...change }).value!;
  const up: View = { kind: 'absolute', asset: 1, expected: 0.3 };
  const pair: View = {
    kind: 'relative',
    better: [{ asset: 0, weight: 1 }],
    worse: [
      { asset: 1, weight: 0.4 },
      { asset: 2, weight: 0.6 },
    ],
    expected: 0.05,
  };

  test('without views the market is optimal', () => {
    const { returns } = solve([]);
    expect([...returns]).toEqual([...prior]);
    const optimal = optimalWeights(covariance, returns, 2.5).value ?? [];
    for (const [i, weight] of optimal.entries()) expect(weight).toBeCloseTo(weights[i]!, 12);
    expect(impliedRiskAversion({ mean: 0.09, variance: 0.03, riskFree: 0.015 }).value).toBe(2.5);
  });

  test('a certain view is met, an unsure one is left out, one between lies between', () => {
    const told = (confidence: number) =>
      solve([up, pair], { certainty: { kind: 'confidences', confidences: [confidence, 0] } });
    expect(told(1).returns[1]).toBeCloseTo(0.3, 12);
    expect([...told(0).returns]).toEqual([...prior]);
    expect(told(0).viewVariances[0]).toBeNaN();
    // Idzorek: the part of the way is the confidence, for a view that stands alone.
    for (const confidence of [0.25, 0.5, 0.9]) {
      const way = (told(confidence).returns[1]! - prior[1]!) / (0.3 - prior[1]!);
      expect(way).toBeCloseTo(confidence, 12);
    }
  });

  test('the posterior is that of the form with inverses of N × N', () => {
    const { returns, covariance: posterior } = solve([up, pair], { tau: 0.1 });
    const { picks, expected } = viewsOf([up, pair], 3);
    // ((τΣ)⁻¹ + PᵀΩ⁻¹P)·μ = (τΣ)⁻¹π + PᵀΩ⁻¹q, checked by multiplying back.
    const view = (x: ArrayLike<number>) => multiplyVector(picks, x);
    const omega = [0, 1].map((k) => {
      const row = picks.data.subarray(3 * k, 3 * k + 3);
      return 0.1 * row.reduce((s, v, i) => s + v * multiplyVector(covariance, row)[i]!, 0);
    });
    const pull = view(returns).map((v, k) => (expected[k]! - v) / omega[k]!);
    const back = [0, 1, 2].map((i) => pull[0]! * picks.data[i]! + pull[1]! * picks.data[3 + i]!);
    const moved = multiplyVector(covariance, back).map((v) => 0.1 * v);
    for (const i of [0, 1, 2]) expect(returns[i]! - prior[i]!).toBeCloseTo(moved[i]!, 12);
    // A view makes what it is about less uncertain, and nothing more so.
    for (const i of [0, 1, 2]) {
      expect(posterior.data[i * 4]).toBeLessThan(1.1 * covariance.data[i * 4]!);
      expect(posterior.data[i * 4]).toBeGreaterThan(covariance.data[i * 4]!);
    }
  });

  test('certain views that contradict have no posterior', () => {
    const views = viewsOf([up, { ...up, expected: 0.1 }], 3);
    const certainty = { kind: 'confidences', confidences: [1, 1] } as const;
    expect(blackLitterman({ covariance, prior, views, certainty }).reason).toBe('SINGULAR');
  });

  test.each([
    ['an asset that is none', () => viewsOf([{ ...up, asset: 3 }], 3)],
    ['a side that does not weigh 1', () => viewsOf([{ ...pair, better: [] }], 3)],
    [
      'a confidence above 1',
      () => solve([up], { certainty: { kind: 'confidences', confidences: [1.1] } }),
    ],
    [
      'a negative variance',
      () => solve([up], { certainty: { kind: 'variances', variances: [-1] } }),
    ],
    [
      'too few certainties',
      () => solve([up, pair], { certainty: { kind: 'variances', variances: [1] } }),
    ],
    ['a negative tau', () => solve([up], { tau: -1 })],
  ])('refuses %s', (_, act) => {
    expect(act).toThrow(RangeError);
  });
});
