import { mkdtempSync, rmSync, statSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadMasterKey, loadSettings, SettingsError } from './config.ts';

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    loadSettings(env);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.faults.map((fault) => fault.variable);
  }
}

describe('settings', () => {
  it('has a default for everything, bound to this machine only', () => {
    const settings = loadSettings({ PATH: '/bin' });
    expect(settings).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      roles: ['api', 'jobs'],
      passwordLengthMin: 12,
    });
    expect(settings.databaseUrl).toBeUndefined();
  });

  it('reads what is set', () => {
    const settings = loadSettings({
      DATABASE_URL: 'postgres://u:p@db:5432/cairn',
      CAIRN_ROLES: 'jobs',
      CAIRN_PORT: '0',
      CAIRN_DATA: '/data',
    });
    expect(settings).toMatchObject({ roles: ['jobs'], port: 0 });
  });

  it('lists every fault at once, in both languages, and refuses unknown variables', () => {
    const env = {
      DATABASE_URL: 'mysql://x',
      CAIRN_PORT: '80a',
      CAIRN_LANES: '0',
      CAIRN_ROLES: 'api,api',
      CAIRN_LOG_LEVEL: 'loud',
      CAIRN_MASTER_KEY: 'secret-canary',
      CAIRN_PROT: '8080',
    };
    expect(faultsOf(env)).toEqual([
      'DATABASE_URL',
      'CAIRN_MASTER_KEY',
      'CAIRN_PORT',
      'CAIRN_ROLES',
      'CAIRN_LANES',
      'CAIRN_LOG_LEVEL',
      'CAIRN_PROT',
    ]);
    expect(() => loadSettings(env)).toThrow('必须是 0 到 65535 之间的整数');
    expect(() => loadSettings(env)).not.toThrow('secret-canary');
  });

  it.each(['1.5', '-1', '1e3', '0x10', ' 8', '08', '99999999999'])(
    'refuses the number %s',
    (text) => {
      expect(faultsOf({ CAIRN_POOL_SIZE: text })).toEqual(['CAIRN_POOL_SIZE']);
    },
  );
});

describe('master key', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'cairn-key-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is made once, for its owner only, and read back', () => {
    const settings = loadSettings({ CAIRN_DATA_DIR: dataDir });
    const key = loadMasterKey(settings, { isNew: true });
    expect(key).toHaveLength(32);
    expect(loadMasterKey(settings, { isNew: true })).toEqual(key);
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
  });

  it('is not made anew for an installation that has written under one', () => {
    const settings = loadSettings({ CAIRN_DATA_DIR: dataDir });
    expect(() => loadMasterKey(settings, { isNew: false })).toThrow('MASTER_KEY_MISSING');
    const key = loadMasterKey(settings, { isNew: true });
    expect(loadMasterKey(settings, { isNew: false })).toEqual(key);
  });

  it('is refused when damaged or readable by others', () => {
    const settings = loadSettings({ CAIRN_DATA_DIR: dataDir });
    const path = join(dataDir, 'master.key');
    loadMasterKey(settings, { isNew: true });
    chmodSync(path, 0o644);
    expect(() => loadMasterKey(settings, { isNew: true })).toThrow(SettingsError);
    chmodSync(path, 0o600);
    writeFileSync(path, 'short');
    expect(() => loadMasterKey(settings, { isNew: true })).toThrow(SettingsError);
  });

  it('comes from the environment when given', () => {
    const settings = loadSettings({ CAIRN_DATA_DIR: dataDir, CAIRN_MASTER_KEY: 'ab'.repeat(32) });
    expect(Buffer.from(loadMasterKey(settings, { isNew: true })).toString('hex')).toBe(
      'ab'.repeat(32),
    );
  });
});
