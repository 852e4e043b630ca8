/**
 * The one door for numbers. A quantity is a bigint at a stated scale: no float, no decimal library.
 * Adding and comparing are exact; the only ways to divide are `mulDiv` and `rescale`, which name
 * their rounding, and `allocate`, whose parts sum to the whole.
 */
/* oxlint-disable typescript/no-unsafe-type-assertion -- brands are given here and only here */
import type { Branded } from './brand.ts';
import { type CurrencyCode, currencies } from './currency.ts';
import { assert } from './errors.ts';

/**
 * How a quotient becomes a whole number. `halfUp`: ties away from zero. `halfEven`: ties to the
 * even neighbour. `down`: toward zero. `up`: away from zero. `floor`, `ceil`: toward −∞, +∞.
 */
export type Rounding = 'halfUp' | 'halfEven' | 'down' | 'up' | 'floor' | 'ceil';

/** Money in minor units of its currency (CNY: fen, scale 2). */
export type Amount = Branded<bigint, 'Amount'>;
/** Fund units, scale 2. */
export type Units = Branded<bigint, 'Units'>;
/** Net asset value or price per unit, scale 8. */
export type Price = Branded<bigint, 'Price'>;
/** A rate as a fraction of one, scale 8: 1.5 % is 1_500_000n. */
export type Rate = Branded<bigint, 'Rate'>;

/** Decimals of fund units. */
export const UNITS_SCALE = 2;
/** Decimals of prices and net asset values. */
export const PRICE_SCALE = 8;
/** Decimals of rates. */
export const RATE_SCALE = 8;

const powers: bigint[] = [1n];

/** 10 to the n, n a whole number from 0 to 100; computed once. */
export function pow10(n: number): bigint {
  const known = powers[n];
  if (known !== undefined) return known;
  assert(Number.isInteger(n) && n >= 0 && n <= 100, `pow10 takes 0 to 100, not ${n}`);
  for (let i = powers.length; i <= n; i += 1) powers.push(10n ** BigInt(i));
  return 10n ** BigInt(n);
}

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/**
 * Whether a quantity fits signed 64 bits, the width of every quantity that is stored. Ask before
 * `amount`, `units`, `price`, `rate` when the number comes from multiplying or adding input.
 */
export function fitsInt64(n: bigint): boolean {
  return n >= INT64_MIN && n <= INT64_MAX;
}

function checked(n: bigint, what: string): bigint {
  assert(fitsInt64(n), `${what} ${n} does not fit 64 bits`);
  return n;
}

/** Brands minor units as money. AssertionError outside signed 64 bits. */
export const amount = (n: bigint): Amount => checked(n, 'amount') as Amount;
/** Brands hundredths of a fund unit. AssertionError outside signed 64 bits. */
export const units = (n: bigint): Units => checked(n, 'units') as Units;
/** Brands a price of scale 8. AssertionError outside signed 64 bits. */
export const price = (n: bigint): Price => checked(n, 'price') as Price;
/** Brands a rate of scale 8. AssertionError outside signed 64 bits. */
export const rate = (n: bigint): Rate => checked(n, 'rate') as Rate;

/** a + b of one kind, exact and unbounded: `fitsInt64` is asked where a quantity is stored. */
export function add<T extends bigint>(a: T, b: T): T {
  return (a + b) as T;
}

/** a − b of one kind, exact. */
export function subtract<T extends bigint>(a: T, b: T): T {
  const from: bigint = a;
  return (from - b) as T;
}

/** −a. */
export function negate<T extends bigint>(a: T): T {
  const value: bigint = a;
  return -value as T;
}

/** The size of a without its sign. */
export function abs<T extends bigint>(a: T): T {
  return a < 0n ? negate(a) : a;
}

/** The sum of quantities of one kind; zero for none. */
export function sum<T extends bigint>(xs: Iterable<T>): T {
  let total = 0n;
  for (const x of xs) total += x;
  return total as T;
}

/** The smallest of one or more quantities. */
export function min<T extends bigint>(first: T, ...rest: readonly T[]): T {
  let best = first;
  for (const x of rest) if (x < best) best = x;
  return best;
}

/** The largest of one or more quantities. */
export function max<T extends bigint>(first: T, ...rest: readonly T[]): T {
  let best = first;
  for (const x of rest) if (x > best) best = x;
  return best;
}

/** −1, 0 or 1, for sorting. */
export function compare<T extends bigint>(a: T, b: T): -1 | 0 | 1 {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/** a × b ÷ c, exact until the one named rounding. AssertionError when c is zero. */
export function mulDiv(a: bigint, b: bigint, c: bigint, rounding: Rounding): bigint {
  assert(c !== 0n, 'mulDiv divides by zero');
  const product = a * b;
  const quotient = product / c;
  const remainder = product % c;
  if (remainder === 0n) return quotient;
  const away = product < 0n === c < 0n ? 1n : -1n;
  return roundsAway(quotient, remainder, c, away, rounding) ? quotient + away : quotient;
}

function roundsAway(
  quotient: bigint,
  remainder: bigint,
  divisor: bigint,
  away: 1n | -1n,
  rounding: Rounding,
): boolean {
  switch (rounding) {
    case 'down':
      return false;
    case 'up':
      return true;
    case 'floor':
      return away === -1n;
    case 'ceil':
      return away === 1n;
    case 'halfUp':
      return abs<bigint>(remainder) * 2n >= abs<bigint>(divisor);
    default: {
      rounding satisfies 'halfEven';
      const twice = abs<bigint>(remainder) * 2n;
      const whole = abs<bigint>(divisor);
      return twice > whole || (twice === whole && quotient % 2n !== 0n);
    }
  }
}

/** The same quantity at another scale; digits that do not fit are rounded as named. */
export function rescale(
  value: bigint,
  fromScale: number,
  toScale: number,
  rounding: Rounding,
): bigint {
  if (toScale >= fromScale) return value * pow10(toScale - fromScale);
  return mulDiv(value, 1n, pow10(fromScale - toScale), rounding);
}

/**
 * Splits a whole by weights so that the parts sum to it: each part is its exact share cut toward
 * zero, and the units left over go one each to the largest remainders, ties to the earlier.
 * Weights are ≥ 0 and not all zero (AssertionError); a part of weight zero is zero. A negative
 * whole is split as its mirror image.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  assert(
    weights.every((w) => w >= 0n),
    'allocate takes weights of zero or more',
  );
  const whole = sum<bigint>(weights);
  assert(whole > 0n, 'allocate needs a weight above zero');
  const sign = total < 0n ? -1n : 1n;
  const size = total * sign;
  const parts = weights.map((w) => (size * w) / whole);
  const remainders = weights.map((w) => (size * w) % whole);
  const left = size - sum<bigint>(parts);
  const order = weights.map((_, index) => index);
  order.sort((i, j) => compare<bigint>(remainders[j] ?? 0n, remainders[i] ?? 0n) || i - j);
  for (const index of order.slice(0, Number.parseInt(left.toString(), 10))) {
    parts[index] = (parts[index] ?? 0n) + 1n;
  }
  return parts.map((part) => part * sign);
}

const patterns = new Map<number, RegExp>();

function patternFor(scale: number): RegExp {
  let pattern = patterns.get(scale);
  if (pattern === undefined) {
    assert(Number.isInteger(scale) && scale >= 0 && scale <= 30, `scale ${scale} is not 0 to 30`);
    const decimals = scale === 0 ? '' : `(?:\\.(\\d{1,${scale}}))?`;
    pattern = new RegExp(`^(-?)(0|[1-9]\\d{0,15})${decimals}$`);
    patterns.set(scale, pattern);
  }
  return pattern;
}

/** Whether a leading minus is read; zero never takes one. */
export interface ParseOptions {
  readonly signed?: boolean;
}

/**
 * Reads decimal text of the wire, `^(0|[1-9]\d{0,15})(\.\d{1,scale})?$`, into a scaled bigint.
 * Undefined when refused: other digits, spaces, exponents, a plus, too many decimals, a minus where
 * none is allowed, and minus zero always. Nothing is ever rounded.
 */
export function parseFixed(
  text: string,
  scale: number,
  options?: ParseOptions,
): bigint | undefined {
  const match = patternFor(scale).exec(text);
  if (match === null) return undefined;
  const [, minus, whole = '', decimals = ''] = match;
  const value = BigInt(whole + decimals.padEnd(scale, '0'));
  if (minus !== '-') return value;
  return options?.signed === true && value !== 0n ? -value : undefined;
}

/** Decimal text with always `scale` decimals, such as '-0.05'. */
export function formatFixed(value: bigint, scale: number): string {
  const digits = abs<bigint>(value)
    .toString()
    .padStart(scale + 1, '0');
  const minus = value < 0n ? '-' : '';
  if (scale === 0) return minus + digits;
  const point = digits.length - scale;
  return `${minus}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function parseInt64(
  text: string,
  scale: number,
  options: ParseOptions | undefined,
): bigint | undefined {
  const value = parseFixed(text, scale, options);
  return value !== undefined && fitsInt64(value) ? value : undefined;
}

/** Reads money at its currency's decimals; undefined when refused. */
export function parseAmount(
  text: string,
  currency: CurrencyCode = 'CNY',
  options?: ParseOptions,
): Amount | undefined {
  return parseInt64(text, currencies[currency].scale, options) as Amount | undefined;
}

/** Money with its currency's decimals, such as '1234.50'. */
export function formatAmount(a: Amount, currency: CurrencyCode = 'CNY'): string {
  return formatFixed(a, currencies[currency].scale);
}

/** Reads fund units of at most 2 decimals; undefined when refused. */
export function parseUnits(text: string, options?: ParseOptions): Units | undefined {
  return parseInt64(text, UNITS_SCALE, options) as Units | undefined;
}

/** Fund units with 2 decimals. */
export function formatUnits(u: Units): string {
  return formatFixed(u, UNITS_SCALE);
}

/** Reads a price of at most 8 decimals; undefined when refused or above 64 bits. */
export function parsePrice(text: string, options?: ParseOptions): Price | undefined {
  return parseInt64(text, PRICE_SCALE, options) as Price | undefined;
}

/** A price without its trailing zeros, but with at least 4 decimals: '1.2345', '1.0000'. */
export function formatPrice(p: Price): string {
  return formatFixed(p, PRICE_SCALE).replace(/0{1,4}$/, '');
}

/** Reads a rate (a fraction of one, '0.015' is 1.5 %) of at most 8 decimals. */
export function parseRate(text: string, options?: ParseOptions): Rate | undefined {
  return parseInt64(text, RATE_SCALE, options) as Rate | undefined;
}

/** A rate as a fraction of one with 8 decimals. */
export function formatRate(r: Rate): string {
  return formatFixed(r, RATE_SCALE);
}

const PRICE_ONE = pow10(PRICE_SCALE);
const RATE_ONE = pow10(RATE_SCALE);

/** units × price in minor units of a two-decimal currency. AssertionError above 64 bits. */
export function valueOf(u: Units, p: Price, rounding: Rounding): Amount {
  return amount(mulDiv(u, p, PRICE_ONE, rounding));
}

/** value ÷ price in fund units, for a two-decimal currency; the price is above zero. */
export function unitsFor(value: Amount, p: Price, rounding: Rounding): Units {
  assert(p > 0n, 'unitsFor needs a price above zero');
  return units(mulDiv(value, PRICE_ONE, p, rounding));
}

/** a × rate, such as a redemption fee on a gross amount. */
export function applyRate(a: Amount, r: Rate, rounding: Rounding): Amount {
  return amount(mulDiv(a, r, RATE_ONE, rounding));
}

/**
 * a ÷ (1 + rate): the net amount when the fee is counted outside it (外扣法, the method of fund
 * purchases). The fee is then a − net. The rate is above −100 % (AssertionError).
 */
export function netOfRate(a: Amount, r: Rate, rounding: Rounding): Amount {
  assert(r > -RATE_ONE, 'netOfRate needs a rate above −100 %');
  return amount(mulDiv(a, RATE_ONE, RATE_ONE + r, rounding));
}
