import type { Day } from './dates.ts';
import { daysBetween } from './dates.ts';
import { divide, NAV_ONE, RATE_ONE, type Rounding } from './fixed.ts';

/** One step of a purchase or subscription fee, from an amount in fen upwards: a rate or a flat fee. */
export type PurchaseTier =
  | { readonly fromAmount: bigint; readonly rate: bigint }
  | { readonly fromAmount: bigint; readonly flat: bigint };

/** One step of a redemption fee, from a number of days held upwards; both shares have 8 decimals. */
export interface RedemptionTier {
  readonly fromDays: number;
  readonly rate: bigint;
  readonly toFundShare: bigint;
}

/** Units of one confirmation, still held. */
export interface Lot {
  readonly confirmDate: Day;
  readonly units: bigint;
}

/** A fee split off from an amount; `rate` is the rate after discount, 0 for a flat fee. */
export interface SplitAmount {
  readonly net: bigint;
  readonly fee: bigint;
  readonly rate: bigint;
}

/**
 * Outside method: net = amount / (1 + rate), half-up to the fen, and the fee is what is left. A
 * discount (4 decimals, 10,000 is none) multiplies the rate; a flat fee is subtracted as it is.
 */
export function splitPurchase(
  amount: bigint,
  tiers: readonly PurchaseTier[],
  discount: bigint,
): SplitAmount {
  const tier = tiers.findLast((step) => step.fromAmount <= amount);
  if (tier === undefined) return { net: amount, fee: 0n, rate: 0n };
  if ('flat' in tier) {
    const fee = tier.flat < amount ? tier.flat : amount;
    return { net: amount - fee, fee, rate: 0n };
  }
  const rate = divide(tier.rate * discount, NAV_ONE, 'halfUp');
  const net = divide(amount * RATE_ONE, RATE_ONE + rate, 'halfUp');
  return { net, fee: amount - net, rate };
}

/** Units (2 decimals) that `net` fen buy at `nav` (4 decimals). */
export function computeUnits(net: bigint, nav: bigint, rounding: Rounding): bigint {
  return divide(net * NAV_ONE, nav, rounding);
}

/** Fen that `units` are worth at `nav`, half-up. */
export function computeValue(units: bigint, nav: bigint): bigint {
  return divide(units * nav, NAV_ONE, 'halfUp');
}

/** What a redemption takes from one lot. */
export interface RedeemedPart {
  readonly confirmDate: Day;
  readonly units: bigint;
  readonly days: number;
  readonly rate: bigint;
  readonly gross: bigint;
  readonly fee: bigint;
  readonly feeToFund: bigint;
}

export interface Redemption {
  readonly parts: readonly RedeemedPart[];
  readonly gross: bigint;
  readonly fee: bigint;
  readonly feeToFund: bigint;
  readonly net: bigint;
  /** The lots that remain, in order. */
  readonly left: readonly Lot[];
}

export interface RedemptionTerms {
  readonly nav: bigint;
  readonly tiers: readonly RedemptionTier[];
  /** The day to which holding days are counted from a lot's confirmation. */
  readonly heldUntil: Day;
  /** `perLot`: the fee is rounded lot by lot; `total`: once on the sum. Value is always per lot. */
  readonly feeRounding: 'perLot' | 'total';
}

const noFee: RedemptionTier = { fromDays: 0, rate: 0n, toFundShare: RATE_ONE };

function tierOn(tiers: readonly RedemptionTier[], days: number): RedemptionTier {
  return tiers.findLast((tier) => tier.fromDays <= days) ?? noFee;
}

function redeemPart(lot: Lot, units: bigint, terms: RedemptionTerms): RedeemedPart {
  // A lot confirmed after the application's day was in transit then: it has been held no day.
  const days = Math.max(0, daysBetween(lot.confirmDate, terms.heldUntil));
  const { rate, toFundShare } = tierOn(terms.tiers, days);
  const gross = computeValue(units, terms.nav);
  const fee = divide(gross * rate, RATE_ONE, 'halfUp');
  const feeToFund = divide(fee * toFundShare, RATE_ONE, 'halfUp');
  return { confirmDate: lot.confirmDate, units, days, rate, gross, fee, feeToFund };
}

/** The fee of all parts and the fund's share of it, each rounded once at the end. */
function totalOnce(parts: readonly RedeemedPart[], tiers: readonly RedemptionTier[]) {
  let feeExact = 0n;
  let toFundExact = 0n;
  for (const { gross, days } of parts) {
    const tier = tierOn(tiers, days);
    feeExact += gross * tier.rate;
    toFundExact += gross * tier.rate * tier.toFundShare;
  }
  return {
    fee: divide(feeExact, RATE_ONE, 'halfUp'),
    feeToFund: divide(toFundExact, RATE_ONE * RATE_ONE, 'halfUp'),
  };
}

function sumOf(parts: readonly RedeemedPart[], key: 'gross' | 'fee' | 'feeToFund'): bigint {
  return parts.reduce((total, part) => total + part[key], 0n);
}

/** Redeems first in, first out; `units` must not exceed the lots. */
export function redeem(lots: readonly Lot[], units: bigint, terms: RedemptionTerms): Redemption {
  const parts: RedeemedPart[] = [];
  const left: Lot[] = [];
  let wanted = units;
  for (const lot of lots) {
    const taken = lot.units < wanted ? lot.units : wanted;
    wanted -= taken;
    if (taken > 0n) parts.push(redeemPart(lot, taken, terms));
    if (taken < lot.units) left.push({ confirmDate: lot.confirmDate, units: lot.units - taken });
  }
  if (wanted !== 0n) throw new RangeError(`${wanted} units more than the lots hold`);
  const gross = sumOf(parts, 'gross');
  const { fee, feeToFund } =
    terms.feeRounding === 'total'
      ? totalOnce(parts, terms.tiers)
      : { fee: sumOf(parts, 'fee'), feeToFund: sumOf(parts, 'feeToFund') };
  return { parts, gross, fee, feeToFund, net: gross - fee, left };
}

/** Simple interest on `principal` for calendar days, act/360, half-up to the fen. */
export function computeInterest(principal: bigint, annualRate: bigint, days: number): bigint {
  return days <= 0 ? 0n : divide(principal * annualRate * BigInt(days), RATE_ONE * 360n, 'halfUp');
}
