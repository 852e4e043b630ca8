import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listDrawdowns } from './drawdowns.ts';
import { evaluate } from './evaluate.ts';
import type { MeasureId } from './measures.ts';
import { livelySeries } from './testing.ts';

describe('drawdowns', () => {
  const days = [1, 2, 3, 4, 5, 6, 7];

  test('are listed with their days, the deepest first', () => {
    const { value } = listDrawdowns({ days, values: [10, 9, 10, 12, 6, 9, 11] });
    expect(value).toEqual([
      { depth: 0.5, peakDay: 4, troughDay: 5, recoveryDay: null },
      { depth: 1 - 0.9, peakDay: 1, troughDay: 2, recoveryDay: 3 },
    ]);
  });

  test('agree with the measures', () => {
    fc.assert(
      fc.property(livelySeries, ({ returns }) => {
        const path = returns.reduce<number[]>(
          (all, r) => [...all, (all.at(-1) as number) * (1 + r)],
          [1],
        );
        const dates = path.map((_, at) => at * 2);
        const all = listDrawdowns({ days: dates, values: path }).value ?? [];
        const ids: MeasureId[] = [
          'maxDrawdown',
          'drawdownCount',
          'averageDrawdown',
          'maxDrawdownPeakDate',
          'maxDrawdownTroughDate',
        ];
        const figures = evaluate({ returns, days: dates }, ids);
        const [max, count, average, peak, trough] = ids.map((id) => figures[id].value);
        expect(all[0]?.depth).toBeCloseTo(max as number, 10);
        expect(all).toHaveLength(count as number);
        const total = all.reduce((sum, { depth }) => sum + depth, 0);
        expect(total / all.length).toBeCloseTo(average as number, 10);
        expect([all[0]?.peakDay, all[0]?.troughDay]).toEqual([peak, trough]);
      }),
    );
  });

  test('of a path with a gap or from nothing are not stated', () => {
    expect(listDrawdowns({ days: [1, 2], values: [1, Number.NaN] }).reason).toBe('NOT_FINITE');
    expect(listDrawdowns({ days: [1, 2], values: [0, 1] }).reason).toBe('TOTAL_LOSS');
    expect(listDrawdowns({ days: [], values: [] }).value).toEqual([]);
    expect(listDrawdowns({ days: [1, 2], values: [1, 0] }).value?.[0]?.depth).toBe(1);
  });
});
