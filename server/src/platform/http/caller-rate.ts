/**
 * How often one caller may ask: a bucket of tokens for each, filled evenly, one minute's worth at
 * most. It keeps one person's runaway page or one program's loop from taking everybody's turns.
 */

const MINUTE = 60_000;
/** Callers remembered before the idle ones, whose buckets are full again, are forgotten. */
const REMEMBERED_MAX = 10_000;

interface Bucket {
  tokens: number;
  at: number;
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
    const bucket = this.#buckets.get(caller);
    if (bucket === undefined) {
      if (this.#buckets.size >= REMEMBERED_MAX) this.#forgetIdle(now);
      this.#buckets.set(caller, { tokens: this.#perMinute - 1, at: now });
      return 0;
    }
    bucket.tokens = this.#filled(bucket, now);
    bucket.at = now;
    if (bucket.tokens < 1) {
      return Math.max(1, Math.ceil(((1 - bucket.tokens) * MINUTE) / this.#perMinute / 1000));
    }
    bucket.tokens -= 1;
    return 0;
  }

  #filled({ tokens, at }: Bucket, now: number): number {
    return Math.min(this.#perMinute, tokens + ((now - at) * this.#perMinute) / MINUTE);
  }

  #forgetIdle(now: number): void {
    for (const [caller, bucket] of this.#buckets) {
      if (this.#filled(bucket, now) >= this.#perMinute) this.#buckets.delete(caller);
    }
  }
}
