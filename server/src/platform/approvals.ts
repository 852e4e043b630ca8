import { createHash } from 'node:crypto';
import { AppError, assert, epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import { deterministicId } from '@cairn/kernel/ids';
import { type Actor, actorName, type Role } from './actor.ts';
import type { Sql } from './db.ts';
import { FIRM, type Work, work } from './work.ts';
import type { World } from './world.ts';

/** What runs when a second pair of eyes agrees. */
export interface ApprovalKind {
  /** Who may check: any one of these roles. */
  roles: readonly Role[];
  /** The customer buckets that the change touches, locked beside the firm's own. */
  buckets?(payload: Record<string, unknown>): readonly number[];
  /** Carries out exactly the payload that was shown; state is checked again here. */
  execute(work: Work, payload: Record<string, unknown>, approval: Approval): Promise<void>;
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
}

const kinds = new Map<string, ApprovalKind>();
const VALID_MS = 7 * 86_400_000;

/** Declares a kind of change that needs four eyes. A module does this once, when it is loaded. */
export function registerApproval(kind: string, definition: ApprovalKind): void {
  assert(!kinds.has(kind), `approval kind ${kind} is declared once`);
  kinds.set(kind, definition);
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
  assert(kinds.has(request.kind), `approval kind ${request.kind} is declared`);
  const payload = JSON.stringify(request.payload);
  const maker = actorName(request.maker);
  const parts = [request.kind, request.subject, payload, maker, now];
  const approvalId = deterministicId('approval', parts, 20);
  await tx.query(
    `insert into platform.approvals
       (approval_id, kind, subject, payload, payload_digest, maker, requested_at, expires_at,
        branch_code)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      approvalId,
      request.kind,
      request.subject,
      payload,
      createHash('sha256').update(payload).digest(),
      maker,
      now,
      instantFromEpochMs(epochMsOf(now) + VALID_MS),
      request.branchCode ?? null,
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
  };
}

/**
 * The approvals in a state, oldest first. With a branch: those of its customers and of the firm, not
 * those of another branch's customers.
 */
export async function listApprovals(
  sql: Sql,
  state: Approval['state'],
  limit: number,
  branchCode?: string,
): Promise<Approval[]> {
  const rows = await sql.query<ApprovalRow>(
    `select * from platform.approvals
     where state = $1 and ($3::text is null or branch_code is null or branch_code = $3::text)
     order by requested_at, approval_id limit $2`,
    [state, limit, branchCode ?? null],
  );
  return rows.map(fromRow);
}

/** Whether it concerns a customer whom the actor may not see. */
function isHidden(row: ApprovalRow, { branchCode }: Actor): boolean {
  return branchCode !== undefined && row.branch_code !== null && row.branch_code !== branchCode;
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
    const approval = fromRow({ ...row, state, checker: actorName(actor), reason });
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
