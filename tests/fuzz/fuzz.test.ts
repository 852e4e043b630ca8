/** A small part of the fuzzing on every run; and that the fuzzer finds what is planted. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CANARIES } from './canaries.ts';
import { TARGETS } from './targets.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

/** Runs the command; its lines and its exit code. */
function runFuzz(...args: string[]): Promise<{ code: number; text: string }> {
  const command = ['--conditions=development', MAIN, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { timeout: 170_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, text: `${stdout}${code === 0 ? '' : stderr}` });
    });
  });
}

test('six thousand mutants of a fixed seed: no crash, no hang, nothing accepted in silence', async () => {
  const { code, text } = await runFuzz('--mutants', '6000', '--seed', 'every-run');
  expect(text).toContain('6000 mutants, 0 findings');
  expect([code, text.slice(-2_000)]).toEqual([0, expect.any(String)]);
});

test('a bug planted in each target is found', async () => {
  const { code, text } = await runFuzz('--mutants', '60000', '--seed', '2', '--planted');
  expect(text.match(/^ {2}silent acceptance/gm)?.length).toBeGreaterThanOrEqual(TARGETS.length);
  expect([code, text.slice(-2_000)]).toEqual([0, expect.any(String)]);
});

test('what crashes, what is slow and what never comes back is told of', async () => {
  const names = CANARIES.map(({ name }) => name).join();
  const { code, text } = await runFuzz(
    '--mutants',
    '900',
    '--planted',
    '--only',
    names,
    '--stuck',
    '8',
  );
  expect(text).toContain('crash: TypeError: no reader of');
  expect(text).toContain('hang: took more than 1000 ms four times');
  expect(text).toContain('hang: stands still for 8 s');
  expect([code, text.slice(-2_000)]).toEqual([0, expect.any(String)]);
});
