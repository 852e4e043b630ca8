/**
 * Time series of a fund: NAVs, dividends, splits, closed days. A correction is a further version of
 * its row; reading takes the latest version, or the latest that was known at an instant.
 */
import type { Instant, LocalDate, Price } from '@cairn/kernel';
import type { Sql, Tx } from '../../platform/db.ts';

/** A NAV as recorded. */
export interface NavRow {
  readonly fundCode: string;
  readonly navDate: LocalDate;
  readonly nav: Price;
  readonly accumulated?: Price;
  readonly source: string;
}

/** A dividend as recorded: per unit, with its three dates. */
export interface DividendRow {
  readonly fundCode: string;
  readonly recordDate: LocalDate;
  readonly exDate: LocalDate;
  readonly payDate: LocalDate;
  readonly perUnit: Price;
  readonly source: string;
}

/** A split or merger of units: each unit became `ratio` units on the ex date. */
export interface SplitRow {
  readonly fundCode: string;
  readonly exDate: LocalDate;
  readonly ratio: Price;
  readonly source: string;
}

/** Whether a fund does not deal on a date. */
export interface ClosedDayRow {
  readonly fundCode: string;
  readonly closedDate: LocalDate;
  readonly closed: boolean;
  readonly reason: string;
}

/** A row with the version under which it is, or will be, stored. */
export type Versioned<T> = T & { readonly version: number };

interface RawNav {
  fund_code: string;
  nav_date: LocalDate;
  version: number;
  nav: Price;
  accumulated: Price | null;
  source: string;
}

function toNav(row: RawNav): Versioned<NavRow> {
  return {
    fundCode: row.fund_code,
    navDate: row.nav_date,
    version: row.version,
    nav: row.nav,
    ...(row.accumulated === null ? {} : { accumulated: row.accumulated }),
    source: row.source,
  };
}

/** The current NAVs of funds (or all) between two dates, both included, by fund and date. */
export async function loadNavs(
  sql: Sql,
  range: { from: LocalDate; to: LocalDate; codes?: readonly string[]; knownAt?: Instant },
): Promise<Versioned<NavRow>[]> {
  const rows = await sql.query<RawNav>(
    `select distinct on (fund_code, nav_date) fund_code, nav_date, version, nav, accumulated, source
     from products.navs
     where nav_date between $1 and $2 and ($3::text[] is null or fund_code = any($3::text[]))
       and ($4::timestamptz is null or recorded_at <= $4::timestamptz)
     order by fund_code, nav_date, version desc`,
    [range.from, range.to, range.codes ?? null, range.knownAt ?? null],
  );
  return rows.map(toNav);
}

/** The latest NAV of each fund (or of all) on or before a date, by fund code. */
export async function latestNavs(
  sql: Sql,
  onOrBefore: LocalDate,
  codes?: readonly string[],
): Promise<Map<string, NavRow>> {
  const rows = await sql.query<RawNav>(
    `select n.* from products.funds f
     cross join lateral (
       select fund_code, nav_date, version, nav, accumulated, source from products.navs
       where fund_code = f.fund_code and nav_date <= $1
       order by nav_date desc, version desc limit 1) as n
     where $2::text[] is null or f.fund_code = any($2::text[])`,
    [onOrBefore, codes ?? null],
  );
  return new Map(rows.map((row) => [row.fund_code, toNav(row)]));
}

/** The funds whose last `count` NAVs on or before a date are all alike, with that NAV. */
export async function unmovedNavs(
  sql: Sql,
  codes: readonly string[],
  { onOrBefore, count }: { readonly onOrBefore: LocalDate; readonly count: number },
): Promise<Map<string, Price>> {
  if (codes.length === 0) return new Map();
  const rows = await sql.query<{ fund_code: string; nav: Price }>(
    `select f.fund_code, min(n.nav)::int8 as nav from unnest($1::text[]) as f(fund_code)
     cross join lateral (
       select distinct on (nav_date) nav from products.navs
       where fund_code = f.fund_code and nav_date <= $2
       order by nav_date desc, version desc limit $3) as n
     group by f.fund_code having count(*) = $3 and min(n.nav) = max(n.nav)`,
    [codes, onOrBefore, count],
  );
  return new Map(rows.map((row) => [row.fund_code, row.nav]));
}

/** The NAVs dated exactly on a date, by fund code. */
export async function navsOn(
  sql: Sql,
  date: LocalDate,
  codes?: readonly string[],
): Promise<Map<string, NavRow>> {
  const rows = await loadNavs(sql, {
    from: date,
    to: date,
    ...(codes === undefined ? {} : { codes }),
  });
  return new Map(rows.map((row) => [row.fundCode, row]));
}

/** Appends NAV versions. */
export async function insertNavs(
  tx: Tx,
  rows: readonly Versioned<NavRow>[],
  at: Instant,
): Promise<void> {
  if (rows.length === 0) return;
  await tx.copyIn(
    'products.navs',
    ['fund_code', 'nav_date', 'version', 'nav', 'accumulated', 'source', 'recorded_at'],
    rows.map((r) => [r.fundCode, r.navDate, r.version, r.nav, r.accumulated ?? null, r.source, at]),
  );
}

interface RawDividend {
  fund_code: string;
  record_date: LocalDate;
  version: number;
  ex_date: LocalDate;
  pay_date: LocalDate;
  per_unit: Price;
  source: string;
}

function toDividend(row: RawDividend): Versioned<DividendRow> {
  return {
    fundCode: row.fund_code,
    recordDate: row.record_date,
    version: row.version,
    exDate: row.ex_date,
    payDate: row.pay_date,
    perUnit: row.per_unit,
    source: row.source,
  };
}

/** The current dividends of funds (or all), by fund and record date. */
export async function loadDividends(
  sql: Sql,
  codes?: readonly string[],
): Promise<Versioned<DividendRow>[]> {
  const rows = await sql.query<RawDividend>(
    `select distinct on (fund_code, record_date) * from products.dividends
     where $1::text[] is null or fund_code = any($1::text[])
     order by fund_code, record_date, version desc`,
    [codes ?? null],
  );
  return rows.map(toDividend);
}

/** The dividends whose record, ex or pay date is the date, by fund. */
export async function dividendsOn(
  sql: Sql,
  which: 'record' | 'ex' | 'pay',
  date: LocalDate,
): Promise<DividendRow[]> {
  const rows = await sql.query<RawDividend>(
    `select * from (
       select distinct on (fund_code, record_date) * from products.dividends
       order by fund_code, record_date, version desc) as standing
     where case $1 when 'record' then record_date when 'ex' then ex_date else pay_date end = $2
     order by fund_code`,
    [which, date],
  );
  return rows.map(toDividend);
}

/** Appends dividend versions. */
export async function insertDividends(
  tx: Tx,
  rows: readonly Versioned<DividendRow>[],
  at: Instant,
): Promise<void> {
  if (rows.length === 0) return;
  await tx.copyIn(
    'products.dividends',
    [
      'fund_code',
      'record_date',
      'version',
      'ex_date',
      'pay_date',
      'per_unit',
      'source',
      'recorded_at',
    ],
    rows.map((r) => [
      r.fundCode,
      r.recordDate,
      r.version,
      r.exDate,
      r.payDate,
      r.perUnit,
      r.source,
      at,
    ]),
  );
}

interface RawSplit {
  fund_code: string;
  ex_date: LocalDate;
  version: number;
  ratio: Price;
  source: string;
}

/** The current splits of funds (or all), by fund and ex date. */
export async function loadSplits(
  sql: Sql,
  codes?: readonly string[],
): Promise<Versioned<SplitRow>[]> {
  const rows = await sql.query<RawSplit>(
    `select distinct on (fund_code, ex_date) * from products.splits
     where $1::text[] is null or fund_code = any($1::text[])
     order by fund_code, ex_date, version desc`,
    [codes ?? null],
  );
  return rows.map(({ fund_code: fundCode, ex_date: exDate, version, ratio, source }) => ({
    fundCode,
    exDate,
    version,
    ratio,
    source,
  }));
}

/** Appends split versions. */
export async function insertSplits(
  tx: Tx,
  rows: readonly Versioned<SplitRow>[],
  at: Instant,
): Promise<void> {
  if (rows.length === 0) return;
  await tx.copyIn(
    'products.splits',
    ['fund_code', 'ex_date', 'version', 'ratio', 'source', 'recorded_at'],
    rows.map((r) => [r.fundCode, r.exDate, r.version, r.ratio, r.source, at]),
  );
}

interface RawClosedDay {
  fund_code: string;
  closed_date: LocalDate;
  version: number;
  closed: boolean;
  reason: string;
}

/** The current state of every day ever declared closed, by fund and date. */
export async function loadClosedDays(
  sql: Sql,
  codes: readonly string[],
): Promise<Versioned<ClosedDayRow>[]> {
  const rows = await sql.query<RawClosedDay>(
    `select distinct on (fund_code, closed_date) * from products.closed_days
     where fund_code = any($1::text[]) order by fund_code, closed_date, version desc`,
    [codes],
  );
  return rows.map(({ fund_code: fundCode, closed_date: closedDate, version, closed, reason }) => ({
    fundCode,
    closedDate,
    version,
    closed,
    reason,
  }));
}

/** Appends closed-day versions. */
export async function insertClosedDays(
  tx: Tx,
  rows: readonly Versioned<ClosedDayRow>[],
  at: Instant,
): Promise<void> {
  if (rows.length === 0) return;
  await tx.copyIn(
    'products.closed_days',
    ['fund_code', 'closed_date', 'version', 'closed', 'reason', 'recorded_at'],
    rows.map((r) => [r.fundCode, r.closedDate, r.version, r.closed, r.reason, at]),
  );
}
