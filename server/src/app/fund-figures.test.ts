import { addDays, type LocalDate, localDate } from '@cairn/kernel';
import { describe, expect, it } from 'vitest';
import type { FundHistory } from '../modules/products/index.ts';
import { fundFigures } from './fund-figures.ts';

const START = localDate('2026-01-05');
const days = (count: number): LocalDate[] =>
  Array.from({ length: count }, (_, index) => addDays(START, index));

function history(navs: readonly number[], rest: Partial<FundHistory> = {}): FundHistory {
  return {
    fundCode: '990001',
    days: days(navs.length),
    navs: navs.map((nav) => String(nav)),
    dividends: [],
    splits: [],
    ...rest,
  };
}

describe('figures of a fund', () => {
  it('puts a dividend back: the day the NAV fell by it earned what the rest earned', () => {
    const navs = [1, 1.1, 1.0, 1.05];
    const dividends = [{ exDate: addDays(START, 2), perUnit: '0.1' }];
    const { points, drawdowns } = fundFigures(history(navs, { dividends }), [], START);
    expect(points.map((point) => point.growth)).toEqual(['0.00', '10.00', '10.00', '15.50']);
    expect(points.map((point) => point.drawdown)).toEqual(['0.00', '0.00', '0.00', '0.00']);
    expect(points.at(-1)).toMatchObject({ nav: '1.05', adjusted: '1.155000', peers: null });
    expect(drawdowns).toEqual([]);
  });

  it('tells how far below its peak it stands, from its whole life, and since when', () => {
    const { points, drawdowns } = fundFigures(
      history([1, 2, 1.5, 1.8, 2.2, 1.1]),
      [],
      addDays(START, 3),
    );
    expect(points.map((point) => [point.growth, point.drawdown])).toEqual([
      ['0.00', '-10.00'],
      ['22.22', '0.00'],
      ['-38.89', '-50.00'],
    ]);
    expect(drawdowns).toEqual([
      {
        depth: '50.00',
        peakDate: addDays(START, 4),
        troughDate: addDays(START, 5),
        recoveryDate: null,
      },
      {
        depth: '25.00',
        peakDate: addDays(START, 1),
        troughDate: addDays(START, 2),
        recoveryDate: addDays(START, 4),
      },
    ]);
  });

  it('stands beside the mean of its peers, with its rank, where windows have a beginning', () => {
    const own = history(Array.from({ length: 40 }, (_, n) => 1 + n / 100));
    const flat = { ...history(Array.from({ length: 40 }, () => 1)), fundCode: '990002' };
    const fast = {
      ...history(Array.from({ length: 40 }, (_, n) => 1 + n / 50)),
      fundCode: '990003',
    };
    const { windows, points } = fundFigures(own, [flat, fast], START);
    const month = windows.find(({ id }) => id === '1m');
    // 8 January (1.08 … 1.39): own 1.39 / 1.08 − 1; peers the mean of 0 and 1.78 / 1.16 − 1.
    expect(month).toMatchObject({
      title: { en: 'one month', zh: '近一月' },
      growth: { value: '28.70' },
      rank: 2,
      of: 3,
    });
    expect(Number(month?.excess.value)).toBeCloseTo(
      Number(month?.growth.value) - Number(month?.peers.value),
      1,
    );
    const year = windows.find(({ id }) => id === '1y');
    expect(year).toMatchObject({ growth: { value: null }, rank: null, of: 0 });
    expect(year?.growth.reason?.zh).toMatch(/历史/);
    expect(points[1]).toMatchObject({ growth: '1.00', peers: '1.00' });
  });

  it('gives the standard measures with formula, and a reason where there is no number', () => {
    const navs = Array.from({ length: 30 }, (_, n) => 1 + Math.sin(n) / 50);
    const { measures } = fundFigures(history(navs), [], START);
    expect(measures.length).toBe(15);
    const of = (id: string) => measures.find((measure) => measure.id === id);
    expect(of('totalReturn')).toMatchObject({
      name: { zh: '区间收益率' },
      formula: { en: 'Π(1 + r) − 1', zh: 'Π(1 + r) − 1' },
    });
    expect(of('maxDrawdown')?.figure.value).toMatch(/^\d+\.\d{2}$/);
    expect(of('beta')?.figure).toEqual({
      value: null,
      reason: { en: 'no benchmark was given', zh: '未给出业绩基准' },
    });
  });

  it('shows nothing rather than something wrong for a fund whose value fell to zero', () => {
    expect(fundFigures(history([1, 0]), [], START)).toEqual({
      points: [],
      windows: [],
      drawdowns: [],
      measures: [],
    });
  });
});
