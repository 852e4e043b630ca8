/**
 * The naive twin of mean-variance portfolios: every way to put assets at a bound. Where the others
 * are free the portfolios of least variance for their return are a line w₀ + τ·d, and each
 * objective is best at a τ that stands in closed form.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { solveLinear } from '../linear-algebra/linear-system.ts';
import {
  diagonalOf,
  dot,
  fromRows,
  type Matrix,
  multiplySymmetric,
} from '../linear-algebra/matrix.ts';
import { testCovariance, testMatrix } from '../linear-algebra/testing.ts';
import { allocate, type AllocationProblem, type Objective } from './index.ts';
import { valueOf } from './testing.ts';

const FEASIBLE = 1e-12;

interface Bounded extends AllocationProblem {
  readonly lower: number;
  readonly upper: number;
  readonly expectedReturns: Float64Array;
}

/** What the line of a face goes along: the returns, or the deviations for diversification. */
const gainsOf = ({ covariance, expectedReturns }: Bounded, { kind }: Objective): Float64Array =>
  kind === 'max-diversification' ? diagonalOf(covariance).map(Math.sqrt) : expectedReturns;

/** The τ at which an objective may be best on a line. */
function stepsOf(
  objective: Objective,
  { v0, c, e0, a }: { v0: number; c: number; e0: number; a: number },
): number[] {
  switch (objective.kind) {
    case 'utility':
      return [1 / objective.riskAversion];
    case 'target-return':
      return [0, (objective.least - e0) / a];
    case 'target-risk':
      return [0, Math.sqrt((objective.most ** 2 - v0) / c)];
    case 'max-sharpe':
      return [0, (a * v0) / ((e0 - objective.riskFree) * c)];
    case 'max-diversification':
      return [0, (a * v0) / (e0 * c)];
    default:
      return [0];
  }
}

/** The line of a face: the given assets free, the others where they are; none where it is not one. */
function lineOf(covariance: Matrix, gains: Float64Array, fixed: Float64Array, free: number[]) {
  const n = fixed.length;
  const rest = 1 - fixed.reduce((sum, each, i) => (free.includes(i) ? sum : sum + each), 0);
  const held = fixed.map((each, i) => (free.includes(i) ? 0 : each));
  if (free.length === 0)
    return Math.abs(rest) < FEASIBLE ? { start: held, way: new Float64Array(n) } : null;
  const pull = multiplySymmetric(covariance, held);
  const system = fromRows([
    ...free.map((i) => [...free.map((j) => covariance.data[i * n + j]!), 1]),
    [...free.map(() => 1), 0],
  ]);
  const start = solveLinear(system, [...free.map((i) => -pull[i]!), rest]);
  const way = solveLinear(system, [...free.map((i) => gains[i]!), 0]);
  if (start === null || way === null) return null;
  const spread = (of: Float64Array, base: Float64Array) =>
    base.map((each, i) => (free.includes(i) ? of[free.indexOf(i)]! : each));
  return { start: spread(start, held), way: spread(way, new Float64Array(n)) };
}

/** The least of the objective over all faces; infinite when no portfolio is allowed. */
function leastOfAllFaces(problem: Bounded, objective: Objective): number {
  const { covariance, lower, upper, expectedReturns } = problem;
  const n = problem.assets.length;
  const gains = gainsOf(problem, objective);
  let least = Number.POSITIVE_INFINITY;
  for (let code = 0; code < 3 ** n; code++) {
    const places = Array.from({ length: n }, (_, i) => Math.floor(code / 3 ** i) % 3);
    const fixed = Float64Array.from(places, (place) => (place === 1 ? upper : lower));
    const line = lineOf(
      covariance,
      gains,
      fixed,
      [...places.keys()].filter((i) => places[i] === 2),
    );
    if (line === null) continue;
    const { start, way } = line;
    const of = (w: Float64Array) => dot(w, multiplySymmetric(covariance, w));
    const shape = { v0: of(start), c: of(way), e0: dot(gains, start), a: dot(gains, way) };
    for (const tau of stepsOf(objective, shape)) {
      const weights = start.map((each, i) => each + tau * way[i]!);
      const isAllowed =
        Math.abs(
          dot(
            weights,
            weights.map(() => 1),
          ) - 1,
        ) < FEASIBLE &&
        weights.every((each) => each >= lower - FEASIBLE && each <= upper + FEASIBLE) &&
        (objective.kind !== 'target-return' ||
          dot(expectedReturns, weights) >= objective.least - FEASIBLE) &&
        (objective.kind !== 'target-risk' || Math.sqrt(of(weights)) <= objective.most + FEASIBLE);
      if (isAllowed) least = Math.min(least, valueOf(problem, objective, weights));
    }
  }
  return least;
}

/** Covariances of every kind: any, with twins, with a tiny one, all alike, without correlation. */
const KINDS: Readonly<Record<string, (plain: Matrix) => Matrix>> = {
  any: (plain) => plain,
  twins: ({ rows: n, data }) =>
    fromRows(
      Array.from({ length: n }, (_, i) =>
        Array.from(
          { length: n },
          (__, j) => data[Math.floor(i / 2) * 2 * n + Math.floor(j / 2) * 2]!,
        ),
      ),
    ),
  'nearly riskless': (plain) => ({
    ...plain,
    data: plain.data.map((each, at) =>
      at < plain.rows || at % plain.rows === 0 ? each * (at === 0 ? 1e-6 : 1e-3) : each,
    ),
  }),
  alike: ({ rows: n }) =>
    fromRows(
      Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (__, j) => (i === j ? 0.04 : 0.01)),
      ),
    ),
  independent: (plain) => ({
    ...plain,
    data: plain.data.map((each, at) => (at % (plain.rows + 1) === 0 ? each : 0)),
  }),
};

const problems = fc
  .record({
    n: fc.integer({ min: 1, max: 5 }),
    seed: fc.integer({ min: 1, max: 100_000 }),
    kind: fc.constantFrom(...Object.keys(KINDS)),
    lower: fc.constantFrom(0, 0, -0.5, 0.1),
    upper: fc.constantFrom(1, 0.6, 0.3),
    ties: fc.boolean(),
  })
  .map(({ n, seed, kind, lower, upper, ties }): Bounded => {
    const draw = testMatrix(1, n, seed + 1).data.map((each) => 0.05 + 0.05 * each);
    return {
      assets: Array.from({ length: n }, (_, i) => `F${i}`),
      covariance: KINDS[kind]!(testCovariance(n, seed)),
      expectedReturns: ties ? draw.map((each) => Math.round(each * 20) / 20) : draw,
      lower,
      upper,
    };
  });

const objectives = fc.oneof(
  fc.constantFrom<Objective>({ kind: 'min-variance' }, { kind: 'max-diversification' }),
  fc.constantFrom(0.5, 3, 40).map((riskAversion) => ({ kind: 'utility', riskAversion }) as const),
  fc.constantFrom(0, 0.05, 0.08).map((least) => ({ kind: 'target-return', least }) as const),
  fc.constantFrom(0.05, 0.15, 0.3, 2).map((most) => ({ kind: 'target-risk', most }) as const),
  fc.constantFrom(0, 0.02).map((riskFree) => ({ kind: 'max-sharpe', riskFree }) as const),
);

test('every portfolio is the best of all faces, to 1e-10', () => {
  const optimal = new Map<string, number>();
  fc.assert(
    fc.property(problems, objectives, (problem, objective) => {
      const answer = allocate(problem, objective);
      const naive = leastOfAllFaces(problem, objective);
      const isRatio = objective.kind === 'max-sharpe';
      const isThere = Number.isFinite(naive) && (!isRatio || naive < -1e-9);
      if (isThere) optimal.set(objective.kind, (optimal.get(objective.kind) ?? 0) + 1);
      expect(answer.status === 'optimal').toBe(isThere);
      const value =
        answer.status === 'optimal' ? valueOf(problem, objective, answer.weights) : naive;
      expect(Math.abs(value - naive) || 0).toBeLessThan(1e-10 * Math.max(1, Math.abs(naive) || 0));
    }),
    { numRuns: 1000, seed: 31 },
  );
  // Every objective, and not in passing.
  expect([...optimal.values()].filter((count) => count > 20)).toHaveLength(6);
});
