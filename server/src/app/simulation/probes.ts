/** Counters that prove that a fault or a rare path was really reached. */

export class Probes {
  readonly #counts = new Map<string, number>();

  reach(name: string, times = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + times);
  }

  countOf(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** Adds the counts of another play. */
  add(other: Probes): void {
    for (const [name, times] of other.#counts) this.reach(name, times);
  }

  /** Names and counts in the order of the names. */
  entries(): [string, number][] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
