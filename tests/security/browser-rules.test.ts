/**
 * What a browser gets from the whole program and gives back. Beside the real modules stands one that
 * breaks every rule once: each rule must find its own fault there and none in the program.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modulesOf } from '../../server/src/app/modules.ts';
import { issueBootstrapKey } from '../../server/src/platform/auth/bootstrap.ts';
import { csrfTokenOf } from '../../server/src/platform/auth/cookie.ts';
import { openSession } from '../../server/src/platform/auth/sessions.ts';
import { newToken } from '../../server/src/platform/auth/tokens.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import { type App, createApp } from '../../server/src/platform/http/app.ts';
import { signIn } from '../../server/src/platform/http/testing.ts';
import type { CairnModule } from '../../server/src/platform/module.ts';
import { openTestPglite, type TestDatabase, testWorld } from '../../server/src/platform/testing.ts';
import {
  answerFaults,
  cookieFaults,
  openDoors,
  operationsOf,
  policyFaults,
  streamFaults,
} from './browser-rules.ts';

const TLS = 'strict-transport-security';
const POLICY = 'content-security-policy';
const NONE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

/** A header that is set wrongly, or not at all, and what is to be found. */
const WRONG_HEADERS: readonly [name: string, value: string | undefined, found: string][] = [
  ['x-content-type-options', undefined, 'x-content-type-options is not nosniff'],
  ['referrer-policy', 'unsafe-url', 'referrer-policy is not no-referrer'],
  ['cross-origin-opener-policy', 'unsafe-none', 'cross-origin-opener-policy is not same-origin'],
  [
    'cross-origin-resource-policy',
    'cross-origin',
    'cross-origin-resource-policy is not same-origin',
  ],
  [TLS, 'max-age=86400; includeSubDomains', 'TLS is demanded for less than a year'],
  [TLS, 'max-age=31536000', 'TLS is not demanded below the host'],
  [POLICY, NONE.replace("base-uri 'none'", ''), "base-uri is not 'none'"],
  [POLICY, NONE.replace("ancestors 'none'", 'ancestors *'), "frame-ancestors is not 'none'"],
  [POLICY, `${NONE}; object-src 'self'`, "object-src is not 'none'"],
  [POLICY, `${NONE}; script-src 'self' 'unsafe-inline'`, "script-src allows 'unsafe-inline'"],
  [POLICY, `${NONE}; script-src 'nonce-1'`, "script-src allows 'nonce-1'"],
  [POLICY, `${NONE}; style-src https:`, 'style-src allows https:'],
  [POLICY, `${NONE}; connect-src *`, 'connect-src allows *'],
];

const GOOD_COOKIE = '__Host-cairn=x; Path=/; Secure; HttpOnly; SameSite=Strict';
const WRONG_COOKIES: readonly [cookie: string, found: string][] = [
  [GOOD_COOKIE.replace('__Host-', ''), 'not bound to this host'],
  [GOOD_COOKIE.replace('; Secure', ''), 'no secure'],
  [GOOD_COOKIE.replace('; HttpOnly', ''), 'no httponly'],
  [GOOD_COOKIE.replace('Strict', 'Lax'), 'no samesite=strict'],
  [GOOD_COOKIE.replace('Path=/', 'Path=/app'), 'no path=/'],
  [`${GOOD_COOKIE}; Domain=example.com`, 'has a domain'],
];

const planted: CairnModule<App> = {
  name: 'planted',
  errors: {},
  routes(scope) {
    const config = { public: true } as const;
    for (const [at, [name, value]] of WRONG_HEADERS.entries()) {
      scope.get(`/planted/headers/${at}`, { config }, async (_request, reply) => {
        if (value === undefined) reply.removeHeader(name);
        else reply.header(name, value);
        return '';
      });
    }
    for (const [at, [cookie]] of WRONG_COOKIES.entries()) {
      scope.get(`/planted/cookies/${at}`, { config }, async (_request, reply) => {
        reply.header('set-cookie', cookie);
        return '';
      });
    }
    // It acts for whoever the cookie says, without asking where the request came from.
    scope.post('/planted/door', { config }, async ({ actor }) => actor.id);
    // It tells anybody, for ever.
    scope.get('/planted/stream', { config }, (request, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => reply.raw.write(': still here\n\n'), 100);
      request.raw.on('close', () => clearInterval(timer));
    });
  },
};

/** What needs no session, so that no session can be used by others. */
const DOORS = [
  'POST /auth/activate',
  'POST /auth/bootstrap',
  'POST /auth/browser-login',
  'POST /auth/login',
];

let database: TestDatabase;
let folder: string;
let app: App;
let address: string;

beforeAll(async () => {
  database = await openTestPglite();
  folder = mkdtempSync(join(tmpdir(), 'cairn-test-browser-rules-'));
  writeFileSync(join(folder, 'index.html'), '<script nonce="__CSP_NONCE__"></script>');
  const settings = loadSettings({ CAIRN_LOG_LEVEL: 'silent' });
  const exchange = { distributorCode: '305', folder: join(folder, 'exchange') };
  const world = { ...testWorld(database.db), exchange };
  const modules = [...modulesOf(settings, exchange), planted];
  app = await createApp(world, modules, { settings, pagesDir: folder });
  address = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await app.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** The cookie of an open session of a browser. */
async function browserOf(role: 'operations'): Promise<{ cookie: string; token: string }> {
  const { staffId } = await signIn(app, [role]);
  const token = newToken();
  const source = { from: 'local' };
  await app.auth.world.db.tx((tx) =>
    openSession(tx, app.auth, {
      userId: staffId,
      token,
      stage: 'open',
      channel: 'browser',
      source,
    }),
  );
  return { cookie: `__Host-cairn=${token}`, token };
}

test('every answer forbids the browser what it may not do, and each missing word is found', async () => {
  const faults: string[] = [];
  const own = (await operationsOf(app)).filter(({ url }) => !url.startsWith('/planted/'));
  expect(own.length).toBeGreaterThan(100);
  const pages = ['/app', '/app/orders', '/nothing', '/health'].map((url) => ({
    method: 'GET',
    url,
  }));
  for (const { method, url } of [...own, ...pages]) {
    const { headers } = await app.inject({ method: method as 'GET', url });
    faults.push(...answerFaults(headers).map((fault) => `${method} ${url}: ${fault}`));
  }
  expect(faults).toEqual([]);
  for (const [at, [, , found]] of WRONG_HEADERS.entries()) {
    expect(answerFaults((await app.inject(`/planted/headers/${at}`)).headers)).toEqual([found]);
  }
});

test('a page runs scripts by a nonce that is used once; one that is used again is found', async () => {
  const nonceOf = (policy: unknown) => /'nonce-([^']+)'/.exec(String(policy))?.[1];
  const policies = await Promise.all(
    [1, 2].map(async () => (await app.inject('/app')).headers[POLICY]),
  );
  const isOnce = (given: readonly unknown[]) => new Set(given.map(nonceOf)).size === given.length;
  expect(policies.map((policy) => policyFaults(String(policy)))).toEqual([[], []]);
  expect([isOnce(policies), isOnce([policies[0], policies[0]])]).toEqual([true, false]);
});

test('the cookie of a session is bound, hidden and kept at home; each slip is found', async () => {
  const bootstrapKey = await issueBootstrapKey(app.auth);
  const who = { userName: 'first.admin', password: 'seven grey herons-4' };
  const headers = { host: 'localhost:8080', origin: 'http://localhost:8080' };
  const post = (url: string, payload: object) =>
    app.inject({ method: 'POST', url, payload, headers });
  await post('/auth/bootstrap', { ...who, bootstrapKey });
  const { headers: given } = await post('/auth/browser-login', who);
  expect(cookieFaults(String(given['set-cookie']))).toEqual([]);
  for (const [at, [, found]] of WRONG_COOKIES.entries()) {
    const { headers: wrong } = await app.inject(`/planted/cookies/${at}`);
    expect(cookieFaults(String(wrong['set-cookie']))).toEqual([found]);
  }
});

test('no other site can cause an unsafe act; an operation that looks only at the cookie is found', async () => {
  const { cookie } = await browserOf('operations');
  expect((await openDoors(app, cookie)).toSorted()).toEqual([...DOORS, 'POST /planted/door']);
});

test('a stream is for its own session and page and ends with it; one for anybody is found', async () => {
  const watch = async (path: string) => {
    const { cookie, token } = await browserOf('operations');
    const logOut = () =>
      app.inject({
        method: 'POST',
        url: '/auth/logout',
        headers: { cookie, 'x-csrf-token': csrfTokenOf(token) },
      });
    return streamFaults({ url: address + path, cookie, logOut });
  };
  expect(await watch('/business-days/2026-03-02/live')).toEqual([]);
  expect(await watch('/planted/stream')).toEqual([
    'it talks to a page of another site',
    'it talks to who has no session',
    'it talks to a program with the token of a browser',
    'it outlives its session',
  ]);
}, 60_000);
