/*
 * The arithmetic of the second model, written again from the words of the rules: whole numbers and
 * one division with a named rounding. Money in fen, units with two decimals, NAVs with four, rates
 * with eight.
 */

export type Rounding = 'halfUp' | 'down';

export const RATE_ONE = 100_000_000n;
const NAV_ONE = 10_000n;

/** n ÷ d of numbers that are not negative; half up is what long division with a remainder says. */
export function divide(n: bigint, d: bigint, rounding: Rounding): bigint {
  const whole = n / d;
  return rounding === 'halfUp' && 2n * (n - whole * d) >= d ? whole + 1n : whole;
}

export interface AmountTier {
  readonly from: bigint;
  readonly rate?: bigint;
  readonly flat?: bigint;
}

/** Purchase fee by the outside method: net = amount ÷ (1 + rate × discount), the fee is the rest. */
export function feeOnAmount(
  amount: bigint,
  tiers: readonly AmountTier[],
  discount: bigint,
): { net: bigint; fee: bigint } {
  let found: AmountTier | undefined;
  for (const tier of tiers) if (tier.from <= amount) found = tier;
  if (found === undefined) throw new Error('no tier begins at zero');
  if (found.flat !== undefined) {
    const fee = found.flat > amount ? amount : found.flat;
    return { net: amount - fee, fee };
  }
  const rate = divide((found.rate ?? 0n) * discount, RATE_ONE, 'halfUp');
  const net = divide(amount * RATE_ONE, RATE_ONE + rate, 'halfUp');
  return { net, fee: amount - net };
}

/** Units that money buys at a NAV. */
export const unitsFor = (money: bigint, nav: bigint, rounding: Rounding): bigint =>
  divide(money * NAV_ONE, nav, rounding);

/** What units are worth at a NAV. */
export const worthOf = (units: bigint, nav: bigint): bigint =>
  divide(units * nav, NAV_ONE, 'halfUp');

export interface ModelLot {
  readonly date: string;
  readonly units: bigint;
}

export interface DaysTier {
  readonly fromDays: number;
  readonly rate: bigint;
  readonly toFund: bigint;
}

export interface RedeemTerms {
  readonly nav: bigint;
  readonly tiers: readonly DaysTier[];
  readonly heldUntil: string;
  readonly feeRounding: 'perLot' | 'total';
}

export interface Redeemed {
  readonly gross: bigint;
  readonly fee: bigint;
  readonly toFund: bigint;
  readonly net: bigint;
  readonly left: ModelLot[];
}

function tierFor(tiers: readonly DaysTier[], days: number): DaysTier {
  let found = tiers[0];
  for (const tier of tiers) if (tier.fromDays <= days) found = tier;
  if (found === undefined) throw new Error('no redemption tier');
  return found;
}

/** Takes units from lots, oldest first; undefined when they are too few. */
export function redeem(
  lots: readonly ModelLot[],
  wanted: bigint,
  terms: RedeemTerms,
): Redeemed | undefined {
  let open = wanted;
  let gross = 0n;
  let fee = 0n;
  let toFund = 0n;
  let exactFee = 0n;
  let exactToFund = 0n;
  const left: ModelLot[] = [];
  for (const lot of lots) {
    const taken = lot.units < open ? lot.units : open;
    open -= taken;
    if (lot.units > taken) left.push({ date: lot.date, units: lot.units - taken });
    if (taken === 0n) continue;
    const held = daysBetween(lot.date, terms.heldUntil);
    const tier = tierFor(terms.tiers, held < 0 ? 0 : held);
    const value = worthOf(taken, terms.nav);
    const part = divide(value * tier.rate, RATE_ONE, 'halfUp');
    gross += value;
    fee += part;
    toFund += divide(part * tier.toFund, RATE_ONE, 'halfUp');
    exactFee += value * tier.rate;
    exactToFund += value * tier.rate * tier.toFund;
  }
  if (open > 0n) return undefined;
  if (terms.feeRounding === 'total') {
    fee = divide(exactFee, RATE_ONE, 'halfUp');
    toFund = divide(exactToFund, RATE_ONE * RATE_ONE, 'halfUp');
  }
  return { gross, fee, toFund, net: gross - fee, left };
}

/** Simple interest, act/360. */
export const interestOn = (money: bigint, yearRate: bigint, days: number): bigint =>
  days <= 0 ? 0n : divide(money * yearRate * BigInt(days), RATE_ONE * 360n, 'halfUp');

/** Days since 1970-01-01 of 'YYYY-MM-DD', by counting years from March. */
export function dayNumber(date: string): number {
  const year = Number.parseInt(date.slice(0, 4), 10);
  const month = Number.parseInt(date.slice(5, 7), 10);
  const day = Number.parseInt(date.slice(8, 10), 10);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
  );
}

/** The date so many days after another, from the day numbers of both. */
export function plusDays(date: string, days: number): string {
  const wanted = dayNumber(date) + days;
  // Years are counted up, then months, then days: slow and plain.
  let year = Number.parseInt(date.slice(0, 4), 10);
  while (dayNumber(`${year + 1}-01-01`) <= wanted) year += 1;
  const two = (n: number) => String(n).padStart(2, '0');
  let month = 1;
  while (month < 12 && dayNumber(`${year}-${two(month + 1)}-01`) <= wanted) month += 1;
  const day = wanted - dayNumber(`${year}-${two(month)}-01`) + 1;
  return `${year}-${two(month)}-${two(day)}`;
}

export const dayAfter = (date: string): string => plusDays(date, 1);

export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

/** Date and time of day in Shanghai of an instant 'YYYY-MM-DDTHH:MM:SS.sssZ'. */
export function inShanghai(instant: string): { date: string; time: string } {
  const date = instant.slice(0, 10);
  const hour = Number.parseInt(instant.slice(11, 13), 10) + 8;
  const rest = instant.slice(13, 23);
  return hour < 24
    ? { date, time: `${String(hour).padStart(2, '0')}${rest}` }
    : { date: dayAfter(date), time: `${String(hour - 24).padStart(2, '0')}${rest}` };
}

/** Hundredths as text with two decimals. */
export function show(hundredths: bigint): string {
  const digits = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, '0');
  return `${hundredths < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
