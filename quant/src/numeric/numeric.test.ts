import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, formatDay, parseDay } from './day.ts';
import {
  centralMoment,
  correlation,
  covariance,
  dot,
  mean,
  standardDeviation,
  sum,
  variance,
} from './moments.ts';
import { normalCumulative, normalDensity, normalQuantile } from './normal.ts';
import { median, quantile } from './quantile.ts';
import { seededRandom } from './random.ts';

describe('moments', () => {
  test('of a textbook sample', () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(mean(values)).toBe(5);
    expect(variance(values, 'population')).toBe(4);
    expect(standardDeviation(values)).toBeCloseTo(2.138089935299395, 14);
    expect(centralMoment(values, 3)).toBe(5.25);
    expect(covariance(values, values)).toBe(variance(values));
    expect(dot([1, 2, 3], [4, 5, 6])).toBe(32);
    expect(correlation([1, 2, 3], [2, 4, 6.5])).toBeCloseTo(0.9979487157886735, 14);
  });

  test('of nothing and of one value', () => {
    expect(mean([])).toBeNaN();
    expect(variance([1])).toBeNaN();
    expect(variance([1], 'population')).toBe(0);
    expect(correlation([1, 1, 1], [1, 2, 3])).toBeNaN();
  });

  test('a sum keeps what a plain loop loses', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect(sum([Number.MAX_VALUE, Number.MAX_VALUE])).toBe(Number.POSITIVE_INFINITY);
    expect(sum([1, Number.NaN])).toBeNaN();
  });
});

describe('quantiles', () => {
  test('interpolate as numpy does', () => {
    expect(quantile([3, 1, 2, 4], 0.05)).toBeCloseTo(1.15, 14);
    expect(quantile([3, 1, 2, 4], 1)).toBe(4);
    expect(median([3, 1, 2, 4])).toBe(2.5);
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([1], 1.1)).toBeNaN();
  });

  test('do not change their input', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('the normal distribution', () => {
  // From tables with twenty digits.
  test.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.959963984540054, 0.025],
    [-6, 9.86587645037698e-10],
    [-10, 7.619853024160525e-24],
    [5, 0.9999997133484281],
  ])('Φ(%d)', (x, p) => {
    expect(Math.abs(normalCumulative(x) / p - 1)).toBeLessThan(1e-9);
    expect(Math.abs(normalCumulative(x) - p)).toBeLessThan(1e-15);
  });

  test('quantile of known levels', () => {
    expect(normalQuantile(0.05)).toBeCloseTo(-1.6448536269514726, 14);
    expect(normalQuantile(0.01)).toBeCloseTo(-2.3263478740408408, 14);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 13);
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.2623400897984087, 12);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(1.5)).toBeNaN();
    expect(normalDensity(0)).toBeCloseTo(0.3989422804014327, 15);
  });

  test('quantile undoes the cumulative function', () => {
    fc.assert(
      fc.property(fc.double({ min: -7, max: 5, noNaN: true }), (x) => {
        expect(normalQuantile(normalCumulative(x))).toBeCloseTo(x, 8);
      }),
    );
  });
});

describe('seeded streams', () => {
  test('repeat, and differ by seed and by stream', () => {
    const take = (seed: number, stream?: number) => {
      const random = seededRandom(seed, stream);
      return Array.from({ length: 5 }, () => random.uniform());
    };
    expect(take(7)).toEqual(take(7));
    expect(take(7)).not.toEqual(take(8));
    expect(take(7)).not.toEqual(take(7, 1));
  });

  test('look uniform and normal', () => {
    const random = seededRandom(1);
    const uniform = Array.from({ length: 20_000 }, () => random.uniform());
    const normal = Array.from({ length: 20_000 }, () => random.normal());
    expect(mean(uniform)).toBeCloseTo(0.5, 2);
    expect(variance(uniform)).toBeCloseTo(1 / 12, 2);
    expect(Math.abs(mean(normal))).toBeLessThan(0.02);
    expect(variance(normal)).toBeCloseTo(1, 1);
    expect(centralMoment(normal, 4)).toBeCloseTo(3, 0);
    const dice = Array.from({ length: 600 }, () => random.integer(6));
    expect(new Set(dice)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });
});

describe('days', () => {
  test.each(['1970-01-01', '2000-02-29', '2021-12-31', '1899-03-01', '2400-02-29'])(
    '%s',
    (text) => {
      expect(formatDay(parseDay(text))).toBe(text);
    },
  );

  test('count from 1970', () => {
    expect(parseDay('1970-01-01')).toBe(0);
    expect(parseDay('2021-01-22')).toBe(18_649);
    expect(parseDay('1969-12-31')).toBe(-1);
  });

  test.each(['2021-02-29', '2021-13-01', '2021-00-10', '2021-1-1', '20210101', ''])(
    '%s is not a date',
    (text) => {
      expect(() => parseDay(text)).toThrow(RangeError);
    },
  );

  test.each([
    ['2021-03-31', -1, '2021-02-28'],
    ['2020-03-31', -1, '2020-02-29'],
    ['2021-01-15', -1, '2020-12-15'],
    ['2021-11-30', 3, '2022-02-28'],
    ['2021-01-22', -60, '2016-01-22'],
    ['2020-12-31', 12, '2021-12-31'],
  ])('%s and %d months', (from, months, to) => {
    expect(formatDay(addMonths(parseDay(from), months))).toBe(to);
  });

  test('every day of four centuries reads back', () => {
    let previous = parseDay('1900-01-01') - 1;
    for (let day = previous + 1; day < parseDay('2300-01-01'); day++) {
      if (parseDay(formatDay(day)) !== day) throw new Error(formatDay(day));
      previous = day;
    }
    expect(formatDay(previous)).toBe('2299-12-31');
  });
});
