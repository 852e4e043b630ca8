/** The exception list: everything that did not match, with its reason and its owner. */
import {
  AppError,
  type Instant,
  type LocalDate,
  parseInstant,
  parseLocalDate,
} from '@cairn/kernel';
import { bucketOf, deterministicId } from '@cairn/kernel/ids';
import { type Actor, actorName, type Role } from '../../platform/actor.ts';
import { cutPage, type PageAsk, readTimeCursor } from '../../platform/cursor.ts';
import type { Sql, Tx } from '../../platform/db.ts';
import { FIRM, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { customersFor } from '../customers/index.ts';
import { mayStandAsStated, type Mismatch } from './domain/mismatch.ts';

export type Severity = 'remind' | 'approve' | 'block';

/** Something that does not match, as a step finds it. */
export interface RaisedException {
  readonly businessDate: LocalDate;
  readonly code: string;
  readonly severity: Severity;
  /** What it is about: 'file:NAME', 'confirmation:BUCKET/FILE/RECORD', 'order:ID'. */
  readonly subject: string;
  readonly bucket?: number;
  /** Whom it is about; absent for what concerns the firm. */
  readonly customerId?: string | undefined;
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
       detail, owner_role, state, raised_at, customer_id)
     select id, day, code, severity, subject, bucket, detail::jsonb, role, 'open', $9::timestamptz,
       customer
     from unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::text[], $6::int2[],
                 $7::text[], $8::text[], $10::text[])
       as t(id, day, code, severity, subject, bucket, detail, role, customer)
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
      unique.map(([, item]) => item.customerId ?? null),
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

/** Closes exceptions of the given subjects, of one code or all, because their cause is gone. */
export async function settleExceptions(
  tx: Tx,
  now: Instant,
  { subjects, code }: { readonly subjects: readonly string[]; readonly code?: string },
  note: string,
): Promise<void> {
  if (subjects.length === 0) return;
  const closed = await tx.query<{ exception_id: string }>(
    `update clearing.exceptions set state = 'resolved', resolved_at = $2
     where subject = any($1::text[]) and state = 'open' and ($3::text is null or code = $3)
     returning exception_id`,
    [subjects, now, code ?? null],
  );
  await appendEvents(
    tx,
    closed.map((row) => row.exception_id),
    { at: now, actor: 'system:cairn', event: 'resolved', note },
  );
}

/** What was done about an exception. */
export interface ExceptionEvent {
  readonly at: Instant;
  readonly actor: string;
  readonly event: 'raised' | 'assigned' | 'noted' | 'retried' | 'resolved';
  readonly note: string;
}

/** Appends one event to the story of each exception, one statement for all. */
export async function appendEvents(
  tx: Tx,
  exceptionIds: readonly string[],
  { at, actor, event, note }: ExceptionEvent,
): Promise<void> {
  if (exceptionIds.length === 0) return;
  await tx.query(
    `insert into clearing.exception_events (exception_id, seq, at, actor, event, note)
     select t.id, (select max(seq) + 1 from clearing.exception_events e where e.exception_id = t.id),
       $2::timestamptz, $3, $4, $5
     from unnest($1::text[]) as t(id)`,
    [exceptionIds, at, actor, event, note],
  );
}

export interface ExceptionRow {
  exception_id: string;
  business_date: LocalDate;
  code: string;
  severity: Severity;
  subject: string;
  bucket: number | null;
  customer_id: string | null;
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

/**
 * The open exception with this id, locked; a branch sees those about its own customers. Errors:
 * EXCEPTION_NOT_FOUND, EXCEPTION_RESOLVED.
 */
export async function getOpenException(
  tx: Tx,
  exceptionId: string,
  branchCode?: string,
): Promise<ExceptionRow> {
  const [row] = await tx.query<ExceptionRow>(
    'select * from clearing.exceptions where exception_id = $1 for update',
    [exceptionId],
  );
  const isHidden = branchCode !== undefined && (await branchOf(tx, row)) !== branchCode;
  if (row === undefined || isHidden) throw new AppError('EXCEPTION_NOT_FOUND', { exceptionId });
  if (row.state === 'resolved') throw new AppError('EXCEPTION_RESOLVED', { exceptionId });
  return row;
}

/** The branch of the customer whom an exception is about; none for what concerns the firm. */
async function branchOf(sql: Sql, row: ExceptionRow | undefined): Promise<string | undefined> {
  if (row?.customer_id == null) return undefined;
  const { customer_id: customerId } = row;
  const facts = await customersFor(sql, [{ bucket: bucketOf(customerId), customerId }]);
  return facts.get(customerId)?.branchCode;
}

/** Whether the exception is about a record of a file that is not booked. */
export function isAboutRecord(subject: string): boolean {
  return /^(confirmation|account|distribution):/.test(subject);
}

/** Whether two people let it pass on its day. */
async function isAccepted(tx: Tx, row: ExceptionRow): Promise<boolean> {
  const [waiver] = await tx.query(
    `select 1 as there from clearing.waivers
     where business_date = $1 and code = $2 and subject = $3`,
    [row.business_date, row.code, row.subject],
  );
  return waiver !== undefined;
}

/** Whether the record behind an exception may be booked as the registrar states it, by four eyes. */
export function mayBookAsStated({ subject, detail }: ExceptionRow): boolean {
  const reasons = (detail['reasons'] ?? []) as readonly Mismatch[];
  return isAboutRecord(subject) && mayStandAsStated(reasons);
}

async function act(tx: Tx, row: ExceptionRow, action: ExceptionAction, event: ExceptionEvent) {
  const { exception_id: exceptionId, subject, severity } = row;
  if (action.kind === 'assign') {
    await tx.query('update clearing.exceptions set owner = $2 where exception_id = $1', [
      exceptionId,
      action.owner,
    ]);
  }
  if (action.kind === 'resolve') {
    if (isAboutRecord(subject)) {
      throw new AppError('EXCEPTION_STILL_WAITING', { exceptionId, subject });
    }
    if (severity === 'block' || (severity === 'approve' && !(await isAccepted(tx, row)))) {
      throw new AppError('EXCEPTION_NEEDS_ACCEPTANCE', { exceptionId });
    }
    await tx.query(
      `update clearing.exceptions set state = 'resolved', resolved_at = $2
       where exception_id = $1`,
      [exceptionId, event.at],
    );
  }
  await appendEvents(tx, [exceptionId], event);
}

const EVENTS = { assign: 'assigned', note: 'noted', resolve: 'resolved' } as const;

/**
 * Assigns, notes or resolves one exception by hand.
 *
 * Errors: EXCEPTION_NOT_FOUND, EXCEPTION_RESOLVED, EXCEPTION_STILL_WAITING (a record that is not
 * booked is retried or voided, not closed), EXCEPTION_NEEDS_ACCEPTANCE (one person may resolve
 * what only reminds, and what was accepted with four eyes; the rest needs a cause that is gone).
 */
export async function actOnException(
  world: World,
  actor: Actor,
  exceptionId: string,
  action: ExceptionAction,
): Promise<void> {
  await work(world, [FIRM], async ({ tx, now, audit }) => {
    const row = await getOpenException(tx, exceptionId, actor.branchCode);
    const note = action.kind === 'assign' ? action.owner : action.note;
    await act(tx, row, action, {
      at: now,
      actor: actorName(actor),
      event: EVENTS[action.kind],
      note,
    });
    audit({
      bucket: FIRM,
      actor,
      action: `clearing.exception-${action.kind}`,
      subject: `exception:${exceptionId}`,
      result: 'done',
      // The note stays with the exception: free text may hold personal data.
      detail: action.kind === 'assign' ? { owner: action.owner } : {},
    });
  });
}

/**
 * Open exceptions of the day that need a second pair of eyes and were not accepted yet; the day is
 * not closed while there are any.
 */
export async function unacceptedExceptions(
  sql: Sql,
  businessDate: LocalDate,
): Promise<{ exceptionId: string; code: string; subject: string }[]> {
  const rows = await sql.query<{ exception_id: string; code: string; subject: string }>(
    `select e.exception_id, e.code, e.subject from clearing.exceptions e
     where e.state = 'open' and e.severity = 'approve' and e.business_date = $1
       and not exists (select 1 from clearing.waivers w
         where w.business_date = e.business_date and w.code = e.code and w.subject = e.subject)
     order by e.exception_id`,
    [businessDate],
  );
  return rows.map(({ exception_id: exceptionId, code, subject }) => ({
    exceptionId,
    code,
    subject,
  }));
}

const CURSOR_INVALID = 'EXCEPTION_CURSOR_INVALID';

/** Which exceptions: everything absent matches. */
export interface ExceptionSearch extends PageAsk {
  readonly businessDate?: LocalDate;
  readonly state?: 'open' | 'resolved';
  readonly severity?: Severity;
  readonly code?: string;
  readonly owner?: string;
  /** Only those about customers of this branch. */
  readonly branchCode?: string | undefined;
}

/** A page, the newest first; EXCEPTION_CURSOR_INVALID for a cursor that is not ours. */
export async function searchExceptions(
  sql: Sql,
  search: ExceptionSearch,
): Promise<{ shown: ExceptionRow[]; next: { nextCursor?: string } }> {
  const [at = null, id = null] = readTimeCursor(search.cursor, parseInstant, CURSOR_INVALID);
  const rows = await sql.query<ExceptionRow>(
    `select e.* from clearing.exceptions e
     where ($1::date is null or e.business_date = $1::date)
       and ($2::text is null or e.state = $2) and ($3::text is null or e.severity = $3)
       and ($4::text is null or e.code = $4) and ($5::text is null or e.owner = $5)
       and ($6::timestamptz is null or e.raised_at < $6::timestamptz
         or (e.raised_at = $6::timestamptz and e.exception_id > $7::text))
       and ($9::text is null or exists (select 1 from customers.customers c
         where c.bucket = e.bucket and c.customer_id = e.customer_id and c.branch_code = $9::text))
     order by e.raised_at desc, e.exception_id limit $8`,
    [
      search.businessDate ?? null,
      search.state ?? null,
      search.severity ?? null,
      search.code ?? null,
      search.owner ?? null,
      at,
      id,
      search.limit + 1,
      search.branchCode ?? null,
    ],
  );
  return cutPage(rows, search.limit, (row) => [row.raised_at, row.exception_id]);
}

/** One exception with everything that was done about it. EXCEPTION_NOT_FOUND, as for a branch. */
export async function getException(
  sql: Sql,
  exceptionId: string,
  branchCode?: string,
): Promise<{ row: ExceptionRow; events: (ExceptionEvent & { seq: number })[] }> {
  const [row] = await sql.query<ExceptionRow>(
    'select * from clearing.exceptions where exception_id = $1',
    [exceptionId],
  );
  const isHidden = branchCode !== undefined && (await branchOf(sql, row)) !== branchCode;
  if (row === undefined || isHidden) throw new AppError('EXCEPTION_NOT_FOUND', { exceptionId });
  const events = await sql.query<ExceptionEvent & { seq: number }>(
    `select seq, at, actor, event, note from clearing.exception_events
     where exception_id = $1 order by seq`,
    [exceptionId],
  );
  return { row, events };
}

/** The open exceptions of a day, or all open ones, oldest first. */
export async function openExceptions(sql: Sql, businessDate?: LocalDate): Promise<ExceptionRow[]> {
  return sql.query<ExceptionRow>(
    `select e.* from clearing.exceptions e
     where e.state = 'open' and ($1::date is null or e.business_date = $1::date)
     order by e.business_date, e.exception_id`,
    [businessDate ?? null],
  );
}

/**
 * A page of them, with a branch of those about its customers. EXCEPTION_CURSOR_INVALID for a cursor
 * that is not ours.
 */
export async function listOpenExceptions(
  sql: Sql,
  { businessDate, branchCode, limit, cursor }: Omit<ExceptionSearch, 'state'>,
): Promise<{ shown: ExceptionRow[]; next: { nextCursor?: string } }> {
  const [day = null, id = null] = readTimeCursor(cursor, parseLocalDate, CURSOR_INVALID);
  const rows = await sql.query<ExceptionRow>(
    `select e.* from clearing.exceptions e
     where e.state = 'open' and ($1::date is null or e.business_date = $1::date)
       and ($2::text is null or exists (select 1 from customers.customers c
         where c.bucket = e.bucket and c.customer_id = e.customer_id and c.branch_code = $2::text))
       and ($3::date is null or (e.business_date, e.exception_id) > ($3::date, $4::text))
     order by e.business_date, e.exception_id limit $5`,
    [businessDate ?? null, branchCode ?? null, day, id, limit + 1],
  );
  return cutPage(rows, limit, (row) => [row.business_date, row.exception_id]);
}
