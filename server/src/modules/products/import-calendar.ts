/**
 * Imports of trading days: a coming year whole, or corrections of days that are known. Both wait for
 * a second person, and the executor judges them again on the calendar that it finds.
 */
import {
  addDays,
  AppError,
  assert,
  type CalendarDay,
  dayOfWeek,
  type Instant,
  type LocalDate,
  localDate,
  shanghaiDate,
  type TradingCalendar,
} from '@cairn/kernel';
import { registerApproval, requestApproval } from '../../platform/approvals.ts';
import { insertCalendarDays, loadCalendar } from '../../platform/calendar.ts';
import type { Sql } from '../../platform/db.ts';
import { booleanCodec, dateCodec } from './domain/codecs.ts';
import type { CsvFault, CsvRow } from './domain/csv.ts';
import { RowReader } from './domain/row-reader.ts';
import {
  faultyPlan,
  findTwice,
  type ImportDefinition,
  type ImportPlan,
  type Read,
} from './import-plan.ts';

const YEAR = 'products.calendar-year';
const CORRECTIONS = 'products.calendar-corrections';

/** Fewer or more trading days than any year since 1993 has had are a file that is not whole. */
const TRADING_DAYS = { min: 225, max: 260 };

/**
 * How far ahead of a correction its days lie at least. Orders stand on the next trading day, and the
 * longest closure so far, the Spring Festival of 2020, was ten days: so none stands on such a day.
 */
const NOTICE_DAYS = 15;

const isWeekend = (date: LocalDate): boolean => dayOfWeek(date) > 5;
const yearOf = (date: LocalDate): number => Number.parseInt(date.slice(0, 4), 10);

function* daysOf(year: number): Generator<LocalDate> {
  const end = localDate(`${year}-12-31`);
  for (let day = localDate(`${year}-01-01`); day <= end; day = addDays(day, 1)) yield day;
}

function readDays(rows: readonly CsvRow[]): { read: Read<CalendarDay>[]; faults: CsvFault[] } {
  const faults: CsvFault[] = [];
  const read: Read<CalendarDay>[] = [];
  for (const row of rows) {
    const reader = new RowReader(row);
    const date = reader.required('date', dateCodec);
    const open = reader.required('open', booleanCodec);
    if (date !== undefined && open === true && isWeekend(date)) {
      reader.fail('CALENDAR_WEEKEND_OPEN', 'open', { date });
    }
    faults.push(...reader.faults);
    if (date !== undefined && open !== undefined)
      read.push({ line: row.line, item: { date, open } });
  }
  faults.push(...findTwice(read, ({ date }) => date));
  return { read, faults };
}

/** What keeps the days from being a whole year. */
function findYearFaults(year: number, read: readonly Read<CalendarDay>[]): CsvFault[] {
  const faults: CsvFault[] = [];
  for (const { line, item } of read) {
    if (yearOf(item.date) === year) continue;
    faults.push({ line, column: 'date', code: 'CALENDAR_OTHER_YEAR', details: { year } });
  }
  const given = new Set(read.map(({ item }) => item.date));
  for (const date of daysOf(year)) {
    if (given.has(date) || isWeekend(date)) continue;
    faults.push({ line: 1, column: 'date', code: 'CALENDAR_DAY_MISSING', details: { date } });
  }
  const count = read.filter(({ item }) => item.open).length;
  if (faults.length === 0 && (count < TRADING_DAYS.min || count > TRADING_DAYS.max)) {
    faults.push({ line: 1, code: 'CALENDAR_DAYS_COUNT', details: { count, ...TRADING_DAYS } });
  }
  return faults;
}

/** What keeps a whole year from being added to the calendar; none when it stands there alike. */
function findPlaceFaults(
  calendar: TradingCalendar,
  year: number,
  read: readonly Read<CalendarDay>[],
): CsvFault[] {
  const next = yearOf(calendar.last) + 1;
  if (year > next || year < yearOf(calendar.first)) {
    const line = read[0]?.line ?? 1;
    return [{ line, column: 'date', code: 'CALENDAR_YEAR_GAP', details: { year, next } }];
  }
  if (year === next) return [];
  return read.flatMap(({ line, item: { date, open } }) =>
    calendar.isTradingDay(date) === open
      ? []
      : [{ line, column: 'open', code: 'CALENDAR_DAY_DIFFERS', details: { date } }],
  );
}

async function planYear(sql: Sql, _now: Instant, rows: readonly CsvRow[]): Promise<ImportPlan> {
  const { read, faults } = readDays(rows);
  const [head] = read;
  if (head === undefined && faults.length === 0) {
    faults.push({ line: 1, code: 'CALENDAR_EMPTY', details: {} });
  }
  const year = head === undefined ? 0 : yearOf(head.item.date);
  // A day whose row cannot be read is not missing besides.
  if (head !== undefined && read.length === rows.length) faults.push(...findYearFaults(year, read));
  const calendar = await loadCalendar(sql);
  if (faults.length === 0) faults.push(...findPlaceFaults(calendar, year, read));
  if (faults.length > 0) return faultyPlan(faults);
  const isNew = year > yearOf(calendar.last);
  const tradingDays = read.filter(({ item }) => item.open).map(({ item }) => item.date);
  return {
    created: isNew ? read.length : 0,
    changed: 0,
    unchanged: isNew ? 0 : read.length,
    held: isNew ? read.length : 0,
    faults,
    async apply(unit, maker) {
      if (!isNew) return undefined;
      const payload = { year, tradingDays: tradingDays.toSorted() };
      return requestApproval(unit, { kind: YEAR, subject: `calendar:${year}`, payload, maker });
    },
  };
}

/** What keeps days from being corrected now. */
function findCorrectionFaults(
  calendar: TradingCalendar,
  now: Instant,
  read: readonly Read<CalendarDay>[],
): CsvFault[] {
  const earliest = addDays(shanghaiDate(now), NOTICE_DAYS);
  return read.flatMap(({ line, item: { date, open } }) => {
    const at = { line, column: 'date' };
    if (date < calendar.first || date > calendar.last) {
      return [{ ...at, code: 'CALENDAR_DAY_UNKNOWN', details: { date } }];
    }
    return date < earliest && calendar.isTradingDay(date) !== open
      ? [{ ...at, code: 'CALENDAR_TOO_LATE', details: { date, earliest } }]
      : [];
  });
}

async function planCorrections(
  sql: Sql,
  now: Instant,
  rows: readonly CsvRow[],
): Promise<ImportPlan> {
  const { read, faults } = readDays(rows);
  const calendar = await loadCalendar(sql);
  if (faults.length === 0) faults.push(...findCorrectionFaults(calendar, now, read));
  if (faults.length > 0) return faultyPlan(faults);
  const days = read
    .map(({ item }) => item)
    .filter(({ date, open }) => calendar.isTradingDay(date) !== open);
  return {
    created: 0,
    changed: days.length,
    unchanged: read.length - days.length,
    held: days.length,
    faults,
    async apply(unit, maker) {
      if (days.length === 0) return undefined;
      const payload = { days: days.map((day) => ({ ...day })) };
      return requestApproval(unit, {
        kind: CORRECTIONS,
        subject: 'calendar:corrections',
        payload,
        maker,
      });
    },
  };
}

registerApproval(YEAR, {
  title: ['trading days of a year', '年度交易日历'],
  roles: ['reviewer'],
  async execute({ tx, now: at }, { year, tradingDays }, { approvalId }) {
    assert(typeof year === 'number' && Array.isArray(tradingDays), 'an approval holds its year');
    const calendar = await loadCalendar(tx);
    if (yearOf(calendar.last) + 1 !== year) throw new AppError('CALENDAR_MOVED_ON', {});
    const open = new Set(tradingDays as string[]);
    const days = [...daysOf(year)].map((date) => ({ date, open: open.has(date) }));
    await insertCalendarDays(tx, days, { approvalId, at });
  },
});

registerApproval(CORRECTIONS, {
  title: ['corrections of trading days', '交易日历更正'],
  roles: ['reviewer'],
  async before(sql, { days }) {
    const calendar = await loadCalendar(sql);
    return {
      days: (days as CalendarDay[]).map(({ date }) => ({
        date,
        open: calendar.isTradingDay(date),
      })),
    };
  },
  async execute({ tx, now: at }, payload, { approvalId }) {
    const days = payload['days'] as CalendarDay[];
    const read = days.map((item) => ({ line: 1, item }));
    const calendar = await loadCalendar(tx);
    const isStale = days.some(({ date, open }) => calendar.isTradingDay(date) === open);
    if (isStale || findCorrectionFaults(calendar, at, read).length > 0) {
      throw new AppError('CALENDAR_MOVED_ON', {});
    }
    await insertCalendarDays(tx, days, { approvalId, at });
  },
});

const columns = { required: ['date', 'open'], optional: [] };

/** The trading days of the year after the last one known: every weekday, open or not. */
export const tradingDaysImport: ImportDefinition = { columns, plan: planYear };

/** Days of a known year that are open or closed otherwise than was announced first. */
export const tradingDayCorrectionsImport: ImportDefinition = { columns, plan: planCorrections };
