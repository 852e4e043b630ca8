/** The demonstration's market: products, NAVs, dividends and closed days, all from the seed. */
import {
  dayOfWeek,
  exchangeCalendar,
  formatFixed,
  type LocalDate,
  localDate,
  type Random,
  seededRandom,
} from '@cairn/kernel';
import type { DividendSpec, FundSpec, Market, NavSpec, ParameterSpec } from '../sandbox/market.ts';
import { feesOf, NEW_RULES_FROM, serviceFeeOf } from './fees.ts';
import { FUND_ROWS, type FundRow, type FundStory } from './fund-list.ts';
import { DEMO_SEED, FINAL_DAY, NAVS_FROM, REGISTRARS } from './period.ts';
import { marketMoves, walk } from './series.ts';

const ONE = 100_000_000n;
const FIRST_TERMS = '2019-01-02';
const MANAGERS = ['磐石基金管理有限公司', '青岩基金管理有限公司', '云杉基金管理有限公司'];
const CUSTODIANS = ['样本银行', '示例商业银行', '虚拟农村商业银行'];
/** Days on which markets abroad rest and our exchange trades. */
const ABROAD_CLOSED = [
  '2025-12-25',
  '2026-01-19',
  '2026-04-03',
  '2026-05-25',
  '2026-07-03',
  '2026-09-07',
];

/** The days of an initial offer. */
interface Offer {
  readonly announced: string;
  readonly start: string;
  readonly end: string;
  readonly setUp: string;
}

const OFFERS: Partial<Record<FundStory, Offer>> = {
  offered: { announced: '2025-12-01', start: '2025-12-15', end: '2026-01-09', setUp: '2026-01-14' },
  failed: { announced: '2025-12-01', start: '2025-12-22', end: '2026-01-16', setUp: '2026-01-21' },
  offer: { announced: '2026-02-02', start: '2026-02-25', end: '2026-03-20', setUp: '2026-03-26' },
};

function baseTerms(row: FundRow, effectiveDate: string): ParameterSpec {
  const isAbroad = row.type === 'qdii';
  const isMoney = row.type === 'money';
  return {
    effectiveDate,
    status: '0',
    riskLevel: row.risk,
    term: row.term,
    variety: row.variety,
    minFirstPurchase: isMoney ? '1' : '100',
    minNextPurchase: isMoney ? '1' : '10',
    purchaseStep: '0.01',
    maxPurchase: row.risk === 5 ? '1000000' : '0',
    dayMaxPurchase: isAbroad ? '50000' : '0',
    minRedemption: '1',
    redemptionStep: '0.01',
    minHolding: row.type === 'mixed' ? '10' : '0',
    confirmDays: isAbroad ? 2 : 1,
    purchasePayDays: 1,
    redemptionCashDays: isAbroad ? 6 : isMoney ? 1 : 2,
    dividendCashDays: 2,
    unitsRounding: row.type === 'equity' ? 'down' : 'halfUp',
    holdingDaysRule: row.type === 'bond' ? 'confirmDate' : 'applicationDate',
    feeRounding: row.type === 'index' ? 'total' : 'perLot',
    defaultDividendMethod: row.type === 'bond' ? '1' : '0',
    serviceFeeRate: '0',
    faceValue: '1',
    cutOff: '15:00',
  };
}

function termsOf(row: FundRow, isClassC: boolean): ParameterSpec[] {
  const offer = OFFERS[row.story];
  if (offer !== undefined) {
    const during = {
      ...baseTerms(row, offer.announced),
      status: '1',
      offerStart: offer.start,
      offerEnd: offer.end,
    };
    const after = { ...baseTerms(row, offer.setUp), status: row.story === 'failed' ? '8' : '0' };
    return [during, after];
  }
  const first = baseTerms(row, FIRST_TERMS);
  if (isClassC) {
    const [before, since] = serviceFeeOf(row.type);
    return [
      { ...first, serviceFeeRate: before },
      { ...first, effectiveDate: NEW_RULES_FROM, serviceFeeRate: since },
    ];
  }
  const changed = (effectiveDate: string, status: string) => [
    first,
    { ...first, effectiveDate, status },
  ];
  if (row.story === 'suspended') return changed('2026-02-02', '4');
  if (row.story === 'noPurchase') return changed('2026-01-19', '5');
  if (row.story === 'terminated') return changed('2025-11-03', '8');
  return [first];
}

function fundOf(row: FundRow, index: number, isClassC: boolean): FundSpec {
  const terms = termsOf(row, isClassC);
  const offer = OFFERS[row.story];
  const hasClasses = row.classC;
  const code = isClassC ? String(Number.parseInt(row.code, 10) + 1) : row.code;
  const className = hasClasses ? (isClassC ? 'C' : 'A') : undefined;
  return {
    fundCode: code,
    name: `${row.name}${className ?? ''}`,
    registrarCode: REGISTRARS[index % REGISTRARS.length] ?? REGISTRARS[0],
    fundType: row.type,
    mainCode: row.code,
    ...(className === undefined ? {} : { className }),
    sold: row.type !== 'etf',
    managerName: MANAGERS[index % MANAGERS.length] ?? '',
    custodianName: CUSTODIANS[index % CUSTODIANS.length] ?? '',
    ...(row.story === 'failed' ? {} : { establishedDate: offer?.setUp ?? FIRST_TERMS }),
    parameters: terms,
    fees: feesOf(row.type, isClassC, terms[0]?.effectiveDate ?? FIRST_TERMS),
    ...(offer === undefined ? {} : { setUpDate: offer.setUp }),
    ...(row.story === 'failed' ? { failing: true } : {}),
  };
}

/** The days with a NAV of a fund. */
function navDays(row: FundRow, days: readonly LocalDate[]): LocalDate[] {
  if (row.story === 'failed') return [];
  const from = OFFERS[row.story]?.setUp ?? NAVS_FROM;
  const until = row.story === 'terminated' ? '2025-10-31' : FINAL_DAY;
  return days.filter(
    (day) => day >= from && day <= until && !(row.type === 'qdii' && ABROAD_CLOSED.includes(day)),
  );
}

const PAYERS: Readonly<Record<string, readonly string[]>> = {
  bond: ['2024-12-16', '2025-06-16', '2025-12-18', '2026-03-16', '2026-06-16', '2026-09-16'],
  mixed: ['2025-01-13', '2026-01-14', '2026-04-15'],
  equityMixed: ['2025-01-20', '2026-01-22'],
  bondIndex: ['2025-09-15', '2026-02-09', '2026-05-18'],
};

/** Some funds pay: on a Wednesday or so of their months, a small part of their NAV. */
function dividendsOf(row: FundRow, code: string, random: Random): DividendSpec[] {
  if (row.story !== 'ordinary') return [];
  const calendar = exchangeCalendar;
  return (PAYERS[row.type] ?? [])
    .filter(() => random.chance(0.6))
    .map((date) => {
      const recordDate = calendar.tradingDayOnOrAfter(localDate(date));
      const exDate = calendar.nextTradingDay(recordDate);
      const payDate = calendar.addTradingDays(exDate, dayOfWeek(exDate) > 3 ? 2 : 1);
      const perUnit = formatFixed(BigInt(random.int(8, 45)), 3);
      return { fundCode: code, recordDate, exDate, payDate, perUnit };
    });
}

function priceE8(text: string): bigint {
  const [whole = '0', part = ''] = text.split('.');
  return BigInt(whole) * 100_000_000n + BigInt(part.padEnd(8, '0'));
}

function seriesOf(
  row: FundRow,
  random: Random,
  days: readonly LocalDate[],
  moves: ReadonlyMap<LocalDate, bigint>,
  dividends: readonly DividendSpec[],
): NavSpec[] {
  const isNew = OFFERS[row.story] !== undefined;
  return walk(random, navDays(row, days), moves, {
    start: isNew ? ONE : BigInt(random.int(9_000, 24_000)) * 10_000n,
    driftBps: row.driftBps + random.int(-4, 4) * Math.trunc(row.swingBps / 16),
    swingBps: row.swingBps,
    dividends: new Map(
      dividends.map((row) => [localDate(row.exDate), priceE8(row.perUnit)] as const),
    ),
  });
}

function build(): Market {
  const random = seededRandom(DEMO_SEED).fork('market');
  const days = exchangeCalendar.tradingDaysBetween(NAVS_FROM, FINAL_DAY);
  const moves = new Map(
    ['bonds', 'shares', 'abroad', 'goods'].map((name) => [
      name,
      marketMoves(random.fork(name), days),
    ]),
  );
  const marketOf = (row: FundRow) => {
    const names: Record<string, string> = { overseas: 'abroad', commodity: 'goods' };
    const fallback = row.risk <= 2 ? 'bonds' : 'shares';
    return moves.get(names[row.variety] ?? fallback) ?? new Map<LocalDate, bigint>();
  };
  const funds: FundSpec[] = [];
  const navs = new Map<string, NavSpec[]>();
  const dividends: DividendSpec[] = [];
  for (const [index, row] of FUND_ROWS.entries()) {
    for (const isClassC of row.classC ? [false, true] : [false]) {
      const fund = fundOf(row, index, isClassC);
      // Classes of one fund hold the same assets: the same draws, less the service fee.
      const own = random.fork(row.code);
      const paid = dividendsOf(row, fund.fundCode, own);
      funds.push(fund);
      dividends.push(...paid);
      navs.set(fund.fundCode, seriesOf(row, own, days, marketOf(row), paid));
    }
  }
  const abroad = funds.filter((fund) => fund.fundType === 'qdii');
  const closedDays = abroad.flatMap(({ fundCode }) =>
    ABROAD_CLOSED.map((date) => ({ fundCode, date, reason: '境外市场休市' })),
  );
  return { funds, navs, dividends, closedDays };
}

let built: Market | undefined;

/** The market, made once in a process; the same for every installation. */
export function demoMarket(): Market {
  built ??= build();
  return built;
}
