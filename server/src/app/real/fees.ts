/** The two real fee schedules as sample terms by fund type. */
import { assert, formatFixed, parseFixed, parseRate, formatRate, type Rate } from '@cairn/kernel';
import type { FeeSpec } from '../sandbox/market.ts';

interface BuyTier {
  readonly fromAmount: string;
  readonly rate?: string;
  readonly flat?: string;
}

interface RedeemTier {
  readonly fromDays: number;
  readonly rate: string;
}

/** One schedule as the file has it, in fractions of one, yuan and days. */
export interface RealSchedule {
  readonly purchase: readonly BuyTier[];
  readonly redemption: readonly RedeemTier[];
}

/** Both schedules: of a bond fund (400030) and of an index fund (008975). */
export interface RealSchedules {
  readonly bond: RealSchedule;
  readonly equity: RealSchedule;
}

const DECIMALS = 8;
const DAYS_OF_YEAR = 365;

/** '1.2' per cent as the fraction '0.012', exactly. */
function fractionOf(percent: string): string {
  const value = parseFixed(percent, DECIMALS - 2);
  assert(value !== undefined, `a rate in per cent: ${percent}`);
  return formatFixed(value, DECIMALS);
}

/** '50' ten thousands as '500000.00'. */
function yuanOf(tenThousands: string): string {
  const value = parseFixed(tenThousands, 2);
  assert(value !== undefined, `an amount in ten thousand yuan: ${tenThousands}`);
  return formatFixed(value * 10_000n, 2);
}

// '申购金额＜50万元', '50万元≤申购金额＜500万元', '申购金额≥1000万元', '500.0万<=买入金额'
function fromAmountOf(range: string): string {
  const from =
    /^([\d.]+)万元?(?:≤|<=)/.exec(range)?.[1] ?? /(?:≥|>=)([\d.]+)万元?$/.exec(range)?.[1];
  if (from !== undefined) return yuanOf(from);
  assert(/[＜<][\d.]+万元?$/.test(range), `a range of amounts that is read: ${range}`);
  return '0';
}

// '持有期限＜7日', '7日≤持有期限＜180日', '持有期限≥730日', '0.0天<持有期限<7.0天', '2.0年<=持有期限'
function fromDaysOf(range: string): number {
  const found =
    /^(\d+)(?:\.0)?(日|天|年)(?:≤|<=|<)/.exec(range) ??
    /(?:≥|>=)(\d+)(?:\.0)?(日|天|年)$/.exec(range);
  if (found === null) {
    assert(/[＜<][\d.]+(日|天)$/.test(range), `a range of days that is read: ${range}`);
    return 0;
  }
  return Number.parseInt(found[1] ?? '', 10) * (found[2] === '年' ? DAYS_OF_YEAR : 1);
}

interface TextTier {
  readonly range: string;
  readonly rate: string;
}

interface NumberTier {
  readonly range: string;
  readonly pct?: number;
  readonly flat_yuan?: number;
}

function textTier({ range, rate }: TextTier): BuyTier {
  const fromAmount = fromAmountOf(range);
  const flat = /^([\d.]+)元\/笔$/.exec(rate)?.[1];
  if (flat !== undefined) return { fromAmount, flat };
  return { fromAmount, rate: fractionOf(rate.replace(/%$/, '')) };
}

function numberTier({ range, pct, flat_yuan: flat }: NumberTier): BuyTier {
  const fromAmount = fromAmountOf(range);
  if (flat !== undefined) return { fromAmount, flat: flat.toString() };
  assert(pct !== undefined, `${range} has a rate or a flat fee`);
  return { fromAmount, rate: fractionOf(pct.toString()) };
}

/** Reads the two schedules out of the file's JSON. */
export function readSchedules(json: unknown): RealSchedules {
  assert(Array.isArray(json), 'the fee file is a list');
  const find = (code: string) => {
    const found: unknown = json.find((item: { fund_code?: unknown }) => item.fund_code === code);
    assert(typeof found === 'object' && found !== null, `the schedule of ${code} is there`);
    return found;
  };
  const bond = find('400030') as { purchase_tiers: TextTier[]; redeem_tiers: TextTier[] };
  const equity = find('008975') as { declare_tiers: NumberTier[]; withdraw_tiers: NumberTier[] };
  return {
    bond: {
      purchase: bond.purchase_tiers.map(textTier),
      redemption: bond.redeem_tiers.map(({ range, rate }) => ({
        fromDays: fromDaysOf(range),
        rate: fractionOf(rate.replace(/%$/, '')),
      })),
    },
    equity: {
      purchase: equity.declare_tiers.map(numberTier),
      redemption: equity.withdraw_tiers.map(({ range, pct = 0 }) => ({
        fromDays: fromDaysOf(range),
        rate: fractionOf(pct.toString()),
      })),
    },
  };
}

interface RuleStep extends RedeemTier {
  readonly toFundShare: string;
}

// The ladder that binds equity and mixed funds until the end of 2025, as in products.fee_rules; all
// others owe 1.5 % below seven days, and a quarter of later fees to the fund by our own choice.
const LADDER: readonly RuleStep[] = [
  { fromDays: 0, rate: '0.015', toFundShare: '1' },
  { fromDays: 7, rate: '0.0075', toFundShare: '1' },
  { fromDays: 30, rate: '0.005', toFundShare: '0.75' },
  { fromDays: 90, rate: '0.005', toFundShare: '0.5' },
  { fromDays: 180, rate: '0', toFundShare: '0.25' },
];
const SEVEN_DAYS: readonly RuleStep[] = [
  { fromDays: 0, rate: '0.015', toFundShare: '1' },
  { fromDays: 7, rate: '0', toFundShare: '0.25' },
];

function rateOf(text: string): Rate {
  const value = parseRate(text);
  assert(value !== undefined, `a rate: ${text}`);
  return value;
}

function stepAt<T extends RedeemTier>(steps: readonly T[], days: number): T {
  const step = steps.findLast(({ fromDays }) => fromDays <= days);
  assert(step !== undefined, 'a ladder begins at day 0');
  return step;
}

/** The schedule raised to the rule's least rate wherever the rule asks for more. */
export function raiseToRule(
  schedule: readonly RedeemTier[],
  rule: readonly RuleStep[],
): { fromDays: number; rate: string; toFundShare: string }[] {
  const starts = new Set([...schedule, ...rule].map(({ fromDays }) => fromDays));
  return [...starts]
    .sort((a, b) => a - b)
    .map((fromDays) => {
      const own = rateOf(stepAt(schedule, fromDays).rate);
      const { rate: least, toFundShare } = stepAt(rule, fromDays);
      const rate = own >= rateOf(least) ? own : rateOf(least);
      return { fromDays, rate: formatRate(rate), toFundShare };
    });
}

const BOND_TYPES = new Set(['bond', 'shortBond', 'bondIndex']);
const LADDER_TYPES = new Set(['equity', 'equityMixed', 'mixed']);

/** The sample fees of a fund of this type; the subscription is charged like a purchase. */
export function feesOf(
  schedules: RealSchedules,
  fundType: string,
  effectiveDate: string,
): FeeSpec[] {
  const schedule = BOND_TYPES.has(fundType) ? schedules.bond : schedules.equity;
  const rule = LADDER_TYPES.has(fundType) ? LADDER : SEVEN_DAYS;
  return [
    ...(['purchase', 'subscription'] as const).flatMap((kind) =>
      schedule.purchase.map((tier) => ({ kind, effectiveDate, ...tier })),
    ),
    ...raiseToRule(schedule.redemption, rule).map((tier) => ({
      kind: 'redemption' as const,
      effectiveDate,
      ...tier,
    })),
  ];
}
