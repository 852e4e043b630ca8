import {
  type Amount,
  AppError,
  type Finding,
  formatAmount,
  formatRate,
  parseAmount,
  parseRate,
  type Rate,
  RATE_SCALE,
  pow10,
} from '@cairn/kernel';

/** A step of a purchase or subscription fee: from an amount on, a rate or a flat fee per order. */
export type PurchaseTier =
  | { readonly fromAmount: Amount; readonly rate: Rate }
  | { readonly fromAmount: Amount; readonly flat: Amount };

/** A step of a redemption fee: from so many days held on; the share of the fee into fund assets. */
export interface RedemptionTier {
  readonly fromDays: number;
  readonly rate: Rate;
  readonly toFundShare: Rate;
}

export const FEE_KINDS = ['subscription', 'purchase', 'redemption'] as const;

/** Which fee a schedule sets. */
export type FeeKind = (typeof FEE_KINDS)[number];

/** Tiers with the kind of fee they set. */
export type FeeTiers =
  | { readonly kind: 'subscription' | 'purchase'; readonly tiers: readonly PurchaseTier[] }
  | { readonly kind: 'redemption'; readonly tiers: readonly RedemptionTier[] };

/** A tier as it travels: decimal strings, days as digits; absent is empty or left out. */
export interface WireTier {
  readonly fromAmount?: string;
  readonly fromDays?: string;
  readonly rate?: string;
  readonly flat?: string;
  readonly toFundShare?: string;
}

const RATE_ONE = pow10(RATE_SCALE);
// Fee limits of the sales rules are 5 % at most; what is above is a slip of the point.
const RATE_MAX = RATE_ONE / 20n;
const DAYS_MAX = 36_500;

function given(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

function bad(field: keyof WireTier, value: string | undefined, tier: number): Finding {
  const details = { field, value: value ?? '', tier };
  return { code: 'FEE_TIER_FIELD_INVALID', severity: 'block', details };
}

function readRate(text: string | undefined, max: Rate | bigint): Rate | undefined {
  const rate = text === undefined ? undefined : parseRate(text);
  return rate === undefined || rate > max ? undefined : rate;
}

function readPurchaseTier(wire: WireTier, tier: number, found: Finding[]): PurchaseTier[] {
  const from = parseAmount(wire.fromAmount ?? '');
  if (from === undefined) found.push(bad('fromAmount', wire.fromAmount, tier));
  if (given(wire.fromDays) !== undefined) found.push(bad('fromDays', wire.fromDays, tier));
  if (given(wire.toFundShare) !== undefined) found.push(bad('toFundShare', wire.toFundShare, tier));
  const flatText = given(wire.flat);
  if (flatText === undefined) {
    const rate = readRate(given(wire.rate), RATE_MAX);
    if (rate === undefined) found.push(bad('rate', wire.rate, tier));
    return from === undefined || rate === undefined ? [] : [{ fromAmount: from, rate }];
  }
  if (given(wire.rate) !== undefined) found.push(bad('rate', wire.rate, tier));
  const flat = parseAmount(flatText);
  // A flat fee above the smallest amount it applies to would leave less than nothing.
  if (flat === undefined || (from !== undefined && flat > from)) {
    found.push(bad('flat', wire.flat, tier));
    return [];
  }
  return from === undefined ? [] : [{ fromAmount: from, flat }];
}

function readRedemptionTier(wire: WireTier, tier: number, found: Finding[]): RedemptionTier[] {
  const daysText = wire.fromDays ?? '';
  const fromDays = /^(0|[1-9]\d{0,4})$/.test(daysText) ? Number.parseInt(daysText, 10) : undefined;
  const rate = readRate(given(wire.rate), RATE_MAX);
  const toFundShare = readRate(given(wire.toFundShare), RATE_ONE);
  const before = found.length;
  if (fromDays === undefined || fromDays > DAYS_MAX) found.push(bad('fromDays', daysText, tier));
  if (rate === undefined) found.push(bad('rate', wire.rate, tier));
  if (toFundShare === undefined) found.push(bad('toFundShare', wire.toFundShare, tier));
  for (const field of ['fromAmount', 'flat'] as const) {
    if (given(wire[field]) !== undefined) found.push(bad(field, wire[field], tier));
  }
  if (found.length > before) return [];
  if (fromDays === undefined || rate === undefined || toFundShare === undefined) return [];
  return [{ fromDays, rate, toFundShare }];
}

function assessOrder(starts: readonly bigint[], found: Finding[]): void {
  if (starts.length === 0 || starts[0] !== 0n) {
    found.push({ code: 'FEE_TIERS_START', severity: 'block', details: {} });
  }
  for (const [index, start] of starts.entries()) {
    const previous = starts[index - 1];
    if (previous !== undefined && start <= previous) {
      found.push({ code: 'FEE_TIERS_ORDER', severity: 'block', details: { tier: index + 1 } });
    }
  }
}

/**
 * Reads tiers and checks their shape: the first begins at zero, each later one above the one
 * before, rates from 0 to 5 %, a flat fee not above the amount it begins at, share to fund 0 to 1.
 * Every fault is returned.
 */
export function readTiers(
  kind: FeeKind,
  wire: readonly WireTier[],
): { tiers: FeeTiers | undefined; findings: Finding[] } {
  const findings: Finding[] = [];
  if (kind === 'redemption') {
    const tiers = wire.flatMap((tier, index) => readRedemptionTier(tier, index + 1, findings));
    if (findings.length === 0)
      assessOrder(
        tiers.map((t) => BigInt(t.fromDays)),
        findings,
      );
    return { tiers: findings.length > 0 ? undefined : { kind, tiers }, findings };
  }
  const tiers = wire.flatMap((tier, index) => readPurchaseTier(tier, index + 1, findings));
  if (findings.length === 0)
    assessOrder(
      tiers.map((t) => t.fromAmount),
      findings,
    );
  return { tiers: findings.length > 0 ? undefined : { kind, tiers }, findings };
}

/** Tiers as they are stored and sent, in one canonical form, so that equal tiers are equal text. */
export function formatTiers(fee: FeeTiers): WireTier[] {
  if (fee.kind === 'redemption') {
    return fee.tiers.map((tier) => ({
      fromDays: tier.fromDays.toString(),
      rate: formatRate(tier.rate),
      toFundShare: formatRate(tier.toFundShare),
    }));
  }
  return fee.tiers.map((tier) =>
    'rate' in tier
      ? { fromAmount: formatAmount(tier.fromAmount), rate: formatRate(tier.rate) }
      : { fromAmount: formatAmount(tier.fromAmount), flat: formatAmount(tier.flat) },
  );
}

/**
 * The tier of an application amount: the last that begins at or below it. AppError
 * PRODUCT_FEE_SCHEDULE_MISSING when there are no tiers.
 */
export function getPurchaseTier(tiers: readonly PurchaseTier[], amount: Amount): PurchaseTier {
  const tier = tiers.findLast((t) => t.fromAmount <= amount);
  if (tier === undefined) throw new AppError('PRODUCT_FEE_SCHEDULE_MISSING', {});
  return tier;
}

/** The tier of a holding of so many days; day 7 exactly is 'not less than 7 days'. */
export function getRedemptionTier(tiers: readonly RedemptionTier[], days: number): RedemptionTier {
  const tier = tiers.findLast((t) => t.fromDays <= days);
  if (tier === undefined) throw new AppError('PRODUCT_FEE_SCHEDULE_MISSING', {});
  return tier;
}
