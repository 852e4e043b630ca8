/*
 * Risk parity of 500 assets to 1e-10 of every share. The floor is one Cholesky factorisation of the
 * same matrix, which every method that solves equations with it needs at least once.
 */
import { riskBudgetWeights } from '../src/allocation/risk-parity.ts';
import { factorCholesky } from '../src/linear-algebra/cholesky.ts';
import { matrix, type Matrix } from '../src/linear-algebra/matrix.ts';
import { seededRandom } from '../src/numeric/random.ts';
import { medianSeconds, report } from './bench.ts';

const ASSETS = 500;

/** A market with ten factors and risk of each asset's own. */
function covarianceOf(n: number): Matrix {
  const random = seededRandom(3);
  const factors = 10;
  const loadings = Float64Array.from({ length: n * factors }, (_, at) =>
    at % factors === 0 ? 0.1 + 0.1 * random.uniform() : 0.04 * random.normal(),
  );
  const out = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 0.01 + 0.05 * random.uniform() : 0;
      for (let k = 0; k < factors; k++) {
        sum += (loadings[i * factors + k] as number) * (loadings[j * factors + k] as number);
      }
      out.data[i * n + j] = sum;
      out.data[j * n + i] = sum;
    }
  }
  return out;
}

const covariance = covarianceOf(ASSETS);
const seconds = medianSeconds(25, () => riskBudgetWeights(covariance));
const floor = medianSeconds(25, () => factorCholesky(covariance));
report([
  {
    work: `risk parity of ${ASSETS} assets, one thread`,
    figure: seconds * 1000,
    unit: 'ms',
    target: 8,
    floor: 'one Cholesky factorisation of the same matrix',
    floorFigure: floor * 1000,
  },
]);
