/**
 * Seeded randomness for demonstrations, simulations and tests; never for secrets. The generator is
 * sfc32 (Chris Doty-Humphrey's "small fast counter", 128 bits of state, period at least 2^32), its
 * state filled from the seed text by four differently keyed multiply-xor hashes, first outputs
 * dropped. The same seed gives the same numbers on every machine and in every browser.
 */
import { assert } from './errors.ts';

/** A reproducible source of choices. */
export interface Random {
  /** The next whole number from 0 to 2^32 − 1. */
  nextUint32(): number;
  /** A whole number from lo to hi, both included, every one equally likely. */
  int(lo: number, hiInclusive: number): number;
  /** A bigint from lo to hi, both included, every one equally likely. */
  bigint(lo: bigint, hiInclusive: bigint): bigint;
  /** One element of a list that is not empty. */
  pick<T>(xs: readonly T[]): T;
  /** True with probability p, from 0 (never) to 1 (always). */
  chance(p: number): boolean;
  /** A shuffled copy. */
  shuffle<T>(xs: readonly T[]): T[];
  /**
   * An independent source named by this one's seed and the label alone, whatever was drawn before,
   * so that more draws in one part of a world do not disturb the others.
   */
  fork(label: string): Random;
}

const TWO_32 = 2 ** 32;

function hash32(text: string, key: number): number {
  let h = key;
  for (let i = 0; i < text.length; i += 1) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x9e3779b1);
    h ^= h >>> 15;
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function sfc32(seed: string): () => number {
  let a = hash32(seed, 0x243f6a88);
  let b = hash32(seed, 0x85a308d3);
  let c = hash32(seed, 0x13198a2e);
  let counter = hash32(seed, 0x03707344);
  const next = (): number => {
    const out = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return out >>> 0;
  };
  for (let i = 0; i < 16; i += 1) next();
  return next;
}

/** Below `range`, from 1 to 2^53: draws that would favour the low numbers are thrown away. */
function below(next: () => number, range: number): number {
  if (range <= TWO_32) {
    const limit = TWO_32 - (TWO_32 % range);
    let draw = next();
    while (draw >= limit) draw = next();
    return draw % range;
  }
  const limit = 2 ** 53 - (2 ** 53 % range);
  let draw = next53(next);
  while (draw >= limit) draw = next53(next);
  return draw % range;
}

function next53(next: () => number): number {
  return (next() >>> 11) * TWO_32 + next();
}

function bigBelow(next: () => number, range: bigint): bigint {
  const bits = (range - 1n).toString(2).length;
  const words = Math.ceil(bits / 32);
  const spare = BigInt(words * 32 - bits);
  for (;;) {
    let draw = 0n;
    for (let i = 0; i < words; i += 1) draw = (draw << 32n) | BigInt(next());
    draw >>= spare;
    if (draw < range) return draw;
  }
}

function at<T>(xs: readonly T[], index: number): T {
  assert(index in xs, `no element ${index} in a list of ${xs.length}`);
  // The element may itself be undefined, so only its place was asked for.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the place was asked for above
  return xs[index] as T;
}

/** A source from a seed; 7, 7n and '7' are the same seed. */
export function seededRandom(seed: string | number | bigint): Random {
  const name = seed.toString();
  const next = sfc32(name);
  const int = (lo: number, hi: number): number => {
    assert(Number.isSafeInteger(lo) && Number.isSafeInteger(hi) && lo <= hi, `no int ${lo}..${hi}`);
    const range = hi - lo + 1;
    assert(range <= 2 ** 53, `the range ${lo}..${hi} is too wide`);
    return lo + below(next, range);
  };
  return {
    nextUint32: next,
    int,
    bigint(lo, hi) {
      assert(lo <= hi, `no bigint ${lo}..${hi}`);
      return lo + bigBelow(next, hi - lo + 1n);
    },
    pick<T>(xs: readonly T[]): T {
      assert(xs.length > 0, 'nothing to pick from');
      return at(xs, int(0, xs.length - 1));
    },
    chance(p) {
      assert(p >= 0 && p <= 1, `no probability ${p}`);
      return next53(next) / 2 ** 53 < p;
    },
    shuffle<T>(xs: readonly T[]): T[] {
      const out = [...xs];
      for (let i = out.length - 1; i > 0; i -= 1) {
        const j = int(0, i);
        [out[i], out[j]] = [at(out, j), at(out, i)];
      }
      return out;
    },
    fork: (label) => seededRandom(`${name.length}:${name}/${label}`),
  };
}
