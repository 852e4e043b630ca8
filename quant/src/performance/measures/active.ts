import type { Facts } from '../facts.ts';
import {
  belowYear,
  belowZero,
  benchmarkRuined,
  flatActive,
  noDownMarket,
  noUpMarket,
  zeroDownCapture,
} from '../guards.ts';
import { annualDeviation, annualReturnOf, type Measure } from '../measure.ts';

const BACON = 'Bacon, Practical Risk-Adjusted Performance Measurement (2012)';
const MORNINGSTAR = 'Morningstar, Upside and Downside Capture Ratios (methodology)';

/** Annual return of the periods of one market, fund over benchmark. */
function captureOf(market: 'upMarket' | 'downMarket', facts: Facts): number {
  const { growth, benchmarkGrowth, count } = facts[market];
  const power = facts.window.periodsPerYear / count;
  return (growth ** power - 1) / (benchmarkGrowth ** power - 1);
}

/** A measure that compares with a benchmark. */
export function relative(
  fields: Pick<Measure, 'name' | 'formula' | 'source' | 'compute'> & Partial<Measure>,
): Measure {
  return {
    unit: 'ratio',
    higherIsBetter: true,
    needs: ['pair'],
    minObservations: 2,
    absentWhen: [],
    ...fields,
  };
}

/** Fund and benchmark side by side, without a model. */
export const ACTIVE_MEASURES = {
  benchmarkReturn: relative({
    name: { en: 'return of the benchmark', zh: '基准收益率' },
    formula: 'Π(1 + b) − 1',
    unit: 'fraction',
    higherIsBetter: null,
    minObservations: 1,
    source: BACON,
    compute: ({ pair }) => pair.benchmarkGrowth - 1,
  }),
  excessReturn: relative({
    name: { en: 'return over the benchmark', zh: '超额收益率' },
    formula: 'Π(1 + r) − Π(1 + b)',
    unit: 'fraction',
    minObservations: 1,
    absentWhen: [belowZero],
    convention: 'arithmetic difference of the total returns',
    source: BACON,
    compute: ({ returns, pair }) => returns.growth - pair.benchmarkGrowth,
  }),
  geometricExcessReturn: relative({
    name: { en: 'geometric return over the benchmark', zh: '几何超额收益率' },
    formula: 'Π(1 + r) ÷ Π(1 + b) − 1',
    unit: 'fraction',
    minObservations: 1,
    absentWhen: [belowZero, benchmarkRuined],
    source: BACON,
    compute: ({ returns, pair }) => returns.growth / pair.benchmarkGrowth - 1,
  }),
  activePremium: relative({
    name: { en: 'annual return over the benchmark', zh: '年化超额收益率' },
    formula: 'annual(r) − annual(b)',
    unit: 'per year',
    minObservations: 1,
    absentWhen: [belowZero, belowYear],
    source: BACON,
    compute: (facts) =>
      facts.window.annualGrowth - 1 - annualReturnOf(facts.pair.benchmarkGrowth, facts),
  }),
  benchmarkWinRate: relative({
    name: { en: 'win rate against the benchmark', zh: '相对基准胜率' },
    formula: '#(r > b) ÷ n',
    unit: 'fraction',
    minObservations: 1,
    source: BACON,
    compute: ({ pair, window }) => pair.wins / window.count,
  }),
  trackingError: relative({
    name: { en: 'tracking error', zh: '年化跟踪误差' },
    formula: '√p · s(r − b)',
    unit: 'per year',
    higherIsBetter: false,
    convention: 'sample',
    source: BACON,
    compute: (facts) => annualDeviation(facts.pair.activeM2, facts),
  }),
  informationRatio: relative({
    name: { en: 'information ratio', zh: '信息比率' },
    formula: 'mean(r − b) ÷ s(r − b) · √p',
    absentWhen: [flatActive],
    convention: 'arithmetic mean, sample deviation',
    source: 'Grinold and Kahn, Active Portfolio Management (2000)',
    compute: (facts) =>
      (facts.pair.activeMean * facts.window.periodsPerYear) /
      annualDeviation(facts.pair.activeM2, facts),
  }),
  geometricInformationRatio: relative({
    name: { en: 'geometric information ratio', zh: '几何信息比率' },
    formula: '(annual(r) − annual(b)) ÷ tracking error',
    absentWhen: [belowZero, flatActive, belowYear],
    source: BACON,
    compute: (facts) =>
      (facts.window.annualGrowth - 1 - annualReturnOf(facts.pair.benchmarkGrowth, facts)) /
      annualDeviation(facts.pair.activeM2, facts),
  }),
  relativeDrawdown: relative({
    name: { en: 'maximum relative drawdown', zh: '相对基准最大回撤' },
    formula: 'maximum drawdown of Π(1 + r) ÷ Π(1 + b)',
    unit: 'fraction',
    higherIsBetter: false,
    needs: ['pair', 'residual'],
    minObservations: 2,
    absentWhen: [belowZero, benchmarkRuined],
    source: 'definition',
    compute: ({ residual }) => residual.relativeDrawdown,
  }),
  upCapture: relative({
    name: { en: 'up capture', zh: '上行捕获率' },
    formula: 'annual(r) ÷ annual(b) over the periods with b > 0',
    needs: ['pair', 'markets'],
    absentWhen: [belowZero, noUpMarket],
    convention: 'a year is p of these periods',
    source: MORNINGSTAR,
    compute: (facts) => captureOf('upMarket', facts),
  }),
  downCapture: relative({
    name: { en: 'down capture', zh: '下行捕获率' },
    formula: 'annual(r) ÷ annual(b) over the periods with b < 0',
    higherIsBetter: false,
    needs: ['pair', 'markets'],
    absentWhen: [belowZero, noDownMarket],
    convention: 'a year is p of these periods',
    source: MORNINGSTAR,
    compute: (facts) => captureOf('downMarket', facts),
  }),
  captureRatio: relative({
    name: { en: 'capture ratio', zh: '捕获比' },
    formula: 'up capture ÷ down capture',
    needs: ['pair', 'markets'],
    absentWhen: [belowZero, noUpMarket, noDownMarket, zeroDownCapture],
    source: MORNINGSTAR,
    compute: (facts) => captureOf('upMarket', facts) / captureOf('downMarket', facts),
  }),
  upNumberRatio: relative({
    name: { en: 'up number ratio', zh: '上行同向比例' },
    formula: '#(r > 0 and b > 0) ÷ #(b > 0)',
    unit: 'fraction',
    needs: ['pair', 'markets'],
    absentWhen: [noUpMarket],
    source: BACON,
    compute: ({ upMarket }) => upMarket.same / upMarket.count,
  }),
  downNumberRatio: relative({
    name: { en: 'down number ratio', zh: '下行同向比例' },
    formula: '#(r < 0 and b < 0) ÷ #(b < 0)',
    unit: 'fraction',
    higherIsBetter: false,
    needs: ['pair', 'markets'],
    absentWhen: [noDownMarket],
    source: BACON,
    compute: ({ downMarket }) => downMarket.same / downMarket.count,
  }),
  upPercentageRatio: relative({
    name: { en: 'up percentage ratio', zh: '上行跑赢比例' },
    formula: '#(r > b and b > 0) ÷ #(b > 0)',
    unit: 'fraction',
    needs: ['pair', 'markets'],
    absentWhen: [noUpMarket],
    source: BACON,
    compute: ({ upMarket }) => upMarket.wins / upMarket.count,
  }),
  downPercentageRatio: relative({
    name: { en: 'down percentage ratio', zh: '下行跑赢比例' },
    formula: '#(r > b and b < 0) ÷ #(b < 0)',
    unit: 'fraction',
    needs: ['pair', 'markets'],
    absentWhen: [noDownMarket],
    source: BACON,
    compute: ({ downMarket }) => downMarket.wins / downMarket.count,
  }),
} as const satisfies Readonly<Record<string, Measure>>;
