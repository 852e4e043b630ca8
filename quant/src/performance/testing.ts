/*
 * The plain twin of the kernels: every fact by its definition, one array at a time, with no thought
 * for speed. The tests hold the kernels against it.
 */
import fc from 'fast-check';
import { centralMoment, mean, sum } from '../numeric/moments.ts';
import { quantile, sorted } from '../numeric/quantile.ts';
import { seededRandom } from '../numeric/random.ts';
import type { Figure } from '../figure.ts';
import type { Columns, ReturnsInput } from './columns.ts';
import { setWindow } from './compute-facts.ts';
import { createFacts, type Facts, type MarketFacts, type Rows } from './facts.ts';

const product = (values: readonly number[]) =>
  values.reduce((growth, value) => growth * (1 + value), 1);
const average = (values: readonly number[]) => mean(values);
const count = (values: readonly number[], holds: (value: number, at: number) => boolean) =>
  values.filter(holds).length;

/** The value path: 1 before the first return. */
function pathOf(returns: readonly number[]): number[] {
  return [1, ...returns.map((_, at) => product(returns.slice(0, at + 1)))];
}

function depthsOf(path: readonly number[]): number[] {
  return path.map((value, at) => 1 - value / Math.max(...path.slice(0, at + 1)));
}

/** The facts of some rows, by their definitions. */
export function computePlainFacts(columns: Columns, { from, to }: Rows): Facts {
  const facts = createFacts();
  const rows = Array.from({ length: to - from }, (_, at) => from + at);
  const column = (values: Float64Array | number) =>
    rows.map((row) => (typeof values === 'number' ? values : (values[row] as number)));
  const r = column(columns.returns);
  const f = column(columns.riskFree);
  const t = column(columns.threshold);
  fillReturns(facts, r);
  setWindow(columns, { from, to }, facts);
  facts.excess.mean = average(r.map((value, at) => value - (f[at] as number)));
  facts.excess.m2 = centralMoment(
    r.map((value, at) => value - (f[at] as number)),
    2,
  );
  facts.excess.riskFreeGrowth = product(f);
  fillThreshold(
    facts,
    r.map((value, at) => value - (t[at] as number)),
  );
  fillRuns(facts, r);
  fillDrawdowns(facts, r);
  facts.order.ascending = sorted(r);
  const depths = depthsOf(pathOf(r)).slice(1);
  facts.depths.atRisk95 = quantile(depths, 0.95);
  facts.depths.beyond95 = average(depths.filter((depth) => depth >= facts.depths.atRisk95));
  fillSequence(facts, r);
  fillTrend(facts, r);
  if (columns.benchmark !== undefined) {
    fillBenchmark(facts, { r, b: column(columns.benchmark), f, t });
  }
  return facts;
}

function fillReturns(facts: Facts, r: readonly number[]): void {
  facts.returns.mean = average(r);
  facts.returns.m2 = centralMoment(r, 2);
  facts.returns.m3 = centralMoment(r, 3);
  facts.returns.m4 = centralMoment(r, 4);
  facts.returns.lowest = Math.min(...r);
  facts.returns.highest = Math.max(...r);
  facts.returns.growth = product(r);
  facts.returns.maxDrawdown = Math.max(...depthsOf(pathOf(r)));
  facts.returns.gains = count(r, (value) => value > 0);
}

function fillThreshold(facts: Facts, d: readonly number[]): void {
  const down = (power: number) => average(d.map((value) => Math.max(-value, 0) ** power));
  const up = (power: number) => average(d.map((value) => Math.max(value, 0) ** power));
  facts.threshold.below = count(d, (value) => value < 0);
  facts.threshold.above = count(d, (value) => value > 0);
  facts.threshold.lower1 = down(1);
  facts.threshold.lower2 = down(2);
  facts.threshold.lower3 = down(3);
  facts.threshold.upper1 = up(1);
  facts.threshold.upper2 = up(2);
}

function fillRuns(facts: Facts, r: readonly number[]): void {
  const longest = (sign: (value: number) => string) =>
    Math.max(
      ...r
        .map(sign)
        .join('')
        .split(' ')
        .map((run) => run.length),
    );
  facts.runs.gainSum = sum(r.map((value) => Math.max(value, 0)));
  facts.runs.lossSum = sum(r.map((value) => Math.max(-value, 0)));
  facts.runs.losses = count(r, (value) => value < 0);
  facts.runs.longestGain = longest((value) => (value > 0 ? 'x' : ' '));
  facts.runs.longestLoss = longest((value) => (value < 0 ? 'x' : ' '));
}

/** Values within a trillionth of the peak are at the peak. */
function isAtPeak(path: readonly number[], at: number): boolean {
  return (path[at] as number) >= Math.max(...path.slice(0, at + 1)) * (1 - 1e-12);
}

function fillDrawdowns(facts: Facts, r: readonly number[]): void {
  const path = pathOf(r);
  const depths = depthsOf(path);
  const peaks = path.flatMap((_, at) => (isAtPeak(path, at) ? [at] : []));
  const episodes = peaks
    .map((peakAt, index) => ({ peakAt, endAt: peaks[index + 1] ?? path.length }))
    .filter(({ peakAt, endAt }) => endAt > peakAt + 1)
    .map(({ peakAt, endAt }) => {
      const inside = depths.slice(peakAt + 1, endAt);
      const depth = Math.max(...inside);
      const recovered = endAt < path.length;
      const troughAt = peakAt + 1 + inside.indexOf(depth);
      const length = (recovered ? endAt : path.length - 1) - peakAt;
      return { peakAt, depth, troughAt, length, recoveredAt: recovered ? endAt : -1 };
    });
  const below = depths.map((depth, at) => (peaks.includes(at) ? 0 : depth)).slice(1);
  const deepest = episodes.reduce((best, each) => (each.depth > best.depth ? each : best), {
    peakAt: 0,
    depth: 0,
    troughAt: 0,
    length: 0,
    recoveredAt: 0,
  });
  Object.assign(facts.drawdowns, {
    pain: average(below),
    ulcer2: average(below.map((depth) => depth * depth)),
    episodes: episodes.length,
    depthSum: sum(episodes.map(({ depth }) => depth)),
    depthSquares: sum(episodes.map(({ depth }) => depth * depth)),
    lengthSum: sum(episodes.map(({ length }) => length)),
    longest: Math.max(0, ...episodes.map(({ length }) => length)),
    current: depths.at(-1) as number,
    deepest: deepest.depth,
    peakAt: deepest.peakAt,
    troughAt: deepest.troughAt,
    recoveredAt: deepest.recoveredAt,
  });
}

function fillSequence(facts: Facts, r: readonly number[]): void {
  const middle = average(r);
  const d = r.map((value) => value - middle);
  const running = d.map((_, at) => sum(d.slice(0, at + 1)));
  facts.sequence.absoluteDeviation = average(d.map(Math.abs));
  facts.sequence.lower2 = average(d.map((value) => Math.min(value, 0) ** 2));
  facts.sequence.autocovariance =
    sum(d.slice(1).map((value, at) => value * (d[at] as number))) / d.length;
  facts.sequence.range = Math.max(0, ...running) - Math.min(0, ...running);
}

function fillTrend(facts: Facts, r: readonly number[]): void {
  const logs = r.map((value) => Math.log1p(value));
  const y = logs.map((_, at) => sum(logs.slice(0, at + 1)));
  const time = y.map((_, at) => at);
  const { slope, residuals, xSquares } = fitLine(time, y);
  const rest = sum(residuals.map((value) => value * value));
  facts.trend.slope = slope;
  facts.trend.total = centralMoment(y, 2) * y.length;
  facts.trend.r2 = 1 - rest / facts.trend.total;
  facts.trend.slopeError = Math.sqrt(rest / (y.length - 2) / xSquares);
}

function fitLine(x: readonly number[], y: readonly number[]) {
  const xMean = average(x);
  const yMean = average(y);
  const xSquares = sum(x.map((value) => (value - xMean) ** 2));
  const products = sum(x.map((value, at) => (value - xMean) * ((y[at] as number) - yMean)));
  const slope = products / xSquares;
  const residuals = y.map((value, at) => value - yMean - slope * ((x[at] as number) - xMean));
  return { slope, residuals, xSquares, products };
}

interface Pair {
  readonly r: readonly number[];
  readonly b: readonly number[];
  readonly f: readonly number[];
  readonly t: readonly number[];
}

function fillBenchmark(facts: Facts, { r, b, f, t }: Pair): void {
  const own = r.map((value, at) => value - (f[at] as number));
  const other = b.map((value, at) => value - (f[at] as number));
  const active = r.map((value, at) => value - (b[at] as number));
  const { residuals, products } = fitLine(other, own);
  facts.pair.benchmarkMean = average(other);
  facts.pair.benchmarkM2 = centralMoment(other, 2);
  facts.pair.covariance = products / r.length;
  facts.pair.activeMean = average(active);
  facts.pair.activeM2 = centralMoment(active, 2);
  facts.pair.benchmarkGrowth = product(b);
  facts.pair.wins = count(r, (value, at) => value > (b[at] as number));
  facts.residual.m2 = average(residuals.map((value) => value * value));
  facts.residual.benchmarkLower2 = average(
    b.map((value, at) => Math.min(value - (t[at] as number), 0) ** 2),
  );
  const relative = r.map((value, at) => (1 + value) / (1 + (b[at] as number)) - 1);
  facts.residual.relativeDrawdown = Math.max(...depthsOf(pathOf(relative)));
  fillMarket(facts.upMarket, { r, b, f, t }, (value) => value > 0);
  fillMarket(facts.downMarket, { r, b, f, t }, (value) => value < 0);
}

function fillMarket(
  out: MarketFacts,
  { r, b, f }: Pair,
  inMarket: (benchmark: number) => boolean,
): void {
  const rows = b.flatMap((value, at) => (inMarket(value) ? [at] : []));
  const pick = (values: readonly number[]) => rows.map((row) => values[row] as number);
  const own = pick(r.map((value, at) => value - (f[at] as number)));
  const other = pick(b.map((value, at) => value - (f[at] as number)));
  const { xSquares, products } = fitLine(other, own);
  out.count = rows.length;
  out.growth = product(pick(r));
  out.benchmarkGrowth = product(pick(b));
  out.same = rows.filter((row) => inMarket(r[row] as number)).length;
  out.wins = rows.filter((row) => (r[row] as number) > (b[row] as number)).length;
  out.benchmarkSquares = xSquares;
  out.crossProducts = products;
}

/** Series long and lively enough that every measure has a value. */
export const livelySeries = fc
  .tuple(fc.integer({ min: 1, max: 2 ** 31 }), fc.integer({ min: 30, max: 120 }))
  .map(([seed, length]) => {
    const random = seededRandom(seed);
    const draw = () => Array.from({ length }, () => 0.0005 + 0.01 * random.normal());
    const benchmark = draw();
    const own = draw();
    return { returns: own.map((r, at) => 0.6 * r + 0.8 * (benchmark[at] as number)), benchmark };
  });

/** Returns of a seeded generator about a small positive mean. */
export function randomReturns(length: number, seed: number, deviation = 0.01): number[] {
  const random = seededRandom(seed);
  return Array.from({ length }, () => 0.0004 + deviation * random.normal());
}

const days = (length: number) =>
  Array.from({ length: length + 1 }, (_, at) => 18_000 + Math.floor((at * 7) / 5));

/** A series with every column. */
export const RANDOM: ReturnsInput = {
  returns: randomReturns(300, 1),
  benchmark: randomReturns(300, 2),
  riskFree: randomReturns(300, 3, 0.0001),
  threshold: randomReturns(300, 4, 0.0001),
  days: days(300),
};

const NAN = Number.NaN;
const STEADY = Array.from({ length: 60 }, () => 0.001);
const WAVE = Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? 0.01 : -0.01));

/** Series that break careless arithmetic. */
export const ADVERSARIAL: Readonly<Record<string, ReturnsInput>> = {
  nothing: { returns: [] },
  'one observation': { returns: [0.01], benchmark: [0.02] },
  'two observations': { returns: [0.01, -0.02], benchmark: [0.02, 0.01] },
  'a constant series': { returns: STEADY, benchmark: STEADY, riskFree: 0.0001 },
  'a constant series of large returns': { returns: STEADY.map(() => 7), benchmark: WAVE },
  'no change at all': { returns: STEADY.map(() => 0), benchmark: WAVE, days: days(60) },
  'constant against a moving benchmark': { returns: STEADY, benchmark: WAVE },
  'a constant benchmark': { returns: WAVE, benchmark: STEADY },
  'only losses': { returns: STEADY.map(() => -0.01), benchmark: WAVE },
  'a gap': { returns: WAVE.map((r, at) => (at === 30 ? NAN : r)), benchmark: WAVE },
  'a gap at the start': { returns: WAVE.map((r, at) => (at === 0 ? NAN : r)), benchmark: WAVE },
  'a gap in the benchmark': {
    returns: WAVE,
    benchmark: WAVE.map((r, at) => (at === 30 ? NAN : r)),
  },
  'a gap in the risk-free series': {
    returns: WAVE,
    benchmark: STEADY,
    riskFree: WAVE.map((r, at) => (at === 30 ? NAN : r)),
  },
  'an infinite return': {
    returns: WAVE.map((r, at) => (at === 30 ? Number.POSITIVE_INFINITY : r)),
    benchmark: WAVE,
  },
  ties: { returns: WAVE, benchmark: WAVE },
  'twice the benchmark': {
    returns: RANDOM.returns,
    benchmark: randomReturns(300, 1).map((r) => r / 2),
  },
  'nearly the benchmark': {
    returns: RANDOM.returns,
    benchmark: randomReturns(300, 1).map((r, at) => r + 1e-6 * Math.sin(at)),
  },
  'total loss': { returns: [...WAVE, -1, 0.01, 0.02], benchmark: [...WAVE, 0, 0, 0] },
  'more than total loss': { returns: [...WAVE, -1.5, 0.01, -2], benchmark: [...WAVE, 0, 0, 0] },
  'one outlier first': { returns: [9, ...randomReturns(250, 5)], benchmark: randomReturns(251, 6) },
  'one outlier last': { returns: [...randomReturns(250, 5), 9], benchmark: randomReturns(251, 6) },
  'tiny moves about a large mean': {
    returns: randomReturns(250, 7, 1e-5).map((r) => r + 0.05),
    benchmark: randomReturns(250, 8),
  },
  'a money fund': { returns: randomReturns(250, 9, 1e-6), benchmark: randomReturns(250, 10, 1e-6) },
  'back at the peak again and again': {
    returns: Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? -0.1 : 1 / 0.9 - 1)),
  },
};

/** Every measure whose two figures differ by more than 1e-10, in words. */
export function differing(
  fast: Readonly<Record<string, Figure>>,
  plain: Readonly<Record<string, Figure>>,
): string[] {
  return Object.keys(plain).flatMap((id) => {
    const [one, other] = [fast[id] as Figure, plain[id] as Figure];
    if (one.value === null || other.value === null) {
      return one.reason === other.reason ? [] : [`${id}: ${show(one)} against ${show(other)}`];
    }
    const scale = Math.max(1, Math.abs(other.value));
    return Math.abs(one.value - other.value) <= 1e-10 * scale
      ? []
      : [`${id}: ${show(one)} against ${show(other)}`];
  });
}

function show({ value, reason }: Figure): string {
  return value === null ? reason : String(value);
}
