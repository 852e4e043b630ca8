/** How factors move together, and what stocks move alone. */
import { type Answer, absent } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';

export interface FactorCovarianceInput {
  /** T × F factor returns per period, oldest first. */
  readonly returns: Numbers;
  readonly factors: number;
  /** Periods after which an observation counts half, for deviations. Default 84. */
  readonly volatilityHalfLife?: number;
  /** The same for correlations, which need more history. Default 504. */
  readonly correlationHalfLife?: number;
  /** Lags of the Newey-West correction for autocorrelation. Default 0. */
  readonly lags?: number;
  readonly periodsPerYear: number;
}

/**
 * Covariance of factors per year, F × F: exponentially weighted deviations and, with a longer
 * memory, correlations; each with Newey-West's correction Γ₀ + Σₗ (1 − l/(L+1))·(Γₗ + Γₗᵀ).
 *
 * Γₗ sums zₜ·zₜ₋ₗᵀ with zₜ = √weight·(f − weighted mean), which weighs a pair by the geometric mean
 * of its two weights: so the matrix is positive semi-definite for any number of lags.
 *
 * Absent: `TOO_FEW_OBSERVATIONS` with fewer than two periods or not more than lags, `NOT_FINITE`,
 * `ZERO_VARIANCE` when a factor does not move.
 * Source: USE4 methodology, ch. 4; Newey and West (1987).
 *
 * @throws RangeError when the returns are not rows of F factors or a half-life is not positive.
 */
export function factorCovariance(input: FactorCovarianceInput): Answer<Float64Array> {
  const { returns, factors, lags = 0, periodsPerYear } = input;
  const { volatilityHalfLife = 84, correlationHalfLife = 504 } = input;
  const periods = rowsOf(returns, factors);
  if (periods < 2 || periods <= lags) return absent('TOO_FEW_OBSERVATIONS');
  const short = weightedCovariance(returns, { factors, halfLife: volatilityHalfLife, lags });
  const long = weightedCovariance(returns, { factors, halfLife: correlationHalfLife, lags });
  if (!short.every(Number.isFinite)) return absent('NOT_FINITE');
  const diagonal = (matrix: Float64Array, factor: number) =>
    matrix[factor * factors + factor] as number;
  for (let factor = 0; factor < factors; factor++) {
    const still = diagonal(short, factor) <= 0 || diagonal(long, factor) <= 0;
    if (still) return absent('ZERO_VARIANCE');
  }
  return {
    value: long.map((value, at) => {
      const [left, right] = [Math.floor(at / factors), at % factors];
      const scale =
        (diagonal(short, left) / diagonal(long, left)) *
        (diagonal(short, right) / diagonal(long, right));
      return value * Math.sqrt(scale) * periodsPerYear;
    }),
  };
}

function rowsOf(values: Numbers, width: number): number {
  if (!(width >= 1) || values.length % width !== 0) {
    throw new RangeError(`${values.length} numbers are not rows of ${width}`);
  }
  return values.length / width;
}

/** Weights that halve every `halfLife` periods into the past and sum to one. */
function decay(periods: number, halfLife: number): Float64Array {
  if (!(halfLife > 0)) throw new RangeError(`half-life ${halfLife}`);
  const raw = Float64Array.from(
    { length: periods },
    (_, period) => 0.5 ** ((periods - 1 - period) / halfLife),
  );
  const total = raw.reduce((sum, each) => sum + each, 0);
  return raw.map((each) => each / total);
}

function weightedCovariance(
  returns: Numbers,
  { factors, halfLife, lags }: { factors: number; halfLife: number; lags: number },
): Float64Array {
  const periods = returns.length / factors;
  const weights = decay(periods, halfLife);
  const means = new Float64Array(factors);
  for (let at = 0; at < returns.length; at++) {
    const factor = at % factors;
    const weight = weights[Math.floor(at / factors)] as number;
    means[factor] = (means[factor] as number) + weight * (returns[at] as number);
  }
  const scaled = Float64Array.from(returns, (value, at) => {
    const root = Math.sqrt(weights[Math.floor(at / factors)] as number);
    return root * (value - (means[at % factors] as number));
  });
  const sum = new Float64Array(factors * factors);
  for (let lag = 0; lag <= lags; lag++) {
    const taper = 1 - lag / (lags + 1);
    for (let period = lag; period < periods; period++) {
      addProducts(sum, scaled, { now: period * factors, before: (period - lag) * factors, taper });
    }
  }
  // Unbiased for the effective number of observations, as n/(n − 1) is for equal weights.
  const concentration = weights.reduce((total, weight) => total + weight * weight, 0);
  return sum.map((value) => value / (1 - concentration));
}

/** Adds taper · (z zᵦᵀ + zᵦ zᵀ), halved when both are the same period. */
function addProducts(
  sum: Float64Array,
  scaled: Float64Array,
  { now, before, taper }: { now: number; before: number; taper: number },
): void {
  const factors = Math.sqrt(sum.length);
  const weight = now === before ? taper / 2 : taper;
  for (let left = 0; left < factors; left++) {
    for (let right = 0; right < factors; right++) {
      const product =
        (scaled[now + left] as number) * (scaled[before + right] as number) +
        (scaled[before + left] as number) * (scaled[now + right] as number);
      const at = left * factors + right;
      sum[at] = (sum[at] as number) + weight * product;
    }
  }
}

export interface SpecificRiskInput {
  /** T × N specific returns, oldest first; NaN where a stock had none. */
  readonly specific: Numbers;
  readonly stocks: number;
  /** Default 84. */
  readonly halfLife?: number;
  /** Fewer observations of a stock leave its risk to the others of its group. Default 60. */
  readonly minimum?: number;
  readonly periodsPerYear: number;
  /** N group numbers, e.g. deciles of size, from which too short histories borrow. */
  readonly groupOf: Numbers;
  readonly marketCap: Numbers;
  /** How much a deviation is drawn to its group's mean: 0 not at all. Default 0.1. */
  readonly shrinkage?: number;
}

/**
 * Specific deviation of each stock per year: √ of the exponentially weighted mean square, its mean
 * taken as zero, drawn towards the cap-weighted mean of its group by q·|σ − σ̄| / (Δ + q·|σ − σ̄|)
 * with Δ the deviation of the group's own deviations. A stock with fewer observations than the
 * minimum gets the group's mean; NaN where the group has none either.
 *
 * Source: USE4 methodology, ch. 5 (Bayesian shrinkage).
 *
 * @throws RangeError when lengths do not fit.
 */
export function specificRisk(input: SpecificRiskInput): Float64Array {
  const { specific, stocks, halfLife = 84, minimum = 60, periodsPerYear } = input;
  const periods = rowsOf(specific, stocks);
  const { groupOf, marketCap, shrinkage = 0.1 } = input;
  if (groupOf.length !== stocks || marketCap.length !== stocks) {
    throw new RangeError(`${groupOf.length} groups and ${marketCap.length} sizes of ${stocks}`);
  }
  const weights = decay(periods, halfLife);
  const own = Float64Array.from({ length: stocks }, (_, stock) => {
    let [squares, total, count] = [0, 0, 0];
    for (let period = 0; period < periods; period++) {
      const value = specific[period * stocks + stock] as number;
      if (!Number.isFinite(value)) continue;
      const weight = weights[period] as number;
      squares += weight * value * value;
      total += weight;
      count += 1;
    }
    return count < minimum ? Number.NaN : Math.sqrt((squares / total) * periodsPerYear);
  });
  const groups = new Map<number, { mean: number; spread: number }>();
  return own.map((deviation, stock) => {
    const group = groupOf[stock] as number;
    const known = groups.get(group) ?? groupMean(own, { groupOf, marketCap, group });
    groups.set(group, known);
    const { mean, spread } = known;
    if (Number.isNaN(deviation)) return mean;
    const pull = shrinkage * Math.abs(deviation - mean);
    const share = pull === 0 ? 0 : pull / (spread + pull);
    return share * mean + (1 - share) * deviation;
  });
}

function groupMean(
  own: Float64Array,
  { groupOf, marketCap, group }: { groupOf: Numbers; marketCap: Numbers; group: number },
): { mean: number; spread: number } {
  let [weighted, caps, squares, count] = [0, 0, 0, 0];
  const members = [...own.keys()].filter(
    (stock) => groupOf[stock] === group && !Number.isNaN(own[stock]),
  );
  for (const stock of members) {
    weighted += (own[stock] as number) * (marketCap[stock] as number);
    caps += marketCap[stock] as number;
    count += 1;
  }
  const mean = weighted / caps;
  for (const stock of members) squares += ((own[stock] as number) - mean) ** 2;
  return { mean, spread: Math.sqrt(squares / count) };
}
