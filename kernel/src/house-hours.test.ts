import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, localDate, parseInstant } from './date.ts';
import { houseCutOffOn } from './house-hours.ts';

test('a day ends when the exchange closes', () => {
  expect(houseCutOffOn(localDate('1991-01-01'))).toBe('15:00:00.000');
  expect(houseCutOffOn(localDate('2026-12-31'))).toBe('15:00:00.000');
});

test('a day before the first row is never guessed', () => {
  expect(() => houseCutOffOn(localDate('1990-12-31'))).toThrow('1991-01-01');
});

test('every day since has an end that is a time of day, and the same one as the day is asked again', () => {
  const day = fc
    .integer({ min: 0, max: 100 * 365 })
    .map((n) => addDays(localDate('1991-01-01'), n));
  fc.assert(
    fc.property(day, (date) => {
      const cutOff = houseCutOffOn(date);
      expect(parseInstant(`${date}T${cutOff}Z`)).toBe(`${date}T${cutOff}Z`);
      expect(houseCutOffOn(date)).toBe(cutOff);
    }),
  );
});
