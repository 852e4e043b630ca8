/*
 * Groups that look at the value path, its order in time or the sorted returns. They need the whole
 * window at once.
 */
import type { Columns } from './columns.ts';
import { orderWindow, selectPlace } from '../numeric/order.ts';
import type { DrawdownFacts, Rows, Scratch, Target } from './facts.ts';

/** A value this near to its peak has reached it: the rest is rounding of the product. */
const AT_PEAK = 1 - 1e-12;

/** The value path from a peak to the return to it, as rows of the path (0 before the window). */
export interface Episode {
  readonly depth: number;
  readonly peakAt: number;
  readonly troughAt: number;
  /** Where the peak is reached again, or the last row. */
  readonly endAt: number;
  readonly recovered: boolean;
}

/** What is left after the last row. */
interface Walk {
  readonly pain: number;
  readonly ulcer2: number;
  readonly current: number;
}

/**
 * Walks the value path of rows [from, to), tells every episode below a peak (the value 1 before
 * the first row is the first), and sums the distances below the peak and their squares.
 */
export function walkEpisodes(
  returns: Float64Array,
  { from, to }: Rows,
  tell: (episode: Episode) => void,
): Walk {
  let value = 1;
  let peak = 1;
  let peakAt = 0;
  let trough = 1;
  let troughAt = 0;
  let pain = 0;
  let ulcer2 = 0;
  for (let row = from; row < to; row++) {
    value *= 1 + (returns[row] as number);
    const at = row - from + 1;
    if (value >= peak * AT_PEAK) {
      if (troughAt > peakAt) {
        tell({ depth: 1 - trough / peak, peakAt, troughAt, endAt: at, recovered: true });
      }
      if (value > peak) peak = value;
      peakAt = at;
      trough = peak;
      troughAt = at;
      continue;
    }
    const depth = 1 - value / peak;
    pain += depth;
    ulcer2 += depth * depth;
    if (value < trough) {
      trough = value;
      troughAt = at;
    }
  }
  if (troughAt > peakAt) {
    tell({ depth: 1 - trough / peak, peakAt, troughAt, endAt: to - from, recovered: false });
  }
  return { pain, ulcer2, current: 1 - value / peak };
}

/** Rows [from, to): every episode below a peak, the value 1 before the first row included. */
export function computeDrawdowns(
  { returns }: Columns,
  rows: Rows,
  { facts: { drawdowns } }: Target,
): void {
  clearDrawdowns(drawdowns);
  const walk = walkEpisodes(returns, rows, (episode) => addEpisode(drawdowns, episode));
  drawdowns.pain = walk.pain / (rows.to - rows.from);
  drawdowns.ulcer2 = walk.ulcer2 / (rows.to - rows.from);
  drawdowns.current = walk.current;
}

function clearDrawdowns(out: DrawdownFacts): void {
  out.episodes = 0;
  out.depthSum = 0;
  out.depthSquares = 0;
  out.lengthSum = 0;
  out.longest = 0;
  out.deepest = 0;
  out.peakAt = 0;
  out.troughAt = 0;
  out.recoveredAt = 0;
}

function addEpisode(out: DrawdownFacts, episode: Episode): void {
  const { depth, peakAt, troughAt, endAt, recovered } = episode;
  out.episodes += 1;
  out.depthSum += depth;
  out.depthSquares += depth * depth;
  out.lengthSum += endAt - peakAt;
  out.longest = Math.max(out.longest, endAt - peakAt);
  if (depth <= out.deepest) return;
  out.deepest = depth;
  out.peakAt = peakAt;
  out.troughAt = troughAt;
  out.recoveredAt = recovered ? endAt : -1;
}

function reserve(scratch: Scratch, name: keyof Scratch, length: number): Float64Array {
  if (scratch[name].length < length) scratch[name] = new Float64Array(2 * length);
  return scratch[name].subarray(0, length);
}

/** Windows shorter than this are sorted on their own rather than read from the whole order. */
const SORT_ROWS_MAX = 60;

/** Rows [from, to) in ascending order. */
export function computeOrder(
  { returns, ordered }: Columns,
  { from, to }: Rows,
  { facts, scratch }: Target,
): void {
  const ascending = reserve(scratch, 'order', to - from);
  if (ordered !== undefined && to - from > SORT_ROWS_MAX) {
    orderWindow(ordered, { from, to }, ascending);
    facts.order.ascending = ascending;
    return;
  }
  ascending.set(returns.subarray(from, to));
  facts.order.ascending = ascending.sort();
}

/** Quantile and tail of the distances below the peak of rows [from, to). */
export function computeDepths(
  { returns }: Columns,
  { from, to }: Rows,
  { facts, scratch }: Target,
): void {
  const depths = reserve(scratch, 'depths', to - from);
  let value = 1;
  let peak = 1;
  for (let row = from; row < to; row++) {
    value *= 1 + (returns[row] as number);
    if (value > peak) peak = value;
    depths[row - from] = 1 - value / peak;
  }
  const last = depths.length - 1;
  const place = Math.floor(0.95 * last);
  const low = selectPlace(depths, place);
  let next = place === last ? low : Number.POSITIVE_INFINITY;
  for (let at = place + 1; at <= last; at++) next = Math.min(next, depths[at] as number);
  const atRisk = low + (0.95 * last - place) * (next - low);
  // Everything before the place is at most `low`, and counts only if it is no less than that.
  let total = 0;
  let count = 0;
  for (let at = low < atRisk ? place : 0; at <= last; at++) {
    const depth = depths[at] as number;
    if (depth < atRisk) continue;
    total += depth;
    count += 1;
  }
  facts.depths.atRisk95 = atRisk;
  facts.depths.beyond95 = total / count;
}

/** Rows [from, to): sums of gains and losses and the longest runs of each. */
export function computeRuns({ returns }: Columns, { from, to }: Rows, { facts }: Target): void {
  let gainSum = 0;
  let lossSum = 0;
  let losses = 0;
  let gainRun = 0;
  let lossRun = 0;
  let longestGain = 0;
  let longestLoss = 0;
  for (let row = from; row < to; row++) {
    const r = returns[row] as number;
    const size = Math.abs(r);
    gainSum += 0.5 * (size + r);
    lossSum += 0.5 * (size - r);
    losses += Number(r < 0);
    gainRun = (gainRun + 1) * Number(r > 0);
    lossRun = (lossRun + 1) * Number(r < 0);
    if (gainRun > longestGain) longestGain = gainRun;
    if (lossRun > longestLoss) longestLoss = lossRun;
  }
  Object.assign(facts.runs, { gainSum, lossSum, losses, longestGain, longestLoss });
}

/** Rows [from, to): deviations from the mean. */
export function computeSequence({ returns }: Columns, { from, to }: Rows, { facts }: Target): void {
  const { mean } = facts.returns;
  let products = 0;
  let absolute = 0;
  let lower2 = 0;
  let running = 0;
  let low = 0;
  let high = 0;
  let before = 0;
  for (let row = from; row < to; row++) {
    const d = (returns[row] as number) - mean;
    const size = Math.abs(d);
    const down = 0.5 * (size - d);
    absolute += size;
    lower2 += down * down;
    products += d * before;
    before = d;
    running += d;
    if (running < low) low = running;
    if (running > high) high = running;
  }
  facts.sequence.absoluteDeviation = absolute / (to - from);
  facts.sequence.lower2 = lower2 / (to - from);
  facts.sequence.autocovariance = products / (to - from);
  facts.sequence.range = high - low;
}

/** Rows [from, to): least squares of the running sum of log(1 + r) on 0, 1, 2, … */
export function computeTrend(
  { returns }: Columns,
  { from, to }: Rows,
  { facts, scratch }: Target,
): void {
  const count = to - from;
  const path = reserve(scratch, 'path', count);
  // Deviations of time from its middle sum to nothing, so only y needs a centre: its first value.
  const middle = (count - 1) / 2;
  const first = Math.log1p(returns[from] as number);
  let running = 0;
  let y1 = 0;
  let ty = 0;
  for (let row = from; row < to; row++) {
    running += Math.log1p(returns[row] as number);
    const y = running - first;
    path[row - from] = y;
    y1 += y;
    ty += (row - from - middle) * y;
  }
  const mean = y1 / count;
  const timeSquares = (count * (count * count - 1)) / 12;
  const slope = ty / timeSquares;
  let total = 0;
  let rest = 0;
  for (let row = 0; row < count; row++) {
    const d = (path[row] as number) - mean;
    const residual = d - slope * (row - middle);
    total += d * d;
    rest += residual * residual;
  }
  facts.trend.slope = slope;
  facts.trend.total = total;
  facts.trend.r2 = 1 - rest / total;
  facts.trend.slopeError = Math.sqrt(rest / (count - 2) / timeSquares);
}
