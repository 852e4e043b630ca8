import { uptime } from 'node:os';
import { type Instant, epochMsOf, instantFromEpochMs } from '@cairn/kernel';

/** The business clock: the only source of "now" for every decision. */
export interface Clock {
  now(): Instant;
}

/**
 * The clock of the machine as it stood when this process began, going on at the pace of its monotonic
 * clock: a step of the machine's time while we run would make later facts older than earlier ones.
 */
export const systemClock: Clock = movableClock(instantFromEpochMs(Date.now()));

/** A clock that stands still until it is told otherwise: for tests, the real run and simulation. */
export interface FixedClock extends Clock {
  set(instant: Instant): void;
  advanceMs(milliseconds: number): void;
}

/** Milliseconds that have passed, whatever anybody did to the machine's time meanwhile. */
function stopwatch(): () => number {
  const [startMs, upSeconds] = [performance.now(), uptime()];
  let asleepMs = 0;
  let lookedMs = startMs;
  return () => {
    const nowMs = performance.now();
    if (nowMs - lookedMs > 1_000) {
      lookedMs = nowMs;
      // The monotonic clock stands still while the machine sleeps; the time since its start does not.
      const behindMs = (uptime() - upSeconds) * 1_000 - (nowMs - startMs);
      if (behindMs > asleepMs + 1_000) asleepMs = behindMs;
    }
    return nowMs - startMs + asleepMs;
  };
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
  const passedMs = stopwatch();
  return {
    now: () => instantFromEpochMs(base + Math.floor(passedMs())),
    set(instant) {
      base = epochMsOf(instant) - Math.floor(passedMs());
    },
    advanceMs(milliseconds) {
      base += milliseconds;
    },
  };
}
