/** Profit and loss of one holding, lot by lot: what was earned by selling, and what still hangs. */
import { type Answer, absent, type Figure, figure } from '../figure.ts';

/** One entry of the ledger of a holding. Amounts in money, before fees. */
export interface Trade {
  readonly day: number;
  /**
   * buy and sell: units for an amount. dividend: an amount paid out. reinvest: a dividend of
   * `amount` turned into units. split: each unit becomes `units` units. fee: a fee alone.
   */
  readonly kind: 'buy' | 'sell' | 'dividend' | 'reinvest' | 'split' | 'fee';
  readonly units?: number;
  readonly amount?: number;
  readonly fee?: number;
}

/** Which cost a sale takes away. */
export type CostMethod =
  /** First in, first out: the rule for fund units in China and most taxes. */
  | 'fifo'
  /** All units cost the same: moving average. */
  | 'average';

export interface Lot {
  readonly openedDay: number;
  /** Units still held, in units of today (after splits). */
  readonly units: number;
  /** What these units cost, fees included. */
  readonly cost: number;
}

/** A part of a sale: units of one lot (or of the average) and what they earned. */
export interface Sale {
  readonly day: number;
  /** The day the lot was bought; the last day the holding was empty before, for the average. */
  readonly openedDay: number;
  readonly units: number;
  readonly cost: number;
  /** Money received after fees. */
  readonly proceeds: number;
  readonly profit: number;
}

export interface HoldingProfit {
  /** Open lots, oldest first; one for the average. */
  readonly lots: readonly Lot[];
  readonly sales: readonly Sale[];
  readonly units: number;
  /** Cost of the units still held. */
  readonly cost: number;
  /** Σ profit of sales. */
  readonly realised: number;
  /** Dividends paid out and reinvested, after their fees. */
  readonly income: number;
  /** Fees alone; those of trades are in cost and proceeds. */
  readonly charges: number;
  readonly marketValue: Figure;
  /** marketValue − cost. */
  readonly unrealised: Figure;
  /** realised + income − charges + unrealised = all money received − all paid + marketValue. */
  readonly total: Figure;
}

/** Units that differ by less than this part are equal: ledgers carry rounded units. */
const ROUNDED = 1e-9;

/**
 * Profit and loss of one holding from its ledger and its price today. Entries are taken in order
 * of day, those of one day as given. Cost of a purchase = amount + fee; proceeds of a sale =
 * amount − fee, shared among lots by units; a reinvested dividend is income and the cost of its
 * units.
 *
 * Both methods give the same `total`; they differ in what counts as realised.
 * Absent: `OVERSOLD` when more is sold than held, `NOT_FINITE`. Without a price (NaN) the market
 * value and what follows from it are absent, unless nothing is held.
 *
 * @throws RangeError when an entry lacks its units or amount, or has a negative one.
 */
export function profitOfHolding(
  trades: readonly Trade[],
  { method, price }: { readonly method: CostMethod; readonly price: number },
): Answer<HoldingProfit> {
  const book: Book = { lots: [], sales: [], income: 0, charges: 0 };
  const ordered = trades.map((trade, place) => ({ trade, place }));
  ordered.sort((a, b) => a.trade.day - b.trade.day || a.place - b.place);
  for (const { trade } of ordered) {
    checkTrade(trade);
    if (!enter(book, trade, method)) return absent('OVERSOLD');
  }
  const units = book.lots.reduce((sum, lot) => sum + lot.units, 0);
  const cost = book.lots.reduce((sum, lot) => sum + lot.cost, 0);
  const realised = book.sales.reduce((sum, sale) => sum + sale.profit, 0);
  const { lots, sales, income, charges } = book;
  if (![units, cost, realised, income, charges].every(Number.isFinite)) {
    return absent('NOT_FINITE');
  }
  const marketValue = figure(units === 0 ? 0 : units * price);
  const unrealised = marketValue.value === null ? marketValue : figure(marketValue.value - cost);
  return {
    value: {
      lots,
      sales,
      units,
      cost,
      realised,
      income,
      charges,
      marketValue,
      unrealised,
      total:
        unrealised.value === null
          ? unrealised
          : figure(realised + income - charges + unrealised.value),
    },
  };
}

interface Book {
  lots: Lot[];
  readonly sales: Sale[];
  income: number;
  charges: number;
}

function checkTrade({ kind, units, amount, fee = 0 }: Trade): void {
  const needs = { buy: [units, amount], sell: [units, amount], reinvest: [units, amount] };
  const rest = { dividend: [amount], split: [units], fee: [fee] };
  for (const number of [...{ ...needs, ...rest }[kind], fee]) {
    if (number === undefined || number < 0) {
      throw new RangeError(`a ${kind} with ${String(number)}`);
    }
  }
}

/** Enters one trade; false when it sells more than there is. */
function enter(book: Book, trade: Trade, method: CostMethod): boolean {
  const { day, kind, units = 0, amount = 0, fee = 0 } = trade;
  if (kind === 'sell') return sell(book, trade);
  if (kind === 'buy') open(book, { openedDay: day, units, cost: amount + fee }, method);
  if (kind === 'reinvest') open(book, { openedDay: day, units, cost: amount }, method);
  if (kind === 'dividend' || kind === 'reinvest') book.income += amount - fee;
  if (kind === 'fee') book.charges += fee;
  if (kind === 'split') book.lots = book.lots.map((lot) => ({ ...lot, units: lot.units * units }));
  return true;
}

function open(book: Book, lot: Lot, method: CostMethod): void {
  const [held] = book.lots;
  if (method === 'fifo' || held === undefined) {
    book.lots.push(lot);
    return;
  }
  book.lots = [
    {
      openedDay: held.openedDay,
      units: held.units + lot.units,
      cost: held.cost + lot.cost,
    },
  ];
}

function sell(book: Book, { day, units = 0, amount = 0, fee = 0 }: Trade): boolean {
  const held = book.lots.reduce((sum, lot) => sum + lot.units, 0);
  if (units > held * (1 + ROUNDED)) return false;
  const everything = units >= held * (1 - ROUNDED);
  const perUnit = units === 0 ? 0 : (amount - fee) / (everything ? held : units);
  let left = everything ? held : units;
  while (left > 0) {
    const lot = book.lots[0];
    if (lot === undefined) break;
    const taken = Math.min(left, lot.units);
    const whole = taken === lot.units;
    const cost = whole ? lot.cost : (lot.cost * taken) / lot.units;
    const proceeds = perUnit * taken;
    book.sales.push({
      day,
      openedDay: lot.openedDay,
      units: taken,
      cost,
      proceeds,
      profit: proceeds - cost,
    });
    if (whole) book.lots.shift();
    else book.lots[0] = { ...lot, units: lot.units - taken, cost: lot.cost - cost };
    left -= taken;
  }
  if (everything) book.lots = [];
  // A sale of nothing can still cost or bring money.
  if (units === 0) book.charges += fee - amount;
  return true;
}
