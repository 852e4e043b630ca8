/**
 * Solves a convex quadratic program to its optimum, or says why there is none.
 *
 * A vertex from the simplex method, then active-set steps; when very many variables turn out to be
 * free, block steps try to guess the rest at once. `docs/decisions` holds what was measured against
 * HiGHS, whose answers the tests compare with.
 */
import {
  activityOf,
  runActiveSet,
  standAt,
  type Multipliers,
  type Standing,
} from './active-set.ts';
import { runBlockSteps } from './block-steps.ts';
import { isAllFinite } from '../../linear-algebra/matrix.ts';
import { objectiveAt, type QuadraticProgram, type QuadraticSolution } from './program.ts';
import { findVertex } from './vertex.ts';

/** Where a solution stood; the next program with the same bounds and rows may start there. */
export interface Start {
  readonly x: Float64Array;
  readonly free: readonly number[];
  readonly active: readonly number[];
}

export interface SolveOptions {
  /** Taken when it meets all bounds and rows of this program. */
  readonly start?: Start | undefined;
  /** Never guess many variables at once: the plain method, for comparison. */
  readonly oneByOne?: boolean;
}

/**
 * The optimum of the program. Where the Hessian is singular the optimal x may not be unique; the
 * objective is. Throws a RangeError when lengths do not fit or a number is NaN.
 */
export function solveQuadratic(
  program: QuadraticProgram,
  options: SolveOptions = {},
): QuadraticSolution {
  requireShapes(program);
  const crossed = crossedLimits(program);
  if (crossed !== null) return { status: 'infeasible', conflict: crossed };
  const { start } = options;
  if (start !== undefined && isFeasible(program, start.x)) {
    const standing = standAt(program, start.x, start.free, start.active);
    if (standing !== null) return finish(standing, options);
  }
  const vertex = findVertex(program);
  if (vertex === null) return { status: 'not-converged', iterations: 0 };
  if (!vertex.feasible) return { status: 'infeasible', conflict: vertex.conflict };
  const standing = standAt(program, vertex.x, vertex.free, vertex.active);
  if (standing === null) return { status: 'not-converged', iterations: 0 };
  return finish(standing, options);
}

function finish(standing: Standing, options: SolveOptions): QuadraticSolution {
  const { program, x, factor } = standing;
  const iterations = 20 * (x.length + program.rows.rows) + 200;
  const everything = Number.POSITIVE_INFINITY;
  const freeMax = options.oneByOne === true ? everything : Math.max(40, x.length / 8);
  let run = runActiveSet(standing, { iterations, freeMax });
  if (run.ended === 'crowded') {
    const block = runBlockSteps(standing, run.multipliers);
    if (block !== null) return optimum(standing, block, block.multipliers);
    run = runActiveSet(standing, { iterations, freeMax: everything });
  }
  if (run.ended === 'unbounded') return { status: 'unbounded' };
  if (run.ended !== 'optimal') return { status: 'not-converged', iterations: standing.iterations };
  const at = { x, free: [...factor.free], active: [...factor.active] };
  return optimum(standing, at, run.multipliers);
}

function optimum(
  { program, iterations }: Standing,
  at: Start,
  { rows, reduced }: Multipliers,
): QuadraticSolution {
  return {
    status: 'optimal',
    x: at.x,
    objective: objectiveAt(program, at.x),
    rowMultipliers: rows,
    reducedCosts: reduced,
    iterations,
    free: at.free,
    active: at.active,
  };
}

/** The first bound or row whose lower limit is above its upper one. */
function crossedLimits(
  program: QuadraticProgram,
): { rows: number[]; lower: number[]; upper: number[] } | null {
  const { lower, upper, rowLower, rowUpper } = program;
  const variable = lower.findIndex((least, j) => least > upper[j]!);
  if (variable >= 0) return { rows: [], lower: [variable], upper: [variable] };
  const row = rowLower.findIndex((least, i) => least > rowUpper[i]!);
  return row < 0 ? null : { rows: [row], lower: [], upper: [] };
}

const NEAR = 1e-11;

/** True when x meets all bounds and rows but for rounding. */
export function isFeasible(program: QuadraticProgram, x: Float64Array): boolean {
  const { lower, upper, rowLower, rowUpper } = program;
  return (
    x.length === lower.length &&
    x.every((value, j) => value >= lower[j]! - NEAR && value <= upper[j]! + NEAR) &&
    rowLower.every((least, i) => {
      const activity = activityOf(program, i, x);
      return activity >= least - NEAR && activity <= rowUpper[i]! + NEAR;
    })
  );
}

function requireShapes(program: QuadraticProgram): void {
  const { hessian, linear, lower, upper, rows, rowLower, rowUpper, asset, sign } = program;
  const size = linear.length;
  const fits =
    hessian.rows === hessian.cols &&
    (asset === undefined ? hessian.rows === size : asset.length === size) &&
    (sign === undefined) === (asset === undefined) &&
    (sign === undefined || sign.length === size) &&
    lower.length === size &&
    upper.length === size &&
    rows.cols === size &&
    rowLower.length === rows.rows &&
    rowUpper.length === rows.rows;
  if (!fits) throw new RangeError('the arrays of the quadratic program have different lengths');
  if (!isAllFinite(hessian.data) || !isAllFinite(linear)) {
    throw new RangeError('the objective of a quadratic program has finite numbers only');
  }
  if (!isAllFinite(rows.data)) throw new RangeError('a row holds a number that is not finite');
  const ranges = [lower, upper, rowLower, rowUpper];
  if (ranges.some((range) => range.some(Number.isNaN))) throw new RangeError('a bound is NaN');
}
