import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileStore } from './files.ts';
import { secretsFrom } from './secrets.ts';

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
