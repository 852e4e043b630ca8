/** What the tests of this folder and its neighbours compare with: plain and slow on purpose. */

import { seededRandom } from '../numeric/random.ts';

/** Numbers in [0, 1) that repeat for the same seed. */
export function seeded(seed: number): () => number {
  return seededRandom(seed >>> 0).uniform;
}

/** Standard normal numbers that repeat for the same seed. */
export function seededNormal(seed: number): () => number {
  return seededRandom(seed >>> 0).normal;
}

/** x of A·x = b by Gaussian elimination with row exchanges; A row by row. */
export function solveNaively(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = a.map((row, index) => [...row, b[index] as number]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let best = column;
    for (let row = column; row < size; row++) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[best]![column]!)) best = row;
    }
    [rows[column], rows[best]] = [rows[best]!, rows[column]!];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const share = rows[row]![column]! / rows[column]![column]!;
      for (let each = column; each <= size; each++) {
        rows[row]![each]! -= share * rows[column]![each]!;
      }
    }
  }
  return rows.map((row, index) => row[size]! / row[index]!);
}

export function invertNaively(a: readonly (readonly number[])[]): number[][] {
  const columns = a.map((_, index) =>
    solveNaively(
      a,
      a.map((__, row) => (row === index ? 1 : 0)),
    ),
  );
  return a.map((_, row) => columns.map((column) => column[row]!));
}

export interface NaiveRegression {
  coefficients: number[];
  residuals: number[];
  inverse: number[][];
  rows: number[][];
}

/** (XᵀX)⁻¹Xᵀy by the normal equations as they stand; a constant comes first. */
export function regressNaively(
  y: readonly number[],
  x: readonly (readonly number[])[],
): NaiveRegression {
  const rows = y.map((_, row) => [1, ...x.map((series) => series[row]!)]);
  const size = x.length + 1;
  const cross = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
  );
  const inverse = invertNaively(cross);
  const moments = Array.from({ length: size }, (_, i) =>
    rows.reduce((sum, row, t) => sum + row[i]! * y[t]!, 0),
  );
  const coefficients = solveNaively(cross, moments);
  const residuals = rows.map(
    (row, t) => y[t]! - row.reduce((sum, value, i) => sum + value * coefficients[i]!, 0),
  );
  return { coefficients, residuals, inverse, rows };
}

/** Newey-West errors as the formula reads: one matrix product after another. */
export function neweyWestNaively({ rows, residuals, inverse }: NaiveRegression, lags: number) {
  const size = inverse.length;
  const all = [...Array(size).keys()];
  const middle = all.map(() => all.map(() => 0));
  for (const [t, row] of rows.entries()) {
    for (let lag = -lags; lag <= lags; lag++) {
      const other = rows[t - lag];
      if (other === undefined) continue;
      const weight = 1 - Math.abs(lag) / (lags + 1);
      for (const i of all) {
        for (const j of all) {
          middle[i]![j]! += weight * residuals[t]! * residuals[t - lag]! * row[i]! * other[j]!;
        }
      }
    }
  }
  const product = (a: number[][], b: number[][]) =>
    all.map((i) => all.map((j) => all.reduce((sum, k) => sum + a[i]![k]! * b[k]![j]!, 0)));
  return product(product(inverse, middle), inverse);
}
