/**
 * The house under load: a database of its own with many customers, opened through the commands of
 * real business. Opening 100,000 takes minutes: when asked, the house is kept as
 * `cairn_load_house_<n>`, and each run works on a copy that it drops.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Instant, instantAtShanghai } from '@cairn/kernel';
import { writeFact } from '../../server/src/app/demo/facts.ts';
import { DEMO_CLOCK_FACT } from '../../server/src/app/demo-clock.ts';
import { DAY, MASTER_KEY, openStage } from '../../server/src/app/sandbox/order-stage.ts';
import { systemActor } from '../../server/src/platform/actor.ts';
import { createPartnerKey } from '../../server/src/platform/auth/partner-keys.ts';
import { AuthService } from '../../server/src/platform/auth/service.ts';
import { systemClock } from '../../server/src/platform/clock.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import { type Db, openDb } from '../../server/src/platform/db.ts';
import { migrate } from '../../server/src/platform/migrate.ts';
import { secretsFrom } from '../../server/src/platform/secrets.ts';

/** Stands from the last write of the opening: a house that was cut short is opened anew. */
const OPENED_FACT = 'load-house-opened';

export interface House {
  readonly url: string;
  readonly db: Db;
  /** The data folder of its server. */
  readonly folder: string;
  readonly customerIds: readonly string[];
  /** The key of a partner who may place and read. */
  readonly key: string;
  drop(): Promise<void>;
}

/** Says how the opening goes. */
export type Progress = (line: string) => void;

async function onServer<R extends pg.QueryResultRow>(url: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

function addressOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Opens the house into an empty database. */
async function openHouse(url: string, customers: number, progress: Progress): Promise<void> {
  const db = await openDb({ url, poolSize: 4 });
  try {
    await migrate(db);
    const stage = await openStage(db, customers, (count) =>
      progress(`${count} of ${customers} customers opened / 已开户 ${count}`),
    );
    stage.close();
    await writeFact(db, OPENED_FACT, String(customers), stage.world.clock.now());
    await db.script('analyze');
  } finally {
    await db.close();
  }
}

async function isWhole(url: string, customers: number): Promise<boolean> {
  const rows = await onServer<{ value: string }>(
    url,
    `select value from platform.facts where name = '${OPENED_FACT}'`,
  ).catch(() => []);
  return rows[0]?.value === String(customers);
}

/**
 * The database with so many customers on the server, opened unless an earlier run left it whole.
 * One of another schema than this program's is migrated when it is used.
 */
async function keptHouse(server: string, customers: number, progress: Progress): Promise<string> {
  const name = `cairn_load_house_${customers}`;
  const url = addressOf(server, name);
  if (await isWhole(url, customers)) return name;
  await onServer(server, `drop database if exists ${name} with (force)`);
  await onServer(server, `create database ${name}`);
  await openHouse(url, customers, progress);
  return name;
}

/** A house of so many customers for one run; with `isKept` a copy of one that stays for the next. */
export async function houseFor(
  server: string,
  customers: number,
  {
    isKept,
    progress,
    prefix = 'cairn_load',
  }: { isKept: boolean; progress: Progress; prefix?: string },
): Promise<House> {
  const name = `${prefix}_${process.pid}`;
  const url = addressOf(server, name);
  const template = isKept ? await keptHouse(server, customers, progress) : 'template1';
  await onServer(server, `drop database if exists ${name} with (force)`);
  await onServer(server, `create database ${name} template ${template}`);
  if (!isKept) await openHouse(url, customers, progress);
  const folder = mkdtempSync(join(tmpdir(), 'cairn-load-'));
  const db = await openDb({ url, poolSize: 2 });
  await migrate(db);
  const rows = await db.query<{ customer_id: string }>(
    'select customer_id from customers.customers order by customer_id',
  );
  return {
    url,
    db,
    folder,
    customerIds: rows.map((row) => row.customer_id),
    key: await keyFor(db),
    async drop() {
      await db.close();
      await onServer(server, `drop database if exists ${name} with (force)`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function keyFor(db: Db): Promise<string> {
  const secrets = secretsFrom(MASTER_KEY);
  const world = { db, secrets, clock: systemClock } as ConstructorParameters<typeof AuthService>[0];
  const auth = new AuthService(world, loadSettings({}), systemClock);
  const wish = { name: 'load', roles: ['partner' as const] };
  return (await createPartnerKey(auth, systemActor('load'), wish)).key;
}

/** The time of the house's day, on the wall of Shanghai: '09:30:00'. */
export function timeOfDay(time: string): Instant {
  return instantAtShanghai(DAY, `${time}.000`);
}

/** What the business clock of the house says when its server starts next. */
export async function setClock({ db }: House, at: Instant): Promise<void> {
  await writeFact(db, DEMO_CLOCK_FACT, at, at);
}
