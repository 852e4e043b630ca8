/**
 * The value step: units and value by fund at the newest NAV. A fund that is held and has no NAV of
 * the day keeps its last value and is on the list until a NAV comes; so is one whose NAV has not
 * moved for long.
 */
import {
  type Amount,
  amount,
  formatPrice,
  type LocalDate,
  type TradingCalendar,
  units,
  type Units,
  valueOf,
} from '@cairn/kernel';
import { FIRM, type Work, work } from '../../../platform/work.ts';
import type { World } from '../../../platform/world.ts';
import { unitsByFund } from '../../accounts/index.ts';
import { latestNavs, type NavRow, termsAsOf, unmovedNavs } from '../../products/index.ts';
import { type RaisedException, raiseExceptions, settleExceptions } from '../exceptions.ts';
import { navFrozenDaysOn } from '../rules.ts';

interface FundValue {
  readonly fundCode: string;
  readonly total: Units;
  readonly quote: NavRow | undefined;
  readonly value: Amount | undefined;
}

/**
 * Whether a NAV should be newer: one of T is known when the orders of T are confirmed, so a fund
 * that confirms after two days may lag by one.
 */
function isStale(
  calendar: TradingCalendar,
  date: LocalDate,
  navDate: LocalDate | undefined,
  confirmDays: number,
): boolean {
  return navDate === undefined || navDate < calendar.addTradingDays(date, 1 - confirmDays);
}

async function findAlarms(
  world: World,
  date: LocalDate,
  rows: readonly FundValue[],
): Promise<RaisedException[]> {
  const terms = await termsAsOf(world.db, date);
  const dealt = rows.flatMap((row) => {
    const of = terms.get(row.fundCode);
    return of === undefined || of.closed || of.status === '8' ? [] : [{ ...row, of }];
  });
  const alarm = (code: string, fundCode: string, detail: Record<string, unknown>) => ({
    businessDate: date,
    code,
    severity: 'remind' as const,
    subject: `nav:${fundCode}`,
    detail,
    ownerRole: 'operations' as const,
  });
  const stale = dealt
    .filter(({ quote, of }) => isStale(world.calendar, date, quote?.navDate, of.confirmDays))
    .map(({ fundCode, quote }) =>
      alarm('NAV_STALE', fundCode, { navDate: quote?.navDate ?? null }),
    );
  // The NAV of a money fund is its face value every day.
  const moving = dealt.filter(({ of }) => of.fundType !== 'money').map(({ fundCode }) => fundCode);
  const count = await navFrozenDaysOn(world.db, date);
  const unmoved = await unmovedNavs(world.db, moving, { onOrBefore: date, count });
  const frozen = [...unmoved].map(([fundCode, nav]) =>
    alarm('NAV_FROZEN', fundCode, { nav: formatPrice(nav), days: count }),
  );
  return [...stale, ...frozen];
}

/** Raises what is not on the list yet, and closes what is over. */
async function tellAlarms({ tx, now }: Work, alarms: readonly RaisedException[]): Promise<void> {
  const open = await tx.query<{ code: string; subject: string }>(
    `select code, subject from clearing.exceptions
     where state = 'open' and code in ('NAV_STALE', 'NAV_FROZEN')`,
  );
  const keyOf = (one: { code: string; subject: string }) => `${one.code} ${one.subject}`;
  const listed = new Set(open.map(keyOf));
  const still = new Set(alarms.map(keyOf));
  await raiseExceptions(
    tx,
    now,
    alarms.filter((one) => !listed.has(keyOf(one))),
  );
  for (const code of ['NAV_STALE', 'NAV_FROZEN']) {
    const over = open.filter((one) => one.code === code && !still.has(keyOf(one)));
    const subjects = over.map(({ subject }) => subject);
    await settleExceptions(tx, now, { subjects, code }, 'a new NAV is here');
  }
}

/** Writes the day's row of every fund that is held; a run again replaces them. */
export async function valueDay(world: World, date: LocalDate): Promise<Record<string, number>> {
  const held = await unitsByFund(world.db);
  const navs = await latestNavs(world.db, date);
  const rows = held.map(({ fundCode, units: total }): FundValue => {
    const quote = navs.get(fundCode);
    const value =
      quote === undefined ? undefined : amount(valueOf(units(total), quote.nav, 'halfUp'));
    return { fundCode, total: units(total), quote, value };
  });
  const alarms = await findAlarms(world, date, rows);
  await work(world, [FIRM], async (unit) => {
    const { tx } = unit;
    await tx.query('delete from clearing.fund_values where business_date = $1', [date]);
    await tx.query(
      `insert into clearing.fund_values (business_date, fund_code, units, nav, nav_date, value)
       select $6::date, * from unnest($1::text[], $2::int8[], $3::int8[], $4::date[], $5::int8[])`,
      [
        rows.map((row) => row.fundCode),
        rows.map((row) => row.total),
        rows.map((row) => row.quote?.nav ?? null),
        rows.map((row) => row.quote?.navDate ?? null),
        rows.map((row) => row.value ?? null),
        date,
      ],
    );
    await tellAlarms(unit, alarms);
  });
  const without = rows.filter((row) => row.quote === undefined || row.quote.navDate !== date);
  return { funds: rows.length, withoutNavOfDay: without.length };
}
