/**
 * Sums and moments of dense arrays. These are the plain, two-pass forms: exact enough to be the
 * reference of every faster kernel. They answer NaN where the figure is not defined; the front
 * door of the library turns that into a reason.
 */

/** Any dense array of numbers; it is never changed. */
export type Numbers = ArrayLike<number>;

/** Divide by n − 1 (the data is a sample) or by n (the data is everything there is). */
export type Divisor = 'sample' | 'population';

/** Σ xᵢ with Neumaier's compensation: the error does not grow with the length. */
export function sum(values: Numbers): number {
  let total = 0;
  let lost = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  // Infinity minus infinity would hide an infinite sum behind NaN.
  return Number.isFinite(total) ? total + lost : total;
}

/** Σ xᵢ ÷ n; NaN of nothing. */
export function mean(values: Numbers): number {
  return values.length === 0 ? Number.NaN : sum(values) / values.length;
}

/** Σ xᵢ yᵢ of two arrays of one length. */
export function dot(left: Numbers, right: Numbers): number {
  let total = 0;
  for (let index = 0; index < left.length; index++) {
    total += (left[index] as number) * (right[index] as number);
  }
  return total;
}

/**
 * The deviations from the mean. They are centred twice: the rounding of the mean alone would show
 * in higher moments of values that lie close together far from zero.
 */
function deviations(values: Numbers): Float64Array {
  const out = Float64Array.from(values);
  for (let round = 0; round < 2; round++) {
    const centre = mean(out);
    for (let index = 0; index < out.length; index++) out[index] = (out[index] as number) - centre;
  }
  return out;
}

/** Σ (xᵢ − x̄)ᵏ ÷ n, the k-th central moment. */
export function centralMoment(values: Numbers, order: number): number {
  return mean(deviations(values).map((deviation) => deviation ** order));
}

/** Σ (xᵢ − x̄)² ÷ (n − 1) or ÷ n; NaN with fewer than two observations (one for a population). */
export function variance(values: Numbers, divisor: Divisor = 'sample'): number {
  return covariance(values, values, divisor);
}

/** The square root of the variance. */
export function standardDeviation(values: Numbers, divisor: Divisor = 'sample'): number {
  return Math.sqrt(variance(values, divisor));
}

/** Σ (xᵢ − x̄)(yᵢ − ȳ) ÷ (n − 1) or ÷ n of two arrays of one length. */
export function covariance(left: Numbers, right: Numbers, divisor: Divisor = 'sample'): number {
  const degrees = divisor === 'sample' ? left.length - 1 : left.length;
  if (degrees < 1) return Number.NaN;
  return dot(deviations(left), deviations(right)) / degrees;
}

/** Pearson's correlation, in [−1, 1]; NaN if one side does not vary. */
export function correlation(left: Numbers, right: Numbers): number {
  const scale = Math.sqrt(variance(left) * variance(right));
  if (!(scale > 0)) return Number.NaN;
  return Math.max(-1, Math.min(1, covariance(left, right) / scale));
}
