import { describe, expect, test } from 'vitest';
import { fitCrossSection, standardiseExposures } from '../factors/cross-section.ts';
import { correlation } from '../numeric/moments.ts';
import { hasPublished, readTable } from '../testing.ts';
import { diagnoseAccounts } from './diagnose.ts';
import type { DiagnosisFigureId } from './figures.ts';
import { type MarketInput, prepareMarket } from './market.ts';
import { readAccount } from './result.ts';
import { diagnoseNaively, randomAccount, toBatch } from './testing.ts';

const FILES = [
  'market/ashare_top300_daily_2015-10_2016-10.csv',
  'market/stock_industry_sina_2016.csv',
] as const;

interface Stocks {
  dates: string[];
  /** S × D; a suspended stock keeps its last price, one not yet listed has none. */
  prices: number[];
  /** S × D values of free float at the close. */
  caps: number[];
  industryOf: number[];
  industries: number;
}

/** Three hundred real stocks with their industries, over one year. */
function readStocks(): Stocks {
  const bars = readTable(FILES[0]);
  const industry = new Map(readTable(FILES[1]).map((row) => [row['code']!, row['c_name']!]));
  const dates = [...new Set(bars.map((row) => row['date']!))].sort();
  const codes = [...new Set(bars.map((row) => row['code']!))].filter((code) => industry.has(code));
  const names = [...new Set(codes.map((code) => industry.get(code)!))];
  const places = new Map(dates.map((date, place) => [date, place]));
  const rows = new Map(codes.map((code, place) => [code, place]));
  const prices = Array<number>(codes.length * dates.length).fill(Number.NaN);
  const caps = [...prices];
  for (const bar of bars) {
    const row = rows.get(bar['code']!);
    if (row === undefined) continue;
    const at = row * dates.length + places.get(bar['date']!)!;
    prices[at] = +bar['close']!;
    // Volume is in hundreds of shares, turnover in per cent of the free float.
    caps[at] = ((+bar['volume']! * 100) / (+bar['turnover']! / 100)) * +bar['close']!;
  }
  for (let at = 1; at < prices.length; at++) {
    if (at % dates.length === 0) continue;
    if (Number.isNaN(prices[at])) prices[at] = prices[at - 1]!;
    if (!(caps[at]! > 0 && caps[at]! < Number.POSITIVE_INFINITY)) caps[at] = caps[at - 1]!;
  }
  const industryOf = codes.map((code) => names.indexOf(industry.get(code)!));
  return { dates, prices, caps, industryOf, industries: names.length };
}

/** The stocks that have a price from the first day on, against all of them alike. */
function marketOf({ dates, prices, industryOf, industries }: Stocks): MarketInput & {
  prices: number[];
  returns: number[];
} {
  const length = dates.length;
  const listed = [...industryOf.keys()].filter((stock) => !Number.isNaN(prices[stock * length]!));
  const rows = listed.flatMap((stock) => prices.slice(stock * length, (stock + 1) * length));
  const returns = rows.map((price, at) => (at % length === 0 ? 0 : price / rows[at - 1]! - 1));
  const sectorOf = listed.map((stock) => industryOf[stock]!);
  const shares = Array<number>(industries).fill(0);
  for (const sector of sectorOf) shares[sector]! += 1 / listed.length;
  const benchmarkReturns = dates.flatMap((_, day) =>
    shares.map((share, sector) => {
      const own = sectorOf.flatMap((each, stock) =>
        each === sector ? [returns[stock * length + day]!] : [],
      );
      return share === 0 ? 0 : own.reduce((sum, each) => sum + each, 0) / own.length;
    }),
  );
  return {
    days: dates.map((date) => Date.parse(date) / 86_400_000),
    securities: listed.length,
    sectors: industries,
    sectorOf,
    prices: rows,
    returns,
    benchmarkWeights: dates.flatMap(() => shares),
    benchmarkReturns,
    riskFree: dates.map(() => 0.00008),
  };
}

describe.skipIf(!FILES.every(hasPublished))('three hundred real stocks (CAIRN_DATA)', () => {
  test('accounts on real prices: every figure equals the plain twin, effects add up', () => {
    const input = marketOf(readStocks());
    expect(input.securities).toBeGreaterThan(250);
    const list = Array.from({ length: 12 }, (_, i) => randomAccount(input, 500 + i)).filter(
      ({ openingCash, positions }) => openingCash > 100 || positions.length > 0,
    );
    const result = diagnoseAccounts(prepareMarket(input), toBatch(list));
    list.forEach((account, place) => {
      const naive = diagnoseNaively(input, account);
      const found = readAccount(result, place);
      for (const [id, expected] of Object.entries(naive.figures)) {
        const { value, reason } = found[id as DiagnosisFigureId];
        const gap = Math.abs((value ?? 0) - (expected.value ?? 0));
        const size = Math.max(1, Math.abs(expected.value ?? 0));
        expect([id, reason, gap / size < 1e-10]).toEqual([id, expected.reason, true]);
      }
      const effects = ['allocation', 'selection', 'interaction', 'tradingEffect'] as const;
      const total = effects.reduce((sum, id) => sum + found[id].value!, 0);
      expect(total).toBeCloseTo(found.activeReturn.value!, 12);
    });
  });

  test('a cross-section of size, momentum and volatility: the country is the market', () => {
    const { dates, prices, caps, industryOf, industries } = readStocks();
    const length = dates.length;
    const earned = (stock: number, from: number, to: number) =>
      prices[stock * length + to]! / prices[stock * length + from]! - 1;
    const country: number[] = [];
    const market: number[] = [];
    const fits: number[] = [];
    for (let day = 60; day < length - 1; day += 5) {
      const marketCap = industryOf.map((_, stock) => caps[stock * length + day]!);
      const raw = [
        (stock: number) => Math.log(marketCap[stock]!),
        (stock: number) => earned(stock, day - 60, day),
        (stock: number) => Math.abs(earned(stock, day - 20, day)),
      ];
      const styles = raw.map((exposure) => {
        const answer = standardiseExposures(
          industryOf.map((_, stock) => exposure(stock)),
          { marketCap },
        );
        return answer.value!;
      });
      const returns = industryOf.map((_, stock) => earned(stock, day, day + 1));
      const fit = fitCrossSection({ returns, marketCap, industryOf, industries, styles }).value!;
      country.push(fit.country);
      fits.push(fit.rSquared.value!);
      const usable = [...fit.specific.keys()].filter(
        (stock) => !Number.isNaN(fit.specific[stock]!),
      );
      const total = usable.reduce((sum, stock) => sum + marketCap[stock]!, 0);
      market.push(usable.reduce((sum, s) => sum + (marketCap[s]! / total) * returns[s]!, 0));
    }
    expect(country.length).toBeGreaterThan(30);
    expect(correlation(country, market)).toBeGreaterThan(0.97);
    expect(Math.min(...fits)).toBeGreaterThan(0);
    expect(fits.reduce((a, b) => a + b, 0) / fits.length).toBeGreaterThan(0.2);
  });
});
