/**
 * A figure is a number or says why there is none. Nothing in this library answers NaN, Infinity
 * or a number that rests on too few observations.
 */

/** Why a figure has no value; the sentences stand in both languages. */
export const REASONS = {
  TOO_FEW_OBSERVATIONS: { en: 'too few observations', zh: '观测数不足' },
  ZERO_VARIANCE: { en: 'the series does not vary', zh: '序列没有波动' },
  ZERO_DENOMINATOR: { en: 'the denominator is zero', zh: '分母为零' },
  NOT_FINITE: {
    en: 'an input is missing or not a finite number',
    zh: '输入缺失或不是有限数值',
  },
  NO_BENCHMARK: { en: 'no benchmark was given', zh: '未给出业绩基准' },
  NO_DRAWDOWN: { en: 'the series never fell', zh: '序列从未回撤' },
  NO_LOSS: { en: 'no period lost against the threshold', zh: '没有低于门槛的期间' },
  NO_GAIN: { en: 'no period won against the threshold', zh: '没有高于门槛的期间' },
  TOTAL_LOSS: { en: 'the value fell to zero or below', zh: '净值跌至零或以下' },
  NOT_ENOUGH_HISTORY: {
    en: 'the history is shorter than the window',
    zh: '历史短于区间',
  },
  LESS_THAN_A_YEAR: {
    en: 'the window is shorter than a year, so growth is not annualised',
    zh: '区间不足一年,不作年化',
  },
  GAP: {
    en: 'there is no value near the start or the end of the window',
    zh: '区间起点或终点附近没有净值',
  },
  NOT_RECOVERED: { en: 'the value has not come back to its peak', zh: '净值尚未修复至前高' },
  NO_TYPE: { en: 'the fund has no type to be ranked in', zh: '基金未归类,不参与排名' },
  NO_DATES: { en: 'no dates were given', zh: '未给出日期' },
  OUTSIDE_DOMAIN: {
    en: 'skewness and kurtosis are outside the domain of the expansion',
    zh: '偏度与峰度超出展开式的适用范围',
  },
  SINGULAR: { en: 'the regressors are linearly dependent', zh: '解释变量线性相关' },
  NOT_CONVERGED: { en: 'the iteration did not converge', zh: '迭代未收敛' },
  NO_ROOT: { en: 'no rate solves the equation', zh: '方程无解' },
  NOT_UNIQUE: { en: 'more than one rate solves the equation', zh: '方程有多个解' },
  OUT_OF_RANGE: { en: 'the result is too large to be stated', zh: '结果过大,无法表示' },
  NO_CAPITAL: { en: 'no capital was invested', zh: '没有投入本金' },
  EXACT_FIT: {
    en: 'the fit is exact, so its error cannot be estimated',
    zh: '拟合没有残差,无法估计误差',
  },
  OVERSOLD: { en: 'more was sold than was held', zh: '卖出超过持有' },
  NO_HOLDING: { en: 'nothing was held', zh: '没有持仓' },
  NO_TRADE: { en: 'nothing was traded', zh: '没有交易' },
} as const;

export type Reason = keyof typeof REASONS;

/** A result of any shape, or null with the reason. */
export type Answer<Value> =
  | { readonly value: Value; readonly reason?: undefined }
  | { readonly value: null; readonly reason: Reason };

/** A finite number, or null with the reason. */
export type Figure = Answer<number>;

/** The value as a figure; a value that is not finite becomes the given reason. */
export function figure(value: number, otherwise: Reason = 'NOT_FINITE'): Figure {
  return Number.isFinite(value) ? { value } : { value: null, reason: otherwise };
}

/** An answer without a value, of whatever shape. */
export function absent(reason: Reason): { readonly value: null; readonly reason: Reason } {
  return { value: null, reason };
}
