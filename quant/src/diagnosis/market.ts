/**
 * What all accounts share: prices, sectors and a benchmark by sector, laid out once so that an
 * account only reads rows of it. Everything is plain numbers and typed arrays; with `shared` they
 * stand in shared memory and worker threads read the same bytes.
 */
import type { Numbers } from '../numeric/moments.ts';

/** A way to sort securities: by style box, by valuation, by size, …. */
export interface Grouping {
  readonly groups: number;
  /** S group numbers, 0 … groups − 1; −1 for none. */
  readonly groupOf: Numbers;
}

export interface MarketInput {
  /** D day numbers, ascending. Day 0 is the opening: returns begin with day 1. */
  readonly days: Numbers;
  /** Number S of securities, and K of sectors. */
  readonly securities: number;
  readonly sectors: number;
  /** S sector numbers, 0 … K − 1. */
  readonly sectorOf: Numbers;
  /** S × D closing prices as paid, security by security; NaN where there is none. */
  readonly prices: Numbers;
  /**
   * S × D total returns, dividends and splits included; those of day 0 are not read. Default:
   * from the prices, which is right when nothing was paid out or split.
   */
  readonly returns?: Numbers;
  /** D × K weights of the benchmark at the start of each day; day 0 is not read. */
  readonly benchmarkWeights: Numbers;
  /** D × K returns of the benchmark's sectors. */
  readonly benchmarkReturns: Numbers;
  /** D risk-free returns per day. Default 0. */
  readonly riskFree?: Numbers;
  /** Default 252. */
  readonly periodsPerYear?: number;
  /** Further ways to sort securities, for holding preferences. */
  readonly groupings?: readonly Grouping[];
  /** Trading days over which a purchase is said to chase a rise. Default 20. */
  readonly momentumDays?: number;
}

/** The market as the kernel reads it. Row t is the return from day t to day t + 1. */
export interface Market {
  readonly days: Int32Array;
  /** D − 1 rows. */
  readonly rows: number;
  readonly securities: number;
  readonly sectors: number;
  readonly sectorOf: Int32Array;
  /** S × D. */
  readonly prices: Float64Array;
  /** S × rows: what one unit held at the close of day t gains by the close of day t + 1. */
  readonly gains: Float64Array;
  /** K × rows, sector by sector. */
  readonly benchmarkWeights: Float64Array;
  readonly benchmarkReturns: Float64Array;
  /** Rows: Σ weight · return. */
  readonly benchmark: Float64Array;
  readonly riskFree: Float64Array;
  /** Rows of benchmark − riskFree. */
  readonly excess: Float64Array;
  readonly periodsPerYear: number;
  readonly groupings: readonly { readonly groups: number; readonly groupOf: Int32Array }[];
  readonly momentumDays: number;
}

/** Zeroed numbers, in shared memory when asked for. */
export function allocate(length: number, shared: boolean): Float64Array {
  const bytes = length * Float64Array.BYTES_PER_ELEMENT;
  return new Float64Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
}

/** Whole numbers, in shared memory when asked for. */
export function allocateWhole(length: number, shared: boolean): Int32Array {
  const bytes = length * Int32Array.BYTES_PER_ELEMENT;
  return new Int32Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
}

/**
 * Lays a market out for `diagnoseAccounts`.
 *
 * @param shared Put the arrays into shared memory, so that threads need no copies.
 * @throws RangeError when a length does not fit, days do not ascend, or a sector or group does not
 *   exist. Prices are not looked at: a missing one matters only to accounts that hold it.
 */
export function prepareMarket(input: MarketInput, { shared = false } = {}): Market {
  const { securities, sectors, groupings = [], periodsPerYear = 252, momentumDays = 20 } = input;
  const length = input.days.length;
  checkMarket(input);
  const rows = length - 1;
  const whole = (values: Numbers) => {
    const copy = allocateWhole(values.length, shared);
    copy.set(values);
    return copy;
  };
  const prices = allocate(securities * length, shared);
  prices.set(input.prices);
  const benchmarkWeights = bySector(input.benchmarkWeights, { rows, sectors, shared });
  const benchmarkReturns = bySector(input.benchmarkReturns, { rows, sectors, shared });
  const benchmark = allocate(rows, shared);
  const riskFree = allocate(rows, shared);
  const excess = allocate(rows, shared);
  for (let row = 0; row < rows; row++) {
    let total = 0;
    for (let sector = 0; sector < sectors; sector++) {
      const at = sector * rows + row;
      total += (benchmarkWeights[at] as number) * (benchmarkReturns[at] as number);
    }
    benchmark[row] = total;
    riskFree[row] = input.riskFree?.[row + 1] ?? 0;
    excess[row] = total - (riskFree[row] as number);
  }
  return {
    days: whole(input.days),
    rows,
    securities,
    sectors,
    sectorOf: whole(input.sectorOf),
    prices,
    gains: gainsOf(input, { rows, shared }),
    benchmarkWeights,
    benchmarkReturns,
    benchmark,
    riskFree,
    excess,
    periodsPerYear,
    groupings: groupings.map(({ groups, groupOf }) => ({ groups, groupOf: whole(groupOf) })),
    momentumDays,
  };
}

function checkMarket(input: MarketInput): void {
  const { days, securities, sectors, groupings = [] } = input;
  const length = days.length;
  if (length < 2) throw new RangeError(`${length} days have no return`);
  for (let day = 1; day < length; day++) {
    if (!((days[day] as number) > (days[day - 1] as number))) {
      throw new RangeError(`day ${day} is not after the one before`);
    }
  }
  const expected: [string, Numbers | undefined, number][] = [
    ['sectorOf', input.sectorOf, securities],
    ['prices', input.prices, securities * length],
    ['returns', input.returns, securities * length],
    ['benchmarkWeights', input.benchmarkWeights, length * sectors],
    ['benchmarkReturns', input.benchmarkReturns, length * sectors],
    ['riskFree', input.riskFree, length],
    ...groupings.map(({ groupOf }): [string, Numbers, number] => [
      'a grouping',
      groupOf,
      securities,
    ]),
  ];
  for (const [name, values, count] of expected) {
    if (values !== undefined && values.length !== count) {
      throw new RangeError(`${name} has ${values.length} numbers, not ${count}`);
    }
  }
  checkGroups(input.sectorOf, { least: 0, groups: sectors });
  for (const { groupOf, groups } of groupings) checkGroups(groupOf, { least: -1, groups });
}

function checkGroups(groupOf: Numbers, { least, groups }: { least: number; groups: number }): void {
  for (let security = 0; security < groupOf.length; security++) {
    const group = groupOf[security] as number;
    if (!Number.isInteger(group) || group < least || group >= groups) {
      throw new RangeError(`security ${security} is in group ${group} of ${groups}`);
    }
  }
}

/** Turns D × K numbers into K × rows without day 0. */
function bySector(
  values: Numbers,
  { rows, sectors, shared }: { rows: number; sectors: number; shared: boolean },
): Float64Array {
  const turned = allocate(sectors * rows, shared);
  for (let row = 0; row < rows; row++) {
    for (let sector = 0; sector < sectors; sector++) {
      turned[sector * rows + row] = values[(row + 1) * sectors + sector] as number;
    }
  }
  return turned;
}

function gainsOf(
  { prices, returns, securities, days }: MarketInput,
  { rows, shared }: { rows: number; shared: boolean },
): Float64Array {
  const gains = allocate(securities * rows, shared);
  for (let security = 0; security < securities; security++) {
    const from = security * days.length;
    for (let row = 0; row < rows; row++) {
      const price = prices[from + row] as number;
      gains[security * rows + row] =
        returns === undefined
          ? (prices[from + row + 1] as number) - price
          : price * (returns[from + row + 1] as number);
    }
  }
  return gains;
}
