/**
 * Rules that make the set of portfolios fall apart: at most so many holdings, a holding of at
 * least so much or none, whole lots. The best portfolio is found by branch and bound: a relaxation
 * that ignores the rules bounds what a branch can reach, a branch decides one asset, and what
 * cannot beat the best found is cut. HiGHS has no quadratic mixed-integer solver, so the
 * relaxations are ours. The answer states the gap that is proven; 0 is the exact optimum.
 * Source: Bienstock, Computational study of a family of mixed-integer quadratic programming
 * problems, Mathematical Programming 74 (1996).
 */
import type { AssembleOptions } from './assemble.ts';
import { solveContinuous, type Continuous } from './continuous.ts';
import { perAsset, type AllocationProblem, type HoldingRules, type Objective } from './problem.ts';

const ZERO = 1e-9;

/** What is decided about each asset in a branch. */
interface Branch {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** 1 held, 0 open; what is out has an upper bound of zero. */
  readonly held: Uint8Array;
  /** No portfolio of the branch is better. */
  readonly bound: number;
  readonly weights: Float64Array;
  readonly cost: number;
}

export interface HoldingsFound {
  readonly found: Continuous;
  /** Proven distance from the best, as a part of it; above 0 with no portfolio: not proven. */
  readonly gap: number;
}

/** Searches until the gap is small enough or the nodes are used up. */
export function searchHoldings(
  problem: AllocationProblem,
  objective: Objective,
  rules: HoldingRules,
  options: AssembleOptions = {},
): HoldingsFound {
  return new HoldingSearch(problem, objective, rules, options).run();
}

class HoldingSearch {
  private readonly problem: AllocationProblem;
  private readonly objective: Objective;
  private readonly options: AssembleOptions;
  private readonly countMax: number;
  private readonly minimum: Float64Array;
  private readonly step: Float64Array;
  private readonly gapMax: number;
  private readonly nodesMax: number;
  private nodes = 0;
  private best: { weights: Float64Array; cost: number; value: number } | undefined;
  private refused: Continuous | undefined;

  constructor(
    problem: AllocationProblem,
    objective: Objective,
    rules: HoldingRules,
    options: AssembleOptions,
  ) {
    const n = problem.assets.length;
    this.problem = problem;
    this.objective = objective;
    this.options = options;
    this.countMax = rules.countMax ?? n;
    this.minimum = perAsset(rules.minimum, n, 0);
    this.step = perAsset(rules.step, n, 0);
    this.gapMax = rules.gap ?? 1e-6;
    this.nodesMax = rules.nodesMax ?? 20_000;
  }

  run(): HoldingsFound {
    const root = this.root();
    if (root === null) return { found: this.refused ?? { status: 'infeasible' }, gap: 0 };
    const open: Branch[] = [root];
    this.roundOff(root);
    let bound = root.bound;
    while (open.length > 0) {
      // Best first: the least bound of the open branches is the bound of the whole.
      const branch = popBest(open);
      bound = branch.bound;
      if (this.isCut(bound)) break;
      if (this.nodes >= this.nodesMax) {
        open.push(branch);
        break;
      }
      for (const child of this.children(branch)) if (!this.isCut(child.bound)) open.push(child);
    }
    if (this.best === undefined) {
      if (open.length > 0) return { found: { status: 'infeasible' }, gap: 1 };
      return { found: this.refused ?? { status: 'infeasible' }, gap: 0 };
    }
    const proven = open.length === 0 ? this.best.value : Math.min(bound, this.best.value);
    const gap = (this.best.value - proven) / Math.max(Math.abs(this.best.value), 1e-12);
    return { found: { status: 'optimal', ...this.best }, gap };
  }

  private isCut(bound: number): boolean {
    if (this.best === undefined) return false;
    return bound >= this.best.value - this.gapMax * Math.max(Math.abs(this.best.value), 1e-12);
  }

  private root(): Branch | null {
    const n = this.problem.assets.length;
    const given = this.options.without;
    const of = (kind: 'lower' | 'upper', value: Float64Array, open: number) =>
      value.map((each, i) =>
        given?.has(`${kind}:${this.problem.assets[i]}`) === true ? open : each,
      );
    const lower = of('lower', perAsset(this.problem.lower, n, 0), 0);
    const upper = of(
      'upper',
      perAsset(this.problem.upper, n, 1),
      Math.max(1, this.problem.budget ?? 1),
    );
    if (lower.some((each) => each < 0)) {
      throw new RangeError('rules for holdings need lower bounds of zero or more');
    }
    const held = new Uint8Array(n);
    for (let i = 0; i < n; i++) {
      if (lower[i]! > ZERO) this.hold(i, lower, held);
      this.alignToLots(i, lower, upper);
    }
    return this.relax(lower, upper, held);
  }

  private hold(i: number, lower: Float64Array, held: Uint8Array): void {
    held[i] = 1;
    lower[i] = Math.max(lower[i]!, this.minimum[i]!, this.step[i]!);
  }

  private alignToLots(i: number, lower: Float64Array, upper: Float64Array): void {
    const lot = this.step[i]!;
    if (lot <= 0) return;
    lower[i] = lot * Math.ceil(lower[i]! / lot - ZERO);
    upper[i] = lot * Math.floor(upper[i]! / lot + ZERO);
  }

  /** Solves a branch without its rules; null when nothing in it is possible. */
  private relax(lower: Float64Array, upper: Float64Array, held: Uint8Array): Branch | null {
    this.nodes++;
    if (lower.some((least, i) => least > upper[i]! + 1e-12)) return null;
    const taken = held.reduce((sum, each) => sum + each, 0);
    if (taken > this.countMax) return null;
    const extra = [];
    if (this.countMax < lower.length) {
      // An open asset uses at least w ÷ upper of a place.
      const loadings = upper.map((most, i) => (held[i] === 1 || most <= 0 ? 0 : 1 / most));
      extra.push({ loadings, most: this.countMax - taken });
    }
    const found = solveContinuous(this.problem, this.objective, {
      ...this.options,
      without: new Set(
        [...(this.options.without ?? [])].filter((key) => !/^(lower|upper):/.test(key)),
      ),
      lower,
      upper,
      extra,
    });
    if (found.status === 'refused') this.refused = found;
    if (found.status !== 'optimal') return null;
    const { weights, cost, value } = found;
    return { lower, upper, held, bound: value, weights, cost };
  }

  /** The branch's own portfolio when it obeys the rules; else its two halves. */
  private children(branch: Branch): Branch[] {
    const asset = this.undecided(branch);
    if (asset < 0) {
      this.offer(branch);
      return [];
    }
    return this.split(branch, asset).flatMap(({ lower, upper, held }) => {
      const child = this.relax(lower, upper, held);
      if (child === null) return [];
      this.roundOff(child);
      return [child];
    });
  }

  private offer({ weights, cost, bound }: Branch): void {
    if (this.best === undefined || bound < this.best.value) {
      this.best = { weights, cost, value: bound };
    }
  }

  /** The asset that breaks a rule most, or −1. */
  private undecided({ weights, held }: Branch): number {
    let [worst, asset] = [ZERO, -1];
    const count = weights.filter((weight) => weight > ZERO).length;
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i]!;
      if (weight <= ZERO) continue;
      const lot = this.step[i]!;
      const broken = lot > 0 ? Math.abs(weight / lot - Math.round(weight / lot)) : 0;
      const small = held[i] === 0 && weight < this.minimum[i]! - ZERO ? 1 + weight : 0;
      const crowded = held[i] === 0 && count > this.countMax ? 2 + weight : 0;
      const fault = Math.max(broken > 1e-7 ? broken : 0, small, crowded);
      if (fault > worst) [worst, asset] = [fault, i];
    }
    return asset;
  }

  private split({ lower, upper, held, weights }: Branch, asset: number) {
    const copy = () => ({
      lower: Float64Array.from(lower),
      upper: Float64Array.from(upper),
      held: Uint8Array.from(held),
    });
    const [down, up] = [copy(), copy()];
    const lot = this.step[asset]!;
    const decided = held[asset] === 1;
    if (decided || (lot > 0 && this.minimum[asset] === 0 && this.countMax >= lower.length)) {
      down.upper[asset] = lot * Math.floor(weights[asset]! / lot + ZERO);
      up.lower[asset] = lot * Math.ceil(weights[asset]! / lot - ZERO);
      return [down, up];
    }
    down.upper[asset] = 0;
    down.lower[asset] = 0;
    this.hold(asset, up.lower, up.held);
    this.alignToLots(asset, up.lower, up.upper);
    return [down, up];
  }

  /** A guess from a relaxation: its largest weights are held, everything else is out. */
  private roundOff(branch: Branch): void {
    const { weights } = branch;
    const order = Array.from(weights.keys()).sort((i, j) => weights[j]! - weights[i]!);
    const chosen = order.filter((i) => weights[i]! > ZERO || branch.held[i] === 1);
    for (let count = Math.min(this.countMax, chosen.length); count > 0; count--) {
      const inside = new Set(chosen.slice(0, count));
      if (branch.held.some((each, i) => each === 1 && !inside.has(i))) return;
      const lower = Float64Array.from(branch.lower);
      const held = Uint8Array.from(branch.held);
      const upper = branch.upper.map((most, i) => (inside.has(i) ? most : 0));
      for (const i of inside) this.hold(i, lower, held);
      for (const i of inside) this.alignToLots(i, lower, upper);
      const guess = this.relax(lower, upper, held);
      if (guess !== null) {
        if (this.undecided(guess) < 0) this.offer(guess);
        return;
      }
    }
  }
}

function popBest(open: Branch[]): Branch {
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i]!.bound < open[best]!.bound) best = i;
  const [branch] = open.splice(best, 1);
  return branch!;
}
