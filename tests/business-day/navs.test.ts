/** NAVs that do not come, or do not move: told, and the last value stands until another comes. */
import { expect, test } from 'vitest';
import { withDb } from '../../server/src/platform/testing.ts';
import { day, openStage, smallMarket, type Stage } from './stage.ts';

/** The market, with the NAVs of one fund as the function says; undefined: none on that day. */
function marketWith(fundCode: string, change: (nav: string, date: string) => string | undefined) {
  const market = smallMarket();
  const series = market.navs.get(fundCode) ?? [];
  const changed = series.flatMap((row) => {
    const nav = change(row.nav, row.date);
    return nav === undefined ? [] : [{ ...row, nav }];
  });
  return { ...market, navs: new Map([...market.navs, [fundCode, changed]]) };
}

async function hold(stage: Stage, fundCode: string): Promise<void> {
  await stage.play(day(0));
  stage.at(day(1), '10:00:00.000');
  await stage.buy(0, '1000.00', fundCode);
  await stage.play(day(1));
  await stage.play(day(2));
}

const valued = async (stage: Stage, date: string) => {
  const [row] = await stage.world.db.query<{ nav_date: string; is_valued: boolean }>(
    `select nav_date, value is not null as is_valued from clearing.fund_values
     where business_date = $1`,
    [date],
  );
  return [row?.nav_date, row?.is_valued];
};

test('a fund without a NAV of the day keeps its last value, is told once, and ends with a NAV', async () => {
  await withDb(async (db) => {
    const without = new Set<string>([day(3), day(4)]);
    const market = marketWith('000002', (nav, date) => (without.has(date) ? undefined : nav));
    const stage = await openStage(db, { market });
    await hold(stage, '000002');
    expect(await stage.seen(day(2))).toEqual([]);
    await stage.play(day(3));
    expect(await stage.seen(day(3))).toEqual(['NAV_STALE remind open']);
    expect((await stage.exceptionsOf(day(3)))[0]).toMatchObject({
      subject: 'nav:000002',
      detail: { navDate: day(2) },
    });
    expect(await valued(stage, day(3))).toEqual([day(2), true]);
    await stage.play(day(4));
    expect(await stage.seen(day(4))).toEqual([]);
    expect(await valued(stage, day(4))).toEqual([day(2), true]);
    await stage.play(day(5));
    expect(await stage.seen(day(3))).toEqual(['NAV_STALE remind resolved']);
    expect(await valued(stage, day(5))).toEqual([day(5), true]);
    stage.remove();
  });
});

test('a NAV that has not moved for ten days is told until it moves', async () => {
  await withDb(async (db) => {
    // The first NAV is of the day before the play, so the tenth is that of its ninth day.
    const market = marketWith('000001', (nav, date) => (date <= day(8) ? '1.2345' : nav));
    const stage = await openStage(db, { market });
    await hold(stage, '000001');
    for (const n of [3, 4, 5, 6, 7]) await stage.play(day(n));
    expect(await stage.seen(day(7))).toEqual([]);
    await stage.play(day(8));
    expect(await stage.seen(day(8))).toEqual(['NAV_FROZEN remind open']);
    expect((await stage.exceptionsOf(day(8)))[0]?.detail).toEqual({ nav: '1.2345', days: 10 });
    await stage.play(day(9));
    expect(await stage.seen(day(8))).toEqual(['NAV_FROZEN remind resolved']);
    stage.remove();
  });
});
