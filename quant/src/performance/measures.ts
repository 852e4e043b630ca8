import type { FactGroup } from './facts.ts';
import type { Measure } from './measure.ts';
import { ACTIVE_MEASURES } from './measures/active.ts';
import { DRAWDOWN_MEASURES } from './measures/drawdown.ts';
import { RATIO_MEASURES } from './measures/ratio.ts';
import { REGRESSION_MEASURES } from './measures/regression.ts';
import { RETURN_MEASURES } from './measures/return.ts';
import { RISK_MEASURES } from './measures/risk.ts';
import { TAIL_MEASURES } from './measures/tail.ts';

/** The measures by family, in the order in which they are listed everywhere. */
export const MEASURE_FAMILIES = {
  return: RETURN_MEASURES,
  risk: RISK_MEASURES,
  tail: TAIL_MEASURES,
  drawdown: DRAWDOWN_MEASURES,
  ratio: RATIO_MEASURES,
  active: ACTIVE_MEASURES,
  regression: REGRESSION_MEASURES,
} as const;

const TABLE = {
  ...RETURN_MEASURES,
  ...RISK_MEASURES,
  ...TAIL_MEASURES,
  ...DRAWDOWN_MEASURES,
  ...RATIO_MEASURES,
  ...ACTIVE_MEASURES,
  ...REGRESSION_MEASURES,
} as const;

export type MeasureId = keyof typeof TABLE;

/** Every measure, said once: names, formula, unit, conditions, source and computation. */
export const MEASURES: Readonly<Record<MeasureId, Measure>> = TABLE;

/** The ids of all measures, in their order. */
export const MEASURE_IDS = Object.keys(MEASURES) as readonly MeasureId[];

/** Fifteen that every overview of funds shows; all of them can be ranked time-aligned. */
export const STANDARD_MEASURES = [
  'totalReturn',
  'annualReturn',
  'volatility',
  'downsideDeviation',
  'maxDrawdown',
  'sharpeRatio',
  'sortinoRatio',
  'calmarRatio',
  'omegaRatio',
  'skewness',
  'kurtosis',
  'winRate',
  'beta',
  'alpha',
  'informationRatio',
] as const satisfies readonly MeasureId[];

const WITH_BENCHMARK: readonly FactGroup[] = ['pair', 'residual', 'markets'];

/** Whether a measure compares with a benchmark. */
export function needsBenchmark({ needs }: Measure): boolean {
  return needs.some((group) => WITH_BENCHMARK.includes(group));
}
