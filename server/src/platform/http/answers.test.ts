import { type AddressInfo, connect } from 'node:net';
import type { ErrorTable } from '@cairn/kernel';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { newPartnerKey, newToken } from '../auth/tokens.ts';
import { newTotpSecret } from '../auth/totp.ts';
import { openTestPglite, type TestDatabase, testWorld } from '../testing.ts';
import { type App, createApp } from './app.ts';
import type { Problem } from './problem.ts';
import type { CairnModule } from '../module.ts';
import { closed, probe } from './probe-module.ts';
import { signIn } from './testing.ts';

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

async function get(url: string, headers: Record<string, string> = operations) {
  const reply = await app.inject({ method: 'GET', url, headers });
  return { status: reply.statusCode, reply };
}

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

  it('do not take over a trace id that could forge a line, name a person or be a secret of ours', async () => {
    for (const given of [
      'a',
      'x\u001b[2J-12345678',
      '110101199003070000',
      'a b c d e f g h',
      '"}{"'.repeat(3),
      newToken(),
      newPartnerKey(),
      newTotpSecret(),
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

  it('lets a request in hand finish while it closes', async () => {
    let arrived = (): void => undefined;
    let release = (): void => undefined;
    const isInHand = new Promise<void>((resolve) => (arrived = resolve));
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    const slow: CairnModule<App> = {
      name: 'slow',
      errors: {},
      routes(scope) {
        scope.get('/slow', { config: { public: true } }, async () => {
          arrived();
          await isReleased;
          return 'finished';
        });
      },
    };
    const closing = await createApp(testWorld(database.db), [slow]);
    const address = await closing.listen({ port: 0, host: '127.0.0.1' });
    const answer = fetch(`${address}/slow`).then((reply) => reply.text());
    await isInHand;
    const closed = closing.close();
    release();
    expect(await answer).toBe('finished');
    await closed;
    await expect(fetch(`${address}/health`)).rejects.toThrow();
  });
});
