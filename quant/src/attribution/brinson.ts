/**
 * Brinson attribution: where a portfolio's return above its benchmark came from, by segment
 * (sector, class, country or security) and by decision (weighting segments, choosing within them).
 */
import { type Answer, absent } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';

/** How allocation is measured. */
export type BrinsonMethod = 'brinson-fachler' | 'brinson-hood-beebower';

export interface BrinsonInput {
  /** Number S of segments. */
  readonly segments: number;
  /** T × S weights at the start of each period, period by period, as fractions of the total. */
  readonly portfolioWeights: Numbers;
  /** T × S simple returns; may be missing (NaN) where the weight is zero. */
  readonly portfolioReturns: Numbers;
  readonly benchmarkWeights: Numbers;
  readonly benchmarkReturns: Numbers;
  /** Default 'brinson-fachler'. */
  readonly method?: BrinsonMethod;
  /** 'selection' adds interaction to selection (portfolio weights). Default 'separate'. */
  readonly interaction?: 'separate' | 'selection';
  /** T returns of the portfolio as measured elsewhere. Default Σ weight·return. */
  readonly portfolioTotals?: Numbers;
  /** T returns of the benchmark as measured elsewhere. Default Σ weight·return. */
  readonly benchmarkTotals?: Numbers;
}

/** Effects as fractions of the value at the start of the period. */
export interface Brinson {
  readonly periods: number;
  readonly segments: number;
  /** T × S: the gain from weighting the segment otherwise than the benchmark. */
  readonly allocation: Float64Array;
  /** T × S: the gain from other securities within the segment. */
  readonly selection: Float64Array;
  /** T × S: both decisions together; zero when it is part of selection. */
  readonly interaction: Float64Array;
  /** T returns of the portfolio, and of the benchmark. */
  readonly portfolio: Float64Array;
  readonly benchmark: Float64Array;
  /** T: portfolio − benchmark − Σ effects. What trades within the period and fees did. */
  readonly residual: Float64Array;
}

/**
 * Single-period attribution of each of T periods. With weights w, returns r, portfolio p,
 * benchmark b and R_b = Σ w_b·r_b:
 *
 * - allocation: Brinson-Fachler (w_p − w_b)·(r_b − R_b); Brinson-Hood-Beebower (w_p − w_b)·r_b
 * - selection: w_b·(r_p − r_b), or w_p·(r_p − r_b) with interaction inside
 * - interaction: (w_p − w_b)·(r_p − r_b)
 *
 * A segment that the portfolio does not hold has no selection, whatever return is given for it.
 * A segment outside the benchmark is measured with the benchmark return given for it, e.g. its
 * index; where that is missing (NaN) the portfolio's return stands in, and all is allocation. Weights that do not sum to one on both sides alike leave their part to the residual,
 * as do totals measured elsewhere.
 *
 * Absent: `NOT_FINITE` when a weight, or a return with a weight, is missing.
 * Source: Brinson and Fachler (1985); Brinson, Hood and Beebower (1986); Bacon, Practical
 * Portfolio Performance Measurement and Attribution, ch. 5.
 *
 * @throws RangeError when lengths are not T × S alike.
 */
export function attributeBrinson(input: BrinsonInput): Answer<Brinson> {
  const periods = checkShape(input);
  const { segments } = input;
  const result = {
    periods,
    segments,
    allocation: new Float64Array(periods * segments),
    selection: new Float64Array(periods * segments),
    interaction: new Float64Array(periods * segments),
    portfolio: new Float64Array(periods),
    benchmark: new Float64Array(periods),
    residual: new Float64Array(periods),
  };
  for (let period = 0; period < periods; period++) {
    if (!attributePeriod(input, result, period)) return absent('NOT_FINITE');
  }
  return { value: result };
}

function checkShape(input: BrinsonInput): number {
  const { segments, portfolioWeights, portfolioTotals, benchmarkTotals } = input;
  const cells = portfolioWeights.length;
  if (!(segments >= 1) || cells % segments !== 0) {
    throw new RangeError(`${cells} weights are not periods of ${segments} segments`);
  }
  for (const name of ['portfolioReturns', 'benchmarkWeights', 'benchmarkReturns'] as const) {
    if (input[name].length !== cells) {
      throw new RangeError(`${name} has ${input[name].length} numbers, weights ${cells}`);
    }
  }
  const periods = cells / segments;
  for (const totals of [portfolioTotals, benchmarkTotals]) {
    if (totals !== undefined && totals.length !== periods) {
      throw new RangeError(`${totals.length} totals for ${periods} periods`);
    }
  }
  return periods;
}

/** A weight without a return has no contribution; zero weight needs no return. */
function contribution(weight: number, value: number): number {
  return weight === 0 ? 0 : weight * value;
}

function attributePeriod(input: BrinsonInput, result: Brinson, period: number): boolean {
  const { segments, portfolioWeights, portfolioReturns, benchmarkWeights, benchmarkReturns } =
    input;
  const from = period * segments;
  let portfolio = 0;
  let benchmark = 0;
  for (let at = from; at < from + segments; at++) {
    portfolio += contribution(portfolioWeights[at] as number, portfolioReturns[at] as number);
    benchmark += contribution(benchmarkWeights[at] as number, benchmarkReturns[at] as number);
  }
  const reference = input.method === 'brinson-hood-beebower' ? 0 : benchmark;
  const joined = input.interaction === 'selection';
  let explained = 0;
  for (let at = from; at < from + segments; at++) {
    const held = portfolioWeights[at] as number;
    const meant = benchmarkWeights[at] as number;
    if (held === 0 && meant === 0) continue;
    const outside = meant === 0 && !Number.isFinite(benchmarkReturns[at]);
    const theirs = (outside ? portfolioReturns[at] : benchmarkReturns[at]) as number;
    const ours = (held === 0 ? theirs : portfolioReturns[at]) as number;
    // Adding zero turns −0 into 0: nobody wants to read −0.00 %.
    const allocation = (held - meant) * (theirs - reference) + 0;
    const selection = (joined ? held : meant) * (ours - theirs) + 0;
    const interaction = joined ? 0 : (held - meant) * (ours - theirs) + 0;
    result.allocation[at] = allocation;
    result.selection[at] = selection;
    result.interaction[at] = interaction;
    explained += allocation + selection + interaction;
  }
  const total = input.portfolioTotals?.[period] ?? portfolio;
  const benchmarkTotal = input.benchmarkTotals?.[period] ?? benchmark;
  result.portfolio[period] = total;
  result.benchmark[period] = benchmarkTotal;
  const residual = total - benchmarkTotal - explained;
  result.residual[period] = residual;
  return Number.isFinite(residual);
}
