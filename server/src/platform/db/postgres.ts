import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { AppError, assert } from '@cairn/kernel';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { arrayLiteral } from './array-literal.ts';
import { csvChunks } from './csv-rows.ts';
import { allInOrder, held } from './held.ts';
import { pgTypes } from './parsers.ts';
import { translate } from './postgres-errors.ts';
import { SilenceWatch } from './silence.ts';
import { runStatement } from './statement.ts';
import { timeLimitMs } from './time-limit.ts';
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

// What the session of a connection is set to.
const limits = new WeakMap<pg.ClientBase, number>();
const limitOf = (client: pg.ClientBase): number => limits.get(client) ?? 0;

/**
 * Sets how long a statement of a connection may take, to what holds here. It travels with the first
 * statement, and only when the connection last worked under another limit. The server never gives up
 * a commit for its time.
 */
function limitStatements(client: pg.ClientBase): void {
  const ms = timeLimitMs();
  if (limitOf(client) === ms) return;
  limits.set(client, ms);
  gather(client);
  // Without a limit of ours, what the operator has set for the role or the database holds again. A
  // connection that cannot take this cannot take what follows either, which says so.
  const text = ms === 0 ? 'reset statement_timeout' : `set statement_timeout = ${ms}`;
  void held(client.query(text));
}

const CANCELLED = '57014';

/** A reading that was ended took too long, or an operator thought so; the rest is the operator's. */
function explain(client: pg.ClientBase, error: unknown): unknown {
  const { code } = (error ?? {}) as { code?: unknown };
  if (code !== CANCELLED || limitOf(client) === 0) return translate(error);
  return new AppError('READING_TOO_LONG', { retryAfterSeconds: 10 }, { cause: error });
}

/** A connection in use, with those who watch over its answers. */
interface Line {
  readonly client: pg.ClientBase;
  readonly watch: SilenceWatch;
}

async function send(
  { client, watch }: Line,
  text: string,
  values: readonly Param[],
): Promise<pg.QueryResult> {
  try {
    gather(client);
    const answer = runStatement(client, { name: statementName(text), text, values });
    return await watch.during(client, answer);
  } catch (error) {
    throw explain(client, error);
  }
}

const run = (line: Line, text: string, params: readonly Param[]): Promise<pg.QueryResult> =>
  send(line, text, params.map(encode));

type Run = (text: string, params: readonly Param[]) => Promise<pg.QueryResult>;

function sqlBy(runOn: Run): Sql {
  return {
    query: async <R = Row>(text: string, params: readonly Param[] = []) =>
      (await runOn(text, params)).rows as R[],
    affected: async (text, params = []) => (await runOn(text, params)).rowCount ?? 0,
  };
}

async function connectOf(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw translate(error);
  }
}

/** Does something alone on whichever connection is free. */
async function onFree<T>(pool: pg.Pool, body: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await connectOf(pool);
  let broken: Error | undefined;
  try {
    limitStatements(client);
    return await body(client);
  } catch (error) {
    broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Statements on their own, each on whichever connection is free. */
function sqlOn(pool: pg.Pool, watch: SilenceWatch): Sql {
  return sqlBy((text, params) => onFree(pool, (client) => run({ client, watch }, text, params)));
}

async function copyIn(
  line: Line,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly unknown[]>,
): Promise<number> {
  const { client } = line;
  // COPY talks to and fro, so it cannot share the wire with other statements.
  const wire = client as unknown as { pipeline: boolean };
  await run(line, 'select 1', []);
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

/** A connection that is silent this long is asked about. */
const SILENT_MS = 5_000;

// A transaction whose client is gone without a word, and with it every lock it holds, ends in time.
const SESSION = [
  'timezone=UTC',
  'client_min_messages=warning',
  'jit=off',
  'idle_in_transaction_session_timeout=60s',
  'tcp_keepalives_idle=10',
  'tcp_keepalives_interval=5',
  'tcp_keepalives_count=4',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/**
 * Opens PostgreSQL behind the shared interface.
 *
 * `poolSize` connections at most; sessions run in UTC so that instants read alike everywhere.
 * A connection that is silent for `silentMs` is given up when the server does not work for it. A
 * server that cannot be reached rejects with AppError DATABASE_UNAVAILABLE, one whose certificate is
 * not accepted with DATABASE_CERTIFICATE_REFUSED.
 */
export async function openPostgres(
  url: string,
  poolSize: number,
  silentMs: number = SILENT_MS,
): Promise<Db> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    types: pgTypes as never,
    connectionTimeoutMillis: 10_000,
    // Kept between bursts: a busy server is slow to connect, and would take that for a lost database.
    idleTimeoutMillis: 300_000,
    keepAlive: true,
    options: SESSION,
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
  const watch = new SilenceWatch(url, silentMs);
  const outside = sqlOn(pool, watch);
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
      await onFree(pool, (client) => client.query(text));
    },
    async tx(work, options = {}) {
      assertOutsideTransaction('tx');
      return transaction(pool, watch, work, options);
    },
    close() {
      watch.stop();
      return pool.end();
    },
  };
}

class OpenTx implements Tx {
  readonly #line: Line;
  readonly #sql: Sql;
  readonly #deferred: Promise<unknown>[] = [];
  #isOpen = true;

  constructor(line: Line) {
    this.#line = line;
    this.#sql = sqlBy((text, params) => run(line, text, params));
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
    return copyIn(this.#line, table, columns, rows);
  }

  defer(text: string, params: readonly Param[], explain?: (error: unknown) => unknown): void {
    assertOpen(this.#isOpen);
    // What cannot be sent fails here: when the driver says so, the commit is already on its way.
    const values = params.map(sendable);
    this.#deferred.push(held(send(this.#line, text, values), explain));
  }

  /** Nothing more may come: returns the writes whose answers are still on the way. */
  end(): readonly Promise<unknown>[] {
    this.#isOpen = false;
    return this.#deferred;
  }
}

const BEGIN = 'begin; set local enable_seqscan = off';
const BEGIN_FLUSHED_LATER = `${BEGIN}; set local synchronous_commit = off`;
// A transaction that writes nothing but its own commit: the log up to it is flushed. It runs in the
// session that committed, right behind the commit: another one may already be on another server,
// which flushes what it has and never heard of the commit.
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
  watch: SilenceWatch,
  work: (tx: Tx) => Promise<T>,
  { flushLater }: TxOptions,
): Promise<T> {
  const client = await connectOf(pool);
  const line = { client, watch };
  let flushing: Promise<unknown> = Promise.resolve();
  let broken: Error | undefined;
  try {
    limitStatements(client);
    // Not awaited: it travels with the first statement, and what follows a failed begin fails too.
    const begun = held(begin(client, flushLater === undefined ? BEGIN : BEGIN_FLUSHED_LATER));
    const tx = new OpenTx(line);
    const result = await insideTransaction(() => work(tx));
    const writes = tx.end();
    const committed = held(run(line, 'commit', []));
    if (flushLater !== undefined) flushing = held(run(line, FLUSH, []));
    await allInOrder([begun, ...writes]);
    // The server answers the commit of a failed transaction with a rollback, not with an error.
    const { command } = await committed;
    assert(command === 'COMMIT', `the transaction ended with ${command}`);
    flushLater?.(held(flushing.then(() => undefined)));
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    // The connection is free when its flush is through; one that could not flush is of no use.
    void flushing.then(
      () => client.release(broken),
      (failure: Error) => client.release(broken ?? failure),
    );
  }
}
