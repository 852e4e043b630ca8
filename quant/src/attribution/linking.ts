/**
 * Effects of single periods do not add up to the active return of the whole time, because returns
 * compound. Linking gives each period a coefficient with which they do.
 */
import { type Answer, absent } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';
import type { Brinson } from './brinson.ts';

export type LinkingMethod = 'carino' | 'menchero' | 'grap';

export interface LinkingInput {
  /** T simple returns of the portfolio. */
  readonly portfolio: Numbers;
  /** T simple returns of the benchmark, same periods. */
  readonly benchmark: Numbers;
  readonly method: LinkingMethod;
}

/**
 * Coefficients cₜ with Σ cₜ·(Rₜ − Bₜ) = R − B exactly, where R = Π(1 + Rₜ) − 1 and B likewise.
 *
 * - Carino: kₜ/k, kₜ = [ln(1 + Rₜ) − ln(1 + Bₜ)] / (Rₜ − Bₜ), 1/(1 + Rₜ) when both are equal;
 *   k likewise from R and B.
 * - Menchero: M + αₜ, M = (1/T)·(R − B) / [(1 + R)^(1/T) − (1 + B)^(1/T)], (1 + R)^((T−1)/T) when
 *   both are equal; αₜ = (R − B − M·Σ(Rₛ − Bₛ)) / Σ(Rₛ − Bₛ)² · (Rₜ − Bₜ), 0 when no period differs.
 * - GRAP: Π_{s<t}(1 + Rₛ) · Π_{s>t}(1 + Bₛ).
 *
 * Near-equal returns are computed by log1p and expm1, so that nothing cancels.
 * Absent: `TOO_FEW_OBSERVATIONS` without a period, `NOT_FINITE`, and `TOTAL_LOSS` when Carino or
 * Menchero meet a return of −100 % or less, whose logarithm does not exist; GRAP needs none.
 *
 * Source: Carino (1999); Menchero (2000); GRAP (1997); Bacon, ch. 8.
 *
 * @throws RangeError when the series differ in length.
 */
export function linkingCoefficients(input: LinkingInput): Answer<Float64Array> {
  const { portfolio, benchmark, method } = input;
  const periods = portfolio.length;
  if (benchmark.length !== periods) {
    throw new RangeError(`${periods} portfolio returns, ${benchmark.length} benchmark returns`);
  }
  if (periods === 0) return absent('TOO_FEW_OBSERVATIONS');
  for (let period = 0; period < periods; period++) {
    const ours = portfolio[period] as number;
    const theirs = benchmark[period] as number;
    if (!Number.isFinite(ours) || !Number.isFinite(theirs)) return absent('NOT_FINITE');
    if (method !== 'grap' && (ours <= -1 || theirs <= -1)) return absent('TOTAL_LOSS');
  }
  if (method === 'grap') return { value: grap(portfolio, benchmark) };
  return {
    value: method === 'carino' ? carino(portfolio, benchmark) : menchero(portfolio, benchmark),
  };
}

/** [ln(1 + ours) − ln(1 + theirs)] / (ours − theirs), continuous where they meet. */
export function logRatio(ours: number, theirs: number): number {
  const active = ours - theirs;
  if (active === 0) return 1 / (1 + ours);
  return Math.log1p(active / (1 + theirs)) / active;
}

function carino(portfolio: Numbers, benchmark: Numbers): Float64Array {
  const whole = logRatio(compound(portfolio), compound(benchmark));
  return Float64Array.from(
    portfolio,
    (ours, period) => logRatio(ours, benchmark[period] as number) / whole,
  );
}

function menchero(portfolio: Numbers, benchmark: Numbers): Float64Array {
  const periods = portfolio.length;
  const ours = compound(portfolio);
  const theirs = compound(benchmark);
  const scale = mencheroScale(ours, theirs, periods);
  let active = 0;
  let squares = 0;
  for (let period = 0; period < periods; period++) {
    const difference = (portfolio[period] as number) - (benchmark[period] as number);
    active += difference;
    squares += difference * difference;
  }
  const correction = squares === 0 ? 0 : (ours - theirs - scale * active) / squares;
  return Float64Array.from(
    portfolio,
    (value, period) => scale + correction * (value - (benchmark[period] as number)),
  );
}

/** Menchero's M: mean arithmetic over mean geometric active return. */
export function mencheroScale(ours: number, theirs: number, periods: number): number {
  const root = (1 + theirs) ** (1 / periods);
  const active = ours - theirs;
  if (active === 0) return (1 + theirs) / root;
  return active / periods / (root * Math.expm1(Math.log1p(active / (1 + theirs)) / periods));
}

function grap(portfolio: Numbers, benchmark: Numbers): Float64Array {
  const periods = portfolio.length;
  const coefficients = new Float64Array(periods);
  let after = 1;
  for (let period = periods - 1; period >= 0; period--) {
    coefficients[period] = after;
    after *= 1 + (benchmark[period] as number);
  }
  let before = 1;
  for (let period = 0; period < periods; period++) {
    coefficients[period] = (coefficients[period] as number) * before;
    before *= 1 + (portfolio[period] as number);
  }
  return coefficients;
}

/** Π(1 + rₜ) − 1. */
export function compound(returns: Numbers): number {
  let value = 1;
  for (let period = 0; period < returns.length; period++) value *= 1 + (returns[period] as number);
  return value - 1;
}

/** Effects of the whole time, as fractions of the value at its start. */
export interface LinkedBrinson {
  /** S each. */
  readonly allocation: Float64Array;
  readonly selection: Float64Array;
  readonly interaction: Float64Array;
  readonly allocationTotal: number;
  readonly selectionTotal: number;
  readonly interactionTotal: number;
  /** Compounded returns; active is portfolio − benchmark. */
  readonly portfolio: number;
  readonly benchmark: number;
  readonly active: number;
  /** active − all effects: the linked residuals of the periods, and rounding. */
  readonly residual: number;
  readonly coefficients: Float64Array;
}

/**
 * Links the effects of single periods: Σₜ cₜ·effectₜ for each segment and decision, with the
 * coefficients of `linkingCoefficients`. The effects and the residual sum to the active return.
 *
 * Absent as `linkingCoefficients` says.
 */
export function linkBrinson(effects: Brinson, method: LinkingMethod): Answer<LinkedBrinson> {
  const { portfolio, benchmark, segments } = effects;
  const answer = linkingCoefficients({ portfolio, benchmark, method });
  if (answer.value === null) return answer;
  const coefficients = answer.value;
  const link = (series: Float64Array) => linkSegments(series, coefficients, segments);
  const allocation = link(effects.allocation);
  const selection = link(effects.selection);
  const interaction = link(effects.interaction);
  const [allocationTotal, selectionTotal, interactionTotal] = [
    allocation,
    selection,
    interaction,
  ].map(total) as [number, number, number];
  const ours = compound(portfolio);
  const theirs = compound(benchmark);
  const active = ours - theirs;
  return {
    value: {
      allocation,
      selection,
      interaction,
      allocationTotal,
      selectionTotal,
      interactionTotal,
      portfolio: ours,
      benchmark: theirs,
      active,
      residual: active - allocationTotal - selectionTotal - interactionTotal,
      coefficients,
    },
  };
}

/** Σₜ cₜ·effect[t, s] for each of `segments` columns of T × S effects. */
export function linkSegments(
  effects: Numbers,
  coefficients: Numbers,
  segments: number,
): Float64Array {
  const linked = new Float64Array(segments);
  for (let period = 0; period < coefficients.length; period++) {
    const coefficient = coefficients[period] as number;
    for (let segment = 0; segment < segments; segment++) {
      const effect = effects[period * segments + segment] as number;
      linked[segment] = (linked[segment] as number) + coefficient * effect;
    }
  }
  return linked;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
