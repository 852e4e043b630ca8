import { type Instant, epochMsOf, instantFromEpochMs } from '@cairn/kernel';

/** The business clock: the only source of "now" for every decision. */
export interface Clock {
  now(): Instant;
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => instantFromEpochMs(Date.now()) };

/** A clock that stands still until it is told otherwise: for tests, the real run and simulation. */
export interface FixedClock extends Clock {
  set(instant: Instant): void;
  advanceMs(milliseconds: number): void;
}

/** Makes a clock that stands at `start`. */
export function fixedClock(start: Instant): FixedClock {
  let current = epochMsOf(start);
  return {
    now: () => instantFromEpochMs(current),
    set(instant) {
      current = epochMsOf(instant);
    },
    advanceMs(milliseconds) {
      current += milliseconds;
    },
  };
}

/** A clock that runs at the machine's pace from an instant that can be moved (the demonstration). */
export function movableClock(start: Instant): FixedClock {
  let base = epochMsOf(start);
  let since = Date.now();
  return {
    now: () => instantFromEpochMs(base + Date.now() - since),
    set(instant) {
      base = epochMsOf(instant);
      since = Date.now();
    },
    advanceMs(milliseconds) {
      base += milliseconds;
    },
  };
}
