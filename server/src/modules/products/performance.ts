/** How funds did: the latest NAV and the return of each usual period, for many funds at once. */
import { addDays, AppError, formatPrice, type LocalDate, type Price } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import type { Performance } from './contract.ts';
import { computeReturn, RETURN_PERIODS, startOf, type UnitEvent } from './domain/returns.ts';
import { latestNavs, type NavRow } from './series.ts';
import { fundsOf } from './terms-book.ts';

interface RawEvent {
  fund_code: string;
  ex_date: LocalDate;
  per_unit: Price | null;
  ratio: Price | null;
  nav: Price | null;
}

/** Dividends with the NAV of their ex date, and splits, by fund and ex date. */
async function loadEvents(
  sql: Sql,
  codes: readonly string[],
): Promise<ReadonlyMap<string, readonly UnitEvent[]>> {
  const rows = await sql.query<RawEvent>(
    `select e.*, n.nav from (
       select fund_code, ex_date, per_unit, null::int8 as ratio from (
         select distinct on (fund_code, record_date) * from products.dividends
         where fund_code = any($1::text[]) order by fund_code, record_date, version desc) as d
       union all
       select fund_code, ex_date, null::int8, ratio from (
         select distinct on (fund_code, ex_date) * from products.splits
         where fund_code = any($1::text[]) order by fund_code, ex_date, version desc) as s
     ) as e
     left join lateral (
       select nav from products.navs
       where fund_code = e.fund_code and nav_date <= e.ex_date and e.per_unit is not null
       order by nav_date desc, version desc limit 1) as n on true
     order by e.fund_code, e.ex_date`,
    [codes],
  );
  const byFund = new Map<string, UnitEvent[]>();
  for (const { fund_code: code, ex_date: exDate, per_unit: perUnit, ratio, nav } of rows) {
    const events = byFund.get(code) ?? [];
    byFund.set(code, events);
    if (ratio !== null) events.push({ kind: 'split', exDate, ratio });
    if (perUnit !== null && nav !== null) events.push({ kind: 'dividend', exDate, perUnit, nav });
  }
  return byFund;
}

interface RawStart {
  fund_code: string;
  asked: LocalDate;
  nav_date: LocalDate;
  nav: Price;
}

/** The NAV that stood at the close of each asked day, by '<code> <day>'. */
async function loadStarts(
  sql: Sql,
  asked: readonly { code: string; day: LocalDate }[],
): Promise<ReadonlyMap<string, { navDate: LocalDate; nav: Price }>> {
  const rows = await sql.query<RawStart>(
    `select a.fund_code, a.asked, n.nav_date, n.nav
     from unnest($1::text[], $2::date[]) as a (fund_code, asked)
     cross join lateral (
       select nav_date, nav from products.navs
       where fund_code = a.fund_code and nav_date <= a.asked
       order by nav_date desc, version desc limit 1) as n`,
    [asked.map(({ code }) => code), asked.map(({ day }) => day)],
  );
  return new Map(
    rows.map((row) => [`${row.fund_code} ${row.asked}`, { navDate: row.nav_date, nav: row.nav }]),
  );
}

/** The day before the latest NAV, at whose close its last day begins. */
const dayBefore = ({ navDate }: NavRow): LocalDate => addDays(navDate, -1);

/**
 * The performance of each fund that has a NAV on or before `today`, by code; returns in percent.
 * A period that begins before the first NAV is absent.
 */
export async function performanceOf(
  sql: Sql,
  today: LocalDate,
  codes: readonly string[],
): Promise<Map<string, Performance>> {
  if (codes.length === 0) return new Map();
  const latest = await latestNavs(sql, today, codes);
  const asked = [...latest.values()].flatMap((row) =>
    [dayBefore(row), ...RETURN_PERIODS.map((period) => startOf(period, row.navDate))].map(
      (day) => ({ code: row.fundCode, day }),
    ),
  );
  const starts = await loadStarts(sql, asked);
  const events = await loadEvents(sql, codes);
  return new Map(
    [...latest].map(([code, row]) => {
      const returnFrom = (day: LocalDate): string | undefined => {
        const start = starts.get(`${code} ${day}`);
        return start === undefined ? undefined : computeReturn(start, row, events.get(code) ?? []);
      };
      const returns = [
        ['day', returnFrom(dayBefore(row))] as const,
        ...RETURN_PERIODS.map(
          (period) => [period, returnFrom(startOf(period, row.navDate))] as const,
        ),
      ].filter(([, value]) => value !== undefined);
      return [
        code,
        {
          navDate: row.navDate,
          nav: formatPrice(row.nav),
          ...(row.accumulated === undefined ? {} : { accumulated: formatPrice(row.accumulated) }),
          returns: Object.fromEntries(returns),
        },
      ];
    }),
  );
}

/** The performance of one fund. Errors: PRODUCT_NOT_FOUND, PRODUCT_NAV_MISSING. */
export async function getPerformance(
  sql: Sql,
  fundCode: string,
  today: LocalDate,
): Promise<Performance> {
  if (!(await fundsOf(sql)).some((fund) => fund.fundCode === fundCode)) {
    throw new AppError('PRODUCT_NOT_FOUND', { fundCode });
  }
  const found = (await performanceOf(sql, today, [fundCode])).get(fundCode);
  if (found === undefined) throw new AppError('PRODUCT_NAV_MISSING', { fundCode });
  return found;
}
