/** Timing regressions of an account; when it had money on every day, with the market's factors. */
import { type ColumnFactors, fitColumns, inverseCrossProduct } from '../factors/least-squares.ts';
import type { Reason } from '../figure.ts';
import { dot } from '../numeric/moments.ts';
import { type MarketTiming, henrikssonMerton, treynorMazuy } from '../timing/market-timing.ts';
import { COLUMN, type DiagnosisFigureId } from './figures.ts';
import type { Market } from './market.ts';
import { type Diagnosis, writeReason, writeValue } from './result.ts';
import type { Daily } from './scratch.ts';

/** α and two slopes, and the t-value of the second slope. */
interface Timing {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  /** NaN when the fit is exact. */
  readonly t: number;
}

/** Variances of coefficients per unit of residual variance, once a market. */
const SPREADS = new WeakMap<ColumnFactors, Float64Array>();

function spreadOf(factors: ColumnFactors): Float64Array {
  const known = SPREADS.get(factors);
  if (known !== undefined) return known;
  const computed = inverseCrossProduct(factors);
  SPREADS.set(factors, computed);
  return computed;
}

/** Residuals below this part of the series are rounding; the same limit as `regress` has. */
const EXACT = 1e-13;

function fitAll(factors: ColumnFactors, excess: Float64Array): Timing {
  const { coefficients, residuals } = fitColumns(factors, excess);
  const [alpha, beta, gamma] = coefficients as unknown as [number, number, number];
  const left = dot(residuals, residuals);
  const exact = Math.sqrt(left) <= EXACT * Math.sqrt(dot(excess, excess));
  const variance = (left / (factors.rows - 3)) * (spreadOf(factors)[8] as number);
  return { alpha, beta, gamma, t: exact ? Number.NaN : gamma / Math.sqrt(variance) };
}

/** Writes the timing figures of an account with `active` days of money. */
export function writeTiming(
  market: Market,
  daily: Daily,
  { active, result, row }: { active: number; result: Diagnosis; row: number },
): void {
  const whole = active === market.rows;
  const excess = daily.returns.subarray(0, active).slice();
  for (let day = 0; day < active; day++) {
    excess[day] = (excess[day] as number) - (daily.riskFree[day] as number);
  }
  const input = () => ({
    returns: daily.returns.subarray(0, active),
    market: daily.benchmark.subarray(0, active),
    riskFree: daily.riskFree.subarray(0, active),
    periodsPerYear: market.periodsPerYear,
  });
  const mazuy =
    whole && active > 3 && market.treynorMazuy !== undefined
      ? fitAll(market.treynorMazuy, excess)
      : timingOf(treynorMazuy(input()));
  const merton =
    whole && active > 3 && market.henrikssonMerton !== undefined
      ? fitAll(market.henrikssonMerton, excess)
      : timingOf(henrikssonMerton(input()));
  writeModel(market, mazuy, { result, row, ids: MAZUY });
  writeModel(market, merton, { result, row, ids: MERTON });
  for (const id of ['betaDown', 'betaUp'] as const) {
    const cell = row + COLUMN[id];
    if (typeof merton === 'string') writeReason(result, cell, merton);
    else writeValue(result, cell, merton.beta + (id === 'betaUp' ? merton.gamma : 0));
  }
}

function timingOf(
  answer: { value: MarketTiming } | { value: null; reason: Reason },
): Timing | Reason {
  if (answer.value === null) return answer.reason;
  const { selection, beta, timing } = answer.value;
  return {
    alpha: selection.value,
    beta: beta.value,
    gamma: timing.value,
    t: timing.t.value ?? Number.NaN,
  };
}

type ModelIds = Readonly<Record<'selection' | 'timing' | 't', DiagnosisFigureId>>;

const MAZUY: ModelIds = {
  selection: 'selectionTreynorMazuy',
  timing: 'timingTreynorMazuy',
  t: 'timingTTreynorMazuy',
};

const MERTON: ModelIds = {
  selection: 'selectionHenrikssonMerton',
  timing: 'timingHenrikssonMerton',
  t: 'timingTHenrikssonMerton',
};

function writeModel(
  { periodsPerYear }: Market,
  found: Timing | Reason,
  { result, row, ids }: { result: Diagnosis; row: number; ids: ModelIds },
): void {
  if (typeof found === 'string') {
    for (const id of Object.values(ids)) writeReason(result, row + COLUMN[id], found);
    return;
  }
  writeValue(result, row + COLUMN[ids.selection], found.alpha * periodsPerYear);
  writeValue(result, row + COLUMN[ids.timing], found.gamma);
  writeValue(result, row + COLUMN[ids.t], found.t, 'EXACT_FIT');
}
