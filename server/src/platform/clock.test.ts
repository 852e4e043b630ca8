import { afterEach, expect, test } from 'vitest';
import { epochMsOf, instant } from '@cairn/kernel';
import { movableClock, systemClock } from './clock.ts';

const { now } = Date;
afterEach(() => {
  Object.assign(Date, { now });
});

test.each([3_600_000, -3_600_000, 365 * 86_400_000])(
  'a step of the machine’s time by %i ms while we run moves no clock of ours',
  (step) => {
    const demo = movableClock(instant('2026-03-02T02:00:00.000Z'));
    const clocks = [systemClock, demo];
    const before = clocks.map((clock) => epochMsOf(clock.now()));
    Object.assign(Date, { now: () => now() + step });
    const after = clocks.map((clock) => epochMsOf(clock.now()));
    expect(after.every((ms, n) => ms - (before[n] ?? 0) < 60_000 && ms >= (before[n] ?? 0))).toBe(
      true,
    );
  },
);

test('a clock that is set stands where it was set, and can be moved on', () => {
  const clock = movableClock(instant('2026-03-02T02:00:00.000Z'));
  clock.set(instant('2026-03-03T02:00:00.000Z'));
  clock.advanceMs(60_000);
  expect(clock.now() >= instant('2026-03-03T02:01:00.000Z')).toBe(true);
  expect(clock.now() < instant('2026-03-03T02:02:00.000Z')).toBe(true);
});
