/**
 * Two commands at once in a clone without packages: a small clone of its own, in which npm is a
 * program that notes when it begins and ends, and goes on when the file "go" is there.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ROOT } from './sources.ts';

const NPM = `
const { appendFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
appendFileSync('npm.log', 'begin ');
rmSync('node_modules', { recursive: true, force: true });
const waiting = setInterval(() => {
  if (!existsSync('go')) return;
  clearInterval(waiting);
  mkdirSync('node_modules/node/bin', { recursive: true });
  symlinkSync(process.execPath, 'node_modules/node/bin/node');
  writeFileSync('node_modules/.package-lock.json', '{"packages":{}}');
  appendFileSync('npm.log', 'end ');
}, 20);
`;

let clone: string;
const lock = () => join(clone, '.cache', 'install.lock');

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'cairn-test-clone-'));
  cpSync(join(ROOT, 'scripts'), join(clone, 'scripts'), { recursive: true });
  mkdirSync(join(clone, 'server/src/app'), { recursive: true });
  mkdirSync(join(clone, '.cache'));
  writeFileSync(join(clone, 'npm.js'), NPM);
  writeFileSync(join(clone, 'go'), '');
  writeFileSync(join(clone, 'package.json'), '{"devDependencies":{"node":"24.0.0"}}');
  writeFileSync(join(clone, 'package-lock.json'), '{"packages":{}}');
  writeFileSync(join(clone, 'server/src/app/main.ts'), 'console.log("ran");');
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

interface Told {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** `npx cairn` in the clone: what it has told so far, and how it ended. */
function begin(): { told: Told; ended: Promise<Told>; child: ChildProcess } {
  const env = {
    ...process.env,
    npm_execpath: join(clone, 'npm.js'),
    npm_node_execpath: process.execPath,
  };
  const child = spawn(process.execPath, [join(clone, 'scripts/cairn.mjs')], { env });
  const told: Told = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (told.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (told.stderr += String(chunk)));
  const ended = new Promise<Told>((resolve) => {
    child.on('close', (code) => resolve({ ...told, code }));
  });
  return { told, ended, child };
}

const run = () => begin().ended;
const installations = () => readFileSync(join(clone, 'npm.log'), 'utf8');

test('two commands at once install once: the second waits, says so, and then runs', async () => {
  rmSync(join(clone, 'go'));
  const begun = [begin(), begin()];
  const waiting = () =>
    begun.filter(({ told }) => /waiting for it[^]*等待其完成/.test(told.stderr)).length;
  await vi.waitFor(() => expect(waiting()).toBe(1), 60_000);
  writeFileSync(join(clone, 'go'), '');
  const both = await Promise.all(begun.map(({ ended }) => ended));
  expect(both.map(({ code, stdout }) => [code, stdout])).toEqual([
    [0, 'ran\n'],
    [0, 'ran\n'],
  ]);
  expect(installations()).toBe('begin end ');
});

test('who ends an installation ends its npm too, before anybody else begins one', async () => {
  rmSync(join(clone, 'go'));
  const first = begin();
  await vi.waitFor(() => expect(existsSync(join(clone, 'npm.log'))).toBe(true), 60_000);
  first.child.kill('SIGTERM');
  expect(await first.ended).toMatchObject({ code: 143, stdout: '' });
  expect(existsSync(lock())).toBe(false);
  writeFileSync(join(clone, 'go'), '');
  expect(await run()).toMatchObject({ code: 0, stdout: 'ran\n' });
  // The first never came to its end, although it might go on now.
  expect(installations()).toBe('begin begin end ');
});

test.each([
  ['whose process is gone', () => writeFileSync(lock(), `999999999 ${hostname()}`)],
  [
    'that nobody has touched for a while',
    () => {
      writeFileSync(lock(), `${process.pid} ${hostname()}`);
      utimesSync(lock(), 1, 1);
    },
  ],
])('a lock %s holds nobody up', async (_case, leave) => {
  leave();
  const both = await Promise.all([run(), run()]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(installations()).toBe('begin end ');
});

test('a lock that is held is waited for', async () => {
  writeFileSync(lock(), `${process.pid} ${hostname()}`);
  const { told, ended } = begin();
  await vi.waitFor(() => expect(told.stderr).toContain(`process (${process.pid})`), 20_000);
  expect(existsSync(join(clone, 'npm.log'))).toBe(false);
  rmSync(lock());
  expect(await ended).toMatchObject({ code: 0, stdout: 'ran\n' });
  expect(installations()).toBe('begin end ');
});
