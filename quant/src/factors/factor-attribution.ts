/** Whose risk, and whose return, a portfolio's is: by factor, by stock. */
import { type Answer, absent, type Figure, figure } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';

export interface RiskInput {
  /** N weights of the portfolio, or of portfolio minus benchmark. */
  readonly weights: Numbers;
  /** F exposures of N stocks each: the country first, then industries and styles, as one likes. */
  readonly exposures: readonly Numbers[];
  /** F × F covariance per year. */
  readonly covariance: Numbers;
  /** N specific deviations per year. */
  readonly specific: Numbers;
}

export interface RiskDecomposition {
  /** √(xᵀFx + Σ w²σ²), x = Σ w·X. */
  readonly total: number;
  readonly factor: number;
  readonly specific: number;
  /** F exposures of the portfolio. */
  readonly exposures: Float64Array;
  /** F parts xₖ·(F·x)ₖ / total: with the specific part they sum to the total. */
  readonly contributions: Float64Array;
  /** specific² / total. */
  readonly specificContribution: Figure;
  /** N parts of the total: w·∂total/∂w; they sum to the total. */
  readonly byStock: Float64Array;
}

/**
 * Decomposes the deviation of a portfolio by factor and by stock (Euler's theorem).
 *
 * Absent: `NOT_FINITE` when a number is missing for a stock with a weight, `ZERO_VARIANCE` when
 * there is no risk. Source: Grinold and Kahn, Active Portfolio Management, ch. 3.
 *
 * @throws RangeError when lengths do not fit.
 */
export function decomposeRisk(input: RiskInput): Answer<RiskDecomposition> {
  const { weights, exposures, covariance, specific } = input;
  const stocks = weights.length;
  const factors = exposures.length;
  if (specific.length !== stocks || covariance.length !== factors * factors) {
    throw new RangeError(`${specific.length} deviations, ${covariance.length} covariances`);
  }
  for (const exposure of exposures) {
    if (exposure.length !== stocks) throw new RangeError(`${exposure.length} exposures`);
  }
  const held = [...Array(stocks).keys()].filter((stock) => weights[stock] !== 0);
  const own = Float64Array.from(exposures, (exposure) =>
    held.reduce((sum, stock) => sum + (weights[stock] as number) * (exposure[stock] as number), 0),
  );
  const pull = own.map((_, left) =>
    own.reduce(
      (sum, each, right) => sum + (covariance[left * factors + right] as number) * each,
      0,
    ),
  );
  const factorVariance = own.reduce(
    (sum, each, factor) => sum + each * (pull[factor] as number),
    0,
  );
  const specificVariance = held.reduce(
    (sum, stock) => sum + ((weights[stock] as number) * (specific[stock] as number)) ** 2,
    0,
  );
  const variance = factorVariance + specificVariance;
  if (!Number.isFinite(variance)) return absent('NOT_FINITE');
  if (!(variance > 0)) return absent('ZERO_VARIANCE');
  const total = Math.sqrt(variance);
  const byStock = new Float64Array(stocks);
  for (const stock of held) {
    const weight = weights[stock] as number;
    let marginal = weight * (specific[stock] as number) ** 2;
    exposures.forEach((exposure, factor) => {
      marginal += (exposure[stock] as number) * (pull[factor] as number);
    });
    byStock[stock] = (weight * marginal) / total;
  }
  return {
    value: {
      total,
      factor: Math.sqrt(Math.max(0, factorVariance)),
      specific: Math.sqrt(specificVariance),
      exposures: own,
      contributions: own.map((each, factor) => (each * (pull[factor] as number)) / total),
      specificContribution: figure(specificVariance / total),
      byStock,
    },
  };
}

export interface FactorReturnInput {
  /** N weights at the start of the period; differences for active returns. */
  readonly weights: Numbers;
  /** F exposures of N stocks each, and F factor returns. */
  readonly exposures: readonly Numbers[];
  readonly factorReturns: Numbers;
  /** N specific returns. */
  readonly specific: Numbers;
  /** The return as measured. Default: what factors and specific returns explain. */
  readonly total?: number;
}

export interface FactorAttribution {
  /** F: exposure · factor return. */
  readonly factors: Float64Array;
  /** Σ w·u. */
  readonly specific: number;
  readonly total: number;
  /** total − all parts. */
  readonly residual: number;
}

/**
 * Attributes the return of one period to factors and to stocks by themselves. The parts of several
 * periods are linked with `linkingCoefficients` and `linkSegments`.
 *
 * Absent: `NOT_FINITE` when a number is missing for a stock with a weight.
 * Source: Grinold and Kahn, ch. 17.
 *
 * @throws RangeError when lengths do not fit.
 */
export function attributeFactors(input: FactorReturnInput): Answer<FactorAttribution> {
  const { weights, exposures, factorReturns, specific } = input;
  if (factorReturns.length !== exposures.length || specific.length !== weights.length) {
    throw new RangeError(`${factorReturns.length} returns of ${exposures.length} factors`);
  }
  const held = [...Array(weights.length).keys()].filter((stock) => weights[stock] !== 0);
  const weigh = (series: Numbers) =>
    held.reduce((sum, stock) => sum + (weights[stock] as number) * (series[stock] as number), 0);
  const parts = Float64Array.from(exposures, (exposure, factor) => {
    const own = weigh(exposure);
    return own === 0 ? 0 : own * (factorReturns[factor] as number);
  });
  const alone = weigh(specific);
  const explained = parts.reduce((sum, each) => sum + each, alone);
  const total = input.total ?? explained;
  if (!Number.isFinite(total - explained)) return absent('NOT_FINITE');
  return { value: { factors: parts, specific: alone, total, residual: total - explained } };
}
