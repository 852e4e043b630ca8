/** Returns-based style: which mix of indices moved as the fund did. */
import { type Answer, absent, type Figure, figure } from '../figure.ts';
import { dot, mean, type Numbers } from '../numeric/moments.ts';
import { fitOnSimplex } from './simplex-fit.ts';

export interface ReturnsStyleInput {
  /** n returns of the fund per period. */
  readonly returns: Numbers;
  /** K style indices with n returns each, same periods. */
  readonly styles: readonly Numbers[];
  readonly periodsPerYear: number;
}

export interface ReturnsStyle {
  /** K weights, none negative, summing to one. */
  readonly weights: Float64Array;
  /** False when indices are so alike that other weights fit as well. */
  readonly unique: boolean;
  /** 1 − Var(e)/Var(r): the part of the fund's movement that the mix explains. */
  readonly rSquared: Figure;
  /** Sample deviation of e = r − mix, × √(periods per year). */
  readonly trackingErrorAnnual: Figure;
  /** Mean of e × periods per year: what selection added to the mix. */
  readonly selectionAnnual: Figure;
  readonly observations: number;
  readonly dropped: number;
}

/**
 * Sharpe's style analysis: weights w ≥ 0, Σ w = 1 that minimise the variance of
 * eₜ = rₜ − Σ wₖ·styleₖₜ; solved exactly.
 *
 * Periods with a missing number are left out and counted. Needs more periods than styles
 * (`TOO_FEW_OBSERVATIONS`). Source: Sharpe (1992), "Asset allocation: management style and
 * performance measurement".
 *
 * @throws RangeError without styles or when series differ in length.
 */
export function styleFromReturns(input: ReturnsStyleInput): Answer<ReturnsStyle> {
  const { returns, styles, periodsPerYear } = input;
  if (styles.length === 0) throw new RangeError('style analysis needs a style');
  for (const style of styles) {
    if (style.length !== returns.length) {
      throw new RangeError(`${style.length} style returns, ${returns.length} fund returns`);
    }
  }
  const rows = Array.from({ length: returns.length }, (_, row) => row).filter((row) =>
    [returns, ...styles].every((series) => Number.isFinite(series[row])),
  );
  if (rows.length <= styles.length || rows.length < 2) return absent('TOO_FEW_OBSERVATIONS');
  const own = Float64Array.from(rows, (row) => returns[row] as number);
  const indices = styles.map((style) => Float64Array.from(rows, (row) => style[row] as number));
  const target = centred(own);
  const answer = fitOnSimplex(indices.map(centred), target);
  if (answer.value === null) return answer;
  const { weights, residuals, unique } = answer.value;
  const unexplained = dot(residuals, residuals);
  const total = dot(target, target);
  const selection = indices.reduce(
    (left, index, style) => left - (weights[style] as number) * mean(index),
    mean(own),
  );
  // Movement that is rounding of the level does not count as movement.
  const still = total <= 1e-26 * dot(own, own);
  return {
    value: {
      weights,
      unique,
      rSquared: still ? absent('ZERO_VARIANCE') : figure(1 - unexplained / total),
      trackingErrorAnnual: figure(Math.sqrt((unexplained / (rows.length - 1)) * periodsPerYear)),
      selectionAnnual: figure(selection * periodsPerYear),
      observations: rows.length,
      dropped: returns.length - rows.length,
    },
  };
}

function centred(series: Float64Array): Float64Array {
  const middle = mean(series);
  return series.map((value) => value - middle);
}

export interface RollingStyleInput extends ReturnsStyleInput {
  /** Periods of each window. */
  readonly window: number;
  /** Periods from one window to the next. Default 1. */
  readonly step?: number;
}

export interface RollingStyle {
  /** The last period of the window, counted from zero. */
  readonly end: number;
  readonly style: Answer<ReturnsStyle>;
}

/** Style of each window of `window` periods, oldest first; none when the history is shorter. */
export function rollStyle(input: RollingStyleInput): readonly RollingStyle[] {
  const { window, step = 1, returns, styles } = input;
  if (!(window >= 1 && step >= 1)) throw new RangeError(`window ${window}, step ${step}`);
  const found: RollingStyle[] = [];
  for (let start = 0; start + window <= returns.length; start += step) {
    const part = (series: Numbers) =>
      Float64Array.from({ length: window }, (_, row) => series[start + row] as number);
    const style = styleFromReturns({
      ...input,
      returns: part(returns),
      styles: styles.map(part),
    });
    found.push({ end: start + window - 1, style });
  }
  return found;
}
