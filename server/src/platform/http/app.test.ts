import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestPglite, type TestDatabase, testWorld } from '../testing.ts';
import { type App, createApp } from './app.ts';
import type { Problem } from './problem.ts';
import { handled, probe } from './probe-module.ts';
import { signIn } from './testing.ts';

let database: TestDatabase;
let app: App;
let operations: { authorization: string };
beforeAll(async () => {
  database = await openTestPglite();
  app = await createApp(testWorld(database.db), [probe]);
  operations = (await signIn(app, ['operations'])).headers;
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function post(body: string | Buffer, headers: Record<string, string> = {}) {
  const reply = await app.inject({
    method: 'POST',
    url: '/probe/orders',
    headers: {
      ...operations,
      'content-type': 'application/json',
      'idempotency-key': 'k-1',
      ...headers,
    },
    payload: body,
  });
  return { status: reply.statusCode, problem: reply.json<Problem>(), reply };
}

async function get(url: string, headers: Record<string, string> = operations) {
  const reply = await app.inject({ method: 'GET', url, headers });
  return { status: reply.statusCode, reply };
}

describe('bodies', () => {
  const good = { name: 'a', amount: '1.00' };

  it('takes what fits, exactly as it came', async () => {
    const { status, reply } = await post(
      JSON.stringify({ ...good, kind: 'buy', day: '2026-02-28' }),
    );
    expect(status).toBe(200);
    expect(reply.json()).toMatchObject({ key: 'k-1' });
    expect(handled.at(-1)).toEqual({ ...good, kind: 'buy', day: '2026-02-28' });
  });

  it.each([
    ['amount as a number', { name: 'a', amount: 1.5 }, '/amount'],
    ['a text for a number', { ...good, count: '1' }, '/count'],
    ['an unknown field', { ...good, status: 'CONFIRMED' }, '/status'],
    ['an unknown field below', { ...good, lines: [{ id: 'x', fee: 0 }] }, '/lines/0/fee'],
    ['a missing field', { name: 'a' }, '/amount'],
    ['null for a text', { ...good, name: null }, '/name'],
    ['an array for an object', [good], ''],
    ['a number in a choice of texts', { ...good, kind: 1 }, '/kind'],
  ])('answers 400 to %s', async (_what, body, path) => {
    const { status, problem } = await post(JSON.stringify(body));
    expect([status, problem.code]).toEqual([400, 'REQUEST_INVALID']);
    expect(problem.errors?.map((error) => error.path)).toContain(path);
  });

  it.each([
    ['pattern', { ...good, amount: '1e3' }, '/amount'],
    ['pattern', { ...good, amount: '-0' }, '/amount'],
    ['pattern', { ...good, amount: '１２' }, '/amount'],
    ['length', { ...good, name: 'a'.repeat(11) }, '/name'],
    ['range', { ...good, count: 6 }, '/count'],
    ['date', { ...good, day: '2026-02-30' }, '/day'],
    ['date', { ...good, day: 'infinity' }, '/day'],
    ['choice', { ...good, kind: 'gift' }, '/kind'],
    ['items', { ...good, lines: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }, '/lines'],
  ])('answers 422 to a wrong %s', async (_what, body, path) => {
    const { status, problem } = await post(JSON.stringify(body));
    expect([status, problem.code]).toEqual([422, 'VALUE_REFUSED']);
    expect(problem.errors).toHaveLength(1);
    expect(problem.errors?.[0]).toMatchObject({ path });
  });

  it('never shows the value that was refused', async () => {
    const { reply } = await post(JSON.stringify({ name: 'canary-value-9', amount: 'x' }));
    expect(reply.body).not.toContain('canary');
  });

  it.each([
    '{',
    '',
    '[NaN]',
    '{"name":"a","name":"b","amount":"1"}',
    '{"__proto__":{"x":1},"name":"a","amount":"1"}',
  ])('answers 400 to the text %j', async (text) => {
    const { status, problem } = await post(text);
    expect([status, problem.code]).toEqual([400, 'MALFORMED_JSON']);
  });

  it.each([
    [{ 'content-type': 'text/plain' }],
    [{ 'content-type': 'application/json; charset=gbk' }],
    [{ 'content-encoding': 'gzip' }],
    [{ 'content-type': 'application/x-www-form-urlencoded' }],
    [{ 'content-type': 'nonsense' }],
  ])('answers 415 to %j', async (headers) => {
    expect((await post(JSON.stringify(good), headers)).status).toBe(415);
  });

  it('takes charset=utf-8, in any case', async () => {
    const headers = { 'content-type': 'application/json; charset=UTF-8' };
    expect((await post(JSON.stringify(good), headers)).status).toBe(200);
  });

  it('answers 413 beyond the limit, of a route or of all', async () => {
    expect((await post(`"${'x'.repeat(1_100_000)}"`)).status).toBe(413);
    const csv = { ...operations, 'content-type': 'text/csv' };
    const upload = (payload: string) =>
      app.inject({ method: 'POST', url: '/probe/upload', headers: csv, payload });
    expect((await upload('a,b\n1,2')).body).toBe('a,b\n1,2');
    expect((await upload('x'.repeat(21))).statusCode).toBe(413);
  });

  it('gives bytes only to routes that ask for them, and JSON to none of those', async () => {
    const headers = { ...operations, 'content-type': 'application/json' };
    const reply = await app.inject({
      method: 'POST',
      url: '/probe/upload',
      headers,
      payload: '{}',
    });
    expect([reply.statusCode, reply.json<Problem>().code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });
});

describe('queries and paths', () => {
  it('converts what the schema asks for, and answers only what it names', async () => {
    const { reply } = await get('/probe/orders/ABC?limit=20');
    expect(reply.json()).toEqual({ limit: 20 });
  });

  it.each([
    'limit=-1',
    'limit=1000000000',
    'limit=x',
    'limit=',
    'sort=password',
    'secret=1',
    'limit=1&limit=1',
    '%ff=1',
    'day=%00',
    '__proto__=1',
    'limit=1.5',
    Array.from({ length: 101 }, (_, i) => `p${i}=1`).join('&'),
    Array.from({ length: 1_500 }, () => 'a').join('&'),
  ])('answers 400 to ?%.40s', async (query) => {
    expect((await get(`/probe/orders/ABC?${query}`)).status).toBe(400);
  });

  it('answers 422 to a day that is none and to an id of impossible form', async () => {
    expect((await get('/probe/orders/ABC?day=20260230')).status).toBe(422);
    expect((await get('/probe/orders/abc')).status).toBe(422);
  });

  it('answers 400 to an address that is not UTF-8 and 414 to one too long', async () => {
    expect((await get('/probe/orders/%ff')).status).toBe(400);
    expect((await get(`/probe/orders/ABC?day=${'x'.repeat(9_000)}`)).status).toBe(414);
  });

  it('answers 404 to unknown paths and 405 with Allow to other methods', async () => {
    expect((await get('/nowhere')).status).toBe(404);
    expect((await get('/nowhere', {})).status).toBe(404);
    for (const method of ['GET', 'PUT', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE'] as const) {
      const reply = await app.inject({ method: method as 'GET', url: '/probe/orders' });
      expect([method, reply.statusCode, reply.headers.allow]).toEqual([method, 405, 'POST']);
    }
    const override = await post('{}', { 'x-http-method-override': 'DELETE' });
    expect(override.status).toBe(405);
  });
});
