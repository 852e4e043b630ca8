/** The value step: units and value by fund at the newest NAV, and who is without one. */
import { amount, type LocalDate, units, valueOf } from '@cairn/kernel';
import { FIRM, work } from '../../../platform/work.ts';
import type { World } from '../../../platform/world.ts';
import { unitsByFund } from '../../accounts/index.ts';
import { latestNavs } from '../../products/index.ts';

/** Writes the day's row of every fund that is held; a run again replaces them. */
export async function valueDay(world: World, date: LocalDate): Promise<Record<string, number>> {
  const held = await unitsByFund(world.db);
  const navs = await latestNavs(world.db, date);
  const rows = held.map(({ fundCode, units: total }) => {
    const quote = navs.get(fundCode);
    const value =
      quote === undefined ? undefined : amount(valueOf(units(total), quote.nav, 'halfUp'));
    return { fundCode, total, quote, value };
  });
  await work(world, [FIRM], async ({ tx }) => {
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
  });
  const stale = rows.filter((row) => row.quote === undefined || row.quote.navDate !== date);
  return { funds: rows.length, withoutNavOfDay: stale.length };
}
