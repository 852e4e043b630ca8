/**
 * May this customer buy this product? Every finding in a fixed order, never only the first. A
 * mismatch that the rules let a customer insist on is a warning; it passes only with a warning that
 * was shown for exactly these mismatches and confirmed. What cannot be evaluated blocks.
 */
import { hash } from 'node:crypto';
import { type Finding, type Instant, type LocalDate, runChecks, shanghaiDate } from '@cairn/kernel';
import { digestOf } from './digest.ts';
import {
  blocked,
  found,
  type InvestorLevel,
  type ProductFacts,
  type ProfileFact,
  type WarningFact,
} from './facts.ts';
import type { Rules } from './rules.ts';

/** Everything a decision is made of; its digest stands in the evidence. */
export interface DecisionInput {
  readonly at: Instant;
  readonly customerId: string;
  /** The profile in force; undefined when the customer was never assessed. */
  readonly profile: ProfileFact | undefined;
  readonly product: ProductFacts;
  /** The rules in force; undefined when none can be read. */
  readonly rules: Rules | undefined;
  /** The warning that the order names. */
  readonly warningId?: string | undefined;
  /** That warning, when there is one. */
  readonly warning?: WarningFact | undefined;
}

/** The decision. `allowWarned`: mismatches exist, were shown and confirmed. */
export interface SuitabilityDecision {
  readonly outcome: 'allow' | 'allowWarned' | 'block';
  readonly findings: readonly Finding[];
  /** SHA-256 of the input, hex. */
  readonly inputDigest: string;
}

interface Context extends DecisionInput {
  readonly rules: Rules;
  readonly profile: ProfileFact & { readonly level: InvestorLevel; readonly validUntil: LocalDate };
}

const RISK_LEVELS = [1, 2, 3, 4, 5];

function notEvaluated(check: string, reason: string): Finding {
  return { code: 'RULE_NOT_EVALUATED', severity: 'block', details: { check, reason } };
}

function productRated({ product, rules }: Pick<Context, 'product' | 'rules'>): Finding[] {
  const findings: Finding[] = [];
  const { termOrder, varieties } = rules.content;
  if (!RISK_LEVELS.includes(product.riskLevel)) {
    findings.push(notEvaluated('level', `risk level ${product.riskLevel} is not R1 to R5`));
  }
  if (!termOrder.includes(product.term)) {
    findings.push(notEvaluated('term', `term ${product.term} is not in the rules`));
  }
  if (!varieties.includes(product.variety)) {
    findings.push(notEvaluated('variety', `variety ${product.variety} is not in the rules`));
  }
  return findings;
}

function assessmentValid({ profile, at }: Context): Finding | undefined {
  const today = shanghaiDate(at);
  return profile.validUntil < today
    ? blocked('PROFILE_EXPIRED', { validUntil: profile.validUntil, today })
    : undefined;
}

function level({ profile, product, rules }: Context): Finding | undefined {
  const own = profile.level;
  if (rules.content.match[`${own}`].includes(product.riskLevel)) return undefined;
  const details = { level: `C${own}`, riskLevel: `R${product.riskLevel}` };
  return found(rules.content.mismatch.level, 'RISK_LEVEL_ABOVE', details);
}

function lowestClass({ profile, product, rules }: Context): Finding | undefined {
  if (!profile.lowest || rules.content.lowest.riskLevels.includes(product.riskLevel)) {
    return undefined;
  }
  return blocked('LOWEST_CLASS_BLOCKED', { riskLevel: `R${product.riskLevel}` });
}

function term({ profile, product, rules }: Context): Finding | undefined {
  const { termOrder, mismatch } = rules.content;
  const accepted = termOrder.indexOf(profile.term ?? '');
  // Thrown inside a check, this becomes a blocking RULE_NOT_EVALUATED.
  if (accepted < 0) throw new Error(`the profile's term ${profile.term} is not in the rules`);
  if (termOrder.indexOf(product.term) <= accepted) return undefined;
  const details = { accepted: profile.term, term: product.term };
  return found(mismatch.term, 'TERM_TOO_LONG', details);
}

function variety({ profile, product, rules }: Context): Finding | undefined {
  if (profile.varieties.includes(product.variety)) return undefined;
  const details = { accepted: [...profile.varieties], variety: product.variety };
  return found(rules.content.mismatch.variety, 'VARIETY_NOT_ACCEPTED', details);
}

const MATCH_CHECKS = [productRated, assessmentValid, level, lowestClass, term, variety];

/** The mismatches that a warning has to name. */
export function mismatchesOf(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'warn');
}

/** The digest by which a warning fits: codes and details of the mismatches, not their texts. */
export function mismatchDigest(mismatches: readonly Finding[]): string {
  return digestOf(mismatches.map(({ code, details }) => ({ code, details })));
}

function checkWarning(input: Context, mismatches: readonly Finding[]): Finding[] {
  const { warning, warningId, at } = input;
  if (warningId === undefined) return [blocked('WARNING_NOT_CONFIRMED')];
  if (warning === undefined || warning.warningId !== warningId) {
    return [blocked('WARNING_NOT_FOUND', { warningId })];
  }
  const fits =
    warning.customerId === input.customerId &&
    warning.fundCode === input.product.fundCode &&
    warning.ruleVersion === input.rules.version &&
    warning.mismatchDigest === mismatchDigest(mismatches);
  if (!fits) return [blocked('WARNING_DIFFERS', { warningId })];
  const findings: Finding[] = [];
  if (warning.confirmedAt === null || warning.confirmedAt > at) {
    findings.push(blocked('WARNING_NOT_CONFIRMED'));
  }
  if (warning.expiresAt <= at) {
    findings.push(blocked('WARNING_EXPIRED', { warningId, expiresAt: warning.expiresAt }));
  }
  return findings;
}

function findAll(input: DecisionInput): Finding[] {
  const { rules, profile, product } = input;
  if (rules === undefined) return [notEvaluated('rules', 'no rules are in force')];
  // Nobody may buy what nobody has rated, not even a professional.
  const rated = productRated({ product, rules });
  if (profile?.investorClass === 'professional' && !rules.content.professional.isMatched) {
    const details = { riskLevel: `R${product.riskLevel}` };
    return [...rated, found('info', 'PROFESSIONAL_INVESTOR', details)];
  }
  const { level: own, validUntil } = profile ?? { level: null, validUntil: null };
  if (profile === undefined || own === null || validUntil === null) {
    return [...rated, blocked('PROFILE_MISSING')];
  }
  const context = { ...input, rules, profile: { ...profile, level: own, validUntil } };
  const findings = runChecks(MATCH_CHECKS, context);
  const mismatches = mismatchesOf(findings);
  // When something blocks anyway, no confirmation helps, and none is asked for.
  if (mismatches.length === 0 || findings.some(({ severity }) => severity === 'block')) {
    return findings;
  }
  return [...findings, ...checkWarning(context, mismatches)];
}

// Named field by field and in one order: a caller's richer object must not change the digest, and
// this runs for every order, where sorting keys would cost more than the decision.
function digestInput({ at, customerId, profile, product, rules, ...rest }: DecisionInput): string {
  const { warning, warningId } = rest;
  const facts = [
    at,
    customerId,
    profile === undefined
      ? null
      : [
          profile.version,
          profile.level,
          profile.lowest,
          profile.term,
          profile.varieties,
          profile.investorClass,
          profile.validUntil,
        ],
    [product.fundCode, product.riskLevel, product.term, product.variety, product.parameterVersion],
    rules?.version ?? null,
    warningId ?? null,
    warning === undefined
      ? null
      : [
          warning.warningId,
          warning.customerId,
          warning.fundCode,
          warning.ruleVersion,
          warning.mismatchDigest,
          warning.expiresAt,
          // A confirmation that came later was not there for this decision.
          warning.confirmedAt !== null && warning.confirmedAt <= at,
        ],
  ];
  return hash('sha256', JSON.stringify(facts), 'hex');
}

/** Decides; pure. The findings of an allowed purchase still hold what was warned of. */
export function decide(input: DecisionInput): SuitabilityDecision {
  const findings = findAll(input);
  const inputDigest = digestInput(input);
  if (findings.some(({ severity }) => severity === 'block')) {
    return { outcome: 'block', findings, inputDigest };
  }
  const outcome = mismatchesOf(findings).length > 0 ? 'allowWarned' : 'allow';
  return { outcome, findings, inputDigest };
}
