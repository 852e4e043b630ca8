import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadSettings } from '../config.ts';
import type { CairnModule } from '../module.ts';
import { openTestPglite, type TestDatabase, testWorld } from '../testing.ts';
import { type App, createApp } from './app.ts';
import type { Problem } from './problem.ts';

/* More requests than the server may have in hand are told to come back, and it stays reachable. */

let release: (() => void)[] = [];
const arrivals = { count: 0 };
const slow: CairnModule<App> = {
  name: 'slow',
  errors: {},
  routes(app) {
    const wait = async () => {
      arrivals.count += 1;
      await new Promise<void>((resolve) => release.push(resolve));
      return { done: true };
    };
    app.get('/slow', { config: { public: true } }, wait);
    app.get('/slow/own', { config: { public: true, ownLimit: true } }, wait);
  },
};

let database: TestDatabase;
let app: App;
let url: URL;
beforeAll(async () => {
  database = await openTestPglite();
  const settings = loadSettings({ CAIRN_REQUESTS_MAX: '2', CAIRN_LOG_LEVEL: 'silent' });
  app = await createApp(testWorld(database.db), [slow], { settings });
  url = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const get = (path: string) => fetch(new URL(path, url));
const until = async (count: number) => {
  while (arrivals.count < count) await new Promise((resolve) => setTimeout(resolve, 5));
};
const letGo = () => {
  for (const go of release.splice(0)) go();
};

it('refuses the third with OVERLOADED and Retry-After, answers probes, and recovers', async () => {
  arrivals.count = 0;
  const held = [get('/slow'), get('/slow')];
  await until(2);
  const third = await get('/slow');
  expect([third.status, third.headers.get('retry-after')]).toEqual([503, '1']);
  expect(((await third.json()) as Problem).code).toBe('OVERLOADED');
  expect((await get('/health')).status).toBe(200);
  expect((await get('/ready')).status).toBe(200);
  // A route with a limit of its own neither waits for the others nor takes their place.
  const own = get('/slow/own');
  await until(3);
  letGo();
  expect((await Promise.all([...held, own])).map(({ status }) => status)).toEqual([200, 200, 200]);
  const again = get('/slow');
  await until(4);
  letGo();
  expect((await again).status).toBe(200);
});

it('gets back the place of a caller who hung up', async () => {
  arrivals.count = 0;
  release = [];
  for (let n = 1; n <= 3; n++) {
    const socket = connect(Number(url.port), '127.0.0.1');
    socket.write('GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await until(n);
    socket.destroy();
    await once(socket, 'close');
  }
  const last = get('/slow');
  await until(4);
  letGo();
  expect((await last).status).toBe(200);
});
