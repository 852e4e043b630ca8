/**
 * A first point that meets all bounds and rows, by the bounded primal simplex method with the sum
 * of violations as its cost; or the proof that there is none. Portfolios have many assets and few
 * rows (budget, return, groups), so the inverse of the basis is kept dense, rows × rows.
 * Source: Maros, Computational Techniques of the Simplex Method, 9.
 */
import type { QuadraticProgram } from './program.ts';

/** A vertex: every variable but a basis stands at a bound (a free one at zero). */
export type Vertex =
  | {
      readonly feasible: true;
      readonly x: Float64Array;
      /** Basic variables, as many as active rows and independent on them. */
      readonly free: number[];
      readonly active: number[];
    }
  | {
      readonly feasible: false;
      /** The bounds and rows whose weighted sum is a contradiction (Farkas). */
      readonly conflict: { rows: number[]; lower: number[]; upper: number[] };
    };

const TOLERANCE = 1e-10;

/** Finds a vertex of the program's feasible set; null when the iteration limit is reached. */
export function findVertex(program: QuadraticProgram): Vertex | null {
  return new Simplex(program).run();
}

/** Variables n … n + m − 1 are the activities of the rows: A·x − r = 0. */
class Simplex {
  private readonly program: QuadraticProgram;
  private readonly n: number;
  private readonly m: number;
  private readonly value: Float64Array;
  private readonly basis: Int32Array;
  private readonly placeInBasis: Int32Array;
  private readonly inverse: Float64Array;
  private readonly scale: Float64Array;
  private stalled = 0;

  constructor(program: QuadraticProgram) {
    this.program = program;
    const n = program.linear.length;
    const m = program.rows.rows;
    this.n = n;
    this.m = m;
    this.value = new Float64Array(n + m);
    this.basis = Int32Array.from({ length: m }, (_, i) => n + i);
    this.placeInBasis = new Int32Array(n + m).fill(-1);
    this.inverse = new Float64Array(m * m);
    this.scale = new Float64Array(m).fill(1);
    for (let i = 0; i < m; i++) {
      this.placeInBasis[n + i] = i;
      this.inverse[i * m + i] = -1;
      for (let j = 0; j < n; j++) {
        this.scale[i] = Math.max(this.scale[i]!, Math.abs(program.rows.data[i * n + j]!));
      }
    }
    for (let j = 0; j < n; j++) {
      const [least, most] = [program.lower[j]!, program.upper[j]!];
      // The finite bound nearer to zero; a free variable waits at zero.
      if (least > 0 || most < 0) this.value[j] = least > 0 ? least : most;
      else if (Number.isFinite(least) && Number.isFinite(most)) {
        this.value[j] = -least <= most ? least : most;
      } else this.value[j] = Number.isFinite(least) ? least : Number.isFinite(most) ? most : 0;
    }
    this.refreshActivities();
  }

  private lowerOf(j: number): number {
    return j < this.n ? this.program.lower[j]! : this.program.rowLower[j - this.n]!;
  }

  private upperOf(j: number): number {
    return j < this.n ? this.program.upper[j]! : this.program.rowUpper[j - this.n]!;
  }

  private toleranceOf(j: number): number {
    return j < this.n ? TOLERANCE : TOLERANCE * this.scale[j - this.n]!;
  }

  private refreshActivities(): void {
    const { n, m, value } = this;
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += this.program.rows.data[i * n + j]! * value[j]!;
      value[n + i] = sum;
    }
  }

  run(): Vertex | null {
    const limit = 50 * (this.n + this.m) + 200;
    for (let iteration = 0; iteration < limit; iteration++) {
      const { costs, infeasible } = this.violationCosts();
      if (!infeasible) return this.vertex();
      const y = this.multipliers(costs);
      const entering = this.price(y);
      if (entering === null) return { feasible: false, conflict: this.conflict(y) };
      this.pivot(entering.variable, entering.direction);
    }
    return null;
  }

  /** −1 for a basic variable below its range, +1 above, 0 inside. */
  private violationCosts(): { costs: Float64Array; infeasible: boolean } {
    const costs = new Float64Array(this.m);
    let infeasible = false;
    for (let i = 0; i < this.m; i++) {
      const j = this.basis[i]!;
      const value = this.value[j]!;
      if (value < this.lowerOf(j) - this.toleranceOf(j)) costs[i] = -1;
      else if (value > this.upperOf(j) + this.toleranceOf(j)) costs[i] = 1;
      infeasible ||= costs[i] !== 0;
    }
    return { costs, infeasible };
  }

  private multipliers(costs: Float64Array): Float64Array {
    const { m, inverse } = this;
    const y = new Float64Array(m);
    for (let i = 0; i < m; i++) {
      if (costs[i] === 0) continue;
      for (let k = 0; k < m; k++) y[k] = y[k]! + costs[i]! * inverse[i * m + k]!;
    }
    return y;
  }

  /** Rate of the sum of violations when variable j grows. */
  private reducedCosts(y: Float64Array): Float64Array {
    const { n, m } = this;
    const d = new Float64Array(n + m);
    for (let i = 0; i < m; i++) {
      const weight = y[i]!;
      d[n + i] = weight;
      if (weight === 0) continue;
      for (let j = 0; j < n; j++) d[j] = d[j]! - weight * this.program.rows.data[i * n + j]!;
    }
    return d;
  }

  /** The nonbasic variable that mends most, or the first one when steps have stalled (Bland). */
  private price(y: Float64Array): { variable: number; direction: 1 | -1 } | null {
    const d = this.reducedCosts(y);
    let [best, variable] = [1e-9, -1];
    for (let j = 0; j < d.length; j++) {
      if (this.placeInBasis[j]! >= 0) continue;
      const [least, most, value] = [this.lowerOf(j), this.upperOf(j), this.value[j]!];
      if (least === most) continue;
      const rate = d[j]!;
      if (rate < 0 ? value >= most : value <= least) continue;
      if (Math.abs(rate) > best) {
        [best, variable] = [Math.abs(rate), j];
        if (this.stalled > 40) break;
      }
    }
    return variable < 0 ? null : { variable, direction: d[variable]! < 0 ? 1 : -1 };
  }

  private column(j: number): Float64Array {
    const { n, m, inverse } = this;
    const out = new Float64Array(m);
    for (let i = 0; i < m; i++) {
      let sum = 0;
      if (j >= n) sum = -inverse[i * m + j - n]!;
      else {
        for (let k = 0; k < m; k++) sum += inverse[i * m + k]! * this.program.rows.data[k * n + j]!;
      }
      out[i] = sum;
    }
    return out;
  }

  private pivot(entering: number, direction: 1 | -1): void {
    const { m, value, basis } = this;
    const column = this.column(entering);
    let step = this.upperOf(entering) - this.lowerOf(entering);
    let [leaving, target, size] = [-1, 0, 0];
    for (let i = 0; i < m; i++) {
      const rate = -direction * column[i]!;
      if (Math.abs(rate) < 1e-11) continue;
      const j = basis[i]!;
      const bound = this.nextBound(j, rate);
      if (!Number.isFinite(bound)) continue;
      const reach = Math.max(0, (bound - value[j]!) / rate);
      const tie = Math.abs(reach - step) <= 1e-12;
      const better = this.stalled > 40 ? leaving < 0 || j < basis[leaving]! : Math.abs(rate) > size;
      if (reach < step - 1e-12 || (tie && better)) {
        step = Math.min(step, reach);
        [leaving, target, size] = [i, bound, Math.abs(rate)];
      }
    }
    this.stalled = step > 1e-12 ? 0 : this.stalled + 1;
    value[entering] = value[entering]! + direction * step;
    for (let i = 0; i < m; i++) {
      const j = basis[i]!;
      value[j] = value[j]! - direction * step * column[i]!;
    }
    if (leaving < 0) {
      value[entering] = direction > 0 ? this.upperOf(entering) : this.lowerOf(entering);
      return;
    }
    value[basis[leaving]!] = target;
    this.exchange(entering, leaving, column);
  }

  /** The bound at which a basic variable that changes at this rate has to stop. */
  private nextBound(j: number, rate: number): number {
    const [least, most, slack] = [this.lowerOf(j), this.upperOf(j), this.toleranceOf(j)];
    const value = this.value[j]!;
    if (rate > 0) return value < least - slack ? least : value > most + slack ? Infinity : most;
    return value > most + slack ? most : value < least - slack ? -Infinity : least;
  }

  private exchange(entering: number, place: number, column: Float64Array): void {
    const { m, inverse } = this;
    this.placeInBasis[this.basis[place]!] = -1;
    this.placeInBasis[entering] = place;
    this.basis[place] = entering;
    const pivot = column[place]!;
    for (let k = 0; k < m; k++) inverse[place * m + k] = inverse[place * m + k]! / pivot;
    for (let i = 0; i < m; i++) {
      const factor = column[i]!;
      if (i === place || factor === 0) continue;
      for (let k = 0; k < m; k++) {
        inverse[i * m + k] = inverse[i * m + k]! - factor * inverse[place * m + k]!;
      }
    }
  }

  private vertex(): Vertex {
    const { n, m } = this;
    const free: number[] = [];
    const active: number[] = [];
    // What has no bound at all stands nowhere: it is free wherever it waits.
    const isOpen = (j: number) =>
      this.lowerOf(j) === Number.NEGATIVE_INFINITY && this.upperOf(j) === Number.POSITIVE_INFINITY;
    for (let j = 0; j < n; j++) if (this.placeInBasis[j]! >= 0 || isOpen(j)) free.push(j);
    for (let i = 0; i < m; i++) if (this.placeInBasis[n + i]! < 0) active.push(i);
    return { feasible: true, x: this.value.slice(0, n), free, active };
  }

  private conflict(y: Float64Array): { rows: number[]; lower: number[]; upper: number[] } {
    const d = this.reducedCosts(y);
    const at = (j: number) => j < this.n && this.placeInBasis[j]! < 0;
    const indices = Array.from({ length: this.n }, (_, j) => j).filter(at);
    return {
      rows: Array.from(y.keys()).filter((i) => Math.abs(y[i]!) > 1e-9),
      lower: indices.filter((j) => d[j]! > 1e-9),
      upper: indices.filter((j) => d[j]! < -1e-9),
    };
  }
}
