import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  ageOn,
  compareDates,
  dateOfDayNumber,
  dayNumberOf,
  dayOfWeek,
  daysBetween,
  formatBasicDate,
  isLeapYear,
  type LocalDate,
  localDate,
  parseBasicDate,
  parseLocalDate,
  yearOf,
} from './date.ts';
import { AssertionError } from './errors.ts';

/** An independent calendar: every day from 1900 to 2999 counted one by one, month by month. */
const everyDay: readonly LocalDate[] = (() => {
  const days: LocalDate[] = [];
  for (let year = 1900; year <= 2999; year += 1) {
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    for (const [month, length] of [
      31,
      leap ? 29 : 28,
      31,
      30,
      31,
      30,
      31,
      31,
      30,
      31,
      30,
      31,
    ].entries()) {
      for (let day = 1; day <= length; day += 1) {
        const text = `${year}-${`${month + 1}`.padStart(2, '0')}-${`${day}`.padStart(2, '0')}`;
        days.push(localDate(text));
      }
    }
  }
  return days;
})();
const EPOCH = everyDay.indexOf(localDate('1970-01-01'));

const dayAt = (index: number): LocalDate => localDate(everyDay[index] ?? 'no such day');
const anyIndex = fc.integer({ min: 0, max: everyDay.length - 1 });

describe('day numbers', () => {
  it('agree with counting every day of 1,100 years', () => {
    expect(everyDay).toHaveLength(401_767);
    const wrong = everyDay.filter(
      (d, i) => dayNumberOf(d) !== i - EPOCH || dateOfDayNumber(i - EPOCH) !== d,
    );
    expect(wrong).toEqual([]);
  });

  it('count days between and add them, by the same list', () => {
    fc.assert(
      fc.property(anyIndex, anyIndex, (i, j) => {
        const [a, b] = [dayAt(i), dayAt(j)];
        expect(daysBetween(a, b)).toBe(j - i);
        expect(addDays(a, j - i)).toBe(b);
        expect(compareDates(a, b)).toBe(Math.sign(i - j));
        expect(a < b).toBe(i < j);
      }),
    );
  });

  it('give the day of the week, which goes round from Monday 1900-01-01', () => {
    const wrong = everyDay.filter((d, i) => dayOfWeek(d) !== (i % 7) + 1);
    expect(wrong).toEqual([]);
    expect([dayOfWeek(localDate('1970-01-01')), dayOfWeek(localDate('2026-11-22'))]).toEqual([
      4, 7,
    ]);
  });

  it('stop at the years 1900 and 2999', () => {
    expect(() => addDays(localDate('1900-01-01'), -1)).toThrow(AssertionError);
    expect(() => addDays(localDate('2999-12-31'), 1)).toThrow(AssertionError);
    expect(() => addDays(localDate('2020-01-01'), 0.5)).toThrow(AssertionError);
    expect(() => addDays(localDate('2020-01-01'), Number.NaN)).toThrow(AssertionError);
  });
});

const REFUSED = [
  '20260230',
  '20261301',
  '00000000',
  '99991231',
  '2026-2-3x',
  '',
  'infinity',
  '-infinity',
  'today',
  'now',
  '0001-01-01',
  '2026-01-01 BC',
  '2026-02-30',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '2026-01-32',
  '2026-04-31',
  '2025-02-29',
  '1900-02-29',
  '1899-12-31',

  '3000-01-01',
  '9999-12-31',
  '0000-00-00',
  '2026-1-01',
  '2026-01-1',
  '26-01-01',
  ' 2026-01-01',

  '2026-01-01 ',
  '2026-01-01\n',
  '2026/01/01',
  '2026-01-01T00:00:00Z',
  '２０２６-01-01',
  '+2026-01-01',
];

describe('dates as text', () => {
  it.each(REFUSED)('%j is refused', (text) => {
    expect(parseLocalDate(text)).toBeUndefined();
    expect(parseBasicDate(text)).toBeUndefined();
    expect(() => localDate(text)).toThrow(AssertionError);
  });

  it('reads exactly the days that exist, of all eight-digit texts', () => {
    const known = new Set<string>(everyDay);
    const part = (max: number, width: number) =>
      fc.integer({ min: 0, max }).map((n) => `${n}`.padStart(width, '0'));
    fc.assert(
      fc.property(part(3100, 4), part(14, 2), part(33, 2), (y, m, d) => {
        const text = `${y}-${m}-${d}`;
        expect(parseLocalDate(text)).toBe(known.has(text) ? text : undefined);
        expect(parseBasicDate(`${y}${m}${d}`)).toBe(known.has(text) ? text : undefined);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes the file form and reads it back', () => {
    expect(formatBasicDate(localDate('2026-01-31'))).toBe('20260131');
    fc.assert(
      fc.property(anyIndex, (i) => {
        expect(parseBasicDate(formatBasicDate(dayAt(i)))).toBe(dayAt(i));
      }),
    );
  });
});

describe('months and years', () => {
  it('adds months to the same day or the end of a shorter month', () => {
    const rows = [
      ['2026-01-31', 1, '2026-02-28'],
      ['2024-01-31', 1, '2024-02-29'],
      ['2026-01-31', 2, '2026-03-31'],
      ['2026-02-28', 1, '2026-03-28'],
      ['2024-02-29', 12, '2025-02-28'],
      ['2024-02-29', 48, '2028-02-29'],
      ['2026-12-15', 1, '2027-01-15'],
      ['2026-01-15', -1, '2025-12-15'],
      ['2026-03-31', -1, '2026-02-28'],
      ['2026-03-31', 0, '2026-03-31'],
    ] as const;
    for (const [from, n, to] of rows)
      expect([from, n, addMonths(localDate(from), n)]).toEqual([from, n, to]);
  });

  it('lands in the month counted, on the same day or that month’s last', () => {
    fc.assert(
      fc.property(anyIndex, fc.integer({ min: -600, max: 600 }), (i, n) => {
        const from = dayAt(i);
        const months = (d: LocalDate) => yearOf(d) * 12 + Number.parseInt(d.slice(5, 7), 10) - 1;
        const target = months(from) + n;
        fc.pre(target >= 1900 * 12 && target < 3000 * 12 - 1);
        const to = addMonths(from, n);
        expect(months(to)).toBe(target);
        expect(parseLocalDate(to)).toBe(to);
        const wanted = `${to.slice(0, 8)}${from.slice(8)}`;
        const isMonthEnd = addDays(to, 1).endsWith('01');
        expect(to === wanted || (to < wanted && isMonthEnd)).toBe(true);
        // The wanted day is taken whenever it exists.
        expect(to === wanted).toBe(parseLocalDate(wanted) !== undefined);
      }),
    );
    expect(() => addMonths(localDate('2999-12-01'), 1)).toThrow(AssertionError);
    expect(() => addMonths(localDate('1900-01-01'), -1)).toThrow(AssertionError);
    expect(() => addMonths(localDate('2026-01-01'), 0.5)).toThrow(AssertionError);
  });

  it('knows leap years', () => {
    expect([1900, 2000, 2023, 2024, 2100, 2400].filter(isLeapYear)).toEqual([2000, 2024, 2400]);
  });

  it('gives the age in full years', () => {
    const rows = [
      ['2008-11-22', '2026-11-21', 17],
      ['2008-11-22', '2026-11-22', 18],
      ['2008-02-29', '2026-02-28', 17],
      ['2008-02-29', '2026-03-01', 18],
      ['2008-02-29', '2028-02-28', 19],
      ['2008-02-29', '2028-02-29', 20],
      ['2026-01-01', '2026-01-01', 0],
    ] as const;
    for (const [birth, on, age] of rows) {
      expect([birth, on, ageOn(localDate(birth), localDate(on))]).toEqual([birth, on, age]);
    }
    expect(() => ageOn(localDate('2026-01-02'), localDate('2026-01-01'))).toThrow(AssertionError);
  });

  it('grows the age by one on one day of each year', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300_000 }),
        fc.integer({ min: 1, max: 90 }),
        (i, years) => {
          const birth = dayAt(i);
          const inYear = (age: number) => {
            const leapBirth = birth.endsWith('02-29') && !isLeapYear(yearOf(birth) + age);
            const monthDay = leapBirth ? '03-01' : birth.slice(5);
            return localDate(`${yearOf(birth) + age}-${monthDay}`);
          };
          expect(ageOn(birth, inYear(years))).toBe(years);
          expect(ageOn(birth, addDays(inYear(years), -1))).toBe(years - 1);
        },
      ),
    );
  });
});
