import { statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { loadSettings } from '../../server/src/platform/config.ts';
import { openInstallation } from '../../server/src/app/installation.ts';
import { FUND_TYPES } from '../../server/src/modules/products/index.ts';
import { type Broker, describeBroker } from './broker.ts';
import { stepsOf } from './tour-pages.ts';
import { MISSING_TOOLS, walkTour } from './tour-walk.ts';

const SEEDED_WITHIN_MS = 400_000;
// The tour is for a shell; a machine without one skips it and does the rest.
const IS_WALKABLE = MISSING_TOOLS.length === 0;
const FIVE = ['1', '2', '3', '4', '5'];

// The steps build on each other, as a stranger's first hour does.
describeBroker('the demonstration broker', (parts, open) => {
  const isOne = parts === 'one process';
  let broker: Broker;
  let url: string;
  let bootstrapKey: string;

  beforeAll(async () => {
    broker = await open();
    const interrupted = broker.run('serve', '--demo');
    await interrupted.prints(/\/300 customers/);
    await interrupted.stop('SIGKILL');
    await broker.serve();
    ({ url, bootstrapKey } = broker);
  }, SEEDED_WITHIN_MS);

  test('a seeding that was killed starts anew, and says so', () => {
    expect(broker.output).toContain('interrupted; it starts anew');
    expect(broker.output.includes('promises nothing on power loss')).toBe(isOne);
    expect(bootstrapKey).toMatch(/^[\w-]{40,}$/);
  });

  test('health, readiness and metrics answer; the documentation asks nothing of the outside', async () => {
    for (const path of ['/health', '/ready', '/metrics', '/docs/', '/openapi.json']) {
      const response = await fetch(url + path);
      expect([path, response.status]).toEqual([path, 200]);
    }
    const page = await fetch(`${url}/docs/`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await page.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test('the description of the API says for every route who may call it', async () => {
    const response = await fetch(`${url}/openapi.json`);
    const api = (await response.json()) as {
      openapi: string;
      paths: Record<string, Record<string, { security?: unknown[]; 'x-roles'?: string[] }>>;
    };
    expect(api.openapi).toMatch(/^3\.1\./);
    const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
    expect(operations.length).toBeGreaterThan(60);
    const open = operations.filter(({ operation }) => operation.security?.length === 0);
    expect(open.map(({ path }) => path).sort()).toEqual([
      '/auth/activate',
      '/auth/bootstrap',
      '/auth/browser-login',
      '/auth/login',
      '/health',
      '/ready',
    ]);
    for (const { path, method, operation } of operations) {
      if (open.some((one) => one.path === path)) continue;
      expect(operation['x-roles'], `${method} ${path}`).not.toEqual([]);
      expect(operation['x-roles'], `${method} ${path}`).toBeDefined();
    }
    expect(Object.keys(api.paths)).not.toContain('/operator/commands');
  });

  test('a one-time key that was not given out is refused', async () => {
    const again = await fetch(`${url}/auth/bootstrap`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ bootstrapKey: 'x', userName: 'second', password: 'not-the-key-8-x' }),
    });
    expect(again.status).toBe(403);
  });

  test.runIf(isOne)('a second process on the same data is refused, in both languages', async () => {
    const second = broker.run('serve');
    expect(await second.ended).toBe(1);
    expect(second.output).toContain('DATA_DIRECTORY_LOCKED');
    expect(second.output).toContain('正在使用数据目录');
  });

  test('the operator’s door opens only with the key of this process', async () => {
    const path = join(broker.dataDir, 'operator.json');
    // Windows has no such modes.
    const others = process.platform === 'win32' ? 0 : statSync(path).mode & 0o077;
    expect(others).toBe(0);
    const refused = await fetch(`${url}/operator/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${'0'.repeat(64)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ command: 'demo', args: ['status'] }),
    });
    expect(refused.status).toBe(401);
  });

  test.runIf(IS_WALKABLE)('the tour prints what its page says', { timeout: 300_000 }, async () =>
    expect(await walkTour(stepsOf('tour.md'), { broker, url })).toEqual([]),
  );

  const command = async (...args: string[]) => {
    const running = broker.run(...args);
    expect(await running.ended).toBe(0);
    return running.output;
  };
  const dueIn = (output: string) => output.match(/待处理业务日: (\S+)/)?.[1] ?? '';

  test('plays on through the running server; the next day is due then', async () => {
    const before = dueIn(await command('demo', 'status'));
    const played = await command('demo', 'next-day');
    expect(played).toContain(`业务日 ${before} is played and closed`);
    expect(dueIn(await command('demo', 'status')) > before).toBe(true);
  });

  test('stops when asked, starts again where it stood, without a new key', async () => {
    const due = dueIn(await command('demo', 'status'));
    expect(new Set(await broker.stop())).toEqual(new Set([0]));
    await broker.serve();
    ({ url } = broker);
    // Only who took the tour has used the first key.
    expect(broker.output.includes('One-time')).toBe(!IS_WALKABLE);
    expect(broker.output).not.toContain('Seeding');
    const status = await command('demo', 'status');
    expect(dueIn(status)).toBe(due);
    expect(status).toContain(`演示时钟: ${due} 09:3`);
    expect(new Set(await broker.stop())).toEqual(new Set([0]));
  });

  test('every invariant holds over the whole demonstration', { timeout: 120_000 }, async () => {
    const check = broker.run('check');
    const code = await check.ended;
    expect(code === 0 ? 'clean' : check.output).toBe('clean');
  });

  test('it holds products, customers, orders and open work of every kind', async () => {
    const settings = loadSettings({ CAIRN_DATA_DIR: broker.dataDir, ...broker.settings });
    const installation = await openInstallation(settings, { worker: false });
    const { db } = installation.world;
    const count = async (from: string) => {
      const [row] = await db.query<{ n: bigint }>(`select count(*) as n from ${from}`);
      return Number(row?.n ?? 0n);
    };
    const distinct = async (what: string, from: string) => {
      const rows = await db.query<{ v: unknown }>(`select distinct ${what} as v from ${from}`);
      return rows.map(({ v }) => String(v)).sort();
    };
    try {
      expect(await count('products.funds')).toBeGreaterThan(55);
      expect(await distinct('fund_type', 'products.funds')).toEqual([...FUND_TYPES].sort());
      expect(await distinct('risk_level', 'products.fund_parameters')).toEqual(FIVE);
      expect(await distinct('kind', 'customers.customers')).toEqual(['0', '1', '2']);
      expect(await distinct('kyc_status', 'customers.customers')).toEqual(
        expect.arrayContaining(['expired', 'pending', 'verified']),
      );
      expect(await distinct('status', 'customers.customers')).toContain('frozen');
      expect(await distinct('level', 'suitability.profile_versions')).toEqual(FIVE);
      const states = await distinct('state', 'trading.orders');
      for (const state of [
        'cancelled',
        'confirmed',
        'failed',
        'refused',
        'rejected',
        'subscribed',
      ]) {
        expect(states).toContain(state);
      }
      expect(await distinct('business_code', 'trading.orders')).toEqual([
        '020',
        '022',
        '024',
        '029',
      ]);
      expect(await count(`clearing.exceptions where state = 'open'`)).toBeGreaterThan(0);
      expect(await count('clearing.breaks')).toBeGreaterThan(0);
      expect(await count('clearing.distributions')).toBeGreaterThan(0);
      const waiting = await distinct('kind', `platform.approvals where state = 'waiting'`);
      expect(waiting.length).toBeGreaterThanOrEqual(3);
      const waitingStaff = `platform.users where state = 'pending' and password_hash is null`;
      expect(await count(waitingStaff)).toBeGreaterThan(10);
    } finally {
      await installation.close();
    }
  });
});
