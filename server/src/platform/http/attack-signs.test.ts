import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../config.ts';
import { createLog } from '../log.ts';
import type { CairnModule } from '../module.ts';
import { openTestPglite, type TestDatabase, testWorld } from '../testing.ts';
import { type App, createApp } from './app.ts';
import { AttackSigns } from './attack-signs.ts';
import { signIn } from './testing.ts';

describe('signs of attack', () => {
  it('are refusals beyond a minute’s worth, told once a minute and caller', () => {
    let now = 0;
    const signs = new AttackSigns(10, () => now);
    const showOf = (caller: string, status: number, times: number) => {
      let shown = 0;
      for (let n = 0; n < times; n++) shown += signs.show(caller, status) ? 1 : 0;
      return shown;
    };
    expect(showOf('a', 404, 10)).toBe(0);
    expect(showOf('b', 403, 10)).toBe(0);
    for (const status of [200, 400, 409, 422, 429, 503]) expect(showOf('c', status, 50)).toBe(0);
    expect(showOf('a', 404, 50)).toBe(1);
    now += 59_000;
    expect(showOf('a', 401, 50)).toBe(0);
    now += 1_000;
    expect(showOf('a', 403, 50)).toBe(1);
  });

  it('are not the mistakes of one who makes a few in every minute', () => {
    let now = 0;
    const signs = new AttackSigns(10, () => now);
    for (let n = 0; n < 1_000; n++) {
      now += 6_001;
      expect(signs.show('a', 404)).toBe(false);
    }
  });

  it('are found however many callers there are', () => {
    const signs = new AttackSigns(10, () => 0);
    for (let n = 0; n < 30_000; n++) signs.show(`address:${n}`, 401);
    for (let n = 0; n < 10; n++) expect(signs.show('walker', 404)).toBe(false);
    expect(signs.show('walker', 404)).toBe(true);
  });
});

describe('over HTTP', () => {
  const things: CairnModule<App> = {
    name: 'things',
    errors: {},
    routes(app) {
      app.get('/things', { config: { roles: ['operations'] } }, async () => Promise.resolve({}));
    },
  };
  let database: TestDatabase;
  let app: App;
  const lines: Record<string, unknown>[] = [];

  beforeAll(async () => {
    database = await openTestPglite();
    const log = createLog('warn', {
      write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
    });
    const settings = loadSettings({ CAIRN_REFUSALS_PER_MINUTE: '20' });
    app = await createApp(testWorld(database.db), [things], { settings, log });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const alarms = () => lines.filter(({ msg }) => msg === 'signs of attack');
  const counted = async () => {
    const metrics = await app.inject('/metrics');
    return metrics.body.split('\n').filter((line) => line.startsWith('cairn_attack_signs_total{'));
  };

  it('one who walks through ids, one who tries doors and one without a token are told of', async () => {
    const walker = await signIn(app, ['operations']);
    const intruder = await signIn(app, ['adviser']);
    const honest = await signIn(app, ['operations']);
    for (let n = 0; n < 30; n++) {
      await app.inject({ url: `/approvals/A${n}`, headers: walker.headers });
      await app.inject({ url: '/things', headers: intruder.headers });
      await app.inject({ url: '/things', headers: { authorization: `Bearer guess-${n}` } });
      await app.inject({ url: '/things', headers: honest.headers });
    }
    for (let n = 0; n < 3; n++) await app.inject({ url: '/nothing', headers: honest.headers });
    expect(alarms().map(({ actor, status }) => [actor, status])).toEqual([
      [`staff:${walker.staffId}`, 404],
      [`staff:${intruder.staffId}`, 403],
      ['address:127.0.0.1', 401],
    ]);
    expect(alarms()[0]).toMatchObject({ level: 'warn', from: '127.0.0.1' });
    expect(await counted()).toEqual([
      'cairn_attack_signs_total{caller="staff"} 2',
      'cairn_attack_signs_total{caller="address"} 1',
    ]);
  });
});
