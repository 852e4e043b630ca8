/** What a portfolio would lose in a scenario: a shock of assets, of factors, or a piece of history. */
import { type Answer, absent } from '../figure.ts';
import type { ReturnHistory } from './sources.ts';

/** A scenario; shocks are simple returns over the whole scenario. */
export type StressScenario = { readonly id: string } & (
  | {
      readonly kind: 'assets';
      /** Shock by asset, N values; NaN where the scenario says nothing of the asset. */
      readonly shocks: Float64Array;
    }
  | {
      readonly kind: 'factors';
      /** Shock by factor, K values. */
      readonly shocks: Float64Array;
      /** N × K exposures of the assets, row by row. */
      readonly exposures: Float64Array;
    }
  | {
      readonly kind: 'history';
      readonly history: ReturnHistory;
      /** Periods from (inclusive) to (exclusive) that are lived through again. */
      readonly from: number;
      readonly to: number;
    }
);

/** A portfolio's return in a scenario. */
export interface StressResult {
  readonly id: string;
  /** Σ weight·shock, as a fraction of the value before. */
  readonly portfolioReturn: number;
  /** N: weight·shock, what each asset adds. */
  readonly contributions: Float64Array;
  /** N: the shock of each asset. */
  readonly shocks: Float64Array;
}

/**
 * The result of each scenario for a portfolio that is not touched while it lasts: the shock of an
 * asset is given, Σ exposure·shock of factors, or Π(1 + return) − 1 of the periods of history.
 * Absent: `NOT_FINITE` when the shock of an asset with a weight is missing: a hole is not a zero.
 *
 * @throws RangeError when the size of a scenario does not fit the weights.
 */
export function stressPortfolio(
  weights: Float64Array,
  scenarios: readonly StressScenario[],
): Answer<StressResult>[] {
  return scenarios.map((scenario) => {
    const shocks = shocksOf(scenario, weights.length);
    const contributions = shocks.map((shock, at) => (weights[at] === 0 ? 0 : weights[at]! * shock));
    const portfolioReturn = contributions.reduce((sum, part) => sum + part, 0);
    if (!Number.isFinite(portfolioReturn)) return absent('NOT_FINITE');
    return { value: { id: scenario.id, portfolioReturn, contributions, shocks } };
  });
}

function shocksOf(scenario: StressScenario, assets: number): Float64Array {
  if (scenario.kind === 'assets') return sized(scenario.id, scenario.shocks, assets);
  const shocks = new Float64Array(assets);
  if (scenario.kind === 'factors') {
    const factors = scenario.shocks.length;
    const exposures = sized(scenario.id, scenario.exposures, assets * factors);
    for (let i = 0; i < assets; i++) {
      for (let k = 0; k < factors; k++) {
        shocks[i]! += exposures[i * factors + k]! * scenario.shocks[k]!;
      }
    }
    return shocks;
  }
  const { history, from, to, id } = scenario;
  const periods = history.values.length / assets;
  if (history.assets !== assets || !(from >= 0 && from < to && to <= periods)) {
    throw new RangeError(`scenario ${id}: periods ${from} to ${to} of ${periods}`);
  }
  for (let i = 0; i < assets; i++) {
    let value = 1;
    for (let t = from; t < to; t++) value *= 1 + history.values[t * assets + i]!;
    shocks[i] = value - 1;
  }
  return shocks;
}

function sized(id: string, values: Float64Array, size: number): Float64Array {
  if (values.length !== size) throw new RangeError(`scenario ${id}: ${values.length} of ${size}`);
  return values;
}
