/** Commands that change one customer: particulars, review, status and investor class. */
import { AppError, assert, type Finding, type LocalDate, shanghaiDate } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { type Actor, actorName } from '../../platform/actor.ts';
import type { Sql } from '../../platform/db.ts';
import { type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { blocked } from './domain/finding.ts';
import {
  decideProfileChange,
  type ProfileChange,
  type ProfileField,
} from './domain/profile-change.ts';
import { type KycAction, moveKyc, moveStatus, type StatusAction } from './domain/status.ts';
import { checkText } from './domain/text.ts';
import {
  type CustomerKey,
  type CustomerRow,
  insertVersions,
  loadCustomers,
  seal,
  updateCustomers,
} from './store.ts';

const REASON_BYTES_MAX = 1000;

/** Refuses with CUSTOMER_REFUSED unless the reason of an act may be kept. */
export function assertReason(reason: string): void {
  const rule = { field: 'reason', policy: 'note', bytesMax: REASON_BYTES_MAX } as const;
  const reasons = checkText(rule, reason);
  if (reasons.length > 0) throw new AppError('CUSTOMER_REFUSED', { reasons });
}

/** Whether the actor may see the customer at all: a branch sees its own. */
export function isVisible(actor: Actor, row: Pick<CustomerRow, 'branch_code'>): boolean {
  return actor.branchCode === undefined || actor.branchCode === row.branch_code;
}

/** The visible customer's row; CUSTOMER_NOT_FOUND for one that is not there or not to be seen. */
export async function getVisible(sql: Sql, actor: Actor, customerId: string): Promise<CustomerRow> {
  const rows = await loadCustomers(sql, [{ bucket: bucketOf(customerId), customerId }]);
  const row = rows.get(customerId);
  if (row === undefined || !isVisible(actor, row)) throw new AppError('CUSTOMER_NOT_FOUND');
  return row;
}

type Change = Partial<CustomerRow>;
type Changes = Record<string, { from: string | null; to: string | null }>;

/** Writes the next version of a customer with its trace; the caller holds the bucket's lock. */
async function writeNext(
  { tx, now, audit, emit }: Work,
  actor: Actor,
  row: CustomerRow,
  change: Change,
  trace: { action: string; reason: string | null; changes: Changes },
): Promise<number> {
  const version = row.version + 1;
  const written = await updateCustomers(tx, [{ ...row, ...change, version }]);
  assert(written === 1, 'the row of a locked bucket is still the one that was loaded');
  const { bucket, customer_id: customerId } = row;
  await insertVersions(tx, [
    { bucket, customerId, version, changedAt: now, changedBy: actorName(actor), ...trace },
  ]);
  const fields = Object.keys(trace.changes);
  audit({
    bucket,
    actor,
    action: `customers.${trace.action}`,
    subject: `customer:${customerId}`,
    result: 'done',
    detail: { version, fields, ...(trace.reason === null ? {} : { reason: trace.reason }) },
  });
  const payload = { customerId, version, action: trace.action, fields };
  emit({ bucket, topic: 'customers.changed', key: customerId, payload });
  return version;
}

const SHOWN: Readonly<Record<ProfileField, (row: CustomerRow) => string | null>> = {
  name: (row) => row.name_masked,
  certificateValidUntil: (row) => row.certificate_valid_until,
  phone: (row) => row.phone_masked,
  email: (row) => row.email_masked,
  address: (row) => row.address_masked,
  postCode: (row) => row.post_code,
  representative: (row) => row.representative_masked,
  branchCode: (row) => row.branch_code,
  adviserId: (row) => row.adviser_id,
};

function changedColumns(world: World, row: CustomerRow, change: ProfileChange): Change {
  const columns: Change = { ...seal(world.secrets, row.customer_id, row.kind, change) };
  if (change.certificateValidUntil !== undefined) {
    columns.certificate_valid_until = change.certificateValidUntil as LocalDate | null;
  }
  if (change.postCode !== undefined) columns.post_code = change.postCode;
  if (change.branchCode !== undefined) columns.branch_code = change.branchCode;
  if (change.adviserId !== undefined) columns.adviser_id = change.adviserId;
  return columns;
}

/**
 * Changes particulars of a customer as a new version; a new name, certificate date or
 * representative sends the customer back to review.
 *
 * Errors: CUSTOMER_NOT_FOUND, CUSTOMER_CHANGED (another version than expected), CUSTOMER_REFUSED
 * with every reason, CUSTOMER_BRANCH_OTHER (a branch may not move customers to another).
 */
export async function changeProfile(
  world: World,
  actor: Actor,
  request: {
    customerId: string;
    expectedVersion: number;
    change: ProfileChange;
    reason: string;
  },
): Promise<{ version: number }> {
  const { customerId, expectedVersion, change, reason } = request;
  assertReason(reason);
  return work(world, [bucketOf(customerId)], async (unit) => {
    const row = await getVisible(unit.tx, actor, customerId);
    if (row.version !== expectedVersion) {
      throw new AppError('CUSTOMER_CHANGED', { expected: expectedVersion, actual: row.version });
    }
    const { kind, status } = row;
    const decided = decideProfileChange({ kind, status, change, today: shanghaiDate(unit.now) });
    if (!decided.ok) throw new AppError('CUSTOMER_REFUSED', { reasons: decided.error });
    const { fields, reviewAgain } = decided.value;
    if (change.branchCode !== undefined && !isVisible(actor, { branch_code: change.branchCode })) {
      throw new AppError('CUSTOMER_BRANCH_OTHER');
    }
    const columns = changedColumns(world, row, change);
    if (reviewAgain) columns.kyc_status = 'pending';
    const next = { ...row, ...columns };
    const changes: Changes = {};
    for (const field of fields) {
      changes[field] = { from: SHOWN[field](row), to: SHOWN[field](next) };
    }
    if (next.kyc_status !== row.kyc_status) {
      changes['kycStatus'] = { from: row.kyc_status, to: next.kyc_status };
    }
    const trace = { action: 'change', reason, changes };
    return { version: await writeNext(unit, actor, row, columns, trace) };
  });
}

/** Whoever brought the present particulars may not review them (four eyes). */
async function assertOtherEyes({ tx }: Work, actor: Actor, row: CustomerRow): Promise<void> {
  if (actor.kind === 'system') return;
  const [maker] = await tx.query<{ changed_by: string }>(
    `select changed_by from customers.customer_versions
     where bucket = $1 and customer_id = $2 and action in ('open', 'change')
     order by version desc limit 1`,
    [row.bucket, row.customer_id],
  );
  if (maker?.changed_by === actorName(actor)) throw new AppError('CUSTOMER_REVIEW_OWN');
}

/**
 * Decides the know-your-customer review: 'verify' or 'reject', with the reason.
 *
 * Errors: CUSTOMER_NOT_FOUND, CUSTOMER_STATE_REFUSED (not waiting for review, or closed),
 * CUSTOMER_REVIEW_OWN, CUSTOMER_REFUSED (the reason cannot be kept).
 */
export async function reviewKyc(
  world: World,
  actor: Actor,
  request: { customerId: string; decision: 'verify' | 'reject'; reason: string },
): Promise<{ version: number }> {
  assertReason(request.reason);
  return work(world, [bucketOf(request.customerId)], async (unit) => {
    const row = await getVisible(unit.tx, actor, request.customerId);
    await assertOtherEyes(unit, actor, row);
    const today = shanghaiDate(unit.now);
    return { version: await moveReview(unit, actor, row, request.decision, request.reason, today) };
  });
}

async function moveReview(
  unit: Work,
  actor: Actor,
  row: CustomerRow,
  action: KycAction,
  reason: string,
  today: LocalDate,
): Promise<number> {
  const reasons: Finding[] = [];
  if (row.status === 'closed') reasons.push(blocked('CUSTOMER_CLOSED', {}));
  const moved = moveKyc(row.kyc_status, action);
  if (!moved.ok) reasons.push(moved.error);
  const validUntil = row.certificate_valid_until;
  if (action === 'verify' && validUntil !== null && validUntil < today) {
    reasons.push(blocked('CERTIFICATE_EXPIRED', { validUntil, today }));
  }
  if (!moved.ok || reasons.length > 0) throw new AppError('CUSTOMER_STATE_REFUSED', { reasons });
  return writeNext(
    unit,
    actor,
    row,
    { kyc_status: moved.value },
    {
      action: `kyc-${action}`,
      reason,
      changes: { kycStatus: { from: row.kyc_status, to: moved.value } },
    },
  );
}

/**
 * Marks the review of every customer expired whose certificate ended before `today`; safe to run
 * again. Returns how many were marked.
 */
export async function expireCertificates(
  world: World,
  actor: Actor,
  today: LocalDate,
): Promise<number> {
  const due = await world.db.query<{ bucket: number; customer_id: string }>(
    `select bucket, customer_id from customers.customers
     where certificate_valid_until < $1 and kyc_status in ('pending', 'verified')
       and status <> 'closed' order by bucket, customer_id`,
    [today],
  );
  let count = 0;
  for (const { bucket, customer_id: customerId } of due) {
    count += await work(world, [bucket], async (unit) => {
      const row = (await loadCustomers(unit.tx, [{ bucket, customerId }])).get(customerId);
      const validUntil = row?.certificate_valid_until ?? null;
      const isDue = validUntil !== null && validUntil < today && row?.status !== 'closed';
      if (row === undefined || !isDue || !moveKyc(row.kyc_status, 'expire').ok) return 0;
      await moveReview(unit, actor, row, 'expire', `valid until ${validUntil}`, today);
      return 1;
    });
  }
  return count;
}

/** Tells whether a customer still has something in one section of the books. */
export type ClosingGuard = (sql: Sql, key: CustomerKey) => Promise<{ empty: boolean }>;

const closingGuards = new Map<string, ClosingGuard>();

/** Adds what must be empty before a customer closes; the application registers each once. */
export function registerClosingGuard(section: string, guard: ClosingGuard): void {
  closingGuards.set(section, guard);
}

async function findOpenBusiness(sql: Sql, key: CustomerKey): Promise<Finding[]> {
  // Without a guard nobody has looked, and what was not looked at is not empty.
  if (closingGuards.size === 0) {
    const details = { check: 'closingGuards', reason: 'no section is registered' };
    return [{ code: 'RULE_NOT_EVALUATED', severity: 'block', details }];
  }
  const findings: Finding[] = [];
  for (const [section, guard] of closingGuards) {
    const { empty } = await guard(sql, key);
    if (!empty) findings.push(blocked('CUSTOMER_NOT_EMPTY', { section }));
  }
  return findings;
}

/**
 * Freezes, releases or closes a customer. Closing is refused while any registered section of the
 * books still holds something.
 *
 * Errors: CUSTOMER_NOT_FOUND, CUSTOMER_STATE_REFUSED with every reason, CUSTOMER_REFUSED.
 */
export async function changeStatus(
  world: World,
  actor: Actor,
  request: { customerId: string; action: StatusAction; reason: string },
): Promise<{ version: number }> {
  const { customerId, action, reason } = request;
  assertReason(reason);
  return work(world, [bucketOf(customerId)], async (unit) => {
    const row = await getVisible(unit.tx, actor, customerId);
    const moved = moveStatus(row.status, action);
    const reasons: Finding[] = moved.ok ? [] : [moved.error];
    if (action === 'close') {
      reasons.push(...(await findOpenBusiness(unit.tx, { bucket: row.bucket, customerId })));
    }
    if (!moved.ok || reasons.length > 0) throw new AppError('CUSTOMER_STATE_REFUSED', { reasons });
    const changes = { status: { from: row.status, to: moved.value } };
    const trace = { action, reason, changes };
    return { version: await writeNext(unit, actor, row, { status: moved.value }, trace) };
  });
}

/**
 * Sets the investor class inside a work that holds the customer's bucket: the decision and its
 * proofs belong to suitability, the fact is kept here. CUSTOMER_NOT_FOUND.
 */
export async function setInvestorClass(
  unit: Work,
  actor: Actor,
  customerId: string,
  investorClass: 'ordinary' | 'professional',
  reason: string,
): Promise<{ version: number }> {
  const row = await getVisible(unit.tx, actor, customerId);
  const changes = { investorClass: { from: row.investor_class, to: investorClass } };
  const trace = { action: 'investor-class', reason, changes };
  const change = { investor_class: investorClass };
  return { version: await writeNext(unit, actor, row, change, trace) };
}
