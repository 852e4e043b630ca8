/**
 * One flush for everybody who waits. Who comes while a flush runs may have committed after it began,
 * so he waits for the next one, together with all others who came meanwhile.
 */
export class GroupFlush {
  readonly #flush: () => Promise<unknown>;
  #running: Promise<unknown> | undefined;
  #next: Promise<void> | undefined;

  constructor(flush: () => Promise<unknown>) {
    this.#flush = flush;
  }

  /** Resolves when a flush that began after this call has succeeded; rejects when it fails. */
  wait(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return this.#begin();
    this.#next ??= running.then(
      () => this.#begin(),
      () => this.#begin(),
    );
    return this.#next;
  }

  async #begin(): Promise<void> {
    this.#next = undefined;
    const flush = this.#flush();
    this.#running = flush;
    try {
      await flush;
    } finally {
      if (this.#running === flush) this.#running = undefined;
    }
  }
}
