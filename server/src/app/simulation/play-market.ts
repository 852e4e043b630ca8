/**
 * Draws the market of a play and tells it to three parties: our house as CSV imports, the registrars
 * as their scenario, and the model in its own words. What changes during the play reaches our house
 * at the moment that the dice chose, which may be a bad one.
 */
import { assert, exchangeCalendar, type LocalDate, type Random } from '@cairn/kernel';
import type { FundType } from '../../modules/products/index.ts';
import { feesOf } from '../demo/fees.ts';
import type { DividendSpec, FundSpec, Market, NavSpec, ParameterSpec } from '../sandbox/market.ts';
import { drawChanges, type PlannedChange } from './market-changes.ts';
import { ModelMarket } from './model/market.ts';
import { tellModel } from './tell-model.ts';

export interface PlayMarket {
  /** As our house knows it on the first morning. */
  readonly ours: Market;
  /** As the registrars know it from the beginning. */
  readonly theirs: Market;
  readonly model: ModelMarket;
  readonly changes: readonly PlannedChange[];
}

const TERMS_FROM = '2015-01-01';
export const INTEREST_RATE = '0.003';

interface Kind {
  readonly code: string;
  readonly registrar: string;
  readonly type: FundType;
  readonly risk: number;
  readonly term: string;
  readonly variety: string;
  readonly offer?: 'sound' | 'failing';
}

const KINDS: readonly Kind[] = [
  { code: '000001', registrar: '01', type: 'mixed', risk: 3, term: 'y1_3', variety: 'mixed' },
  {
    code: '000002',
    registrar: '02',
    type: 'bond',
    risk: 2,
    term: 'd90_365',
    variety: 'fixedIncome',
  },
  { code: '000003', registrar: '01', type: 'qdii', risk: 4, term: 'y1_3', variety: 'overseas' },
  { code: '000004', registrar: '02', type: 'equity', risk: 5, term: 'y3_plus', variety: 'equity' },
  {
    code: '000005',
    registrar: '01',
    type: 'mixed',
    risk: 3,
    term: 'y1_3',
    variety: 'mixed',
    offer: 'sound',
  },
  {
    code: '000006',
    registrar: '02',
    type: 'bond',
    risk: 2,
    term: 'd90_365',
    variety: 'fixedIncome',
    offer: 'failing',
  },
];

export const PLAY_REGISTRARS = ['01', '02'] as const;

function drawParameters(random: Random, kind: Kind): ParameterSpec {
  const isSlow = kind.type === 'qdii';
  return {
    effectiveDate: TERMS_FROM,
    status: '0',
    riskLevel: kind.risk,
    term: kind.term,
    variety: kind.variety,
    minFirstPurchase: random.pick(['10', '100', '1000']),
    minNextPurchase: '10',
    purchaseStep: random.pick(['0.01', '0.01', '10']),
    maxPurchase: random.pick(['0', '0', '50000']),
    dayMaxPurchase: random.pick(['0', '0', '20000']),
    minRedemption: random.pick(['1', '10']),
    redemptionStep: '0.01',
    minHolding: random.pick(['0', '10', '100']),
    confirmDays: isSlow ? 2 : 1,
    purchasePayDays: isSlow ? 2 : 1,
    redemptionCashDays: random.int(1, isSlow ? 4 : 2),
    dividendCashDays: 2,
    unitsRounding: random.pick(['halfUp', 'down']),
    holdingDaysRule: random.pick(['applicationDate', 'confirmDate']),
    feeRounding: random.pick(['perLot', 'total']),
    defaultDividendMethod: random.pick(['0', '1']),
    serviceFeeRate: '0',
    faceValue: '1',
    cutOff: random.pick(['15:00', '15:00', '14:30']),
  };
}

/** The offer of a fund inside the play: from its first day, set up a few days later. */
function offerSpecs(base: ParameterSpec, days: readonly LocalDate[], setUp: LocalDate) {
  const [start, end] = [days[0], days[1]];
  assert(start !== undefined && end !== undefined, 'a play has two days');
  const during = { ...base, status: '1', offerStart: start, offerEnd: end };
  return [
    { ...base, status: '4' },
    { ...during, effectiveDate: start },
    { ...base, effectiveDate: exchangeCalendar.addTradingDays(end, 1), status: '4' },
    { ...base, effectiveDate: setUp },
  ];
}

/** Half of the offers are wanted too much, and allot a part that no amount divides evenly by. */
function drawAllotment(random: Random): { allotment?: string } {
  if (random.int(0, 1) === 0) return {};
  return { allotment: `0.${String(random.int(1, 99_999_999)).padStart(8, '0')}` };
}

function drawFund(random: Random, kind: Kind, days: readonly LocalDate[]): FundSpec {
  const own = random.fork(kind.code);
  const parameters = drawParameters(own, kind);
  const fund: FundSpec = {
    fundCode: kind.code,
    name: `聚石${kind.code}`,
    registrarCode: kind.registrar,
    fundType: kind.type,
    sold: true,
    parameters: [parameters],
    fees: feesOf(kind.type, false, TERMS_FROM),
  };
  if (kind.offer === undefined) return fund;
  const first = days[0];
  assert(first !== undefined, 'a play has a day');
  const setUpDate = exchangeCalendar.addTradingDays(first, own.int(4, 6));
  return {
    ...fund,
    parameters: offerSpecs({ ...parameters, confirmDays: 1 }, days, setUpDate),
    setUpDate,
    failing: kind.offer === 'failing',
    ...(kind.offer === 'sound' ? drawAllotment(own.fork('allotment')) : {}),
  };
}

/** 12345 as '1.2345'. */
function navText(nav: number): string {
  return `${Math.floor(nav / 10_000)}.${String(nav % 10_000).padStart(4, '0')}`;
}

function drawNavs(random: Random, fund: FundSpec, dates: readonly LocalDate[]): NavSpec[] {
  const own = random.fork(`navs ${fund.fundCode}`);
  let nav = own.int(6_000, 30_000);
  const { setUpDate } = fund;
  const series: NavSpec[] = [];
  for (const date of dates) {
    if (setUpDate !== undefined && date < setUpDate) continue;
    series.push({ date, nav: navText(nav) });
    nav = Math.max(2_000, nav + own.int(-Math.floor(nav / 60), Math.floor(nav / 60)));
  }
  return fund.failing === true ? [] : series;
}

function drawDividends(random: Random, days: readonly LocalDate[]): DividendSpec[] {
  const calendar = exchangeCalendar;
  return ['000001', '000002'].flatMap((fundCode) => {
    const own = random.fork(`dividend ${fundCode}`);
    const last = days.length - 1;
    if (last < 3) return [];
    const recordDate = days[own.int(2, Math.max(2, last - 1))];
    if (recordDate === undefined) return [];
    const exDate = own.chance(0.5) ? recordDate : calendar.nextTradingDay(recordDate);
    const payDate = calendar.addTradingDays(exDate, own.int(1, 3));
    const perUnit = `0.0${own.int(10, 999)}`;
    return [{ fundCode, recordDate, exDate, payDate, perUnit }];
  });
}

/** Draws the market of a play over its days; `more` are the trading days after them that it may need. */
export function drawMarket(
  random: Random,
  days: readonly LocalDate[],
  more: readonly LocalDate[],
): PlayMarket {
  const own = random.fork('market');
  const funds = KINDS.map((kind) => drawFund(own, kind, days));
  const first = days[0];
  assert(first !== undefined, 'a play has a day');
  const before = exchangeCalendar.previousTradingDay(first);
  const { planned, fees, closed } = drawChanges(own, funds, days);
  const navs = new Map(
    funds.map((fund) => [fund.fundCode, drawNavs(own, fund, [before, ...days, ...more])]),
  );
  const ours: Market = { funds, navs, dividends: drawDividends(own, days), closedDays: [] };
  const theirs: Market = {
    ...ours,
    funds: funds.map((fund) =>
      fund.fundCode === fees?.planned.fundCode
        ? { ...fund, fees: [...fund.fees, ...fees.fees] }
        : fund,
    ),
    closedDays: closed,
  };
  const model = new ModelMarket([before, ...days, ...more]);
  tellModel(model, theirs, ours, INTEREST_RATE);
  if (fees !== undefined) model.addFees('there', fees.planned.fundCode, fees.schedule);
  return { ours, theirs, model, changes: planned };
}
