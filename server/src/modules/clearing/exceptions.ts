/** The exception list: everything that did not match, with its reason and its owner. */
import { AppError, type Instant, type LocalDate } from '@cairn/kernel';
import { deterministicId } from '@cairn/kernel/ids';
import { type Actor, actorName, type Role } from '../../platform/actor.ts';
import type { Sql, Tx } from '../../platform/db.ts';
import { FIRM, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';

export type Severity = 'remind' | 'approve' | 'block';

/** Something that does not match, as a step finds it. */
export interface RaisedException {
  readonly businessDate: LocalDate;
  readonly code: string;
  readonly severity: Severity;
  /** What it is about: 'file:NAME', 'confirmation:BUCKET/FILE/RECORD', 'order:ID'. */
  readonly subject: string;
  readonly bucket?: number;
  readonly detail: Record<string, unknown>;
  readonly ownerRole: Role;
}

/** The same finding on the same day is one exception, however often a step runs. */
export function exceptionIdOf(raised: RaisedException): string {
  const parts = [raised.businessDate, raised.code, raised.subject];
  return deterministicId('exception', parts, 20);
}

/** Adds exceptions with their first event; one that is already there stays as it is. */
export async function raiseExceptions(
  tx: Tx,
  now: Instant,
  raised: readonly RaisedException[],
): Promise<void> {
  if (raised.length === 0) return;
  const unique = [...new Map(raised.map((item) => [exceptionIdOf(item), item])).entries()];
  const created = await tx.query<{ exception_id: string }>(
    `insert into clearing.exceptions (exception_id, business_date, code, severity, subject, bucket,
       detail, owner_role, state, raised_at)
     select id, day, code, severity, subject, bucket, detail::jsonb, role, 'open', $9::timestamptz
     from unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::text[], $6::int2[],
                 $7::text[], $8::text[])
       as t(id, day, code, severity, subject, bucket, detail, role)
     on conflict (exception_id) do nothing
     returning exception_id`,
    [
      unique.map(([id]) => id),
      unique.map(([, item]) => item.businessDate),
      unique.map(([, item]) => item.code),
      unique.map(([, item]) => item.severity),
      unique.map(([, item]) => item.subject),
      unique.map(([, item]) => item.bucket ?? null),
      unique.map(([, item]) => JSON.stringify(item.detail)),
      unique.map(([, item]) => item.ownerRole),
      now,
    ],
  );
  if (created.length === 0) return;
  await tx.query(
    `insert into clearing.exception_events (exception_id, seq, at, actor, event, note)
     select id, 1, $2::timestamptz, 'system:cairn', 'raised', ''
     from unnest($1::text[]) as t(id)`,
    [created.map((row) => row.exception_id), now],
  );
}

/** Closes exceptions of the given subjects because their cause is gone. */
export async function settleExceptions(
  tx: Tx,
  now: Instant,
  subjects: readonly string[],
  note: string,
): Promise<void> {
  if (subjects.length === 0) return;
  const closed = await tx.query<{ exception_id: string }>(
    `update clearing.exceptions set state = 'resolved', resolved_at = $2
     where subject = any($1::text[]) and state = 'open' returning exception_id`,
    [subjects, now],
  );
  for (const { exception_id } of closed) {
    await appendEvent(tx, exception_id, now, 'system:cairn', 'resolved', note);
  }
}

async function appendEvent(
  tx: Tx,
  exceptionId: string,
  at: Instant,
  actor: string,
  event: 'assigned' | 'noted' | 'retried' | 'resolved',
  note: string,
): Promise<void> {
  await tx.query(
    `insert into clearing.exception_events (exception_id, seq, at, actor, event, note)
     select $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5
     from clearing.exception_events where exception_id = $1`,
    [exceptionId, at, actor, event, note],
  );
}

export interface ExceptionRow {
  exception_id: string;
  business_date: LocalDate;
  code: string;
  severity: Severity;
  subject: string;
  bucket: number | null;
  detail: Record<string, unknown>;
  owner_role: Role;
  owner: string | null;
  state: 'open' | 'resolved';
  raised_at: Instant;
  resolved_at: Instant | null;
}

/** What a member of staff may do to an exception. */
export type ExceptionAction =
  | { readonly kind: 'assign'; readonly owner: string }
  | { readonly kind: 'note'; readonly note: string }
  | { readonly kind: 'resolve'; readonly note: string };

/** The open exception with this id, locked. Errors: EXCEPTION_NOT_FOUND, EXCEPTION_RESOLVED. */
export async function getOpenException(tx: Tx, exceptionId: string): Promise<ExceptionRow> {
  const [row] = await tx.query<ExceptionRow>(
    'select * from clearing.exceptions where exception_id = $1 for update',
    [exceptionId],
  );
  if (row === undefined) throw new AppError('EXCEPTION_NOT_FOUND', { exceptionId });
  if (row.state === 'resolved') throw new AppError('EXCEPTION_RESOLVED', { exceptionId });
  return row;
}

/**
 * Assigns, notes or resolves one exception by hand.
 *
 * Errors: EXCEPTION_NOT_FOUND, EXCEPTION_RESOLVED, EXCEPTION_STILL_WAITING (a confirmation that
 * is not booked is resolved by retrying or accepting it, not by closing its exception).
 */
export async function actOnException(
  world: World,
  actor: Actor,
  exceptionId: string,
  action: ExceptionAction,
): Promise<void> {
  await work(world, [FIRM], async ({ tx, now, audit }) => {
    const row = await getOpenException(tx, exceptionId);
    const who = actorName(actor);
    if (action.kind === 'assign') {
      await tx.query('update clearing.exceptions set owner = $2 where exception_id = $1', [
        exceptionId,
        action.owner,
      ]);
      await appendEvent(tx, exceptionId, now, who, 'assigned', action.owner);
    } else if (action.kind === 'note') {
      await appendEvent(tx, exceptionId, now, who, 'noted', action.note);
    } else {
      if (/^(confirmation|account|distribution):/.test(row.subject)) {
        throw new AppError('EXCEPTION_STILL_WAITING', { exceptionId, subject: row.subject });
      }
      await tx.query(
        `update clearing.exceptions set state = 'resolved', resolved_at = $2
         where exception_id = $1`,
        [exceptionId, now],
      );
      await appendEvent(tx, exceptionId, now, who, 'resolved', action.note);
    }
    audit({
      bucket: FIRM,
      actor,
      action: `clearing.exception-${action.kind}`,
      subject: `exception:${exceptionId}`,
      result: 'done',
      detail: { ...action },
    });
  });
}

/** Open exceptions of a day, or all open ones, oldest first. */
export async function openExceptions(sql: Sql, businessDate?: LocalDate): Promise<ExceptionRow[]> {
  return sql.query<ExceptionRow>(
    `select * from clearing.exceptions
     where state = 'open' and ($1::date is null or business_date = $1::date)
     order by business_date, exception_id limit 1000`,
    [businessDate ?? null],
  );
}
