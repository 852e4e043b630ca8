import { normalCumulative, normalDensity, normalQuantile } from '../../numeric/normal.ts';
import { quantileOfSorted } from '../../numeric/quantile.ts';
import type { Facts } from '../facts.ts';
import { flat, type Guard, noLosingPeriod, zeroTail } from '../guards.ts';
import { type Measure, sampleVariance } from '../measure.ts';
import { excessKurtosisOf, skewnessOf } from './risk.ts';

/*
 * Losses in the tail, per period and positive: 0.02 is a loss of 2 %. The level is the share of
 * periods that end better: 95 looks at the worst 5 %.
 */

/** Mean of the ascending values that are at most their p-quantile. */
export function meanBelow(ascending: Float64Array, p: number): number {
  const limit = quantileOfSorted(ascending, p);
  let total = 0;
  let count = 0;
  while (count < ascending.length && (ascending[count] as number) <= limit) {
    total += ascending[count] as number;
    count += 1;
  }
  return total / count;
}

/** The mean of the values that are at least their (1 − p)-quantile. */
export function meanOfBest(ascending: Float64Array, p: number): number {
  const limit = quantileOfSorted(ascending, 1 - p);
  let total = 0;
  let count = 0;
  for (let at = ascending.length - 1; at >= 0 && (ascending[at] as number) >= limit; at--) {
    total += ascending[at] as number;
    count += 1;
  }
  return total / count;
}

/** The sample standard deviation of the returns. */
export function deviationOf({ returns, window }: Facts): number {
  return Math.sqrt(sampleVariance(returns.m2, window.count));
}

/** The quantile z of a normal distribution, moved by skewness and kurtosis. */
export function cornishFisher(z: number, skewness: number, kurtosis: number): number {
  const square = z * z;
  return (
    z +
    ((square - 1) * skewness) / 6 +
    ((square * z - 3 * z) * kurtosis) / 24 -
    ((2 * square * z - 5 * z) * skewness * skewness) / 36
  );
}

/** Whether the expansion rises everywhere between −z and z; beyond that its quantiles cross. */
function rises(z: number, skewness: number, kurtosis: number): boolean {
  // Its derivative is c + bz + az².
  const a = kurtosis / 8 - (skewness * skewness) / 6;
  const b = skewness / 3;
  const c = 1 - kurtosis / 8 + (5 * skewness * skewness) / 36;
  const slope = (x: number) => c + b * x + a * x * x;
  const turn = -b / (2 * a);
  const inside = Math.abs(turn) < Math.abs(z) ? slope(turn) : c;
  return slope(z) > 0 && slope(-z) > 0 && inside > 0;
}

function outsideDomain(p: number): Guard {
  const z = normalQuantile(p);
  return {
    reason: 'OUTSIDE_DOMAIN',
    when: 'the Cornish-Fisher expansion does not rise up to this level',
    holds: (facts) => !rises(z, skewnessOf(facts), excessKurtosisOf(facts)),
  };
}

/** −(r̄ + z σ) with the quantile of Cornish and Fisher. */
export function modifiedVarOf(facts: Facts, p: number): number {
  const z = cornishFisher(normalQuantile(p), skewnessOf(facts), excessKurtosisOf(facts));
  return -(facts.returns.mean + z * deviationOf(facts));
}

/**
 * Expected shortfall under the second-order Edgeworth density (Boudt, Peterson and Croux 2008,
 * equation 17), with the integrals ∫ from −∞ to g of zᵏ φ(z) written out.
 */
export function modifiedShortfallOf(facts: Facts, p: number): number {
  const skewness = skewnessOf(facts);
  const kurtosis = excessKurtosisOf(facts);
  const g = cornishFisher(normalQuantile(p), skewness, kurtosis);
  const density = normalDensity(g);
  const g2 = g * g;
  // ∫ z (1 + S/6 H₃ + K/24 H₄ + S²/72 H₆) φ dz, by ∫ z Hₖ φ = −(g Hₖ₋₁ + Hₖ₋₂) φ.
  const third = -g * (g2 - 1) - g;
  const fourth = -g * (g2 * g - 3 * g) - (g2 - 1);
  const h5 = g2 * g2 * g - 10 * g2 * g + 15 * g;
  const h4 = g2 * g2 - 6 * g2 + 3;
  const sixth = -g * h5 - h4;
  const correction =
    (skewness * third) / 6 + (kurtosis * fourth) / 24 + (skewness * skewness * sixth) / 72;
  const tail = (density * (correction - 1)) / p;
  return -(facts.returns.mean + deviationOf(facts) * tail);
}

const BASEL = 'RiskMetrics Technical Document (1996)';
const BOUDT = 'Boudt, Peterson and Croux, Estimation and Decomposition of Downside Risk (2008)';

function tailMeasure(
  fields: Pick<Measure, 'name' | 'formula' | 'source' | 'compute'> & Partial<Measure>,
): Measure {
  return {
    unit: 'fraction',
    higherIsBetter: false,
    needs: [],
    minObservations: 20,
    absentWhen: [],
    ...fields,
  };
}

function historicalVar(level: number): Measure {
  const p = 1 - level / 100;
  return tailMeasure({
    name: { en: `value at risk ${level} %`, zh: `${level}% 在险价值（历史）` },
    formula: `−quantile(r, ${100 - level} %)`,
    needs: ['order'],
    convention: 'historical; quantile of type 7',
    source: BASEL,
    compute: ({ order }) => -quantileOfSorted(order.ascending, p),
  });
}

function historicalShortfall(level: number): Measure {
  const p = 1 - level / 100;
  return tailMeasure({
    name: { en: `expected shortfall ${level} %`, zh: `${level}% 条件在险价值（历史）` },
    formula: `−mean of the r ≤ quantile(r, ${100 - level} %)`,
    needs: ['order'],
    convention: 'historical',
    source: 'Acerbi and Tasche, On the Coherence of Expected Shortfall (2002)',
    compute: ({ order }) => -meanBelow(order.ascending, p),
  });
}

function normalVar(level: number): Measure {
  const z = normalQuantile(1 - level / 100);
  return tailMeasure({
    name: { en: `normal value at risk ${level} %`, zh: `${level}% 在险价值（正态）` },
    formula: `−(r̄ + z σ), z = Φ⁻¹(${100 - level} %)`,
    convention: 'sample σ',
    source: BASEL,
    compute: (facts) => -(facts.returns.mean + z * deviationOf(facts)),
  });
}

function normalShortfall(level: number): Measure {
  const p = 1 - level / 100;
  const factor = normalDensity(normalQuantile(p)) / p;
  return tailMeasure({
    name: { en: `normal expected shortfall ${level} %`, zh: `${level}% 条件在险价值（正态）` },
    formula: `−r̄ + σ φ(z) ÷ ${100 - level} %, z = Φ⁻¹(${100 - level} %)`,
    convention: 'sample σ',
    source: 'Acerbi and Tasche, On the Coherence of Expected Shortfall (2002)',
    compute: (facts) => factor * deviationOf(facts) - facts.returns.mean,
  });
}

function modifiedVar(level: number): Measure {
  const p = 1 - level / 100;
  return tailMeasure({
    name: {
      en: `Cornish-Fisher value at risk ${level} %`,
      zh: `${level}% 在险价值（Cornish-Fisher）`,
    },
    formula: '−(r̄ + σ(z + (z² − 1)S ÷ 6 + (z³ − 3z)K ÷ 24 − (2z³ − 5z)S² ÷ 36))',
    absentWhen: [flat, outsideDomain(p)],
    convention: 'sample σ, population S and K; only where the expansion rises (Maillard 2012)',
    source: 'Favre and Galeano, Mean-Modified Value-at-Risk Optimization (2002)',
    compute: (facts) => modifiedVarOf(facts, p),
  });
}

function modifiedShortfall(level: number): Measure {
  const p = 1 - level / 100;
  return tailMeasure({
    name: {
      en: `Cornish-Fisher expected shortfall ${level} %`,
      zh: `${level}% 条件在险价值（Cornish-Fisher）`,
    },
    formula: '−(r̄ + σ ∫ z · Edgeworth density up to the Cornish-Fisher quantile ÷ p)',
    absentWhen: [flat, outsideDomain(p)],
    convention: 'sample σ, population S and K; only where the expansion rises',
    source: BOUDT,
    compute: (facts) => modifiedShortfallOf(facts, p),
  });
}

export const TAIL_MEASURES = {
  valueAtRisk95: historicalVar(95),
  valueAtRisk99: historicalVar(99),
  expectedShortfall95: historicalShortfall(95),
  expectedShortfall99: historicalShortfall(99),
  normalValueAtRisk95: normalVar(95),
  normalValueAtRisk99: normalVar(99),
  normalExpectedShortfall95: normalShortfall(95),
  normalExpectedShortfall99: normalShortfall(99),
  modifiedValueAtRisk95: modifiedVar(95),
  modifiedValueAtRisk99: modifiedVar(99),
  modifiedExpectedShortfall95: modifiedShortfall(95),
  modifiedExpectedShortfall99: modifiedShortfall(99),
  medianReturn: tailMeasure({
    name: { en: 'median return', zh: '收益率中位数' },
    formula: 'median r',
    higherIsBetter: true,
    needs: ['order'],
    minObservations: 1,
    source: 'definition',
    compute: ({ order }) => quantileOfSorted(order.ascending, 0.5),
  }),
  tailRatio: tailMeasure({
    name: { en: 'tail ratio', zh: '尾部比率' },
    formula: '|quantile(r, 95 %)| ÷ |quantile(r, 5 %)|',
    unit: 'ratio',
    higherIsBetter: true,
    needs: ['order'],
    minObservations: 2,
    absentWhen: [zeroTail],
    source: 'empyrical, tail_ratio',
    compute: ({ order }) =>
      Math.abs(quantileOfSorted(order.ascending, 0.95) / quantileOfSorted(order.ascending, 0.05)),
  }),
  giniMeanDifference: tailMeasure({
    name: { en: 'Gini mean difference', zh: '基尼平均差' },
    formula: 'mean |rᵢ − rⱼ| over all pairs i ≠ j',
    needs: ['order'],
    minObservations: 2,
    convention: 'per period',
    source: 'Yitzhaki, Stochastic Dominance, Mean Variance, and Gini’s Mean Difference (1982)',
    compute: ({ order }) => giniOf(order.ascending),
  }),
  rachevRatio: tailMeasure({
    name: { en: 'Rachev ratio', zh: '拉切夫比率' },
    formula: 'mean of the best 5 % ÷ −mean of the worst 5 %',
    unit: 'ratio',
    higherIsBetter: true,
    needs: ['order', 'runs'],
    absentWhen: [noLosingPeriod],
    source: 'Biglova, Ortobelli, Rachev and Stoyanov (2004)',
    compute: ({ order }) => -meanOfBest(order.ascending, 0.05) / meanBelow(order.ascending, 0.05),
  }),
} as const satisfies Readonly<Record<string, Measure>>;

function giniOf(ascending: Float64Array): number {
  const count = ascending.length;
  let total = 0;
  for (let at = 0; at < count; at++) {
    total += (2 * at - count + 1) * (ascending[at] as number);
  }
  return (2 * total) / (count * (count - 1));
}

/** Φ of a standardised value, for measures that are probabilities. */
export const probabilityOf = normalCumulative;
