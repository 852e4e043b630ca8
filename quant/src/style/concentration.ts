/** How spread a portfolio is, how alike two are, and how much of one was replaced. */
import { type Answer, absent, type Figure, figure } from '../figure.ts';
import { type Numbers, sum } from '../numeric/moments.ts';

export interface Concentration {
  /** Holdings with a weight above zero. */
  readonly holdings: number;
  /** Σ share², 1/n … 1, of shares w / Σ w. */
  readonly herfindahl: number;
  /** 1 / herfindahl: as many equal holdings would be as concentrated. */
  readonly effectiveHoldings: number;
  readonly largest: number;
  /** Share of the five and ten largest. */
  readonly topFive: number;
  readonly topTen: number;
  /** 0: all alike; towards 1: one holds everything. Over the holdings above zero. */
  readonly gini: number;
}

/**
 * Concentration of n weights, none negative, scaled to one; the denominator is what is given, so
 * leave out cash and undisclosed parts, or pass them as holdings.
 *
 * Gini = Σ (2i − m − 1)·shareᵢ / m over m ascending shares. Absent: `NO_HOLDING` when no weight is
 * above zero, `NOT_FINITE`. Source: Herfindahl (1950); Gini (1912).
 *
 * @throws RangeError on a negative weight.
 */
export function concentrationOf(weights: Numbers): Answer<Concentration> {
  const held: number[] = [];
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index] as number;
    if (!Number.isFinite(weight)) return absent('NOT_FINITE');
    if (weight < 0) throw new RangeError(`weight ${index} is ${weight}`);
    if (weight > 0) held.push(weight);
  }
  const total = sum(held);
  if (!(total > 0)) return absent('NO_HOLDING');
  const shares = held.map((weight) => weight / total).sort((a, b) => b - a);
  const herfindahl = sum(shares.map((share) => share * share));
  const count = shares.length;
  const gini = sum(shares.map((share, place) => ((count - 1 - 2 * place) * share) / count));
  return {
    value: {
      holdings: count,
      herfindahl,
      effectiveHoldings: 1 / herfindahl,
      largest: shares[0] as number,
      topFive: sum(shares.slice(0, 5)),
      topTen: sum(shares.slice(0, 10)),
      gini,
    },
  };
}

/**
 * Overlap of two portfolios over the same securities: Σ min(w, v), 0 … 1 for weights that sum to
 * one. 1 − overlap is the active share. Source: Cremers and Petajisto (2009).
 *
 * @throws RangeError when the lengths differ.
 */
export function overlapOf(left: Numbers, right: Numbers): Figure {
  if (left.length !== right.length) {
    throw new RangeError(`${left.length} and ${right.length} weights`);
  }
  let total = 0;
  for (let index = 0; index < left.length; index++) {
    total += Math.min(left[index] as number, right[index] as number);
  }
  return figure(total);
}

/**
 * Turnover from one set of weights to another: ½·Σ |after − before|, where `before` are the
 * weights that the market left just before trading (drifted, not those of the last report).
 * 0 nothing traded, 1 everything replaced. Cash is a holding like the others.
 *
 * @throws RangeError when the lengths differ.
 */
export function turnoverOf(before: Numbers, after: Numbers): Figure {
  if (before.length !== after.length) {
    throw new RangeError(`${before.length} and ${after.length} weights`);
  }
  let total = 0;
  for (let index = 0; index < before.length; index++) {
    total += Math.abs((after[index] as number) - (before[index] as number));
  }
  return figure(total / 2);
}

export interface TradedTurnover {
  /** min(purchases, sales) / average assets, per year: flows of investors do not count. */
  readonly lesser: Figure;
  /** (purchases + sales) / 2 / average assets, per year. */
  readonly mean: Figure;
}

/**
 * Turnover from trades over `years`, both usual definitions. Absent: `NO_CAPITAL` when the average
 * assets or the years are not positive. Source: SEC Form N-1A, item 13, for the lesser of both.
 */
export function tradedTurnover({
  purchases,
  sales,
  averageAssets,
  years,
}: Readonly<Record<'purchases' | 'sales' | 'averageAssets' | 'years', number>>): TradedTurnover {
  const base = averageAssets * years;
  const rate = (traded: number) => (base > 0 ? figure(traded / base) : absent('NO_CAPITAL'));
  return { lesser: rate(Math.min(purchases, sales)), mean: rate((purchases + sales) / 2) };
}
