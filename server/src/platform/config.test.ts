import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings, SettingsError } from './config.ts';
import { dropOlderKeys, drawKey, loadKeyRing } from './key-file.ts';

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
      roles: ['api', 'jobs', 'stream'],
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

  it('takes the address of the owner only beside that of the program', () => {
    const owner = 'postgres://owner:p@db:5432/cairn';
    expect(faultsOf({ CAIRN_OWNER_DATABASE_URL: owner })).toEqual(['CAIRN_OWNER_DATABASE_URL']);
    const both = { DATABASE_URL: 'postgres://u:p@db:5432/cairn', CAIRN_OWNER_DATABASE_URL: owner };
    expect(loadSettings(both).ownerDatabaseUrl).toBe(owner);
  });

  it.each(['1.5', '-1', '1e3', '0x10', ' 8', '08', '99999999999'])(
    'refuses the number %s',
    (text) => {
      expect(faultsOf({ CAIRN_POOL_SIZE: text })).toEqual(['CAIRN_POOL_SIZE']);
    },
  );
});

describe('master keys', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'cairn-key-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('are made once, for their owner only, and read back', () => {
    const ring = loadKeyRing({ dataDir }, { isNew: true });
    expect(ring.masters[0]).toHaveLength(32);
    expect(loadKeyRing({ dataDir }, { isNew: true })).toEqual(ring);
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
  });

  it('are not made anew for an installation that has written under one', () => {
    expect(() => loadKeyRing({ dataDir })).toThrow('MASTER_KEY_MISSING');
    const ring = loadKeyRing({ dataDir }, { isNew: true });
    expect(loadKeyRing({ dataDir })).toEqual(ring);
  });

  it('are refused when damaged or readable by others', () => {
    const path = join(dataDir, 'master.key');
    loadKeyRing({ dataDir }, { isNew: true });
    chmodSync(path, 0o644);
    expect(() => loadKeyRing({ dataDir }, { isNew: true })).toThrow(SettingsError);
    chmodSync(path, 0o600);
    for (const text of [
      'short',
      '',
      `${'ab'.repeat(32)}\n${'cd'.repeat(32)}`,
      `index ${'ab'.repeat(32)}`,
    ]) {
      writeFileSync(path, text);
      expect(() => loadKeyRing({ dataDir }, { isNew: true })).toThrow(SettingsError);
    }
  });

  it('come from the environment when given, older ones behind the present one', () => {
    const { masterKeys } = loadSettings({
      CAIRN_DATA_DIR: dataDir,
      CAIRN_MASTER_KEY: `${'ab'.repeat(32)},${'cd'.repeat(32)}`,
    });
    const ring = loadKeyRing({ dataDir, ...(masterKeys === undefined ? {} : { masterKeys }) });
    const texts = ring.masters.map((key) => Buffer.from(key).toString('hex'));
    expect(texts).toEqual(['ab'.repeat(32), 'cd'.repeat(32)]);
  });

  describe('that somebody else keeps', () => {
    const NEW = 'ab'.repeat(32);
    const OLD = 'cd'.repeat(32);
    const textsOf = (env: Record<string, string>) =>
      loadKeyRing(loadSettings({ CAIRN_DATA_DIR: dataDir, ...env })).masters.map((key) =>
        Buffer.from(key).toString('hex'),
      );
    const written = (text: string, mode = 0o440) => {
      const path = join(dataDir, 'from-elsewhere');
      writeFileSync(path, text);
      chmodSync(path, mode);
      return path;
    };

    it('come from a file or a command, and nothing of ours is written', () => {
      for (const text of [`${NEW}\n`, NEW.toUpperCase()]) {
        expect(textsOf({ CAIRN_MASTER_KEY_FILE: written(text, 0o640) })).toEqual([NEW]);
      }
      for (const text of [
        `${NEW},${OLD}`,
        `${NEW}\n${OLD}\n`,
        `${NEW}\r\n${OLD}`,
        `${NEW} , ${OLD}`,
      ]) {
        const path = written(text, 0o640);
        expect(textsOf({ CAIRN_MASTER_KEY_FILE: path })).toEqual([NEW, OLD]);
        expect(textsOf({ CAIRN_MASTER_KEY_COMMAND: `cat '${path}'` })).toEqual([NEW, OLD]);
      }
      expect(existsSync(join(dataDir, 'master.key'))).toBe(false);
    });

    it('are read anew each time: what a key system gives next is taken without a new start', () => {
      const settings = loadSettings({ CAIRN_MASTER_KEY_FILE: written(NEW, 0o640) });
      expect(loadKeyRing(settings).masters).toHaveLength(1);
      written(`${OLD},${NEW}`, 0o640);
      expect(loadKeyRing(settings).masters).toHaveLength(2);
    });

    it('are refused when they are none, and never shown', () => {
      const canary = 'ef'.repeat(31);
      for (const text of ['', '\n', canary, `${NEW},`, `${NEW},${canary}`, `${NEW} ${OLD}`]) {
        const path = written(text, 0o640);
        for (const env of [
          { CAIRN_MASTER_KEY_FILE: path },
          { CAIRN_MASTER_KEY_COMMAND: `cat '${path}'` },
        ]) {
          expect(() => textsOf(env)).toThrow('must give 64 hexadecimal digits');
          expect(() => textsOf(env)).not.toThrow(canary);
          expect(() => textsOf(env)).not.toThrow(NEW);
        }
      }
      const open = written(NEW, 0o644);
      expect(() => textsOf({ CAIRN_MASTER_KEY_FILE: open })).toThrow('readable by everybody');
      const absent = join(dataDir, 'absent');
      expect(() => textsOf({ CAIRN_MASTER_KEY_FILE: absent })).toThrow('is not there');
      const failing = `cat '${open}'; exit 3`;
      expect(() => textsOf({ CAIRN_MASTER_KEY_COMMAND: failing })).toThrow('ended with status 3');
      expect(() => textsOf({ CAIRN_MASTER_KEY_COMMAND: failing })).not.toThrow(NEW);
    });

    it('come from one place only', () => {
      const env = { CAIRN_MASTER_KEY: NEW, CAIRN_MASTER_KEY_FILE: '/run/key' };
      expect(faultsOf(env)).toEqual(['CAIRN_MASTER_KEY_FILE']);
      const three = { ...env, CAIRN_MASTER_KEY_COMMAND: 'true' };
      expect(faultsOf(three)).toEqual(['CAIRN_MASTER_KEY_FILE', 'CAIRN_MASTER_KEY_COMMAND']);
    });
  });

  it('are drawn and dropped; the key of the digests stays the one of the first day', () => {
    const [first] = loadKeyRing({ dataDir }, { isNew: true }).masters;
    const drawn = drawKey({ dataDir });
    expect(drawn.masters).toHaveLength(2);
    expect(drawn.masters[1]).toEqual(first);
    expect(loadKeyRing({ dataDir }, { isNew: true })).toEqual(drawn);
    const alone = dropOlderKeys({ dataDir });
    expect(alone).toEqual({ masters: [drawn.masters[0]], index: drawn.index });
    expect(loadKeyRing({ dataDir }, { isNew: true })).toEqual(alone);
    expect(drawKey({ dataDir }).index).toEqual(drawn.index);
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
  });
});
