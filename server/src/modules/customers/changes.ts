/** Commands that change one customer: particulars, review, status and investor class. */
import { AppError, assert, type Finding, type LocalDate, shanghaiDate } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { type Actor, actorName, maySee } from '../../platform/actor.ts';
import { closeInvestorAccess } from '../../platform/auth/investors.ts';
import type { Sql } from '../../platform/db.ts';
import { type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { blocked } from './domain/finding.ts';
import { decideProfileChange, type ProfileChange } from './domain/profile-change.ts';
import { NAME_PAIRS_VERSION } from './domain/name-pairs.ts';
import { indexNames } from './name-index.ts';
import { birthDateOf, changedColumns, SHOWN_FIELDS } from './profile-columns.ts';
import { type KycAction, moveKyc, moveStatus, type StatusAction } from './domain/status.ts';
import { checkText } from './domain/text.ts';
import {
  type CustomerKey,
  type CustomerRow,
  insertVersions,
  loadCustomers,
  updateCustomers,
  type VersionRow,
} from './store.ts';

const REASON_BYTES_MAX = 1000;

/** Refuses with CUSTOMER_REFUSED unless the reason of an act may be kept. */
export function assertReason(reason: string): void {
  const rule = { field: 'reason', policy: 'note', bytesMax: REASON_BYTES_MAX } as const;
  const reasons = checkText(rule, reason);
  if (reasons.length > 0) throw new AppError('CUSTOMER_REFUSED', { reasons });
}

/** Whether the actor may see the customer at all: a branch sees its own, an investor himself. */
export function isVisible(
  actor: Actor,
  row: Pick<CustomerRow, 'customer_id' | 'branch_code'>,
): boolean {
  return maySee(actor, { customerId: row.customer_id, branchCode: row.branch_code });
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

interface Trace {
  readonly action: string;
  readonly reason: string | null;
  readonly changes: Changes;
}

interface Next {
  readonly row: CustomerRow;
  readonly version: VersionRow;
}

/** The next version of a customer, audited and published; `writeAll` stores it. */
function nextOf(
  { now, audit, emit }: Work,
  actor: Actor,
  row: CustomerRow,
  change: Change,
  trace: Trace,
): Next {
  const version = row.version + 1;
  const { bucket, customer_id: customerId } = row;
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
  const by = { changedAt: now, changedBy: actorName(actor) };
  return {
    row: { ...row, ...change, version },
    version: { bucket, customerId, version, ...by, ...trace },
  };
}

/** Writes next versions, one statement per table; the caller holds the locks of their buckets. */
async function writeAll({ tx }: Work, nexts: readonly Next[]): Promise<void> {
  const written = await updateCustomers(
    tx,
    nexts.map(({ row }) => row),
  );
  assert(written === nexts.length, 'rows of locked buckets are still those that were loaded');
  await insertVersions(
    tx,
    nexts.map(({ version }) => version),
  );
}

async function writeNext(
  unit: Work,
  actor: Actor,
  row: CustomerRow,
  change: Change,
  trace: Trace,
): Promise<number> {
  const next = nextOf(unit, actor, row, change, trace);
  await writeAll(unit, [next]);
  return next.row.version;
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
    const today = shanghaiDate(unit.now);
    const birthDate = change.civilCapacity === undefined ? undefined : birthDateOf(world, row);
    const decided = decideProfileChange({ kind, status, change, today, birthDate });
    if (!decided.ok) throw new AppError('CUSTOMER_REFUSED', { reasons: decided.error });
    const { fields, reviewAgain } = decided.value;
    const { branchCode } = change;
    if (branchCode !== undefined && !isVisible(actor, { ...row, branch_code: branchCode })) {
      throw new AppError('CUSTOMER_BRANCH_OTHER');
    }
    const columns = changedColumns(world, row, change);
    if (change.name !== undefined) {
      const name = { bucket: row.bucket, customerId, name: change.name, isNew: false };
      await indexNames(unit.tx, world.secrets, [name]);
      columns.name_pairs_version = NAME_PAIRS_VERSION;
    }
    if (reviewAgain) columns.kyc_status = 'pending';
    const next = { ...row, ...columns };
    const changes: Changes = {};
    for (const field of fields) {
      changes[field] = { from: SHOWN_FIELDS[field](row), to: SHOWN_FIELDS[field](next) };
    }
    if (next.kyc_status !== row.kyc_status) {
      changes['kycStatus'] = { from: row.kyc_status, to: next.kyc_status };
    }
    const trace = { action: 'change', reason, changes };
    return { version: await writeNext(unit, actor, row, columns, trace) };
  });
}

/** Who brought the present particulars of each customer, by customer id. */
async function loadMakers(sql: Sql, keys: readonly CustomerKey[]): Promise<Map<string, string>> {
  const rows = await sql.query<{ customer_id: string; changed_by: string }>(
    `select distinct on (bucket, customer_id) customer_id, changed_by
     from customers.customer_versions
     where bucket = any($1::int2[]) and customer_id = any($2::text[])
       and action in ('open', 'change')
     order by bucket, customer_id, version desc`,
    [keys.map(({ bucket }) => bucket), keys.map(({ customerId }) => customerId)],
  );
  return new Map(rows.map((row) => [row.customer_id, row.changed_by]));
}

function reviewOf(
  unit: Work,
  actor: Actor,
  row: CustomerRow,
  action: KycAction,
  reason: string,
): Next {
  const today = shanghaiDate(unit.now);
  const reasons: Finding[] = [];
  if (row.status === 'closed') reasons.push(blocked('CUSTOMER_CLOSED', {}));
  const moved = moveKyc(row.kyc_status, action);
  if (!moved.ok) reasons.push(moved.error);
  const validUntil = row.certificate_valid_until;
  if (action === 'verify' && validUntil !== null && validUntil < today) {
    reasons.push(blocked('CERTIFICATE_EXPIRED', { validUntil, today }));
  }
  if (!moved.ok || reasons.length > 0) throw new AppError('CUSTOMER_STATE_REFUSED', { reasons });
  const changes = { kycStatus: { from: row.kyc_status, to: moved.value } };
  const trace = { action: `kyc-${action}`, reason, changes };
  return nextOf(unit, actor, row, { kyc_status: moved.value }, trace);
}

/** A decision of the know-your-customer review, with its reason. */
export interface KycReview {
  readonly customerId: string;
  readonly decision: 'verify' | 'reject';
  readonly reason: string;
}

/** The answer to one review, in the place of its request. */
export type ReviewOutcome =
  | { readonly outcome: 'done'; readonly customerId: string; readonly version: number }
  | { readonly outcome: 'refused'; readonly customerId: string; readonly error: AppError };

/**
 * Decides reviews: a batch in, one outcome each, in order; a customer stands in a batch once.
 * Whoever brought the present particulars of a customer may not review them (four eyes).
 *
 * Refusals: CUSTOMER_NOT_FOUND, CUSTOMER_STATE_REFUSED (not waiting for review, closed, or the
 * certificate has ended), CUSTOMER_REVIEW_OWN, CUSTOMER_REFUSED (the reason cannot be kept).
 */
export async function reviewKycs(
  world: World,
  actor: Actor,
  reviews: readonly KycReview[],
): Promise<ReviewOutcome[]> {
  const keys = reviews.map(({ customerId }) => ({ customerId, bucket: bucketOf(customerId) }));
  assert(new Set(keys.map(({ customerId }) => customerId)).size === keys.length, 'once in a batch');
  return work(
    world,
    keys.map(({ bucket }) => bucket),
    async (unit) => {
      const rows = await loadCustomers(unit.tx, keys);
      const makers = await loadMakers(unit.tx, keys);
      const nexts: Next[] = [];
      const outcomes = reviews.map(({ customerId, decision, reason }): ReviewOutcome => {
        try {
          assertReason(reason);
          const row = rows.get(customerId);
          if (row === undefined || !isVisible(actor, row)) throw new AppError('CUSTOMER_NOT_FOUND');
          const isOwn = makers.get(customerId) === actorName(actor);
          if (isOwn && actor.kind !== 'system') throw new AppError('CUSTOMER_REVIEW_OWN');
          const next = reviewOf(unit, actor, row, decision, reason);
          nexts.push(next);
          return { outcome: 'done', customerId, version: next.row.version };
        } catch (error) {
          if (error instanceof AppError) return { outcome: 'refused', customerId, error };
          throw error;
        }
      });
      await writeAll(unit, nexts);
      return outcomes;
    },
  );
}

/** Decides one review; throws what `reviewKycs` refuses. */
export async function reviewKyc(
  world: World,
  actor: Actor,
  review: KycReview,
): Promise<{ version: number }> {
  const [outcome] = await reviewKycs(world, actor, [review]);
  assert(outcome !== undefined, 'a batch of one has one outcome');
  if (outcome.outcome === 'refused') throw outcome.error;
  return { version: outcome.version };
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
      await writeAll(unit, [reviewOf(unit, actor, row, 'expire', `valid until ${validUntil}`)]);
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
    if (action === 'close') await closeInvestorAccess(unit.tx, customerId, unit.now);
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
