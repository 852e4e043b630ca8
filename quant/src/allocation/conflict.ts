/**
 * Why no portfolio obeys all constraints. The answer names constraints that contradict each other
 * such that dropping any one of them resolves this contradiction, and gives the nearest portfolio:
 * bounds hold, the sum holds if it can, the violations of the rest add up to the least possible,
 * and of all such portfolios it has the least variance.
 *
 * The contradiction comes from the multipliers of the failed search (Farkas), which name a small
 * set; then each member in turn is dropped, and stays out when the rest still contradicts itself
 * (deletion filter; Chinneck, Feasibility and Infeasibility in Optimization, 6).
 */
import { matrix, quadraticForm } from '../linear-algebra/matrix.ts';
import { assemble, programOver, type Assembled } from './assemble.ts';
import { solveContinuous } from './continuous.ts';
import { searchHoldings } from './holdings.ts';
import { findNearest, type Nearest } from './nearest.ts';
import {
  describeConstraint,
  keyOf,
  perAsset,
  type AllocationProblem,
  type Constraint,
  type Objective,
} from './problem.ts';
import { findVertex } from './quadratic/vertex.ts';
import { solveQuadratic } from './quadratic/solve.ts';

export interface Explanation {
  /** They contradict each other; without any one of them the rest does not. */
  readonly conflict: readonly Constraint[];
  /** Null when the bounds of one asset already cross. */
  readonly nearest: Nearest | null;
  readonly en: string;
  readonly zh: string;
}

/** Explains a problem that has been found infeasible. */
export function explain(problem: AllocationProblem, objective: Objective): Explanation {
  const all = constraintsOf(problem, objective);
  const byKey = new Map(all.map((constraint) => [keyOf(constraint), constraint]));
  const without = (kept: ReadonlySet<string>) =>
    new Set([...byKey.keys()].filter((key) => !kept.has(key)));
  const isFeasible = (kept: ReadonlySet<string>) => feasible(problem, objective, without(kept));
  const conflict = filter(suspects(problem, objective, byKey), isFeasible).flatMap(
    (key) => byKey.get(key) ?? [],
  );
  const nearest = findNearest(problem, objective, all);
  return { conflict, nearest, ...sentenceOf(conflict) };
}

/** The contradiction as a sentence in both languages. */
export function sentenceOf(conflict: readonly Constraint[]): { en: string; zh: string } {
  const clauses = summarise(conflict);
  return {
    en: `these constraints contradict each other: ${clauses.map(({ en }) => en).join('; ')}`,
    zh: `以下约束相互矛盾:${clauses.map(({ zh }) => zh).join(';')}`,
  };
}

/** Clauses; assets that meet at one limit share theirs. */
function summarise(conflict: readonly Constraint[]): { en: string; zh: string }[] {
  const shared = new Map<string, Constraint>();
  for (const constraint of conflict) {
    const isBound = 'asset' in constraint;
    const key = isBound ? `${constraint.kind} ${constraint.limit}` : keyOf(constraint);
    const before = shared.get(key);
    const joined = isBound && before !== undefined && 'asset' in before;
    const asset = joined ? `${before.asset}, ${constraint.asset}` : '';
    shared.set(key, joined ? { ...constraint, asset } : constraint);
  }
  return [...shared.values()].map(describeConstraint);
}

/** Every constraint of the problem and the objective, bounds that bind nobody left out. */
function constraintsOf(problem: AllocationProblem, objective: Objective): Constraint[] {
  const returnLeast = objective.kind === 'target-return' ? { returnLeast: objective.least } : {};
  const assembled = assemble(problem, returnLeast);
  const n = problem.assets.length;
  const [lower, upper] = [perAsset(problem.lower, n, 0), perAsset(problem.upper, n, 1)];
  const bounds = problem.assets.flatMap((asset, at): Constraint[] => [
    ...(lower[at]! > Number.NEGATIVE_INFINITY
      ? [{ kind: 'lower', asset, limit: lower[at]! } as const]
      : []),
    ...(upper[at]! < Number.POSITIVE_INFINITY
      ? [{ kind: 'upper', asset, limit: upper[at]! } as const]
      : []),
  ]);
  const rows = new Map(
    assembled.rows
      .flatMap(({ atLeast, atMost }) => [atLeast, atMost])
      .flatMap((each) => (each === undefined ? [] : [[keyOf(each), each] as const])),
  );
  const rules = problem.holdings;
  return [
    ...rows.values(),
    ...(objective.kind === 'target-risk' ? [{ kind: 'risk', limit: objective.most } as const] : []),
    ...(rules?.countMax === undefined ? [] : [{ kind: 'count', limit: rules.countMax } as const]),
    ...(rules?.minimum === undefined ? [] : [{ kind: 'minimum' } as const]),
    ...(rules?.step === undefined ? [] : [{ kind: 'step' } as const]),
    ...bounds,
  ];
}

/** Whether some portfolio obeys all but the dropped constraints. */
function feasible(
  problem: AllocationProblem,
  objective: Objective,
  without: ReadonlySet<string>,
): boolean {
  const returnLeast = objective.kind === 'target-return' ? { returnLeast: objective.least } : {};
  const rules = problem.holdings;
  const kept = {
    ...(rules?.countMax !== undefined && !without.has('count') ? { countMax: rules.countMax } : {}),
    ...(rules?.minimum !== undefined && !without.has('minimum') ? { minimum: rules.minimum } : {}),
    ...(rules?.step !== undefined && !without.has('step') ? { step: rules.step } : {}),
  };
  const risk =
    objective.kind === 'target-risk' && !without.has('risk') ? objective.most : undefined;
  if (Object.keys(kept).length > 0) {
    const goal: Objective =
      objective.kind === 'target-return' ? objective : { kind: 'min-variance' };
    // Any portfolio will do: the first one ends the search. One that ran out of nodes proves nothing.
    const search = {
      ...kept,
      gap: risk === undefined ? Number.POSITIVE_INFINITY : 1e-6,
      nodesMax: 2000,
    };
    const { found, gap } = searchHoldings(problem, goal, search, {
      without,
    });
    if (found.status !== 'optimal') return gap > 0;
    return (
      risk === undefined ||
      quadraticForm(problem.covariance, found.weights) <= risk * risk * (1 + 1e-9)
    );
  }
  if (risk === undefined) {
    const assembled = assemble(problem, { ...returnLeast, without });
    return isPossible(assembled);
  }
  const found = solveContinuous(withoutCost(problem), { kind: 'min-variance' }, { without });
  if (found.status !== 'optimal') return found.status === 'refused';
  return quadraticForm(problem.covariance, found.weights) <= risk * risk * (1 + 1e-9) + 1e-18;
}

/** Costs do not make a portfolio impossible, except through the return net of them. */
function withoutCost(problem: AllocationProblem): AllocationProblem {
  const { trading, ...rest } = problem;
  if (trading === undefined) return problem;
  const { from, turnoverMax } = trading;
  return {
    ...rest,
    ridge: 0,
    trading: { from, ...(turnoverMax === undefined ? {} : { turnoverMax }) },
  };
}

function emptyProgram(assembled: Assembled) {
  const n = assembled.assets;
  return programOver(assembled, matrix(n, n), new Float64Array(n), 0);
}

function isPossible(assembled: Assembled): boolean {
  const program = emptyProgram(assembled);
  const crossed = program.lower.some((least, j) => least > program.upper[j]!);
  const rowsCrossed = program.rowLower.some((least, i) => least > program.rowUpper[i]!);
  return !crossed && !rowsCrossed && findVertex(program)?.feasible === true;
}

/** Keys that hold a contradiction: from the multipliers where they tell, else everything. */
function suspects(
  problem: AllocationProblem,
  objective: Objective,
  byKey: ReadonlyMap<string, Constraint>,
): string[] {
  const returnLeast = objective.kind === 'target-return' ? { returnLeast: objective.least } : {};
  const assembled = assemble(problem, returnLeast);
  const solved = solveQuadratic(emptyProgram(assembled));
  if (solved.status !== 'infeasible') return [...byKey.keys()];
  const { rows, lower, upper } = solved.conflict;
  const named = [
    ...rows.flatMap((row) => [assembled.rows[row]?.atLeast, assembled.rows[row]?.atMost]),
    ...lower.map((j) => assembled.boundOf(j, 'lower')),
    ...upper.map((j) => assembled.boundOf(j, 'upper')),
  ];
  const keys = new Set(named.flatMap((each) => (each === undefined ? [] : [keyOf(each)])));
  return feasible(problem, objective, new Set([...byKey.keys()].filter((key) => !keys.has(key))))
    ? [...byKey.keys()]
    : [...keys];
}

/** Drops each key in turn; those whose loss resolves the contradiction stay. */
function filter(keys: string[], isFeasible: (kept: ReadonlySet<string>) => boolean): string[] {
  const kept = new Set(keys);
  for (const key of keys.toReversed()) {
    kept.delete(key);
    if (isFeasible(kept)) kept.add(key);
  }
  return [...kept];
}
