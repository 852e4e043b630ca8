/* Portfolios against published results; each row within its printed precision. */
import { describe, expect, test } from 'vitest';
import { matrix } from '../linear-algebra/matrix.ts';
import { halfUnit, hasPublished, readTable } from '../testing.ts';
import { allocate, type AllocationProblem, type Objective, type Portfolio } from './index.ts';
import { moments, publishedRows, stockPrices } from './published-stocks-fixture.ts';

const FOLDER = 'optimisation';

/**
 * Points, from 0, that cannot pass at half a unit of their last digit: the printed variance is above
 * the least by up to 0.54 units, so the publisher's solver stopped a little early.
 */
const ABOVE_THE_LEAST: Readonly<Record<string, readonly number[]>> = {
  port1: [
    496, 1311, 1331, 1484, 1521, 1624, 1668, 1669, 1715, 1725, 1789, 1802, 1821, 1844, 1878, 1918,
    1933, 1948, 1954, 1957,
  ],
  port2: [
    416, 429, 546, 717, 855, 878, 922, 1119, 1142, 1447, 1450, 1466, 1549, 1555, 1569, 1578, 1777,
    1821, 1830, 1855, 1866, 1874, 1906, 1979, 1980, 1984, 1985,
  ],
};

function solved(problem: AllocationProblem, objective: Objective): Portfolio {
  const answer = allocate(problem, objective);
  if (answer.status !== 'optimal') throw new Error(answer.en);
  return answer;
}

describe.skipIf(!hasPublished(`${FOLDER}/port1_mean_std.csv`))('OR-Library frontiers', () => {
  test.each([
    ['port1', 'portef1'],
    ['port2', 'portef2'],
  ])('%s: 2,000 points re-solve, but for those listed', (name, frontier) => {
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
    const misses = points.map((row) => {
      const [mean, variance] = [row['mean_return'] ?? '', row['variance_of_return'] ?? ''];
      // Both coordinates are rounded; the printed mean moves the variance along the slope.
      const target = Number(mean);
      const slack = halfUnit(mean);
      const [low = 0, high = 0] = [target - slack, target + slack].map((least) => {
        const answer = allocate(problem, { kind: 'target-return', least });
        return answer.status === 'optimal' ? answer.volatility ** 2 : Number.POSITIVE_INFINITY;
      });
      const [printed, room] = [Number(variance), halfUnit(variance)];
      if (printed < low - room) return 'below';
      if (printed <= high + room) return '';
      return printed <= high + 1.1 * room ? 'above' : 'far above';
    });
    expect(misses.filter((each) => each !== '' && each !== 'above')).toEqual([]);
    const above = [...misses.keys()].filter((at) => misses[at] === 'above');
    expect(above).toEqual(ABOVE_THE_LEAST[name]);
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
