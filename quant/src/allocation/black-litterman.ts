/** What the market expects, and what it would expect with views added (Black and Litterman 1992). */
import { type Answer, absent, type Figure, figure } from '../figure.ts';
import { factorCholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import {
  dot,
  matrix,
  type Matrix,
  multiplyVector,
  quadraticForm,
  rowOf,
} from '../linear-algebra/matrix.ts';

/**
 * λ = (mean market return − risk-free rate)/variance of the market, both per year: how much return
 * the market asks for a unit of variance. Absent: `ZERO_VARIANCE`, `NOT_FINITE`.
 */
export function impliedRiskAversion(market: {
  readonly mean: number;
  readonly variance: number;
  readonly riskFree: number;
}): Figure {
  if (market.variance === 0) return absent('ZERO_VARIANCE');
  return figure((market.mean - market.riskFree) / market.variance);
}

/**
 * Returns that make the market portfolio optimal: π = λ·Σ·w + risk-free rate. N values.
 *
 * @throws RangeError when the weights do not fit the covariance.
 */
export function impliedReturns(
  covariance: Matrix,
  weights: ArrayLike<number>,
  { riskAversion, riskFree = 0 }: { readonly riskAversion: number; readonly riskFree?: number },
): Float64Array {
  return multiplyVector(covariance, weights).map((value) => riskAversion * value + riskFree);
}

/** A view on one asset, or on some against others; `expected` is a return in the units of the prior. */
export type View =
  | { readonly kind: 'absolute'; readonly asset: number; readonly expected: number }
  | {
      readonly kind: 'relative';
      /** Assets that do better, and those that do worse, with weights that sum to one on each side. */
      readonly better: readonly { readonly asset: number; readonly weight: number }[];
      readonly worse: readonly { readonly asset: number; readonly weight: number }[];
      /** By how much. */
      readonly expected: number;
    };

export interface Views {
  /** K × N: the portfolio that each view is about. */
  readonly picks: Matrix;
  /** K expected returns of these portfolios. */
  readonly expected: Float64Array;
}

/**
 * Views as a matrix.
 *
 * @throws RangeError for an asset that is none of the N, and weights of a side that do not sum to 1.
 */
export function viewsOf(views: readonly View[], assets: number): Views {
  const picks = matrix(views.length, assets);
  const put = (view: number, asset: number, weight: number) => {
    if (!(Number.isInteger(asset) && asset >= 0 && asset < assets)) {
      throw new RangeError(`view ${view}: no asset ${asset}`);
    }
    picks.data[view * assets + asset]! += weight;
  };
  for (const [k, view] of views.entries()) {
    if (view.kind === 'absolute') {
      put(k, view.asset, 1);
      continue;
    }
    for (const [side, sign] of [
      [view.better, 1],
      [view.worse, -1],
    ] as const) {
      const sum = side.reduce((total, { weight }) => total + weight, 0);
      if (Math.abs(sum - 1) > 1e-9) throw new RangeError(`view ${k}: a side weighs ${sum}`);
      for (const { asset, weight } of side) put(k, asset, sign * weight);
    }
  }
  return { picks, expected: Float64Array.from(views, ({ expected }) => expected) };
}

/** How sure the views are. */
export type Certainty =
  /** Ω = diag(τ·P·Σ·Pᵀ): as sure as the prior (He and Litterman 1999). */
  | { readonly kind: 'proportional' }
  /** K variances of the views. */
  | { readonly kind: 'variances'; readonly variances: ArrayLike<number> }
  /**
   * K confidences in [0, 1] (Idzorek 2005): the posterior is tilted by that part of the tilt that
   * full certainty would give; ω = τ·p·Σ·pᵀ·(1 − c)/c. A confidence of 0 leaves the view out.
   */
  | { readonly kind: 'confidences'; readonly confidences: ArrayLike<number> };

export interface Posterior {
  /** N expected returns. */
  readonly returns: Float64Array;
  /** N × N: Σ + M, the covariance of returns with the uncertainty of their means. */
  readonly covariance: Matrix;
  /** K: the variance that was given to each view; NaN for one that was left out. */
  readonly viewVariances: Float64Array;
}

export interface BlackLittermanInput {
  readonly covariance: Matrix;
  /** N prior returns, such as `impliedReturns`. */
  readonly prior: ArrayLike<number>;
  readonly views: Views;
  /** The uncertainty of the prior as a part of Σ. Default 0.05. */
  readonly tau?: number;
  /** Default proportional. */
  readonly certainty?: Certainty;
}

/**
 * The posterior μ = π + τΣPᵀ(PτΣPᵀ + Ω)⁻¹(q − Pπ) and Σ + M, M = τΣ − τΣPᵀ(PτΣPᵀ + Ω)⁻¹PτΣ (He and
 * Litterman 1999, equations 8 to 10, in the form that inverts K × K only). Without views: π and
 * (1 + τ)Σ.
 *
 * Absent: `NOT_FINITE`; `SINGULAR` when certain views contradict or repeat one another.
 *
 * @throws RangeError when sizes do not fit, τ or a variance is negative, a confidence is not in
 *   [0, 1].
 */
export function blackLitterman(input: BlackLittermanInput): Answer<Posterior> {
  const { covariance, tau = 0.05, certainty = { kind: 'proportional' } } = input;
  const n = covariance.rows;
  const prior = Float64Array.from(input.prior);
  const { picks, expected } = input.views;
  if (prior.length !== n || picks.cols !== n || expected.length !== picks.rows || !(tau >= 0)) {
    throw new RangeError(`prior, views and covariance are not of the same ${n} assets`);
  }
  if (
    !covariance.data.every(Number.isFinite) ||
    !prior.every(Number.isFinite) ||
    !expected.every(Number.isFinite)
  ) {
    return absent('NOT_FINITE');
  }
  const spread = Float64Array.from(
    { length: picks.rows },
    (_, k) => tau * quadraticForm(covariance, rowOf(picks, k)),
  );
  const viewVariances = variancesOf(certainty, spread);
  const used = [...viewVariances.keys()].filter((k) => !Number.isNaN(viewVariances[k]!));
  // τΣPᵀ, column by column of the views that are used.
  const tilts = used.map((k) =>
    multiplyVector(covariance, rowOf(picks, k)).map((value) => tau * value),
  );
  const inner = matrix(used.length, used.length);
  for (const [a, k] of used.entries()) {
    for (const [b, tilt] of tilts.entries()) {
      const noise = a === b ? viewVariances[k]! : 0;
      inner.data[a * used.length + b] = dot(rowOf(picks, k), tilt) + noise;
    }
  }
  const factor = used.length === 0 ? inner : factorCholesky(inner);
  if (factor === null) return absent('SINGULAR');
  const surprise = Float64Array.from(used, (k) => expected[k]! - dot(rowOf(picks, k), prior));
  const pull = used.length === 0 ? surprise : solveCholesky(factor, surprise);
  const returns = prior.slice();
  for (const [a, tilt] of tilts.entries()) {
    for (let i = 0; i < n; i++) returns[i]! += tilt[i]! * pull[a]!;
  }
  return {
    value: {
      returns,
      covariance: posteriorCovariance(covariance, tau, tilts, factor),
      viewVariances,
    },
  };
}

function posteriorCovariance(
  covariance: Matrix,
  tau: number,
  tilts: readonly Float64Array[],
  factor: Matrix,
): Matrix {
  const n = covariance.rows;
  const out = matrix(
    n,
    n,
    covariance.data.map((value) => (1 + tau) * value),
  );
  if (tilts.length === 0) return out;
  for (let i = 0; i < n; i++) {
    const solved = solveCholesky(
      factor,
      Float64Array.from(tilts, (tilt) => tilt[i]!),
    );
    for (let j = 0; j < n; j++) {
      let taken = 0;
      for (const [a, tilt] of tilts.entries()) taken += tilt[j]! * solved[a]!;
      out.data[i * n + j]! -= taken;
    }
  }
  return out;
}

function variancesOf(certainty: Certainty, spread: Float64Array): Float64Array {
  if (certainty.kind === 'proportional') return spread.slice();
  const given = certainty.kind === 'variances' ? certainty.variances : certainty.confidences;
  if (given.length !== spread.length) {
    throw new RangeError(`${given.length} certainties for ${spread.length} views`);
  }
  return spread.map((own, k) => {
    const value = given[k]!;
    if (certainty.kind === 'variances') {
      if (!(value >= 0)) throw new RangeError(`view ${k}: variance ${value}`);
      return value;
    }
    if (!(value >= 0 && value <= 1)) throw new RangeError(`view ${k}: confidence ${value}`);
    return value === 0 ? Number.NaN : (own * (1 - value)) / value;
  });
}

/**
 * Unconstrained optimal weights (λ·Σ)⁻¹·μ of expected excess returns; they need not sum to one, the
 * rest is cash. Absent: `SINGULAR`.
 */
export function optimalWeights(
  covariance: Matrix,
  returns: ArrayLike<number>,
  riskAversion: number,
): Answer<Float64Array> {
  const factor = factorCholesky(covariance);
  if (factor === null) return absent('SINGULAR');
  const solved = solveCholesky(factor, Float64Array.from(returns));
  return { value: solved.map((value) => value / riskAversion) };
}
