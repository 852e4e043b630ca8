import { civilOf, type Day, dayOf } from '../numeric/day.ts';
import type { Numbers } from '../numeric/moments.ts';

/** The longer periods to which returns are compounded. */
export type Period = 'week' | 'month' | 'quarter' | 'year';

/** Observations in a year of each period. */
export const PERIODS_PER_YEAR: Readonly<Record<Period | 'day', number>> = {
  day: 252,
  week: 52,
  month: 12,
  quarter: 4,
  year: 1,
};

/** A whole number that is the same for the days of one period; weeks begin on Monday (ISO 8601). */
export function periodOf(day: Day, period: Period): number {
  // 1970-01-01 was a Thursday.
  if (period === 'week') return Math.floor((day + 3) / 7);
  const { year, month } = civilOf(day);
  if (period === 'month') return year * 12 + month - 1;
  if (period === 'quarter') return year * 4 + Math.floor((month - 1) / 3);
  return year;
}

/** The last day of December of a year. */
export function yearEnd(year: number): Day {
  return dayOf({ year, month: 12, date: 31 });
}

/** Returns of longer periods, each with the last day that it contains. */
export interface PeriodReturns {
  readonly days: Int32Array;
  readonly returns: Float64Array;
}

/**
 * Compounds returns to weeks, months, quarters or years: Π(1 + r) − 1 over the returns whose day
 * lies in the period. The first and last period hold what there is. `days[i]` is the day on which
 * return i ends. RangeError if they are not equally many.
 */
export function compoundReturns(
  days: ArrayLike<Day>,
  returns: Numbers,
  period: Period,
): PeriodReturns {
  if (days.length !== returns.length) {
    throw new RangeError(`${days.length} days but ${returns.length} returns`);
  }
  const ends: Day[] = [];
  const compounded: number[] = [];
  let current = Number.NaN;
  for (let at = 0; at < returns.length; at++) {
    const day = days[at] as Day;
    const key = periodOf(day, period);
    const growth = 1 + (returns[at] as number);
    if (key === current) {
      ends[ends.length - 1] = day;
      compounded[compounded.length - 1] = (compounded.at(-1) as number) * growth;
    } else {
      ends.push(day);
      compounded.push(growth);
      current = key;
    }
  }
  return {
    days: Int32Array.from(ends),
    returns: Float64Array.from(compounded, (growth) => growth - 1),
  };
}
