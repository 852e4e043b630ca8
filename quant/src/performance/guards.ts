import type { Reason } from '../figure.ts';
import { quantileOfSorted } from '../numeric/quantile.ts';
import type { Facts } from './facts.ts';

/** A condition under which a measure has no value. */
export interface Guard {
  readonly reason: Reason;
  /** The condition in words, for the documentation. */
  readonly when: string;
  readonly holds: (facts: Facts) => boolean;
}

/**
 * Deviations up to this size are rounding: a return is a quotient minus one, so it carries an
 * error of about 1e-16, and sums of thousands of them about 1e-13.
 */
export const NOISE = 1e-12;

/** Years from which growth is annualised: calendar years of trading days reach from 359 days. */
const YEAR_MIN = 0.98;

function isFlat(m2: number, mean: number): boolean {
  const limit = NOISE * (1 + Math.abs(mean));
  return m2 <= limit * limit;
}

/** The least-squares slope of the fund's excess on the benchmark's. */
export function betaOf({ pair }: Facts): number {
  return pair.covariance / pair.benchmarkM2;
}

export const belowZero: Guard = {
  reason: 'TOTAL_LOSS',
  when: 'a return is below −100 %',
  holds: ({ returns }) => returns.lowest < -1,
};

export const ruined: Guard = {
  reason: 'TOTAL_LOSS',
  when: 'a return is −100 % or less',
  holds: ({ returns }) => returns.lowest <= -1,
};

export const benchmarkRuined: Guard = {
  reason: 'TOTAL_LOSS',
  when: 'the benchmark lost everything',
  holds: ({ pair }) => pair.benchmarkGrowth <= 0,
};

export const belowYear: Guard = {
  reason: 'LESS_THAN_A_YEAR',
  when: 'the window is shorter than 0.98 of a year and annualiseBelowYear is off',
  holds: ({ window }) => window.years < YEAR_MIN && !window.annualiseBelowYear,
};

export const flat: Guard = {
  reason: 'ZERO_VARIANCE',
  when: 'the returns do not vary',
  holds: ({ returns }) => isFlat(returns.m2, returns.mean),
};

export const flatExcess: Guard = {
  reason: 'ZERO_VARIANCE',
  when: 'the excess returns do not vary',
  holds: ({ excess }) => isFlat(excess.m2, excess.mean),
};

export const flatBenchmark: Guard = {
  reason: 'ZERO_VARIANCE',
  when: 'the benchmark’s excess returns do not vary',
  holds: ({ pair }) => isFlat(pair.benchmarkM2, pair.benchmarkMean),
};

export const flatActive: Guard = {
  reason: 'ZERO_VARIANCE',
  when: 'the active returns do not vary',
  holds: ({ pair }) => isFlat(pair.activeM2, pair.activeMean),
};

export const noDrawdown: Guard = {
  reason: 'NO_DRAWDOWN',
  when: 'the value never fell',
  holds: ({ returns }) => returns.maxDrawdown <= NOISE,
};

export const noLoss: Guard = {
  reason: 'NO_LOSS',
  when: 'no return is below the threshold',
  holds: ({ threshold, window }) => threshold.lower1 * window.count <= NOISE,
};

export const noLosingPeriod: Guard = {
  reason: 'NO_LOSS',
  when: 'no return is negative',
  holds: ({ runs }) => runs.lossSum <= NOISE,
};

export const noWinningPeriod: Guard = {
  reason: 'NO_GAIN',
  when: 'no return is positive',
  holds: ({ runs }) => runs.gainSum <= NOISE,
};

export const noUpMarket: Guard = {
  reason: 'TOO_FEW_OBSERVATIONS',
  when: 'the benchmark never rose',
  holds: ({ upMarket }) => upMarket.count === 0,
};

export const noDownMarket: Guard = {
  reason: 'TOO_FEW_OBSERVATIONS',
  when: 'the benchmark never fell',
  holds: ({ downMarket }) => downMarket.count === 0,
};

export const flatUpMarket: Guard = {
  reason: 'ZERO_VARIANCE',
  when: 'the benchmark’s gains do not vary',
  holds: ({ upMarket, pair }) => isFlat(upMarket.benchmarkSquares, pair.benchmarkMean),
};

export const flatDownMarket: Guard = {
  reason: 'ZERO_VARIANCE',
  when: 'the benchmark’s losses do not vary',
  holds: ({ downMarket, pair }) => isFlat(downMarket.benchmarkSquares, pair.benchmarkMean),
};

export const zeroDownBeta: Guard = {
  reason: 'ZERO_DENOMINATOR',
  when: 'beta in falling markets is zero',
  holds: ({ downMarket }) =>
    Math.abs(downMarket.crossProducts) <= NOISE * downMarket.benchmarkSquares,
};

export const zeroDownCapture: Guard = {
  reason: 'ZERO_DENOMINATOR',
  when: 'the fund lost nothing while the benchmark fell',
  holds: ({ downMarket }) => Math.abs(downMarket.growth - 1) <= NOISE,
};

export const zeroBeta: Guard = {
  reason: 'ZERO_DENOMINATOR',
  when: 'beta is zero',
  holds: (facts) => Math.abs(betaOf(facts)) <= NOISE,
};

export const exactFit: Guard = {
  reason: 'EXACT_FIT',
  when: 'the benchmark explains the fund without residual',
  holds: ({ residual, excess }) => residual.m2 <= NOISE * NOISE + NOISE * NOISE * excess.m2,
};

export const noTail: Guard = {
  reason: 'NO_LOSS',
  when: 'the 5 % quantile of the returns is not a loss',
  holds: ({ order }) => quantileOfSorted(order.ascending, 0.05) >= -NOISE,
};

export const zeroTail: Guard = {
  reason: 'ZERO_DENOMINATOR',
  when: 'the 5 % quantile of the returns is zero',
  holds: ({ order }) => Math.abs(quantileOfSorted(order.ascending, 0.05)) <= NOISE,
};

export const flatTrend: Guard = {
  reason: 'ZERO_VARIANCE',
  when: 'the path does not move',
  holds: ({ trend }) => trend.total <= NOISE * NOISE,
};

export const exactTrend: Guard = {
  reason: 'EXACT_FIT',
  when: 'the path is a straight line',
  holds: ({ trend }) => trend.slopeError <= NOISE * (NOISE + Math.abs(trend.slope)),
};

export const notRecovered: Guard = {
  reason: 'NOT_RECOVERED',
  when: 'the value has not come back to the peak',
  holds: ({ drawdowns }) => drawdowns.recoveredAt < 0,
};

export const noDates: Guard = {
  reason: 'NO_DATES',
  when: 'no dates are given',
  holds: ({ window }) => window.days === undefined,
};
