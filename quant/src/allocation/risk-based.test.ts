import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testCovariance } from '../linear-algebra/testing.ts';
import { fromRows, matrix, type Matrix, multiplyVector } from '../linear-algebra/matrix.ts';
import { seededRandom } from '../numeric/random.ts';
import {
  clusterTree,
  correlationDistance,
  hierarchicalWeights,
  type Linkage,
} from './hierarchical.ts';
import { riskBudgetWeights } from './risk-parity.ts';

const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

/** A covariance of some size from a seed, with variances of very different sizes. */
const anyCovariance = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 10_000 }))
  .map(([n, seed]) => {
    const plain = testCovariance(n, seed);
    const random = seededRandom(seed);
    const scale = Float64Array.from({ length: n }, () => 10 ** (2 * random.uniform() - 1));
    const data = plain.data.map((v, at) => v * scale[Math.floor(at / n)]! * scale[at % n]!);
    return matrix(n, n, data);
  });

describe('risk budgets', () => {
  test('two assets: weights go by the inverse of their deviations, whatever their correlation', () => {
    for (const correlation of [-0.9, 0, 0.5, 0.99]) {
      const covariance = fromRows([
        [0.04, correlation * 0.02],
        [correlation * 0.02, 0.01],
      ]);
      const { value } = riskBudgetWeights(covariance);
      expect(value?.weights[0]).toBeCloseTo(1 / 3, 9);
      expect(value?.shares[1]).toBeCloseTo(0.5, 9);
    }
  });

  test('without correlation weights are √budget/deviation', () => {
    const covariance = fromRows([
      [0.04, 0, 0],
      [0, 0.09, 0],
      [0, 0, 0.01],
    ]);
    const { value } = riskBudgetWeights(covariance, { budgets: [4, 1, 0] });
    const [a, b] = [Math.sqrt(0.8) / 0.2, Math.sqrt(0.2) / 0.3];
    expect([...(value?.weights ?? [])].map((w) => w.toFixed(9))).toEqual(
      [a / (a + b), b / (a + b), 0].map((w) => w.toFixed(9)),
    );
  });

  test('shares are the budgets, weights are weights, and the size of returns does not matter', () => {
    fc.assert(
      fc.property(anyCovariance, fc.integer({ min: 1, max: 1_000 }), (covariance, seed) => {
        const random = seededRandom(seed);
        const budgets = Array.from({ length: covariance.rows }, () => 0.05 + random.uniform());
        const { value } = riskBudgetWeights(covariance, { budgets });
        expect(sum(value?.weights ?? [])).toBeCloseTo(1, 12);
        for (const [i, share] of (value?.shares ?? []).entries()) {
          expect(value?.weights[i]).toBeGreaterThan(0);
          expect(Math.abs(share - budgets[i]! / sum(budgets))).toBeLessThan(1e-10);
        }
        const larger = matrix(
          covariance.rows,
          covariance.rows,
          covariance.data.map((v) => v * 252),
        );
        const again = riskBudgetWeights(larger, { budgets }).value?.weights ?? [];
        for (const [i, weight] of again.entries())
          expect(weight).toBeCloseTo(value!.weights[i]!, 10);
      }),
      { numRuns: 200 },
    );
  });

  test('the minimum is what a plain Newton method finds', () => {
    const covariance = testCovariance(30, 5);
    const { value } = riskBudgetWeights(covariance);
    const plain = newton(covariance);
    for (const [i, weight] of plain.entries()) {
      expect(Math.abs(weight - (value?.weights[i] ?? Number.NaN))).toBeLessThan(1e-10);
    }
  });

  test('small ones too, of any correlation and with ties', () => {
    fc.assert(
      fc.property(anyCovariance, (covariance) => {
        const { value } = riskBudgetWeights(covariance, { tolerance: 1e-13 });
        newton(covariance).forEach((weight, i) => {
          expect(Math.abs(weight - (value?.weights[i] ?? Number.NaN))).toBeLessThan(1e-10);
        });
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['NOT_FINITE', fromRows([[Number.NaN]])],
    ['ZERO_VARIANCE', fromRows([[0]])],
  ] as const)('says %s', (reason, covariance) => {
    expect(riskBudgetWeights(covariance)).toEqual({ value: null, reason });
  });

  test('refuses budgets that are none', () => {
    const covariance = testCovariance(2, 1);
    for (const budgets of [[1], [1, -1], [0, 0], [Number.NaN, 1]]) {
      expect(() => riskBudgetWeights(covariance, { budgets })).toThrow(RangeError);
    }
  });
});

/** Damped Newton steps on ½·xᵀΣx − mean(ln x), by Gaussian elimination: the naive twin. */
function newton(covariance: Matrix): Float64Array {
  const { rows: n, data } = covariance;
  const x = Float64Array.from({ length: n }, (_, i) => 1 / Math.sqrt(n * data[i * n + i]!));
  for (let step = 0; step < 200; step++) {
    const product = multiplyVector(covariance, x);
    const gradient = product.map((value, i) => value - 1 / (n * x[i]!));
    const rows = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n + 1 }, (__, j) => {
        if (j === n) return gradient[i]!;
        return data[i * n + j]! + (i === j ? 1 / (n * x[i]! ** 2) : 0);
      }),
    );
    const move = eliminate(rows);
    const length = Math.min(1, 0.5 / Math.max(...move.map((value, i) => value / x[i]!)) || 1);
    for (let i = 0; i < n; i++) x[i]! -= (length > 0 ? length : 1) * move[i]!;
  }
  const total = sum(x);
  return x.map((value) => value / total);
}

function eliminate(rows: number[][]): number[] {
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    for (let k = i + 1; k < n; k++) {
      const factor = rows[k]![i]! / rows[i]![i]!;
      for (let j = i; j <= n; j++) rows[k]![j]! -= factor * rows[i]![j]!;
    }
  }
  const out = Array.from({ length: n }, () => 0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = rows[i]![n]!;
    for (let j = i + 1; j < n; j++) rest -= rows[i]![j]! * out[j]!;
    out[i] = rest / rows[i]![i]!;
  }
  return out;
}

/** Clusters by looking at every pair of members at every step: the naive twin. */
function naiveTree(distances: Matrix, linkage: Linkage) {
  const n = distances.rows;
  let clusters = Array.from({ length: n }, (_, i) => ({ label: i, members: [i] }));
  const merges = [];
  while (clusters.length > 1) {
    const pairs = clusters.flatMap((a) =>
      clusters.flatMap((b) =>
        a.label < b.label ? [{ a, b, d: between(a.members, b.members) }] : [],
      ),
    );
    const [best] = pairs.toSorted(
      (p, q) => p.d - q.d || p.a.label - q.a.label || p.b.label - q.b.label,
    );
    const { a, b, d } = best!;
    merges.push({ left: a.label, right: b.label, distance: d });
    const merged = { label: n + merges.length - 1, members: [...a.members, ...b.members] };
    clusters = [...clusters.filter((one) => one !== a && one !== b), merged];
  }
  return merges;

  function between(a: number[], b: number[]): number {
    const all = a.flatMap((i) => b.map((j) => distances.data[i * n + j]!));
    if (linkage === 'single') return Math.min(...all);
    return linkage === 'complete' ? Math.max(...all) : sum(all) / all.length;
  }
}

describe('hierarchical risk parity', () => {
  test.each(['single', 'average', 'complete'] as const)(
    '%s: the tree is the naive one',
    (linkage) => {
      fc.assert(
        fc.property(anyCovariance, (covariance) => {
          const distances = correlationDistance(covariance);
          const fast = clusterTree(distances, linkage);
          const naive = naiveTree(distances, linkage);
          expect(fast.map(({ left, right }) => [left, right])).toEqual(
            naive.map(({ left, right }) => [left, right]),
          );
          for (const [k, { distance }] of fast.entries()) {
            expect(Math.abs(distance - naive[k]!.distance)).toBeLessThan(1e-12);
          }
        }),
        { numRuns: 200 },
      );
    },
  );

  test('ties go to the smaller numbers: equal correlations make a comb', () => {
    const covariance = fromRows([
      [1, 0.5, 0.5, 0.5],
      [0.5, 1, 0.5, 0.5],
      [0.5, 0.5, 1, 0.5],
      [0.5, 0.5, 0.5, 1],
    ]);
    const { value } = hierarchicalWeights(covariance);
    expect(value?.tree.map(({ left, right }) => [left, right])).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect([...(value?.weights ?? [])]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  test('two pairs that move together share between pairs first, then within', () => {
    const covariance = fromRows([
      [0.04, 0, 0.036, 0],
      [0, 0.01, 0, 0.009],
      [0.036, 0, 0.04, 0],
      [0, 0.009, 0, 0.01],
    ]);
    const { value } = hierarchicalWeights(covariance);
    expect(value?.order).toEqual([0, 2, 1, 3]);
    expect([...(value?.weights ?? [])].map((w) => w.toFixed(12))).toEqual(
      [0.1, 0.4, 0.1, 0.4].map((w) => w.toFixed(12)),
    );
  });

  test('weights are above zero and sum to one, and each asset stands in the order once', () => {
    fc.assert(
      fc.property(anyCovariance, (covariance) => {
        const { value } = hierarchicalWeights(covariance);
        expect(sum(value?.weights ?? [])).toBeCloseTo(1, 12);
        expect(Math.min(...(value?.weights ?? [0]))).toBeGreaterThan(0);
        expect(value?.order.toSorted((a, b) => a - b)).toEqual([
          ...Array.from({ length: covariance.rows }).keys(),
        ]);
      }),
    );
  });

  test('says why there is none', () => {
    expect(hierarchicalWeights(fromRows([[0]])).reason).toBe('ZERO_VARIANCE');
    expect(hierarchicalWeights(matrix(0, 0)).reason).toBe('NOT_FINITE');
  });
});
