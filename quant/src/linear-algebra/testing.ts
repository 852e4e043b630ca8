/** Matrices for tests: drawn from a small generator of their own, so that a failure repeats. */
import { fromRows, matrix, symmetricProduct, type Matrix } from './matrix.ts';

/** Numbers uniform in (−1, 1) from a linear congruential generator. */
export function testNumbers(seed: number): () => number {
  let state = (seed * 2654435761) % 2 ** 31;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 2 ** 30 - 1;
  };
}

export function testMatrix(rows: number, cols: number, seed: number): Matrix {
  const next = testNumbers(seed);
  return matrix(rows, cols, Float64Array.from({ length: rows * cols }, next));
}

/** A covariance of three factors and own risk, as assets have: positive definite. */
export function testCovariance(n: number, seed: number): Matrix {
  const common = symmetricProduct(testMatrix(n, 3, seed));
  const next = testNumbers(seed + 1);
  for (let i = 0; i < n; i++) {
    common.data[i * n + i] = common.data[i * n + i]! + 0.1 + Math.abs(next());
  }
  return common;
}

/** The Hilbert matrix: positive definite and famously near to singular. */
export function hilbert(n: number): Matrix {
  return fromRows(
    Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_u, j) => 1 / (i + j + 1))),
  );
}

/** The largest difference of two vectors or matrices' numbers. */
export function distance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let most = x.length === y.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < x.length; i++) most = Math.max(most, Math.abs(x[i]! - y[i]!));
  return most;
}
