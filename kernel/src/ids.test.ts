import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AssertionError } from './errors.ts';
import {
  BUCKETS,
  bucketedId,
  bucketFromId,
  bucketOf,
  customerIdFor,
  deterministicId,
  findBucketInId,
} from './ids.ts';

const parts = fc.array(fc.string(), { maxLength: 4 });
const bucket = fc.integer({ min: 0, max: BUCKETS - 1 });

/** Base 32 of the whole digest as one number, written another way than the code under test. */
function idByModel(kind: string, texts: readonly string[], length: number): string {
  const text = [kind, ...texts].map((t) => `${t.length}:${t}`).join('');
  const hex = createHash('sha256').update(text).digest('hex');
  const digits = (BigInt(`0x${hex}`) >> 1n).toString(32).padStart(51, '0');
  const standard = '0123456789abcdefghijklmnopqrstuv';
  const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  return Array.from(digits.slice(0, length), (c) => crockford[standard.indexOf(c)]).join('');
}

describe('deterministicId', () => {
  it('is a function of what it names', () => {
    fc.assert(
      fc.property(fc.string(), parts, fc.integer({ min: 1, max: 51 }), (kind, texts, length) => {
        const id = deterministicId(kind, texts, length);
        expect(id).toBe(deterministicId(kind, [...texts], length));
        expect(id).toBe(idByModel(kind, texts, length));
        expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]+$/);
        expect(id).toHaveLength(length);
        expect(deterministicId(kind, texts, 51).startsWith(id)).toBe(true);
      }),
    );
    expect(deterministicId('order', ['C1', 'my-1'], 24)).toMatchInlineSnapshot(
      `"DF2G6GE6PE0SS72TWJFTT537"`,
    );
  });

  it('tells apart every way of cutting the same letters', () => {
    const cuts: readonly [string, string[]][] = [
      ['a', ['bc']],
      ['ab', ['c']],
      ['abc', []],
      ['a', ['b', 'c']],
      ['a', ['bc', '']],
      ['a', ['', 'bc']],
      ['', ['a', 'bc']],
      ['a', ['1:b', 'c']],
      ['1:a', ['bc']],
    ];
    const ids = new Set(cuts.map(([kind, texts]) => deterministicId(kind, texts, 51)));
    expect(ids.size).toBe(cuts.length);
    fc.assert(
      fc.property(fc.string(), parts, fc.string(), parts, (k1, p1, k2, p2) => {
        const same = k1 === k2 && JSON.stringify(p1) === JSON.stringify(p2);
        expect(deterministicId(k1, p1, 51) === deterministicId(k2, p2, 51)).toBe(same);
      }),
    );
  });

  it('refuses a length it cannot give', () => {
    for (const bad of [0, -1, 52, 1.5]) {
      expect(() => deterministicId('a', [], bad)).toThrow(AssertionError);
    }
  });
});

describe('buckets', () => {
  it('are the first byte of the hash, spread evenly over 256', () => {
    const counts = Array.from({ length: BUCKETS }, () => 0);
    for (let i = 0; i < 51_200; i += 1) {
      const b = bucketOf(customerIdFor(`digest-${i}`));
      counts[b] = (counts[b] ?? 0) + 1;
    }
    // 200 expected in each; five standard deviations are about 71.
    expect(Math.min(...counts)).toBeGreaterThan(129);
    expect(Math.max(...counts)).toBeLessThan(271);
    expect(bucketOf('C0000000000000001')).toBe(
      Number.parseInt(
        createHash('sha256').update('C0000000000000001').digest('hex').slice(0, 2),
        16,
      ),
    );
  });

  it('travel in an id and come back', () => {
    fc.assert(
      fc.property(
        bucket,
        fc.string(),
        parts,
        fc.integer({ min: 3, max: 53 }),
        (b, kind, texts, n) => {
          const id = bucketedId(b, kind, texts, n);
          expect([id.length, bucketFromId(id)]).toEqual([n, b]);
          expect(id.slice(2)).toBe(deterministicId(kind, texts, n - 2));
        },
      ),
    );
  });

  it.each(['', 'A', 'AB', 'ag1', 'ab1', 'G01', ' 0A1', '-11', '0x1', '１２3', 'A B'])(
    '%j carries no bucket',
    (id) => {
      expect(findBucketInId(id)).toBeUndefined();
      expect(() => bucketFromId(id)).toThrow(AssertionError);
    },
  );

  it('refuse numbers that are no bucket', () => {
    for (const bad of [-1, 256, 1.5, Number.NaN]) {
      expect(() => bucketedId(bad, 'a', [], 10)).toThrow(AssertionError);
    }
    expect(() => bucketedId(1, 'a', [], 2)).toThrow(AssertionError);
  });
});

describe('customerIdFor', () => {
  it('is C and 15 characters, the same for one identity', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(customerIdFor(a)).toMatch(/^C[0-9A-HJKMNP-TV-Z]{15}$/);
        expect(customerIdFor(a) === customerIdFor(b)).toBe(a === b);
      }),
    );
  });
});
