import type { Log } from './log.ts';
import type { Row } from './db.ts';
import type { World } from './world.ts';

/** An event as subscribers get it. It may come more than once: `eventId` tells. */
export interface DeliveredEvent {
  eventId: bigint;
  bucket: number;
  topic: string;
  key: string;
  payload: Record<string, unknown>;
}

/** Someone above who wants events of a topic. The same event may arrive again after a crash. */
export interface Subscriber {
  /** Name for logs, such as 'clearing'. */
  readonly name: string;
  readonly topic: string;
  handle(world: World, event: DeliveredEvent): Promise<void>;
}

interface EventRow extends Row {
  event_id: bigint;
  bucket: number;
  topic: string;
  key: string;
  payload: Record<string, unknown>;
}

const PAGE = 500;
/** Pages of one pass: well within the lease of the task that runs it; the next follows at once. */
const PAGES_MAX = 40;

/** What one pass over the outbox did. */
export interface DispatchOutcome {
  delivered: number;
  /** Buckets that stopped at an event whose subscriber failed; they are tried again next time. */
  stoppedBuckets: number;
}

/**
 * Delivers waiting events (up to 20,000) in order per bucket, at least once, and marks them. A failing
 * subscriber stops its bucket at that event, never the others. Only one process may run this at a
 * time.
 */
export async function dispatchOutbox(
  world: World,
  subscribers: readonly Subscriber[],
  log: Log,
): Promise<DispatchOutcome> {
  const stopped = new Set<number>();
  let delivered = 0;
  // Ids of a bucket ascend as they commit, so a page goes on where the one before it ended.
  let after = 0n;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const rows = await world.db.query<EventRow>(
      `select event_id, bucket, topic, key, payload from platform.outbox
       where delivered_at is null and event_id > $1 and bucket <> all($2::int4[])
       order by event_id limit $3`,
      [after, [...stopped], PAGE],
    );
    const done: bigint[] = [];
    for (const row of rows) {
      if (stopped.has(row.bucket)) continue;
      if (await deliver(world, row, subscribers, log)) done.push(row.event_id);
      else stopped.add(row.bucket);
    }
    if (done.length > 0) {
      await world.db.query(
        'update platform.outbox set delivered_at = $2 where event_id = any($1::int8[])',
        [done, world.clock.now()],
      );
    }
    delivered += done.length;
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) break;
    after = last.event_id;
  }
  return { delivered, stoppedBuckets: stopped.size };
}

async function deliver(
  world: World,
  row: EventRow,
  subscribers: readonly Subscriber[],
  log: Log,
): Promise<boolean> {
  const { event_id: eventId, bucket, topic, key, payload } = row;
  for (const subscriber of subscribers) {
    if (subscriber.topic !== topic) continue;
    try {
      await subscriber.handle(world, { eventId, bucket, topic, key, payload });
    } catch (error) {
      log.error({ err: error, topic, bucket, module: subscriber.name }, 'event not delivered');
      return false;
    }
  }
  return true;
}
