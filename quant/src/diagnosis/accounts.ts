/**
 * Accounts in columns: the holdings at the opening, the trades and the flows of all accounts stand
 * behind each other in flat arrays; `starts` says where each account begins.
 */
import { allocate, allocateWhole, type Market } from './market.ts';

/** Holdings at the close of day 0. */
export interface Positions {
  /** A + 1 places, ascending, the first 0. */
  readonly starts: Int32Array;
  readonly security: Int32Array;
  /** Above zero. */
  readonly units: Float64Array;
  /** What they cost. Default units × price of day 0. */
  readonly cost?: Float64Array;
}

/** Trades of an account in order of day. */
export interface Trades {
  readonly starts: Int32Array;
  /** Place of the day in the market's days, 1 … D − 1. */
  readonly day: Int32Array;
  readonly security: Int32Array;
  /** Bought positive, sold negative; 0 for a dividend or a fee. */
  readonly units: Float64Array;
  /**
   * Change of cash, fees included: paid negative, received positive. Units with no cash are a
   * split, a bonus or a write-off, and change the cost of no lot.
   */
  readonly cash: Float64Array;
}

/** Money paid in (positive) and taken out (negative), in order of day. */
export interface Flows {
  readonly starts: Int32Array;
  readonly day: Int32Array;
  readonly amount: Float64Array;
}

export interface AccountBatch {
  /** Number A of accounts. */
  readonly accounts: number;
  /** A balances at the close of day 0. */
  readonly openingCash: Float64Array;
  readonly positions: Positions;
  readonly trades: Trades;
  readonly flows: Flows;
}

/** The same accounts in shared memory, so that threads need no copies; shared ones as they are. */
export function shareAccounts(batch: AccountBatch): AccountBatch {
  if (batch.openingCash.buffer instanceof SharedArrayBuffer) return batch;
  const numbers = (values: Float64Array) => {
    const copy = allocate(values.length, true);
    copy.set(values);
    return copy;
  };
  const whole = (values: Int32Array) => {
    const copy = allocateWhole(values.length, true);
    copy.set(values);
    return copy;
  };
  const { accounts, openingCash, positions, trades, flows } = batch;
  return {
    accounts,
    openingCash: numbers(openingCash),
    positions: {
      starts: whole(positions.starts),
      security: whole(positions.security),
      units: numbers(positions.units),
      ...(positions.cost === undefined ? {} : { cost: numbers(positions.cost) }),
    },
    trades: {
      starts: whole(trades.starts),
      day: whole(trades.day),
      security: whole(trades.security),
      units: numbers(trades.units),
      cash: numbers(trades.cash),
    },
    flows: {
      starts: whole(flows.starts),
      day: whole(flows.day),
      amount: numbers(flows.amount),
    },
  };
}

/**
 * Checks the accounts of a batch against a market.
 *
 * @throws RangeError on lists that do not fit, days that are out of order or range, securities
 *   that do not exist, and opening units that are not above zero.
 */
export function checkAccounts(market: Market, batch: AccountBatch): void {
  const { accounts, openingCash, positions, trades, flows } = batch;
  if (openingCash.length !== accounts) {
    throw new RangeError(`${openingCash.length} balances for ${accounts} accounts`);
  }
  checkColumns('positions', accounts, positions.starts, [positions.security, positions.units]);
  checkColumns('trades', accounts, trades.starts, [
    trades.day,
    trades.security,
    trades.units,
    trades.cash,
  ]);
  checkColumns('flows', accounts, flows.starts, [flows.day, flows.amount]);
  if (positions.cost !== undefined && positions.cost.length !== positions.units.length) {
    throw new RangeError(`${positions.cost.length} costs of ${positions.units.length} positions`);
  }
  checkSecurities(market, positions.security);
  checkSecurities(market, trades.security);
  checkDays('trade', market, { ...trades, accounts });
  checkDays('flow', market, { ...flows, accounts });
  for (const units of positions.units) {
    if (!(units > 0)) throw new RangeError(`an opening position has ${units} units`);
  }
}

function checkColumns(
  name: string,
  accounts: number,
  starts: Int32Array,
  columns: readonly { readonly length: number }[],
): void {
  const length = columns[0]?.length ?? 0;
  if (columns.some((column) => column.length !== length)) {
    throw new RangeError(`the columns of ${name} differ in length`);
  }
  if (starts.length !== accounts + 1 || starts[0] !== 0 || starts[accounts] !== length) {
    throw new RangeError(`the starts of ${name} do not fit ${accounts} accounts`);
  }
  for (let account = 0; account < accounts; account++) {
    if ((starts[account + 1] as number) < (starts[account] as number)) {
      throw new RangeError(`the starts of ${name} do not ascend`);
    }
  }
}

function checkSecurities({ securities }: Market, list: Int32Array): void {
  for (const security of list) {
    if (security < 0 || security >= securities) {
      throw new RangeError(`security ${security} is not one of ${securities}`);
    }
  }
}

function checkDays(
  name: string,
  { rows }: Market,
  { accounts, starts, day }: { accounts: number; starts: Int32Array; day: Int32Array },
): void {
  for (let account = 0; account < accounts; account++) {
    let last = 1;
    const end = starts[account + 1] as number;
    for (let at = starts[account] as number; at < end; at++) {
      const now = day[at] as number;
      if (now < last || now > rows) {
        throw new RangeError(`a ${name} of account ${account} is on day ${now} after ${last}`);
      }
      last = now;
    }
  }
}
