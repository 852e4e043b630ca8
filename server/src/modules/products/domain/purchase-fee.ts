/**
 * Fees on money that comes in, by the outside method (外扣法): the net amount is the amount divided
 * by one plus the rate, and the fee is what remains. A discount multiplies the rate, never the fee.
 */
import {
  type Amount,
  assert,
  min,
  mulDiv,
  netOfRate,
  type Price,
  pow10,
  type Rate,
  RATE_SCALE,
  rate,
  subtract,
  type Units,
  unitsFor,
} from '@cairn/kernel';
import { getPurchaseTier, type PurchaseTier } from './tiers.ts';

/** No discount. */
export const FULL_RATE: Rate = rate(pow10(RATE_SCALE));

/** A fee, what is left to invest, and what the fee was made of: the rate really used, or flat. */
export interface PurchaseFee {
  readonly fee: Amount;
  readonly net: Amount;
  readonly rate?: Rate;
  readonly flat?: Amount;
}

/** How fund units are cut to two decimals. */
export type UnitsRounding = 'halfUp' | 'down';

/**
 * The fee of a purchase or subscription of `amount` (fen, ≥ 0): tier by the amount, net = amount ÷
 * (1 + rate × discount) rounded half up to fen, fee = amount − net; a flat fee is subtracted, is not
 * discounted and never exceeds the amount. rate × discount is rounded half up to 8 decimals. The
 * discount is a fraction of one, 0 to 1. AppError PRODUCT_FEE_SCHEDULE_MISSING without tiers.
 */
export function computePurchaseFee(
  tiers: readonly PurchaseTier[],
  amount: Amount,
  discount: Rate = FULL_RATE,
): PurchaseFee {
  assert(amount >= 0n, 'a purchase fee is of an amount of zero or more');
  assert(discount >= 0n && discount <= FULL_RATE, 'a discount is from 0 to 1');
  const tier = getPurchaseTier(tiers, amount);
  if ('flat' in tier) {
    const fee = min(tier.flat, amount);
    return { fee, net: subtract(amount, fee), flat: tier.flat };
  }
  const used = rate(mulDiv(tier.rate, discount, FULL_RATE, 'halfUp'));
  const net = netOfRate(amount, used, 'halfUp');
  return { fee: subtract(amount, net), net, rate: used };
}

/** A confirmed purchase: its fee and the units bought. */
export interface PurchaseResult extends PurchaseFee {
  readonly units: Units;
}

/** A purchase (022) at the NAV of its trade date: units = net ÷ NAV, rounded as the fund says. */
export function computePurchase(input: {
  tiers: readonly PurchaseTier[];
  amount: Amount;
  discount?: Rate;
  nav: Price;
  unitsRounding: UnitsRounding;
}): PurchaseResult {
  const fee = computePurchaseFee(input.tiers, input.amount, input.discount);
  return { ...fee, units: unitsFor(fee.net, input.nav, input.unitsRounding) };
}

/** A confirmed subscription; `unitsByInterest` is the part of `units` that the interest bought. */
export interface SubscriptionResult extends PurchaseResult {
  readonly unitsByInterest: Units;
}

/**
 * A subscription (020, result 130): units = (net + interest) ÷ face value. Interest from payment to
 * set-up becomes units and carries no fee.
 */
export function computeSubscription(input: {
  tiers: readonly PurchaseTier[];
  amount: Amount;
  discount?: Rate;
  interest: Amount;
  faceValue: Price;
  unitsRounding: UnitsRounding;
}): SubscriptionResult {
  assert(input.interest >= 0n, 'interest is zero or more');
  const { faceValue, unitsRounding } = input;
  const fee = computePurchaseFee(input.tiers, input.amount, input.discount);
  const money: bigint = fee.net + input.interest;
  const units = unitsFor(money as Amount, faceValue, unitsRounding);
  const unitsByInterest = subtract(units, unitsFor(fee.net, faceValue, unitsRounding));
  return { ...fee, units, unitsByInterest };
}
