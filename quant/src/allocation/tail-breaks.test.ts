/**
 * The naive twin of tail risk: with two assets x and 1 − x every loss is a line in x, so the risk is
 * straight between the points where two lines cross; the best is at such a point, or, with a ridge,
 * in closed form between two of them.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromRows } from '../linear-algebra/matrix.ts';
import { allocateTail, type TailMeasure, type TailObjective } from './index.ts';

type Rows = readonly (readonly [number, number])[];
const lossAt = ([one, other]: readonly [number, number], x: number) => -(one * x + other * (1 - x));

/** The losses, or the drawdowns: the deepest of the falls since any earlier day. */
function depthsAt(rows: Rows, x: number, measure: TailMeasure): number[] {
  const losses = rows.map((row) => lossAt(row, x));
  if (measure === 'cvar') return losses;
  return losses.map((_, t) =>
    Math.max(
      0,
      ...losses.slice(0, t + 1).map((__, s) => losses.slice(s, t + 1).reduce((a, b) => a + b, 0)),
    ),
  );
}

/** min over a of a + Σ max(0, depth − a) ÷ (T·(1 − β)), which is at one of the depths. */
function riskAt(rows: Rows, x: number, { measure, confidence }: TailObjective): number {
  const depths = depthsAt(rows, x, measure);
  const above = (a: number) => depths.reduce((sum, each) => sum + Math.max(0, each - a), 0);
  return Math.min(...depths.map((a) => a + above(a) / (rows.length * (1 - confidence))));
}

/** Where any two of the lines cross, and the ends. */
function crossings(rows: Rows, measure: TailMeasure): number[] {
  const sums = rows.flatMap((_, t) =>
    rows
      .slice(0, measure === 'cvar' ? 1 : t + 1)
      .map((__, s) => rows.slice(measure === 'cvar' ? t : s, t + 1)),
  );
  const lines = [
    { start: 0, slope: 0 },
    ...sums.map((some) => {
      const [start, end] = [0, 1].map((x) => some.reduce((sum, row) => sum + lossAt(row, x), 0));
      return { start: start!, slope: end! - start! };
    }),
  ];
  const found = lines.flatMap((one, i) =>
    lines.slice(i + 1).map((other) => (other.start - one.start) / (one.slope - other.slope)),
  );
  return [0, ...found.filter((x) => x > 0 && x < 1), 1].toSorted((a, b) => a - b);
}

/** The least of what an objective wants, over all x. */
function leastOfAll(
  rows: Rows,
  gains: readonly [number, number],
  objective: TailObjective,
  ridge: number,
): number {
  const earned = (x: number) => gains[0] * x + gains[1] * (1 - x);
  const squares = (x: number) => ridge * (x * x + (1 - x) ** 2);
  const { returnLeast, riskMost } = objective;
  const points = crossings(rows, objective.measure);
  const allowed = (x: number) =>
    (returnLeast === undefined || earned(x) >= returnLeast - 1e-12) &&
    (riskMost === undefined || riskAt(rows, x, objective) <= riskMost + 1e-12);
  const value = (x: number) =>
    (riskMost === undefined ? riskAt(rows, x, objective) : -earned(x)) + squares(x);
  const tried = [...points];
  points.slice(1).forEach((to, at) => {
    const from = points[at]!;
    const [low, high] = [riskAt(rows, from, objective), riskAt(rows, to, objective)];
    const slope = riskMost === undefined ? (high - low) / (to - from) : gains[1] - gains[0];
    if (ridge > 0) tried.push(Math.max(from, Math.min(to, (2 * ridge - slope) / (4 * ridge))));
    if (riskMost !== undefined) tried.push(from + ((riskMost - low) / (high - low)) * (to - from));
    if (returnLeast !== undefined) tried.push((returnLeast - gains[1]) / (gains[0] - gains[1]));
  });
  return Math.min(...tried.filter((x) => x >= 0 && x <= 1 && allowed(x)).map(value));
}

const one = fc.oneof(
  fc.integer({ min: -9, max: 9 }).map((each) => each / 100),
  fc.double({ min: -0.1, max: 0.1, noNaN: true }).map((each) => Math.round(each * 1e6) / 1e6),
  fc.constantFrom(0, -1),
);
const tables = fc.oneof(
  fc.array(fc.tuple(one, one), { minLength: 1, maxLength: 7 }),
  // Constant, and twins.
  fc
    .tuple(fc.tuple(one, one), fc.integer({ min: 1, max: 7 }))
    .map(([row, many]) => Array.from({ length: many }, () => row)),
  fc.array(
    one.map((each) => [each, each] as [number, number]),
    { minLength: 1, maxLength: 7 },
  ),
);
const targets = fc.oneof(
  fc.constant({}),
  fc.constantFrom(0.01, 0.04).map((returnLeast) => ({ returnLeast })),
  fc.constantFrom(0, 0.02, 0.06).map((riskMost) => ({ riskMost })),
);

test.each(['cvar', 'cdar'] as const)('%s: the best of all crossings, to 1e-10', async (measure) => {
  let optimal = 0;
  await fc.assert(
    fc.asyncProperty(
      tables,
      fc.constantFrom(0, 0.5, 0.7, 0.9),
      targets,
      fc.constantFrom(0, 0, 0.001, 0.3),
      async (rows, confidence, target, ridge) => {
        const objective = { measure, confidence, ...target };
        const gains = [0.02, 0.05] as const;
        const problem = {
          assets: ['a', 'b'],
          covariance: fromRows([
            [0.04, 0],
            [0, 0.09],
          ]),
          expectedReturns: gains,
          ridge,
        };
        const naive = leastOfAll(rows, gains, objective, ridge);
        const answer = await allocateTail(problem, fromRows(rows), objective);
        expect(answer.status === 'optimal').toBe(Number.isFinite(naive));
        const [x = 0, rest = 0] = answer.status === 'optimal' ? answer.weights : [];
        const squares = ridge * (x * x + rest * rest);
        const earned = gains[0] * x + gains[1] * rest;
        const risk = riskAt(rows, x, objective);
        const value = 'riskMost' in target ? squares - earned : risk + squares;
        optimal += answer.status === 'optimal' ? 1 : 0;
        expect(answer.status === 'optimal' ? Math.abs(value - naive) : 0).toBeLessThan(1e-10);
      },
    ),
    { numRuns: 300, seed: 32 },
  );
  expect(optimal).toBeGreaterThan(100);
});
