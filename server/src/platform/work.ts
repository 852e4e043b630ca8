import { AppError, type Instant } from '@cairn/kernel';
import { type AuditEntry, type ChainHead, writeAudit } from './audit.ts';
import { LiveCalendar } from './calendar.ts';
import type { Tx, TxOptions } from './db.ts';
import type { World } from './world.ts';

export { FIRM } from './firm.ts';

/** A fact for those above: delivered at least once after the commit, in order per bucket. */
export interface OutboxEvent {
  bucket: number;
  /** '<module>.<what-happened>', such as 'trading.order-accepted'. */
  topic: string;
  key: string;
  payload: Record<string, unknown>;
}

/** The unit of work: one transaction that holds the locks of its buckets. */
export interface Work {
  readonly tx: Tx;
  /**
   * The instant of this batch, read after the locks were taken: never earlier than that of a batch
   * before it on the same buckets, on whatever server.
   */
  readonly now: Instant;
  /** Adds an audit record, written and chained when the work ends; none may be left out. */
  audit(entry: AuditEntry): void;
  /** Adds an event to the outbox of this transaction. */
  emit(event: OutboxEvent): void;
}

const RETRIABLE = new Set(['40001', '40P01']);
const ATTEMPTS_MAX = 4;

/**
 * Runs `body` in one transaction over `buckets` and commits its result with its audit records
 * and events.
 *
 * The bucket rows are locked in ascending order, so two batches that touch one bucket run one
 * after the other in every process, and no two wait for each other in a circle. `body` may run
 * again after a deadlock or serialisation failure reported by the database: it must have no
 * effect outside its transaction. AppError DATABASE_CONFLICT when it fails so each time; then
 * nothing was changed. `options` are those of the transaction.
 */
export async function work<T>(
  world: World,
  buckets: Iterable<number>,
  body: (work: Work) => Promise<T>,
  options: TxOptions = {},
): Promise<T> {
  const wanted = [...new Set(buckets)].sort((a, b) => a - b);
  for (let attempt = 1; ; attempt++) {
    try {
      return await world.db.tx((tx) => runOnce(tx, world, wanted, body), options);
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (!RETRIABLE.has(code)) throw error;
      if (attempt >= ATTEMPTS_MAX) throw new AppError('DATABASE_CONFLICT', {}, { cause: error });
    }
  }
}

/**
 * The later of the clock and what was done before on the same buckets. The clocks of servers differ
 * and are moved; without this an order could stand before the assessment that it was judged by.
 */
function notBefore(now: Instant, earlier: readonly (Instant | null)[]): Instant {
  return earlier.reduce<Instant>((last, at) => (at !== null && at > last ? at : last), now);
}

async function runOnce<T>(
  tx: Tx,
  world: World,
  buckets: readonly number[],
  body: (work: Work) => Promise<T>,
): Promise<T> {
  // The token of the calendar travels with the lock, so that no decision is made on an old one.
  const rows = await tx.query<{
    bucket: number;
    audit_seq: bigint;
    audit_hash: Uint8Array;
    last_at: Instant | null;
    calendar: string;
  }>(
    `select bucket, audit_seq, audit_hash, last_at,
       (select token::text from platform.calendar_revision where id = 1) as calendar
     from platform.buckets
     where bucket = any($1::int2[]) order by bucket for update`,
    [buckets],
  );
  const heads = new Map<number, ChainHead>(
    rows.map((row) => [row.bucket, { seq: row.audit_seq, hash: row.audit_hash }]),
  );
  const [first] = rows;
  if (first !== undefined && world.calendar instanceof LiveCalendar) {
    await world.calendar.follow(tx, first.calendar);
  }
  const entries: AuditEntry[] = [];
  const events: OutboxEvent[] = [];
  const now = notBefore(
    world.clock.now(),
    rows.map((row) => row.last_at),
  );
  const result = await body({
    tx,
    now,
    audit: (entry) => void entries.push(entry),
    emit: (event) => void events.push(event),
  });
  // Nobody needs their answers: they travel with the commit, and either failing fails the work.
  writeAudit(tx, now, entries, heads, world.secrets.algorithms);
  writeOutbox(tx, now, events);
  return result;
}

function writeOutbox(tx: Tx, at: Instant, events: readonly OutboxEvent[]): void {
  if (events.length === 0) return;
  tx.defer(
    `insert into platform.outbox (bucket, topic, key, payload, at)
     select bucket, topic, key, payload::jsonb, $5::timestamptz
     from unnest($1::int2[], $2::text[], $3::text[], $4::text[]) as t(bucket, topic, key, payload)`,
    [
      events.map((event) => event.bucket),
      events.map((event) => event.topic),
      events.map((event) => event.key),
      events.map((event) => JSON.stringify(event.payload)),
      at,
    ],
  );
}
