/** Days that are not like others, row 18: leap days, the ends of the calendar, worked Saturdays. */
import { exchangeCalendar, localDate } from '@cairn/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { syntheticIdCard } from '../../server/src/app/sandbox/investors.ts';
import type { Problem } from '../../server/src/platform/http/problem.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { type House, moveTo, openHouse } from './house.ts';
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

const at = (date: string, time = '09:30:00.000') => moveTo(house, date, time);

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
  await at('2026-02-28', '23:59:59.999');
  expect(await open(1)).toEqual([422, ['CIVIL_CAPACITY_MINOR']]);
  await at('2026-03-01', '00:00:00.000');
  expect(await open(1)).toEqual([201, []]);
});

test('a minor who comes of age stays limited until the house confirms it, and not a day before', async () => {
  const born = localDate('2008-02-29');
  await at('2026-02-27');
  const opened = await post(house, '/customers', {
    kind: '1',
    name: '小明',
    certificateType: '0',
    certificateNo: syntheticIdCard('110105', born, 7),
    certificateValidUntil: null,
    phone: '13600000002',
    branchCode: 'B01',
  });
  const { customerId } = opened.json<{ customerId: string }>();
  const confirm = (expectedVersion: number) =>
    house.app.inject({
      method: 'PATCH',
      url: `/customers/${customerId}`,
      headers: {
        ...house.staff.operations,
        'idempotency-key': nextKey(),
        'content-type': 'application/json',
      },
      payload: JSON.stringify({
        expectedVersion,
        change: { civilCapacity: 'full' },
        reason: '已满十八周岁，核对身份证',
      }),
    });
  const capacity = async () => {
    const [row] = await database.db.query<{ civil_capacity: string; version: number }>(
      'select civil_capacity, version from customers.customers where customer_id = $1',
      [customerId],
    );
    return row;
  };
  expect((await capacity())?.civil_capacity).toBe('limited');
  await at('2026-02-28', '23:59:59.999');
  const early = await confirm((await capacity())?.version ?? 0);
  expect([early.statusCode, early.json<Problem>().reasons?.map(({ code }) => code)]).toEqual([
    422,
    ['CIVIL_CAPACITY_MINOR'],
  ]);
  await at('2026-03-01', '00:00:00.000');
  expect((await confirm((await capacity())?.version ?? 0)).statusCode).toBe(200);
  expect((await capacity())?.civil_capacity).toBe('full');
});

const order = () => ({
  kind: 'purchase',
  customerId: house.investor.customerId,
  clientOrderNo: nextKey(),
  fundCode: PLAIN,
  amount: '10.00',
});

async function tradeDateAt(date: string, time: string): Promise<string> {
  await at(date, time);
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
  await at(lastTrading, '15:00:00.000');
  const before = await stateOf(database.db);
  const reply = await post(house, '/orders', order());
  expect([reply.statusCode, reply.json<Problem>().code, faultsOfRefusal(reply)]).toEqual([
    422,
    'CALENDAR_OUT_OF_RANGE',
    [],
  ]);
  expect(changedTables(before, await stateOf(database.db))).toEqual([]);
});
