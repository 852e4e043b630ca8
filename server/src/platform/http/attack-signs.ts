/**
 * Signs of attack: one caller who is refused, again and again, what those are refused who guess
 * tokens (401), try doors (403) or walk through ids (404). OWASP ASVS 16.3, GB/T 22239 8.1.4.4 f.
 */
import { CallerRate } from './caller-rate.ts';

const REFUSALS = new Set([401, 403, 404]);

export class AttackSigns {
  readonly #refusals: CallerRate;
  /** One alarm a minute and caller. */
  readonly #alarms: CallerRate;

  /** The refusals of one caller in a minute that are still mistakes; `now` in milliseconds. */
  constructor(perMinute: number, now: () => number = () => performance.now()) {
    this.#refusals = new CallerRate(perMinute, now);
    this.#alarms = new CallerRate(1, now);
  }

  /** Whether an answer of this status is the one to raise an alarm at. */
  show(caller: string, status: number): boolean {
    return (
      REFUSALS.has(status) && this.#refusals.take(caller) > 0 && this.#alarms.take(caller) === 0
    );
  }
}
