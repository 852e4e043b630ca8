/** The real funds as a market to play in, with sample terms where the folder gives none. */
import { assert, addDays, type LocalDate, type TradingCalendar } from '@cairn/kernel';
import type { DividendSpec, FundSpec, Market, ParameterSpec } from '../sandbox/market.ts';
import { findFundClass, type FundClass } from './catalogue.ts';
import { feesOf, readSchedules, type RealSchedules } from './fees.ts';
import type { RealFund, RealSource } from './source.ts';

/** The trading days that are played, first and last. */
export interface RunWindow {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The rule that is in force in 2019 and 2020 began on this day. */
const TERMS_FROM = '2018-03-31';
const OFFER_STARTS_BEFORE_DAYS = 19;
const OFFER_ENDS_BEFORE_DAYS = 5;
const DIVIDEND_CASH_DAYS = 3;

function parametersOf(fund: FundClass, faceValue: string): ParameterSpec {
  return {
    effectiveDate: TERMS_FROM,
    status: '0',
    riskLevel: fund.riskLevel,
    term: fund.term,
    variety: fund.variety,
    minFirstPurchase: '100',
    minNextPurchase: '1',
    purchaseStep: '0.01',
    maxPurchase: '0',
    dayMaxPurchase: '0',
    minRedemption: '1',
    redemptionStep: '0.01',
    minHolding: '1',
    confirmDays: 1,
    purchasePayDays: 1,
    redemptionCashDays: fund.riskLevel <= 2 ? 1 : 2,
    dividendCashDays: DIVIDEND_CASH_DAYS,
    unitsRounding: 'halfUp',
    holdingDaysRule: 'applicationDate',
    feeRounding: 'perLot',
    defaultDividendMethod: '1',
    serviceFeeRate: '0',
    faceValue,
    cutOff: '15:00',
  };
}

/** The offer of a fund whose first NAV lies inside the run, in trading days before that NAV. */
export interface Offer {
  readonly fundCode: string;
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly setUp: LocalDate;
}

function offerOf(fund: RealFund, calendar: TradingCalendar, from: LocalDate): Offer | undefined {
  const first = fund.navs[0];
  assert(first !== undefined, `fund ${fund.fundCode} has a NAV`);
  if (first.date <= from) return undefined;
  const setUp = calendar.tradingDayOnOrAfter(first.date);
  return {
    fundCode: fund.fundCode,
    start: calendar.addTradingDays(setUp, -OFFER_STARTS_BEFORE_DAYS),
    end: calendar.addTradingDays(setUp, -OFFER_ENDS_BEFORE_DAYS),
    setUp,
  };
}

/** Closed before the offer, offered, closed until it is set up, open. */
function parametersOfOffer(base: ParameterSpec, offer: Offer): ParameterSpec[] {
  return [
    { ...base, status: '4' },
    {
      ...base,
      effectiveDate: offer.start,
      status: '1',
      offerStart: offer.start,
      offerEnd: offer.end,
    },
    { ...base, effectiveDate: addDays(offer.end, 1), status: '4' },
    { ...base, effectiveDate: offer.setUp },
  ];
}

function specOf(
  fund: RealFund,
  fundClass: FundClass,
  schedules: RealSchedules,
  offer: Offer | undefined,
): FundSpec {
  const faceValue = offer === undefined ? '1' : (fund.navs[0]?.nav ?? '1');
  const parameters = parametersOf(fundClass, faceValue);
  return {
    fundCode: fund.fundCode,
    name: fund.name,
    registrarCode: fundClass.registrarCode,
    fundType: fundClass.fundType,
    managerName: fundClass.managerName,
    sold: fundClass.sold,
    parameters: offer === undefined ? [parameters] : parametersOfOffer(parameters, offer),
    fees: fundClass.sold ? feesOf(schedules, fundClass.fundType, TERMS_FROM) : [],
    ...(offer === undefined ? {} : { setUpDate: offer.setUp, establishedDate: offer.setUp }),
  };
}

/** Record date = ex-date: who still holds at the end of that day is paid; see the document. */
function dividendsOf(fund: RealFund, calendar: TradingCalendar): DividendSpec[] {
  return fund.dividends.map(({ exDate, perUnit }) => ({
    fundCode: fund.fundCode,
    recordDate: exDate,
    exDate,
    payDate: calendar.addTradingDays(calendar.tradingDayOnOrAfter(exDate), DIVIDEND_CASH_DAYS),
    perUnit,
  }));
}

function closedDaysOf(
  fund: RealFund,
  calendar: TradingCalendar,
  window: RunWindow,
  offer: Offer | undefined,
) {
  const from = offer === undefined ? window.from : offer.setUp;
  const known = new Set(fund.navs.map((row) => row.date));
  return calendar
    .tradingDaysBetween(from, window.to)
    .filter((date) => !known.has(date))
    .map((date) => ({ fundCode: fund.fundCode, date, reason: '当日无净值 no NAV' }));
}

/** A market of real funds and what else of them the run needs to know. */
export interface RealMarket {
  readonly market: Market;
  readonly offers: readonly Offer[];
  readonly splits: readonly { fundCode: string; exDate: LocalDate; ratio: string }[];
}

/** Gives the real funds their sample terms; `window` decides whose offer lies inside the run. */
export function realMarketOf(
  source: RealSource,
  calendar: TradingCalendar,
  window: RunWindow,
): RealMarket {
  const schedules = readSchedules(source.schedules);
  const classed = source.funds.map((fund) => {
    const fundClass = findFundClass(fund.fundCode);
    assert(fundClass !== undefined, `fund ${fund.fundCode} has a sample classification`);
    const offer = fundClass.sold ? offerOf(fund, calendar, window.from) : undefined;
    return { fund, fundClass, offer };
  });
  return {
    market: {
      funds: classed.map(({ fund, fundClass, offer }) => specOf(fund, fundClass, schedules, offer)),
      navs: new Map(source.funds.map((fund) => [fund.fundCode, fund.navs])),
      dividends: source.funds.flatMap((fund) => dividendsOf(fund, calendar)),
      closedDays: classed
        .filter(({ fundClass }) => fundClass.sold)
        .flatMap(({ fund, offer }) => closedDaysOf(fund, calendar, window, offer)),
    },
    offers: classed.flatMap(({ offer }) => offer ?? []),
    splits: source.funds.flatMap(({ fundCode, splits }) =>
      splits.map((split) => ({ fundCode, ...split })),
    ),
  };
}

/**
 * The NAVs that no file 07 brings, as CSV: of funds that are not sold, and those dated on days that
 * do not trade. After `after`, up to `until`. Undefined when there are none.
 */
export function navsBesidesFiles(
  { market }: RealMarket,
  calendar: TradingCalendar,
  after: LocalDate,
  until: LocalDate,
): string | undefined {
  const rows = market.funds.flatMap(({ fundCode, sold }) =>
    (market.navs.get(fundCode) ?? [])
      .filter((row) => row.date > after && row.date <= until)
      .filter((row) => !sold || !calendar.isTradingDay(row.date as LocalDate))
      .map((row) => `${fundCode},${row.date},${row.nav},${row.accumulated ?? ''}`),
  );
  return rows.length === 0
    ? undefined
    : ['fund_code,nav_date,nav,accumulated', ...rows, ''].join('\n');
}
