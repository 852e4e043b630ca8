/** The figures of a diagnosis, in the order in which they stand in its columns. */
import { MEASURES, type MeasureId, STANDARD_MEASURES } from '../performance/measures.ts';

/** Money is in the currency of the prices; a fraction of 0.05 is 5 %; a score is 0 to 100. */
export type DiagnosisUnit =
  | 'money'
  | 'fraction'
  | 'per year'
  | 'ratio'
  | 'days'
  | 'count'
  | 'score'
  | 'periods'
  | 'date';

export interface DiagnosisFigure {
  readonly name: { readonly en: string; readonly zh: string };
  readonly formula: string;
  readonly unit: DiagnosisUnit;
  readonly higherIsBetter: boolean | null;
}

function row(
  [en, zh]: readonly [string, string],
  formula: string,
  unit: DiagnosisUnit,
  higherIsBetter: boolean | null = null,
): DiagnosisFigure {
  return { name: { en, zh }, formula, unit, higherIsBetter };
}

const MONEY = {
  endValue: row(['value at the end', '期末资产'], 'cash + Σ units · price', 'money'),
  netFlow: row(['net flow', '净流入'], 'Σ paid in − Σ taken out', 'money'),
  profit: row(['profit', '盈亏'], 'end value − value at the opening − net flow', 'money', true),
  realisedProfit: row(
    ['realised profit', '已实现盈亏'],
    'Σ proceeds − cost of the lots sold, first in, first out',
    'money',
    true,
  ),
  moneyWeightedReturn: row(
    ['money-weighted return', '资金加权收益率'],
    'xirr of −opening value, −flows, +end value',
    'per year',
    true,
  ),
  benchmarkReturn: row(
    ['benchmark return', '基准收益率'],
    'Π(1 + b) − 1 over the days with money in the account',
    'fraction',
  ),
  activeReturn: row(
    ['active return', '超额收益率'],
    'total return − benchmark return',
    'fraction',
    true,
  ),
} as const;

const ATTRIBUTION = {
  allocation: row(
    ['allocation', '资产配置贡献'],
    'Σ kₜ ÷ k · (w − w_b)(r_b − R_b), Brinson-Fachler linked by Carino, cash a segment',
    'fraction',
    true,
  ),
  selection: row(['selection', '证券选择贡献'], 'Σ kₜ ÷ k · w_b(r − r_b)', 'fraction', true),
  interaction: row(['interaction', '交互贡献'], 'Σ kₜ ÷ k · (w − w_b)(r − r_b)', 'fraction', true),
  tradingEffect: row(
    ['trading and costs', '交易与费用贡献'],
    'active return − allocation − selection − interaction',
    'fraction',
    true,
  ),
} as const;

const TIMING = {
  selectionTreynorMazuy: row(
    ['selection, Treynor-Mazuy', '选股能力(TM)'],
    'α · periods per year of r − f = α + βm + γm²',
    'per year',
    true,
  ),
  timingTreynorMazuy: row(['timing, Treynor-Mazuy', '择时能力(TM)'], 'γ', 'ratio', true),
  timingTTreynorMazuy: row(
    ['t of timing, Treynor-Mazuy', '择时t值(TM)'],
    'γ ÷ s(γ)',
    'ratio',
    true,
  ),
  selectionHenrikssonMerton: row(
    ['selection, Henriksson-Merton', '选股能力(HM)'],
    'α · periods per year of r − f = α + βm + γ max(0, m)',
    'per year',
    true,
  ),
  timingHenrikssonMerton: row(
    ['timing, Henriksson-Merton and Chang-Lewellen', '择时能力(HM/CL)'],
    'γ = β up − β down',
    'ratio',
    true,
  ),
  timingTHenrikssonMerton: row(
    ['t of timing, Henriksson-Merton and Chang-Lewellen', '择时t值(HM/CL)'],
    'γ ÷ s(γ)',
    'ratio',
    true,
  ),
  betaDown: row(['beta in falling markets', '下跌市贝塔'], 'β₁ of Chang-Lewellen', 'ratio'),
  betaUp: row(['beta in rising markets', '上涨市贝塔'], 'β₂ of Chang-Lewellen', 'ratio'),
} as const;

const HABITS = {
  averageInvested: row(
    ['average position', '平均仓位'],
    'mean of Σ w over the days with money in the account',
    'fraction',
  ),
  concentration: row(
    ['concentration', '持仓集中度'],
    'Σ share² of the mean weights of securities, scaled to one',
    'fraction',
  ),
  securitiesHeld: row(['securities held', '持有证券数'], 'securities held at any time', 'count'),
  tradesPerYear: row(['trades a year', '年交易次数'], 'purchases and sales ÷ years', 'count'),
  turnover: row(['turnover', '年换手率'], 'min(purchases, sales) ÷ mean value ÷ years', 'per year'),
  holdingDays: row(
    ['days a sold lot was held', '平均持有天数'],
    'Σ cost · days ÷ Σ cost of lots sold, first in, first out',
    'days',
  ),
  saleWinRate: row(['sales with profit', '卖出胜率'], '#(profit > 0) ÷ #sales', 'fraction', true),
  payoffRatio: row(
    ['payoff ratio', '盈亏比'],
    'mean profit of winning ÷ mean loss of losing sales',
    'ratio',
    true,
  ),
  dispositionEffect: row(
    ['disposition effect', '处置效应'],
    'gains realised ÷ all gains − losses realised ÷ all losses, on days with a sale',
    'fraction',
    false,
  ),
  buyMomentum: row(
    ['rise before purchases', '追涨幅度'],
    'mean return of the bought security over the days before, weighted by amount',
    'fraction',
  ),
  sellMomentum: row(
    ['rise before sales', '卖出前涨幅'],
    'mean return of the sold security over the days before, weighted by amount',
    'fraction',
  ),
  bestProfit: row(
    ['largest profit of a security', '最大单券盈利'],
    'see bestSecurity',
    'money',
    true,
  ),
  worstProfit: row(
    ['largest loss of a security', '最大单券亏损'],
    'see worstSecurity',
    'money',
    true,
  ),
} as const;

const SCORES = {
  earningScore: row(
    ['earning ability', '盈利能力'],
    'share of funds with a lower total return · 100',
    'score',
    true,
  ),
  riskAdjustedScore: row(
    ['risk-adjusted ability', '风险调整能力'],
    'share of funds with a lower Sharpe ratio · 100',
    'score',
    true,
  ),
  drawdownScore: row(
    ['drawdown control', '回撤控制能力'],
    'share of funds with a larger drawdown · 100',
    'score',
    true,
  ),
  selectionScore: row(
    ['selection ability', '选股能力得分'],
    'mean of the shares of funds with a lower α, by both models · 100',
    'score',
    true,
  ),
  timingScore: row(
    ['timing ability', '择时能力得分'],
    'mean of the shares of funds with a lower γ, by both models · 100',
    'score',
    true,
  ),
} as const;

const STANDARD = Object.fromEntries(
  STANDARD_MEASURES.map((id: MeasureId) => {
    const { name, formula, unit, higherIsBetter } = MEASURES[id];
    return [id, { name, formula, unit, higherIsBetter }];
  }),
) as Record<(typeof STANDARD_MEASURES)[number], DiagnosisFigure>;

/** Every figure of a diagnosis: the fifteen standard measures among them. */
export const DIAGNOSIS_FIGURES = {
  ...MONEY,
  ...STANDARD,
  ...ATTRIBUTION,
  ...TIMING,
  ...HABITS,
  ...SCORES,
} as const;

export type DiagnosisFigureId = keyof typeof DIAGNOSIS_FIGURES;

/** In the order of the columns. */
export const DIAGNOSIS_FIGURE_IDS = Object.keys(DIAGNOSIS_FIGURES) as readonly DiagnosisFigureId[];

/** Where each figure stands in a row of the result. */
export const COLUMN = Object.fromEntries(
  DIAGNOSIS_FIGURE_IDS.map((id, column) => [id, column]),
) as Readonly<Record<DiagnosisFigureId, number>>;
