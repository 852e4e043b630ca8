import { type Answer, absent } from '../figure.ts';
import { addMonths, civilOf, type Day } from '../numeric/day.ts';
import { CARRY_DAYS_MAX } from './calendar.ts';
import { lastNotAfter } from './levels.ts';
import { yearEnd } from './periods.ts';

/** The windows that end today: 近一周 … 成立以来. */
export const TRAILING_WINDOWS = [
  { id: '1w', en: 'one week', zh: '近一周' },
  { id: '1m', en: 'one month', zh: '近一月' },
  { id: '3m', en: 'three months', zh: '近三月' },
  { id: '6m', en: 'six months', zh: '近六月' },
  { id: 'ytd', en: 'year to date', zh: '今年以来' },
  { id: '1y', en: 'one year', zh: '近一年' },
  { id: '2y', en: 'two years', zh: '近两年' },
  { id: '3y', en: 'three years', zh: '近三年' },
  { id: '5y', en: 'five years', zh: '近五年' },
  { id: 'all', en: 'since inception', zh: '成立以来' },
] as const;

export type TrailingWindow = (typeof TRAILING_WINDOWS)[number]['id'];

/** A stretch of time whose base value stands on `start` and whose last value stands on `end`. */
export interface Span {
  readonly start: Day;
  readonly end: Day;
}

const MONTHS: Readonly<Partial<Record<TrailingWindow, number>>> = {
  '1m': 1,
  '3m': 3,
  '6m': 6,
  '1y': 12,
  '2y': 24,
  '3y': 36,
  '5y': 60,
};

/**
 * The span of a trailing window that ends on `end`: the same date some months before, or the last
 * day of a shorter month; seven days for a week; the last December for the year to date. Undefined
 * for `all`, which begins with the first value.
 */
export function trailingSpan(window: TrailingWindow, end: Day): Span | undefined {
  if (window === 'all') return undefined;
  if (window === '1w') return { start: end - 7, end };
  if (window === 'ytd') return { start: yearEnd(civilOf(end).year - 1), end };
  return { start: addMonths(end, -(MONTHS[window] as number)), end };
}

/** The span of a calendar year: from the last value of the year before to the last of the year. */
export function calendarSpan(year: number): Span {
  return { start: yearEnd(year - 1), end: yearEnd(year) };
}

/** Rows [from, to) of the returns between values, so that `from` is also the base value's place. */
export interface WindowRows {
  readonly from: number;
  readonly to: number;
}

/**
 * The rows of a span: the base is the last value on or before `start`, the end the last on or
 * before `end`. NOT_ENOUGH_HISTORY if the series begins later; GAP if the value at either side is
 * more than `daysMax` days older than it should be, for then the window would not be what its name
 * says.
 */
export function findRows(
  days: ArrayLike<Day>,
  { start, end }: Span,
  { daysMax = CARRY_DAYS_MAX }: { readonly daysMax?: number } = {},
): Answer<WindowRows> {
  const from = lastNotAfter(days, start);
  if (from < 0) return absent('NOT_ENOUGH_HISTORY');
  const to = lastNotAfter(days, end);
  const stale = start - (days[from] as Day) > daysMax || end - (days[to] as Day) > daysMax;
  return stale ? absent('GAP') : { value: { from, to } };
}
