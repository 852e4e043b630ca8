/** A PostgreSQL database of its own for a benchmark run, dropped afterwards. */
import pg from 'pg';
import { type Db, openDb } from '../server/src/platform/db.ts';
import { distributeAll } from '../server/src/platform/distribution/distribute.ts';
import { migrate } from '../server/src/platform/migrate.ts';

/** Whether the benchmark runs on Citus (TEST_CITUS_URL), with every table distributed. */
export const isOnCitus = (process.env['TEST_CITUS_URL'] ?? '') !== '';

/** The server the benchmark runs on: TEST_CITUS_URL, else DATABASE_URL, else the local default. */
export function serverUrl(): string {
  const citus = process.env['TEST_CITUS_URL'];
  if (citus !== undefined && citus !== '') return citus;
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') return given;
  const password = process.env['PGPASSWORD'];
  const user = password === undefined ? 'postgres' : `postgres:${encodeURIComponent(password)}`;
  return `postgres://${user}@127.0.0.1:5432/postgres`;
}

/** The server, once it has answered; else the program ends with what it lacks, in both languages. */
export async function answeringServer(): Promise<string> {
  const url = serverUrl();
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    const [place, reason] = [URL.parse(url)?.host ?? 'DATABASE_URL', message || code];
    console.error(
      `No PostgreSQL at ${place} (${reason}): this needs one, DATABASE_URL names it. / ` +
        `${place} 没有可用的 PostgreSQL：此命令需要它，请用 DATABASE_URL 指定。`,
    );
    process.exit(1);
  }
  await client.end();
  return url;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({
    connectionString: serverUrl(),
    connectionTimeoutMillis: 5_000,
  });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export interface BenchDatabase {
  readonly url: string;
  readonly db: Db;
  drop(): Promise<void>;
}

/** Creates and migrates `cairn_bench_<pid>_<label>` on the server. */
export async function createBenchDatabase(label: string, poolSize: number): Promise<BenchDatabase> {
  const name = `cairn_bench_${process.pid}_${label}`;
  await onServer(`create database ${name}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  const db = await openDb({ url: url.href, poolSize });
  if (isOnCitus) await db.script('create extension if not exists citus');
  await migrate(db);
  if (isOnCitus) await distributeAll(db);
  return {
    url: url.href,
    db,
    async drop() {
      await db.close();
      await onServer(`drop database if exists ${name} with (force)`);
    },
  };
}
