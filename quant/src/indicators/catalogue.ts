import { addMonths, civilOf, type Day, dayOf } from '../numeric/day.ts';
import type { Bilingual, Unit } from '../performance/measure.ts';
import { MEASURE_IDS, MEASURES, type MeasureId } from '../performance/measures.ts';
import {
  calendarSpan,
  type Span,
  TRAILING_WINDOWS,
  type TrailingWindow,
  trailingSpan,
} from '../series/windows.ts';

/** Which indicators are computed: each measure in each window. */
export interface IndicatorPlan {
  readonly measures: readonly MeasureId[];
  /** The windows that end on `asOf`. */
  readonly trailing: readonly TrailingWindow[];
  /** Calendar years. */
  readonly years: readonly number[];
  /**
   * Also the lowest, the median and the highest value of each measure over windows of a year that
   * end with each month of the series.
   */
  readonly rolling: boolean;
  readonly asOf: Day;
}

/** What a rolling window is summed up to. */
export const ROLLING_SUMMARIES = [
  { id: 'rolling1yLow', en: 'lowest of rolling years', zh: '滚动一年最低值', p: 0 },
  { id: 'rolling1yMedian', en: 'median of rolling years', zh: '滚动一年中位数', p: 0.5 },
  { id: 'rolling1yHigh', en: 'highest of rolling years', zh: '滚动一年最高值', p: 1 },
] as const;

/** Rolling windows that must have a value before they are summed up. */
export const ROLLING_WINDOWS_MIN = 6;

/** A window as it is named and, unless it is a summary of rolling ones, where it lies. */
export interface IndicatorWindow {
  readonly id: string;
  readonly name: Bilingual;
  /** Undefined for the whole life of a fund and for rolling windows. */
  readonly span: Span | undefined;
  readonly kind: 'trailing' | 'year' | 'rolling';
}

/** One indicator: a measure in a window. */
export interface IndicatorDefinition {
  /** `sharpeRatio.1y`, `totalReturn.2020`, `volatility.rolling1yMedian`. */
  readonly id: string;
  readonly measure: MeasureId;
  readonly window: string;
  readonly name: Bilingual;
  readonly formula: string;
  readonly unit: Unit;
  readonly higherIsBetter: boolean | null;
}

/** Every measure, every trailing window, no years, with rolling windows. */
export function planOf(
  asOf: Day,
  choice: Partial<Omit<IndicatorPlan, 'asOf'>> = {},
): IndicatorPlan {
  return {
    measures: choice.measures ?? MEASURE_IDS,
    trailing: choice.trailing ?? TRAILING_WINDOWS.map(({ id }) => id),
    years: choice.years ?? [],
    rolling: choice.rolling ?? true,
    asOf,
  };
}

/** The calendar years that lie wholly between two days. */
export function fullYears(first: Day, last: Day): number[] {
  const from = civilOf(first).year + 1;
  const until = civilOf(last + 1).year - 1;
  return Array.from({ length: Math.max(0, until - from + 1) }, (_, at) => from + at);
}

/** The windows of a plan, in the order in which their indicators are listed. */
export function windowsOf(plan: IndicatorPlan): IndicatorWindow[] {
  const trailing = plan.trailing.map((id): IndicatorWindow => {
    const { en, zh } = TRAILING_WINDOWS.find(
      (each) => each.id === id,
    ) as (typeof TRAILING_WINDOWS)[number];
    return { id, name: { en, zh }, span: trailingSpan(id, plan.asOf), kind: 'trailing' };
  });
  const years = plan.years.map(
    (year): IndicatorWindow => ({
      id: String(year),
      name: { en: String(year), zh: `${year}年` },
      span: calendarSpan(year),
      kind: 'year',
    }),
  );
  const rolling = ROLLING_SUMMARIES.map(
    ({ id, en, zh }): IndicatorWindow => ({
      id,
      name: { en, zh },
      span: undefined,
      kind: 'rolling',
    }),
  );
  return [...trailing, ...years, ...(plan.rolling ? rolling : [])];
}

/** The measures that can be summed up over rolling windows: all but dates. */
export function rollingMeasures(plan: IndicatorPlan): MeasureId[] {
  return plan.measures.filter((id) => MEASURES[id].unit !== 'date');
}

/** The spans of a year that end with each month from `first` to the day of the plan. */
export function rollingSpans(plan: IndicatorPlan, first: Day): Span[] {
  const spans: Span[] = [];
  const begin = addMonths(first, 12);
  const { year, month } = civilOf(begin);
  for (let at = 0; ; at++) {
    const end =
      dayOf({
        year: year + Math.floor((month + at) / 12),
        month: ((month + at) % 12) + 1,
        date: 1,
      }) - 1;
    if (end > plan.asOf) return spans;
    if (end >= begin) spans.push({ start: addMonths(end + 1, -12) - 1, end });
  }
}

/** The indicators of a plan, in the order of their values. */
export function listIndicators(plan: IndicatorPlan): IndicatorDefinition[] {
  return windowsOf(plan).flatMap((window) => {
    const ids = window.kind === 'rolling' ? rollingMeasures(plan) : plan.measures;
    return ids.map((measure) => {
      const { name, formula, unit, higherIsBetter } = MEASURES[measure];
      return {
        id: `${measure}.${window.id}`,
        measure,
        window: window.id,
        name: { en: `${name.en}, ${window.name.en}`, zh: `${window.name.zh}${name.zh}` },
        formula,
        unit,
        higherIsBetter,
      };
    });
  });
}
