/** Faults inside the database: taken connections, locks, conflicts, a full disk, a dead machine. */
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { dice, expectThat, type Fault, pause, until } from './fault.ts';
import type { Cluster } from '../failover/cluster.ts';
import type { ProcessHouse } from './house.ts';

async function connectTo({ cluster }: ProcessHouse): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: cluster.url('house') });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function withClient(house: ProcessHouse, use: (client: pg.Client) => Promise<void>) {
  const client = await connectTo(house);
  try {
    await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Takes every connection that the database has. */
async function takeConnections(house: ProcessHouse): Promise<pg.Client[]> {
  const taken: pg.Client[] = [];
  for (;;) {
    const client = await connectTo(house).catch(() => undefined);
    if (client === undefined) return taken;
    taken.push(client);
  }
}

/** Locks buckets in the order that a server never takes them in. */
async function lockBackwards(client: pg.Client): Promise<boolean> {
  await client.query('begin');
  try {
    for (let bucket = 255; bucket >= 0; bucket -= dice.int(1, 9)) {
      await client.query('select 1 from platform.buckets where bucket = $1 for update', [bucket]);
    }
    return false;
  } catch (error) {
    return (error as { code?: string }).code === '40P01';
  } finally {
    await client.query('rollback');
  }
}

async function changeBuckets(client: pg.Client, end: number): Promise<void> {
  while (performance.now() < end) {
    await client
      .query('update platform.buckets set audit_seq = audit_seq where bucket % 7 = $1', [
        dice.int(0, 6),
      ])
      .catch(() => undefined);
  }
}

const ISOLATION = 'alter database house set default_transaction_isolation';

/** Fills the disk of a folder to its last block; returns how to free it. */
function fillDisk(folder: string): () => void {
  const path = join(folder, 'filler');
  const file = openSync(path, 'w');
  const block = Buffer.alloc(65_536, 7);
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
  return () => rmSync(path);
}

export const databaseFaults: readonly Fault[] = [
  {
    name: 'connections of the database used up',
    async run(house) {
      house.databaseWire.cut();
      const taken = await takeConnections(house);
      await pause(dice.int(500, 1_500));
      for (const client of taken) await client.end().catch(() => undefined);
      expectThat(taken.length > 5, 'the connections were taken');
    },
  },
  {
    name: 'rows locked by somebody else',
    run: (house) =>
      withClient(house, async (client) => {
        await client.query('begin');
        await client.query('select 1 from platform.buckets for update');
        await pause(dice.int(500, 2_500));
        await client.query('rollback');
      }),
  },
  {
    name: 'deadlocks',
    run: (house) =>
      withClient(house, async (client) => {
        for (let n = 0; n < 12; n += 1) await lockBackwards(client);
      }),
  },
  {
    name: 'storm of serialisation failures',
    async run(house, clients) {
      await house.cluster.sql(`${ISOLATION} = 'serializable'`);
      house.databaseWire.cut();
      const hostile = await Promise.all(Array.from({ length: 3 }, () => connectTo(house)));
      const end = performance.now() + dice.int(1_000, 2_000);
      await Promise.all(hostile.map((client) => changeBuckets(client, end)));
      for (const client of hostile) await client.end();
      await clients.more(4, 60_000);
      await house.cluster.sql(`${ISOLATION} = 'read committed'`);
      house.databaseWire.cut();
    },
  },
  {
    name: 'a reader that takes long',
    run: (house, clients) =>
      withClient(house, async (client) => {
        await client.query('begin isolation level repeatable read');
        const count = 'select count(*) as n from trading.orders';
        const before = (await client.query<{ n: string }>(count)).rows[0]?.n;
        await clients.more(30, 60_000);
        expectThat((await client.query<{ n: string }>(count)).rows[0]?.n === before, 'one picture');
        await client.query('rollback');
      }),
  },
  {
    name: 'disk of the database full',
    async run(house, clients) {
      const { databaseFolder, isOwnDisk } = house;
      if (!isOwnDisk) throw new Error('only root can give the database a small disk of its own');
      const free = fillDisk(databaseFolder);
      try {
        const { statuses } = house.ledger;
        const refused = () => (statuses.get(503) ?? 0) + (statuses.get(507) ?? 0);
        const before = refused();
        await until('writes are refused', () => refused() > before, 30_000).catch(() => undefined);
        await pause(500);
      } finally {
        free();
      }
      // A database that could not write its log has ended, as it should; its operator starts it.
      if (!(await house.answers())) await house.restartDatabase();
      await clients.more(8, 60_000);
    },
  },
  {
    name: 'fail-over to the synchronous standby',
    run: (house) => failOver(house, false),
  },
  {
    name: 'old primary comes back after a fail-over',
    run: (house) => failOver(house, true),
  },
];

/** Waits until commits wait for the standby. */
async function heard(primary: Cluster): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const rows = await primary.sql<{ sync_state: string }>(
      'select sync_state from pg_stat_replication',
    );
    if (rows.some(({ sync_state: state }) => state === 'sync')) return;
    await pause(50);
  }
  throw new Error('the standby did not become synchronous');
}

/** The standby becomes the primary; the old one is killed, or only stopped and comes back. */
async function failOver(house: ProcessHouse, comesBack: boolean): Promise<void> {
  const primary = house.cluster;
  const folder = mkdtempSync(join(house.databaseFolder, 'standby-'));
  chmodSync(folder, 0o777);
  const standby = await primary.standby(folder, primary.port);
  await primary.sql(`alter system set synchronous_standby_names = '*'`);
  await primary.sql('select pg_reload_conf()');
  await heard(primary);
  const before = house.ledger.acknowledged;
  primary.signal(comesBack ? 'SIGSTOP' : 'SIGKILL');
  const diedAt = performance.now();
  await standby.promote();
  house.cluster = standby;
  house.databaseWire.turn(standby.port);
  await until('an order after the fail-over', () => house.ledger.acknowledged > before, 60_000);
  house.measure('first command acknowledged after a fail-over', performance.now() - diedAt);
  if (!comesBack) return;
  primary.signal('SIGCONT');
  // It still thinks that it is the primary; what is written there must never be promised.
  const old = new pg.Client({ connectionString: primary.url('house'), query_timeout: 1_500 });
  old.on('error', () => undefined);
  const isPromised = await old
    .connect()
    .then(() => old.query(`select pg_logical_emit_message(true, 'old primary', '')`))
    .then(
      () => true,
      () => false,
    );
  await old.end().catch(() => undefined);
  primary.kill();
  expectThat(!isPromised, 'the old primary commits nothing any more');
}
