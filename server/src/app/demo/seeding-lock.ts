/** One process seeds at a time: what another has half made is not broken. */
import { setTimeout as pause } from 'node:timers/promises';
import { openDb, type Tx } from '../../platform/db.ts';

// Any constant will do; it only has to be the same in every process of one database.
const SEEDING_LOCK = 728_110_396n;
const ASK_MS = 500;
/** Well below the minute after which the database ends a transaction that says nothing. */
const BEAT_MS = 10_000;

async function tryLock(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ taken: boolean }>(
    'select pg_try_advisory_xact_lock($1) as taken',
    [SEEDING_LOCK],
  );
  return row?.taken === true;
}

/**
 * Waits until no other process seeds this PostgreSQL, and keeps others from it; gives what lets them.
 * The lock ends with the process. `tellWaiting` is called once when there is something to wait for.
 */
export async function holdSeeding(
  url: string,
  tellWaiting: () => void,
): Promise<() => Promise<void>> {
  const db = await openDb({ url, poolSize: 1 });
  const taken = Promise.withResolvers<void>();
  const over = new AbortController();
  const held = db.tx(async (tx) => {
    if (!(await tryLock(tx))) {
      tellWaiting();
      do await pause(ASK_MS);
      while (!(await tryLock(tx)));
    }
    taken.resolve();
    while (!over.signal.aborted) {
      await pause(BEAT_MS, undefined, { signal: over.signal }).catch(() => undefined);
      await tx.query('select 1');
    }
  });
  held.catch(taken.reject);
  const release = async () => {
    over.abort();
    await held.catch(() => undefined);
    await db.close();
  };
  try {
    await taken.promise;
  } catch (error) {
    await release();
    throw error;
  }
  return release;
}
