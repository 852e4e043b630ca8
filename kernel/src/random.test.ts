import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionError } from './errors.ts';
import { type Random, seededRandom } from './random.ts';

const take = (random: Random, n: number) => Array.from({ length: n }, () => random.nextUint32());

/** Pearson's chi-square of equally likely counts. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length;
  return counts.reduce((total, n) => total + (n - expected) ** 2 / expected, 0);
}

describe('seededRandom', () => {
  it('gives the same numbers for the same seed, on every machine', () => {
    expect(take(seededRandom('cairn'), 4)).toEqual(take(seededRandom('cairn'), 4));
    expect(take(seededRandom(7), 8)).toEqual(take(seededRandom(7n), 8));
    expect(take(seededRandom(7), 8)).toEqual(take(seededRandom('7'), 8));
    expect(take(seededRandom('cairn'), 4)).toMatchInlineSnapshot(`
      [
        3892403233,
        1234353097,
        3328906468,
        214663025,
      ]
    `);
  });

  it('gives other numbers for another seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        fc.pre(a !== b);
        expect(take(seededRandom(a), 4)).not.toEqual(take(seededRandom(b), 4));
      }),
    );
    const firsts = new Set(Array.from({ length: 5000 }, (_, i) => take(seededRandom(i), 2).join()));
    expect(firsts.size).toBe(5000);
  });

  it('forks by label alone, whatever was drawn before', () => {
    const fresh = take(seededRandom('s').fork('orders'), 5);
    const used = seededRandom('s');
    take(used, 100);
    expect(take(used.fork('orders'), 5)).toEqual(fresh);
    expect(take(used.fork('prices'), 5)).not.toEqual(fresh);
    expect(take(seededRandom('s').fork('a').fork('b'), 5)).not.toEqual(
      take(seededRandom('s').fork('a/b'), 5),
    );
    const parent = seededRandom('s');
    parent.fork('x').nextUint32();
    expect(take(parent, 5)).toEqual(take(seededRandom('s'), 5));
  });
});

describe('choices', () => {
  it('stay within their bounds', () => {
    const anyInt = fc.maxSafeInteger();
    fc.assert(
      fc.property(fc.string(), anyInt, anyInt, (seed, a, b) => {
        const [lo, hi] = a < b ? [a, b] : [b, a];
        const random = seededRandom(seed);
        // Halved, because a range wider than 2^53 is refused.
        const [from, to] = [Math.floor(lo / 2), Math.floor(hi / 2)];
        const n = random.int(from, to);
        expect(Number.isSafeInteger(n) && n >= from && n <= to).toBe(true);
        const big = random.bigint(BigInt(lo) * 1000n, BigInt(hi) * 1000n);
        expect(big >= BigInt(lo) * 1000n && big <= BigInt(hi) * 1000n).toBe(true);
      }),
    );
    expect([seededRandom(1).int(3, 3), seededRandom(1).bigint(3n, 3n)]).toEqual([3, 3n]);
  });

  it('are about uniform', () => {
    const random = seededRandom('uniform');
    const tally = (bins: number, draws: number, draw: () => number) => {
      const counts = Array.from({ length: bins }, () => 0);
      for (let i = 0; i < draws; i += 1) {
        const bin = draw();
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
      return chiSquare(counts);
    };
    // 99.99 % of uniform samples stay below these (9, 99 and 255 degrees of freedom).
    expect(tally(10, 50_000, () => random.int(0, 9))).toBeLessThan(33.7);
    expect(tally(100, 50_000, () => Number(random.bigint(0n, 99n)))).toBeLessThan(160);
    expect(tally(256, 50_000, () => random.nextUint32() >>> 24)).toBeLessThan(350);
    expect(tally(256, 50_000, () => random.nextUint32() & 255)).toBeLessThan(350);
    expect(
      tally(10, 50_000, () => Math.floor(random.int(0, 10 ** 15 - 1) / 10 ** 14)),
    ).toBeLessThan(33.7);
  });

  it('favour no part of a range that does not divide the raw draw', () => {
    const random = seededRandom('wide');
    // Without throwing draws away, the first third of these ranges would come twice as often.
    for (const third of [2 ** 30, 2 ** 51]) {
      const counts = [0, 0, 0];
      for (let i = 0; i < 30_000; i += 1) {
        const bin = Math.floor(random.int(0, 3 * third - 1) / third);
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
      expect(counts).toHaveLength(3);
      expect(chiSquare(counts)).toBeLessThan(18.4);
    }
  });

  it('chance is never at 0, always at 1, and near p between', () => {
    const random = seededRandom('chance');
    const hits = (p: number) =>
      Array.from({ length: 20_000 }, () => random.chance(p)).filter(Boolean).length;
    expect([hits(0), hits(1)]).toEqual([0, 20_000]);
    expect(Math.abs(hits(0.3) - 6000)).toBeLessThan(350);
  });

  it('shuffle keeps every element and reaches every order', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer()), (seed, xs) => {
        const before = [...xs];
        const shuffled = seededRandom(seed).shuffle(xs);
        expect(xs).toEqual(before);
        expect([...shuffled].sort((a, b) => a - b)).toEqual([...xs].sort((a, b) => a - b));
      }),
    );
    const random = seededRandom('orders');
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i += 1) {
      const order = random.shuffle(['a', 'b', 'c', 'd']).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()])).toBeLessThan(58);
  });

  it('pick reaches every element, one of undefined included', () => {
    const random = seededRandom('pick');
    const picked = new Set(Array.from({ length: 200 }, () => random.pick(['a', undefined, 'c'])));
    expect(picked).toEqual(new Set(['a', undefined, 'c']));
  });

  it('refuse what cannot be drawn', () => {
    const random = seededRandom(1);
    const impossible = [
      () => random.int(2, 1),
      () => random.int(0.5, 2),
      () => random.int(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      () => random.bigint(2n, 1n),
      () => random.pick([]),
      () => random.chance(1.1),
      () => random.chance(Number.NaN),
    ];
    for (const draw of impossible) expect(draw).toThrow(AssertionError);
  });
});
