/**
 * One process plays several that run at once: every call of a port waits here, and the dice say who
 * goes next. With the embedded database nothing else decides, so a seed gives one interleaving.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Random } from '@cairn/kernel';

interface Waiting {
  readonly task: symbol;
  go(): void;
}

const STUCK_MS = 60_000;

/** Lets every promise that can go on do so, until each waits for a port or for the world outside. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class Gate {
  readonly #random: Random;
  readonly #onPass: () => void;
  readonly #tasks = new AsyncLocalStorage<symbol>();
  #waiting: Waiting[] = [];
  #running = 0;

  /** `onPass` is called each time somebody is let through; it moves the clock. */
  constructor(random: Random, onPass: () => void) {
    this.#random = random;
    this.#onPass = onPass;
  }

  /** Waits for its turn; alone nobody waits. The calls of one task keep their order. */
  async pass(): Promise<void> {
    const task = this.#tasks.getStore();
    if (this.#running > 1 && task !== undefined) {
      await new Promise<void>((go) => this.#waiting.push({ task, go }));
    }
    this.#onPass();
  }

  /** Carries tasks out at once, one step of one of them at a time, and waits for all. */
  async run<T>(tasks: readonly (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]> {
    const promises = tasks.map((task) => {
      this.#running += 1;
      return this.#tasks.run(Symbol('task'), task).finally(() => {
        this.#running -= 1;
      });
    });
    const all = Promise.allSettled(promises);
    let idleSince = performance.now();
    while (this.#running > 0) {
      await settle();
      if (this.#letOneGo()) idleSince = performance.now();
      else if (performance.now() - idleSince > STUCK_MS) {
        throw new Error(`${this.#running} tasks wait and none goes on`);
      }
    }
    return all;
  }

  #letOneGo(): boolean {
    const tasks = [...new Set(this.#waiting.map(({ task }) => task))];
    if (tasks.length === 0) return false;
    const chosen = this.#random.pick(tasks);
    const place = this.#waiting.findIndex(({ task }) => task === chosen);
    const [next] = this.#waiting.splice(place, 1);
    next?.go();
    return true;
  }
}
