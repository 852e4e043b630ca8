/** How assets move together: the sample, the sample drawn towards a simple structure, the recent past. */
import { type Answer, absent } from '../figure.ts';
import { gram, matrix, type Matrix, transpose } from '../linear-algebra/matrix.ts';

/** Deviations up to this size are rounding, as for every measure: such an asset does not vary. */
const NOISE = 1e-12;

/** A matrix of T periods × N assets of simple or log returns. */
export type ReturnTable = Matrix;

/** The structure towards which the sample is drawn. */
export type ShrinkageTarget =
  /** Equal variances, no covariance (Ledoit and Wolf 2004, A well-conditioned estimator). */
  | 'constantVariance'
  /** Own variances, one correlation (Ledoit and Wolf 2004, Honey, I shrunk the sample covariance). */
  | 'constantCorrelation'
  /** Own variances, covariance through the equally weighted market (Ledoit and Wolf 2003). */
  | 'singleFactor';

export interface ShrunkCovariance {
  readonly covariance: Matrix;
  /** The share of the target, 0 to 1. */
  readonly intensity: number;
}

/**
 * Sample covariance (N × N) with divisor T − 1. Multiply by the periods of a year to annualise.
 * Absent: `TOO_FEW_OBSERVATIONS` below 2 periods, `NOT_FINITE`.
 */
export function sampleCovariance(returns: ReturnTable): Answer<Matrix> {
  const fault = faultOf(returns);
  if (fault !== undefined) return absent(fault);
  const cross = gram(centred(returns));
  return { value: scaled(cross, 1 / (returns.rows - 1)) };
}

/**
 * Exponentially weighted covariance: weights (1 − α)^(T−1−t), normalised, α = 2/(span + 1), of the
 * products of deviations from the plain mean ('mean'), as pandas-based libraries do, or from zero
 * ('zero', RiskMetrics 1996). Absent as `sampleCovariance`.
 *
 * @throws RangeError when the span is below 1.
 */
export function exponentialCovariance(
  returns: ReturnTable,
  { span, deviations = 'mean' }: { readonly span: number; readonly deviations?: 'mean' | 'zero' },
): Answer<Matrix> {
  if (!(span >= 1)) throw new RangeError(`span ${span}`);
  const fault = faultOf(returns);
  if (fault !== undefined) return absent(fault);
  const from = deviations === 'mean' ? centred(returns) : copied(returns);
  const decay = 1 - 2 / (span + 1);
  let weight = 1;
  let total = 0;
  for (let t = returns.rows - 1; t >= 0; t--) {
    const root = Math.sqrt(weight);
    for (let j = 0; j < returns.cols; j++) from.data[t * returns.cols + j]! *= root;
    total += weight;
    weight *= decay;
  }
  return { value: scaled(gram(from), 1 / total) };
}

/**
 * The sample covariance S (divisor T) drawn towards a target F: δF + (1 − δ)S with the δ that is
 * optimal for large T under the squared Frobenius distance, estimated from the data and kept in
 * [0, 1]; 1 where the sample is its own target, to within rounding, as with one asset. Absent as
 * `sampleCovariance`; `ZERO_VARIANCE` for the constant correlation of an asset that does not vary,
 * or a market that does not.
 */
export function shrunkCovariance(
  returns: ReturnTable,
  target: ShrinkageTarget,
): Answer<ShrunkCovariance> {
  const fault = faultOf(returns);
  if (fault !== undefined) return absent(fault);
  const x = centred(returns);
  const sample = scaled(gram(x), 1 / returns.rows);
  const estimate = ESTIMATES[target](x, sample);
  if (estimate === undefined) return absent('ZERO_VARIANCE');
  const { prior, intensity } = estimate;
  const covariance = matrix(x.cols, x.cols);
  for (let at = 0; at < covariance.data.length; at++) {
    covariance.data[at] = intensity * prior.data[at]! + (1 - intensity) * sample.data[at]!;
  }
  return { value: { covariance, intensity } };
}

interface Estimate {
  readonly prior: Matrix;
  readonly intensity: number;
}

const ESTIMATES: Record<ShrinkageTarget, (x: Matrix, sample: Matrix) => Estimate | undefined> = {
  constantVariance,
  constantCorrelation,
  singleFactor,
};

function constantVariance(x: Matrix, sample: Matrix): Estimate {
  const n = x.cols;
  let trace = 0;
  for (let i = 0; i < n; i++) trace += sample.data[i * n + i]!;
  const prior = matrix(n, n);
  for (let i = 0; i < n; i++) prior.data[i * n + i] = trace / n;
  return { prior, intensity: intensityOf(x, { sample, prior }, sumOf(noiseOf(x, sample))) };
}

function constantCorrelation(x: Matrix, sample: Matrix): Estimate | undefined {
  const n = x.cols;
  const s = sample.data;
  const deviations = Float64Array.from({ length: n }, (_, i) => Math.sqrt(s[i * n + i]!));
  if (deviations.some((deviation) => !(deviation > NOISE))) return undefined;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) sum += s[i * n + j]! / (deviations[i]! * deviations[j]!);
  }
  const correlation = n === 1 ? 0 : (2 * sum) / (n * (n - 1));
  const prior = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const shared = i === j ? 1 : correlation;
      prior.data[i * n + j] = shared * deviations[i]! * deviations[j]!;
    }
  }
  const noise = noiseOf(x, sample);
  // θ_ii,ij = mean of (x_i² − s_ii)(x_i·x_j − s_ij) = mean of x_i³·x_j − s_ii·s_ij.
  const third = scaled(product(powered(x, 3), x), 1 / x.rows);
  let left = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const theta = third.data[i * n + j]! - s[i * n + i]! * s[i * n + j]!;
      left += noise.data[i * n + j]! - correlation * (deviations[j]! / deviations[i]!) * theta;
    }
  }
  return { prior, intensity: intensityOf(x, { sample, prior }, left) };
}

function singleFactor(x: Matrix, sample: Matrix): Estimate | undefined {
  const { rows: periods, cols: n } = x;
  const market = Float64Array.from({ length: periods }, (_, t) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += x.data[t * n + i]!;
    return sum / n;
  });
  const variance = market.reduce((sum, value) => sum + value * value, 0) / periods;
  if (!(variance > NOISE * NOISE)) return undefined;
  const withMarket = copied(x);
  const cov = new Float64Array(n);
  for (let t = 0; t < periods; t++) {
    for (let i = 0; i < n; i++) {
      withMarket.data[t * n + i]! *= market[t]!;
      cov[i]! += withMarket.data[t * n + i]! / periods;
    }
  }
  const prior = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      prior.data[i * n + j] = i === j ? sample.data[i * n + i]! : (cov[i]! * cov[j]!) / variance;
    }
  }
  const noise = noiseOf(x, sample);
  const first = scaled(product(powered(x, 2), withMarket), 1 / periods);
  const second = scaled(gram(withMarket), 1 / periods);
  let left = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const s = sample.data[i * n + j]!;
      const one = (first.data[i * n + j]! - cov[i]! * s) * (cov[j]! / variance);
      const two = (second.data[i * n + j]! - variance * s) * ((cov[i]! * cov[j]!) / variance ** 2);
      left += noise.data[i * n + j]! - (2 * one - two);
    }
  }
  return { prior, intensity: intensityOf(x, { sample, prior }, left) };
}

/** π_ij = mean of (x_i·x_j − s_ij)²: how uncertain each covariance is, times T. */
function noiseOf(x: Matrix, sample: Matrix): Matrix {
  const squares = scaled(gram(powered(x, 2)), 1 / x.rows);
  for (let at = 0; at < squares.data.length; at++) squares.data[at]! -= sample.data[at]! ** 2;
  return squares;
}

/** (Σπ − Σρ) ÷ γ ÷ T; `left` is Σπ − Σρ, where the diagonal of a target with own variances cancels. */
function intensityOf(
  { rows: periods }: Matrix,
  { sample, prior }: { sample: Matrix; prior: Matrix },
  left: number,
): number {
  const distance = squaredDistance(sample, prior);
  // What is left between equal matrices is rounding, and a quotient of it would be any number.
  if (distance <= NOISE * NOISE * sumOf(powered(sample, 2))) return 1;
  return Math.max(0, Math.min(1, left / distance / periods));
}

function faultOf({ rows, cols, data }: Matrix): 'TOO_FEW_OBSERVATIONS' | 'NOT_FINITE' | undefined {
  if (rows < 2 || cols < 1) return 'TOO_FEW_OBSERVATIONS';
  return data.every(Number.isFinite) ? undefined : 'NOT_FINITE';
}

function centred({ rows, cols, data }: Matrix): Matrix {
  const means = new Float64Array(cols);
  for (let at = 0; at < data.length; at++) means[at % cols]! += data[at]! / rows;
  return matrix(
    rows,
    cols,
    data.map((value, at) => value - means[at % cols]!),
  );
}

const copied = ({ rows, cols, data }: Matrix) => matrix(rows, cols, data.slice());

const powered = ({ rows, cols, data }: Matrix, power: number) =>
  matrix(
    rows,
    cols,
    data.map((value) => value ** power),
  );

function scaled(a: Matrix, factor: number): Matrix {
  for (let at = 0; at < a.data.length; at++) a.data[at]! *= factor;
  return a;
}

/** aᵀ·b of two tables with the same periods. */
function product(a: Matrix, b: Matrix): Matrix {
  const left = transpose(a);
  const right = transpose(b);
  const out = matrix(a.cols, b.cols);
  const { rows: periods } = a;
  for (let i = 0; i < a.cols; i++) {
    for (let j = 0; j < b.cols; j++) {
      let sum = 0;
      for (let t = 0; t < periods; t++) {
        sum += left.data[i * periods + t]! * right.data[j * periods + t]!;
      }
      out.data[i * b.cols + j] = sum;
    }
  }
  return out;
}

const sumOf = ({ data }: Matrix) => data.reduce((sum, value) => sum + value, 0);

function squaredDistance(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (let at = 0; at < a.data.length; at++) sum += (a.data[at]! - b.data[at]!) ** 2;
  return sum;
}
