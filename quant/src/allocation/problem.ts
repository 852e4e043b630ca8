/** What a portfolio is chosen from, and what it has to obey, in the caller's words. */
import type { Matrix } from '../linear-algebra/matrix.ts';

/** A limit on a weighted sum of weights: a group (ones and zeros) or the exposure to a factor. */
export interface LinearLimit {
  /** What the caller calls it; it comes back when it contradicts another constraint. */
  readonly name: string;
  /** One per asset. */
  readonly loadings: ArrayLike<number>;
  readonly least?: number;
  readonly most?: number;
}

/** Where the portfolio comes from, and what moving costs. */
export interface Trading {
  /** Weights held now, one per asset. */
  readonly from: ArrayLike<number>;
  /** Limit on Σ|w − from|: what is bought plus what is sold, as a part of the portfolio. */
  readonly turnoverMax?: number;
  /** Cost of buying and of selling, as a part of the amount; one number or one per asset. */
  readonly purchaseCost?: number | ArrayLike<number>;
  readonly redemptionCost?: number | ArrayLike<number>;
}

/**
 * Rules that no straight line can state; lower bounds must then be zero or more. The answer is the
 * best one within `gap`, or the best that was found with the gap that is proven. For the objectives
 * that are one quadratic (not max-sharpe, max-diversification and target-risk) the bound counts the
 * places that holdings take; the others need more relaxations, of ten times the length.
 */
export interface HoldingRules {
  /** At most so many assets are held. */
  readonly countMax?: number;
  /** An asset is held with at least this weight or not at all; one number or one per asset. */
  readonly minimum?: number | ArrayLike<number>;
  /** Weights are whole multiples of this lot; one number or one per asset. */
  readonly step?: number | ArrayLike<number>;
  /** The search ends when the best found is within this part of the bound. Default 1e-6. */
  readonly gap?: number;
  /** The search ends after so many relaxations, with the gap that is left. Default 5,000. */
  readonly nodesMax?: number;
  /**
   * The search ends after so many seconds, with the gap that is left. None when not given: with a
   * clock the answer depends on the machine.
   */
  readonly secondsMax?: number;
}

/** Assets with their moments and every constraint on their weights. */
export interface AllocationProblem {
  /** Names, one per asset. */
  readonly assets: readonly string[];
  /** n × n, symmetric positive semidefinite, per year (or per any one period). */
  readonly covariance: Matrix;
  /** One per asset, for the same period. */
  readonly expectedReturns?: ArrayLike<number>;
  /** Bounds of weights; one number or one per asset. Default 0 and 1; ±Infinity for none. */
  readonly lower?: number | ArrayLike<number>;
  readonly upper?: number | ArrayLike<number>;
  /** What the weights sum to. Default 1. */
  readonly budget?: number;
  readonly limits?: readonly LinearLimit[];
  readonly trading?: Trading;
  readonly holdings?: HoldingRules;
  /** γ of the term γ·Σw² that is added to what is minimised; it spreads weights. Default 0. */
  readonly ridge?: number;
}

/**
 * What is sought. cost is what moving costs, 0 without `trading`; V = wᵀΣw.
 * Sources: Markowitz, Portfolio Selection (1952); Sharpe, The Sharpe Ratio (1994); Choueifaty and
 * Coignard, Toward Maximum Diversification (2008).
 */
export type Objective =
  /** Least V + cost. */
  | { readonly kind: 'min-variance' }
  /** Most μᵀw − ½·riskAversion·V − cost. */
  | { readonly kind: 'utility'; readonly riskAversion: number }
  /** Least V + cost with μᵀw − cost ≥ least. */
  | { readonly kind: 'target-return'; readonly least: number }
  /** Most μᵀw − cost with √V ≤ most. */
  | { readonly kind: 'target-risk'; readonly most: number }
  /** Most (μᵀw − cost − riskFree) ÷ √V. */
  | { readonly kind: 'max-sharpe'; readonly riskFree: number }
  /** Most σᵀw ÷ √V, σ the volatilities of the assets. */
  | { readonly kind: 'max-diversification' }
  /** Least (w − b)ᵀΣ(w − b) + cost, b the weights of a benchmark. */
  | { readonly kind: 'tracking'; readonly benchmark: ArrayLike<number> };

/** A constraint of the problem, as the caller knows it. */
export type Constraint =
  | { readonly kind: 'lower' | 'upper'; readonly asset: string; readonly limit: number }
  | { readonly kind: 'budget'; readonly limit: number }
  | { readonly kind: 'least' | 'most'; readonly name: string; readonly limit: number }
  | {
      readonly kind: 'turnover' | 'return' | 'risk' | 'tail-risk' | 'downside-risk' | 'count';
      readonly limit: number;
    }
  | { readonly kind: 'minimum' | 'step' };

/** The limit on a group of assets: their weights together. */
export function groupLimit(
  name: string,
  members: readonly number[],
  assets: number,
  range: { readonly least?: number; readonly most?: number },
): LinearLimit {
  const loadings = new Float64Array(assets);
  for (const member of members) {
    if (!(member >= 0 && member < assets)) throw new RangeError(`${name}: no asset ${member}`);
    loadings[member] = 1;
  }
  return { name, loadings, ...range };
}

/** A number or one per asset, as one per asset. */
export function perAsset(
  value: number | ArrayLike<number> | undefined,
  assets: number,
  otherwise: number,
): Float64Array {
  const given = value ?? otherwise;
  if (typeof given === 'number') return new Float64Array(assets).fill(given);
  if (given.length !== assets)
    throw new RangeError(`${assets} assets meet ${given.length} numbers`);
  return Float64Array.from(given);
}

/** Clauses with places for who it is about and for the limit, as a percentage or as a number. */
const CLAUSES: Record<Constraint['kind'], { en: string; zh: string }> = {
  lower: { en: '{who} at least {percent}', zh: '{who} 权重不低于 {percent}' },
  upper: { en: '{who} at most {percent}', zh: '{who} 权重不高于 {percent}' },
  budget: { en: 'weights sum to {percent}', zh: '权重合计为 {percent}' },
  least: { en: '{who} at least {number}', zh: '{who} 不低于 {number}' },
  most: { en: '{who} at most {number}', zh: '{who} 不高于 {number}' },
  turnover: { en: 'purchases and redemptions at most {percent}', zh: '买卖合计不超过 {percent}' },
  return: {
    en: 'expected return after cost at least {percent}',
    zh: '扣除成本的预期收益不低于 {percent}',
  },
  risk: { en: 'volatility at most {percent}', zh: '波动率不高于 {percent}' },
  'tail-risk': {
    en: 'mean loss of the worst periods at most {percent}',
    zh: '最差时期的平均损失不高于 {percent}',
  },
  'downside-risk': {
    en: 'downside deviation at most {percent}',
    zh: '下行标准差不高于 {percent}',
  },
  count: { en: 'at most {number} assets held', zh: '持有不超过 {number} 只' },
  minimum: { en: 'each holding reaches its minimum', zh: '每笔持仓达到最低权重' },
  step: { en: 'weights are whole lots', zh: '权重为最小单位的整数倍' },
};

/** A constraint as a clause in both languages. */
export function describeConstraint(constraint: Constraint): { en: string; zh: string } {
  const limit = 'limit' in constraint ? constraint.limit : 0;
  const named = 'name' in constraint ? constraint.name : '';
  const who = 'asset' in constraint ? constraint.asset : named;
  const fill = (clause: string) =>
    clause
      .replace('{percent}', () => `${+(limit * 100).toFixed(4)} %`)
      .replace('{number}', () => `${+limit.toFixed(6)}`)
      .replace('{who}', () => who);
  const { en, zh } = CLAUSES[constraint.kind];
  return { en: fill(en), zh: fill(zh) };
}

/** One key per constraint, for sets. */
export function keyOf(constraint: Constraint): string {
  if ('asset' in constraint) return `${constraint.kind}:${constraint.asset}`;
  return 'name' in constraint ? `${constraint.kind}:${constraint.name}` : constraint.kind;
}
