/**
 * A portfolio of funds, replayed as it would have gone: orders are given before anybody knows the
 * level at which they are dealt, fees depend on how long a lot was held, the cash of a redemption
 * comes days later, a closed fund cannot be dealt in. Costs are those of the terms, nothing is
 * netted, and what could not be done is told.
 */
import { type Answer, absent } from '../figure.ts';
import { Cash, FundHolding } from './holdings.ts';
import { type BacktestFund, type BacktestMarket, checkMarket } from './market.ts';

/** What a strategy may see on trading day t: everything up to the day before, copied. */
export interface BacktestView {
  /** Index of the day on which orders will be dealt. */
  readonly t: number;
  readonly day: number;
  /** Days 0 to t − 1. */
  readonly days: Int32Array;
  /** The levels of a fund on these days; NaN where it had none. */
  levels(fund: number): Float64Array;
  /** Weights of the funds at their last known levels, as fractions of the value; the rest is cash. */
  readonly weights: Float64Array;
  readonly value: number;
}

/** The weights wanted, one per fund, at least 0, at most 1 together; undefined: leave things be. */
export type Strategy = (view: BacktestView) => Float64Array | undefined;

export interface BacktestSettings {
  readonly initial: number;
  /** Trading days (indices) on which the strategy is asked. */
  readonly rebalanceOn: (t: number, day: number) => boolean;
  /** Differences below this part of the value are left alone. Default 0.001. */
  readonly tolerance?: number;
}

export interface BacktestTrade {
  readonly t: number;
  readonly day: number;
  readonly fund: number;
  readonly kind: 'purchase' | 'redemption';
  /** Money paid in, or gross money of the units redeemed. */
  readonly amount: number;
  readonly units: number;
  readonly fee: number;
}

/** Something that was wanted and could not be done on a day. */
export interface Hindrance {
  readonly t: number;
  readonly fund: number;
  readonly why:
    | 'closed'
    | 'noPurchase'
    | 'noRedemption'
    | 'notConfirmed'
    | 'belowMinimum'
    | 'noCash';
}

export interface BacktestResult {
  /** T values at the end of the day, at the last known levels: funds, cash, and cash to come. */
  readonly values: Float64Array;
  /** T: cash that may be used; and cash on its way. */
  readonly cash: Float64Array;
  readonly coming: Float64Array;
  /** T × N weights at the end of the day. */
  readonly weights: Float64Array;
  readonly trades: readonly BacktestTrade[];
  readonly hindrances: readonly Hindrance[];
  readonly fees: { readonly purchase: number; readonly redemption: number };
  /** Σ purchases / mean value: how often the portfolio was bought over the whole time. */
  readonly turnover: number;
}

const TOLERANCE = 0.001;

/**
 * Replays a strategy. On a day it is asked, its weights become the target; redemptions go first,
 * purchases as far as the cash reaches, and on later days the rest, when cash has arrived, units
 * are confirmed or a fund has opened again, until the target is met or a new one is set.
 *
 * Absent: `NOT_FINITE` for an initial value that is not above zero.
 *
 * @throws RangeError for a market that `checkMarket` refuses, or weights that are not weights.
 */
export function backtest(
  market: BacktestMarket,
  strategy: Strategy,
  settings: BacktestSettings,
): Answer<BacktestResult> {
  checkMarket(market);
  if (!(settings.initial > 0 && Number.isFinite(settings.initial))) return absent('NOT_FINITE');
  const run = new Replay(market, settings);
  for (let t = 0; t < market.days.length; t++) run.play(t, strategy);
  return { value: run.result() };
}

class Replay {
  readonly #market: BacktestMarket;
  readonly #settings: BacktestSettings;
  readonly #holdings: readonly FundHolding[];
  readonly #cash: Cash;
  /** Last known level by fund; NaN before the first. */
  readonly #known: Float64Array;
  #target: Float64Array | undefined;
  readonly #trades: BacktestTrade[] = [];
  readonly #hindrances: Hindrance[] = [];
  readonly #fees = { purchase: 0, redemption: 0 };
  readonly #rows: { values: Float64Array; cash: Float64Array; coming: Float64Array };
  readonly #weights: Float64Array;

  constructor(market: BacktestMarket, settings: BacktestSettings) {
    const { days, funds } = market;
    this.#market = market;
    this.#settings = settings;
    this.#holdings = funds.map((fund) => new FundHolding(fund));
    this.#cash = new Cash(settings.initial);
    this.#known = new Float64Array(funds.length).fill(Number.NaN);
    const series = () => new Float64Array(days.length);
    this.#rows = { values: series(), cash: series(), coming: series() };
    this.#weights = new Float64Array(days.length * funds.length);
  }

  play(t: number, strategy: Strategy): void {
    this.#cash.arrive(t);
    const day = this.#market.days[t]!;
    if (this.#settings.rebalanceOn(t, day)) this.#ask(t, day, strategy);
    // The level of day t is not known yet: what is ordered follows from those before it.
    if (this.#target !== undefined) this.#trade(t, day, this.#target);
    for (const [n, { levels }] of this.#market.funds.entries()) {
      if (!Number.isNaN(levels[t]!)) this.#known[n] = levels[t]!;
    }
    this.#record(t);
  }

  #valueOf(n: number): number {
    const { units } = this.#holdings[n]!;
    return units === 0 ? 0 : units * this.#known[n]!;
  }

  get #value(): number {
    const funds = this.#holdings.reduce((sum, _, n) => sum + this.#valueOf(n), 0);
    return funds + this.#cash.available + this.#cash.coming;
  }

  #ask(t: number, day: number, strategy: Strategy): void {
    const { days, funds } = this.#market;
    const value = this.#value;
    const weights = strategy({
      t,
      day,
      days: days.slice(0, t),
      levels: (fund) => (funds[fund] as BacktestFund).levels.slice(0, t),
      weights: Float64Array.from(funds, (_, n) => this.#valueOf(n) / value),
      value,
    });
    if (weights === undefined) return;
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const fits = weights.length === funds.length && weights.every((weight) => weight >= 0);
    if (!fits || !(sum <= 1 + 1e-9)) throw new RangeError(`weights ${[...weights].join(', ')}`);
    this.#target = weights.slice();
  }

  #trade(t: number, day: number, target: Float64Array): void {
    const value = this.#value;
    const tolerance = (this.#settings.tolerance ?? TOLERANCE) * value;
    const gaps = target.map((weight, n) => weight * value - this.#valueOf(n));
    const isMet = gaps.every((gap) => Math.abs(gap) <= tolerance);
    if (isMet) {
      this.#target = undefined;
      return;
    }
    for (const [n, gap] of gaps.entries()) {
      if (gap < -tolerance) this.#redeem({ t, day, n }, -gap, target[n] === 0);
    }
    this.#purchase(t, day, gaps, tolerance);
  }

  #redeem({ t, day, n }: Place, amount: number, isAll: boolean): void {
    const fund = this.#market.funds[n]!;
    const holding = this.#holdings[n]!;
    const why = Number.isNaN(fund.levels[t]!)
      ? 'closed'
      : fund.noRedemption?.[t] === 1
        ? 'noRedemption'
        : holding.redeemable(t) === 0
          ? 'notConfirmed'
          : undefined;
    if (why !== undefined) {
      this.#hindrances.push({ t, fund: n, why });
      return;
    }
    const wanted = isAll ? holding.units : amount / this.#known[n]!;
    const { units, gross, fee } = holding.redeem(t, day, wanted);
    this.#fees.redemption += fee;
    this.#cash.expect(t + fund.cashDays, gross - fee);
    this.#trades.push({ t, day, fund: n, kind: 'redemption', amount: gross, units, fee });
  }

  /** Shares the cash that may be used among what is short, in proportion. */
  #purchase(t: number, day: number, gaps: Float64Array, tolerance: number): void {
    const short = [...gaps.entries()].filter(([n, gap]) => gap > tolerance && this.#takes(t, n));
    const wanted = short.reduce((sum, [, gap]) => sum + gap, 0);
    const share = Math.min(1, this.#cash.available / wanted);
    for (const [n, gap] of short) {
      const amount = gap * share;
      const fund = this.#market.funds[n]!;
      if (amount < fund.minimum || amount <= 0) {
        const why = gap < fund.minimum ? 'belowMinimum' : 'noCash';
        this.#hindrances.push({ t, fund: n, why });
        continue;
      }
      const { units, fee } = this.#holdings[n]!.buy(t, day, amount);
      this.#cash.pay(amount);
      this.#fees.purchase += fee;
      this.#trades.push({ t, day, fund: n, kind: 'purchase', amount, units, fee });
    }
  }

  #takes(t: number, n: number): boolean {
    const fund = this.#market.funds[n]!;
    const isClosed = Number.isNaN(fund.levels[t]!);
    if (!isClosed && fund.noPurchase?.[t] !== 1) return true;
    this.#hindrances.push({ t, fund: n, why: isClosed ? 'closed' : 'noPurchase' });
    return false;
  }

  #record(t: number): void {
    const value = this.#value;
    this.#rows.values[t] = value;
    this.#rows.cash[t] = this.#cash.available;
    this.#rows.coming[t] = this.#cash.coming;
    const width = this.#holdings.length;
    for (let n = 0; n < width; n++) this.#weights[t * width + n] = this.#valueOf(n) / value;
  }

  result(): BacktestResult {
    const { values, cash, coming } = this.#rows;
    const bought = this.#trades.reduce(
      (sum, trade) => sum + (trade.kind === 'purchase' ? trade.amount : 0),
      0,
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      values,
      cash,
      coming,
      weights: this.#weights,
      trades: this.#trades,
      hindrances: this.#hindrances,
      fees: this.#fees,
      turnover: values.length === 0 ? 0 : bought / mean,
    };
  }
}

interface Place {
  readonly t: number;
  readonly day: number;
  readonly n: number;
}
