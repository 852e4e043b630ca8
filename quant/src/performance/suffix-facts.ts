/*
 * The four groups whose facts can also be kept while a window grows to the left, one row at a
 * time. Both ways of summing (a loop over a window here, the scan of the ranking) end in the same
 * functions, so that a formula sees the same facts.
 *
 * Sums of powers are taken of r − c, where c is one of the observations. A constant series then
 * has a variance of exactly zero, and the error of the variance is at most about n · 1e-16 of it,
 * whatever the mean: (mean − c)² ≤ n · variance when c is in the window.
 */
import type { Columns } from './columns.ts';
import type { ExcessFacts, PairFacts, ReturnFacts, Rows, Target, ThresholdFacts } from './facts.ts';

/** Sums of (r − shift)ᵏ over `count` rows. */
export interface PowerSums {
  count: number;
  shift: number;
  s1: number;
  s2: number;
  s3: number;
  s4: number;
}

/** Mean and central moments from sums of powers. */
export function setMoments(facts: ReturnFacts, sums: PowerSums): void {
  const { count, shift } = sums;
  const e1 = sums.s1 / count;
  const e2 = sums.s2 / count;
  const e3 = sums.s3 / count;
  const square = e1 * e1;
  facts.mean = shift + e1;
  facts.m2 = Math.max(0, e2 - square);
  facts.m3 = e3 - 3 * e1 * e2 + 2 * square * e1;
  facts.m4 = Math.max(0, sums.s4 / count - 4 * e1 * e3 + 6 * square * e2 - 3 * square * square);
}

/** Rows [from, to) of the returns: moments, growth, extremes and the largest drawdown. */
export function computeReturns(columns: Columns, { from, to }: Rows, { facts }: Target): void {
  const { returns } = columns;
  const shift = returns[from] as number;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let lowest = shift;
  let highest = shift;
  let gains = 0;
  let value = 1;
  let peak = 1;
  // The value at which the drawdown would become larger than `kept` allows.
  let kept = 1;
  let floor = 1;
  for (let row = from; row < to; row++) {
    const r = returns[row] as number;
    const d = r - shift;
    const square = d * d;
    s1 += d;
    s2 += square;
    s3 += square * d;
    s4 += square * square;
    if (r < lowest) lowest = r;
    if (r > highest) highest = r;
    gains += Number(r > 0);
    value *= 1 + r;
    if (value > peak) {
      peak = value;
      floor = value * kept;
    } else if (value < floor) {
      floor = value;
      kept = value / peak;
    }
  }
  setMoments(facts.returns, { count: to - from, shift, s1, s2, s3, s4 });
  facts.returns.lowest = lowest;
  facts.returns.highest = highest;
  facts.returns.gains = gains;
  facts.returns.growth = value;
  facts.returns.maxDrawdown = 1 - kept;
}

/** Rows [from, to) of r − risk-free. Needs the facts of the returns. */
export function computeExcess(columns: Columns, { from, to }: Rows, { facts }: Target): void {
  const { returns, riskFree } = columns;
  if (typeof riskFree === 'number') {
    setConstantExcess(facts.excess, facts.returns, riskFree, to - from);
    return;
  }
  const shift = (returns[from] as number) - (riskFree[from] as number);
  let s1 = 0;
  let s2 = 0;
  let growth = 1;
  for (let row = from; row < to; row++) {
    const free = riskFree[row] as number;
    const d = (returns[row] as number) - free - shift;
    s1 += d;
    s2 += d * d;
    growth *= 1 + free;
  }
  const e1 = s1 / (to - from);
  facts.excess.mean = shift + e1;
  facts.excess.m2 = Math.max(0, s2 / (to - from) - e1 * e1);
  facts.excess.riskFreeGrowth = growth;
}

/** The excess over one risk-free return for all periods. */
export function setConstantExcess(
  facts: ExcessFacts,
  returns: ReturnFacts,
  riskFree: number,
  count: number,
): void {
  facts.mean = returns.mean - riskFree;
  facts.m2 = returns.m2;
  facts.riskFreeGrowth = (1 + riskFree) ** count;
}

/** Rows [from, to) of r − threshold: partial moments. */
export function computeThreshold(columns: Columns, { from, to }: Rows, { facts }: Target): void {
  const { returns, threshold } = columns;
  const series = typeof threshold === 'number' ? undefined : threshold;
  let limit = typeof threshold === 'number' ? threshold : 0;
  let below = 0;
  let above = 0;
  let lower1 = 0;
  let lower2 = 0;
  let lower3 = 0;
  let upper1 = 0;
  let upper2 = 0;
  for (let row = from; row < to; row++) {
    if (series !== undefined) limit = series[row] as number;
    const d = (returns[row] as number) - limit;
    // Without a branch, for the sign of a return cannot be predicted. The halves are exact.
    const size = Math.abs(d);
    const down = 0.5 * (size - d);
    const up = 0.5 * (size + d);
    below += Number(d < 0);
    above += Number(d > 0);
    lower1 += down;
    lower2 += down * down;
    lower3 += down * down * down;
    upper1 += up;
    upper2 += up * up;
  }
  const sums = { below, above, lower1, lower2, lower3, upper1, upper2 };
  setThreshold(facts.threshold, sums, to - from);
}

/** Averages from sums. */
export function setThreshold(facts: ThresholdFacts, sums: ThresholdFacts, count: number): void {
  facts.below = sums.below;
  facts.above = sums.above;
  facts.lower1 = sums.lower1 / count;
  facts.lower2 = sums.lower2 / count;
  facts.lower3 = sums.lower3 / count;
  facts.upper1 = sums.upper1 / count;
  facts.upper2 = sums.upper2 / count;
}

/** Sums of (x − shift) and its products, x the fund's excess, y the benchmark's, a = r − b. */
export interface PairSums {
  count: number;
  benchmarkShift: number;
  activeShift: number;
  x1: number;
  y1: number;
  y2: number;
  xy: number;
  a1: number;
  a2: number;
}

/** Means, variances and the covariance from sums. */
export function setPair(facts: PairFacts, sums: PairSums): void {
  const { count } = sums;
  const y1 = sums.y1 / count;
  const a1 = sums.a1 / count;
  facts.benchmarkMean = sums.benchmarkShift + y1;
  facts.benchmarkM2 = Math.max(0, sums.y2 / count - y1 * y1);
  facts.covariance = sums.xy / count - (sums.x1 / count) * y1;
  facts.activeMean = sums.activeShift + a1;
  facts.activeM2 = Math.max(0, sums.a2 / count - a1 * a1);
}

/** Rows [from, to) of fund and benchmark. Without a benchmark the facts stay as they are. */
export function computePair(columns: Columns, { from, to }: Rows, { facts }: Target): void {
  const { returns, benchmark, riskFree } = columns;
  if (benchmark === undefined) return;
  const series = typeof riskFree === 'number' ? undefined : riskFree;
  let free = series === undefined ? (riskFree as number) : (series[from] as number);
  const xShift = (returns[from] as number) - free;
  const yShift = (benchmark[from] as number) - free;
  const activeShift = xShift - yShift;
  let x1 = 0;
  let y1 = 0;
  let y2 = 0;
  let xy = 0;
  let a1 = 0;
  let a2 = 0;
  let growth = 1;
  let wins = 0;
  for (let row = from; row < to; row++) {
    if (series !== undefined) free = series[row] as number;
    const r = returns[row] as number;
    const b = benchmark[row] as number;
    const x = r - free - xShift;
    const y = b - free - yShift;
    const a = r - b - activeShift;
    x1 += x;
    y1 += y;
    y2 += y * y;
    xy += x * y;
    a1 += a;
    a2 += a * a;
    growth *= 1 + b;
    wins += Number(r > b);
  }
  const sums = { count: to - from, benchmarkShift: yShift, activeShift, x1, y1, y2, xy, a1, a2 };
  setPair(facts.pair, sums);
  facts.pair.benchmarkGrowth = growth;
  facts.pair.wins = wins;
}
