/**
 * Tail risk with a ridge. The linear program of tail risk becomes quadratic with a row for every
 * period, which is more than a quadratic solver takes kindly. But both measures are the largest of
 * finitely many sums c·w: a choice of bad periods, and for drawdowns of the peaks before them. So
 * the largest sum at the point of the moment becomes a row ("cut") of a small program, and its
 * optimum is the next point, until no sum is larger than the program already knows.
 *
 * Every program relaxes the problem, so the difference that is left bounds the error of the answer.
 * Source: Kelley, The cutting-plane method for solving convex programs (1960); for the gradient of
 * CVaR Rockafellar and Uryasev (2000).
 */
import { dot, matrix, rowOf, type Matrix } from '../linear-algebra/matrix.ts';
import { returnsOf, weightsOf, type Assembled } from './assemble.ts';
import type { AllocationProblem } from './problem.ts';
import type { QuadraticProgram } from './quadratic/program.ts';
import { solveQuadratic } from './quadratic/solve.ts';
import { tailOf, type TailObjective } from './tail-measure.ts';

export type CutSolution =
  | {
      readonly status: 'optimal';
      readonly weights: Float64Array;
      readonly cost: number;
      /** Of the rows of the assembled problem, and of its variables. */
      readonly rowMultipliers: Float64Array;
      readonly reducedCosts: Float64Array;
    }
  | { readonly status: 'infeasible' | 'not-converged' };

const ROUNDS_MAX = 500;

/** The answer's risk is this near to what the cuts prove, per unit of weight. */
const GAP = 1e-10;

/**
 * The risk has no curvature of its own. Counted in this unit its part of the solver's factor is of
 * the size of the others, which would else lose their digits beside it.
 */
const UNIT = 1e-5;

/** Least risk + ridge·Σw² + cost, or with `riskMost` most μᵀw − cost − ridge·Σw². */
export function solveByCuts(
  problem: AllocationProblem,
  scenarios: Matrix,
  objective: TailObjective,
  assembled: Assembled,
): CutSolution {
  const cuts: Float64Array[] = [];
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const solved = solveQuadratic(programWith(cuts, problem, objective, assembled));
    if (solved.status === 'infeasible') return { status: 'infeasible' };
    if (solved.status !== 'optimal') return { status: 'not-converged' };
    const { variables: v, rows } = assembled;
    const { weights, cost } = weightsOf(assembled, solved.x.slice(0, v));
    const { risk, gradient } = tailOf(scenarios, weights, objective);
    const known =
      objective.riskMost ?? (cuts.length === 0 ? Number.NEGATIVE_INFINITY : UNIT * solved.x[v]!);
    if (risk <= known + GAP) {
      const rowMultipliers = solved.rowMultipliers.slice(0, rows.length);
      return {
        status: 'optimal',
        weights,
        cost,
        rowMultipliers,
        reducedCosts: solved.reducedCosts,
      };
    }
    cuts.push(gradient);
  }
  return { status: 'not-converged' };
}

/** Variables: those of the problem and, where risk is minimised, the risk that the cuts know. */
function programWith(
  cuts: readonly Float64Array[],
  problem: AllocationProblem,
  { riskMost }: TailObjective,
  assembled: Assembled,
): QuadraticProgram {
  const { variables: v, asset, sign, base, cost, rows } = assembled;
  const n = base.length;
  const hasRisk = riskMost === undefined && cuts.length > 0;
  const [size, width] = hasRisk ? [n + 1, v + 1] : [n, v];
  const ridge = problem.ridge ?? 0;
  const gains = riskMost === undefined ? new Float64Array(n) : returnsOf(problem);
  const hessian = matrix(size, size);
  for (let i = 0; i < n; i++) hessian.data[i * size + i] = 2 * ridge;
  const places = Int32Array.from({ length: width }, (_, j) => (j === v ? n : (asset?.[j] ?? j)));
  const signs = Float64Array.from({ length: width }, (_, j) => (j === v ? 1 : (sign?.[j] ?? 1)));
  const linear = Float64Array.from({ length: width }, (_, j) => {
    if (j === v) return UNIT;
    const at = places[j]!;
    return signs[j]! * (2 * ridge * base[at]! - gains[at]!) + cost[j]!;
  });
  const all = matrix(rows.length + cuts.length, width);
  const rowLower = new Float64Array(all.rows).fill(Number.NEGATIVE_INFINITY);
  const rowUpper = new Float64Array(all.rows).fill(Number.POSITIVE_INFINITY);
  rows.forEach((row, i) => {
    all.data.set(row.coefficients, i * width);
    rowLower[i] = row.least;
    rowUpper[i] = row.most;
  });
  cuts.forEach((cut, k) => {
    const i = rows.length + k;
    const row = rowOf(all, i);
    for (let j = 0; j < v; j++) row[j] = signs[j]! * cut[places[j]!]!;
    if (hasRisk) row[v] = -UNIT;
    rowUpper[i] = (riskMost ?? 0) - dot(cut, base);
  });
  const lower = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
  lower.set(assembled.lower);
  const upper = new Float64Array(width).fill(Number.POSITIVE_INFINITY);
  upper.set(assembled.upper);
  return {
    hessian,
    linear,
    lower,
    upper,
    rows: all,
    rowLower,
    rowUpper,
    asset: places,
    sign: signs,
  };
}
