import { describe, expect, test } from 'vitest';
import { fromRows, matrix, rowOf, type Matrix } from '../linear-algebra/matrix.ts';
import { distance, testCovariance, testMatrix } from '../linear-algebra/testing.ts';
import { assemble, programOver } from './assemble.ts';
import {
  allocateDownside,
  downsideDeviationOf,
  type AllocationProblem,
  type DownsideObjective,
  type DownsideScenarios,
} from './index.ts';
import type { QuadraticProgram } from './quadratic/program.ts';
import { solveByHighs } from './quadratic/testing.ts';

function solvedDownside(
  problem: AllocationProblem,
  scenarios: DownsideScenarios,
  objective: DownsideObjective,
) {
  const answer = allocateDownside(problem, scenarios, objective);
  if (answer.status !== 'optimal') throw new Error(answer.en);
  return answer;
}

const tableOf = (periods: number, assets: number, seed: number): Matrix => {
  const table = testMatrix(periods, assets, seed);
  table.data.forEach((each, at) => (table.data[at] = 0.01 * each + 0.0004 * (at % assets)));
  return table;
};
const SCENARIOS: DownsideScenarios = { returns: tableOf(60, 5, 12), threshold: 0.001 };
const FIVE: AllocationProblem = {
  assets: ['a', 'b', 'c', 'd', 'e'],
  covariance: testCovariance(5, 3),
  expectedReturns: [0.02, 0.03, 0.04, 0.05, 0.06],
};

/** The textbook program: one more variable and one more row for each period, p/T·Σz². */
function wholeProgram(problem: AllocationProblem, scenarios: DownsideScenarios): QuadraticProgram {
  const { returns, threshold = 0, periodsPerYear = 252 } = scenarios;
  const [n, periods] = [returns.cols, returns.rows];
  const assembled = assemble(problem);
  const small = programOver(assembled, matrix(n, n), new Float64Array(n), 1);
  const size = n + periods;
  const hessian = matrix(size, size);
  for (let i = 0; i < n; i++) hessian.data[i * size + i] = 2 * (problem.ridge ?? 0);
  for (let i = n; i < size; i++) hessian.data[i * size + i] = (2 * periodsPerYear) / periods;
  const rows = matrix(small.rows.rows + periods, size);
  for (let i = 0; i < small.rows.rows; i++) rowOf(rows, i).set(rowOf(small.rows, i));
  for (let t = 0; t < periods; t++) {
    const row = rowOf(rows, small.rows.rows + t);
    row.set(rowOf(returns, t));
    row[n + t] = 1;
  }
  const spread = (own: Float64Array, value: number, count = periods) =>
    Float64Array.from([...own, ...new Float64Array(count).fill(value)]);
  return {
    hessian,
    linear: new Float64Array(size),
    lower: spread(small.lower, 0),
    upper: spread(small.upper, Number.POSITIVE_INFINITY),
    rows,
    rowLower: spread(small.rowLower, threshold),
    rowUpper: spread(small.rowUpper, Number.POSITIVE_INFINITY),
  };
}

describe('the downside', () => {
  test('is the squared shortfall of the periods below the threshold, a year', () => {
    const path = { returns: fromRows([[0.1], [-0.2], [0.05], [-0.1]]), periodsPerYear: 12 };
    expect(downsideDeviationOf(path, [1])).toBeCloseTo(Math.sqrt((12 * (0.04 + 0.01)) / 4), 14);
    const over = { ...path, threshold: 0.06 };
    expect(downsideDeviationOf(over, [1])).toBeCloseTo(
      Math.sqrt(3 * (0.26 ** 2 + 0.01 ** 2 + 0.16 ** 2)),
      14,
    );
  });
});

describe('portfolios of least downside', () => {
  test.each([
    ['of every period at a threshold that none reaches', { ...SCENARIOS, threshold: 1 }, FIVE],
    ['of some periods', SCENARIOS, FIVE],
    ['with a ridge', SCENARIOS, { ...FIVE, ridge: 0.05 }],
    ['with shorts', SCENARIOS, { ...FIVE, lower: -1 }],
    ['of fewer periods than assets', { returns: tableOf(4, 5, 7) }, FIVE],
    ['of one period', { returns: tableOf(1, 5, 8) }, FIVE],
    ['of equal periods', { returns: matrix(9, 5, new Float64Array(45).fill(-0.01)) }, FIVE],
    ['of two equal assets', { returns: fromRows([[-0.01, -0.01, 0, 0.1, -1]]) }, FIVE],
    [
      'after a total loss',
      {
        returns: fromRows([
          [-1, 0.01, -1, 0.02, 0],
          [0, 0, 0, 0, -1],
        ]),
      },
      FIVE,
    ],
  ] as const)('%s: as the textbook program with a row a period', async (_, scenarios, problem) => {
    const { weights, downsideDeviation } = solvedDownside(problem, scenarios, {
      kind: 'min-variance',
    });
    const ridge = (problem as AllocationProblem).ridge ?? 0;
    const value = downsideDeviation ** 2 + ridge * weights.reduce((sum, w) => sum + w * w, 0);
    const twin = await solveByHighs(wholeProgram(problem, scenarios));
    expect(twin.status).toBe(7);
    expect(Math.abs(value - twin.objective)).toBeLessThan(1e-10);
  });

  test('none beside it is better, for every objective', () => {
    const objectives: readonly DownsideObjective[] = [
      { kind: 'min-variance' },
      { kind: 'utility', riskAversion: 3 },
      { kind: 'target-return', least: 0.042 },
      { kind: 'target-risk', most: 0.07 },
    ];
    const problem = { ...FIVE, ridge: 0.01, expectedReturns: [0.02, 0.1, 0.04, -0.05, 0.06] };
    for (const objective of objectives) {
      const best = solvedDownside(problem, SCENARIOS, objective);
      const valueOf = (weights: Float64Array) => {
        const downside = downsideDeviationOf(SCENARIOS, weights);
        const earned = weights.reduce((sum, w, i) => sum + w * problem.expectedReturns[i]!, 0);
        const squares = 0.01 * weights.reduce((sum, w) => sum + w * w, 0);
        if (objective.kind === 'target-return' && earned < objective.least) return Infinity;
        if (objective.kind === 'target-risk') {
          return downside > objective.most ? Infinity : squares - earned;
        }
        if (objective.kind === 'utility') return 1.5 * downside ** 2 - earned + squares;
        return downside ** 2 + squares;
      };
      const value = valueOf(best.weights.map((each) => each));
      const allowed = Number.isFinite(value)
        ? value
        : valueOf(best.weights.map((w) => w * (1 - 1e-12)));
      for (let seed = 1; seed <= 200; seed++) {
        const goal = testMatrix(1, 5, seed).data.map(Math.abs);
        const sum = goal.reduce((total, each) => total + each, 0);
        const share = seed % 2 === 0 ? 1 : 0.01;
        const mixed = best.weights.map((each, i) => each + share * (goal[i]! / sum - each));
        expect(valueOf(mixed)).toBeGreaterThanOrEqual(allowed - 1e-10);
      }
    }
  });

  test('the return for a risk and the risk for a return meet', () => {
    const safest = solvedDownside(FIVE, SCENARIOS, { kind: 'min-variance' });
    const most = 1.02 * safest.downsideDeviation;
    const risky = solvedDownside(FIVE, SCENARIOS, { kind: 'target-risk', most });
    expect(risky.downsideDeviation).toBeCloseTo(most, 10);
    const least = (risky.expectedReturn.value ?? 0) - 1e-12;
    const back = solvedDownside(FIVE, SCENARIOS, { kind: 'target-return', least });
    expect(back.downsideDeviation).toBeCloseTo(most, 10);
  });

  test('a limit that binds is reached, not nearly', () => {
    for (const [seed, most] of [12, 13, 14, 15, 16, 17].flatMap((each) =>
      [0.05, 0.11, 0.21].map((limit) => [each, limit] as const),
    )) {
      const scenarios = { returns: tableOf(60, 5, seed), threshold: 0 };
      const neutral = { ...FIVE, lower: -1, budget: 0 };
      const { downsideDeviation } = solvedDownside(neutral, scenarios, {
        kind: 'target-risk',
        most,
      });
      const free = solvedDownside(neutral, scenarios, { kind: 'target-risk', most: 99 });
      const reached = Math.min(most, free.downsideDeviation);
      expect(Math.abs(downsideDeviation / reached - 1)).toBeLessThan(1e-13);
    }
  });

  test('a limit that does not bind gives the most return', () => {
    const { weights } = solvedDownside(FIVE, SCENARIOS, { kind: 'target-risk', most: 9 });
    expect(distance(weights, [0, 0, 0, 0, 1])).toBeLessThan(1e-9);
  });

  test('trades are counted as weights, and cost keeps them small', () => {
    const from = [0.2, 0.2, 0.2, 0.2, 0.2];
    const free = solvedDownside(FIVE, SCENARIOS, { kind: 'min-variance' });
    const traded = { ...FIVE, trading: { from, turnoverMax: 2 } };
    const same = solvedDownside(traded, SCENARIOS, { kind: 'min-variance' });
    expect(same.downsideDeviation).toBeCloseTo(free.downsideDeviation, 12);
    const dear = { ...FIVE, trading: { from, purchaseCost: 0.1, redemptionCost: 0.1 } };
    expect(solvedDownside(dear, SCENARIOS, { kind: 'min-variance' }).turnover).toBeLessThan(1e-12);
  });

  test('a risk out of reach names what holds it up; the nearest portfolio has the least', () => {
    const answer = allocateDownside(FIVE, SCENARIOS, { kind: 'target-risk', most: 0.001 });
    const least = solvedDownside(FIVE, SCENARIOS, { kind: 'min-variance' });
    expect(answer).toMatchObject({
      status: 'infeasible',
      conflict: expect.arrayContaining([
        { kind: 'downside-risk', limit: 0.001 },
        { kind: 'budget', limit: 1 },
      ]),
    });
    const nearest = answer.status === 'infeasible' ? answer.nearest : null;
    expect(distance(nearest?.weights ?? [], least.weights)).toBeLessThan(1e-9);
    expect(nearest?.violations[0]?.by).toBeCloseTo(least.downsideDeviation - 0.001, 10);
    expect(answer.status === 'infeasible' && answer.zh).toContain('下行标准差不高于 0.1 %');
  });

  test('what else has no answer says why', () => {
    const far = allocateDownside(FIVE, SCENARIOS, { kind: 'target-return', least: 0.5 });
    expect(far).toMatchObject({ status: 'infeasible' });
    const open = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
    // Two periods cannot hold five weights: some mixture gains without any loss.
    const two = { returns: tableOf(2, 5, 4) };
    const wild = allocateDownside({ ...FIVE, ...open }, two, { kind: 'utility', riskAversion: 1 });
    expect(wild).toMatchObject({ status: 'refused' });
  });

  test('misuse is told', () => {
    const least = { kind: 'min-variance' } as const;
    const with_ = (change: Partial<DownsideScenarios>) => () =>
      allocateDownside(FIVE, { ...SCENARIOS, ...change }, least);
    expect(with_({ returns: matrix(3, 4) })).toThrow('5 assets meet scenarios of 4');
    expect(with_({ returns: matrix(1, 5, new Float64Array(5).fill(NaN)) })).toThrow('not known');
    expect(with_({ threshold: NaN })).toThrow('threshold is NaN');
    expect(with_({ periodsPerYear: 0 })).toThrow('periodsPerYear is 0');
    const ruled = { ...FIVE, holdings: { countMax: 2 } };
    expect(() => allocateDownside(ruled, SCENARIOS, least)).toThrow('rules for holdings');
    const { expectedReturns: _unused, ...blind } = FIVE;
    expect(() => allocateDownside(blind, SCENARIOS, { kind: 'utility', riskAversion: 1 })).toThrow(
      'needs expected returns',
    );
  });
});
