/*
 * Published portfolios by tail risk and downside of 20 stocks. Their solvers stop early: the
 * publisher compares at 1e-4. Where a figure is printed more exactly than it is true, `early` says
 * so: it must be within the publisher's own tolerance, and ours must not be riskier.
 */
import { describe, expect, test } from 'vitest';
import { fromRows } from '../linear-algebra/matrix.ts';
import { hasPublished } from '../testing.ts';
import {
  allocateDownside,
  allocateTail,
  type AllocationProblem,
  type DownsideObjective,
  type TailObjective,
} from './index.ts';
import {
  changesOf,
  firstOfEach,
  moments,
  publishedRows,
  stockPrices,
} from './published-stocks-fixture.ts';

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

async function figuresOf({ sampling = 'traded', change = {}, objective }: Case): Promise<number[]> {
  const { names, days, prices } = stockPrices();
  const isKnown = (row: number[]) => !row.some(Number.isNaN);
  const rows =
    sampling === 'all' || sampling === 'traded' ? prices : firstOfEach(sampling, days, prices);
  const periodsPerYear = PERIODS[sampling];
  const { returns, covariance } = moments(
    sampling === 'traded' ? rows.filter(isKnown) : rows,
    periodsPerYear,
  );
  const scenarios = fromRows(
    sampling === 'traded' ? changesOf(rows.filter(isKnown)) : changesOf(rows).filter(isKnown),
  );
  const problem = { assets: names, covariance, expectedReturns: returns, ...change };
  if ('measure' in objective) {
    const found = await allocateTail(problem, scenarios, objective);
    if (found.status !== 'optimal') throw new Error(found.en);
    return [found.expectedReturn.value ?? 0, found.tailRisk];
  }
  const found = allocateDownside(problem, { returns: scenarios, periodsPerYear }, objective);
  if (found.status !== 'optimal') throw new Error(found.en);
  const earned = found.expectedReturn.value ?? 0;
  const { downsideDeviation } = found;
  return [earned, downsideDeviation, (earned - 0.02) / downsideDeviation];
}

describe.skipIf(!hasPublished('optimisation/pyportfolioopt/expected_values.json'))(
  'published portfolios of scenarios (CAIRN_DATA)',
  () => {
    test.each(Object.entries(CASES))('%s', async (name, each) => {
      const [file, title] = name.split(' ');
      const row = publishedRows().find(
        (one) => one.test === `test_${title}` && one.test_file === `test_efficient_${file}.py`,
      );
      const printed = [row?.expected ?? []].flat();
      const expected = printed.slice(0, each.figures ?? printed.length);
      const ours = await figuresOf(each);
      expect(expected.length).toBeGreaterThan(0);
      const off = expected.map((value, at) => Math.abs(value - ours[at]!));
      // Six digits are printed at least.
      const room = expected.map((value) =>
        each.early === true ? 1e-4 * (1 + Math.abs(value)) : 1e-6,
      );
      expect(off.filter((difference, at) => difference > room[at]!)).toEqual([]);
      expect(each.early !== true || ours[1]! < printed[1]!).toBe(true);
    });
  },
);
