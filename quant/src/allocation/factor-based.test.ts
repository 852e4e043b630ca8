import { describe, expect, test } from 'vitest';
import { decomposeRisk } from '../factors/index.ts';
import { distance, testCovariance, testMatrix } from '../linear-algebra/testing.ts';
import {
  exposureLimits,
  factorModelCovariance,
  riskBudgetWeights,
  type FactorStructure,
} from './index.ts';
import { solved } from './testing.ts';

/** Twelve assets behind which three factors stand. */
const STRUCTURE: FactorStructure = {
  factors: ['size', 'value', 'momentum'],
  exposures: [1, 2, 3].map((seed) => testMatrix(1, 12, seed).data),
  covariance: testCovariance(3, 4).data.map((each) => 0.02 * each),
  specific: testMatrix(1, 12, 5).data.map((each) => 0.15 + 0.05 * each),
};
const ASSETS = Array.from({ length: 12 }, (_, i) => `F${i}`);

const exposureOf = (weights: Float64Array, factor: number) =>
  weights.reduce((sum, w, i) => sum + w * STRUCTURE.exposures[factor]![i]!, 0);

describe('a covariance through factors', () => {
  test('is XᵀFX and the specific variances, by definition', () => {
    const { data } = factorModelCovariance(STRUCTURE);
    const plain = Float64Array.from({ length: 144 }, (_, at) => {
      const [i, j] = [Math.floor(at / 12), at % 12];
      let sum = i === j ? STRUCTURE.specific[i]! ** 2 : 0;
      STRUCTURE.exposures.forEach((left, k) => {
        STRUCTURE.exposures.forEach((right, l) => {
          sum += left[i]! * STRUCTURE.covariance[k * 3 + l]! * right[j]!;
        });
      });
      return sum;
    });
    expect(distance(data, plain)).toBeLessThan(1e-15);
  });

  test('gives a portfolio the risk that its factors and its assets bring', () => {
    const problem = { assets: ASSETS, covariance: factorModelCovariance(STRUCTURE) };
    const { weights, volatility } = solved(problem, { kind: 'min-variance' });
    const { value } = decomposeRisk({ weights, ...STRUCTURE });
    const parts = value!.contributions.reduce((sum, each) => sum + each, 0);
    expect(volatility).toBeCloseTo(value!.total, 12);
    expect(parts + (value!.specificContribution.value ?? 0)).toBeCloseTo(volatility, 12);
  });

  test('says everything that does not fit', () => {
    const wrong = { ...STRUCTURE, covariance: [1, 2], specific: [-1] };
    expect(() => factorModelCovariance(wrong)).toThrow(
      'exposures of other than 1; 2 covariances; a specific deviation is negative',
    );
    const missing = { ...STRUCTURE, specific: new Float64Array(12).fill(Number.NaN) };
    expect(() => factorModelCovariance(missing)).toThrow('a number is missing');
  });
});

describe('a portfolio steered by its exposures', () => {
  const open = {
    assets: ASSETS,
    covariance: factorModelCovariance(STRUCTURE),
    lower: -1,
    upper: 1,
  };

  test('stays within them, and as near to a benchmark as told', () => {
    const even = new Float64Array(12).fill(1 / 12);
    const limits = [
      ...exposureLimits(STRUCTURE, { size: { least: 0.1, most: 0.1 } }),
      ...exposureLimits(STRUCTURE, { value: { least: -0.02, most: 0.02 } }, even),
    ];
    const { weights } = solved({ ...open, limits }, { kind: 'min-variance' });
    expect(exposureOf(weights, 0)).toBeCloseTo(0.1, 12);
    expect(Math.abs(exposureOf(weights, 1) - exposureOf(even, 1))).toBeLessThanOrEqual(
      0.02 + 1e-12,
    );
  });

  test('can share its factor risk by budget', () => {
    const factors = { rows: 3, cols: 3, data: Float64Array.from(STRUCTURE.covariance) };
    const { weights: target } = riskBudgetWeights(factors, { budgets: [2, 1, 1] }).value!;
    const limits = exposureLimits(
      STRUCTURE,
      Object.fromEntries(
        STRUCTURE.factors.map((name, k) => [name, { least: target[k]!, most: target[k]! }]),
      ),
    );
    const { weights } = solved({ ...open, limits }, { kind: 'min-variance' });
    const { contributions } = decomposeRisk({ weights, ...STRUCTURE }).value!;
    const all = contributions.reduce((sum, each) => sum + each, 0);
    expect(
      distance(
        contributions.map((each) => each / all),
        [0.5, 0.25, 0.25],
      ),
    ).toBeLessThan(1e-10);
  });

  test('a factor that is none, and a benchmark of others, are refused', () => {
    expect(() => exposureLimits(STRUCTURE, { beauty: { most: 1 } })).toThrow('no factor beauty');
    expect(() => exposureLimits(STRUCTURE, {}, [1])).toThrow('12 assets meet 1 weights');
  });
});
