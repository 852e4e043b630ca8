import { csvChunks } from './csv-rows.ts';
import type { PgliteSession } from './pglite-session.ts';
import { assertOpen, assertOutsideTransaction, insideTransaction } from './transaction-guard.ts';
import { allInOrder, held } from './held.ts';
import type { Db, Param, Row, Sql, Tx, TxOptions } from './types.ts';

/** Waits its turn: PGlite is one session, so statements and transactions run one after another. */
class Turnstile {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(body: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(body, body);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

function sqlOn(session: PgliteSession): Sql {
  return {
    query: async <R = Row>(text: string, params: readonly Param[] = []) =>
      (await session.query(text, params)).rows as R[],
    affected: async (text, params = []) => (await session.query(text, params)).affectedRows,
  };
}

async function copyIn(
  session: PgliteSession,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly unknown[]>,
): Promise<number> {
  const statement = `copy ${table} (${columns.join(', ')}) from '/dev/blob' with (format csv)`;
  const chunks = csvChunks(rows);
  for (;;) {
    const next = chunks.next();
    if (next.done === true) return next.value;
    await session.copy(statement, Buffer.from(next.value));
  }
}

class OpenTx implements Tx {
  readonly #session: PgliteSession;
  readonly #sql: Sql;
  readonly #deferred: Promise<unknown>[] = [];
  #isOpen = true;

  constructor(session: PgliteSession) {
    this.#session = session;
    this.#sql = sqlOn(session);
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
    return copyIn(this.#session, table, columns, rows);
  }

  defer(text: string, params: readonly Param[], explain?: (error: unknown) => unknown): void {
    this.#deferred.push(held(this.query(text, params), explain));
  }

  /** Nothing more may come; one session, so the commit only has to know that no write failed. */
  async end(): Promise<void> {
    this.#isOpen = false;
    await allInOrder(this.#deferred);
  }
}

/** Puts the shared interface over an embedded session. */
export function pgliteDb(session: PgliteSession, onClose: () => void = () => undefined): Db {
  const turnstile = new Turnstile();
  const sql = sqlOn(session);
  return {
    kind: 'pglite',
    query<R = Row>(text: string, params?: readonly Param[]) {
      assertOutsideTransaction('query');
      return turnstile.run(() => sql.query<R>(text, params));
    },
    affected(text, params) {
      assertOutsideTransaction('affected');
      return turnstile.run(() => sql.affected(text, params));
    },
    script(text) {
      assertOutsideTransaction('script');
      return turnstile.run(() => session.exec(text));
    },
    tx<T>(work: (tx: Tx) => Promise<T>, { flushLater }: TxOptions = {}) {
      assertOutsideTransaction('tx');
      return turnstile.run(async () => {
        await session.exec('begin');
        const open = new OpenTx(session);
        try {
          const result = await insideTransaction(() => work(open));
          await open.end();
          await session.exec('commit');
          // Every commit waits for the disk, or for nothing at all.
          flushLater?.(Promise.resolve());
          return result;
        } catch (error) {
          await session.exec('rollback');
          throw error;
        }
      });
    },
    async close() {
      await turnstile.run(() => session.close());
      onClose();
    },
  };
}
