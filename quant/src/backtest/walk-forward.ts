/** Strategies that learn as they go, and the proof that none of them looks ahead. */
import {
  backtest,
  type BacktestSettings,
  type BacktestTrade,
  type BacktestView,
  type Strategy,
} from './backtest.ts';
import type { BacktestMarket } from './market.ts';

export interface WalkForward<Fitted> {
  /** Trading days that a fit looks back over; Infinity: all there are. */
  readonly trainDays: number;
  /** Trading days from one fit to the next. */
  readonly everyDays: number;
  /** Learns from the days before t: `from` is the index of the first day that it may use. */
  readonly fit: (view: BacktestView, from: number) => Fitted;
  /** Acts on what was learnt last. */
  readonly act: (view: BacktestView, fitted: Fitted) => Float64Array | undefined;
}

/** One window of a walk. */
export interface WalkWindow<Fitted> {
  /** Learnt from days [from, t), acted on from t until the next window. */
  readonly from: number;
  readonly t: number;
  readonly fitted: Fitted;
}

/**
 * A strategy that is fitted anew as time goes: no day is judged by what was learnt from it. It is
 * asked when the back-test rebalances; until `trainDays` have passed it leaves things be (with
 * Infinity, until there is one day). `windows` fills while the strategy runs; a strategy belongs to
 * one run.
 *
 * @throws RangeError for numbers of days that are not at least 1.
 */
export function walkForward<Fitted>({ trainDays, everyDays, fit, act }: WalkForward<Fitted>): {
  readonly strategy: Strategy;
  readonly windows: readonly WalkWindow<Fitted>[];
} {
  if (!(trainDays >= 1 && everyDays >= 1)) throw new RangeError(`${trainDays}/${everyDays} days`);
  const windows: WalkWindow<Fitted>[] = [];
  const strategy: Strategy = (view) => {
    const last = windows.at(-1);
    const isDue = last === undefined || view.t - last.t >= everyDays;
    const enough = view.t >= (Number.isFinite(trainDays) ? trainDays : 1);
    if (last === undefined && !enough) return undefined;
    if (!isDue) return act(view, last.fitted);
    const from = Math.max(0, view.t - trainDays);
    const fitted = fit(view, from);
    windows.push({ from, t: view.t, fitted });
    return act(view, fitted);
  };
  return { strategy, windows };
}

/** What a strategy did before a day although only later days differ. */
export interface LookAhead {
  /** The day from which on the future was poisoned. */
  readonly poisonedFrom: number;
  /** The first trade that differs: its place in the list of trades. */
  readonly trade: number;
}

/**
 * Replays a strategy with its future poisoned: from each of the given days on, levels are other
 * numbers. Whatever was ordered until that day must be the same, and on it too, since an order is
 * given before its level is known. Returns the first difference, or undefined.
 *
 * `build` makes the strategy from the market that it is replayed on, so that a strategy that keeps
 * the market to itself and peeks is found as well.
 */
export function findLookAhead(
  market: BacktestMarket,
  build: (market: BacktestMarket) => Strategy,
  settings: BacktestSettings,
  poisonFrom: readonly number[],
): LookAhead | undefined {
  const honest = backtest(market, build(market), settings).value?.trades ?? [];
  for (const from of poisonFrom) {
    const poisoned = poison(market, from);
    const trades = backtest(poisoned, build(poisoned), settings).value?.trades ?? [];
    const expected = honest.filter(({ t }) => t <= from);
    const found = trades.filter(({ t }) => t <= from);
    const length = Math.max(expected.length, found.length);
    for (let trade = 0; trade < length; trade++) {
      if (!isSameOrder(expected[trade], found[trade])) return { poisonedFrom: from, trade };
    }
  }
  return undefined;
}

/** A purchase is ordered in money, a redemption in units; the rest follows from the level. */
function isSameOrder(a: BacktestTrade | undefined, b: BacktestTrade | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const ordered = ({ kind, amount, units }: BacktestTrade) =>
    kind === 'purchase' ? amount : units;
  return a.t === b.t && a.fund === b.fund && a.kind === b.kind && ordered(a) === ordered(b);
}

/** The market with every level from a day on turned into another, up and down alike. */
function poison({ days, funds }: BacktestMarket, from: number): BacktestMarket {
  return {
    days,
    funds: funds.map((fund, n) => ({
      ...fund,
      levels: fund.levels.map((level, t) =>
        t < from ? level : level * (1 + 0.5 * Math.sin(7 * t + 3 * n + 1)),
      ),
    })),
  };
}
