/** A house on the eve of the killed day, and copies of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDb } from '../../server/src/platform/db.ts';
import { testServerUrl } from '../../server/src/platform/testing.ts';
import { day, Stage } from '../business-day/stage.ts';
import type { Db } from '../../server/src/platform/db.ts';
import { CRASH_FAULTS, KILLED_DAY } from './crash-world.ts';

/** Plays two days, places the orders of the third, and leaves everything in one folder. */
export async function prepareEve(db: Db): Promise<string> {
  const stage = await new Stage(db, { faults: CRASH_FAULTS }).open();
  for (const n of [0, 1]) {
    stage.at(day(n), '10:00:00.000');
    await stage.buy(0, '1000.00');
    await stage.buy(1, '2000.00', '000002');
    const run = await stage.play(day(n));
    if (!run.isComplete) throw new Error(JSON.stringify(run.steps.at(-1)));
  }
  stage.at(KILLED_DAY, '10:00:00.000');
  await stage.buy(0, '500.00');
  await stage.sell(0, '100.00');
  await stage.buy(1, '700.00', '000002');
  const folder = mkdtempSync(join(tmpdir(), 'cairn-test-eve-'));
  for (const name of ['exchange', 'registrar']) {
    cpSync(join(stage.folder, name), join(folder, name), { recursive: true });
  }
  cpSync(join(stage.world.folder, 'files'), join(folder, 'files'), { recursive: true });
  stage.remove();
  return folder;
}

const NODE_ARGUMENTS = ['--conditions=development', '--no-warnings'];
const RUNNER = fileURLToPath(new URL('./runner.ts', import.meta.url));

/** Starts the runner; `ended` resolves with how it went. */
export function startRunner(database: string, folder: string, death = 'never') {
  const child = spawn(process.execPath, [...NODE_ARGUMENTS, RUNNER, database, folder, death], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let started: () => void = () => undefined;
  const begins = new Promise<void>((resolve) => {
    started = resolve;
  });
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes('started')) started();
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<{ signal: string | null; code: number | null; errors: string }>(
    (resolve) => {
      child.on('exit', (code, signal) => {
        started();
        resolve({ signal, code, errors });
      });
    },
  );
  return { child: child as ChildProcess, begins, ended };
}

/** A copy of the eve on PostgreSQL. */
export interface Copy {
  readonly url: string;
  readonly folder: string;
  drop(): Promise<void>;
}

let copies = 0;

async function onServer(statement: string): Promise<void> {
  const server = await openDb({ url: testServerUrl(), poolSize: 1 });
  try {
    await server.script(statement);
  } finally {
    await server.close();
  }
}

/** Copies the database and the folder of an eve that nobody has open. */
export async function copyOf(eveUrl: string, eveFolder: string): Promise<Copy> {
  const from = new URL(eveUrl).pathname.slice(1);
  const name = `${from}_${++copies}`;
  await onServer(`create database ${name} template ${from}`);
  const folder = mkdtempSync(join(tmpdir(), 'cairn-test-crash-'));
  cpSync(eveFolder, folder, { recursive: true });
  const url = new URL(eveUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    folder,
    async drop() {
      await onServer(`drop database if exists ${name} with (force)`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
