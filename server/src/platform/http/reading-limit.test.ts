/** A statement of a request that reads is given up for its time, others are not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSettings } from '../config.ts';
import { openDb } from '../db.ts';
import { withTimeLimit } from '../db/time-limit.ts';
import type { Db } from '../db/types.ts';
import type { CairnModule } from '../module.ts';
import { describePostgres, testWorld } from '../testing.ts';
import { type App, createApp } from './app.ts';
import type { Problem } from './problem.ts';

const config = { public: true } as const;

/** Routes whose statement takes as long as they are told, outside and inside a transaction. */
const slow: CairnModule<App> = {
  name: 'slow',
  errors: {},
  routes(app, { db }) {
    const text = 'select pg_sleep($1)';
    const seconds = (request: { headers: Readonly<Record<string, unknown>> }) =>
      Number(request.headers['x-seconds']);
    const alone = async (request: { headers: Readonly<Record<string, unknown>> }) => {
      await db.query(text, [seconds(request)]);
      return { done: true };
    };
    app.get('/slow', { config }, alone);
    app.post('/slow/search', { config }, alone);
    app.get('/slow/together', { config }, async (request) => {
      await db.tx((tx) => tx.query(text, [seconds(request)]));
      return { done: true };
    });
    app.post('/slow', { config }, alone);
    app.post('/slow/together', { config }, async (request) => {
      await db.tx((tx) => tx.query(text, [seconds(request)]));
      return { done: true };
    });
  },
};

describePostgres('a limit of one second for a reading', (opened) => {
  let db: Db;
  let app: App;
  beforeAll(async () => {
    // One connection, so that each request works on what the one before has left.
    db = await openDb({ url: opened().url ?? '', poolSize: 1 });
    const settings = loadSettings({ CAIRN_READING_SECONDS_MAX: '1', CAIRN_LOG_LEVEL: 'silent' });
    app = await createApp(testWorld(db), [slow], { settings });
  });
  afterAll(async () => {
    await app.close();
    await db.close();
  });

  const ask = (method: 'GET' | 'POST', url: string, seconds: number) =>
    app.inject({
      method,
      url,
      headers: { 'x-seconds': String(seconds), 'idempotency-key': `${method}-${url}` },
    });

  test.each([
    ['GET', '/slow'],
    ['GET', '/slow/together'],
    ['POST', '/slow/search'],
  ] as const)(
    'ends a slow %s %s with 503 and Retry-After; the next is answered',
    async (method, url) => {
      const late = await ask(method, url, 60);
      expect([late.statusCode, late.headers['retry-after']]).toEqual([503, '10']);
      expect(late.json<Problem>().code).toBe('READING_TOO_LONG');
      expect((await ask(method, url, 0)).statusCode).toBe(200);
    },
  );

  test.each(['/slow', '/slow/together'])('leaves what acts alone: POST %s', async (url) => {
    expect((await ask('GET', '/slow', 0)).statusCode).toBe(200);
    expect((await ask('POST', url, 1.5)).statusCode).toBe(200);
  });

  test('leaves a script alone on the connection that a reading has used', async () => {
    expect((await ask('GET', '/slow', 0)).statusCode).toBe(200);
    await db.script('select pg_sleep(1.5)');
  });

  test('hides no limit that the operator has set for what acts', async () => {
    const { pathname } = new URL(opened().url ?? '');
    await db.script(`alter database ${pathname.slice(1)} set statement_timeout = '400ms'`);
    const bound = await openDb({ url: opened().url ?? '', poolSize: 1 });
    await withTimeLimit(1_000, () => bound.query('select pg_sleep(0.6)'));
    await expect(bound.query('select pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
    await bound.close();
    await db.script(`alter database ${pathname.slice(1)} reset statement_timeout`);
  });
});
