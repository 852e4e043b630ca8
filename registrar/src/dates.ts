/*
 * Business days are `YYYY-MM-DD` text inside and `YYYYMMDD` in files. Which days trade is given to
 * the registrar as a list; only the distance between two calendar days is computed here.
 */

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

const cumulativeDays = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const dayNumbers = new Map<Day, number>();

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function computeDayNumber(day: Day): number {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  if (match === null) throw new RangeError(`"${day}" is not a day YYYY-MM-DD`);
  const [year, month, date] = match.slice(1).map((part) => Number.parseInt(part, 10)) as [
    number,
    number,
    number,
  ];
  const monthDays = (cumulativeDays[month] ?? 365) - (cumulativeDays[month - 1] ?? 365);
  const leap = isLeapYear(year) ? 1 : 0;
  if (month < 1 || month > 12 || date < 1 || date > monthDays + (month === 2 ? leap : 0)) {
    throw new RangeError(`"${day}" is not a calendar day`);
  }
  const before = year - 1;
  const leapDaysBefore =
    Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const inYear = (cumulativeDays[month - 1] as number) + (month > 2 ? leap : 0) + date;
  return before * 365 + leapDaysBefore + inYear;
}

function dayNumber(day: Day): number {
  const known = dayNumbers.get(day);
  if (known !== undefined) return known;
  const computed = computeDayNumber(day);
  dayNumbers.set(day, computed);
  return computed;
}

/** Calendar days from `from` to `to`; negative if `to` is the earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** `2026-03-29` as `20260329`. */
export function compactDay(day: Day): string {
  return day.replaceAll('-', '');
}

/** `20260329` as `2026-03-29`; throws if it is no calendar day. */
export function parseCompactDay(text: string): Day {
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  dayNumber(day);
  return day;
}

/** The days on which the exchanges trade, as they were given. */
export class TradingDays {
  readonly #days: readonly Day[];
  readonly #positions: ReadonlyMap<Day, number>;

  constructor(days: readonly Day[]) {
    for (let index = 0; index < days.length; index++) {
      const day = days[index] as Day;
      dayNumber(day);
      const previous = days[index - 1];
      if (previous !== undefined && previous >= day) {
        throw new RangeError(`trading days must ascend: ${previous} stands before ${day}`);
      }
    }
    this.#days = [...days];
    this.#positions = new Map(days.map((day, index) => [day, index]));
  }

  isTradingDay(day: Day): boolean {
    return this.#positions.has(day);
  }

  /** The trading day `count` after the trading day `from`; throws beyond the given list. */
  plus(from: Day, count: number): Day {
    const position = this.#positions.get(from);
    if (position === undefined) throw new RangeError(`${from} is not a trading day`);
    const day = this.#days[position + count];
    if (day === undefined) {
      throw new RangeError(`the list of trading days ends before ${from} plus ${count}`);
    }
    return day;
  }

  /** The last trading day on or before `day`, or undefined before the list begins. */
  findOnOrBefore(day: Day): Day | undefined {
    if (this.#positions.has(day)) return day;
    let low = 0;
    let high = this.#days.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#days[middle] as Day) <= day) low = middle + 1;
      else high = middle;
    }
    return this.#days[low - 1];
  }
}
