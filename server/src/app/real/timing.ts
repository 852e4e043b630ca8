/** Where the time of a run goes, by name; wall time, children counted under their own name only. */
export class Timing {
  readonly #ms = new Map<string, number>();

  /** Starts a clock; calling the answer adds the time since to the name. */
  start(name: string): () => void {
    const from = performance.now();
    return () => {
      this.#ms.set(name, (this.#ms.get(name) ?? 0) + performance.now() - from);
    };
  }

  async time<T>(name: string, body: () => Promise<T>): Promise<T> {
    const done = this.start(name);
    try {
      return await body();
    } finally {
      done();
    }
  }

  /** Names with their seconds, largest first. */
  rows(): { name: string; seconds: number }[] {
    return [...this.#ms]
      .map(([name, ms]) => ({ name, seconds: ms / 1000 }))
      .sort((a, b) => b.seconds - a.seconds);
  }
}
