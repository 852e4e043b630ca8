import { describe, expect, test } from 'vitest';
import { openDb } from '../db.ts';
import { allMigrations, migrate } from '../migrate.ts';
import { describeEachDb } from '../testing.ts';
import { PLACES, planDistribution } from './distribute.ts';
import { loadShapes, misfitsOf, type Places } from './fit.ts';

describeEachDb('tables for a distributed database', (opened) => {
  test('every table of the migrated schema has its place and fits there', async () => {
    const shapes = await loadShapes(opened().db);
    expect(shapes.length).toBeGreaterThan(60);
    expect(misfitsOf(shapes, PLACES)).toEqual([]);
  });

  class Undo extends Error {}

  /** The misfits after a change of the schema, which is taken back. */
  async function misfitsAfter(change: string, places: Places = PLACES): Promise<string[]> {
    const found: string[] = [];
    const attempt = opened().db.tx(async (tx) => {
      for (const statement of change.split(/;\s+/)) await tx.query(statement);
      for (const { table, en, zh } of misfitsOf(await loadShapes(tx), places)) {
        found.push(`${table}: ${en}`);
        expect(zh).toMatch(/[\u4e00-\u9fff]/);
      }
      throw new Undo();
    });
    await expect(attempt).rejects.toBeInstanceOf(Undo);
    return found;
  }

  test.each([
    [
      'a table that nobody placed',
      'create table accounts.extra (bucket int2 not null, id text, primary key (bucket, id))',
      'accounts.extra: stands in no list',
    ],
    [
      'a table that is gone',
      'drop table suitability.answer_drafts',
      'suitability.answer_drafts: is listed but not there',
    ],
    [
      'a primary key without bucket',
      'alter table accounts.lots drop constraint lots_pkey; alter table accounts.lots add primary key (lot_id)',
      'accounts.lots: unique key lots_pkey lacks bucket',
    ],
    [
      'a unique index without bucket',
      'create unique index planted on trading.orders (client_order_no)',
      'trading.orders: unique key planted lacks bucket',
    ],
    [
      'no primary key',
      'alter table accounts.lots drop constraint lots_pkey',
      'accounts.lots: has no primary key',
    ],
    [
      'a bucket of another type',
      'alter table accounts.lots alter column bucket type int4',
      'accounts.lots: bucket is not a required int2',
    ],
    [
      'no bucket',
      'alter table accounts.lots drop column bucket',
      'accounts.lots: has no column bucket',
    ],
    [
      'a foreign key to a table of the coordinator',
      'alter table accounts.holdings add constraint planted foreign key (fund_code) references products.funds',
      'accounts.holdings: foreign key planted points to products.funds, which lies elsewhere',
    ],
    [
      'a foreign key from the coordinator to a distributed table',
      'alter table customers.identities add constraint planted foreign key (bucket, customer_id) references customers.customers',
      'customers.identities: foreign key planted points to customers.customers, which lies elsewhere',
    ],
    [
      'a foreign key that leaves bucket out',
      'alter table accounts.lots add constraint one unique (lot_id); alter table accounts.lots add column other text; alter table accounts.lots add constraint planted foreign key (other) references accounts.lots (lot_id)',
      'accounts.lots: foreign key planted leaves bucket out',
    ],
    [
      'a small number from a sequence',
      'alter table accounts.lots add column n int4 generated always as identity',
      'accounts.lots: the numbered column n is not int8',
    ],
    [
      'a trigger that reads another table',
      `create function accounts.planted() returns trigger language plpgsql as 'begin perform 1 from products.funds;return new;end';
       create trigger planted before insert on accounts.lots for each row execute function accounts.planted()`,
      'accounts.lots: trigger planted reads products.funds, which is not on every node',
    ],
    [
      'row security',
      'alter table accounts.lots enable row level security',
      'accounts.lots: has a row security',
    ],
    [
      'a rule',
      'create rule planted as on delete to accounts.lots do instead nothing',
      'accounts.lots: has a rule',
    ],
  ])('%s is found', async (_what, change, misfit) => {
    expect(await misfitsAfter(change)).toContain(misfit);
  });

  test('a table in two lists is found', async () => {
    const places = { ...PLACES, everywhere: [...PLACES.everywhere, 'accounts.lots'] };
    expect(await misfitsAfter('select 1', places)).toContain('accounts.lots: stands in two lists');
  });

  test('without the extension the plan is there and says what is missing', async () => {
    const { statements, misfits } = await planDistribution(opened().db);
    expect(statements).toHaveLength(PLACES.byBucket.length + PLACES.everywhere.length);
    expect(misfits.map(({ table }) => table)).toEqual(['citus']);
  });
});

describe('the outbox of an older version', () => {
  test('keeps its events and what was done when its key takes the bucket in', async () => {
    const db = await openDb({});
    const all = allMigrations();
    await migrate(
      db,
      all.filter(({ file }) => file !== '0009-outbox-by-bucket.sql'),
    );
    await db.script(`
      insert into platform.outbox (bucket, topic, key, payload, at, delivered_at)
        select n % 3, 'test.told', n::text, '{}', now(), case when n < 5 then now() end
        from generate_series(1, 9) n;
      insert into platform.stream_positions values (1, 'c', 4);`);
    const rows = () => db.query('select * from platform.outbox order by event_id');
    const before = await rows();
    expect(await migrate(db)).toEqual(['platform/0009-outbox-by-bucket.sql']);
    expect(await rows()).toEqual(before);
    await db.script(
      `insert into platform.outbox (bucket, topic, key, payload, at) values (1, 't', 'k', '{}', now())`,
    );
    const [last] = await db.query<{ n: bigint }>('select max(event_id) as n from platform.outbox');
    expect(last?.n).toBe(10n);
    const outbox = (await loadShapes(db)).find(({ name }) => name === 'platform.outbox');
    expect(outbox?.keys.map(({ columns }) => columns)).toEqual([['bucket', 'event_id']]);
    await db.close();
  });
});
