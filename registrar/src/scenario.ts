import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, daysBetween, TradingDays } from './dates.ts';
import type { PurchaseTier, RedemptionTier } from './fees.ts';
import {
  AMOUNT_DECIMALS,
  NAV_DECIMALS,
  parseDecimal,
  RATE_DECIMALS,
  RATE_ONE,
  type Rounding,
} from './fixed.ts';

/** A purchase or subscription tier as written: decimal yuan and a decimal rate, or a flat fee. */
export type PurchaseTierSource =
  | { readonly fromAmount: string; readonly rate: string }
  | { readonly fromAmount: string; readonly flat: string };

/** A redemption tier as written; `toFundShare` is the part of the fee that stays in the fund. */
export interface RedemptionTierSource {
  readonly fromDays: number;
  readonly rate: string;
  readonly toFundShare: string;
}

/** The fees for applications of `effectiveDate` and later, until the next schedule. */
export interface FeeScheduleSource {
  readonly effectiveDate: Day;
  readonly purchase: readonly PurchaseTierSource[];
  readonly subscription: readonly PurchaseTierSource[];
  readonly redemption: readonly RedemptionTierSource[];
}

/** What does not change between the written and the compiled terms of a fund. */
export interface FundRules {
  readonly fundCode: string;
  readonly fundName: string;
  readonly registrarCode: string;
  /** `0` front-end, `1` back-end (OFD ShareClass). */
  readonly shareClass: '0' | '1';
  readonly unitsRounding: Rounding;
  readonly feeRounding: 'perLot' | 'total';
  /** Holding days run to the redemption's application date or to its confirmation date. */
  readonly holdingDaysRule: 'applicationDate' | 'confirmDate';
  /** Trading days from application to confirmation, at least 1. */
  readonly confirmDays: number;
  /** Trading days from confirmation to the collection of the money. */
  readonly purchaseCollectDays: number;
  /** Trading days from confirmation to the payment of redemptions and of failed subscriptions. */
  readonly redemptionCashDays: number;
  /** Trading days from the record date of a dividend without pay date to its payment. */
  readonly dividendCashDays: number;
  /** `0` reinvest, `1` cash (OFD DefDividendMethod), until an account sets its own. */
  readonly defaultDividendMethod: '0' | '1';
  /** First and last application day of the initial offer. */
  readonly offerStart?: Day;
  readonly offerEnd?: Day;
  /** The day the fund is set up, or, if `failing`, the day the offer is declared failed. */
  readonly setUpDate?: Day;
  readonly failing?: boolean;
  /** Days on which the fund takes no application although it has a NAV. */
  readonly closedDates?: readonly Day[];
}

/** A fund as written in a scenario. */
export interface FundSource extends FundRules {
  readonly faceValue: string;
  /** The part of each subscription that an offer wanted too much allots, above 0 and below 1. */
  readonly allotment?: string;
  readonly feeSchedules: readonly FeeScheduleSource[];
}

/** A distribution: `perUnit` in yuan, up to 8 decimals; without `payDate` see `dividendCashDays`. */
export interface DividendSource {
  readonly fundCode: string;
  readonly recordDate: Day;
  readonly exDate: Day;
  readonly payDate?: Day;
  readonly perUnit: string;
}

/** A NAV, or NAV and accumulated NAV. */
export type NavSource = string | readonly [nav: string, accumulated: string];

/** Everything the registrars and the bank are told about the world. */
export interface ScenarioSource {
  readonly distributorCode: string;
  /** Annual, for money collected before set-up; act/360. */
  readonly interestRate: string;
  readonly tradingDays: readonly Day[];
  readonly funds: readonly FundSource[];
  /** By fund code and day. Days that do not trade are ignored. */
  readonly navs: Readonly<Record<string, Readonly<Record<Day, NavSource>>>>;
  readonly dividends: readonly DividendSource[];
}

export interface FeeSchedule {
  readonly effectiveDate: Day;
  readonly purchase: readonly PurchaseTier[];
  readonly subscription: readonly PurchaseTier[];
  readonly redemption: readonly RedemptionTier[];
}

/** A fund ready for arithmetic. */
export interface Fund extends FundRules {
  readonly faceValue: bigint;
  /** 8 decimals; 1 when all is allotted. */
  readonly allotment: bigint;
  readonly feeSchedules: readonly FeeSchedule[];
  readonly closed: ReadonlySet<Day>;
}

export interface Dividend extends Omit<DividendSource, 'perUnit'> {
  readonly perUnit: bigint;
}

export interface Nav {
  readonly nav: bigint;
  readonly accumulated: bigint;
}

/** A checked scenario. */
export interface Scenario {
  readonly distributorCode: string;
  readonly interestRate: bigint;
  readonly tradingDays: TradingDays;
  readonly funds: ReadonlyMap<string, Fund>;
  readonly registrarCodes: readonly string[];
  readonly dividends: readonly Dividend[];
  findNav(fundCode: string, day: Day): Nav | undefined;
}

const NAV_MAX = 9_999_999n;

function compilePurchase(tiers: readonly PurchaseTierSource[], where: string): PurchaseTier[] {
  return tiers
    .map((tier) => {
      const fromAmount = parseDecimal(tier.fromAmount, AMOUNT_DECIMALS, where);
      return 'flat' in tier
        ? { fromAmount, flat: parseDecimal(tier.flat, AMOUNT_DECIMALS, where) }
        : { fromAmount, rate: parseDecimal(tier.rate, RATE_DECIMALS, where) };
    })
    .sort((one, other) => (one.fromAmount < other.fromAmount ? -1 : 1));
}

function compileSchedule(source: FeeScheduleSource, where: string): FeeSchedule {
  const redemption = source.redemption.map((tier) => ({
    fromDays: tier.fromDays,
    rate: parseDecimal(tier.rate, RATE_DECIMALS, where),
    toFundShare: parseDecimal(tier.toFundShare, RATE_DECIMALS, where),
  }));
  return {
    effectiveDate: source.effectiveDate,
    purchase: compilePurchase(source.purchase, where),
    subscription: compilePurchase(source.subscription, where),
    redemption: redemption.sort((one, other) => one.fromDays - other.fromDays),
  };
}

function checkDays(source: FundSource): void {
  const counts = {
    confirmDays: source.confirmDays,
    purchaseCollectDays: source.purchaseCollectDays,
    redemptionCashDays: source.redemptionCashDays,
    dividendCashDays: source.dividendCashDays,
  };
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isInteger(count) || count < (name === 'confirmDays' ? 1 : 0) || count > 60) {
      throw new RangeError(`fund ${source.fundCode}: ${name} ${count} is not possible`);
    }
  }
  const { offerStart, offerEnd, setUpDate } = source;
  const offer = [offerStart, offerEnd, setUpDate].filter((day) => day !== undefined);
  if (offerStart !== undefined && offer.length !== 3) {
    throw new RangeError(`fund ${source.fundCode}: an offer needs its start, end and set-up`);
  }
  for (let index = 1; index < offer.length; index++) {
    if (daysBetween(offer[index - 1] as Day, offer[index] as Day) < 0) {
      throw new RangeError(`fund ${source.fundCode}: the offer's days are not in order`);
    }
  }
}

function compileAllotment(text: string | undefined, where: string): bigint {
  if (text === undefined) return RATE_ONE;
  const share = parseDecimal(text, RATE_DECIMALS, where);
  if (share <= 0n || share >= RATE_ONE) throw new RangeError(`${where}: allotment ${text}`);
  return share;
}

function compileFund(source: FundSource): Fund {
  const where = `fund ${source.fundCode}`;
  if (!/^[0-9A-Za-z]{6}$/.test(source.fundCode)) throw new RangeError(`${where}: not a fund code`);
  if (!/^[0-9A-Za-z]{2}$/.test(source.registrarCode)) {
    throw new RangeError(`${where}: registrar code "${source.registrarCode}"`);
  }
  checkDays(source);
  const feeSchedules = source.feeSchedules.map((schedule) => compileSchedule(schedule, where));
  return {
    ...source,
    faceValue: parseDecimal(source.faceValue, NAV_DECIMALS, where),
    allotment: compileAllotment(source.allotment, where),
    feeSchedules: feeSchedules.sort((one, other) =>
      one.effectiveDate < other.effectiveDate ? -1 : 1,
    ),
    closed: new Set(source.closedDates),
  };
}

function compileNav(source: NavSource, where: string): Nav {
  const [navText, accumulatedText] = typeof source === 'string' ? [source, '0'] : source;
  const nav = parseDecimal(navText, NAV_DECIMALS, where);
  if (nav <= 0n || nav > NAV_MAX) throw new RangeError(`${where}: NAV ${navText}`);
  return { nav, accumulated: parseDecimal(accumulatedText, NAV_DECIMALS, where) };
}

function checkDividends(dividends: readonly Dividend[], funds: ReadonlyMap<string, Fund>): void {
  const keys = new Set<string>();
  for (const { fundCode, recordDate, exDate, perUnit } of dividends) {
    const where = `dividend of ${fundCode} on ${recordDate}`;
    if (!funds.has(fundCode)) throw new RangeError(`${where}: unknown fund`);
    if (daysBetween(recordDate, exDate) < 0) {
      throw new RangeError(`${where}: the ex-date ${exDate} is before it`);
    }
    if (perUnit <= 0n) throw new RangeError(`${where}: nothing is paid`);
    if (keys.has(where)) throw new RangeError(`${where}: there are two`);
    keys.add(where);
  }
}

/** Checks a scenario and makes it ready; throws RangeError with what is wrong and where. */
export function compileScenario(source: ScenarioSource): Scenario {
  const funds = new Map(source.funds.map((fund) => [fund.fundCode, compileFund(fund)]));
  if (funds.size !== source.funds.length) throw new RangeError('a fund code occurs twice');
  const navs = new Map<string, Nav>();
  for (const [fundCode, series] of Object.entries(source.navs)) {
    for (const [day, nav] of Object.entries(series)) {
      navs.set(`${fundCode} ${day}`, compileNav(nav, `NAV of ${fundCode} on ${day}`));
    }
  }
  const dividends = source.dividends.map((dividend) => ({
    ...dividend,
    perUnit: parseDecimal(dividend.perUnit, RATE_DECIMALS, `dividend of ${dividend.fundCode}`),
  }));
  checkDividends(dividends, funds);
  return {
    distributorCode: source.distributorCode,
    interestRate: parseDecimal(source.interestRate, RATE_DECIMALS, 'interest rate'),
    tradingDays: new TradingDays(source.tradingDays),
    funds,
    registrarCodes: [...new Set(source.funds.map((fund) => fund.registrarCode))].sort(),
    dividends,
    findNav: (fundCode, day) => navs.get(`${fundCode} ${day}`),
  };
}

const noFees: FeeSchedule = { effectiveDate: '', purchase: [], subscription: [], redemption: [] };

/** The fees for applications of `day`. */
export function feesOn(fund: Fund, day: Day): FeeSchedule {
  return fund.feeSchedules.findLast((schedule) => schedule.effectiveDate <= day) ?? noFees;
}

function readRows(path: string, columns: readonly string[]): string[][] {
  const [header, ...rows] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
  if (header !== columns.join(',')) {
    throw new RangeError(`${path}: the header must be ${columns.join(',')}`);
  }
  return rows.map((row) => row.split(','));
}

function readFolder(folder: string): ScenarioSource {
  const base = JSON.parse(readFileSync(join(folder, 'scenario.json'), 'utf8')) as Omit<
    ScenarioSource,
    'navs' | 'dividends' | 'tradingDays'
  >;
  const navs: Record<string, Record<Day, NavSource>> = {};
  const navColumns = ['fundCode', 'date', 'nav', 'accumulated'];
  for (const [code = '', day = '', nav = '', sum = ''] of readRows(
    join(folder, 'navs.csv'),
    navColumns,
  )) {
    navs[code] ??= {};
    navs[code][day] = sum === '' ? nav : [nav, sum];
  }
  const dividendColumns = ['fundCode', 'recordDate', 'exDate', 'payDate', 'perUnit'];
  const dividends = readRows(join(folder, 'dividends.csv'), dividendColumns).map(
    ([fundCode = '', recordDate = '', exDate = '', payDate = '', perUnit = '']) => ({
      fundCode,
      recordDate,
      exDate,
      perUnit,
      ...(payDate === '' ? {} : { payDate }),
    }),
  );
  const tradingDays = readRows(join(folder, 'trading-days.csv'), ['date']).map(([day = '']) => day);
  return { ...base, navs, dividends, tradingDays };
}

/**
 * Reads a scenario: a JSON file with everything, or a folder with `scenario.json` and the tables
 * `navs.csv`, `dividends.csv` and `trading-days.csv`.
 */
export function readScenario(path: string): ScenarioSource {
  if (statSync(path).isDirectory()) return readFolder(path);
  return JSON.parse(readFileSync(path, 'utf8')) as ScenarioSource;
}
