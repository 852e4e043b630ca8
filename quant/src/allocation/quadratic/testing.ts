/** Quadratic programs for tests, and HiGHS as the independent twin that solves them. */
import { loadHighs, modelOf } from '../linear/highs.ts';
import { fromRows, matrix } from '../../linear-algebra/matrix.ts';
import type { QuadraticProgram } from './program.ts';

export function programOf(parts: {
  hessian: number[][];
  linear?: number[];
  lower?: number[];
  upper?: number[];
  rows?: { coefficients: number[]; lower?: number; upper?: number }[];
}): QuadraticProgram {
  const n = parts.hessian.length;
  const rows = parts.rows ?? [];
  return {
    hessian: fromRows(parts.hessian),
    linear: Float64Array.from(parts.linear ?? Array.from({ length: n }, () => 0)),
    lower: Float64Array.from(parts.lower ?? Array.from({ length: n }, () => 0)),
    upper: Float64Array.from(parts.upper ?? Array.from({ length: n }, () => 1)),
    rows: rows.length === 0 ? matrix(0, n) : fromRows(rows.map((row) => row.coefficients)),
    rowLower: Float64Array.from(rows, (row) => row.lower ?? Number.NEGATIVE_INFINITY),
    rowUpper: Float64Array.from(rows, (row) => row.upper ?? Number.POSITIVE_INFINITY),
  };
}

const TIGHTENED = [
  'primal_feasibility_tolerance',
  'dual_feasibility_tolerance',
  'primal_residual_tolerance',
  'dual_residual_tolerance',
  'optimality_tolerance',
  'kkt_tolerance',
] as const;

/** What HiGHS answers to the same program: 7 is optimal, 8 infeasible; 'error' when it gives up. */
export async function solveByHighs(
  program: QuadraticProgram,
): Promise<{ status: number | 'error'; objective: number }> {
  const highs = await loadHighs();
  try {
    return highs.withModel(modelOf(program), (model) => {
      model.options.set('output_flag', false);
      model.options.set('time_limit', 5);
      // Its defaults stop at 1e-7 and add 1e-7 to the diagonal: too coarse for a twin.
      for (const name of TIGHTENED) model.options.set(name, 1e-10);
      model.options.set('qp_regularization_value', 1e-12);
      const { modelStatus } = model.run();
      return { status: modelStatus, objective: model.getObjectiveValue() };
    });
  } catch {
    return { status: 'error', objective: Number.NaN };
  }
}
