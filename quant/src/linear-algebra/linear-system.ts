/** General square systems by Gaussian elimination with partial pivoting. */
import { requireSquare, type Matrix } from './matrix.ts';

/**
 * The solution of A·x = b, or null when A is singular in floating point: the largest candidate for
 * a pivot is at or below n · 2⁻⁵² × the largest element of A. A and b are left as they are.
 * Source: Golub and Van Loan, Matrix Computations, 4th edition, 3.4.
 */
export function solveLinear(a: Matrix, b: ArrayLike<number>): Float64Array | null {
  requireSquare(a);
  const n = a.rows;
  if (b.length !== n) throw new RangeError(`${n} equations meet ${b.length} numbers`);
  const work = Float64Array.from(a.data);
  const x = Float64Array.from(b);
  const largest = work.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  const least = n * 2 ** -52 * largest;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(work[i * n + k]!) > Math.abs(work[pivot * n + k]!)) pivot = i;
    }
    if (!(Math.abs(work[pivot * n + k]!) > least)) return null;
    if (pivot !== k) swapRows(work, x, n, pivot, k);
    for (let i = k + 1; i < n; i++) {
      const factor = work[i * n + k]! / work[k * n + k]!;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++)
        work[i * n + j] = work[i * n + j]! - factor * work[k * n + j]!;
      x[i] = x[i]! - factor * x[k]!;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let j = i + 1; j < n; j++) sum -= work[i * n + j]! * x[j]!;
    x[i] = sum / work[i * n + i]!;
  }
  return x;
}

function swapRows(work: Float64Array, x: Float64Array, n: number, i: number, k: number): void {
  for (let j = 0; j < n; j++) {
    const held = work[i * n + j]!;
    work[i * n + j] = work[k * n + j]!;
    work[k * n + j] = held;
  }
  const held = x[i]!;
  x[i] = x[k]!;
  x[k] = held;
}
