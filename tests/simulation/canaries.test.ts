import { expect, test } from 'vitest';
import { PlayDatabases } from '../../server/src/app/simulation/database.ts';
import { PlayFailed, runPlay } from '../../server/src/app/simulation/run.ts';
import { ANSWER_CANARIES } from './canaries-of-answers.ts';
import { CANARIES } from './canaries.ts';
import { foundBy, sabotage } from './sabotage.ts';

/* A simulation that finds nothing proves nothing until it is seen to find what is there. */

const databases = new PlayDatabases(undefined);

test.each([...CANARIES, ...ANSWER_CANARIES])('$invariant: $bug', async (canary) => {
  const failures: string[] = [];
  for (const seed of ['2', '13', '4']) {
    const { db, drop } = await databases.open();
    if (canary.setUp !== undefined) await db.script(canary.setUp);
    const { habits = {} } = canary;
    const people = { seed, days: 4, customers: 8, hasFaults: false };
    const options = { ...people, habits, sabotage: sabotage(canary) };
    const failure = await runPlay(options, db).then(
      () => undefined,
      (error: unknown) => error,
    );
    await drop();
    if (failure === undefined) continue;
    if (!(failure instanceof PlayFailed)) throw failure;
    failures.push(failure.message);
    break;
  }
  expect(failures.join('\n')).toMatch(foundBy(canary));
});
