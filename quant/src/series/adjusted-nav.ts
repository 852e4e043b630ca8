import { type Answer, absent } from '../figure.ts';
import type { Day } from '../numeric/day.ts';
import type { Numbers } from '../numeric/moments.ts';
import { requireOrder } from './levels.ts';

/** Cash of one unit, taken out of the net asset value on the ex-dividend day. */
export interface Dividend {
  readonly exDay: Day;
  readonly perUnit: number;
}

/** On this day one unit became `ratio` units (份额折算): 2 halves the net asset value. */
export interface Split {
  readonly day: Day;
  readonly ratio: number;
}

export interface NavHistory {
  readonly days: ArrayLike<Day>;
  /** Net asset values of one unit, as published. */
  readonly navs: Numbers;
  readonly dividends?: readonly Dividend[];
  readonly splits?: readonly Split[];
}

export interface AdjustedNav {
  readonly values: Float64Array;
  /** Events that no step between two values contains: on or before the first day, or after the last. */
  readonly unused: readonly (Dividend | Split)[];
}

interface Event {
  readonly day: Day;
  readonly source: Dividend | Split;
}

/**
 * The adjusted net asset value (复权净值): the value of what one unit of the first day becomes if
 * every dividend is reinvested, without fee, at the net asset value of the ex-dividend day.
 *
 * Between two values: growth = (units · NAV + cash) ÷ NAV before, where units begin at 1 and are
 * multiplied by each split, and cash is dividend · units, in order of days, dividends before
 * splits of the same day. An event on a day without a value belongs to the next day that has one.
 *
 * `anchor: 'first'` keeps the first value as published (后复权, the default), `'last'` the last one
 * (前复权). NOT_FINITE if a value is missing, TOTAL_LOSS if one is zero or below. RangeError for
 * days out of order, a dividend that is not finite or a ratio that is not positive.
 *
 * Source: the accumulated reinvestment that fund reports call 复权单位净值增长率.
 */
export function adjustNav(
  history: NavHistory,
  { anchor = 'first' }: { readonly anchor?: 'first' | 'last' } = {},
): Answer<AdjustedNav> {
  const { days, navs } = history;
  requireOrder('NAV', { days, values: navs });
  const events = orderEvents(history);
  if (navs.length === 0) return { value: emptyAdjustment(events) };
  for (let at = 0; at < navs.length; at++) {
    const nav = navs[at] as number;
    if (!Number.isFinite(nav)) return absent('NOT_FINITE');
    if (nav <= 0) return absent('TOTAL_LOSS');
  }
  const values = new Float64Array(navs.length);
  values[0] = navs[0] as number;
  let next = 0;
  while (next < events.length && (events[next] as Event).day <= (days[0] as Day)) next++;
  const early = events.slice(0, next);
  for (let at = 1; at < navs.length; at++) {
    const nav = navs[at] as number;
    let units = 1;
    let cash = 0;
    for (; next < events.length && (events[next] as Event).day <= (days[at] as Day); next++) {
      const { source } = events[next] as Event;
      if ('ratio' in source) units *= source.ratio;
      else cash += source.perUnit * units;
    }
    values[at] = ((values[at - 1] as number) * (units * nav + cash)) / (navs[at - 1] as number);
  }
  if (anchor === 'last') scaleToLast(values, navs);
  const unused = [...early, ...events.slice(next)].map(({ source }) => source);
  return { value: { values, unused } };
}

function orderEvents({ dividends = [], splits = [] }: NavHistory): Event[] {
  const faults = [
    ...dividends
      .filter(({ perUnit }) => !Number.isFinite(perUnit))
      .map(() => 'a dividend is not finite'),
    ...splits
      .filter(({ ratio }) => !(ratio > 0 && ratio < Number.POSITIVE_INFINITY))
      .map(() => 'a split ratio is not positive'),
  ];
  if (faults.length > 0) throw new RangeError(faults.join('; '));
  const events: Event[] = [
    ...dividends.map((source) => ({ day: source.exDay, source })),
    ...splits.map((source) => ({ day: source.day, source })),
  ];
  return events.sort((left, right) => left.day - right.day);
}

function emptyAdjustment(events: readonly Event[]): AdjustedNav {
  return { values: new Float64Array(0), unused: events.map(({ source }) => source) };
}

function scaleToLast(values: Float64Array, navs: Numbers): void {
  const last = values.length - 1;
  const factor = (navs[last] as number) / (values[last] as number);
  for (let at = 0; at < values.length; at++) values[at] = (values[at] as number) * factor;
}
