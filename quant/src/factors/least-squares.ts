/**
 * Least squares by orthogonal columns.
 *
 * Normal equations square the condition number: with style indices that correlate at 0.99 they
 * lose half of the digits. Gram-Schmidt that orthogonalises each column twice keeps Q orthogonal
 * to rounding, as Householder reflections do, and leaves Q as plain columns, which the robust
 * errors need as well.
 *
 * Source: Giraud, Langou, Rozloznik (2005), "The loss of orthogonality in the Gram-Schmidt
 * orthogonalization process".
 */

import { dot } from '../numeric/moments.ts';

/** A tall matrix as Q·R: orthonormal columns and an upper triangle. */
export interface ColumnFactors {
  readonly rows: number;
  readonly size: number;
  /** `size` orthonormal columns of `rows` numbers. */
  readonly q: readonly Float64Array[];
  /** The upper triangle, row by row, `size × size`. */
  readonly r: Float64Array;
}

/** A column counts as dependent when what is new in it is below this part of its length. */
const DEPENDENT = 1e-12;

/**
 * Q·R of the columns. `undefined` when a column is zero or depends on those before it, or when
 * there are fewer rows than columns.
 */
export function factoriseColumns(columns: readonly Float64Array[]): ColumnFactors | undefined {
  const size = columns.length;
  const rows = columns[0]?.length ?? 0;
  if (rows < size) return undefined;
  const q: Float64Array[] = [];
  const r = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const rest = Float64Array.from(columns[column] as Float64Array);
    const length = norm(rest);
    for (let pass = 0; pass < 2; pass++) {
      for (let before = 0; before < column; before++) {
        const unit = q[before] as Float64Array;
        const share = dot(unit, rest);
        subtractScaled(rest, unit, share);
        r[before * size + column] = (r[before * size + column] as number) + share;
      }
    }
    const left = norm(rest);
    if (!(left > DEPENDENT * length)) return undefined;
    for (let row = 0; row < rows; row++) rest[row] = (rest[row] as number) / left;
    r[column * size + column] = left;
    q.push(rest);
  }
  return { rows, size, q, r };
}

/** The coefficients of the columns that come closest to `target`, and what remains of it. */
export function fitColumns(
  factors: ColumnFactors,
  target: Float64Array,
): { coefficients: Float64Array; residuals: Float64Array } {
  const { size, q } = factors;
  const residuals = Float64Array.from(target);
  const shares = new Float64Array(size);
  // The second pass takes away what rounding left of the columns in the residual.
  for (let pass = 0; pass < 2; pass++) {
    for (let column = 0; column < size; column++) {
      const unit = q[column] as Float64Array;
      const share = dot(unit, residuals);
      subtractScaled(residuals, unit, share);
      shares[column] = (shares[column] as number) + share;
    }
  }
  return { coefficients: solveUpper(factors, shares), residuals };
}

/** x of R·x = b. */
export function solveUpper({ size, r }: ColumnFactors, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let row = size - 1; row >= 0; row--) {
    let value = x[row] as number;
    for (let column = row + 1; column < size; column++) {
      value -= (r[row * size + column] as number) * (x[column] as number);
    }
    x[row] = value / (r[row * size + row] as number);
  }
  return x;
}

/** R⁻¹·M·R⁻ᵀ for a symmetric `size × size` M: turns errors of Qᵀy into errors of coefficients. */
export function sandwich(factors: ColumnFactors, middle: Float64Array): Float64Array {
  const { size } = factors;
  const half = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const solved = solveUpper(factors, columnOf(middle, size, column));
    for (let row = 0; row < size; row++) half[row * size + column] = solved[row] as number;
  }
  const full = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const solved = solveUpper(factors, half.slice(row * size, (row + 1) * size));
    full.set(solved, row * size);
  }
  return full;
}

/** (XᵀX)⁻¹ of the factorised columns. */
export function inverseCrossProduct(factors: ColumnFactors): Float64Array {
  const { size } = factors;
  const identity = new Float64Array(size * size);
  for (let row = 0; row < size; row++) identity[row * size + row] = 1;
  return sandwich(factors, identity);
}

function columnOf(matrix: Float64Array, size: number, column: number): Float64Array {
  return Float64Array.from({ length: size }, (_, row) => matrix[row * size + column] as number);
}

function norm(column: Float64Array): number {
  // Scaled, so that tiny and huge columns neither vanish nor overflow.
  let largest = 0;
  for (const value of column) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 0;
  let sum = 0;
  for (const value of column) sum += (value / largest) ** 2;
  return largest * Math.sqrt(sum);
}

function subtractScaled(from: Float64Array, unit: Float64Array, share: number): void {
  for (let row = 0; row < from.length; row++) {
    from[row] = (from[row] as number) - share * (unit[row] as number);
  }
}
