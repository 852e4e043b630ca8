/** Reads: SQL to wire shape. */
import {
  addDays,
  AppError,
  type Finding,
  type Instant,
  type LocalDate,
  parseInstant,
  shanghaiDate,
} from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import type { Actor } from '../../platform/actor.ts';
import { cutPage, type PageAsk, readTimeCursor } from '../../platform/cursor.ts';
import type { World } from '../../platform/world.ts';
import { getVisible, type ViewLoader } from '../customers/index.ts';
import { decide, type SuitabilityDecision } from './domain/decide.ts';
import type { ProductFacts, ProfileFact } from './domain/facts.ts';
import type { Questionnaire } from './domain/questionnaire.ts';
import { reachOf } from './domain/reach.ts';
import type { Rules } from './domain/rules.ts';
import type { VersionOf } from './governance.ts';
import { listRecorded, questionnaireAt, type RecordedVersion, rulesAt } from './rulebook.ts';
import { factOfProfile, loadProfileVersions, type Profile, profilesFor } from './store.ts';

/** The questionnaire in force. QUESTIONNAIRE_NOT_FOUND. */
export async function getQuestionnaire(
  world: World,
  questionnaireId: Questionnaire['questionnaireId'],
): Promise<Questionnaire> {
  const questionnaire = await questionnaireAt(world.db, questionnaireId, world.clock.now());
  if (questionnaire === undefined)
    throw new AppError('QUESTIONNAIRE_NOT_FOUND', { questionnaireId });
  return questionnaire;
}

/** One profile version on the wire. */
export interface ProfileView {
  version: number;
  level: number | null;
  lowest: boolean;
  term: string | null;
  varieties: string[];
  investorClass: Profile['investorClass'];
  validUntil: LocalDate | null;
  fromAt: Instant;
  assessmentId: string | null;
}

function viewOf(profile: Profile): ProfileView {
  const { fromAt, assessmentId } = profile;
  const fact = factOfProfile(profile);
  return { ...fact, varieties: [...fact.varieties], fromAt, assessmentId };
}

/** What a profile lets its customer buy, as lists of its own. */
function viewReach(profile: ProfileFact, rules: Rules | undefined) {
  const reach = rules === undefined ? undefined : reachOf(profile, rules.content);
  if (reach === undefined) return null;
  return {
    riskLevels: [...reach.riskLevels],
    warnedRiskLevels: [...reach.warnedRiskLevels],
    terms: [...reach.terms],
    warnedTerms: [...reach.warnedTerms],
    varieties: [...reach.varieties],
    warnedVarieties: [...reach.warnedVarieties],
  };
}

/**
 * The profile in force with what it reaches under the rules in force, and every earlier one, newest
 * first. A customer who was never assessed has no profile, which is an answer and no fault: null.
 * CUSTOMER_NOT_FOUND.
 */
export async function getProfile(world: World, actor: Actor, customerId: string) {
  const { bucket } = await getVisible(world.db, actor, customerId);
  const versions = await loadProfileVersions(world.db, [{ bucket, customerId }]);
  const [newest, ...earlier] = (versions.get(customerId) ?? []).toReversed();
  if (newest === undefined) return { profile: null, reach: null, earlier: [] };
  const rules = await rulesAt(world.db, world.clock.now());
  return {
    profile: viewOf(newest),
    reach: viewReach(factOfProfile(newest), rules),
    earlier: earlier.map(viewOf),
  };
}

/** The section of the whole view of a customer: the profile in force, or null. */
export const suitabilityView: ViewLoader = async (sql, key) => {
  const profile = (await profilesFor(sql, [key])).get(key.customerId);
  return profile === undefined ? null : viewOf(profile);
};

/** Why a customer may or may not buy a product now. */
export interface SuitabilityView {
  customerId: string;
  fundCode: string;
  outcome: SuitabilityDecision['outcome'];
  at: Instant;
  profileVersion: number | null;
  parameterVersion: number;
  ruleVersion: number | null;
  findings: readonly Finding[];
}

/**
 * Decides without an order: every finding with its remedy, and which versions said so.
 * CUSTOMER_NOT_FOUND.
 */
export async function explainSuitability(
  world: World,
  actor: Actor,
  customerId: string,
  product: ProductFacts,
): Promise<SuitabilityView> {
  await getVisible(world.db, actor, customerId);
  const at = world.clock.now();
  const bucket = bucketOf(customerId);
  const profile = (await profilesFor(world.db, [{ bucket, customerId }])).get(customerId);
  const rules = await rulesAt(world.db, at);
  const { outcome, findings } = decide({ at, customerId, profile, product, rules });
  return {
    customerId,
    fundCode: product.fundCode,
    outcome,
    at,
    profileVersion: profile?.version ?? null,
    parameterVersion: product.parameterVersion,
    ruleVersion: rules?.version ?? null,
    findings,
  };
}

/** Every version of the rules or of a questionnaire, the newest first, and which is in force. */
export async function listVersionsOf(world: World, of: VersionOf) {
  const now = world.clock.now();
  const versions = await listRecorded(world.db, of);
  const inForce = versions
    .filter(({ effectiveAt }) => effectiveAt <= now)
    .reduce<RecordedVersion | undefined>(
      (best, one) => (best === undefined || one.effectiveAt > best.effectiveAt ? one : best),
      undefined,
    );
  return versions.map((version) => ({ ...version, isInForce: version === inForce }));
}

const SOON_DAYS = 30;

/** A page of active customers whose assessment has lapsed, or lapses within 30 days. */
export async function listDue(
  world: World,
  { branchCode }: Actor,
  query: { due: 'lapsed' | 'ending'; limit: number; cursor?: string | undefined },
) {
  const today = shanghaiDate(world.clock.now());
  const isLapsed = query.due === 'lapsed';
  const rows = await world.db.query<{
    customer_id: string;
    name_masked: string;
    branch_code: string;
    level: number | null;
    valid_until: LocalDate;
  }>(
    `select c.customer_id, c.name_masked, c.branch_code, p.level, p.valid_until
     from customers.customers c
     cross join lateral (
       select level, valid_until from suitability.profile_versions v
       where v.bucket = c.bucket and v.customer_id = c.customer_id
       order by v.version desc limit 1) as p
     where c.status = 'active' and ($1::text is null or c.branch_code = $1)
       and c.customer_id > $2 and p.valid_until between $3::date and $4::date
     order by c.customer_id limit $5`,
    [
      branchCode ?? null,
      query.cursor ?? '',
      isLapsed ? '1900-01-01' : today,
      isLapsed ? addDays(today, -1) : addDays(today, SOON_DAYS),
      query.limit + 1,
    ],
  );
  const customers = rows.slice(0, query.limit).map((row) => ({
    customerId: row.customer_id,
    nameMasked: row.name_masked,
    branchCode: row.branch_code,
    level: row.level,
    validUntil: row.valid_until,
  }));
  const last = rows.length > query.limit ? customers.at(-1)?.customerId : undefined;
  return last === undefined ? { customers } : { customers, nextCursor: last };
}

/**
 * A page of the warnings that a customer was shown, the latest first, and which he confirmed.
 * CUSTOMER_NOT_FOUND, WARNING_CURSOR_INVALID.
 */
export async function listWarnings(
  world: World,
  actor: Actor,
  { customerId, limit, cursor }: PageAsk & { readonly customerId: string },
) {
  await getVisible(world.db, actor, customerId);
  const [at = null, id = null] = readTimeCursor(cursor, parseInstant, 'WARNING_CURSOR_INVALID');
  const rows = await world.db.query<{
    warning_id: string;
    fund_code: string;
    text_en: string;
    text_zh: string;
    shown_at: Instant;
    shown_by: string;
    expires_at: Instant;
    confirmed_at: Instant | null;
    confirmed_by: string | null;
  }>(
    `select w.warning_id, w.fund_code, w.text_en, w.text_zh, w.shown_at, w.shown_by, w.expires_at,
       c.confirmed_at, c.confirmed_by
     from suitability.warnings w
     left join suitability.confirmations c
       on c.bucket = w.bucket and c.warning_id = w.warning_id
     where w.bucket = $1 and w.customer_id = $2 and ($3::timestamptz is null
       or w.shown_at < $3::timestamptz
       or (w.shown_at = $3::timestamptz and w.warning_id > $4::text))
     order by w.shown_at desc, w.warning_id limit $5`,
    [bucketOf(customerId), customerId, at, id, limit + 1],
  );
  const { shown, next } = cutPage(rows, limit, (row) => [row.shown_at, row.warning_id]);
  const warnings = shown.map((row) => ({
    warningId: row.warning_id,
    fundCode: row.fund_code,
    textEn: row.text_en,
    textZh: row.text_zh,
    shownAt: row.shown_at,
    shownBy: row.shown_by,
    expiresAt: row.expires_at,
    ...(row.confirmed_at === null || row.confirmed_by === null
      ? {}
      : { confirmedAt: row.confirmed_at, confirmedBy: row.confirmed_by }),
  }));
  return { warnings, ...next };
}
