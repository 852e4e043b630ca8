import type { Figure } from '../figure.ts';
import type { PanelConventions } from '../indicators/fund-columns.ts';
import type { Panel } from '../indicators/panel.ts';
import { fillReason, readFigure } from '../performance/evaluate.ts';
import {
  MEASURE_IDS,
  MEASURES,
  type MeasureId,
  STANDARD_MEASURES,
} from '../performance/measures.ts';
import { SUFFIX_GROUPS } from './suffix-scan.ts';
import {
  createRanker,
  type Entries,
  enter,
  type OwnValues,
  type Tally,
  tieOf,
} from './time-aligned.ts';

/** What is ranked, and among whom. */
export interface RankingPlan {
  /** The type of each fund, any whole number from 0; below that a fund is left out. */
  readonly types: ArrayLike<number>;
  /** The fifteen standard measures when not given. */
  readonly measures?: readonly MeasureId[];
}

/** A fund among the funds of its type, by one measure over the fund's own life. */
export interface Standing {
  /** The fund's own value. */
  readonly value: number;
  /** 1 is the best; equal values (to 1e-12) share the better rank. */
  readonly rank: number;
  /** Funds with a value in this window, the fund itself included. */
  readonly count: number;
  /** Share of the others that it beats or equals: 1 for the best, NaN never (1 when alone). */
  readonly percentile: number;
  /** 1 for the best quarter of ranks to 4 for the last. */
  readonly quartile: 1 | 2 | 3 | 4;
}

/** Ranks fund by fund, in the order of the measures. */
export interface RankingTable extends OwnValues {
  readonly measures: readonly MeasureId[];
  readonly fundCount: number;
  /** 0 where the fund has no value. */
  readonly ranks: Int32Array;
  readonly counts: Int32Array;
}

/** Measures that can be ranked time-aligned: their facts can be kept while a window grows. */
export const RANKABLE_MEASURES: readonly MeasureId[] = MEASURE_IDS.filter((id) =>
  MEASURES[id].needs.every((group) => SUFFIX_GROUPS.includes(group)),
);

/** The measures of a plan. RangeError names every one that cannot be ranked time-aligned. */
export function rankedMeasures({
  measures = STANDARD_MEASURES,
}: Pick<RankingPlan, 'measures'>): readonly MeasureId[] {
  const refused = measures.filter((id) => !RANKABLE_MEASURES.includes(id));
  if (refused.length > 0) {
    throw new RangeError(`cannot be ranked time-aligned: ${refused.join(', ')}`);
  }
  return measures;
}

/** An empty table, in memory that threads share. */
export function createRankingTable(panel: Panel, measures: readonly MeasureId[]): RankingTable {
  const size = panel.fundCount * measures.length;
  const ints = () => new Int32Array(new SharedArrayBuffer(size * Int32Array.BYTES_PER_ELEMENT));
  return {
    measures,
    fundCount: panel.fundCount,
    values: new Float64Array(new SharedArrayBuffer(size * Float64Array.BYTES_PER_ELEMENT)),
    reasons: new Uint8Array(new SharedArrayBuffer(size)),
    ranks: ints(),
    counts: ints(),
  };
}

/** Turns the counts of all parts into ranks, and says why a fund has none. */
export function finishRanking(
  table: RankingTable,
  { left }: Entries,
  parts: readonly Tally[],
): void {
  const width = table.measures.length;
  for (const [fund, reason] of left) {
    fillReason({ ...table, offset: fund * width }, width, reason);
  }
  for (let at = 0; at < table.ranks.length; at++) {
    if (table.reasons[at] !== 0) continue;
    let rank = 1;
    let count = 1;
    for (const { beaten, compared } of parts) {
      rank += beaten[at] as number;
      count += compared[at] as number;
    }
    table.ranks[at] = rank;
    table.counts[at] = count;
  }
}

/**
 * Ranks every fund of a panel against the funds of its type over the fund's own life (时间切齐), by
 * every measure, on the calling thread. A peer is a fund of the type that has a value at the start
 * of that life (on it, or within 15 days before) and at the end of the panel.
 *
 * Measures of which neither more nor less is better are ranked from the highest. RangeError names
 * every measure whose facts cannot be kept for a growing window (`RANKABLE_MEASURES` can).
 */
export function rankTimeAligned(
  panel: Panel,
  plan: RankingPlan,
  conventions: PanelConventions = {},
): RankingTable {
  const measures = rankedMeasures(plan);
  const table = createRankingTable(panel, measures);
  const entries = enter(panel, plan.types);
  const ranker = createRanker(panel, entries.field, { measures, conventions });
  const tally = createTally(table.ranks.length);
  const all = { from: 0, to: entries.field.funds.length };
  ranker.computeOwn(all, table);
  ranker.compare(all, table, tally);
  finishRanking(table, entries, [tally]);
  return table;
}

/** Counts of nothing yet. */
export function createTally(size: number): Tally {
  return { compared: new Int32Array(size), beaten: new Int32Array(size) };
}

/** Where a fund stands by one measure, or the reason why it has no rank. */
export function standingOf(
  table: RankingTable,
  fund: number,
  measure: MeasureId,
): Standing | Exclude<Figure, { value: number }> {
  const place = fund * table.measures.length + table.measures.indexOf(measure);
  const figure = readFigure(table.values[place] as number, table.reasons[place] as number);
  if (figure.value === null) return figure;
  const [rank, count] = [table.ranks[place] as number, table.counts[place] as number];
  return {
    value: figure.value,
    rank,
    count,
    percentile: count === 1 ? 1 : (count - rank) / (count - 1),
    quartile: Math.ceil((4 * rank) / count) as 1 | 2 | 3 | 4,
  };
}

/**
 * Ranks values within their groups: element i is the rank of value i among the values of the same
 * type, 1 the best, ties sharing the better rank, 0 for a missing value (NaN) or a type below 0.
 * For a column of an indicator table. RangeError if values and types differ in length.
 */
export function rankWithin(
  values: ArrayLike<number>,
  types: ArrayLike<number>,
  { higherIsBetter = true }: { readonly higherIsBetter?: boolean } = {},
): Int32Array {
  if (values.length !== types.length) {
    throw new RangeError(`${values.length} values but ${types.length} types`);
  }
  const sign = higherIsBetter ? 1 : -1;
  const places = Array.from(values, (_, at) => at)
    .filter((at) => !Number.isNaN(values[at]) && (types[at] as number) >= 0)
    .sort((one, other) => sign * ((values[other] as number) - (values[one] as number)));
  const ranks = new Int32Array(values.length);
  const seen = new Map<number, { count: number; value: number; rank: number }>();
  for (const at of places) {
    const type = types[at] as number;
    const value = values[at] as number;
    const last = seen.get(type) ?? { count: 0, value: Number.NaN, rank: 0 };
    const tied = Math.abs(value - last.value) <= tieOf(last.value);
    const rank = tied ? last.rank : last.count + 1;
    seen.set(type, { count: last.count + 1, value: tied ? last.value : value, rank });
    ranks[at] = rank;
  }
  return ranks;
}
