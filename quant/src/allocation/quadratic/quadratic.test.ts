import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distance, testCovariance, testMatrix } from '../../linear-algebra/testing.ts';
import { matrix, symmetricProduct } from '../../linear-algebra/matrix.ts';
import { kktResidual, type QuadraticProgram, type QuadraticSolution } from './program.ts';
import { solveQuadratic, type SolveOptions } from './solve.ts';
import { programOf, solveByHighs } from './testing.ts';

const BUDGET = { lower: 1, upper: 1 };

/** How far an answer is from its independent proof of optimality, in the scale of the problem. */
function faultOf(program: QuadraticProgram, answer: QuadraticSolution): number {
  if (answer.status !== 'optimal') return Number.POSITIVE_INFINITY;
  const scale = Math.max(1, ...program.hessian.data, ...program.linear.map(Math.abs));
  const { primal, dual } = kktResidual(program, answer.x, answer.rowMultipliers);
  return Math.max(primal, dual / scale);
}

/** The optimum, or a failure of the test. */
function optimumOf(program: QuadraticProgram, options?: SolveOptions) {
  const answer = solveQuadratic(program, options);
  if (answer.status !== 'optimal') throw new Error(answer.status);
  return answer;
}

describe('what a person can check', () => {
  test('two independent assets are held in inverse proportion to their variance', () => {
    const answer = optimumOf(
      programOf({
        hessian: [
          [0.04, 0],
          [0, 0.01],
        ],
        rows: [{ coefficients: [1, 1], ...BUDGET }],
      }),
    );
    expect(distance(answer.x, [0.2, 0.8])).toBeLessThan(1e-15);
    expect(answer.objective).toBeCloseTo(0.5 * (0.04 * 0.04 + 0.01 * 0.64), 15);
    // The multiplier of the budget is what one more unit of it would cost.
    expect(answer.rowMultipliers[0]).toBeCloseTo(0.008, 15);
  });

  test('a bound binds and its reduced cost shows the price', () => {
    const program = programOf({
      hessian: [
        [0.04, 0],
        [0, 0.01],
      ],
      lower: [0.5, 0],
      rows: [{ coefficients: [1, 1], ...BUDGET }],
    });
    const answer = optimumOf(program);
    expect(Array.from(answer.x)).toEqual([0.5, 0.5]);
    expect(answer.reducedCosts[0]).toBeCloseTo(0.04 * 0.5 - 0.01 * 0.5, 15);
  });

  test('a linear objective goes to a corner', () => {
    const answer = solveQuadratic(
      programOf({
        hessian: [
          [0, 0, 0],
          [0, 0, 0],
          [0, 0, 0],
        ],
        linear: [-1, -3, -2],
        upper: [1, 0.5, 1],
        rows: [{ coefficients: [1, 1, 1], ...BUDGET }],
      }),
    );
    if (answer.status !== 'optimal') throw new Error(answer.status);
    expect(Array.from(answer.x)).toEqual([0, 0.5, 0.5]);
  });

  test('no bounds and no curvature along a way down: unbounded', () => {
    const open = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const flat = programOf({
      hessian: [
        [1, 0],
        [0, 0],
      ],
      linear: [0, 1],
      lower: open,
      upper: open.map((each) => -each),
    });
    expect(solveQuadratic(flat)).toEqual({ status: 'unbounded' });
  });

  test('an empty program and a fixed one', () => {
    const fixed = programOf({ hessian: [[2]], linear: [1], lower: [0.3], upper: [0.3] });
    expect(solveQuadratic(fixed)).toMatchObject({ status: 'optimal', objective: 0.39 });
  });

  test('numbers that are none are refused', () => {
    const good = programOf({ hessian: [[1]] });
    expect(() => solveQuadratic({ ...good, linear: new Float64Array([Number.NaN]) })).toThrow(
      RangeError,
    );
    expect(() => solveQuadratic({ ...good, lower: new Float64Array([Number.NaN]) })).toThrow(
      'a bound is NaN',
    );
    expect(() => solveQuadratic({ ...good, upper: new Float64Array(2) })).toThrow(
      'different lengths',
    );
    expect(() =>
      solveQuadratic({ ...good, hessian: matrix(1, 1, new Float64Array([Infinity])) }),
    ).toThrow(RangeError);
  });
});

describe('contradictions', () => {
  test('name the rows and bounds that cannot hold together, and no others', () => {
    const answer = solveQuadratic(
      programOf({
        hessian: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
        upper: [0.3, 0.3, 1],
        rows: [
          { coefficients: [1, 1, 1], ...BUDGET },
          { coefficients: [0, 0, 1], upper: 0.2 },
          { coefficients: [1, 0, 0], lower: 0.1 },
        ],
      }),
    );
    expect(answer).toEqual({
      status: 'infeasible',
      conflict: { rows: [0, 1], lower: [], upper: [0, 1] },
    });
  });

  test('rows with crossed limits contradict themselves', () => {
    const answer = solveQuadratic(
      programOf({ hessian: [[1]], rows: [{ coefficients: [1], lower: 0.5, upper: 0.4 }] }),
    );
    expect(answer).toMatchObject({ status: 'infeasible', conflict: { rows: [0] } });
  });
});

/** Random programs: any rank, twins, riskless assets, fixed weights, redundant and doubled rows. */
const programs = fc
  .record({
    n: fc.integer({ min: 1, max: 24 }),
    rank: fc.integer({ min: 0, max: 30 }),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    scales: fc.array(fc.constantFrom(1, 1, 1, 0, 0.001, 30), { minLength: 24, maxLength: 24 }),
    twin: fc.boolean(),
    linear: fc.constantFrom(0, 0.1, 1),
    bounds: fc.array(
      fc.constantFrom([0, 1], [0, 1], [0, 1], [-1, 1], [0.1, 0.1], [0, 0], [0.05, 0.3], [-0.2, 0]),
      { minLength: 24, maxLength: 24 },
    ),
    rows: fc.array(
      fc.record({
        kind: fc.constantFrom('group', 'group', 'all', 'again', 'loadings'),
        members: fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
        range: fc.constantFrom(
          [Number.NEGATIVE_INFINITY, 0.4],
          [0.1, Number.POSITIVE_INFINITY],
          [0.25, 0.25],
          [0, 0],
          [0.1, 0.6],
        ),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ n, rank, seed, scales, twin, linear, bounds, rows }) => {
    const loadings = testMatrix(n, rank, seed);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < rank; k++) {
        const from = twin && i === n - 1 ? k : i * rank + k;
        loadings.data[i * rank + k] = loadings.data[from]! * scales[i]!;
      }
    }
    const ones = Array.from({ length: n }, () => 1);
    const coefficients: number[][] = [ones];
    rows.forEach(({ kind, members }, at) => {
      if (kind === 'group') coefficients.push(ones.map((_, i) => (members[i] === true ? 1 : 0)));
      else if (kind === 'all') coefficients.push(ones);
      else if (kind === 'again') coefficients.push([...coefficients.at(-1)!]);
      else coefficients.push(Array.from(testMatrix(1, n, seed + at).data));
    });
    const ranges = [[1, 1], ...rows.map((row) => row.range)];
    return {
      hessian: symmetricProduct(loadings),
      linear: testMatrix(1, n, seed + 7).data.map((each) => each * linear),
      lower: Float64Array.from(ones, (_, i) => bounds[i]![0]!),
      upper: Float64Array.from(ones, (_, i) => bounds[i]![1]!),
      rows: matrix(coefficients.length, n, Float64Array.from(coefficients.flat())),
      rowLower: Float64Array.from(ranges, (range) => range[0]!),
      rowUpper: Float64Array.from(ranges, (range) => range[1]!),
    };
  });

describe('random and adversarial programs', () => {
  test('agree with HiGHS to 1e-10, each optimum proven by its own conditions', async () => {
    let [optimal, alike] = [0, 0];
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const ours = solveQuadratic(program);
        const theirs = await solveByHighs(program);
        const known = theirs.status === 7 || theirs.status === 8 ? theirs.status : undefined;
        expect(ours.status).toMatch(/^(optimal|infeasible)$/);
        expect([ours.status === 'optimal' ? 7 : 8, undefined]).toContain(known);
        // HiGHS 1.15 sometimes stops above the optimum of a singular Hessian; ours is proven.
        const bar =
          known === 7 ? theirs.objective + 1e-10 * Math.max(1, ...program.hessian.data) : 0;
        const [fault, objective] =
          ours.status === 'optimal' ? [faultOf(program, ours), ours.objective] : [0, bar];
        expect(fault).toBeLessThan(1e-10);
        expect(objective).toBeLessThanOrEqual(known === undefined ? objective : bar);
        if (known !== 7) return;
        optimal += 1;
        alike += objective > theirs.objective - (bar - theirs.objective) ? 1 : 0;
      }),
      { numRuns: 600, seed: 20 },
    );
    expect(optimal).toBeGreaterThan(200);
    expect(alike / optimal).toBeGreaterThan(0.97);
  });

  test('agree with HiGHS in both directions where the Hessian is definite', async () => {
    for (const n of [2, 5, 20, 60]) {
      for (const seed of [1, 2, 3]) {
        const program: QuadraticProgram = {
          hessian: testCovariance(n, seed),
          linear: testMatrix(1, n, seed).data.map((each) => each * 0.05),
          lower: new Float64Array(n),
          upper: new Float64Array(n).fill(Math.max(0.1, 2 / n)),
          rows: matrix(1, n, new Float64Array(n).fill(1)),
          rowLower: new Float64Array([1]),
          rowUpper: new Float64Array([1]),
        };
        const ours = solveQuadratic(program);
        const theirs = await solveByHighs(program);
        if (ours.status !== 'optimal') throw new Error(ours.status);
        expect(Math.abs(ours.objective - theirs.objective)).toBeLessThan(1e-10);
      }
    }
  });

  test('the conflict of an infeasible program is infeasible alone', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const ours = solveQuadratic(program);
        fc.pre(ours.status === 'infeasible');
        if (ours.status !== 'infeasible') return;
        const { rows, lower, upper } = ours.conflict;
        const open = (kept: number[], values: Float64Array, otherwise: number) =>
          values.map((each, at) => (kept.includes(at) ? each : otherwise));
        const theirs = await solveByHighs({
          ...program,
          linear: program.linear.map(() => 0),
          hessian: matrix(program.linear.length, program.linear.length),
          lower: open(lower, program.lower, Number.NEGATIVE_INFINITY),
          upper: open(upper, program.upper, Number.POSITIVE_INFINITY),
          rowLower: open(rows, program.rowLower, Number.NEGATIVE_INFINITY),
          rowUpper: open(rows, program.rowUpper, Number.POSITIVE_INFINITY),
        });
        expect(theirs.status).toBe(8);
      }),
      { numRuns: 150, seed: 21 },
    );
  });
});

describe('many free variables', () => {
  const wide = (n: number, seed: number): QuadraticProgram => {
    // Nearly independent assets: almost all are held, and groups bind.
    const hessian = symmetricProduct(testMatrix(n, 3 * n, seed));
    const groups = Array.from({ length: 6 }, (_, g) =>
      Array.from({ length: n }, (_u, i) => (i % 6 === g ? 1 : 0)),
    );
    return {
      hessian,
      linear: testMatrix(1, n, seed + 1).data.map((each) => each * 0.2),
      lower: new Float64Array(n),
      upper: new Float64Array(n).fill(0.1),
      rows: matrix(7, n, Float64Array.from([...new Float64Array(n).fill(1), ...groups.flat()])),
      rowLower: Float64Array.from([1, ...groups.map(() => 0.05)]),
      rowUpper: Float64Array.from([1, ...groups.map(() => 0.18)]),
    };
  };

  test.each([60, 120, 200])('block steps equal steps one by one to 1e-10, n = %d', (n) => {
    for (const seed of [1, 2]) {
      const program = wide(n, seed);
      const [block, plain] = [optimumOf(program), optimumOf(program, { oneByOne: true })];
      expect(distance(block.x, plain.x)).toBeLessThan(1e-10);
      expect(distance(block.rowMultipliers, plain.rowMultipliers)).toBeLessThan(1e-10);
      expect(faultOf(program, block)).toBeLessThan(1e-10);
      expect(block.iterations).toBeLessThan(plain.iterations);
    }
  });

  test('a start from the last optimum needs a step or two for a small change', () => {
    const program = wide(120, 5);
    const first = optimumOf(program);
    const changed = { ...program, linear: program.linear.map((each) => each * 1.001) };
    const [cold, warm] = [optimumOf(changed), optimumOf(changed, { start: first })];
    expect(distance(cold.x, warm.x)).toBeLessThan(1e-10);
    expect(warm.iterations).toBeLessThan(8);
  });
});

test('bought and sold parts of a weight equal the weight itself', () => {
  const n = 8;
  const plain: QuadraticProgram = {
    hessian: testCovariance(n, 3),
    linear: testMatrix(1, n, 4).data.map((each) => each * 0.3),
    lower: new Float64Array(n),
    upper: new Float64Array(n).fill(0.4),
    rows: matrix(1, n, new Float64Array(n).fill(1)),
    rowLower: new Float64Array([1]),
    rowUpper: new Float64Array([1]),
  };
  // x = bought − sold from nothing held, so nothing can be sold: the same program.
  const both = <T>(of: (asset: number, side: 1 | -1) => T) => [
    ...Array.from({ length: n }, (_, i) => of(i, 1)),
    ...Array.from({ length: n }, (_, i) => of(i, -1)),
  ];
  const split: QuadraticProgram = {
    hessian: plain.hessian,
    linear: Float64Array.from(both((i, side) => side * plain.linear[i]! + 1e-6)),
    lower: new Float64Array(2 * n),
    upper: Float64Array.from(both((_, side) => (side === 1 ? 0.4 : 0.2))),
    rows: matrix(1, 2 * n, Float64Array.from(both((_, side) => side))),
    rowLower: plain.rowLower,
    rowUpper: plain.rowUpper,
    asset: Int32Array.from(both((i) => i)),
    sign: Float64Array.from(both((_, side) => side)),
  };
  const whole = optimumOf({ ...plain, lower: new Float64Array(n).fill(-0.2) });
  const parts = optimumOf(split);
  const net = Array.from({ length: n }, (_, i) => parts.x[i]! - parts.x[n + i]!);
  expect(distance(net, whole.x)).toBeLessThan(1e-5);
  expect(faultOf(split, parts)).toBeLessThan(1e-10);
  for (let i = 0; i < n; i++) expect(Math.min(parts.x[i]!, parts.x[n + i]!)).toBeLessThan(1e-12);
});
