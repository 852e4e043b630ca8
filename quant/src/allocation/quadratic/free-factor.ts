/**
 * The linear algebra of an active set: a Cholesky factor of the Hessian of the free variables,
 * kept up to date while variables come and go and rows become active or inactive.
 *
 *   P_FF + δI = L·Lᵀ      V = A_WF·L⁻ᵀ      S = V·Vᵀ
 *
 * F are the free variables, W the active rows. A variable costs k²/2 to add and about k² to take
 * away (Givens rotations), a row k²/2; a step of the equality-constrained problem costs k².
 * δ is tiny against the Hessian (1e-10 of its largest diagonal element): it keeps L defined when
 * P is singular. Gradients are taken with the true P, so δ changes the path and never the answer.
 * Source: Nocedal and Wright, Numerical Optimization, 2nd edition, 16.2 and 16.5; Golub and Van
 * Loan, Matrix Computations, 4th edition, 6.5.
 */
import {
  choleskyInPlace,
  solveLowerInPlace,
  solveLowerRowsInPlace,
  solveUpperInPlace,
} from '../../linear-algebra/cholesky.ts';
import type { QuadraticProgram } from './program.ts';

/** P_FF = LLᵀ for a changing set F, and V for a changing set W of rows. */
export class FreeFactor {
  readonly free: number[] = [];
  readonly active: number[] = [];
  private readonly program: QuadraticProgram;
  private readonly delta: number;
  private readonly n: number;
  private l: Float64Array;
  /** Rows of L and of V are this far apart. */
  private stride: number;
  private v: Float64Array;
  private readonly s: Float64Array;

  constructor(program: QuadraticProgram, delta: number) {
    const m = program.rows.rows;
    this.program = program;
    this.delta = delta;
    this.n = program.hessian.rows;
    this.stride = Math.min(program.linear.length, 48);
    this.l = new Float64Array(this.stride * this.stride);
    this.v = new Float64Array(this.stride * m);
    this.s = new Float64Array(m * m);
  }

  /** P between two variables. */
  private hessianOf(i: number, j: number): number {
    const { hessian, asset, sign } = this.program;
    if (asset === undefined || sign === undefined) return hessian.data[i * this.n + j]!;
    return sign[i]! * sign[j]! * hessian.data[asset[i]! * this.n + asset[j]!]!;
  }

  /** The lower half of P_FF + δI from a row on, into L. */
  private gather(first: number): void {
    const { hessian, asset, sign } = this.program;
    const { l, stride, n, free } = this;
    const { data } = hessian;
    const assets = Int32Array.from(free, (j) => asset?.[j] ?? j);
    const signs = Float64Array.from(free, (j) => sign?.[j] ?? 1);
    for (let i = first; i < assets.length; i++) {
      const from = assets[i]! * n;
      const to = i * stride;
      const weight = signs[i]!;
      for (let j = 0; j <= i; j++) l[to + j] = weight * signs[j]! * data[from + assets[j]!]!;
      l[to + i] = l[to + i]! + this.delta;
    }
  }

  private coefficient(row: number, variable: number): number {
    return this.program.rows.data[row * this.program.rows.cols + variable]!;
  }

  /** Makes room for so many more free variables. */
  private grow(more: number): void {
    const needed = this.free.length + more;
    if (needed <= this.stride) return;
    const next = Math.min(Math.max(this.stride * 2, needed), this.program.linear.length);
    this.l = spread(this.l, this.stride, next, this.stride, next);
    this.v = spread(this.v, this.stride, next, this.program.rows.rows, this.program.rows.rows);
    this.stride = next;
  }

  /** Frees a variable. */
  addVariable(variable: number): void {
    this.grow(1);
    const { l, v, stride, free } = this;
    const k = free.length;
    const at = k * stride;
    const row = l.subarray(at, at + k);
    for (let i = 0; i < k; i++) row[i] = this.hessianOf(variable, free[i]!);
    solveLowerInPlace(l, row, k, stride);
    let squares = 0;
    for (let i = 0; i < k; i++) squares += row[i]! * row[i]!;
    const pivot = this.hessianOf(variable, variable) + this.delta - squares;
    const diagonal = Math.sqrt(Math.max(pivot, this.delta));
    l[at + k] = diagonal;
    for (let w = 0; w < this.active.length; w++) {
      const to = w * stride;
      let sum = this.coefficient(this.active[w]!, variable);
      for (let i = 0; i < k; i++) sum -= row[i]! * v[to + i]!;
      v[to + k] = sum / diagonal;
    }
    free.push(variable);
  }

  /**
   * Frees many variables at once: the rows of L that are there stay, the new ones are factorised in
   * tiles. False when P_FF + δI is not positive definite; the factor is then to be reset.
   */
  addVariables(variables: readonly number[]): boolean {
    this.grow(variables.length);
    const { l, v, stride, free, active } = this;
    const done = free.length;
    free.push(...variables);
    this.gather(done);
    if (choleskyInPlace(l, free.length, stride, { tolerance: 0, done }) >= 0) return false;
    for (let w = 0; w < active.length; w++) {
      const to = w * stride;
      for (let k = done; k < free.length; k++) {
        const row = k * stride;
        let sum = this.coefficient(active[w]!, free[k]!);
        for (let i = 0; i < k; i++) sum -= l[row + i]! * v[to + i]!;
        v[to + k] = sum / l[row + k]!;
      }
    }
    return true;
  }

  /** Fixes the free variable at a position of `free`. */
  removeVariableAt(position: number): void {
    const { l, v, stride } = this;
    const k = this.free.length;
    const cosines = new Float64Array(k);
    const sines = new Float64Array(k);
    for (let r = position; r < k - 1; r++) {
      const from = (r + 1) * stride;
      const to = r * stride;
      // Row r + 1 moves up; earlier rotations mix its columns pairwise, its own one clears the last.
      for (let c = 0; c < position; c++) l[to + c] = l[from + c]!;
      let carried = l[from + position]!;
      for (let c = position; c < r; c++) {
        const next = l[from + c + 1]!;
        l[to + c] = cosines[c]! * carried + sines[c]! * next;
        carried = cosines[c]! * next - sines[c]! * carried;
      }
      const last = l[from + r + 1]!;
      const length = Math.hypot(carried, last);
      cosines[r] = carried / length;
      sines[r] = last / length;
      l[to + r] = length;
    }
    for (let w = 0; w < this.active.length; w++) {
      const at = w * stride;
      let carried = v[at + position]!;
      for (let c = position; c < k - 1; c++) {
        const next = v[at + c + 1]!;
        v[at + c] = cosines[c]! * carried + sines[c]! * next;
        carried = cosines[c]! * next - sines[c]! * carried;
      }
    }
    this.free.splice(position, 1);
  }

  /** Makes a row active. */
  addRow(row: number): void {
    const at = this.active.length * this.stride;
    const k = this.free.length;
    const solved = this.v.subarray(at, at + k);
    for (let i = 0; i < k; i++) solved[i] = this.coefficient(row, this.free[i]!);
    solveLowerInPlace(this.l, solved, k, this.stride);
    this.active.push(row);
  }

  /** Makes the active row at a position of `active` inactive. */
  removeRowAt(position: number): void {
    const { stride } = this;
    this.v.copyWithin(position * stride, (position + 1) * stride, this.active.length * stride);
    this.active.splice(position, 1);
  }

  /** Starts anew from these sets; false when P_FF + δI is not positive definite. */
  reset(free: readonly number[], active: readonly number[]): boolean {
    const k = free.length;
    this.free.splice(0, this.free.length, ...free);
    this.active.splice(0, this.active.length, ...active);
    if (k > this.stride) {
      this.stride = Math.min(Math.max(k + 16, this.stride), this.program.linear.length);
      this.l = new Float64Array(this.stride * this.stride);
      this.v = new Float64Array(this.stride * this.program.rows.rows);
    }
    const { l, v, stride } = this;
    this.gather(0);
    if (choleskyInPlace(l, k, stride, { tolerance: 0 }) >= 0) return false;
    active.forEach((row, w) => {
      for (let i = 0; i < k; i++) v[w * stride + i] = this.coefficient(row, free[i]!);
    });
    solveLowerRowsInPlace(l, k, stride, { data: v, rows: active.length, stride });
    return true;
  }

  /**
   * The step p and the multipliers y of the problem with W as equations and all but F fixed:
   *   (P_FF + δI)·p − A_WFᵀ·y = −g     A_WF·p = b
   * Null when the active rows are dependent on the free variables.
   */
  solve(g: Float64Array, b: Float64Array): { p: Float64Array; y: Float64Array } | null {
    const { l, v, stride } = this;
    const k = this.free.length;
    const w = this.active.length;
    // More rows than variables are dependent, also where rounding leaves S a pivot.
    if (w > k) return null;
    const p = g.map((each) => -each);
    solveLowerInPlace(l, p, k, stride);
    const y = Float64Array.from(b);
    if (w === 0) return { p: solveUpperInPlace(l, p, k, stride), y };
    const { s } = this;
    for (let a = 0; a < w; a++) {
      const here = a * stride;
      for (let c = 0; c <= a; c++) s[a * w + c] = innerProduct(v, here, v, c * stride, k);
      y[a] = y[a]! - innerProduct(v, here, p, 0, k);
    }
    if (choleskyInPlace(s, w, w, { tolerance: 1e-14 }) >= 0) return null;
    solveLowerInPlace(s, y, w);
    solveUpperInPlace(s, y, w);
    this.pushAlongRows(p, y);
    solveUpperInPlace(l, p, k, stride);
    this.mendRows(p, y, b);
    return { p, y };
  }

  /** p += Vᵀ·y. */
  private pushAlongRows(p: Float64Array, y: Float64Array): void {
    const { v, stride } = this;
    for (let a = 0; a < y.length; a++) {
      const here = a * stride;
      const weight = y[a]!;
      for (let i = 0; i < p.length; i++) p[i] = p[i]! + weight * v[here + i]!;
    }
  }

  /**
   * Repeats the row part of the solution on what A·p misses of b. Where P is nearly singular S
   * has lost digits, and a step that leaves an active row would later make two rows of one.
   */
  private mendRows(p: Float64Array, y: Float64Array, b: Float64Array): void {
    const { s, active, free, program } = this;
    const { cols, data } = program.rows;
    const w = active.length;
    for (let pass = 0; pass < 3; pass++) {
      const missing = new Float64Array(w);
      let [most, size] = [0, 1e-300];
      for (const each of p) size = Math.max(size, Math.abs(each));
      for (let a = 0; a < w; a++) {
        const at = active[a]! * cols;
        let sum = b[a]!;
        for (let i = 0; i < p.length; i++) sum -= data[at + free[i]!]! * p[i]!;
        missing[a] = sum;
        most = Math.max(most, Math.abs(sum));
      }
      if (most <= 4e-16 * size * Math.sqrt(p.length)) return;
      solveLowerInPlace(s, missing, w);
      solveUpperInPlace(s, missing, w);
      const step = new Float64Array(p.length);
      this.pushAlongRows(step, missing);
      solveUpperInPlace(this.l, step, p.length, this.stride);
      for (let i = 0; i < p.length; i++) p[i] = p[i]! + step[i]!;
      for (let a = 0; a < w; a++) y[a] = y[a]! + missing[a]!;
    }
  }
}

function innerProduct(
  x: Float64Array,
  xAt: number,
  y: Float64Array,
  yAt: number,
  length: number,
): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += x[xAt + i]! * y[yAt + i]!;
  return sum;
}

/** The same rows further apart. */
function spread(
  from: Float64Array,
  stride: number,
  nextStride: number,
  rows: number,
  nextRows: number,
): Float64Array {
  const out = new Float64Array(nextRows * nextStride);
  for (let i = 0; i < rows; i++)
    out.set(from.subarray(i * stride, (i + 1) * stride), i * nextStride);
  return out;
}
