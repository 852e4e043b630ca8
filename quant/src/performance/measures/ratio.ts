import { quantileOfSorted } from '../../numeric/quantile.ts';
import type { Facts } from '../facts.ts';
import {
  belowYear,
  belowZero,
  exactTrend,
  flat,
  flatExcess,
  flatTrend,
  type Guard,
  noDrawdown,
  noLoss,
  NOISE,
  noTail,
  ruined,
} from '../guards.ts';
import { annualDeviation, annualExcess, type Measure, sampleVariance } from '../measure.ts';
import { excessKurtosisOf, skewnessOf } from './risk.ts';
import { meanBelow, modifiedVarOf, probabilityOf } from './tail.ts';

const BACON = 'Bacon, Practical Risk-Adjusted Performance Measurement (2012)';
const SHARPE = 'Sharpe, The Sharpe Ratio (1994)';

/** Mean excess ÷ sample deviation of the excess, per period. */
function periodSharpe({ excess, window }: Facts): number {
  return excess.mean / Math.sqrt(sampleVariance(excess.m2, window.count));
}

/** (annual return − annual risk-free return) ÷ volatility. */
function geometricSharpe(facts: Facts): number {
  return annualExcess(facts) / annualDeviation(facts.returns.m2, facts);
}

/** r̄ − t̄ per period. */
function meanOverThreshold({ threshold }: Facts): number {
  return threshold.upper1 - threshold.lower1;
}

const noModifiedLoss: Guard = {
  reason: 'NO_LOSS',
  when: 'the value at risk is not a loss',
  holds: (facts) => modifiedVarOf(facts, 0.05) <= NOISE,
};

function ratio(
  fields: Pick<Measure, 'name' | 'formula' | 'source' | 'compute'> & Partial<Measure>,
): Measure {
  return {
    unit: 'ratio',
    higherIsBetter: true,
    needs: [],
    minObservations: 2,
    absentWhen: [],
    ...fields,
  };
}

/** Return for the risk taken, without a benchmark. */
export const RATIO_MEASURES = {
  returnRiskRatio: ratio({
    name: { en: 'return-risk ratio', zh: '收益风险比' },
    formula: 'p r̄ ÷ volatility',
    absentWhen: [flat],
    source: 'the Sharpe ratio without risk-free return',
    compute: (facts) =>
      (facts.returns.mean * facts.window.periodsPerYear) / annualDeviation(facts.returns.m2, facts),
  }),
  sharpeRatio: ratio({
    name: { en: 'Sharpe ratio', zh: '夏普比率' },
    formula: 'mean(r − f) ÷ s(r − f) · √p',
    needs: ['excess'],
    absentWhen: [flatExcess],
    convention: 'arithmetic mean, sample deviation',
    source: SHARPE,
    compute: (facts) => periodSharpe(facts) * Math.sqrt(facts.window.periodsPerYear),
  }),
  geometricSharpeRatio: ratio({
    name: { en: 'geometric Sharpe ratio', zh: '几何夏普比率' },
    formula: '(annual(r) − annual(f)) ÷ volatility',
    needs: ['excess'],
    absentWhen: [belowZero, flat, belowYear],
    source: BACON,
    compute: geometricSharpe,
  }),
  adjustedSharpeRatio: ratio({
    name: { en: 'adjusted Sharpe ratio', zh: '调整夏普比率' },
    formula: 'SR(1 + S ÷ 6 · SR − K ÷ 24 · SR²)',
    needs: ['excess'],
    minObservations: 4,
    absentWhen: [belowZero, flat, belowYear],
    convention: 'SR geometric; population S and excess kurtosis K',
    source: 'Pezier and White, The Relative Merits of Investable Hedge Fund Indices (2006)',
    compute: (facts) => {
      const sharpe = geometricSharpe(facts);
      const skew = (skewnessOf(facts) / 6) * sharpe;
      return sharpe * (1 + skew - (excessKurtosisOf(facts) / 24) * sharpe * sharpe);
    },
  }),
  probabilisticSharpeRatio: ratio({
    name: { en: 'probabilistic Sharpe ratio', zh: '概率夏普比率' },
    formula: 'Φ(SR √(n − 1) ÷ √(1 − S · SR + (K + 2) ÷ 4 · SR²))',
    unit: 'fraction',
    needs: ['excess'],
    minObservations: 4,
    absentWhen: [flat, flatExcess],
    convention: 'SR per period; the probability that the true one is above 0',
    source: 'Bailey and Lopez de Prado, The Sharpe Ratio Efficient Frontier (2012)',
    compute: (facts) => {
      const sharpe = periodSharpe(facts);
      const kurtosis = ((excessKurtosisOf(facts) + 2) / 4) * sharpe * sharpe;
      const spread = Math.sqrt(1 - skewnessOf(facts) * sharpe + kurtosis);
      return probabilityOf((sharpe * Math.sqrt(facts.window.count - 1)) / spread);
    },
  }),
  sortinoRatio: ratio({
    name: { en: 'Sortino ratio', zh: '索提诺比率' },
    formula: 'mean(r − t) ÷ √(Σ min(r − t, 0)² ÷ n) · √p',
    needs: ['threshold'],
    absentWhen: [noLoss],
    source: 'Sortino and Price, Performance Measurement in a Downside Risk Framework (1994)',
    compute: (facts) =>
      (meanOverThreshold(facts) / Math.sqrt(facts.threshold.lower2)) *
      Math.sqrt(facts.window.periodsPerYear),
  }),
  omegaRatio: ratio({
    name: { en: 'Omega ratio', zh: '欧米茄比率' },
    formula: 'Σ max(r − t, 0) ÷ Σ max(t − r, 0)',
    needs: ['threshold'],
    absentWhen: [noLoss],
    source: 'Keating and Shadwick, A Universal Performance Measure (2002)',
    compute: ({ threshold }) => threshold.upper1 / threshold.lower1,
  }),
  omegaSharpeRatio: ratio({
    name: { en: 'Omega-Sharpe ratio', zh: '欧米茄-夏普比率' },
    formula: 'mean(r − t) ÷ (Σ max(t − r, 0) ÷ n)',
    needs: ['threshold'],
    absentWhen: [noLoss],
    source: BACON,
    compute: (facts) => meanOverThreshold(facts) / facts.threshold.lower1,
  }),
  kappa2: ratio({
    name: { en: 'Kappa of order 2', zh: '二阶卡帕比率' },
    formula: 'mean(r − t) ÷ (Σ max(t − r, 0)² ÷ n)^(1 ÷ 2)',
    needs: ['threshold'],
    absentWhen: [noLoss],
    convention: 'per period; of order 1 it is the Omega-Sharpe ratio',
    source: 'Kaplan and Knowles, Kappa (2004)',
    compute: (facts) => meanOverThreshold(facts) / Math.sqrt(facts.threshold.lower2),
  }),
  kappa3: ratio({
    name: { en: 'Kappa of order 3', zh: '三阶卡帕比率' },
    formula: 'mean(r − t) ÷ (Σ max(t − r, 0)³ ÷ n)^(1 ÷ 3)',
    needs: ['threshold'],
    absentWhen: [noLoss],
    convention: 'per period',
    source: 'Kaplan and Knowles, Kappa (2004)',
    compute: (facts) => meanOverThreshold(facts) / Math.cbrt(facts.threshold.lower3),
  }),
  upsidePotentialRatio: ratio({
    name: { en: 'upside potential ratio', zh: '上行潜力比率' },
    formula: '(Σ max(r − t, 0) ÷ n) ÷ √(Σ min(r − t, 0)² ÷ n)',
    needs: ['threshold'],
    absentWhen: [noLoss],
    convention: 'per period',
    source: 'Sortino, van der Meer and Plantinga, The Dutch Triangle (1999)',
    compute: ({ threshold }) => threshold.upper1 / Math.sqrt(threshold.lower2),
  }),
  prospectRatio: ratio({
    name: { en: 'prospect ratio', zh: '前景比率' },
    formula: '(Σ(max(r, 0) + 2.25 min(r, 0)) ÷ n − t̄) ÷ √(Σ min(r − t, 0)² ÷ n)',
    needs: ['threshold', 'runs'],
    absentWhen: [noLoss],
    convention: 'per period',
    source: 'Watanabe, Is Sharpe Ratio Still Effective? (2006)',
    compute: (facts) => {
      const { runs, threshold, window, returns } = facts;
      const felt = (runs.gainSum - 2.25 * runs.lossSum) / window.count;
      const limit = returns.mean - meanOverThreshold(facts);
      return (felt - limit) / Math.sqrt(threshold.lower2);
    },
  }),
  calmarRatio: ratio({
    name: { en: 'Calmar ratio', zh: '卡玛比率' },
    formula: 'annual(r) ÷ maximum drawdown',
    minObservations: 1,
    absentWhen: [belowZero, noDrawdown, belowYear],
    convention: 'over the window, whatever its length',
    source: 'Young, Calmar Ratio: A Smoother Tool (1991)',
    compute: ({ window, returns }) => (window.annualGrowth - 1) / returns.maxDrawdown,
  }),
  sterlingRatio: ratio({
    name: { en: 'Sterling ratio', zh: '斯特林比率' },
    formula: 'annual(r) ÷ (maximum drawdown + 10 %)',
    minObservations: 1,
    absentWhen: [belowZero, belowYear],
    source: 'Deane Sterling Jones, as in Kestner, Getting a Handle on True Performance (1996)',
    compute: ({ window, returns }) => (window.annualGrowth - 1) / (returns.maxDrawdown + 0.1),
  }),
  averageDrawdownRatio: ratio({
    name: { en: 'Sterling ratio on the average drawdown', zh: '平均回撤比率' },
    formula: '(annual(r) − annual(f)) ÷ average drawdown',
    needs: ['excess', 'drawdowns'],
    absentWhen: [belowZero, noDrawdown, belowYear],
    source: BACON,
    compute: (facts) => annualExcess(facts) / (facts.drawdowns.depthSum / facts.drawdowns.episodes),
  }),
  burkeRatio: ratio({
    name: { en: 'Burke ratio', zh: '伯克比率' },
    formula: '(annual(r) − annual(f)) ÷ √(Σ depth² of each episode)',
    needs: ['excess', 'drawdowns'],
    absentWhen: [belowZero, noDrawdown, belowYear],
    source: 'Burke, A Sharper Sharpe Ratio (1994)',
    compute: (facts) => annualExcess(facts) / Math.sqrt(facts.drawdowns.depthSquares),
  }),
  modifiedBurkeRatio: ratio({
    name: { en: 'modified Burke ratio', zh: '修正伯克比率' },
    formula: 'Burke ratio · √n',
    needs: ['excess', 'drawdowns'],
    absentWhen: [belowZero, noDrawdown, belowYear],
    source: BACON,
    compute: (facts) =>
      annualExcess(facts) / Math.sqrt(facts.drawdowns.depthSquares / facts.window.count),
  }),
  martinRatio: ratio({
    name: { en: 'Martin ratio', zh: '马丁比率' },
    formula: '(annual(r) − annual(f)) ÷ ulcer index',
    needs: ['excess', 'drawdowns'],
    absentWhen: [belowZero, noDrawdown, belowYear],
    source: 'Martin and McCann, The Investor’s Guide to Fidelity Funds (1989)',
    compute: (facts) => annualExcess(facts) / Math.sqrt(facts.drawdowns.ulcer2),
  }),
  painRatio: ratio({
    name: { en: 'pain ratio', zh: '痛苦比率' },
    formula: '(annual(r) − annual(f)) ÷ pain index',
    needs: ['excess', 'drawdowns'],
    absentWhen: [belowZero, noDrawdown, belowYear],
    source: BACON,
    compute: (facts) => annualExcess(facts) / facts.drawdowns.pain,
  }),
  recoveryFactor: ratio({
    name: { en: 'recovery factor', zh: '修复因子' },
    formula: 'total return ÷ maximum drawdown',
    minObservations: 1,
    absentWhen: [belowZero, noDrawdown],
    source: 'definition',
    compute: ({ returns }) => (returns.growth - 1) / returns.maxDrawdown,
  }),
  rewardToVar: ratio({
    name: { en: 'reward to value at risk', zh: '在险价值收益比' },
    formula: 'mean(r − f) ÷ value at risk 95 %',
    needs: ['excess', 'order'],
    minObservations: 20,
    absentWhen: [noTail],
    convention: 'per period, historical',
    source: 'Dowd, Adjusting for Risk: An Improved Sharpe Ratio (2000)',
    compute: ({ excess, order }) => excess.mean / -quantileOfSorted(order.ascending, 0.05),
  }),
  rewardToShortfall: ratio({
    name: { en: 'reward to expected shortfall (STARR)', zh: '条件在险价值收益比' },
    formula: 'mean(r − f) ÷ expected shortfall 95 %',
    needs: ['excess', 'order'],
    minObservations: 20,
    absentWhen: [noTail],
    convention: 'per period, historical',
    source: 'Martin, Rachev and Siboulet, Phi-Alpha Optimal Portfolios (2003)',
    compute: ({ excess, order }) => excess.mean / -meanBelow(order.ascending, 0.05),
  }),
  modifiedSharpeRatio: ratio({
    name: { en: 'modified Sharpe ratio', zh: '修正夏普比率' },
    formula: 'mean(r − f) ÷ Cornish-Fisher value at risk 95 %',
    needs: ['excess'],
    minObservations: 20,
    absentWhen: [flat, noModifiedLoss],
    convention: 'per period',
    source: 'Gregoriou and Gueyie, Risk-Adjusted Performance of Funds of Hedge Funds (2003)',
    compute: (facts) => facts.excess.mean / modifiedVarOf(facts, 0.05),
  }),
  kellyFraction: ratio({
    name: { en: 'Kelly fraction', zh: '凯利比例' },
    formula: 'mean(r − f) ÷ s²(r − f)',
    unit: 'ratio',
    higherIsBetter: null,
    needs: ['excess'],
    absentWhen: [flatExcess],
    convention: 'the continuous form; sample variance',
    source: 'Thorp, The Kelly Criterion (2006)',
    compute: ({ excess, window }) => excess.mean / sampleVariance(excess.m2, window.count),
  }),
  skewnessKurtosisRatio: ratio({
    name: { en: 'skewness-kurtosis ratio', zh: '偏度峰度比' },
    formula: 'S ÷ (K + 3)',
    minObservations: 4,
    absentWhen: [flat],
    convention: 'population moments, K excess kurtosis',
    source: BACON,
    compute: (facts) => skewnessOf(facts) / (excessKurtosisOf(facts) + 3),
  }),
  stability: ratio({
    name: { en: 'stability of the path', zh: '净值稳定性' },
    formula: 'R² of Σ ln(1 + r) on time',
    unit: 'fraction',
    needs: ['trend'],
    minObservations: 3,
    absentWhen: [ruined, flatTrend],
    source: 'empyrical, stability_of_timeseries',
    compute: ({ trend }) => trend.r2,
  }),
  kRatio: ratio({
    name: { en: 'K ratio', zh: 'K 比率' },
    formula: 'slope ÷ standard error of the slope of Σ ln(1 + r) on time · √p ÷ n',
    needs: ['trend'],
    minObservations: 10,
    absentWhen: [ruined, exactTrend],
    source: 'Kestner, (Re-)Introducing the K-Ratio (2013)',
    compute: ({ trend, window }) =>
      ((trend.slope / trend.slopeError) * Math.sqrt(window.periodsPerYear)) / window.count,
  }),
} as const satisfies Readonly<Record<string, Measure>>;
