/** The portfolio that comes nearest to constraints which contradict each other. */
import { matrix, quadraticForm } from '../linear-algebra/matrix.ts';
import { assemble, programOver, weightsOf, type Assembled } from './assemble.ts';
import { perAsset, type AllocationProblem, type Constraint, type Objective } from './problem.ts';
import type { QuadraticProgram } from './quadratic/program.ts';
import { solveQuadratic } from './quadratic/solve.ts';

/** A constraint that the nearest portfolio does not keep, and by how much. */
export interface Violation {
  readonly constraint: Constraint;
  /** In the unit of the constraint's limit. */
  readonly by: number;
}

/** The nearest portfolio, and what it does not keep. */
export interface Nearest {
  readonly weights: Float64Array;
  readonly violations: readonly Violation[];
}

/**
 * Bounds hold, the budget holds if it can, the violations of the rows add up to the least
 * possible, and of all such portfolios this has the least variance. Rules for holdings are not
 * part of the search: what breaks them is told. Null when the bounds of one asset cross.
 */
export function findNearest(
  problem: AllocationProblem,
  objective: Objective,
  constraints: readonly Constraint[],
): Nearest | null {
  const weights = solveElastic(problem, objective, false) ?? solveElastic(problem, objective, true);
  if (weights === null) return null;
  return {
    weights,
    violations: constraints.flatMap((constraint) => {
      const by = excess(problem, constraint, weights);
      return by > 1e-9 ? [{ constraint, by }] : [];
    }),
  };
}

function solveElastic(
  problem: AllocationProblem,
  objective: Objective,
  softBudget: boolean,
): Float64Array | null {
  const returnLeast = objective.kind === 'target-return' ? { returnLeast: objective.least } : {};
  const assembled = assemble(problem, returnLeast);
  const { assets: n, variables: v } = assembled;
  const program = elasticProgram(assembled, softBudget);
  const first = solveQuadratic(program);
  if (first.status !== 'optimal') return null;
  program.rowUpper[assembled.rows.length] = first.objective + 1e-12;
  const hessian = matrix(program.hessian.rows, program.hessian.rows);
  for (let i = 0; i < n; i++) {
    hessian.data.set(problem.covariance.data.subarray(i * n, (i + 1) * n), i * hessian.cols);
  }
  const linear = new Float64Array(program.linear.length);
  linear.set(programOver(assembled, problem.covariance, new Float64Array(n), 0).linear);
  const second = solveQuadratic({ ...program, hessian, linear });
  const x = second.status === 'optimal' ? second.x : first.x;
  return weightsOf(assembled, x.slice(0, v)).weights;
}

/** Two variables more per soft row, its shortfall and its excess; one row more, their sum. */
function elasticProgram(assembled: Assembled, softBudget: boolean): QuadraticProgram {
  const soft = assembled.rows.flatMap((row, i) =>
    row.atLeast?.kind === 'budget' && !softBudget ? [] : [i],
  );
  const { assets: n, variables: v, rows: given, asset, sign } = assembled;
  const all = v + 2 * soft.length;
  const rows = matrix(given.length + 1, all);
  given.forEach((row, i) => rows.data.set(row.coefficients, i * all));
  soft.forEach((row, k) => {
    rows.data[row * all + v + 2 * k] = 1;
    rows.data[row * all + v + 2 * k + 1] = -1;
  });
  rows.data.fill(1, given.length * all + v);
  const extended = (values: Float64Array, fill: number) => {
    const out = new Float64Array(all).fill(fill);
    out.set(values);
    return out;
  };
  const size = n + 2 * soft.length;
  return {
    hessian: matrix(size, size),
    linear: extended(new Float64Array(v), 1),
    lower: extended(assembled.lower, 0),
    upper: extended(assembled.upper, Number.POSITIVE_INFINITY),
    rows,
    rowLower: Float64Array.from([...given.map((row) => row.least), 0]),
    rowUpper: Float64Array.from([...given.map((row) => row.most), Number.POSITIVE_INFINITY]),
    asset: Int32Array.from({ length: all }, (_, j) => (j < v ? (asset?.[j] ?? j) : n + j - v)),
    sign: Float64Array.from({ length: all }, (_, j) => (j < v ? (sign?.[j] ?? 1) : 1)),
  };
}

type Limited = Extract<Constraint, { limit: number }>;

/** How far weights are beyond a constraint, in its unit; 0 or less when it is kept. */
function excess(problem: AllocationProblem, constraint: Constraint, weights: Float64Array): number {
  if (constraint.kind === 'minimum') return belowMinimum(problem, weights);
  if (constraint.kind === 'step') return offLots(problem, weights);
  const limited = constraint as Limited;
  const value = valueOf(problem, limited, weights);
  const { kind, limit } = limited;
  if (kind === 'budget') return Math.abs(value - limit);
  return ['lower', 'least', 'return'].includes(kind) ? limit - value : value - limit;
}

function valueOf(problem: AllocationProblem, constraint: Limited, weights: Float64Array): number {
  const sum = (loadings: ArrayLike<number> | undefined) =>
    weights.reduce((total, weight, i) => total + weight * (loadings?.[i] ?? 0), 0);
  if ('asset' in constraint) return weights[problem.assets.indexOf(constraint.asset)]!;
  if ('name' in constraint) {
    return sum(problem.limits?.find(({ name }) => name === constraint.name)?.loadings);
  }
  if (constraint.kind === 'budget') return weights.reduce((total, each) => total + each, 0);
  if (constraint.kind === 'turnover') return turnoverOf(problem, weights);
  if (constraint.kind === 'return') return sum(problem.expectedReturns) - costOf(problem, weights);
  if (constraint.kind === 'count') return weights.filter((each) => Math.abs(each) > 1e-9).length;
  return Math.sqrt(Math.max(0, quadraticForm(problem.covariance, weights)));
}

function belowMinimum({ holdings }: AllocationProblem, weights: Float64Array): number {
  const minimum = perAsset(holdings?.minimum, weights.length, 0);
  return Math.max(0, ...weights.map((w, i) => (w > 1e-9 ? minimum[i]! - w : 0)));
}

function offLots({ holdings }: AllocationProblem, weights: Float64Array): number {
  const step = perAsset(holdings?.step, weights.length, 0);
  const off = (w: number, lot: number) => (lot > 0 ? Math.abs(w - lot * Math.round(w / lot)) : 0);
  return Math.max(...weights.map((w, i) => off(w, step[i]!)));
}

function turnoverOf({ trading }: AllocationProblem, weights: Float64Array): number {
  return weights.reduce((sum, w, i) => sum + Math.abs(w - (trading?.from[i] ?? w)), 0);
}

function costOf({ trading }: AllocationProblem, weights: Float64Array): number {
  const n = weights.length;
  const bought = perAsset(trading?.purchaseCost, n, 0);
  const sold = perAsset(trading?.redemptionCost, n, 0);
  return weights.reduce((sum, w, i) => {
    const change = w - (trading?.from[i] ?? w);
    return sum + (change > 0 ? change * bought[i]! : -change * sold[i]!);
  }, 0);
}
