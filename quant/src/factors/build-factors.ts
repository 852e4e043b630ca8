/** Factor returns made from stocks, for markets where nobody publishes them. */
import { type Answer, absent, type Figure, figure } from '../figure.ts';
import { quantile } from '../numeric/quantile.ts';
import type { Numbers } from '../numeric/moments.ts';

export interface StockSorts {
  /** N returns of the period, and the risk-free return of the period. */
  readonly returns: Numbers;
  readonly riskFree: number;
  /** N capitalisations at the start of the period: the weights within portfolios. */
  readonly marketCap: Numbers;
  /** N capitalisations and characteristics as known when portfolios were formed, e.g. in June. */
  readonly sizeAtFormation: Numbers;
  /** Book equity over market equity; stocks with a negative one should be missing (NaN). */
  readonly bookToMarket: Numbers;
  /** Operating profit over book equity, and growth of assets; for five factors. */
  readonly profitability?: Numbers;
  readonly investment?: Numbers;
}

export interface BuiltFactors {
  /** Cap-weighted return of all stocks over the risk-free return. */
  readonly market: number;
  readonly size: number;
  readonly value: number;
  /** `NOT_FINITE` without the characteristic. */
  readonly profitability: Figure;
  readonly investment: Figure;
}

/**
 * The factors of Fama and French for one period, from 2 × 3 sorts: stocks are small up to the
 * median size, else big; low up to the 30th percentile of a characteristic, high above the 70th.
 * Each of the six portfolios is weighted by capitalisation.
 *
 * - a characteristic's factor: (small high + big high)/2 − (small low + big low)/2; for investment
 *   low minus high (conservative minus aggressive)
 * - size: mean of the three small minus mean of the three big, averaged over the sorts given
 * - market: Σ cap·r / Σ cap − risk-free, over all stocks with a return
 *
 * Percentiles are over all stocks given (type 7); pass the stocks of the main board alone in
 * `sizeAtFormation` and characteristics, or accept that small boards set them.
 *
 * Absent: `TOO_FEW_OBSERVATIONS` when one of the portfolios is empty.
 * Source: Fama and French (1993, 2015); the definitions of the data library of K. French.
 *
 * @throws RangeError when lengths differ.
 */
export function buildFamaFrench(stocks: StockSorts): Answer<BuiltFactors> {
  const { returns, marketCap, sizeAtFormation, bookToMarket } = stocks;
  for (const series of [marketCap, sizeAtFormation, bookToMarket]) checkLength(series, returns);
  const small = sizeBound(sizeAtFormation);
  const value = sortStocks(stocks, bookToMarket, small);
  if (value === undefined) return absent('TOO_FEW_OBSERVATIONS');
  const sorts = [value];
  const other = (characteristic: Numbers | undefined): Sorted | undefined | 'missing' => {
    if (characteristic === undefined) return 'missing';
    checkLength(characteristic, returns);
    return sortStocks(stocks, characteristic, small);
  };
  const extra = [other(stocks.profitability), other(stocks.investment)];
  for (const sort of extra) {
    if (sort === undefined) return absent('TOO_FEW_OBSERVATIONS');
    if (sort !== 'missing') sorts.push(sort);
  }
  const spread = (sort: Sorted | undefined | 'missing', sign: 1 | -1): Figure =>
    typeof sort === 'object' ? figure(sign * sort.highMinusLow) : absent('NOT_FINITE');
  return {
    value: {
      market: marketReturn(stocks) - stocks.riskFree,
      size: sorts.reduce((sum, sort) => sum + sort.smallMinusBig, 0) / sorts.length,
      value: value.highMinusLow,
      profitability: spread(extra[0], 1),
      investment: spread(extra[1], -1),
    },
  };
}

function checkLength(series: Numbers, returns: Numbers): void {
  if (series.length !== returns.length) {
    throw new RangeError(`${series.length} numbers for ${returns.length} stocks`);
  }
}

interface Sorted {
  readonly highMinusLow: number;
  readonly smallMinusBig: number;
}

function finite(values: Numbers): number[] {
  return Array.from(values).filter((value) => Number.isFinite(value));
}

function sizeBound(sizes: Numbers): number {
  return quantile(finite(sizes), 0.5);
}

function sortStocks(stocks: StockSorts, of: Numbers, small: number): Sorted | undefined {
  const { returns, marketCap, sizeAtFormation } = stocks;
  const known = finite(of);
  const [low, high] = [quantile(known, 0.3), quantile(known, 0.7)];
  // Small low, middle, high; big low, middle, high.
  const gains = new Float64Array(6);
  const caps = new Float64Array(6);
  for (let stock = 0; stock < returns.length; stock++) {
    const [size, place, cap, earned] = [
      sizeAtFormation[stock],
      of[stock],
      marketCap[stock],
      returns[stock],
    ] as [number, number, number, number];
    if (![size, place, cap, earned].every(Number.isFinite) || !(cap > 0)) continue;
    const cell = (size <= small ? 0 : 3) + (place <= low ? 0 : place > high ? 2 : 1);
    gains[cell] = (gains[cell] as number) + cap * earned;
    caps[cell] = (caps[cell] as number) + cap;
  }
  if (caps.some((cap) => cap === 0)) return undefined;
  const [smallLow, smallMiddle, smallHigh, bigLow, bigMiddle, bigHigh] = gains.map(
    (gain, cell) => gain / (caps[cell] as number),
  ) as unknown as [number, number, number, number, number, number];
  return {
    highMinusLow: (smallHigh + bigHigh) / 2 - (smallLow + bigLow) / 2,
    smallMinusBig: (smallLow + smallMiddle + smallHigh) / 3 - (bigLow + bigMiddle + bigHigh) / 3,
  };
}

function marketReturn({ returns, marketCap }: StockSorts): number {
  let [gains, caps] = [0, 0];
  for (let stock = 0; stock < returns.length; stock++) {
    const [earned, cap] = [returns[stock] as number, marketCap[stock] as number];
    if (!Number.isFinite(earned) || !(cap > 0)) continue;
    gains += earned * cap;
    caps += cap;
  }
  return gains / caps;
}
