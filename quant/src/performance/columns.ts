import type { Day } from '../numeric/day.ts';
import type { Numbers } from '../numeric/moments.ts';
import type { OrderedRows } from '../numeric/order.ts';

/**
 * What a measure is computed from: equally long columns, one element a period, oldest first.
 * A return is simple (0.01 is +1 %). Every rate is per period, not per year: `periodicRate` turns
 * a yearly rate into one.
 */
export interface ReturnsInput {
  /** The returns of the fund or portfolio. */
  readonly returns: Numbers;
  /** The returns of the benchmark over the same periods. */
  readonly benchmark?: Numbers;
  /** The risk-free return of each period, or one for all; 0 when not given. */
  readonly riskFree?: Numbers | number;
  /** The minimum acceptable return of each period, or one for all; 0 when not given. */
  readonly threshold?: Numbers | number;
  /** The dates of the values between which the returns lie: one more than there are returns. */
  readonly days?: ArrayLike<Day>;
}

/** How figures are brought to a year. */
export interface Conventions {
  /** Observations in a year, by which means and variances are scaled; 252 when not given. */
  readonly periodsPerYear?: number;
  /**
   * Compounds growth to a year even when less than a year was observed. Off when not given: a
   * week of +2 % is not +180 % a year (GIPS 2020, provision 2.A.12).
   */
  readonly annualiseBelowYear?: boolean;
}

/** Trading days in a year, when nothing else is said. */
export const PERIODS_PER_YEAR_DEFAULT = 252;

/**
 * The columns as the kernels read them. The arrays may be longer than the data and are reused;
 * a window is a half-open range of rows.
 */
export interface Columns {
  returns: Float64Array;
  benchmark: Float64Array | undefined;
  riskFree: Float64Array | number;
  threshold: Float64Array | number;
  /** days[i] and days[i + 1] enclose row i. */
  days: Int32Array | undefined;
  /** The returns in ascending order with their rows, where many windows are looked at. */
  ordered?: OrderedRows | undefined;
  periodsPerYear: number;
  annualiseBelowYear: boolean;
}

/**
 * Checks the input and makes columns of it. RangeError if columns differ in length or the number
 * of periods in a year is not positive; values are not looked at, for a gap is an answer
 * (`NOT_FINITE`), not a fault.
 */
export function toColumns(input: ReturnsInput, conventions: Conventions = {}): Columns {
  const { returns, benchmark, riskFree = 0, threshold = 0, days } = input;
  const { periodsPerYear = PERIODS_PER_YEAR_DEFAULT, annualiseBelowYear = false } = conventions;
  const rows = returns.length;
  const faults = [
    lengthFault('benchmark', benchmark, rows),
    lengthFault('riskFree', riskFree, rows),
    lengthFault('threshold', threshold, rows),
    lengthFault('days', days, rows + 1),
    periodsPerYear > 0 ? '' : `periodsPerYear is ${periodsPerYear}`,
  ].filter((fault) => fault !== '');
  if (faults.length > 0) throw new RangeError(faults.join('; '));
  return {
    returns: dense(returns),
    benchmark: benchmark === undefined ? undefined : dense(benchmark),
    riskFree: typeof riskFree === 'number' ? riskFree : dense(riskFree),
    threshold: typeof threshold === 'number' ? threshold : dense(threshold),
    days: days === undefined ? undefined : Int32Array.from(days),
    ordered: undefined,
    periodsPerYear,
    annualiseBelowYear,
  };
}

function lengthFault(name: string, column: Numbers | number | undefined, rows: number): string {
  if (column === undefined || typeof column === 'number' || column.length === rows) return '';
  return `${name} has ${column.length} elements, not ${rows}`;
}

function dense(values: Numbers): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values);
}
