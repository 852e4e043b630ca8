/** Rows of suitability ↔ domain. */
import type { Finding, Instant, LocalDate } from '@cairn/kernel';
import type { Sql, Tx } from '../../platform/db.ts';
import type { Work } from '../../platform/work.ts';
import type { CustomerKey } from '../customers/index.ts';
import type { Answer, AssessmentResult } from './domain/assess.ts';
import type { Evidence } from './domain/evidence.ts';
import type { InvestorClass, InvestorLevel, ProfileFact, WarningFact } from './domain/facts.ts';

/** A profile version with its place and the instant from which it holds. */
export interface Profile extends ProfileFact, CustomerKey {
  readonly fromAt: Instant;
  readonly assessmentId: string | null;
}

interface ProfileRow {
  bucket: number;
  customer_id: string;
  version: number;
  level: InvestorLevel | null;
  lowest: boolean;
  term: string | null;
  varieties: string[];
  investor_class: InvestorClass;
  valid_until: LocalDate | null;
  from_at: Instant;
  assessment_id: string | null;
}

function profileOf(row: ProfileRow): Profile {
  return {
    bucket: row.bucket,
    customerId: row.customer_id,
    version: row.version,
    level: row.level,
    lowest: row.lowest,
    term: row.term,
    varieties: row.varieties,
    investorClass: row.investor_class,
    validUntil: row.valid_until,
    fromAt: row.from_at,
    assessmentId: row.assessment_id,
  };
}

/** The profile alone, as a decision and its digest see it. */
export function factOfProfile(profile: Profile): ProfileFact {
  const { version, level, lowest, term, varieties, investorClass, validUntil } = profile;
  return { version, level, lowest, term, varieties, investorClass, validUntil };
}

const bucketsOf = (keys: readonly CustomerKey[]) => [...new Set(keys.map(({ bucket }) => bucket))];
const idsOf = (keys: readonly CustomerKey[]) => keys.map(({ customerId }) => customerId);

/**
 * The profiles in force at an instant (default: the newest) by customer id, one statement for the
 * batch; a customer who was never assessed is not in the map.
 */
export async function profilesFor(
  sql: Sql,
  keys: readonly CustomerKey[],
  at?: Instant,
): Promise<Map<string, Profile>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<ProfileRow>(
    `select p.* from unnest($1::int2[], $2::text[]) as t(bucket, customer_id)
     cross join lateral (select distinct on (r.bucket, r.customer_id) r.*
       from suitability.profile_versions r
       where r.bucket = t.bucket and r.customer_id = t.customer_id
         and ($3::timestamptz is null or r.from_at <= $3)
       order by r.bucket, r.customer_id, r.version desc) as p`,
    [keys.map(({ bucket }) => bucket), idsOf(keys), at ?? null],
  );
  return new Map(rows.map((row) => [row.customer_id, profileOf(row)]));
}

/** Every profile version of the customers, oldest first. */
export async function loadProfileVersions(
  sql: Sql,
  keys: readonly CustomerKey[],
): Promise<Map<string, Profile[]>> {
  const versions = new Map<string, Profile[]>();
  if (keys.length === 0) return versions;
  const rows = await sql.query<ProfileRow>(
    `select * from suitability.profile_versions
     where bucket = any($1::int2[]) and customer_id = any($2::text[])
     order by bucket, customer_id, version`,
    [bucketsOf(keys), idsOf(keys)],
  );
  for (const row of rows) {
    const list = versions.get(row.customer_id) ?? [];
    list.push(profileOf(row));
    versions.set(row.customer_id, list);
  }
  return versions;
}

/** Appends profile versions in one statement. */
export async function insertProfiles(tx: Tx, profiles: readonly Profile[]): Promise<void> {
  if (profiles.length === 0) return;
  // An array of arrays would have to be rectangular: the varieties travel as JSON text each.
  await tx.query(
    `insert into suitability.profile_versions
       (bucket, customer_id, version, level, lowest, term, varieties, investor_class,
        valid_until, from_at, assessment_id)
     select bucket, customer_id, version, level, lowest, term,
       array(select jsonb_array_elements_text(varieties::jsonb)), investor_class,
       valid_until, from_at, assessment_id
     from unnest($1::int2[], $2::text[], $3::int4[], $4::int2[], $5::bool[], $6::text[],
                 $7::text[], $8::text[], $9::date[], $10::timestamptz[], $11::text[])
       as t(bucket, customer_id, version, level, lowest, term, varieties, investor_class,
            valid_until, from_at, assessment_id)`,
    [
      profiles.map((profile) => profile.bucket),
      profiles.map((profile) => profile.customerId),
      profiles.map((profile) => profile.version),
      profiles.map((profile) => profile.level),
      profiles.map((profile) => profile.lowest),
      profiles.map((profile) => profile.term),
      profiles.map((profile) => JSON.stringify(profile.varieties)),
      profiles.map((profile) => profile.investorClass),
      profiles.map((profile) => profile.validUntil),
      profiles.map((profile) => profile.fromAt),
      profiles.map((profile) => profile.assessmentId),
    ],
  );
}

/** One accepted assessment. */
export interface Assessment extends AssessmentResult, CustomerKey {
  readonly assessmentId: string;
  readonly clientSubmissionNo: string;
  readonly questionnaireId: string;
  readonly questionnaireVersion: number;
  readonly answers: readonly Answer[];
  readonly assessedAt: Instant;
  readonly channel: string;
  readonly source: string;
  readonly submittedBy: string;
}

/** What repeated submissions and caps need of earlier assessments. */
export interface EarlierAssessment extends AssessmentResult {
  readonly customerId: string;
  readonly assessmentId: string;
  readonly clientSubmissionNo: string;
  readonly answers: readonly Answer[];
  readonly assessedAt: Instant;
}

/** The earlier assessments of the customers, oldest first. */
export async function loadEarlierAssessments(
  sql: Sql,
  keys: readonly CustomerKey[],
): Promise<EarlierAssessment[]> {
  return sql.query<EarlierAssessment>(
    `select customer_id as "customerId", assessment_id as "assessmentId",
       client_submission_no as "clientSubmissionNo", answers, assessed_at as "assessedAt",
       score, level, lowest, term, varieties, valid_until as "validUntil"
     from suitability.assessments
     where bucket = any($1::int2[]) and customer_id = any($2::text[])
     order by assessed_at, assessment_id`,
    [bucketsOf(keys), idsOf(keys)],
  );
}

/** Appends assessments in one statement. */
export async function insertAssessments(tx: Tx, rows: readonly Assessment[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into suitability.assessments
       (bucket, assessment_id, customer_id, client_submission_no, questionnaire_id,
        questionnaire_version, answers, score, level, lowest, term, varieties, assessed_at,
        valid_until, channel, source, submitted_by)
     select bucket, assessment_id, customer_id, client_submission_no, questionnaire_id,
       questionnaire_version, answers::jsonb, score, level, lowest, term,
       array(select jsonb_array_elements_text(varieties::jsonb)), assessed_at,
       valid_until, channel, source, submitted_by
     from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int4[],
                 $7::text[], $8::int4[], $9::int2[], $10::bool[], $11::text[], $12::text[],
                 $13::timestamptz[], $14::date[], $15::text[], $16::text[], $17::text[])
       as t(bucket, assessment_id, customer_id, client_submission_no, questionnaire_id,
            questionnaire_version, answers, score, level, lowest, term, varieties, assessed_at,
            valid_until, channel, source, submitted_by)`,
    [
      rows.map((row) => row.bucket),
      rows.map((row) => row.assessmentId),
      rows.map((row) => row.customerId),
      rows.map((row) => row.clientSubmissionNo),
      rows.map((row) => row.questionnaireId),
      rows.map((row) => row.questionnaireVersion),
      rows.map((row) => JSON.stringify(row.answers)),
      rows.map((row) => row.score),
      rows.map((row) => row.level),
      rows.map((row) => row.lowest),
      rows.map((row) => row.term),
      rows.map((row) => JSON.stringify(row.varieties)),
      rows.map((row) => row.assessedAt),
      rows.map((row) => row.validUntil),
      rows.map((row) => row.channel),
      rows.map((row) => row.source),
      rows.map((row) => row.submittedBy),
    ],
  );
}

/** What an order names: the warning under which it is placed. */
export interface WarningKey {
  readonly bucket: number;
  readonly warningId: string;
}

/** The warnings that exist, by id, with their confirmations. */
export async function warningsFor(
  sql: Sql,
  keys: readonly WarningKey[],
): Promise<Map<string, WarningFact>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<{
    warning_id: string;
    customer_id: string;
    fund_code: string;
    rule_version: number;
    mismatch_digest: string;
    shown_at: Instant;
    expires_at: Instant;
    confirmed_at: Instant | null;
  }>(
    `select w.warning_id, w.customer_id, w.fund_code, w.rule_version, w.mismatch_digest,
       w.shown_at, w.expires_at, c.confirmed_at
     from suitability.warnings w
     left join suitability.confirmations c
       on c.bucket = w.bucket and c.warning_id = w.warning_id
     where w.bucket = any($1::int2[]) and w.warning_id = any($2::text[])`,
    [[...new Set(keys.map(({ bucket }) => bucket))], keys.map(({ warningId }) => warningId)],
  );
  return new Map(
    rows.map((row) => [
      row.warning_id,
      {
        warningId: row.warning_id,
        customerId: row.customer_id,
        fundCode: row.fund_code,
        ruleVersion: row.rule_version,
        mismatchDigest: row.mismatch_digest,
        shownAt: row.shown_at,
        expiresAt: row.expires_at,
        confirmedAt: row.confirmed_at,
      },
    ]),
  );
}

/** Appends the evidence of decided orders, in the transaction of the orders, one deferred statement. */
export function saveEvidence({ tx }: Work, rows: readonly Evidence[]): void {
  if (rows.length === 0) return;
  tx.defer(
    `insert into suitability.evidence
       (bucket, order_id, customer_id, decided_at, fund_code, parameter_version, risk_level, term,
        variety, profile_version, rule_version, warning_id, warning_confirmed_at, outcome, findings,
        input_digest)
     select bucket, order_id, customer_id, decided_at, fund_code, parameter_version, risk_level,
       term, variety, profile_version, rule_version, warning_id, warning_confirmed_at, outcome,
       findings::jsonb, input_digest
     from unnest($1::int2[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::int4[],
                 $7::int2[], $8::text[], $9::text[], $10::int4[], $11::int4[], $12::text[],
                 $13::timestamptz[], $14::text[], $15::text[], $16::text[])
       as t(bucket, order_id, customer_id, decided_at, fund_code, parameter_version, risk_level,
            term, variety, profile_version, rule_version, warning_id, warning_confirmed_at, outcome,
            findings, input_digest)`,
    [
      rows.map((row) => row.bucket),
      rows.map((row) => row.orderId),
      rows.map((row) => row.customerId),
      rows.map((row) => row.decidedAt),
      rows.map((row) => row.product.fundCode),
      rows.map((row) => row.product.parameterVersion),
      rows.map((row) => row.product.riskLevel),
      rows.map((row) => row.product.term),
      rows.map((row) => row.product.variety),
      rows.map((row) => row.profileVersion),
      rows.map((row) => row.ruleVersion),
      rows.map((row) => row.warningId),
      rows.map((row) => row.warningConfirmedAt),
      rows.map((row) => row.outcome),
      rows.map((row) => JSON.stringify(row.findings)),
      rows.map((row) => row.inputDigest),
    ],
  );
}

interface EvidenceRow {
  bucket: number;
  order_id: string;
  customer_id: string;
  decided_at: Instant;
  fund_code: string;
  parameter_version: number;
  risk_level: number;
  term: string;
  variety: string;
  profile_version: number | null;
  rule_version: number | null;
  warning_id: string | null;
  warning_confirmed_at: Instant | null;
  outcome: Evidence['outcome'];
  findings: Finding[];
  input_digest: string;
}

function evidenceOf(row: EvidenceRow): Evidence {
  return {
    bucket: row.bucket,
    orderId: row.order_id,
    customerId: row.customer_id,
    decidedAt: row.decided_at,
    product: {
      fundCode: row.fund_code,
      riskLevel: row.risk_level,
      term: row.term,
      variety: row.variety,
      parameterVersion: row.parameter_version,
    },
    profileVersion: row.profile_version,
    ruleVersion: row.rule_version,
    warningId: row.warning_id,
    warningConfirmedAt: row.warning_confirmed_at,
    outcome: row.outcome,
    findings: row.findings,
    inputDigest: row.input_digest,
  };
}

/** The evidence of the orders that have one, by order id. */
export async function evidenceFor(
  sql: Sql,
  keys: readonly { bucket: number; orderId: string }[],
): Promise<Map<string, Evidence>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<EvidenceRow>(
    `select * from suitability.evidence
     where bucket = any($1::int2[]) and order_id = any($2::text[])`,
    [[...new Set(keys.map(({ bucket }) => bucket))], keys.map(({ orderId }) => orderId)],
  );
  return new Map(rows.map((row) => [row.order_id, evidenceOf(row)]));
}

/** The next page of all evidence after a place, in the order of the key. */
export async function pageOfEvidence(
  sql: Sql,
  after: { bucket: number; orderId: string },
  limit: number,
): Promise<Evidence[]> {
  const rows = await sql.query<EvidenceRow>(
    `select * from suitability.evidence where (bucket, order_id) > ($1::int2, $2::text)
     order by bucket, order_id limit $3`,
    [after.bucket, after.orderId, limit],
  );
  return rows.map(evidenceOf);
}
