import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDb } from '../db.ts';
import { flushes } from './durable-node-fs.ts';

const folder = mkdtempSync(join(tmpdir(), 'cairn-test-embedded-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every commit on disk really reaches fsync', async () => {
  const db = await openDb({ dataDir: join(folder, 'flushed') });
  await db.script('create table public.t (n int8)');
  const before = flushes.count;
  for (let n = 0; n < 20; n++) await db.query('insert into public.t values ($1)', [n]);
  expect(flushes.count - before).toBeGreaterThanOrEqual(20);
  await db.close();
});

test('a second process on the same data directory is refused with the holder named', async () => {
  const dataDir = join(folder, 'held');
  const db = await openDb({ dataDir });
  const script = `
    import { openDb } from '${new URL('../db.ts', import.meta.url).pathname}';
    try { await openDb({ dataDir: process.argv[1] }); console.log('opened'); }
    catch (error) { console.log(error.code + ' ' + error.details.pid); process.exit(3); }`;
  const child = spawn(
    process.execPath,
    ['--conditions=development', '--input-type=module', '-e', script, dataDir],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  expect(printed.trim()).toBe(`DATA_DIRECTORY_LOCKED ${process.pid}`);
  expect(code).toBe(3);
  await expect(openDb({ dataDir })).rejects.toMatchObject({ code: 'DATA_DIRECTORY_LOCKED' });
  await db.close();
});

test('the lock of a process that is gone is taken over', async () => {
  const dataDir = join(folder, 'orphan');
  writeFileSync(`${dataDir}.lock`, '999999 1\n');
  const db = await openDb({ dataDir });
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
  await db.close();
});

test('in a worker: same rows, same error codes, and the data is there again after reopening', async () => {
  const dataDir = join(folder, 'worker');
  const first = await openDb({ dataDir, worker: true });
  await first.script('create table public.t (n int8 primary key, b bytea)');
  await first.tx((tx) =>
    tx.query('insert into public.t values ($1, $2)', [9007199254740993n, Uint8Array.of(7)]),
  );
  await expect(
    first.query('insert into public.t values (9007199254740993, null)'),
  ).rejects.toMatchObject({ code: '23505', constraint: 't_pkey' });
  await first.close();
  const again = await openDb({ dataDir, worker: true });
  const [row] = await again.query('select n, b from public.t');
  expect(row?.['n']).toBe(9007199254740993n);
  expect(Array.from(row?.['b'] as Uint8Array)).toEqual([7]);
  await again.close();
});
