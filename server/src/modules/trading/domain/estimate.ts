/** What an order would probably cost and bring, and when: told before it is placed, never booked. */
import {
  type Amount,
  amount,
  type LocalDate,
  type Price,
  subtract,
  type TradingCalendar,
  type Units,
} from '@cairn/kernel';
import {
  computePurchase,
  computeRedemption,
  computeSubscription,
  type FundTerms,
  type RedemptionLot,
  type RedemptionPart,
} from '../../products/index.ts';
import { isBuy, type PlaceOrder } from './order.ts';

/** The last NAV known; the order itself is dealt at the NAV of its trade date. */
export interface KnownNav {
  readonly navDate: LocalDate;
  readonly nav: Price;
}

/** An estimate. Amounts in fen. */
export interface Estimate {
  readonly nav?: KnownNav;
  readonly fee: Amount;
  /** Purchases: what is invested. Redemptions: what the customer gets. */
  readonly net: Amount;
  readonly units?: Units;
  /** Redemptions: the lots that leave, first in first out, each with its fee step. */
  readonly parts?: readonly RedemptionPart[];
}

/** When the registrar should answer, and when money should have moved. */
export interface ExpectedDates {
  readonly confirmDate: LocalDate;
  readonly payDate?: LocalDate;
}

/**
 * Confirmation `confirmDays` trading days after the trade date, money after that: purchases are paid
 * to the registrar, redemptions reach the customer. CalendarRangeError beyond the calendar.
 */
export function computeExpectedDates(
  calendar: TradingCalendar,
  order: PlaceOrder,
  tradeDate: LocalDate,
  terms: FundTerms,
): ExpectedDates {
  const confirmDate = calendar.addTradingDays(tradeDate, terms.confirmDays);
  if (order.businessCode === '029') return { confirmDate };
  const payDays = isBuy(order) ? terms.purchasePayDays : terms.redemptionCashDays;
  return { confirmDate, payDate: calendar.addTradingDays(confirmDate, payDays) };
}

/** Leaves out the first `taken` units: open redemptions take them before this one comes. */
export function skipUnits(lots: readonly RedemptionLot[], taken: Units): RedemptionLot[] {
  let left = taken;
  return lots.flatMap((lot) => {
    const gone = lot.units < left ? lot.units : left;
    left = subtract(left, gone);
    return gone === lot.units ? [] : [{ ...lot, units: subtract(lot.units, gone) }];
  });
}

const NO_INTEREST = amount(0n);

/**
 * The estimate of an order, or undefined when there is nothing to compute: no NAV yet, no fee
 * schedule, fewer units in the lots than would leave, or no money in it (029). `lots` are those of
 * the holding in their order, `frozen` the units that open orders will take first.
 */
export function computeEstimate(input: {
  readonly order: PlaceOrder;
  readonly terms: FundTerms;
  readonly nav: KnownNav | undefined;
  readonly lots: readonly RedemptionLot[];
  readonly frozen: Units;
  readonly tradeDate: LocalDate;
  readonly confirmDate: LocalDate;
}): Estimate | undefined {
  const { order, terms, nav } = input;
  if (order.businessCode === '020') {
    if (terms.subscriptionFees.length === 0) return undefined;
    const { fee, net, units } = computeSubscription({
      tiers: terms.subscriptionFees,
      amount: order.amount,
      discount: order.discountRate,
      interest: NO_INTEREST,
      faceValue: terms.faceValue,
      unitsRounding: terms.unitsRounding,
    });
    return { fee, net, units };
  }
  if (nav === undefined) return undefined;
  if (order.businessCode === '022') {
    if (terms.purchaseFees.length === 0) return undefined;
    const { fee, net, units } = computePurchase({
      tiers: terms.purchaseFees,
      amount: order.amount,
      discount: order.discountRate,
      nav: nav.nav,
      unitsRounding: terms.unitsRounding,
    });
    return { nav, fee, net, units };
  }
  if (order.businessCode !== '024' || terms.redemptionFees.length === 0) return undefined;
  const byApplication = terms.holdingDaysRule === 'applicationDate';
  const redemption = computeRedemption({
    lots: skipUnits(input.lots, input.frozen),
    units: order.units,
    nav: nav.nav,
    tiers: terms.redemptionFees,
    onDate: byApplication ? input.tradeDate : input.confirmDate,
    feeRounding: terms.feeRounding,
  });
  if (redemption === undefined) return undefined;
  return { nav, fee: redemption.fee, net: redemption.net, parts: redemption.parts };
}
