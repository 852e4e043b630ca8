import { absent, type Figure, REASONS, type Reason } from '../figure.ts';
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
import type { Guard } from './guards.ts';
import type { Measure } from './measure.ts';
import { MEASURES, type MeasureId, needsBenchmark } from './measures.ts';

/** Measures with the groups of facts that they need together. */
export interface MeasurePlan {
  readonly measures: readonly Measure[];
  readonly steps: readonly Step[];
  readonly groups: readonly FactGroup[];
  /** The same without those of a benchmark. */
  readonly groupsAlone: readonly FactGroup[];
}

/** What is done for one measure; all steps have one shape, for this is the inner loop. */
interface Step {
  readonly minObservations: number;
  /** The groups whose sums must be finite, as bits. */
  readonly needs: number;
  readonly relative: boolean;
  readonly guards: readonly Guard[];
  readonly compute: (facts: Facts) => number;
}

/** Looks the measures up and orders their groups. RangeError names every unknown id. */
export function planMeasures(ids: readonly MeasureId[]): MeasurePlan {
  const unknown = ids.filter((id) => !Object.hasOwn(MEASURES, id));
  if (unknown.length > 0) throw new RangeError(`no such measure: ${unknown.join(', ')}`);
  const measures = ids.map((id) => MEASURES[id]);
  const alone = measures.filter((measure) => !needsBenchmark(measure));
  return {
    measures,
    steps: measures.map(stepOf),
    groups: orderGroups(measures.flatMap(({ needs }) => needs)),
    groupsAlone: orderGroups(alone.flatMap(({ needs }) => needs)),
  };
}

const STEPS = new Map<Measure, Step>();

/** The step of a measure, made once. */
function stepOf(measure: Measure): Step {
  const known = STEPS.get(measure);
  if (known !== undefined) return known;
  const step: Step = {
    minObservations: measure.minObservations,
    needs: measure.needs.reduce((bits, group) => bits | (BITS[group] ?? 0), RETURNS_BIT),
    relative: needsBenchmark(measure),
    guards: measure.absentWhen,
    compute: measure.compute,
  };
  STEPS.set(measure, step);
  return step;
}

const RETURNS_BIT = 1;

/** Groups in whose sums a gap or an infinite value shows; the others show it in the returns. */
const BITS: Partial<Readonly<Record<FactGroup, number>>> = {
  excess: 2,
  threshold: 4,
  pair: 8,
  residual: 2 | 8,
  markets: 8,
};

/** The groups that hold a gap or an infinite value, as bits. */
function findBroken({ returns, excess, threshold, pair }: Facts): number {
  return (
    Number(!Number.isFinite(returns.mean)) |
    (Number(!Number.isFinite(excess.mean)) << 1) |
    (Number(!Number.isFinite(threshold.upper1 + threshold.lower1)) << 2) |
    (Number(!Number.isFinite(pair.activeMean + pair.benchmarkMean)) << 3)
  );
}

/** Why a measure has no value over these facts, or undefined. */
export function findReason(measure: Measure, facts: Facts): Reason | undefined {
  return reasonOf(stepOf(measure), facts, findBroken(facts));
}

function reasonOf(step: Step, facts: Facts, broken: number): Reason | undefined {
  if (!(facts.window.count >= step.minObservations)) return 'TOO_FEW_OBSERVATIONS';
  if ((step.needs & broken) !== 0) return 'NOT_FINITE';
  for (const guard of step.guards) {
    if (guard.holds(facts)) return guard.reason;
  }
  return undefined;
}

/** Where values go: one after the other from `offset`, with the code of the reason or 0. */
export interface Sink {
  readonly values: Float64Array;
  readonly reasons: Uint8Array;
  readonly offset: number;
}

/** Writes every measure of the plan over some rows, in the order of the plan. */
export function evaluateInto(
  plan: MeasurePlan,
  columns: Columns,
  rows: Rows,
  { facts, scratch, sink }: Target & { readonly sink: Sink },
): void {
  if (rows.to <= rows.from) {
    fillReason(sink, plan.measures.length, 'TOO_FEW_OBSERVATIONS');
    return;
  }
  const alone = columns.benchmark === undefined;
  const groups = alone ? plan.groupsAlone : plan.groups;
  computeFacts(columns, rows, { facts, scratch, groups });
  writeMeasures(plan, columns, { facts, sink });
}

/** Writes every measure of the plan from facts that are there. */
export function writeMeasures(
  { steps }: MeasurePlan,
  { benchmark }: Columns,
  { facts, sink }: { readonly facts: Facts; readonly sink: Sink },
): void {
  const broken = findBroken(facts);
  const { values, reasons, offset } = sink;
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at] as Step;
    const lonely = step.relative && benchmark === undefined;
    const reason = lonely ? 'NO_BENCHMARK' : reasonOf(step, facts, broken);
    const value = reason === undefined ? step.compute(facts) : Number.NaN;
    const finite = Number.isFinite(value);
    values[offset + at] = finite ? value : Number.NaN;
    reasons[offset + at] = finite ? 0 : codeOfReason(reason ?? 'OUT_OF_RANGE');
  }
}

/** Writes one reason for some indicators. */
export function fillReason({ values, reasons, offset }: Sink, count: number, reason: Reason): void {
  values.fill(Number.NaN, offset, offset + count);
  reasons.fill(codeOfReason(reason), offset, offset + count);
}

const REASON_LIST = Object.keys(REASONS) as readonly Reason[];
const CODES = new Map(REASON_LIST.map((reason, at) => [reason, at + 1]));

function codeOfReason(reason: Reason): number {
  return CODES.get(reason) as number;
}

/** A value and the code of its reason as a figure. */
export function readFigure(value: number, code: number): Figure {
  return code === 0 ? { value } : absent(REASON_LIST[code - 1] as Reason);
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
  const sink = createSink(ids.length);
  const target = { facts: createFacts(), scratch: createScratch(), sink };
  evaluateInto(planMeasures(ids), columns, { from: 0, to: input.returns.length }, target);
  return Object.fromEntries(ids.map((id, at) => [id, figureAt(sink, at)])) as Record<Id, Figure>;
}

/** An empty sink for some values. */
export function createSink(count: number): Sink {
  return { values: new Float64Array(count), reasons: new Uint8Array(count), offset: 0 };
}

/** One element of a sink. */
export function figureAt({ values, reasons }: Sink, at: number): Figure {
  return readFigure(values[at] as number, reasons[at] as number);
}
