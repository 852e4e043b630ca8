import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_STEPS, STEP_TITLES, stepsAfter } from './steps.ts';

test.each([
  ['a new day', [], undefined, [...DAY_STEPS]],
  ['up to the send', [], 'send', ['open', 'collect', 'cutOff', 'send']],
  ['after the send', ['open', 'collect', 'cutOff', 'send'], 'confirm', ['receive', 'confirm']],
  ['a step that was left out is made up for', ['open', 'cutOff'], 'send', ['collect', 'send']],
  ['all done', [...DAY_STEPS], 'close', []],
] as const)('%s', (_name, done, until, expected) => {
  expect(stepsAfter(new Set(done), until)).toEqual(expected);
});

test('what is left and what is done make the day, each step once and in order', () => {
  fc.assert(
    fc.property(fc.subarray([...DAY_STEPS]), (done) => {
      const left = stepsAfter(new Set(done));
      expect([...done, ...left].sort()).toEqual([...DAY_STEPS].sort());
      expect(left).toEqual(DAY_STEPS.filter((step) => left.includes(step)));
    }),
  );
});

test('every step has a title in both languages', () => {
  for (const step of DAY_STEPS) {
    expect(STEP_TITLES[step][0]).toMatch(/^[A-Z]/);
    expect(STEP_TITLES[step][1]).toMatch(/\p{Script=Han}/u);
  }
});
