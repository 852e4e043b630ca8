import { type Answer, absent } from '../figure.ts';
import type { Day } from '../numeric/day.ts';
import type { Numbers } from '../numeric/moments.ts';
import { CARRY_DAYS_MAX, carryForward } from './calendar.ts';
import { type Levels, requireOrder, simpleReturns } from './levels.ts';

/** Fund and benchmark over the same periods. */
export interface AlignedReturns {
  /** The days of the fund's values that both know: one more than there are returns. */
  readonly days: Int32Array;
  readonly returns: Float64Array;
  readonly benchmark: Float64Array;
  /** Days of the fund left out because the benchmark has no value near them. */
  readonly dropped: Int32Array;
}

/**
 * Returns of the fund between its own days, and of the benchmark between the same days: the
 * benchmark is read at its last value on or before each day, at most `daysMax` days old. A week
 * without a net asset value is thus one period for both, never a week of zero returns.
 *
 * NOT_FINITE or TOTAL_LOSS as `simpleReturns`, TOO_FEW_OBSERVATIONS if they share fewer than two
 * days. RangeError for days out of order.
 */
export function alignToBenchmark(
  fund: Levels,
  benchmark: Levels,
  { daysMax = CARRY_DAYS_MAX }: { readonly daysMax?: number } = {},
): Answer<AlignedReturns> {
  requireOrder('fund', fund);
  const carried = carryForward(benchmark, fund.days, { daysMax });
  const kept: number[] = [];
  const dropped: Day[] = [];
  for (let at = 0; at < carried.length; at++) {
    if (Number.isNaN(carried[at])) dropped.push(fund.days[at] as Day);
    else kept.push(at);
  }
  if (kept.length < 2) return absent('TOO_FEW_OBSERVATIONS');
  const own = simpleReturns(kept.map((at) => fund.values[at] as number));
  if (own.value === null) return own;
  const other = simpleReturns(kept.map((at) => carried[at] as number));
  if (other.value === null) return other;
  return {
    value: {
      days: Int32Array.from(kept, (at) => fund.days[at] as Day),
      returns: own.value,
      benchmark: other.value,
      dropped: Int32Array.from(dropped),
    },
  };
}

/** A yearly risk-free rate from each day on (0.02 is 2 %), until the next. */
export interface RateSeries {
  readonly days: ArrayLike<Day>;
  readonly annualRates: Numbers;
}

/**
 * The risk-free return of each period between two days: (1 + rate)^(days ÷ 365) − 1, with the rate
 * that held at the start of the period. NaN where none was known yet. RangeError for days out of
 * order.
 */
export function riskFreeReturns(rates: RateSeries, days: ArrayLike<Day>): Float64Array {
  requireOrder('rates', { days: rates.days, values: rates.annualRates });
  const held = carryForward({ days: rates.days, values: rates.annualRates }, days, {
    daysMax: Number.POSITIVE_INFINITY,
  });
  const returns = new Float64Array(Math.max(0, days.length - 1));
  for (let at = 0; at < returns.length; at++) {
    const years = ((days[at + 1] as Day) - (days[at] as Day)) / 365;
    returns[at] = (1 + (held[at] as number)) ** years - 1;
  }
  return returns;
}

/** The rate a period that compounds to a yearly rate: (1 + rate)^(1 ÷ periods) − 1. */
export function periodicRate(annualRate: number, periodsPerYear: number): number {
  return (1 + annualRate) ** (1 / periodsPerYear) - 1;
}
