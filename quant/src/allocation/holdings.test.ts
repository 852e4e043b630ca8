import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testCovariance, testMatrix } from '../linear-algebra/testing.ts';
import { matrix, quadraticForm } from '../linear-algebra/matrix.ts';
import { allocate, type AllocationProblem, type Objective } from './index.ts';
import { FOUR, OBJECTIVES, refused, solved, valueOf } from './testing.ts';

describe('rules for holdings', () => {
  /** Every subset of assets, each with the bounds that the rules give it: the naive twin. */
  function bestOfAllSubsets(problem: AllocationProblem, objective: Objective): number {
    const n = problem.assets.length;
    const { holdings, ...plain } = problem;
    let best = Number.POSITIVE_INFINITY;
    for (let subset = 1; subset < 2 ** n; subset++) {
      const isIn = (i: number) => (subset >> i) % 2 === 1;
      const held = problem.assets.filter((_, i) => isIn(i)).length;
      if (held > (holdings?.countMax ?? n)) continue;
      const answer = allocate(
        {
          ...plain,
          lower: problem.assets.map((_, i) => (isIn(i) ? (holdings?.minimum as number) : 0)),
          upper: problem.assets.map((_, i) => (isIn(i) ? (problem.upper as number) : 0)),
        },
        objective,
      );
      if (answer.status === 'optimal')
        best = Math.min(best, valueOf(plain, objective, answer.weights));
    }
    return best;
  }

  test('the best of at most so many holdings, none too small, equals the best of all subsets', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 8 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(0.05, 0.15, 0.3),
        fc.constantFrom<Objective>(OBJECTIVES[0]!, OBJECTIVES[1]!, OBJECTIVES[4]!),
        fc.constantFrom('any', 'twins', 'one riskless'),
        (n, seed, countMax, minimum, objective, kind) => {
          const plain = testCovariance(n, seed);
          // Every other asset moves as the one before it; the first does not move.
          const of = (i: number) => (kind === 'twins' ? i - (i % 2) : i);
          const scale = (i: number) => (kind === 'one riskless' && i === 0 ? 0 : 1);
          const covariance = matrix(
            n,
            n,
            plain.data.map((_, at) => {
              const [i, j] = [Math.floor(at / n), at % n];
              return scale(i) * scale(j) * plain.data[of(i) * n + of(j)]!;
            }),
          );
          const problem = {
            assets: Array.from({ length: n }, (_, i) => `F${i}`),
            covariance,
            expectedReturns: testMatrix(1, n, seed + 1).data.map((each) => 0.05 + 0.03 * each),
            upper: 0.6,
            holdings: { countMax, minimum, gap: 0 },
          };
          const answer = allocate(problem, objective);
          const best = bestOfAllSubsets(problem, objective);
          const weights = answer.status === 'optimal' ? answer.weights : new Float64Array();
          const value = answer.status === 'optimal' ? valueOf(problem, objective, weights) : best;
          expect(answer.status === 'optimal').toBe(Number.isFinite(best));
          expect(Math.abs(value - best) || 0).toBeLessThan(1e-10);
          const held = weights.filter((each) => each > 1e-9);
          expect(held.length).toBeLessThanOrEqual(countMax);
          expect(Math.min(1, ...held)).toBeGreaterThanOrEqual(minimum - 1e-9);
        },
      ),
      { numRuns: 60, seed: 11 },
    );
  });

  test('whole lots equal the best of all ways to deal them out', () => {
    for (const seed of [1, 2, 3, 4]) {
      const problem = {
        assets: ['a', 'b', 'c', 'd'],
        covariance: testCovariance(4, seed),
        holdings: { step: 0.1, gap: 0 },
      };
      let best = Number.POSITIVE_INFINITY;
      for (let code = 0; code < 11 ** 3; code++) {
        const lots = [code % 11, Math.floor(code / 11) % 11, Math.floor(code / 121)];
        const rest = 10 - lots.reduce((sum, each) => sum + each, 0);
        if (rest < 0) continue;
        const weights = Float64Array.from([...lots, rest], (each) => each / 10);
        best = Math.min(best, quadraticForm(problem.covariance, weights));
      }
      const { weights, volatility, gap } = solved(problem, { kind: 'min-variance' });
      expect(volatility ** 2).toBeCloseTo(best, 12);
      expect(Math.max(...weights.map((w) => Math.abs(w * 10 - Math.round(w * 10))))).toBeLessThan(
        1e-10,
      );
      expect(gap).toBe(0);
    }
  });

  test('a search cut short states the gap that it has proven', () => {
    const problem = {
      assets: Array.from({ length: 14 }, (_, i) => `F${i}`),
      covariance: testCovariance(14, 8),
    };
    const rules = { countMax: 5, minimum: 0.05 };
    const goal = { kind: 'min-variance' } as const;
    const short = solved({ ...problem, holdings: { ...rules, nodesMax: 40, gap: 0 } }, goal);
    const long = solved({ ...problem, holdings: rules }, goal);
    expect(short.gap).toBeGreaterThan(0);
    expect(long.gap).toBeLessThanOrEqual(1e-6);
    // The promise: the true best is not below value × (1 − gap).
    expect(long.volatility ** 2).toBeGreaterThanOrEqual(
      short.volatility ** 2 * (1 - short.gap) - 1e-12,
    );
  });

  test('the number of holdings is in the bound: independent assets need no search', () => {
    const n = 60;
    const variances = Float64Array.from({ length: n }, (_, i) => 0.04 + 0.0005 * ((i * 7) % n));
    const covariance = matrix(n, n);
    variances.forEach((each, i) => (covariance.data[i * n + i] = each));
    const problem = {
      assets: Array.from({ length: n }, (_, i) => `F${i}`),
      covariance,
      holdings: { countMax: 10, nodesMax: 400 },
    };
    const { weights, volatility, gap } = solved(problem, { kind: 'min-variance' });
    // The ten of least variance, in inverse proportion to it.
    const least = [...variances].sort((x, y) => x - y).slice(0, 10);
    const best = 1 / least.reduce((sum, each) => sum + 1 / each, 0);
    expect(volatility ** 2).toBeCloseTo(best, 12);
    expect(weights.filter((each) => each > 1e-9)).toHaveLength(10);
    expect(gap).toBeLessThan(1e-5);
  });

  test('a search that has no time answers with the gap that is left', () => {
    const problem = {
      assets: Array.from({ length: 14 }, (_, i) => `F${i}`),
      covariance: testCovariance(14, 8),
      holdings: { countMax: 5, minimum: 0.05, gap: 0, secondsMax: 0 },
    };
    const { weights, gap } = solved(problem, { kind: 'min-variance' });
    expect(weights.filter((each) => each > 1e-9).length).toBeLessThanOrEqual(5);
    expect(gap).toBeGreaterThan(0);
  });

  test('too few places for the bounds are a contradiction', () => {
    const answer = refused(
      { ...FOUR, upper: 0.3, holdings: { countMax: 3 } },
      { kind: 'min-variance' },
    );
    expect(answer.conflict.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['count', 'budget', 'upper']),
    );
    expect(answer.zh).toContain('持有不超过 3 只');
  });
});
