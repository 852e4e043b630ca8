/**
 * A house whose database fails over under load: what clients were told before and after, and what
 * the new primary knows of it. Whoever makes the primary and the standby says what happens to them.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { checksOf, runChecksOver } from '../../server/src/app/checks.ts';
import { modulesOf } from '../../server/src/app/modules.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import { openDb } from '../../server/src/platform/db.ts';
import { migrate } from '../../server/src/platform/migrate.ts';
import { openStage, type Stage } from '../../server/src/app/sandbox/order-stage.ts';
import { type Acknowledged, type Ledger, startClients } from './clients.ts';
import type { Cluster } from './cluster.ts';
import { Switch } from './switch.ts';

const SERVER = fileURLToPath(new URL('./server.ts', import.meta.url));
const CLIENTS = 24;
const LOAD_MS = 2_000;

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What has to be taken down after a test, last first. */
export const takeDown: (() => unknown)[] = [];

export async function takeAllDown(): Promise<void> {
  for (const step of takeDown.splice(0).reverse()) await step();
}

export interface House {
  /** The address of the database that the application was given. */
  readonly wire: Switch;
  readonly stage: Stage;
  readonly child: ChildProcess;
  readonly server: { readonly port: number; readonly key: string };
}

/** A house in a new database on the primary, behind a switch, with the application serving it. */
export async function openHouseOn(primary: Cluster): Promise<House> {
  await primary.sql('create database house');
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

export interface Course extends Ledger {
  /** What was acknowledged before anything happened. */
  readonly before: readonly Acknowledged[];
  /** Milliseconds from the blow until the address led to the new primary. */
  readonly turnedMs: number;
  /** Milliseconds from the blow until the new primary had an order acknowledged. */
  readonly firstMs: number;
  /** The longest time, in milliseconds, in which no order was acknowledged. */
  readonly silentMs: number;
}

/** Load, then a blow, which ends when the address leads to the new primary, then load again. */
export async function playThrough(house: House, blow: () => Promise<void>): Promise<Course> {
  const clients = startClients(house.server, house.stage.investors, CLIENTS);
  await pause(LOAD_MS);
  const { acknowledged, surprises } = clients.ledger;
  const before = [...acknowledged];
  const from = performance.now();
  await blow();
  const { turnedAt } = house.wire;
  await pause(LOAD_MS);
  await clients.stop();
  // Before the address led there it acknowledged nothing: what came sooner was on its way.
  const first = acknowledged.find(({ at }) => at > turnedAt);
  const gaps = acknowledged.map(({ at }, n) => at - (acknowledged[n - 1]?.at ?? at));
  return {
    acknowledged,
    surprises,
    before,
    turnedMs: Math.round(turnedAt - from),
    firstMs: Math.round((first?.at ?? NaN) - from),
    silentMs: Math.round(Math.max(...gaps)),
  };
}

export interface Verdict {
  /** Orders that were acknowledged and are not there. */
  readonly lost: readonly string[];
  readonly twice: number;
  /** The checks that the database breaks. */
  readonly broken: readonly string[];
}

/** What the database has of orders that were acknowledged, and the checks that it breaks. */
export async function judge(
  database: Cluster,
  { stage }: House,
  acknowledged: readonly Acknowledged[],
): Promise<Verdict> {
  const db = await openDb({ url: database.url('house'), poolSize: 2 });
  takeDown.push(() => db.close());
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

/** What a fail-over has to give by {@link verdictOn}, whoever made the standby the primary. */
export const ALL_KEPT = {
  lost: [],
  twice: 0,
  broken: [],
  surprises: [],
  isServerTheSame: true,
  isLoadedBefore: true,
  isLoadedAfter: true,
  isBlowFelt: true,
};

/** What became of a whole course on the new primary. */
export async function verdictOn(
  to: Cluster,
  house: House,
  { acknowledged, before, surprises }: Course,
): Promise<Verdict & Record<keyof typeof ALL_KEPT, unknown>> {
  return {
    ...(await judge(to, house, acknowledged)),
    surprises,
    // The server found the new primary by itself: it is the process that was started.
    isServerTheSame: house.child.exitCode === null,
    isLoadedBefore: before.length > CLIENTS,
    isLoadedAfter: acknowledged.length > before.length + CLIENTS,
    // Somebody had to ask twice, or the blow met nobody.
    isBlowFelt: acknowledged.some(({ attempts }) => attempts > 1),
  };
}
