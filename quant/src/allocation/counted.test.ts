import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factorCholesky } from '../linear-algebra/cholesky.ts';
import { matrix } from '../linear-algebra/matrix.ts';
import { testCovariance, testMatrix } from '../linear-algebra/testing.ts';
import { quadraticOf, solveContinuous } from './continuous.ts';
import { boundCounted, ownRisk } from './counted.ts';
import type { AllocationProblem, Objective } from './index.ts';

const OBJECTIVES: readonly Objective[] = [
  { kind: 'min-variance' },
  { kind: 'utility', riskAversion: 4 },
  { kind: 'tracking', benchmark: [0.4, 0.3, 0.2, 0.1, 0, 0, 0, 0, 0].slice(0, 9) },
];

/** The least of all choices of at most so many assets: the naive twin. */
function leastOfAllChoices(problem: AllocationProblem, objective: Objective, most: number): number {
  const n = problem.assets.length;
  let least = Number.POSITIVE_INFINITY;
  for (let choice = 1; choice < 2 ** n; choice++) {
    const isIn = (i: number) => (choice >> i) % 2 === 1;
    if (problem.assets.filter((_, i) => isIn(i)).length > most) continue;
    const upper = Float64Array.from({ length: n }, (_, i) => (isIn(i) ? 0.8 : 0));
    const found = solveContinuous(problem, objective, { upper });
    if (found.status === 'optimal') least = Math.min(least, found.value);
  }
  return least;
}

describe('the bound that counts places', () => {
  test('is below the best of all choices, and above the relaxation that does not count', () => {
    let [gained, possible] = [0, 0];
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(...OBJECTIVES),
        (seed, most, objective) => {
          const n = 9;
          const problem = {
            assets: Array.from({ length: n }, (_, i) => `F${i}`),
            covariance: testCovariance(n, seed),
            expectedReturns: testMatrix(1, n, seed + 1).data.map((each) => 0.05 + 0.03 * each),
          };
          const upper = new Float64Array(n).fill(0.8);
          const extra = [{ loadings: upper.map((each) => 1 / each), most }];
          const quadratic = quadraticOf(problem, objective)!;
          const own = ownRisk(quadratic)!;
          const places = { own, left: most, price: 0 };
          const found = boundCounted(problem, quadratic, { upper, extra }, places);
          const best = leastOfAllChoices(problem, objective, most);
          const plain = solveContinuous(problem, objective, { upper, extra });
          const bound = found.status === 'optimal' ? found.bound : Number.POSITIVE_INFINITY;
          const below = plain.status === 'optimal' ? plain.value : Number.POSITIVE_INFINITY;
          expect(found.status).not.toBe('failed');
          expect(bound <= best + 1e-10).toBe(true);
          expect(bound >= below - 1e-6).toBe(true);
          if (!Number.isFinite(best)) return;
          gained += bound - below;
          possible += best - below;
        },
      ),
      { numRuns: 80, seed: 5 },
    );
    // Of what the plain relaxation misses it proves a good part.
    expect(gained / possible).toBeGreaterThan(0.3);
  });

  test('takes as much own risk out as leaves a covariance', () => {
    const covariance = testCovariance(7, 3);
    const problem = { assets: Array.from('abcdefg'), covariance };
    const own = ownRisk(quadraticOf(problem, { kind: 'min-variance' })!)!;
    const less = (share: number) => {
      const rest = matrix(7, 7, Float64Array.from(covariance.data));
      own.forEach((each, i) => (rest.data[i * 8]! -= share * each));
      return factorCholesky(rest);
    };
    expect(Math.min(...own)).toBeGreaterThan(0);
    expect(less(1)).not.toBeNull();
    expect(less(1.01)).toBeNull();
  });

  test('is not there where the covariance is singular', () => {
    const problem = { assets: ['a', 'b'], covariance: matrix(2, 2, new Float64Array(4).fill(1)) };
    expect(ownRisk(quadraticOf(problem, { kind: 'min-variance' })!)).toBeNull();
  });
});
