/** Another master key, and other algorithms, while the house is asked: nobody notices. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cipherTables } from '../../server/src/app/commands/rotate-key-installed.ts';
import { systemActor } from '../../server/src/platform/actor.ts';
import { verifyAudit } from '../../server/src/platform/audit.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import { countStale, rekey } from '../../server/src/platform/rekey.ts';
import { type KeyRing, secretsOf } from '../../server/src/platform/secrets.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { type House, openHouse } from '../bad-input/house.ts';
import { post } from '../bad-input/send.ts';

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

const actor = systemActor('command-line');
/** The ring of the house before the tests, and after each of them. */
let ring: KeyRing = { masters: [Buffer.alloc(32, 7)] };
const tablesOf = () => cipherTables({ settings: loadSettings({}), world: house.world });
const stale = (world = house.world) => countStale(world.db, world.secrets.prefix(), tablesOf());

/** What staff see of the investor: in clear, found by a part of the name and by the phone. */
async function look(): Promise<unknown> {
  const { investor } = house;
  const shown = await post(house, `/customers/${investor.customerId}/unmask`, {
    fields: ['phone'],
    purpose: 'compared with the original',
  });
  const found = await Promise.all(
    ['三丰', investor.spec.phone].map((text) =>
      post(house, '/customers/search', { by: 'text', text }),
    ),
  );
  return [shown, ...found].map((reply) => [
    reply.statusCode,
    reply.body.includes(investor.spec.phone) || reply.body.includes(investor.customerId),
  ]);
}

test('every column of ciphertexts is known to the change of keys', async () => {
  const columns = await database.db.query<{ name: string }>(
    `select table_schema || '.' || table_name || '.' || column_name as name
     from information_schema.columns
     where udt_name = 'bytea' and column_name !~ '(digest|^hash|audit_hash)$'
       and table_schema not in ('pg_catalog', 'information_schema', 'pgboss') order by 1`,
  );
  const known = tablesOf().flatMap(({ table, columns: own }) =>
    Object.keys(own).map((column) => `${table}.${column}`),
  );
  expect(columns.map(({ name }) => name)).toEqual(known.toSorted());
});

test('a key is changed while people ask: what they see stays, and the old key opens nothing', async () => {
  const right = [
    [200, true],
    [200, true],
    [200, true],
  ];
  expect(await look()).toEqual(right);
  const { secrets } = house.world;
  const old = ring;
  const fresh = { masters: [randomBytes(32), ...old.masters], index: secrets.indexKey() };
  secrets.use(fresh);
  const before = await stale();
  expect(before).toBeGreaterThan(3);
  const rekeying = { isOver: false };
  const asking = (async () => {
    const seen: unknown[] = [];
    while (!rekeying.isOver) seen.push(await look());
    return seen;
  })();
  const fields = await rekey(house.world, actor, tablesOf());
  rekeying.isOver = true;
  const seen = await asking;
  expect(seen.length).toBeGreaterThan(0);
  for (const one of seen) expect(one).toEqual(right);
  expect(fields).toBeGreaterThanOrEqual(before);
  expect(await stale()).toBe(0);
  // The old key is gone from the ring: everything is still there.
  secrets.use({ masters: fresh.masters.slice(0, 1), index: fresh.index });
  expect(await look()).toEqual(right);
  secrets.use(old);
  expect(await look()).not.toEqual(right);
  ring = { masters: fresh.masters.slice(0, 1), index: fresh.index };
  secrets.use(ring);
  const [audited] = await database.db.query<{ count: number }>(
    `select count(*)::int4 as count from platform.audit where action = 'platform.rekey'`,
  );
  expect(audited?.count).toBe(1);
});

test('the algorithms are changed to SM4 and SM3 and back; chains of both hold', async () => {
  ring = { ...ring, masters: [randomBytes(32), ...ring.masters] };
  house.world.secrets.use(ring);
  const before = await look();
  for (const algorithms of ['chinese', 'international'] as const) {
    const world = { ...house.world, secrets: secretsOf(ring, algorithms) };
    expect(await stale(world)).toBeGreaterThan(3);
    await rekey(world, actor, tablesOf());
    expect(await stale(world)).toBe(0);
    const [row] = await database.db.query<{ version: number }>(
      'select min(get_byte(name_cipher, 0)) as version from customers.customers where bucket >= 0',
    );
    expect(row?.version).toBe(algorithms === 'chinese' ? 3 : 2);
    expect(await look()).toEqual(before);
  }
  expect(await verifyAudit(database.db)).toEqual([]);
});

test('two ciphertexts that change places open nowhere', async () => {
  const { investor, stranger } = house;
  await database.db.query(
    `update customers.customers c set phone_cipher = o.phone_cipher from customers.customers o
     where c.customer_id = any($1::text[]) and o.customer_id = any($1::text[])
       and c.customer_id <> o.customer_id and c.bucket >= 0 and o.bucket >= 0`,
    [[investor.customerId, stranger.customerId]],
  );
  for (const { customerId } of [investor, stranger]) {
    const reply = await post(house, `/customers/${customerId}/unmask`, {
      fields: ['phone'],
      purpose: 'compared with the original',
    });
    expect(reply.statusCode).toBeGreaterThanOrEqual(500);
    expect(reply.body).not.toContain('1380000000');
  }
});
