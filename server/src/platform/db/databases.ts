/** Databases of a PostgreSQL server: made and dropped for commands that bring their own. */
import pg from 'pg';
import { migrate } from '../migrate.ts';
import { pgliteDb } from './pglite.ts';
import { openPgliteSession } from './pglite-session.ts';

async function onServer<T>(url: string, body: (client: pg.Client) => Promise<T>): Promise<T> {
  const server = new URL(url);
  server.pathname = '/postgres';
  const client = new pg.Client({ connectionString: server.href, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await body(client);
  } finally {
    await client.end();
  }
}

const nameIn = (url: string) => decodeURIComponent(new URL(url).pathname.slice(1));

/** Makes the database that the address names when the server has none; says whether it did. */
export async function ensureDatabase(url: string): Promise<boolean> {
  const name = nameIn(url);
  return onServer(url, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount !== 0) return false;
    await client.query(`create database ${pg.escapeIdentifier(name)}`);
    return true;
  });
}

/** Drops the database that the address names, if it is there; nobody may be connected. */
export async function dropDatabase(url: string): Promise<void> {
  await onServer(url, (client) =>
    client.query(`drop database if exists ${pg.escapeIdentifier(nameIn(url))}`),
  );
}

/** An embedded database with our schema and nothing else, as a tar that `openDb` starts from. */
export async function embeddedTemplate(): Promise<Uint8Array> {
  const session = await openPgliteSession({});
  const db = pgliteDb(session);
  await migrate(db);
  const template = await session.dump();
  await db.close();
  return template;
}
