/** Values, returns and Brinson effects of one account, day by day, from its runs. */
import { logRatio } from '../attribution/linking.ts';
import type { Reason } from '../figure.ts';
import type { Market } from './market.ts';
import type { Scratch } from './scratch.ts';

/** Sums the runs into values and gains by sector. */
export function sumSectors(market: Market, { rows: list, daily }: Scratch): void {
  for (let run = 0; run < list.runs; run++) {
    const security = list.runSecurity[run] as number;
    const sector = market.sectorOf[security] as number;
    const { rows } = market;
    addRun(market.prices, market.gains, daily.sectorValue, daily.sectorGain, {
      units: list.runUnits[run] as number,
      from: list.runFrom[run] as number,
      to: list.runTo[run] as number,
      price: security * (rows + 1),
      gain: security * rows,
      value: sector * (rows + 1),
      gained: sector * rows,
      rows,
    });
  }
}

interface Run {
  readonly units: number;
  readonly from: number;
  readonly to: number;
  /** Where the rows of security and sector begin in each array. */
  readonly price: number;
  readonly gain: number;
  readonly value: number;
  readonly gained: number;
  readonly rows: number;
}

function addRun(
  prices: Float64Array,
  gains: Float64Array,
  values: Float64Array,
  gained: Float64Array,
  run: Run,
): void {
  const { units, from, to, rows } = run;
  const { price, gain, value, gained: into } = run;
  const end = Math.min(to, rows);
  for (let day = from; day < end; day++) {
    values[value + day] = (values[value + day] as number) + units * (prices[price + day] as number);
    gained[into + day] = (gained[into + day] as number) + units * (gains[gain + day] as number);
  }
  if (to > rows) {
    values[value + rows] =
      (values[value + rows] as number) + units * (prices[price + rows] as number);
  }
}

/** What the days of an account came to. */
export interface Days {
  /** Days with money in the account. */
  active: number;
  /** Π(1 + r) and Π(1 + b) over them. */
  growth: number;
  benchmarkGrowth: number;
  /** Σ of the part of capital in securities over them. */
  invested: number;
  /** Σ of the values at the close, all days. */
  values: number;
  /** A return of −100 % or less: linking has no coefficient. */
  ruined: boolean;
}

/** Money below this part of the largest value is what rounding left in an empty account. */
const NOTHING = 1e-9;

/** A return up to this size is rounding of sums of money. */
const ROUNDED = 1e-13;

/**
 * Values at each close, and returns of the days with money: r = (V − V₋₁ − flow) / (V₋₁ + inflow).
 * Money paid in works from the start of its day, money taken out until its end, so that what was
 * paid in and invested at once has capital to be measured against.
 */
export function measureDays(market: Market, { daily }: Scratch, days: Days): Reason | undefined {
  const { rows } = market;
  const largest = sumValues(market, { daily }, days);
  if (!Number.isFinite(largest)) return 'NOT_FINITE';
  const { value, cash, inflow, outflow, perCapital, link } = daily;
  days.active = 0;
  days.growth = 1;
  days.benchmarkGrowth = 1;
  days.invested = 0;
  days.ruined = false;
  for (let row = 0; row < rows; row++) {
    const before = value[row] as number;
    const paid = inflow[row + 1] as number;
    const base = before + paid;
    perCapital[row] = 0;
    link[row] = 0;
    if (Math.abs(base) <= NOTHING * largest) continue;
    if (base < 0) return 'NO_CAPITAL';
    const share = 1 / base;
    const gain = (value[row + 1] as number) - base + (outflow[row + 1] as number);
    const exact = gain * share;
    // A day in cash alone earns nothing; what sums of flows leave is not a won or lost day.
    const earned = Math.abs(exact) <= ROUNDED ? 0 : exact;
    const theirs = market.benchmark[row] as number;
    perCapital[row] = share;
    days.invested += (before - (cash[row] as number)) * share;
    days.growth *= 1 + earned;
    days.benchmarkGrowth *= 1 + theirs;
    if (earned <= -1 || theirs <= -1) days.ruined = true;
    else link[row] = logRatio(earned, theirs);
    daily.returns[days.active] = earned;
    daily.benchmark[days.active] = theirs;
    daily.riskFree[days.active] = market.riskFree[row] as number;
    days.active += 1;
  }
  return days.active === 0 ? 'NO_CAPITAL' : undefined;
}

/** Cash and values at each close; the largest of capital and flows, NaN when one is missing. */
function sumValues(
  { rows, sectors }: Market,
  { daily }: Pick<Scratch, 'daily'>,
  days: Days,
): number {
  const { cash, value, sectorValue, inflow } = daily;
  for (let day = 1; day <= rows; day++) {
    cash[day] = (cash[day] as number) + (cash[day - 1] as number);
  }
  value.set(cash);
  for (let sector = 0; sector < sectors; sector++) {
    const from = sector * (rows + 1);
    for (let day = 0; day <= rows; day++) {
      value[day] = (value[day] as number) + (sectorValue[from + day] as number);
    }
  }
  let largest = 0;
  let total = 0;
  for (let day = 0; day <= rows; day++) {
    const now = value[day] as number;
    total += now;
    largest = Math.max(largest, Math.abs(now), inflow[day] as number);
  }
  days.values = total;
  return Number.isFinite(total) ? largest : Number.NaN;
}

/** Linked effects by segment: the K sectors, then cash. */
export interface Effects {
  readonly allocation: Float64Array;
  readonly selection: Float64Array;
  readonly interaction: Float64Array;
  /** Mean weights over the days with money. */
  readonly weights: Float64Array;
}

/**
 * Brinson-Fachler of every day, linked by Carino: with c = kₜ/k the coefficients of the day,
 * Σ c·(w − w_b)(r_b − R_b), Σ c·w_b(r − r_b), Σ c·(w − w_b)(r − r_b). A sector that is not held
 * has no selection. Cash is a segment outside the benchmark with a return of zero.
 *
 * @param offset Where the account's segments begin in the arrays of `effects`.
 */
export function linkEffects(
  market: Market,
  { daily }: Scratch,
  days: Days,
  effects: Effects,
  offset: number,
): void {
  const { rows, sectors } = market;
  const scale = 1 / logRatio(days.growth - 1, days.benchmarkGrowth - 1);
  for (let sector = 0; sector < sectors; sector++) {
    linkSector(market, daily, sector, effects, offset);
    effects.allocation[offset + sector] = (effects.allocation[offset + sector] as number) * scale;
    effects.selection[offset + sector] = (effects.selection[offset + sector] as number) * scale;
    effects.interaction[offset + sector] = (effects.interaction[offset + sector] as number) * scale;
    effects.weights[offset + sector] = (effects.weights[offset + sector] as number) / days.active;
  }
  let allocation = 0;
  for (let row = 0; row < rows; row++) {
    const held =
      ((daily.cash[row] as number) + (daily.inflow[row + 1] as number)) *
      (daily.perCapital[row] as number);
    allocation -= (daily.link[row] as number) * held * (market.benchmark[row] as number);
  }
  effects.allocation[offset + sectors] = allocation * scale + 0;
  effects.selection[offset + sectors] = 0;
  effects.interaction[offset + sectors] = 0;
  effects.weights[offset + sectors] = 1 - days.invested / days.active;
}

function linkSector(
  { rows, benchmark, benchmarkWeights, benchmarkReturns }: Market,
  { sectorValue, sectorGain, perCapital, link }: Scratch['daily'],
  sector: number,
  effects: Effects,
  offset: number,
): void {
  const values = sector * (rows + 1);
  const at = sector * rows;
  let allocation = 0;
  let selection = 0;
  let interaction = 0;
  let weights = 0;
  for (let row = 0; row < rows; row++) {
    const held = sectorValue[values + row] as number;
    const weight = held * (perCapital[row] as number);
    const meant = benchmarkWeights[at + row] as number;
    const theirs = benchmarkReturns[at + row] as number;
    const coefficient = link[row] as number;
    const active = coefficient * (weight - meant);
    allocation += active * (theirs - (benchmark[row] as number));
    weights += weight;
    if (held === 0) continue;
    const gap = (sectorGain[at + row] as number) / held - theirs;
    selection += coefficient * meant * gap;
    interaction += active * gap;
  }
  effects.allocation[offset + sector] = allocation;
  effects.selection[offset + sector] = selection;
  effects.interaction[offset + sector] = interaction;
  effects.weights[offset + sector] = weights;
}

/** Mean weight of each security over the days with money, into the book. */
export function weighSecurities(
  market: Market,
  { rows: list, daily, book }: Scratch,
  active: number,
): void {
  const { rows, prices } = market;
  for (let run = 0; run < list.runs; run++) {
    const security = list.runSecurity[run] as number;
    const to = Math.min(list.runTo[run] as number, rows);
    const sum = sumWeighted(prices, security * (rows + 1), daily.perCapital, {
      from: list.runFrom[run] as number,
      to,
    });
    book.weight[security] =
      (book.weight[security] as number) + ((list.runUnits[run] as number) * sum) / active;
  }
}

function sumWeighted(
  prices: Float64Array,
  offset: number,
  perCapital: Float64Array,
  { from, to }: { from: number; to: number },
): number {
  // Four sums at once: one alone would wait for each addition.
  let [a, b, c, d] = [0, 0, 0, 0];
  let day = from;
  for (; day + 3 < to; day += 4) {
    a += (prices[offset + day] as number) * (perCapital[day] as number);
    b += (prices[offset + day + 1] as number) * (perCapital[day + 1] as number);
    c += (prices[offset + day + 2] as number) * (perCapital[day + 2] as number);
    d += (prices[offset + day + 3] as number) * (perCapital[day + 3] as number);
  }
  for (; day < to; day++) a += (prices[offset + day] as number) * (perCapital[day] as number);
  return a + b + (c + d);
}
