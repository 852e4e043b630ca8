/** The events of a house as they stand in its database: told or not, done by their consumer or not. */
import { orderFlow } from '../../server/src/modules/trading/order-flow.ts';
import type { Db } from '../../server/src/platform/db.ts';
import { pause, until } from './fault.ts';

/** Where an event stands. */
export interface Event {
  readonly bucket: number;
  readonly event_id: bigint;
}

/** Events that nobody was told of yet, the newest first. */
export const untold = (db: Db): Promise<Event[]> =>
  db.query<Event>(
    `select bucket, event_id from platform.outbox where delivered_at is null
     order by event_id desc`,
  );

/** Which stream the servers know; undefined before the first. */
export async function knownStream(db: Db): Promise<string | undefined> {
  const [row] = await db.query<{ value: string }>(
    `select value from platform.facts where name = 'event-stream'`,
  );
  return row?.value;
}

/** With a minute's look at what is left over, and all that a broker can do to it before. */
const DONE_MS = 180_000;

/** Waits until all that has happened by now was told, and its consumer has done it. */
export async function allDone(db: Db): Promise<void> {
  const [row] = await db.query<{ last: bigint | null }>(
    'select max(event_id) as last from platform.outbox',
  );
  const isDone = async () => {
    const left = await db.query(
      `select 1 from platform.outbox o left join platform.stream_positions p
         on p.bucket = o.bucket and p.consumer = $2
       where o.event_id <= $1
         and (o.delivered_at is null or o.event_id > coalesce(p.event_id, 0)) limit 1`,
      [row?.last ?? 0n, orderFlow.name],
    );
    if (left.length > 0) await pause(50);
    return left.length === 0;
  };
  await until('what has happened was told and done', isDone, DONE_MS);
}
