/**
 * Least squares by Householder QR, which keeps the digits that the normal equations would lose
 * (their condition number is squared). One factorisation serves any number of left-hand sides.
 */
import { matrix, type Matrix } from './matrix.ts';

/** X = Q·R of an observations × regressors matrix of full column rank. */
export interface QrFactor {
  readonly observations: number;
  readonly regressors: number;
  /** β that minimises |y − Xβ|², and the residuals y − Xβ of every observation. */
  solve(y: ArrayLike<number>): { coefficients: Float64Array; residuals: Float64Array };
  /** (XᵀX)⁻¹, for standard errors: regressors × regressors, symmetric. */
  inverseGram(): Matrix;
}

/**
 * Factors X (observations × regressors, observations ≥ regressors ≥ 1, every element finite), or
 * answers null when the columns are linearly dependent: what is left of a column after the ones
 * before it is at or below `tolerance` × its own length (default 1e-11), or X has fewer rows than
 * columns, or an element is not finite.
 * Source: Golub and Van Loan, Matrix Computations, 4th edition, 5.2.
 */
export function factorQr(x: Matrix, tolerance = 1e-11): QrFactor | null {
  const { rows: n, cols: p } = x;
  if (p < 1 || n < p || !x.data.every(Number.isFinite)) return null;
  // Column j of the working copy is contiguous: reflections run along memory.
  const columns = Array.from({ length: p }, (_, j) =>
    Float64Array.from({ length: n }, (_unused, i) => x.data[i * p + j]!),
  );
  const diagonal = new Float64Array(p);
  for (let k = 0; k < p; k++) {
    const column = columns[k]!;
    const whole = Math.sqrt(sumOfSquares(column, 0));
    const rest = Math.sqrt(sumOfSquares(column, k));
    if (!(rest > tolerance * whole) || rest === 0) return null;
    const alpha = column[k]! > 0 ? -rest : rest;
    diagonal[k] = alpha;
    column[k] = column[k]! - alpha;
    for (let j = k + 1; j < p; j++) reflect(column, columns[j]!, k);
  }
  return {
    observations: n,
    regressors: p,
    solve(y) {
      if (y.length !== n) throw new RangeError(`${n} observations meet ${y.length} numbers`);
      const rotated = Float64Array.from(y);
      columns.forEach((column, k) => reflect(column, rotated, k));
      const coefficients = backSubstitute(columns, diagonal, rotated);
      // Residuals from the data, so that they hold for the coefficients as rounded.
      const residuals = Float64Array.from(y);
      for (let i = 0; i < n; i++) {
        let fitted = 0;
        for (let j = 0; j < p; j++) fitted += x.data[i * p + j]! * coefficients[j]!;
        residuals[i] = residuals[i]! - fitted;
      }
      return { coefficients, residuals };
    },
    inverseGram: () => inverseGram(columns, diagonal),
  };
}

function sumOfSquares(column: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < column.length; i++) sum += column[i]! * column[i]!;
  return sum;
}

/** Applies I − 2vvᵀ/vᵀv with v = column[k…] to target[k…]. */
function reflect(column: Float64Array, target: Float64Array, k: number): void {
  let [along, squares] = [0, 0];
  for (let i = k; i < column.length; i++) {
    along += column[i]! * target[i]!;
    squares += column[i]! * column[i]!;
  }
  const scale = (2 * along) / squares;
  for (let i = k; i < column.length; i++) target[i] = target[i]! - scale * column[i]!;
}

/** Solves R·x = the first p numbers of b; above its diagonal R stands in the columns. */
function backSubstitute(
  columns: readonly Float64Array[],
  diagonal: Float64Array,
  b: Float64Array,
): Float64Array {
  const p = columns.length;
  const x = b.slice(0, p);
  for (let j = p - 1; j >= 0; j--) {
    x[j] = x[j]! / diagonal[j]!;
    for (let i = 0; i < j; i++) x[i] = x[i]! - columns[j]![i]! * x[j]!;
  }
  return x;
}

/** R⁻¹R⁻ᵀ. */
function inverseGram(columns: readonly Float64Array[], diagonal: Float64Array): Matrix {
  const p = columns.length;
  const inverse = Array.from({ length: p }, (_, j) => {
    const unit = new Float64Array(p);
    unit[j] = 1;
    return backSubstitute(columns, diagonal, unit);
  });
  const out = matrix(p, p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < p; k++) sum += inverse[k]![i]! * inverse[k]![j]!;
      out.data[i * p + j] = sum;
      out.data[j * p + i] = sum;
    }
  }
  return out;
}
