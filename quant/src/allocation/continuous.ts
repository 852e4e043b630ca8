/**
 * The portfolio that an objective seeks when every constraint is a straight line. Three of the
 * objectives are one quadratic program; the other three are found on the path
 *
 *   x(τ) = argmin V(x) + γ·Σx² − τ·N(x)
 *
 * from least risk (τ = 0) to most return. On it V and N never fall, and between two changes of the
 * active set x is linear in τ, so what is sought is a root of a quadratic polynomial there.
 * Sources: Markowitz, Portfolio Selection (1952); Sharpe ratio by its stationarity 2V = τN.
 */
import {
  diagonalOf,
  matrix,
  multiplySymmetric,
  quadraticForm,
  type Matrix,
} from '../linear-algebra/matrix.ts';
import {
  assemble,
  programOver,
  returnsOf,
  weightsOf,
  type AssembleOptions,
  type Assembled,
} from './assemble.ts';
import type { AllocationProblem, Objective } from './problem.ts';
import { solveQuadratic, type Start } from './quadratic/solve.ts';

/** Why an objective has no portfolio although the constraints have. */
export type Refusal = 'NO_EXCESS_RETURN' | 'UNBOUNDED' | 'NOT_CONVERGED';

export type Continuous =
  | {
      readonly status: 'optimal';
      readonly weights: Float64Array;
      readonly cost: number;
      /** What is minimised: the objective, or less it where most is sought. */
      readonly value: number;
    }
  | { readonly status: 'infeasible' }
  /** The straight constraints hold, but no portfolio has so little risk: this is the least. */
  | { readonly status: 'too-risky'; readonly weights: Float64Array }
  | { readonly status: 'refused'; readonly refusal: Refusal };

/** ½·wᵀCw + linear·w + constant, to which the cost is added. */
export interface Quadratic {
  readonly curvature: Matrix;
  readonly linear: Float64Array;
  readonly constant: number;
}

/** What an objective minimises, or null when it is not one quadratic. */
export function quadraticOf(problem: AllocationProblem, objective: Objective): Quadratic | null {
  const n = problem.assets.length;
  const ridge = problem.ridge ?? 0;
  const linear = new Float64Array(n);
  switch (objective.kind) {
    case 'min-variance':
    case 'target-return':
      return { curvature: curvatureOf(problem, 2, ridge), linear, constant: 0 };
    case 'utility':
      linear.set(returnsOf(problem).map((each) => -each));
      return {
        curvature: curvatureOf(problem, objective.riskAversion, ridge),
        linear,
        constant: 0,
      };
    case 'tracking': {
      const benchmark = Float64Array.from(objective.benchmark);
      if (benchmark.length !== n)
        throw new RangeError(`${n} assets meet ${benchmark.length} weights`);
      linear.set(multiplySymmetric(problem.covariance, benchmark).map((each) => -2 * each));
      const constant = quadraticForm(problem.covariance, benchmark);
      return { curvature: curvatureOf(problem, 2, ridge), linear, constant };
    }
    default:
      return null;
  }
}

/** scale·Σ + 2·ridge·I. */
function curvatureOf({ covariance }: AllocationProblem, scale: number, ridge: number): Matrix {
  const n = covariance.rows;
  const out = matrix(n, n);
  for (let at = 0; at < n * n; at++) out.data[at] = scale * covariance.data[at]!;
  for (let i = 0; i < n; i++) out.data[i * n + i] = out.data[i * n + i]! + 2 * ridge;
  return out;
}

/** What a quadratic comes to for these weights. */
export function valueOf(
  { curvature, linear, constant }: Quadratic,
  weights: Float64Array,
  cost: number,
): number {
  let value = constant + cost + 0.5 * quadraticForm(curvature, weights);
  for (let i = 0; i < weights.length; i++) value += linear[i]! * weights[i]!;
  return value;
}

/** Solves one objective; `options` tighten or loosen the problem's constraints. */
export function solveContinuous(
  problem: AllocationProblem,
  objective: Objective,
  options: AssembleOptions = {},
): Continuous {
  const quadratic = quadraticOf(problem, objective);
  if (quadratic === null) {
    const search = new Search(problem, objective, options);
    return objective.kind === 'target-risk'
      ? search.mostReturn(objective.most)
      : search.mostRatio();
  }
  const assembled = assemble(problem, { ...options, ...returnTarget(objective) });
  const { curvature, linear } = quadratic;
  const solved = solveQuadratic(programOver(assembled, curvature, linear, 1));
  if (solved.status !== 'optimal') return failure(solved.status);
  const { weights, cost } = weightsOf(assembled, solved.x);
  return { status: 'optimal', weights, cost, value: valueOf(quadratic, weights, cost) };
}

/** The row that an objective adds. */
export function returnTarget(objective: Objective): Pick<AssembleOptions, 'returnLeast'> {
  return objective.kind === 'target-return' ? { returnLeast: objective.least } : {};
}

function failure(status: 'infeasible' | 'unbounded' | 'not-converged'): Continuous {
  if (status === 'infeasible') return { status };
  const refusal = status === 'unbounded' ? 'UNBOUNDED' : 'NOT_CONVERGED';
  return { status: 'refused', refusal };
}

interface Point {
  readonly tau: number;
  readonly x: Float64Array;
  readonly weights: Float64Array;
  readonly cost: number;
  /** N: what the objective wants much of. */
  readonly gain: number;
  /** wᵀΣw, and the same with the ridge. */
  readonly variance: number;
  readonly curved: number;
  readonly start: Start;
}

/** The objectives that are found on the path. */
class Search {
  private readonly problem: AllocationProblem;
  private readonly assembled: Assembled;
  /** N = gains·w − cost − offset. */
  private readonly gains: Float64Array;
  private readonly offset: number;
  private readonly ridge: number;
  private readonly doubled: Matrix;

  constructor(problem: AllocationProblem, objective: Objective, options: AssembleOptions) {
    this.problem = problem;
    this.assembled = assemble(problem, options);
    this.ridge = problem.ridge ?? 0;
    this.gains =
      objective.kind === 'max-diversification'
        ? diagonalOf(problem.covariance).map(Math.sqrt)
        : returnsOf(problem);
    this.offset = objective.kind === 'max-sharpe' ? objective.riskFree : 0;
    this.doubled = curvatureOf(problem, 2, this.ridge);
  }

  /** x(τ), or how the solver failed. With `heavy` the ridge belongs to the return's side. */
  private at(tau: number, start?: Start, heavy = false): Point | Continuous {
    const curvature = heavy ? curvatureOf(this.problem, 2, this.ridge * tau) : this.doubled;
    const linear = this.gains.map((each) => -tau * each);
    const program = programOver(this.assembled, curvature, linear, tau);
    const solved = solveQuadratic(program, { start });
    if (solved.status !== 'optimal') return failure(solved.status);
    return this.pointAt(tau, solved.x, solved);
  }

  private pointAt(tau: number, x: Float64Array, start: Start): Point {
    const { weights, cost } = weightsOf(this.assembled, x);
    let [gain, squares] = [-cost - this.offset, 0];
    for (let i = 0; i < weights.length; i++) {
      gain += this.gains[i]! * weights[i]!;
      squares += weights[i]! * weights[i]!;
    }
    const variance = Math.max(0, quadraticForm(this.problem.covariance, weights));
    return {
      tau,
      x,
      weights,
      cost,
      gain,
      variance,
      curved: variance + this.ridge * squares,
      start,
    };
  }

  /** Most (N) with √V at most `most`. */
  mostReturn(most: number): Continuous {
    const target = most * most;
    const heavy = this.ridge > 0;
    const first = this.at(0, undefined, heavy);
    if (!('tau' in first)) return first;
    if (first.variance > target * (1 + 1e-12) + 1e-18) {
      return { status: 'too-risky', weights: first.weights };
    }
    const found = this.root((point) => point.variance - target, first, heavy);
    if (!('tau' in found)) return found;
    const { weights, cost } = found;
    const squares = weights.reduce((sum, each) => sum + each * each, 0);
    return { status: 'optimal', weights, cost, value: this.ridge * squares - found.gain };
  }

  /** Most N ÷ √(V + ridge): at it 2·(V + ridge) = τ·N. */
  mostRatio(): Continuous {
    const first = this.at(0);
    if (!('tau' in first)) return first;
    if (first.curved <= 1e-18 && first.gain > 0) {
      // Gain without risk: every ratio is exceeded.
      return { status: 'refused', refusal: 'UNBOUNDED' };
    }
    const found = this.root((point) => point.tau * point.gain - 2 * point.curved, first, false);
    if (!('tau' in found)) return found;
    if (!(found.gain > 1e-12)) return { status: 'refused', refusal: 'NO_EXCESS_RETURN' };
    const { weights, cost, gain, curved } = found;
    return { status: 'optimal', weights, cost, value: -gain / Math.sqrt(curved) };
  }

  /**
   * The point of the path at which f, negative at `first`, reaches zero; the end of the path when
   * it never does.
   */
  private root(f: (point: Point) => number, first: Point, heavy: boolean): Point | Continuous {
    let low = first;
    // Beyond τ of this size nothing but N counts.
    const scale = Math.max(1e-12, ...this.gains.map(Math.abs));
    const largest = Math.max(...diagonalOf(this.problem.covariance), this.ridge);
    const end = (1e9 * Math.max(largest, 1e-12)) / scale;
    let high: Point | undefined;
    for (let tau = end * 1e-11; high === undefined; tau *= 16) {
      const point = this.at(Math.min(tau, end), low.start, heavy);
      if (!('tau' in point)) return point;
      if (f(point) >= 0) high = point;
      else if (tau >= end) return point;
      else low = point;
    }
    for (let round = 0; round < 200; round++) {
      const middle = round % 3 === 2 || heavy ? bisect(low, high) : this.between(f, low, high);
      const point = this.at(middle, low.start, heavy);
      if (!('tau' in point)) return point;
      const value = f(point);
      const size = Math.abs(point.curved) + Math.abs(point.tau * point.gain);
      if (Math.abs(value) <= 1e-15 * size) return point;
      if (value >= 0) high = point;
      else low = point;
      if (high.tau - low.tau <= 4e-16 * high.tau) break;
    }
    return high;
  }

  /** Where f would be zero if x were linear in τ between the two points. */
  private between(f: (point: Point) => number, low: Point, high: Point): number {
    let [from, to] = [0, 1];
    const mix = (share: number): Point => {
      const x = low.x.map((each, j) => each + share * (high.x[j]! - each));
      return this.pointAt(low.tau + share * (high.tau - low.tau), x, low.start);
    };
    for (let halving = 0; halving < 60; halving++) {
      const share = (from + to) / 2;
      if (share === from || share === to) break;
      if (f(mix(share)) >= 0) to = share;
      else from = share;
    }
    const tau = low.tau + ((from + to) / 2) * (high.tau - low.tau);
    return tau > low.tau && tau < high.tau ? tau : bisect(low, high);
  }
}

/** Halfway, by ratio where both ends are positive: τ spans many powers of ten. */
function bisect(low: Point, high: Point): number {
  return low.tau > 0 ? Math.sqrt(low.tau * high.tau) : high.tau / 16;
}
