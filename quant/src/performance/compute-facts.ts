import { computeMarkets, computeResidual } from './benchmark-facts.ts';
import type { Columns } from './columns.ts';
import type { FactGroup, Facts, Rows, Target } from './facts.ts';
import {
  computeDepths,
  computeDrawdowns,
  computeOrder,
  computeRuns,
  computeSequence,
  computeTrend,
} from './path-facts.ts';
import { computeExcess, computePair, computeReturns, computeThreshold } from './suffix-facts.ts';

/** Days in a year by which dates become years (ACT/365). */
export const DAYS_PER_YEAR = 365;

type Compute = (columns: Columns, rows: Rows, target: Target) => void;

/** How each group is computed, in an order in which each finds what it needs. */
const COMPUTE: Readonly<Record<FactGroup, Compute>> = {
  excess: computeExcess,
  threshold: computeThreshold,
  pair: computePair,
  residual: computeResidual,
  markets: computeMarkets,
  runs: computeRuns,
  drawdowns: computeDrawdowns,
  order: computeOrder,
  depths: computeDepths,
  sequence: computeSequence,
  trend: computeTrend,
};

const REQUIRES: Partial<Readonly<Record<FactGroup, readonly FactGroup[]>>> = {
  residual: ['excess', 'pair'],
};

/** The groups that are needed, with those they rest on, each once and in order. */
export function orderGroups(needed: Iterable<FactGroup>): FactGroup[] {
  const all = new Set<FactGroup>();
  for (const group of needed) {
    all.add(group);
    for (const other of REQUIRES[group] ?? []) all.add(other);
  }
  return (Object.keys(COMPUTE) as FactGroup[]).filter((group) => all.has(group));
}

/** Fills the facts of at least one row: window, returns and the groups asked for. */
export function computeFacts(
  columns: Columns,
  rows: Rows,
  { groups, ...target }: Target & { readonly groups: readonly FactGroup[] },
): void {
  computeReturns(columns, rows, target);
  setWindow(columns, rows, target.facts);
  computeGroups(columns, rows, { groups, ...target });
}

/** Fills some groups. Needs the facts of the window and the returns, and those they rest on. */
export function computeGroups(
  columns: Columns,
  rows: Rows,
  { groups, ...target }: Target & { readonly groups: readonly FactGroup[] },
): void {
  for (const group of groups) COMPUTE[group](columns, rows, target);
}

/** What holds for the window as a whole. Needs the growth. */
export function setWindow(columns: Columns, { from, to }: Rows, { window, returns }: Facts): void {
  const { days, periodsPerYear } = columns;
  window.count = to - from;
  window.periodsPerYear = periodsPerYear;
  window.annualiseBelowYear = columns.annualiseBelowYear;
  window.years =
    days === undefined
      ? (to - from) / periodsPerYear
      : ((days[to] as number) - (days[from] as number)) / DAYS_PER_YEAR;
  window.annualGrowth = returns.growth ** (1 / window.years);
  window.days = days;
  window.from = from;
}
