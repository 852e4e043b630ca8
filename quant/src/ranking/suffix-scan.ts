/*
 * The facts of windows that all end with the last row: one scan from the end towards the start
 * keeps them. Everything a measure of the suffix groups needs is a sum, a product, an extreme, or
 * the largest drawdown, which grows to the left like this: the path that starts one row earlier has
 * as its lowest point, relative to its start, min(1, (1 + r) · lowest before), and its drawdown is
 * the larger of the drawdown before and one minus that point.
 */
import type { Columns } from '../performance/columns.ts';
import { setWindow } from '../performance/compute-facts.ts';
import type { FactGroup, Facts, ThresholdFacts } from '../performance/facts.ts';
import {
  type PairSums,
  type PowerSums,
  setConstantExcess,
  setMoments,
  setPair,
  setThreshold,
} from '../performance/suffix-facts.ts';

/** The groups that can be kept while a window grows to the left. */
export const SUFFIX_GROUPS: readonly FactGroup[] = ['excess', 'threshold', 'pair'];

interface PathSums extends PowerSums {
  growth: number;
  /** The lowest point of the path relative to its start. */
  lowestPoint: number;
  maxDrawdown: number;
  lowest: number;
  highest: number;
  gains: number;
}

interface ExcessSums {
  shift: number;
  s1: number;
  s2: number;
  growth: number;
}

interface FullPairSums extends PairSums {
  growth: number;
  wins: number;
}

/** The sums of the window that begins at `row`; reused from fund to fund. */
export interface SuffixState {
  row: number;
  end: number;
  readonly path: PathSums;
  readonly excess: ExcessSums;
  readonly threshold: ThresholdFacts;
  readonly pair: FullPairSums;
}

export function createSuffixState(): SuffixState {
  const nothing = Number.NaN;
  const powers = { count: nothing, shift: nothing, s1: 0.5, s2: 0.5, s3: 0.5, s4: 0.5 };
  return {
    row: 0,
    end: 0,
    path: {
      ...powers,
      growth: 0.5,
      lowestPoint: 0.5,
      maxDrawdown: 0.5,
      lowest: 0.5,
      highest: 0.5,
      gains: 0.5,
    },
    excess: { shift: nothing, s1: 0.5, s2: 0.5, growth: 0.5 },
    threshold: {
      below: 0.5,
      above: 0.5,
      lower1: 0.5,
      lower2: 0.5,
      lower3: 0.5,
      upper1: 0.5,
      upper2: 0.5,
    },
    pair: {
      count: nothing,
      benchmarkShift: nothing,
      activeShift: nothing,
      x1: 0.5,
      y1: 0.5,
      y2: 0.5,
      xy: 0.5,
      a1: 0.5,
      a2: 0.5,
      growth: 0.5,
      wins: 0.5,
    },
  };
}

/** Begins at the end of `rows` rows, with an empty window. */
export function startSuffix(state: SuffixState, columns: Columns, rows: number): void {
  const last = rows - 1;
  const { path, excess, threshold, pair } = state;
  const free = rateAt(columns.riskFree, last);
  const r = columns.returns[last] as number;
  const b = columns.benchmark === undefined ? 0 : (columns.benchmark[last] as number);
  state.row = rows;
  state.end = rows;
  // The last row is in every window, so it serves all of them as the point to measure from.
  Object.assign(path, { shift: r, s1: 0, s2: 0, s3: 0, s4: 0, growth: 1, lowestPoint: 1 });
  Object.assign(path, { maxDrawdown: 0, lowest: r, highest: r, gains: 0 });
  Object.assign(excess, { shift: r - free, s1: 0, s2: 0, growth: 1 });
  Object.assign(threshold, { below: 0, above: 0, lower1: 0, lower2: 0, lower3: 0 });
  Object.assign(threshold, { upper1: 0, upper2: 0 });
  Object.assign(pair, { benchmarkShift: b - free, activeShift: r - free - (b - free) });
  Object.assign(pair, { x1: 0, y1: 0, y2: 0, xy: 0, a1: 0, a2: 0, growth: 1, wins: 0 });
}

function rateAt(rate: Float64Array | number, row: number): number {
  return typeof rate === 'number' ? rate : (rate[row] as number);
}

/** Grows the window to the left until it begins at `row`. */
export function extendSuffix(
  state: SuffixState,
  columns: Columns,
  row: number,
  groups: readonly FactGroup[],
): void {
  extendPath(state, columns, row);
  for (const group of groups) {
    if (group === 'excess') extendExcess(state, columns, row);
    else if (group === 'threshold') extendThreshold(state, columns, row);
    else if (group === 'pair') extendPair(state, columns, row);
  }
  state.row = row;
}

function extendPath({ path, row: begin }: SuffixState, { returns }: Columns, row: number): void {
  const { shift } = path;
  let { s1, s2, s3, s4, growth, lowestPoint, maxDrawdown, lowest, highest, gains } = path;
  for (let at = begin - 1; at >= row; at--) {
    const r = returns[at] as number;
    const d = r - shift;
    const square = d * d;
    s1 += d;
    s2 += square;
    s3 += square * d;
    s4 += square * square;
    if (r < lowest) lowest = r;
    if (r > highest) highest = r;
    gains += Number(r > 0);
    growth *= 1 + r;
    lowestPoint *= 1 + r;
    if (lowestPoint > 1) lowestPoint = 1;
    else if (1 - lowestPoint > maxDrawdown) maxDrawdown = 1 - lowestPoint;
  }
  path.s1 = s1;
  path.s2 = s2;
  path.s3 = s3;
  path.s4 = s4;
  path.growth = growth;
  path.lowestPoint = lowestPoint;
  path.maxDrawdown = maxDrawdown;
  path.lowest = lowest;
  path.highest = highest;
  path.gains = gains;
}

function extendExcess(state: SuffixState, { returns, riskFree }: Columns, row: number): void {
  if (typeof riskFree === 'number') return;
  const { excess } = state;
  const { shift } = excess;
  let { s1, s2, growth } = excess;
  for (let at = state.row - 1; at >= row; at--) {
    const free = riskFree[at] as number;
    const d = (returns[at] as number) - free - shift;
    s1 += d;
    s2 += d * d;
    growth *= 1 + free;
  }
  excess.s1 = s1;
  excess.s2 = s2;
  excess.growth = growth;
}

function extendThreshold(state: SuffixState, { returns, threshold }: Columns, row: number): void {
  const sums = state.threshold;
  const series = typeof threshold === 'number' ? undefined : threshold;
  let limit = typeof threshold === 'number' ? threshold : 0;
  let { below, above, lower1, lower2, lower3, upper1, upper2 } = sums;
  for (let at = state.row - 1; at >= row; at--) {
    if (series !== undefined) limit = series[at] as number;
    const d = (returns[at] as number) - limit;
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
  sums.below = below;
  sums.above = above;
  sums.lower1 = lower1;
  sums.lower2 = lower2;
  sums.lower3 = lower3;
  sums.upper1 = upper1;
  sums.upper2 = upper2;
}

function extendPair(state: SuffixState, columns: Columns, row: number): void {
  const { returns, benchmark, riskFree } = columns;
  if (benchmark === undefined) return;
  const { pair } = state;
  const series = typeof riskFree === 'number' ? undefined : riskFree;
  let free = typeof riskFree === 'number' ? riskFree : 0;
  const { benchmarkShift, activeShift } = pair;
  const ownShift = activeShift + benchmarkShift;
  let { x1, y1, y2, xy, a1, a2, growth, wins } = pair;
  for (let at = state.row - 1; at >= row; at--) {
    if (series !== undefined) free = series[at] as number;
    const r = returns[at] as number;
    const b = benchmark[at] as number;
    const x = r - free - ownShift;
    const y = b - free - benchmarkShift;
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
  pair.x1 = x1;
  pair.y1 = y1;
  pair.y2 = y2;
  pair.xy = xy;
  pair.a1 = a1;
  pair.a2 = a2;
  pair.growth = growth;
  pair.wins = wins;
}

/** Fills the facts of the window [row, end) from its sums. */
export function readSuffix(
  state: SuffixState,
  columns: Columns,
  facts: Facts,
  groups: readonly FactGroup[],
): void {
  const count = state.end - state.row;
  const { path } = state;
  path.count = count;
  setMoments(facts.returns, path);
  facts.returns.growth = path.growth;
  facts.returns.maxDrawdown = path.maxDrawdown;
  facts.returns.lowest = path.lowest;
  facts.returns.highest = path.highest;
  facts.returns.gains = path.gains;
  setWindow(columns, { from: state.row, to: state.end }, facts);
  for (const group of groups) {
    if (group === 'excess') readExcess(state, columns, facts, count);
    else if (group === 'threshold') setThreshold(facts.threshold, state.threshold, count);
    else if (group === 'pair') readPair(state, facts, count);
  }
}

function readExcess(state: SuffixState, columns: Columns, facts: Facts, count: number): void {
  if (typeof columns.riskFree === 'number') {
    setConstantExcess(facts.excess, facts.returns, columns.riskFree, count);
    return;
  }
  const { shift, s1, s2, growth } = state.excess;
  const e1 = s1 / count;
  facts.excess.mean = shift + e1;
  facts.excess.m2 = Math.max(0, s2 / count - e1 * e1);
  facts.excess.riskFreeGrowth = growth;
}

function readPair({ pair }: SuffixState, facts: Facts, count: number): void {
  pair.count = count;
  setPair(facts.pair, pair);
  facts.pair.benchmarkGrowth = pair.growth;
  facts.pair.wins = pair.wins;
}
