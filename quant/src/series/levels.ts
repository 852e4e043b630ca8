import { type Answer, absent } from '../figure.ts';
import { type Day, formatDay } from '../numeric/day.ts';
import type { Numbers } from '../numeric/moments.ts';

/** Values on days, oldest first: net asset values, an index, a total-return path. */
export interface Levels {
  /** Strictly ascending. */
  readonly days: ArrayLike<Day>;
  readonly values: Numbers;
}

/** Where the days of a series are out of order, repeated or without a value; empty if nowhere. */
export function findDisorder({ days, values }: Levels): string[] {
  const faults: string[] = [];
  if (days.length !== values.length) {
    faults.push(`${days.length} days but ${values.length} values`);
  }
  for (let at = 1; at < days.length; at++) {
    const [before, day] = [days[at - 1] as Day, days[at] as Day];
    if (day === before) faults.push(`${formatDay(day)} stands twice`);
    if (day < before) faults.push(`${formatDay(day)} follows ${formatDay(before)}`);
  }
  return faults;
}

/** RangeError with every fault of `findDisorder`. */
export function requireOrder(name: string, levels: Levels): void {
  const faults = findDisorder(levels);
  if (faults.length > 0) throw new RangeError(`${name}: ${faults.join('; ')}`);
}

/** The position of the last day that is not after `day`, or −1. */
export function lastNotAfter(days: ArrayLike<Day>, day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] as Day) <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * rᵢ = vᵢ₊₁ ÷ vᵢ − 1: one return fewer than there are values. NOT_FINITE if a value is missing,
 * TOTAL_LOSS if one is zero or below (from there no return is defined).
 */
export function simpleReturns(values: Numbers): Answer<Float64Array> {
  return mapSteps(values, (before, value) => value / before - 1);
}

/** ln(vᵢ₊₁ ÷ vᵢ); answers as `simpleReturns`. */
export function logReturns(values: Numbers): Answer<Float64Array> {
  return mapSteps(values, (before, value) => Math.log(value / before));
}

function mapSteps(
  values: Numbers,
  step: (before: number, value: number) => number,
): Answer<Float64Array> {
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (!Number.isFinite(value)) return absent('NOT_FINITE');
    if (value <= 0) return absent('TOTAL_LOSS');
  }
  const returns = new Float64Array(Math.max(0, values.length - 1));
  for (let at = 0; at < returns.length; at++) {
    returns[at] = step(values[at] as number, values[at + 1] as number);
  }
  return { value: returns };
}

/** The value path of simple returns: `first`, then first · Π(1 + r); one more than the returns. */
export function chainReturns(returns: Numbers, first = 1): Float64Array {
  const values = new Float64Array(returns.length + 1);
  values[0] = first;
  for (let at = 0; at < returns.length; at++) {
    values[at + 1] = (values[at] as number) * (1 + (returns[at] as number));
  }
  return values;
}
