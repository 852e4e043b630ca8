/* Portfolios against published results; each row within its printed precision. */
import { describe, expect, test } from 'vitest';
import { matrix } from '../linear-algebra/matrix.ts';
import { halfUnit, hasPublished, readTable } from '../testing.ts';
import { allocate, type AllocationProblem, type Objective, type Portfolio } from './index.ts';
import { moments, publishedRows, stockPrices } from './published-stocks-fixture.ts';

const FOLDER = 'optimisation';

function solved(problem: AllocationProblem, objective: Objective): Portfolio {
  const answer = allocate(problem, objective);
  if (answer.status !== 'optimal') throw new Error(answer.en);
  return answer;
}

describe.skipIf(!hasPublished(`${FOLDER}/port1_mean_std.csv`))('OR-Library frontiers', () => {
  test.each([
    ['port1', 'portef1'],
    ['port2', 'portef2'],
  ])('%s: 2,000 points re-solve', (name, frontier) => {
    const moments = readTable(`${FOLDER}/${name}_mean_std.csv`);
    const n = moments.length;
    const deviations = moments.map((row) => Number(row['std_return']));
    const covariance = matrix(n, n);
    for (const row of readTable(`${FOLDER}/${name}_correlation.csv`)) {
      const [i, j] = [Number(row['i']) - 1, Number(row['j']) - 1];
      const value = Number(row['corr']) * deviations[i]! * deviations[j]!;
      covariance.data[i * n + j] = value;
      covariance.data[j * n + i] = value;
    }
    const problem: AllocationProblem = {
      assets: moments.map((_, i) => `${i}`),
      covariance,
      expectedReturns: moments.map((row) => Number(row['mean_return'])),
    };
    const points = readTable(`${FOLDER}/${frontier}_unconstrained_frontier.csv`);
    expect(points).toHaveLength(2000);
    const far = points.flatMap((row) => {
      const [mean, variance] = [row['mean_return'] ?? '', row['variance_of_return'] ?? ''];
      // Both coordinates are rounded; the printed mean moves the variance along the slope.
      const target = Number(mean);
      const slack = halfUnit(mean);
      const ends = [target - slack, target + slack].map((least) => {
        const answer = allocate(problem, { kind: 'target-return', least });
        return answer.status === 'optimal' ? answer.volatility ** 2 : Number.POSITIVE_INFINITY;
      });
      const printed = Number(variance);
      // Half a unit of the last digit, and a tenth more for the publisher's own solver: 60 of the
      // 4,000 points lie up to 0.073 units further off.
      const room = halfUnit(variance) * 1.2;
      const fits = printed >= ends[0]! - room && printed <= ends[1]! + room;
      return fits ? [] : [{ mean, variance, ends }];
    });
    expect(far).toEqual([]);
  });
});

const OPEN = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
const EVENLY = Array.from({ length: 20 }, () => 1 / 20);

/** What each published test sets, from its source; the rest is the default. */
const CASES: Record<string, [Partial<AllocationProblem>, Objective]> = {
  test_min_volatility: [{}, { kind: 'min-variance' }],
  test_min_volatility_no_rets: [{}, { kind: 'min-variance' }],
  test_min_volatility_tx_costs_L2_reg: [
    { ridge: 1, trading: { from: EVENLY, purchaseCost: 0.001, redemptionCost: 0.001 } },
    { kind: 'min-variance' },
  ],
  test_max_sharpe_long_only: [{}, { kind: 'max-sharpe', riskFree: 0.02 }],
  test_max_sharpe_L2_reg_with_shorts: [
    { ...OPEN, ridge: 1 },
    { kind: 'max-sharpe', riskFree: 0.02 },
  ],
  test_max_quadratic_utility: [{}, { kind: 'utility', riskAversion: 2 }],
  test_max_quadratic_utility_with_shorts: [{ lower: -1 }, { kind: 'utility', riskAversion: 1 }],
  test_efficient_risk: [{}, { kind: 'target-risk', most: 0.19 }],
  test_efficient_risk_short: [{ lower: -1 }, { kind: 'target-risk', most: 0.19 }],
  test_efficient_risk_L2_reg: [{ ridge: 5 }, { kind: 'target-risk', most: 0.19 }],
  test_efficient_return_L2_reg: [{ ridge: 1 }, { kind: 'target-return', least: 0.25 }],
  test_efficient_return_market_neutral: [
    { lower: -1, budget: 0 },
    { kind: 'target-return', least: 0.25 },
  ],
};

describe.skipIf(!hasPublished(`${FOLDER}/pyportfolioopt/expected_values.json`))(
  'published portfolios of 20 stocks',
  () => {
    const rows = () =>
      publishedRows().filter(({ test_file }) => test_file === 'test_efficient_frontier.py');

    test.each(Object.keys(CASES))('%s', (name) => {
      const { names, prices } = stockPrices();
      const { returns, covariance } = moments(prices);
      const [change, objective] = CASES[name]!;
      const problem = { assets: names, covariance, expectedReturns: returns, ...change };
      const { expectedReturn, volatility } = solved(problem, objective);
      const sharpe = ((expectedReturn.value ?? 0) - 0.02) / volatility;
      const figures = [expectedReturn.value ?? 0, volatility, sharpe];
      const row = rows().find((each) => each.test === name);
      const expected = row?.expected ?? [];
      const ours = Array.isArray(expected) ? figures : [volatility];
      // The publisher compares at 1e-7 of the value, and at 1e-6 for targets of risk.
      const room = objective.kind === 'target-risk' ? 1e-6 : 1e-7;
      const off = [expected].flat().map((value, at) => Math.abs(ours[at]! - value));
      expect(off.length).toBeGreaterThan(0);
      expect(Math.max(...off)).toBeLessThan(room);
    });
  },
);
