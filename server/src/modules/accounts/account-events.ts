import { type Actor, actorName } from '../../platform/actor.ts';
import type { Work } from '../../platform/work.ts';

/** One change of an account of layer three or four; `seq` is the account's version after it. */
export interface AccountEvent {
  readonly bucket: number;
  readonly accountNo: string;
  readonly seq: number;
  readonly layer: 'asset' | 'trading';
  readonly event: string;
  readonly fromStatus: string | undefined;
  readonly toStatus: string;
  readonly reason: string;
}

/** Appends the events, one statement for all. */
export async function recordEvents(
  work: Work,
  actor: Actor,
  events: readonly AccountEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await work.tx.query(
    `insert into accounts.account_events (bucket, account_no, seq, layer, event, from_status,
       to_status, reason, actor, at)
     select bucket, account_no, seq, layer, event, from_status, to_status, reason, $9,
       $10::timestamptz
     from unnest($1::int2[], $2::text[], $3::int4[], $4::text[], $5::text[], $6::text[],
       $7::text[], $8::text[])
       as t(bucket, account_no, seq, layer, event, from_status, to_status, reason)`,
    [
      events.map((event) => event.bucket),
      events.map((event) => event.accountNo),
      events.map((event) => event.seq),
      events.map((event) => event.layer),
      events.map((event) => event.event),
      events.map((event) => event.fromStatus ?? null),
      events.map((event) => event.toStatus),
      events.map((event) => event.reason),
      actorName(actor),
      work.now,
    ],
  );
}
