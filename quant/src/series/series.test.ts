import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDay, parseDay } from '../numeric/day.ts';
import { sum } from '../numeric/moments.ts';
import { adjustNav } from './adjusted-nav.ts';
import { alignToBenchmark, periodicRate, riskFreeReturns } from './align.ts';
import { carryForward, findGaps } from './calendar.ts';
import { chainReturns, findDisorder, logReturns, simpleReturns } from './levels.ts';
import { incomePerTenThousand, incomeReturns, sevenDayYields, spreadIncome } from './money-fund.ts';
import { compoundReturns } from './periods.ts';
import { calendarSpan, findRows, TRAILING_WINDOWS, trailingSpan } from './windows.ts';

const dates = (...texts: string[]) => texts.map(parseDay);
const close = (values: ArrayLike<number> | undefined | null, digits = 12) =>
  Array.from(values ?? [], (value) => Number(value.toFixed(digits)));

describe('returns', () => {
  test('simple and log of a value path', () => {
    expect(close(simpleReturns([1, 1.1, 0.99]).value)).toEqual([0.1, -0.1]);
    expect(close(logReturns([1, Math.E, 1]).value)).toEqual([1, -1]);
    expect(simpleReturns([]).value).toHaveLength(0);
    expect(simpleReturns([1]).value).toHaveLength(0);
  });

  test('of a path with a gap or a total loss are not stated', () => {
    expect(simpleReturns([1, Number.NaN, 1])).toEqual({ value: null, reason: 'NOT_FINITE' });
    expect(simpleReturns([1, 0, 1])).toEqual({ value: null, reason: 'TOTAL_LOSS' });
    expect(logReturns([1, -1])).toEqual({ value: null, reason: 'TOTAL_LOSS' });
  });

  test('chain back to the path, and logs add up', () => {
    const path = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(path, (values) => {
        const returns = simpleReturns(values).value ?? [];
        const again = chainReturns(returns, values[0]);
        values.forEach((value, at) => expect(again[at]).toBeCloseTo(value, 10));
        const total = sum(logReturns(values).value ?? []);
        expect(total).toBeCloseTo(Math.log((values.at(-1) as number) / (values[0] as number)), 10);
      }),
    );
  });

  test('days out of order are named', () => {
    const days = dates('2021-01-04', '2021-01-04', '2021-01-03');
    expect(findDisorder({ days, values: [1, 2] })).toEqual([
      '3 days but 2 values',
      '2021-01-04 stands twice',
      '2021-01-03 follows 2021-01-04',
    ]);
  });
});

describe('adjusted net asset value', () => {
  const days = dates('2021-01-04', '2021-01-05', '2021-01-06', '2021-01-07');

  test('reinvests a dividend at the value of the ex-dividend day', () => {
    const dividends = [{ exDay: parseDay('2021-01-06'), perUnit: 0.2 }];
    const { value } = adjustNav({ days, navs: [1, 1.1, 0.9, 0.99], dividends });
    expect(close(value?.values)).toEqual([1, 1.1, 1.1, 1.21]);
  });

  test('sees through a split, and a dividend before it on the same day is of old units', () => {
    const history = {
      days,
      navs: [1, 1, 0.4, 0.4],
      dividends: [{ exDay: parseDay('2021-01-06'), perUnit: 0.2 }],
      splits: [{ day: parseDay('2021-01-06'), ratio: 2 }],
    };
    expect(close(adjustNav(history).value?.values)).toEqual([1, 1, 1, 1]);
  });

  test('takes events on days without a value in their order', () => {
    const history = {
      days: dates('2021-01-04', '2021-01-08'),
      navs: [2, 0.9],
      dividends: [{ exDay: parseDay('2021-01-07'), perUnit: 0.1 }],
      splits: [{ day: parseDay('2021-01-06'), ratio: 2 }],
    };
    // Two units of 0.9 and twice a dividend of 0.1.
    expect(close(adjustNav(history).value?.values)).toEqual([2, 2]);
  });

  test('anchored at the last value keeps the returns', () => {
    const dividends = [{ exDay: parseDay('2021-01-06'), perUnit: 0.2 }];
    const { value } = adjustNav({ days, navs: [1, 1.1, 0.9, 0.99], dividends }, { anchor: 'last' });
    expect(value?.values.at(-1)).toBeCloseTo(0.99, 12);
    expect(close(simpleReturns(value?.values ?? []).value)).toEqual([0.1, 0, 0.1]);
  });

  test('tells which events it could not use', () => {
    const first = { exDay: parseDay('2021-01-04'), perUnit: 0.2 };
    const late = { day: parseDay('2021-02-01'), ratio: 2 };
    const { value } = adjustNav({ days, navs: [1, 1, 1, 1], dividends: [first], splits: [late] });
    expect(value?.unused).toEqual([first, late]);
    expect(close(value?.values)).toEqual([1, 1, 1, 1]);
  });

  test('refuses what cannot be', () => {
    const exDay = parseDay('2021-01-05');
    expect(() =>
      adjustNav({
        days,
        navs: [1, 1, 1, 1],
        dividends: [{ exDay, perUnit: Number.NaN }],
        splits: [{ day: exDay, ratio: 0 }],
      }),
    ).toThrow('a dividend is not finite; a split ratio is not positive');
    expect(adjustNav({ days, navs: [1, Number.NaN, 1, 1] }).reason).toBe('NOT_FINITE');
    expect(adjustNav({ days, navs: [1, 0, 1, 1] }).reason).toBe('TOTAL_LOSS');
    expect(adjustNav({ days: [], navs: [] }).value?.values).toHaveLength(0);
  });

  test('a dividend moves value, it does not make any', () => {
    const growth = fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(
        growth,
        fc.nat(20),
        fc.double({ min: 0.01, max: 0.3, noNaN: true }),
        (r, place, share) => {
          const at = 1 + (place % r.length);
          const plain = chainReturns(r);
          const cash = (plain[at] as number) * share;
          const navs = plain.map((value, index) => (index < at ? value : value * (1 - share)));
          const all = Array.from(plain, (_, index) => 18_000 + index);
          const dividends = [{ exDay: all[at] as number, perUnit: cash }];
          const { value } = adjustNav({ days: all, navs, dividends });
          plain.forEach((expected, index) =>
            expect(value?.values[index]).toBeCloseTo(expected, 10),
          );
        },
      ),
    );
  });
});

describe('calendars', () => {
  const calendar = dates('2021-01-04', '2021-01-05', '2021-01-06', '2021-01-07', '2021-01-08');

  test('gaps and days that the calendar does not know', () => {
    const days = dates('2021-01-04', '2021-01-07', '2021-01-09');
    const gaps = findGaps(days, calendar);
    expect(Array.from(gaps.missing, formatDay)).toEqual(['2021-01-05', '2021-01-06', '2021-01-08']);
    expect(Array.from(gaps.extra, formatDay)).toEqual(['2021-01-09']);
    expect(gaps.longest).toBe(2);
    expect(findGaps([], calendar).longest).toBe(0);
  });

  test('values are carried, but not for ever', () => {
    const levels = { days: dates('2021-01-05', '2021-01-08'), values: [1, 2] };
    expect(Array.from(carryForward(levels, calendar))).toEqual([Number.NaN, 1, 1, 1, 2]);
    expect(Array.from(carryForward(levels, calendar, { daysMax: 1 }))).toEqual([
      Number.NaN,
      1,
      1,
      Number.NaN,
      2,
    ]);
  });
});

describe('alignment to a benchmark', () => {
  test('a week without a value is one period for both', () => {
    const fund = { days: dates('2021-01-04', '2021-01-11', '2021-01-12'), values: [1, 1.1, 1.21] };
    const benchmark = {
      days: dates('2021-01-04', '2021-01-05', '2021-01-08', '2021-01-12'),
      values: [100, 110, 120, 60],
    };
    const { value } = alignToBenchmark(fund, benchmark);
    expect(close(value?.returns)).toEqual([0.1, 0.1]);
    expect(close(value?.benchmark)).toEqual([0.2, -0.5]);
    expect(value?.dropped).toHaveLength(0);
  });

  test('days before the benchmark are dropped and named', () => {
    const fund = { days: dates('2021-01-01', '2021-01-04', '2021-01-05'), values: [1, 2, 3] };
    const benchmark = { days: dates('2021-01-04'), values: [100] };
    const { value } = alignToBenchmark(fund, benchmark);
    expect(Array.from(value?.dropped ?? [], formatDay)).toEqual(['2021-01-01']);
    expect(close(value?.returns)).toEqual([0.5]);
    expect(alignToBenchmark(fund, { days: [], values: [] }).reason).toBe('TOO_FEW_OBSERVATIONS');
  });

  test('the risk-free return accrues by days at the rate of the start', () => {
    const rates = { days: dates('2021-01-01', '2021-01-06'), annualRates: [0.0365, 0.01] };
    const days = dates('2020-12-31', '2021-01-04', '2021-01-06', '2022-01-06');
    const [before, first, second] = riskFreeReturns(rates, days);
    expect(before).toBeNaN();
    expect(first).toBeCloseTo(1.0365 ** (2 / 365) - 1, 15);
    expect(second).toBeCloseTo(0.01, 15);
    expect((1 + periodicRate(0.05, 252)) ** 252).toBeCloseTo(1.05, 12);
  });
});

describe('money funds', () => {
  // Seven days of a money fund, worked by hand in decimals.
  const incomes = [0.4512, 0.4498, 0.4505, 0.452, 0.449, 0.4475, 0.453];

  test('the seven-day yield by both formulas', () => {
    expect(sevenDayYields(incomes, 'simple')[0]?.value).toBeCloseTo(0.016441, 6);
    expect(sevenDayYields(incomes, 'compound')[0]?.value).toBeCloseTo(0.016576, 6);
    expect(sevenDayYields(incomes.slice(1), 'simple')).toEqual([]);
  });

  test('a gap is not stated', () => {
    const gapped = [...incomes, Number.NaN];
    expect(sevenDayYields(gapped, 'simple').map(({ reason }) => reason)).toEqual([
      undefined,
      'NOT_FINITE',
    ]);
  });

  test('income of 10,000 units, its returns and a weekend', () => {
    expect(incomePerTenThousand(5.57, 123_456.78).value).toBeCloseTo(0.4512, 4);
    expect(incomePerTenThousand(1, 0).reason).toBe('ZERO_DENOMINATOR');
    expect(Array.from(incomeReturns([0.45]))).toEqual([0.000045]);
    expect(Array.from(spreadIncome(1.5, 3))).toEqual([0.5, 0.5, 0.5]);
    expect(() => spreadIncome(1, 0)).toThrow(RangeError);
  });

  test('compound is at least simple', () => {
    const week = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), {
      minLength: 7,
      maxLength: 7,
    });
    fc.assert(
      fc.property(week, (values) => {
        const [simple, compound] = (['simple', 'compound'] as const).map(
          (formula) => sevenDayYields(values, formula)[0]?.value ?? Number.NaN,
        );
        expect(compound).toBeGreaterThanOrEqual((simple as number) - 1e-12);
      }),
    );
  });
});

describe('longer periods', () => {
  test('compound within calendar periods; weeks begin on Monday', () => {
    const days = dates('2021-01-29', '2021-02-01', '2021-02-05', '2021-02-08', '2021-04-01');
    const returns = [0.1, 0.1, 0.1, 0.1, 0.1];
    const ends = (period: 'week' | 'month' | 'quarter' | 'year') =>
      Array.from(compoundReturns(days, returns, period).days, formatDay);
    expect(ends('week')).toEqual(['2021-01-29', '2021-02-05', '2021-02-08', '2021-04-01']);
    expect(ends('month')).toEqual(['2021-01-29', '2021-02-08', '2021-04-01']);
    expect(ends('quarter')).toEqual(['2021-02-08', '2021-04-01']);
    expect(close(compoundReturns(days, returns, 'month').returns)).toEqual([0.1, 0.331, 0.1]);
    expect(close(compoundReturns(days, returns, 'year').returns)).toEqual([0.61051]);
    expect(() => compoundReturns(days, [0.1], 'year')).toThrow('5 days but 1 returns');
  });
});

describe('windows', () => {
  const end = parseDay('2021-03-31');
  const startOf = (id: (typeof TRAILING_WINDOWS)[number]['id']) => {
    const span = trailingSpan(id, end);
    return span === undefined ? undefined : formatDay(span.start);
  };

  test('begin on the same date of an earlier month', () => {
    expect(TRAILING_WINDOWS.map(({ id }) => startOf(id))).toEqual([
      '2021-03-24',
      '2021-02-28',
      '2020-12-31',
      '2020-09-30',
      '2020-12-31',
      '2020-03-31',
      '2019-03-31',
      '2018-03-31',
      '2016-03-31',
      undefined,
    ]);
    expect(calendarSpan(2020)).toEqual({
      start: parseDay('2019-12-31'),
      end: parseDay('2020-12-31'),
    });
  });

  test('rest on the last value on or before their start', () => {
    const days = dates('2020-12-30', '2021-01-04', '2021-01-29', '2021-02-05');
    const rows = (start: string, stop: string, daysMax?: number) =>
      findRows(
        days,
        { start: parseDay(start), end: parseDay(stop) },
        daysMax === undefined ? {} : { daysMax },
      );
    expect(rows('2020-12-31', '2021-01-31').value).toEqual({ from: 0, to: 2 });
    expect(rows('2020-12-29', '2021-01-31').reason).toBe('NOT_ENOUGH_HISTORY');
    expect(rows('2021-01-25', '2021-02-05').reason).toBe('GAP');
    expect(rows('2021-01-25', '2021-02-05', 30).value).toEqual({ from: 1, to: 3 });
    expect(rows('2020-12-31', '2021-03-31').reason).toBe('GAP');
  });
});
