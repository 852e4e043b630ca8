/**
 * Portfolios by what is lost in bad times instead of by variance, from equally likely scenarios:
 *
 *   CVaR_β = min over a of  a + Σₜ max(0, −rₜᵀw − a) ÷ (T·(1 − β))
 *   CDaR_β = min over a of  a + Σₜ max(0, dₜ − a) ÷ (T·(1 − β)),   dₜ = max(0, dₜ₋₁ − rₜᵀw), d₀ = 0
 *
 * that is, the mean loss of the worst part (1 − β) of the periods, and the mean depth of the worst
 * part of the drawdowns of the sum of returns (not compounded). Both are linear programs, solved by
 * HiGHS; with a ridge they are solved by cutting planes.
 * Sources: Rockafellar and Uryasev, Optimization of conditional value-at-risk, Journal of Risk 2
 * (2000); Chekhlov, Uryasev and Zabarankin, Drawdown measure in portfolio optimization (2005).
 */
import type { ModelData } from 'highs';
import type { Matrix } from '../linear-algebra/matrix.ts';
import { assemble, bindingOf, returnsOf, weightsOf, type Assembled } from './assemble.ts';
import { allocate, portfolioOf, type Allocation, type Portfolio } from './allocate.ts';
import { sentenceOf } from './conflict.ts';
import { loadHighs } from './linear/highs.ts';
import type { AllocationProblem, Constraint, Objective } from './problem.ts';
import { refuse } from './refusals.ts';
import { solveByCuts } from './tail-cuts.ts';
import { tailRiskOf, type TailObjective } from './tail-measure.ts';

export type TailAllocation =
  | (Portfolio & {
      /** The measure, as a part of the portfolio, per period. */ readonly tailRisk: number;
    })
  | Exclude<Allocation, Portfolio>;

/** A program that takes longer is given up and said not to have converged. */
const SECONDS_MAX = 60;

/**
 * Finds the portfolio of a tail objective. `scenarios` are T × n simple returns of the assets per
 * period, oldest first, every one known; constraints and cost are the problem's; its rules for
 * holdings are refused. A contradiction is answered as by `allocate`; one with the limit on
 * the risk names the constraints that hold the least risk up, and the nearest portfolio has it.
 */
export async function allocateTail(
  problem: AllocationProblem,
  scenarios: Matrix,
  objective: TailObjective,
): Promise<TailAllocation> {
  checkTail(problem, scenarios, objective);
  const { returnLeast, riskMost } = objective;
  const found = await solveTail(problem, scenarios, objective);
  if (found.status === 'optimal') {
    const portfolio = portfolioOf(problem, found.weights, found.cost, 0);
    const tailRisk = tailRiskOf(scenarios, found.weights, objective);
    return { ...portfolio, tailRisk };
  }
  const straight: Objective =
    returnLeast === undefined
      ? { kind: 'min-variance' }
      : { kind: 'target-return', least: returnLeast };
  const plain = allocate(problem, straight);
  if (plain.status !== 'optimal') return plain;
  if (riskMost === undefined || found.status === 'not-converged') {
    return refuse('NOT_CONVERGED');
  }
  const { riskMost: _limit, ...least } = objective;
  const safest = await solveTail(problem, scenarios, least);
  if (safest.status !== 'optimal') return refuse('NOT_CONVERGED');
  const risk: Constraint = { kind: 'tail-risk', limit: riskMost };
  const conflict = [risk, ...safest.binding];
  const by = tailRiskOf(scenarios, safest.weights, objective) - riskMost;
  return {
    status: 'infeasible',
    conflict,
    nearest: { weights: safest.weights, violations: [{ constraint: risk, by }] },
    ...sentenceOf(conflict),
  };
}

function checkTail(
  problem: AllocationProblem,
  scenarios: Matrix,
  { confidence, returnLeast, riskMost }: TailObjective,
): void {
  if (scenarios.cols !== problem.assets.length || scenarios.rows === 0) {
    throw new RangeError(`${problem.assets.length} assets meet scenarios of ${scenarios.cols}`);
  }
  if (!scenarios.data.every(Number.isFinite)) throw new RangeError('a scenario is not known');
  if (!(confidence >= 0 && confidence < 1)) throw new RangeError('confidence is 0 to below 1');
  if (problem.holdings !== undefined) {
    throw new RangeError('tail risk is not searched under rules for holdings');
  }
  if (returnLeast !== undefined && riskMost !== undefined) {
    throw new RangeError('either the return or the risk has a target');
  }
}

type Solved =
  | {
      readonly status: 'optimal';
      readonly weights: Float64Array;
      readonly cost: number;
      /** Constraints with a multiplier. */
      readonly binding: Constraint[];
    }
  | { readonly status: 'infeasible' | 'not-converged' };

async function solveTail(
  problem: AllocationProblem,
  scenarios: Matrix,
  objective: TailObjective,
): Promise<Solved> {
  const { returnLeast } = objective;
  const assembled = assemble(problem, returnLeast === undefined ? {} : { returnLeast });
  if ((problem.ridge ?? 0) > 0) {
    const found = solveByCuts(problem, scenarios, objective, assembled);
    if (found.status !== 'optimal') return found;
    const { weights, cost, reducedCosts, rowMultipliers } = found;
    const binding = bindingOf(assembled, reducedCosts, rowMultipliers);
    return { status: 'optimal', weights, cost, binding };
  }
  const model = tailModel(problem, scenarios, objective, assembled);
  const highs = await loadHighs();
  return highs.withModel(model, (each): Solved => {
    each.options.set('output_flag', false);
    each.options.set('primal_feasibility_tolerance', 1e-9);
    each.options.set('dual_feasibility_tolerance', 1e-9);
    each.options.set('time_limit', SECONDS_MAX);
    const { modelStatus } = each.run();
    const { optimal, infeasible } = highs.constants.modelStatus;
    if (modelStatus !== optimal) {
      return { status: modelStatus === infeasible ? 'infeasible' : 'not-converged' };
    }
    const { colValue, colDual, rowDual } = each.getSolution();
    const v = assembled.variables;
    const { weights, cost } = weightsOf(assembled, Float64Array.from(colValue.subarray(0, v)));
    return { status: 'optimal', weights, cost, binding: bindingOf(assembled, colDual, rowDual) };
  });
}

/** Columns: the problem's variables, a, z₁…z_T, and for drawdowns d₁…d_T. */
function tailModel(
  problem: AllocationProblem,
  scenarios: Matrix,
  objective: TailObjective,
  assembled: Assembled,
): ModelData {
  const { variables: v, asset, sign, base } = assembled;
  const periods = scenarios.rows;
  const isDrawdown = objective.measure === 'cdar';
  const [a, z] = [v, v + 1];
  const d = z + periods;
  const columns = d + (isDrawdown ? periods : 0);
  const rows = new SparseRows();
  for (const row of assembled.rows) {
    rows.add([...row.coefficients.entries()], row.least, row.most);
  }
  for (let t = 0; t < periods; t++) {
    const scenario = scenarios.data.subarray(t * scenarios.cols, (t + 1) * scenarios.cols);
    let before = 0;
    for (let i = 0; i < base.length; i++) before += base[i]! * scenario[i]!;
    const earned = Array.from(
      { length: v },
      (_, j): Entry => [j, (sign?.[j] ?? 1) * scenario[asset?.[j] ?? j]!],
    );
    if (isDrawdown) {
      const last: Entry[] = t === 0 ? [] : [[d + t - 1, -1]];
      rows.add([...earned, ...last, [d + t, 1]], -before, Number.POSITIVE_INFINITY);
      rows.add(
        [
          [a, 1],
          [z + t, 1],
          [d + t, -1],
        ],
        0,
        Number.POSITIVE_INFINITY,
      );
    } else rows.add([...earned, [a, 1], [z + t, 1]], -before, Number.POSITIVE_INFINITY);
  }
  const risk = new Float64Array(columns);
  risk[a] = 1;
  risk.fill(1 / (periods * (1 - objective.confidence)), z, z + periods);
  const cost = new Float64Array(columns);
  cost.set(assembled.cost);
  if (objective.riskMost === undefined) for (let j = v; j < columns; j++) cost[j] = risk[j]!;
  else {
    rows.add([...risk.entries()], Number.NEGATIVE_INFINITY, objective.riskMost);
    const returns = returnsOf(problem);
    for (let j = 0; j < v; j++) {
      cost[j] = cost[j]! - (sign?.[j] ?? 1) * returns[asset?.[j] ?? j]!;
    }
  }
  const lower = new Float64Array(columns);
  lower.set(assembled.lower);
  lower[a] = Number.NEGATIVE_INFINITY;
  const upper = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  upper.set(assembled.upper);
  return { ...rows.model(columns), colCost: cost, colLower: lower, colUpper: upper };
}

type Entry = readonly [column: number, value: number];

/** Rows as HiGHS takes them. */
class SparseRows {
  private readonly starts = [0];
  private readonly indices: number[] = [];
  private readonly values: number[] = [];
  private readonly lower: number[] = [];
  private readonly upper: number[] = [];

  add(entries: readonly Entry[], lower: number, upper: number): void {
    for (const [column, value] of entries) {
      if (value === 0) continue;
      this.indices.push(column);
      this.values.push(value);
    }
    this.starts.push(this.indices.length);
    this.lower.push(lower);
    this.upper.push(upper);
  }

  model(numCols: number) {
    const numRows = this.lower.length;
    const { starts, indices, values } = this;
    return {
      numCols,
      numRows,
      rowLower: this.lower,
      rowUpper: this.upper,
      matrix: { format: 'csr', numRows, numCols, starts, indices, values },
    } as const;
  }
}
