import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { AppError, type ErrorTable } from '@cairn/kernel';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageTable } from '../errors.ts';
import { createLog } from '../log.ts';
import type { CairnModule } from '../module.ts';
import { openTestPglite, type TestDatabase, testWorld } from '../testing.ts';
import { type App, createApp } from './app.ts';
import type { Problem } from './problem.ts';
import { signIn } from './testing.ts';

const closed = { additionalProperties: false } as const;
const Order = Type.Object(
  {
    name: Type.String({ maxLength: 10 }),
    amount: Type.String({ pattern: String.raw`^(0|[1-9]\d{0,15})(\.\d{1,2})?$` }),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
    day: Type.Optional(Type.String({ format: 'date' })),
    kind: Type.Optional(Type.Union([Type.Literal('buy'), Type.Literal('sell')])),
    lines: Type.Optional(Type.Array(Type.Object({ id: Type.String() }, closed), { maxItems: 2 })),
  },
  closed,
);

const probeErrors = {
  PROBE_REFUSED: [409, 'Not now, {name}.', '现在不行，{name}。', false],
  PROBE_BUSY: [503, 'Busy.', '忙。', true],
} as const satisfies ErrorTable;
const messages = {
  TOO_RISKY: ['Risk {level} is too high.', '风险 {level} 过高。'],
} as const satisfies MessageTable;

const handled: unknown[] = [];
const probe: CairnModule<App> = {
  name: 'probe',
  errors: probeErrors,
  messages,
  routes(app) {
    app.post(
      '/probe/orders',
      { config: { roles: ['operations'], idempotent: true }, schema: { body: Order } },
      async (request) => {
        handled.push(request.body);
        return { actor: request.actor.id, key: request.idempotencyKey };
      },
    );
    app.get(
      '/probe/orders/:id',
      {
        config: { roles: ['operations', 'adviser'] },
        schema: {
          params: Type.Object({ id: Type.String({ pattern: '^[A-Z]{3}$' }) }, closed),
          querystring: Type.Object(
            {
              limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
              sort: Type.Optional(Type.Union([Type.Literal('date'), Type.Literal('amount')])),
              day: Type.Optional(Type.String({ format: 'date' })),
            },
            closed,
          ),
          response: { 200: Type.Object({ limit: Type.Optional(Type.Integer()) }, closed) },
        },
      },
      async ({ query }) => ({ ...query, secret: 'not in the schema' }),
    );
    app.post(
      '/probe/upload',
      { config: { roles: ['operations'], consumes: ['text/csv'] }, bodyLimit: 20 },
      async (request) => (request.body as Buffer).toString('latin1'),
    );
    app.get('/probe/fail/:how', { config: { public: true } }, async (request) => {
      const { how } = request.params as { how: string };
      const refuse = {
        reasons: [{ code: 'TOO_RISKY', severity: 'block', details: { level: 5n } }],
      };
      if (how === 'app') throw new AppError('PROBE_REFUSED', { name: 'Li', id: 7n, ...refuse });
      if (how === 'busy') throw new AppError('PROBE_BUSY', { retryAfterSeconds: 9 });
      if (how === 'stranger') throw new AppError('NO_SUCH_CODE', { secret: 'canary-1' });
      if (how === 'text') throw Object.assign(new Error('bad byte'), { code: '22021' });
      throw new Error('select canary-2 from secrets');
    });
  },
};

let database: TestDatabase;
let app: App;
let operations: { authorization: string };
const lines: string[] = [];

beforeAll(async () => {
  database = await openTestPglite();
  const log = createLog('info', { write: (line) => void lines.push(line) });
  app = await createApp(testWorld(database.db), [probe], { log });
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

describe('access', () => {
  it('answers 401 without a known token and 403 without the role, before reading the body', async () => {
    const payload = { method: 'POST', url: '/probe/orders', payload: '{' } as const;
    const json = { 'content-type': 'application/json' };
    const bare = await app.inject({ ...payload, headers: json });
    expect([bare.statusCode, bare.json<Problem>().code]).toEqual([401, 'UNAUTHENTICATED']);
    for (const authorization of [
      'Bearer x',
      'Basic eDp5',
      `Bearer ${'A'.repeat(43)}`,
      `Bearer cairn_${'A'.repeat(43)}`,
    ]) {
      const reply = await app.inject({ ...payload, headers: { ...json, authorization } });
      expect(reply.statusCode).toBe(401);
    }
    const adviser = (await signIn(app, ['adviser'])).headers;
    const refused = await app.inject({ ...payload, headers: { ...json, ...adviser } });
    expect([refused.statusCode, refused.json<Problem>().code]).toEqual([403, 'FORBIDDEN']);
  });

  it.each([undefined, '', ' ', 'k'.repeat(256), 'schl\u00fcssel'])(
    'needs a good idempotency key, not %j',
    async (key) => {
      const headers: Record<string, string> = { ...operations, 'content-type': 'application/json' };
      if (key !== undefined) headers['idempotency-key'] = key;
      const reply = await app.inject({
        method: 'POST',
        url: '/probe/orders',
        headers,
        payload: '{"name":"a","amount":"1"}',
      });
      expect([reply.statusCode, reply.json<Problem>().code]).toEqual([
        400,
        'IDEMPOTENCY_KEY_MISSING',
      ]);
    },
  );

  const withRoutes = (routes: NonNullable<CairnModule<App>['routes']>, errors: ErrorTable = {}) =>
    createApp(testWorld(database.db), [{ name: 'bad', errors, routes }]);

  it('does not start with a route that says nothing, an unknown role, or an open schema', async () => {
    await expect(withRoutes((a) => void a.get('/x', async () => ''))).rejects.toThrow(
      'config.roles',
    );
    await expect(
      withRoutes(
        (a) => void a.get('/x', { config: { roles: ['king' as 'auditor'] } }, async () => ''),
      ),
    ).rejects.toThrow('unknown role king');
    const body = Type.Object({ inner: Type.Object({}) }, closed);
    await expect(
      withRoutes(
        (a) => void a.post('/x', { config: { public: true }, schema: { body } }, async () => ''),
      ),
    ).rejects.toThrow('additionalProperties');
    const format = Type.Object({ at: Type.String({ format: 'moon-phase' }) }, closed);
    await expect(
      withRoutes(
        (a) =>
          void a.post('/x', { config: { public: true }, schema: { body: format } }, async () => ''),
      ),
    ).rejects.toThrow('moon-phase');
    await expect(withRoutes(() => undefined, { INTERNAL: [500, 'a', 'b', false] })).rejects.toThrow(
      'stands twice',
    );
  });
});

describe('problems', () => {
  it('carry code, both texts, reasons, details and the trace id of the caller', async () => {
    const { reply } = await get('/probe/fail/app', { 'x-request-id': 'abc-12345' });
    expect(reply.statusCode).toBe(409);
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(reply.headers['x-request-id']).toBe('abc-12345');
    expect(reply.json()).toEqual({
      type: 'urn:cairn:error:PROBE_REFUSED',
      title: 'Conflict',
      status: 409,
      code: 'PROBE_REFUSED',
      detail: 'Not now, Li.',
      detailZh: '现在不行，Li。',
      traceId: 'abc-12345',
      reasons: [
        {
          code: 'TOO_RISKY',
          severity: 'block',
          message: 'Risk 5 is too high.',
          messageZh: '风险 5 过高。',
          details: { level: '5' },
        },
      ],
      details: { name: 'Li', id: '7' },
    });
  });

  it('do not take over a trace id that could forge a line or name a person', async () => {
    for (const given of [
      'a',
      'x\u001b[2J-12345678',
      '110101199003070000',
      'a b c d e f g h',
      '"}{"'.repeat(3),
    ]) {
      const { reply } = await get('/probe/fail/app', { 'x-request-id': given });
      expect(reply.json<Problem>().traceId).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  it('say when to come back', async () => {
    const { reply } = await get('/probe/fail/busy');
    expect([reply.statusCode, reply.headers['retry-after']]).toEqual([503, '9']);
  });

  it.each(['stranger', 'crash'])('show nothing of an unexpected failure (%s)', async (how) => {
    lines.length = 0;
    const { reply } = await get(`/probe/fail/${how}`);
    expect([reply.statusCode, reply.json<Problem>().code]).toEqual([500, 'INTERNAL']);
    expect(reply.body).not.toContain('canary');
    expect(lines.filter((line) => line.includes('"level":"error"'))).toHaveLength(1);
    expect(lines.join()).not.toContain('canary');
  });

  it('map what the database cannot keep to 422', async () => {
    expect((await get('/probe/fail/text')).status).toBe(422);
  });
});

describe('operations', () => {
  it('is alive, ready and measured', async () => {
    expect((await get('/health', {})).reply.json()).toEqual({ status: 'ok' });
    expect((await get('/ready', {})).status).toBe(200);
    app.metrics.watchQueue('probe', () => 3);
    const { reply } = await get('/metrics', {});
    expect(reply.body).toContain('cairn_batch_queue_depth{queue="probe"} 3');
    expect(reply.body).toContain('cairn_database_info{kind="pglite"} 1');
    expect(reply.body).toMatch(
      /request_duration_seconds_count\{method="GET",route="\/ready",status="200"\} \d/,
    );
    expect(reply.body).toContain('cairn_nodejs_eventloop_lag_p99_seconds');
  });

  it('describes itself, with every error code', async () => {
    const { reply } = await get('/openapi.json', {});
    const api = reply.json();
    expect(api.openapi).toBe('3.1.0');
    expect(api.paths['/probe/orders'].post['x-roles']).toEqual(['operations']);
    expect(api.paths['/auth/login'].post.security).toEqual([]);
    const codes: string[] = api.components.schemas.Problem.properties.code.enum;
    expect(codes).toEqual([...app.catalog.errors.keys()].sort());
    expect(codes).toContain('PROBE_REFUSED');
  });

  it('shows documentation that asks nothing of the outside', async () => {
    const home = await get('/', {});
    expect([home.status, home.reply.headers.location]).toEqual([302, '/docs']);
    const { reply } = await get('/docs/', {});
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-security-policy']).toContain("default-src 'self'");
    expect(reply.body.match(/https?:\/\/[^"'\s<]+/g) ?? []).toEqual([]);
  });
});

describe('a connection', () => {
  let port: number;
  beforeAll(async () => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    port = (app.server.address() as AddressInfo).port;
  });

  function raw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => void socket.end(text));
      socket.on('data', (chunk) => {
        answer += chunk.toString('latin1');
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });
  }

  it.each([
    ['GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['GET /docs/ HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
    ['nonsense\r\n\r\n', 400],
    [
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    [`GET / HTTP/1.1\r\nHost: a\r\nX-Big: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['TRACE /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 405],
  ])('answers %.30j', async (text, status) => {
    expect(await raw(text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('finishes what it began and refuses new work when it stops', async () => {
    app.shutdown.isDraining = true;
    const ready = await get('/ready', {});
    expect([ready.status, ready.reply.json<Problem>().code]).toEqual([503, 'DRAINING']);
    expect((await get('/health', {})).status).toBe(200);
    const refused = await get('/probe/orders/ABC');
    expect([refused.status, refused.reply.headers.connection]).toEqual([503, 'close']);
    app.shutdown.isDraining = false;
  });
});
