import type { Facts } from '../facts.ts';
import {
  belowYear,
  belowZero,
  betaOf,
  exactFit,
  flat,
  flatBenchmark,
  flatDownMarket,
  flatExcess,
  flatUpMarket,
  type Guard,
  noDownMarket,
  noLoss,
  noUpMarket,
  zeroBeta,
  zeroDownBeta,
} from '../guards.ts';
import {
  annualDeviation,
  annualExcess,
  annualReturnOf,
  type Measure,
  sampleVariance,
} from '../measure.ts';
import { relative } from './active.ts';

const BACON = 'Bacon, Practical Risk-Adjusted Performance Measurement (2012)';
const JENSEN = 'Jensen, The Performance of Mutual Funds (1968)';
const MODIGLIANI = 'Modigliani and Modigliani, Risk-Adjusted Performance (1997)';
const FAMA = 'Fama, Components of Investment Performance (1972)';

/** Annual return of the benchmark minus that of the risk-free asset. */
function benchmarkExcess(facts: Facts): number {
  return (
    annualReturnOf(facts.pair.benchmarkGrowth, facts) -
    annualReturnOf(facts.excess.riskFreeGrowth, facts)
  );
}

function jensenAlpha(facts: Facts): number {
  return annualExcess(facts) - betaOf(facts) * benchmarkExcess(facts);
}

function correlationOf({ pair, excess }: Facts): number {
  const r = pair.covariance / Math.sqrt(pair.benchmarkM2 * excess.m2);
  return Math.max(-1, Math.min(1, r));
}

/** Population deviations a year: what the benchmark explains, and what it does not. */
function systematicRisk(facts: Facts): number {
  return Math.abs(betaOf(facts)) * Math.sqrt(facts.pair.benchmarkM2 * facts.window.periodsPerYear);
}

function specificRisk({ residual, window }: Facts): number {
  return Math.sqrt(residual.m2 * window.periodsPerYear);
}

/** √(fund variance ÷ benchmark variance). */
function famaBeta({ pair, excess }: Facts): number {
  return Math.sqrt(excess.m2 / pair.benchmarkM2);
}

function mSquared(facts: Facts): number {
  const own = annualDeviation(facts.returns.m2, facts);
  const other = Math.sqrt(
    sampleVariance(facts.pair.benchmarkM2, facts.window.count) * facts.window.periodsPerYear,
  );
  return facts.window.annualGrowth - 1 + (annualExcess(facts) / own) * (other - own);
}

const noBenchmarkLoss: Guard = {
  reason: 'NO_LOSS',
  when: 'the benchmark never fell short of the threshold',
  holds: ({ residual }) => residual.benchmarkLower2 <= 1e-24,
};

/** A measure of the regression of the fund's excess on the benchmark's. */
function regressed({
  absentWhen = [],
  needs = ['excess', 'pair'],
  ...fields
}: Parameters<typeof relative>[0]): Measure {
  return relative({
    minObservations: 3,
    ...fields,
    needs,
    absentWhen: [flatBenchmark, ...absentWhen],
  });
}

/** The fund explained by its benchmark (capital asset pricing model). */
export const REGRESSION_MEASURES = {
  beta: regressed({
    name: { en: 'beta', zh: '贝塔' },
    formula: 'cov(r − f, b − f) ÷ var(b − f)',
    higherIsBetter: null,
    needs: ['pair'],
    source: JENSEN,
    compute: betaOf,
  }),
  alpha: regressed({
    name: { en: 'alpha', zh: '阿尔法' },
    formula: '(1 + mean(r − f) − β mean(b − f))^p − 1',
    unit: 'per year',
    convention: 'intercept of the least-squares line, compounded to a year',
    source: JENSEN,
    compute: (facts) => {
      const intercept = facts.excess.mean - betaOf(facts) * facts.pair.benchmarkMean;
      return (1 + intercept) ** facts.window.periodsPerYear - 1;
    },
  }),
  jensenAlpha: regressed({
    name: { en: 'Jensen’s alpha', zh: '詹森阿尔法' },
    formula: 'annual(r) − annual(f) − β(annual(b) − annual(f))',
    unit: 'per year',
    absentWhen: [belowZero, belowYear],
    source: `${JENSEN}; ${BACON}`,
    compute: jensenAlpha,
  }),
  upBeta: regressed({
    name: { en: 'beta in rising markets', zh: '上行贝塔' },
    formula: 'β over the periods with b > 0',
    higherIsBetter: null,
    needs: ['pair', 'markets'],
    absentWhen: [noUpMarket, flatUpMarket],
    source: BACON,
    compute: ({ upMarket }) => upMarket.crossProducts / upMarket.benchmarkSquares,
  }),
  downBeta: regressed({
    name: { en: 'beta in falling markets', zh: '下行贝塔' },
    formula: 'β over the periods with b < 0',
    higherIsBetter: false,
    needs: ['pair', 'markets'],
    absentWhen: [noDownMarket, flatDownMarket],
    source: BACON,
    compute: ({ downMarket }) => downMarket.crossProducts / downMarket.benchmarkSquares,
  }),
  betaTimingRatio: regressed({
    name: { en: 'beta timing ratio', zh: '贝塔择时比率' },
    formula: 'beta in rising ÷ beta in falling markets',
    needs: ['pair', 'markets'],
    absentWhen: [noUpMarket, noDownMarket, flatUpMarket, flatDownMarket, zeroDownBeta],
    source: BACON,
    compute: ({ upMarket, downMarket }) =>
      ((upMarket.crossProducts / upMarket.benchmarkSquares) * downMarket.benchmarkSquares) /
      downMarket.crossProducts,
  }),
  correlation: regressed({
    name: { en: 'correlation with the benchmark', zh: '与基准相关系数' },
    formula: 'cov(r − f, b − f) ÷ (σ(r − f) σ(b − f))',
    higherIsBetter: null,
    absentWhen: [flatExcess],
    source: BACON,
    compute: correlationOf,
  }),
  rSquared: regressed({
    name: { en: 'R²', zh: '拟合优度' },
    formula: 'correlation²',
    unit: 'fraction',
    higherIsBetter: null,
    absentWhen: [flatExcess],
    source: BACON,
    compute: (facts) => correlationOf(facts) ** 2,
  }),
  systematicRisk: regressed({
    name: { en: 'systematic risk', zh: '年化系统性风险' },
    formula: '|β| σ(b − f) √p',
    unit: 'per year',
    higherIsBetter: false,
    needs: ['pair'],
    convention: 'population',
    source: BACON,
    compute: systematicRisk,
  }),
  specificRisk: regressed({
    name: { en: 'specific risk', zh: '年化特质风险' },
    formula: '√(p · Σ residual² ÷ n)',
    unit: 'per year',
    higherIsBetter: false,
    needs: ['pair', 'residual'],
    convention: 'population; residual of the least-squares line',
    source: BACON,
    compute: specificRisk,
  }),
  totalRisk: regressed({
    name: { en: 'total risk', zh: '年化总风险' },
    formula: '√(systematic risk² + specific risk²)',
    unit: 'per year',
    higherIsBetter: false,
    needs: ['pair', 'residual'],
    convention: 'population',
    source: BACON,
    compute: (facts) => Math.hypot(systematicRisk(facts), specificRisk(facts)),
  }),
  treynorRatio: regressed({
    name: { en: 'Treynor ratio', zh: '特雷诺比率' },
    formula: '(annual(r) − annual(f)) ÷ β',
    absentWhen: [zeroBeta, belowZero, belowYear],
    source: 'Treynor, How to Rate Management of Investment Funds (1965)',
    compute: (facts) => annualExcess(facts) / betaOf(facts),
  }),
  modifiedTreynorRatio: regressed({
    name: { en: 'modified Treynor ratio', zh: '修正特雷诺比率' },
    formula: '(annual(r) − annual(f)) ÷ systematic risk',
    absentWhen: [zeroBeta, belowZero, belowYear],
    source: BACON,
    compute: (facts) => annualExcess(facts) / systematicRisk(facts),
  }),
  appraisalRatio: regressed({
    name: { en: 'appraisal ratio', zh: '评价比率' },
    formula: 'Jensen’s alpha ÷ specific risk',
    needs: ['excess', 'pair', 'residual'],
    absentWhen: [exactFit, belowZero, belowYear],
    source: 'Treynor and Black, How to Use Security Analysis (1973)',
    compute: (facts) => jensenAlpha(facts) / specificRisk(facts),
  }),
  modifiedJensen: regressed({
    name: { en: 'modified Jensen', zh: '修正詹森' },
    formula: 'Jensen’s alpha ÷ β',
    absentWhen: [zeroBeta, belowZero, belowYear],
    source: BACON,
    compute: (facts) => jensenAlpha(facts) / betaOf(facts),
  }),
  alternativeModifiedJensen: regressed({
    name: { en: 'alternative modified Jensen', zh: '另式修正詹森' },
    formula: 'Jensen’s alpha ÷ systematic risk',
    absentWhen: [zeroBeta, belowZero, belowYear],
    source: BACON,
    compute: (facts) => jensenAlpha(facts) / systematicRisk(facts),
  }),
  mSquared: regressed({
    name: { en: 'M²', zh: 'M² 测度' },
    formula: 'annual(r) + SR(s(b − f) √p − s(r) √p), SR geometric',
    unit: 'per year',
    absentWhen: [flat, belowZero, belowYear],
    source: MODIGLIANI,
    compute: mSquared,
  }),
  mSquaredExcess: regressed({
    name: { en: 'M² over the benchmark', zh: 'M² 超额' },
    formula: 'M² − annual(b)',
    unit: 'per year',
    absentWhen: [flat, belowZero, belowYear],
    source: `${MODIGLIANI}; ${BACON}`,
    compute: (facts) => mSquared(facts) - annualReturnOf(facts.pair.benchmarkGrowth, facts),
  }),
  mSquaredSortino: regressed({
    name: { en: 'M² for Sortino', zh: '索提诺 M²' },
    formula: 'annual(r) + Sortino ratio · (downside deviation of b − of r)',
    unit: 'per year',
    needs: ['pair', 'residual', 'threshold'],
    absentWhen: [noLoss, belowZero, belowYear],
    source: BACON,
    compute: ({ window, threshold, residual }) => {
      const scale = Math.sqrt(window.periodsPerYear);
      const own = Math.sqrt(threshold.lower2) * scale;
      const other = Math.sqrt(residual.benchmarkLower2) * scale;
      const mean = (threshold.upper1 - threshold.lower1) * window.periodsPerYear;
      return window.annualGrowth - 1 + (mean / own) * (other - own);
    },
  }),
  omegaExcessReturn: regressed({
    name: { en: 'omega excess return', zh: '欧米茄超额收益率' },
    formula: 'annual(r) − 3 · downside deviation of r · downside deviation of b',
    unit: 'per year',
    needs: ['pair', 'residual', 'threshold'],
    absentWhen: [noBenchmarkLoss, belowZero, belowYear],
    source: BACON,
    compute: ({ window, threshold, residual }) => {
      const risks = Math.sqrt(threshold.lower2 * residual.benchmarkLower2);
      return window.annualGrowth - 1 - 3 * risks * window.periodsPerYear;
    },
  }),
  famaBeta: regressed({
    name: { en: 'Fama beta', zh: '法玛贝塔' },
    formula: 'σ(r − f) ÷ σ(b − f)',
    higherIsBetter: null,
    source: FAMA,
    compute: famaBeta,
  }),
  diversification: regressed({
    name: { en: 'diversification', zh: '分散化成本' },
    formula: '(Fama beta − β)(annual(b) − annual(f))',
    unit: 'per year',
    higherIsBetter: null,
    absentWhen: [belowZero, belowYear],
    source: FAMA,
    compute: (facts) => (famaBeta(facts) - betaOf(facts)) * benchmarkExcess(facts),
  }),
  netSelectivity: regressed({
    name: { en: 'net selectivity', zh: '净选股收益' },
    formula: 'Jensen’s alpha − diversification',
    unit: 'per year',
    absentWhen: [belowZero, belowYear],
    source: FAMA,
    compute: (facts) => annualExcess(facts) - famaBeta(facts) * benchmarkExcess(facts),
  }),
} as const satisfies Readonly<Record<string, Measure>>;
