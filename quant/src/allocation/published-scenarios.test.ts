/*
 * Published portfolios by tail risk and downside of 20 stocks. Their solvers stop early: the
 * publisher compares at 1e-4. Where a figure is printed more exactly than it is true, `early` says
 * so: it must be within the publisher's own tolerance, and ours is proven to be the optimum.
 */
import { describe, expect, test } from 'vitest';
import { dot, fromRows, rowOf } from '../linear-algebra/matrix.ts';
import { halfUnit, hasPublished } from '../testing.ts';
import {
  allocateDownside,
  allocateTail,
  type AllocationProblem,
  type DownsideObjective,
  type DownsideScenarios,
  type TailObjective,
} from './index.ts';
import {
  changesOf,
  firstOfEach,
  moments,
  publishedRows,
  stockPrices,
} from './published-stocks-fixture.ts';
import { programOf, solveByHighs } from './quadratic/testing.ts';

/** Of which rows the moments are: all, those on which all traded, the first of each week or month. */
type Sampling = 'all' | 'traded' | 'week' | 'month';
const PERIODS: Record<Sampling, number> = { all: 252, traded: 252, week: 52, month: 12 };

interface Case {
  readonly sampling?: Sampling;
  readonly change?: Partial<AllocationProblem>;
  readonly objective: TailObjective | DownsideObjective;
  /** So many figures are compared; all when not given. */
  readonly figures?: number;
  readonly early?: boolean;
}

const NEUTRAL = { lower: -1, budget: 0 };
const WIDE = { lower: -3, upper: 3 };
const CVAR = { measure: 'cvar', confidence: 0.95 } as const;
const CDAR = { measure: 'cdar', confidence: 0.95 } as const;
// The publisher adds its ridge to the semivariance of a day, we to that of a year.
const RIDGE_OF_A_DAY = { ridge: 252 };

const CASES: Record<string, Case> = {
  'cvar cvar_example': { sampling: 'all', objective: CVAR },
  'cvar cvar_example_monthly': { sampling: 'month', objective: { ...CVAR, returnLeast: 0.2 } },
  'cvar efficient_return': { objective: { ...CVAR, returnLeast: 0.25 } },
  'cvar efficient_return_short': { change: WIDE, objective: { ...CVAR, returnLeast: 0.26 } },
  'cvar cvar_example_short': { change: NEUTRAL, objective: { ...CVAR, returnLeast: 0.2 } },
  'cvar min_cvar_L2_reg': { change: { ridge: 0.1 }, objective: CVAR },
  // The limit does not bind, so the publisher's second figure is that of a loose variable.
  'cvar efficient_risk_L2_reg': {
    change: { ridge: 1 },
    objective: { ...CVAR, riskMost: 0.03 },
    figures: 1,
  },
  'cdar cdar_example': { objective: CDAR },
  'cdar es_return_sample': { objective: { ...CDAR, returnLeast: 0.2 } },
  'cdar cdar_example_weekly': {
    sampling: 'week',
    objective: { measure: 'cdar', confidence: 0.9, returnLeast: 0.21 },
  },
  'cdar efficient_risk': { objective: { ...CDAR, riskMost: 0.08 } },
  'cdar efficient_risk_market_neutral': {
    change: NEUTRAL,
    objective: { ...CDAR, riskMost: 0.025 },
  },
  'cdar efficient_return_short': { change: WIDE, objective: { ...CDAR, returnLeast: 0.28 } },
  'cdar min_cdar_L2_reg': { change: { ridge: 0.1 }, objective: CDAR },
  'semivariance es_example': { objective: { kind: 'target-return', least: 0.2 }, early: true },
  'semivariance es_return_sample': {
    objective: { kind: 'target-return', least: 0.2 },
    early: true,
  },
  'semivariance es_example_weekly': {
    sampling: 'week',
    objective: { kind: 'target-return', least: 0.2 },
    early: true,
  },
  'semivariance min_semivariance_L2_reg': {
    change: RIDGE_OF_A_DAY,
    objective: { kind: 'min-variance' },
  },
  'semivariance max_quadratic_utility': { objective: { kind: 'utility', riskAversion: 2 } },
  'semivariance max_quadratic_utility_with_shorts': {
    change: { lower: -1 },
    objective: { kind: 'utility', riskAversion: 1 },
  },
  'semivariance efficient_risk': { objective: { kind: 'target-risk', most: 0.2 } },
  'semivariance efficient_risk_market_neutral': {
    change: NEUTRAL,
    objective: { kind: 'target-risk', most: 0.21 },
    early: true,
  },
  'semivariance efficient_risk_L2_reg': {
    change: { ridge: 1 },
    objective: { kind: 'target-risk', most: 0.19 },
  },
  'semivariance efficient_return_L2_reg': {
    change: RIDGE_OF_A_DAY,
    objective: { kind: 'target-return', least: 0.25 },
  },
  'semivariance efficient_semivariance_vs_heuristic': {
    objective: { kind: 'target-return', least: 0.2 },
  },
};

interface Found {
  readonly figures: number[];
  readonly weights: Float64Array;
  readonly problem: AllocationProblem;
  readonly scenarios: DownsideScenarios;
}

async function findFigures({ sampling = 'traded', change = {}, objective }: Case): Promise<Found> {
  const { names, days, prices } = stockPrices();
  const isKnown = (row: number[]) => !row.some(Number.isNaN);
  const rows =
    sampling === 'all' || sampling === 'traded' ? prices : firstOfEach(sampling, days, prices);
  const periodsPerYear = PERIODS[sampling];
  const { returns: expectedReturns, covariance } = moments(
    sampling === 'traded' ? rows.filter(isKnown) : rows,
    periodsPerYear,
  );
  const returns = fromRows(
    sampling === 'traded' ? changesOf(rows.filter(isKnown)) : changesOf(rows).filter(isKnown),
  );
  const scenarios = { returns, periodsPerYear };
  const problem = { assets: names, covariance, expectedReturns, ...change };
  if ('measure' in objective) {
    const found = await allocateTail(problem, returns, objective);
    if (found.status !== 'optimal') throw new Error(found.en);
    const figures = [found.expectedReturn.value ?? 0, found.tailRisk];
    return { figures, weights: found.weights, problem, scenarios };
  }
  const found = allocateDownside(problem, scenarios, objective);
  if (found.status !== 'optimal') throw new Error(found.en);
  const earned = found.expectedReturn.value ?? 0;
  const { downsideDeviation, weights } = found;
  const figures = [earned, downsideDeviation, (earned - 0.02) / downsideDeviation];
  return { figures, weights, problem, scenarios };
}

/** The figures that the publisher prints for a case. */
function printedOf(name: string): number[] {
  const [file, title] = name.split(' ');
  const row = publishedRows().find(
    (one) => one.test === `test_${title}` && one.test_file === `test_efficient_${file}.py`,
  );
  return [row?.expected ?? []].flat();
}

/**
 * What no portfolio under the constraints can better, whoever solves: D is convex, so it lies above
 * its tangent at our weights, and the best along the tangent is a linear program. Returns the least
 * √D for the return that was asked for, or the most return for the √D.
 */
async function boundOf({ weights, problem, scenarios }: Found, objective: DownsideObjective) {
  const { returns, periodsPerYear = 252 } = scenarios;
  const slope = new Float64Array(weights.length);
  let value = 0;
  for (let t = 0; t < returns.rows; t++) {
    const short = Math.max(0, -dot(rowOf(returns, t), weights)) * (periodsPerYear / returns.rows);
    value -= short * dot(rowOf(returns, t), weights);
    rowOf(returns, t).forEach((each, i) => (slope[i]! -= 2 * short * each));
  }
  const [even, pull] = [weights.map(() => 1), Array.from(slope)];
  const earned = Array.from(problem.expectedReturns ?? []);
  const { budget = 1, lower = 0 } = problem as { budget?: number; lower?: number };
  const isRisk = objective.kind === 'target-risk';
  const limit = isRisk
    ? { coefficients: pull, upper: objective.most ** 2 - value + dot(slope, weights) }
    : { coefficients: earned, lower: objective.kind === 'target-return' ? objective.least : 0 };
  const linear = isRisk ? earned.map((each) => -each) : pull;
  const answer = await solveByHighs(
    programOf({
      hessian: earned.map(() => earned.map(() => 0)),
      linear,
      lower: earned.map(() => lower),
      rows: [{ coefficients: Array.from(even), lower: budget, upper: budget }, limit],
    }),
  );
  if (answer.status !== 7) throw new Error(`no bound: ${answer.status}`);
  return isRisk
    ? -answer.objective
    : Math.sqrt(Math.max(0, value + answer.objective - dot(slope, weights)));
}

describe.skipIf(!hasPublished('optimisation/pyportfolioopt/expected_values.json'))(
  'published portfolios of scenarios (CAIRN_DATA)',
  () => {
    test.each(Object.entries(CASES))('%s', async (name, each) => {
      const printed = printedOf(name);
      const expected = printed.slice(0, each.figures ?? printed.length);
      const { figures: ours } = await findFigures(each);
      expect(expected.length).toBeGreaterThan(0);
      const off = expected.map((value, at) => Math.abs(value - ours[at]!));
      // Six digits are printed at least.
      const room = expected.map((value) =>
        each.early === true ? 1e-4 * (1 + Math.abs(value)) : 1e-6,
      );
      expect(off.filter((difference, at) => difference > room[at]!)).toEqual([]);
    });

    test.each(Object.entries(CASES).filter(([, each]) => each.early === true))(
      '%s: the publisher stopped early, nobody betters ours by 1e-10',
      async (name, { objective, ...each }) => {
        if ('measure' in objective) throw new Error('a tail risk is exact');
        const found = await findFigures({ ...each, objective });
        const [earned = 0, risk = 0] = found.figures;
        const isRisk = objective.kind === 'target-risk';
        const bound = await boundOf(found, objective);
        expect(Math.abs((isRisk ? earned : risk) - bound)).toBeLessThan(1e-10);
        // The printed portfolio has more risk than the least, or than it was allowed.
        const [, printed = Number.NaN] = printedOf(name);
        expect(printed - halfUnit(String(printed))).toBeGreaterThan(isRisk ? objective.most : risk);
      },
    );
  },
);
