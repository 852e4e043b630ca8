/**
 * Least squares with weights that are not negative and sum to one:
 * min ‖y − X·w‖², w ≥ 0, Σ w = 1.
 *
 * The method of Lawson and Hanson, on the simplex: keep the set of columns that have weight; let
 * in the column whose gradient promises most; solve exactly on the set; step back to the first
 * weight that would turn negative and let it out. The error falls with each step, so no set comes
 * twice and the end is the exact optimum, not a tolerance of an iteration. On the set the sum is
 * removed by measuring from one of its columns, so there is no penalty weight to choose.
 *
 * Source: Lawson and Hanson, Solving Least Squares Problems, ch. 23.
 */
import { type Answer, absent } from '../figure.ts';
import { factorQr, fromColumns } from '../linear-algebra/index.ts';
import { dot } from '../numeric/moments.ts';

export interface SimplexFit {
  readonly weights: Float64Array;
  readonly residuals: Float64Array;
  /** False when other weights fit as well: columns at the optimum depend on each other. */
  readonly unique: boolean;
}

/** A gain below this part of the sizes that it is computed from is rounding. */
const EQUAL = 1e-12;

/** The fit of `target` by `columns` of the same length; at least one column. */
export function fitOnSimplex(
  columns: readonly Float64Array[],
  target: Float64Array,
): Answer<SimplexFit> {
  const fit = startAtBest(columns, target);
  const refused = new Set<number>();
  // Each pass lets in one column; the bound is far above what any set of columns needs.
  for (let pass = 0; pass < 50 * columns.length + 50; pass++) {
    const gains = gainsOf(columns, target, fit);
    const entering = bestEntry(gains, fit, refused);
    if (entering === undefined) {
      return { value: { ...fit, unique: isUnique(columns, gains, fit) } };
    }
    const before = dot(fit.residuals, fit.residuals);
    if (!letIn(columns, target, { fit, entering })) refused.add(entering);
    else if (dot(fit.residuals, fit.residuals) < before) refused.clear();
    else refused.add(entering);
  }
  return absent('NOT_CONVERGED');
}

interface State {
  weights: Float64Array;
  residuals: Float64Array;
}

function startAtBest(columns: readonly Float64Array[], target: Float64Array): State {
  let best = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let residuals = target;
  columns.forEach((column, index) => {
    const rest = target.map((value, row) => value - (column[row] as number));
    const error = dot(rest, rest);
    if (error >= smallest) return;
    [best, smallest, residuals] = [index, error, rest];
  });
  const weights = new Float64Array(columns.length);
  weights[best] = 1;
  return { weights, residuals };
}

/** How much faster the error falls by moving weight to each column than to those in the set. */
interface Gains {
  readonly gains: Float64Array;
  /** For each column: below this its gain is rounding. */
  readonly tolerances: Float64Array;
}

function gainsOf(
  columns: readonly Float64Array[],
  target: Float64Array,
  { weights, residuals }: State,
): Gains {
  const slopes = Float64Array.from(columns, (column) => dot(column, residuals));
  const level = dot(weights, slopes);
  const lengths = Float64Array.from(columns, lengthOf);
  const mixed = dot(weights, lengths);
  const size = lengthOf(residuals) + lengthOf(target) + mixed;
  return {
    gains: slopes.map((slope) => slope - level),
    tolerances: lengths.map((length) => EQUAL * (length + mixed) * size),
  };
}

function lengthOf(column: Float64Array): number {
  return Math.sqrt(dot(column, column));
}

function bestEntry(
  { gains, tolerances }: Gains,
  { weights }: State,
  refused: ReadonlySet<number>,
): number | undefined {
  let best: number | undefined;
  gains.forEach((gain, column) => {
    if (
      (weights[column] as number) > 0 ||
      refused.has(column) ||
      gain <= (tolerances[column] as number)
    )
      return;
    if (best === undefined || gain > (gains[best] as number)) best = column;
  });
  return best;
}

/** Solves on the set with one column more; false when that column depends on the set. */
function letIn(
  columns: readonly Float64Array[],
  target: Float64Array,
  { fit, entering }: { fit: State; entering: number },
): boolean {
  let set = [...fit.weights.keys()].filter((column) => (fit.weights[column] as number) > 0);
  set.push(entering);
  const weights = Float64Array.from(fit.weights);
  for (;;) {
    const solved = solveOnSet(columns, target, set);
    if (solved === undefined) return false;
    const blocking = set.filter((column) => (solved[column] as number) <= 0);
    if (blocking.length === 0) {
      fit.weights = solved;
      fit.residuals = residualsOf(columns, target, solved);
      return true;
    }
    // Rounding can refuse the column that was let in; then there is nothing to gain from it.
    if (blocking.includes(entering) && (weights[entering] as number) === 0) return false;
    const step = Math.min(
      ...blocking.map((column) => {
        const weight = weights[column] as number;
        return weight / (weight - (solved[column] as number));
      }),
    );
    for (const column of set) {
      const weight = weights[column] as number;
      const moved = weight + step * ((solved[column] as number) - weight);
      weights[column] = moved;
    }
    const leaving = blocking.reduce((least, column) =>
      (weights[column] as number) < (weights[least] as number) ? column : least,
    );
    weights[leaving] = 0;
    set = set.filter((column) => (weights[column] as number) > 0);
  }
}

/** Least squares on a set of columns with Σ w = 1; weights may be negative. */
function solveOnSet(
  columns: readonly Float64Array[],
  target: Float64Array,
  set: readonly number[],
): Float64Array | undefined {
  const [base, ...others] = set as [number, ...number[]];
  const origin = columns[base] as Float64Array;
  const weights = new Float64Array(columns.length);
  weights[base] = 1;
  if (others.length === 0) return weights;
  const factor = factorQr(
    fromColumns(others.map((column) => difference(columns[column] as Float64Array, origin))),
  );
  if (factor === null) return undefined;
  const { coefficients } = factor.solve(difference(target, origin));
  others.forEach((column, place) => {
    const weight = coefficients[place] as number;
    weights[column] = weight;
    weights[base] = (weights[base] as number) - weight;
  });
  return weights;
}

function difference(left: Float64Array, right: Float64Array): Float64Array {
  return left.map((value, row) => value - (right[row] as number));
}

function residualsOf(
  columns: readonly Float64Array[],
  target: Float64Array,
  weights: Float64Array,
): Float64Array {
  const rest = Float64Array.from(target);
  weights.forEach((weight, column) => {
    if (weight === 0) return;
    const values = columns[column] as Float64Array;
    for (let row = 0; row < rest.length; row++) {
      rest[row] = (rest[row] as number) - weight * (values[row] as number);
    }
  });
  return rest;
}

/** All columns that could carry weight at the optimum must be independent of each other. */
function isUnique(
  columns: readonly Float64Array[],
  { gains, tolerances }: Gains,
  { weights }: State,
): boolean {
  const possible = [...weights.keys()].filter(
    (column) =>
      (weights[column] as number) > 0 ||
      (gains[column] as number) >= -(tolerances[column] as number),
  );
  const [base, ...others] = possible as [number, ...number[]];
  const origin = columns[base] as Float64Array;
  if (others.length === 0) return true;
  const spread = others.map((column) => difference(columns[column] as Float64Array, origin));
  return factorQr(fromColumns(spread)) !== null;
}
