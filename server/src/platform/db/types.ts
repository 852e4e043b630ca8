/** A row as the drivers give it after the one parser table (see parsers.ts). */
export type Row = Record<string, unknown>;

/** What a statement may carry: scalars, bytes and flat arrays of them; jsonb travels as JSON text. */
export type Param = unknown;

/** Somewhere a statement can run: the database itself or a transaction on it. */
export interface Sql {
  /** Runs one statement and returns its rows. Statements are constant text: values travel as parameters. */
  query<R = Row>(text: string, params?: readonly Param[]): Promise<R[]>;
  /** Runs one statement and returns how many rows it changed. */
  affected(text: string, params?: readonly Param[]): Promise<number>;
}

/** One open transaction. It is committed when the work that received it resolves. */
export interface Tx extends Sql {
  /**
   * Sends a write whose answer nobody needs before the commit: the commit travels with it instead
   * of waiting for it, and the transaction fails when it fails, with what `explain` makes of the
   * error. A write that must change certain rows therefore fails by its own text when it does not.
   */
  defer(text: string, params: readonly Param[], explain?: (error: unknown) => unknown): void;
  /** Bulk load through COPY: values as in `query`, in the order of `columns`; returns the rows written. */
  copyIn(
    table: string,
    columns: readonly string[],
    rows: Iterable<readonly unknown[]>,
  ): Promise<number>;
}

export interface TxOptions {
  /**
   * The commit releases its locks without waiting for the disk. This is given, once it has
   * committed, what resolves when it is on the disk (and on the synchronous standby, where there is
   * one): nobody may be told before. It rejects when the session ends first; then the transaction
   * may be lost as if it had never been asked for. Default: the commit waits.
   */
  readonly flushLater?: (flushed: Promise<void>) => void;
}

/** The one database interface over embedded PGlite and PostgreSQL. */
export interface Db extends Sql {
  readonly kind: 'pglite' | 'postgres';
  /** Runs `work` in a transaction: commits its result, rolls back on any error. Never nested. */
  tx<T>(work: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>;
  /** Runs several statements without parameters, outside a transaction of ours. */
  script(text: string): Promise<void>;
  close(): Promise<void>;
}
