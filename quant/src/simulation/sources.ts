/**
 * Where simulated returns come from: history drawn again in blocks, or a distribution. Each path
 * has a stream of its own, so a path is the same whoever computes it and in whatever order.
 */
import { factorCholesky } from '../linear-algebra/cholesky.ts';
import { matrix } from '../linear-algebra/matrix.ts';
import type { RandomStream } from '../numeric/random.ts';

/** Returns of N assets in T periods, row by row: `values[t·N + asset]`, simple returns. */
export interface ReturnHistory {
  readonly assets: number;
  readonly values: Float64Array;
}

/** History drawn again, whole rows at a time, so that assets keep what they have in common. */
export interface BlockBootstrap {
  readonly kind: 'bootstrap';
  readonly history: ReturnHistory;
  /**
   * 'fixed': blocks of exactly `blockLength` periods (circular block bootstrap, Politis and Romano
   * 1992). 'stationary': blocks of a geometric length with this mean (Politis and Romano 1994).
   */
  readonly blocks: 'fixed' | 'stationary';
  /** Periods, at least 1; 1 draws every period on its own. */
  readonly blockLength: number;
}

/** Log returns drawn from a normal or Student t distribution, independent from period to period. */
export interface Parametric {
  readonly kind: 'parametric';
  readonly assets: number;
  /** N means of the log return of one period. */
  readonly means: Float64Array;
  /** N × N covariances of the log returns of one period. */
  readonly covariance: Float64Array;
  /**
   * Degrees of freedom of a multivariate t scaled to the same covariance, above 2; absent: normal.
   */
  readonly degreesOfFreedom?: number;
}

export type ReturnSource = BlockBootstrap | Parametric;

/** Fills `into` with the simple returns of the next period of a path. */
export type NextReturns = (into: Float64Array) => void;

/** A path of a source, from a stream of its own. */
export type OpenPath = (random: RandomStream) => NextReturns;

/** The number of assets of a source. */
export function assetsOf(source: ReturnSource): number {
  return source.kind === 'bootstrap' ? source.history.assets : source.assets;
}

/**
 * Prepares a source once for all of its paths.
 *
 * @throws RangeError when there is no history, a block or a matrix has the wrong size, a value is
 *   not finite, the covariance is not positive definite or the degrees of freedom are not above 2.
 */
export function preparePaths(source: ReturnSource): OpenPath {
  return source.kind === 'bootstrap' ? prepareBootstrap(source) : prepareParametric(source);
}

function prepareBootstrap({ history, blocks, blockLength }: BlockBootstrap): OpenPath {
  const { assets, values } = history;
  const periods = values.length / assets;
  if (!(Number.isInteger(periods) && periods > 0)) throw new RangeError('no whole periods');
  if (!values.every((value) => Number.isFinite(value))) throw new RangeError('a return is missing');
  const isWhole = blocks === 'stationary' || Number.isInteger(blockLength);
  if (!(blockLength >= 1 && isWhole)) throw new RangeError(`blocks of ${blockLength}`);
  return (random) => {
    let at = 0;
    let left = 0;
    const begins = blocks === 'fixed' ? () => left === 0 : () => random.uniform() * blockLength < 1;
    let isFirst = true;
    return (into) => {
      if (isFirst || begins()) {
        at = random.integer(periods);
        left = blockLength;
        isFirst = false;
      }
      into.set(values.subarray(at * assets, (at + 1) * assets));
      // The last period is followed by the first, or else its neighbours would be drawn less often.
      at = at + 1 === periods ? 0 : at + 1;
      left -= 1;
    };
  };
}

function prepareParametric(source: Parametric): OpenPath {
  const { assets, means, covariance, degreesOfFreedom: freedom } = source;
  if (means.length !== assets || covariance.length !== assets * assets) {
    throw new RangeError(`means and covariance are not of ${assets} assets`);
  }
  if (freedom !== undefined && !(freedom > 2)) {
    throw new RangeError(`a t distribution with ${freedom} degrees of freedom has no variance`);
  }
  const full = matrix(assets, assets);
  full.data.set(covariance);
  const factor = factorCholesky(full);
  if (factor === null || !means.every((mean) => Number.isFinite(mean))) {
    throw new RangeError('the covariance is not positive definite');
  }
  const lower = factor.data;
  return (random) => {
    const normals = new Float64Array(assets);
    return (into) => {
      for (let i = 0; i < assets; i++) normals[i] = random.normal();
      const scale =
        freedom === undefined ? 1 : Math.sqrt((freedom - 2) / chiSquare(random, freedom));
      for (let i = 0; i < assets; i++) {
        let sum = 0;
        for (let j = 0; j <= i; j++) sum += lower[i * assets + j]! * normals[j]!;
        into[i] = Math.expm1(means[i]! + scale * sum);
      }
    };
  };
}

/**
 * A chi-square variate: twice a gamma variate of shape freedom/2 (Marsaglia and Tsang 2000, valid
 * for shapes of 1 and more, and freedom is above 2).
 */
function chiSquare(random: RandomStream, freedom: number): number {
  const d = freedom / 2 - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = random.uniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return 2 * d * v;
  }
}
