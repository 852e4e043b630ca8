/**
 * Published fee rules, as data, and the check of a fund's fees against the set in force. Each set
 * begins on a date and replaces the one before it whole. A fund has one schedule for every investor,
 * so it has to satisfy the rows for persons and the rows for institutions alike.
 */
import {
  assert,
  type Finding,
  formatRate,
  type LocalDate,
  mulDiv,
  parseRate,
  pow10,
  type Rate,
  RATE_SCALE,
} from '@cairn/kernel';
import type { FundType } from './terms.ts';
import type { FeeTiers, PurchaseTier, RedemptionTier } from './tiers.ts';

/** One step of a redemption ladder, from the end of the step before it to `belowDays`. */
export interface LadderStep {
  /** Absent: for ever. */
  readonly belowDays?: number;
  readonly rateMin: Rate;
  readonly toFundShareMin: Rate;
}

/** One row of the rule. `chargesServiceFee` absent: classes with and without a service fee. */
export interface FeeRule {
  readonly ruleId: string;
  readonly effectiveDate: LocalDate;
  readonly item: 'purchase' | 'redemption' | 'service';
  readonly fundTypes: readonly string[];
  readonly chargesServiceFee?: boolean;
  readonly investor: 'all' | 'person' | 'institution';
  readonly rateMax?: Rate;
  readonly ladder: readonly LadderStep[];
  readonly sourceNote: string;
}

/** What a rule looks at beside the fees themselves. */
export interface RuledFund {
  readonly fundType: FundType;
  /** Whether the class carries a sales service fee on the effective date. */
  readonly chargesServiceFee: boolean;
}

/** The rows in force on a day: the latest set that began by then; none before the first. */
export function rulesInForce(rules: readonly FeeRule[], on: LocalDate): FeeRule[] {
  let latest: LocalDate | undefined;
  for (const { effectiveDate } of rules) {
    if (effectiveDate <= on && (latest === undefined || effectiveDate > latest)) {
      latest = effectiveDate;
    }
  }
  return rules.filter((rule) => rule.effectiveDate === latest);
}

function rulesFor(
  rules: readonly FeeRule[],
  item: FeeRule['item'],
  fund: RuledFund,
  on: LocalDate,
): FeeRule[] {
  return rulesInForce(rules, on).filter(
    (rule) =>
      rule.item === item &&
      rule.fundTypes.includes(fund.fundType) &&
      (rule.chargesServiceFee === undefined || rule.chargesServiceFee === fund.chargesServiceFee),
  );
}

function aboveCap(tier: PurchaseTier, index: number, rule: FeeRule): Finding[] {
  if (rule.rateMax === undefined) return [];
  const one = pow10(RATE_SCALE);
  const isAbove =
    'rate' in tier
      ? tier.rate > rule.rateMax
      : tier.flat > mulDiv(tier.fromAmount, rule.rateMax, one, 'down');
  if (!isAbove) return [];
  const details = { tier: index + 1, rateMax: formatRate(rule.rateMax), ruleId: rule.ruleId };
  return [{ code: 'FEE_ABOVE_CAP', severity: 'block', details }];
}

function belowLadder(tiers: readonly RedemptionTier[], rule: FeeRule): Finding[] {
  const found: Finding[] = [];
  let stepFrom = 0;
  for (const step of rule.ladder) {
    const stepEnd = step.belowDays ?? Number.POSITIVE_INFINITY;
    for (const [index, tier] of tiers.entries()) {
      const tierEnd = tiers[index + 1]?.fromDays ?? Number.POSITIVE_INFINITY;
      if (tier.fromDays >= stepEnd || tierEnd <= stepFrom) continue;
      const details = {
        fromDays: Math.max(stepFrom, tier.fromDays),
        rate: formatRate(tier.rate),
        rateMin: formatRate(step.rateMin),
        investor: rule.investor,
        ruleId: rule.ruleId,
      };
      if (tier.rate < step.rateMin) {
        found.push({ code: 'FEE_BELOW_LADDER', severity: 'block', details });
      }
      if (tier.rate > 0n && tier.toFundShare < step.toFundShareMin) {
        const share = formatRate(tier.toFundShare);
        const shareMin = formatRate(step.toFundShareMin);
        const of = { fromDays: details.fromDays, share, shareMin, ruleId: rule.ruleId };
        found.push({ code: 'FEE_SHARE_BELOW_RULE', severity: 'block', details: of });
      }
    }
    stepFrom = stepEnd;
  }
  return found;
}

/** Every breach of the rule in force on the schedule's effective date; empty when it conforms. */
export function assessFeeSchedule(
  fee: FeeTiers,
  effectiveDate: LocalDate,
  fund: RuledFund,
  rules: readonly FeeRule[],
): Finding[] {
  if (fee.kind === 'redemption') {
    const ladders = rulesFor(rules, 'redemption', fund, effectiveDate);
    return ladders.flatMap((rule) => belowLadder(fee.tiers, rule));
  }
  const caps = rulesFor(rules, 'purchase', fund, effectiveDate);
  return caps.flatMap((rule) => fee.tiers.flatMap((tier, index) => aboveCap(tier, index, rule)));
}

/** Every breach of the cap on the yearly service fee on the effective date. */
export function assessServiceFee(
  serviceFeeRate: Rate,
  effectiveDate: LocalDate,
  fundType: FundType,
  rules: readonly FeeRule[],
): Finding[] {
  const fund = { fundType, chargesServiceFee: serviceFeeRate > 0n };
  return rulesFor(rules, 'service', fund, effectiveDate).flatMap((rule) => {
    if (rule.rateMax === undefined || serviceFeeRate <= rule.rateMax) return [];
    const details = {
      rate: formatRate(serviceFeeRate),
      rateMax: formatRate(rule.rateMax),
      ruleId: rule.ruleId,
    };
    return [{ code: 'SERVICE_FEE_ABOVE_CAP', severity: 'block', details } as const];
  });
}

/** A rule's content as stored: `rateMax`, or a `ladder` in rising order. */
export interface RuleContent {
  readonly rateMax?: string;
  readonly ladder?: readonly {
    readonly belowDays: number | null;
    readonly rateMin: string;
    readonly toFundShareMin: string;
  }[];
}

function ruleRate(text: string): Rate {
  const value = parseRate(text);
  assert(value !== undefined, `a fee rule holds rates, not ${text}`);
  return value;
}

/** Reads the stored content of a rule. AssertionError when it is malformed. */
export function readRuleContent(content: RuleContent): Pick<FeeRule, 'rateMax' | 'ladder'> {
  const ladder = (content.ladder ?? []).map((step) => ({
    ...(step.belowDays === null ? {} : { belowDays: step.belowDays }),
    rateMin: ruleRate(step.rateMin),
    toFundShareMin: ruleRate(step.toFundShareMin),
  }));
  return content.rateMax === undefined
    ? { ladder }
    : { ladder, rateMax: ruleRate(content.rateMax) };
}
