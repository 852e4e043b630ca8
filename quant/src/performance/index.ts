export { type Conventions, PERIODS_PER_YEAR_DEFAULT, type ReturnsInput } from './columns.ts';
export { type Drawdown, listDrawdowns } from './drawdowns.ts';
export { evaluate } from './evaluate.ts';
export type { FactGroup, Facts } from './facts.ts';
export type { Guard } from './guards.ts';
export type { Bilingual, Measure, Unit } from './measure.ts';
export {
  MEASURE_FAMILIES,
  MEASURE_IDS,
  MEASURES,
  type MeasureId,
  needsBenchmark,
  STANDARD_MEASURES,
} from './measures.ts';
export { evaluateRolling, type Rolling } from './rolling.ts';
