/**
 * The primal active-set method. It stands at a feasible point, knows which variables are between
 * their bounds (free) and which rows are at one (active), steps towards the minimum on that face
 * until a bound or row blocks, and at the minimum lets go of what pulls the wrong way. Portfolios
 * hold few of many assets: a step costs (free × assets), not assets².
 * Source: Nocedal and Wright, Numerical Optimization, 2nd edition, algorithm 16.3.
 */
import { FreeFactor } from './free-factor.ts';
import { assetWeights, gradientAt, type QuadraticProgram } from './program.ts';
import { quadraticForm } from '../../linear-algebra/matrix.ts';

/** Weights that differ by less are the same. */
const NO_STEP = 1e-13;

export const FREE = 0;
export const AT_LOWER = 1;
export const AT_UPPER = 2;

/** Where the method stands; it may be stopped and taken up again. */
export interface Standing {
  readonly program: QuadraticProgram;
  readonly x: Float64Array;
  /** FREE, AT_LOWER or AT_UPPER of each variable. */
  readonly place: Uint8Array;
  /** FREE when the row is inactive. */
  readonly rowPlace: Uint8Array;
  readonly factor: FreeFactor;
  /** Gradients and multipliers below this are zero. */
  readonly dualTolerance: number;
  readonly delta: number;
  iterations: number;
}

/** Multipliers of the active rows and reduced costs of all variables. */
export interface Multipliers {
  readonly rows: Float64Array;
  readonly reduced: Float64Array;
}

/**
 * A standing at x with these free variables and active rows; the factor is made new. Null when the
 * Hessian of the free variables is not positive semidefinite.
 */
export function standAt(
  program: QuadraticProgram,
  x: Float64Array,
  free: readonly number[],
  active: readonly number[],
): Standing | null {
  const n = program.hessian.rows;
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, program.hessian.data[i * n + i]!);
  const linearMost = program.linear.reduce((sum, q) => Math.max(sum, Math.abs(q)), 0);
  const scale = Math.max(most, linearMost) || 1;
  const standing: Standing = {
    program,
    x: Float64Array.from(x),
    place: new Uint8Array(x.length),
    rowPlace: new Uint8Array(program.rows.rows),
    factor: new FreeFactor(program, 1e-10 * scale),
    dualTolerance: 1e-11 * scale,
    delta: 1e-10 * scale,
    iterations: 0,
  };
  return settle(standing, free, active) ? standing : null;
}

/** Names the place of every variable and row from the sets, and remakes the factor. */
function settle(standing: Standing, free: readonly number[], active: readonly number[]): boolean {
  const { program, x, place, rowPlace } = standing;
  for (let j = 0; j < x.length; j++) {
    const [least, most] = [program.lower[j]!, program.upper[j]!];
    place[j] = Math.abs(x[j]! - least) <= Math.abs(most - x[j]!) ? AT_LOWER : AT_UPPER;
  }
  for (const j of free) place[j] = FREE;
  rowPlace.fill(FREE);
  for (const i of active) {
    const activity = activityOf(program, i, x);
    const nearLower = Math.abs(activity - program.rowLower[i]!);
    rowPlace[i] = nearLower <= Math.abs(program.rowUpper[i]! - activity) ? AT_LOWER : AT_UPPER;
  }
  return standing.factor.reset(free, active);
}

export function activityOf(program: QuadraticProgram, row: number, x: Float64Array): number {
  const { cols, data } = program.rows;
  let sum = 0;
  for (let j = 0; j < cols; j++) sum += data[row * cols + j]! * x[j]!;
  return sum;
}

/** How the run ended. */
export type Ended = 'optimal' | 'unbounded' | 'stopped' | 'crowded';

/**
 * Steps until the point is optimal. 'crowded' says that more than `freeMax` variables are free:
 * then another way may be shorter. 'stopped' says that the limit of iterations was reached or the
 * active rows became dependent in floating point.
 */
export function runActiveSet(
  standing: Standing,
  limits: { iterations: number; freeMax: number },
): { ended: Ended; multipliers: Multipliers } {
  const { factor } = standing;
  const steps = new StepRun(standing);
  let stalled = 0;
  for (let count = 0; count < limits.iterations; count++) {
    standing.iterations++;
    const { fresh } = steps;
    const p = steps.direction();
    if (p === null) return { ended: 'stopped', multipliers: steps.multipliers() };
    const { length, moved } = steps.step(p);
    if (length === Number.POSITIVE_INFINITY) {
      return { ended: 'unbounded', multipliers: steps.multipliers() };
    }
    stalled = moved ? 0 : stalled + 1;
    if (length < 1) continue;
    // A full step leaves δ·p of gradient on the face, which must vanish before pricing.
    const left = p.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    if (left * standing.delta > standing.dualTolerance) continue;
    const multipliers = steps.multipliers();
    if (!steps.release(multipliers, stalled > 20)) {
      if (fresh) return { ended: 'optimal', multipliers };
      steps.mend();
    } else if (factor.free.length > limits.freeMax) return { ended: 'crowded', multipliers };
  }
  return { ended: 'stopped', multipliers: steps.multipliers() };
}

/** One run's working arrays. */
class StepRun {
  private readonly standing: Standing;
  private readonly gradient: Float64Array;
  private readonly activity: Float64Array;
  /** Gradient of each asset's weight; with one variable per asset it is the gradient less q. */
  private readonly change: Float64Array;
  /** Multiplier of each row; steps correct it, so that its error shrinks with the step. */
  private readonly y: Float64Array;
  /** True while the gradient was computed from x and not carried along. */
  fresh = true;

  constructor(standing: Standing) {
    const { program } = standing;
    this.standing = standing;
    this.gradient = new Float64Array(standing.x.length);
    this.activity = new Float64Array(program.rows.rows);
    this.change = new Float64Array(program.hessian.rows);
    this.y = new Float64Array(program.rows.rows);
    this.refresh();
  }

  /** The step to the minimum of the face, along the active rows. */
  direction(): Float64Array | null {
    const { factor } = this.standing;
    const solved = factor.solve(this.slopes(), new Float64Array(factor.active.length));
    if (solved === null) return null;
    factor.active.forEach((i, a) => (this.y[i] = this.y[i]! + solved.y[a]!));
    return solved.p;
  }

  /** Gradient less the pull of the active rows, at the free variables. */
  private slopes(): Float64Array {
    const { factor, program } = this.standing;
    const { free, active } = factor;
    const { cols, data } = program.rows;
    const g = Float64Array.from(free, (j) => this.gradient[j]!);
    for (const i of active) {
      const weight = this.y[i]!;
      if (weight === 0) continue;
      for (let f = 0; f < g.length; f++) g[f] = g[f]! - weight * data[i * cols + free[f]!]!;
    }
    return g;
  }

  /**
   * Takes the gradient from x anew and brings the active rows back to their bounds, from which
   * rounding has moved them. Steps do not do this by the way: with a part that leaves the rows a
   * step of no length would meet bounds that are not in its way.
   */
  mend(): void {
    const { factor, program, x, rowPlace } = this.standing;
    this.refresh();
    const b = Float64Array.from(factor.active, (i) => {
      const bound = rowPlace[i] === AT_LOWER ? program.rowLower[i]! : program.rowUpper[i]!;
      return bound - this.activity[i]!;
    });
    if (b.every((each) => each === 0)) return;
    const solved = factor.solve(new Float64Array(factor.free.length), b);
    if (solved === null) return;
    factor.free.forEach((j, f) => {
      x[j] = Math.min(program.upper[j]!, Math.max(program.lower[j]!, x[j]! + solved.p[f]!));
    });
    this.refresh();
  }

  private refresh(): void {
    const { program, x } = this.standing;
    this.gradient.set(gradientAt(program, x));
    for (let i = 0; i < this.activity.length; i++) this.activity[i] = activityOf(program, i, x);
    this.fresh = true;
  }

  /** Goes along p until the end of it or the first bound or row in the way. */
  step(p: Float64Array): { length: number; moved: boolean } {
    const { factor, program, x } = this.standing;
    const { free } = factor;
    const { cols, data } = program.rows;
    const slope = new Float64Array(this.activity.length);
    for (let i = 0; i < slope.length; i++) {
      let sum = 0;
      for (let f = 0; f < free.length; f++) sum += data[i * cols + free[f]!]! * p[f]!;
      slope[i] = sum;
    }
    const size = p.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    // Nothing but rounding: a bound that it meets is not in the way of anything.
    if (size < NO_STEP) return { length: 1, moved: false };
    const block = this.firstBlock(p, slope, size);
    const blocked = block.variable >= 0 || block.row >= 0;
    if (!blocked && this.isDownhillForEver(p, size)) {
      return { length: Number.POSITIVE_INFINITY, moved: true };
    }
    const length = blocked ? block.reach / size : 1;
    if (length > 0) {
      for (let f = 0; f < free.length; f++) x[free[f]!] = x[free[f]!]! + length * p[f]!;
      for (let i = 0; i < slope.length; i++) {
        this.activity[i] = this.activity[i]! + length * slope[i]!;
      }
      this.moveGradient(p, length);
      this.fresh = false;
    }
    if (blocked) this.fix(block);
    return { length: blocked ? Math.min(length, 1 - 2 ** -53) : 1, moved: length * size > NO_STEP };
  }

  /** True when nothing is in the way and the objective does not curve up along p. */
  private isDownhillForEver(p: Float64Array, size: number): boolean {
    if (size < 1e6) return false;
    const { factor, program } = this.standing;
    const weights = new Float64Array(this.gradient.length);
    let slope = 0;
    factor.free.forEach((j, f) => {
      weights[j] = p[f]!;
      slope += p[f]! * this.gradient[j]!;
    });
    const moved = assetWeights(program, weights);
    return quadraticForm(program.hessian, moved) < 1e-6 * Math.abs(slope);
  }

  /** The first bound or row in the way; how far is told along p scaled to a largest part of 1. */
  private firstBlock(
    p: Float64Array,
    slope: Float64Array,
    size: number,
  ): { reach: number; variable: number; row: number; side: number } {
    const { factor, program, x, rowPlace } = this.standing;
    let [reach, variable, row, side, speed] = [size, -1, -1, FREE, 0];
    const isFirst = (room: number, rate: number): boolean => {
      const distance = Math.max(0, room / rate);
      // Of those that block together, the one met at the steepest angle is the safest to fix.
      const tie = speed > 0 && distance <= reach + 1e-13 && Math.abs(rate) > speed;
      if (!(distance < reach - 1e-13) && !tie) return false;
      reach = Math.min(reach, distance);
      speed = Math.abs(rate);
      side = rate < 0 ? AT_LOWER : AT_UPPER;
      return true;
    };
    for (let f = 0; f < p.length; f++) {
      const j = factor.free[f]!;
      const rate = p[f]! / size;
      if (!(Math.abs(rate) > 1e-12)) continue;
      const bound = rate < 0 ? program.lower[j]! : program.upper[j]!;
      if (Number.isFinite(bound) && isFirst(bound - x[j]!, rate)) [variable, row] = [f, -1];
    }
    for (let i = 0; i < slope.length; i++) {
      const rate = slope[i]! / size;
      if (rowPlace[i] !== FREE || !(Math.abs(rate) > 1e-11)) continue;
      const bound = rate < 0 ? program.rowLower[i]! : program.rowUpper[i]!;
      if (Number.isFinite(bound) && isFirst(bound - this.activity[i]!, rate)) {
        [variable, row] = [-1, i];
      }
    }
    return { reach, variable, row, side };
  }

  private fix(block: { variable: number; row: number; side: number }): void {
    const { factor, program, x, place, rowPlace } = this.standing;
    if (block.row >= 0) {
      rowPlace[block.row] = block.side;
      factor.addRow(block.row);
      return;
    }
    const j = factor.free[block.variable]!;
    x[j] = block.side === AT_LOWER ? program.lower[j]! : program.upper[j]!;
    place[j] = block.side;
    factor.removeVariableAt(block.variable);
  }

  /** gradient += length · P·p over the free variables. */
  private moveGradient(p: Float64Array, length: number): void {
    const { factor, program } = this.standing;
    const { hessian, asset, sign } = program;
    const n = hessian.rows;
    const { change } = this;
    change.fill(0);
    for (let f = 0; f < p.length; f++) {
      const j = factor.free[f]!;
      const weight = length * p[f]! * (sign?.[j] ?? 1);
      const at = (asset?.[j] ?? j) * n;
      for (let i = 0; i < n; i++) change[i] = change[i]! + weight * hessian.data[at + i]!;
    }
    const { gradient } = this;
    if (asset === undefined || sign === undefined) {
      for (let i = 0; i < n; i++) gradient[i] = gradient[i]! + change[i]!;
      return;
    }
    for (let j = 0; j < gradient.length; j++) {
      gradient[j] = gradient[j]! + sign[j]! * change[asset[j]!]!;
    }
  }

  multipliers(): Multipliers {
    const { factor, program } = this.standing;
    const rows = new Float64Array(program.rows.rows);
    const reduced = Float64Array.from(this.gradient);
    const { cols, data } = program.rows;
    for (const i of factor.active) {
      const weight = this.y[i]!;
      rows[i] = weight;
      if (weight === 0) continue;
      for (let j = 0; j < cols; j++) reduced[j] = reduced[j]! - weight * data[i * cols + j]!;
    }
    return { rows, reduced };
  }

  /** Lets go of the bound or row that pulls hardest the wrong way (of the first one: Bland). */
  release({ rows, reduced }: Multipliers, first: boolean): boolean {
    const { factor, program, place, rowPlace, dualTolerance } = this.standing;
    let [worst, variable, row] = [dualTolerance, -1, -1];
    for (let j = 0; j < reduced.length; j++) {
      if (place[j] === FREE || program.lower[j] === program.upper[j]) continue;
      const pull = place[j] === AT_LOWER ? -reduced[j]! : reduced[j]!;
      if (pull <= worst) continue;
      [worst, variable] = [pull, j];
      if (first) break;
    }
    const searched = first && variable >= 0 ? [] : factor.active;
    for (const [a, i] of searched.entries()) {
      if (program.rowLower[i] === program.rowUpper[i]) continue;
      const pull = rowPlace[i] === AT_LOWER ? -rows[i]! : rows[i]!;
      if (pull > worst) [worst, variable, row] = [pull, -1, a];
    }
    if (row >= 0) {
      rowPlace[factor.active[row]!] = FREE;
      this.y[factor.active[row]!] = 0;
      factor.removeRowAt(row);
      return true;
    }
    if (variable < 0) return false;
    place[variable] = FREE;
    factor.addVariable(variable);
    return true;
  }
}
