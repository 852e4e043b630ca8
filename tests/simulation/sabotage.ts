/**
 * Puts a seeded bug into a house through a wrapper around its database; production code knows nothing
 * of it.
 */
import type { Swarm } from '../../server/src/app/simulation/swarm.ts';
import type { Db, Sql, Tx } from '../../server/src/platform/db.ts';

type CopiedRow = Readonly<Record<string, unknown>>;

/**
 * A bug: statements that hold `in` get `to` in the place of `from`, or answer with no rows; or rows
 * that are copied into a table are changed; or the database was set up wrong.
 */
export interface Canary {
  readonly invariant: string;
  readonly bug: string;
  readonly in?: string;
  readonly from?: string;
  readonly to?: string;
  /** Rows copied into `table`: what becomes of the nth, undefined to leave it out. */
  readonly copy?: {
    readonly table: string;
    readonly change: (row: CopiedRow, n: number) => CopiedRow | undefined;
  };
  /** Of the transactions with this statement every fifth is answered and undone. */
  readonly forgets?: string;
  /** What has to happen for it to show. */
  readonly habits?: Partial<Swarm>;
  /** What somebody did to the database before. */
  readonly setUp?: string;
  /** What the simulation must say, where it is not that the check of the invariant fails. */
  readonly found?: RegExp;
}

/** What must be found: the check of this very invariant, or what the canary says. */
export const foundBy = ({ invariant, found }: Canary): RegExp =>
  found ?? new RegExp(`^FAIL {2}${invariant}\\b`, 'm');

function changed(canary: Canary, text: string): string | undefined {
  if (canary.in === undefined || !text.includes(canary.in)) return text;
  if (canary.from === undefined) return undefined;
  return text.replace(canary.from, () => canary.to ?? '');
}

/** The rows as the bug copies them. */
function* copied(
  { copy }: Canary,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly unknown[]>,
): Iterable<readonly unknown[]> {
  let n = 0;
  for (const row of rows) {
    if (copy?.table !== table) {
      yield row;
      continue;
    }
    const named = Object.fromEntries(columns.map((column, place) => [column, row[place]]));
    const other = copy.change(named, n++);
    if (other !== undefined) yield columns.map((column) => other[column]);
  }
}

/** Thrown out of a transaction that is undone although its answer is given. */
class Undone extends Error {
  readonly value: unknown;

  constructor(value: unknown) {
    super('undone');
    this.value = value;
  }
}

const FORGETS_EVERY = 5;

function sabotaged<S extends Sql>(canary: Canary, on: S): S {
  return {
    ...on,
    async query(text: string, params?: readonly unknown[]) {
      const other = changed(canary, text);
      return other === undefined ? [] : on.query(other, params);
    },
    async affected(text: string, params?: readonly unknown[]) {
      const other = changed(canary, text);
      return other === undefined ? 0 : on.affected(other, params);
    },
  };
}

/** Puts the bug into a database. */
export const sabotage = (canary: Canary) => {
  let seen = 0;
  const isForgotten = (text: string): boolean => {
    if (canary.forgets === undefined || !text.includes(canary.forgets)) return false;
    seen += 1;
    return seen % FORGETS_EVERY === 0;
  };
  return (db: Db): Db => ({
    ...sabotaged(canary, db),
    async tx(work, options) {
      let forgets = false;
      const inside = async (tx: Tx) => {
        const own: Tx = {
          ...sabotaged(canary, tx),
          copyIn: (table, columns, rows) =>
            tx.copyIn(table, columns, copied(canary, table, columns, rows)),
          defer(text, params, explain) {
            if (isForgotten(text)) forgets = true;
            const other = changed(canary, text);
            if (other !== undefined) tx.defer(other, params, explain);
          },
        };
        const value = await work(own);
        if (forgets) throw new Undone(value);
        return value;
      };
      try {
        return await db.tx(inside, options);
      } catch (error) {
        if (error instanceof Undone) return error.value as Awaited<ReturnType<typeof work>>;
        throw error;
      }
    },
    script: (text) => db.script(text),
    close: () => db.close(),
  });
};
