/**
 * A bound for portfolios of at most so many holdings that is near to what they can reach. Dropping
 * the limit on their number lets a relaxation hold a little of everything, and where assets are
 * nearly independent that is far too good. So the own risk dᵢ of an asset is taken out of the
 * quadratic and divided by the part zᵢ of a place that the asset takes:
 *
 *   ½·wᵀCw = ½·wᵀ(C − 2D)w + Σ dᵢwᵢ²   ≥   ½·wᵀ(C − 2D)w + Σ dᵢwᵢ²/zᵢ,   0 ≤ zᵢ ≤ 1, Σzᵢ ≤ places
 *
 * holds with equality when every z is 0 or 1 and w is zero with z. For a price λ of a place the
 * best z is known, and what is left is convex in w, a quadratic with a bend at cᵢ = √(λ/dᵢ):
 *
 *   2√(λdᵢ)·wᵢ + dᵢ·max(0, wᵢ − cᵢ)²    in the place of dᵢwᵢ², less λ·places
 *
 * Every λ gives a bound, and the best λ is where the places are just taken. D is the largest
 * multiple of 1 ÷ (C⁻¹)ᵢᵢ that leaves C − 2D positive semidefinite.
 * Source: Frangioni and Gentile, Perspective cuts for a class of convex 0-1 mixed integer programs,
 * Mathematical Programming 106 (2006).
 */
import { factorCholesky, invertCholesky } from '../linear-algebra/cholesky.ts';
import { matrix, type Matrix } from '../linear-algebra/matrix.ts';
import { assemble, programOver, weightsOf, type AssembleOptions } from './assemble.ts';
import { valueOf, type Quadratic } from './continuous.ts';
import type { AllocationProblem } from './problem.ts';
import { solveQuadratic, type Start } from './quadratic/solve.ts';

/** The dᵢ, or null where nothing can be taken out. */
export function ownRisk({ curvature }: Quadratic): Float64Array | null {
  const n = curvature.rows;
  const half = matrix(
    n,
    n,
    Float64Array.from(curvature.data, (each) => each / 2),
  );
  const factor = factorCholesky(half);
  if (factor === null) return null;
  const inverse = invertCholesky(factor);
  const shape = Float64Array.from({ length: n }, (_, i) => 1 / inverse.data[i * n + i]!);
  let [low, high] = [0, 1];
  for (let halving = 0; halving < 12; halving++) {
    const share = (low + high) / 2;
    const rest = matrix(n, n, Float64Array.from(half.data));
    for (let i = 0; i < n; i++) rest.data[i * n + i]! -= share * shape[i]!;
    if (factorCholesky(rest) === null) high = share;
    else low = share;
  }
  return low === 0 ? null : shape.map((each) => low * each);
}

/** Places that are left, and for whom. */
export interface Places {
  /** dᵢ of the assets of which it is open whether they are held, 0 of the others. */
  readonly own: Float64Array;
  readonly left: number;
  /** A λ to begin with. */
  readonly price: number;
}

export type CountedBound =
  | {
      readonly status: 'optimal';
      readonly weights: Float64Array;
      readonly cost: number;
      /** No portfolio of the branch has less. */
      readonly bound: number;
      readonly price: number;
    }
  | { readonly status: 'infeasible' }
  | { readonly status: 'failed' };

const PRICES_MAX = 8;
const BENDS_MAX = 12;

/** The best bound over a few prices. */
export function boundCounted(
  problem: AllocationProblem,
  quadratic: Quadratic,
  options: AssembleOptions,
  places: Places,
): CountedBound {
  const relaxation = new Relaxation(problem, quadratic, options, places);
  let price = places.price;
  let best: CountedBound = { status: 'failed' };
  for (let round = 0; round < PRICES_MAX; round++) {
    const found = relaxation.at(price);
    if (found.status === 'infeasible') return found;
    if (found.status !== 'optimal') break;
    const gained = best.status === 'optimal' ? found.bound - best.bound : Number.POSITIVE_INFINITY;
    if (gained > 0) best = found;
    const taken = relaxation.taken(found.weights, price);
    const off = taken / places.left - 1;
    if (Math.abs(off) < 1e-4 || gained < 1e-7 * Math.abs(found.bound)) break;
    // Where no asset takes a whole place, what they take goes with 1 ÷ √λ.
    price = price > 0 ? price * (1 + off) ** 2 : relaxation.firstPrice(found.weights);
    if (!(price > 0)) break;
  }
  return best;
}

class Relaxation {
  private readonly quadratic: Quadratic;
  private readonly places: Places;
  private readonly assembled: ReturnType<typeof assemble>;
  private start: Start | undefined;
  private above: Uint8Array;

  constructor(
    problem: AllocationProblem,
    quadratic: Quadratic,
    options: AssembleOptions,
    places: Places,
  ) {
    this.quadratic = quadratic;
    this.places = places;
    this.assembled = assemble(problem, options);
    this.above = new Uint8Array(problem.assets.length);
  }

  /** The λ at which these weights take the places that are left, none of them a whole one. */
  firstPrice(weights: Float64Array): number {
    const { own, left } = this.places;
    let sum = 0;
    for (let i = 0; i < own.length; i++) sum += Math.sqrt(own[i]!) * Math.max(0, weights[i]!);
    return (sum / left) ** 2;
  }

  /** Σ zᵢ at the price. */
  taken(weights: Float64Array, price: number): number {
    const { own } = this.places;
    let sum = 0;
    for (let i = 0; i < own.length; i++) {
      if (own[i] === 0 || !(weights[i]! > 0)) continue;
      sum += price > 0 ? Math.min(1, weights[i]! * Math.sqrt(own[i]! / price)) : 1;
    }
    return sum;
  }

  /** The bound of one price: quadratics until the same weights are above their bend. */
  at(price: number): CountedBound {
    const { own } = this.places;
    const bend = own.map((each) => (each > 0 ? Math.sqrt(price / each) : 0));
    for (let round = 0; round < BENDS_MAX; round++) {
      const solved = solveQuadratic(this.program(price), { start: this.start });
      if (solved.status === 'infeasible') return { status: 'infeasible' };
      if (solved.status !== 'optimal') return { status: 'failed' };
      this.start = solved;
      const { weights, cost } = weightsOf(this.assembled, solved.x);
      const above = Uint8Array.from(bend, (least, i) => Number(weights[i]! > least));
      const same = above.every(
        (each, i) =>
          own[i] === 0 || each === this.above[i] || Math.abs(weights[i]! - bend[i]!) < 1e-12,
      );
      if (same)
        return { status: 'optimal', weights, cost, price, bound: this.value(weights, cost, price) };
      this.above = above;
    }
    return { status: 'failed' };
  }

  private program(price: number) {
    const { curvature, linear } = this.quadratic;
    const { own } = this.places;
    const n = own.length;
    const rest: Matrix = matrix(n, n, Float64Array.from(curvature.data));
    const slope = Float64Array.from(linear);
    for (let i = 0; i < n; i++) {
      if (own[i] === 0 || this.above[i] === 1) continue;
      rest.data[i * n + i]! -= 2 * own[i]!;
      slope[i]! += 2 * Math.sqrt(price * own[i]!);
    }
    return programOver(this.assembled, rest, slope, 1);
  }

  private value(weights: Float64Array, cost: number, price: number): number {
    const { own, left } = this.places;
    let value = valueOf(this.quadratic, weights, cost) - price * left;
    for (let i = 0; i < own.length; i++) {
      if (own[i] === 0) continue;
      const [d, w] = [own[i]!, weights[i]!];
      const over = Math.max(0, w - Math.sqrt(price / d));
      value += 2 * Math.sqrt(price * d) * w + d * over * over - d * w * w;
    }
    return value;
  }
}
