/** What is kept of people stands in the record, with purpose, ground and time (statement 50). */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cipherTables } from '../../server/src/app/commands/rotate-key-installed.ts';
import { OpenBody } from '../../server/src/modules/customers/contract.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import { openTestPglite, type TestDatabase, testWorld } from '../../server/src/platform/testing.ts';
import {
  faultsOfPersonalData,
  PERSONAL_DATA,
  PERSONAL_DATA_PAGE,
  renderPersonalData,
} from './personal-data.ts';

/** Which house he belongs to says nothing of a person. */
const OF_THE_HOUSE = ['kind', 'branchCode', 'adviserId'];

let database: TestDatabase;
let columns: string[];
let all: string[];
const fields = Object.keys(OpenBody.properties).filter((name) => !OF_THE_HOUSE.includes(name));

beforeAll(async () => {
  database = await openTestPglite();
  const rows = await database.db.query<{ name: string }>(
    `select table_schema || '.' || table_name || '.' || column_name as name
     from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema')`,
  );
  all = rows.map(({ name }) => name);
  const exchange = { distributorCode: '305', folder: '' };
  const world = { ...testWorld(database.db), exchange };
  const encrypted = cipherTables({ settings: loadSettings({}), world }).flatMap((table) =>
    Object.keys(table.columns).map((column) => `${table.table}.${column}`),
  );
  const shown = all.filter((name) => name.endsWith('_masked'));
  const digests = all.filter((name) => /^customers\..*_digest$/.test(name));
  columns = [...new Set([...encrypted, ...shown, ...digests])];
});
afterAll(() => database.drop());

test('every column and every field of a person has its purpose, ground and time', () => {
  expect(columns.length).toBeGreaterThan(20);
  expect(faultsOfPersonalData(PERSONAL_DATA, { columns, fields })).toEqual([]);
  const named = PERSONAL_DATA.flatMap((row) => row.columns);
  expect(named.filter((name) => !all.includes(name))).toEqual([]);
  for (const { what, purpose, basis, kept } of PERSONAL_DATA) {
    expect([what, [purpose, basis, kept].includes('')]).toEqual([what, false]);
  }
});

test('the page is the record: else run node --conditions=development tests/register/main.ts', () => {
  const page = readFileSync(new URL(`../../${PERSONAL_DATA_PAGE}`, import.meta.url), 'utf8');
  expect(page).toBe(renderPersonalData(PERSONAL_DATA));
});

test('a column more, a field more and one named twice are found', () => {
  const find = (change: { columns?: string[]; fields?: string[] }) =>
    faultsOfPersonalData(PERSONAL_DATA, { columns, fields, ...change });
  expect(find({ columns: [...columns, 'customers.customers.income'] })).toEqual([
    'column customers.customers.income has no row',
  ]);
  expect(find({ fields: [...fields, 'fingerprint'] })).toEqual(['field fingerprint has no row']);
  expect(find({ fields: fields.filter((name) => name !== 'sex') })).toEqual(['field sex is none']);
  const [first] = PERSONAL_DATA;
  if (first === undefined) throw new Error('the record has a row');
  expect(faultsOfPersonalData([first, ...PERSONAL_DATA], { columns, fields })).toContain(
    'field name twice',
  );
});
