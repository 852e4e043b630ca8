/*
 * The database machine dies under load and its standby takes over. What was acknowledged to a
 * client must be there (RPO 0), nothing may be there twice, and the books must hold. The same with
 * a standby that is only asynchronous must lose orders: else this test could not see a loss.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { checksOf, runChecksOver } from '../../server/src/app/checks.ts';
import { modulesOf } from '../../server/src/app/modules.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import { type Db, openDb } from '../../server/src/platform/db.ts';
import { migrate } from '../../server/src/platform/migrate.ts';
import { openStage, type Stage } from '../../server/src/app/sandbox/order-stage.ts';
import { type Ledger, startClients } from './clients.ts';
import { Cluster, findPrograms, removeFolder } from './cluster.ts';
import { Switch } from './switch.ts';

const bin = findPrograms();
const SERVER = fileURLToPath(new URL('./server.ts', import.meta.url));
const CLIENTS = 24;
const LOAD_MS = 2_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What has to be taken down after a test, last first. */
const takeDown: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of takeDown.splice(0).reverse()) await step();
});

async function openPair(synchronous: string) {
  if (bin === undefined) throw new Error('no PostgreSQL');
  const folder = Cluster.folder();
  takeDown.push(() => removeFolder(folder));
  const primary = await Cluster.primary(bin, folder, '');
  takeDown.push(() => primary.stop());
  const link = await Switch.to(primary.port);
  takeDown.push(() => link.close());
  const standby = await primary.standby(folder, link.port);
  takeDown.push(() => standby.stop());
  await primary.sql(`alter system set synchronous_standby_names = '${synchronous}'`);
  await primary.sql('select pg_reload_conf()');
  await primary.sql('create database house');
  return { primary, standby, link };
}

/** The house on the primary, behind the switch, with the application serving it. */
async function openHouseOn(primary: Cluster) {
  const wire = await Switch.to(primary.port);
  takeDown.push(() => wire.close());
  const db = await openDb({ url: primary.url('house'), poolSize: 2 });
  await migrate(db);
  const stage = await openStage(db, 60);
  takeDown.push(() => stage.close());
  await db.close();
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=development', SERVER, primary.url('house', wire.port), stage.folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  takeDown.push(() => child.kill('SIGKILL'));
  if (child.stdout === null) throw new Error('the server prints where it listens');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { wire, stage, child, server: JSON.parse(line) as { port: number; key: string } };
}

async function judge(db: Db, stage: Stage, { acknowledged }: Ledger) {
  const rows = await db.query<{ order_id: string }>('select order_id from trading.orders');
  const there = new Set(rows.map((row) => row.order_id));
  const ids = acknowledged.map(({ orderId }) => orderId);
  const modules = modulesOf(loadSettings({}), stage.world.exchange);
  const results = await runChecksOver(db, stage.world, checksOf(modules));
  return {
    lost: ids.filter((id) => !there.has(id)),
    twice: ids.length - new Set(ids).size,
    broken: results.filter(({ violations }) => violations.length > 0).map(({ id }) => id),
  };
}

describe.skipIf(bin === undefined)('fail-over (needs the programs of PostgreSQL)', () => {
  test('to a synchronous standby: nothing acknowledged is lost, nothing is done twice', async () => {
    const { primary, standby } = await openPair('*');
    const { wire, stage, child, server } = await openHouseOn(primary);
    const clients = startClients(server, stage.investors, CLIENTS);
    await pause(LOAD_MS);
    const before = clients.ledger.acknowledged.length;
    primary.kill();
    const killedAt = performance.now();
    await standby.promote();
    const promotedAt = performance.now();
    wire.turn(standby.port);
    await pause(LOAD_MS);
    await clients.stop();
    const { acknowledged, surprises } = clients.ledger;
    const first = acknowledged.find(({ at }, n) => n >= before && at > killedAt + 50);
    const since = (at: number) => Math.round(at - killedAt);
    console.log(
      `fail-over: ${acknowledged.length} acknowledged; after the kill the standby was primary in`,
      `${since(promotedAt)} ms, the first order was acknowledged in ${since(first?.at ?? 0)} ms`,
    );
    const db = await openDb({ url: standby.url('house'), poolSize: 2 });
    takeDown.push(() => db.close());
    expect(await judge(db, stage, clients.ledger)).toEqual({ lost: [], twice: 0, broken: [] });
    expect(surprises).toEqual([]);
    expect(before).toBeGreaterThan(CLIENTS);
    expect(acknowledged.length).toBeGreaterThan(before + CLIENTS);
    // The server found the new primary by itself: it is the process that was started.
    expect(child.exitCode).toBeNull();
    // Somebody had to ask twice, or the kill met nobody.
    expect(acknowledged.some(({ attempts }) => attempts > 1)).toBe(true);
  });

  test('commits that the standby never heard of are told to nobody, whoever else can flush', async () => {
    const { primary, standby, link } = await openPair('*');
    const wire = await Switch.to(primary.port);
    takeDown.push(() => wire.close());
    const db = await openDb({ url: primary.url('house', wire.port), poolSize: 4 });
    takeDown.push(() => db.close());
    await db.script('create table notes (n int primary key)');
    await link.close();
    const told: Promise<string>[] = [];
    for (const n of [1, 2]) {
      await db.tx((tx) => tx.query('insert into notes values ($1)', [n]), {
        flushLater: (flushed) => {
          told.push(
            flushed.then(
              () => 'promised',
              () => 'not promised',
            ),
          );
        },
      });
    }
    // The old primary falls silent, and the address leads to the new one before anybody notices.
    primary.signal('SIGSTOP');
    takeDown.push(() => primary.signal('SIGCONT'));
    await standby.promote();
    wire.turn(standby.port);
    expect(await Promise.all(told)).toEqual(['not promised', 'not promised']);
    // They are lost, and a flush in any other session would have promised them.
    expect(await db.query('select n from notes')).toEqual([]);
    expect(await db.query(`select pg_logical_emit_message(true, 'any', '')`)).toHaveLength(1);
  });

  test('to an asynchronous standby that heard nothing for a while: the loss is seen', async () => {
    const { primary, standby, link } = await openPair('');
    const { wire, stage, server } = await openHouseOn(primary);
    // The standby hears nothing more, and with an asynchronous one nobody minds.
    await link.close();
    const clients = startClients(server, stage.investors, CLIENTS);
    await pause(LOAD_MS);
    primary.kill();
    await standby.promote();
    const atKill = { ...clients.ledger, acknowledged: [...clients.ledger.acknowledged] };
    wire.turn(standby.port);
    await pause(500);
    await clients.stop();
    const db = await openDb({ url: standby.url('house'), poolSize: 2 });
    takeDown.push(() => db.close());
    const { lost, broken } = await judge(db, stage, atKill);
    console.log(`asynchronous: ${lost.length} of ${atKill.acknowledged.length} acknowledged lost`);
    expect(lost.length).toBeGreaterThan(0);
    // What is there is whole all the same.
    expect(broken).toEqual([]);
  });
});
