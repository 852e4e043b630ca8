/** Where callers come from: behind a proxy, and administrators from their networks only. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../config.ts';
import { openTestPglite, type TestDatabase, testWorld } from '../testing.ts';
import { type App, createApp } from './app.ts';
import { withinNetworks } from './networks.ts';
import type { Problem } from './problem.ts';
import { signIn } from './testing.ts';

describe('networks', () => {
  const isInside = withinNetworks(['10.1.0.0/16', '192.168.7.9', '2001:db8::/32']);
  it.each([
    ['10.1.2.3', true],
    ['10.2.0.1', false],
    ['192.168.7.9', true],
    ['192.168.7.10', false],
    ['2001:db8:1::7', true],
    ['2001:db9::1', false],
    ['::ffff:10.1.2.3', true],
    ['::ffff:10.2.0.1', false],
    ['not an address', false],
  ])('%s: %s', (address, isIt) => {
    expect(isInside(address)).toBe(isIt);
  });

  it('that are none are refused at start', () => {
    for (const text of ['10.0.0.0/33', '10.0.0', 'localhost', '10.0.0.1,', '::/129', '*']) {
      expect(() => loadSettings({ CAIRN_ADMIN_NETWORKS: text })).toThrow('CAIRN_ADMIN_NETWORKS');
      expect(() => loadSettings({ CAIRN_TRUSTED_PROXIES: text })).toThrow('CAIRN_TRUSTED_PROXIES');
    }
  });
});

describe('callers', () => {
  const PROXY = '10.1.0.1';
  let database: TestDatabase;
  let direct: App;
  let behind: App;

  beforeAll(async () => {
    database = await openTestPglite();
    const open = (env: Record<string, string>) =>
      createApp(testWorld(database.db), [], {
        settings: loadSettings({ CAIRN_LOG_LEVEL: 'silent', ...env }),
      });
    direct = await open({});
    behind = await open({
      CAIRN_TRUSTED_PROXIES: '10.1.0.0/24',
      CAIRN_ADMIN_NETWORKS: '192.168.7.0/24',
      CAIRN_OPERATIONS_NETWORKS: '192.168.8.0/24',
    });
  });
  afterAll(async () => {
    await direct.close();
    await behind.close();
    await database.drop();
  });

  /** Fails to sign in; the address that the audit has of it. */
  async function failFrom(app: App, remoteAddress: string, forwarded?: string): Promise<string> {
    const reply = await app.inject({
      method: 'POST',
      url: '/auth/login',
      remoteAddress,
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      payload: { userName: 'nobody.here', password: 'wrong' },
    });
    expect(reply.statusCode).toBe(401);
    const [row] = await database.db.query<{ source: string }>(
      'select source from platform.audit where bucket = 256 and request_id = $1',
      [reply.headers['x-request-id'] as string],
    );
    return row?.source ?? '';
  }

  it('are who is connected, whatever a header says', async () => {
    expect(await failFrom(direct, '203.0.113.5')).toBe('203.0.113.5');
    expect(await failFrom(direct, '203.0.113.5', '198.51.100.1')).toBe('203.0.113.5');
    expect(await failFrom(behind, '203.0.113.5', '198.51.100.1')).toBe('203.0.113.5');
  });

  it('are whom a trusted proxy saw, not whom its caller invented', async () => {
    expect(await failFrom(behind, PROXY, '198.51.100.1')).toBe('198.51.100.1');
    expect(await failFrom(behind, PROXY, '127.0.0.1, 198.51.100.2')).toBe('198.51.100.2');
    expect(await failFrom(behind, PROXY, '198.51.100.3, 10.1.0.2')).toBe('198.51.100.3');
  });

  it('are shown numbers of operation and the documentation inside only', async () => {
    const statuses = async (app: App, from: string) => {
      const found = [];
      for (const url of ['/metrics', '/openapi.json', '/docs/', '/docs/js/scalar.js', '/health']) {
        const headers = { 'x-forwarded-for': from };
        found.push((await app.inject({ url, headers, remoteAddress: PROXY })).statusCode);
      }
      return found;
    };
    expect(await statuses(behind, '192.168.8.1')).toEqual([200, 200, 200, 200, 200]);
    expect(await statuses(behind, '203.0.113.5')).toEqual([404, 404, 404, 404, 200]);
    expect(await statuses(direct, '203.0.113.5')).toEqual([200, 200, 200, 200, 200]);
  });

  it('who are administrators work from their networks, and nobody else is asked', async () => {
    const ask = async (headers: Record<string, string>, remoteAddress: string) => {
      const reply = await behind.inject({ url: '/auth/me', headers, remoteAddress });
      return [reply.statusCode, reply.statusCode === 200 ? '' : reply.json<Problem>().code];
    };
    const admin = (await signIn(behind, ['administrator'])).headers;
    const adviser = (await signIn(behind, ['adviser'])).headers;
    const through = (headers: Record<string, string>, from: string) => ({
      ...headers,
      'x-forwarded-for': from,
    });
    expect(await ask(admin, '192.168.7.20')).toEqual([200, '']);
    expect(await ask(through(admin, '192.168.7.20'), PROXY)).toEqual([200, '']);
    expect(await ask(through(admin, '203.0.113.5'), PROXY)).toEqual([403, 'ADDRESS_NOT_ALLOWED']);
    expect(await ask(through(admin, '192.168.7.20'), '203.0.113.5')).toEqual([
      403,
      'ADDRESS_NOT_ALLOWED',
    ]);
    expect(await ask(adviser, '203.0.113.5')).toEqual([200, '']);
  });
});
