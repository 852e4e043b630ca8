import type { AccountBatch } from '../diagnosis/accounts.ts';
import { createDiagnoser } from '../diagnosis/diagnose.ts';
import type { Market } from '../diagnosis/market.ts';
import type { Diagnosis } from '../diagnosis/result.ts';
import type { AbilityScales } from '../diagnosis/scores.ts';
import type { IndicatorPlan } from '../indicators/catalogue.ts';
import { createIndicatorComputer, type IndicatorArrays } from '../indicators/compute.ts';
import type { PanelConventions } from '../indicators/fund-columns.ts';
import type { Panel } from '../indicators/panel.ts';
import type { MeasureId } from '../performance/measures.ts';
import { createRanker, type Field, type OwnValues, type Tally } from '../ranking/time-aligned.ts';

/** The parts of a job, which all its threads take from. */
export interface Supply {
  /** One shared number: the next part that nobody has taken. */
  readonly next: Int32Array;
  readonly parts: number;
}

/** What every task over funds holds: plain data and shared arrays, so that sending copies little. */
interface Shared extends Supply {
  readonly panel: Panel;
  readonly conventions: PanelConventions;
}

/** Computes indicators of funds. */
export interface IndicatorTask extends Shared {
  readonly kind: 'indicators';
  readonly plan: IndicatorPlan;
  readonly arrays: IndicatorArrays;
}

/** One phase of a time-aligned ranking. */
export interface RankingTask extends Shared {
  readonly kind: 'own' | 'compare';
  readonly measures: readonly MeasureId[];
  readonly field: Field;
  readonly own: OwnValues;
  readonly tally: Tally;
}

/** Diagnoses accounts. */
export interface DiagnosisTask extends Supply {
  readonly kind: 'diagnosis';
  readonly market: Market;
  readonly batch: AccountBatch;
  readonly scales: AbilityScales | undefined;
  readonly into: Diagnosis;
}

export type Task = IndicatorTask | RankingTask | DiagnosisTask;

/** The part numbered `part` of `count` elements. */
function partOf(count: number, parts: number, part: number): { from: number; to: number } {
  return {
    from: Math.floor((count * part) / parts),
    to: Math.floor((count * (part + 1)) / parts),
  };
}

/**
 * Works at a task together with whoever else was given it: takes parts until none is left. Parts
 * write to places of their own, or count into arrays of their own, so that neither the number of
 * threads nor the order of parts shows in the result.
 */
export function workAt(task: Task): void {
  const work = prepare(task);
  for (;;) {
    const part = Atomics.add(task.next, 0, 1);
    if (part >= task.parts) return;
    work(part);
  }
}

function prepare(task: Task): (part: number) => void {
  if (task.kind === 'diagnosis') {
    const { market, batch, scales, into } = task;
    const diagnose = createDiagnoser(market, batch, scales);
    return (part) => diagnose(partOf(batch.accounts, task.parts, part), into);
  }
  const { panel, conventions, parts } = task;
  if (task.kind === 'indicators') {
    const compute = createIndicatorComputer(panel, task.plan, conventions);
    return (part) => compute(partOf(panel.fundCount, parts, part), task.arrays);
  }
  const { measures, field, own, tally } = task;
  const ranker = createRanker(panel, field, { measures, conventions });
  const count = field.funds.length;
  return task.kind === 'own'
    ? (part) => ranker.computeOwn(partOf(count, parts, part), own)
    : (part) => ranker.compare(partOf(count, parts, part), own, tally);
}
