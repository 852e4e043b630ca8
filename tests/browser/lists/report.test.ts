import { expect, test } from 'vitest';
import { isKept, summary } from './report.ts';

const ms = (count: number, each: number): number[] => Array<number>(count).fill(each);

test.each([
  ['all within', ms(100, 200), true],
  ['95 of 100 within', [...ms(96, 20), ...ms(4, 900)], true],
  ['too many beyond', [...ms(90, 20), ...ms(10, 201)], false],
  ['nothing was measured', [], false],
])('a promise is kept when 95 of 100 keep it: %s', (_case, values, kept) => {
  expect(isKept(summary('x', values, 200))).toBe(kept);
  expect(isKept(summary('x', values))).toBe(true);
});
