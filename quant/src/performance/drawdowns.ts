import { type Answer, absent } from '../figure.ts';
import type { Day } from '../numeric/day.ts';
import { type Levels, requireOrder } from '../series/levels.ts';
import { type Episode, walkEpisodes } from './path-facts.ts';

/** One fall from a peak and the way back to it. */
export interface Drawdown {
  /** A positive fraction of the peak. */
  readonly depth: number;
  readonly peakDay: Day;
  readonly troughDay: Day;
  /** null while the value is still below the peak. */
  readonly recoveryDay: Day | null;
}

/**
 * Every drawdown of a value path, the deepest first; equally deep ones in the order of time. A
 * value within 1e-12 of the peak has reached it. NOT_FINITE if a value is missing, TOTAL_LOSS if
 * one is below zero or the first is zero. RangeError for days out of order.
 */
export function listDrawdowns(levels: Levels): Answer<readonly Drawdown[]> {
  requireOrder('levels', levels);
  const { days, values } = levels;
  const returns = new Float64Array(Math.max(0, values.length - 1));
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (!Number.isFinite(value)) return absent('NOT_FINITE');
    if (value < 0 || (value === 0 && at < returns.length)) return absent('TOTAL_LOSS');
    if (at > 0) returns[at - 1] = value / (values[at - 1] as number) - 1;
  }
  const episodes: Episode[] = [];
  walkEpisodes(returns, { from: 0, to: returns.length }, (episode) => episodes.push(episode));
  const day = (at: number) => days[at] as Day;
  const drawdowns = episodes.map(({ depth, peakAt, troughAt, endAt, recovered }) => ({
    depth,
    peakDay: day(peakAt),
    troughDay: day(troughAt),
    recoveryDay: recovered ? day(endAt) : null,
  }));
  return { value: drawdowns.sort((left, right) => right.depth - left.depth) };
}
