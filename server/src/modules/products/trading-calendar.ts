/** The exchange calendar of a year as it is read: which days trade, and where each was said. */
import {
  addDays,
  CalendarRangeError,
  type Instant,
  type LocalDate,
  parseLocalDate,
} from '@cairn/kernel';
import type { World } from '../../platform/world.ts';

interface ImportedDay {
  date: LocalDate;
  version: number;
  approval_id: string;
  recorded_at: Instant;
  maker: string;
  checker: string | null;
}

/** An import that a day of the year was said by, newest first. */
interface YearImport {
  approvalId: string;
  recordedAt: Instant;
  maker: string;
  checker: string | null;
  days: number;
}

function importsOf(rows: readonly ImportedDay[]): YearImport[] {
  const imports = new Map<string, YearImport>();
  for (const { approval_id: approvalId, recorded_at: recordedAt, maker, checker } of rows) {
    const known = imports.get(approvalId);
    if (known === undefined) {
      imports.set(approvalId, { approvalId, recordedAt, maker, checker, days: 1 });
    } else known.days += 1;
  }
  return [...imports.values()].toSorted((a, b) => (a.recordedAt < b.recordedAt ? 1 : -1));
}

/**
 * Every day of a year: whether the exchange trades, and its version: 0 for what the program came
 * with, else how often it was imported. CALENDAR_OUT_OF_RANGE for a year that is not known.
 */
export async function getCalendarYear({ db, calendar }: World, year: number) {
  const { first, last } = calendar;
  const start = parseLocalDate(`${String(year).padStart(4, '0')}-01-01`);
  if (start === undefined || start < first || start > last) {
    throw new CalendarRangeError(start ?? String(year), first, last);
  }
  const rows = await db.query<ImportedDay>(
    `select d.date, d.version, d.approval_id, d.recorded_at, a.maker, a.checker
     from platform.calendar_days d join platform.approvals a on a.approval_id = d.approval_id
     where d.date between $1 and $2 order by d.date, d.version`,
    [start, `${year}-12-31`],
  );
  const versions = new Map(rows.map((row) => [row.date, row.version]));
  const days: { date: LocalDate; isTradingDay: boolean; version: number }[] = [];
  for (let date = start; date.startsWith(`${year}`); date = addDays(date, 1)) {
    const version = versions.get(date) ?? 0;
    days.push({ date, isTradingDay: calendar.isTradingDay(date), version });
  }
  return {
    year,
    first,
    last,
    tradingDays: days.filter((day) => day.isTradingDay).length,
    days,
    imports: importsOf(rows),
  };
}
