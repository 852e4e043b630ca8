/** Scores of abilities: where a customer would stand among the funds of the market. */
import type { Figure } from '../figure.ts';
import { evaluate } from '../performance/evaluate.ts';
import { henrikssonMerton, treynorMazuy } from '../timing/market-timing.ts';
import type { Market } from './market.ts';

/** The figures of all funds over the same days, each ascending; absent ones are left out. */
export interface AbilityScales {
  readonly totalReturn: Float64Array;
  readonly sharpeRatio: Float64Array;
  readonly maxDrawdown: Float64Array;
  readonly selectionTreynorMazuy: Float64Array;
  readonly selectionHenrikssonMerton: Float64Array;
  readonly timingTreynorMazuy: Float64Array;
  readonly timingHenrikssonMerton: Float64Array;
}

/**
 * Scales from the returns of funds over the market's days, with the same definitions as the
 * figures of a customer.
 *
 * @param funds Each with one return a row of the market (D − 1), the first that of day 1.
 * @throws RangeError when a fund has another number of returns.
 */
export function scaleAbilities(market: Market, funds: readonly ArrayLike<number>[]): AbilityScales {
  const found: Record<keyof AbilityScales, number[]> = {
    totalReturn: [],
    sharpeRatio: [],
    maxDrawdown: [],
    selectionTreynorMazuy: [],
    selectionHenrikssonMerton: [],
    timingTreynorMazuy: [],
    timingHenrikssonMerton: [],
  };
  const add = (scale: keyof AbilityScales, { value }: Figure) => {
    if (value !== null) found[scale].push(value);
  };
  const { benchmark, riskFree, periodsPerYear } = market;
  for (const returns of funds) {
    if (returns.length !== market.rows) {
      throw new RangeError(`a fund has ${returns.length} returns, the market ${market.rows}`);
    }
    const ids = ['totalReturn', 'sharpeRatio', 'maxDrawdown'] as const;
    const figures = evaluate({ returns, riskFree }, ids, { periodsPerYear });
    for (const id of ids) add(id, figures[id]);
    const timing = { returns, market: benchmark, riskFree, periodsPerYear };
    const [mazuy, merton] = [treynorMazuy(timing).value, henrikssonMerton(timing).value];
    if (mazuy !== null) {
      add('selectionTreynorMazuy', mazuy.selectionAnnual);
      add('timingTreynorMazuy', { value: mazuy.timing.value });
    }
    if (merton !== null) {
      add('selectionHenrikssonMerton', merton.selectionAnnual);
      add('timingHenrikssonMerton', { value: merton.timing.value });
    }
  }
  return Object.fromEntries(
    Object.entries(found).map(([scale, values]) => [scale, Float64Array.from(values).sort()]),
  ) as Record<keyof AbilityScales, Float64Array>;
}

/** Share of the scale below the value, those alike counted half, 0 … 1; NaN of an empty scale. */
export function placeOnScale(scale: Float64Array, value: number): number {
  const below = countBelow(scale, value, false);
  const upTo = countBelow(scale, value, true);
  return (below + upTo) / 2 / scale.length;
}

/** How many are below the value, or up to it. */
function countBelow(scale: Float64Array, value: number, inclusive: boolean): number {
  let low = 0;
  let high = scale.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const each = scale[middle] as number;
    if (each < value || (inclusive && each === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
