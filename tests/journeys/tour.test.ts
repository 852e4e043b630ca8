import { expect, test } from 'vitest';
import { blocksOf, patternOf, stepsOf } from './tour-pages.ts';

test('both pages of the tour hold the same commands and outputs', () => {
  expect(blocksOf('tour.zh-CN.md')).toEqual(blocksOf('tour.md'));
});

test('every command of the tour shows what it prints', () => {
  const steps = stepsOf('tour.md');
  expect(steps.length).toBeGreaterThan(10);
  expect(steps.filter(({ output }) => output === '')).toEqual([]);
});

test('a placeholder stands for a part of one line only', () => {
  expect('orders: 933').toMatch(patternOf('orders: …'));
  expect('orders: 933\nmore').not.toMatch(patternOf('orders: …'));
  expect('a.b').not.toMatch(patternOf('a-b'));
});
