import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instant, type Instant } from '@cairn/kernel';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { LiveCalendar } from './calendar.ts';
import { type FixedClock, fixedClock } from './clock.ts';
import { loadSettings, type Settings } from './config.ts';
import { type Db, openDb } from './db.ts';
import { pgliteDb } from './db/pglite.ts';
import { openPgliteSession } from './db/pglite-session.ts';
import { distributeAll } from './distribution/distribute.ts';
import { fileStore } from './files.ts';
import type { App } from './http/app.ts';
import { allMigrations, migrate } from './migrate.ts';
import { secretsFrom } from './secrets.ts';
import type { World } from './world.ts';

/*
 * Real databases for tests: PGlite in memory from a migrated template, and PostgreSQL databases
 * named cairn_test_* cloned from a migrated template. A missing PostgreSQL skips those suites and
 * says so; with CI=true it fails them.
 */
const schemaDigest = createHash('sha256')
  .update(
    allMigrations()
      .map((m) => m.digest)
      .join(),
  )
  .digest('hex')
  .slice(0, 16);

const CACHE = new URL('../../../.cache/', import.meta.url).pathname;

async function pgliteTemplate(): Promise<Uint8Array> {
  const path = join(CACHE, `pglite-${schemaDigest}.tar`);
  if (existsSync(path)) return readFileSync(path);
  const session = await openPgliteSession({});
  const db = pgliteDb(session);
  await migrate(db);
  const tar = await session.dump();
  await db.close();
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(`${path}.${process.pid}`, tar);
  renameSync(`${path}.${process.pid}`, path);
  return tar;
}

/** The PostgreSQL server that tests use. */
export function testServerUrl(): string {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') return given;
  const password = process.env['PGPASSWORD'];
  const user = password === undefined ? 'postgres' : `postgres:${encodeURIComponent(password)}`;
  return `postgres://${user}@127.0.0.1:5432/postgres`;
}

async function onServer<T>(
  body: (client: pg.Client) => Promise<T>,
  server: string = testServerUrl(),
): Promise<T> {
  const client = new pg.Client({
    connectionString: server,
    connectionTimeoutMillis: 3_000,
  });
  await client.connect();
  try {
    return await body(client);
  } finally {
    await client.end();
  }
}

const answers = await onServer((client) => client.query('select 1')).then(
  () => true,
  () => false,
);

if (!answers && process.env['CI'] === 'true') {
  throw new Error('CI=true and no PostgreSQL answers at TEST_DATABASE_URL or 127.0.0.1:5432');
}

/** Whether a PostgreSQL server answers for tests. */
export const postgresAnswers = answers;

function databaseUrl(name: string, server: string = testServerUrl()): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Templates of earlier schemas; one that another run still uses stays. */
async function dropOldTemplates(client: pg.Client, current: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_database where datname like 'cairn_test_template_%' and datname <> $1`,
    [current],
  );
  for (const { datname } of rows) {
    await client.query(`drop database if exists ${datname}`).catch(() => undefined);
  }
}

async function ensureTemplate(): Promise<string> {
  const name = `cairn_test_template_${schemaDigest}`;
  await onServer(async (client) => {
    // One process builds the template, the others wait for it.
    await client.query('select pg_advisory_lock(728110394)');
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount !== 0) return;
    await client.query(`drop database if exists ${name}_new`);
    await client.query(`create database ${name}_new`);
    const db = await openDb({ url: databaseUrl(`${name}_new`), poolSize: 1 });
    await migrate(db);
    await db.close();
    await client.query(`alter database ${name}_new rename to ${name}`);
    await dropOldTemplates(client, name);
  });
  return name;
}

let databases = 0;
const folders: string[] = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export interface TestDatabase {
  db: Db;
  /** The address for further pools on a PostgreSQL database; absent on PGlite. */
  url?: string;
  /** What serves worlds over this database; absent: the test does it in its own process. */
  processes?: ServingProcesses;
  drop(): Promise<void>;
}

/** Processes of their own that answer HTTP and do the work of jobs and stream. */
export interface ServingProcesses {
  /** How many of them answer HTTP; requests go to them in turn. */
  readonly apis: number;
  /** Serves a world by its clock; `close` of what comes back ends that. */
  serve(world: TestWorld, settings: Settings): Promise<App>;
  /** Calls a function of a module at the next of those that answer HTTP, with its own world. */
  call(module: string, name: string, args: readonly unknown[]): Promise<unknown>;
}

/** A fresh migrated PGlite in memory. */
export async function openTestPglite(): Promise<TestDatabase> {
  const db = await openDb({ template: await pgliteTemplate() });
  return { db, drop: () => db.close() };
}

function freshName(): string {
  const random = createHash('sha256').update(`${process.hrtime.bigint()}`).digest('hex');
  return `cairn_test_${process.pid}_${++databases}_${random.slice(0, 6)}`;
}

/** A fresh migrated PostgreSQL database; `drop` removes it. */
export async function openTestPostgres(poolSize = 8): Promise<TestDatabase> {
  const template = await ensureTemplate();
  const name = freshName();
  await onServer(async (client) => {
    await client.query('select pg_advisory_lock(728110395)');
    await client.query(`create database ${name} template ${template}`);
  });
  const url = databaseUrl(name);
  const db = await openDb({ url, poolSize });
  const drop = async () => {
    await db.close();
    await onServer((client) => client.query(`drop database if exists ${name} with (force)`));
  };
  return { db, url, drop };
}

/** The PostgreSQL with Citus that tests use (TEST_CITUS_URL); undefined: those are skipped. */
export const citusUrl = process.env['TEST_CITUS_URL'] || undefined;

/**
 * A fresh migrated database on a server with Citus, its tables distributed; `drop` removes it.
 * `prepare` puts the extension in.
 */
export async function openTestDistributed(
  server: string,
  prepare = async (db: Db): Promise<void> => db.script('create extension citus'),
): Promise<TestDatabase> {
  const name = freshName();
  await onServer((client) => client.query(`create database ${name}`), server);
  const url = databaseUrl(name, server);
  const db = await openDb({ url, poolSize: 8 });
  const drop = async () => {
    await db.close();
    await onServer(
      (client) => client.query(`drop database if exists ${name} with (force)`),
      server,
    );
  };
  try {
    await prepare(db);
    await migrate(db);
    await distributeAll(db);
  } catch (error) {
    await drop();
    throw error;
  }
  return { db, url, drop };
}

/** A kind of database that suites run on, and whether it is there. */
export type Kind = readonly [name: string, open: () => Promise<TestDatabase>, isThere: boolean];

const KINDS: readonly Kind[] = [
  ['pglite', openTestPglite, true],
  ['postgres', openTestPostgres, postgresAnswers],
];
const POSTGRES: readonly Kind[] = [['postgres', () => openTestPostgres(16), postgresAnswers]];
const ON_CITUS: readonly Kind[] =
  citusUrl === undefined ? [] : [['citus', () => openTestDistributed(citusUrl), true]];

let chosen: readonly Kind[] | undefined;

/**
 * From here on the suites of this test file run on this kind alone, whatever they name: those of a
 * file that is imported next run again on something that only the importing one knows.
 */
export function runSuitesOn(kind: Kind): void {
  chosen = [kind];
}

function describeOn(
  kinds: readonly Kind[],
  name: string,
  suite: (opened: () => TestDatabase) => void,
): void {
  for (const [kind, open, isThere] of chosen ?? kinds) {
    describe.skipIf(!isThere)(`${name} on ${kind}`, () => {
      let current: TestDatabase | undefined;
      beforeAll(async () => {
        current = await open();
      });
      afterAll(async () => {
        await current?.drop();
      });
      suite(() => {
        if (current === undefined) throw new Error('the database opens in beforeAll');
        return current;
      });
    });
  }
}

/**
 * Runs a suite on every database: PGlite in memory and PostgreSQL. `opened()` gives the open
 * database inside tests and hooks; PostgreSQL is reported as skipped when none answers.
 */
export function describeEachDb(name: string, suite: (opened: () => TestDatabase) => void): void {
  describeOn(KINDS, name, suite);
}

/** Runs a journey on every database, and on Citus when TEST_CITUS_URL names one. */
export function describeJourney(name: string, suite: (opened: () => TestDatabase) => void): void {
  describeOn([...KINDS, ...ON_CITUS], name, suite);
}

/** Runs a suite on real PostgreSQL only (races cannot show on PGlite). */
export function describePostgres(name: string, suite: (opened: () => TestDatabase) => void): void {
  describeOn(POSTGRES, name, suite);
}

export interface TestWorld extends World {
  clock: FixedClock;
  folder: string;
}

/** A world around a test database: a standing clock, a temporary file store, a fixed master key. */
export function testWorld(db: Db, now: Instant = instant('2026-03-02T02:00:00.000Z')): TestWorld {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-test-'));
  folders.push(folder);
  return {
    db,
    clock: fixedClock(now),
    calendar: new LiveCalendar(),
    secrets: secretsFrom(Buffer.alloc(32, 7)),
    files: fileStore(join(folder, 'files')),
    folder,
  };
}

/** Runs `body` with a fresh migrated PGlite, closed afterwards. */
export async function withDb<T>(body: (db: Db) => Promise<T>): Promise<T> {
  const { db, drop } = await openTestPglite();
  try {
    return await body(db);
  } finally {
    await drop();
  }
}

/**
 * What modules export, by their names: each function that takes a world first called at one after the
 * other of the processes that serve the database; the modules themselves where there are none.
 * `close` ends that.
 */
export async function callElsewhere<T extends Readonly<Record<string, object>>>(
  { processes }: TestDatabase,
  world: TestWorld,
  modules: T,
): Promise<T & { close: () => Promise<void> }> {
  if (processes === undefined) return { ...modules, close: async () => undefined };
  const app = await processes.serve(world, loadSettings({ CAIRN_DATA_DIR: world.folder }));
  const called = Object.entries(modules).map(([module, exports]) => {
    const calls = Object.keys(exports).map((name) => [
      name,
      (_world: World, ...args: unknown[]) => processes.call(module, name, args),
    ]);
    return [module, Object.fromEntries(calls)];
  });
  return { ...(Object.fromEntries(called) as T), close: () => app.close() };
}
