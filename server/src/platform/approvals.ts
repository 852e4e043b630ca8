import { createHash } from 'node:crypto';
import {
  AppError,
  assert,
  epochMsOf,
  type Instant,
  instantFromEpochMs,
  parseInstant,
} from '@cairn/kernel';
import { deterministicId } from '@cairn/kernel/ids';
import { type Actor, actorName, type Role } from './actor.ts';
import { cutPage, type PageAsk, readTimeCursor } from './cursor.ts';
import type { Sql, Tx } from './db.ts';
import { FIRM, type Work, work } from './work.ts';
import type { World } from './world.ts';

/** What runs when a second pair of eyes agrees. */
export interface ApprovalKind {
  /** What such changes are called. */
  title: readonly [en: string, zh: string];
  /** Who may check: any one of these roles. */
  roles: readonly Role[];
  /** The customer buckets that the change touches, locked beside the firm's own. */
  buckets?(payload: Record<string, unknown>): readonly number[];
  /** What stands now in the place of the change; kept when it is asked for, and shown beside it. */
  before?(sql: Sql, payload: Record<string, unknown>): Promise<Record<string, unknown> | undefined>;
  /** Carries out exactly the payload that was shown; state is checked again here. */
  execute(work: Work, payload: Record<string, unknown>, approval: Approval): Promise<void>;
  /** The user whose sessions the change ends: the process that decides forgets him at once. */
  signsOut?(payload: Record<string, unknown>): string;
}

export interface Approval {
  approvalId: string;
  kind: string;
  subject: string;
  payload: Record<string, unknown>;
  maker: string;
  requestedAt: Instant;
  expiresAt: Instant;
  state: 'waiting' | 'approved' | 'rejected' | 'expired';
  checker: string | null;
  reason: string | null;
  decidedAt: Instant | null;
  /** What such changes are called, in English and Chinese. */
  title: readonly [en: string, zh: string];
  /** Who may check. */
  roles: readonly Role[];
  /** What stood in the place of the change when it was asked for; null when nothing is replaced. */
  before: Record<string, unknown> | null;
}

const kinds = new Map<string, ApprovalKind>();
/** How long a request may be decided. */
const APPROVAL_VALID_MS = 7 * 86_400_000;

/** Declares a kind of change that needs four eyes. A module does this once, when it is loaded. */
export function registerApproval(kind: string, definition: ApprovalKind): void {
  assert(!kinds.has(kind), `approval kind ${kind} is declared once`);
  kinds.set(kind, definition);
}

/** What changes of a kind are called; one that no module declares shows its name. */
export function approvalTitle(kind: string): readonly [en: string, zh: string] {
  return kinds.get(kind)?.title ?? [kind, kind];
}

/** The user whose sessions have ended with a decision, if there is one. */
export function signedOutBy({ kind, state, payload }: Approval): string | undefined {
  return state === 'approved' ? kinds.get(kind)?.signsOut?.(payload) : undefined;
}

/**
 * The id of a request. The same request in the same instant is the same one while it waits; once it
 * was decided it is another, although on clocks that went back the instant may be the same.
 */
async function idOfRequest(tx: Tx, parts: readonly string[]): Promise<string> {
  for (let n = 0; ; n += 1) {
    const approvalId = deterministicId('approval', n === 0 ? parts : [...parts, String(n)], 20);
    const [known] = await tx.query<{ state: string }>(
      'select state from platform.approvals where approval_id = $1',
      [approvalId],
    );
    if (known === undefined || known.state === 'waiting') return approvalId;
  }
}

/** Asks for four eyes on a payload and returns the approval's id. Runs in a firm-bucket work. */
export async function requestApproval(
  { tx, now, audit }: Work,
  request: {
    kind: string;
    subject: string;
    payload: Record<string, unknown>;
    maker: Actor;
    /** The branch of the customer whom it concerns; absent for what concerns the firm. */
    branchCode?: string;
  },
): Promise<string> {
  const kind = kinds.get(request.kind);
  assert(kind !== undefined, `approval kind ${request.kind} is declared`);
  const before = await kind.before?.(tx, request.payload);
  const payload = JSON.stringify(request.payload);
  const maker = actorName(request.maker);
  const parts = [request.kind, request.subject, payload, maker, now];
  const approvalId = await idOfRequest(tx, parts);
  await tx.query(
    `insert into platform.approvals
       (approval_id, kind, subject, payload, payload_digest, maker, requested_at, expires_at,
        branch_code, before_text)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [
      approvalId,
      request.kind,
      request.subject,
      payload,
      createHash('sha256').update(payload).digest(),
      maker,
      now,
      instantFromEpochMs(epochMsOf(now) + APPROVAL_VALID_MS),
      request.branchCode ?? null,
      before === undefined ? null : JSON.stringify(before),
    ],
  );
  audit({
    bucket: FIRM,
    actor: request.maker,
    action: 'approvals.request',
    subject: `approval:${approvalId}`,
    result: 'done',
    detail: { kind: request.kind, of: request.subject },
  });
  return approvalId;
}

interface ApprovalRow {
  approval_id: string;
  kind: string;
  subject: string;
  payload: string;
  payload_digest: Uint8Array;
  maker: string;
  requested_at: Instant;
  expires_at: Instant;
  state: Approval['state'];
  checker: string | null;
  reason: string | null;
  branch_code: string | null;
  before_text: string | null;
  decided_at: Instant | null;
}

function fromRow(row: ApprovalRow): Approval {
  return {
    approvalId: row.approval_id,
    kind: row.kind,
    subject: row.subject,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
    maker: row.maker,
    requestedAt: row.requested_at,
    expiresAt: row.expires_at,
    state: row.state,
    checker: row.checker,
    reason: row.reason,
    decidedAt: row.decided_at,
    title: approvalTitle(row.kind),
    roles: kinds.get(row.kind)?.roles ?? [],
    before:
      row.before_text === null ? null : (JSON.parse(row.before_text) as Record<string, unknown>),
  };
}

/** Which approvals; what is absent matches. */
export interface ApprovalSearch extends PageAsk {
  readonly state: Approval['state'];
  readonly kind?: string | undefined;
  /** What it is about, such as 'fund:000001'. */
  readonly subject?: string | undefined;
  /** The branch of the reader: what concerns its customers, nothing else. */
  readonly branchCode?: string | undefined;
}

/**
 * A page of approvals: what waits the oldest first, what was decided the newest first.
 * REQUEST_MALFORMED for a cursor that is not ours.
 */
export async function listApprovals(
  sql: Sql,
  search: ApprovalSearch,
): Promise<{ approvals: Approval[]; nextCursor?: string }> {
  const { state, kind, subject, limit, branchCode } = search;
  const [at = null, id = null] = readTimeCursor(search.cursor, parseInstant, 'REQUEST_MALFORMED');
  const where = `state = $1 and ($2::text is null or kind = $2)
    and ($3::text is null or branch_code = $3) and ($7::text is null or subject = $7)`;
  const rows = await sql.query<ApprovalRow>(
    state === 'waiting'
      ? `select * from platform.approvals where ${where}
           and ($4::timestamptz is null or (requested_at, approval_id) > ($4::timestamptz, $5::text))
         order by requested_at, approval_id limit $6`
      : `select * from platform.approvals where ${where}
           and ($4::timestamptz is null or requested_at < $4::timestamptz
             or (requested_at = $4::timestamptz and approval_id > $5::text))
         order by requested_at desc, approval_id limit $6`,
    [state, kind ?? null, branchCode ?? null, at, id, limit + 1, subject ?? null],
  );
  const { shown, next } = cutPage(rows, limit, (row) => [row.requested_at, row.approval_id]);
  return { approvals: shown.map(fromRow), ...next };
}

/**
 * One approval, and what stands now in the place of its change, to be compared with what stood there
 * when it was asked for. APPROVAL_NOT_FOUND, also for another branch's customer.
 */
export async function getApproval(
  sql: Sql,
  actor: Actor,
  approvalId: string,
): Promise<{ approval: Approval; now: Record<string, unknown> | null }> {
  const [row] = await sql.query<ApprovalRow>(
    'select * from platform.approvals where approval_id = $1',
    [approvalId],
  );
  if (row === undefined || isHidden(row, actor)) {
    throw new AppError('APPROVAL_NOT_FOUND', { approvalId });
  }
  const approval = fromRow(row);
  const waits = row.state === 'waiting';
  const now = waits ? await kinds.get(row.kind)?.before?.(sql, approval.payload) : undefined;
  return { approval, now: now ?? null };
}

/** How many approvals wait that this actor may decide: not his own, of his roles and his branch. */
export async function countDecidable(sql: Sql, actor: Actor): Promise<Map<string, number>> {
  const own = [...kinds].filter(([, kind]) =>
    kind.roles.some((role) => actor.roles.includes(role)),
  );
  const rows = await sql.query<{ kind: string; count: number }>(
    `select kind, count(*)::int4 as count from platform.approvals
     where state = 'waiting' and kind = any($1::text[]) and maker <> $2
       and ($3::text is null or branch_code = $3)
     group by kind order by kind`,
    [own.map(([kind]) => kind), actorName(actor), actor.branchCode ?? null],
  );
  return new Map(rows.map((row) => [row.kind, row.count]));
}

/** Whether it is none of a branch's: it concerns the firm, or another branch's customer. */
function isHidden(row: ApprovalRow, { branchCode }: Actor): boolean {
  return branchCode !== undefined && row.branch_code !== branchCode;
}

/** Refuses a checker who may not decide, with the reason that weighs most. */
function assertMayDecide(row: ApprovalRow, kind: ApprovalKind, actor: Actor, now: Instant): void {
  if (row.state !== 'waiting') throw new AppError('APPROVAL_DECIDED', { state: row.state });
  if (actor.kind !== 'staff') throw new AppError('APPROVAL_NOT_STAFF', {});
  if (row.maker === actorName(actor)) throw new AppError('APPROVAL_OWN_REQUEST', {});
  if (!kind.roles.some((role) => actor.roles.includes(role))) {
    throw new AppError('APPROVAL_ROLE_MISSING', { roles: kind.roles.join(', ') });
  }
  if (epochMsOf(row.expires_at) <= epochMsOf(now)) {
    throw new AppError('APPROVAL_EXPIRED', { expiresAt: row.expires_at });
  }
  const digest = createHash('sha256').update(row.payload).digest();
  if (!digest.equals(row.payload_digest)) throw new AppError('APPROVAL_PAYLOAD_CHANGED', {});
}

// Read before the locks are taken: a payload never changes, and its digest is checked under them.
async function bucketsOf(sql: Sql, approvalId: string): Promise<readonly number[]> {
  const [row] = await sql.query<{ kind: string; payload: string }>(
    'select kind, payload from platform.approvals where approval_id = $1',
    [approvalId],
  );
  if (row === undefined) return [];
  const payload = JSON.parse(row.payload) as Record<string, unknown>;
  return kinds.get(row.kind)?.buckets?.(payload) ?? [];
}

/**
 * Decides a waiting approval; an approval carries the change out in the same transaction.
 *
 * Errors: APPROVAL_NOT_FOUND (also for another branch's customer), APPROVAL_DECIDED, APPROVAL_OWN_REQUEST (maker and checker are one
 * person), APPROVAL_ROLE_MISSING, APPROVAL_NOT_STAFF, APPROVAL_EXPIRED, APPROVAL_PAYLOAD_CHANGED.
 */
export async function decideApproval(
  world: World,
  actor: Actor,
  approvalId: string,
  decision: 'approve' | 'reject',
  reason: string,
): Promise<Approval> {
  const buckets = await bucketsOf(world.db, approvalId);
  return work(world, [...buckets, FIRM], async (unit) => {
    const [row] = await unit.tx.query<ApprovalRow>(
      'select * from platform.approvals where approval_id = $1 for update',
      [approvalId],
    );
    if (row === undefined || isHidden(row, actor)) {
      throw new AppError('APPROVAL_NOT_FOUND', { approvalId });
    }
    const kind = kinds.get(row.kind);
    assert(kind !== undefined, `approval kind ${row.kind} is declared`);
    assertMayDecide(row, kind, actor, unit.now);
    const state = decision === 'approve' ? 'approved' : 'rejected';
    await unit.tx.query(
      `update platform.approvals set state = $2, checker = $3, decided_at = $4, reason = $5
       where approval_id = $1`,
      [approvalId, state, actorName(actor), unit.now, reason],
    );
    const decided = { state, checker: actorName(actor), reason, decided_at: unit.now } as const;
    const approval = fromRow({ ...row, ...decided });
    if (decision === 'approve') await kind.execute(unit, approval.payload, approval);
    unit.audit({
      bucket: FIRM,
      actor,
      action: `approvals.${decision}`,
      subject: `approval:${approvalId}`,
      result: 'done',
      detail: { kind: row.kind, of: row.subject, reason },
    });
    return approval;
  });
}
