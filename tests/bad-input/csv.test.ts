/** Files of products, row 48, besides what the corpus does to them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../server/src/platform/http/problem.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { type House, openHouse } from './house.ts';

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

async function importFile(payload: string | Buffer, query = 'kind=navs') {
  const reply = await house.app.inject({
    method: 'POST',
    url: `/products/imports?${query}`,
    headers: { ...house.staff.productManager, 'content-type': 'text/csv' },
    payload,
  });
  return reply;
}

test('a formula is shown as a text that no spreadsheet runs', async () => {
  const reply = await importFile('fund_code,nav_date,nav\n=cmd(),2026-03-03,1\n');
  const [first] = reply.json<Problem>().errors ?? [];
  expect(first?.message).not.toMatch(/^[=+@-]/);
  expect(first?.messageZh).not.toMatch(/^[=+@-]/);
});

test('a kind that is none and a body of another kind', async () => {
  expect((await importFile('a\n', 'kind=orders')).statusCode).toBe(400);
  expect((await importFile('a\n', '')).statusCode).toBe(400);
  const reply = await house.app.inject({
    method: 'POST',
    url: '/products/imports?kind=navs',
    headers: { ...house.staff.productManager, 'content-type': 'application/json' },
    payload: '{}',
  });
  expect(reply.statusCode).toBe(415);
});
