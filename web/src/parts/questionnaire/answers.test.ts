import { expect, test } from 'vitest';
import { answersOf, countAnswered, firstOpen } from './answers.ts';

const questions = [
  { id: 'age', options: [{ id: 'a' }, { id: 'b' }] },
  { id: 'loss', options: [{ id: 'a' }] },
  { id: 'goal', options: [{ id: 'a' }] },
];

test('the first open question is where one goes on', () => {
  expect(firstOpen(questions, {})).toBe(0);
  expect(firstOpen(questions, { age: ['a'], goal: ['a'] })).toBe(1);
  expect(firstOpen(questions, { age: ['a'], loss: [], goal: ['a'] })).toBe(1);
  expect(firstOpen(questions, { age: ['a'], loss: ['a'], goal: ['a'] })).toBe(3);
  expect(countAnswered(questions, { age: ['a'], loss: [] })).toBe(1);
});

test('answers to another version are none, and unknown ones fall away', () => {
  const version = { version: 2, content: { questions } };
  const answers = { age: ['b', 'x'], loss: ['x'], gone: ['a'] };
  expect(answersOf(version, { version: 2, answers })).toEqual({ age: ['b'] });
  expect(answersOf(version, { version: 1, answers })).toEqual({});
  expect(answersOf(version, { version: undefined, answers: {} })).toEqual({});
});
