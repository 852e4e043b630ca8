import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bondFigures, summariseBonds } from './bond-figures.ts';

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

function bullet({ coupon = 0.09, years = 5, times = 2 }) {
  const count = years * times;
  return {
    payments: Array.from({ length: count }, (_, i) => coupon / times + (i === count - 1 ? 1 : 0)),
    years: Array.from({ length: count }, (_, i) => (i + 1) / times),
    compounding: times,
  };
}

const priceAt = (bond: { payments: number[]; years: number[] }, y: number, times: number) =>
  bond.payments.reduce(
    (sum, payment, i) => sum + payment / (1 + y / times) ** (times * bond.years[i]!),
    0,
  );

describe('a bond', () => {
  test('Fabozzi: 9 % for 5 years at 9 % lasts 4.13 years, modified 3.96, convexity 19.45', () => {
    const found = value(bondFigures({ ...bullet({}), price: 1 }));
    expect(found.yield).toBeCloseTo(0.09, 12);
    expect(found.macaulayDuration).toBeCloseTo(4.13, 2);
    expect(found.modifiedDuration).toBeCloseTo(3.96, 2);
    expect(found.convexity).toBeCloseTo(19.45, 1);
  });

  test('finds the yield that made the price; durations are the slopes of the price', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.2, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(1, 2, 4),
        (y, coupon, years, times) => {
          const bond = bullet({ coupon, years, times });
          const payments = bond.payments.map((each) => each + 1e-9);
          const flows = { ...bond, payments };
          const price = priceAt(flows, y, times);
          fc.pre(price > 1e-9);
          const found = value(bondFigures({ ...flows, price }));
          expect(Math.abs(found.yield - y)).toBeLessThan(1e-10 * (1 + Math.abs(y)));
          const step = 1e-5;
          const [up, down] = [priceAt(flows, y + step, times), priceAt(flows, y - step, times)];
          const slope = (down - up) / (2 * step) / price;
          const bend = (up - 2 * price + down) / step ** 2 / price;
          expect(Math.abs(found.modifiedDuration - slope)).toBeLessThan(1e-5 * (1 + slope));
          expect(Math.abs(found.convexity - bend)).toBeLessThan(1e-3 * (1 + bend));
          expect(found.basisPointValue).toBeCloseTo((found.modifiedDuration * price) / 1e4, 12);
        },
      ),
    );
  });

  test('a zero lasts until it pays', () => {
    const found = value(bondFigures({ payments: [1], years: [7], price: 0.6, compounding: 1 }));
    expect(found.macaulayDuration).toBeCloseTo(7, 12);
    expect(found.yield).toBeCloseTo(0.6 ** (-1 / 7) - 1, 12);
  });

  test('no payments, no price, broken input', () => {
    const bond = { ...bullet({}), price: 1 };
    expect(bondFigures({ ...bond, payments: [], years: [] }).reason).toBe('NO_HOLDING');
    expect(bondFigures({ ...bond, price: 0 }).reason).toBe('NO_ROOT');
    expect(bondFigures({ ...bond, price: Number.NaN }).reason).toBe('NOT_FINITE');
    expect(() => bondFigures({ ...bond, payments: [1] })).toThrow(RangeError);
    expect(() => bondFigures({ ...bond, payments: [1], years: [0] })).toThrow(/in 0 years/);
  });
});

describe('a portfolio of bonds', () => {
  const holdings = {
    marketValues: [60, 30, 10],
    durations: [2, 5, Number.NaN],
    ratings: [0, 2, -1],
    ratingScale: ['AAA', 'AA+', 'AA', 'AA-'],
  };

  test('means over what is known, and how much that is', () => {
    const found = value(summariseBonds(holdings));
    expect(found.duration.mean.value).toBeCloseTo((60 * 2 + 30 * 5) / 90, 12);
    expect(found.duration.covered).toBeCloseTo(0.9, 12);
    expect(found.basisPointValue).toBeCloseTo((60 * 2 + 30 * 5) / 10_000, 15);
    expect(found.convexity).toEqual({ mean: { value: null, reason: 'NO_HOLDING' }, covered: 0 });
    expect([...found.ratings, found.unrated].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(found.ratings[2]).toBeCloseTo(0.3, 12);
    expect(found.averageRating.value).toBe('AA+');
  });

  test('unrated only, nothing held, broken input', () => {
    const unrated = value(summariseBonds({ ...holdings, ratings: [-1, -1, -1] }));
    expect(unrated.averageRating.reason).toBe('NO_HOLDING');
    expect(unrated.unrated).toBeCloseTo(1, 15);
    expect(summariseBonds({ ...holdings, marketValues: [0, 0, 0] }).reason).toBe('NO_HOLDING');
    const gap = summariseBonds({ ...holdings, marketValues: [1, Number.NaN, 1] });
    expect(gap.reason).toBe('NOT_FINITE');
    expect(() => summariseBonds({ ...holdings, ratings: [0, 4, 0] })).toThrow(/rating 4 of 4/);
    expect(() => summariseBonds({ ...holdings, marketValues: [1, -1, 1] })).toThrow(/less than 0/);
    expect(() => summariseBonds({ ...holdings, yields: [1] })).toThrow(/1 figures/);
  });
});
