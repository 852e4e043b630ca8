/**
 * Linear regression with ordinary, heteroscedasticity-robust or Newey-West errors: the base of
 * factor models, market timing and every other figure that comes with a t-value.
 */
import { type Answer, absent, type Figure, figure } from '../figure.ts';
import {
  factorQr,
  fromColumns,
  matrix,
  type Matrix,
  multiply,
  type QrFactor,
} from '../linear-algebra/index.ts';
import { dot, type Numbers } from '../numeric/moments.ts';
import { studentTTail } from './student-t.ts';

/** How the errors of coefficients are estimated. */
export type ErrorKind = 'ordinary' | 'white' | 'newey-west';

export interface RegressionInput {
  /** n observations of the explained series, e.g. excess returns per period. */
  readonly y: Numbers;
  /** k explaining series of n observations each, same periods as `y`. */
  readonly x: readonly Numbers[];
  /** A constant as the first coefficient. Default true. */
  readonly intercept?: boolean;
  /** n positive weights; the fit minimises Σ weight·residual². Default 1 each. */
  readonly weights?: Numbers;
  /** Default 'ordinary'. */
  readonly errors?: ErrorKind;
  /** Lags of Newey-West. Default ⌊4·(n/100)^(2/9)⌋ with n the used observations. */
  readonly lags?: number;
  /** Multiply robust covariances by n / (n − parameters). Default false. */
  readonly smallSample?: boolean;
}

/** One coefficient with its error; `t` and `p` are absent when the fit is exact. */
export interface Coefficient {
  readonly value: number;
  readonly standardError: Figure;
  /** value / standardError. */
  readonly t: Figure;
  /** P(|T| ≥ |t|) of Student's t with n − parameters degrees of freedom. */
  readonly p: Figure;
}

export interface Regression {
  /** The intercept first, if any, then one for each series of `x`. */
  readonly coefficients: readonly Coefficient[];
  /** Covariance of the coefficients, row by row. */
  readonly covariance: Float64Array;
  /** 1 − SSR/SST, SST about the weighted mean with an intercept, else about zero. */
  readonly rSquared: Figure;
  readonly adjustedRSquared: Figure;
  /** √(Σ weight·residual² / (n − parameters)), in units of `y`. */
  readonly residualDeviation: Figure;
  /** Σ(eₜ − eₜ₋₁)² / Σeₜ². */
  readonly durbinWatson: Figure;
  /** As long as `y`; NaN where an observation was left out. */
  readonly residuals: Float64Array;
  readonly observations: number;
  /** Observations left out because one of their numbers is missing or not finite. */
  readonly dropped: number;
  readonly degreesOfFreedom: number;
  /** Lags that Newey-West used; 0 for the other kinds. */
  readonly lags: number;
}

/** Relative size of residuals below which they are rounding, so the fit is exact. */
const EXACT = 1e-13;

/**
 * Least squares y = Xb + e by orthogonal reflections, not by normal equations.
 *
 * - ordinary: Var(b) = s²·(XᵀX)⁻¹, s² = SSR / (n − p).
 * - white (HC0): (XᵀX)⁻¹ · Σ eₜ²·xₜxₜᵀ · (XᵀX)⁻¹.
 * - newey-west: the middle is Γ₀ + Σₗ (1 − l/(L+1))·(Γₗ + Γₗᵀ), Γₗ = Σₜ eₜeₜ₋ₗ·xₜxₜ₋ₗᵀ.
 *
 * Observations with a missing number are left out and counted; those that remain are taken as
 * neighbours. Needs more observations than parameters (`TOO_FEW_OBSERVATIONS`); dependent columns
 * are `SINGULAR`.
 *
 * Source: Greene, Econometric Analysis, ch. 4 and 20; White (1980); Newey and West (1987), with
 * the lag rule of Newey and West (1994). Same conventions as R's sandwich with `prewhite = FALSE`.
 *
 * @throws RangeError when the series differ in length or a weight is negative.
 */
export function regress(input: RegressionInput): Answer<Regression> {
  const kept = keepFinite(input);
  const { y, columns, rows } = kept;
  const parameters = columns.length;
  if (rows.length <= parameters || parameters === 0) return absent('TOO_FEW_OBSERVATIONS');
  const design = fromColumns(columns);
  const factor = factorQr(design);
  if (factor === null) return absent('SINGULAR');
  const { coefficients, residuals } = factor.solve(y);
  const size = Math.sqrt(dot(y, y));
  const exact = Math.sqrt(dot(residuals, residuals)) <= EXACT * size;
  const lags = lagsOf(input, rows.length);
  const covariance = covarianceOf(input, { design, factor, residuals, lags });
  const degreesOfFreedom = rows.length - parameters;
  return {
    value: {
      coefficients: Array.from(coefficients, (value, index) =>
        coefficientOf(value, {
          variance: covariance[index * parameters + index] as number,
          degreesOfFreedom,
          exact,
        }),
      ),
      covariance,
      ...qualityOf(input, { kept, residuals, degreesOfFreedom }),
      durbinWatson: exact ? absent('EXACT_FIT') : durbinWatson(kept.unweighted(residuals)),
      residuals: spread(kept.unweighted(residuals), rows, input.y.length),
      observations: rows.length,
      dropped: input.y.length - rows.length,
      degreesOfFreedom,
      lags,
    },
  };
}

interface Kept {
  /** The observations that are used, by their place in the input. */
  readonly rows: readonly number[];
  /** √weight times the explained series. */
  readonly y: Float64Array;
  /** √weight times the constant and the explaining series. */
  readonly columns: readonly Float64Array[];
  /** Residuals in units of `y`. */
  readonly unweighted: (residuals: Float64Array) => Float64Array;
}

function keepFinite(input: RegressionInput): Kept {
  const { y, x, weights } = input;
  for (const series of weights === undefined ? x : [...x, weights]) {
    if (series.length !== y.length) {
      throw new RangeError(`a series has ${series.length} observations, y has ${y.length}`);
    }
  }
  const rows: number[] = [];
  for (let row = 0; row < y.length; row++) {
    const weight = weights?.[row] ?? 1;
    if (weight < 0) throw new RangeError(`weight ${weight} is negative`);
    const finite = Number.isFinite(y[row]) && x.every((series) => Number.isFinite(series[row]));
    // A weight of zero says: leave this observation out.
    if (finite && weight > 0 && weight < Number.POSITIVE_INFINITY) rows.push(row);
  }
  const roots = Float64Array.from(rows, (row) => Math.sqrt(weights?.[row] ?? 1));
  const scaled = (series: Numbers) =>
    Float64Array.from(rows, (row, place) => (series[row] as number) * (roots[place] as number));
  const columns = x.map(scaled);
  if (input.intercept !== false) columns.unshift(Float64Array.from(roots));
  return {
    rows,
    y: scaled(y),
    columns,
    unweighted: (residuals) =>
      residuals.map((residual, place) => residual / (roots[place] as number)),
  };
}

function lagsOf(input: RegressionInput, observations: number): number {
  if (input.errors !== 'newey-west') return 0;
  const automatic = Math.floor(4 * (observations / 100) ** (2 / 9));
  return Math.min(input.lags ?? automatic, observations - 1);
}

interface Fit {
  readonly design: Matrix;
  readonly factor: QrFactor;
  readonly residuals: Float64Array;
  readonly lags: number;
}

function covarianceOf(input: RegressionInput, fit: Fit): Float64Array {
  const { residuals } = fit;
  const { rows, cols } = fit.design;
  const inverse = fit.factor.inverseGram();
  if (input.errors === undefined || input.errors === 'ordinary') {
    const variance = dot(residuals, residuals) / (rows - cols);
    return inverse.data.map((value) => value * variance);
  }
  const robust = multiply(multiply(inverse, scoreCovariance(fit)), inverse).data;
  const adjustment = input.smallSample === true ? rows / (rows - cols) : 1;
  return robust.map((value) => value * adjustment);
}

/** The Bartlett-weighted sum of the scores xₜ·eₜ; lag 0 alone is White's. */
function scoreCovariance({ design, residuals, lags }: Fit): Matrix {
  const { rows, cols, data } = design;
  const scores = data.map((value, at) => value * (residuals[Math.floor(at / cols)] as number));
  const middle = matrix(cols, cols);
  for (let lag = 0; lag <= lags; lag++) {
    const weight = 1 - lag / (lags + 1);
    for (let left = 0; left < cols; left++) {
      for (let right = 0; right < cols; right++) {
        let sum = 0;
        for (let row = lag; row < rows; row++) {
          const now = scores[row * cols + left] as number;
          sum += now * (scores[(row - lag) * cols + right] as number);
        }
        const at = left * cols + right;
        const mirrored = right * cols + left;
        middle.data[at] = (middle.data[at] as number) + weight * sum;
        if (lag > 0) middle.data[mirrored] = (middle.data[mirrored] as number) + weight * sum;
      }
    }
  }
  return middle;
}

function coefficientOf(
  value: number,
  {
    variance,
    degreesOfFreedom,
    exact,
  }: Record<'variance' | 'degreesOfFreedom', number> & {
    exact: boolean;
  },
): Coefficient {
  if (exact) {
    const missing = absent('EXACT_FIT');
    return { value, standardError: missing, t: missing, p: missing };
  }
  const error = Math.sqrt(variance);
  const t = figure(value / error, 'ZERO_DENOMINATOR');
  return {
    value,
    standardError: figure(error),
    t,
    p: t.value === null ? t : figure(studentTTail(t.value, degreesOfFreedom)),
  };
}

function qualityOf(
  input: RegressionInput,
  {
    kept,
    residuals,
    degreesOfFreedom,
  }: { kept: Kept; residuals: Float64Array; degreesOfFreedom: number },
): Pick<Regression, 'rSquared' | 'adjustedRSquared' | 'residualDeviation'> {
  const { y, columns, rows } = kept;
  const unexplained = dot(residuals, residuals);
  const centred = input.intercept !== false;
  let deviations = y;
  if (centred) {
    const roots = columns[0] as Float64Array;
    const mean = dot(roots, y) / dot(roots, roots);
    deviations = y.map((value, row) => value - mean * (roots[row] as number));
  }
  const total = dot(deviations, deviations);
  const constant = total <= EXACT * EXACT * dot(y, y);
  const rSquared: Figure = constant ? absent('ZERO_VARIANCE') : figure(1 - unexplained / total);
  const free = rows.length - (centred ? 1 : 0);
  return {
    rSquared,
    adjustedRSquared:
      rSquared.value === null
        ? rSquared
        : figure(1 - ((1 - rSquared.value) * free) / degreesOfFreedom),
    residualDeviation: figure(Math.sqrt(unexplained / degreesOfFreedom)),
  };
}

function durbinWatson(residuals: Float64Array): Figure {
  let differences = 0;
  for (let row = 1; row < residuals.length; row++) {
    differences += ((residuals[row] as number) - (residuals[row - 1] as number)) ** 2;
  }
  return figure(differences / dot(residuals, residuals), 'EXACT_FIT');
}

function spread(used: Float64Array, rows: readonly number[], length: number): Float64Array {
  const all = new Float64Array(length).fill(Number.NaN);
  rows.forEach((row, place) => {
    all[row] = used[place] as number;
  });
  return all;
}
