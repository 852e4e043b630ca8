import { describe, expect, test } from 'vitest';
import { fromRows, type Matrix } from '../linear-algebra/matrix.ts';
import { distance, testCovariance, testMatrix } from '../linear-algebra/testing.ts';
import { hasPublished } from '../testing.ts';
import { allocateTail, tailRiskOf, type AllocationProblem, type TailObjective } from './index.ts';
import { moments, publishedRows, stockPrices } from './published-stocks-fixture.ts';

async function solvedTail(problem: AllocationProblem, scenarios: Matrix, objective: TailObjective) {
  const answer = await allocateTail(problem, scenarios, objective);
  if (answer.status !== 'optimal') throw new Error(answer.en);
  return answer;
}

/** Five assets over 60 periods, in percent. */
const scenarios = ((): Matrix => {
  const table = testMatrix(60, 5, 12);
  table.data.forEach((each, at) => (table.data[at] = 0.01 * each + 0.0004 * (at % 5)));
  return table;
})();
const FIVE: AllocationProblem = {
  assets: ['a', 'b', 'c', 'd', 'e'],
  covariance: testCovariance(5, 3),
  expectedReturns: [0.02, 0.03, 0.04, 0.05, 0.06],
};

describe('the measures', () => {
  test('are the mean of the worst periods and of the deepest drawdowns', () => {
    const path = fromRows([[0.1], [-0.2], [0.05], [-0.1], [0.3]]);
    const of = (measure: 'cvar' | 'cdar', confidence: number) =>
      tailRiskOf(path, [1], { measure, confidence });
    expect(of('cvar', 0.6)).toBeCloseTo((0.2 + 0.1) / 2, 14);
    expect(of('cvar', 0.9)).toBeCloseTo(0.2, 14);
    // One and a half of five periods: the worst, and half of the second.
    expect(of('cvar', 0.7)).toBeCloseTo((0.2 + 0.05) / 1.5, 14);
    // Drawdowns 0, 0.2, 0.15, 0.25, 0.
    expect(of('cdar', 0.6)).toBeCloseTo((0.25 + 0.2) / 2, 14);
  });
});

describe('portfolios of least tail risk', () => {
  test.each(['cvar', 'cdar'] as const)('%s: none beside it has less', async (measure) => {
    const objective = { measure, confidence: 0.9 };
    const { weights, tailRisk } = await solvedTail(FIVE, scenarios, objective);
    expect(weights.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
    for (let seed = 1; seed <= 200; seed++) {
      const goal = testMatrix(1, 5, seed).data.map((each) => Math.abs(each));
      const sum = goal.reduce((total, each) => total + each, 0);
      const share = seed % 2 === 0 ? 1 : 0.01;
      const mixed = weights.map((each, i) => each + share * (goal[i]! / sum - each));
      expect(tailRiskOf(scenarios, mixed, objective)).toBeGreaterThanOrEqual(tailRisk - 1e-10);
    }
  });

  test('the return for a risk and the risk for a return meet', async () => {
    const measured = { measure: 'cvar', confidence: 0.9 } as const;
    const risky = await solvedTail(FIVE, scenarios, { ...measured, riskMost: 0.006 });
    expect(risky.tailRisk).toBeCloseTo(0.006, 9);
    const back = await solvedTail(FIVE, scenarios, {
      ...measured,
      returnLeast: (risky.expectedReturn.value ?? 0) - 1e-12,
    });
    expect(back.tailRisk).toBeCloseTo(0.006, 8);
  });

  test('trades are counted as weights, and cost keeps them small', async () => {
    const from = [0.2, 0.2, 0.2, 0.2, 0.2];
    const objective = { measure: 'cvar', confidence: 0.9 } as const;
    const free = await solvedTail(FIVE, scenarios, objective);
    const traded = { ...FIVE, trading: { from, turnoverMax: 2 } };
    const same = await solvedTail(traded, scenarios, objective);
    expect(same.tailRisk).toBeCloseTo(free.tailRisk, 10);
    const dear = { from, purchaseCost: 0.1, redemptionCost: 0.1 };
    const still = await solvedTail({ ...FIVE, trading: dear }, scenarios, objective);
    expect(still.turnover).toBeLessThan(1e-9);
  });

  test('a risk out of reach names what holds it up; the nearest portfolio has the least', async () => {
    const objective = { measure: 'cvar', confidence: 0.9 } as const;
    const answer = await allocateTail(FIVE, scenarios, { ...objective, riskMost: 0.001 });
    const least = await solvedTail(FIVE, scenarios, objective);
    expect(answer).toMatchObject({
      status: 'infeasible',
      conflict: expect.arrayContaining([
        { kind: 'tail-risk', limit: 0.001 },
        { kind: 'budget', limit: 1 },
      ]),
    });
    const nearest = answer.status === 'infeasible' ? answer.nearest : null;
    expect(distance(nearest?.weights ?? [], least.weights)).toBeLessThan(1e-9);
    expect(nearest?.violations[0]?.by).toBeCloseTo(least.tailRisk - 0.001, 9);
  });

  test('contradictions of straight constraints are named as everywhere', async () => {
    const objective = { measure: 'cdar', confidence: 0.9, returnLeast: 0.5 } as const;
    const answer = await allocateTail(FIVE, scenarios, objective);
    expect(answer).toMatchObject({ status: 'infeasible' });
    expect(answer.status === 'infeasible' ? answer.en : '').toContain('expected return');
  });

  test('misuse is told', async () => {
    const objective = { measure: 'cvar', confidence: 1 } as const;
    await expect(allocateTail(FIVE, scenarios, objective)).rejects.toThrow('confidence');
    const both = { measure: 'cvar', confidence: 0.9, returnLeast: 0, riskMost: 1 } as const;
    await expect(allocateTail(FIVE, scenarios, both)).rejects.toThrow(RangeError);
    const ridged = { ...FIVE, ridge: 0.1 };
    const plain = { measure: 'cvar', confidence: 0.9 } as const;
    await expect(allocateTail(ridged, scenarios, plain)).rejects.toThrow('without a ridge');
  });
});

/** file/test, the problem and objective of it; 'recent' moments are of the days on which all traded. */
const NEUTRAL = { lower: -1, budget: 0 };
const CVAR = { measure: 'cvar', confidence: 0.95 } as const;
const CDAR = { measure: 'cdar', confidence: 0.95 } as const;
const WIDE = { lower: -3, upper: 3 };
const CASES: [string, string, 'all' | 'recent', Partial<AllocationProblem>, TailObjective][] = [
  ['cvar', 'test_cvar_example', 'all', {}, CVAR],
  ['cvar', 'test_efficient_return', 'recent', {}, { ...CVAR, returnLeast: 0.25 }],
  ['cvar', 'test_efficient_return_short', 'recent', WIDE, { ...CVAR, returnLeast: 0.26 }],
  ['cvar', 'test_cvar_example_short', 'recent', NEUTRAL, { ...CVAR, returnLeast: 0.2 }],
  ['cdar', 'test_cdar_example', 'recent', {}, CDAR],
  ['cdar', 'test_efficient_risk', 'recent', {}, { ...CDAR, riskMost: 0.08 }],
  ['cdar', 'test_efficient_risk_market_neutral', 'recent', NEUTRAL, { ...CDAR, riskMost: 0.025 }],
  ['cdar', 'test_efficient_return_short', 'recent', WIDE, { ...CDAR, returnLeast: 0.28 }],
];

describe.skipIf(!hasPublished('optimisation/pyportfolioopt/expected_values.json'))(
  'published portfolios by tail risk',
  () => {
    test.each(CASES)('%s %s', async (file, name, span, change, objective) => {
      const { names, prices } = stockPrices();
      const traded = prices.filter((row) => row.every((price) => !Number.isNaN(price)));
      const { returns, covariance } = moments(span === 'all' ? prices : traded);
      const days = traded
        .slice(1)
        .map((row, t) => row.map((price, i) => price / traded[t]![i]! - 1));
      const problem = { assets: names, covariance, expectedReturns: returns, ...change };
      const found = await solvedTail(problem, fromRows(days), objective);
      const row = publishedRows().find(
        (each) => each.test === name && each.test_file === `test_efficient_${file}.py`,
      );
      const expected = [row?.expected ?? []].flat();
      const ours = [found.expectedReturn.value ?? 0, found.tailRisk];
      // Six digits are printed at least.
      expect(distance(ours, expected)).toBeLessThan(1e-6);
    });
  },
);
