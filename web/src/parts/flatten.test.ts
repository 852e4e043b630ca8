import { expect, test } from 'vitest';
import { differencesOf } from './flatten.ts';

test('leaves that changed, came and went are named by their path', () => {
  const before = { level: { '1': ['R1'], '2': ['R1', 'R2'] }, age: 65, note: null };
  const after = { level: { '1': ['R1'], '2': ['R1', 'R3'] }, age: 65, minor: true };
  expect(differencesOf(before, after)).toEqual([
    { path: '/level/2/1', before: 'R2', after: 'R3' },
    { path: '/minor', before: undefined, after: 'true' },
    { path: '/note', before: '', after: undefined },
  ]);
});

test('the same data differs in nothing', () => {
  expect(differencesOf({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toEqual([]);
  expect(differencesOf(undefined, { a: 1 })).toEqual([
    { path: '/a', before: undefined, after: '1' },
    { path: '/', before: '', after: undefined },
  ]);
});
