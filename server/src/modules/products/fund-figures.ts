/**
 * How a fund did: its value with everything reinvested, what it fell from its peaks, its returns by
 * window beside the mean of its peers, and the standard measures. The numbers come from an engine
 * that the application gives; here is what it is fed with.
 */
import { AppError, assert, formatPrice, type LocalDate, localDate } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import { loadDividends, loadNavs, loadSplits } from './series.ts';
import { fundsOf } from './terms-book.ts';

/** NAVs of a fund with what was taken out of them, as decimal text. */
export interface FundHistory {
  readonly fundCode: string;
  readonly days: readonly LocalDate[];
  readonly navs: readonly string[];
  readonly dividends: readonly { readonly exDate: LocalDate; readonly perUnit: string }[];
  readonly splits: readonly { readonly exDate: LocalDate; readonly ratio: string }[];
}

/** A text in both languages. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** A number as decimal text, or why there is none. */
export interface FigureText {
  readonly value: string | null;
  readonly reason?: Bilingual;
}

/** What an engine says of a fund. Percents as decimal text. */
export interface FundFigures {
  readonly points: readonly {
    readonly date: LocalDate;
    readonly nav: string;
    /** NAV with every dividend reinvested, from the first day on. */
    readonly adjusted: string;
    /** Growth since the first point, percent. */
    readonly growth: string;
    /** Growth of the mean of the peers since the first point, percent; null where none has values. */
    readonly peers: string | null;
    /** Below the highest value so far, percent, zero or negative. */
    readonly drawdown: string;
  }[];
  readonly windows: readonly {
    readonly id: string;
    readonly title: Bilingual;
    readonly growth: FigureText;
    readonly peers: FigureText;
    readonly excess: FigureText;
    readonly rank: number | null;
    readonly of: number;
  }[];
  readonly drawdowns: readonly {
    readonly depth: string;
    readonly peakDate: LocalDate;
    readonly troughDate: LocalDate;
    readonly recoveryDate: LocalDate | null;
  }[];
  readonly measures: readonly {
    readonly id: string;
    readonly name: Bilingual;
    readonly formula: { readonly en: string; readonly zh: string };
    readonly unit: string;
    readonly figure: FigureText;
  }[];
}

/** Computes the figures of a fund over its history, its peers beside it; `from` begins the points. */
export type FigureEngine = (
  fund: FundHistory,
  peers: readonly FundHistory[],
  from: LocalDate,
) => FundFigures;

let engine: FigureEngine | undefined;

/** Gives the engine; the application does this once. */
export function registerFigureEngine(given: FigureEngine): void {
  engine = given;
}

const FIRST_DATE = localDate('1990-01-01');
/** Enough to be a mean, few enough to be read at once. */
const PEERS_MAX = 60;

/** The figures of a fund up to a date. PRODUCT_NOT_FOUND, PRODUCT_NAV_MISSING. */
export async function getFundFigures(
  sql: Sql,
  fundCode: string,
  period: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<FundFigures & { fundCode: string; fundType: string; peerCount: number }> {
  assert(engine !== undefined, 'the application gives an engine for figures');
  const funds = await fundsOf(sql);
  const fund = funds.find((one) => one.fundCode === fundCode);
  if (fund === undefined) throw new AppError('PRODUCT_NOT_FOUND', { fundCode });
  const peers = funds
    .filter((one) => one.fundType === fund.fundType && one.fundCode !== fundCode)
    // One class stands for its fund: all classes hold the same assets.
    .filter((one) => one.mainCode === one.fundCode && one.mainCode !== fund.mainCode)
    .slice(0, PEERS_MAX);
  const codes = [fundCode, ...peers.map((one) => one.fundCode)];
  const histories = await loadHistories(sql, codes, period.to);
  const own = histories.get(fundCode);
  if (own === undefined) throw new AppError('PRODUCT_NAV_MISSING', { fundCode });
  const others = peers.flatMap((one) => histories.get(one.fundCode) ?? []);
  const figures = engine(own, others, period.from);
  return { fundCode, fundType: fund.fundType, peerCount: others.length, ...figures };
}

async function loadHistories(
  sql: Sql,
  codes: readonly string[],
  to: LocalDate,
): Promise<Map<string, FundHistory>> {
  const [navs, dividends, splits] = await Promise.all([
    loadNavs(sql, { from: FIRST_DATE, to, codes }),
    loadDividends(sql, codes),
    loadSplits(sql, codes),
  ]);
  const histories = new Map<string, FundHistory>();
  for (const fundCode of codes) {
    const own = navs.filter((row) => row.fundCode === fundCode);
    if (own.length === 0) continue;
    histories.set(fundCode, {
      fundCode,
      days: own.map((row) => row.navDate),
      navs: own.map((row) => formatPrice(row.nav)),
      dividends: dividends
        .filter((row) => row.fundCode === fundCode && row.exDate <= to)
        .map((row) => ({ exDate: row.exDate, perUnit: formatPrice(row.perUnit) })),
      splits: splits
        .filter((row) => row.fundCode === fundCode && row.exDate <= to)
        .map((row) => ({ exDate: row.exDate, ratio: formatPrice(row.ratio) })),
    });
  }
  return histories;
}
