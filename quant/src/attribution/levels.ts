/**
 * Attribution down a tree: class, then sector within class, …, then security. Each level answers
 * for the decision taken there, and all levels together give the active return.
 */
import { type Answer, absent } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';

export interface SegmentInput {
  /** Number N of securities, and S of segments. */
  readonly securities: number;
  readonly segments: number;
  /** N segment numbers, 0 … S − 1. */
  readonly segmentOf: Numbers;
  /** T × N weights and returns; a return may be missing where the weight is zero. */
  readonly weights: Numbers;
  readonly returns: Numbers;
}

export interface Segments {
  /** T × S sums of weights. */
  readonly weights: Float64Array;
  /** T × S: Σ weight·return / Σ weight; NaN where the weights sum to zero. */
  readonly returns: Float64Array;
  /** T sums of weight·return, also of segments whose weights cancel. */
  readonly totals: Float64Array;
}

/**
 * Sums securities into segments, in the shape that `attributeBrinson` takes. Pass the totals on
 * as `portfolioTotals`, so that long and short positions that cancel stay in the residual.
 *
 * @throws RangeError on a shape that does not fit or a segment that does not exist.
 */
export function sumSegments(input: SegmentInput): Segments {
  const { securities, segments, segmentOf, weights, returns } = input;
  const periods = checkedPeriods(securities, weights, returns);
  checkGroups(segmentOf, { securities, groups: segments });
  const sums = new Float64Array(periods * segments);
  const gains = new Float64Array(periods * segments);
  const totals = new Float64Array(periods);
  for (let period = 0; period < periods; period++) {
    for (let security = 0; security < securities; security++) {
      const weight = weights[period * securities + security] as number;
      if (weight === 0) continue;
      const gain = weight * (returns[period * securities + security] as number);
      const at = period * segments + (segmentOf[security] as number);
      sums[at] = (sums[at] as number) + weight;
      gains[at] = (gains[at] as number) + gain;
      totals[period] = (totals[period] as number) + gain;
    }
  }
  const rates = sums.map((weight, at) =>
    weight === 0 ? Number.NaN : (gains[at] as number) / weight,
  );
  return { weights: sums, returns: rates, totals };
}

/** One level of the tree, coarse levels first. */
export interface Level {
  readonly groups: number;
  /** N group numbers, 0 … groups − 1; the groups of a level lie within those of the one above. */
  readonly groupOf: Numbers;
}

export interface LevelsInput {
  readonly securities: number;
  readonly levels: readonly Level[];
  /** T × N. */
  readonly portfolioWeights: Numbers;
  readonly benchmarkWeights: Numbers;
  /** T × N returns of the securities, the same for both sides; NaN where neither holds one. */
  readonly returns: Numbers;
}

export interface LeveledAttribution {
  /** For each level T × groups: the effect of weighting the group within its parent. */
  readonly levels: readonly Float64Array[];
  /** T × N: the effect of weighting the security within its finest group. */
  readonly securities: Float64Array;
  readonly portfolio: Float64Array;
  readonly benchmark: Float64Array;
  /** T: active return − all effects; rounding only. */
  readonly residual: Float64Array;
}

/**
 * Effect of a group g with parent h: (W_p(g) − W_b(g)) · (R_b(g) − R_b(h)); of a security i:
 * (w_p − w_b) · (rᵢ − R_b of its finest group). R_b(g) is the benchmark return of the group; where
 * the benchmark holds nothing of it, the portfolio's, so that the bet shows at the coarsest level
 * that took it. The sums telescope to Σ w_p·r − Σ w_b·r.
 *
 * With one level this is Brinson-Fachler with interaction inside selection, and selection shown
 * security by security. Weights sum to one on both sides. Absent: `NOT_FINITE`.
 * Source: Brinson and Fachler (1985); Bacon, ch. 5, multi-level attribution.
 *
 * @throws RangeError on a shape that does not fit, or a group that lies in two parents.
 */
export function attributeLevels(input: LevelsInput): Answer<LeveledAttribution> {
  const { securities, levels, portfolioWeights, benchmarkWeights, returns } = input;
  const periods = checkedPeriods(securities, portfolioWeights, returns);
  if (benchmarkWeights.length !== portfolioWeights.length) {
    throw new RangeError('portfolio and benchmark weights differ in length');
  }
  const parents = parentsOf(levels, securities);
  const result: LeveledAttribution = {
    levels: levels.map(({ groups }) => new Float64Array(periods * groups)),
    securities: new Float64Array(periods * securities),
    portfolio: new Float64Array(periods),
    benchmark: new Float64Array(periods),
    residual: new Float64Array(periods),
  };
  for (let period = 0; period < periods; period++) {
    const slice = (series: Numbers) =>
      Float64Array.from(
        { length: securities },
        (_, security) => series[period * securities + security] as number,
      );
    const day = {
      ours: slice(portfolioWeights),
      theirs: slice(benchmarkWeights),
      returns: slice(returns),
    };
    attributeDay(input, { day, parents, result, period });
    if (!Number.isFinite(result.residual[period])) return absent('NOT_FINITE');
  }
  return { value: result };
}

interface Day {
  readonly ours: Float64Array;
  readonly theirs: Float64Array;
  readonly returns: Float64Array;
}

function attributeDay(
  { levels, securities }: LevelsInput,
  {
    day,
    parents,
    result,
    period,
  }: { day: Day; parents: readonly Int32Array[]; result: LeveledAttribution; period: number },
): void {
  const whole = groupDay({ groups: 1, groupOf: new Int32Array(securities) }, day);
  const benchmark = whole.benchmarkGain[0] as number;
  let above: Float64Array = Float64Array.of(benchmark);
  let explained = 0;
  levels.forEach((level, depth) => {
    const sums = groupDay(level, day);
    const rates = benchmarkRates(sums, { above, parents: parents[depth] as Int32Array });
    const effects = result.levels[depth] as Float64Array;
    for (let group = 0; group < level.groups; group++) {
      const parent = (parents[depth] as Int32Array)[group] as number;
      const active = (sums.ours[group] as number) - (sums.theirs[group] as number);
      const effect = active * ((rates[group] as number) - (above[parent] as number));
      effects[period * level.groups + group] = effect;
      explained += effect;
    }
    above = rates;
  });
  const finest = levels.at(-1);
  for (let security = 0; security < securities; security++) {
    const active = (day.ours[security] as number) - (day.theirs[security] as number);
    if (active === 0) continue;
    const group = finest === undefined ? 0 : (finest.groupOf[security] as number);
    const effect = active * ((day.returns[security] as number) - (above[group] as number));
    result.securities[period * securities + security] = effect;
    explained += effect;
  }
  const portfolio = whole.portfolioGain[0] as number;
  result.portfolio[period] = portfolio;
  result.benchmark[period] = benchmark;
  result.residual[period] = portfolio - benchmark - explained;
}

interface GroupSums {
  readonly ours: Float64Array;
  readonly theirs: Float64Array;
  readonly portfolioGain: Float64Array;
  readonly benchmarkGain: Float64Array;
}

function groupDay({ groups, groupOf }: Level, { ours, theirs, returns }: Day): GroupSums {
  const sums: GroupSums = {
    ours: new Float64Array(groups),
    theirs: new Float64Array(groups),
    portfolioGain: new Float64Array(groups),
    benchmarkGain: new Float64Array(groups),
  };
  const add = (to: Float64Array, group: number, value: number) => {
    to[group] = (to[group] as number) + value;
  };
  for (let security = 0; security < ours.length; security++) {
    const group = groupOf[security] as number;
    const held = ours[security] as number;
    const meant = theirs[security] as number;
    const value = returns[security] as number;
    add(sums.ours, group, held);
    add(sums.theirs, group, meant);
    if (held !== 0) add(sums.portfolioGain, group, held * value);
    if (meant !== 0) add(sums.benchmarkGain, group, meant * value);
  }
  return sums;
}

function benchmarkRates(
  sums: GroupSums,
  { above, parents }: { above: Float64Array; parents: Int32Array },
): Float64Array {
  return sums.theirs.map((weight, group) => {
    if (weight !== 0) return (sums.benchmarkGain[group] as number) / weight;
    const held = sums.ours[group] as number;
    if (held !== 0) return (sums.portfolioGain[group] as number) / held;
    return above[parents[group] as number] as number;
  });
}

/** For each level the parent of each group; the whole is the parent of the first level. */
function parentsOf(levels: readonly Level[], securities: number): Int32Array[] {
  return levels.map((level, depth) => {
    checkGroups(level.groupOf, { securities, groups: level.groups });
    const parents = new Int32Array(level.groups).fill(-1);
    const above = levels[depth - 1];
    for (let security = 0; security < securities; security++) {
      const group = level.groupOf[security] as number;
      const parent = above === undefined ? 0 : (above.groupOf[security] as number);
      if (parents[group] !== -1 && parents[group] !== parent) {
        throw new RangeError(`group ${group} of level ${depth} lies in two groups above`);
      }
      parents[group] = parent;
    }
    // A group without securities has no parent; its effect is zero under any.
    return parents.map((parent) => Math.max(parent, 0));
  });
}

function checkedPeriods(securities: number, weights: Numbers, returns: Numbers): number {
  if (!(securities >= 1) || weights.length % securities !== 0) {
    throw new RangeError(`${weights.length} weights are not periods of ${securities} securities`);
  }
  if (returns.length !== weights.length) {
    throw new RangeError(`${returns.length} returns for ${weights.length} weights`);
  }
  return weights.length / securities;
}

function checkGroups(
  groupOf: Numbers,
  { securities, groups }: { securities: number; groups: number },
): void {
  if (groupOf.length !== securities) {
    throw new RangeError(`${groupOf.length} group numbers for ${securities} securities`);
  }
  for (let security = 0; security < securities; security++) {
    const group = groupOf[security] as number;
    if (!Number.isInteger(group) || group < 0 || group >= groups) {
      throw new RangeError(`group ${group} of security ${security} is not one of ${groups}`);
    }
  }
}
