/**
 * The convex quadratic program behind every mean-variance portfolio:
 *
 *   minimise ½·xᵀPx + qᵀx   subject to   lower ≤ x ≤ upper,   rowLower ≤ A·x ≤ rowUpper
 *
 * A weight that costs money to change is two variables, bought and sold, so a variable may stand
 * for plus or minus an asset: variable j moves asset asset[j] by sign[j]. P then stays n × n.
 */
import { multiplySymmetric, type Matrix } from '../../linear-algebra/matrix.ts';

/** The program as arrays; nothing is changed by solving it. */
export interface QuadraticProgram {
  /** P, n × n, symmetric, positive semidefinite; in units of the objective per weight². */
  readonly hessian: Matrix;
  /** q, one per variable. */
  readonly linear: Float64Array;
  /** One per variable; ±Infinity where there is none. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** A, m × variables. */
  readonly rows: Matrix;
  /** One per row; equal numbers make an equation. */
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** Which asset each variable moves, and in which direction; one to one when absent. */
  readonly asset?: Int32Array;
  readonly sign?: Float64Array;
}

/** What the solver answers. */
export type QuadraticSolution =
  | {
      readonly status: 'optimal';
      /** One per variable. */
      readonly x: Float64Array;
      /** ½·xᵀPx + qᵀx. */
      readonly objective: number;
      /** Multiplier of each row: positive at its lower bound, negative at its upper one. */
      readonly rowMultipliers: Float64Array;
      /** P·x + q − Aᵀ·multipliers: positive at a lower bound, negative at an upper one. */
      readonly reducedCosts: Float64Array;
      readonly iterations: number;
      /** Variables between their bounds and rows at one: where a similar program may start. */
      readonly free: readonly number[];
      readonly active: readonly number[];
    }
  | {
      /** No x meets all bounds and rows: these rows, with the bounds named, contradict each other. */
      readonly status: 'infeasible';
      readonly conflict: {
        readonly rows: number[];
        readonly lower: number[];
        readonly upper: number[];
      };
    }
  | { readonly status: 'unbounded' }
  | { readonly status: 'not-converged'; readonly iterations: number };

/** P·x of the assets, then q + signᵀ·(P·x) per variable: the gradient at x. */
export function gradientAt(program: QuadraticProgram, x: Float64Array): Float64Array {
  const { hessian, linear, asset, sign } = program;
  const perAsset = multiplySymmetric(hessian, assetWeights(program, x));
  return linear.map((q, j) => q + (sign?.[j] ?? 1) * perAsset[asset?.[j] ?? j]!);
}

/** What the variables add up to, per asset. */
export function assetWeights(program: QuadraticProgram, x: Float64Array): Float64Array {
  const { hessian, asset, sign } = program;
  if (asset === undefined || sign === undefined) return x;
  const weights = new Float64Array(hessian.rows);
  for (let j = 0; j < x.length; j++) weights[asset[j]!] = weights[asset[j]!]! + sign[j]! * x[j]!;
  return weights;
}

/** ½·xᵀPx + qᵀx. */
export function objectiveAt(program: QuadraticProgram, x: Float64Array): number {
  const gradient = gradientAt(program, x);
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += (gradient[j]! + program.linear[j]!) * x[j]!;
  return sum / 2;
}

/** How far (x, multipliers) is from satisfying the conditions of optimality, each in its unit. */
export interface KktResidual {
  /** Largest violation of a bound or row. */
  readonly primal: number;
  /** Largest multiplier or reduced cost of the wrong sign, or at a bound that is not touched. */
  readonly dual: number;
}

/**
 * Checks optimality from the definition alone, sharing no code with the solver: for a convex
 * program a residual of zero proves the optimum (Karush, Kuhn, Tucker). `touch` is how near a
 * bound must be to count as touched.
 */
export function kktResidual(
  program: QuadraticProgram,
  x: Float64Array,
  rowMultipliers: Float64Array,
  touch = 1e-9,
): KktResidual {
  const { rows, lower, upper, rowLower, rowUpper } = program;
  const reduced = gradientAt(program, x);
  let [primal, dual] = [0, 0];
  const judge = (value: number, least: number, most: number, multiplier: number) => {
    primal = Math.max(primal, least - value, value - most);
    if (value > least + touch) dual = Math.max(dual, multiplier);
    if (value < most - touch) dual = Math.max(dual, -multiplier);
  };
  for (let i = 0; i < rows.rows; i++) {
    let activity = 0;
    for (let j = 0; j < rows.cols; j++) {
      const coefficient = rows.data[i * rows.cols + j]!;
      activity += coefficient * x[j]!;
      reduced[j] = reduced[j]! - coefficient * rowMultipliers[i]!;
    }
    judge(activity, rowLower[i]!, rowUpper[i]!, rowMultipliers[i]!);
  }
  x.forEach((value, j) => judge(value, lower[j]!, upper[j]!, reduced[j]!));
  return { primal, dual };
}
