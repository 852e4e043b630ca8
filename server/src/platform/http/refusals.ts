/**
 * When those beyond the limits are told to come back. Who is told may ask again the moment he hears
 * it, and thousands do; told all at once, each turn of the event loop would be as long as all of
 * their requests, and whoever is being served waits such a turn for every answer of the database.
 * So some hear it in each turn, first come, first told; the rest wait and cost nothing meanwhile.
 */

const TOLD_MIN = 4;
const TOLD_MAX = 64;

/**
 * How many hear it after a turn of so many milliseconds: one for each, so that a thousand a second do
 * while turns are long with other work, and within bounds, so that refusals never make them long.
 */
export const refusalsAfter = (turnMs: number): number =>
  Math.min(TOLD_MAX, Math.max(TOLD_MIN, Math.floor(turnMs)));

/** The refusals of one application that wait for their turn. */
export class Refusals {
  #waiting: (() => void)[] = [];

  /** Resolves when it is this one's turn. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) this.#tellNextTurn();
    });
  }

  #tellNextTurn(): void {
    const beganAt = performance.now();
    setImmediate(() => {
      const some = this.#waiting.splice(0, refusalsAfter(performance.now() - beganAt));
      for (const resolve of some) resolve();
      if (this.#waiting.length > 0) this.#tellNextTurn();
    });
  }
}
