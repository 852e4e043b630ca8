/**
 * Plays the killed day in a process of its own.
 *
 * Arguments: database ('postgres://…' or a data directory), folder, and where to die: 'never',
 * 'step:<step>:<before|after>', or 'statement:<n>'. Death is SIGKILL to itself. 'started' on
 * standard output says that the play begins, 'finished' that it came to its end.
 */
import { openDb } from '../../server/src/platform/db.ts';
import { crashWorld, playKilledDay } from './crash-world.ts';
import { dyingDb } from './dying-db.ts';

const [database = '', folder = '', death = 'never'] = process.argv.slice(2);

function die(): Error {
  process.kill(process.pid, 'SIGKILL');
  return new Error('the process is gone');
}

const [kind, where, phase] = death.split(':');
const opened = await openDb(
  database.startsWith('postgres:') ? { url: database, poolSize: 4 } : { dataDir: database },
);
const diesAt = kind === 'statement' ? Number(where) : 0;
const { db } = dyingDb(opened, diesAt, die);
console.log('started');
await playKilledDay(crashWorld(db, folder), folder, {
  onStep(step, at) {
    if (kind === 'step' && step === where && at === phase) throw die();
  },
});
await opened.close();
console.log('finished');
