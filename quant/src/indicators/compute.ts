import type { Reason } from '../figure.ts';
import { quantileOfSorted } from '../numeric/quantile.ts';
import {
  createSink,
  evaluateInto,
  fillReason,
  type MeasurePlan,
  planMeasures,
  type Sink,
} from '../performance/evaluate.ts';
import { createFacts, createScratch, type Target } from '../performance/facts.ts';
import { findRows } from '../series/windows.ts';
import {
  type IndicatorPlan,
  type IndicatorWindow,
  ROLLING_SUMMARIES,
  ROLLING_WINDOWS_MIN,
  rollingMeasures,
  rollingSpans,
  windowsOf,
} from './catalogue.ts';
import { createFundReader, type FundColumns, type PanelConventions } from './fund-columns.ts';
import type { Panel } from './panel.ts';

/** Where the indicators of a panel go: fund by fund, in the order of `listIndicators`. */
export interface IndicatorArrays {
  readonly values: Float64Array;
  readonly reasons: Uint8Array;
  /** Indicators of one fund. */
  readonly width: number;
}

/** A range of funds, [from, to). */
export interface FundRange {
  readonly from: number;
  readonly to: number;
}

interface Job {
  readonly plan: IndicatorPlan;
  readonly windows: readonly IndicatorWindow[];
  readonly measures: MeasurePlan;
  readonly rolling: MeasurePlan;
  readonly target: Target;
  /** Values of one rolling window, and of all rolling windows measure by measure. */
  readonly row: Sink;
  pile: Float64Array;
}

/**
 * Computes indicators of funds one by one into arrays. Each fund depends on nothing but its own
 * row, so any cut of the funds among threads gives the same bits.
 */
export function createIndicatorComputer(
  panel: Panel,
  plan: IndicatorPlan,
  conventions: PanelConventions = {},
): (range: FundRange, arrays: IndicatorArrays) => void {
  const measures = planMeasures(plan.measures);
  const sort = measures.groups.includes('order') && (plan.rolling || plan.years.length > 0);
  const reader = createFundReader(panel, { ...conventions, sort });
  const rolling = rollingMeasures(plan);
  const job: Job = {
    plan,
    windows: windowsOf(plan),
    measures,
    rolling: planMeasures(rolling),
    target: { facts: createFacts(), scratch: createScratch() },
    row: createSink(rolling.length),
    pile: new Float64Array(0),
  };
  return ({ from, to }, { values, reasons, width }) => {
    for (let fund = from; fund < to; fund++) {
      computeFund(job, reader.read(fund), { values, reasons, offset: fund * width });
    }
  };
}

function computeFund(job: Job, columns: FundColumns, sink: Sink): void {
  let offset = sink.offset;
  for (const window of job.windows) {
    if (window.kind === 'rolling') break;
    computeWindow(job, columns, window, { ...sink, offset });
    offset += job.measures.measures.length;
  }
  if (job.plan.rolling) computeRolling(job, columns, { ...sink, offset });
}

function computeWindow(
  { measures, plan, target }: Job,
  columns: FundColumns,
  window: IndicatorWindow,
  sink: Sink,
): void {
  const count = measures.measures.length;
  if (columns.days.length === 0 || columns.rows === 0) {
    fillReason(sink, count, 'TOO_FEW_OBSERVATIONS');
    return;
  }
  const span = window.span ?? { start: columns.days[0] as number, end: plan.asOf };
  const { value: rows, reason } = findRows(columns.days, span);
  if (rows === null) fillReason(sink, count, reason);
  else evaluateInto(measures, columns, rows, { ...target, sink });
}

/** Lowest, median and highest of every measure over the rolling years of a fund. */
function computeRolling(job: Job, columns: FundColumns, sink: Sink): void {
  const { plan, rolling, row, target } = job;
  const count = rolling.measures.length;
  const spans = columns.rows === 0 ? [] : rollingSpans(plan, columns.days[0] as number);
  if (job.pile.length < count * spans.length) job.pile = new Float64Array(count * spans.length * 2);
  const filled = new Int32Array(count);
  for (const span of spans) {
    const { value: rows } = findRows(columns.days, span);
    if (rows === null) continue;
    evaluateInto(rolling, columns, rows, { ...target, sink: row });
    for (let at = 0; at < count; at++) {
      if (row.reasons[at] !== 0) continue;
      job.pile[at * spans.length + (filled[at] as number)] = row.values[at] as number;
      filled[at] = (filled[at] as number) + 1;
    }
  }
  for (let at = 0; at < count; at++) {
    const start = at * spans.length;
    const values = job.pile.subarray(start, start + (filled[at] as number)).sort();
    ROLLING_SUMMARIES.forEach(({ p }, summary) => {
      const place = sink.offset + summary * count + at;
      const value = quantileOfSorted(values, p);
      if (values.length >= ROLLING_WINDOWS_MIN) {
        sink.values[place] = value;
        sink.reasons[place] = 0;
      } else {
        fillReason({ ...sink, offset: place }, 1, reasonOfFew(columns, spans.length));
      }
    });
  }
}

function reasonOfFew(columns: FundColumns, spans: number): Reason {
  return columns.rows === 0 || spans < ROLLING_WINDOWS_MIN
    ? 'NOT_ENOUGH_HISTORY'
    : 'TOO_FEW_OBSERVATIONS';
}
