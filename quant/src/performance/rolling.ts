import type { Figure } from '../figure.ts';
import { createOrderBuffers, orderRows } from '../numeric/order.ts';
import { type Columns, type Conventions, type ReturnsInput, toColumns } from './columns.ts';
import { computeGroups } from './compute-facts.ts';
import {
  createSink,
  figureAt,
  type MeasurePlan,
  planMeasures,
  type Sink,
  writeMeasures,
} from './evaluate.ts';
import { createFacts, createScratch } from './facts.ts';
import type { MeasureId } from './measures.ts';
import { ROLLING_GROUPS, scanWindows } from './rolling-sums.ts';

/** A measure over every window of `length` rows: element i covers rows i to i + length − 1. */
export interface Rolling {
  readonly values: Float64Array;
  readonly figureAt: (at: number) => Figure;
}

/**
 * Each measure over every window of `length` returns, one row apart (fewer rows than `length`: no
 * window). RangeError as `evaluate`, or if `length` is not a positive whole number. A window that
 * has no value is NaN in `values`; `figureAt` tells the reason.
 *
 * Measures of returns, excess, threshold and benchmark (`RANKABLE_MEASURES`) take the same time for
 * every length; those of the order of returns or the episodes of the path look at each window anew.
 */
export function evaluateRolling<Id extends MeasureId>(
  input: ReturnsInput,
  ids: readonly Id[],
  { length, ...conventions }: Conventions & { readonly length: number },
): Record<Id, Rolling> {
  if (!(Number.isInteger(length) && length > 0)) throw new RangeError(`length is ${length}`);
  const columns = toColumns(input, conventions);
  const plan = planMeasures(ids);
  const rows = input.returns.length;
  const windows = Math.max(0, rows - length + 1);
  const sinks = ids.map(() => createSink(windows));
  rollInto(plan, columns, { rows, length, sinks });
  const rolled = sinks.map((sink) => ({
    values: sink.values,
    figureAt: (at: number) => figureAt(sink, at),
  }));
  return Object.fromEntries(ids.map((id, at) => [id, rolled[at]])) as Record<Id, Rolling>;
}

function rollInto(
  plan: MeasurePlan,
  columns: Columns,
  { rows, length, sinks }: { rows: number; length: number; sinks: readonly Sink[] },
): void {
  const all = columns.benchmark === undefined ? plan.groupsAlone : plan.groups;
  const groups = all.filter((group) => !ROLLING_GROUPS.includes(group));
  if (groups.includes('order')) columns.ordered = order(columns);
  const row = createSink(sinks.length);
  const target = { facts: createFacts(), scratch: createScratch() };
  scanWindows(columns, { rows, length }, target.facts, (from) => {
    computeGroups(columns, { from, to: from + length }, { groups, ...target });
    writeMeasures(plan, columns, { facts: target.facts, sink: row });
    for (let at = 0; at < sinks.length; at++) {
      const sink = sinks[at] as Sink;
      sink.values[from] = row.values[at] as number;
      sink.reasons[from] = row.reasons[at] as number;
    }
  });
}

function order({ returns }: Columns): NonNullable<Columns['ordered']> {
  const rows = orderRows(Float64Array.from(returns), createOrderBuffers());
  return { rows, values: Float64Array.from(rows, (row) => returns[row] as number) };
}
