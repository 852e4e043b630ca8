/** The rate at which an investor's own money grew, with the times at which it came and went. */
import { type Answer, absent, type Figure, figure, type Reason } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';
import {
  boundZeros,
  type Flows,
  isolateZeros,
  signChanges,
  solveBetween,
} from './cash-flow-zeros.ts';

export interface CashFlows {
  /** n amounts seen by the investor: paid in negative, received positive (as in a spreadsheet). */
  readonly amounts: Numbers;
  /** n day numbers in any order; flows of one day are summed. */
  readonly days: Numbers;
  /** Days of a year. Default 365. */
  readonly daysPerYear?: number;
}

/** Why there is one rate and no other. */
export type Uniqueness =
  /** One change of sign (Descartes). */
  | 'signs'
  /** The money invested at the rate never falls below zero before the end (Soper). */
  | 'balances'
  /** All zeros were counted. */
  | 'count';

export interface InternalRate {
  /** Effective rate per year. */
  readonly rate: number;
  readonly uniqueness: Uniqueness;
}

/**
 * XIRR: the rate r > −1 with Σ amountᵢ / (1 + r)^((dayᵢ − day₀) / 365) = 0, found whenever there is
 * exactly one, and proven to be the only one.
 *
 * Absent: `NO_CAPITAL` without an amount; `NO_ROOT` when no rate solves it, e.g. all amounts of one
 * sign; `NOT_UNIQUE` when several do (`internalRates` lists them); `NOT_CONVERGED` when the curve
 * touches zero without crossing it, or so nearly that rounding hides the difference;
 * `OUT_OF_RANGE` for a rate beyond 10³⁰⁸; `NOT_FINITE`.
 *
 * Source: the definition of Excel's XIRR; Descartes' rule for real exponents (Jameson 2006);
 * Soper (1959), "The marginal efficiency of capital", for the condition on balances.
 *
 * @throws RangeError when amounts and days differ in number.
 */
export function xirr(input: CashFlows): Answer<InternalRate> {
  const prepared = prepare(input);
  if (prepared.value === null) return prepared;
  const flows = prepared.value;
  const changes = signChanges(flows.amounts);
  if (changes === 0) return absent('NO_ROOT');
  if (changes === 1) return rateOf(solveBetween(flows, boundZeros(flows)), 'signs');
  // An odd number of changes leaves one zero at least, and the ends of the range bracket it.
  if (changes % 2 === 1) {
    const s = solveBetween(flows, boundZeros(flows));
    if (staysInvested(flows, s)) return rateOf(s, 'balances');
  }
  const { zeros, complete } = isolateZeros(flows);
  if (zeros.length > 1) return absent('NOT_UNIQUE');
  if (!complete) return absent('NOT_CONVERGED');
  const [only] = zeros;
  return only === undefined ? absent('NO_ROOT') : rateOf(only, 'count');
}

/**
 * Every rate that solves the equation, ascending; for an answer of `NOT_UNIQUE`. `complete` is
 * false when a rate may be missing because the curve touches zero without crossing it.
 */
export function internalRates(
  input: CashFlows,
): Answer<{ readonly rates: readonly number[]; readonly complete: boolean }> {
  const prepared = prepare(input);
  if (prepared.value === null) return prepared;
  if (signChanges(prepared.value.amounts) === 0) return { value: { rates: [], complete: true } };
  const { zeros, complete } = isolateZeros(prepared.value);
  return { value: { rates: zeros.map(Math.expm1), complete } };
}

function rateOf(s: number, uniqueness: Uniqueness): Answer<InternalRate> {
  const rate = Math.expm1(s);
  return Number.isFinite(rate) ? { value: { rate, uniqueness } } : absent('OUT_OF_RANGE');
}

/** Sums flows by day, drops zeros, and counts time in years from the first. */
function prepare({ amounts, days, daysPerYear = 365 }: CashFlows): Answer<Flows> {
  if (amounts.length !== days.length) {
    throw new RangeError(`${amounts.length} amounts on ${days.length} days`);
  }
  const byDay = new Map<number, number>();
  for (let index = 0; index < amounts.length; index++) {
    const amount = amounts[index] as number;
    const day = days[index] as number;
    if (!Number.isFinite(amount) || !Number.isFinite(day)) return absent('NOT_FINITE');
    byDay.set(day, (byDay.get(day) ?? 0) + amount);
  }
  const flows = [...byDay].filter(([, amount]) => amount !== 0).sort(([a], [b]) => a - b);
  const start = flows[0]?.[0];
  if (start === undefined) return absent('NO_CAPITAL');
  return {
    value: {
      amounts: Float64Array.from(flows, ([, amount]) => amount),
      sizes: Float64Array.from(flows, ([, amount]) => Math.log(Math.abs(amount))),
      times: Float64Array.from(flows, ([day]) => (day - start) / daysPerYear),
    },
  };
}

/**
 * Soper: if what is invested, grown at the rate, is never negative before the last flow, a higher
 * rate leaves more at the end and a lower one less, so no other rate ends at zero. The same holds
 * with all signs turned (a loan).
 */
function staysInvested({ amounts, times }: Flows, s: number): boolean {
  const side = Math.sign(amounts[0] as number);
  let balance = 0;
  let size = 0;
  for (let index = 0; index < amounts.length - 1; index++) {
    const grown =
      index === 0 ? 1 : Math.exp(s * ((times[index] as number) - (times[index - 1] as number)));
    const amount = side * (amounts[index] as number);
    balance = balance * grown + amount;
    size = size * grown + Math.abs(amount);
    // A balance that is zero but for rounding proves nothing.
    if (!(balance >= 1e-9 * size)) return false;
  }
  return true;
}

export interface AccountFlows {
  /** Value at the start of the first day and at the end of the last. */
  readonly startValue: number;
  readonly endValue: number;
  readonly startDay: number;
  readonly endDay: number;
  /** n amounts seen by the account: paid in positive, taken out negative. */
  readonly flows: Numbers;
  /** n day numbers between the start and the end. */
  readonly days: Numbers;
  readonly daysPerYear?: number;
}

export interface MoneyWeighted {
  /** Effective rate per year. */
  readonly annual: number;
  /** The same rate over the whole time, (1 + annual)^(days / 365) − 1, not annualised. */
  readonly period: Figure;
  readonly uniqueness: Uniqueness;
}

/**
 * Money-weighted return of an account: `xirr` of −startValue, −flows, +endValue.
 *
 * Absent as `xirr`, and `TOTAL_LOSS` when money went in and nothing ever came out. A time of no
 * days has no rate (`NO_ROOT`). Source: GIPS 2020, money-weighted returns.
 *
 * @throws RangeError when a flow is outside the time, or the numbers of flows and days differ.
 */
export function moneyWeightedReturn(input: AccountFlows): Answer<MoneyWeighted> {
  const { startValue, endValue, startDay, endDay, flows, days } = input;
  const daysPerYear = input.daysPerYear ?? 365;
  for (let index = 0; index < days.length; index++) {
    const day = days[index] as number;
    if (day < startDay || day > endDay) throw new RangeError(`day ${day} is outside the time`);
  }
  const amounts = [-startValue, ...Array.from(flows, (flow) => -flow), endValue];
  const dates = [startDay, ...Array.from(days), endDay];
  const answer = xirr({ amounts, days: dates, daysPerYear });
  if (answer.value === null) {
    const spent = amounts.every((amount) => amount <= 0) && answer.reason === 'NO_ROOT';
    return absent(spent ? 'TOTAL_LOSS' : (answer.reason satisfies Reason));
  }
  const { rate, uniqueness } = answer.value;
  const period = Math.expm1((Math.log1p(rate) * (endDay - startDay)) / daysPerYear);
  return { value: { annual: rate, period: figure(period, 'OUT_OF_RANGE'), uniqueness } };
}
