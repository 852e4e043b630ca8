/** Buffers of one thread, reused from account to account; nothing of one account stays in them. */
import type { Market } from './market.ts';

/** Securities by number; all entries are at rest (zero, or −1 for lists) between accounts. */
export interface Book {
  readonly units: Float64Array;
  /** Cost of the lots still held. */
  readonly cost: Float64Array;
  /** Σ cash of trades, and value at the opening. */
  readonly cash: Float64Array;
  readonly opening: Float64Array;
  /** Since the close of which day the units are held. */
  readonly since: Int32Array;
  /** The day on which it was sold last. */
  readonly soldOn: Int32Array;
  readonly firstLot: Int32Array;
  readonly lastLot: Int32Array;
  readonly isTouched: Uint8Array;
  /** Mean weight over the days with money in the account. */
  readonly weight: Float64Array;
  /** Securities of the account, in order of first appearance. */
  readonly touched: Int32Array;
  touchedCount: number;
}

/** Lots as linked lists, first in first; runs are stretches of days with the same units. */
export interface Rows {
  lotUnits: Float64Array;
  lotCost: Float64Array;
  lotDate: Int32Array;
  lotNext: Int32Array;
  lots: number;
  runSecurity: Int32Array;
  runUnits: Float64Array;
  /** Closes from `runFrom` to before `runTo`. */
  runFrom: Int32Array;
  runTo: Int32Array;
  runs: number;
}

/** Series of the account by close (D numbers) or by row (D − 1). */
export interface Daily {
  /** D closes of cash, and of cash with holdings. */
  readonly cash: Float64Array;
  readonly value: Float64Array;
  /** D flows of the day in, and out (positive). */
  readonly inflow: Float64Array;
  readonly outflow: Float64Array;
  /** K × D values of the sectors at the close; K × rows gains of what was held at the start. */
  readonly sectorValue: Float64Array;
  readonly sectorGain: Float64Array;
  /** Rows: 1 / capital at the start of the day, 0 on days without money. */
  readonly perCapital: Float64Array;
  /** Rows: Carino's coefficient of the day, 0 on days without money. */
  readonly link: Float64Array;
  /** The days with money, closed up: returns, benchmark and risk-free. */
  readonly returns: Float64Array;
  readonly benchmark: Float64Array;
  readonly riskFree: Float64Array;
}

/** Sums over the trades of the account. */
export interface Habits {
  trades: number;
  purchases: number;
  sales: number;
  realised: number;
  soldCost: number;
  soldCostDays: number;
  wins: number;
  losses: number;
  won: number;
  lost: number;
  gainsRealised: number;
  lossesRealised: number;
  gainsOnPaper: number;
  lossesOnPaper: number;
  bought: number;
  boughtRise: number;
  sold: number;
  soldRise: number;
}

export interface Scratch {
  readonly book: Book;
  readonly rows: Rows;
  readonly daily: Daily;
  readonly habits: Habits;
}

/** Buffers for the accounts of a market. */
export function createScratch(market: Market): Scratch {
  const { securities, sectors, rows } = market;
  const numbers = (length: number) => new Float64Array(length);
  return {
    book: {
      units: numbers(securities),
      cost: numbers(securities),
      cash: numbers(securities),
      opening: numbers(securities),
      since: new Int32Array(securities),
      soldOn: new Int32Array(securities).fill(-1),
      firstLot: new Int32Array(securities).fill(-1),
      lastLot: new Int32Array(securities).fill(-1),
      isTouched: new Uint8Array(securities),
      weight: numbers(securities),
      touched: new Int32Array(securities),
      touchedCount: 0,
    },
    rows: {
      lotUnits: numbers(0),
      lotCost: numbers(0),
      lotDate: new Int32Array(0),
      lotNext: new Int32Array(0),
      lots: 0,
      runSecurity: new Int32Array(0),
      runUnits: numbers(0),
      runFrom: new Int32Array(0),
      runTo: new Int32Array(0),
      runs: 0,
    },
    daily: {
      cash: numbers(rows + 1),
      value: numbers(rows + 1),
      inflow: numbers(rows + 1),
      outflow: numbers(rows + 1),
      sectorValue: numbers(sectors * (rows + 1)),
      sectorGain: numbers(sectors * rows),
      perCapital: numbers(rows),
      link: numbers(rows),
      returns: numbers(rows),
      benchmark: numbers(rows),
      riskFree: numbers(rows),
    },
    habits: emptyHabits(),
  };
}

function emptyHabits(): Habits {
  return {
    trades: 0,
    purchases: 0,
    sales: 0,
    realised: 0,
    soldCost: 0,
    soldCostDays: 0,
    wins: 0,
    losses: 0,
    won: 0,
    lost: 0,
    gainsRealised: 0,
    lossesRealised: 0,
    gainsOnPaper: 0,
    lossesOnPaper: 0,
    bought: 0,
    boughtRise: 0,
    sold: 0,
    soldRise: 0,
  };
}

/** Puts everything to rest and makes room for an account with so many entries. */
export function resetScratch(scratch: Scratch, entries: number): void {
  const { book, rows, daily } = scratch;
  for (let place = 0; place < book.touchedCount; place++) {
    const security = book.touched[place] as number;
    book.units[security] = 0;
    book.cost[security] = 0;
    book.cash[security] = 0;
    book.opening[security] = 0;
    book.since[security] = 0;
    book.soldOn[security] = -1;
    book.firstLot[security] = -1;
    book.lastLot[security] = -1;
    book.isTouched[security] = 0;
    book.weight[security] = 0;
  }
  book.touchedCount = 0;
  Object.assign(scratch.habits, emptyHabits());
  if (rows.lotUnits.length < entries) growRows(rows, 2 * entries);
  rows.lots = 0;
  rows.runs = 0;
  daily.cash.fill(0);
  daily.inflow.fill(0);
  daily.outflow.fill(0);
  daily.sectorValue.fill(0);
  daily.sectorGain.fill(0);
}

function growRows(rows: Rows, room: number): void {
  rows.lotUnits = new Float64Array(room);
  rows.lotCost = new Float64Array(room);
  rows.lotDate = new Int32Array(room);
  rows.lotNext = new Int32Array(room);
  rows.runSecurity = new Int32Array(room);
  rows.runUnits = new Float64Array(room);
  rows.runFrom = new Int32Array(room);
  rows.runTo = new Int32Array(room);
}
