import { createCipheriv, hash, hkdfSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileStore } from './files.ts';
import { ALGORITHMS, type Secrets, secretsFrom, secretsOf } from './secrets.ts';

const secrets = secretsFrom(Buffer.alloc(32, 1));

test('a field decrypts in its own row only, and never twice to the same bytes', () => {
  const one = secrets.encrypt('110101199003070000', 'customers.customers:C1:certificate');
  const two = secrets.encrypt('110101199003070000', 'customers.customers:C1:certificate');
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false);
  expect(secrets.decrypt(one, 'customers.customers:C1:certificate')).toBe('110101199003070000');
  expect(() => secrets.decrypt(one, 'customers.customers:C2:certificate')).toThrow(
    'SECRET_UNREADABLE',
  );
  const flipped = Uint8Array.from(one);
  flipped[20] = (flipped[20] ?? 0) ^ 1;
  expect(() => secrets.decrypt(flipped, 'customers.customers:C1:certificate')).toThrow(
    'SECRET_UNREADABLE',
  );
});

test('another master key reads nothing and finds nothing', () => {
  const other = secretsFrom(Buffer.alloc(32, 2));
  expect(() => other.decrypt(secrets.encrypt('张三', 'c'), 'c')).toThrow('SECRET_UNREADABLE');
  expect(Buffer.from(other.digest('张三')).equals(Buffer.from(secrets.digest('张三')))).toBe(false);
  expect(() => secretsFrom(Buffer.alloc(16))).toThrow('MASTER_KEY_SHORT');
});

describe.each(ALGORITHMS)('algorithms %s', (algorithms) => {
  const old = Buffer.alloc(32, 3);
  const fresh = Buffer.alloc(32, 4);
  const under = (...masters: Buffer[]) => secretsOf({ masters }, algorithms);

  test('any bit that is changed, anything that is cut, and any other row is refused', () => {
    const own = under(old);
    const bytes = own.encrypt('6222020200112345678', 't:1:c');
    expect(own.decrypt(bytes, 't:1:c')).toBe('6222020200112345678');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => own.decrypt(flipped, 't:1:c')).toThrow('SECRET_UNREADABLE');
    }
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => own.decrypt(bytes.subarray(0, length), 't:1:c')).toThrow('SECRET_UNREADABLE');
    }
    for (const context of ['t:2:c', 't:1:d', 't:1', '', 't:1:c ']) {
      expect(() => own.decrypt(bytes, context)).toThrow('SECRET_UNREADABLE');
    }
    expect(Buffer.from(own.encrypt('6222020200112345678', 't:1:c')).equals(bytes)).toBe(false);
  });

  test('the ring reads what older keys made, writes with the first, and finds by the same digests', () => {
    const before = under(old);
    const after = under(fresh, old);
    const bytes = before.encrypt('张三', 'c');
    expect(after.decrypt(bytes, 'c')).toBe('张三');
    expect(before.decrypt(bytes, 'c')).toBe('张三');
    expect(() => before.decrypt(after.encrypt('张三', 'c'), 'c')).toThrow('SECRET_UNREADABLE');
    expect(Buffer.from(after.digest('张三')).equals(before.digest('张三'))).toBe(true);
    const alone = secretsOf({ masters: [fresh], index: after.indexKey() }, algorithms);
    expect(() => alone.decrypt(bytes, 'c')).toThrow('SECRET_UNREADABLE');
    expect(Buffer.from(alone.digest('张三')).equals(before.digest('张三'))).toBe(true);
  });

  test('a process that does not know the key yet reads the ring again', () => {
    const bytes = under(fresh, old).encrypt('张三', 'c');
    const stale = secretsOf({ masters: [old] }, algorithms, () => ({ masters: [fresh, old] }));
    expect(stale.decrypt(bytes, 'c')).toBe('张三');
  });

  test('reads what the other algorithms made under the same keys', () => {
    for (const other of ALGORITHMS) {
      const bytes = secretsFrom(old, other).encrypt('张三', 'c');
      expect(under(fresh, old).decrypt(bytes, 'c')).toBe('张三');
    }
  });
});

test('what programs before the names of keys encrypted is read, whichever key it was', () => {
  const master = Buffer.alloc(32, 1);
  const key = Buffer.from(hkdfSync('sha256', master, 'cairn', 'field-encryption-1', 32));
  const nonce = Buffer.alloc(12, 5);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from('c'));
  const body = Buffer.concat([cipher.update('张三', 'utf8'), cipher.final()]);
  const bytes = Buffer.concat([Uint8Array.of(1), nonce, body, cipher.getAuthTag()]);
  expect(secrets.decrypt(bytes, 'c')).toBe('张三');
  const ring = secretsOf({ masters: [Buffer.alloc(32, 2), master] });
  expect(ring.decrypt(bytes, 'c')).toBe('张三');
  expect(() => ring.decrypt(bytes, 'd')).toThrow('SECRET_UNREADABLE');
});

test('SM3 and SM4 are those of GB/T 32905 and 32907: their published examples', () => {
  expect(hash('sm3', 'abc')).toBe(
    '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
  );
  const text = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
  const cipher = createCipheriv('sm4-ecb', text, null).setAutoPadding(false);
  expect(cipher.update(text, undefined, 'hex')).toBe('681edf34d206965e86b3e94f536e4246');
});

test('the file store keeps bytes once, by their digest, and leaves no partial file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-test-files-'));
  const store = fileStore(folder);
  const sha256 = await store.put(Buffer.from('abc'));
  expect(sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(await store.put(Buffer.from('abc'))).toBe(sha256);
  expect((await store.get(sha256)).toString()).toBe('abc');
  expect(readdirSync(join(folder, 'ba'))).toEqual([sha256]);
  expect(() => store.path('../../etc/passwd')).toThrow('SHA-256');
  rmSync(folder, { recursive: true });
});

test('a stored file with one wrong bit is refused, and mended by the same bytes brought again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-test-files-'));
  const store = fileStore(folder);
  const sha256 = await store.put(Buffer.from('abc'));
  writeFileSync(store.path(sha256), 'abb');
  await expect(store.get(sha256)).rejects.toMatchObject({ code: 'STORED_FILE_DAMAGED' });
  await store.put(Buffer.from('abc'));
  expect((await store.get(sha256)).toString()).toBe('abc');
  rmSync(folder, { recursive: true });
});

describe('encrypted files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cairn-test-sealed-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const [old, fresh] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const BYTES = Buffer.from('OFDCFDAT 张三 11010519491231002X'.repeat(40));
  const storeOf = (under?: Secrets) =>
    fileStore(folder, under === undefined ? {} : { secrets: under });

  test.each(ALGORITHMS)(
    'show nothing of what they hold (%s), and are kept once',
    async (algorithms) => {
      const store = storeOf(secretsFrom(old, algorithms));
      const sha256 = await store.put(BYTES);
      const kept = readFileSync(store.path(sha256));
      expect(kept.includes('张三')).toBe(false);
      expect(kept.includes('1101051949')).toBe(false);
      expect(await store.put(BYTES)).toBe(sha256);
      expect(readFileSync(store.path(sha256)).equals(kept)).toBe(true);
      expect((await store.get(sha256)).equals(BYTES)).toBe(true);
      await expect(storeOf().get(sha256)).rejects.toThrow('STORED_FILE_DAMAGED');
    },
  );

  test('with a wrong bit anywhere, cut, or under the name of another are refused, and mended', async () => {
    const store = storeOf(secretsFrom(old));
    const sha256 = await store.put(BYTES);
    const path = store.path(sha256);
    const kept = readFileSync(path);
    for (let at = 0; at < kept.length; at += 7) {
      const changed = Buffer.from(kept);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(path, changed);
      await expect(store.get(sha256)).rejects.toThrow('STORED_FILE_DAMAGED');
    }
    writeFileSync(path, kept.subarray(0, -1));
    await expect(store.get(sha256)).rejects.toThrow('STORED_FILE_DAMAGED');
    const other = await store.put(Buffer.from('another'));
    writeFileSync(path, readFileSync(store.path(other)));
    await expect(store.get(sha256)).rejects.toThrow('STORED_FILE_DAMAGED');
    await store.put(BYTES);
    expect((await store.get(sha256)).equals(BYTES)).toBe(true);
  });

  test('are sealed again under another key, also those that were kept in clear before', async () => {
    const clear = await storeOf().put(Buffer.from('from before'));
    const before = storeOf(secretsFrom(old));
    const sealed = await before.put(BYTES);
    expect((await before.get(clear)).toString()).toBe('from before');
    const both = storeOf(secretsOf({ masters: [fresh, old] }));
    expect(await both.countStale()).toBe(2);
    expect(await both.reseal()).toBe(2);
    expect([await both.countStale(), await both.reseal()]).toEqual([0, 0]);
    const alone = storeOf(secretsOf({ masters: [fresh] }));
    for (const [sha256, text] of [
      [clear, 'from before'],
      [sealed, BYTES.toString()],
    ] as const) {
      expect((await alone.get(sha256)).toString()).toBe(text);
      expect(readFileSync(alone.path(sha256)).includes(text.slice(0, 8))).toBe(false);
    }
    await expect(before.get(sealed)).rejects.toThrow('STORED_FILE_DAMAGED');
  });
});
