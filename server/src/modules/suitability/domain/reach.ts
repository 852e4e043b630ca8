/** What a profile lets a customer buy, told in one view: the same rules that decide each order. */
import type { ProfileFact } from './facts.ts';
import type { RulesContent } from './rules.ts';

/** Risk levels, terms and varieties: those that match, and those to insist on after a warning. */
export interface Reach {
  readonly riskLevels: readonly number[];
  /** Sold only after the special warning, when the customer insists. */
  readonly warnedRiskLevels: readonly number[];
  readonly terms: readonly string[];
  readonly warnedTerms: readonly string[];
  readonly varieties: readonly string[];
  readonly warnedVarieties: readonly string[];
}

const RISK_LEVELS = [1, 2, 3, 4, 5] as const;

/**
 * What a profile reaches under the rules. Undefined when nothing can be told: never assessed, or a
 * term that the rules no longer name. A professional whom the rules do not match reaches all.
 */
export function reachOf(profile: ProfileFact, rules: RulesContent): Reach | undefined {
  const { termOrder, varieties, mismatch } = rules;
  if (profile.investorClass === 'professional' && !rules.professional.isMatched) {
    const none = { warnedRiskLevels: [], warnedTerms: [], warnedVarieties: [] };
    return { riskLevels: RISK_LEVELS, terms: termOrder, varieties, ...none };
  }
  const { level, lowest, term } = profile;
  const accepted = termOrder.indexOf(term ?? '');
  if (level === null || accepted < 0) return undefined;
  const ofLowest: readonly number[] = lowest ? rules.lowest.riskLevels : RISK_LEVELS;
  const sold = RISK_LEVELS.filter((risk) => ofLowest.includes(risk));
  const matches = (risk: number) => rules.match[`${level}`].includes(risk);
  const fits = (variety: string) => profile.varieties.includes(variety);
  const rest = <T>(severity: 'warn' | 'block', others: readonly T[]): readonly T[] =>
    severity === 'warn' ? others : [];
  return {
    riskLevels: sold.filter(matches),
    warnedRiskLevels: rest(
      mismatch.level,
      sold.filter((risk) => !matches(risk)),
    ),
    terms: termOrder.slice(0, accepted + 1),
    warnedTerms: rest(mismatch.term, termOrder.slice(accepted + 1)),
    varieties: varieties.filter(fits),
    warnedVarieties: rest(
      mismatch.variety,
      varieties.filter((variety) => !fits(variety)),
    ),
  };
}
