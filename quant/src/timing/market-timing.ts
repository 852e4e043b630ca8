/**
 * Does the fund hold more market before it rises (timing), and does it earn beyond that
 * (selection)? Three regressions ask the same question with different shapes of beta.
 */
import { type Answer, type Figure, figure } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';
import { subtractSeries } from '../factors/factor-model.ts';
import {
  type Coefficient,
  type ErrorKind,
  type Regression,
  regress,
} from '../factors/regression.ts';
import { studentTTail } from '../factors/student-t.ts';

export interface TimingInput {
  /** n simple returns of the fund per period. */
  readonly returns: Numbers;
  /** n market returns, same periods. */
  readonly market: Numbers;
  /** n risk-free returns per period. */
  readonly riskFree: Numbers;
  /** E.g. 252 for daily returns. */
  readonly periodsPerYear: number;
  /** Default 'ordinary'; 'newey-west' for autocorrelated returns. */
  readonly errors?: ErrorKind;
  readonly lags?: number;
}

export interface MarketTiming {
  /** α per period: selection. A positive value with a high t earns beyond the market's moves. */
  readonly selection: Coefficient;
  /** α × periods per year, not compounded. */
  readonly selectionAnnual: Figure;
  /** Positive with a high t: more exposure when the market rises. */
  readonly timing: Coefficient;
  /** Treynor-Mazuy: beta at a flat market. The others: beta in falling markets. */
  readonly beta: Coefficient;
  readonly regression: Regression;
}

/**
 * Treynor-Mazuy: r − rf = α + β·m + γ·m² + e, with m = rm − rf; γ is timing.
 *
 * Needs at least four periods. Absent: `TOO_FEW_OBSERVATIONS`, `SINGULAR` (a market that moves
 * between fewer than three values). Source: Treynor and Mazuy (1966), "Can mutual funds outguess
 * the market?".
 */
export function treynorMazuy(input: TimingInput): Answer<MarketTiming> {
  const market = subtractSeries(input.market, input.riskFree);
  return fit(input, [market, market.map((value) => value * value)]);
}

/**
 * Henriksson-Merton: r − rf = α + β·m + γ·max(0, m) + e; β holds when the market falls, β + γ
 * when it rises, γ is timing.
 *
 * The original form with the put max(0, −m) has the same α, γ and t-values; its β is β + γ here.
 * Needs at least four periods and both rising and falling ones (`SINGULAR`).
 * Source: Henriksson and Merton (1981), "On market timing and investment performance II".
 */
export function henrikssonMerton(input: TimingInput): Answer<MarketTiming> {
  const market = subtractSeries(input.market, input.riskFree);
  return fit(input, [market, market.map(upSide)]);
}

export interface ChangLewellenTiming extends MarketTiming {
  /** Beta in rising markets; `beta` is that in falling ones, `timing` their difference. */
  readonly betaUp: Coefficient;
}

/**
 * Chang-Lewellen: r − rf = α + β₁·min(0, m) + β₂·max(0, m) + e; timing is β₂ − β₁, its variance
 * Var(β₁) + Var(β₂) − 2·Cov(β₁, β₂).
 *
 * Needs what Henriksson-Merton needs, of which it is another parametrisation: timing equals γ.
 * Source: Chang and Lewellen (1984), "Market timing and mutual fund investment performance".
 */
export function changLewellen(input: TimingInput): Answer<ChangLewellenTiming> {
  const market = subtractSeries(input.market, input.riskFree);
  const answer = fit(input, [market.map(downSide), market.map(upSide)]);
  if (answer.value === null) return answer;
  const { regression, beta, timing: betaUp } = answer.value;
  return { value: { ...answer.value, betaUp, timing: difference(regression, beta, betaUp) } };
}

function upSide(excess: number): number {
  // A missing number must stay missing: NaN > 0 is false, and zero would be a made-up period.
  return excess > 0 || Number.isNaN(excess) ? excess : 0;
}

function downSide(excess: number): number {
  return excess < 0 || Number.isNaN(excess) ? excess : 0;
}

function fit(input: TimingInput, x: readonly Float64Array[]): Answer<MarketTiming> {
  const answer = regress({
    y: subtractSeries(input.returns, input.riskFree),
    x,
    errors: input.errors ?? 'ordinary',
    ...(input.lags === undefined ? {} : { lags: input.lags }),
  });
  if (answer.value === null) return answer;
  const [selection, beta, timing] = answer.value.coefficients as [
    Coefficient,
    Coefficient,
    Coefficient,
  ];
  const selectionAnnual = figure(selection.value * input.periodsPerYear);
  return { value: { selection, selectionAnnual, beta, timing, regression: answer.value } };
}

function difference(regression: Regression, down: Coefficient, up: Coefficient): Coefficient {
  const value = up.value - down.value;
  if (up.standardError.value === null) return { ...up, value };
  const { covariance, degreesOfFreedom } = regression;
  const [downVariance, both, upVariance] = [covariance[4], covariance[5], covariance[8]];
  const error = Math.sqrt((downVariance as number) + (upVariance as number) - 2 * (both as number));
  const t = figure(value / error, 'ZERO_DENOMINATOR');
  return {
    value,
    standardError: figure(error),
    t,
    p: t.value === null ? t : figure(studentTTail(t.value, degreesOfFreedom)),
  };
}
