/* More published portfolios, and the account of all published rows: passed, or left out and why. */
import { describe, expect, test } from 'vitest';
import { fromRows, matrix, quadraticForm, type Matrix } from '../linear-algebra/matrix.ts';
import { logReturns } from '../series/index.ts';
import { hasPublished } from '../testing.ts';
import { shrunkCovariance } from './covariance.ts';
import { allocate, type AllocationProblem, type Objective } from './index.ts';
import {
  changesOf,
  firstOfEach,
  moments,
  publishedRows,
  stockPrices,
} from './published-stocks-fixture.ts';
import leftOut from './published-left-out.json' with { type: 'json' };

/** As the publisher weighs the past: products of deviations, span 180, pairs where both are known. */
function recentCovariance(changes: number[][]): Matrix {
  const n = changes[0]!.length;
  const known = (i: number) => changes.map((row) => row[i]!).filter((each) => !Number.isNaN(each));
  const means = Array.from({ length: n }, (_, i) => {
    const values = known(i);
    return values.reduce((sum, each) => sum + each, 0) / values.length;
  });
  const out = matrix(n, n);
  for (let at = 0; at < n * n; at++) {
    const [i, j] = [Math.floor(at / n), at % n];
    let [sum, total] = [0, 0];
    changes.forEach((row, t) => {
      const product = (row[i]! - means[i]!) * (row[j]! - means[j]!);
      const weight = Number.isNaN(product) ? 0 : (1 - 2 / 181) ** (changes.length - 1 - t);
      sum += weight === 0 ? 0 : weight * product;
      total += weight;
    });
    out.data[at] = (sum / total) * 252;
  }
  return out;
}

function shrunkYearly(changes: number[][]): Matrix {
  const filled = changes.map((row) => row.map((each) => (Number.isNaN(each) ? 0 : each)));
  const { value } = shrunkCovariance(fromRows(filled), 'singleFactor');
  if (value === null) throw new Error('no shrunk covariance');
  const { rows, cols, data } = value.covariance;
  return matrix(
    rows,
    cols,
    data.map((each) => each * 252),
  );
}

/**
 * As the publisher shrinks towards one correlation: the covariance of pairs that are both known,
 * with the intensity of returns that have zeros for gaps. Ours (`shrunkCovariance`) has no gaps.
 */
function shrunkPairwise(changes: number[][], yearly: Matrix): Matrix {
  const n = yearly.rows;
  const s = Float64Array.from(yearly.data, (each) => each / 252);
  const filled = changes.map((row) => row.map((each) => (Number.isNaN(each) ? 0 : each)));
  const means = filled[0]!.map(
    (_, i) => filled.reduce((sum, row) => sum + row[i]!, 0) / filled.length,
  );
  const x = filled.map((row) => row.map((each, i) => each - means[i]!));
  const moment = (i: number, j: number, a: number, b: number) =>
    x.reduce((sum, row) => sum + row[i]! ** a * row[j]! ** b, 0) / x.length;
  const deviation = (i: number) => Math.sqrt(s[i * n + i]!);
  let together = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) together += s[i * n + j]! / (deviation(i) * deviation(j));
  }
  const mean = (together - n) / (n * (n - 1));
  const target = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return (i === j ? 1 : mean) * deviation(i) * deviation(j);
  });
  const variances = means.map((_, i) => moment(i, i, 1, 1));
  let [noise, shared, distance] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const own = s[i * n + j]!;
      const plain = moment(i, j, 1, 1);
      const pi = moment(i, j, 2, 2) - 2 * plain * own + own * own;
      noise += pi;
      distance += (own - target[i * n + j]!) ** 2;
      if (i === j) {
        shared += pi;
        continue;
      }
      const variance = s[i * n + i]!;
      const theta = moment(i, j, 3, 1) - variances[i]! * own - plain * variance + variance * own;
      shared += mean * (deviation(j) / deviation(i)) * theta;
    }
  }
  const share = Math.max(0, Math.min(1, (noise - shared) / distance / x.length));
  return matrix(
    n,
    n,
    s.map((each, at) => (share * target[at]! + (1 - share) * each) * 252),
  );
}

type Source = 'sample' | 'recent' | 'shrunk' | 'pairwise';
const TANGENT = { kind: 'max-sharpe', riskFree: 0 } as const;
const CASES: [string, string, Source, Partial<AllocationProblem>, Objective][] = [
  ['cla', 'test_cla_max_sharpe_long_only', 'sample', {}, TANGENT],
  ['cla', 'test_cla_max_sharpe_short', 'sample', { lower: -1 }, TANGENT],
  ['cla', 'test_cla_max_sharpe_exp_cov', 'recent', {}, TANGENT],
  [
    'cla',
    'test_cla_min_volatility_exp_cov_short',
    'recent',
    { lower: -1 },
    { kind: 'min-variance' },
  ],
  [
    'efficient_frontier',
    'test_max_sharpe_exp_cov',
    'recent',
    {},
    { kind: 'max-sharpe', riskFree: 0.02 },
  ],
  [
    'efficient_frontier',
    'test_efficient_return_shrunk',
    'shrunk',
    {},
    { kind: 'target-return', least: 0.22 },
  ],
  [
    'efficient_frontier',
    'test_min_volatility_shrunk_L2_reg',
    'pairwise',
    { ridge: 1 },
    { kind: 'min-variance' },
  ],
];

describe.skipIf(!hasPublished('optimisation/pyportfolioopt/expected_values.json'))(
  'published rows (CAIRN_DATA)',
  () => {
    const rowOf = (file: string, name: string): number[] => {
      const row = publishedRows().find(
        (each) => each.test === name && each.test_file === `test_${file}.py`,
      );
      return [row?.expected ?? []].flat();
    };
    const solve = (problem: AllocationProblem, objective: Objective) => {
      const answer = allocate(problem, objective);
      if (answer.status !== 'optimal') throw new Error(answer.en);
      const earned = answer.expectedReturn.value ?? 0;
      return {
        ...answer,
        figures: [earned, answer.volatility, (earned - 0.02) / answer.volatility],
      };
    };
    const isNear = (ours: number[], theirs: number[]) =>
      theirs.length > 0 && theirs.every((each, at) => Math.abs(each - ours[at]!) < 1e-7);

    test.each(CASES)('%s %s', (file, name, source, change, objective) => {
      const { names, prices } = stockPrices();
      const { returns, covariance } = moments(prices);
      const changes = changesOf(prices);
      const by = {
        sample: () => covariance,
        recent: () => recentCovariance(changes),
        shrunk: () => shrunkYearly(changes),
        pairwise: () => shrunkPairwise(changes, covariance),
      }[source]();
      const problem = { assets: names, covariance: by, expectedReturns: returns, ...change };
      expect(isNear(solve(problem, objective).figures, rowOf(file, name))).toBe(true);
    });

    test('efficient_frontier test_max_sharpe_explicit_bound, objective_functions test_volatility', () => {
      const { names, prices } = stockPrices();
      const { returns, covariance } = moments(prices);
      const pair = {
        name: 'pair',
        loadings: names.map((_, i) => (i === 3 || i === 4 ? 1 : 0)),
        most: 0.1,
      };
      const lower = names.map((_, i) => [0.2, 0, 0.15][i] ?? 0);
      const upper = names.map((_, i) => (i === 2 ? 0.15 : 1));
      const problem = {
        assets: names,
        covariance,
        expectedReturns: returns,
        lower,
        upper,
        limits: [pair],
      };
      const { weights } = solve(problem, { kind: 'max-sharpe', riskFree: 0.02 });
      const bound = rowOf('efficient_frontier', 'test_max_sharpe_explicit_bound');
      expect(isNear([weights[2]!], bound)).toBe(true);
      const even = quadraticForm(covariance, new Float64Array(20).fill(1 / 20));
      expect(isNear([even], rowOf('objective_functions', 'test_volatility'))).toBe(true);
    });

    test('efficient_frontier test_efficient_return_longshort_target', () => {
      const variances = [0.2, 0.2, 0.4, 0.3, 0.1, 0.5, 0.2, 0.3, 0.1];
      const problem = {
        assets: variances.map((_, i) => `${i}`),
        covariance: fromRows(
          variances.map((own, i) => variances.map((_, j) => (i === j ? own : 0))),
        ),
        expectedReturns: [-0.15, -0.12, -0.1, -0.05, -0.01, 0.02, 0.03, 0.04, 0.05],
        lower: -1,
        budget: 0,
      };
      const { figures } = solve(problem, { kind: 'target-return', least: 0.08 });
      const row = rowOf('efficient_frontier', 'test_efficient_return_longshort_target');
      expect(isNear(figures, row)).toBe(true);
    });

    test('efficient_frontier test_ef_example_weekly, expected_returns, objective_functions', () => {
      const { names, days, prices } = stockPrices();
      const weekly = moments(firstOfEach('week', days, prices), 52);
      const problem = {
        assets: names,
        covariance: weekly.covariance,
        expectedReturns: weekly.returns,
      };
      const { figures } = solve(problem, { kind: 'target-return', least: 0.2 });
      const mean = rowOf('efficient_frontier', 'test_ef_example_weekly');
      expect(isNear(figures, mean)).toBe(true);

      const last = prices.slice(-2).map((row) => row.at(-1)!);
      const log = Array.from(logReturns(last).value ?? []);
      expect(isNear(log, rowOf('expected_returns', 'test_log_returns_from_prices'))).toBe(true);

      const dummy = fromRows([
        [0.5, 0, 0],
        [0, 0.8, 0],
        [0, 0, 0.9],
      ]);
      const variance = quadraticForm(dummy, [0.4, 0.4, 0.2]);
      const published = rowOf('objective_functions', 'test_volatility_dummy');
      expect(isNear([variance], published)).toBe(true);
    });

    test('every row is passed by a test of this folder, or left out with its reason', () => {
      const whole = leftOut.filter((row) => !('figure' in row));
      const left = new Set(whole.map(({ file, test: name }) => `${file} ${name}`));
      const all = publishedRows().map((row) => `${row.test_file.slice(5, -3)} ${row.test}`);
      expect(all).toHaveLength(58);
      expect([...left].filter((each) => !all.includes(each))).toEqual([]);
      expect(all.filter((each) => !left.has(each)).toSorted()).toEqual(PASSED.toSorted());
      expect(leftOut.every(({ why }) => why.length > 10)).toBe(true);
    });
  },
);

const passedBy = (file: string, names: string) =>
  names.split(' ').map((name) => `${file} test_${name}`);
/** The rows that the tests of this folder compare. */
const PASSED = [
  ...CASES.map(([file, name]) => `${file} ${name}`),
  ...passedBy('efficient_frontier', 'max_sharpe_explicit_bound efficient_return_longshort_target'),
  ...passedBy(
    'efficient_frontier',
    'min_volatility min_volatility_no_rets min_volatility_tx_costs_L2_reg max_sharpe_long_only ' +
      'max_sharpe_L2_reg_with_shorts max_quadratic_utility max_quadratic_utility_with_shorts ' +
      'efficient_risk efficient_risk_short efficient_risk_L2_reg efficient_return_L2_reg ' +
      'efficient_return_market_neutral',
  ),
  ...passedBy('efficient_frontier', 'ef_example_weekly'),
  ...passedBy(
    'efficient_cvar',
    'cvar_example cvar_example_monthly efficient_return efficient_return_short ' +
      'cvar_example_short min_cvar_L2_reg efficient_risk_L2_reg',
  ),
  ...passedBy(
    'efficient_cdar',
    'cdar_example es_return_sample cdar_example_weekly efficient_risk ' +
      'efficient_risk_market_neutral efficient_return_short min_cdar_L2_reg',
  ),
  ...passedBy(
    'efficient_semivariance',
    'es_example es_return_sample es_example_weekly min_semivariance_L2_reg ' +
      'max_quadratic_utility max_quadratic_utility_with_shorts efficient_risk ' +
      'efficient_risk_market_neutral efficient_risk_L2_reg efficient_return_L2_reg ' +
      'efficient_semivariance_vs_heuristic',
  ),
  ...passedBy('hrp', 'cluster_var'),
  ...passedBy(
    'black_litterman',
    'market_implied_prior market_risk_aversion bl_equal_prior bl_returns_all_views ' +
      'idzorek_with_priors',
  ),
  ...passedBy('objective_functions', 'volatility volatility_dummy'),
  ...passedBy('expected_returns', 'log_returns_from_prices'),
];
