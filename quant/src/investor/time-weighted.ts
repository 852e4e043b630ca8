/** Returns that do not depend on when the investor paid in: for judging who manages the money. */
import { type Answer, absent, type Figure, figure } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';

/** When a flow counts as arriving within its period. */
export type FlowTiming = 'start' | 'middle' | 'end';

export interface TimeWeightedInput {
  /** n + 1 values: at the start, and at the end of each period, flows of the period included. */
  readonly values: Numbers;
  /** n net flows, one each period: paid in positive, taken out negative. */
  readonly flows: Numbers;
  /** Default 'end': a flow takes no part in the period in which it arrives. */
  readonly timing?: FlowTiming;
  /** Length of all periods in years; the return is annualised only when it is at least one. */
  readonly years?: number;
}

export interface TimeWeighted {
  /** n returns; NaN for a period in which nothing was invested. */
  readonly returns: Float64Array;
  /** Π(1 + r) − 1 over the periods that have a return. */
  readonly total: number;
  /** (1 + total)^(1/years) − 1; `NOT_ENOUGH_HISTORY` below one year or when no length is given. */
  readonly annual: Figure;
  /** Periods in which nothing was invested. */
  readonly idle: number;
}

/**
 * True time-weighted return over periods with value V and flow F:
 *
 * - end: rₜ = (Vₜ − Fₜ) / Vₜ₋₁ − 1
 * - start: rₜ = Vₜ / (Vₜ₋₁ + Fₜ) − 1
 * - middle: rₜ = (Vₜ − Vₜ₋₁ − Fₜ) / (Vₜ₋₁ + Fₜ/2)
 *
 * A period that starts and ends with nothing invested has no return and is skipped.
 * Absent: `TOO_FEW_OBSERVATIONS` when no period has a return; `NO_CAPITAL` when there is a gain on
 * no capital or on less than none (mostly a flow of the wrong timing); `TOTAL_LOSS` when a period
 * lost more than everything; `NOT_FINITE`. Source: GIPS 2020; Bacon, ch. 2.
 *
 * @throws RangeError unless there is one value more than flows.
 */
export function timeWeightedReturn(input: TimeWeightedInput): Answer<TimeWeighted> {
  const { values, flows, timing = 'end', years } = input;
  if (values.length !== flows.length + 1) {
    throw new RangeError(`${values.length} values for ${flows.length} periods`);
  }
  const returns = new Float64Array(flows.length).fill(Number.NaN);
  let grown = 1;
  let idle = 0;
  for (let period = 0; period < flows.length; period++) {
    const before = values[period] as number;
    const after = values[period + 1] as number;
    const flow = flows[period] as number;
    if (![before, after, flow].every(Number.isFinite)) return absent('NOT_FINITE');
    const { base, gain } = measure({ before, after, flow }, timing);
    if (base === 0 && gain === 0) {
      idle += 1;
      continue;
    }
    if (base <= 0) return absent('NO_CAPITAL');
    const earned = gain / base;
    if (earned < -1) return absent('TOTAL_LOSS');
    returns[period] = earned;
    grown *= 1 + earned;
  }
  if (idle === flows.length) return absent('TOO_FEW_OBSERVATIONS');
  const annual: Figure =
    years === undefined || years < 1
      ? absent('NOT_ENOUGH_HISTORY')
      : figure(grown ** (1 / years) - 1);
  return { value: { returns, total: grown - 1, annual, idle } };
}

function measure(
  { before, after, flow }: { before: number; after: number; flow: number },
  timing: FlowTiming,
): { base: number; gain: number } {
  const share = timing === 'start' ? 1 : timing === 'middle' ? 0.5 : 0;
  return { base: before + share * flow, gain: after - before - flow };
}

export interface DietzInput {
  readonly startValue: number;
  readonly endValue: number;
  /** The period runs from the end of `startDay` to the end of `endDay`. */
  readonly startDay: number;
  readonly endDay: number;
  /** n net flows (paid in positive) on n days after the start. */
  readonly flows: Numbers;
  readonly days: Numbers;
  /** 'end': a flow works from the end of its day on; 'start': on its day too. Default 'end'. */
  readonly timing?: 'start' | 'end';
}

/** The parts of a Dietz return; with them accounts and holdings can be summed. */
export interface Dietz {
  /** endValue − startValue − Σ flows. */
  readonly gain: number;
  /** startValue + Σ weight·flow. */
  readonly averageCapital: number;
  readonly rate: Figure;
}

/**
 * Modified Dietz: gain / (startValue + Σ wᵢ·flowᵢ), wᵢ = (T − tᵢ)/T with T the days of the period
 * and tᵢ those before the flow works: day − start at the 'end' of a day, one less at its 'start'.
 *
 * `rate` is absent (`NO_CAPITAL`) when the average capital is not positive. Absent: `NOT_FINITE`.
 * Source: Dietz (1966); GIPS 2020; Bacon, ch. 2.
 *
 * @throws RangeError when the period has no days or a flow is outside it.
 */
export function modifiedDietz(input: DietzInput): Answer<Dietz> {
  const { startValue, endValue, startDay, endDay, flows, days } = input;
  const length = endDay - startDay;
  if (!(length > 0)) throw new RangeError(`the period has ${length} days`);
  if (flows.length !== days.length) {
    throw new RangeError(`${flows.length} flows on ${days.length} days`);
  }
  let gain = endValue - startValue;
  let averageCapital = startValue;
  for (let index = 0; index < flows.length; index++) {
    const flow = flows[index] as number;
    const day = days[index] as number;
    if (!(day > startDay && day <= endDay))
      throw new RangeError(`day ${day} is outside the period`);
    const waited = day - startDay - (input.timing === 'start' ? 1 : 0);
    gain -= flow;
    averageCapital += (flow * (length - waited)) / length;
  }
  if (!Number.isFinite(gain)) return absent('NOT_FINITE');
  const rate = averageCapital > 0 ? figure(gain / averageCapital) : absent('NO_CAPITAL');
  return { value: { gain, averageCapital, rate } };
}

export interface HoldingContributions {
  /** Contribution of each holding to the return of the account; NaN never stands here. */
  readonly contributions: Float64Array;
  /** The account's modified Dietz return: the sum of contributions. */
  readonly total: number;
  /** Average capital of the account. */
  readonly averageCapital: number;
}

/**
 * What each holding added to the account's return over one period: gainᵢ / Σ average capital.
 * Purchases are flows into the holding, sales and dividends flows out of it.
 *
 * Absent: `NO_CAPITAL` when the holdings together had none, `NO_HOLDING` without holdings,
 * `NOT_FINITE`. Source: Bacon, ch. 2 (contribution with modified Dietz).
 */
export function contributeHoldings(holdings: readonly DietzInput[]): Answer<HoldingContributions> {
  if (holdings.length === 0) return absent('NO_HOLDING');
  const gains = new Float64Array(holdings.length);
  let averageCapital = 0;
  for (const [index, holding] of holdings.entries()) {
    const answer = modifiedDietz(holding);
    if (answer.value === null) return answer;
    gains[index] = answer.value.gain;
    averageCapital += answer.value.averageCapital;
  }
  if (!(averageCapital > 0)) return absent('NO_CAPITAL');
  const contributions = gains.map((gain) => gain / averageCapital);
  const total = contributions.reduce((sum, each) => sum + each, 0);
  return { value: { contributions, total, averageCapital } };
}
