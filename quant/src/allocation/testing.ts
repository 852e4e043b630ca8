/** Problems for tests of allocation, and independent judges of the answers. */
import { diagonalOf, fromRows, quadraticForm } from '../linear-algebra/matrix.ts';
import {
  allocate,
  type AllocationProblem,
  type Constraint,
  type Objective,
  type Portfolio,
} from './index.ts';
import { programOf, solveByHighs } from './quadratic/testing.ts';

/** Bonds, shares, gold and cash, yearly. */
export const FOUR: AllocationProblem = {
  assets: ['bond', 'share', 'gold', 'cash'],
  covariance: fromRows([
    [0.0016, 0.0006, 0, 0],
    [0.0006, 0.04, 0.003, 0],
    [0, 0.003, 0.0225, 0],
    [0, 0, 0, 0.000001],
  ]),
  expectedReturns: [0.035, 0.08, 0.05, 0.02],
};

export function solved(problem: AllocationProblem, objective: Objective): Portfolio {
  const answer = allocate(problem, objective);
  if (answer.status !== 'optimal') throw new Error(answer.en);
  return answer;
}

export function refused(problem: AllocationProblem, objective: Objective) {
  const answer = allocate(problem, objective);
  if (answer.status !== 'infeasible') throw new Error(answer.status);
  return answer;
}

export const OBJECTIVES: readonly Objective[] = [
  { kind: 'min-variance' },
  { kind: 'utility', riskAversion: 3 },
  { kind: 'target-return', least: 0.05 },
  { kind: 'target-risk', most: 0.5 },
  { kind: 'max-sharpe', riskFree: 0.01 },
  { kind: 'max-diversification' },
];

/** What an objective wants least of, from its definition. */
export function valueOf(
  problem: AllocationProblem,
  objective: Objective,
  weights: Float64Array,
): number {
  const variance = quadraticForm(problem.covariance, weights);
  const ridge = (problem.ridge ?? 0) * weights.reduce((sum, each) => sum + each * each, 0);
  const { trading } = problem;
  const along = (loadings: ArrayLike<number>) =>
    weights.reduce((sum, each, i) => sum + each * loadings[i]!, 0);
  const cost = weights.reduce((sum, each, i) => {
    const change = each - (trading?.from[i] ?? each);
    const rate = change > 0 ? trading?.purchaseCost : trading?.redemptionCost;
    return sum + Math.abs(change) * ((rate as number | undefined) ?? 0);
  }, 0);
  const earned = along(problem.expectedReturns ?? []) - cost;
  switch (objective.kind) {
    case 'utility':
      return 0.5 * objective.riskAversion * variance + ridge - earned;
    case 'target-risk':
      return ridge - earned;
    case 'max-sharpe':
      return -(earned - objective.riskFree) / Math.sqrt(variance + ridge);
    case 'max-diversification':
      return (
        -(along(diagonalOf(problem.covariance).map(Math.sqrt)) - cost) / Math.sqrt(variance + ridge)
      );
    default:
      return variance + ridge + cost;
  }
}

/** Whether weights, purchases and sales obey these constraints alone, by HiGHS. */
export async function isPossible(
  problem: AllocationProblem,
  kept: readonly Constraint[],
): Promise<boolean> {
  const n = problem.assets.length;
  const rows: { coefficients: number[]; lower?: number; upper?: number }[] = [];
  const over = (w: number[], traded = 0) => [...w, ...Array.from({ length: 2 * n }, () => traded)];
  const from = problem.trading?.from;
  for (let i = 0; i < n; i++) {
    // w − bought + sold = from, which says nothing without a limit on what is traded.
    const row = over(Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
    row[n + i] = -1;
    row[2 * n + i] = 1;
    rows.push({ coefficients: row, lower: from?.[i] ?? 0, upper: from?.[i] ?? 0 });
  }
  for (const constraint of kept) {
    if (!('limit' in constraint)) continue;
    const { kind, limit } = constraint;
    const ones = Array.from({ length: n }, () => 1);
    const named = problem.limits?.find(
      (each) => 'name' in constraint && each.name === constraint.name,
    );
    const asset = 'asset' in constraint ? problem.assets.indexOf(constraint.asset) : -1;
    const loadings = named === undefined ? ones : Array.from(named.loadings);
    const w = asset < 0 ? loadings : ones.map((_, i) => (i === asset ? 1 : 0));
    const isTurnover = kind === 'turnover';
    rows.push({
      coefficients: isTurnover
        ? over(
            ones.map(() => 0),
            1,
          )
        : over(w),
      ...(['lower', 'least', 'budget'].includes(kind) ? { lower: limit } : {}),
      ...(['upper', 'most', 'budget', 'turnover'].includes(kind) ? { upper: limit } : {}),
    });
  }
  const open = Array.from({ length: 3 * n }, (_, j) => (j < n ? Number.NEGATIVE_INFINITY : 0));
  const program = programOf({
    hessian: open.map(() => open.map(() => 0)),
    lower: open,
    upper: open.map(() => Number.POSITIVE_INFINITY),
    rows,
  });
  return (await solveByHighs(program)).status === 7;
}
