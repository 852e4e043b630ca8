/**
 * May this order be accepted? A list of pure checks over one snapshot, run in this order; every
 * reason is returned, not the first. Suitability is decided by its own module on the same snapshot
 * and stands between the limits and the money.
 */
import {
  type Amount,
  type Check,
  type Finding,
  formatAmount,
  formatUnits,
  type LocalDate,
  subtract,
  type Units,
  units as toUnits,
} from '@cairn/kernel';
import { isBuy, type PlaceOrder } from './order.ts';
import type { OrderCode } from './states.ts';
import { isStatusOpen, type OrderTerms } from './terms.ts';

/** The customer on the day of the application. */
export interface ApplicantContext {
  readonly tradeDate: LocalDate;
  readonly customer: {
    readonly status: string;
    readonly kycStatus: string;
    /** Last day of validity; null is for ever. */
    readonly certificateValidUntil: LocalDate | null;
  };
}

/** Everything one decision sees. All of it was read under the lock of the customer's bucket. */
export interface OrderContext extends ApplicantContext {
  readonly order: PlaceOrder;
  /** The trading account at the fund's registrar, with the asset account that pays. */
  readonly account?: {
    readonly status: string;
    readonly assetAccountStatus: string;
  };
  /** Undefined: no such fund. */
  readonly terms?: OrderTerms;
  readonly cashAvailable: Amount;
  readonly holding: { readonly units: Units; readonly frozen: Units };
  /** Accepted purchases of this trade date in this trading account and fund. */
  readonly dayPurchased: Amount;
  readonly suitability: readonly Finding[];
}

type OrderCheck = Check<OrderContext>;
type ApplicantCheck = Check<ApplicantContext>;

function block(code: string, details: Record<string, unknown>): Finding {
  return { code, severity: 'block', details, remedy: `${code}_REMEDY` };
}

const customerActive: ApplicantCheck = ({ customer }) =>
  customer.status === 'active'
    ? undefined
    : block('ORDER_CUSTOMER_NOT_ACTIVE', { status: customer.status });

const kycVerified: ApplicantCheck = ({ customer }) =>
  customer.kycStatus === 'verified'
    ? undefined
    : block('ORDER_KYC_NOT_VERIFIED', { status: customer.kycStatus });

const certificateValid: ApplicantCheck = ({ customer, tradeDate }) => {
  const until = customer.certificateValidUntil;
  if (until === null || until >= tradeDate) return undefined;
  return block('ORDER_CERTIFICATE_EXPIRED', { validUntil: until, tradeDate });
};

const accountOpen: OrderCheck = ({ account, terms }) => {
  const registrarCode = terms?.registrarCode ?? '';
  if (account === undefined) {
    if (terms === undefined) return undefined;
    return block('FUND_ACCOUNT_MISSING', { registrarCode });
  }
  const found: Finding[] = [];
  if (account.assetAccountStatus !== 'active') {
    const status = account.assetAccountStatus;
    found.push(block('ORDER_ASSET_ACCOUNT_NOT_ACTIVE', { status }));
  }
  if (account.status !== 'active' && account.status !== 'opening') {
    const details = { status: account.status, registrarCode };
    found.push(block('FUND_ACCOUNT_NOT_ACTIVE', details));
  }
  return found;
};

const productOpen: OrderCheck = ({ order, terms, tradeDate }) => {
  const { fundCode, businessCode } = order;
  if (terms === undefined) return block('PRODUCT_UNKNOWN', { fundCode });
  const found: Finding[] = [];
  if (!terms.sold && isBuy(order)) {
    found.push(block('PRODUCT_NOT_SOLD', { fundCode }));
  }
  if (!isStatusOpen(businessCode, terms.status)) {
    const details = { fundCode, businessCode, status: terms.status };
    found.push(block('PRODUCT_STATUS_CLOSED', details));
  }
  if (terms.closed) {
    found.push(block('PRODUCT_CLOSED_DAY', { fundCode, tradeDate }));
  }
  if (findFees(businessCode, terms)?.length === 0) {
    found.push(block('FEE_SCHEDULE_MISSING', { fundCode, tradeDate }));
  }
  return found;
};

function findFees(code: OrderCode, terms: OrderTerms): readonly unknown[] | undefined {
  switch (code) {
    case '020':
      return terms.subscriptionFees;
    case '022':
      return terms.purchaseFees;
    case '024':
      return terms.redemptionFees;
    default:
      return undefined;
  }
}

const insideOffer: OrderCheck = ({ order, terms, tradeDate }) => {
  if (order.businessCode !== '020' || terms === undefined) return undefined;
  const { offerStart, offerEnd, fundCode } = terms;
  if (offerStart === undefined || offerEnd === undefined) {
    return block('OFFER_PERIOD_MISSING', { fundCode });
  }
  if (offerStart <= tradeDate && tradeDate <= offerEnd) return undefined;
  const details = { fundCode, tradeDate, offerStart, offerEnd };
  return block('OUTSIDE_OFFER_PERIOD', details);
};

const purchaseLimits: OrderCheck = ({ order, terms, holding, dayPurchased }) => {
  if (terms === undefined || !isBuy(order)) return undefined;
  const found: Finding[] = [];
  const amount = formatAmount(order.amount);
  const isFirst = holding.units === 0n;
  const minimum = isFirst ? terms.minFirstPurchase : terms.minNextPurchase;
  if (order.amount < minimum) {
    const code = isFirst ? 'BELOW_FIRST_MINIMUM' : 'BELOW_NEXT_MINIMUM';
    found.push(block(code, { amount, minimum: formatAmount(minimum) }));
  }
  if (terms.purchaseStep > 0n && order.amount % terms.purchaseStep !== 0n) {
    const details = { amount, step: formatAmount(terms.purchaseStep) };
    found.push(block('NOT_MULTIPLE_OF_STEP', details));
  }
  if (terms.maxPurchase > 0n && order.amount > terms.maxPurchase) {
    const details = { amount, maximum: formatAmount(terms.maxPurchase) };
    found.push(block('ABOVE_ORDER_MAXIMUM', details));
  }
  const left: bigint = terms.dayMaxPurchase - dayPurchased;
  if (terms.dayMaxPurchase > 0n && order.amount > left) {
    const details = {
      amount,
      maximum: formatAmount(terms.dayMaxPurchase),
      used: formatAmount(dayPurchased),
    };
    found.push(block('ABOVE_DAY_MAXIMUM', details));
  }
  return found;
};

const redemptionLimits: OrderCheck = ({ order, terms, holding }) => {
  if (terms === undefined || order.businessCode !== '024') return undefined;
  const found: Finding[] = [];
  const units = formatUnits(order.units);
  const free: bigint = holding.units - holding.frozen;
  // Redeeming all that is left is always allowed: nobody is locked in by a minimum or a step.
  if (order.units >= free) return undefined;
  if (order.units < terms.minRedemption) {
    const details = { units, minimum: formatUnits(terms.minRedemption) };
    found.push(block('BELOW_REDEMPTION_MINIMUM', details));
  }
  if (terms.redemptionStep > 0n && order.units % terms.redemptionStep !== 0n) {
    const details = { units, step: formatUnits(terms.redemptionStep) };
    found.push(block('NOT_MULTIPLE_OF_UNITS_STEP', details));
  }
  const rest: bigint = free - order.units;
  if (rest < terms.minHolding) {
    const details = {
      units,
      rest: formatUnits(toUnits(rest)),
      minimum: formatUnits(terms.minHolding),
      all: formatUnits(toUnits(free)),
    };
    found.push(block('REMAINDER_BELOW_MINIMUM', details));
  }
  return found;
};

const suitable: OrderCheck = ({ suitability }) => suitability;

const cashEnough: OrderCheck = ({ order, cashAvailable, account }) => {
  if (account === undefined || !isBuy(order) || order.amount <= cashAvailable) return undefined;
  return block('CASH_SHORT', {
    amount: formatAmount(order.amount),
    available: formatAmount(cashAvailable),
    missing: formatAmount(subtract(order.amount, cashAvailable)),
  });
};

const unitsEnough: OrderCheck = ({ order, holding, account }) => {
  if (account === undefined || order.businessCode !== '024') return undefined;
  const available = subtract(holding.units, holding.frozen);
  if (order.units <= available) return undefined;
  return block('UNITS_SHORT', {
    units: formatUnits(order.units),
    available: formatUnits(available),
    frozen: formatUnits(holding.frozen),
  });
};

const holdingExists: OrderCheck = ({ order, holding, account }) =>
  account !== undefined && order.businessCode === '029' && holding.units === 0n
    ? block('HOLDING_MISSING', { fundCode: order.fundCode })
    : undefined;

/** What must hold of a customer before anything is applied for at a registrar. */
export const applicantChecks: readonly ApplicantCheck[] = [
  customerActive,
  kycVerified,
  certificateValid,
];

/** Every check of an order, in the fixed order in which reasons are given. */
export const orderChecks: readonly OrderCheck[] = [
  ...applicantChecks,
  accountOpen,
  productOpen,
  insideOffer,
  purchaseLimits,
  redemptionLimits,
  suitable,
  cashEnough,
  unitsEnough,
  holdingExists,
];
