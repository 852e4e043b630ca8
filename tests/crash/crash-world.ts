/** The world of the day that is killed: everything it needs lies in one database and one folder. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exchangeCalendar, instantAtShanghai } from '@cairn/kernel';
import { createRegistrarWorld, type Fault } from '@cairn/registrar';
import { businessDigest } from '../../server/src/app/digest.ts';
import {
  type DayWorld,
  lastClosedDate,
  runDay,
  type RunOptions,
} from '../../server/src/modules/clearing/index.ts';
import { fixedClock } from '../../server/src/platform/clock.ts';
import type { Db } from '../../server/src/platform/db.ts';
import { fileStore } from '../../server/src/platform/files.ts';
import { secretsFrom } from '../../server/src/platform/secrets.ts';
import { actor, day, DISTRIBUTOR, stageScenario } from '../business-day/stage.ts';

/** The day that is killed: confirmations of the day before, new orders, an exception, a copy. */
export const KILLED_DAY = day(2);

export const CRASH_FAULTS: readonly Fault[] = [
  { kind: 'extraConfirmation', date: KILLED_DAY, registrarCode: '01' },
  { kind: 'duplicateFile', date: KILLED_DAY, registrarCode: '02' },
];

/** A world over a database and a folder that may be left by a dead process. */
export function crashWorld(db: Db, folder: string): DayWorld {
  return {
    db,
    clock: fixedClock(instantAtShanghai(KILLED_DAY, '15:30:00.000')),
    calendar: exchangeCalendar,
    secrets: secretsFrom(Buffer.alloc(32, 7)),
    files: fileStore(join(folder, 'files')),
    exchange: { distributorCode: DISTRIBUTOR, folder: join(folder, 'exchange') },
  };
}

/** Plays the killed day from where it stands, registrars and bank on the other side, if it is open. */
export async function playKilledDay(
  world: DayWorld,
  folder: string,
  options: RunOptions = {},
): Promise<void> {
  if ((await lastClosedDate(world)) === KILLED_DAY) return;
  const registrar = createRegistrarWorld({
    scenario: stageScenario(),
    stateDir: join(folder, 'registrar'),
    exchangeDir: world.exchange.folder,
    faults: { planted: CRASH_FAULTS },
  });
  const sent = await runDay(world, actor, KILLED_DAY, { ...options, until: 'send' });
  if (!sent.isComplete) throw new Error(JSON.stringify(sent.steps.at(-1)));
  registrar.playDay(KILLED_DAY);
  const finished = await runDay(world, actor, KILLED_DAY, options);
  if (!finished.isComplete) throw new Error(JSON.stringify(finished.steps.at(-1)));
}

function digestOfFolder(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /[/\\]out[/\\].*\./.test(name))
    .sort();
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update(readFileSync(join(folder, name)));
  return `${names.length} ${hash.digest('hex')}`;
}

/** The state after a day: the books, and what lies in the folders that we write. */
export async function stateOf(world: DayWorld): Promise<Record<string, string>> {
  const { tables } = await businessDigest(world.db);
  return { ...Object.fromEntries(tables), out: digestOfFolder(world.exchange.folder) };
}
