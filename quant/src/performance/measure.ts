import type { FactGroup, Facts } from './facts.ts';
import type { Guard } from './guards.ts';

/**
 * The unit of a value. `fraction`: 0.05 is 5 %; `per year`: a fraction a year; `ratio`: a pure
 * number; `periods`: rows of the series; `date`: days since 1970-01-01.
 */
export type Unit = 'fraction' | 'per year' | 'ratio' | 'periods' | 'count' | 'date';

/** A text in both languages of the house. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/**
 * One measure, said once. The computation, the list of indicators, the ranking, the documentation
 * and the tests are all derived from this.
 */
export interface Measure {
  readonly name: Bilingual;
  /** In the symbols of the documentation: r, b, f, t for fund, benchmark, risk-free, threshold. */
  readonly formula: string;
  readonly unit: Unit;
  /** null where more is neither better nor worse. */
  readonly higherIsBetter: boolean | null;
  /** The facts that `compute` reads besides those of the window and of the returns. */
  readonly needs: readonly FactGroup[];
  /** Fewer returns give TOO_FEW_OBSERVATIONS. */
  readonly minObservations: number;
  /** When there is no value although there are observations; looked at in this order. */
  readonly absentWhen: readonly Guard[];
  /** Sample or population, how it is annualised, which of several definitions. */
  readonly convention?: string;
  readonly source: string;
  readonly compute: (facts: Facts) => number;
}

/** The variance with divisor n − 1 from the one with divisor n. */
export function sampleVariance(m2: number, count: number): number {
  return (m2 * count) / (count - 1);
}

/** Σ … ÷ (n − 1), annualised: the root of the sample variance times the root of the periods. */
export function annualDeviation(m2: number, { window }: Facts): number {
  return Math.sqrt(sampleVariance(m2, window.count) * window.periodsPerYear);
}

/** A growth factor over the window as a return a year. */
export function annualReturnOf(growth: number, { window }: Facts): number {
  return growth ** (1 / window.years) - 1;
}

/** Annual return of the fund minus that of the risk-free asset. */
export function annualExcess(facts: Facts): number {
  return facts.window.annualGrowth - 1 - annualReturnOf(facts.excess.riskFreeGrowth, facts);
}
