export * from './black-litterman.ts';
export * from './covariance.ts';
export * from './hierarchical.ts';
export * from './risk-parity.ts';
export { allocate, allocateAll, efficientFrontier, portfolioOf } from './allocate.ts';
export type { Allocation, Portfolio } from './allocate.ts';
export type { Explanation } from './conflict.ts';
export type { Nearest, Violation } from './nearest.ts';
export type { Refusal } from './continuous.ts';
export { describeConstraint, groupLimit } from './problem.ts';
export type {
  AllocationProblem,
  Constraint,
  HoldingRules,
  LinearLimit,
  Objective,
  Trading,
} from './problem.ts';
export * from './factor-based.ts';
export { allocateTail } from './tail-risk.ts';
export type { TailAllocation } from './tail-risk.ts';
export { tailRiskOf } from './tail-measure.ts';
export type { TailMeasure, TailObjective } from './tail-measure.ts';
export { allocateDownside, downsideDeviationOf } from './downside.ts';
export type { DownsideAllocation, DownsideObjective, DownsideScenarios } from './downside.ts';
export { discreteAllocation } from './discrete.ts';
export type { DiscreteAllocation, OrderTerms } from './discrete.ts';
