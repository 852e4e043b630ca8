/** Faults inside the database: taken connections, locks, conflicts, a full disk, a dead machine. */
import { chmodSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { dice, expectThat, type Fault, pause, until, waitFor } from './fault.ts';
import type { Cluster } from '../failover/cluster.ts';
import { fillDisk } from './disk.ts';
import type { ProcessHouse } from './house.ts';
import type { Clients } from './ledger.ts';

async function connectTo({ cluster }: ProcessHouse): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: cluster.url('house') });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function withClient<T>(house: ProcessHouse, use: (client: pg.Client) => Promise<T>) {
  const client = await connectTo(house);
  try {
    return await use(client);
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

/**
 * Locks the buckets of the customers in the order that a server never takes them in, and waits after
 * each until somebody may stand behind it.
 */
async function lockBackwards(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ bucket: number }>(
    `select distinct bucket from accounts.cash_accounts where kind = 'customerCash'
     order by bucket desc`,
  );
  await client.query('begin');
  try {
    for (const { bucket } of rows) {
      await client.query('select 1 from platform.buckets where bucket = $1 for update', [bucket]);
      await pause(dice.int(0, 40));
    }
    return false;
  } catch (error) {
    return (error as { code?: string }).code === '40P01';
  } finally {
    await client.query('rollback');
  }
}

/** Changes buckets until the end; returns how often that conflicted with others. */
async function changeBuckets(client: pg.Client, end: number): Promise<number> {
  let conflicts = 0;
  while (performance.now() < end) {
    await client
      .query('update platform.buckets set audit_seq = audit_seq where bucket % 7 = $1', [
        dice.int(0, 6),
      ])
      .catch((error: unknown) => {
        if ((error as { code?: string }).code === '40001') conflicts += 1;
      });
  }
  return conflicts;
}

const ISOLATION = 'alter database house set default_transaction_isolation';

/** Writes were refused, or the database has ended: it could not write its log. */
async function refusedOrEnded(house: ProcessHouse, withinMs: number): Promise<boolean> {
  const { statuses } = house.ledger;
  const refused = () => (statuses.get(503) ?? 0) + (statuses.get(507) ?? 0);
  const before = refused();
  const isRefused = await waitFor(() => refused() > before, withinMs);
  await pause(300);
  return isRefused || !(await house.answers());
}

/** The database's disk takes nothing more for a while; afterwards its operator starts it again. */
async function diskFull(house: ProcessHouse, clients: Clients): Promise<number> {
  if (house.databaseDisk === undefined) return 0;
  const free = fillDisk(house.databaseFolder);
  let seen: boolean;
  try {
    seen = await refusedOrEnded(house, 30_000);
  } finally {
    free();
  }
  // A database that could not write its log has ended, as it should; its operator starts it.
  if (!(await house.answers())) await house.restartDatabase();
  await clients.more(8, 60_000);
  return seen ? 1 : 0;
}

async function diskReadOnly(house: ProcessHouse): Promise<number> {
  const { databaseDisk: disk, cluster } = house;
  if (disk === undefined) return 0;
  disk.fail();
  const seen = await refusedOrEnded(house, 15_000);
  cluster.kill();
  await disk.mend();
  await house.restartDatabase();
  return seen ? 1 : 0;
}

async function flushesFail(house: ProcessHouse): Promise<number> {
  const { failingSync, cluster } = house;
  if (failingSync === undefined) return 0;
  failingSync.set(true);
  const seen = await refusedOrEnded(house, 15_000);
  cluster.kill();
  failingSync.set(false);
  await house.restartDatabase();
  return seen ? 1 : 0;
}

/** The machine of the database loses its power: only what was flushed to its disk is left. */
async function powerCut(house: ProcessHouse, clients: Clients): Promise<number> {
  const { databaseDisk: disk, cluster } = house;
  if (disk === undefined) return 0;
  await pause(dice.int(0, 300));
  cluster.signal('SIGSTOP');
  const { waiting } = clients;
  const comeBack = await disk.cutPower();
  cluster.kill();
  await comeBack();
  await house.restartDatabase();
  return waiting > 0 ? 1 : 0;
}

export const databaseFaults: readonly Fault[] = [
  {
    name: 'connections of the database used up',
    group: 'locks and conflicts',
    async run(house) {
      house.databaseWire.cut();
      const taken = await takeConnections(house);
      await pause(dice.int(500, 1_500));
      for (const client of taken) await client.end().catch(() => undefined);
      expectThat(taken.length > 5, 'the connections were taken');
      return 1;
    },
  },
  {
    name: 'rows locked by somebody else',
    group: 'locks and conflicts',
    run: (house) =>
      withClient(house, async (client) => {
        await client.query('begin');
        // In the order of everybody: who waits here is not the one to be ended.
        await client.query('select 1 from platform.buckets order by bucket for update');
        await pause(dice.int(500, 2_500));
        const { rows } = await client.query('select 1 from pg_locks where not granted');
        await client.query('rollback');
        return rows.length > 0 ? 1 : 0;
      }),
  },
  {
    name: 'deadlocks',
    group: 'locks and conflicts',
    run: (house) =>
      withClient(house, async (client) => {
        let isSeen = false;
        for (let n = 0; n < 12 && !isSeen; n += 1) isSeen = await lockBackwards(client);
        return isSeen ? 1 : 0;
      }),
  },
  {
    name: 'storm of serialisation failures',
    group: 'locks and conflicts',
    async run(house, clients) {
      await house.cluster.sql(`${ISOLATION} = 'serializable'`);
      house.databaseWire.cut();
      const hostile = await Promise.all(Array.from({ length: 3 }, () => connectTo(house)));
      const end = performance.now() + dice.int(1_000, 2_000);
      const conflicts = await Promise.all(hostile.map((client) => changeBuckets(client, end)));
      for (const client of hostile) await client.end();
      await clients.more(4, 60_000);
      await house.cluster.sql(`${ISOLATION} = 'read committed'`);
      house.databaseWire.cut();
      return conflicts.some((times) => times > 0) ? 1 : 0;
    },
  },
  {
    name: 'a reader that takes long',
    group: 'locks and conflicts',
    run: (house, clients) =>
      withClient(house, async (client) => {
        await client.query('begin isolation level repeatable read');
        const count = 'select count(*) as n from trading.orders';
        const before = (await client.query<{ n: string }>(count)).rows[0]?.n;
        await clients.more(30, 60_000);
        expectThat((await client.query<{ n: string }>(count)).rows[0]?.n === before, 'one picture');
        await client.query('rollback');
        return 1;
      }),
  },
  {
    name: 'disk of the database full',
    group: 'disk full',
    run: diskFull,
  },
  {
    name: 'disk of the database turns read-only',
    group: 'disk takes no writes',
    run: diskReadOnly,
  },
  {
    name: 'flushes of the database fail',
    group: 'disk takes no writes',
    run: flushesFail,
  },
  { name: 'power of the database cut', group: 'power cut', run: powerCut },
  {
    name: 'fail-over to the synchronous standby',
    group: 'fail-over',
    run: (house) => failOver(house, false),
  },
  {
    name: 'old primary comes back after a fail-over',
    group: 'old primary returns',
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
async function failOver(house: ProcessHouse, comesBack: boolean): Promise<number> {
  const primary = house.cluster;
  const folder = mkdtempSync(join(house.databaseFolder, 'standby-'));
  chmodSync(folder, 0o777);
  const standby = await primary.standby(folder, primary.port);
  await primary.sql(`alter system set synchronous_standby_names = '*'`);
  await primary.sql('select pg_reload_conf()');
  await heard(primary);
  // The process that tells commits to wait for the standby reads its settings between its works, and
  // may be later than the one that says that the standby is synchronous. It has read them now.
  await primary.sql('checkpoint');
  const before = house.ledger.acknowledged;
  primary.signal(comesBack ? 'SIGSTOP' : 'SIGKILL');
  const diedAt = performance.now();
  await standby.promote();
  house.cluster = standby;
  house.databaseWire.turn(standby.port);
  await until('an order after the fail-over', () => house.ledger.acknowledged > before, 60_000);
  house.measure('first command acknowledged after a fail-over', performance.now() - diedAt);
  if (!comesBack) {
    primary.discard();
    return 1;
  }
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
  primary.discard();
  expectThat(!isPromised, 'the old primary commits nothing any more');
  return 1;
}
