/*
 * Time-aligned ranking (时间切齐): each fund is ranked against the funds of its type over its own
 * life. All windows end on one day, so the windows in which a fund serves as a peer are suffixes of
 * its series, and one scan from its end gives it in all of them: for n funds of a type on d days
 * that is n · d steps and n² ÷ 2 comparisons instead of n² · d steps.
 *
 * Two phases: every fund's own values first; then every fund is scanned once and compared in the
 * windows of those who are not older. A comparison only counts, and counts of parts add up to the
 * counts of the whole, so any cut of the funds among threads gives the same ranks.
 */
import { absent, type Figure, type Reason } from '../figure.ts';
import {
  createFundReader,
  type FundColumns,
  type PanelConventions,
} from '../indicators/fund-columns.ts';
import type { Panel } from '../indicators/panel.ts';
import type { Day } from '../numeric/day.ts';
import {
  createSink,
  type MeasurePlan,
  planMeasures,
  type Sink,
  writeMeasures,
} from '../performance/evaluate.ts';
import { createFacts, type Facts } from '../performance/facts.ts';
import { MEASURES, type MeasureId } from '../performance/measures.ts';
import { CARRY_DAYS_MAX } from '../series/calendar.ts';
import {
  createSuffixState,
  extendSuffix,
  readSuffix,
  type SuffixState,
  startSuffix,
} from './suffix-scan.ts';

/**
 * Who is compared with whom: entrants by type, in each type the youngest first, so that the funds
 * which are not older than an entrant are a stretch of the list. Threads share the arrays.
 */
export interface Field {
  readonly funds: Int32Array;
  /** The day of the first value of each. */
  readonly starts: Int32Array;
  /** Entrants [groupFrom, notOlderTo) are of the entrant's type and not older; he is among them. */
  readonly groupFrom: Int32Array;
  readonly notOlderTo: Int32Array;
}

/** The field, and why the other funds are not in it. */
export interface Entries {
  readonly field: Field;
  readonly left: ReadonlyMap<number, Reason>;
}

/** Sorts the funds of a panel into their types. */
export function enter(panel: Panel, types: ArrayLike<number>): Entries {
  const groups = new Map<number, { fund: number; start: Day }[]>();
  const left = new Map<number, Reason>();
  for (let fund = 0; fund < panel.fundCount; fund++) {
    const type = types[fund] ?? -1;
    const start = findStart(panel, fund);
    if (type < 0) left.set(fund, 'NO_TYPE');
    else if (start.value === null) left.set(fund, start.reason);
    else if (groups.get(type)?.push({ fund, start: start.value }) === undefined) {
      groups.set(type, [{ fund, start: start.value }]);
    }
  }
  const count = panel.fundCount - left.size;
  const field = {
    funds: sharedInts(count),
    starts: sharedInts(count),
    groupFrom: sharedInts(count),
    notOlderTo: sharedInts(count),
  };
  let next = 0;
  for (const group of groups.values()) {
    group.sort((one, other) => other.start - one.start || one.fund - other.fund);
    fillGroup(field, group, next);
    next += group.length;
  }
  return { field, left };
}

function sharedInts(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

function fillGroup(
  field: Field,
  group: readonly { readonly fund: number; readonly start: Day }[],
  from: number,
): void {
  let end = group.length;
  for (let at = group.length - 1; at >= 0; at--) {
    const { fund, start } = group[at] as { fund: number; start: Day };
    // Equally old ones end together.
    if (at < group.length - 1 && group[at + 1]?.start !== start) end = at + 1;
    field.funds[from + at] = fund;
    field.starts[from + at] = start;
    field.groupFrom[from + at] = from;
    field.notOlderTo[from + at] = from + end;
  }
}

/** The first day of a fund that has at least two values and whose last one is fresh. */
function findStart({ days, values }: Panel, fund: number): Figure {
  const width = days.length;
  const row = values.subarray(fund * width, (fund + 1) * width);
  let first = 0;
  while (first < width && Number.isNaN(row[first])) first++;
  let last = width - 1;
  while (last > first && Number.isNaN(row[last])) last--;
  if (last <= first) return absent('TOO_FEW_OBSERVATIONS');
  const stale = (days.at(-1) as Day) - (days[last] as Day) > CARRY_DAYS_MAX;
  return stale ? absent('GAP') : { value: days[first] as Day };
}

/** A range of entrants, [from, to). */
export interface EntrantRange {
  readonly from: number;
  readonly to: number;
}

/** How often each fund was compared, and beaten. */
export interface Tally {
  readonly compared: Int32Array;
  readonly beaten: Int32Array;
}

/** The two phases of a ranking on one thread. */
export interface Ranker {
  /** Writes the values of some entrants over their own lives. */
  computeOwn(range: EntrantRange, own: OwnValues): void;
  /** Compares some entrants in the windows of those who are not older. Needs all own values. */
  compare(range: EntrantRange, own: OwnValues, tally: Tally): void;
}

/** Values over each fund's own life, fund by fund. */
export interface OwnValues {
  readonly values: Float64Array;
  readonly reasons: Uint8Array;
}

/** A ranker with buffers of its own. RangeError as `rankedMeasures`. */
export function createRanker(
  panel: Panel,
  field: Field,
  {
    measures,
    conventions = {},
  }: { measures: readonly MeasureId[]; conventions?: PanelConventions },
): Ranker {
  const reader = createFundReader(panel, conventions);
  const scan: Scan = {
    plan: planMeasures(measures),
    width: measures.length,
    state: createSuffixState(),
    facts: createFacts(),
    now: createSink(measures.length),
    direction: Float64Array.from(measures, (id) =>
      MEASURES[id].higherIsBetter === false ? -1 : 1,
    ),
  };
  return {
    computeOwn({ from, to }, own) {
      for (let at = from; at < to; at++) {
        const fund = field.funds[at] as number;
        const columns = reader.read(fund);
        startSuffix(scan.state, columns, columns.rows);
        computeAt(scan, columns, 0);
        own.values.set(scan.now.values, fund * scan.width);
        own.reasons.set(scan.now.reasons, fund * scan.width);
      }
    },
    compare({ from, to }, own, tally) {
      for (let at = from; at < to; at++) {
        const columns = reader.read(field.funds[at] as number);
        scanFund(scan, columns, { entrant: at, field, own, tally });
      }
    },
  };
}

interface Scan {
  readonly plan: MeasurePlan;
  readonly width: number;
  readonly state: SuffixState;
  readonly facts: Facts;
  /** The values in the window of the moment. */
  readonly now: Sink;
  /** 1 where more is better, −1 where less is. */
  readonly direction: Float64Array;
}

/** The scanned fund's values over its rows from `row` to the end. */
function computeAt(scan: Scan, columns: FundColumns, row: number): void {
  const { plan, state, facts } = scan;
  const groups = columns.benchmark === undefined ? plan.groupsAlone : plan.groups;
  extendSuffix(state, columns, row, groups);
  readSuffix(state, columns, facts, groups);
  writeMeasures(plan, columns, { facts, sink: scan.now });
}

interface Visit {
  readonly entrant: number;
  readonly field: Field;
  readonly own: OwnValues;
  readonly tally: Tally;
}

/** Takes one fund, from its end to its start, into the windows of all who are not older. */
function scanFund(scan: Scan, columns: FundColumns, visit: Visit): void {
  const { entrant, field } = visit;
  const { days, rows } = columns;
  const end = field.notOlderTo[entrant] as number;
  startSuffix(scan.state, columns, rows);
  let row = rows;
  let next = field.groupFrom[entrant] as number;
  while (next < end) {
    const start = field.starts[next] as Day;
    while (row > 0 && (days[row] as Day) > start) row--;
    // A peer counts only if it has a value near the start of the window, and a return in it.
    const counts = row < rows && start - (days[row] as Day) <= CARRY_DAYS_MAX;
    if (counts) computeAt(scan, columns, row);
    for (; next < end && field.starts[next] === start; next++) {
      if (counts && next !== entrant) compareWith(scan, field.funds[next] as number, visit);
    }
  }
}

/** Values this near to each other are equal: the rest is rounding on different ways to them. */
const TIE = 1e-12;

/** How far one value may lie from another and still be equal to it. */
export function tieOf(value: number): number {
  return TIE * (1 + Math.abs(value));
}

/** Counts the scanned fund as a peer of another in the window of the moment. */
function compareWith({ now, width, direction }: Scan, fund: number, { own, tally }: Visit): void {
  const place = fund * width;
  for (let at = 0; at < width; at++) {
    const value = own.values[place + at] as number;
    // Where either has no value the lead is NaN and counts for nothing.
    const lead = ((now.values[at] as number) - value) * (direction[at] as number);
    const compared = tally.compared[place + at] as number;
    const beaten = tally.beaten[place + at] as number;
    tally.compared[place + at] = compared + Number(!Number.isNaN(lead));
    tally.beaten[place + at] = beaten + Number(lead > tieOf(value));
  }
}
