import { describe, expect, test } from 'vitest';
import { dot, fromRows, matrix, rowOf, type Matrix } from '../linear-algebra/matrix.ts';
import { distance, testCovariance, testMatrix } from '../linear-algebra/testing.ts';
import { assemble, programOver } from './assemble.ts';
import { allocateTail, tailRiskOf, type AllocationProblem, type TailObjective } from './index.ts';
import type { QuadraticProgram } from './quadratic/program.ts';
import { solveByHighs } from './quadratic/testing.ts';
import { tailOf } from './tail-measure.ts';

async function solvedTail(problem: AllocationProblem, scenarios: Matrix, objective: TailObjective) {
  const answer = await allocateTail(problem, scenarios, objective);
  if (answer.status !== 'optimal') throw new Error(answer.en);
  return answer;
}

/** Five assets over 60 periods, in percent. */
const scenarios = ((): Matrix => {
  const table = testMatrix(60, 5, 12);
  table.data.forEach((each, at) => (table.data[at] = 0.01 * each + 0.0004 * (at % 5)));
  return table;
})();
const FIVE: AllocationProblem = {
  assets: ['a', 'b', 'c', 'd', 'e'],
  covariance: testCovariance(5, 3),
  expectedReturns: [0.02, 0.03, 0.04, 0.05, 0.06],
};

describe('the measures', () => {
  test('are the mean of the worst periods and of the deepest drawdowns', () => {
    const path = fromRows([[0.1], [-0.2], [0.05], [-0.1], [0.3]]);
    const of = (measure: 'cvar' | 'cdar', confidence: number) =>
      tailRiskOf(path, [1], { measure, confidence });
    expect(of('cvar', 0.6)).toBeCloseTo((0.2 + 0.1) / 2, 14);
    expect(of('cvar', 0.9)).toBeCloseTo(0.2, 14);
    // One and a half of five periods: the worst, and half of the second.
    expect(of('cvar', 0.7)).toBeCloseTo((0.2 + 0.05) / 1.5, 14);
    // Drawdowns 0, 0.2, 0.15, 0.25, 0.
    expect(of('cdar', 0.6)).toBeCloseTo((0.25 + 0.2) / 2, 14);
  });
});

describe('portfolios of least tail risk', () => {
  test.each(['cvar', 'cdar'] as const)('%s: none beside it has less', async (measure) => {
    const objective = { measure, confidence: 0.9 };
    const { weights, tailRisk } = await solvedTail(FIVE, scenarios, objective);
    expect(weights.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
    for (let seed = 1; seed <= 200; seed++) {
      const goal = testMatrix(1, 5, seed).data.map((each) => Math.abs(each));
      const sum = goal.reduce((total, each) => total + each, 0);
      const share = seed % 2 === 0 ? 1 : 0.01;
      const mixed = weights.map((each, i) => each + share * (goal[i]! / sum - each));
      expect(tailRiskOf(scenarios, mixed, objective)).toBeGreaterThanOrEqual(tailRisk - 1e-10);
    }
  });

  test('the return for a risk and the risk for a return meet', async () => {
    const measured = { measure: 'cvar', confidence: 0.9 } as const;
    const risky = await solvedTail(FIVE, scenarios, { ...measured, riskMost: 0.006 });
    expect(risky.tailRisk).toBeCloseTo(0.006, 9);
    const back = await solvedTail(FIVE, scenarios, {
      ...measured,
      returnLeast: (risky.expectedReturn.value ?? 0) - 1e-12,
    });
    expect(back.tailRisk).toBeCloseTo(0.006, 8);
  });

  test('trades are counted as weights, and cost keeps them small', async () => {
    const from = [0.2, 0.2, 0.2, 0.2, 0.2];
    const objective = { measure: 'cvar', confidence: 0.9 } as const;
    const free = await solvedTail(FIVE, scenarios, objective);
    const traded = { ...FIVE, trading: { from, turnoverMax: 2 } };
    const same = await solvedTail(traded, scenarios, objective);
    expect(same.tailRisk).toBeCloseTo(free.tailRisk, 10);
    const dear = { from, purchaseCost: 0.1, redemptionCost: 0.1 };
    const still = await solvedTail({ ...FIVE, trading: dear }, scenarios, objective);
    expect(still.turnover).toBeLessThan(1e-9);
  });

  test('a risk out of reach names what holds it up; the nearest portfolio has the least', async () => {
    const objective = { measure: 'cvar', confidence: 0.9 } as const;
    const answer = await allocateTail(FIVE, scenarios, { ...objective, riskMost: 0.001 });
    const least = await solvedTail(FIVE, scenarios, objective);
    expect(answer).toMatchObject({
      status: 'infeasible',
      conflict: expect.arrayContaining([
        { kind: 'tail-risk', limit: 0.001 },
        { kind: 'budget', limit: 1 },
      ]),
    });
    const nearest = answer.status === 'infeasible' ? answer.nearest : null;
    expect(distance(nearest?.weights ?? [], least.weights)).toBeLessThan(1e-9);
    expect(nearest?.violations[0]?.by).toBeCloseTo(least.tailRisk - 0.001, 9);
  });

  test('contradictions of straight constraints are named as everywhere', async () => {
    const objective = { measure: 'cdar', confidence: 0.9, returnLeast: 0.5 } as const;
    const answer = await allocateTail(FIVE, scenarios, objective);
    expect(answer).toMatchObject({ status: 'infeasible' });
    expect(answer.status === 'infeasible' ? answer.en : '').toContain('expected return');
  });

  test('misuse is told', async () => {
    const objective = { measure: 'cvar', confidence: 1 } as const;
    await expect(allocateTail(FIVE, scenarios, objective)).rejects.toThrow('confidence');
    const both = { measure: 'cvar', confidence: 0.9, returnLeast: 0, riskMost: 1 } as const;
    await expect(allocateTail(FIVE, scenarios, both)).rejects.toThrow(RangeError);
  });
});

/** The linear program with its row a period, and a ridge on the weights: the textbook's way. */
function wholeProgram(problem: AllocationProblem, { confidence }: TailObjective): QuadraticProgram {
  const [n, periods] = [scenarios.cols, scenarios.rows];
  const small = programOver(assemble(problem), matrix(n, n), new Float64Array(n), 1);
  const size = n + 1 + periods;
  const hessian = matrix(size, size);
  for (let i = 0; i < n; i++) hessian.data[i * size + i] = 2 * (problem.ridge ?? 0);
  const rows = matrix(small.rows.rows + periods, size);
  for (let i = 0; i < small.rows.rows; i++) rowOf(rows, i).set(rowOf(small.rows, i));
  for (let t = 0; t < periods; t++) {
    const row = rowOf(rows, small.rows.rows + t);
    row.set(rowOf(scenarios, t));
    row[n] = 1;
    row[n + 1 + t] = 1;
  }
  const joined = (own: Float64Array, threshold: number, each: number) =>
    Float64Array.from([...own, threshold, ...new Float64Array(periods).fill(each)]);
  const rest = (own: Float64Array, each: number) =>
    Float64Array.from([...own, ...new Float64Array(periods).fill(each)]);
  return {
    hessian,
    linear: joined(new Float64Array(n), 1, 1 / (periods * (1 - confidence))),
    lower: joined(small.lower, -1, 0),
    upper: joined(small.upper, 1, 1),
    rows,
    rowLower: rest(small.rowLower, 0),
    rowUpper: rest(small.rowUpper, Number.POSITIVE_INFINITY),
  };
}

describe('with a ridge', () => {
  const RIDGED = { ...FIVE, ridge: 0.003 };
  const squaresOf = (weights: Float64Array) => weights.reduce((sum, each) => sum + each * each, 0);

  test.each([0.5, 0.9, 0.97])('as HiGHS with a row a period, β = %d', async (confidence) => {
    const objective = { measure: 'cvar', confidence } as const;
    const { weights, tailRisk } = await solvedTail(RIDGED, scenarios, objective);
    const twin = await solveByHighs(wholeProgram(RIDGED, objective));
    expect(twin.status).toBe(7);
    expect(Math.abs(tailRisk + 0.003 * squaresOf(weights) - twin.objective)).toBeLessThan(1e-10);
  });

  test.each(['cvar', 'cdar'] as const)('%s: none beside it has less', async (measure) => {
    const objective = { measure, confidence: 0.9 };
    const { weights, tailRisk } = await solvedTail(RIDGED, scenarios, objective);
    const value = tailRisk + 0.003 * squaresOf(weights);
    for (let seed = 1; seed <= 200; seed++) {
      const goal = testMatrix(1, 5, seed).data.map((each) => Math.abs(each));
      const sum = goal.reduce((total, each) => total + each, 0);
      const share = seed % 2 === 0 ? 1 : 0.01;
      const mixed = weights.map((each, i) => each + share * (goal[i]! / sum - each));
      const other = tailRiskOf(scenarios, mixed, objective) + 0.003 * squaresOf(mixed);
      expect(other).toBeGreaterThanOrEqual(value - 1e-10);
    }
  });

  test.each(['cvar', 'cdar'] as const)('%s: a tiny one changes nothing', async (measure) => {
    const objective = { measure, confidence: 0.9 };
    const linear = await solvedTail(FIVE, scenarios, objective);
    const ridged = await solvedTail({ ...FIVE, ridge: 1e-9 }, scenarios, objective);
    expect(ridged.tailRisk).toBeCloseTo(linear.tailRisk, 8);
    const most = { ...objective, riskMost: 1.1 * linear.tailRisk };
    const [rich, ridgedRich] = [
      await solvedTail(FIVE, scenarios, most),
      await solvedTail({ ...FIVE, ridge: 1e-9 }, scenarios, most),
    ];
    expect(ridgedRich.expectedReturn.value).toBeCloseTo(rich.expectedReturn.value ?? 0, 7);
  });

  test('a risk out of reach is answered as without one', async () => {
    const answer = await allocateTail(RIDGED, scenarios, {
      measure: 'cvar',
      confidence: 0.9,
      riskMost: 0.001,
    });
    expect(answer).toMatchObject({
      status: 'infeasible',
      conflict: expect.arrayContaining([{ kind: 'tail-risk', limit: 0.001 }]),
    });
  });

  test('trades move less, the dearer they are', async () => {
    const from = [0.2, 0.2, 0.2, 0.2, 0.2];
    const objective = { measure: 'cdar', confidence: 0.9 } as const;
    const turnoverAt = async (purchaseCost: number) =>
      (await solvedTail({ ...RIDGED, trading: { from, purchaseCost } }, scenarios, objective))
        .turnover;
    const [free, cheap, dear] = [await turnoverAt(0), await turnoverAt(0.003), await turnoverAt(1)];
    expect(free).toBeGreaterThan(cheap);
    expect(cheap).toBeGreaterThan(dear);
    expect(dear).toBeLessThan(1e-9);
  });
});

describe('how the measure changes with the weights', () => {
  test.each(['cvar', 'cdar'] as const)(
    '%s: a plane that touches it and never rises above',
    (measure) => {
      const which = { measure, confidence: 0.87 } as const;
      const draw = (seed: number) => testMatrix(1, 5, seed).data;
      for (let seed = 1; seed <= 50; seed++) {
        const here = draw(seed);
        const { risk, gradient } = tailOf(scenarios, here, which);
        expect(dot(gradient, here)).toBeCloseTo(risk, 12);
        for (let other = 100; other < 120; other++) {
          const there = draw(other);
          expect(tailRiskOf(scenarios, there, which)).toBeGreaterThanOrEqual(
            dot(gradient, there) - 1e-12,
          );
        }
      }
    },
  );
});
