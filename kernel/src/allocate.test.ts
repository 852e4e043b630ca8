import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionError } from './errors.ts';
import { abs, allocate, sum } from './fixed.ts';

const weights = fc
  .array(fc.oneof(fc.bigInt({ min: 0n, max: 5n }), fc.bigInt({ min: 0n, max: 10n ** 18n })), {
    minLength: 1,
    maxLength: 20,
  })
  .filter((list) => list.some((w) => w > 0n));
const total = fc.oneof(
  fc.bigInt({ min: -30n, max: 30n }),
  fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
);

describe('allocate', () => {
  it('gives the units left over to the largest remainders, ties to the earlier', () => {
    const rows: readonly [bigint, bigint[], bigint[]][] = [
      [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
      [101n, [1n, 1n, 1n], [34n, 34n, 33n]],
      [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
      [10n, [1n, 2n], [3n, 7n]],
      [5n, [0n, 1n, 0n], [0n, 5n, 0n]],
      [1n, [0n, 1n, 1n], [0n, 1n, 0n]],
      [0n, [3n, 4n], [0n, 0n]],
      // A large redemption: 10,000,000.00 units accepted of 9, 6 and 3 million.
      [1_000_000_000n, [9n, 6n, 3n], [500_000_000n, 333_333_333n, 166_666_667n]],
    ];
    for (const [whole, list, parts] of rows) expect(allocate(whole, list)).toEqual(parts);
  });

  it('sums to the whole, each part within one of its exact share and on its side of zero', () => {
    fc.assert(
      fc.property(total, weights, (whole, list) => {
        const parts = allocate(whole, list);
        const all = sum<bigint>(list);
        expect(sum<bigint>(parts)).toBe(whole);
        for (const [i, part] of parts.entries()) {
          const weight = list[i] ?? 0n;
          expect(abs<bigint>(part * all - whole * weight) < all).toBe(true);
          expect(part === 0n || part < 0n === whole < 0n).toBe(true);
          expect(weight > 0n || part === 0n).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives a larger weight no less, and an earlier equal weight no less', () => {
    fc.assert(
      fc.property(
        total.map((t) => (t < 0n ? -t : t)),
        weights,
        (whole, list) => {
          const parts = allocate(whole, list);
          for (let i = 0; i < list.length; i += 1) {
            for (let j = i + 1; j < list.length; j += 1) {
              const [wi, wj, pi, pj] = [
                list[i] ?? 0n,
                list[j] ?? 0n,
                parts[i] ?? 0n,
                parts[j] ?? 0n,
              ];
              expect(wi >= wj ? pi >= pj : pi <= pj).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('moves each part with its weight, but for one unit between equal remainders', () => {
    const permuted = fc.tuple(total, weights).chain(([whole, list]) => {
      const all = { minLength: list.length, maxLength: list.length };
      const order = fc.shuffledSubarray([...list.keys()], all);
      return fc.tuple(fc.constant(whole), fc.constant(list), order);
    });
    fc.assert(
      fc.property(permuted, ([whole, list, order]) => {
        const before = allocate(whole, list);
        const moved = allocate(
          whole,
          order.map((i) => list[i] ?? 0n),
        );
        const all = sum<bigint>(list);
        const remainders = list.map((w) => (abs<bigint>(whole) * w) % all);
        const tolerance = new Set(remainders).size === list.length ? 0n : 1n;
        for (const [place, i] of order.entries()) {
          const difference = abs<bigint>((moved[place] ?? 0n) - (before[i] ?? 0n));
          expect(difference <= tolerance).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses weights below zero, all zero, or none', () => {
    for (const bad of [[], [0n], [0n, 0n], [1n, -1n], [2n, -1n]]) {
      expect(() => allocate(10n, bad)).toThrow(AssertionError);
    }
  });
});
