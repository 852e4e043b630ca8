import { describe, expect, test } from 'vitest';
import { choleskyInPlace, solveLowerInPlace, solveLowerRowsInPlace } from './cholesky.ts';
import {
  diagonalOf,
  factorCholesky,
  factorQr,
  fromColumns,
  fromRows,
  gram,
  identity,
  invertCholesky,
  logDeterminant,
  matrix,
  multiply,
  multiplySymmetric,
  multiplyTransposedVector,
  multiplyVector,
  quadraticForm,
  solveCholesky,
  solveLinear,
  submatrix,
  symmetricEigen,
  symmetricProduct,
  toRows,
  transpose,
  type Matrix,
} from './index.ts';
import { distance, hilbert, testCovariance, testMatrix, testNumbers } from './testing.ts';

const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 20, 61];

/** The plain loop, twin of the tiled kernel. */
function plainCholesky(a: Matrix): Matrix {
  const n = a.rows;
  const l = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a.data[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= l.data[i * n + k]! * l.data[j * n + k]!;
      l.data[i * n + j] = i === j ? Math.sqrt(sum) : sum / l.data[j * n + j]!;
    }
  }
  return l;
}

/** Jacobi rotations, twin of tridiagonal QL. */
function jacobiEigenvalues(a: Matrix): number[] {
  const n = a.rows;
  let current = a;
  for (let sweep = 0; sweep < 40; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = current.data[p * n + q]!;
        if (Math.abs(apq) < 1e-300) continue;
        const theta = (current.data[q * n + q]! - current.data[p * n + p]!) / (2 * apq);
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const turn = identity(n);
        turn.data[p * n + p] = c;
        turn.data[q * n + q] = c;
        turn.data[p * n + q] = t * c;
        turn.data[q * n + p] = -t * c;
        current = multiply(multiply(transpose(turn), current), turn);
      }
    }
  }
  return Array.from(diagonalOf(current)).sort((x, y) => y - x);
}

describe('matrices', () => {
  test('the product by tiles equals the product by definition', () => {
    for (const [rows, cols] of [
      [1, 1],
      [2, 5],
      [3, 2],
      [4, 4],
      [7, 13],
      [10, 1],
      [9, 0],
    ] as const) {
      const a = testMatrix(rows, cols, rows * 31 + cols);
      expect(distance(symmetricProduct(a).data, multiply(a, transpose(a)).data)).toBeLessThan(
        1e-14,
      );
      expect(distance(gram(a).data, multiply(transpose(a), a).data)).toBeLessThan(1e-14);
      expect(transpose(gram(a))).toEqual(gram(a));
    }
  });

  test('vectors are matrices of one column', () => {
    const a = testMatrix(5, 3, 1);
    const [x, y] = [
      [1, -2, 3],
      [1, 2, 3, 4, 5],
    ];
    expect(multiplyVector(a, x)).toEqual(multiply(a, fromColumns([x])).data);
    const other = multiply(transpose(a), fromColumns([y])).data;
    expect(distance(multiplyTransposedVector(a, y), other)).toBeLessThan(1e-15);
    expect(quadraticForm(identity(3), x)).toBe(14);
  });

  test('a symmetric product that skips zeros equals the product by definition', () => {
    for (const n of [1, 2, 3, 4, 5, 8, 17]) {
      const a = testCovariance(n, n);
      for (const keep of [0, 1, 2, 3, n]) {
        const x = testMatrix(1, n, n + keep).data.map((each, i) => (i % 4 < keep ? each : 0));
        expect(distance(multiplySymmetric(a, x), multiplyVector(a, x))).toBeLessThan(1e-14);
      }
    }
  });

  test('parts, rows and columns', () => {
    const a = fromRows([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    expect(toRows(submatrix(a, [2, 0], [1]))).toEqual([[8], [2]]);
    expect(
      toRows(
        fromColumns([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  test('shapes that do not fit are refused', () => {
    expect(() => fromRows([[1, 2], [3]])).toThrow('row 1 has 1 numbers, row 0 has 2');
    expect(() => matrix(2, 2, new Float64Array(3))).toThrow('2 × 2 needs 4 numbers, not 3');
    expect(() => matrix(-1, 2)).toThrow(RangeError);
    expect(() => multiply(identity(2), identity(3))).toThrow('2 columns meet 3 rows');
    expect(() => multiplyVector(identity(2), [1])).toThrow(RangeError);
    expect(() => factorCholesky(matrix(2, 3))).toThrow('a square matrix, not 2 × 3');
  });
});

describe('Cholesky', () => {
  test.each(SIZES)('the tiled kernel equals the plain loop, n = %d', (n) => {
    const a = testCovariance(n, n);
    const l = factorCholesky(a)!;
    expect(distance(l.data, plainCholesky(a).data)).toBeLessThan(1e-13);
    expect(distance(multiply(l, transpose(l)).data, a.data)).toBeLessThan(1e-13);
  });

  test.each(SIZES)('a factor that is continued equals one from the start, n = %d', (n) => {
    const a = testCovariance(n, n);
    const whole = factorCholesky(a)!;
    for (const done of [0, 1, Math.floor(n / 2), n - 1, n].filter((each) => each <= n)) {
      const l = Float64Array.from(a.data, (each, at) =>
        Math.floor(at / n) < done ? whole.data[at]! : each,
      );
      for (let i = 0; i < n; i++) l.fill(0, i * n + i + 1, (i + 1) * n);
      expect(choleskyInPlace(l, n, n, { tolerance: 0, done })).toBe(-1);
      expect(distance(l, whole.data)).toBeLessThan(1e-13);
    }
  });

  test.each(SIZES)('many right-hand sides at once equal one by one, n = %d', (n) => {
    const l = factorCholesky(testCovariance(n, n))!;
    for (const rows of [0, 1, 3, 4, 5, 9]) {
      const b = testMatrix(rows, n, rows + 7);
      const plain = b.data.slice();
      for (let i = 0; i < rows; i++)
        solveLowerInPlace(l.data, plain.subarray(i * n, (i + 1) * n), n);
      solveLowerRowsInPlace(l.data, n, n, { data: b.data, rows, stride: n });
      expect(distance(b.data, plain)).toBeLessThan(1e-13);
    }
  });

  test.each(SIZES)('solves, inverts and knows the determinant, n = %d', (n) => {
    const a = testCovariance(n, n + 100);
    const l = factorCholesky(a)!;
    const b = testMatrix(n, 1, 5).data;
    const x = solveCholesky(l, b);
    expect(distance(multiplyVector(a, x), b)).toBeLessThan(1e-12);
    expect(distance(x, solveLinear(a, b)!)).toBeLessThan(1e-11);
    expect(distance(multiply(a, invertCholesky(l)).data, identity(n).data)).toBeLessThan(1e-12);
    const { values } = symmetricEigen(a)!;
    const byEigen = values.reduce((sum, each) => sum + Math.log(each), 0);
    expect(logDeterminant(l)).toBeCloseTo(byEigen, 10);
  });

  test('answers null for what is not positive definite', () => {
    expect(
      factorCholesky(
        fromRows([
          [1, 1],
          [1, 1],
        ]),
      ),
    ).toBeNull();
    expect(
      factorCholesky(
        fromRows([
          [1, 2],
          [2, 1],
        ]),
      ),
    ).toBeNull();
    expect(factorCholesky(fromRows([[0]]))).toBeNull();
    expect(factorCholesky(fromRows([[Number.NaN]]))).toBeNull();
    expect(
      factorCholesky(
        fromRows([
          [1, Number.NaN],
          [Number.NaN, 1],
        ]),
      ),
    ).toBeNull();
    expect(factorCholesky(fromRows([[Number.POSITIVE_INFINITY]]))).toBeNull();
    // Ten observations of forty assets: rank ten.
    expect(factorCholesky(symmetricProduct(testMatrix(40, 10, 3)))).toBeNull();
    expect(factorCholesky(hilbert(20))).toBeNull();
  });

  test('reads the lower half only', () => {
    const a = fromRows([
      [4, Number.NaN],
      [2, 3],
    ]);
    expect(toRows(factorCholesky(a)!)).toEqual([
      [2, 0],
      [1, Math.sqrt(2)],
    ]);
  });
});

describe('least squares', () => {
  test('equals the normal equations where these are safe', () => {
    for (const [n, p] of [
      [3, 1],
      [10, 3],
      [60, 6],
      [5, 5],
    ] as const) {
      const x = testMatrix(n, p, n + p);
      const y = testMatrix(n, 1, n).data;
      const factor = factorQr(x)!;
      const { coefficients, residuals } = factor.solve(y);
      const l = factorCholesky(gram(x))!;
      const normal = solveCholesky(l, multiplyTransposedVector(x, y));
      expect(distance(coefficients, normal)).toBeLessThan(1e-10);
      expect(distance(factor.inverseGram().data, invertCholesky(l).data)).toBeLessThan(1e-10);
      expect(distance(multiplyTransposedVector(x, residuals), new Float64Array(p))).toBeLessThan(
        1e-12,
      );
    }
  });

  test('keeps digits where the normal equations lose them', () => {
    // Läuchli's matrix: XᵀX rounds to a singular one.
    const small = 1e-9;
    const x = fromRows([
      [1, 1],
      [small, 0],
      [0, small],
    ]);
    const { coefficients } = factorQr(x)!.solve([2, small, small]);
    expect(distance(coefficients, [1, 1])).toBeLessThan(1e-6);
    expect(factorCholesky(gram(x))).toBeNull();
  });

  test('answers null for dependent columns, too few rows and missing numbers', () => {
    expect(
      factorQr(
        fromRows([
          [1, 2],
          [2, 4],
          [3, 6],
        ]),
      ),
    ).toBeNull();
    expect(factorQr(fromRows([[0], [0]]))).toBeNull();
    expect(factorQr(fromRows([[1, 2]]))).toBeNull();
    expect(factorQr(fromRows([[1], [Number.NaN]]))).toBeNull();
    // A dummy trap: constant, and two dummies that sum to it.
    expect(
      factorQr(
        fromRows([
          [1, 1, 0],
          [1, 0, 1],
          [1, 1, 0],
          [1, 0, 1],
        ]),
      ),
    ).toBeNull();
  });

  test('coefficients move with the scale of a regressor', () => {
    const x = testMatrix(30, 3, 9);
    const y = testMatrix(30, 1, 10).data;
    const scaled = matrix(
      30,
      3,
      x.data.map((each, at) => (at % 3 === 1 ? each * 1e6 : each)),
    );
    const [plain, other] = [x, scaled].map((each) => factorQr(each)!.solve(y).coefficients);
    expect(distance(plain!, [other![0]!, other![1]! * 1e6, other![2]!])).toBeLessThan(1e-12);
  });
});

describe('linear systems', () => {
  test('pivots, and knows a singular matrix', () => {
    expect(
      Array.from(
        solveLinear(
          fromRows([
            [0, 1],
            [1, 0],
          ]),
          [2, 3],
        )!,
      ),
    ).toEqual([3, 2]);
    expect(
      solveLinear(
        fromRows([
          [1, 2],
          [2, 4],
        ]),
        [1, 2],
      ),
    ).toBeNull();
    expect(solveLinear(fromRows([[Number.NaN]]), [1])).toBeNull();
    const a = testMatrix(12, 12, 77);
    const b = testMatrix(12, 1, 78).data;
    expect(distance(multiplyVector(a, solveLinear(a, b)!), b)).toBeLessThan(1e-12);
  });
});

describe('eigenvalues', () => {
  test.each([1, 2, 3, 5, 8, 17])('equal those of Jacobi rotations, n = %d', (n) => {
    for (const a of [testCovariance(n, n), symmetricProduct(testMatrix(n, 2, n)), hilbert(n)]) {
      const { values, vectors } = symmetricEigen(a)!;
      expect(distance(values, jacobiEigenvalues(a))).toBeLessThan(1e-12);
      const unit = multiply(transpose(vectors), vectors);
      expect(distance(unit.data, identity(n).data)).toBeLessThan(1e-13);
      const scaled = matrix(
        n,
        n,
        vectors.data.map((each, at) => each * values[at % n]!),
      );
      expect(distance(multiply(scaled, transpose(vectors)).data, a.data)).toBeLessThan(1e-13 * n);
    }
  });

  test('hold for adversarial matrices', () => {
    const next = testNumbers(4);
    const spread = fromRows(
      Array.from({ length: 6 }, (_, i) =>
        Array.from({ length: 6 }, (_u, j) => (i === j ? 10 ** (3 * i - 9) : 0)),
      ),
    );
    expect(Array.from(symmetricEigen(spread)!.values)).toEqual([1e6, 1e3, 1, 1e-3, 1e-6, 1e-9]);
    expect(Array.from(symmetricEigen(matrix(4, 4))!.values)).toEqual([0, 0, 0, 0]);
    const ones = matrix(5, 5, new Float64Array(25).fill(1));
    expect(distance(symmetricEigen(ones)!.values, [5, 0, 0, 0, 0])).toBeLessThan(1e-14);
    const indefinite = fromRows([
      [0, 1],
      [1, 0],
    ]);
    expect(distance(symmetricEigen(indefinite)!.values, [1, -1])).toBeLessThan(1e-15);
    expect(
      symmetricEigen(
        fromRows([
          [1, next()],
          [Number.NaN, 1],
        ]),
      ),
    ).toBeNull();
  });
});
