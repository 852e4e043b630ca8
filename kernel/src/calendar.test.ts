import * as fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CalendarRangeError, exchangeCalendar as calendar, tradingCalendarOf } from './calendar.ts';
import { addDays, dayOfWeek, daysBetween, type LocalDate, localDate } from './date.ts';
import { AppError, AssertionError } from './errors.ts';

const day = localDate;
const length = daysBetween(calendar.first, calendar.last) + 1;
const anyDay = fc.integer({ min: 0, max: length - 1 }).map((n) => addDays(calendar.first, n));
// Away from both ends, so that the naive scans below stay inside the calendar.
const innerDay = fc.integer({ min: 400, max: length - 401 }).map((n) => addDays(calendar.first, n));

function scan(from: LocalDate, step: 1 | -1): LocalDate {
  let d = from;
  while (!calendar.isTradingDay(d)) d = addDays(d, step);
  return d;
}

describe('the exchange calendar', () => {
  it('covers 1991 to 2026, closed on every weekend', () => {
    expect([calendar.first, calendar.last]).toEqual(['1991-01-01', '2026-12-31']);
    const all = Array.from({ length }, (_, i) => addDays(calendar.first, i));
    expect(all.filter((d) => dayOfWeek(d) > 5 && calendar.isTradingDay(d))).toEqual([]);
    const closedWeekdays = all.filter((d) => dayOfWeek(d) <= 5 && !calendar.isTradingDay(d));
    expect(closedWeekdays).toHaveLength(605);
  });

  it('knows days that a rule of thumb gets wrong', () => {
    const rows: readonly [string, boolean][] = [
      ['2024-02-09', false], // New Year's Eve, no public holiday that year, exchange closed
      ['2024-02-04', false], // make-up work Sunday: banks open, exchange closed
      ['2020-01-31', false], // the holiday prolonged by the epidemic
      ['2020-02-03', true],
      ['2026-01-02', false],
      ['2026-11-20', true],
    ];
    for (const [d, open] of rows) expect([d, calendar.isTradingDay(day(d))]).toEqual([d, open]);
  });

  it('has 487 trading days in 2019 and 2020 together', () => {
    expect(calendar.tradingDaysBetween(day('2019-01-01'), day('2020-12-31'))).toHaveLength(487);
  });

  const data = process.env['CAIRN_DATA'];
  const file = join(data ?? '', 'reference', 'trading_calendar_sse_1991-2026.csv');
  it.skipIf(data === undefined)('equals the reference file on every day (needs CAIRN_DATA)', () => {
    expect(existsSync(file), `${file} is missing`).toBe(true);
    const rows = readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1);
    expect(rows).toHaveLength(length);
    const different = rows.filter((row) => {
      const [text = '', open] = row.split(',');
      return calendar.isTradingDay(day(text)) !== (open === '1');
    });
    expect(different).toEqual([]);
  });
});

describe('counting trading days', () => {
  it('agrees with looking day by day', () => {
    fc.assert(
      fc.property(innerDay, (d) => {
        expect(calendar.nextTradingDay(d)).toBe(scan(addDays(d, 1), 1));
        expect(calendar.previousTradingDay(d)).toBe(scan(addDays(d, -1), -1));
        expect(calendar.tradingDayOnOrAfter(d)).toBe(scan(d, 1));
      }),
      { numRuns: 1000 },
    );
  });

  it('adds n by taking n steps, and back', () => {
    fc.assert(
      fc.property(innerDay, fc.integer({ min: -150, max: 150 }), (d, n) => {
        const start = calendar.tradingDayOnOrAfter(d);
        let walked = start;
        for (let i = 0; i < Math.abs(n); i += 1) {
          walked = scan(addDays(walked, Math.sign(n) === 1 ? 1 : -1), n > 0 ? 1 : -1);
        }
        expect(calendar.addTradingDays(start, n)).toBe(walked);
        expect(calendar.addTradingDays(walked, -n)).toBe(start);
      }),
    );
  });

  it('lists the days between, both ends included', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -5, max: 60 }), (from, span) => {
        fc.pre(
          daysBetween(from, calendar.last) >= span && daysBetween(calendar.first, from) >= -span,
        );
        const to = addDays(from, span);
        const expected: LocalDate[] = [];
        for (let d = from; d <= to; d = addDays(d, 1))
          if (calendar.isTradingDay(d)) expected.push(d);
        expect(calendar.tradingDaysBetween(from, to)).toEqual(expected);
      }),
    );
  });

  it('counts only from a trading day', () => {
    expect(() => calendar.addTradingDays(day('2026-11-21'), 1)).toThrow(AssertionError);
    expect(() => calendar.addTradingDays(day('2026-11-20'), 0.5)).toThrow(AssertionError);
    expect(calendar.addTradingDays(day('2026-11-20'), 0)).toBe('2026-11-20');
  });
});

describe('outside the calendar', () => {
  const outside = [day('1990-12-31'), day('2027-01-01'), day('2999-12-31'), day('1900-01-01')];

  it('never guesses, and names the day', () => {
    for (const d of outside) {
      const questions = [
        () => calendar.isTradingDay(d),
        () => calendar.nextTradingDay(d),
        () => calendar.previousTradingDay(d),
        () => calendar.tradingDayOnOrAfter(d),
        () => calendar.addTradingDays(d, 1),
        () => calendar.tradingDaysBetween(d, day('2026-01-05')),
        () => calendar.tradingDaysBetween(day('2026-01-05'), d),
      ];
      for (const ask of questions) {
        expect(ask).toThrow(CalendarRangeError);
        expect(ask).toThrow(d);
      }
    }
  });

  it('throws when the answer would lie outside', () => {
    expect(() => calendar.nextTradingDay(calendar.last)).toThrow('after 2026-12-31');
    expect(() => calendar.previousTradingDay(calendar.first)).toThrow('before 1991-01-01');
    expect(() => calendar.addTradingDays(day('2026-12-30'), 2)).toThrow('2026-12-30 plus 2');
    expect(() => calendar.addTradingDays(day('1991-01-02'), -1)).toThrow(CalendarRangeError);
    expect(() => calendar.tradingDayOnOrAfter(day('2026-12-31'))).not.toThrow();
  });

  it('is an error with a code and details', () => {
    const error = new CalendarRangeError(day('2027-01-04'), calendar.first, calendar.last);
    expect(error).toBeInstanceOf(AppError);
    expect([error.code, error.details]).toEqual([
      'CALENDAR_OUT_OF_RANGE',
      { date: '2027-01-04', first: '1991-01-01', last: '2026-12-31' },
    ]);
  });
});

describe('extend', () => {
  const january = ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04', '2027-01-05'].map(
    (d, i) => ({ date: day(d), open: i > 2 }),
  );

  it('adds days after the last, and leaves the old calendar as it was', () => {
    const longer = calendar.extend(january);
    expect([longer.first, longer.last]).toEqual(['1991-01-01', '2027-01-05']);
    expect(longer.nextTradingDay(day('2026-12-31'))).toBe('2027-01-04');
    expect(longer.addTradingDays(day('2027-01-05'), -2)).toBe('2026-12-31');
    expect(calendar.last).toBe('2026-12-31');
    expect(() => calendar.isTradingDay(day('2027-01-04'))).toThrow(CalendarRangeError);
    expect(calendar.extend([]).last).toBe(calendar.last);
  });

  it('takes days in any order, on both ends, and changes known days', () => {
    const before = { date: day('1990-12-31'), open: true };
    const storm = { date: day('2026-11-20'), open: false };
    const changed = calendar.extend([...january.toReversed(), storm, before]);
    expect([changed.first, changed.last]).toEqual(['1990-12-31', '2027-01-05']);
    expect(changed.nextTradingDay(day('2026-11-19'))).toBe('2026-11-23');
    expect(changed.previousTradingDay(day('1991-01-02'))).toBe('1990-12-31');
    expect(calendar.isTradingDay(day('2026-11-20'))).toBe(true);
  });

  it('refuses a gap and names the first missing day', () => {
    const gap = () => calendar.extend(january.slice(1));
    expect(gap).toThrow(CalendarRangeError);
    expect(gap).toThrow('2027-01-01');
  });

  it('refuses a day that is both open and closed', () => {
    const both = [
      { date: day('2027-01-01'), open: false },
      { date: day('2027-01-01'), open: true },
    ];
    expect(() => calendar.extend(both)).toThrow(AssertionError);
    expect(calendar.extend([...both.slice(1), ...both.slice(1)]).last).toBe('2027-01-01');
  });

  it('builds any calendar from its days', () => {
    const flags = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(flags, fc.nat(), (list, start) => {
        const first = addDays(day('2000-01-01'), start % 10_000);
        const days = list.map((open, i) => ({ date: addDays(first, i), open }));
        const own = tradingCalendarOf(days);
        expect([own.first, own.last]).toEqual([first, addDays(first, list.length - 1)]);
        expect(own.tradingDaysBetween(own.first, own.last)).toEqual(
          days.filter((d) => d.open).map((d) => d.date),
        );
        for (const d of days) expect(own.isTradingDay(d.date)).toBe(d.open);
      }),
    );
    expect(() => tradingCalendarOf([])).toThrow(AssertionError);
  });
});
