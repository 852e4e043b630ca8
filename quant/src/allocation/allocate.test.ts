import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distance, testCovariance, testMatrix } from '../linear-algebra/testing.ts';
import { solveLinear } from '../linear-algebra/linear-system.ts';
import { dot, fromRows, quadraticForm } from '../linear-algebra/matrix.ts';
import {
  allocate,
  allocateAll,
  describeConstraint,
  efficientFrontier,
  groupLimit,
  type AllocationProblem,
  type Portfolio,
} from './index.ts';
import { FOUR, isPossible, OBJECTIVES, refused, solved, valueOf } from './testing.ts';

/** Random assets with any of the constraints; some are contradictory. */
const problems = fc
  .record({
    n: fc.integer({ min: 1, max: 12 }),
    seed: fc.integer({ min: 1, max: 100_000 }),
    upper: fc.constantFrom(1, 0.5, 0.3),
    lower: fc.constantFrom(0, 0, -0.2, 0.02),
    least: fc.constantFrom(undefined, 0, 0.2),
    most: fc.constantFrom(undefined, 0.6, 0.3),
    turnoverMax: fc.constantFrom(undefined, undefined, 0.5, 0.2),
    cost: fc.constantFrom(0, 0.001, 0.02),
    ridge: fc.constantFrom(0, 0, 0.1),
  })
  .map(({ n, seed, upper, lower, least, most, turnoverMax, cost, ridge }): AllocationProblem => {
    const half = Array.from({ length: Math.ceil(n / 2) }, (_, i) => i);
    const range = {
      ...(least === undefined ? {} : { least }),
      ...(most === undefined ? {} : { most }),
    };
    const from = new Float64Array(n).fill(1 / n);
    return {
      assets: Array.from({ length: n }, (_, i) => `F${i}`),
      covariance: testCovariance(n, seed),
      expectedReturns: testMatrix(1, n, seed + 1).data.map((each) => 0.05 + 0.05 * each),
      lower,
      upper,
      ridge,
      limits: [groupLimit('first half', half, n, range)],
      ...(turnoverMax === undefined && cost === 0
        ? {}
        : {
            trading: {
              from,
              purchaseCost: cost,
              redemptionCost: cost / 2,
              ...(turnoverMax === undefined ? {} : { turnoverMax }),
            },
          }),
    };
  });

describe('every portfolio', () => {
  test('keeps its constraints, and no allowed portfolio beside it is better', () => {
    fc.assert(
      fc.property(
        problems,
        fc.constantFrom(...OBJECTIVES),
        fc.integer({ min: 1, max: 999 }),
        (problem, objective, seed) => {
          const answer = allocate(problem, objective);
          fc.pre(answer.status === 'optimal');
          if (answer.status !== 'optimal') return;
          const { weights, volatility, turnover, cost } = answer;
          const n = weights.length;
          const sum = weights.reduce((total, each) => total + each, 0);
          expect(Math.abs(sum - 1)).toBeLessThan(1e-11);
          expect(Math.min(...weights)).toBeGreaterThanOrEqual((problem.lower as number) - 1e-11);
          expect(Math.max(...weights)).toBeLessThanOrEqual((problem.upper as number) + 1e-11);
          expect(turnover).toBeLessThanOrEqual((problem.trading?.turnoverMax ?? 99) + 1e-10);
          expect(volatility).toBeLessThanOrEqual(
            objective.kind === 'target-risk' ? 0.5 + 1e-10 : 99,
          );
          const net = (answer.expectedReturn.value ?? 0) - cost;
          expect(net).toBeGreaterThanOrEqual(
            objective.kind === 'target-return' ? 0.05 - 1e-10 : -99,
          );
          // Towards any other allowed portfolio, here the optimum of a random utility, it gets worse.
          const tilt = testMatrix(1, n, seed).data;
          const other = allocate(
            { ...problem, expectedReturns: tilt },
            { kind: 'utility', riskAversion: 0.5 },
          );
          const goal = other.status === 'optimal' ? other.weights : weights;
          const mixed = weights.map((each, i) => each + 1e-3 * (goal[i]! - each));
          const earned = mixed.reduce(
            (total, each, i) => total + each * problem.expectedReturns![i]!,
            0,
          );
          const allowed =
            (objective.kind !== 'target-risk' ||
              Math.sqrt(quadraticForm(problem.covariance, mixed)) <= 0.5) &&
            (objective.kind !== 'target-return' || earned - cost >= 0.05 + 0.01);
          const better = valueOf(problem, objective, weights) - valueOf(problem, objective, mixed);
          expect(allowed ? better : 0).toBeLessThan(1e-10);
        },
      ),
      { numRuns: 400, seed: 7 },
    );
  });

  test('is found for all objectives at once as one by one', () => {
    const all = allocateAll(FOUR, OBJECTIVES);
    expect(all).toEqual(OBJECTIVES.map((objective) => allocate(FOUR, objective)));
  });

  test('shares of risk sum to one', () => {
    const { riskContributions } = solved(FOUR, { kind: 'target-risk', most: 0.1 });
    expect(riskContributions.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
  });
});

describe('objectives', () => {
  test('the tangent portfolio is the multiple of Σ⁻¹(μ − r) when nothing binds', () => {
    const problem = { ...FOUR, lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
    const { weights } = solved(problem, { kind: 'max-sharpe', riskFree: 0.019 });
    const excess = Array.from(FOUR.expectedReturns ?? [], (each) => each - 0.019);
    const direct = solveLinear(FOUR.covariance, excess) ?? new Float64Array(4);
    const sum = direct.reduce((total, each) => total + each, 0);
    expect(
      distance(
        weights,
        direct.map((each) => each / sum),
      ),
    ).toBeLessThan(1e-10);
  });

  test('tracking without limits is the benchmark, with them it is near', () => {
    const benchmark = [0.3, 0.4, 0.2, 0.1];
    const free = solved(FOUR, { kind: 'tracking', benchmark });
    expect(distance(free.weights, benchmark)).toBeLessThan(1e-10);
    const capped = solved({ ...FOUR, upper: 0.35 }, { kind: 'tracking', benchmark });
    expect(capped.weights[1]).toBeCloseTo(0.35, 12);
  });

  test('a factor limit binds', () => {
    const duration = { name: 'duration', loadings: [5, 0, 0, 0.2], most: 1 };
    const { weights } = solved(
      { ...FOUR, limits: [duration] },
      { kind: 'utility', riskAversion: 20 },
    );
    expect(5 * weights[0]! + 0.2 * weights[3]!).toBeCloseTo(1, 10);
  });

  test('cost keeps a portfolio where it is when the gain is smaller', () => {
    const best = solved(FOUR, { kind: 'utility', riskAversion: 4 });
    const from = best.weights.map((each, i) => each + (i === 0 ? 0.01 : i === 1 ? -0.01 : 0));
    const trading = { from, purchaseCost: 0.01, redemptionCost: 0.01 };
    const stay = solved({ ...FOUR, trading }, { kind: 'utility', riskAversion: 4 });
    expect(stay.turnover).toBeLessThan(1e-12);
    const go = solved({ ...FOUR, trading: { from } }, { kind: 'utility', riskAversion: 4 });
    expect(go.turnover).toBeCloseTo(0.02, 6);
  });

  test('no excess return has no best ratio, and says so', () => {
    expect(allocate(FOUR, { kind: 'max-sharpe', riskFree: 0.09 })).toMatchObject({
      status: 'refused',
      refusal: 'NO_EXCESS_RETURN',
      en: expect.stringContaining('risk-free'),
      zh: expect.stringContaining('无风险'),
    });
  });

  test('the frontier begins at least variance, ends at most return, and never falls', () => {
    const frontier = efficientFrontier({ ...FOUR, upper: 0.6 }, 40) as Portfolio[];
    const volatilities = frontier.map(({ volatility }) => volatility);
    const returns = frontier.map(({ expectedReturn }) => expectedReturn.value ?? 0);
    expect(volatilities).toEqual(volatilities.toSorted((x, y) => x - y));
    expect(returns).toEqual(returns.toSorted((x, y) => x - y));
    expect(frontier[0]!.volatility).toBeCloseTo(
      solved({ ...FOUR, upper: 0.6 }, { kind: 'min-variance' }).volatility,
      10,
    );
    expect(returns.at(-1)).toBeCloseTo(0.6 * 0.08 + 0.4 * 0.05, 9);
  });

  test('no frontier falls, whatever the constraints', () => {
    let compared = 0;
    fc.assert(
      fc.property(problems, (problem) => {
        const frontier = efficientFrontier(problem, 12);
        if (!Array.isArray(frontier)) return;
        const net = frontier.map(({ expectedReturn, cost }) => (expectedReturn.value ?? 0) - cost);
        const risk = frontier.map(
          ({ volatility, cost, weights }) =>
            volatility ** 2 + cost + (problem.ridge ?? 0) * dot(weights, weights),
        );
        for (let at = 1; at < frontier.length; at++) {
          expect(net[at]!).toBeGreaterThanOrEqual(net[at - 1]! - 1e-10);
          expect(risk[at]!).toBeGreaterThanOrEqual(risk[at - 1]! - 1e-10);
        }
        compared += frontier.length;
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  test('misuse is told', () => {
    const { expectedReturns: _none, ...bare } = FOUR;
    expect(() => allocate(bare, { kind: 'max-sharpe', riskFree: 0 })).toThrow(
      'needs expected returns',
    );
    expect(() =>
      allocate({ ...FOUR, assets: ['a', 'a', 'b', 'c'] }, { kind: 'min-variance' }),
    ).toThrow('one name');
    expect(() => allocate({ ...FOUR, lower: [0, 0] }, { kind: 'min-variance' })).toThrow(
      RangeError,
    );
    const skew = fromRows([
      [1, 0.5],
      [0.4, 1],
    ]);
    expect(() =>
      allocate({ assets: ['a', 'b'], covariance: skew }, { kind: 'min-variance' }),
    ).toThrow('not symmetric');
  });
});

describe('contradictions', () => {
  const texts = (answer: ReturnType<typeof refused>) =>
    answer.conflict.map((each) => describeConstraint(each).en);

  test('a group that cannot reach its minimum', () => {
    const problem = {
      ...FOUR,
      upper: [0.2, 1, 0.1, 1],
      limits: [
        groupLimit('defensive', [0, 2], 4, { least: 0.4 }),
        groupLimit('risky', [1], 4, { most: 0.5 }),
      ],
    };
    const answer = refused(problem, { kind: 'min-variance' });
    expect(texts(answer).sort()).toEqual([
      'bond at most 20 %',
      'defensive at least 0.4',
      'gold at most 10 %',
    ]);
    expect(answer.zh).toContain('defensive 不低于 0.4');
    expect(answer.nearest?.weights[0]).toBeCloseTo(0.2, 9);
    expect(answer.nearest?.weights[2]).toBeCloseTo(0.1, 9);
    expect(answer.nearest?.violations).toHaveLength(1);
    expect(answer.nearest?.violations[0]).toMatchObject({ constraint: { kind: 'least' } });
    expect(answer.nearest?.violations[0]?.by).toBeCloseTo(0.1, 9);
  });

  test('a return out of reach: the nearest portfolio earns the most there is', () => {
    const answer = refused({ ...FOUR, upper: 0.5 }, { kind: 'target-return', least: 0.07 });
    expect(answer.conflict.map(({ kind }) => kind)).toContain('return');
    expect(distance(answer.nearest!.weights, [0, 0.5, 0.5, 0])).toBeLessThan(1e-10);
    expect(answer.nearest?.violations[0]?.by).toBeCloseTo(0.07 - 0.065, 9);
    expect(answer.en).toContain('cash, bond at least 0 %');
  });

  test('a risk out of reach: the nearest portfolio has the least', () => {
    const answer = refused({ ...FOUR, lower: 0.1 }, { kind: 'target-risk', most: 0.01 });
    expect(answer.conflict.map(({ kind }) => kind)).toContain('risk');
    const least = solved({ ...FOUR, lower: 0.1 }, { kind: 'min-variance' });
    expect(distance(answer.nearest!.weights, least.weights)).toBeLessThan(1e-10);
  });

  test('bounds that cannot sum to the budget, and bounds that cross', () => {
    const thin = refused({ ...FOUR, upper: 0.2 }, { kind: 'min-variance' });
    expect(thin.conflict.map(({ kind }) => kind).sort()).toEqual([
      'budget',
      'upper',
      'upper',
      'upper',
      'upper',
    ]);
    expect(distance(thin.nearest!.weights, [0.2, 0.2, 0.2, 0.2])).toBeLessThan(1e-11);
    const crossed = refused(
      { ...FOUR, lower: [0.5, 0, 0, 0], upper: [0.4, 1, 1, 1] },
      { kind: 'min-variance' },
    );
    expect(texts(crossed).sort()).toEqual(['bond at least 50 %', 'bond at most 40 %']);
    expect(crossed.nearest).toBeNull();
  });

  test('turnover against a group', () => {
    const problem = {
      ...FOUR,
      trading: { from: [1, 0, 0, 0], turnoverMax: 0.3 },
      limits: [groupLimit('risky', [1, 2], 4, { least: 0.5 })],
    };
    const answer = refused(problem, { kind: 'min-variance' });
    expect(answer.conflict.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['turnover', 'least']),
    );
  });

  test('HiGHS agrees: all members contradict each other, without any one they do not', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async (problem) => {
        const answer = allocate(problem, { kind: 'min-variance' });
        fc.pre(answer.status === 'infeasible');
        const members = answer.status === 'infeasible' ? answer.conflict : [];
        const verdicts = await Promise.all(
          members.map((_, gone) =>
            isPossible(
              problem,
              members.filter((_each, at) => at !== gone),
            ),
          ),
        );
        expect(await isPossible(problem, members)).toBe(false);
        expect(verdicts).toEqual(members.map(() => true));
      }),
      { numRuns: 150, seed: 3 },
    );
  });
});
