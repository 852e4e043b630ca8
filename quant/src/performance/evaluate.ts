import { absent, type Figure, figure, type Reason } from '../figure.ts';
import { type Columns, type Conventions, type ReturnsInput, toColumns } from './columns.ts';
import { computeFacts, orderGroups } from './compute-facts.ts';
import {
  createFacts,
  createScratch,
  type FactGroup,
  type Facts,
  type Rows,
  type Target,
} from './facts.ts';
import type { Measure } from './measure.ts';
import { MEASURES, type MeasureId, needsBenchmark } from './measures.ts';

/** Measures with the groups of facts that they need together. */
export interface MeasurePlan {
  readonly measures: readonly Measure[];
  readonly relative: readonly boolean[];
  readonly groups: readonly FactGroup[];
  /** The same without those of a benchmark. */
  readonly groupsAlone: readonly FactGroup[];
}

/** Looks the measures up and orders their groups. RangeError names every unknown id. */
export function planMeasures(ids: readonly MeasureId[]): MeasurePlan {
  const unknown = ids.filter((id) => !Object.hasOwn(MEASURES, id));
  if (unknown.length > 0) throw new RangeError(`no such measure: ${unknown.join(', ')}`);
  const measures = ids.map((id) => MEASURES[id]);
  const alone = measures.filter((measure) => !needsBenchmark(measure));
  return {
    measures,
    relative: measures.map(needsBenchmark),
    groups: orderGroups(measures.flatMap(({ needs }) => needs)),
    groupsAlone: orderGroups(alone.flatMap(({ needs }) => needs)),
  };
}

/** Whether every sum of the groups is finite: a gap or an infinite value shows in them. */
function isWhole(
  { returns, excess, threshold, pair }: Facts,
  needs: readonly FactGroup[],
): boolean {
  if (!Number.isFinite(returns.mean)) return false;
  for (const group of needs) {
    if (group === 'excess' && !Number.isFinite(excess.mean)) return false;
    if (group === 'threshold' && !Number.isFinite(threshold.upper1 + threshold.lower1))
      return false;
    if (group === 'residual' && !Number.isFinite(excess.mean + pair.activeMean)) return false;
    if (group === 'pair' && !Number.isFinite(pair.activeMean + pair.benchmarkMean)) return false;
  }
  return true;
}

/** Why a measure has no value over these facts, or undefined. */
export function findReason(measure: Measure, facts: Facts): Reason | undefined {
  if (!(facts.window.count >= measure.minObservations)) return 'TOO_FEW_OBSERVATIONS';
  if (!isWhole(facts, measure.needs)) return 'NOT_FINITE';
  for (const guard of measure.absentWhen) {
    if (guard.holds(facts)) return guard.reason;
  }
  return undefined;
}

/** One measure over facts whose groups were computed. */
function computeMeasure(measure: Measure, facts: Facts): Figure {
  const reason = findReason(measure, facts);
  return reason === undefined ? figure(measure.compute(facts), 'OUT_OF_RANGE') : absent(reason);
}

/** Every measure of the plan over some rows, in the order of the plan. */
export function evaluateRows(
  plan: MeasurePlan,
  columns: Columns,
  { from, to }: Rows,
  target: Target,
): Figure[] {
  const { measures, relative } = plan;
  if (to <= from) return measures.map(() => absent('TOO_FEW_OBSERVATIONS'));
  const alone = columns.benchmark === undefined;
  const groups = alone ? plan.groupsAlone : plan.groups;
  computeFacts(columns, { from, to }, { ...target, groups });
  return measures.map((measure, at) =>
    alone && relative[at] === true ? absent('NO_BENCHMARK') : computeMeasure(measure, target.facts),
  );
}

/**
 * The measures asked for, over all rows of the input.
 *
 * ```ts
 * const { sharpeRatio } = evaluate({ returns, riskFree: 0.0001 }, ['sharpeRatio']);
 * ```
 *
 * RangeError if columns differ in length or an id is unknown. A figure that cannot be stated is
 * null with its reason.
 */
export function evaluate<Id extends MeasureId>(
  input: ReturnsInput,
  ids: readonly Id[],
  conventions: Conventions = {},
): Record<Id, Figure> {
  const columns = toColumns(input, conventions);
  const rows = { from: 0, to: input.returns.length };
  const target = { facts: createFacts(), scratch: createScratch() };
  const figures = evaluateRows(planMeasures(ids), columns, rows, target);
  return Object.fromEntries(ids.map((id, at) => [id, figures[at]])) as Record<Id, Figure>;
}
