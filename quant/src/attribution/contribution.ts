/** What each holding added to the return of the whole: period by period, and linked. */
import { type Answer, absent } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';
import { compound, type LinkingMethod, linkingCoefficients, linkSegments } from './linking.ts';

/** Weights to hold from the start of a period on. */
export interface Rebalance {
  readonly period: number;
  /** A weights; what they lack of one is cash without return. */
  readonly weights: Numbers;
}

export interface PortfolioInput {
  readonly assets: number;
  /** T × A simple returns, period by period. */
  readonly returns: Numbers;
  /** In order of period; the first at period 0. Between them weights drift with returns. */
  readonly rebalances: readonly Rebalance[];
  /** A missing return: 'zero' counts as no move. Default 'absent'. */
  readonly missing?: 'absent' | 'zero';
}

export interface PortfolioReturns {
  /** T. */
  readonly returns: Float64Array;
  /** T × A weights at the start of each period. */
  readonly weights: Float64Array;
  /** T × A: weight · return; a period's contributions sum to its return. */
  readonly contributions: Float64Array;
}

/**
 * Returns of a portfolio bought at given weights: w at a rebalance, afterwards
 * wₜ₊₁ = wₜ·(1 + rₜ) / (1 + Rₜ), with Rₜ = Σ wₜ·rₜ.
 *
 * Absent: `NOT_FINITE` on a missing return of an asset that is held, `TOTAL_LOSS` when weights
 * would have to drift from a value of zero or less. Source: Bacon, ch. 3; same results as
 * PerformanceAnalytics' Return.portfolio.
 *
 * @throws RangeError on shapes that do not fit or a first rebalance after period 0.
 */
export function portfolioReturns(input: PortfolioInput): Answer<PortfolioReturns> {
  const { assets, returns, rebalances } = input;
  if (!(assets >= 1) || returns.length % assets !== 0) {
    throw new RangeError(`${returns.length} returns are not periods of ${assets} assets`);
  }
  checkRebalances(rebalances, assets);
  const periods = returns.length / assets;
  const result = {
    returns: new Float64Array(periods),
    weights: new Float64Array(periods * assets),
    contributions: new Float64Array(periods * assets),
  };
  const held = new Float64Array(assets);
  let next = 0;
  for (let period = 0; period < periods; period++) {
    const due = rebalances[next];
    if (due?.period === period) {
      held.set(Array.from(due.weights));
      next += 1;
    }
    result.weights.set(held, period * assets);
    const reason = earn(input, { held, result, period });
    if (reason !== undefined) return absent(reason);
    const grown = 1 + (result.returns[period] as number);
    const rebalanced = rebalances[next]?.period === period + 1;
    if (grown <= 0 && !rebalanced && period + 1 < periods) return absent('TOTAL_LOSS');
    for (let asset = 0; asset < assets; asset++) {
      const start = held[asset] as number;
      const gain = result.contributions[period * assets + asset] as number;
      held[asset] = (start + gain) / grown;
    }
  }
  return { value: result };
}

function checkRebalances(rebalances: readonly Rebalance[], assets: number): void {
  if (rebalances[0]?.period !== 0) throw new RangeError('the first rebalance is at period 0');
  rebalances.forEach(({ period, weights }, place) => {
    if (weights.length !== assets) {
      throw new RangeError(`${weights.length} weights for ${assets} assets`);
    }
    const before = rebalances[place - 1];
    if (before !== undefined && before.period >= period) {
      throw new RangeError('rebalances are not in order of period');
    }
  });
}

function earn(
  { assets, returns, missing }: PortfolioInput,
  { held, result, period }: { held: Float64Array; result: PortfolioReturns; period: number },
): 'NOT_FINITE' | undefined {
  let total = 0;
  for (let asset = 0; asset < assets; asset++) {
    const weight = held[asset] as number;
    if (weight === 0) continue;
    const given = returns[period * assets + asset] as number;
    if (!Number.isFinite(weight) || (!Number.isFinite(given) && missing !== 'zero')) {
      return 'NOT_FINITE';
    }
    const gain = weight * (Number.isFinite(given) ? given : 0);
    result.contributions[period * assets + asset] = gain;
    total += gain;
  }
  result.returns[period] = total;
  return undefined;
}

export interface LinkedContributions {
  /** A contributions to the compounded return. */
  readonly contributions: Float64Array;
  /** Π(1 + Rₜ) − 1. */
  readonly total: number;
  /** total − Σ contributions: what the periods' returns hold beyond their contributions. */
  readonly residual: number;
}

/**
 * Contributions over all periods: Σₜ cₜ·contribution, with coefficients as for attribution
 * against a benchmark of zero. GRAP's cₜ = Π_{s<t}(1 + Rₛ) is what a unit of money at the start
 * truly gained; Carino's spreads evenly.
 *
 * @param contributions T × A.
 * @param returns T returns of the whole as measured.
 */
export function linkContributions(
  contributions: Numbers,
  returns: Numbers,
  method: LinkingMethod,
): Answer<LinkedContributions> {
  const periods = returns.length;
  const answer = linkingCoefficients({
    portfolio: returns,
    benchmark: new Float64Array(periods),
    method,
  });
  if (answer.value === null) return answer;
  const assets = contributions.length / periods;
  if (!Number.isInteger(assets)) {
    throw new RangeError(`${contributions.length} contributions in ${periods} periods`);
  }
  const linked = linkSegments(contributions, answer.value, assets);
  const total = compound(returns);
  return {
    value: {
      contributions: linked,
      total,
      residual: linked.reduce((left, each) => left - each, total),
    },
  };
}
