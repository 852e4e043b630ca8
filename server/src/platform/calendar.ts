/**
 * The exchange calendar of an installation: the years that the program knows, and the days that were
 * imported since. Rules ask it in the middle of a decision, so it stands in memory; each unit of work
 * and each read that needs it first asks for the token of the calendar, and reads it anew when another
 * process has changed it. So a change is live everywhere with its commit.
 */
import {
  type CalendarDay,
  exchangeCalendar,
  type Instant,
  type LocalDate,
  type TradingCalendar,
} from '@cairn/kernel';
import type { Sql, Tx } from './db.ts';

/** The calendar as the database holds it now, uncommitted changes of this transaction included. */
export async function loadCalendar(sql: Sql): Promise<TradingCalendar> {
  const rows = await sql.query<{ date: LocalDate; is_open: boolean }>(
    `select distinct on (date) date, is_open from platform.calendar_days
     order by date, version desc`,
  );
  return exchangeCalendar.extend(rows.map((row) => ({ date: row.date, open: row.is_open })));
}

/** Appends days, each as the next version of itself; every process reads them from this commit on. */
export async function insertCalendarDays(
  tx: Tx,
  days: readonly CalendarDay[],
  { approvalId, at }: { readonly approvalId: string; readonly at: Instant },
): Promise<void> {
  await tx.query(
    `insert into platform.calendar_days (date, version, is_open, approval_id, recorded_at)
     select t.date, 1 + (select count(*) from platform.calendar_days d where d.date = t.date),
       t.is_open, $3, $4::timestamptz
     from unnest($1::date[], $2::bool[]) as t(date, is_open)`,
    [days.map(({ date }) => date), days.map(({ open }) => open), approvalId, at],
  );
  await tx.query('update platform.calendar_revision set token = gen_random_uuid() where id = 1');
}

/** A calendar that follows the database. */
export class LiveCalendar implements TradingCalendar {
  #calendar = exchangeCalendar;
  #token: string | undefined;

  /** Reads the calendar again when the token is not the one that it was read under. */
  async follow(sql: Sql, token: string): Promise<void> {
    if (token === this.#token) return;
    this.#calendar = await loadCalendar(sql);
    this.#token = token;
  }

  get first(): LocalDate {
    return this.#calendar.first;
  }

  get last(): LocalDate {
    return this.#calendar.last;
  }

  isTradingDay(d: LocalDate): boolean {
    return this.#calendar.isTradingDay(d);
  }

  nextTradingDay(d: LocalDate): LocalDate {
    return this.#calendar.nextTradingDay(d);
  }

  previousTradingDay(d: LocalDate): LocalDate {
    return this.#calendar.previousTradingDay(d);
  }

  tradingDayOnOrAfter(d: LocalDate): LocalDate {
    return this.#calendar.tradingDayOnOrAfter(d);
  }

  addTradingDays(d: LocalDate, n: number): LocalDate {
    return this.#calendar.addTradingDays(d, n);
  }

  tradingDaysBetween(from: LocalDate, to: LocalDate): LocalDate[] {
    return this.#calendar.tradingDaysBetween(from, to);
  }

  extend(days: readonly CalendarDay[]): TradingCalendar {
    return this.#calendar.extend(days);
  }
}

/** Brings a calendar up to date before it is asked outside a unit of work. */
export async function refreshCalendar(calendar: TradingCalendar, sql: Sql): Promise<void> {
  if (!(calendar instanceof LiveCalendar)) return;
  const [row] = await sql.query<{ token: string }>(
    'select token::text as token from platform.calendar_revision where id = 1',
  );
  if (row !== undefined) await calendar.follow(sql, row.token);
}
