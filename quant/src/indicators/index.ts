export {
  fullYears,
  type IndicatorDefinition,
  type IndicatorPlan,
  listIndicators,
} from './catalogue.ts';
export type { FundRange, IndicatorArrays } from './compute.ts';
export type { PanelConventions } from './fund-columns.ts';
export {
  computeIndicators,
  createTable,
  figureOf,
  type Indicator,
  type IndicatorOptions,
  type IndicatorTable,
  indicators,
  planFor,
  printIndicator,
} from './indicators.ts';
export { createPanel, type Panel, type PanelOptions, panelOf } from './panel.ts';
export { type SampleMarket, type SampleSize, sampleMarket, weekdays } from './sample-market.ts';
