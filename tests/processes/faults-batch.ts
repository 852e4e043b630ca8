/** A batch that is killed on its way and run again: the end of a day, up to the files of its orders. */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DAY } from '../../server/src/app/sandbox/order-stage.ts';
import { openDb } from '../../server/src/platform/db.ts';
import { dice, expectThat, type Fault, pause } from './fault.ts';
import { EVENING, type ProcessHouse } from './house.ts';
import { brokenChecks } from './judge.ts';
import { ServerProcess } from './server-process.ts';

const RUN = ['day', 'run', '--date', DAY, '--until', 'send'];
const KILLS = 4;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .toSorted()
    .map((name) => `${name}: ${readFileSync(join(folder, name)).toString('latin1')}`);
}

/** A copy of the evening, with a folder for its files; dropped when `use` is over. */
async function withEvening<T>(
  house: ProcessHouse,
  use: (evening: {
    readonly name: string;
    readonly options: ReturnType<ProcessHouse['optionsFor']>;
    readonly folder: string;
  }) => Promise<T>,
): Promise<T> {
  const { cluster } = house;
  const name = `evening_${Date.now()}`;
  const folder = join(house.folder, name);
  await cluster.sql(`create database ${name} template ${EVENING}`);
  const env = { DATABASE_URL: cluster.url(name), CAIRN_EXCHANGE_DIR: folder };
  try {
    return await use({ name, folder, options: house.optionsFor(93, { env }) });
  } finally {
    await cluster.sql(`drop database ${name} with (force)`);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function finish(options: ReturnType<ProcessHouse['optionsFor']>): Promise<void> {
  const { code, output } = await ServerProcess.run(RUN, options);
  expectThat(code === 0, `the run comes to its end: ${output}`);
}

/** The files of an evening whose run nobody killed. */
const whole = new WeakMap<ProcessHouse, Promise<string[]>>();

function filesOfWholeRun(house: ProcessHouse): Promise<string[]> {
  let files = whole.get(house);
  if (files === undefined) {
    files = withEvening(house, async ({ options, folder }) => {
      await finish(options);
      return filesIn(folder);
    });
    whole.set(house, files);
  }
  return files;
}

async function runKilled(house: ProcessHouse): Promise<number> {
  const expected = await filesOfWholeRun(house);
  return withEvening(house, async ({ name, options, folder }) => {
    let kills = 0;
    const db = await openDb({ url: house.cluster.url(name), poolSize: 2 });
    const isRunning = async () => {
      const rows = await db.query(
        'select 1 from clearing.business_days where business_date = $1 and run_owner is not null',
        [DAY],
      );
      return rows.length > 0;
    };
    try {
      for (let n = 0; n < KILLS; n += 1) {
        // A run that was killed leaves its name; only the next one takes it away.
        await db.query('update clearing.business_days set run_owner = null, run_since = null');
        const run = ServerProcess.begin(options, RUN);
        while (run.isAlive && !(await isRunning())) await pause(5);
        await pause(dice.int(0, 120));
        if (run.isAlive) kills += 1;
        await run.kill();
      }
      await finish(options);
      const found = filesIn(folder);
      const odd = [
        ...found.filter((file) => !expected.includes(file)),
        ...expected.filter((file) => !found.includes(file)),
      ];
      expectThat(
        odd.length === 0,
        `a run that was killed leaves the files of one that was not: ${odd.map((file) => file.slice(0, 100)).join('; ')}`,
      );
      const broken = await brokenChecks(db, house.stage);
      expectThat(broken.length === 0, broken.join('; '));
    } finally {
      await db.close();
    }
    return kills;
  });
}

export const batchFaults: readonly Fault[] = [
  { name: 'run of the day killed', group: 'server killed in a batch run', run: runKilled },
];
