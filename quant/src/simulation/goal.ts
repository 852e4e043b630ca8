/** Will the money be enough? Wealth of a plan along many simulated paths. */
import { type Answer, absent, type Figure, figure } from '../figure.ts';
import { quantileOfSorted } from '../numeric/quantile.ts';
import { seededRandom } from '../numeric/random.ts';
import { assetsOf, preparePaths, type ReturnSource } from './sources.ts';

/** A plan to be simulated. Money in any one unit, nominal. */
export interface GoalPlan {
  /** Wealth at the start, at least 0. */
  readonly initial: number;
  /** Money paid in (above 0) or taken out (below 0) at the end of each period; H periods. */
  readonly flows: Float64Array;
  /** Wealth to be reached at the end of the last period. */
  readonly target: number;
  /** N weights of the assets, brought back to these at the end of each period. */
  readonly weights: Float64Array;
}

export interface GoalSettings {
  readonly source: ReturnSource;
  /** Paths in the whole simulation. */
  readonly paths: number;
  readonly seed: number;
  /** Quantiles of the bands, in (0, 1). Default 5, 25, 50, 75, 95 %. */
  readonly bands?: readonly number[];
}

/** What the simulation says about a plan. */
export interface GoalOutlook {
  readonly paths: number;
  /** Share of paths whose wealth is at or above the target at the end. */
  readonly probability: number;
  /** √(p(1 − p)/paths): how far chance alone moves `probability`. */
  readonly standardError: number;
  /** Share of paths whose wealth was used up before the end: a withdrawal could not be paid whole. */
  readonly ruin: number;
  /** Mean of target − wealth over the paths below the target; absent when there is none. */
  readonly shortfall: Figure;
  /** Mean and quantiles of the wealth at the end. */
  readonly mean: number;
  /** Wealth by band and period: `levels[band][period]`, period 0 is the start; H + 1 values each. */
  readonly bands: readonly { readonly quantile: number; readonly levels: Float64Array }[];
}

const BANDS = [0.05, 0.25, 0.5, 0.75, 0.95];

/** The wealth of some paths: row by row, `values[(path − from)·(H + 1) + period]`. */
export interface WealthPaths {
  readonly from: number;
  readonly to: number;
  readonly values: Float64Array;
}

/**
 * The paths numbered from (inclusive) to (exclusive) of a simulation. Path n draws from stream n of
 * the seed, so parts computed apart, in any order or thread, are the parts of the whole.
 *
 * Per period wealth ← wealth·(1 + Σ weight·return) + flow, never below 0: what is used up stays so
 * until money is paid in.
 *
 * @throws RangeError when weights do not fit the source, or the range is not within 0 to paths.
 */
export function simulateWealth(
  plan: GoalPlan,
  { source, seed, paths }: GoalSettings,
  { from = 0, to = paths }: { readonly from?: number; readonly to?: number } = {},
): WealthPaths {
  const assets = assetsOf(source);
  const { weights, flows, initial } = plan;
  if (weights.length !== assets) throw new RangeError(`${weights.length} weights of ${assets}`);
  if (!(from >= 0 && from <= to && to <= paths)) throw new RangeError(`paths ${from} to ${to}`);
  const open = preparePaths(source);
  const width = flows.length + 1;
  const values = new Float64Array((to - from) * width);
  const returns = new Float64Array(assets);
  for (let path = from; path < to; path++) {
    const next = open(seededRandom(seed, path));
    let at = (path - from) * width;
    let wealth = initial;
    values[at++] = wealth;
    for (let period = 0; period < flows.length; period++) {
      next(returns);
      let growth = 0;
      for (let i = 0; i < assets; i++) growth += weights[i]! * returns[i]!;
      wealth = Math.max(0, wealth * (1 + growth) + flows[period]!);
      values[at++] = wealth;
    }
  }
  return { from, to, values };
}

/**
 * The outlook of a plan over all paths of the settings. Absent: `NOT_FINITE` when a number of the
 * plan is, or the wealth of a path leaves the numbers; `TOO_FEW_OBSERVATIONS` below 100 paths, where
 * the standard error of a probability can pass 5 %.
 *
 * Ruin is counted where a withdrawal leaves nothing: wealth 0 at the end of a period with a flow
 * below 0.
 *
 * @throws RangeError as `simulateWealth`, and for a band outside (0, 1).
 */
export function simulateGoal(plan: GoalPlan, settings: GoalSettings): Answer<GoalOutlook> {
  const { initial, target, flows, weights } = plan;
  if (![initial, target, ...flows, ...weights].every(Number.isFinite)) return absent('NOT_FINITE');
  if (settings.paths < PATHS_MIN) return absent('TOO_FEW_OBSERVATIONS');
  return summariseWealth(plan, settings, [simulateWealth(plan, settings)]);
}

const PATHS_MIN = 100;

/** As `simulateGoal`, from parts that were computed apart and together hold all paths. */
export function summariseWealth(
  plan: GoalPlan,
  { paths, bands = BANDS }: GoalSettings,
  parts: readonly WealthPaths[],
): Answer<GoalOutlook> {
  const held = parts.reduce((sum, part) => sum + part.to - part.from, 0);
  if (held !== paths) throw new RangeError(`${held} of ${paths} paths`);
  for (const band of bands) if (!(band > 0 && band < 1)) throw new RangeError(`band ${band}`);
  const width = plan.flows.length + 1;
  const ordered = parts.toSorted((a, b) => a.from - b.from);
  const levels = bands.map(() => new Float64Array(width));
  const column = new Float64Array(paths);
  for (let period = 0; period < width; period++) {
    readColumn(ordered, width, period, column);
    if (!column.every((wealth) => Number.isFinite(wealth))) return absent('NOT_FINITE');
    column.sort();
    for (const [at, band] of bands.entries()) levels[at]![period] = quantileOfSorted(column, band);
  }
  // The column is the last period's now, ascending.
  const missed = column.filter((wealth) => wealth < plan.target);
  const probability = 1 - missed.length / paths;
  return {
    value: {
      paths,
      probability,
      standardError: Math.sqrt((probability * (1 - probability)) / paths),
      ruin: countRuined(plan, ordered, width) / paths,
      shortfall:
        missed.length === 0
          ? absent('NO_LOSS')
          : figure(plan.target - missed.reduce((sum, wealth) => sum + wealth, 0) / missed.length),
      mean: column.reduce((sum, wealth) => sum + wealth, 0) / paths,
      bands: bands.map((quantile, at) => ({ quantile, levels: levels[at]! })),
    },
  };
}

function readColumn(
  parts: readonly WealthPaths[],
  width: number,
  period: number,
  into: Float64Array,
): void {
  let at = 0;
  for (const { from, to, values } of parts) {
    for (let path = 0; path < to - from; path++) into[at++] = values[path * width + period]!;
  }
}

function countRuined({ flows }: GoalPlan, parts: readonly WealthPaths[], width: number): number {
  let ruined = 0;
  for (const { from, to, values } of parts) {
    for (let path = 0; path < to - from; path++) {
      const start = path * width;
      if (flows.some((flow, period) => flow < 0 && values[start + period + 1] === 0)) ruined += 1;
    }
  }
  return ruined;
}
