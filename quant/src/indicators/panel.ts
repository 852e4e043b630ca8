import type { Day } from '../numeric/day.ts';
import { carryForward } from '../series/calendar.ts';
import { type Levels, requireOrder } from '../series/levels.ts';
import { type RateSeries, riskFreeReturns } from '../series/align.ts';

/**
 * Many funds in columns that threads share: one row of adjusted net asset values for each fund on
 * one calendar, NaN where a fund has no value. Everything lies in `SharedArrayBuffer`s, so a panel
 * is handed to a worker without a copy.
 */
export interface Panel {
  /** The days of the calendar, ascending. */
  readonly days: Int32Array;
  readonly fundCount: number;
  /** Fund by fund, days.length values each. */
  readonly values: Float64Array;
  /** Benchmark by benchmark, days.length levels each, carried over gaps. */
  readonly benchmarks: Float64Array;
  /** Their returns: element i of a row is the return from day i − 1 to day i. */
  readonly benchmarkReturns: Float64Array;
  /** The benchmark of each fund, −1 for none. */
  readonly benchmarkOf: Int32Array;
  /** What one unit of the risk-free asset grows to; undefined where it earns nothing. */
  readonly riskFree: Float64Array | undefined;
  readonly riskFreeReturns: Float64Array | undefined;
}

/** What a panel holds besides the values of its funds. */
export interface PanelOptions {
  readonly benchmarks?: readonly Levels[];
  /** The benchmark of each fund by its place in `benchmarks`, −1 for none; 0 when not given. */
  readonly benchmarkOf?: ArrayLike<number>;
  /** A yearly rate, or a series of them; 0 when not given. */
  readonly riskFree?: RateSeries | number;
}

function shared(length: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

function sharedInts(values: ArrayLike<number>): Int32Array<SharedArrayBuffer> {
  const out = new Int32Array(new SharedArrayBuffer(values.length * Int32Array.BYTES_PER_ELEMENT));
  out.set(values);
  return out;
}

/**
 * A panel of `fundCount` funds on a calendar, without values yet: fill `values`, row by row, with
 * adjusted net asset values and leave NaN where there is none. RangeError if the calendar or a
 * benchmark is out of order, or a fund names a benchmark that is not there.
 */
export function createPanel(
  calendar: ArrayLike<Day>,
  fundCount: number,
  options: PanelOptions = {},
): Panel {
  const { benchmarks = [], riskFree = 0 } = options;
  requireOrder('calendar', { days: calendar, values: calendar });
  const days = sharedInts(calendar);
  const width = days.length;
  const levels = shared(benchmarks.length * width);
  benchmarks.forEach((benchmark, at) => levels.set(carryForward(benchmark, days), at * width));
  const free = riskFreeLevels(riskFree, days);
  return {
    days,
    fundCount,
    values: shared(fundCount * width).fill(Number.NaN),
    benchmarks: levels,
    benchmarkReturns: returnsOfRows(levels, width),
    benchmarkOf: sharedInts(checkBenchmarks(options, fundCount, benchmarks.length)),
    riskFree: free,
    riskFreeReturns: free === undefined ? undefined : returnsOfRows(free, width),
  };
}

function checkBenchmarks(
  { benchmarkOf }: PanelOptions,
  fundCount: number,
  benchmarkCount: number,
): number[] {
  const chosen = Array.from(
    { length: fundCount },
    (_, fund) => benchmarkOf?.[fund] ?? (benchmarkCount > 0 ? 0 : -1),
  );
  const faults = chosen.flatMap((at, fund) =>
    Number.isInteger(at) && at >= -1 && at < benchmarkCount ? [] : [`fund ${fund}: ${at}`],
  );
  if (faults.length > 0) throw new RangeError(`no such benchmark: ${faults.join(', ')}`);
  return chosen;
}

function riskFreeLevels(
  riskFree: RateSeries | number,
  days: Int32Array,
): Float64Array<SharedArrayBuffer> | undefined {
  if (riskFree === 0) return undefined;
  const rates =
    typeof riskFree === 'number'
      ? { days: days.subarray(0, 1), annualRates: [riskFree] }
      : riskFree;
  const returns = riskFreeReturns(rates, days);
  const levels = shared(days.length);
  // Days before the first rate stay unknown, and the path begins at 1 where the first is known.
  levels[0] = Number.isNaN(returns[0]) ? Number.NaN : 1;
  for (let at = 1; at < levels.length; at++) {
    const before = levels[at - 1] as number;
    const next = before * (1 + (returns[at - 1] as number));
    levels[at] = Number.isNaN(before) && !Number.isNaN(returns[at]) ? 1 : next;
  }
  return levels;
}

function returnsOfRows(levels: Float64Array, width: number): Float64Array<SharedArrayBuffer> {
  const returns = shared(levels.length);
  for (let at = 0; at < levels.length; at++) {
    returns[at] =
      at % width === 0 ? Number.NaN : (levels[at] as number) / (levels[at - 1] as number) - 1;
  }
  return returns;
}

/**
 * A panel of funds that have calendars of their own: its calendar is every day on which any of
 * them has a value. RangeError for days out of order.
 */
export function panelOf(funds: readonly Levels[], options: PanelOptions = {}): Panel {
  funds.forEach((fund, at) => requireOrder(`fund ${at}`, fund));
  const all = new Set(funds.flatMap((fund) => Array.from(fund.days)));
  const calendar = Int32Array.from(all).sort();
  const places = new Map(Array.from(calendar, (day, at) => [day, at]));
  const panel = createPanel(calendar, funds.length, options);
  funds.forEach((fund, row) => {
    for (let at = 0; at < fund.days.length; at++) {
      const place = places.get(fund.days[at] as Day) as number;
      panel.values[row * calendar.length + place] = fund.values[at] as number;
    }
  });
  return panel;
}

/** The last day of a panel. RangeError for an empty one. */
export function lastDayOf({ days }: Panel): Day {
  const last = days.at(-1);
  if (last === undefined) throw new RangeError('the panel has no days');
  return last;
}
