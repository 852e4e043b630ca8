/** Funds that cannot be sold as their file says, rows 14 and 52: currencies and the product tree. */
import { parseAmount } from '@cairn/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { type House, openHouse } from './house.ts';
import { PLAIN, STEPPED } from './market.ts';
import { faultsOfRefusal } from './problem.ts';
import { changedTables, stateOf } from './state.ts';

// A refused import is audited, by design; its rows may not be kept.
const AUDITED = ['platform.audit', 'platform.buckets'];

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

const importFunds = (header: string, ...rows: string[]) =>
  house.app.inject({
    method: 'POST',
    url: '/products/imports?kind=funds',
    headers: { ...house.staff.productManager, 'content-type': 'text/csv' },
    payload: `fund_code,name,registrar_code,fund_type,${header}\n${rows.join('\n')}\n`,
  });

/** What is wrong with the refusal of a file: it must be 422, say the sentence and change nothing. */
async function faultsOf(header: string, rows: readonly string[], sentence: RegExp) {
  const before = await stateOf(database.db, AUDITED);
  const reply = await importFunds(header, ...rows);
  const faults = faultsOfRefusal(reply);
  if (reply.statusCode !== 422) faults.push(`answered ${reply.statusCode}`);
  if (!sentence.test(reply.body)) faults.push(reply.body);
  return [...faults, ...changedTables(before, await stateOf(database.db, AUDITED))];
}

describe('14: currencies', () => {
  test.each(['JPY', 'KRW', 'XXX', 'cny', 'CN', '156', '￥'])(
    'a fund in %s is refused',
    async (currency) => {
      const row = `100001,测试,01,mixed,${currency},false`;
      expect(await faultsOf('currency,sold', [row], /"path":"\/2/)).toEqual([]);
    },
  );

  test('a fund in a currency of two decimals may be known, but not sold', async () => {
    const row = (sold: string) => `100002,美元基金,01,mixed,USD,${sold}`;
    const sentence = /cannot be sold: orders are paid in CNY/;
    expect(await faultsOf('currency,sold', [row('true')], sentence)).toEqual([]);
    expect((await importFunds('currency,sold', row('false'))).statusCode).toBe(200);
  });

  test('an amount has as many decimals as its currency: JPY 1.50 is none', () => {
    expect(parseAmount('1.50', 'JPY')).toBeUndefined();
    expect(parseAmount('150', 'JPY')).toBe(150n);
    expect(parseAmount('1.50')).toBe(150n);
  });
});

describe('52: the product tree', () => {
  const CLASS = `100003,甲C,01,mixed`;
  test.each([
    [
      'a class of itself in a circle of two',
      [`100004,甲,01,mixed,100005`, `100005,乙,01,mixed,100004`],
    ],
    [
      'a class of a class',
      [`100006,甲,01,mixed,100006`, `100007,乙,01,mixed,100006`, `100008,丙,01,mixed,100007`],
    ],
    ['a class of nobody', [`${CLASS},999999`]],
  ])('%s is refused', async (_name, rows) => {
    expect(await faultsOf('main_code', rows, /主基金/)).toEqual([]);
  });

  test('a main fund with classes cannot become a class by a later file', async () => {
    expect((await importFunds('main_code', `${CLASS},${PLAIN}`)).statusCode).toBe(200);
    const row = `${PLAIN},聚石成长混合A,01,mixed,${STEPPED}`;
    const sentence = /has classes of its own, such as 100003/;
    expect(await faultsOf('main_code', [row], sentence)).toEqual([]);
  });
});
