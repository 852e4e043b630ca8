/** The business clock of a demonstration, which all its processes share. */
import type { Instant } from '@cairn/kernel';
import type { FixedClock } from '../platform/clock.ts';
import type { Sql } from '../platform/db.ts';
import type { Log } from '../platform/log.ts';

/** The name of the fact that makes an installation a demonstration: its business clock. */
export const DEMO_CLOCK_FACT = 'demo-clock';

const FOLLOW_MS = 500;

/**
 * Where a demonstration's clock has been, in whichever process: the later of the recorded instant and
 * the newest audit record; undefined where there is no demonstration.
 */
export async function findDemoTime(sql: Sql): Promise<Instant | undefined> {
  const [row] = await sql.query<{ time: Instant }>(
    `select greatest(
       (select value::timestamptz from platform.facts where name = $1),
       (select max(at) from platform.audit)) as time
     where exists (select 1 from platform.facts where name = $1)`,
    [DEMO_CLOCK_FACT],
  );
  return row?.time;
}

/**
 * Keeps the clock from being behind the other processes' by more than a moment: a day that one of
 * them played has ended for all. It never goes back. Gives what ends that.
 */
export function followDemoClock(sql: Sql, clock: FixedClock, log: Log): () => Promise<void> {
  let isOver = false;
  let turn = Promise.resolve();
  const follow = async () => {
    try {
      const time = await findDemoTime(sql);
      if (time !== undefined && time > clock.now()) clock.set(time);
    } catch (error) {
      log.warn({ err: error }, 'the clock of the demonstration was not read');
    }
    if (!isOver) wait();
  };
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    timer = setTimeout(() => {
      turn = follow();
    }, FOLLOW_MS);
  };
  wait();
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await turn;
  };
}
