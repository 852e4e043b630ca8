/** The facts that a suitability decision is made of: what is known of customer, product and warning. */
import type { Finding, Instant, LocalDate } from '@cairn/kernel';

/** Investors are protected as ordinary unless they qualify as professional. */
export type InvestorClass = 'ordinary' | 'professional';

/** C1 (lowest) to C5. */
export type InvestorLevel = 1 | 2 | 3 | 4 | 5;

/** One version of a customer's profile. A professional may have no level: nothing was asked. */
export interface ProfileFact {
  readonly version: number;
  readonly level: InvestorLevel | null;
  /** The class of lowest tolerance (风险承受能力最低类别). */
  readonly lowest: boolean;
  /** The longest term the customer accepts; one of the rules' term order. */
  readonly term: string | null;
  /** The varieties the customer accepts. */
  readonly varieties: readonly string[];
  readonly investorClass: InvestorClass;
  /** Last day on which the assessment holds, Shanghai; null when there was none. */
  readonly validUntil: LocalDate | null;
}

/** What the decision needs of a product, as of one version of its parameters. */
export interface ProductFacts {
  readonly fundCode: string;
  /** R1 (lowest) to R5. */
  readonly riskLevel: number;
  readonly term: string;
  readonly variety: string;
  readonly parameterVersion: number;
}

/** A warning that was shown to a customer, and when it was confirmed. */
export interface WarningFact {
  readonly warningId: string;
  readonly customerId: string;
  readonly fundCode: string;
  readonly ruleVersion: number;
  /** Digest of the mismatches that the text named, hex. */
  readonly mismatchDigest: string;
  readonly shownAt: Instant;
  readonly expiresAt: Instant;
  readonly confirmedAt: Instant | null;
}

/** A blocking finding; the text of its remedy stands under the same code and `_REMEDY`. */
export function blocked(code: string, details: Record<string, unknown> = {}): Finding {
  return { code, severity: 'block', details, remedy: `${code}_REMEDY` };
}

/** A finding of the given severity with its remedy. */
export function found(
  severity: Finding['severity'],
  code: string,
  details: Record<string, unknown>,
): Finding {
  return { code, severity, details, remedy: `${code}_REMEDY` };
}
