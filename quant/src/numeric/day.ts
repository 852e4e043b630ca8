/**
 * Dates as day numbers: whole days since 1970-01-01, so that a calendar is an Int32Array and a
 * difference is a subtraction. The arithmetic is of the proleptic Gregorian calendar (Hinnant,
 * “chrono-compatible low-level date algorithms”).
 */

/** Days since 1970-01-01. */
export type Day = number;

/** The day of `YYYY-MM-DD`. Throws RangeError on anything that is not a date of the calendar. */
export function parseDay(text: string): Day {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match !== null) {
    const [year, month, date] = match.slice(1).map((part) => Number.parseInt(part, 10)) as [
      number,
      number,
      number,
    ];
    const day = dayOf({ year, month, date });
    if (month >= 1 && month <= 12 && formatDay(day) === text) return day;
  }
  throw new RangeError(`not a date: ${text}`);
}

/** `YYYY-MM-DD` of a day. */
export function formatDay(day: Day): string {
  const { year, month, date } = civilOf(day);
  const pad = (value: number, width: number) => `${value}`.padStart(width, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`;
}

/** A day as a person writes it; month 1 to 12, date 1 to 31. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly date: number;
}

/** The day of a civil date. */
export function dayOf({ year, month, date }: CivilDate): Day {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468;
}

/** The civil date of a day. */
export function civilOf(day: Day): CivilDate {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const corrected =
    dayOfEra -
    Math.floor(dayOfEra / 1460) +
    Math.floor(dayOfEra / 36_524) -
    Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor(corrected / 365);
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date };
}

/** The same date `months` later (earlier if negative), or the last day of that month if it has none. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, date } = civilOf(day);
  const place = year * 12 + (month - 1) + months;
  const first = { year: Math.floor(place / 12), month: (((place % 12) + 12) % 12) + 1, date: 1 };
  const last = dayOf({ ...nextMonth(first), date: 1 }) - dayOf(first);
  return dayOf({ ...first, date: Math.min(date, last) });
}

function nextMonth({ year, month }: CivilDate): { year: number; month: number } {
  return month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
}
