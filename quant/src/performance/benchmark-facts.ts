/*
 * Groups of fund and benchmark that need the facts of the pair first, or rows of one kind only.
 * Without a benchmark they leave the facts as they are.
 */
import type { Columns } from './columns.ts';
import type { MarketFacts, Rows, Target } from './facts.ts';

/** Rows [from, to): variance of the least-squares residual, and the relative value path. */
export function computeResidual(columns: Columns, { from, to }: Rows, { facts }: Target): void {
  const { returns, benchmark, riskFree, threshold } = columns;
  if (benchmark === undefined) return;
  const beta = facts.pair.covariance / facts.pair.benchmarkM2;
  const alpha = facts.excess.mean - beta * facts.pair.benchmarkMean;
  let squares = 0;
  let lower2 = 0;
  let value = 1;
  let peak = 1;
  let kept = 1;
  for (let row = from; row < to; row++) {
    const free = typeof riskFree === 'number' ? riskFree : (riskFree[row] as number);
    const limit = typeof threshold === 'number' ? threshold : (threshold[row] as number);
    const r = returns[row] as number;
    const b = benchmark[row] as number;
    const residual = r - free - alpha - beta * (b - free);
    squares += residual * residual;
    const below = Math.min(0, b - limit);
    lower2 += below * below;
    value *= (1 + r) / (1 + b);
    if (value > peak) peak = value;
    else if (value < kept * peak) kept = value / peak;
  }
  facts.residual.m2 = squares / (to - from);
  facts.residual.benchmarkLower2 = lower2 / (to - from);
  facts.residual.relativeDrawdown = 1 - kept;
}

/** Rows [from, to) with a rising, and with a falling benchmark. */
export function computeMarkets(columns: Columns, rows: Rows, { facts }: Target): void {
  if (columns.benchmark === undefined) return;
  computeMarket(columns, rows, { sign: 1, out: facts.upMarket });
  computeMarket(columns, rows, { sign: -1, out: facts.downMarket });
}

/** The first row of a market, from which its sums are measured; the first row if it has none. */
function findMarket(benchmark: Float64Array, { from, to }: Rows, sign: 1 | -1): number {
  for (let row = from; row < to; row++) {
    if ((benchmark[row] as number) * sign > 0) return row;
  }
  return from;
}

function computeMarket(
  { returns, benchmark, riskFree }: Columns,
  rows: Rows,
  { sign, out }: { sign: 1 | -1; out: MarketFacts },
): void {
  const index = benchmark as Float64Array;
  const series = typeof riskFree === 'number' ? undefined : riskFree;
  const first = findMarket(index, rows, sign);
  let free = typeof riskFree === 'number' ? riskFree : (riskFree[first] as number);
  const xShift = (returns[first] as number) - free;
  const yShift = (index[first] as number) - free;
  let count = 0;
  let growth = 1;
  let benchmarkGrowth = 1;
  let same = 0;
  let wins = 0;
  let x1 = 0;
  let y1 = 0;
  let y2 = 0;
  let xy = 0;
  for (let row = rows.from; row < rows.to; row++) {
    const r = returns[row] as number;
    const b = index[row] as number;
    if (series !== undefined) free = series[row] as number;
    // 1 in this market, 0 outside: the sign of a day cannot be predicted, so there is no branch.
    const inside = Number(b * sign > 0);
    const x = (r - free - xShift) * inside;
    const y = (b - free - yShift) * inside;
    count += inside;
    growth *= 1 + r * inside;
    benchmarkGrowth *= 1 + b * inside;
    same += inside * Number(r * sign > 0);
    wins += inside * Number(r > b);
    x1 += x;
    y1 += y;
    y2 += y * y;
    xy += x * y;
  }
  out.count = count;
  out.growth = growth;
  out.benchmarkGrowth = benchmarkGrowth;
  out.same = same;
  out.wins = wins;
  out.benchmarkSquares = Math.max(0, y2 - (y1 * y1) / count);
  out.crossProducts = xy - (x1 * y1) / count;
}
