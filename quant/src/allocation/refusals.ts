/** Why an objective has no portfolio although its constraints have some. */
import type { Refusal } from './continuous.ts';

export interface Refused {
  readonly status: 'refused';
  readonly refusal: Refusal;
  readonly en: string;
  readonly zh: string;
}

const TEXTS: Record<Refusal, { en: string; zh: string }> = {
  NO_EXCESS_RETURN: {
    en: 'no allowed portfolio is expected to earn more than the risk-free rate after cost',
    zh: '约束范围内没有组合的预期收益(扣除成本后)高于无风险利率',
  },
  UNBOUNDED: {
    en: 'the objective grows without limit: a bound is missing, or there is gain without risk',
    zh: '目标函数无界:缺少权重上下限,或存在无风险的收益',
  },
  NOT_CONVERGED: { en: 'the solver did not converge', zh: '求解未收敛' },
};

/** A refusal with its texts. */
export function refuse(refusal: Refusal): Refused {
  return { status: 'refused', refusal, ...TEXTS[refusal] };
}
