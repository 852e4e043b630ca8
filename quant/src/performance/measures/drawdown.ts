import { quantileOfSorted } from '../../numeric/quantile.ts';
import type { Facts } from '../facts.ts';
import { belowZero, noDates, noDrawdown, notRecovered } from '../guards.ts';
import type { Measure } from '../measure.ts';

const BACON = 'Bacon, Practical Risk-Adjusted Performance Measurement (2012)';
const CDAR = 'Chekhlov, Uryasev and Zabarankin, Drawdown Measure in Portfolio Optimization (2005)';

function dateAt({ window }: Facts, at: number): number {
  return (window.days as Int32Array)[window.from + at] as number;
}

/** Mean of the ascending values that are at least their p-quantile. */
function meanAbove(ascending: Float64Array, p: number): number {
  const limit = quantileOfSorted(ascending, p);
  let total = 0;
  let count = 0;
  for (let at = ascending.length - 1; at >= 0 && (ascending[at] as number) >= limit; at--) {
    total += ascending[at] as number;
    count += 1;
  }
  return total / count;
}

/**
 * How far and how long the value stood below its peak. The value before the first return is the
 * first peak; depths are positive fractions of the peak; lengths are in periods.
 */
export const DRAWDOWN_MEASURES = {
  maxDrawdown: {
    name: { en: 'maximum drawdown', zh: '最大回撤' },
    formula: 'max(1 − value ÷ peak so far)',
    unit: 'fraction',
    higherIsBetter: false,
    needs: [],
    minObservations: 1,
    absentWhen: [belowZero],
    source: BACON,
    compute: ({ returns }) => returns.maxDrawdown,
  },
  averageDrawdown: {
    name: { en: 'average drawdown', zh: '平均回撤' },
    formula: 'Σ depth of each episode ÷ episodes',
    unit: 'fraction',
    higherIsBetter: false,
    needs: ['drawdowns'],
    minObservations: 1,
    absentWhen: [belowZero, noDrawdown],
    convention: 'an episode lasts from a peak to the return to it; the open one counts',
    source: BACON,
    compute: ({ drawdowns }) => drawdowns.depthSum / drawdowns.episodes,
  },
  drawdownDeviation: {
    name: { en: 'drawdown deviation', zh: '回撤偏差' },
    formula: '√(Σ depth² of each episode ÷ n)',
    unit: 'fraction',
    higherIsBetter: false,
    needs: ['drawdowns'],
    minObservations: 1,
    absentWhen: [belowZero],
    source: BACON,
    compute: ({ drawdowns, window }) => Math.sqrt(drawdowns.depthSquares / window.count),
  },
  ulcerIndex: {
    name: { en: 'ulcer index', zh: '溃疡指数' },
    formula: '√(Σ(1 − value ÷ peak)² ÷ n)',
    unit: 'fraction',
    higherIsBetter: false,
    needs: ['drawdowns'],
    minObservations: 1,
    absentWhen: [belowZero],
    source: 'Martin and McCann, The Investor’s Guide to Fidelity Funds (1989)',
    compute: ({ drawdowns }) => Math.sqrt(drawdowns.ulcer2),
  },
  painIndex: {
    name: { en: 'pain index', zh: '痛苦指数' },
    formula: 'Σ(1 − value ÷ peak) ÷ n',
    unit: 'fraction',
    higherIsBetter: false,
    needs: ['drawdowns'],
    minObservations: 1,
    absentWhen: [belowZero],
    source: `Becker, Zephyr Associates (2006); ${BACON}`,
    compute: ({ drawdowns }) => drawdowns.pain,
  },
  currentDrawdown: {
    name: { en: 'current drawdown', zh: '当前回撤' },
    formula: '1 − last value ÷ peak',
    unit: 'fraction',
    higherIsBetter: false,
    needs: ['drawdowns'],
    minObservations: 1,
    absentWhen: [belowZero],
    source: 'definition',
    compute: ({ drawdowns }) => drawdowns.current,
  },
  drawdownCount: {
    name: { en: 'number of drawdowns', zh: '回撤次数' },
    formula: 'episodes below a peak',
    unit: 'count',
    higherIsBetter: false,
    needs: ['drawdowns'],
    minObservations: 1,
    absentWhen: [belowZero],
    source: 'definition',
    compute: ({ drawdowns }) => drawdowns.episodes,
  },
  longestDrawdown: {
    name: { en: 'longest drawdown', zh: '最长回撤期数' },
    formula: 'most periods from a peak to the return to it, or to the end',
    unit: 'periods',
    higherIsBetter: false,
    needs: ['drawdowns'],
    minObservations: 1,
    absentWhen: [belowZero],
    source: BACON,
    compute: ({ drawdowns }) => drawdowns.longest,
  },
  averageDrawdownLength: {
    name: { en: 'average length of drawdowns', zh: '平均回撤期数' },
    formula: 'Σ length of each episode ÷ episodes',
    unit: 'periods',
    higherIsBetter: false,
    needs: ['drawdowns'],
    minObservations: 1,
    absentWhen: [belowZero, noDrawdown],
    source: BACON,
    compute: ({ drawdowns }) => drawdowns.lengthSum / drawdowns.episodes,
  },
  maxDrawdownFall: {
    name: { en: 'periods of the maximum drawdown’s fall', zh: '最大回撤下跌期数' },
    formula: 'periods from peak to trough of the deepest episode',
    unit: 'periods',
    higherIsBetter: false,
    needs: ['drawdowns'],
    minObservations: 1,
    absentWhen: [belowZero, noDrawdown],
    convention: 'the earliest of equally deep ones',
    source: BACON,
    compute: ({ drawdowns }) => drawdowns.troughAt - drawdowns.peakAt,
  },
  maxDrawdownRecovery: {
    name: { en: 'periods of the maximum drawdown’s recovery', zh: '最大回撤修复期数' },
    formula: 'periods from trough to recovery of the deepest episode',
    unit: 'periods',
    higherIsBetter: false,
    needs: ['drawdowns'],
    minObservations: 1,
    absentWhen: [belowZero, noDrawdown, notRecovered],
    source: BACON,
    compute: ({ drawdowns }) => drawdowns.recoveredAt - drawdowns.troughAt,
  },
  maxDrawdownPeakDate: {
    name: { en: 'peak of the maximum drawdown', zh: '最大回撤起始日' },
    formula: 'date of the last peak before the deepest trough',
    unit: 'date',
    higherIsBetter: null,
    needs: ['drawdowns'],
    minObservations: 1,
    absentWhen: [belowZero, noDates, noDrawdown],
    source: 'definition',
    compute: (facts) => dateAt(facts, facts.drawdowns.peakAt),
  },
  maxDrawdownTroughDate: {
    name: { en: 'trough of the maximum drawdown', zh: '最大回撤最低日' },
    formula: 'date of the deepest trough',
    unit: 'date',
    higherIsBetter: null,
    needs: ['drawdowns'],
    minObservations: 1,
    absentWhen: [belowZero, noDates, noDrawdown],
    source: 'definition',
    compute: (facts) => dateAt(facts, facts.drawdowns.troughAt),
  },
  maxDrawdownRecoveryDate: {
    name: { en: 'recovery of the maximum drawdown', zh: '最大回撤修复日' },
    formula: 'first date on which the value is back at the peak',
    unit: 'date',
    higherIsBetter: null,
    needs: ['drawdowns'],
    minObservations: 1,
    absentWhen: [belowZero, noDates, noDrawdown, notRecovered],
    source: 'definition',
    compute: (facts) => dateAt(facts, facts.drawdowns.recoveredAt),
  },
  drawdownAtRisk95: {
    name: { en: 'drawdown at risk 95 %', zh: '95% 在险回撤' },
    formula: '95 % quantile of 1 − value ÷ peak',
    unit: 'fraction',
    higherIsBetter: false,
    needs: ['depths'],
    minObservations: 20,
    absentWhen: [belowZero],
    convention: 'over all periods; quantile of type 7',
    source: CDAR,
    compute: ({ depths }) => quantileOfSorted(depths.ascending, 0.95),
  },
  conditionalDrawdown95: {
    name: { en: 'conditional drawdown at risk 95 %', zh: '95% 条件在险回撤' },
    formula: 'mean of the depths that are at least drawdown at risk',
    unit: 'fraction',
    higherIsBetter: false,
    needs: ['depths'],
    minObservations: 20,
    absentWhen: [belowZero],
    source: CDAR,
    compute: ({ depths }) => meanAbove(depths.ascending, 0.95),
  },
} as const satisfies Readonly<Record<string, Measure>>;
