/**
 * Replays the trades of an account: which units were held over which days, what each sale earned
 * against its lots, and how the customer trades.
 */
import type { Reason } from '../figure.ts';
import type { AccountBatch } from './accounts.ts';
import type { Market } from './market.ts';
import { resetScratch, type Scratch } from './scratch.ts';

/** Units left by rounding of ledgers, as a part of those traded. */
const ROUNDED = 1e-9;

/** Fills the book, the runs, the flows and the habits of an account; a reason if it cannot be. */
export function replayAccount(
  market: Market,
  batch: AccountBatch,
  account: number,
  scratch: Scratch,
): Reason | undefined {
  const { positions, trades } = batch;
  const [tradesFrom, tradesTo] = [trades.starts[account], trades.starts[account + 1]] as [
    number,
    number,
  ];
  const [heldFrom, heldTo] = [positions.starts[account], positions.starts[account + 1]] as [
    number,
    number,
  ];
  resetScratch(scratch, heldTo - heldFrom + tradesTo - tradesFrom);
  readFlows(batch, account, scratch);
  for (let at = heldFrom; at < heldTo; at++) openPosition(market, batch, at, scratch);
  let soldToday = false;
  for (let at = tradesFrom; at < tradesTo; at++) {
    const reason = applyTrade(market, batch, at, scratch);
    if (reason !== undefined) return reason;
    soldToday ||= isSale(batch, at);
    const day = trades.day[at] as number;
    const lastOfDay = at + 1 === tradesTo || trades.day[at + 1] !== day;
    if (lastOfDay && soldToday) countPaper(market, day, scratch);
    if (lastOfDay) soldToday = false;
  }
  const { book } = scratch;
  for (let place = 0; place < book.touchedCount; place++) {
    endRun(scratch, book.touched[place] as number, market.rows + 1);
  }
  return undefined;
}

function isSale({ trades }: AccountBatch, at: number): boolean {
  return (trades.units[at] as number) < 0 && trades.cash[at] !== 0;
}

function readFlows(batch: AccountBatch, account: number, { daily }: Scratch): void {
  const { starts, day, amount } = batch.flows;
  daily.cash[0] = batch.openingCash[account] as number;
  const end = starts[account + 1] as number;
  for (let at = starts[account] as number; at < end; at++) {
    const on = day[at] as number;
    const paid = amount[at] as number;
    const side = paid > 0 ? daily.inflow : daily.outflow;
    side[on] = (side[on] as number) + Math.abs(paid);
    daily.cash[on] = (daily.cash[on] as number) + paid;
  }
}

function openPosition(
  market: Market,
  { positions }: AccountBatch,
  at: number,
  scratch: Scratch,
): void {
  const { book } = scratch;
  const security = positions.security[at] as number;
  const units = positions.units[at] as number;
  const value = units * (market.prices[security * (market.rows + 1)] as number);
  touch(scratch, security);
  book.units[security] = (book.units[security] as number) + units;
  book.opening[security] = (book.opening[security] as number) + value;
  const cost = positions.cost === undefined ? value : (positions.cost[at] as number);
  addLot(scratch, security, { units, cost, date: market.days[0] as number });
}

function touch({ book }: Scratch, security: number): void {
  if (book.isTouched[security] === 1) return;
  book.isTouched[security] = 1;
  book.touched[book.touchedCount] = security;
  book.touchedCount += 1;
}

function addLot(
  { book, rows }: Scratch,
  security: number,
  { units, cost, date }: { units: number; cost: number; date: number },
): void {
  const lot = rows.lots;
  rows.lots += 1;
  rows.lotUnits[lot] = units;
  rows.lotCost[lot] = cost;
  rows.lotDate[lot] = date;
  rows.lotNext[lot] = -1;
  const last = book.lastLot[security] as number;
  if (last === -1) book.firstLot[security] = lot;
  else rows.lotNext[last] = lot;
  book.lastLot[security] = lot;
  book.cost[security] = (book.cost[security] as number) + cost;
}

/** Ends the stretch of days with the present units at the close of `day`, which has others. */
function endRun({ book, rows }: Scratch, security: number, day: number): void {
  const since = book.since[security] as number;
  const units = book.units[security] as number;
  book.since[security] = day;
  if (units === 0 || since >= day) return;
  const run = rows.runs;
  rows.runs += 1;
  rows.runSecurity[run] = security;
  rows.runUnits[run] = units;
  rows.runFrom[run] = since;
  rows.runTo[run] = day;
}

function applyTrade(
  market: Market,
  { trades }: AccountBatch,
  at: number,
  scratch: Scratch,
): Reason | undefined {
  const { book, daily, habits } = scratch;
  const day = trades.day[at] as number;
  const security = trades.security[at] as number;
  const units = trades.units[at] as number;
  const cash = trades.cash[at] as number;
  if (!Number.isFinite(units) || !Number.isFinite(cash)) return 'NOT_FINITE';
  touch(scratch, security);
  daily.cash[day] = (daily.cash[day] as number) + cash;
  book.cash[security] = (book.cash[security] as number) + cash;
  if (units === 0) return undefined;
  const before = book.units[security] as number;
  let after = before + units;
  if (Math.abs(after) <= ROUNDED * Math.max(before, Math.abs(units))) after = 0;
  if (after < 0) return 'OVERSOLD';
  endRun(scratch, security, day);
  book.units[security] = after;
  if (cash === 0) {
    rescaleLots(scratch, security, { before, after, date: market.days[day] as number });
    return undefined;
  }
  habits.trades += 1;
  const rise = riseBefore(market, security, day);
  if (units > 0) {
    habits.purchases -= cash;
    addLot(scratch, security, { units, cost: -cash, date: market.days[day] as number });
    if (!Number.isNaN(rise)) {
      habits.bought -= cash;
      habits.boughtRise -= cash * rise;
    }
  } else {
    habits.sales += cash;
    sellLots(market, scratch, { security, day, units: -units, cash, all: after === 0 });
    if (!Number.isNaN(rise)) {
      habits.sold += cash;
      habits.soldRise += cash * rise;
    }
  }
  return undefined;
}

/** Units that came or went without money: lots keep their cost and change their units. */
function rescaleLots(
  scratch: Scratch,
  security: number,
  { before, after, date }: { before: number; after: number; date: number },
): void {
  const { book, rows, habits } = scratch;
  if (before === 0) {
    addLot(scratch, security, { units: after, cost: 0, date });
    return;
  }
  if (after === 0) {
    habits.realised -= book.cost[security] as number;
    clearLots(scratch, security);
    return;
  }
  for (let lot = book.firstLot[security] as number; lot !== -1; lot = rows.lotNext[lot] as number) {
    rows.lotUnits[lot] = ((rows.lotUnits[lot] as number) * after) / before;
  }
}

function clearLots({ book }: Scratch, security: number): void {
  book.firstLot[security] = -1;
  book.lastLot[security] = -1;
  book.cost[security] = 0;
}

interface Sale {
  readonly security: number;
  readonly day: number;
  readonly units: number;
  readonly cash: number;
  /** Whether nothing is left. */
  readonly all: boolean;
}

function sellLots(market: Market, scratch: Scratch, sale: Sale): void {
  const { book, rows, habits } = scratch;
  const { security, day, units, cash, all } = sale;
  // What rounding left belongs to a sale of everything.
  let left = all ? Number.POSITIVE_INFINITY : units;
  let cost = 0;
  let lot = book.firstLot[security] as number;
  while (lot !== -1 && left > 0) {
    const held = rows.lotUnits[lot] as number;
    const whole = held <= left;
    const taken = whole
      ? (rows.lotCost[lot] as number)
      : ((rows.lotCost[lot] as number) * left) / held;
    cost += taken;
    habits.soldCostDays += taken * ((market.days[day] as number) - (rows.lotDate[lot] as number));
    if (!whole) {
      rows.lotUnits[lot] = held - left;
      rows.lotCost[lot] = (rows.lotCost[lot] as number) - taken;
      break;
    }
    left -= held;
    lot = rows.lotNext[lot] as number;
  }
  book.firstLot[security] = lot;
  book.cost[security] = (book.cost[security] as number) - cost;
  if (lot === -1) clearLots(scratch, security);
  const profit = cash - cost;
  habits.realised += profit;
  habits.soldCost += cost;
  book.soldOn[security] = day;
  if (profit > 0) {
    habits.wins += 1;
    habits.won += profit;
    habits.gainsRealised += 1;
  } else if (profit < 0) {
    habits.losses += 1;
    habits.lost -= profit;
    habits.lossesRealised += 1;
  }
}

/** Odean: on a day with a sale, what could have been sold and was not. */
function countPaper(market: Market, day: number, { book, habits }: Scratch): void {
  for (let place = 0; place < book.touchedCount; place++) {
    const security = book.touched[place] as number;
    const units = book.units[security] as number;
    if (units === 0 || book.soldOn[security] === day) continue;
    const value = units * (market.prices[security * (market.rows + 1) + day] as number);
    const cost = book.cost[security] as number;
    if (value > cost) habits.gainsOnPaper += 1;
    else if (value < cost) habits.lossesOnPaper += 1;
  }
}

/** Total return of the security over the days that end with the one before; NaN when too early. */
function riseBefore(market: Market, security: number, day: number): number {
  const last = day - 1;
  const first = last - market.momentumDays;
  if (first < 0) return Number.NaN;
  const { prices, gains, rows } = market;
  let growth = 1;
  for (let row = first; row < last; row++) {
    const price = prices[security * (rows + 1) + row] as number;
    growth *= 1 + (gains[security * rows + row] as number) / price;
  }
  return growth - 1;
}
