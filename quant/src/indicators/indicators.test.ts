import { describe, expect, test } from 'vitest';
import { absent, type Figure } from '../figure.ts';
import { formatDay, parseDay } from '../numeric/day.ts';
import { quantile } from '../numeric/quantile.ts';
import { evaluate } from '../performance/evaluate.ts';
import { MEASURE_IDS, MEASURES, type MeasureId } from '../performance/measures.ts';
import { alignToBenchmark, riskFreeReturns } from '../series/align.ts';
import type { Levels } from '../series/levels.ts';
import { calendarSpan, findRows, type Span, trailingSpan } from '../series/windows.ts';
import { hasPublished, readTable } from '../testing.ts';
import { fullYears, planOf, rollingSpans } from './catalogue.ts';
import {
  computeIndicators,
  figureOf,
  type Indicator,
  indicators,
  planFor,
  printIndicator,
} from './indicators.ts';
import { createPanel, panelOf } from './panel.ts';
import { sampleMarket, weekdays } from './sample-market.ts';
import { readFund } from './testing.ts';

/** The plain twin: each window cut out of the aligned returns and evaluated on its own. */
function plainFigure(
  fund: Levels,
  benchmark: Levels,
  { id, span }: { id: MeasureId; span: Span },
): Figure {
  const rows = findRows(fund.days, span);
  if (rows.value === null) return absent(rows.reason);
  const { from, to } = rows.value;
  if (to === from) return absent('TOO_FEW_OBSERVATIONS');
  const cut = (levels: Levels): Levels => ({
    days: Array.from(levels.days).slice(from, to + 1),
    values: Array.from(levels.values).slice(from, to + 1),
  });
  const aligned = alignToBenchmark(cut(fund), benchmark).value;
  if (aligned === null) return absent('NOT_FINITE');
  const riskFree = riskFreeReturns({ days: [0], annualRates: [0.02] }, aligned.days);
  return evaluate({ ...aligned, riskFree }, [id])[id];
}

const near = (one: Figure, other: Figure) =>
  one.value === null || other.value === null
    ? one.reason === other.reason
    : Math.abs(one.value - other.value) <= 1e-10 * Math.max(1, Math.abs(other.value));

describe('indicators of a fund', () => {
  const { panel } = sampleMarket({ funds: 3, days: 1100, types: 1 });
  const asOf = panel.days.at(-1) as number;
  const benchmark = { days: panel.days, values: panel.benchmarks };
  // Every fifth value is missing, as of a fund that is closed now and then.
  const whole = readFund(panel, 1);
  const keep = (_: unknown, at: number) => at % 5 !== 3;
  const gapped = { days: whole.days.filter(keep), values: whole.values.filter(keep) };

  test.each([
    ['with a value each day', whole],
    ['with gaps', gapped],
  ])('are the measures of each window, %s', (_, fund) => {
    const all = indicators(fund, { benchmark, riskFree: 0.02, rolling: false });
    const spanOf = (window: string): Span => {
      if (/^\d{4}$/.test(window)) return calendarSpan(Number(window));
      const start = fund.days[0] as number;
      return trailingSpan(window as '1y', fund.days.at(-1) as number) ?? { start, end: asOf };
    };
    const wrong = all.filter(
      (each) =>
        !near(each, plainFigure(fund, benchmark, { id: each.measure, span: spanOf(each.window) })),
    );
    expect(wrong.map(({ id, value, reason }) => [id, value ?? reason])).toEqual([]);
    expect(new Set(all.map(({ window }) => window))).toContain('2014');
  });

  test('are summed up over rolling years', () => {
    const measures: MeasureId[] = ['totalReturn', 'sharpeRatio', 'valueAtRisk95', 'beta'];
    const all = indicators(gapped, { benchmark, riskFree: 0.02, measures });
    const spans = rollingSpans(planOf(gapped.days.at(-1) as number), gapped.days[0] as number);
    expect(spans.length).toBeGreaterThan(30);
    for (const id of measures) {
      const values = spans
        .map((span) => plainFigure(gapped, benchmark, { id, span }).value)
        .filter((value) => value !== null);
      const named = (window: string) => all.find((each) => each.id === `${id}.${window}`)?.value;
      expect(named('rolling1yLow')).toBeCloseTo(Math.min(...values), 10);
      expect(named('rolling1yMedian')).toBeCloseTo(quantile(values, 0.5), 10);
      expect(named('rolling1yHigh')).toBeCloseTo(Math.max(...values), 10);
    }
  });

  test('are more than four hundred, each with its own id and in both languages', () => {
    const all = indicators(whole, { benchmark, riskFree: 0.02 });
    const stated = all.filter(({ value }) => value !== null);
    expect(stated.length).toBeGreaterThan(400);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const sharpe = all.find(({ id }) => id === 'sharpeRatio.1y');
    expect(sharpe).toMatchObject({
      name: { en: 'Sharpe ratio, one year', zh: '近一年夏普比率' },
      formula: MEASURES.sharpeRatio.formula,
      unit: 'ratio',
      higherIsBetter: true,
    });
    expect(all.some(({ id }) => id === 'maxDrawdownPeakDate.rolling1yLow')).toBe(false);
  });

  test('say why they have no value', () => {
    const young = { days: whole.days.slice(-30), values: whole.values.slice(-30) };
    const all = new Map(indicators(young, { riskFree: 0.02 }).map((each) => [each.id, each]));
    const reason = (id: string) => all.get(id)?.reason;
    expect(reason('totalReturn.1y')).toBe('NOT_ENOUGH_HISTORY');
    expect(reason('totalReturn.rolling1yLow')).toBe('NOT_ENOUGH_HISTORY');
    expect(reason('annualReturn.1m')).toBe('LESS_THAN_A_YEAR');
    expect(reason('beta.1m')).toBe('NO_BENCHMARK');
    expect(reason('skewness.1w')).toBeUndefined();
    expect(reason('valueAtRisk95.1w')).toBe('TOO_FEW_OBSERVATIONS');
  });

  test('a fund that ended is not measured as of today', () => {
    const ended = { days: whole.days.slice(0, 300), values: whole.values.slice(0, 300) };
    const all = indicators(ended, { asOf, measures: ['totalReturn'], rolling: false });
    expect(all.find(({ id }) => id === 'totalReturn.1y')?.reason).toBe('GAP');
    expect(all.find(({ id }) => id === 'totalReturn.all')?.reason).toBe('GAP');
  });

  test('read as a person writes them', () => {
    const one = (unit: Indicator['unit'], value: number | null) =>
      printIndicator({ unit, value } as Indicator);
    expect(one('fraction', 0.01234)).toBe('1.23 %');
    expect(one('ratio', 1.23456)).toBe('1.2346');
    expect(one('date', parseDay('2021-01-22'))).toBe('2021-01-22');
    expect(one('count', 3)).toBe('3');
    expect(one('per year', null)).toBe('–');
  });
});

describe('a panel', () => {
  test('of funds with calendars of their own has all their days', () => {
    const one = { days: [10, 12, 13], values: [1, 2, 3] };
    const other = { days: [11, 12], values: [5, 6] };
    const panel = panelOf([one, other], { benchmarks: [one], benchmarkOf: [0, -1] });
    expect(Array.from(panel.days)).toEqual([10, 11, 12, 13]);
    expect(readFund(panel, 1)).toEqual({ days: [11, 12], values: [5, 6] });
    const table = computeIndicators(
      panel,
      planFor(panel, { measures: ['totalReturn', 'beta'], trailing: ['all'] }),
    );
    expect(figureOf(table, 0, 0).value).toBeCloseTo(2, 12);
    expect(figureOf(table, 1, 0).value).toBeCloseTo(0.2, 12);
    expect(figureOf(table, 1, 1).reason).toBe('NO_BENCHMARK');
  });

  test('refuses days out of order and a benchmark that is not there', () => {
    expect(() => panelOf([{ days: [2, 1], values: [1, 1] }])).toThrow('fund 0');
    expect(() => createPanel([2, 1], 1)).toThrow('calendar');
    const options = { benchmarks: [], benchmarkOf: [0, 3] };
    expect(() => createPanel([1, 2], 2, options)).toThrow(
      'no such benchmark: fund 0: 0, fund 1: 3',
    );
    expect(() => indicators({ days: [], values: [] })).toThrow('the panel has no days');
  });

  test('keeps a fund without values and one with a single value apart from errors', () => {
    const panel = createPanel(weekdays(5), 2);
    panel.values[7] = 1;
    const plan = planFor(panel, { measures: ['totalReturn'], trailing: ['all'], rolling: true });
    const table = computeIndicators(panel, plan);
    expect(figureOf(table, 0, 0).reason).toBe('TOO_FEW_OBSERVATIONS');
    expect(figureOf(table, 1, 0).reason).toBe('TOO_FEW_OBSERVATIONS');
    expect(figureOf(table, 1, 1).reason).toBe('NOT_ENOUGH_HISTORY');
  });

  test('measures against the risk-free rate where that is the minimum acceptable return', () => {
    const { panel } = sampleMarket({ funds: 1, days: 300, types: 1 });
    const plan = planFor(panel, { measures: ['downsidePotential'], trailing: ['all'] });
    const of = (minimumAcceptable: number | 'riskFree') =>
      figureOf(computeIndicators(panel, plan, { minimumAcceptable }), 0, 0).value as number;
    expect(of('riskFree')).toBeCloseTo(of(0.02), 4);
    expect(of('riskFree')).toBeGreaterThan(of(0));
  });

  test('years and months of a calendar', () => {
    expect(fullYears(parseDay('2018-12-31'), parseDay('2020-12-30'))).toEqual([2019]);
    expect(fullYears(parseDay('2018-06-30'), parseDay('2020-12-31'))).toEqual([2019, 2020]);
    const spans = rollingSpans(planOf(parseDay('2020-03-30')), parseDay('2018-12-31'));
    expect(spans.map(({ start, end }) => `${formatDay(start)} ${formatDay(end)}`)).toEqual([
      '2018-12-31 2019-12-31',
      '2019-01-31 2020-01-31',
      '2019-02-28 2020-02-29',
    ]);
  });
});

describe.skipIf(!hasPublished('funds'))('a real fund (CAIRN_DATA)', () => {
  test('has its indicators against the index, over 400 with a value', () => {
    const rows = readTable('funds/fund5_NetAssetValue.csv')
      .filter((row) => row['fund_code'] === '110011')
      .reverse();
    const fund = {
      days: rows.map((row) => parseDay(row['report_date'] ?? '')),
      values: rows.map((row) => Number(row['accumulated_net_value'])),
    };
    const index = readTable('market/idx_h00300.csv').map((row) => Object.values(row));
    const benchmark = {
      days: index.map(([day = '']) => parseDay(day)),
      values: index.map((cells) => Number(cells.at(-1))),
    };
    const all = indicators(fund, { benchmark, riskFree: 0.025 });
    const stated = all.filter(({ value }) => value !== null);
    expect(stated.length).toBeGreaterThan(400);
    const beta = all.find(({ id }) => id === 'beta.5y')?.value ?? Number.NaN;
    expect(beta).toBeGreaterThan(0.5);
    expect(beta).toBeLessThan(1.2);
    expect(MEASURE_IDS.length * 10).toBeLessThan(all.length);
  });
});
