/**
 * How often one caller may ask: a bucket of tokens for each, filled evenly, one minute's worth at
 * most. It keeps one person's runaway page or one program's loop from taking everybody's turns.
 */

const MINUTE = 60_000;
/** Callers remembered; beyond them the one whose last turn is longest ago is forgotten. */
const REMEMBERED_MAX = 10_000;

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

export class CallerRate {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** `now` in milliseconds that never run backwards. */
  constructor(perMinute: number, now: () => number = () => performance.now()) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Takes one turn of the caller: 0, or the whole seconds until the next turn when none is left. */
  take(caller: string): number {
    const now = this.#now();
    const { tokens, at } = this.#buckets.get(caller) ?? { tokens: this.#perMinute, at: now };
    const filled = Math.min(this.#perMinute, tokens + ((now - at) * this.#perMinute) / MINUTE);
    const hasTurn = filled >= 1;
    this.#remember(caller, { tokens: hasTurn ? filled - 1 : filled, at: now });
    return hasTurn ? 0 : Math.max(1, Math.ceil(((1 - filled) * MINUTE) / this.#perMinute / 1000));
  }

  /** The map stands in the order of last turns, so that the first is the one to forget. */
  #remember(caller: string, bucket: Bucket): void {
    this.#buckets.delete(caller);
    this.#buckets.set(caller, bucket);
    if (this.#buckets.size <= REMEMBERED_MAX) return;
    for (const idle of this.#buckets.keys()) {
      this.#buckets.delete(idle);
      return;
    }
  }
}
