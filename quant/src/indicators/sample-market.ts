import { type RandomStream, seededRandom } from '../numeric/random.ts';
import { createPanel, type Panel } from './panel.ts';

/** A made-up market. */
export interface SampleMarket {
  readonly panel: Panel;
  /** The type of each fund. */
  readonly types: Int32Array;
}

/** How large a made-up market is. */
export interface SampleSize {
  readonly funds: number;
  /** Returns of a fund that lives all the time: one fewer than there are days. */
  readonly days: number;
  readonly types: number;
  /** Funds begin on a random day with at least this many returns; all on the first day if absent. */
  readonly shortestLife?: number;
}

/** Working days, five a week, from Monday 2011-01-31 on. */
export function weekdays(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, at) => 15_005 + Math.floor(at / 5) * 7 + (at % 5));
}

function pathOf(returns: ArrayLike<number>, first: number): Float64Array {
  const values = new Float64Array(returns.length + 1);
  values[0] = first;
  for (let at = 0; at < returns.length; at++) {
    values[at + 1] = (values[at] as number) * (1 + (returns[at] as number));
  }
  return values;
}

/**
 * A made-up market to try things on: funds that follow one benchmark more or less, and a risk-free
 * rate of 2 %. The same size and seed give the same funds.
 */
export function sampleMarket(size: SampleSize, seed = 1): SampleMarket {
  const random = seededRandom(seed);
  const days = weekdays(size.days + 1);
  const market = Float64Array.from({ length: size.days }, () => 0.0003 + 0.012 * random.normal());
  const panel = createPanel(days, size.funds, {
    benchmarks: [{ days, values: pathOf(market, 1000) }],
    riskFree: 0.02,
  });
  const types = Int32Array.from({ length: size.funds }, () => random.integer(size.types));
  for (let fund = 0; fund < size.funds; fund++) fillFund(panel, fund, { market, random, size });
  return { panel, types };
}

function fillFund(
  { values, days }: Panel,
  fund: number,
  { market, random, size }: { market: Float64Array; random: RandomStream; size: SampleSize },
): void {
  const { shortestLife } = size;
  const start = shortestLife === undefined ? 0 : random.integer(size.days - shortestLife + 1);
  const beta = 0.6 + 0.6 * random.uniform();
  let value = 1;
  for (let at = start; at < days.length; at++) {
    values[fund * days.length + at] = value;
    const own = 0.0001 + 0.006 * random.normal();
    value *= 1 + beta * (market[at] ?? 0) + own;
  }
}
