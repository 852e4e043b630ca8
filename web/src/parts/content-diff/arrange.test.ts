import { expect, test } from 'vitest';
import { differencesOf } from '../flatten.ts';
import { arrange, placeIn } from './arrange.ts';

const question = (id: string) => ({
  id,
  textZh: `题 ${id}`,
  options: [
    { id: 'a', score: 1, varieties: ['money', 'equity'] },
    { id: 'b', score: 2 },
  ],
});
const before = { validityDays: 365, questions: [question('q1'), question('q2')] };

const pathsOf = (after: unknown) =>
  differencesOf(arrange(before), arrange(after)).map(({ path }) => path);

test('a question in between is new itself and leaves the others as they are', () => {
  const questions = [question('q1'), question('q3'), question('q2')];
  const paths = pathsOf({ ...before, questions });
  expect(paths.filter((path) => !path.startsWith('/questions/q3'))).toEqual(['/questionOrder']);
  expect(placeIn([{ questions }], 'q2', 'b')).toEqual({ question: 3, option: 2 });
});

test('another order is one difference, another variety is another', () => {
  expect(pathsOf({ ...before, questions: before.questions.toReversed() })).toEqual([
    '/questionOrder',
  ]);
  const [first, second] = before.questions;
  const options = [{ ...first!.options[0]!, varieties: ['money'] }, first!.options[1]!];
  expect(pathsOf({ ...before, questions: [{ ...first!, options }, second!] })).toEqual([
    '/questions/q1/options/a/varieties',
  ]);
});

test('a risk level more in a row of the rules is one difference', () => {
  const rules = { match: { '1': [1], '2': [1, 2] } };
  const next = { match: { '1': [1], '2': [1, 2, 3] } };
  expect(differencesOf(arrange(rules), arrange(next))).toEqual([
    { path: '/match/2', before: '1 · 2', after: '1 · 2 · 3' },
  ]);
});
