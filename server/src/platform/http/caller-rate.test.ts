import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../actor.ts';
import { createPartnerKey } from '../auth/partner-keys.ts';
import { AuthService } from '../auth/service.ts';
import { loadSettings } from '../config.ts';
import type { CairnModule } from '../module.ts';
import { openTestPglite, type TestDatabase, testWorld } from '../testing.ts';
import { type App, createApp } from './app.ts';
import { CallerRate } from './caller-rate.ts';
import type { Problem } from './problem.ts';

describe('turns of a caller', () => {
  it('are a minute’s worth at once, then one as often as they come back', () => {
    let now = 0;
    const rate = new CallerRate(60, () => now);
    for (let n = 0; n < 60; n++) expect(rate.take('a')).toBe(0);
    expect(rate.take('a')).toBe(1);
    expect(rate.take('b')).toBe(0);
    now += 999;
    expect(rate.take('a')).toBe(1);
    now += 1;
    expect(rate.take('a')).toBe(0);
    expect(rate.take('a')).toBe(1);
  });

  it('never pass the rate over any stretch of time, and come after the wait that was said', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 300 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 60, max: 600 }), (steps, perMinute) => {
        let now = 0;
        let taken = 0;
        let isKept = true;
        const rate = new CallerRate(perMinute, () => now);
        for (const step of steps) {
          now += step;
          const wait = rate.take('a');
          now += wait * 1000;
          isKept &&= wait === 0 || rate.take('a') === 0;
          taken += 1;
          isKept &&= taken <= perMinute + (now * perMinute) / 60_000 + 1e-6;
        }
        expect(isKept).toBe(true);
      }),
    );
  });
});

describe('over HTTP', () => {
  const asked = { count: 0 };
  const probe: CairnModule<App> = {
    name: 'probe',
    errors: {},
    routes(app) {
      app.get('/probe', { config: { roles: ['partner'] } }, async () => {
        asked.count += 1;
        return Promise.resolve({ done: true });
      });
    },
  };
  let database: TestDatabase;
  let app: App;
  let url: string;
  const keys: string[] = [];

  beforeAll(async () => {
    database = await openTestPglite();
    const world = testWorld(database.db);
    const settings = loadSettings({
      CAIRN_KEY_REQUESTS_PER_MINUTE: '60',
      CAIRN_LOG_LEVEL: 'silent',
    });
    const auth = new AuthService(world, settings, world.clock);
    for (const name of ['one', 'other']) {
      const wish = { name, roles: ['partner' as const] };
      keys.push((await createPartnerKey(auth, systemActor('test'), wish)).key);
    }
    app = await createApp(world, [probe], { settings });
    url = await app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const ask = (key: string | undefined) =>
    fetch(`${url}/probe`, { headers: { authorization: `Bearer ${key}` } });

  it('one caller is told to wait, before anything is done; others are served', async () => {
    const [one, other] = keys;
    // A slow machine gives turns back while we ask, so more than a minute's worth may be served.
    let refused = await ask(one);
    for (let n = 1; n < 1_000 && refused.status === 200; n++) refused = await ask(one);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(((await refused.json()) as Problem).code).toBe('TOO_MANY_REQUESTS');
    const served = asked.count;
    expect(served).toBeGreaterThanOrEqual(60);
    expect((await ask(other)).status).toBe(200);
    expect(asked.count).toBe(served + 1);
  });
});
