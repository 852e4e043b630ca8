import { describe, expect, it } from 'vitest';
import { compactDay, daysBetween, parseCompactDay, TradingDays } from './dates.ts';

describe('calendar days', () => {
  it.each([
    ['2026-09-10', '2026-09-30', 20],
    ['2025-01-06', '2026-09-30', 632],
    ['2020-02-28', '2020-03-01', 2],
    ['2019-02-28', '2019-03-01', 1],
    ['1999-12-31', '2000-01-01', 1],
    ['2000-02-28', '2000-03-01', 2],
    ['2100-02-28', '2100-03-01', 1],
    ['2026-01-02', '2026-01-01', -1],
  ])('from %s to %s is %i', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '20260401', ''])(
    'refuses "%s"',
    (day) => {
      expect(() => daysBetween(day, '2026-01-01')).toThrow(RangeError);
    },
  );

  it('reads and writes the form of the files', () => {
    expect(compactDay('2026-03-29')).toBe('20260329');
    expect(parseCompactDay('20260329')).toBe('2026-03-29');
    expect(() => parseCompactDay('20260230')).toThrow(RangeError);
  });
});

describe('trading days', () => {
  const days = new TradingDays(['2026-09-29', '2026-09-30', '2026-10-09', '2026-10-12']);

  it('steps over days that do not trade', () => {
    expect(days.plus('2026-09-30', 1)).toBe('2026-10-09');
    expect(days.plus('2026-09-29', 3)).toBe('2026-10-12');
    expect(() => days.plus('2026-10-12', 1)).toThrow('ends before');
    expect(() => days.plus('2026-10-01', 1)).toThrow('not a trading day');
  });

  it('finds the last one on or before a day', () => {
    expect(days.findOnOrBefore('2026-10-05')).toBe('2026-09-30');
    expect(days.findOnOrBefore('2026-10-12')).toBe('2026-10-12');
    expect(days.findOnOrBefore('2026-09-28')).toBeUndefined();
  });

  it('refuses days out of order', () => {
    expect(() => new TradingDays(['2026-09-30', '2026-09-29'])).toThrow('must ascend');
  });
});
