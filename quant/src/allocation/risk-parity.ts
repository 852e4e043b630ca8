/** Weights by risk: each asset gives the part of the portfolio's risk that its budget says. */
import { type Answer, absent } from '../figure.ts';
import { type Matrix, multiplyVector, requireSquare } from '../linear-algebra/matrix.ts';

export interface RiskBudgetOptions {
  /** N budgets, at least 0, not all 0, in any unit. Default: equal, which is risk parity. */
  readonly budgets?: ArrayLike<number>;
  /** The most by which a share of risk may miss its budget, both as fractions of 1. Default 1e-10. */
  readonly tolerance?: number;
}

export interface RiskBudgetResult {
  /** N weights, at least 0, that sum to one. */
  readonly weights: Float64Array;
  /** N: w_i·(Σw)_i/(wᵀΣw), the share of the risk; equal to the budget within the tolerance. */
  readonly shares: Float64Array;
  readonly sweeps: number;
}

const SWEEPS_MAX = 10_000;

/**
 * The long-only portfolio whose risk is shared as budgeted. It is the one minimum of
 * ½·xᵀΣx − Σ b_i·ln x_i, scaled to sum 1 (Spinu 2013), found by cyclical coordinate descent
 * (Griveau-Billion, Richard and Roncalli 2013): with the others held, x_i is the positive root of
 * σ_ii·x² + a_i·x − b_i = 0, a_i = (Σx)_i − σ_ii·x_i. An asset with budget 0 has weight 0.
 *
 * Absent: `NOT_FINITE`; `ZERO_VARIANCE` for a budgeted asset without variance; `NOT_CONVERGED` after
 * 10,000 sweeps, which only a matrix that is not positive definite needs.
 *
 * @throws RangeError for a matrix that is not square, or budgets that are none.
 */
export function riskBudgetWeights(
  covariance: Matrix,
  options: RiskBudgetOptions = {},
): Answer<RiskBudgetResult> {
  requireSquare(covariance);
  const { rows: n, data } = covariance;
  const budgets = budgetsOf(options.budgets, n);
  if (!data.every(Number.isFinite)) return absent('NOT_FINITE');
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const variance = data[i * n + i]!;
    if (budgets[i] === 0) continue;
    if (!(variance > 0)) return absent('ZERO_VARIANCE');
    x[i] = Math.sqrt(budgets[i]! / variance);
  }
  const product = multiplyVector(covariance, x);
  scaleToUnitRisk(x, product);
  const tolerance = options.tolerance ?? 1e-10;
  for (let sweeps = 1; sweeps <= SWEEPS_MAX; sweeps++) {
    sweep(data, budgets, x, product);
    if (missOf(budgets, x, product) > tolerance) continue;
    return { value: { ...shareOut(covariance, x), sweeps } };
  }
  return absent('NOT_CONVERGED');
}

function budgetsOf(given: ArrayLike<number> | undefined, n: number): Float64Array {
  if (given === undefined) return new Float64Array(n).fill(1 / n);
  const budgets = Float64Array.from(given);
  const sum = budgets.reduce((total, budget) => total + budget, 0);
  if (budgets.length !== n || !budgets.every((budget) => budget >= 0) || !(sum > 0)) {
    throw new RangeError(`budgets of risk: ${[...budgets].join(', ')}`);
  }
  return budgets.map((budget) => budget / sum);
}

/** At the minimum xᵀΣx is the sum of the budgets, 1: a start with the right size saves sweeps. */
function scaleToUnitRisk(x: Float64Array, product: Float64Array): void {
  let risk = 0;
  for (let i = 0; i < x.length; i++) risk += x[i]! * product[i]!;
  const factor = risk > 0 ? 1 / Math.sqrt(risk) : 1;
  for (let i = 0; i < x.length; i++) {
    x[i]! *= factor;
    product[i]! *= factor;
  }
}

/** One pass over all assets; `product` is kept equal to Σx. */
function sweep(
  data: Float64Array,
  budgets: Float64Array,
  x: Float64Array,
  product: Float64Array,
): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    const budget = budgets[i]!;
    if (budget === 0) continue;
    const row = i * n;
    const variance = data[row + i]!;
    const rest = product[i]! - variance * x[i]!;
    // Of the two forms of the root the one that adds numbers of one sign.
    const root = Math.sqrt(rest * rest + 4 * variance * budget);
    const next = rest > 0 ? (2 * budget) / (rest + root) : (root - rest) / (2 * variance);
    const change = next - x[i]!;
    x[i] = next;
    for (let j = 0; j < n; j++) product[j]! += change * data[row + j]!;
  }
}

function missOf(budgets: Float64Array, x: Float64Array, product: Float64Array): number {
  let risk = 0;
  for (let i = 0; i < x.length; i++) risk += x[i]! * product[i]!;
  let miss = 0;
  for (let i = 0; i < x.length; i++) {
    miss = Math.max(miss, Math.abs((x[i]! * product[i]!) / risk - budgets[i]!));
  }
  return miss;
}

function shareOut(covariance: Matrix, x: Float64Array): Omit<RiskBudgetResult, 'sweeps'> {
  const sum = x.reduce((total, value) => total + value, 0);
  const weights = x.map((value) => value / sum);
  // From the weights anew: what was carried along has the rounding of every step in it.
  const product = multiplyVector(covariance, weights);
  const parts = weights.map((weight, i) => weight * product[i]!);
  const risk = parts.reduce((total, part) => total + part, 0);
  return { weights, shares: parts.map((part) => part / risk) };
}
