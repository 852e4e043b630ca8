import {
  createOrderBuffers,
  type OrderBuffers,
  type OrderedRows,
  orderRows,
} from '../numeric/order.ts';
import type { Columns, Conventions } from '../performance/columns.ts';
import { PERIODS_PER_YEAR_DEFAULT } from '../performance/columns.ts';
import type { Panel } from './panel.ts';

/** How the funds of a panel are measured. */
export interface PanelConventions extends Conventions {
  /** The minimum acceptable return a year, or the risk-free return itself; 0 when not given. */
  readonly minimumAcceptable?: number | 'riskFree';
}

/** Buffers of one thread for the columns of one fund after the other. */
export interface FundColumns extends Columns {
  days: Int32Array;
  /** Returns of the fund: one fewer than it has values. */
  rows: number;
}

interface Buffers {
  readonly returns: Float64Array;
  readonly benchmark: Float64Array;
  readonly riskFree: Float64Array;
  readonly days: Int32Array;
}

/** Reads the funds of a panel into columns, each over its own days. */
export interface FundReader {
  /** The columns of a fund; the same object every time, valid until the next call. */
  read(fund: number): FundColumns;
}

/** A reader with buffers of its own; `sort` also orders the returns of each fund once. */
export function createFundReader(
  panel: Panel,
  { sort = false, ...conventions }: PanelConventions & { readonly sort?: boolean } = {},
): FundReader {
  const { periodsPerYear = PERIODS_PER_YEAR_DEFAULT, annualiseBelowYear = false } = conventions;
  const { minimumAcceptable = 0 } = conventions;
  const width = panel.days.length;
  const buffers: Buffers = {
    returns: new Float64Array(width),
    benchmark: new Float64Array(width),
    riskFree: new Float64Array(width),
    days: new Int32Array(width),
  };
  const columns: FundColumns = {
    ...buffers,
    riskFree: 0,
    threshold:
      minimumAcceptable === 'riskFree' ? 0 : (1 + minimumAcceptable) ** (1 / periodsPerYear) - 1,
    ordered: undefined,
    periodsPerYear,
    annualiseBelowYear,
    rows: 0,
  };
  const order = createOrderBuffers();
  const ascending = new Float64Array(width);
  return {
    read(fund) {
      fillColumns(panel, fund, { columns, buffers });
      if (sort) columns.ordered = orderColumn(columns, order, ascending);
      if (minimumAcceptable === 'riskFree') columns.threshold = columns.riskFree;
      return columns;
    },
  };
}

function orderColumn(
  { returns, rows }: FundColumns,
  buffers: OrderBuffers,
  ascending: Float64Array,
): OrderedRows {
  const order = orderRows(returns.subarray(0, rows), buffers);
  for (let at = 0; at < rows; at++) ascending[at] = returns[order[at] as number] as number;
  return { rows: order, values: ascending.subarray(0, rows) };
}

/** Places of the first and the last value of a fund, and how many it has between them. */
function findValues(values: Float64Array): { first: number; last: number; count: number } {
  let first = 0;
  while (first < values.length && Number.isNaN(values[first])) first++;
  let last = values.length - 1;
  while (last > first && Number.isNaN(values[last])) last--;
  let count = 0;
  for (let at = first; at <= last; at++) count += Number(!Number.isNaN(values[at]));
  return { first, last, count };
}

function fillColumns(
  panel: Panel,
  fund: number,
  { columns, buffers }: { columns: FundColumns; buffers: Buffers },
): void {
  const width = panel.days.length;
  const values = panel.values.subarray(fund * width, (fund + 1) * width);
  const { first, last, count } = findValues(values);
  columns.rows = Math.max(0, count - 1);
  const benchmark = panel.benchmarkOf[fund] as number;
  if (count === last - first + 1) {
    fillWithoutGaps(panel, { first, last, benchmark, values }, { columns, buffers });
  } else {
    fillAcrossGaps(panel, { first, last, benchmark, values }, { columns, buffers });
  }
  if (benchmark < 0) columns.benchmark = undefined;
  if (panel.riskFree === undefined) columns.riskFree = 0;
}

interface FundRow {
  readonly first: number;
  readonly last: number;
  readonly benchmark: number;
  readonly values: Float64Array;
}

/** Where a fund has a value each day, the common columns are looked at, not copied. */
function fillWithoutGaps(
  panel: Panel,
  { first, last, benchmark, values }: FundRow,
  { columns, buffers }: { columns: FundColumns; buffers: Buffers },
): void {
  const width = panel.days.length;
  const { returns } = buffers;
  for (let at = first + 1; at <= last; at++) {
    returns[at - first - 1] = (values[at] as number) / (values[at - 1] as number) - 1;
  }
  columns.days = panel.days.subarray(first, last + 1);
  if (benchmark >= 0) {
    const start = benchmark * width;
    columns.benchmark = panel.benchmarkReturns.subarray(start + first + 1, start + last + 1);
  }
  if (panel.riskFreeReturns !== undefined) {
    columns.riskFree = panel.riskFreeReturns.subarray(first + 1, last + 1);
  }
}

/** Over a gap the return of the fund, the benchmark and the risk-free asset is one period's. */
function fillAcrossGaps(
  panel: Panel,
  { first, last, benchmark, values }: FundRow,
  { columns, buffers }: { columns: FundColumns; buffers: Buffers },
): void {
  const width = panel.days.length;
  const levels = benchmark < 0 ? undefined : panel.benchmarks.subarray(benchmark * width);
  const free = panel.riskFree;
  let before = first;
  let row = 0;
  buffers.days[0] = panel.days[first] as number;
  for (let at = first + 1; at <= last; at++) {
    if (Number.isNaN(values[at])) continue;
    buffers.returns[row] = (values[at] as number) / (values[before] as number) - 1;
    if (levels !== undefined) {
      buffers.benchmark[row] = (levels[at] as number) / (levels[before] as number) - 1;
    }
    if (free !== undefined) {
      buffers.riskFree[row] = (free[at] as number) / (free[before] as number) - 1;
    }
    row += 1;
    buffers.days[row] = panel.days[at] as number;
    before = at;
  }
  columns.days = buffers.days.subarray(0, row + 1);
  columns.benchmark = buffers.benchmark;
  columns.riskFree = buffers.riskFree;
}
