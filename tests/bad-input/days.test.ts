/** Days that are not like others, row 18: leap days, the ends of the calendar, worked Saturdays. */
import { exchangeCalendar, instantAtShanghai, localDate } from '@cairn/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { syntheticIdCard } from '../../server/src/app/sandbox/investors.ts';
import type { Problem } from '../../server/src/platform/http/problem.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { type House, openHouse } from './house.ts';
import { PLAIN } from './market.ts';
import { faultsOfRefusal } from './problem.ts';
import { nextKey, post } from './send.ts';
import { changedTables, stateOf } from './state.ts';

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await openTestPglite();
  house = await openHouse(database);
});
afterAll(async () => {
  await house.close();
  await database.drop();
});

const at = (date: string, time = '09:30:00.000') =>
  house.world.clock.set(instantAtShanghai(localDate(date), time));

test('born on 29 February: of age on 1 March of a common year, and not a day before', async () => {
  const born = localDate('2008-02-29');
  const open = async (sequence: number) => {
    const reply = await post(house, '/customers', {
      kind: '1',
      name: '闰年生',
      certificateType: '0',
      certificateNo: syntheticIdCard('110105', born, sequence),
      certificateValidUntil: null,
      phone: '13600000001',
      branchCode: 'B01',
      civilCapacity: 'full',
    });
    return [
      reply.statusCode,
      (reply.json<Problem>().reasons ?? []).map((reason) => reason.code),
    ] as const;
  };
  at('2026-02-28', '23:59:59.999');
  expect(await open(1)).toEqual([422, ['CIVIL_CAPACITY_MINOR']]);
  at('2026-03-01', '00:00:00.000');
  expect(await open(1)).toEqual([201, []]);
});

const order = () => ({
  kind: 'purchase',
  customerId: house.investor.customerId,
  clientOrderNo: nextKey(),
  fundCode: PLAIN,
  amount: '10.00',
});

async function tradeDateAt(date: string, time: string): Promise<string> {
  at(date, time);
  return (await post(house, '/orders', order())).json<{ tradeDate: string }>().tradeDate;
}

test('a Saturday that is worked for a holiday is no trading day, though banks are open', async () => {
  // 9 May 2026 is worked for the holiday of 1 May, 10 October for that of 1 October.
  for (const [saturday, next] of [
    ['2026-05-09', '2026-05-11'],
    ['2026-10-10', '2026-10-12'],
  ] as const) {
    expect(exchangeCalendar.isTradingDay(localDate(saturday))).toBe(false);
    expect(await tradeDateAt(saturday, '10:00:00.000')).toBe(next);
    const deposit = await post(house, '/cash-transfers', {
      assetAccountNo: house.investor.assetAccountNo,
      direction: 'in',
      amount: '1.00',
      clientTransferNo: nextKey(),
    });
    expect([saturday, deposit.statusCode]).toEqual([saturday, 201]);
  }
});

test('around long holidays an order belongs to the first trading day after them', async () => {
  expect(await tradeDateAt('2026-09-30', '14:59:59.999')).toBe('2026-09-30');
  expect(await tradeDateAt('2026-09-30', '15:00:00.000')).toBe('2026-10-08');
  expect(await tradeDateAt('2026-10-01', '10:00:00.000')).toBe('2026-10-08');
});

test('beyond the last day of the calendar an order is 422 and names the calendar, never a guess', async () => {
  const last = exchangeCalendar.last;
  const lastTrading = exchangeCalendar.isTradingDay(last)
    ? last
    : exchangeCalendar.previousTradingDay(last);
  at(lastTrading, '15:00:00.000');
  const before = await stateOf(database.db);
  const reply = await post(house, '/orders', order());
  expect([reply.statusCode, reply.json<Problem>().code, faultsOfRefusal(reply)]).toEqual([
    422,
    'CALENDAR_OUT_OF_RANGE',
    [],
  ]);
  expect(changedTables(before, await stateOf(database.db))).toEqual([]);
});
