import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './sources.ts';

const bootstrap = (...args: string[]) =>
  spawnSync(process.execPath, [join(ROOT, 'scripts/bootstrap.mjs'), ...args], { encoding: 'utf8' });

test.each([[[]], [['nothing-like-this']], [['constructor']]])(
  'the bootstrap refuses a command it does not know, in both languages: %s',
  (args) => {
    const { status, stderr } = bootstrap(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /Usage \/ 用法: .*start\|test\|real-day\|bench\|load\|long-lists\|soak\|faults\|proof\|licences\|weaknesses\|fuzz\|login-timing\|build\|cairn/,
    );
  },
);

test('npm test takes no arguments that would make it weaker', () => {
  const { status, stdout } = bootstrap('test', 'kernel');
  expect(status).toBe(2);
  expect(stdout).toContain('npm run unit -- PATH');
});

test('a command gets its arguments, its streams and its exit code', () => {
  const { status, stderr } = bootstrap('cairn', 'nothing-like-this');
  expect(status).toBe(2);
  expect(stderr).toContain("no command 'nothing-like-this'");
});
