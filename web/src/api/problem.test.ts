import { expect, test } from 'vitest';
import { asProblem, kindOf, kindOfRead, type Problem, problemOf } from './problem.ts';

const answer = (status: number, code?: string, headers: Record<string, string> = {}): Problem =>
  problemOf(
    new Response(null, { status, headers }),
    code === undefined ? '<html>' : { code, detail: '' },
  );

test.each([
  ['nothing answered', asProblem(new TypeError('Failed to fetch')), 'offline', 'offline'],
  ['nobody has it', answer(404, 'ORDER_NOT_FOUND'), 'missing', 'missing'],
  ['an id of impossible form', answer(422, 'VALUE_REFUSED'), 'fields', 'missing'],
  ['an address with a wrong parameter', answer(400, 'REQUEST_INVALID'), 'fields', 'missing'],
  ['a role is missing', answer(403, 'FORBIDDEN'), 'forbidden', 'forbidden'],
  ['a rule of the trade', answer(409, 'ORDER_CLOSED'), 'refused', 'refused'],
  ['the server is stopping', answer(503, 'DRAINING'), 'busy', 'busy'],
  ['a page of some proxy, for now', answer(503), 'busy', 'busy'],
  ['too many requests', answer(429, 'TOO_MANY_REQUESTS'), 'busy', 'busy'],
  ['the server failed', answer(500, 'INTERNAL'), 'broken', 'broken'],
  ['a page of some proxy', answer(404), 'broken', 'broken'],
] as const)('%s', (_case, problem, kind, ofRead) => {
  expect([kindOf(problem), kindOfRead(problem)]).toEqual([kind, ofRead]);
});

test('when to come again is what the server says, if it says seconds', () => {
  const after = (text: string) => answer(503, 'DRAINING', { 'retry-after': text });
  expect(after('9').retryAfterSeconds).toBe(9);
  expect(after('Wed, 21 Oct 2026 07:28:00 GMT').retryAfterSeconds).toBeUndefined();
  expect(answer(503).retryAfterSeconds).toBeUndefined();
});
