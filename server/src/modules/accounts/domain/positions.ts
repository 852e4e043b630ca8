/** What a holding is worth and has earned, at a given net asset value. */
import { add, type Amount, type Price, subtract, sum, type Units, valueOf } from '@cairn/kernel';
import { computeRemainingCost, type Lot } from './lots.ts';

/** Cost, value and profit of one holding, in fen; value and profit are absent without a NAV. */
export interface Valuation {
  readonly cost: Amount;
  readonly value: Amount | undefined;
  readonly profit: Amount | undefined;
}

/**
 * Values a holding: cost is what its remaining units cost, value is units × NAV rounded half up to
 * the fen (as registrars do), profit is value − cost, not yet realised.
 */
export function computeValuation(
  holding: { readonly units: Units; readonly cost: Amount },
  nav: Price | undefined,
): Valuation {
  if (nav === undefined) return { cost: holding.cost, value: undefined, profit: undefined };
  const value = valueOf(holding.units, nav, 'halfUp');
  return { cost: holding.cost, value, profit: subtract(value, holding.cost) };
}

/** The cost of all remaining units of a holding. */
export function computeHoldingCost(lots: readonly Lot[]): Amount {
  return sum(lots.map(computeRemainingCost));
}

/** Totals over holdings; value and profit are absent when any holding has no NAV. */
export function sumValuations(valuations: readonly Valuation[]): Valuation {
  let cost = sum<Amount>([]);
  let value: Amount | undefined = cost;
  for (const each of valuations) {
    cost = add(cost, each.cost);
    value = value === undefined || each.value === undefined ? undefined : add(value, each.value);
  }
  return { cost, value, profit: value === undefined ? undefined : subtract(value, cost) };
}
