/** One change of a table: the row that now stands under the key, or null if it is gone. */
export type Change<Row> = readonly [key: string, row: Row | null];

/**
 * Rows by key that remember which keys were touched since the last `takeChanges`. Rows are values:
 * a change puts a new row, so an old one may be used as a cache key.
 */
export class Table<Row> {
  readonly #rows = new Map<string, Row>();
  readonly #touched = new Set<string>();

  get size(): number {
    return this.#rows.size;
  }

  find(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  put(key: string, row: Row): void {
    this.#rows.set(key, row);
    this.#touched.add(key);
  }

  remove(key: string): void {
    if (this.#rows.delete(key)) this.#touched.add(key);
  }

  /** Rows in the order in which their keys were first put. */
  rows(): IterableIterator<Row> {
    return this.#rows.values();
  }

  entries(): IterableIterator<[string, Row]> {
    return this.#rows.entries();
  }

  /** The changes since the last call, in the order in which the keys were first touched. */
  takeChanges(): Change<Row>[] {
    const changes = Array.from(
      this.#touched,
      (key): Change<Row> => [key, this.#rows.get(key) ?? null],
    );
    this.#touched.clear();
    return changes;
  }

  /** All rows as changes of an empty table. */
  allRows(): Change<Row>[] {
    return Array.from(this.#rows);
  }

  /** Replays stored changes without remembering them. */
  restore(changes: readonly Change<Row>[]): void {
    for (const [key, row] of changes) {
      if (row === null) this.#rows.delete(key);
      else this.#rows.set(key, row);
    }
  }
}
