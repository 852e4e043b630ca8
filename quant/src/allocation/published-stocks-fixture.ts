/** The published prices of 20 stocks, their moments, and the portfolios published for them. */
import { matrix, type Matrix } from '../linear-algebra/matrix.ts';
import { formatDay, parseDay, type Day } from '../numeric/day.ts';
import { readPublished } from '../testing.ts';

const FOLDER = 'optimisation';

/** Prices of the 20 stocks, oldest first; NaN before a stock was listed. */
export function stockPrices(): { names: string[]; days: Day[]; prices: number[][] } {
  const [header = '', ...lines] = readPublished(`${FOLDER}/pyportfolioopt/stock_prices.csv`)
    .trim()
    .split(/\r?\n/);
  const numberOf = (cell: string) => (cell === '' ? Number.NaN : Number(cell));
  return {
    names: header.split(',').slice(1),
    days: lines.map((line) => parseDay(line.slice(0, 10))),
    prices: lines.map((line) => line.split(',').slice(1).map(numberOf)),
  };
}

/** The first known price of each stock in each week (to Sunday) or month. */
export function firstOfEach(period: 'week' | 'month', days: Day[], prices: number[][]): number[][] {
  const keyOf = (day: Day) =>
    period === 'week' ? Math.floor((day + 3) / 7) : formatDay(day).slice(0, 7);
  const groups = new Map<string | number, number[]>();
  days.forEach((day, t) => {
    const row = groups.get(keyOf(day));
    if (row === undefined) groups.set(keyOf(day), [...prices[t]!]);
    else row.forEach((known, i) => (row[i] = Number.isNaN(known) ? prices[t]![i]! : known));
  });
  return [...groups.values()];
}

/** Changes from row to row; NaN before a stock was listed. */
export function changesOf(prices: number[][]): number[][] {
  return prices.slice(1).map((row, t) => row.map((price, i) => price / prices[t]![i]! - 1));
}

/** Compound yearly return and pairwise sample covariance a year, as the published cases take them. */
export function moments(
  prices: number[][],
  periodsPerYear = 252,
): { returns: number[]; covariance: Matrix } {
  const changes = changesOf(prices);
  const n = changes[0]!.length;
  const covariance = matrix(n, n);
  const returns = Array.from({ length: n }, (_, i) => {
    const known = changes.map((row) => row[i]!).filter((each) => !Number.isNaN(each));
    return (
      known.reduce((growth, each) => growth * (1 + each), 1) ** (periodsPerYear / known.length) - 1
    );
  });
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const pairs = changes
        .map((row) => [row[i]!, row[j]!] as const)
        .filter(([x, y]) => !Number.isNaN(x) && !Number.isNaN(y));
      const mean = (at: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
      const [x, y] = [mean(0), mean(1)];
      const sum = pairs.reduce((total, pair) => total + (pair[0] - x) * (pair[1] - y), 0);
      covariance.data[i * n + j] = (sum / (pairs.length - 1)) * periodsPerYear;
      covariance.data[j * n + i] = covariance.data[i * n + j]!;
    }
  }
  return { returns, covariance };
}

export interface PublishedRow {
  readonly test_file: string;
  readonly test: string;
  readonly expected: number | number[];
}

/** Every published row. */
export function publishedRows(): PublishedRow[] {
  const text = readPublished(`${FOLDER}/pyportfolioopt/expected_values.json`);
  return JSON.parse(text) as PublishedRow[];
}
