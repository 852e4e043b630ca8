import { expect, test } from 'vitest';
import { readDay } from './date-text.ts';

test.each([
  ['20301231', '2030-12-31'],
  ['2030/12/31', '2030-12-31'],
  [' 2030.12.31 ', '2030-12-31'],
  ['2030年12月31日', '2030-12-31'],
  ['2030-12-31', '2030-12-31'],
  // Not a day yet, or never one: nothing is guessed.
  ['2030-12-3', '2030-12-3'],
  ['203012', '203012'],
  ['tomorrow', 'tomorrow'],
])('%s is read as %s', (typed, read) => {
  expect(readDay(typed)).toBe(read);
});
