import type { Figure } from '../figure.ts';
import { type Day, formatDay } from '../numeric/day.ts';
import { readFigure } from '../performance/evaluate.ts';
import type { RateSeries } from '../series/align.ts';
import type { Levels } from '../series/levels.ts';
import {
  fullYears,
  type IndicatorDefinition,
  type IndicatorPlan,
  listIndicators,
  planOf,
} from './catalogue.ts';
import { createIndicatorComputer, type IndicatorArrays } from './compute.ts';
import type { PanelConventions } from './fund-columns.ts';
import { lastDayOf, type Panel, panelOf } from './panel.ts';

/** The indicators of every fund of a panel. */
export interface IndicatorTable extends IndicatorArrays {
  readonly definitions: readonly IndicatorDefinition[];
  readonly fundCount: number;
}

/** One element of a table. */
export function figureOf(table: IndicatorTable, fund: number, indicator: number): Figure {
  const place = fund * table.width + indicator;
  return readFigure(table.values[place] as number, table.reasons[place] as number);
}

/** An empty table for a panel and a plan, in memory that threads share. */
export function createTable(panel: Panel, plan: IndicatorPlan): IndicatorTable {
  const definitions = listIndicators(plan);
  const width = definitions.length;
  const size = panel.fundCount * width;
  return {
    definitions,
    fundCount: panel.fundCount,
    width,
    values: new Float64Array(new SharedArrayBuffer(size * Float64Array.BYTES_PER_ELEMENT)),
    reasons: new Uint8Array(new SharedArrayBuffer(size)),
  };
}

/** A plan over the calendar years of a panel, as of its last day. */
export function planFor(
  panel: Panel,
  choice: Partial<IndicatorPlan> & { readonly asOf?: Day } = {},
): IndicatorPlan {
  const asOf = choice.asOf ?? lastDayOf(panel);
  const first = panel.days[0] as Day;
  return planOf(asOf, { ...choice, years: choice.years ?? fullYears(first, asOf) });
}

/** All indicators of a plan for all funds of a panel, on the calling thread. */
export function computeIndicators(
  panel: Panel,
  plan: IndicatorPlan = planFor(panel),
  conventions: PanelConventions = {},
): IndicatorTable {
  const table = createTable(panel, plan);
  const compute = createIndicatorComputer(panel, plan, conventions);
  compute({ from: 0, to: panel.fundCount }, table);
  return table;
}

/** What indicators of one fund are computed with. */
export interface IndicatorOptions extends PanelConventions, Partial<IndicatorPlan> {
  readonly benchmark?: Levels;
  /** A yearly rate, or a series of them; 0 when not given. */
  readonly riskFree?: RateSeries | number;
}

/** A definition with its figure. */
export type Indicator = IndicatorDefinition & Figure;

/**
 * Every indicator of one fund: each measure in each trailing window, calendar year and summary of
 * rolling years, more than 400 in all. `fund` holds adjusted net asset values (`adjustNav`).
 *
 * An indicator that cannot be stated is null with its reason. RangeError for days out of order, an
 * unknown measure, or a fund without any value.
 */
export function indicators(fund: Levels, options: IndicatorOptions = {}): Indicator[] {
  const { benchmark, riskFree = 0, ...rest } = options;
  const panel = panelOf([fund], {
    benchmarks: benchmark === undefined ? [] : [benchmark],
    riskFree,
  });
  const table = computeIndicators(panel, planFor(panel, rest), rest);
  return table.definitions.map((definition, at) => {
    const figure = figureOf(table, 0, at);
    return figure.value === null
      ? { ...definition, value: null, reason: figure.reason }
      : { ...definition, value: figure.value };
  });
}

/** A value as a person reads it: 1.23 % for fractions, a date for dates, four digits otherwise. */
export function printIndicator({ unit, value }: Indicator): string {
  if (value === null) return '–';
  if (unit === 'date') return formatDay(value);
  if (unit === 'fraction' || unit === 'per year') return `${(value * 100).toFixed(2)} %`;
  return unit === 'ratio' ? value.toFixed(4) : String(value);
}
