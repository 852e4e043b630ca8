import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { AppError } from '@cairn/kernel';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { arrayLiteral } from './array-literal.ts';
import { csvChunks } from './csv-rows.ts';
import { pgTypes } from './parsers.ts';
import { assertOutsideTransaction, insideTransaction } from './transaction-guard.ts';
import type { Db, Param, Row, Sql, Tx } from './types.ts';

// Statement texts are constants, so each is prepared once per connection under a short name.
const names = new Map<string, string>();

function statementName(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 24);
    names.set(text, name);
  }
  return name;
}

const UNAVAILABLE = new Set(['57P01', '57P02', '57P03', '08000', '08003', '08006', '53300']);

/** A lost or refusing server is the caller's to retry; every other error keeps its own face. */
function translate(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  const lost =
    (typeof code === 'string' && (UNAVAILABLE.has(code) || /^E(CONN|PIPE|TIMEDOUT)/.test(code))) ||
    (error instanceof Error &&
      /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
        error.message,
      ));
  return lost
    ? new AppError('DATABASE_UNAVAILABLE', { retryAfterSeconds: 2 }, { cause: error })
    : error;
}

function encode(param: Param): Param {
  return Array.isArray(param) ? (arrayLiteral(param) ?? param) : param;
}

/** Holds the socket until everything that is asked for in this turn has been written: one packet. */
function gather(client: pg.ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

async function run(
  client: pg.Pool | pg.ClientBase,
  text: string,
  params: readonly Param[],
): Promise<pg.QueryResult> {
  try {
    if ('connection' in client) gather(client as pg.ClientBase);
    return await client.query({ name: statementName(text), text, values: params.map(encode) });
  } catch (error) {
    throw translate(error);
  }
}

function sqlOn(client: pg.Pool | pg.ClientBase): Sql {
  return {
    query: async <R = Row>(text: string, params: readonly Param[] = []) =>
      (await run(client, text, params)).rows as R[],
    affected: async (text, params = []) => (await run(client, text, params)).rowCount ?? 0,
  };
}

async function copyIn(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly unknown[]>,
): Promise<number> {
  // COPY talks to and fro, so it cannot share the wire with other statements.
  const wire = client as unknown as { pipeline: boolean };
  await run(client, 'select 1', []);
  wire.pipeline = false;
  try {
    return await copyStream(client, table, columns, rows);
  } finally {
    wire.pipeline = true;
  }
}

async function copyStream(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly unknown[]>,
): Promise<number> {
  const stream = client.query(
    copyFrom(`copy ${table} (${columns.join(', ')}) from stdin with (format csv)`),
  );
  const done = once(stream, 'finish');
  const chunks = csvChunks(rows);
  for (;;) {
    const next = chunks.next();
    if (next.done === true) {
      stream.end();
      await done;
      return next.value;
    }
    if (!stream.write(next.value)) await Promise.race([once(stream, 'drain'), done]);
  }
}

/**
 * Opens PostgreSQL behind the shared interface.
 *
 * `poolSize` connections at most; sessions run in UTC so that instants read alike everywhere.
 * A server that cannot be reached rejects with AppError DATABASE_UNAVAILABLE.
 */
export async function openPostgres(url: string, poolSize: number): Promise<Db> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    types: pgTypes as never,
    connectionTimeoutMillis: 10_000,
    options: '-c timezone=UTC -c client_min_messages=warning -c jit=off',
    // Statements that are asked for together travel together: a batch waits for the network a
    // few times instead of once a statement.
    pipeline: true,
  });
  // An idle connection that dies must not bring the process down; the next query reports it.
  pool.on('error', () => undefined);
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw translate(error);
  }
  const outside = sqlOn(pool);
  return {
    kind: 'postgres',
    query(text, params) {
      assertOutsideTransaction('query');
      return outside.query(text, params);
    },
    affected(text, params) {
      assertOutsideTransaction('affected');
      return outside.affected(text, params);
    },
    async script(text) {
      assertOutsideTransaction('script');
      await pool.query(text);
    },
    async tx(work) {
      assertOutsideTransaction('tx');
      return transaction(pool, work);
    },
    close: () => pool.end(),
  };
}

async function transaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw translate(error);
  });
  let broken: Error | undefined;
  try {
    // Not awaited: it travels with the first statement, and what follows a failed begin fails too.
    const begun = run(client, 'begin', []);
    begun.catch(() => undefined);
    const tx: Tx = {
      ...sqlOn(client),
      copyIn: (table, columns, rows) => copyIn(client, table, columns, rows),
    };
    const result = await insideTransaction(() => work(tx));
    await begun;
    await run(client, 'commit', []);
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
