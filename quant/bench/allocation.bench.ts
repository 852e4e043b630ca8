/*
 * Constrained mean-variance: least variance for a target return, long only, capped weights, ten
 * groups with limits on both sides. Two floors: one Cholesky factorisation of the same covariance,
 * which every interior method repeats ten times, and HiGHS on the same program. The last lines are
 * the hard case: nearly independent assets, of which more than four hundred are held.
 */
import { allocate, groupLimit, type AllocationProblem } from '../src/allocation/index.ts';
import { assemble, programOver } from '../src/allocation/assemble.ts';
import { loadHighs, modelOf } from '../src/allocation/linear/highs.ts';
import { factorCholesky } from '../src/linear-algebra/cholesky.ts';
import { matrix, symmetricProduct, type Matrix } from '../src/linear-algebra/matrix.ts';
import { seededRandom } from '../src/numeric/random.ts';
import { medianSeconds, report, type BenchRow } from './bench.ts';

const GROUPS = 10;
const TARGETS: Record<number, number> = { 20: 1, 100: 2.5, 500: 30 };

/** Covariance of 3n days of n assets: five common factors, or none. */
function covarianceOf(n: number, common: boolean): Matrix {
  const random = seededRandom(7);
  const days = 3 * n;
  const loadings = Float64Array.from({ length: n * 5 }, (_, at) =>
    at % 5 === 0 ? 0.8 + 0.3 * random.normal() : 0.3 * random.normal(),
  );
  const factors = Float64Array.from({ length: days * 5 }, () => 0.01 * random.normal());
  const returns = matrix(n, days);
  for (let i = 0; i < n; i++) {
    for (let t = 0; t < days; t++) {
      let value = 0.012 * random.normal();
      const shared = common ? 5 : 0;
      for (let k = 0; k < shared; k++) value += loadings[i * 5 + k]! * factors[t * 5 + k]!;
      returns.data[i * days + t] = value;
    }
  }
  const out = symmetricProduct(returns);
  for (let at = 0; at < n * n; at++) out.data[at] = (out.data[at]! / days) * 252;
  return out;
}

function problemOf(n: number, common: boolean): AllocationProblem {
  const random = seededRandom(8);
  const groups = Array.from({ length: GROUPS }, (_, g) =>
    groupLimit(
      `group ${g}`,
      Array.from({ length: n }, (_each, i) => i).filter((i) => i % GROUPS === g),
      n,
      { least: 0.02, most: 0.25 },
    ),
  );
  return {
    assets: Array.from({ length: n }, (_, i) => `F${i}`),
    covariance: covarianceOf(n, common),
    expectedReturns: Array.from({ length: n }, () => 0.08 + 0.04 * random.normal()),
    upper: n === 20 ? 0.2 : 0.1,
    limits: groups,
  };
}

const TARGET = { kind: 'target-return', least: 0.1 } as const;
const highs = await loadHighs();

function measure(n: number, common: boolean): BenchRow[] {
  const problem = problemOf(n, common);
  const rounds = n === 500 ? 15 : 200;
  const answer = allocate(problem, TARGET);
  if (answer.status !== 'optimal') throw new Error(answer.en);
  const held = answer.weights.filter((weight) => weight > 1e-9).length;
  const seconds = medianSeconds(rounds, () => allocate(problem, TARGET));
  const cholesky = medianSeconds(rounds, () => factorCholesky(problem.covariance));
  const assembled = assemble(problem, { returnLeast: TARGET.least });
  const model = modelOf(programOver(assembled, problem.covariance, new Float64Array(n), 0));
  const theirs = medianSeconds(n === 500 ? 2 : 20, () =>
    highs.withModel(model, (each) => {
      each.options.set('output_flag', false);
      return each.run().modelStatus;
    }),
  );
  const row = {
    work: `mean-variance of ${n} ${common ? '' : 'independent '}assets, ${held} held, 12 rows`,
    figure: seconds * 1000,
    unit: 'ms',
    target: TARGETS[n]!,
  } as const;
  return [
    { ...row, floor: 'one Cholesky factorisation', floorFigure: cholesky * 1000 },
    { ...row, floor: 'HiGHS on the same program', floorFigure: theirs * 1000 },
  ];
}

report([
  ...[20, 100, 500].flatMap((n) => measure(n, true)),
  ...[100, 500].flatMap((n) => measure(n, false)),
]);
