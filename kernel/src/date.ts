/**
 * Business days and instants as text of a fixed shape, so that they compare, sort, store and travel
 * as they are. Arithmetic is on day numbers (days since 1970-01-01) in the proleptic Gregorian
 * calendar; no clock is read here and the machine's time zone plays no part.
 */
/* oxlint-disable typescript/no-unsafe-type-assertion -- brands are given here and only here */
import type { Branded } from './brand.ts';
import { assert } from './errors.ts';

/** A real day, 'YYYY-MM-DD', years 1900 to 2999. */
export type LocalDate = Branded<string, 'LocalDate'>;

/** A moment in UTC, RFC 3339 with milliseconds: 'YYYY-MM-DDTHH:MM:SS.sssZ', years 1900 to 2999. */
export type Instant = Branded<string, 'Instant'>;

const FIRST_YEAR = 1900;
const LAST_YEAR = 2999;
const DAY_MS = 86_400_000;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** Whether the Gregorian year has a 29 February. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The whole number in text[from, to), which holds ASCII digits only. */
function digitsAt(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i += 1) value = value * 10 + text.charCodeAt(i) - 48;
  return value;
}

function pad(value: number, width: number): string {
  return value.toString().padStart(width, '0');
}

// Years run from March here, so that the leap day is the last day of a year and needs no branch.
function toDayNumber(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const monthFromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}

const FIRST_DAY = toDayNumber(FIRST_YEAR, 1, 1);
const LAST_DAY = toDayNumber(LAST_YEAR, 12, 31);

function isRealDay(year: number, month: number, day: number): boolean {
  return (
    year >= FIRST_YEAR &&
    year <= LAST_YEAR &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  );
}

function join(year: number, month: number, day: number): LocalDate {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` as LocalDate;
}

/** Days since 1970-01-01; negative before. */
export function dayNumberOf(d: LocalDate): number {
  return toDayNumber(digitsAt(d, 0, 4), digitsAt(d, 5, 7), digitsAt(d, 8, 10));
}

/** The day of a day number. AssertionError outside the years 1900 to 2999. */
export function dateOfDayNumber(dayNumber: number): LocalDate {
  assert(
    Number.isInteger(dayNumber) && dayNumber >= FIRST_DAY && dayNumber <= LAST_DAY,
    `day number ${dayNumber} is outside the years ${FIRST_YEAR} to ${LAST_YEAR}`,
  );
  const fromMarchYear0 = dayNumber + 719_468;
  const era = Math.floor(fromMarchYear0 / 146_097);
  const dayOfEra = fromMarchYear0 - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return join(year, month, day);
}

/** Reads 'YYYY-MM-DD'; undefined unless it is a real day of the years 1900 to 2999. */
export function parseLocalDate(text: string): LocalDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const real = isRealDay(digitsAt(text, 0, 4), digitsAt(text, 5, 7), digitsAt(text, 8, 10));
  return real ? (text as LocalDate) : undefined;
}

/** As `parseLocalDate`, for text that must be right. AssertionError when it is not. */
export function localDate(text: string): LocalDate {
  const date = parseLocalDate(text);
  assert(date !== undefined, `not a date: ${JSON.stringify(text)}`);
  return date;
}

/** Reads the file form 'YYYYMMDD'; undefined unless it is a real day. */
export function parseBasicDate(text: string): LocalDate | undefined {
  if (!/^\d{8}$/.test(text)) return undefined;
  return parseLocalDate(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`);
}

/** The file form 'YYYYMMDD'. */
export function formatBasicDate(d: LocalDate): string {
  return d.slice(0, 4) + d.slice(5, 7) + d.slice(8);
}

/** The day n calendar days later (earlier when negative). */
export function addDays(d: LocalDate, n: number): LocalDate {
  return dateOfDayNumber(dayNumberOf(d) + n);
}

/** Calendar days from a to b; negative when b is earlier. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return dayNumberOf(b) - dayNumberOf(a);
}

/**
 * The same day of the month n months later, or that month's last day when it is shorter: 31 January
 * plus one month is 28 or 29 February. Each call counts from the day it is given, so a monthly plan
 * on the 31st adds 1, 2, 3 … months to its first day.
 */
export function addMonths(d: LocalDate, n: number): LocalDate {
  assert(Number.isInteger(n), `addMonths takes whole months, not ${n}`);
  const months = digitsAt(d, 0, 4) * 12 + digitsAt(d, 5, 7) - 1 + n;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  assert(year >= FIRST_YEAR && year <= LAST_YEAR, `${d} plus ${n} months is out of range`);
  return join(year, month, Math.min(digitsAt(d, 8, 10), daysInMonth(year, month)));
}

/** Day of the week as ISO 8601 counts: 1 is Monday, 7 is Sunday. */
export function dayOfWeek(d: LocalDate): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  // 1970-01-01 was a Thursday.
  return (((((dayNumberOf(d) + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

/** −1, 0 or 1, for sorting. */
export function compareDates(a: LocalDate, b: LocalDate): -1 | 0 | 1 {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/** The Gregorian year. */
export function yearOf(d: LocalDate): number {
  return digitsAt(d, 0, 4);
}

/**
 * Age in full years. A person born on 29 February turns a year older on 1 March in common years.
 * AssertionError when `on` is before birth.
 */
export function ageOn(birth: LocalDate, on: LocalDate): number {
  assert(birth <= on, `no age on ${on}, before birth on ${birth}`);
  const years = yearOf(on) - yearOf(birth);
  return on.slice(5) < birth.slice(5) ? years - 1 : years;
}

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(?:Z|([+-])(0\d|1[0-4]):([0-5]\d))$/;

/**
 * Reads an RFC 3339 instant with its offset and gives it in UTC. Undefined when refused: no offset,
 * '-00:00' (offset unknown), an offset beyond 14:00, second 60, hour 24, a day that does not exist,
 * lower-case letters or a blank for the T. Digits past the millisecond are cut, never rounded up, so
 * that no instant moves past a cut-off.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const [, day = '', hour = '', minute = '', second = '', fraction = '', sign, oh = '', om = ''] =
    match;
  const date = parseLocalDate(day);
  if (date === undefined) return undefined;
  const offsetMinutes = sign === undefined ? 0 : digitsAt(oh, 0, 2) * 60 + digitsAt(om, 0, 2);
  if (offsetMinutes > 14 * 60 || (sign === '-' && offsetMinutes === 0)) return undefined;
  const seconds =
    digitsAt(hour, 0, 2) * 3600 + digitsAt(minute, 0, 2) * 60 + digitsAt(second, 0, 2);
  const ms = seconds * 1000 + digitsAt(fraction.padEnd(3, '0'), 0, 3);
  const offsetMs = (sign === '-' ? -1 : 1) * offsetMinutes * 60_000;
  const epochMs = dayNumberOf(date) * DAY_MS + ms - offsetMs;
  return isInRange(epochMs) ? instantFromEpochMs(epochMs) : undefined;
}

/** Text that already is an `Instant`. AssertionError for any other shape. */
export function instant(text: string): Instant {
  assert(
    text.length === 24 && parseInstant(text) === text,
    `not an instant: ${JSON.stringify(text)}`,
  );
  return text as Instant;
}

function isInRange(epochMs: number): boolean {
  return epochMs >= FIRST_DAY * DAY_MS && epochMs < (LAST_DAY + 1) * DAY_MS;
}

function timeOfDay(ms: number): string {
  const second = Math.floor(ms / 1000);
  const minute = Math.floor(second / 60);
  const hours = pad(Math.floor(minute / 60), 2);
  return `${hours}:${pad(minute % 60, 2)}:${pad(second % 60, 2)}.${pad(ms % 1000, 3)}`;
}

/** The instant of whole milliseconds since 1970-01-01T00:00Z. AssertionError out of range. */
export function instantFromEpochMs(ms: number): Instant {
  assert(Number.isInteger(ms) && isInRange(ms), `epoch milliseconds ${ms} are out of range`);
  const day = Math.floor(ms / DAY_MS);
  return `${dateOfDayNumber(day)}T${timeOfDay(ms - day * DAY_MS)}Z` as Instant;
}

/** Milliseconds since 1970-01-01T00:00Z; negative before. */
export function epochMsOf(at: Instant): number {
  return dayNumberOf(at.slice(0, 10) as LocalDate) * DAY_MS + msOfTime(at.slice(11, 23));
}

function msOfTime(time: string): number {
  const seconds = digitsAt(time, 0, 2) * 3600 + digitsAt(time, 3, 5) * 60 + digitsAt(time, 6, 8);
  return seconds * 1000 + digitsAt(time, 9, 12);
}

// Every order of a batch asks for the day and time of the same instant.
let lastAt: Instant | undefined;
let lastDate: LocalDate;
let lastTime: string;

function readShanghai(at: Instant): void {
  if (at === lastAt) return;
  const local = epochMsOf(at) + SHANGHAI_OFFSET_MS;
  const day = Math.floor(local / DAY_MS);
  lastDate = dateOfDayNumber(day);
  lastTime = timeOfDay(local - day * DAY_MS);
  lastAt = at;
}

/**
 * The day in Shanghai at an instant. The offset is +08:00 throughout: daylight saving of 1986 to
 * 1991 and local times before 1901 are left out.
 */
export function shanghaiDate(at: Instant): LocalDate {
  readShanghai(at);
  return lastDate;
}

/** The time of day in Shanghai at an instant, 'HH:MM:SS.sss' (+08:00 throughout). */
export function shanghaiTime(at: Instant): string {
  readShanghai(at);
  return lastTime;
}

/** The instant of a day and a time 'HH:MM:SS.sss' in Shanghai. AssertionError for another shape. */
export function instantAtShanghai(date: LocalDate, time: string): Instant {
  assert(
    /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}$/.test(time),
    `not a time HH:MM:SS.sss: ${JSON.stringify(time)}`,
  );
  return instantFromEpochMs(dayNumberOf(date) * DAY_MS + msOfTime(time) - SHANGHAI_OFFSET_MS);
}
