import { absent, type Figure, figure } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';

/**
 * Money funds keep their net asset value at 1 and publish income: 每万份收益, the income of a day
 * on 10,000 units, in yuan, and 七日年化收益率, the yield that seven such days would give in a year.
 */
const UNITS = 10_000;
const WEEK = 7;
const YEAR = 365;

/** Simple: the income is paid out. Compound: it is reinvested daily. A fund states which it uses. */
export type YieldFormula = 'simple' | 'compound';

/** 每万份收益: income ÷ units · 10,000. ZERO_DENOMINATOR without units. */
export function incomePerTenThousand(income: number, units: number): Figure {
  return units === 0 ? absent('ZERO_DENOMINATOR') : figure((income / units) * UNITS);
}

/**
 * The seven-day yield of each day from the seventh on, as a fraction a year:
 *
 * - simple: Σ R ÷ 7 · 365 ÷ 10,000
 * - compound: (Π(1 + R ÷ 10,000))^(365 ÷ 7) − 1
 *
 * over the incomes R of seven calendar days; an element with a gap among its days is NOT_FINITE.
 * Where one publication covers several days (a weekend), spread it with `spreadIncome` first.
 *
 * Source: the disclosure rules for money funds give the simple form where income is carried over
 * monthly and the compound form where it is carried over daily; all 421 published windows of one
 * daily fund re-compute with the compound form.
 */
export function sevenDayYields(incomes: Numbers, formula: YieldFormula): Figure[] {
  const count = Math.max(0, incomes.length - WEEK + 1);
  return Array.from({ length: count }, (_, first) => yieldOf(incomes, first, formula));
}

function yieldOf(incomes: Numbers, first: number, formula: YieldFormula): Figure {
  let total = 0;
  let growth = 1;
  for (let at = first; at < first + WEEK; at++) {
    const income = incomes[at] as number;
    total += income;
    growth *= 1 + income / UNITS;
  }
  return figure(
    formula === 'simple' ? ((total / WEEK) * YEAR) / UNITS : growth ** (YEAR / WEEK) - 1,
  );
}

/** The daily returns of a money fund, R ÷ 10,000, for every measure of this library. */
export function incomeReturns(incomes: Numbers): Float64Array {
  return Float64Array.from(incomes, (income) => income / UNITS);
}

/** One publication of income for the last `days` days, in equal parts. RangeError below one day. */
export function spreadIncome(income: number, days: number): Float64Array {
  if (!(Number.isInteger(days) && days >= 1)) throw new RangeError(`${days} days of income`);
  return new Float64Array(days).fill(income / days);
}
