/**
 * A plain twin of the diagnosis, account by account and day by day with objects and maps, built
 * from the public functions of the other folders; and random markets with accounts.
 */
import { attributeBrinson } from '../attribution/brinson.ts';
import { linkBrinson } from '../attribution/linking.ts';
import { type Answer, absent, type Figure } from '../figure.ts';
import { profitOfHolding, type Trade } from '../investor/lots.ts';
import { moneyWeightedReturn } from '../investor/money-weighted.ts';
import { type RandomStream, seededRandom } from '../numeric/random.ts';
import { evaluate } from '../performance/evaluate.ts';
import { STANDARD_MEASURES } from '../performance/measures.ts';
import { changLewellen, henrikssonMerton, treynorMazuy } from '../timing/market-timing.ts';
import type { AccountBatch } from './accounts.ts';
import type { MarketInput } from './market.ts';

export interface PlainTrade {
  day: number;
  security: number;
  units: number;
  cash: number;
}

/** One account as a person would write it down. */
export interface PlainAccount {
  openingCash: number;
  positions: { security: number; units: number }[];
  trades: PlainTrade[];
  flows: { day: number; amount: number }[];
}

/** Columns of the accounts. */
export function toBatch(list: readonly PlainAccount[]): AccountBatch {
  const starts = (size: (account: PlainAccount) => number) => {
    const places = [0];
    for (const account of list) places.push(places.at(-1)! + size(account));
    return Int32Array.from(places);
  };
  const positions = list.flatMap((account) => account.positions);
  const trades = list.flatMap((account) => account.trades);
  const flows = list.flatMap((account) => account.flows);
  return {
    accounts: list.length,
    openingCash: Float64Array.from(list, ({ openingCash }) => openingCash),
    positions: {
      starts: starts((account) => account.positions.length),
      security: Int32Array.from(positions, ({ security }) => security),
      units: Float64Array.from(positions, ({ units }) => units),
    },
    trades: {
      starts: starts((account) => account.trades.length),
      day: Int32Array.from(trades, ({ day }) => day),
      security: Int32Array.from(trades, ({ security }) => security),
      units: Float64Array.from(trades, ({ units }) => units),
      cash: Float64Array.from(trades, ({ cash }) => cash),
    },
    flows: {
      starts: starts((account) => account.flows.length),
      day: Int32Array.from(flows, ({ day }) => day),
      amount: Float64Array.from(flows, ({ amount }) => amount),
    },
  };
}

/** A market of so many days and securities; every third security pays dividends. */
export function randomMarket(
  seed: number,
  { days = 60, securities = 12, sectors = 4 } = {},
): MarketInput & { prices: number[]; returns: number[] } {
  const random = seededRandom(seed);
  const common = Array.from({ length: days }, () => 0.0005 + 0.012 * random.normal());
  const prices: number[] = [];
  const returns: number[] = [];
  for (let security = 0; security < securities; security++) {
    let price = 5 + 20 * random.uniform();
    for (let day = 0; day < days; day++) {
      const earned = day === 0 ? 0 : 0.8 * common[day]! + 0.015 * random.normal();
      const paid = security % 3 === 0 && day % 20 === 10 ? 0.02 : 0;
      price *= 1 + earned - paid;
      prices.push(price);
      returns.push(earned);
    }
  }
  const rows = Array.from({ length: days }, () => {
    const raw = Array.from({ length: sectors }, () => random.uniform() + 0.05);
    const total = raw.reduce((a, b) => a + b, 0);
    return raw.map((each) => each / total);
  });
  return {
    days: Array.from({ length: days }, (_, day) => 18_000 + Math.floor((day * 7) / 5)),
    securities,
    sectors,
    sectorOf: Array.from({ length: securities }, (_, security) => security % sectors),
    prices,
    returns,
    benchmarkWeights: rows.flat(),
    benchmarkReturns: common.flatMap((each) =>
      Array.from({ length: sectors }, () => each + 0.004 * random.normal()),
    ),
    riskFree: common.map(() => 0.00008),
    groupings: [
      { groups: 9, groupOf: Array.from({ length: securities }, (_, i) => (i % 10) - 1) },
      { groups: 3, groupOf: Array.from({ length: securities }, (_, i) => i % 3) },
    ],
    momentumDays: 5,
  };
}

/** An account that trades now and then, never more than it has. */
export function randomAccount(market: MarketInput, seed: number): PlainAccount {
  const random = seededRandom(seed, 1);
  const length = market.days.length;
  const held = new Map<number, number>();
  const account: PlainAccount = {
    openingCash: random.uniform() < 0.2 ? 0 : 10_000 * random.uniform(),
    positions: [],
    trades: [],
    flows: [],
  };
  for (let place = 0; place < random.integer(5); place++) {
    const security = random.integer(market.securities);
    const units = 100 * (1 + random.integer(9));
    account.positions.push({ security, units });
    held.set(security, (held.get(security) ?? 0) + units);
  }
  let cash = account.openingCash;
  const pay = (day: number, amount: number) => {
    account.flows.push({ day, amount });
    cash += amount;
  };
  for (let day = 1; day < length; day++) {
    if (random.uniform() < 0.06) pay(day, 5000 * random.uniform());
    if (random.uniform() < 0.02 && cash > 600) pay(day, -500 * random.uniform());
    for (let count = random.integer(3); count > 0; count--) {
      const trade = randomTrade(market, { random, held, day, cash });
      if (trade === undefined) continue;
      account.trades.push(trade);
      cash += trade.cash;
    }
  }
  return account;
}

function randomTrade(
  market: MarketInput,
  {
    random,
    held,
    day,
    cash,
  }: { random: RandomStream; held: Map<number, number>; day: number; cash: number },
): PlainTrade | undefined {
  const security = random.integer(market.securities);
  const price =
    market.prices[security * market.days.length + day]! * (0.99 + 0.02 * random.uniform());
  const owned = held.get(security) ?? 0;
  const chance = random.uniform();
  if (chance < 0.3) {
    const units = 100 * (1 + random.integer(4));
    if (units * price + 5 > cash) return undefined;
    held.set(security, owned + units);
    return { day, security, units, cash: -units * price - 5 };
  }
  if (chance < 0.55 && owned > 0) {
    const units = random.uniform() < 0.4 ? owned : Math.ceil(owned / 3);
    held.set(security, owned - units);
    return { day, security, units: -units, cash: units * price - 5 };
  }
  if (chance < 0.6 && owned > 0) return { day, security, units: 0, cash: 0.01 * owned * price };
  if (chance < 0.63 && owned > 0) {
    held.set(security, owned * 1.5);
    return { day, security, units: owned * 0.5, cash: 0 };
  }
  return undefined;
}

/** Values of the account at each close: units by security, and cash. */
function replayNaively(market: MarketInput, account: PlainAccount) {
  const length = market.days.length;
  const units = new Map<number, number>();
  for (const { security, units: more } of account.positions) {
    units.set(security, (units.get(security) ?? 0) + more);
  }
  let cash = account.openingCash;
  return Array.from({ length }, (_, day) => {
    const start = new Map(units);
    for (const flow of account.flows) if (flow.day === day) cash += flow.amount;
    for (const trade of account.trades) {
      if (trade.day !== day) continue;
      const left = (units.get(trade.security) ?? 0) + trade.units;
      units.set(trade.security, Math.abs(left) < 1e-6 ? 0 : left);
      cash += trade.cash;
    }
    let value = cash;
    for (const [security, count] of units) {
      if (count !== 0) value += count * market.prices[security * length + day]!;
    }
    return { start, end: new Map(units), cash, value };
  });
}

export interface NaiveDiagnosis {
  figures: Record<string, Figure>;
  allocation: number[];
  selection: number[];
  interaction: number[];
  weights: number[];
  preferences: number[][];
}

/** Each day's return, and the weights, returns and securities held at its start. */
function rowsNaively(
  market: MarketInput,
  account: PlainAccount,
  closes: ReturnType<typeof replayNaively>,
) {
  const length = market.days.length;
  const { sectors, securities } = market;
  const flowOn = (day: number, side: number) =>
    account.flows
      .filter((flow) => flow.day === day && flow.amount * side > 0)
      .reduce((total, flow) => total + Math.abs(flow.amount), 0);
  return Array.from({ length: length - 1 }, (_, row) => {
    const [before, after] = [closes[row]!, closes[row + 1]!];
    const capital = before.value + flowOn(row + 1, 1);
    const exact = (after.value + flowOn(row + 1, -1)) / capital - 1;
    const earned = Math.abs(exact) <= 1e-13 ? 0 : exact;
    const weights = Array<number>(sectors + 1).fill(0);
    const gains = Array<number>(sectors + 1).fill(0);
    const bySecurity = Array<number>(securities).fill(0);
    for (const [security, count] of after.start) {
      if (count === 0) continue;
      const at = security * length + row;
      const value = (count * market.prices[at]!) / capital;
      const gain = market.returns![at + 1]!;
      const sector = market.sectorOf[security]!;
      weights[sector]! += value;
      gains[sector]! += value * gain;
      bySecurity[security]! += value;
    }
    weights[sectors] = (before.cash + flowOn(row + 1, 1)) / capital;
    const returns = weights.map((each, k) => (each === 0 ? Number.NaN : gains[k]! / each));
    returns[sectors] = 0;
    return { earned, weights, returns, bySecurity };
  });
}

/** The figures of an account that has money on every day or on none. */
export function diagnoseNaively(market: MarketInput, account: PlainAccount): NaiveDiagnosis {
  const { sectors, securities } = market;
  const closes = replayNaively(market, account);
  const rows = rowsNaively(market, account, closes);
  const benchmarkRow = (values: ArrayLike<number>, row: number) =>
    Array.from({ length: sectors }, (_, k) => values[(row + 1) * sectors + k]!);
  const brinson = attributeBrinson({
    segments: sectors + 1,
    portfolioWeights: rows.flatMap(({ weights }) => weights),
    portfolioReturns: rows.flatMap(({ returns }) => returns),
    benchmarkWeights: rows.flatMap((_, row) => [...benchmarkRow(market.benchmarkWeights, row), 0]),
    benchmarkReturns: rows.flatMap((_, row) => [...benchmarkRow(market.benchmarkReturns, row), 0]),
    portfolioTotals: rows.map(({ earned }) => earned),
  }).value!;
  const linked = linkBrinson(brinson, 'carino').value!;
  const returns = rows.map(({ earned }) => earned);
  const riskFree = returns.map((_, row) => market.riskFree![row + 1]!);
  const benchmark = brinson.benchmark;
  const timing = { returns, market: benchmark, riskFree, periodsPerYear: 252 };
  const meanOf = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + pick(row), 0) / rows.length;
  const securityWeights = Array.from({ length: securities }, (_, i) =>
    meanOf((row) => row.bySecurity[i]!),
  );
  return {
    figures: {
      ...evaluate({ returns, benchmark, riskFree }, STANDARD_MEASURES),
      ...moneyNaively(market, account, closes),
      ...timingNaively(timing),
      benchmarkReturn: { value: linked.benchmark },
      activeReturn: { value: linked.active },
      allocation: { value: linked.allocationTotal },
      selection: { value: linked.selectionTotal },
      interaction: { value: linked.interactionTotal },
      tradingEffect: { value: linked.residual },
      averageInvested: { value: 1 - meanOf((row) => row.weights[sectors]!) },
      concentration: concentrationNaively(securityWeights),
    },
    allocation: [...linked.allocation],
    selection: [...linked.selection],
    interaction: [...linked.interaction],
    weights: Array.from({ length: sectors + 1 }, (_, k) => meanOf((row) => row.weights[k]!)),
    preferences: (market.groupings ?? []).map(({ groups, groupOf }) =>
      Array.from({ length: groups }, (_, group) =>
        securityWeights.reduce((sum, each, i) => (groupOf[i] === group ? sum + each : sum), 0),
      ),
    ),
  };
}

function concentrationNaively(weights: number[]): Figure {
  const total = weights.reduce((a, b) => a + b, 0);
  if (total === 0) return { value: null, reason: 'NO_HOLDING' };
  return { value: weights.reduce((sum, each) => sum + (each / total) ** 2, 0) };
}

function moneyNaively(
  market: MarketInput,
  account: PlainAccount,
  closes: { value: number }[],
): Record<string, Figure> {
  const last = market.days.length - 1;
  const netFlow = account.flows.reduce((total, { amount }) => total + amount, 0);
  const [start, end] = [closes[0]!.value, closes[last]!.value];
  const rate = moneyWeightedReturn({
    startValue: start,
    endValue: end,
    startDay: market.days[0]!,
    endDay: market.days[last]!,
    flows: account.flows.map(({ amount }) => amount),
    days: account.flows.map(({ day }) => market.days[day]!),
  });
  let realised = 0;
  for (let security = 0; security < market.securities; security++) {
    realised += profitOfHolding(ledgerOf(market, account, security), {
      method: 'fifo',
      price: 1,
    }).value!.realised;
  }
  return {
    endValue: { value: end },
    netFlow: { value: netFlow },
    profit: { value: end - start - netFlow },
    realisedProfit: { value: realised },
    moneyWeightedReturn: rate.value === null ? rate : { value: rate.value.annual },
  };
}

/** The trades of one security in the words of `profitOfHolding`. */
function ledgerOf(market: MarketInput, account: PlainAccount, security: number): Trade[] {
  let held = 0;
  const price = market.prices[security * market.days.length]!;
  const entries: Trade[] = [];
  for (const position of account.positions) {
    if (position.security !== security) continue;
    held += position.units;
    entries.push({ day: 0, kind: 'buy', units: position.units, amount: position.units * price });
  }
  for (const { day, security: which, units, cash } of account.trades) {
    if (which !== security || units === 0) continue;
    if (cash === 0) entries.push({ day, kind: 'split', units: (held + units) / held });
    else if (units > 0) entries.push({ day, kind: 'buy', units, amount: -cash });
    else entries.push({ day, kind: 'sell', units: -units, amount: cash });
    held += units;
  }
  return entries;
}

function timingNaively(input: Parameters<typeof treynorMazuy>[0]): Record<string, Figure> {
  const [mazuy, merton, chang] = [
    treynorMazuy(input),
    henrikssonMerton(input),
    changLewellen(input),
  ];
  const read = <T extends object>(answer: Answer<T>, pick: (value: T) => Figure): Figure =>
    answer.reason === undefined ? pick(answer.value) : absent(answer.reason);
  return {
    selectionTreynorMazuy: read(mazuy, (each) => each.selectionAnnual),
    timingTreynorMazuy: read(mazuy, (each) => ({ value: each.timing.value })),
    timingTTreynorMazuy: read(mazuy, (each) => each.timing.t),
    selectionHenrikssonMerton: read(merton, (each) => each.selectionAnnual),
    timingHenrikssonMerton: read(chang, (each) => ({ value: each.timing.value })),
    timingTHenrikssonMerton: read(chang, (each) => each.timing.t),
    betaDown: read(chang, (each) => ({ value: each.beta.value })),
    betaUp: read(chang, (each) => ({ value: each.betaUp.value })),
  };
}

/** A market of two securities in two sectors that cost 10, and do what they are told. */
export function simpleMarket(first: number[], second: number[]): MarketInput {
  const days = first.length + 1;
  const path = (returns: number[]) => {
    const prices = [10];
    for (const each of returns) prices.push(prices.at(-1)! * (1 + each));
    return prices;
  };
  const benchmark = [0, ...first].flatMap((each, day) => [each, [0, ...second][day]!]);
  return {
    days: Array.from({ length: days }, (_, day) => 100 + day),
    securities: 2,
    sectors: 2,
    sectorOf: [0, 1],
    prices: [...path(first), ...path(second)],
    benchmarkWeights: Array(2 * days).fill(0.5),
    benchmarkReturns: benchmark,
    momentumDays: 2,
  };
}

/** An account in which nothing ever was. */
export const EMPTY: PlainAccount = { openingCash: 0, positions: [], trades: [], flows: [] };
