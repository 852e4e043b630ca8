import type { Amount, CurrencyCode, LocalDate, Price, Rate, Units } from '@cairn/kernel';
import type { PurchaseTier, RedemptionTier } from './tiers.ts';

/** Fund types that fees, limits and rules distinguish. */
export const FUND_TYPES = [
  'equity',
  'equityMixed',
  'mixed',
  'index',
  'bond',
  'shortBond',
  'bondIndex',
  'money',
  'certificateIndex',
  'qdii',
  'fof',
  'commodity',
  'etf',
] as const;

/** One of `FUND_TYPES`; equityMixed is 偏股混合, certificateIndex 同业存单. */
export type FundType = (typeof FUND_TYPES)[number];

/** OFD FundStatus that this system trades by; 2, 3 and 7 are not in use by the protocol. */
export const FUND_STATUSES = ['0', '1', '4', '5', '6', '8', '9'] as const;

/** 0 open, 1 offer, 4 closed, 5 no purchase, 6 no redemption, 8 ended, 9 locked. */
export type FundStatus = (typeof FUND_STATUSES)[number];

/** Investment terms in rising order: to 90 days, to a year, one to three years, longer. */
export const INVESTMENT_TERMS = ['d0_90', 'd90_365', 'y1_3', 'y3_plus'] as const;

/** How long the money should be able to stay. */
export type InvestmentTerm = (typeof INVESTMENT_TERMS)[number];

/** Investment varieties that suitability matches. */
export const VARIETIES = [
  'money',
  'fixedIncome',
  'mixed',
  'equity',
  'commodity',
  'overseas',
  'alternative',
] as const;

/** What the product invests in, as the investor's profile names it. */
export type Variety = (typeof VARIETIES)[number];

/** R1 (lowest) to R5. */
export type RiskLevel = 1 | 2 | 3 | 4 | 5;

/** The parameters of a fund that change with an effective date. A limit of zero is no limit. */
export interface FundParameters {
  readonly status: FundStatus;
  readonly riskLevel: RiskLevel;
  readonly term: InvestmentTerm;
  readonly variety: Variety;
  /** Smallest amount of a first purchase or subscription, in fen. */
  readonly minFirstPurchase: Amount;
  readonly minNextPurchase: Amount;
  readonly purchaseStep: Amount;
  readonly maxPurchase: Amount;
  /** Largest sum of purchases of one trading account on one trade date. */
  readonly dayMaxPurchase: Amount;
  readonly minRedemption: Units;
  readonly redemptionStep: Units;
  /** A redemption that would leave less must take all. */
  readonly minHolding: Units;
  /** Trading days from application to confirmation. */
  readonly confirmDays: number;
  /** Trading days from confirmation to payment to the registrar. */
  readonly purchasePayDays: number;
  /** Trading days from confirmation to cash for the customer. */
  readonly redemptionCashDays: number;
  /** Trading days from record date to cash, where a dividend names no pay date of its own. */
  readonly dividendCashDays: number;
  readonly unitsRounding: 'halfUp' | 'down';
  /** The day on which a holding period ends: the redemption's application or its confirmation. */
  readonly holdingDaysRule: 'applicationDate' | 'confirmDate';
  readonly feeRounding: 'perLot' | 'total';
  /** OFD DefDividendMethod: 0 reinvest, 1 cash. */
  readonly defaultDividendMethod: '0' | '1';
  /** Sales service fee a year, accrued inside the NAV; zero for classes without. */
  readonly serviceFeeRate: Rate;
  /** Price of a unit in the subscription. */
  readonly faceValue: Price;
  /** End of the fund's business day in Shanghai, 'HH:MM:SS.sss'. */
  readonly cutOff: string;
  /** First and last day of the subscription; both or neither. */
  readonly offerStart?: LocalDate;
  readonly offerEnd?: LocalDate;
}

/** The fund master: what does not depend on a date. */
export interface Fund {
  readonly fundCode: string;
  readonly name: string;
  /** The fund of which this is a share class; its own code for the main class. */
  readonly mainCode: string;
  /** 'A', 'C' …, or empty. */
  readonly className: string;
  /** OFD ShareClass: 0 front-end fee, 1 back-end fee. */
  readonly shareClass: '0' | '1';
  readonly registrarCode: string;
  readonly managerName: string;
  readonly custodianName: string;
  readonly fundType: FundType;
  readonly currency: CurrencyCode;
  readonly establishedDate?: LocalDate;
  /** Whether this firm sells it; a fund may be kept for its data only. */
  readonly sold: boolean;
}

/** A fund as it is dealt on one date. An empty fee list: no schedule in force, so no such order. */
export interface FundTerms extends Fund, FundParameters {
  /** The version of the parameters, unique for the fund: kept as evidence with an order. */
  readonly parameterVersion: number;
  readonly subscriptionFees: readonly PurchaseTier[];
  readonly purchaseFees: readonly PurchaseTier[];
  readonly redemptionFees: readonly RedemptionTier[];
  /** The fund does not deal on that date. */
  readonly closed: boolean;
}
