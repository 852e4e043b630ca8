/*
 * The registrar's own fixed-point numbers. They are deliberately not those of the broker's books:
 * two programs that round on their own and still agree check each other.
 * Amounts and units have 2 decimals, NAV and face value 4, rates and money per unit 8.
 */

export const AMOUNT_DECIMALS = 2;
export const UNIT_DECIMALS = 2;
export const NAV_DECIMALS = 4;
export const RATE_DECIMALS = 8;

export const NAV_ONE = 10_000n;
export const RATE_ONE = 100_000_000n;

/** How a quotient is cut to whole steps: to the nearest with ties away from zero, or towards zero. */
export type Rounding = 'halfUp' | 'down';

/** Divides, rounding as named; the divisor must be positive. */
export function divide(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  if (divisor <= 0n) throw new RangeError(`divisor ${divisor} is not positive`);
  if (rounding === 'down') return dividend / divisor;
  const magnitude = dividend < 0n ? -dividend : dividend;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return dividend < 0n ? -rounded : rounded;
}

/**
 * Reads a decimal string such as `1.2345` as an integer of 10^-decimals; digits beyond `decimals`
 * are refused unless they are zeros, so that nothing is rounded on the way in.
 */
export function parseDecimal(text: string, decimals: number, what: string): bigint {
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/.exec(text);
  if (match === null) throw new RangeError(`${what}: "${text}" is not a decimal number`);
  const [, sign = '', whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(decimals))) {
    throw new RangeError(`${what}: "${text}" has more than ${decimals} decimals`);
  }
  const scaled = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return sign === '-' ? -scaled : scaled;
}

/** Writes an integer of 10^-decimals as a decimal string with all its decimals. */
export function formatDecimal(value: bigint, decimals: number): string {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
