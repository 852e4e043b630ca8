/** The evidence of one order's decision, and whether a recomputation agrees with it. */
import type { Finding, Instant } from '@cairn/kernel';
import { type DecisionInput, decide, type SuitabilityDecision } from './decide.ts';
import { canonicalJson } from './digest.ts';
import type { ProductFacts } from './facts.ts';

/** Why one order was decided as it was. */
export interface Evidence {
  readonly bucket: number;
  readonly orderId: string;
  readonly customerId: string;
  readonly decidedAt: Instant;
  readonly product: ProductFacts;
  readonly profileVersion: number | null;
  readonly ruleVersion: number | null;
  readonly warningId: string | null;
  /** When the warning had been confirmed, as the decision saw it. */
  readonly warningConfirmedAt: Instant | null;
  readonly outcome: SuitabilityDecision['outcome'];
  readonly findings: readonly Finding[];
  readonly inputDigest: string;
}

/** Decides for one order and gives the evidence to be stored with it, in the same transaction. */
export function decideOrder(
  order: { readonly bucket: number; readonly orderId: string },
  input: DecisionInput,
): { readonly decision: SuitabilityDecision; readonly evidence: Evidence } {
  const decision = decide(input);
  const { fundCode, riskLevel, term, variety, parameterVersion } = input.product;
  const evidence: Evidence = {
    bucket: order.bucket,
    orderId: order.orderId,
    customerId: input.customerId,
    decidedAt: input.at,
    product: { fundCode, riskLevel, term, variety, parameterVersion },
    profileVersion: input.profile?.version ?? null,
    ruleVersion: input.rules?.version ?? null,
    warningId: input.warningId ?? null,
    warningConfirmedAt: input.warning?.confirmedAt ?? null,
    outcome: decision.outcome,
    findings: decision.findings,
    inputDigest: decision.inputDigest,
  };
  return { decision, evidence };
}

/** A version in a line of versions: from when it held, and from when the next one did. */
export interface InForce {
  readonly version: number | null;
  readonly fromAt: Instant | undefined;
  readonly nextFromAt: Instant | undefined;
}

/**
 * Whether a version held at an instant. At the very instant of a change both the old and the new
 * one may have been in force: the lock of the bucket, not the clock, says which came first.
 */
export function wasInForce(line: InForce, at: Instant): boolean {
  if (line.version !== null && (line.fromAt === undefined || line.fromAt > at)) return false;
  return line.nextFromAt === undefined || line.nextFromAt >= at;
}

/**
 * Whether the confirmation that the decision saw is the one that is kept. One that came at the very
 * instant of the order, but after it, was rightly not seen.
 */
export function wasConfirmationSeen(
  seenAt: Instant | null,
  keptAt: Instant | null,
  at: Instant,
): boolean {
  return seenAt === null ? keptAt === null || keptAt >= at : seenAt === keptAt;
}

/** The names of everything in which the recomputed decision differs from the recorded one. */
export function disagreementsOf(evidence: Evidence, decision: SuitabilityDecision): string[] {
  const names: string[] = [];
  if (evidence.outcome !== decision.outcome) names.push('outcome');
  if (canonicalJson(evidence.findings) !== canonicalJson(decision.findings)) names.push('findings');
  if (evidence.inputDigest !== decision.inputDigest) names.push('inputDigest');
  return names;
}
