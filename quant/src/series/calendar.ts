import type { Day } from '../numeric/day.ts';
import { type Levels, lastNotAfter, requireOrder } from './levels.ts';

/** How a series and a calendar differ between the first and the last day of the series. */
export interface Gaps {
  /** Days of the calendar without a value. */
  readonly missing: Int32Array;
  /** Days of the series that the calendar does not have, such as a year-end valuation. */
  readonly extra: Int32Array;
  /** The most calendar days in a row without a value. */
  readonly longest: number;
}

/**
 * Compares the days of a series with a calendar (both ascending). RangeError if either is out of
 * order.
 */
export function findGaps(days: ArrayLike<Day>, calendar: ArrayLike<Day>): Gaps {
  requireOrder('series', { days, values: days });
  requireOrder('calendar', { days: calendar, values: calendar });
  if (days.length === 0) {
    return { missing: new Int32Array(0), extra: new Int32Array(0), longest: 0 };
  }
  const missing: Day[] = [];
  const last = days[days.length - 1] as Day;
  let longest = 0;
  let run = 0;
  let at = 0;
  for (
    let open = lastNotAfter(calendar, (days[0] as Day) - 1) + 1;
    open < calendar.length;
    open++
  ) {
    const day = calendar[open] as Day;
    if (day > last) break;
    while ((days[at] as Day) < day) at++;
    run = (days[at] as Day) === day ? 0 : run + 1;
    if (run > 0) missing.push(day);
    longest = Math.max(longest, run);
  }
  const known = new Set(Array.from(calendar));
  const extra = Array.from(days).filter((day) => !known.has(day));
  return { missing: Int32Array.from(missing), extra: Int32Array.from(extra), longest };
}

/**
 * The series on the days of a calendar: each day carries the last value that is at most
 * `daysMax` calendar days old (default 15, which spans the longest exchange holiday); a day
 * without one is NaN, which every measure reports as NOT_FINITE.
 */
export function carryForward(
  levels: Levels,
  calendar: ArrayLike<Day>,
  { daysMax = CARRY_DAYS_MAX }: { readonly daysMax?: number } = {},
): Float64Array {
  requireOrder('series', levels);
  return Float64Array.from(calendar, (day) => {
    const at = lastNotAfter(levels.days, day);
    const fresh = at >= 0 && day - (levels.days[at] as Day) <= daysMax;
    return fresh ? (levels.values[at] as number) : Number.NaN;
  });
}

/** Days that a value may be carried over when nothing else is said. */
export const CARRY_DAYS_MAX = 15;
