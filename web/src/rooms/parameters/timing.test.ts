import { expect, test } from 'vitest';
import { byEffect, timingOf } from './timing.ts';

test.each([
  [true, '2026-03-01', 'now'],
  [false, '2026-04-01', 'future'],
  [false, '2026-01-01', 'past'],
  // The same day twice: the later version is in force, the earlier one was replaced.
  [false, '2026-03-06', 'past'],
] as const)('in force %s, effective %s: %s', (isInForce, effective, timing) => {
  expect(timingOf({ isInForce, effective }, '2026-03-06')).toBe(timing);
});

test('the farthest to come stands first, of one day the latest version', () => {
  const versions = [
    { effective: '2026-01-01', version: 1 },
    { effective: '2026-04-01', version: 2 },
    { effective: '2026-01-01', version: 3 },
  ];
  expect(byEffect(versions).map(({ version }) => version)).toEqual([2, 3, 1]);
});
