/**
 * Eigenvalues and eigenvectors of symmetric matrices: Householder reduction to three diagonals,
 * then QL steps with implicit shifts. Source: Golub and Van Loan, Matrix Computations, 4th
 * edition, 8.3; Wilkinson and Reinsch, Handbook for Automatic Computation II, tred2 and tql2.
 */
import { matrix, requireSquare, type Matrix } from './matrix.ts';

/** A = V·diag(values)·Vᵀ. */
export interface SymmetricEigen {
  /** n eigenvalues, the largest first. */
  readonly values: Float64Array;
  /** n × n; column j is the unit eigenvector of values[j]. */
  readonly vectors: Matrix;
}

const STEPS_MAX = 60;

/**
 * All eigenvalues with their vectors; only the lower half of the matrix is read. Null when an
 * element is not finite (or, which no finite matrix is known to cause, when a value does not
 * settle in 60 QL steps).
 */
export function symmetricEigen(a: Matrix): SymmetricEigen | null {
  requireSquare(a);
  const n = a.rows;
  if (!a.data.every(Number.isFinite)) return null;
  // Row j of v is the working eigenvector j, so that rotations run along memory.
  const v = Float64Array.from(a.data);
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) v[i * n + j] = v[j * n + i]!;
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  reduceToTridiagonal(v, d, e, n);
  if (!diagonalise(v, d, e, n)) return null;
  const order = Array.from(d.keys()).sort((i, j) => d[j]! - d[i]!);
  const vectors = matrix(n, n);
  order.forEach((from, to) => {
    for (let i = 0; i < n; i++) vectors.data[i * n + to] = v[from * n + i]!;
  });
  return { values: Float64Array.from(order, (i) => d[i]!), vectors };
}

/** Leaves the diagonal in d, the one below in e[1…], and the product of reflections, by rows, in v. */
function reduceToTridiagonal(v: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  const reflectors: { at: number; u: Float64Array; h: number }[] = [];
  for (let i = n - 1; i > 0; i--) {
    const u = v.slice(i * n, i * n + i);
    let scale = 0;
    for (const each of u) scale = Math.max(scale, Math.abs(each));
    const outside = i > 1 && u.subarray(0, i - 1).some((each) => each !== 0);
    if (!outside || scale === 0) {
      e[i] = u[i - 1]!;
      continue;
    }
    let h = 0;
    for (let k = 0; k < i; k++) {
      u[k] = u[k]! / scale;
      h += u[k]! * u[k]!;
    }
    const last = u[i - 1]!;
    const g = last > 0 ? -Math.sqrt(h) : Math.sqrt(h);
    e[i] = scale * g;
    u[i - 1] = last - g;
    h -= last * g;
    applyBothSides(v, u, h, n, i);
    reflectors.push({ at: i, u, h });
  }
  for (let i = 0; i < n; i++) d[i] = v[i * n + i]!;
  accumulate(v, reflectors, n);
}

/** A ← H·A·H on the leading i × i part, H = I − uuᵀ/h; both halves are kept. */
function applyBothSides(v: Float64Array, u: Float64Array, h: number, n: number, i: number): void {
  const p = new Float64Array(i);
  let along = 0;
  for (let r = 0; r < i; r++) {
    let sum = 0;
    for (let c = 0; c < i; c++) sum += v[r * n + c]! * u[c]!;
    p[r] = sum / h;
    along += u[r]! * p[r]!;
  }
  const half = along / (h + h);
  for (let r = 0; r < i; r++) p[r] = p[r]! - half * u[r]!;
  for (let r = 0; r < i; r++) {
    const [pr, ur] = [p[r]!, u[r]!];
    for (let c = 0; c < i; c++) v[r * n + c] = v[r * n + c]! - ur * p[c]! - pr * u[c]!;
  }
}

/** v ← the rows of (H₁H₂…)ᵀ, from the identity. */
function accumulate(
  v: Float64Array,
  reflectors: readonly { at: number; u: Float64Array; h: number }[],
  n: number,
): void {
  v.fill(0);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  // The last reflector is the smallest; walking back keeps the untouched part an identity.
  for (const { at, u, h } of [...reflectors].reverse()) {
    for (let r = 0; r < at; r++) {
      let along = 0;
      for (let c = 0; c < at; c++) along += v[r * n + c]! * u[c]!;
      const factor = along / h;
      for (let c = 0; c < at; c++) v[r * n + c] = v[r * n + c]! - factor * u[c]!;
    }
  }
}

/** QL with implicit shifts; turns d into the eigenvalues and the rows of v into their vectors. */
function diagonalise(v: Float64Array, d: Float64Array, e: Float64Array, n: number): boolean {
  for (let i = 1; i < n; i++) e[i - 1] = e[i]!;
  e[n - 1] = 0;
  for (let l = 0; l < n; l++) {
    for (let steps = 0; ; steps++) {
      let m = l;
      for (; m < n - 1; m++) {
        const near = Math.abs(d[m]!) + Math.abs(d[m + 1]!);
        if (Math.abs(e[m]!) <= 2 ** -53 * near) break;
      }
      if (m === l) break;
      if (steps === STEPS_MAX) return false;
      stepQl(v, d, e, n, l, m);
    }
  }
  return true;
}

function stepQl(
  v: Float64Array,
  d: Float64Array,
  e: Float64Array,
  n: number,
  l: number,
  m: number,
): void {
  let g = (d[l + 1]! - d[l]!) / (2 * e[l]!);
  let r = Math.hypot(g, 1);
  g = d[m]! - d[l]! + e[l]! / (g + (g < 0 ? -r : r));
  let [s, c, p] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i]!;
    const b = c * e[i]!;
    r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] = d[i + 1]! - p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1]! - p;
    r = (d[i]! - g) * s + 2 * c * b;
    p = s * r;
    d[i + 1] = g + p;
    g = c * r - b;
    rotate(v, n, i, c, s);
  }
  d[l] = d[l]! - p;
  e[l] = g;
  e[m] = 0;
}

/** Turns rows i and i + 1 of v. */
function rotate(v: Float64Array, n: number, i: number, c: number, s: number): void {
  const [here, next] = [i * n, (i + 1) * n];
  for (let k = 0; k < n; k++) {
    const f = v[next + k]!;
    const x = v[here + k]!;
    v[next + k] = s * x + c * f;
    v[here + k] = c * x - s * f;
  }
}
