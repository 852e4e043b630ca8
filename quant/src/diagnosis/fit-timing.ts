/** Timing regressions of an account; when it had money on every day, with the market's factors. */
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

/**
 * The regressors of a model over all rows of the market as orthonormal columns, made once for all
 * accounts: then a regression is three inner products. Each column is cleared of those before it
 * twice, after which the columns are orthogonal to rounding.
 */
interface Model {
  readonly columns: readonly [Float64Array, Float64Array, Float64Array];
  /** What the first, second and third regressor hold of each column. */
  readonly shares: readonly [
    readonly [number],
    readonly [number, number],
    readonly [number, number, number],
  ];
}

/** Both models over the market's rows; undefined where the market does not identify one. */
export interface TimingModels {
  readonly mazuy: Model | undefined;
  readonly merton: Model | undefined;
}

/** A regressor of which less than this part is new depends on the others, as in `regress`. */
const DEPENDENT = 1e-11;

/** Prepares both models. */
export function prepareTiming({ excess, rows }: Market): TimingModels {
  const constant = new Float64Array(rows).fill(1);
  const model = (bent: Float64Array) =>
    rows > 3 ? orthogonalise([constant, excess, bent]) : undefined;
  return {
    mazuy: model(excess.map((value) => value * value)),
    merton: model(excess.map((value) => Math.max(0, value))),
  };
}

function orthogonalise(regressors: readonly Float64Array[]): Model | undefined {
  const columns: Float64Array[] = [];
  const shares: number[][] = [];
  for (const regressor of regressors) {
    const rest = Float64Array.from(regressor);
    const held = columns.map(() => 0);
    for (let pass = 0; pass < 2; pass++) {
      columns.forEach((column, place) => {
        const share = dot(column, rest);
        held[place] = (held[place] as number) + share;
        for (let row = 0; row < rest.length; row++) {
          rest[row] = (rest[row] as number) - share * (column[row] as number);
        }
      });
    }
    const left = Math.sqrt(dot(rest, rest));
    if (!(left > DEPENDENT * Math.sqrt(dot(regressor, regressor)))) return undefined;
    columns.push(rest.map((value) => value / left));
    shares.push([...held, left]);
  }
  return { columns, shares } as unknown as Model;
}

/** Residuals below this part of the series are rounding; the same limit as `regress` has. */
const EXACT = 1e-13;

function fitAll({ columns, shares }: Model, excess: Float64Array): Timing {
  const [first, second, third] = columns;
  let [a, b, c, square] = [0, 0, 0, 0];
  for (let row = 0; row < excess.length; row++) {
    const value = excess[row] as number;
    a += value * (first[row] as number);
    b += value * (second[row] as number);
    c += value * (third[row] as number);
    square += value * value;
  }
  let left = 0;
  for (let row = 0; row < excess.length; row++) {
    const explained =
      a * (first[row] as number) + b * (second[row] as number) + c * (third[row] as number);
    const residual = (excess[row] as number) - explained;
    left += residual * residual;
  }
  const [[constant], [slopeFirst, slope], [bentFirst, bentSecond, bent]] = shares;
  const gamma = c / bent;
  const beta = (b - bentSecond * gamma) / slope;
  const alpha = (a - slopeFirst * beta - bentFirst * gamma) / constant;
  const exact = Math.sqrt(left) <= EXACT * Math.sqrt(square);
  const error = Math.sqrt(left / (excess.length - 3)) / bent;
  return { alpha, beta, gamma, t: exact ? Number.NaN : gamma / error };
}

/** Writes the timing figures of an account with `active` days of money. */
export function writeTiming(
  market: Market,
  daily: Daily,
  {
    models,
    active,
    result,
    row,
  }: { models: TimingModels; active: number; result: Diagnosis; row: number },
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
    whole && models.mazuy !== undefined
      ? fitAll(models.mazuy, excess)
      : timingOf(treynorMazuy(input()));
  const merton =
    whole && models.merton !== undefined
      ? fitAll(models.merton, excess)
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
