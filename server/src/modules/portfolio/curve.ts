/** Loads what a customer's curve is computed from, and computes it. */
import {
  AppError,
  daysBetween,
  type LocalDate,
  localDate,
  type Price,
  shanghaiDate,
} from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import type { Sql } from '../../platform/db.ts';
import type { World } from '../../platform/world.ts';
import { type CustomerBook, loadCustomerBook } from '../accounts/index.ts';
import { latestNavs, loadDividends, loadNavs } from '../products/index.ts';
import { computeCurve, type CurvePoint, type ExDateOf, type NavOn } from './domain/value-curve.ts';

/** The longest period of one answer. */
const DAYS_MAX = 1_100;

/** A curve with the book it was computed from. */
export interface LoadedCurve {
  readonly book: CustomerBook;
  readonly points: readonly CurvePoint[];
  /** The last day of the period on which a fund held then has a NAV of its own. */
  readonly navDate: LocalDate | undefined;
}

/** PERIOD_INVALID unless the period runs forward, is not too long and ends by today. */
export function assertPeriod(world: World, from: LocalDate, to: LocalDate): void {
  const today = shanghaiDate(world.clock.now());
  if (from > to || to > today || daysBetween(from, to) > DAYS_MAX) {
    throw new AppError('PERIOD_INVALID', { daysMax: DAYS_MAX });
  }
}

/** The curve of a customer over the trading days of a period. */
export async function loadCurve(
  world: World,
  customerId: string,
  period: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<LoadedCurve> {
  const { db, calendar } = world;
  const book = await loadCustomerBook(db, { bucket: bucketOf(customerId), customerId });
  const days = calendar.tradingDaysBetween(period.from, period.to);
  const codes = [...new Set(book.units.map((flow) => flow.fundCode))];
  const navs = await loadNavSeries(db, codes, period);
  const exDateOf = await loadExDates(db, codes);
  const points = computeCurve(book, days, { navOn: navs.navOn, exDateOf });
  return { book, points, navDate: navs.latestDate };
}

async function loadNavSeries(
  sql: Sql,
  codes: readonly string[],
  { from, to }: { from: LocalDate; to: LocalDate },
): Promise<{ navOn: NavOn; latestDate: LocalDate | undefined }> {
  const [before, rows] = await Promise.all([
    latestNavs(sql, from, codes),
    loadNavs(sql, { from, to, codes }),
  ]);
  const series = new Map<string, { dates: LocalDate[]; navs: Price[] }>();
  let latestDate: LocalDate | undefined;
  const add = (fundCode: string, navDate: LocalDate, nav: Price) => {
    const one = series.get(fundCode) ?? { dates: [], navs: [] };
    series.set(fundCode, one);
    if (one.dates.at(-1) === navDate) return;
    one.dates.push(navDate);
    one.navs.push(nav);
    if (latestDate === undefined || navDate > latestDate) latestDate = navDate;
  };
  for (const { fundCode, navDate, nav } of before.values()) add(fundCode, navDate, nav);
  for (const { fundCode, navDate, nav } of rows) add(fundCode, navDate, nav);
  const navOn: NavOn = (fundCode, date) => {
    const one = series.get(fundCode);
    return one === undefined ? undefined : one.navs[lastIndexBy(one.dates, date)];
  };
  return { navOn, latestDate };
}

/** The index of the last date on or before one; −1 when all are later. */
function lastIndexBy(dates: readonly LocalDate[], date: LocalDate): number {
  let low = 0;
  let high = dates.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((dates[middle] ?? '') <= date) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

async function loadExDates(sql: Sql, codes: readonly string[]): Promise<ExDateOf> {
  const rows = codes.length === 0 ? [] : await loadDividends(sql, codes);
  const exDates = new Map(rows.map((row) => [`${row.fundCode}:${row.recordDate}`, row.exDate]));
  return (ref) => {
    const [, fundCode, recordDate] = /^dividend:([^:]+):(\d{4}-\d{2}-\d{2})$/.exec(ref) ?? [];
    if (fundCode === undefined || recordDate === undefined) return undefined;
    // A dividend that our master does not know fell on its record date, as far as we know.
    const exDate = exDates.get(`${fundCode}:${recordDate}`) ?? localDate(recordDate);
    return { fundCode, exDate };
  };
}
