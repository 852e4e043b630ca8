/** Commands that assess customers and warn them. Those that need four eyes stand in governance.ts. */
import {
  AppError,
  type Finding,
  type Instant,
  epochMsOf,
  instantFromEpochMs,
  renderMessage,
  shanghaiDate,
} from '@cairn/kernel';
import { bucketedId, bucketOf } from '@cairn/kernel/ids';
import { type Actor, actorName, maySee } from '../../platform/actor.ts';
import { type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { type CustomerFact, customersFor, getVisible } from '../customers/index.ts';
import { dropAnswerDrafts } from './answer-drafts.ts';
import { type Answer, assessAnswers, type AssessmentResult } from './domain/assess.ts';
import { decide, mismatchDigest, mismatchesOf } from './domain/decide.ts';
import { canonicalJson } from './domain/digest.ts';
import { blocked, type ProductFacts } from './domain/facts.ts';
import type { Questionnaire } from './domain/questionnaire.ts';
import { checkRetest } from './domain/retest.ts';
import type { Rules, RulesContent } from './domain/rules.ts';
import { suitabilityMessages, suitabilitySpeech } from './messages.ts';
import { questionnaireAt, rulesAt } from './rulebook.ts';
import {
  type Assessment,
  type EarlierAssessment,
  factOfProfile,
  insertAssessments,
  insertProfiles,
  loadEarlierAssessments,
  type Profile,
  profilesFor,
} from './store.ts';

/** The answers of one customer to the questionnaire in force. */
export interface SubmitAnswers {
  readonly customerId: string;
  /** Given by the caller, unique per customer for ever: the same number is the same submission. */
  readonly clientSubmissionNo: string;
  readonly questionnaireVersion: number;
  readonly answers: readonly Answer[];
  /** Where the customer answered: 'counter', 'internet', 'mobile'. */
  readonly channel: string;
}

/** The answer to one submission, in the place of its request. */
export type AssessOutcome =
  | ({
      readonly outcome: 'assessed' | 'repeated';
      readonly assessmentId: string;
    } & AssessmentResult)
  | { readonly outcome: 'refused'; readonly findings: readonly Finding[] };

/** The questionnaire for a kind of customer. */
export function questionnaireIdFor(kind: CustomerFact['kind']): Questionnaire['questionnaireId'] {
  return kind === '1' ? 'person' : 'organisation';
}

interface Room {
  readonly now: Instant;
  readonly actor: Actor;
  readonly rules: Rules;
  readonly questionnaires: ReadonlyMap<string, Questionnaire>;
  readonly customers: ReadonlyMap<string, CustomerFact>;
  readonly profiles: Map<string, Profile>;
  readonly earlier: EarlierAssessment[];
}

function refused(...findings: Finding[]): AssessOutcome {
  return { outcome: 'refused', findings };
}

/** Decides one submission against what came before it, also within the batch. */
function assessOne(room: Room, request: SubmitAnswers): AssessOutcome | Assessment {
  const { customerId, clientSubmissionNo, answers } = request;
  const customer = room.customers.get(customerId);
  if (customer === undefined || !maySee(room.actor, customer) || customer.status === 'closed') {
    return refused(blocked('ASSESSED_CUSTOMER_UNKNOWN'));
  }
  const own = room.earlier.filter((earlier) => earlier.customerId === customerId);
  const same = own.find((earlier) => earlier.clientSubmissionNo === clientSubmissionNo);
  if (same !== undefined) {
    if (canonicalJson(same.answers) !== canonicalJson(answers)) {
      return refused(blocked('SUBMISSION_DIFFERS', { clientSubmissionNo }));
    }
    const { assessmentId, score, level, lowest, term, varieties, validUntil } = same;
    const result = { score, level, lowest, term, varieties, validUntil };
    return { outcome: 'repeated', assessmentId, ...result };
  }
  const questionnaireId = questionnaireIdFor(customer.kind);
  const questionnaire = room.questionnaires.get(questionnaireId);
  if (questionnaire === undefined)
    throw new AppError('QUESTIONNAIRE_NOT_FOUND', { questionnaireId });
  const today = shanghaiDate(room.now);
  const instants = own.map(({ assessedAt }) => assessedAt);
  const findings = checkRetest(room.rules.content, instants, today);
  if (request.questionnaireVersion !== questionnaire.version) {
    const details = { inForce: questionnaire.version, given: request.questionnaireVersion };
    return refused(...findings, blocked('QUESTIONNAIRE_OTHER_VERSION', details));
  }
  const hasFullCapacity = customer.kind !== '1' || customer.civilCapacity === 'full';
  const { termOrder } = room.rules.content;
  const assessed = assessAnswers(questionnaire.content, answers, {
    hasFullCapacity,
    today,
    termOrder,
  });
  if (!assessed.ok) return refused(...findings, ...assessed.error);
  if (findings.length > 0) return refused(...findings);
  const { bucket } = customer;
  return {
    bucket,
    customerId,
    assessmentId: bucketedId(bucket, 'assessment', [customerId, clientSubmissionNo], 24),
    clientSubmissionNo,
    questionnaireId,
    questionnaireVersion: questionnaire.version,
    answers,
    assessedAt: room.now,
    channel: request.channel,
    source: room.actor.from,
    submittedBy: actorName(room.actor),
    ...assessed.value,
  };
}

function nextProfile(room: Room, assessment: Assessment): Profile {
  const { bucket, customerId, level, lowest, term, varieties, validUntil } = assessment;
  const profile: Profile = {
    bucket,
    customerId,
    version: (room.profiles.get(customerId)?.version ?? 0) + 1,
    level,
    lowest,
    term,
    varieties,
    investorClass: room.customers.get(customerId)?.investorClass ?? 'ordinary',
    validUntil,
    fromAt: room.now,
    assessmentId: assessment.assessmentId,
  };
  room.profiles.set(customerId, profile);
  room.earlier.push(assessment);
  return profile;
}

async function openRoom({ tx, now }: Work, actor: Actor, ids: readonly string[]): Promise<Room> {
  const keys = ids.map((customerId) => ({ customerId, bucket: bucketOf(customerId) }));
  const rules = await rulesAt(tx, now);
  if (rules === undefined) throw new AppError('RULES_NOT_FOUND');
  const questionnaires = new Map<string, Questionnaire>();
  for (const id of ['person', 'organisation'] as const) {
    const questionnaire = await questionnaireAt(tx, id, now);
    if (questionnaire !== undefined) questionnaires.set(id, questionnaire);
  }
  return {
    now,
    actor,
    rules,
    questionnaires,
    customers: await customersFor(tx, keys),
    profiles: await profilesFor(tx, keys),
    earlier: await loadEarlierAssessments(tx, keys),
  };
}

/**
 * Assesses customers from their answers: a batch in, one outcome each, in order. An accepted
 * assessment is the customer's new profile from this instant on.
 *
 * Refusals carry every reason (missing or unknown answers, caps on repeated tests, a customer that
 * is not there for this actor). Errors: QUESTIONNAIRE_NOT_FOUND, RULES_NOT_FOUND.
 */
export async function submitAnswers(
  world: World,
  actor: Actor,
  requests: readonly SubmitAnswers[],
): Promise<AssessOutcome[]> {
  const ids = [...new Set(requests.map(({ customerId }) => customerId))];
  return work(world, ids.map(bucketOf), async (unit) => {
    const room = await openRoom(unit, actor, ids);
    const assessments: Assessment[] = [];
    const profiles: Profile[] = [];
    const outcomes = requests.map((request): AssessOutcome => {
      const decided = assessOne(room, request);
      if ('outcome' in decided) return decided;
      assessments.push(decided);
      const profile = nextProfile(room, decided);
      profiles.push(profile);
      trace(unit, actor, decided, profile);
      const { assessmentId, score, level, lowest, term, varieties, validUntil } = decided;
      const result = { score, level, lowest, term, varieties, validUntil };
      return { outcome: 'assessed', assessmentId, ...result };
    });
    await insertAssessments(unit.tx, assessments);
    await insertProfiles(unit.tx, profiles);
    await dropAnswerDrafts(unit.tx, assessments);
    return outcomes;
  });
}

function trace(unit: Work, actor: Actor, assessment: Assessment, profile: Profile): void {
  const { bucket, customerId, assessmentId } = assessment;
  const { version, level, lowest, validUntil } = profile;
  unit.audit({
    bucket,
    actor,
    action: 'suitability.assess',
    subject: `customer:${customerId}`,
    result: 'done',
    detail: { assessmentId, profileVersion: version, level, lowest, validUntil },
  });
  unit.emit({
    bucket,
    topic: 'suitability.profile-changed',
    key: customerId,
    payload: { customerId, profileVersion: version, level, lowest },
  });
}

/** A warning as it is shown: the whole text in both languages. */
export interface ShownWarning {
  readonly warningId: string;
  readonly fundCode: string;
  readonly findings: readonly Finding[];
  readonly textEn: string;
  readonly textZh: string;
  readonly shownAt: Instant;
  readonly expiresAt: Instant;
}

function sentences(findings: readonly Finding[], language: 0 | 1): string {
  return findings
    .map(({ code, details }) =>
      renderMessage(
        suitabilityMessages[code]?.[language] ?? code,
        details ?? {},
        suitabilitySpeech(language),
      ),
    )
    .join('\n');
}

function warningTexts(
  { warning }: RulesContent,
  fundCode: string,
  mismatches: readonly Finding[],
): { textEn: string; textZh: string } {
  const text = (template: string, language: 0 | 1) =>
    renderMessage(template, { fundCode, mismatches: sentences(mismatches, language) });
  return { textEn: text(warning.textEn, 0), textZh: text(warning.textZh, 1) };
}

/**
 * Issues the special warning for a product that does not match: it names the mismatches and stands
 * for one customer, one product and one version of the rules, for the minutes of the rules.
 *
 * Errors: CUSTOMER_NOT_FOUND; WARNING_NOT_ISSUED with every reason when the product matches, or when
 * a block stands that no confirmation can lift.
 */
export async function issueWarning(
  world: World,
  actor: Actor,
  request: { customerId: string; product: ProductFacts; channel: string },
): Promise<ShownWarning> {
  const { customerId, product, channel } = request;
  const bucket = bucketOf(customerId);
  return work(world, [bucket], async (unit) => {
    const { tx, now } = unit;
    await getVisible(tx, actor, customerId);
    const rules = await rulesAt(tx, now);
    const profile = (await profilesFor(tx, [{ bucket, customerId }])).get(customerId);
    const at = { at: now, customerId, product, rules };
    const decision = decide({ ...at, profile: profile && factOfProfile(profile) });
    const mismatches = mismatchesOf(decision.findings);
    const others = decision.findings.filter(({ code }) => code !== 'WARNING_NOT_CONFIRMED');
    const isBlocked = others.some(({ severity }) => severity === 'block');
    if (mismatches.length === 0 || isBlocked || !rules || !profile) {
      const reasons = isBlocked ? others : [...others, blocked('WARNING_NOT_NEEDED')];
      throw new AppError('WARNING_NOT_ISSUED', { reasons });
    }
    const validMs = rules.content.warning.validMinutes * 60_000;
    const digest = mismatchDigest(mismatches);
    const parts = [customerId, product.fundCode, `${rules.version}`, digest, now];
    const warning: ShownWarning = {
      warningId: bucketedId(bucket, 'warning', parts, 24),
      fundCode: product.fundCode,
      findings: mismatches,
      ...warningTexts(rules.content, product.fundCode, mismatches),
      shownAt: now,
      expiresAt: instantFromEpochMs(epochMsOf(now) + validMs),
    };
    await tx.query(
      `insert into suitability.warnings
         (bucket, warning_id, customer_id, fund_code, parameter_version, profile_version,
          rule_version, findings, mismatch_digest, text_version, text_en, text_zh, channel, source,
          shown_by, shown_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12, $13, $14, $15, $16, $17)
       on conflict do nothing`,
      [
        bucket,
        warning.warningId,
        customerId,
        product.fundCode,
        product.parameterVersion,
        profile.version,
        rules.version,
        JSON.stringify(mismatches),
        digest,
        rules.content.warning.textVersion,
        warning.textEn,
        warning.textZh,
        channel,
        actor.from,
        actorName(actor),
        now,
        warning.expiresAt,
      ],
    );
    traceWarning(unit, actor, 'warn', customerId, warning);
    return warning;
  });
}

function traceWarning(
  unit: Work,
  actor: Actor,
  action: 'warn' | 'confirm-warning',
  customerId: string,
  warning: { warningId: string; fundCode: string },
): void {
  const { warningId, fundCode } = warning;
  unit.audit({
    bucket: bucketOf(customerId),
    actor,
    action: `suitability.${action}`,
    subject: `customer:${customerId}`,
    result: 'done',
    detail: { warningId, fundCode },
  });
}

/**
 * Records that the customer read and understood a warning and insists. Confirming again answers the
 * first confirmation.
 *
 * Errors: CUSTOMER_NOT_FOUND, WARNING_UNKNOWN (also one of another customer), WARNING_LAPSED.
 */
export async function confirmWarning(
  world: World,
  actor: Actor,
  request: { customerId: string; warningId: string; channel: string },
): Promise<{ warningId: string; confirmedAt: Instant; expiresAt: Instant }> {
  const { customerId, warningId, channel } = request;
  const bucket = bucketOf(customerId);
  return work(world, [bucket], async (unit) => {
    const { tx, now } = unit;
    await getVisible(tx, actor, customerId);
    const [row] = await tx.query<{
      fund_code: string;
      expires_at: Instant;
      confirmed_at: Instant | null;
    }>(
      `select w.fund_code, w.expires_at, c.confirmed_at from suitability.warnings w
       left join suitability.confirmations c
         on c.bucket = w.bucket and c.warning_id = w.warning_id
       where w.bucket = $1 and w.warning_id = $2 and w.customer_id = $3`,
      [bucket, warningId, customerId],
    );
    if (row === undefined) throw new AppError('WARNING_UNKNOWN', { warningId });
    const { expires_at: expiresAt, confirmed_at: earlier } = row;
    if (earlier !== null) return { warningId, confirmedAt: earlier, expiresAt };
    if (expiresAt <= now) throw new AppError('WARNING_LAPSED', { warningId, expiresAt });
    await tx.query(
      `insert into suitability.confirmations
         (bucket, warning_id, confirmed_at, channel, source, confirmed_by)
       values ($1, $2, $3, $4, $5, $6)`,
      [bucket, warningId, now, channel, actor.from, actorName(actor)],
    );
    const warning = { warningId, fundCode: row.fund_code };
    traceWarning(unit, actor, 'confirm-warning', customerId, warning);
    return { warningId, confirmedAt: now, expiresAt };
  });
}
