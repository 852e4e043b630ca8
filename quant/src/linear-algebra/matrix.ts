/**
 * Dense matrices on one Float64Array, row after row. Shapes that do not fit are a programmer's
 * error and throw a RangeError; whatever data can cause (a singular matrix) is answered as a value.
 */

/** rows × cols numbers; element (i, j) stands at data[i · cols + j]. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** A matrix around the numbers given (not copied), or of zeros. */
export function matrix(rows: number, cols: number, data?: Float64Array): Matrix {
  const whole = Number.isSafeInteger(rows) && Number.isSafeInteger(cols) && rows >= 0 && cols >= 0;
  if (!whole) throw new RangeError(`no matrix has ${rows} × ${cols} elements`);
  const held = data ?? new Float64Array(rows * cols);
  if (held.length !== rows * cols) {
    throw new RangeError(`${rows} × ${cols} needs ${rows * cols} numbers, not ${held.length}`);
  }
  return { rows, cols, data: held };
}

/** A matrix from its rows, copied; all rows have the same length. */
export function fromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const cols = rows[0]?.length ?? 0;
  const out = matrix(rows.length, cols);
  rows.forEach((row, i) => {
    if (row.length !== cols) {
      throw new RangeError(`row ${i} has ${row.length} numbers, row 0 has ${cols}`);
    }
    out.data.set(row, i * cols);
  });
  return out;
}

/** A matrix from its columns, copied; all columns have the same length. */
export function fromColumns(columns: readonly ArrayLike<number>[]): Matrix {
  return transpose(fromRows(columns));
}

/** Row i, sharing memory with the matrix. */
export function rowOf(a: Matrix, i: number): Float64Array {
  return a.data.subarray(i * a.cols, (i + 1) * a.cols);
}

/** The rows as plain arrays, copied. */
export function toRows(a: Matrix): number[][] {
  return Array.from({ length: a.rows }, (_, i) => Array.from(rowOf(a, i)));
}

/** The n × n matrix with ones on its diagonal. */
export function identity(n: number): Matrix {
  const out = matrix(n, n);
  for (let i = 0; i < n; i++) out.data[i * n + i] = 1;
  return out;
}

export function transpose(a: Matrix): Matrix {
  const out = matrix(a.cols, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) out.data[j * a.rows + i] = a.data[i * a.cols + j]!;
  }
  return out;
}

/** The inner product of two vectors of one length. */
export function dot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) throw new RangeError(`lengths ${x.length} and ${y.length} differ`);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** A·x, a vector of a.rows numbers. */
export function multiplyVector(a: Matrix, x: ArrayLike<number>): Float64Array {
  if (x.length !== a.cols) throw new RangeError(`${a.cols} columns meet ${x.length} numbers`);
  const { rows, cols, data } = a;
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const at = i * cols;
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += data[at + j]! * x[j]!;
    out[i] = sum;
  }
  return out;
}

/**
 * A·x for a symmetric A: adds up the rows of the x that are not zero, four at a time, so that a
 * portfolio of few holdings costs (holdings × assets).
 */
export function multiplySymmetric(a: Matrix, x: ArrayLike<number>): Float64Array {
  requireSquare(a);
  const { rows: n, data } = a;
  if (x.length !== n) throw new RangeError(`${n} columns meet ${x.length} numbers`);
  const held: number[] = [];
  for (let i = 0; i < n; i++) if (x[i] !== 0) held.push(i);
  const out = new Float64Array(n);
  let at = 0;
  for (; at + 3 < held.length; at += 4) {
    const r0 = held[at]! * n;
    const r1 = held[at + 1]! * n;
    const r2 = held[at + 2]! * n;
    const r3 = held[at + 3]! * n;
    const x0 = x[held[at]!]!;
    const x1 = x[held[at + 1]!]!;
    const x2 = x[held[at + 2]!]!;
    const x3 = x[held[at + 3]!]!;
    for (let j = 0; j < n; j++) {
      out[j] =
        out[j]! + x0 * data[r0 + j]! + x1 * data[r1 + j]! + x2 * data[r2 + j]! + x3 * data[r3 + j]!;
    }
  }
  for (; at < held.length; at++) {
    const row = held[at]! * n;
    const weight = x[held[at]!]!;
    for (let j = 0; j < n; j++) out[j] = out[j]! + weight * data[row + j]!;
  }
  return out;
}

/** Aᵀ·x, a vector of a.cols numbers. */
export function multiplyTransposedVector(a: Matrix, x: ArrayLike<number>): Float64Array {
  if (x.length !== a.rows) throw new RangeError(`${a.rows} rows meet ${x.length} numbers`);
  const out = new Float64Array(a.cols);
  for (let i = 0; i < a.rows; i++) {
    const [at, weight] = [i * a.cols, x[i]!];
    for (let j = 0; j < a.cols; j++) out[j] = out[j]! + weight * a.data[at + j]!;
  }
  return out;
}

/** A·B. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.cols !== b.rows) throw new RangeError(`${a.cols} columns meet ${b.rows} rows`);
  const out = matrix(a.rows, b.cols);
  const [width, inner] = [b.cols, a.cols];
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < inner; k++) {
      const [weight, from, to] = [a.data[i * inner + k]!, k * width, i * width];
      for (let j = 0; j < width; j++)
        out.data[to + j] = out.data[to + j]! + weight * b.data[from + j]!;
    }
  }
  return out;
}

/**
 * AᵀA, the Gram matrix of the columns, a.cols × a.cols and exactly symmetric. With rows as
 * observations and demeaned columns, divided by their number, it is the covariance.
 */
export function gram(a: Matrix): Matrix {
  return symmetricProduct(transpose(a));
}

/** A·Aᵀ, a.rows × a.rows and exactly symmetric; blocks of 2 × 4 sums stay in registers. */
export function symmetricProduct(a: Matrix): Matrix {
  const { rows: n, cols: length, data } = a;
  const out = matrix(n, n);
  for (let i = 0; i < n; i += 2) {
    const last = i + 1 < n ? i + 1 : i;
    const [y0, y1] = [i * length, last * length];
    for (let j = 0; j <= last; j += 4) {
      const [x0, x1] = [j * length, Math.min(j + 1, n - 1) * length];
      const [x2, x3] = [Math.min(j + 2, n - 1) * length, Math.min(j + 3, n - 1) * length];
      let s00 = 0;
      let s01 = 0;
      let s02 = 0;
      let s03 = 0;
      let s10 = 0;
      let s11 = 0;
      let s12 = 0;
      let s13 = 0;
      for (let k = 0; k < length; k++) {
        const u = data[y0 + k]!;
        const v = data[y1 + k]!;
        const p = data[x0 + k]!;
        const q = data[x1 + k]!;
        const r = data[x2 + k]!;
        const s = data[x3 + k]!;
        s00 += u * p;
        s01 += u * q;
        s02 += u * r;
        s03 += u * s;
        s10 += v * p;
        s11 += v * q;
        s12 += v * r;
        s13 += v * s;
      }
      store(out, i, j, [s00, s01, s02, s03]);
      store(out, last, j, [s10, s11, s12, s13]);
    }
  }
  return out;
}

function store(out: Matrix, i: number, j: number, sums: readonly number[]): void {
  const n = out.rows;
  for (let c = 0; c < sums.length && j + c <= i; c++) {
    out.data[i * n + j + c] = sums[c]!;
    out.data[(j + c) * n + i] = sums[c]!;
  }
}

/** The part of a on the given rows and columns, copied. */
export function submatrix(a: Matrix, rows: ArrayLike<number>, cols: ArrayLike<number>): Matrix {
  const out = matrix(rows.length, cols.length);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * a.cols;
    for (let j = 0; j < cols.length; j++) {
      out.data[i * cols.length + j] = a.data[from + cols[j]!]!;
    }
  }
  return out;
}

/** The diagonal of a square matrix, copied. */
export function diagonalOf(a: Matrix): Float64Array {
  requireSquare(a);
  return Float64Array.from({ length: a.rows }, (_, i) => a.data[i * a.cols + i]!);
}

/** Throws unless the matrix is square. */
export function requireSquare(a: Matrix): void {
  if (a.rows !== a.cols) throw new RangeError(`a square matrix, not ${a.rows} × ${a.cols}`);
}

/** xᵀAx for a square matrix. */
export function quadraticForm(a: Matrix, x: ArrayLike<number>): number {
  requireSquare(a);
  return dot(multiplyVector(a, x), x);
}

/** True when no element is NaN or infinite: only these leave something when taken from themselves. */
export function isAllFinite(values: Float64Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const same = value;
    sum += value - same;
  }
  return sum === 0;
}
