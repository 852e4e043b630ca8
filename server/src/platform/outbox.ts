/**
 * The outbox: events written in the transaction of the change. It is published to a stream, and what
 * consumers have done is kept per bucket in their own transaction, so each event takes effect once
 * however often the stream tells of it, and none is skipped when the stream forgets one.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Row, Tx } from './db.ts';
import { FIRM } from './firm.ts';
import type { Log } from './log.ts';
import type { EventStream, OpenStream, StreamedEvent } from './stream.ts';
import type { World } from './world.ts';

/** Someone above who wants events of some topics. */
export interface Subscriber {
  /** Its name for ever, such as 'trading-flow': what it has done is kept under it. */
  readonly name: string;
  readonly topics: readonly string[];
  /** Takes events in order per bucket; what it writes commits with the note that they are done. */
  handle(tx: Tx, events: readonly StreamedEvent[]): Promise<void>;
}

interface EventRow extends Row {
  event_id: bigint;
  bucket: number;
  topic: string;
  key: string;
  payload: Record<string, unknown>;
}

const PAGE = 1_000;

const eventOf = ({ event_id: eventId, ...rest }: EventRow): StreamedEvent => ({ eventId, ...rest });

/** Asked after each page; false ends long work, and what is left is done another time. */
type GoOn = () => boolean;
const TO_THE_END: GoOn = () => true;

/** Publishes all that waits and notes it; returns how many. A repetition after a crash is harmless. */
export async function publishWaiting(
  world: World,
  stream: EventStream,
  goOn = TO_THE_END,
): Promise<number> {
  for (let count = 0; ; ) {
    const rows = await world.db.query<EventRow>(
      `select event_id, bucket, topic, key, payload from platform.outbox
       where delivered_at is null order by event_id limit $1`,
      [PAGE],
    );
    if (rows.length > 0) {
      await stream.publish(rows.map(eventOf));
      await world.db.affected(
        `update platform.outbox o set delivered_at = $3::timestamptz
         from unnest($1::int2[], $2::int8[]) as d(bucket, event_id)
         where o.bucket = d.bucket and o.event_id = d.event_id`,
        [rows.map((row) => row.bucket), rows.map((row) => row.event_id), world.clock.now()],
      );
    }
    count += rows.length;
    if (rows.length < PAGE || !goOn()) return count;
  }
}

const IDENTITY_FACT = 'event-stream';

/**
 * When the stream is another than the one that events were published to, those that some consumer
 * has not done are published again: the stream is rebuilt from the outbox.
 */
export async function rebuildIfLost(
  world: World,
  { identity }: EventStream,
  consumers: readonly string[],
): Promise<number> {
  return world.db.tx(async (tx) => {
    const [known] = await tx.query<{ value: string }>(
      'select value from platform.facts where name = $1 for update',
      [IDENTITY_FACT],
    );
    if (known?.value === identity) return 0;
    await tx.query(
      `insert into platform.facts (name, value, updated_at) values ($1, $2, $3)
       on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`,
      [IDENTITY_FACT, identity, world.clock.now()],
    );
    if (consumers.length === 0) return 0;
    for (const consumer of consumers) await ensurePositions(tx, consumer, ALL_BUCKETS);
    return tx.affected(
      `update platform.outbox o set delivered_at = null
       from (select bucket, min(event_id) as done from platform.stream_positions
             where consumer = any($1::text[]) and bucket = any($2::int2[]) group by bucket) p
       where o.bucket = p.bucket and o.event_id > p.done and o.delivered_at is not null`,
      [consumers, ALL_BUCKETS],
    );
  });
}

const ALL_BUCKETS = Array.from({ length: FIRM + 1 }, (_, bucket) => bucket);

/** A consumer that was never here has done nothing. */
async function ensurePositions(tx: Tx, consumer: string, buckets: readonly number[]) {
  await tx.query(
    `insert into platform.stream_positions (bucket, consumer, event_id)
     select bucket, $1, 0 from unnest($2::int2[]) as b(bucket) order by bucket
     on conflict (bucket, consumer) do nothing`,
    [consumer, buckets],
  );
}

interface Position extends Row {
  bucket: number;
  event_id: bigint;
}

/** A page of what comes after these positions, in order per bucket. */
async function eventsAfter(
  tx: Tx,
  positions: readonly Position[],
  upTo: ReadonlyMap<number, bigint>,
): Promise<EventRow[]> {
  const [one, another] = positions;
  if (one !== undefined && another === undefined) {
    // Read in the order of the index: a page costs the same however far behind a consumer is.
    return tx.query<EventRow>(
      `select event_id, bucket, topic, key, payload from platform.outbox
       where bucket = $1 and event_id > $2 and event_id <= $3 order by event_id limit $4`,
      [one.bucket, one.event_id, upTo.get(one.bucket) ?? 0n, PAGE],
    );
  }
  return tx.query<EventRow>(
    `select o.event_id, o.bucket, o.topic, o.key, o.payload
     from unnest($1::int2[], $2::int8[], $3::int8[]) as k(bucket, done, wanted)
     join platform.outbox o on o.bucket = k.bucket and o.event_id > k.done
       and o.event_id <= k.wanted
     order by o.event_id limit $4`,
    [
      positions.map((row) => row.bucket),
      positions.map((row) => row.event_id),
      positions.map((row) => upTo.get(row.bucket) ?? 0n),
      PAGE,
    ],
  );
}

/** Does a page of what a consumer has not done yet of these buckets, up to an event each; gives those with more. */
async function step(
  world: World,
  subscriber: Subscriber,
  upTo: ReadonlyMap<number, bigint>,
): Promise<number[]> {
  const buckets = [...upTo.keys()].sort((a, b) => a - b);
  return world.db.tx(async (tx) => {
    // Locks of the session's own database, not of rows: those may lie in several places.
    await tx.query(
      `select pg_advisory_xact_lock(hashtext('stream:' || $1), bucket)
       from unnest($2::int4[]) as b(bucket)`,
      [subscriber.name, buckets],
    );
    await ensurePositions(tx, subscriber.name, buckets);
    const positions = await tx.query<Position>(
      `select bucket, event_id from platform.stream_positions
       where consumer = $1 and bucket = any($2::int2[])`,
      [subscriber.name, buckets],
    );
    const rows = await eventsAfter(tx, positions, upTo);
    if (rows.length === 0) return [];
    const wanted = rows.filter((row) => subscriber.topics.includes(row.topic)).map(eventOf);
    if (wanted.length > 0) await subscriber.handle(tx, wanted);
    // Only what was seen here counts: the stream may have heard of a change that a crash undid.
    const done = new Map(rows.map((row) => [row.bucket, row.event_id]));
    await tx.query(
      `update platform.stream_positions p set event_id = d.event_id
       from unnest($2::int2[], $3::int8[]) as d(bucket, event_id)
       where p.consumer = $1 and p.bucket = d.bucket`,
      [subscriber.name, [...done.keys()], [...done.values()]],
    );
    if (rows.length < PAGE) return [];
    const reached = new Map(positions.map((row) => [row.bucket, row.event_id]));
    for (const [bucket, eventId] of done) reached.set(bucket, eventId);
    return buckets.filter((bucket) => (reached.get(bucket) ?? 0n) < (upTo.get(bucket) ?? 0n));
  });
}

interface Doing {
  readonly log: Log;
  readonly goOn?: GoOn;
}

/** Does all that waits of these buckets, a page for all at first; gives those that are not done. */
async function doAll(
  world: World,
  subscriber: Subscriber,
  upTo: ReadonlyMap<number, bigint>,
  doing: Doing,
): Promise<ReadonlySet<number>> {
  // A bucket whose events fail takes the page with it; one by one it stops no others.
  const left = await step(world, subscriber, upTo).catch(() => [...upTo.keys()]);
  const more = left.map((bucket): [number, bigint] => [bucket, upTo.get(bucket) ?? 0n]);
  return doEach(world, subscriber, new Map(more), doing);
}

/** The same bucket by bucket. */
async function doEach(
  world: World,
  subscriber: Subscriber,
  upTo: ReadonlyMap<number, bigint>,
  { log, goOn = TO_THE_END }: Doing,
): Promise<ReadonlySet<number>> {
  const left = new Set(upTo.keys());
  for (const [bucket, eventId] of upTo) {
    const one = new Map([[bucket, eventId]]);
    try {
      while (goOn() && left.has(bucket)) {
        if ((await step(world, subscriber, one)).length === 0) left.delete(bucket);
      }
    } catch (error) {
      log.error({ err: error, bucket, module: subscriber.name }, 'events of a bucket not done');
    }
  }
  return left;
}

/** Does what no word came of: the stream may have lost some that it had, as at a loss of power. */
export async function sweep(world: World, subscriber: Subscriber, doing: Doing): Promise<void> {
  const rows = await world.db.tx(async (tx) => {
    await ensurePositions(tx, subscriber.name, ALL_BUCKETS);
    return tx.query<Position & { count: bigint }>(
      `select p.bucket, max(o.event_id) as event_id, count(*) as count
       from platform.stream_positions p
       join platform.outbox o on o.bucket = p.bucket and o.event_id > p.event_id
       where p.consumer = $1 and p.bucket = any($2::int2[]) group by p.bucket`,
      [subscriber.name, ALL_BUCKETS],
    );
  });
  const upTo = new Map(rows.map((row) => [row.bucket, row.event_id]));
  if (upTo.size === 0) return;
  // What one page does not hold would be read and sorted whole for each.
  const count = rows.reduce((sum, row) => sum + Number(row.count), 0);
  await (count < PAGE ? doAll : doEach)(world, subscriber, upTo, doing);
}

const TAKE = 1_000;

/**
 * Takes what waits for a subscriber and does it. A bucket whose event fails is tried again later and
 * does not stop the others. Returns how many words were taken.
 */
export async function consumeWaiting(
  world: World,
  stream: EventStream,
  subscriber: Subscriber,
  { waitMs, ...doing }: Doing & { readonly waitMs: number },
): Promise<number> {
  const deliveries = await stream.take(subscriber.name, TAKE, waitMs);
  if (deliveries.length === 0) return 0;
  const upTo = new Map<number, bigint>();
  for (const { bucket, eventId } of deliveries) {
    const known = upTo.get(bucket) ?? 0n;
    upTo.set(bucket, eventId > known ? eventId : known);
  }
  const left = await doAll(world, subscriber, upTo, doing);
  for (const delivery of deliveries) {
    if (left.has(delivery.bucket)) delivery.again();
    else delivery.done();
  }
  return deliveries.length;
}

const LOOK_MS = 250;
const SWEEP_MS = 60_000;
const REOPEN_MS = 1_000;

/** Publishes and consumes in the background until stopped; a stream that fails is opened anew. */
export class StreamWorker {
  readonly #world: World;
  readonly #open: OpenStream;
  readonly #subscribers: readonly Subscriber[];
  readonly #log: Log;
  #isStopped = false;
  #running: Promise<void> = Promise.resolve();

  constructor(
    world: World,
    parts: { open: OpenStream; subscribers: readonly Subscriber[]; log: Log },
  ) {
    this.#world = world;
    this.#open = parts.open;
    this.#subscribers = parts.subscribers;
    this.#log = parts.log;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Ends after the page that is in hand; what is left is done by the next. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      let stream: EventStream | undefined;
      try {
        const names = this.#subscribers.map(({ name }) => name);
        stream = await this.#open(names);
        const count = await rebuildIfLost(this.#world, stream, names);
        if (count > 0) this.#log.info({ count }, 'stream is rebuilt from the outbox');
        await this.#serve(stream);
      } catch (error) {
        this.#log.error({ err: error }, 'event stream failed');
        await pause(REOPEN_MS);
      } finally {
        await stream?.close().catch(() => undefined);
      }
    }
  }

  /** Runs until stopped; when one part fails, all end. */
  async #serve(stream: EventStream): Promise<void> {
    const failure: { error?: unknown } = {};
    const goOn = () => !this.#isStopped && !('error' in failure);
    const forEver = async (turn: () => Promise<unknown>, restMs: number) => {
      try {
        while (goOn()) {
          await turn();
          await pause(restMs);
        }
      } catch (error) {
        failure.error = error;
      }
    };
    const doing = { log: this.#log, goOn, waitMs: LOOK_MS };
    // At once too: what a process took that died is nobody's until the stream tells of it again.
    let sweptAt = Number.NEGATIVE_INFINITY;
    const sweepAll = async () => {
      if (performance.now() - sweptAt < SWEEP_MS) return;
      sweptAt = performance.now();
      for (const subscriber of this.#subscribers) {
        if (!goOn()) return;
        await sweep(this.#world, subscriber, doing).catch((error: unknown) =>
          this.#log.error({ err: error, module: subscriber.name }, 'events left over not done'),
        );
      }
    };
    await Promise.all([
      forEver(() => publishWaiting(this.#world, stream, goOn), LOOK_MS),
      forEver(sweepAll, LOOK_MS),
      ...this.#subscribers.map((subscriber) =>
        forEver(() => consumeWaiting(this.#world, stream, subscriber, doing), 0),
      ),
    ]);
    if ('error' in failure) throw failure.error;
  }
}
