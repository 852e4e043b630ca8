/**
 * A market to play in: funds with their terms, NAVs and dividends. It is told to both sides of the
 * exchange in their own words: to our products module as CSV imports, to the simulated registrar as
 * its scenario. Nothing else connects the two.
 */
import type { ScenarioSource, FundSource } from '@cairn/registrar';
import type { LocalDate, TradingCalendar } from '@cairn/kernel';

/** The parameters of a fund from a date on, in the words of the import. */
export interface ParameterSpec {
  readonly effectiveDate: string;
  readonly status: string;
  readonly riskLevel: number;
  readonly term: string;
  readonly variety: string;
  readonly minFirstPurchase: string;
  readonly minNextPurchase: string;
  readonly purchaseStep: string;
  readonly maxPurchase: string;
  readonly dayMaxPurchase: string;
  readonly minRedemption: string;
  readonly redemptionStep: string;
  readonly minHolding: string;
  readonly confirmDays: number;
  readonly purchasePayDays: number;
  readonly redemptionCashDays: number;
  readonly dividendCashDays: number;
  readonly unitsRounding: 'halfUp' | 'down';
  readonly holdingDaysRule: 'applicationDate' | 'confirmDate';
  readonly feeRounding: 'perLot' | 'total';
  readonly defaultDividendMethod: '0' | '1';
  readonly serviceFeeRate: string;
  readonly faceValue: string;
  readonly cutOff: string;
  readonly offerStart?: string;
  readonly offerEnd?: string;
}

/** One step of a fee schedule: a rate (0.015 = 1.5 %) or a flat fee in yuan. */
export interface FeeSpec {
  readonly kind: 'subscription' | 'purchase' | 'redemption';
  readonly effectiveDate: string;
  readonly fromAmount?: string;
  readonly fromDays?: number;
  readonly rate?: string;
  readonly flat?: string;
  readonly toFundShare?: string;
}

export interface FundSpec {
  readonly fundCode: string;
  readonly name: string;
  readonly registrarCode: string;
  readonly fundType: string;
  readonly mainCode?: string;
  readonly className?: string;
  readonly sold: boolean;
  readonly managerName?: string;
  readonly custodianName?: string;
  readonly establishedDate?: string;
  readonly parameters: readonly ParameterSpec[];
  readonly fees: readonly FeeSpec[];
  /** The first business day with units, for a fund whose offer lies inside the play. */
  readonly setUpDate?: string;
  /** The offer fails on the set-up date. */
  readonly failing?: boolean;
  /** The part of each subscription that the offer allots, when it is wanted too much. */
  readonly allotment?: string;
}

export interface NavSpec {
  readonly date: string;
  readonly nav: string;
  readonly accumulated?: string;
}

export interface DividendSpec {
  readonly fundCode: string;
  readonly recordDate: string;
  readonly exDate: string;
  readonly payDate: string;
  readonly perUnit: string;
}

export interface Market {
  readonly funds: readonly FundSpec[];
  readonly navs: ReadonlyMap<string, readonly NavSpec[]>;
  readonly dividends: readonly DividendSpec[];
  /** Trading days on which a fund does not deal. */
  readonly closedDays: readonly { fundCode: string; date: string; reason: string }[];
}

const FUND_COLUMNS =
  'fund_code,name,registrar_code,fund_type,main_code,class_name,manager_name,custodian_name,established_date,sold';
const PARAMETER_COLUMNS =
  'fund_code,effective_date,status,risk_level,term,variety,min_first_purchase,min_next_purchase,purchase_step,max_purchase,day_max_purchase,min_redemption,redemption_step,min_holding,confirm_days,purchase_pay_days,redemption_cash_days,dividend_cash_days,units_rounding,holding_days_rule,fee_rounding,default_dividend_method,service_fee_rate,face_value,cut_off,offer_start,offer_end';
const FEE_COLUMNS = 'fund_code,kind,effective_date,from_amount,from_days,rate,flat,to_fund_share';

function csv(columns: string, rows: readonly (readonly unknown[])[]): string {
  const cell = (value: unknown) => {
    const text = value === undefined ? '' : String(value as string | number | boolean);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows.map((row) => row.map(cell).join(',')), ''].join('\n');
}

function parameterRow(fundCode: string, p: ParameterSpec): unknown[] {
  return [
    fundCode,
    p.effectiveDate,
    p.status,
    p.riskLevel,
    p.term,
    p.variety,
    p.minFirstPurchase,
    p.minNextPurchase,
    p.purchaseStep,
    p.maxPurchase,
    p.dayMaxPurchase,
    p.minRedemption,
    p.redemptionStep,
    p.minHolding,
    p.confirmDays,
    p.purchasePayDays,
    p.redemptionCashDays,
    p.dividendCashDays,
    p.unitsRounding,
    p.holdingDaysRule,
    p.feeRounding,
    p.defaultDividendMethod,
    p.serviceFeeRate,
    p.faceValue,
    p.cutOff,
    p.offerStart,
    p.offerEnd,
  ];
}

/** Kinds of import in the order in which they must be taken. */
export const IMPORT_ORDER = [
  'funds',
  'parameters',
  'feeSchedules',
  'navs',
  'dividends',
  'closedDays',
] as const;

/**
 * The market as CSV imports of our products module. NAVs after `navsUntil` are left out: they
 * arrive day by day in file 07.
 */
export function marketCsv(
  market: Market,
  navsUntil: string,
): Record<(typeof IMPORT_ORDER)[number], string> {
  const navRows = [...market.navs].flatMap(([fundCode, series]) =>
    series
      .filter((row) => row.date <= navsUntil)
      .map((row) => [fundCode, row.date, row.nav, row.accumulated]),
  );
  return {
    funds: csv(
      FUND_COLUMNS,
      market.funds.map((f) => [
        f.fundCode,
        f.name,
        f.registrarCode,
        f.fundType,
        f.mainCode,
        f.className,
        f.managerName,
        f.custodianName,
        f.establishedDate,
        f.sold,
      ]),
    ),
    parameters: csv(
      PARAMETER_COLUMNS,
      market.funds.flatMap((f) => f.parameters.map((p) => parameterRow(f.fundCode, p))),
    ),
    feeSchedules: csv(
      FEE_COLUMNS,
      market.funds.flatMap((f) =>
        f.fees.map((fee) => [
          f.fundCode,
          fee.kind,
          fee.effectiveDate,
          fee.fromAmount,
          fee.fromDays,
          fee.rate,
          fee.flat,
          fee.toFundShare,
        ]),
      ),
    ),
    navs: csv('fund_code,nav_date,nav,accumulated', navRows),
    dividends: csv(
      'fund_code,record_date,ex_date,pay_date,per_unit',
      market.dividends.map((d) => [d.fundCode, d.recordDate, d.exDate, d.payDate, d.perUnit]),
    ),
    closedDays: csv(
      'fund_code,closed_date,reason',
      market.closedDays.map((c) => [c.fundCode, c.date, c.reason]),
    ),
  };
}

function feeSchedulesOf(fund: FundSpec): FundSource['feeSchedules'] {
  const dates = [...new Set(fund.fees.map((fee) => fee.effectiveDate))].sort();
  const inForce = (kind: FeeSpec['kind'], date: string) => {
    const latest = fund.fees
      .filter((fee) => fee.kind === kind && fee.effectiveDate <= date)
      .map((fee) => fee.effectiveDate)
      .sort()
      .at(-1);
    return fund.fees.filter((fee) => fee.kind === kind && fee.effectiveDate === latest);
  };
  const incoming = (kind: 'purchase' | 'subscription', date: string) =>
    inForce(kind, date).map((fee) =>
      fee.flat === undefined
        ? { fromAmount: fee.fromAmount ?? '0', rate: fee.rate ?? '0' }
        : { fromAmount: fee.fromAmount ?? '0', flat: fee.flat },
    );
  return dates.map((effectiveDate) => ({
    effectiveDate,
    purchase: incoming('purchase', effectiveDate),
    subscription: incoming('subscription', effectiveDate),
    redemption: inForce('redemption', effectiveDate).map((fee) => ({
      fromDays: fee.fromDays ?? 0,
      rate: fee.rate ?? '0',
      toFundShare: fee.toFundShare ?? '1',
    })),
  }));
}

function fundSource(fund: FundSpec, closed: readonly string[]): FundSource {
  const terms = fund.parameters.at(-1);
  const offer = fund.parameters.find((p) => p.offerStart !== undefined);
  if (terms === undefined) throw new Error(`fund ${fund.fundCode} has no parameters`);
  return {
    fundCode: fund.fundCode,
    fundName: fund.name,
    registrarCode: fund.registrarCode,
    shareClass: '0',
    unitsRounding: terms.unitsRounding,
    feeRounding: terms.feeRounding,
    holdingDaysRule: terms.holdingDaysRule,
    confirmDays: terms.confirmDays,
    purchaseCollectDays: terms.purchasePayDays,
    redemptionCashDays: terms.redemptionCashDays,
    dividendCashDays: terms.dividendCashDays,
    defaultDividendMethod: terms.defaultDividendMethod,
    faceValue: terms.faceValue,
    feeSchedules: feeSchedulesOf(fund),
    closedDates: closed,
    ...(offer?.offerStart === undefined ? {} : { offerStart: offer.offerStart }),
    ...(offer?.offerEnd === undefined ? {} : { offerEnd: offer.offerEnd }),
    ...(fund.setUpDate === undefined ? {} : { setUpDate: fund.setUpDate }),
    ...(fund.failing === true ? { failing: true } : {}),
    ...(fund.allotment === undefined ? {} : { allotment: fund.allotment }),
  };
}

/**
 * The market as the registrar's scenario, for funds that are sold. `from` and `to` bound the
 * trading days it may play; it is told some more days, for payments that fall due afterwards.
 */
export function scenarioOf(
  market: Market,
  calendar: TradingCalendar,
  days: { from: LocalDate; to: LocalDate; distributorCode: string; interestRate: string },
): ScenarioSource {
  const sold = market.funds.filter((fund) => fund.sold);
  const last = calendar.addTradingDays(calendar.tradingDayOnOrAfter(days.to), 40);
  const closed = (fundCode: string) =>
    market.closedDays.filter((row) => row.fundCode === fundCode).map((row) => row.date);
  const navs: Record<string, Record<string, string | [string, string]>> = {};
  for (const { fundCode } of sold) {
    navs[fundCode] = {};
    for (const row of market.navs.get(fundCode) ?? []) {
      if (row.date < days.from || row.date > last) continue;
      const { date, nav, accumulated } = row;
      navs[fundCode][date] = accumulated === undefined ? nav : [nav, accumulated];
    }
  }
  return {
    distributorCode: days.distributorCode,
    interestRate: days.interestRate,
    tradingDays: calendar.tradingDaysBetween(days.from, last),
    funds: sold.map((fund) => fundSource(fund, closed(fund.fundCode))),
    navs,
    dividends: market.dividends.filter((d) => sold.some((fund) => fund.fundCode === d.fundCode)),
  };
}
