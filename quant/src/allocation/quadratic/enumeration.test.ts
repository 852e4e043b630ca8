/**
 * The naive twin of the quadratic solver: every way in which bounds and rows may hold tight, each
 * solved as a linear system; the best feasible one is the optimum when the Hessian is definite.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance } from '../../linear-algebra/testing.ts';
import { solveLinear } from '../../linear-algebra/linear-system.ts';
import { fromRows, multiplySymmetric, rowOf, toRows } from '../../linear-algebra/matrix.ts';
import type { QuadraticProgram } from './program.ts';
import { solveQuadratic } from './solve.ts';
import { programOf } from './testing.ts';

const FEASIBLE = 1e-9;

interface Limit {
  readonly coefficients: readonly number[];
  readonly lower: number;
  readonly upper: number;
}

function limitsOf(program: QuadraticProgram): Limit[] {
  const n = program.linear.length;
  const bounds = Array.from({ length: n }, (_, i) => ({
    coefficients: Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)),
    lower: program.lower[i]!,
    upper: program.upper[i]!,
  }));
  const rows = Array.from(program.rowLower, (lower, i) => ({
    coefficients: Array.from(rowOf(program.rows, i)),
    lower,
    upper: program.rowUpper[i]!,
  }));
  return [...bounds, ...rows];
}

const valueOf = ({ coefficients }: Limit, x: ArrayLike<number>): number =>
  coefficients.reduce((sum, a, i) => sum + a * x[i]!, 0);

/** The point where the given limits are equations and nothing else binds; none when they clash. */
function stationaryPoint(
  program: QuadraticProgram,
  tight: readonly { limit: Limit; at: number }[],
): number[] | undefined {
  const n = program.linear.length;
  const system = toRows(program.hessian).map((row, i) => [
    ...row,
    ...tight.map(({ limit }) => limit.coefficients[i]!),
  ]);
  for (const { limit } of tight) system.push([...limit.coefficients, ...tight.map(() => 0)]);
  const right = [...program.linear].map((q) => -q).concat(tight.map(({ at }) => at));
  const solved = solveLinear(fromRows(system), right);
  return solved === null ? undefined : Array.from(solved.subarray(0, n));
}

function objectiveOf(program: QuadraticProgram, x: readonly number[]): number {
  const px = multiplySymmetric(program.hessian, x);
  return x.reduce((sum, xi, i) => sum + xi * (0.5 * px[i]! + program.linear[i]!), 0);
}

/** The optimum by trying every set of tight limits; undefined when no point is allowed. */
function enumerate(program: QuadraticProgram): number[] | undefined {
  const limits = limitsOf(program);
  const n = program.linear.length;
  let best: { x: number[]; objective: number } | undefined;
  const visit = (next: number, tight: { limit: Limit; at: number }[]): void => {
    if (next < limits.length) {
      visit(next + 1, tight);
      if (tight.length === n) return;
      const limit = limits[next]!;
      for (const at of new Set([limit.lower, limit.upper])) {
        if (Number.isFinite(at)) visit(next + 1, [...tight, { limit, at }]);
      }
      return;
    }
    const x = stationaryPoint(program, tight);
    if (x === undefined) return;
    const isAllowed = limits.every((limit) => {
      const value = valueOf(limit, x);
      return value >= limit.lower - FEASIBLE && value <= limit.upper + FEASIBLE;
    });
    if (!isAllowed) return;
    const objective = objectiveOf(program, x);
    if (best === undefined || objective < best.objective) best = { x, objective };
  };
  visit(0, []);
  return best?.x;
}

const small = (most: number) => fc.integer({ min: -most, max: most }).map((n) => n / 4);

/** Small programs in quarters, so that ties and clashes are frequent; the Hessian is definite. */
const programs = fc.integer({ min: 1, max: 4 }).chain((n) => {
  const numbers = fc.array(small(8), { minLength: n, maxLength: n });
  const row = fc.record({
    coefficients: numbers,
    lower: fc.oneof(small(4), fc.constant(Number.NEGATIVE_INFINITY)),
    width: fc.oneof(fc.constantFrom(0, 0.5, 1), fc.constant(Number.POSITIVE_INFINITY)),
  });
  return fc
    .record({
      factor: fc.array(numbers, { minLength: n, maxLength: n }),
      linear: numbers,
      lower: fc.array(small(4), { minLength: n, maxLength: n }),
      widths: fc.array(fc.constantFrom(0, 0.25, 1, 2), { minLength: n, maxLength: n }),
      rows: fc.array(row, { maxLength: 2 }),
    })
    .map(({ factor, linear, lower, widths, rows }) =>
      programOf({
        hessian: factor.map((a, i) =>
          factor.map((b, j) => a.reduce((sum, v, k) => sum + v * b[k]!, i === j ? 1 : 0)),
        ),
        linear,
        lower,
        upper: lower.map((low, i) => low + widths[i]!),
        rows: rows.map(({ coefficients, lower: low, width }) => ({
          coefficients,
          lower: low,
          upper: Number.isFinite(low) ? low + width : 1,
        })),
      }),
    );
});

test('every optimum is the best of all sets of tight limits, to 1e-10', () => {
  const counts = { optimal: 0, infeasible: 0, unbounded: 0, 'not-converged': 0 };
  fc.assert(
    fc.property(programs, (program) => {
      const naive = enumerate(program);
      const answer = solveQuadratic(program);
      counts[answer.status] += 1;
      expect(answer.status).toBe(naive === undefined ? 'infeasible' : 'optimal');
      const found = answer.status === 'optimal' ? answer.x : [];
      expect(distance(found, naive ?? [])).toBeLessThan(1e-10);
    }),
    { numRuns: 400 },
  );
  expect(counts.optimal).toBeGreaterThan(50);
  expect(counts.infeasible).toBeGreaterThan(20);
});
