/** Files of products, row 48: refused whole with every fault, or read by the names of the columns. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../server/src/platform/http/problem.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { BAD_CELLS, BAD_FILES, SAME_FILES } from './corpus/csv.ts';
import { type House, openHouse } from './house.ts';
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

async function importFile(payload: string | Buffer, query = 'kind=navs') {
  const reply = await house.app.inject({
    method: 'POST',
    url: `/products/imports?${query}`,
    headers: { ...house.staff.productManager, 'content-type': 'text/csv' },
    payload,
  });
  return reply;
}

interface Report {
  rows: number;
  unchanged: number;
  errorCount: number;
  errors: { code: string; message: string; messageZh: string }[];
}

test('a file with a fault is refused whole, and a dry run names the fault', async () => {
  const before = await stateOf(database.db, AUDITED);
  for (const [what, file, code] of BAD_FILES) {
    const looked = await importFile(file, 'kind=navs&dryRun=true');
    const report = looked.json<Report>();
    expect([what, looked.statusCode, report.errors[0]?.code]).toEqual([what, 200, code]);
    const reply = await importFile(file);
    expect([what, reply.statusCode, reply.json<Problem>().code]).toEqual([
      what,
      422,
      'PRODUCT_IMPORT_REFUSED',
    ]);
    expect([what, faultsOfRefusal(reply)]).toEqual([what, []]);
  }
  expect(changedTables(before, await stateOf(database.db, AUDITED))).toEqual([]);
});

test('a cell with a fault refuses the file, also when every other row is right', async () => {
  const before = await stateOf(database.db, AUDITED);
  for (const cells of BAD_CELLS) {
    const row = cells.map((cell) => `"${cell}"`).join(',');
    const file = `fund_code,nav_date,nav\n000001,2026-03-02,1.2345\n${row}\n`;
    const reply = await importFile(file);
    expect([row, reply.statusCode, faultsOfRefusal(reply)]).toEqual([row, 422, []]);
    const [first] = reply.json<Problem>().errors ?? [];
    expect([row, first?.path.startsWith('/3')]).toEqual([row, true]);
  }
  expect(changedTables(before, await stateOf(database.db, AUDITED))).toEqual([]);
});

test('a formula is shown as a text that no spreadsheet runs', async () => {
  const reply = await importFile('fund_code,nav_date,nav\n=cmd(),2026-03-03,1\n');
  const [first] = reply.json<Problem>().errors ?? [];
  expect(first?.message).not.toMatch(/^[=+@-]/);
  expect(first?.messageZh).not.toMatch(/^[=+@-]/);
});

test('the same content in another form is the same, and again nothing', async () => {
  const before = await stateOf(database.db, AUDITED);
  for (const [what, file] of SAME_FILES) {
    const reply = await importFile(file);
    const { rows, unchanged } = reply.json<Report>();
    expect([what, reply.statusCode, rows, unchanged]).toEqual([what, 200, 1, 1]);
  }
  expect(changedTables(before, await stateOf(database.db, AUDITED))).toEqual([]);
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
