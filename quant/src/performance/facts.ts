/**
 * A window of returns, summarised. Measures are formulas over these facts, never over the rows:
 * so one pass serves many measures, and whoever can keep the facts of a growing window (the
 * ranking does) gets the measures of that window for nothing.
 *
 * Facts stand in groups; a measure names the groups it needs and the others are not computed.
 * Moments are central and of the population (divided by n); the formulas rescale them.
 */

export interface ReturnFacts {
  mean: number;
  /** Σ (r − mean)ᵏ ÷ n for k = 2, 3, 4. */
  m2: number;
  m3: number;
  m4: number;
  lowest: number;
  highest: number;
  /** Π (1 + r). */
  growth: number;
  /** The largest fall from an earlier value, the value before the first return included. */
  maxDrawdown: number;
  /** Periods with r > 0. */
  gains: number;
}

/** Of r − risk-free. */
export interface ExcessFacts {
  mean: number;
  m2: number;
  /** Π (1 + risk-free). */
  riskFreeGrowth: number;
}

/** Of d = r − threshold: averages over all n periods of the part below and of the part above. */
export interface ThresholdFacts {
  below: number;
  above: number;
  /** Σ max(−d, 0)ᵏ ÷ n. */
  lower1: number;
  lower2: number;
  lower3: number;
  /** Σ max(d, 0)ᵏ ÷ n. */
  upper1: number;
  upper2: number;
}

/** Of r and b together; mean, m2 and covariance are of the excesses over the risk-free return. */
export interface PairFacts {
  benchmarkMean: number;
  benchmarkM2: number;
  covariance: number;
  /** Of r − b. */
  activeMean: number;
  activeM2: number;
  /** Π (1 + b). */
  benchmarkGrowth: number;
  /** Periods with r > b. */
  wins: number;
}

/** Of e = excess − alpha − beta · benchmark excess, the least-squares residual. */
export interface ResidualFacts {
  m2: number;
  /** The largest fall of Π (1 + r) ÷ (1 + b). */
  relativeDrawdown: number;
  /** Σ min(b − threshold, 0)² ÷ n. */
  benchmarkLower2: number;
}

/** Of the periods in which the benchmark rose (b > 0), or fell (b < 0). */
export interface MarketFacts {
  count: number;
  growth: number;
  benchmarkGrowth: number;
  /** Periods in which the fund's return has the benchmark's sign. */
  same: number;
  /** Periods in which the fund beats the benchmark. */
  wins: number;
  /** Of the excesses, over these periods: Σ (b − mean)² and Σ (b − mean)(r − mean). */
  benchmarkSquares: number;
  crossProducts: number;
}

/** Of the signs of r. */
export interface RunFacts {
  gainSum: number;
  /** Σ |r| of the losing periods. */
  lossSum: number;
  losses: number;
  longestGain: number;
  longestLoss: number;
}

/** Of the value path: an episode runs from a peak to the return to it. Lengths are in periods. */
export interface DrawdownFacts {
  /** Σ d ÷ n and Σ d² ÷ n of the daily distance d below the peak so far. */
  pain: number;
  ulcer2: number;
  episodes: number;
  depthSum: number;
  depthSquares: number;
  lengthSum: number;
  longest: number;
  current: number;
  /** Of the deepest episode, as rows of the value path (0 is the value before the window). */
  deepest: number;
  peakAt: number;
  troughAt: number;
  /** −1 while not recovered. */
  recoveredAt: number;
}

/** The returns in ascending order. */
export interface OrderFacts {
  ascending: Float64Array;
}

/** Of the deviations from the mean, in the order of time. */
export interface SequenceFacts {
  /** Σ |r − mean| ÷ n and Σ min(r − mean, 0)² ÷ n. */
  absoluteDeviation: number;
  lower2: number;
  /** Σ (rₜ − mean)(rₜ₋₁ − mean) ÷ n. */
  autocovariance: number;
  /** Range of the running sum of r − mean, the start included. */
  range: number;
}

/** The straight line through the running sum of log(1 + r) against time 0, 1, 2, … */
export interface TrendFacts {
  slope: number;
  slopeError: number;
  r2: number;
  /** Σ of the squared deviations of the running sum from its mean. */
  total: number;
}

/** Of the distance below the peak in each period. */
export interface DepthFacts {
  /** The 95 % quantile, and the mean of the distances that are at least that. */
  atRisk95: number;
  beyond95: number;
}

/** What holds for the window as a whole. */
export interface WindowFacts {
  /** Returns in the window. */
  count: number;
  periodsPerYear: number;
  /** By the calendar (ACT/365) when dates are known, else by counting periods. */
  years: number;
  annualiseBelowYear: boolean;
  /** Π (1 + r) to the power 1 ÷ years. */
  annualGrowth: number;
  /** Dates of the value path, or undefined, and the first row of the window in them. */
  days: Int32Array | undefined;
  from: number;
}

export interface Facts {
  readonly window: WindowFacts;
  readonly returns: ReturnFacts;
  readonly excess: ExcessFacts;
  readonly threshold: ThresholdFacts;
  readonly pair: PairFacts;
  readonly residual: ResidualFacts;
  readonly upMarket: MarketFacts;
  readonly downMarket: MarketFacts;
  readonly runs: RunFacts;
  readonly drawdowns: DrawdownFacts;
  readonly order: OrderFacts;
  readonly depths: DepthFacts;
  readonly sequence: SequenceFacts;
  readonly trend: TrendFacts;
}

/** The groups that a measure may ask for; window and returns are always there. */
export type FactGroup =
  | 'excess'
  | 'threshold'
  | 'pair'
  | 'residual'
  | 'markets'
  | 'runs'
  | 'drawdowns'
  | 'order'
  | 'depths'
  | 'sequence'
  | 'trend';

// Numbers begin as fractions, so that the engine never has to change how it stores them.
const NONE = Number.NaN;

const MARKET: MarketFacts = {
  count: NONE,
  growth: NONE,
  benchmarkGrowth: NONE,
  same: NONE,
  wins: NONE,
  benchmarkSquares: NONE,
  crossProducts: NONE,
};

const EMPTY: Facts = {
  window: {
    count: NONE,
    periodsPerYear: NONE,
    years: NONE,
    annualiseBelowYear: false,
    annualGrowth: NONE,
    days: undefined,
    from: 0,
  },
  returns: {
    mean: NONE,
    m2: NONE,
    m3: NONE,
    m4: NONE,
    lowest: NONE,
    highest: NONE,
    growth: NONE,
    maxDrawdown: NONE,
    gains: NONE,
  },
  excess: { mean: NONE, m2: NONE, riskFreeGrowth: NONE },
  threshold: {
    below: NONE,
    above: NONE,
    lower1: NONE,
    lower2: NONE,
    lower3: NONE,
    upper1: NONE,
    upper2: NONE,
  },
  pair: {
    benchmarkMean: NONE,
    benchmarkM2: NONE,
    covariance: NONE,
    activeMean: NONE,
    activeM2: NONE,
    benchmarkGrowth: NONE,
    wins: NONE,
  },
  residual: { m2: NONE, relativeDrawdown: NONE, benchmarkLower2: NONE },
  upMarket: MARKET,
  downMarket: MARKET,
  runs: { gainSum: NONE, lossSum: NONE, losses: NONE, longestGain: NONE, longestLoss: NONE },
  drawdowns: {
    pain: NONE,
    ulcer2: NONE,
    episodes: NONE,
    depthSum: NONE,
    depthSquares: NONE,
    lengthSum: NONE,
    longest: NONE,
    current: NONE,
    deepest: NONE,
    peakAt: NONE,
    troughAt: NONE,
    recoveredAt: NONE,
  },
  order: { ascending: new Float64Array(0) },
  depths: { atRisk95: NONE, beyond95: NONE },
  sequence: { absoluteDeviation: NONE, lower2: NONE, autocovariance: NONE, range: NONE },
  trend: { slope: NONE, slopeError: NONE, r2: NONE, total: NONE },
};

/** Empty facts, to be filled again and again. */
export function createFacts(): Facts {
  const groups = Object.entries(EMPTY).map(([name, group]) => [name, { ...group }]);
  return Object.fromEntries(groups) as Facts;
}

/** Buffers of one thread that grow and are reused. */
export interface Scratch {
  order: Float64Array;
  depths: Float64Array;
  path: Float64Array;
}

/** Empty buffers. */
export function createScratch(): Scratch {
  const empty = new Float64Array(0);
  return { order: empty, depths: empty, path: empty };
}

/** A half-open range of rows. */
export interface Rows {
  readonly from: number;
  readonly to: number;
}

/** Where facts go, and the buffers to use. */
export interface Target {
  readonly facts: Facts;
  readonly scratch: Scratch;
}
