/** How a whole is spread: slices whose percents add up to exactly one hundred. */
import { allocate, type Amount, formatFixed } from '@cairn/kernel';

/** One part of a whole, with its share. */
export interface Slice<K extends string = string> {
  readonly key: K;
  readonly value: Amount;
  /** Percent with two decimals; the slices of one whole add up to 100.00. */
  readonly weight: string;
}

const HUNDRED_PERCENT = 10_000n;

/** Sums values by key and gives each its percent, the largest first; parts of zero are left out. */
export function computeSlices<K extends string>(
  parts: readonly { readonly key: K; readonly value: Amount }[],
): Slice<K>[] {
  const sums = new Map<K, bigint>();
  for (const { key, value } of parts) sums.set(key, (sums.get(key) ?? 0n) + value);
  const kept = [...sums].filter(([, value]) => value > 0n);
  kept.sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x > y ? -1 : 1));
  if (kept.length === 0) return [];
  const shares = allocate(
    HUNDRED_PERCENT,
    kept.map(([, value]) => value),
  );
  return kept.map(([key, value], index) => ({
    key,
    value: value as Amount,
    weight: formatFixed(shares[index] ?? 0n, 2),
  }));
}
