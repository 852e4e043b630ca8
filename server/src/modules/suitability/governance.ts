/**
 * Changes that need four eyes: new versions of rules and questionnaires, and the investor class of a
 * customer. Each is asked for by one person and carried out when another agrees.
 */
import {
  amount,
  type Amount,
  AppError,
  epochMsOf,
  type Instant,
  instantFromEpochMs,
} from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { type Actor, systemActor } from '../../platform/actor.ts';
import { type Approval, registerApproval, requestApproval } from '../../platform/approvals.ts';
import type { Sql, Tx } from '../../platform/db.ts';
import { FIRM, type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { customersFor, getVisible, setInvestorClass } from '../customers/index.ts';
import { checkConversion, type ConversionProof } from './domain/conversion.ts';
import type { InvestorClass } from './domain/facts.ts';
import type { Questionnaire } from './domain/questionnaire.ts';
import { questionnaireIdFor } from './commands.ts';
import { listRecorded, readContent, rulesAt } from './rulebook.ts';
import { insertProfiles, profilesFor } from './store.ts';

// Orders that are being decided now must not meet a version that begins now.
const NOTICE_MS = 60_000;

/** What a new version is of. */
export type VersionOf = 'rules' | Questionnaire['questionnaireId'];

/** A new version of the rules or of a questionnaire, and when it takes effect. */
export interface NewVersion {
  readonly of: VersionOf;
  readonly content: unknown;
  readonly effectiveAt: Instant;
}

function assertUsable({ of, content, effectiveAt }: NewVersion, now: Instant): void {
  const read = readContent(of === 'rules' ? 'rules' : 'questionnaire', content);
  if (!read.ok) throw new AppError('RULES_REFUSED', { errors: read.error });
  const earliest = epochMsOf(now) + NOTICE_MS;
  if (epochMsOf(effectiveAt) < earliest) {
    throw new AppError('RULES_TOO_SOON', { earliestAt: instantFromEpochMs(earliest) });
  }
}

/** Appends the next version; the firm's bucket is locked. Returns its number. */
export async function recordVersion(
  tx: Tx,
  { of, content, effectiveAt }: NewVersion,
  now: Instant,
  recordedBy: string,
): Promise<number> {
  const values = [effectiveAt, JSON.stringify(content), now, recordedBy];
  const [row] =
    of === 'rules'
      ? await tx.query<{ version: number }>(
          `insert into suitability.rules (version, effective_at, content, recorded_at, recorded_by)
           select coalesce(max(version), 0) + 1, $1::timestamptz, $2::jsonb, $3::timestamptz, $4
           from suitability.rules returning version`,
          values,
        )
      : await tx.query<{ version: number }>(
          `insert into suitability.questionnaires
             (questionnaire_id, version, effective_at, content, recorded_at, recorded_by)
           select $5::text, coalesce(max(version), 0) + 1, $1::timestamptz, $2::jsonb,
             $3::timestamptz, $4
           from suitability.questionnaires where questionnaire_id = $5::text returning version`,
          [...values, of],
        );
  return row?.version ?? 0;
}

/**
 * Asks for a new version of rules or questionnaire; returns the approval's id.
 *
 * Errors: RULES_REFUSED (the content cannot decide every case; every fault is named),
 * RULES_TOO_SOON (it would take effect in the past or at once).
 */
export async function proposeVersion(
  world: World,
  actor: Actor,
  version: NewVersion,
): Promise<{ approvalId: string }> {
  return work(world, [FIRM], async (unit) => {
    assertUsable(version, unit.now);
    const { of, content, effectiveAt } = version;
    const approvalId = await requestApproval(unit, {
      kind: 'suitability.version',
      subject: `suitability:${of}`,
      payload: { of, content, effectiveAt },
      maker: actor,
    });
    return { approvalId };
  });
}

async function carryOutVersion(
  unit: Work,
  payload: Record<string, unknown>,
  approval: Approval,
): Promise<void> {
  const version = payload as unknown as NewVersion;
  assertUsable(version, unit.now);
  const recordedBy = `${approval.maker} + ${approval.checker}`;
  const number = await recordVersion(unit.tx, version, unit.now, recordedBy);
  const { of, effectiveAt } = version;
  unit.audit({
    bucket: FIRM,
    actor: systemActor(`approval:${approval.approvalId}`),
    action: 'suitability.version',
    subject: `suitability:${of}`,
    result: 'done',
    detail: { version: number, effectiveAt },
  });
  unit.emit({
    bucket: FIRM,
    topic: 'suitability.version-recorded',
    key: of,
    payload: { of, version: number, effectiveAt },
  });
}

/** The version of rules or questionnaire that is the newest recorded: the one that is replaced. */
async function versionBefore(
  sql: Sql,
  payload: Record<string, unknown>,
): Promise<Record<string, unknown> | undefined> {
  const of = String(payload['of']);
  const [newest] = (await listRecorded(sql, of)).slice(0, 1);
  return newest === undefined ? undefined : { ...newest };
}

registerApproval('suitability.version', {
  title: ['rules and questionnaires', '适当性规则与问卷'],
  roles: ['compliance'],
  before: versionBefore,
  execute: carryOutVersion,
});

/** What is asked when a customer is to change class; kept as the proof. */
export interface ConversionRequest {
  readonly customerId: string;
  readonly to: InvestorClass;
  readonly proof: ConversionProof;
  readonly reason: string;
}

type StoredProof = {
  financialAssets: string;
  netAssets: string | null;
  averageIncome: string | null;
  experienceYears: number;
  isSigned: boolean;
};

// Amounts travel in jsonb as decimal digits of fen, never as numbers.
function storeProof(proof: ConversionProof): StoredProof {
  const digits = (value: Amount | undefined) => (value === undefined ? null : value.toString());
  return {
    financialAssets: proof.financialAssets.toString(),
    netAssets: digits(proof.netAssets),
    averageIncome: digits(proof.averageIncome),
    experienceYears: proof.experienceYears,
    isSigned: proof.isSigned,
  };
}

function readProof(stored: StoredProof): ConversionProof {
  const value = (digits: string | null) => (digits === null ? undefined : amount(BigInt(digits)));
  return {
    financialAssets: amount(BigInt(stored.financialAssets)),
    netAssets: value(stored.netAssets),
    averageIncome: value(stored.averageIncome),
    experienceYears: stored.experienceYears,
    isSigned: stored.isSigned,
  };
}

async function assertConvertible(
  tx: Tx,
  now: Instant,
  { customerId, to, proof }: Omit<ConversionRequest, 'reason'>,
): Promise<{ bucket: number; from: InvestorClass; ruleVersion: number }> {
  const bucket = bucketOf(customerId);
  const customer = (await customersFor(tx, [{ bucket, customerId }])).get(customerId);
  if (customer === undefined) throw new AppError('CUSTOMER_NOT_FOUND');
  const rules = await rulesAt(tx, now);
  if (rules === undefined) throw new AppError('RULES_NOT_FOUND');
  const from = customer.investorClass;
  const rule = rules.content.conversion[questionnaireIdFor(customer.kind)];
  const reasons = checkConversion(rule, { from, to }, proof);
  if (reasons.length > 0) throw new AppError('CONVERSION_REFUSED', { reasons });
  return { bucket, from, ruleVersion: rules.version };
}

/**
 * Asks to change a customer's investor class on the proofs given; returns the approval's id.
 *
 * Errors: CUSTOMER_NOT_FOUND, CONVERSION_REFUSED with every reason, RULES_NOT_FOUND.
 */
export async function requestConversion(
  world: World,
  actor: Actor,
  request: ConversionRequest,
): Promise<{ approvalId: string }> {
  const { customerId, to, proof, reason } = request;
  return work(world, [bucketOf(customerId), FIRM], async (unit) => {
    const { branch_code: branchCode } = await getVisible(unit.tx, actor, customerId);
    await assertConvertible(unit.tx, unit.now, request);
    const approvalId = await requestApproval(unit, {
      kind: 'suitability.investor-class',
      subject: `customer:${customerId}`,
      payload: { customerId, to, proof: storeProof(proof), reason },
      maker: actor,
      branchCode,
    });
    return { approvalId };
  });
}

async function carryOutConversion(
  unit: Work,
  payload: Record<string, unknown>,
  approval: Approval,
): Promise<void> {
  const { customerId, to, reason } = payload as unknown as ConversionRequest;
  const stored = payload['proof'] as StoredProof;
  const { tx, now } = unit;
  const checked = await assertConvertible(tx, now, { customerId, to, proof: readProof(stored) });
  const { bucket } = checked;
  await tx.query(
    `insert into suitability.class_conversions
       (bucket, customer_id, approval_id, from_class, to_class, proof, rule_version, requested_by,
        decided_by, decided_at)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10)`,
    [
      bucket,
      customerId,
      approval.approvalId,
      checked.from,
      to,
      JSON.stringify(stored),
      checked.ruleVersion,
      approval.maker,
      approval.checker,
      now,
    ],
  );
  const actor = systemActor(`approval:${approval.approvalId}`);
  await setInvestorClass(unit, actor, customerId, to, reason);
  const current = (await profilesFor(tx, [{ bucket, customerId }])).get(customerId);
  await insertProfiles(tx, [
    {
      bucket,
      customerId,
      version: (current?.version ?? 0) + 1,
      level: current?.level ?? null,
      lowest: current?.lowest ?? false,
      term: current?.term ?? null,
      varieties: current?.varieties ?? [],
      investorClass: to,
      validUntil: current?.validUntil ?? null,
      fromAt: now,
      assessmentId: current?.assessmentId ?? null,
    },
  ]);
  unit.emit({
    bucket,
    topic: 'suitability.profile-changed',
    key: customerId,
    payload: { customerId, profileVersion: (current?.version ?? 0) + 1, investorClass: to },
  });
}

/** The class and profile that the customer has. */
async function classBefore(
  sql: Sql,
  payload: Record<string, unknown>,
): Promise<Record<string, unknown> | undefined> {
  const customerId = String(payload['customerId']);
  const key = { bucket: bucketOf(customerId), customerId };
  const customer = (await customersFor(sql, [key])).get(customerId);
  const profile = (await profilesFor(sql, [key])).get(customerId);
  if (customer === undefined) return undefined;
  return {
    customerId,
    investorClass: customer.investorClass,
    level: profile?.level ?? null,
    profileVersion: profile?.version ?? null,
  };
}

registerApproval('suitability.investor-class', {
  title: ['investor class', '投资者类别'],
  roles: ['compliance', 'reviewer'],
  buckets: (payload) => [bucketOf(String(payload['customerId']))],
  before: classBefore,
  execute: carryOutConversion,
});
