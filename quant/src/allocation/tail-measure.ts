/** What is lost in bad times, from its definition, and how it changes with the weights. */
import type { Matrix } from '../linear-algebra/matrix.ts';

export type TailMeasure = 'cvar' | 'cdar';

/** What is sought; without a target the least risk plus cost. */
export interface TailObjective {
  readonly measure: TailMeasure;
  /** β, from 0 to below 1: the part of the periods that is not bad. Usual: 0.95. */
  readonly confidence: number;
  /** Least risk with μᵀw − cost at least this. */
  readonly returnLeast?: number;
  /** Instead of least risk: most μᵀw − cost with the risk at most this. */
  readonly riskMost?: number;
}

type Which = Pick<TailObjective, 'measure' | 'confidence'>;

/** The measure of given weights, from its definition by sorting; per period. */
export function tailRiskOf(scenarios: Matrix, weights: ArrayLike<number>, which: Which): number {
  return tailOf(scenarios, weights, which).risk;
}

/**
 * The measure of given weights, and the c with c·w = risk here and c·w ≤ risk everywhere: the mean
 * of the periods' losses by how much each counts here.
 */
export function tailOf(
  scenarios: Matrix,
  weights: ArrayLike<number>,
  { measure, confidence }: Which,
): { risk: number; gradient: Float64Array } {
  const { rows, cols, data } = scenarios;
  const losses = new Float64Array(rows);
  let drawdown = 0;
  for (let t = 0; t < rows; t++) {
    let earned = 0;
    for (let i = 0; i < cols; i++) earned += data[t * cols + i]! * weights[i]!;
    drawdown = Math.max(0, drawdown - earned);
    losses[t] = measure === 'cvar' ? -earned : drawdown;
  }
  // The worst T·(1 − β) periods, the last of them in part.
  const bad = rows * (1 - confidence);
  const order = Uint32Array.from(losses.keys()).sort((one, other) => losses[other]! - losses[one]!);
  const counts = new Float64Array(rows);
  let [left, sum] = [bad, 0];
  for (let at = 0; at < rows && left > 0; at++) {
    const t = order[at]!;
    counts[t] = Math.min(1, left) / bad;
    sum += Math.min(1, left) * losses[t]!;
    left -= 1;
  }
  const gradient = new Float64Array(cols);
  let later = 0;
  for (let t = rows - 1; t >= 0; t--) {
    // A drawdown is the sum of the losses since its peak; at a peak nothing is carried on.
    if (measure === 'cdar') later = losses[t] === 0 ? 0 : later + counts[t]!;
    const counted = measure === 'cvar' ? counts[t]! : later;
    if (counted === 0) continue;
    for (let i = 0; i < cols; i++) gradient[i] = gradient[i]! - counted * data[t * cols + i]!;
  }
  return { risk: sum / bad, gradient };
}
