import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { buildFamaFrench, type StockSorts } from './build-factors.ts';

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

function randomStocks(seed: number, count: number) {
  const random = seededRandom(seed);
  const series = (make: () => number) => Array.from({ length: count }, make);
  const marketCap = series(() => Math.exp(2 * random.normal()));
  return {
    returns: series(() => 0.05 * random.normal()),
    riskFree: 0.002,
    marketCap,
    sizeAtFormation: marketCap.map((cap) => cap * (0.9 + 0.2 * random.uniform())),
    bookToMarket: series(() => Math.exp(random.normal())),
    profitability: series(() => random.normal()),
    investment: series(() => random.normal()),
  };
}

/** The value-weighted return of the stocks of a portfolio, looked up by sorting. */
function portfolioNaively(
  stocks: ReturnType<typeof randomStocks>,
  of: number[],
  { small, band }: { small: boolean; band: 0 | 1 | 2 },
): number {
  const order = [...of].sort((a, b) => a - b);
  const at = (list: number[], p: number) => {
    const place = (list.length - 1) * p;
    const below = Math.floor(place);
    const above = list[Math.min(below + 1, list.length - 1)]!;
    return list[below]! + (place - below) * (above - list[below]!);
  };
  const median = at(
    [...stocks.sizeAtFormation].sort((a, b) => a - b),
    0.5,
  );
  const [low, high] = [at(order, 0.3), at(order, 0.7)];
  const chosen = of.flatMap((each, stock) => {
    const own = each <= low ? 0 : each > high ? 2 : 1;
    return own === band && stocks.sizeAtFormation[stock]! <= median === small ? [stock] : [];
  });
  const total = chosen.reduce((sum, stock) => sum + stocks.marketCap[stock]!, 0);
  return chosen.reduce(
    (sum, stock) => sum + (stocks.marketCap[stock]! / total) * stocks.returns[stock]!,
    0,
  );
}

describe('factors from stocks', () => {
  test('five factors equal portfolios formed one by one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const stocks = randomStocks(seed, 150);
        const found = value(buildFamaFrench(stocks));
        const six = (of: number[]) =>
          [true, false].map((small) =>
            ([0, 1, 2] as const).map((band) => portfolioNaively(stocks, of, { small, band })),
          ) as [[number, number, number], [number, number, number]];
        const spread = ([small, big]: ReturnType<typeof six>) =>
          (small[2] + big[2]) / 2 - (small[0] + big[0]) / 2;
        const size = ([small, big]: ReturnType<typeof six>) =>
          (small[0] + small[1] + small[2] - big[0] - big[1] - big[2]) / 3;
        const [book, profit, growth] = [
          stocks.bookToMarket,
          stocks.profitability,
          stocks.investment,
        ].map(six) as [ReturnType<typeof six>, ReturnType<typeof six>, ReturnType<typeof six>];
        expect(found.value).toBeCloseTo(spread(book), 12);
        expect(found.profitability.value).toBeCloseTo(spread(profit), 12);
        expect(found.investment.value).toBeCloseTo(-spread(growth), 12);
        expect(found.size).toBeCloseTo((size(book) + size(profit) + size(growth)) / 3, 12);
      }),
      { numRuns: 40 },
    );
  });

  test('three factors take size from the value sort alone; the market is over cash', () => {
    const { profitability: _, investment: __, ...three } = randomStocks(1, 60);
    const found = value(buildFamaFrench(three));
    expect(found.profitability.reason).toBe('NOT_FINITE');
    expect(found.investment.reason).toBe('NOT_FINITE');
    const total = three.marketCap.reduce((a, b) => a + b, 0);
    const market = three.returns.reduce((sum, r, i) => sum + (r * three.marketCap[i]!) / total, 0);
    expect(found.market).toBeCloseTo(market - 0.002, 14);
  });

  test('a return that all stocks share is in the market and in no other factor', () => {
    const stocks = randomStocks(2, 80);
    const base = value(buildFamaFrench(stocks));
    const moved = value(
      buildFamaFrench({ ...stocks, returns: stocks.returns.map((each) => each + 0.03) }),
    );
    expect(moved.market - base.market).toBeCloseTo(0.03, 13);
    expect(moved.size).toBeCloseTo(base.size, 13);
    expect(moved.value).toBeCloseTo(base.value, 13);
    expect(moved.profitability.value).toBeCloseTo(base.profitability.value!, 13);
    expect(moved.investment.value).toBeCloseTo(base.investment.value!, 13);
  });

  test('a stock without a return or characteristic is left out of what needs it', () => {
    const stocks = randomStocks(3, 80);
    const hole = (values: number[]) => values.map((each, at) => (at === 5 ? Number.NaN : each));
    const gap: StockSorts = { ...stocks, returns: hole(stocks.returns) };
    const found = value(buildFamaFrench(gap));
    const all = [found.market, found.size, found.value, found.profitability.value];
    expect(all.every(Number.isFinite)).toBe(true);
    const none = { ...stocks, profitability: stocks.profitability.map(() => Number.NaN) };
    expect(buildFamaFrench(none).reason).toBe('TOO_FEW_OBSERVATIONS');
    expect(buildFamaFrench(randomStocks(4, 3)).reason).toBe('TOO_FEW_OBSERVATIONS');
    expect(() => buildFamaFrench({ ...stocks, investment: [1] })).toThrow(/1 numbers/);
  });
});
