/**
 * Attribution with currencies after Karnosky and Singer: a market is judged by its local return
 * over local cash, a currency by its cash in the base currency, so that hedging one does not blur
 * the other.
 */
import { type Answer, absent } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';

export interface CurrencyInput {
  /** Number S of markets, each with its currency. All arrays hold T × S numbers. */
  readonly markets: number;
  /** Weights of assets at the start of the period. */
  readonly portfolioWeights: Numbers;
  readonly benchmarkWeights: Numbers;
  /** Returns in local currency. */
  readonly portfolioLocal: Numbers;
  readonly benchmarkLocal: Numbers;
  /** Return of cash in each currency over the period. */
  readonly cash: Numbers;
  /** Return of each currency against the base currency; the base currency's own is zero. */
  readonly exchange: Numbers;
  /** Currency forwards as weights; bought positive, each period sums to zero. Default none. */
  readonly portfolioForwards?: Numbers;
  readonly benchmarkForwards?: Numbers;
  /** T returns in base currency as measured. Default compounded from the inputs, see below. */
  readonly portfolioTotals?: Numbers;
  readonly benchmarkTotals?: Numbers;
}

/** T × S effects each; as fractions of the value at the start. */
export interface CurrencyAttribution {
  /** Holding more of markets with a high premium over cash. */
  readonly market: Float64Array;
  readonly selection: Float64Array;
  readonly interaction: Float64Array;
  /** Holding more of currencies whose cash earned most in base currency, hedges included. */
  readonly currency: Float64Array;
  readonly portfolioReturns: Float64Array;
  readonly benchmarkReturns: Float64Array;
  /** T: active return − all effects: products of local and exchange returns, and rounding. */
  readonly residual: Float64Array;
}

/**
 * With asset weights w, exposures h = w + forwards, local returns l, cash c, exchange e:
 *
 * - market (w_p − w_b)·[(l_b − c) − Σ w_b·(l_b − c)]
 * - selection w_b·(l_p − l_b), interaction (w_p − w_b)·(l_p − l_b)
 * - currency (h_p − h_b)·[(c + e) − Σ h_b·(c + e)]
 *
 * With continuous (log) returns and totals Σ w·(l + e) + Σ forwards·(c + e) the model is exact.
 * With simple returns the totals default to Σ w·[(1 + l)·(1 + e) − 1] + Σ forwards·(c + e), and
 * the products l·e are in the residual. A market that one side does not hold has no selection.
 *
 * Absent: `NOT_FINITE` when a number is missing where it is needed.
 * Source: Karnosky and Singer (1994), "Global asset management and performance attribution";
 * Bacon, ch. 6.
 *
 * @throws RangeError when lengths are not T × S alike.
 */
export function attributeCurrency(input: CurrencyInput): Answer<CurrencyAttribution> {
  const periods = checkShape(input);
  const cells = periods * input.markets;
  const result: CurrencyAttribution = {
    market: new Float64Array(cells),
    selection: new Float64Array(cells),
    interaction: new Float64Array(cells),
    currency: new Float64Array(cells),
    portfolioReturns: new Float64Array(periods),
    benchmarkReturns: new Float64Array(periods),
    residual: new Float64Array(periods),
  };
  for (let period = 0; period < periods; period++) {
    attributePeriod(input, result, period);
    if (!Number.isFinite(result.residual[period])) return absent('NOT_FINITE');
  }
  return { value: result };
}

function checkShape(input: CurrencyInput): number {
  const { markets, portfolioWeights } = input;
  const cells = portfolioWeights.length;
  if (!(markets >= 1) || cells % markets !== 0) {
    throw new RangeError(`${cells} weights are not periods of ${markets} markets`);
  }
  const periods = cells / markets;
  for (const [name, series] of Object.entries(input) as [string, Numbers][]) {
    if (name === 'markets' || series === undefined) continue;
    const expected = name.endsWith('Totals') ? periods : cells;
    if (series.length !== expected) {
      throw new RangeError(`${name} has ${series.length} numbers, expected ${expected}`);
    }
  }
  return periods;
}

/** What one market and its currency did in one period. */
interface Cell {
  readonly held: number;
  readonly meant: number;
  readonly ourExposure: number;
  readonly theirExposure: number;
  readonly ours: number;
  readonly theirs: number;
  readonly cash: number;
  readonly exchange: number;
}

function cellOf(input: CurrencyInput, at: number): Cell {
  const held = input.portfolioWeights[at] as number;
  const meant = input.benchmarkWeights[at] as number;
  const cash = input.cash[at] as number;
  const local = (weight: number, value: number, other: number) => (weight === 0 ? other : value);
  const ours = input.portfolioLocal[at] as number;
  const theirs = input.benchmarkLocal[at] as number;
  const idle = held === 0 && meant === 0;
  return {
    held,
    meant,
    ourExposure: held + (input.portfolioForwards?.[at] ?? 0),
    theirExposure: meant + (input.benchmarkForwards?.[at] ?? 0),
    // Where nobody holds the market its local return has no say; cash stands in.
    ours: idle ? cash : local(held, ours, theirs),
    theirs: idle ? cash : local(meant, theirs, ours),
    cash,
    exchange: input.exchange[at] as number,
  };
}

function attributePeriod(input: CurrencyInput, result: CurrencyAttribution, period: number): void {
  const { markets } = input;
  const from = period * markets;
  const cells = Array.from({ length: markets }, (_, market) => cellOf(input, from + market));
  let premium = 0;
  let carried = 0;
  let portfolio = 0;
  let benchmark = 0;
  for (const each of cells) {
    const yielded = each.cash + each.exchange;
    premium += each.meant * (each.theirs - each.cash);
    carried += each.theirExposure * yielded;
    const compounded = (local: number) => (1 + local) * (1 + each.exchange) - 1;
    portfolio += each.held * compounded(each.ours) + (each.ourExposure - each.held) * yielded;
    benchmark += each.meant * compounded(each.theirs) + (each.theirExposure - each.meant) * yielded;
  }
  const ours = input.portfolioTotals?.[period] ?? portfolio;
  const theirs = input.benchmarkTotals?.[period] ?? benchmark;
  let left = ours - theirs;
  cells.forEach((each, market) => {
    const at = from + market;
    const active = each.held - each.meant;
    const gap = each.ours - each.theirs;
    const exposure = each.ourExposure - each.theirExposure;
    result.market[at] = active * (each.theirs - each.cash - premium) + 0;
    result.selection[at] = each.meant * gap + 0;
    result.interaction[at] = active * gap + 0;
    result.currency[at] = exposure * (each.cash + each.exchange - carried) + 0;
    left -=
      (result.market[at] as number) +
      (result.selection[at] as number) +
      (result.interaction[at] as number) +
      (result.currency[at] as number);
  });
  result.portfolioReturns[period] = ours;
  result.benchmarkReturns[period] = theirs;
  result.residual[period] = left;
}
