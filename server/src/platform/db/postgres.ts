import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { AppError, assert } from '@cairn/kernel';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { arrayLiteral } from './array-literal.ts';
import { csvChunks } from './csv-rows.ts';
import { GroupFlush } from './group-flush.ts';
import { allInOrder, held } from './held.ts';
import { pgTypes } from './parsers.ts';
import { runStatement } from './statement.ts';
import { assertOpen, assertOutsideTransaction, insideTransaction } from './transaction-guard.ts';
import type { Db, Param, Row, Sql, Tx, TxOptions } from './types.ts';

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

/** A parameter as the driver sends it without a thought of its own. */
function sendable(param: Param): Param {
  const value = encode(param);
  const kind = typeof value;
  const isPlain = value === null || value === undefined || value instanceof Uint8Array;
  assert(
    isPlain || kind === 'string' || kind === 'number' || kind === 'bigint' || kind === 'boolean',
    `a ${kind} cannot be sent to the database`,
  );
  return value;
}

async function send(
  client: pg.ClientBase,
  text: string,
  values: readonly Param[],
): Promise<pg.QueryResult> {
  try {
    gather(client);
    return await runStatement(client, { name: statementName(text), text, values });
  } catch (error) {
    throw translate(error);
  }
}

async function run(
  client: pg.Pool | pg.ClientBase,
  text: string,
  params: readonly Param[],
): Promise<pg.QueryResult> {
  const values = params.map(encode);
  if ('connection' in client) return await send(client as pg.ClientBase, text, values);
  try {
    return await client.query({ name: statementName(text), text, values });
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
  // A connection that dies must not bring the process down, idle or in use; its query reports it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw translate(error);
  }
  const outside = sqlOn(pool);
  const flushes = new GroupFlush(() => outside.query(FLUSH));
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
    async tx(work, options = {}) {
      assertOutsideTransaction('tx');
      return transaction(pool, work, options);
    },
    flushed: () => flushes.wait(),
    close: () => pool.end(),
  };
}

class OpenTx implements Tx {
  readonly #client: pg.ClientBase;
  readonly #sql: Sql;
  readonly #deferred: Promise<unknown>[] = [];
  #isOpen = true;

  constructor(client: pg.ClientBase) {
    this.#client = client;
    this.#sql = sqlOn(client);
  }

  query<R = Row>(text: string, params?: readonly Param[]): Promise<R[]> {
    assertOpen(this.#isOpen);
    return this.#sql.query<R>(text, params);
  }

  affected(text: string, params?: readonly Param[]): Promise<number> {
    assertOpen(this.#isOpen);
    return this.#sql.affected(text, params);
  }

  copyIn(
    table: string,
    columns: readonly string[],
    rows: Iterable<readonly unknown[]>,
  ): Promise<number> {
    assertOpen(this.#isOpen);
    return copyIn(this.#client, table, columns, rows);
  }

  defer(text: string, params: readonly Param[], explain?: (error: unknown) => unknown): void {
    assertOpen(this.#isOpen);
    // What cannot be sent fails here: when the driver says so, the commit is already on its way.
    const values = params.map(sendable);
    this.#deferred.push(held(send(this.#client, text, values), explain));
  }

  /** Nothing more may come: returns the writes whose answers are still on the way. */
  end(): readonly Promise<unknown>[] {
    this.#isOpen = false;
    return this.#deferred;
  }
}

const BEGIN = 'begin; set local enable_seqscan = off';
const BEGIN_FLUSHED_LATER = `${BEGIN}; set local synchronous_commit = off`;
// A transaction that writes nothing but its own commit: the log up to it is flushed.
const FLUSH = `select pg_logical_emit_message(true, 'cairn', '')`;

/**
 * Begins a transaction whose statements reach rows by key. The planner would rather read a table
 * whole while it is small, and keeps that plan when it has grown: a look-up of 17 orders by
 * primary key then took 2.9 ms instead of 0.1. Scans stay possible where there is no index.
 */
async function begin(client: pg.ClientBase, text: string): Promise<void> {
  try {
    gather(client);
    await client.query(text);
  } catch (error) {
    throw translate(error);
  }
}

async function transaction<T>(
  pool: pg.Pool,
  work: (tx: Tx) => Promise<T>,
  { isFlushedLater = false }: TxOptions,
): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw translate(error);
  });
  let broken: Error | undefined;
  try {
    // Not awaited: it travels with the first statement, and what follows a failed begin fails too.
    const begun = held(begin(client, isFlushedLater ? BEGIN_FLUSHED_LATER : BEGIN));
    const tx = new OpenTx(client);
    const result = await insideTransaction(() => work(tx));
    const writes = tx.end();
    const committed = held(run(client, 'commit', []));
    await allInOrder([begun, ...writes]);
    // The server answers the commit of a failed transaction with a rollback, not with an error.
    const { command } = await committed;
    assert(command === 'COMMIT', `the transaction ended with ${command}`);
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
