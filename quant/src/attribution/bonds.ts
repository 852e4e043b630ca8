/**
 * Attribution of bonds after Campisi: what the coupon paid, what the government curve did through
 * duration, what spreads did, and what is left for the choice of bonds.
 */
import { type Answer, absent } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';

/** One side, T × S numbers each, period by period; S bonds or groups of bonds. */
export interface BondSide {
  /** Weights at the start of the period. */
  readonly weights: Numbers;
  /** Simple total returns of the period; may be missing where the weight is zero. */
  readonly returns: Numbers;
  /** Return from income: coupon over dirty price, or yield × years of the period. */
  readonly income: Numbers;
  /** Modified duration at the start, in years. */
  readonly duration: Numbers;
  /** Spread duration in years. Default the duration. */
  readonly spreadDuration?: Numbers;
  /** Convexity in years². Without it its effect is part of selection. */
  readonly convexity?: Numbers;
  /** Change of the government yield at the bond's duration, as a fraction (0.001 is 10 bp). */
  readonly governmentChange: Numbers;
  /** Change of the yield above the government's. */
  readonly spreadChange: Numbers;
}

export interface BondInput {
  readonly segments: number;
  readonly portfolio: BondSide;
  readonly benchmark: BondSide;
  /** T changes of the curve that count as parallel, e.g. at the benchmark's duration. */
  readonly parallelChange: Numbers;
  /** T returns measured elsewhere. Default Σ weight·return. */
  readonly portfolioTotals?: Numbers;
  readonly benchmarkTotals?: Numbers;
}

/** What moved the return of a bond; the order is that of the report. */
export const BOND_EFFECTS = [
  'income',
  'parallel',
  'curve',
  'convexity',
  'spread',
  'selection',
] as const;
export type BondEffect = (typeof BOND_EFFECTS)[number];

/** T × S contributions by effect. */
export type BondContributions = Readonly<Record<BondEffect, Float64Array>>;

export interface BondAttribution {
  /** weight · effect of each side. */
  readonly portfolio: BondContributions;
  readonly benchmark: BondContributions;
  /** portfolio − benchmark: the active effects. */
  readonly active: BondContributions;
  /** T returns of each side. */
  readonly portfolioReturns: Float64Array;
  readonly benchmarkReturns: Float64Array;
  /** T: active return − all active effects; what totals measured elsewhere hold beyond. */
  readonly residual: Float64Array;
}

/**
 * r = income − D·Δy∥ − D·(Δy − Δy∥) + ½·C·(Δy + Δs)² − Dₛ·Δs + selection, times the weight:
 * income, parallel, curve, convexity, spread and selection; selection is what closes the sum.
 *
 * Effects of T periods are linked with `linkingCoefficients` and `linkSegments`.
 * Absent: `NOT_FINITE` when a number is missing where a weight is not zero.
 * Source: Campisi (2000), "Primer on fixed income performance attribution"; Bacon, ch. 7.
 *
 * @throws RangeError when lengths are not T × S alike.
 */
export function attributeBonds(input: BondInput): Answer<BondAttribution> {
  const { segments, parallelChange } = input;
  const periods = parallelChange.length;
  const ours = decompose(input.portfolio, { segments, parallelChange });
  const theirs = decompose(input.benchmark, { segments, parallelChange });
  const active = Object.fromEntries(
    BOND_EFFECTS.map((effect) => [
      effect,
      ours.effects[effect].map((each, at) => each - (theirs.effects[effect][at] as number)),
    ]),
  ) as Record<BondEffect, Float64Array>;
  const portfolioReturns = totalsOf(ours.totals, input.portfolioTotals);
  const benchmarkReturns = totalsOf(theirs.totals, input.benchmarkTotals);
  const residual = new Float64Array(periods);
  for (let period = 0; period < periods; period++) {
    let left = (portfolioReturns[period] as number) - (benchmarkReturns[period] as number);
    for (const effect of BOND_EFFECTS) {
      for (let at = period * segments; at < (period + 1) * segments; at++) {
        left -= active[effect][at] as number;
      }
    }
    if (!Number.isFinite(left)) return absent('NOT_FINITE');
    residual[period] = left;
  }
  return {
    value: {
      portfolio: ours.effects,
      benchmark: theirs.effects,
      active,
      portfolioReturns,
      benchmarkReturns,
      residual,
    },
  };
}

function totalsOf(computed: Float64Array, given: Numbers | undefined): Float64Array {
  if (given === undefined) return computed;
  if (given.length !== computed.length) {
    throw new RangeError(`${given.length} totals for ${computed.length} periods`);
  }
  return Float64Array.from(given);
}

function decompose(
  side: BondSide,
  { segments, parallelChange }: { segments: number; parallelChange: Numbers },
): { effects: BondContributions; totals: Float64Array } {
  const cells = parallelChange.length * segments;
  for (const [name, series] of Object.entries(side) as [string, Numbers | undefined][]) {
    if (series !== undefined && series.length !== cells) {
      throw new RangeError(`${name} has ${series.length} numbers, expected ${cells}`);
    }
  }
  const effects = Object.fromEntries(
    BOND_EFFECTS.map((effect) => [effect, new Float64Array(cells)]),
  ) as Record<BondEffect, Float64Array>;
  const totals = new Float64Array(parallelChange.length);
  for (let at = 0; at < cells; at++) {
    const weight = side.weights[at] as number;
    if (weight === 0) continue;
    const period = Math.floor(at / segments);
    const parts = bondEffects(side, { at, parallel: parallelChange[period] as number });
    const value = side.returns[at] as number;
    let explained = 0;
    for (const [effect, part] of Object.entries(parts) as [keyof typeof parts, number][]) {
      effects[effect][at] = weight * part;
      explained += part;
    }
    effects.selection[at] = weight * (value - explained);
    totals[period] = (totals[period] as number) + weight * value;
  }
  return { effects, totals };
}

function bondEffects(
  side: BondSide,
  { at, parallel }: { at: number; parallel: number },
): Record<Exclude<BondEffect, 'selection'>, number> {
  const duration = side.duration[at] as number;
  const government = side.governmentChange[at] as number;
  const spread = side.spreadChange[at] as number;
  const convexity = side.convexity === undefined ? 0 : (side.convexity[at] as number);
  const spreadDuration =
    side.spreadDuration === undefined ? duration : (side.spreadDuration[at] as number);
  return {
    income: side.income[at] as number,
    parallel: -duration * parallel,
    curve: -duration * (government - parallel),
    convexity: 0.5 * convexity * (government + spread) ** 2,
    spread: -spreadDuration * spread,
  };
}

/** A government curve at both ends of a period; yields as fractions, tenors in years, ascending. */
export interface CurveMove {
  readonly tenors: Numbers;
  readonly before: Numbers;
  readonly after: Numbers;
}

/**
 * Changes of the curve at the given maturities or durations in years: linear between tenors, flat
 * beyond the ends. In the shape of `governmentChange` and `parallelChange`.
 *
 * @throws RangeError without tenors, with tenors out of order or yields of another length.
 */
export function curveChanges(move: CurveMove, at: Numbers): Float64Array {
  const { tenors, before, after } = move;
  if (tenors.length === 0 || before.length !== tenors.length || after.length !== tenors.length) {
    throw new RangeError('a curve has tenors, and as many yields before and after');
  }
  for (let index = 1; index < tenors.length; index++) {
    if (!((tenors[index] as number) > (tenors[index - 1] as number))) {
      throw new RangeError('tenors are not ascending');
    }
  }
  const changeAt = (index: number) => (after[index] as number) - (before[index] as number);
  return Float64Array.from(at, (years) => {
    if (Number.isNaN(years)) return Number.NaN;
    let high = 0;
    while (high < tenors.length && (tenors[high] as number) < years) high += 1;
    if (high === 0) return changeAt(0);
    if (high === tenors.length) return changeAt(high - 1);
    const [left, right] = [tenors[high - 1] as number, tenors[high] as number];
    const share = (years - left) / (right - left);
    return changeAt(high - 1) * (1 - share) + changeAt(high) * share;
  });
}
