import type { Numbers } from './moments.ts';

/** A sorted copy, ascending. */
export function sorted(values: Numbers): Float64Array {
  return Float64Array.from(values).sort();
}

/**
 * The p-quantile of an ascending array, p in [0, 1]: linear between the two neighbours of
 * (n − 1) p, as numpy and R (type 7) do by default (Hyndman and Fan 1996, definition 7).
 * NaN of nothing.
 */
export function quantileOfSorted(ascending: Numbers, p: number): number {
  const last = ascending.length - 1;
  if (last < 0 || !(p >= 0 && p <= 1)) return Number.NaN;
  const place = last * p;
  const below = Math.floor(place);
  const low = ascending[below] as number;
  const high = ascending[Math.min(below + 1, last)] as number;
  return low + (place - below) * (high - low);
}

/** The p-quantile of an array in any order. */
export function quantile(values: Numbers, p: number): number {
  return quantileOfSorted(sorted(values), p);
}

/** The middle value; the mean of the two middle ones of an even number. */
export function median(values: Numbers): number {
  return quantile(values, 0.5);
}
