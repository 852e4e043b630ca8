/**
 * A connection whose other end is gone without a word (a partition, a machine that lost its power, a
 * balancer that forgot it) answers nothing for ever, and a statement may well take long, so time alone
 * tells nothing. Of a connection that is silent for a while, another connection is asked: what the
 * server does not work on will never be answered. Such a connection is given up on both ends, so that
 * its locks are free and its caller knows that he does not know.
 */
import type { Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

interface Waiting {
  /** Statements without an answer. */
  asked: number;
  /** When the last byte came, or the first statement went. */
  since: number;
  bytesRead: number;
}

const TICKS = 5;

const streamOf = (client: pg.ClientBase): Socket =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream;
const pidOf = (client: pg.ClientBase): number =>
  (client as unknown as { processID: number }).processID;

// Working, and not on sending something that nobody takes.
const AT_WORK = `select coalesce(array_agg(pid), '{}') as at_work, pg_backend_pid() as own
  from pg_stat_activity
  where pid = any($1::int4[]) and state = 'active' and wait_event is distinct from 'ClientWrite'`;

export class SilenceWatch {
  readonly #url: string;
  readonly #silentMs: number;
  readonly #waiting = new Map<pg.ClientBase, Waiting>();
  readonly #timer: NodeJS.Timeout;
  #isAsking = false;

  constructor(url: string, silentMs: number) {
    this.#url = url;
    this.#silentMs = silentMs;
    this.#timer = setInterval(() => this.#look(), Math.ceil(silentMs / TICKS));
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Waits for an answer on a connection, watched. */
  async during<T>(client: pg.ClientBase, answer: Promise<T>): Promise<T> {
    let waiting = this.#waiting.get(client);
    if (waiting === undefined) {
      const { bytesRead } = streamOf(client);
      waiting = { asked: 0, since: performance.now(), bytesRead };
      this.#waiting.set(client, waiting);
    }
    waiting.asked += 1;
    try {
      return await answer;
    } finally {
      waiting.asked -= 1;
      if (waiting.asked === 0) this.#waiting.delete(client);
    }
  }

  #look(): void {
    const now = performance.now();
    const silent: pg.ClientBase[] = [];
    for (const [client, waiting] of this.#waiting) {
      const { bytesRead } = streamOf(client);
      if (bytesRead !== waiting.bytesRead) Object.assign(waiting, { bytesRead, since: now });
      else if (now - waiting.since >= this.#silentMs) silent.push(client);
    }
    if (silent.length > 0 && !this.#isAsking) void this.#giveUpGone(silent);
  }

  async #giveUpGone(silent: readonly pg.ClientBase[]): Promise<void> {
    this.#isAsking = true;
    const heard = new Map(silent.map((client) => [client, streamOf(client).bytesRead]));
    const isSilent = (client: pg.ClientBase) => streamOf(client).bytesRead === heard.get(client);
    try {
      for (const client of await this.#goneOf(silent, isSilent)) {
        if (!isSilent(client)) continue;
        streamOf(client).destroy(
          new Error('Connection terminated: the database does not know of its work'),
        );
      }
    } finally {
      this.#isAsking = false;
    }
  }

  /** Those that the server does not work for; all of them when it cannot be asked. */
  async #goneOf(
    silent: readonly pg.ClientBase[],
    isSilent: (client: pg.ClientBase) => boolean,
  ): Promise<readonly pg.ClientBase[]> {
    const asking = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: this.#silentMs,
      query_timeout: this.#silentMs,
    });
    asking.on('error', () => undefined);
    try {
      await asking.connect();
      const { rows } = await asking.query<{ at_work: number[]; own: number }>(AT_WORK, [
        silent.map(pidOf),
      ]);
      const [row] = rows;
      // Behind a pooler the numbers are not those of the server, and the pooler looks after its own.
      if (row === undefined || row.own !== pidOf(asking)) return [];
      const idle = silent.filter((client) => !row.at_work.includes(pidOf(client)));
      if (idle.length === 0) return [];
      // Who had just ended his work is idle too, and his answer is on its way; what has arrived is read
      // before the turn of immediates.
      await pause(this.#silentMs / TICKS);
      await nextTurn();
      const gone = idle.filter(isSilent);
      // What they hold is free at once. Who may not end them leaves that to the server's time-outs.
      await asking
        .query(`select pg_terminate_backend(pid) from unnest($1::int4[]) pid`, [gone.map(pidOf)])
        .catch(() => undefined);
      return gone;
    } catch {
      return silent;
    } finally {
      await asking.end().catch(() => undefined);
    }
  }
}
