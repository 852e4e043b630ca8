/** From an allocation problem to the arrays of a quadratic program, and back. */
import { matrix, type Matrix } from '../linear-algebra/matrix.ts';
import { keyOf, perAsset, type AllocationProblem, type Constraint } from './problem.ts';
import type { QuadraticProgram } from './quadratic/program.ts';

/** One row over the variables, with the constraint each of its sides stands for. */
interface Row {
  readonly coefficients: Float64Array;
  readonly least: number;
  readonly most: number;
  readonly atLeast?: Constraint;
  readonly atMost?: Constraint;
}

export interface AssembleOptions {
  /** Constraints that are left out, by key. */
  readonly without?: ReadonlySet<string>;
  /** Expected return net of cost at least this. */
  readonly returnLeast?: number;
  /** Bounds of weights in place of the problem's. */
  readonly lower?: Float64Array;
  readonly upper?: Float64Array;
  /** Rows over the weights that belong to no constraint of the caller. */
  readonly extra?: readonly { readonly loadings: Float64Array; readonly most: number }[];
}

/** Everything about the variables that does not depend on the objective. */
export interface Assembled {
  readonly assets: number;
  readonly variables: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly rows: readonly Row[];
  /** Cost of a unit of each variable. */
  readonly cost: Float64Array;
  readonly asset?: Int32Array;
  readonly sign?: Float64Array;
  /** Weights at which all variables are zero. */
  readonly base: Float64Array;
  /** What each bound of a variable stands for. */
  readonly boundOf: (variable: number, side: 'lower' | 'upper') => Constraint | undefined;
}

export function assemble(problem: AllocationProblem, options: AssembleOptions = {}): Assembled {
  const n = problem.assets.length;
  const kept = (constraint: Constraint) => options.without?.has(keyOf(constraint)) !== true;
  const bounds = boundsOf(problem, options, kept);
  const { trading } = problem;
  const shape =
    trading === undefined ? weightVariables(n, bounds) : tradeVariables(problem, bounds);
  const rows: Row[] = [];
  const add = (
    loadings: ArrayLike<number>,
    least: Constraint | undefined,
    most: Constraint | undefined,
  ) => {
    const limits = [least, most].map((side) =>
      side !== undefined && kept(side) && 'limit' in side ? side : undefined,
    );
    if (limits[0] === undefined && limits[1] === undefined) return;
    const { coefficients, base } = overVariables(loadings, shape);
    rows.push({
      coefficients,
      least: (limits[0]?.limit ?? Number.NEGATIVE_INFINITY) - base,
      most: (limits[1]?.limit ?? Number.POSITIVE_INFINITY) - base,
      ...(limits[0] === undefined ? {} : { atLeast: limits[0] }),
      ...(limits[1] === undefined ? {} : { atMost: limits[1] }),
    });
  };
  const budget: Constraint = { kind: 'budget', limit: problem.budget ?? 1 };
  add(new Float64Array(n).fill(1), budget, budget);
  for (const { name, loadings, least, most } of problem.limits ?? []) {
    if (loadings.length !== n) throw new RangeError(`${name}: ${loadings.length} loadings`);
    add(
      loadings,
      least === undefined ? undefined : { kind: 'least', name, limit: least },
      most === undefined ? undefined : { kind: 'most', name, limit: most },
    );
  }
  for (const { loadings, most } of options.extra ?? []) {
    const { coefficients, base } = overVariables(loadings, shape);
    rows.push({ coefficients, least: Number.NEGATIVE_INFINITY, most: most - base });
  }
  addTurnover(problem, shape, rows, kept);
  addReturn(problem, options, shape, rows, kept);
  return { ...shape, rows };
}

type Shape = Omit<Assembled, 'rows'>;

interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly lowerOf: (asset: number) => Constraint;
  readonly upperOf: (asset: number) => Constraint;
}

function boundsOf(
  problem: AllocationProblem,
  options: AssembleOptions,
  kept: (constraint: Constraint) => boolean,
): Bounds {
  const n = problem.assets.length;
  const given = {
    lower: options.lower ?? perAsset(problem.lower, n, 0),
    upper: options.upper ?? perAsset(problem.upper, n, 1),
  };
  const named = (kind: 'lower' | 'upper', at: number): Constraint => ({
    kind,
    asset: problem.assets[at]!,
    limit: given[kind][at]!,
  });
  return {
    lower: given.lower.map((each, at) =>
      kept(named('lower', at)) ? each : Number.NEGATIVE_INFINITY,
    ),
    upper: given.upper.map((each, at) =>
      kept(named('upper', at)) ? each : Number.POSITIVE_INFINITY,
    ),
    lowerOf: (at) => named('lower', at),
    upperOf: (at) => named('upper', at),
  };
}

function weightVariables(n: number, bounds: Bounds): Shape {
  return {
    assets: n,
    variables: n,
    lower: bounds.lower,
    upper: bounds.upper,
    cost: new Float64Array(n),
    base: new Float64Array(n),
    boundOf: (variable, side) =>
      side === 'lower' ? bounds.lowerOf(variable) : bounds.upperOf(variable),
  };
}

/** w = from + bought − sold: the first n variables are bought, the others sold. */
function tradeVariables(problem: AllocationProblem, bounds: Bounds): Shape {
  const n = problem.assets.length;
  const { trading } = problem;
  const from = perAsset(trading?.from, n, 0);
  const costs = [
    ...perAsset(trading?.purchaseCost, n, 0),
    ...perAsset(trading?.redemptionCost, n, 0),
  ];
  if (costs.some((each) => !(each >= 0))) throw new RangeError('a cost is negative');
  const both = (of: (at: number, bought: boolean) => number) =>
    Float64Array.from({ length: 2 * n }, (_, j) => of(j % n, j < n));
  const beyond = (value: number) => Math.max(0, value);
  return {
    assets: n,
    variables: 2 * n,
    lower: both((at, bought) =>
      beyond(bought ? bounds.lower[at]! - from[at]! : from[at]! - bounds.upper[at]!),
    ),
    upper: both((at, bought) =>
      beyond(bought ? bounds.upper[at]! - from[at]! : from[at]! - bounds.lower[at]!),
    ),
    cost: Float64Array.from(costs),
    asset: Int32Array.from({ length: 2 * n }, (_, j) => j % n),
    sign: both((_, bought) => (bought ? 1 : -1)),
    base: from,
    boundOf: (variable, side) => {
      const at = variable % n;
      const bought = variable < n;
      if (side === 'lower') return bought ? bounds.lowerOf(at) : bounds.upperOf(at);
      return bought ? bounds.upperOf(at) : bounds.lowerOf(at);
    },
  };
}

/** Loadings of weights as coefficients of variables, and what the weights at rest add up to. */
function overVariables(
  loadings: ArrayLike<number>,
  { variables, asset, sign, base }: Shape,
): { coefficients: Float64Array; base: number } {
  const coefficients = Float64Array.from(
    { length: variables },
    (_, j) => (sign?.[j] ?? 1) * loadings[asset?.[j] ?? j]!,
  );
  let sum = 0;
  for (let i = 0; i < base.length; i++) sum += base[i]! * loadings[i]!;
  return { coefficients, base: sum };
}

function addTurnover(
  { trading }: AllocationProblem,
  { variables }: Shape,
  rows: Row[],
  kept: (constraint: Constraint) => boolean,
): void {
  if (trading?.turnoverMax === undefined) return;
  const atMost: Constraint = { kind: 'turnover', limit: trading.turnoverMax };
  if (!kept(atMost)) return;
  const coefficients = new Float64Array(variables).fill(1);
  rows.push({ coefficients, least: Number.NEGATIVE_INFINITY, most: atMost.limit, atMost });
}

function addReturn(
  problem: AllocationProblem,
  { returnLeast }: AssembleOptions,
  shape: Shape,
  rows: Row[],
  kept: (constraint: Constraint) => boolean,
): void {
  if (returnLeast === undefined) return;
  const atLeast: Constraint = { kind: 'return', limit: returnLeast };
  if (!kept(atLeast)) return;
  const { coefficients, base } = overVariables(returnsOf(problem), shape);
  rows.push({
    coefficients: coefficients.map((each, j) => each - shape.cost[j]!),
    least: returnLeast - base,
    most: Number.POSITIVE_INFINITY,
    atLeast,
  });
}

/** The expected returns; a problem that needs them and has none is the caller's mistake. */
export function returnsOf({ expectedReturns, assets }: AllocationProblem): Float64Array {
  if (expectedReturns === undefined) throw new RangeError('this objective needs expected returns');
  return perAsset(expectedReturns, assets.length, 0);
}

/**
 * The program that minimises ½·wᵀHw + gᵀw + costWeight·cost over the assembled constraints; g is
 * per asset.
 */
export function programOver(
  assembled: Assembled,
  hessian: Matrix,
  linear: Float64Array,
  costWeight: number,
): QuadraticProgram {
  const { variables, rows, asset, sign, base, cost } = assembled;
  const offset = new Float64Array(base.length);
  for (let i = 0; i < base.length; i++) {
    const weight = base[i]!;
    if (weight === 0) continue;
    for (let j = 0; j < base.length; j++) {
      offset[j] = offset[j]! + weight * hessian.data[i * base.length + j]!;
    }
  }
  return {
    hessian,
    linear: Float64Array.from({ length: variables }, (_, j) => {
      const at = asset?.[j] ?? j;
      return (sign?.[j] ?? 1) * (linear[at]! + offset[at]!) + costWeight * cost[j]!;
    }),
    lower: assembled.lower,
    upper: assembled.upper,
    ...rowsOf(rows, variables),
    ...(asset === undefined || sign === undefined ? {} : { asset, sign }),
  };
}

function rowsOf(
  rows: readonly Row[],
  variables: number,
): Pick<QuadraticProgram, 'rows' | 'rowLower' | 'rowUpper'> {
  const all = matrix(rows.length, variables);
  rows.forEach((row, i) => all.data.set(row.coefficients, i * variables));
  return {
    rows: all,
    rowLower: Float64Array.from(rows, (row) => row.least),
    rowUpper: Float64Array.from(rows, (row) => row.most),
  };
}

/** The weights that the variables stand for, and what moving there costs. */
export function weightsOf(
  { asset, sign, base, cost }: Assembled,
  x: Float64Array,
): { weights: Float64Array; cost: number } {
  const weights = Float64Array.from(base);
  let paid = 0;
  for (let j = 0; j < x.length; j++) {
    const at = asset?.[j] ?? j;
    weights[at] = weights[at]! + (sign?.[j] ?? 1) * x[j]!;
    paid += cost[j]! * x[j]!;
  }
  return { weights, cost: paid };
}

/** The constraints with a multiplier: what holds the optimum of a program over these variables. */
export function bindingOf(
  assembled: Assembled,
  reducedCosts: ArrayLike<number>,
  rowMultipliers: ArrayLike<number>,
): Constraint[] {
  const named = [
    ...assembled.rows.map(({ atLeast, atMost }, i) => {
      const pull = rowMultipliers[i]!;
      return Math.abs(pull) < 1e-9
        ? undefined
        : pull > 0
          ? (atLeast ?? atMost)
          : (atMost ?? atLeast);
    }),
    ...Array.from({ length: assembled.variables }, (_, j) => {
      const pull = reducedCosts[j]!;
      return Math.abs(pull) < 1e-9 ? undefined : assembled.boundOf(j, pull > 0 ? 'lower' : 'upper');
    }),
  ];
  const byKey = new Map(named.flatMap((each) => (each === undefined ? [] : [[keyOf(each), each]])));
  return [...byKey.values()];
}
