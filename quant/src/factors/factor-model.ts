/** Time-series factor models: which known factors explain a fund, and what is left for skill. */
import { type Answer, type Figure, figure } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';
import { type Coefficient, type ErrorKind, type Regression, regress } from './regression.ts';

/** A factor by name: n returns per period, already in excess (long minus short, or over cash). */
export interface FactorSeries {
  readonly name: string;
  readonly returns: Numbers;
}

export interface FactorModelInput {
  /** n simple returns of the fund per period. */
  readonly returns: Numbers;
  /** n risk-free returns per period (not per year), same periods. */
  readonly riskFree: Numbers;
  readonly factors: readonly FactorSeries[];
  /** E.g. 252 for daily, 12 for monthly returns. */
  readonly periodsPerYear: number;
  /** Default 'newey-west': returns of funds are autocorrelated and their variance moves. */
  readonly errors?: ErrorKind;
  readonly lags?: number;
}

export interface FactorLoading {
  readonly name: string;
  readonly loading: Coefficient;
  /** loading × mean factor return, per period. */
  readonly contribution: number;
}

export interface FactorModel {
  /** Return per period that the factors do not explain. */
  readonly alpha: Coefficient;
  /** alpha × periods per year, not compounded. */
  readonly alphaAnnual: Figure;
  readonly loadings: readonly FactorLoading[];
  /** Mean excess return per period; it equals alpha plus all contributions. */
  readonly meanExcess: number;
  /** Residual deviation × √(periods per year). */
  readonly residualAnnual: Figure;
  readonly regression: Regression;
}

/**
 * rₜ − rfₜ = α + Σ βₖ·fₖₜ + eₜ over the periods where every series has a value.
 *
 * Needs more periods than factors plus one. Absent: `TOO_FEW_OBSERVATIONS`, `SINGULAR`.
 * Source: Fama and French (1993); Bodie, Kane, Marcus, Investments, ch. 10.
 */
export function fitFactorModel(input: FactorModelInput): Answer<FactorModel> {
  const { returns, riskFree, factors, periodsPerYear } = input;
  const excess = subtractSeries(returns, riskFree);
  const answer = regress({
    y: excess,
    x: factors.map((factor) => factor.returns),
    errors: input.errors ?? 'newey-west',
    ...(input.lags === undefined ? {} : { lags: input.lags }),
  });
  if (answer.value === null) return answer;
  const regression = answer.value;
  const used = usedPeriods(regression);
  const [alpha, ...loadings] = regression.coefficients as [Coefficient, ...Coefficient[]];
  const deviation = regression.residualDeviation;
  return {
    value: {
      alpha,
      alphaAnnual: figure(alpha.value * periodsPerYear),
      loadings: factors.map(({ name, returns: series }, index) => {
        const loading = loadings[index] as Coefficient;
        return { name, loading, contribution: loading.value * meanOver(series, used) };
      }),
      meanExcess: meanOver(excess, used),
      residualAnnual:
        deviation.value === null ? deviation : figure(deviation.value * Math.sqrt(periodsPerYear)),
      regression,
    },
  };
}

/** The factors of Fama and French, n returns per period each. */
export interface FamaFrenchFactors {
  /** Market over the risk-free rate. */
  readonly market: Numbers;
  /** Small minus big. */
  readonly size: Numbers;
  /** High minus low book-to-market. */
  readonly value: Numbers;
  /** Robust minus weak profitability; five factors only. */
  readonly profitability?: Numbers;
  /** Conservative minus aggressive investment; five factors only. */
  readonly investment?: Numbers;
}

type FamaFrenchInput = Omit<FactorModelInput, 'factors'> & { readonly factors: FamaFrenchFactors };

/**
 * Three factors: r − rf = α + b·(Rm − Rf) + s·SMB + h·HML + e.
 * Source: Fama and French (1993), "Common risk factors in the returns on stocks and bonds".
 */
export function famaFrenchThree(input: FamaFrenchInput): Answer<FactorModel> {
  return fitFactorModel({ ...input, factors: threeFactors(input.factors) });
}

/**
 * Five factors: the three, and r·RMW + c·CMA.
 * Source: Fama and French (2015), "A five-factor asset pricing model".
 *
 * @throws RangeError without the profitability or the investment factor.
 */
export function famaFrenchFive(input: FamaFrenchInput): Answer<FactorModel> {
  const { profitability, investment } = input.factors;
  if (profitability === undefined || investment === undefined) {
    throw new RangeError('five factors need profitability and investment');
  }
  return fitFactorModel({
    ...input,
    factors: [
      ...threeFactors(input.factors),
      { name: 'profitability', returns: profitability },
      { name: 'investment', returns: investment },
    ],
  });
}

function threeFactors({ market, size, value }: FamaFrenchFactors): FactorSeries[] {
  return [
    { name: 'market', returns: market },
    { name: 'size', returns: size },
    { name: 'value', returns: value },
  ];
}

/** Element by element; a missing number on either side stays missing. */
export function subtractSeries(left: Numbers, right: Numbers): Float64Array {
  if (left.length !== right.length) {
    throw new RangeError(`${left.length} returns, ${right.length} risk-free returns`);
  }
  return Float64Array.from(left, (value, index) => value - (right[index] as number));
}

function usedPeriods({ residuals }: Regression): number[] {
  return [...residuals.keys()].filter((period) => !Number.isNaN(residuals[period]));
}

function meanOver(series: Numbers, periods: readonly number[]): number {
  return periods.reduce((sum, period) => sum + (series[period] as number), 0) / periods.length;
}
