import type { Amount, LocalDate, Units } from '@cairn/kernel';
import type { OrderCode } from './states.ts';

/** What the checks of an order read of a product on its trade date. A limit of zero is no limit. */
export interface OrderTerms {
  readonly fundCode: string;
  readonly shareClass: string;
  readonly registrarCode: string;
  readonly sold: boolean;
  /** OFD FundStatus: 0 open, 1 offer, 4 closed, 5 no purchase, 6 no redemption, 8 ended, 9 locked. */
  readonly status: string;
  /** The fund does not deal on this trading day. */
  readonly closed: boolean;
  readonly minFirstPurchase: Amount;
  readonly minNextPurchase: Amount;
  readonly purchaseStep: Amount;
  readonly maxPurchase: Amount;
  readonly dayMaxPurchase: Amount;
  readonly minRedemption: Units;
  readonly redemptionStep: Units;
  readonly minHolding: Units;
  /** Tiers in force; none means that no such order can be taken. */
  readonly subscriptionFees: readonly unknown[];
  readonly purchaseFees: readonly unknown[];
  readonly redemptionFees: readonly unknown[];
  readonly offerStart?: LocalDate;
  readonly offerEnd?: LocalDate;
}

const OPEN_STATUSES: Readonly<Record<OrderCode, readonly string[]>> = {
  '020': ['1'],
  '022': ['0', '6'],
  '024': ['0', '5'],
  '029': ['0', '4', '5', '6', '9'],
};

/** Whether the fund's status lets this kind of order in; an unknown status never does. */
export function isStatusOpen(code: OrderCode, status: string): boolean {
  return OPEN_STATUSES[code].includes(status);
}
