import { expect, test } from 'vitest';
import { localDate } from './date.ts';
import { houseCutOffOn } from './house-hours.ts';

test('a day ends when the exchange closes', () => {
  expect(houseCutOffOn(localDate('1991-01-01'))).toBe('15:00:00.000');
  expect(houseCutOffOn(localDate('2026-12-31'))).toBe('15:00:00.000');
});

test('a day before the first row is never guessed', () => {
  expect(() => houseCutOffOn(localDate('1990-12-31'))).toThrow('1991-01-01');
});
