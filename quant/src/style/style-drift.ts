/** How much a style wanders, and whether what a fund holds is what it moves like. */
import { type Answer, absent, type Figure, figure } from '../figure.ts';
import { type Numbers, sum, variance } from '../numeric/moments.ts';

/**
 * Style drift score: √(Σₖ Var(wₖ)) of T style weights over time (sample variance). 0 for a fund
 * whose style never moves; weights as fractions, so that a swing of one style by ±0.1 alone
 * gives about 0.1.
 *
 * Needs two dates (`TOO_FEW_OBSERVATIONS`); a missing weight is `NOT_FINITE`.
 * Source: Idzorek and Bertsch (2004), "The style drift score".
 *
 * @param weights T × K weights, date by date.
 */
export function scoreStyleDrift(weights: Numbers, styles: number): Figure {
  const dates = datesOf(weights, styles);
  if (dates < 2) return absent('TOO_FEW_OBSERVATIONS');
  let total = 0;
  for (let style = 0; style < styles; style++) {
    total += variance(columnOf(weights, { style, styles, dates }));
  }
  return figure(Math.sqrt(total));
}

export interface StyleComparison {
  /** T: ½·Σₖ |holdings − returns|, 0 for the same style, 1 for no style in common. */
  readonly distances: Float64Array;
  /** Mean of the distances: the drift of what the fund moves like from what it shows. */
  readonly meanDistance: Figure;
  /** K means of holdings − returns: which style is shown but not lived, and the reverse. */
  readonly gaps: Float64Array;
  /** Drift scores of the two series of weights. */
  readonly holdingsDrift: Figure;
  readonly returnsDrift: Figure;
}

/**
 * Compares styles from holdings with styles from returns at the same T dates. A large distance
 * with little drift of holdings says that the disclosed portfolio is not the one that earned the
 * returns (window dressing, or much trading between reports).
 *
 * Absent: `NO_HOLDING` without dates, `NOT_FINITE`.
 * Source: distance as in Cremers and Petajisto's active share; see `scoreStyleDrift`.
 *
 * @param holdings T × K weights from holdings.
 * @param returns T × K weights from returns.
 */
export function compareStyles({
  holdings,
  returns,
  styles,
}: {
  readonly holdings: Numbers;
  readonly returns: Numbers;
  readonly styles: number;
}): Answer<StyleComparison> {
  const dates = datesOf(holdings, styles);
  if (datesOf(returns, styles) !== dates) {
    throw new RangeError('holdings and returns have different dates');
  }
  if (dates === 0) return absent('NO_HOLDING');
  const distances = new Float64Array(dates);
  const gaps = new Float64Array(styles);
  for (let at = 0; at < holdings.length; at++) {
    const gap = (holdings[at] as number) - (returns[at] as number);
    if (!Number.isFinite(gap)) return absent('NOT_FINITE');
    const date = Math.floor(at / styles);
    const style = at % styles;
    distances[date] = (distances[date] as number) + Math.abs(gap) / 2;
    gaps[style] = (gaps[style] as number) + gap / dates;
  }
  return {
    value: {
      distances,
      meanDistance: figure(sum(distances) / dates),
      gaps,
      holdingsDrift: scoreStyleDrift(holdings, styles),
      returnsDrift: scoreStyleDrift(returns, styles),
    },
  };
}

function datesOf(weights: Numbers, styles: number): number {
  if (!(styles >= 1) || weights.length % styles !== 0) {
    throw new RangeError(`${weights.length} weights are not dates of ${styles} styles`);
  }
  return weights.length / styles;
}

function columnOf(
  weights: Numbers,
  { style, styles, dates }: Record<'style' | 'styles' | 'dates', number>,
): Float64Array {
  return Float64Array.from(
    { length: dates },
    (_, date) => weights[date * styles + style] as number,
  );
}
