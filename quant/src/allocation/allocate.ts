/** The front door of optimisation: one portfolio per objective, or every reason why there is none. */
import { multiplySymmetric, quadraticForm } from '../linear-algebra/matrix.ts';
import { absent, figure, type Figure } from '../figure.ts';
import { explain, type Explanation } from './conflict.ts';
import { solveContinuous } from './continuous.ts';
import { searchHoldings } from './holdings.ts';
import { perAsset, type AllocationProblem, type Objective } from './problem.ts';
import { refuse, type Refused } from './refusals.ts';

/** A portfolio and its figures, in the period of the problem's moments. */
export interface Portfolio {
  readonly status: 'optimal';
  /** One per asset; they sum to the budget. */
  readonly weights: Float64Array;
  /** μᵀw before cost; absent without expected returns. */
  readonly expectedReturn: Figure;
  /** √(wᵀΣw). */
  readonly volatility: number;
  /** What moving there costs, as a part of the portfolio. */
  readonly cost: number;
  /** Σ|w − from|; 0 without `trading`. */
  readonly turnover: number;
  /** wᵢ·(Σw)ᵢ ÷ wᵀΣw: the part of the risk that each asset brings; zeros without risk. */
  readonly riskContributions: Float64Array;
  /**
   * How far the value may be from the best one, as a part of it: 0 without `holdings`, else what
   * the search has proven.
   */
  readonly gap: number;
}

export type Allocation = Portfolio | ({ readonly status: 'infeasible' } & Explanation) | Refused;

/**
 * Finds the portfolio of an objective under all constraints of the problem. A contradiction is
 * answered with the constraints that cause it and the nearest portfolio. Throws a RangeError for
 * arrays that do not fit, numbers that are none, and objectives without the moments they need.
 */
export function allocate(problem: AllocationProblem, objective: Objective): Allocation {
  checkProblem(problem);
  const rules = problem.holdings;
  const solved =
    rules === undefined
      ? { found: solveContinuous(problem, objective), gap: 0 }
      : searchHoldings(problem, objective, rules);
  const { found, gap } = solved;
  if (found.status === 'optimal') return portfolioOf(problem, found.weights, found.cost, gap);
  if (found.status === 'refused') return refuse(found.refusal);
  return { status: 'infeasible', ...explain(problem, objective) };
}

/** One portfolio per objective, over the same assets and constraints. */
export function allocateAll(
  problem: AllocationProblem,
  objectives: readonly Objective[],
): Allocation[] {
  return objectives.map((objective) => allocate(problem, objective));
}

/**
 * The efficient frontier: `points` portfolios of least variance, evenly spaced in expected return
 * from that of the least variance to the most that the constraints allow, both included. What
 * is minimised, variance with cost and ridge, never falls along it. A contradiction is answered as by `allocate`.
 */
export function efficientFrontier(
  problem: AllocationProblem,
  points: number,
): Portfolio[] | Exclude<Allocation, Portfolio> {
  const least = allocate(problem, { kind: 'min-variance' });
  if (least.status !== 'optimal') return least;
  const most = allocate(problem, { kind: 'target-risk', most: 1e6 });
  if (most.status !== 'optimal') return most;
  const net = ({ expectedReturn, cost }: Portfolio) => (expectedReturn.value ?? 0) - cost;
  const [from, to] = [net(least), net(most)];
  const frontier: Portfolio[] = [];
  for (let at = 0; at < points; at++) {
    const share = points === 1 ? 0 : at / (points - 1);
    // The last target is lowered by less than any printed digit, so that rounding cannot lose it.
    const target = from + share * (to - from) - 1e-13 * Math.abs(to);
    const found = allocate(problem, { kind: 'target-return', least: target });
    if (found.status !== 'optimal') return found;
    frontier.push(found);
  }
  return frontier;
}

/** The figures of any weights under the problem's moments. */
export function portfolioOf(
  problem: AllocationProblem,
  weights: Float64Array,
  cost: number,
  gap: number,
): Portfolio {
  const n = weights.length;
  const variance = Math.max(0, quadraticForm(problem.covariance, weights));
  const marginal = multiplySymmetric(problem.covariance, weights);
  const from = problem.trading === undefined ? weights : perAsset(problem.trading.from, n, 0);
  let [earned, turnover] = [0, 0];
  for (let i = 0; i < n; i++) {
    earned += weights[i]! * (problem.expectedReturns?.[i] ?? 0);
    turnover += Math.abs(weights[i]! - from[i]!);
  }
  return {
    status: 'optimal',
    weights,
    expectedReturn: problem.expectedReturns === undefined ? absent('NOT_FINITE') : figure(earned),
    volatility: Math.sqrt(variance),
    cost,
    turnover,
    riskContributions: weights.map((w, i) => (variance > 0 ? (w * marginal[i]!) / variance : 0)),
    gap,
  };
}

function checkProblem({ assets, covariance, expectedReturns }: AllocationProblem): void {
  const n = assets.length;
  if (n === 0) throw new RangeError('a portfolio needs an asset');
  if (covariance.rows !== n || covariance.cols !== n) {
    throw new RangeError(
      `${n} assets meet a covariance of ${covariance.rows} × ${covariance.cols}`,
    );
  }
  const { data } = covariance;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const own = data[i * n + i]!;
    if (!(own >= 0)) throw new RangeError(`${assets[i]} has no variance`);
    largest = Math.max(largest, own);
  }
  // Block by block, so that the column that is compared with a row stays in the cache.
  for (let block = 0; block < n; block += 8) {
    for (let j = 0; j < n; j++) {
      for (let i = Math.max(block, j + 1); i < Math.min(block + 8, n); i++) {
        if (Math.abs(data[i * n + j]! - data[j * n + i]!) <= 1e-9 * largest) continue;
        throw new RangeError(`the covariance of ${assets[i]} and ${assets[j]} is not symmetric`);
      }
    }
  }
  if (new Set(assets).size !== n) throw new RangeError('two assets have one name');
  if (expectedReturns !== undefined && expectedReturns.length !== n) {
    throw new RangeError(`${n} assets meet ${expectedReturns.length} expected returns`);
  }
}
