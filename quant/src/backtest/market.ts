/** The market of a back-test: funds with their terms, day by day. */

/** A step of a fee: from this bound on (amount of money, or days held), this rate. */
export interface FeeStep {
  readonly from: number;
  readonly rate: number;
}

/** What a fund asks of those who deal in it. */
export interface BacktestFund {
  readonly id: string;
  /** T levels: adjusted NAV (see `adjustNav`); NaN on a day without one, on which it is closed. */
  readonly levels: Float64Array;
  /** T flags: 1 where the fund takes no purchases. Absent: it always does when it has a level. */
  readonly noPurchase?: Uint8Array;
  /** T flags: 1 where the fund takes no redemptions. */
  readonly noRedemption?: Uint8Array;
  /** By the amount of one purchase, ascending from 0; outside method: net = amount/(1 + rate). */
  readonly purchaseFee: readonly FeeStep[];
  /** By calendar days that a lot was held, ascending from 0; first in, first out. */
  readonly redemptionFee: readonly FeeStep[];
  /** Trading days until bought units may be redeemed. */
  readonly confirmDays: number;
  /** Trading days until the cash of a redemption can be used, at least 1. */
  readonly cashDays: number;
  /** The least purchase, in money. */
  readonly minimum: number;
}

export interface BacktestMarket {
  /** T trading days, ascending, as day numbers. */
  readonly days: Int32Array;
  readonly funds: readonly BacktestFund[];
}

/**
 * Checks a market once, so that the engine need not.
 *
 * @throws RangeError when days are out of order, arrays have the wrong length, a level is not
 *   above zero, a fee table does not begin at 0 or does not rise, or a number of days is not whole.
 */
export function checkMarket({ days, funds }: BacktestMarket): void {
  for (let t = 1; t < days.length; t++) {
    if (days[t]! <= days[t - 1]!) throw new RangeError(`day ${t} is not after the one before`);
  }
  for (const fund of funds) {
    for (const part of [fund.levels, fund.noPurchase, fund.noRedemption]) {
      if (part !== undefined && part.length !== days.length) {
        throw new RangeError(`${fund.id}: ${part.length} values for ${days.length} days`);
      }
    }
    if (fund.levels.some((level) => !(level > 0 || Number.isNaN(level)))) {
      throw new RangeError(`${fund.id}: a level is not above zero`);
    }
    checkFees(fund.id, fund.purchaseFee);
    checkFees(fund.id, fund.redemptionFee);
    const { confirmDays, cashDays } = fund;
    if (!(Number.isInteger(confirmDays) && confirmDays >= 0)) {
      throw new RangeError(`${fund.id}: units confirmed after ${confirmDays} days`);
    }
    // The level of a redemption is known in the evening: its cash is never there the same day.
    if (!(Number.isInteger(cashDays) && cashDays >= 1)) {
      throw new RangeError(`${fund.id}: cash after ${cashDays} days`);
    }
    if (!(fund.minimum >= 0)) throw new RangeError(`${fund.id}: minimum ${fund.minimum}`);
  }
}

function checkFees(id: string, steps: readonly FeeStep[]): void {
  if (steps[0]?.from !== 0) throw new RangeError(`${id}: a fee table begins at 0`);
  for (const [at, { from, rate }] of steps.entries()) {
    const before = steps[at - 1]?.from ?? -1;
    if (!(from > before && rate >= 0 && rate < 1)) {
      throw new RangeError(`${id}: fee step ${from}: ${rate}`);
    }
  }
}

/** The rate of the last step at or below the measure. */
export function rateAt(steps: readonly FeeStep[], measure: number): number {
  let rate = 0;
  for (const step of steps) if (step.from <= measure) ({ rate } = step);
  return rate;
}
