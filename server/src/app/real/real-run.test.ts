/*
 * A short real run through the command line, on both databases: once without a stop, once killed
 * again and again. It needs the folder of real data; without CAIRN_DATA it is skipped and says so.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dropDatabase } from '../../platform/db/databases.ts';
import { postgresAnswers, testServerUrl } from '../../platform/testing.ts';

const funds = join(process.env['CAIRN_DATA'] ?? '', 'funds');
const isThere = process.env['CAIRN_DATA'] !== undefined && existsSync(funds);
if (!isThere) console.log('The real run is skipped: CAIRN_DATA does not name the folder of data.');

const MAIN = new URL('../main.ts', import.meta.url).pathname;
// Two weeks with an offer that runs, two dividends and an account given up and added again.
const PLAY = ['--from', '2019-03-04', '--days', '12', '--customers', '30', '--orders', '25'];

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

class Run {
  readonly #args: readonly string[];
  readonly #env: NodeJS.ProcessEnv;

  constructor(args: readonly string[], env: NodeJS.ProcessEnv) {
    this.#args = args;
    this.#env = env;
  }

  #start(more: readonly string[]): ChildProcess {
    const args = ['--conditions=development', MAIN, 'real-day', funds, ...this.#args, ...more];
    return spawn(process.execPath, args, { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Plays to the end. */
  async play(...more: string[]): Promise<Ended> {
    const child = this.#start(more);
    let text = '';
    child.stdout?.on('data', (part: Buffer) => (text += part.toString()));
    child.stderr?.on('data', (part: Buffer) => (text += part.toString()));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, text };
  }

  /** Kills the process with SIGKILL some time after it wrote what is waited for. */
  async playUntilKilled(sign: RegExp, laterMs: number, ...more: string[]): Promise<void> {
    const child = this.#start(more);
    let text = '';
    await new Promise<void>((resolve) => {
      const see = (part: Buffer) => {
        text += part.toString();
        if (sign.test(text)) setTimeout(() => child.kill('SIGKILL'), laterMs);
      };
      child.stdout?.on('data', see);
      child.stderr?.on('data', see);
      child.on('close', () => resolve());
    });
  }
}

const digestIn = ({ text }: Ended) => /Digest 摘要: ([0-9a-f]{16})/.exec(text)?.[1];

const digests: (string | undefined)[] = [];

for (const [kind, can] of [
  ['pglite', true],
  ['postgres', postgresAnswers],
] as const) {
  describe.skipIf(!isThere || !can)(`a short real run on ${kind} (needs CAIRN_DATA)`, () => {
    let folder: string;
    const urls: string[] = [];
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'cairn-test-real-'));
    });
    afterAll(async () => {
      for (const url of urls) await dropDatabase(url);
      rmSync(folder, { recursive: true, force: true });
    });

    const newRun = (name: string) => {
      const { DATABASE_URL: _, ...env } = process.env;
      const own: NodeJS.ProcessEnv = { ...env, CAIRN_DATA_DIR: join(folder, name) };
      if (kind === 'postgres') {
        const url = new URL(testServerUrl());
        url.pathname = `/cairn_test_real_${process.pid}_${name}`;
        urls.push(url.href);
        own['DATABASE_URL'] = url.href;
      }
      return new Run(PLAY, own);
    };

    test('reconciles every day, passes every check and leaves nothing behind', async () => {
      const ended = await newRun('whole').play();
      expect(ended.text).not.toContain('FAIL');
      expect(ended.text).toContain('Reconciliation clean on every day 每日对账一致: 12 days');
      expect(ended.code).toBe(0);
      for (const code of ['001', '020', '022', '024', '029']) expect(ended.text).toContain(code);
      expect(existsSync(join(folder, 'whole', 'real-run'))).toBe(false);
      digests.push(digestIn(ended));
    }, 600_000);

    test('killed in set-up and on several days, it comes to the same state', async () => {
      const run = newRun('killed');
      await run.playUntilKilled(/customers \/ 客户/, 30);
      for (const laterMs of [0, 130, 290, 430]) {
        await run.playUntilKilled(/\d+\/12 /, laterMs, '--continue');
      }
      const ended = await run.play('--continue', '--keep');
      expect(ended.text).not.toContain('FAIL');
      expect(ended.code).toBe(0);
      digests.push(digestIn(ended));
      expect(new Set(digests).size).toBe(1);
      const again = await run.play();
      expect(again.code).toBe(1);
      expect(again.text).toContain('already holds customers');
    }, 600_000);
  });
}
