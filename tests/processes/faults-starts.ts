/** Faults of starting and of bytes at rest, beside a house that works on. */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { checksOf, runChecksOver } from '../../server/src/app/checks.ts';
import { openDb } from '../../server/src/platform/db.ts';
import { fileStore } from '../../server/src/platform/files.ts';
import { post } from './call.ts';
import { dice, expectThat, type Fault, pause } from './fault.ts';
import { fillDisk } from './disk.ts';
import type { ProcessHouse } from './house.ts';
import type { Clients } from './ledger.ts';
import { ServerProcess } from './server-process.ts';

/** A start that must be refused, with words that say why. */
export async function expectRefused(
  house: ProcessHouse,
  env: Readonly<Record<string, string>>,
  words: RegExp,
  dataDir = house.optionsFor(90).dataDir,
): Promise<number> {
  const options = house.optionsFor(90, { dataDir, env });
  const { code, output } = await ServerProcess.run(['serve'], options);
  expectThat(code !== 0 && words.test(output), `the start is refused by ${words}: ${output}`);
  return 1;
}

/** What a database is made of, as a digest. */
async function schemaOf(url: string): Promise<string> {
  const db = await openDb({ url, poolSize: 2 });
  try {
    const rows = await db.query(
      `select table_schema as a, table_name as b, column_name as c, data_type as d,
         coalesce(column_default, '') as e
       from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema')
       union all select nspname, relname, conname, pg_get_constraintdef(c.oid), ''
       from pg_constraint c join pg_class r on r.oid = c.conrelid
         join pg_namespace n on n.oid = r.relnamespace
       union all select schemaname, tablename, indexname, indexdef, '' from pg_indexes
         where schemaname not in ('pg_catalog', 'information_schema')
       union all select module, file, digest, '', '' from platform.migrations
       order by 1, 2, 3, 4`,
    );
    return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  } finally {
    await db.close();
  }
}

/** Changes one bit of a file. */
function flipBit(path: string, at: number): void {
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ (1 << dice.int(0, 7));
  writeSync(file, byte, 0, 1, at);
  closeSync(file);
}

async function migrationKilled(house: ProcessHouse): Promise<number> {
  const { cluster } = house;
  const name = `half_${Date.now()}`;
  await cluster.sql(`create database ${name}`);
  const env = { DATABASE_URL: cluster.url(name) };
  // A folder of its own: what it keeps of one database fits no other.
  const dataDir = join(house.folder, name);
  const options = house.optionsFor(91, { dataDir, env });
  let kills = 0;
  for (let n = 0; n < 3; n += 1) {
    const begun = ServerProcess.begin(options);
    await pause(dice.int(600, 2_000));
    if (begun.isAlive && !begun.isReady) kills += 1;
    await begun.kill();
  }
  const whole = await ServerProcess.start(options);
  await whole.kill();
  expectThat(
    (await schemaOf(cluster.url(name))) === (await schemaOf(cluster.url('house'))),
    'a migration that was killed and began again gives the same schema',
  );
  await cluster.sql(
    `insert into platform.migrations (module, file, digest) values ('platform', '9999-new.sql', '')`,
    name,
  );
  await expectRefused(house, env, /9999-new/, dataDir);
  await cluster.sql(`update platform.migrations set digest = 'other'`, name);
  await expectRefused(house, env, /MIGRATION_CHANGED|DATABASE_NEWER/, dataDir);
  await cluster.sql(`drop database ${name} with (force)`);
  return kills;
}

/** One audit record with one other byte is found by the check. */
async function auditChanged(house: ProcessHouse): Promise<number> {
  await house.withDb(async (db) => {
    const world = { ...house.stage.world, db };
    const chain = checksOf([]).filter(({ id }) => id === 'A2');
    const violations = async () => (await runChecksOver(db, world, chain))[0]?.violations;
    const change = async (text: string) => {
      await db.script('alter table platform.audit disable trigger append_only');
      await db.query(
        `update platform.audit set subject = overlay(subject placing $1 from 1 for 1)
         where bucket = 256 and seq = 1`,
        [text],
      );
      await db.script('alter table platform.audit enable trigger append_only');
    };
    const [row] = await db.query<{ first: string }>(
      `select left(subject, 1) as first from platform.audit where bucket = 256 and seq = 1`,
    );
    await change('#');
    const found = await violations();
    await change(row?.first ?? '');
    expectThat(found?.length === 1, `one changed byte is found: ${JSON.stringify(found)}`);
    expectThat((await violations())?.length === 0, 'the audit holds again');
  });
  return 1;
}

async function fileChanged(house: ProcessHouse): Promise<number> {
  const store = fileStore(join(house.folder, 'store'));
  const bytes = randomBytes(dice.int(10, 5_000));
  const sha256 = await store.put(bytes);
  flipBit(store.path(sha256), dice.int(0, bytes.length - 1));
  const served = await store.get(sha256).then(
    () => true,
    () => false,
  );
  expectThat(!served, 'a stored file with one wrong bit is not served');
  await store.put(bytes);
  expectThat((await store.get(sha256)).equals(bytes), 'the same file, brought again, mends it');
  return 1;
}

async function pageChanged(house: ProcessHouse): Promise<number> {
  const { cluster } = house;
  await cluster.sql(
    'create table if not exists public.hurt as select generate_series(1, 500) n',
    'house',
  );
  await cluster.sql('checkpoint', 'house');
  const [row] = await cluster.sql<{ path: string }>(
    `select pg_relation_filepath('public.hurt') as path`,
    'house',
  );
  await cluster.shutDown();
  flipBit(join(cluster.data, row?.path ?? ''), dice.int(200, 8_000));
  await house.restartDatabase();
  const outcome = await cluster.sql('select sum(n) from public.hurt', 'house').then(
    () => 'served',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );
  await cluster.sql('drop table public.hurt', 'house');
  expectThat(outcome === 'XX001', `a page with one wrong bit is not read: ${outcome}`);
  return 1;
}

/** Streams that nobody reads, and requests that never end. */
async function slowConsumers(house: ProcessHouse): Promise<Socket[]> {
  const port = house.servers[0]?.port ?? 0;
  const open = (text: string): Socket => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(text);
    socket.pause();
    return socket;
  };
  const head = `Host: localhost\r\nAuthorization: Bearer ${house.key}\r\n`;
  const streams = Array.from({ length: 12 }, () =>
    open(`GET /business-days/2026-03-02/live HTTP/1.1\r\n${head}\r\n`),
  );
  const unended = Array.from({ length: 40 }, () =>
    open(`POST /orders HTTP/1.1\r\n${head}Content-Length: 5000\r\n\r\n{"kind":`),
  );
  await pause(1_500);
  return [...streams, ...unended];
}

/** A small import: what it brings is kept as a file on the server's own disk. */
async function importNavs(house: ProcessHouse): Promise<string> {
  const day = `2026-01-${String(dice.int(10, 28))}`;
  const { status, text } = await post(
    `${house.url}/products/imports?kind=navs`,
    { authorization: `Bearer ${house.key}`, 'content-type': 'text/csv' },
    // Other bytes each time, so that they have to be written.
    `fund_code,nav_date,nav,accumulated\n000001,${day},${dice.int(12_000, 12_900) / 10_000},1.3\n`,
  );
  return `${status} ${text}`;
}

/** The server's own disk takes nothing: files are refused, orders go on. */
async function serverDisk(
  house: ProcessHouse,
  clients: Clients,
  stop: () => () => void,
): Promise<number> {
  if (house.serverDisk === undefined) return 0;
  const free = stop();
  try {
    const answer = await importNavs(house);
    expectThat(answer.startsWith('503 '), `a file that cannot be kept is refused: ${answer}`);
    await clients.more(8, 60_000);
  } finally {
    free();
  }
  const answer = await importNavs(house);
  expectThat(answer.startsWith('200 '), `with room again it is taken: ${answer}`);
  return 1;
}

export const startFaults: readonly Fault[] = [
  {
    name: 'database name that cannot be resolved',
    group: 'name or certificate fails',
    run: (house) =>
      expectRefused(
        house,
        { DATABASE_URL: 'postgres://postgres@no-such-host.invalid:5432/house' },
        /does not answer/,
      ),
  },
  {
    name: 'another master key',
    group: 'key missing',
    run: (house) =>
      expectRefused(house, { CAIRN_MASTER_KEY: randomBytes(32).toString('hex') }, /master key/),
  },
  {
    name: 'no master key',
    group: 'key missing',
    run: (house) => expectRefused(house, { CAIRN_MASTER_KEY: '' }, /master key/),
  },
  {
    name: 'migration killed half way, and versions that do not fit',
    group: 'upgrade and migration',
    run: migrationKilled,
  },
  {
    name: 'consumers that do not read, requests that do not end',
    group: 'starved process',
    async run(house, clients) {
      const sockets = await slowConsumers(house);
      try {
        await clients.more(20, 60_000);
        return 1;
      } finally {
        for (const socket of sockets) socket.destroy();
      }
    },
  },
  {
    name: 'disk of the server full',
    group: 'disk full',
    run: (house, clients) =>
      serverDisk(house, clients, () => fillDisk(house.serverDisk?.folder ?? '')),
  },
  {
    name: 'disk of the server read-only',
    group: 'disk takes no writes',
    run: (house, clients) =>
      serverDisk(house, clients, () => {
        house.serverDisk?.setReadOnly(true);
        return () => house.serverDisk?.setReadOnly(false);
      }),
  },
  { name: 'one bit of a stored file', group: 'bit flipped', run: fileChanged },
  { name: 'one bit of a page of the database', group: 'bit flipped', run: pageChanged },
  { name: 'one byte of the audit', group: 'bit flipped', run: auditChanged },
];
