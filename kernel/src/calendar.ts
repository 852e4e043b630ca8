/**
 * The exchange calendar: which days are trading days, and counting in them. Outside the days it
 * knows it throws rather than guesses, because a guessed holiday is a wrong trade date. Look-ups are
 * O(1): per day the number of trading days up to it, and the list of trading days itself.
 */
import { CLOSED_WEEKDAYS } from './calendar-data.ts';
import {
  addDays,
  dateOfDayNumber,
  dayNumberOf,
  dayOfWeek,
  type LocalDate,
  localDate,
} from './date.ts';
import { AppError, assert, type ErrorTable } from './errors.ts';

/** Errors the kernel itself can raise. */
export const kernelErrors: ErrorTable = {
  CALENDAR_OUT_OF_RANGE: [
    422,
    'The trading calendar covers {first} to {last}; {date} is outside it.',
    '交易日历只覆盖 {first} 至 {last}，{date} 不在其中。',
    false,
  ],
};

/** A day, or the answer to a count, lies outside the calendar (code CALENDAR_OUT_OF_RANGE). */
export class CalendarRangeError extends AppError {
  constructor(date: LocalDate | string, first: LocalDate, last: LocalDate) {
    super('CALENDAR_OUT_OF_RANGE', { date, first, last });
    this.name = 'CalendarRangeError';
    this.message = `the trading calendar covers ${first} to ${last}; ${date} is outside it`;
  }
}

/** One day of a calendar import. */
export interface CalendarDay {
  readonly date: LocalDate;
  readonly open: boolean;
}

/** Trading days from `first` to `last`; every method throws CalendarRangeError beyond them. */
export interface TradingCalendar {
  /** The first day known. */
  readonly first: LocalDate;
  /** The last day known. */
  readonly last: LocalDate;
  /** Whether the exchange trades on the day. */
  isTradingDay(d: LocalDate): boolean;
  /** The first trading day strictly after the day. */
  nextTradingDay(d: LocalDate): LocalDate;
  /** The last trading day strictly before the day. */
  previousTradingDay(d: LocalDate): LocalDate;
  /** The day itself when it is a trading day, else the next one. */
  tradingDayOnOrAfter(d: LocalDate): LocalDate;
  /** n trading days after a trading day (before it when negative); AssertionError from another. */
  addTradingDays(d: LocalDate, n: number): LocalDate;
  /** The trading days from one day to another, both included; none when `from` is after `to`. */
  tradingDaysBetween(from: LocalDate, to: LocalDate): LocalDate[];
  /**
   * A new calendar with these days added or changed. Together they must leave no gap
   * (CalendarRangeError names the first missing day); a day given twice must agree with itself.
   */
  extend(days: readonly CalendarDay[]): TradingCalendar;
}

function createCalendar(firstDay: number, open: Uint8Array): TradingCalendar {
  const first = dateOfDayNumber(firstDay);
  const last = dateOfDayNumber(firstDay + open.length - 1);
  // tradingUpTo[i]: trading days on day i or earlier; so also the index of the next one after i.
  const tradingUpTo = new Int32Array(open.length);
  const tradingDays: LocalDate[] = [];
  for (let i = 0; i < open.length; i += 1) {
    if (open[i] === 1) tradingDays.push(dateOfDayNumber(firstDay + i));
    tradingUpTo[i] = tradingDays.length;
  }

  const indexOf = (d: LocalDate): number => {
    const index = dayNumberOf(d) - firstDay;
    if (index < 0 || index >= open.length) throw new CalendarRangeError(d, first, last);
    return index;
  };
  const upTo = (index: number): number => tradingUpTo[index] ?? 0;
  const at = (ordinal: number, sought: string): LocalDate => {
    const day = tradingDays[ordinal];
    if (day === undefined) throw new CalendarRangeError(sought, first, last);
    return day;
  };

  return {
    first,
    last,
    isTradingDay: (d) => open[indexOf(d)] === 1,
    nextTradingDay: (d) => at(upTo(indexOf(d)), `the trading day after ${d}`),
    previousTradingDay(d) {
      const index = indexOf(d);
      const before = upTo(index) - (open[index] ?? 0);
      return at(before - 1, `the trading day before ${d}`);
    },
    tradingDayOnOrAfter(d) {
      const index = indexOf(d);
      return open[index] === 1 ? d : at(upTo(index), `the trading day after ${d}`);
    },
    addTradingDays(d, n) {
      const index = indexOf(d);
      assert(open[index] === 1, `${d} is not a trading day to count from`);
      assert(Number.isInteger(n), `addTradingDays takes whole days, not ${n}`);
      return at(
        upTo(index) - 1 + n,
        `${d} ${n < 0 ? 'minus' : 'plus'} ${Math.abs(n)} trading days`,
      );
    },
    tradingDaysBetween(from, to) {
      const start = indexOf(from);
      return tradingDays.slice(upTo(start) - (open[start] ?? 0), upTo(indexOf(to)));
    },
    extend: (days) => extend(firstDay, open, days),
  };
}

function extend(firstDay: number, open: Uint8Array, days: readonly CalendarDay[]): TradingCalendar {
  const given = new Map<number, boolean>();
  for (const day of days) {
    const dayNumber = dayNumberOf(day.date);
    const before = given.get(dayNumber);
    assert(before === undefined || before === day.open, `${day.date} is given open and closed`);
    given.set(dayNumber, day.open);
  }
  let start = firstDay;
  let end = firstDay + open.length;
  for (const dayNumber of given.keys()) {
    start = Math.min(start, dayNumber);
    end = Math.max(end, dayNumber + 1);
  }
  const merged = new Uint8Array(end - start);
  merged.set(open, firstDay - start);
  for (let n = start; n < end; n += 1) {
    const known = n >= firstDay && n < firstDay + open.length;
    const isOpen = given.get(n);
    if (isOpen !== undefined) merged[n - start] = isOpen ? 1 : 0;
    else if (!known) {
      const last = dateOfDayNumber(firstDay + open.length - 1);
      throw new CalendarRangeError(dateOfDayNumber(n), dateOfDayNumber(firstDay), last);
    }
  }
  return createCalendar(start, merged);
}

/** A calendar of exactly the days given, which follow each other without a gap. */
export function tradingCalendarOf(days: readonly CalendarDay[]): TradingCalendar {
  const head = days[0];
  assert(head !== undefined, 'a calendar has at least one day');
  return extend(dayNumberOf(head.date), Uint8Array.of(head.open ? 1 : 0), days);
}

function readFacts(): TradingCalendar {
  const years = Object.keys(CLOSED_WEEKDAYS);
  const firstDay = dayNumberOf(localDate(`${years[0]}-01-01`));
  const endDay = dayNumberOf(localDate(`${years[years.length - 1]}-12-31`)) + 1;
  const open = new Uint8Array(endDay - firstDay);
  for (let i = 0; i < open.length; i += 1) {
    open[i] = dayOfWeek(dateOfDayNumber(firstDay + i)) <= 5 ? 1 : 0;
  }
  for (const [year, closed] of Object.entries(CLOSED_WEEKDAYS)) {
    for (const range of closed.split(' ')) {
      const [from = '', to = from] = range.split('-');
      const day = (mmdd: string) => localDate(`${year}-${mmdd.slice(0, 2)}-${mmdd.slice(2)}`);
      for (let d = day(from); d <= day(to); d = addDays(d, 1)) open[dayNumberOf(d) - firstDay] = 0;
    }
  }
  return createCalendar(firstDay, open);
}

/** The Shanghai and Shenzhen exchange calendar, 1991 to 2026; later years arrive by `extend`. */
export const exchangeCalendar: TradingCalendar = readFacts();
