/**
 * Portfolios by the part of their variance that is loss, from equally likely scenarios:
 *
 *   D(w) = (p ÷ T) · Σₜ max(0, h − rₜᵀw)²      p periods a year, h what a period has to earn
 *
 * The square is convex and its slope has no jump, and as long as the same periods fall short it is
 * one quadratic. So: take the quadratic of the periods that fall short now, go to its minimum under
 * the constraints (a program of n variables, not of n + T), or as far towards it as D falls, and
 * repeat. When the periods stay the same the point is the optimum. No more than a few rounds are
 * needed, and the answer is exact, where a covariance of losses ("semicovariance") only comes near.
 * Sources: Markowitz, Portfolio Selection (1959), ch. 9; Hiriart-Urruty, Strodiot and Nguyen,
 * Generalized Hessian matrix and second-order optimality conditions for problems with C1,1 data
 * (1984), for the method; Estrada, Mean-semivariance optimization: a heuristic approach (2008).
 */
import { dot, matrix, multiplySymmetric, rowOf, type Matrix } from '../linear-algebra/matrix.ts';
import { allocate, portfolioOf, type Allocation, type Portfolio } from './allocate.ts';
import {
  assemble,
  bindingOf,
  programOver,
  returnsOf,
  weightsOf,
  type Assembled,
} from './assemble.ts';
import { sentenceOf } from './conflict.ts';
import type { Refusal } from './continuous.ts';
import type { AllocationProblem, Constraint, Objective } from './problem.ts';
import { solveQuadratic } from './quadratic/solve.ts';
import { refuse } from './refusals.ts';

/** What happened, and what counts as a loss. */
export interface DownsideScenarios {
  /** T × n simple returns per period, every one known. */
  readonly returns: Matrix;
  /** h per period; what a period earns above it does not count. Default 0. */
  readonly threshold?: number;
  /** p: brings D to the period of the problem's expected returns. Default 252. */
  readonly periodsPerYear?: number;
}

/** As of `allocate`, with D in the place of V. */
export type DownsideObjective = Extract<
  Objective,
  { readonly kind: 'min-variance' | 'utility' | 'target-return' | 'target-risk' }
>;

export type DownsideAllocation =
  | (Portfolio & { /** √D, a year. */ readonly downsideDeviation: number })
  | Exclude<Allocation, Portfolio>;

/**
 * Finds the portfolio of an objective over the downside. Constraints, cost and ridge are the
 * problem's; its covariance serves the figures of the answer only; rules for holdings are refused.
 * A contradiction is answered as by `allocate`; one with the limit on √D names the constraints that
 * hold the least of it up, and the nearest portfolio has it.
 *
 * @throws RangeError for scenarios that do not fit, gaps in them, and rules for holdings.
 */
export function allocateDownside(
  problem: AllocationProblem,
  scenarios: DownsideScenarios,
  objective: DownsideObjective,
): DownsideAllocation {
  checkScenarios(problem, scenarios);
  const straight: Objective =
    objective.kind === 'target-return' ? objective : { kind: 'min-variance' };
  const plain = allocate(problem, straight);
  if (plain.status === 'infeasible') return plain;
  const search = new DownsideSearch(problem, scenarios, objective);
  const found =
    objective.kind === 'target-risk' ? search.mostReturn(objective.most) : search.minimise();
  if ('refusal' in found) return refuse(found.refusal);
  const { weights, cost } = found;
  const downsideDeviation = downsideDeviationOf(scenarios, weights);
  if (objective.kind === 'target-risk' && found.tooRisky) {
    const risk: Constraint = { kind: 'downside-risk', limit: objective.most };
    const conflict = [risk, ...found.binding];
    const violations = [{ constraint: risk, by: downsideDeviation - objective.most }];
    const nearest = { weights, violations };
    return { status: 'infeasible', conflict, nearest, ...sentenceOf(conflict) };
  }
  return { ...portfolioOf(problem, weights, cost, 0), downsideDeviation };
}

/** √D of given weights, a year. */
export function downsideDeviationOf(
  { returns, threshold = 0, periodsPerYear = 252 }: DownsideScenarios,
  weights: ArrayLike<number>,
): number {
  let sum = 0;
  for (let t = 0; t < returns.rows; t++) {
    sum += Math.max(0, threshold - dot(rowOf(returns, t), weights)) ** 2;
  }
  return Math.sqrt((sum / returns.rows) * periodsPerYear);
}

function checkScenarios(
  problem: AllocationProblem,
  { returns, threshold = 0, periodsPerYear = 252 }: DownsideScenarios,
): void {
  if (returns.cols !== problem.assets.length || returns.rows === 0) {
    throw new RangeError(`${problem.assets.length} assets meet scenarios of ${returns.cols}`);
  }
  if (!returns.data.every(Number.isFinite)) throw new RangeError('a scenario is not known');
  if (!Number.isFinite(threshold)) throw new RangeError(`threshold is ${threshold}`);
  if (!(periodsPerYear > 0)) throw new RangeError(`periodsPerYear is ${periodsPerYear}`);
  if (problem.holdings !== undefined) {
    throw new RangeError('the downside is not searched under rules for holdings');
  }
}

/** F = downside·D + ridge·Σw² − tau·μᵀw + paid·cost. */
interface Goal {
  readonly downside: number;
  readonly ridge: number;
  readonly tau: number;
  readonly paid: number;
}

interface Found {
  readonly x: Float64Array;
  readonly weights: Float64Array;
  readonly cost: number;
  readonly binding: Constraint[];
  readonly tooRisky: boolean;
}

interface Refused {
  readonly refusal: Refusal;
}

const ROUNDS_MAX = 200;

/** Two τ so near that the path between their portfolios is straight, to the square of this. */
const NEAR = 1e-8;

class DownsideSearch {
  private readonly problem: AllocationProblem;
  private readonly objective: DownsideObjective;
  private readonly returns: Matrix;
  private readonly threshold: number;
  /** p ÷ T. */
  private readonly share: number;
  private readonly gains: Float64Array;
  private readonly assembled: Assembled;

  constructor(
    problem: AllocationProblem,
    { returns, threshold = 0, periodsPerYear = 252 }: DownsideScenarios,
    objective: DownsideObjective,
  ) {
    this.problem = problem;
    this.objective = objective;
    this.returns = returns;
    this.threshold = threshold;
    this.share = periodsPerYear / returns.rows;
    const needsReturns = objective.kind === 'utility' || objective.kind === 'target-risk';
    this.gains = needsReturns ? returnsOf(problem) : new Float64Array(returns.cols);
    const options = objective.kind === 'target-return' ? { returnLeast: objective.least } : {};
    this.assembled = assemble(problem, options);
  }

  /** The objectives that are one F. */
  minimise(): Found | Refused {
    const { objective } = this;
    const ridge = this.problem.ridge ?? 0;
    const goal =
      objective.kind === 'utility'
        ? { downside: objective.riskAversion / 2, ridge, tau: 1, paid: 1 }
        : { downside: 1, ridge, tau: 0, paid: 1 };
    return this.least(goal);
  }

  /**
   * Most μᵀw − cost − ridge·Σw² with √D at most `most`: on the path of least D − τ·(that) D never
   * falls while τ grows, so the τ is found at which it reaches the limit.
   */
  mostReturn(most: number): Found | Refused {
    const target = most * most;
    const at = (tau: number, from?: Float64Array) =>
      this.least({ downside: 1, ridge: tau * (this.problem.ridge ?? 0), tau, paid: tau }, from);
    const first = at(0);
    if ('refusal' in first) return first;
    const over = ({ weights }: Found) => this.downsideAt(weights) - target;
    if (over(first) > 1e-12 * target + 1e-18) return { ...first, tooRisky: true };
    const scale = Math.max(1e-12, ...this.gains.map(Math.abs));
    const end = 1e6 / scale;
    let [low, from, high] = [first, 0, 0];
    let beyond = first;
    for (let tau = 1e-6 / scale; high === 0; tau *= 16) {
      const found = at(Math.min(tau, end), low.x);
      if ('refusal' in found) return found;
      if (over(found) >= 0) [beyond, high] = [found, Math.min(tau, end)];
      else if (tau >= end) return found;
      else [low, from] = [found, tau];
    }
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const middle = from > 0 ? Math.sqrt(from * high) : high / 16;
      const found = at(middle, low.x);
      if ('refusal' in found) return found;
      if (over(found) > 0) [beyond, high] = [found, middle];
      else [low, from] = [found, middle];
      if (high - from <= NEAR * high) break;
    }
    return this.upTo(target, low, beyond);
  }

  /**
   * The last point from one portfolio to another that obeys the limit. Between neighbours of the
   * path this is the path itself, as long as the same constraints bind and the same periods fall
   * short, so it reaches the limit more exactly than any τ.
   */
  private upTo(target: number, within: Found, beyond: Found): Found {
    const point = (part: number) => {
      const x = within.x.map((each, j) => each + part * (beyond.x[j]! - each));
      return { ...within, x, ...weightsOf(this.assembled, x) };
    };
    let [low, high] = [0, 1];
    for (let halving = 0; halving < 60; halving++) {
      const middle = (low + high) / 2;
      if (this.downsideAt(point(middle).weights) <= target) low = middle;
      else high = middle;
    }
    return point(low);
  }

  private downsideAt(weights: Float64Array): number {
    let sum = 0;
    for (const short of this.shortfalls(weights)) sum += Math.max(0, short) ** 2;
    return this.share * sum;
  }

  /** h − rₜᵀw of every period. */
  private shortfalls(weights: Float64Array): Float64Array {
    return Float64Array.from(
      { length: this.returns.rows },
      (_, t) => this.threshold - dot(rowOf(this.returns, t), weights),
    );
  }

  /** The least F, from a point that obeys the constraints or from where every period counts. */
  private least(goal: Goal, from?: Float64Array): Found | Refused {
    let x = from;
    let before = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const short =
        x === undefined
          ? new Float64Array(this.returns.rows).fill(1)
          : this.shortfalls(weightsOf(this.assembled, x).weights);
      const solved = this.nearestQuadratic(goal, short, x);
      if ('refusal' in solved) return solved;
      const next = solved.x;
      const length = x === undefined ? 1 : this.howFar(goal, x, next);
      const start = x;
      x =
        start === undefined ? next : next.map((each, j) => start[j]! + length * (each - start[j]!));
      const { weights, cost } = weightsOf(this.assembled, x);
      const value = this.valueAt(goal, weights, cost);
      const now = this.shortfalls(weights);
      const same = length === 1 && now.every((each, t) => each > 0 === short[t]! > 0);
      if (same || !(value < before - 1e-15 * Math.abs(before))) {
        if (start !== undefined) {
          return { x, weights, cost, binding: solved.binding, tooRisky: false };
        }
      }
      before = value;
    }
    return { refusal: 'NOT_CONVERGED' };
  }

  private valueAt({ downside, ridge, tau, paid }: Goal, weights: Float64Array, cost: number) {
    const rest = ridge * dot(weights, weights) - tau * dot(this.gains, weights) + paid * cost;
    return downside * this.downsideAt(weights) + rest;
  }

  /** The minimum of the quadratic of the periods that fall short. */
  private nearestQuadratic(
    goal: Goal,
    short: Float64Array,
    x: Float64Array | undefined,
  ): { x: Float64Array; binding: Constraint[] } | Refused {
    const { returns, threshold, gains } = this;
    const hessian = this.curvature(goal, short);
    const pull = 2 * goal.downside * this.share * threshold;
    const linear = gains.map((gain) => -goal.tau * gain);
    for (let t = 0; t < short.length; t++) {
      if (!(short[t]! > 0) || pull === 0) continue;
      const row = rowOf(returns, t);
      for (let i = 0; i < row.length; i++) linear[i] = linear[i]! - pull * row[i]!;
    }
    let solved = solveQuadratic(programOver(this.assembled, hessian, linear, goal.paid));
    if (solved.status === 'unbounded' && x !== undefined) {
      // Too few periods fall short to hold it: with the curvature of all of them F is still above
      // none of its values, and touches it here.
      const all = this.curvature(goal, new Float64Array(short.length).fill(1));
      const { weights } = weightsOf(this.assembled, x);
      const slope = multiplySymmetric(hessian, weights);
      const held = multiplySymmetric(all, weights);
      const moved = linear.map((each, i) => each + slope[i]! - held[i]!);
      solved = solveQuadratic(programOver(this.assembled, all, moved, goal.paid));
    }
    if (solved.status === 'unbounded') return { refusal: 'UNBOUNDED' };
    if (solved.status !== 'optimal') return { refusal: 'NOT_CONVERGED' };
    const { reducedCosts, rowMultipliers } = solved;
    return { x: solved.x, binding: bindingOf(this.assembled, reducedCosts, rowMultipliers) };
  }

  /** 2·(downside·p/T·Σ r·rᵀ over these periods + ridge·I). */
  private curvature({ downside, ridge }: Goal, short: Float64Array): Matrix {
    const n = this.returns.cols;
    const { data } = this.returns;
    const out = matrix(n, n);
    for (let t = 0; t < short.length; t++) {
      if (!(short[t]! > 0)) continue;
      const at = t * n;
      for (let i = 0; i < n; i++) {
        const own = data[at + i]!;
        for (let j = 0; j <= i; j++) out.data[i * n + j]! += own * data[at + j]!;
      }
    }
    const scale = 2 * downside * this.share;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const value = scale * out.data[i * n + j]! + (i === j ? 2 * ridge : 0);
        out.data[i * n + j] = value;
        out.data[j * n + i] = value;
      }
    }
    return out;
  }

  /** How far from x to `to` F falls, as a part of the way. */
  private howFar(goal: Goal, x: Float64Array, to: Float64Array): number {
    const start = weightsOf(this.assembled, x);
    const end = weightsOf(this.assembled, to);
    const way = end.weights.map((each, i) => each - start.weights[i]!);
    const short = this.shortfalls(start.weights);
    const rate = short.map((_, t) => -dot(rowOf(this.returns, t), way));
    const fixed = goal.paid * (end.cost - start.cost) - goal.tau * dot(this.gains, way);
    const [along, squares] = [dot(start.weights, way), dot(way, way)];
    const slope = (part: number) => {
      let sum = 0;
      for (let t = 0; t < short.length; t++) {
        const now = short[t]! + part * rate[t]!;
        if (now > 0) sum += now * rate[t]!;
      }
      const bent = 2 * goal.ridge * (along + part * squares);
      return 2 * goal.downside * this.share * sum + bent + fixed;
    };
    if (slope(1) <= 1e-13 * Math.abs(slope(0))) return 1;
    let [low, high] = [0, 1];
    for (let halving = 0; halving < 60; halving++) {
      const middle = (low + high) / 2;
      if (slope(middle) <= 0) low = middle;
      else high = middle;
    }
    return low;
  }
}
