export {
  type AdjustedNav,
  adjustNav,
  type Dividend,
  type NavHistory,
  type Split,
} from './adjusted-nav.ts';
export {
  type AlignedReturns,
  alignToBenchmark,
  periodicRate,
  type RateSeries,
  riskFreeReturns,
} from './align.ts';
export { CARRY_DAYS_MAX, carryForward, findGaps, type Gaps } from './calendar.ts';
export { chainReturns, findDisorder, type Levels, logReturns, simpleReturns } from './levels.ts';
export {
  incomePerTenThousand,
  incomeReturns,
  sevenDayYields,
  spreadIncome,
  type YieldFormula,
} from './money-fund.ts';
export {
  compoundReturns,
  type Period,
  PERIODS_PER_YEAR,
  type PeriodReturns,
} from './periods.ts';
export {
  calendarSpan,
  findRows,
  type Span,
  TRAILING_WINDOWS,
  type TrailingWindow,
  trailingSpan,
  type WindowRows,
} from './windows.ts';
