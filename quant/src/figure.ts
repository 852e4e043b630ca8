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
  SINGULAR: { en: 'the regressors are linearly dependent', zh: '解释变量线性相关' },
  NOT_CONVERGED: { en: 'the iteration did not converge', zh: '迭代未收敛' },
  NO_ROOT: { en: 'no rate solves the equation', zh: '方程无解' },
  NOT_UNIQUE: { en: 'more than one rate solves the equation', zh: '方程有多个解' },
} as const;

export type Reason = keyof typeof REASONS;

/** A finite number, or null with the reason. */
export type Figure =
  | { readonly value: number; readonly reason?: undefined }
  | { readonly value: null; readonly reason: Reason };

/** The value as a figure; a value that is not finite becomes the given reason. */
export function figure(value: number, otherwise: Reason = 'NOT_FINITE'): Figure {
  return Number.isFinite(value) ? { value } : { value: null, reason: otherwise };
}

/** A figure without a value. */
export function absent(reason: Reason): Figure {
  return { value: null, reason };
}
