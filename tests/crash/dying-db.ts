/** A database that dies at its n-th statement: before it is carried out, or after a commit. */
import type { Db, Sql, Tx } from '../../server/src/platform/db.ts';

export interface DyingDb {
  readonly db: Db;
  /** Statements and commits so far. */
  readonly points: () => number;
}

/** Calls `die` at the n-th point; what it throws is thrown at every later point as well. */
export function dyingDb(inner: Db, diesAt: number, die: () => Error): DyingDb {
  let points = 0;
  let death: Error | undefined;
  const point = () => {
    points += 1;
    if (points === diesAt) death = die();
    if (death !== undefined) throw death;
  };
  const sql = (on: Sql): Sql => ({
    async query(text, params) {
      point();
      return on.query(text, params);
    },
    async affected(text, params) {
      point();
      return on.affected(text, params);
    },
  });
  const tx = (on: Tx): Tx => ({
    ...sql(on),
    defer(text, params, explain) {
      point();
      on.defer(text, params, explain);
    },
    async copyIn(table, columns, rows) {
      point();
      return on.copyIn(table, columns, rows);
    },
  });
  const db: Db = {
    ...sql(inner),
    kind: inner.kind,
    async tx(work, options) {
      const result = await inner.tx((on) => work(tx(on)), options);
      // The commit is done, and nobody hears of it.
      point();
      return result;
    },
    script: (text) => inner.script(text),
    close: () => inner.close(),
  };
  return { db, points: () => points };
}
