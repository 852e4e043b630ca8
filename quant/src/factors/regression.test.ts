import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Regression, type RegressionInput, regress } from './regression.ts';
import { studentTTail } from './student-t.ts';
import { neweyWestNaively, regressNaively, seededNormal } from './testing.ts';

function fitted(input: RegressionInput): Regression {
  const answer = regress(input);
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

function randomInput(seed: number, observations: number, regressors: number) {
  const normal = seededNormal(seed);
  const x = Array.from({ length: regressors }, () =>
    Array.from({ length: observations }, () => normal() * 0.01),
  );
  // Residuals that depend on the one before and on the first regressor: every error kind differs.
  let last = 0;
  const y = Array.from({ length: observations }, (_, t) => {
    last = 0.4 * last + 0.005 * normal() * (1 + 50 * Math.abs(x[0]?.[t] ?? 0));
    return 0.0003 + x.reduce((sum, series, k) => sum + (k + 0.5) * series[t]!, 0) + last;
  });
  return { y, x };
}

/** y, then the six regressors; US government data that every regression program is tried on. */
const LONGLEY = [
  [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
  [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
  [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
  [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
  [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
  [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
  [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
  [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
  [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
  [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
  [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
  [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
  [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
];

describe('published values', () => {
  test('NIST StRD Longley: coefficients, errors, R² and deviation to nine digits', () => {
    const [y, ...x] = [0, 1, 2, 3, 4, 5, 6].map((column) => LONGLEY.map((row) => row[column]!));
    const found = fitted({ y: y!, x });
    const certified = [
      [-3482258.63459582, 890420.383607373],
      [15.0618722713733, 84.9149257747669],
      [-0.035819179292591, 0.0334910077722432],
      [-2.02022980381683, 0.488399681651699],
      [-1.03322686717359, 0.214274163161675],
      [-0.0511041056535807, 0.22607320006937],
      [1829.15146461355, 455.478499142212],
    ];
    certified.forEach(([value, error], index) => {
      const coefficient = found.coefficients[index]!;
      expect(Math.abs(coefficient.value / value! - 1)).toBeLessThan(1e-9);
      expect(Math.abs(coefficient.standardError.value! / error! - 1)).toBeLessThan(1e-9);
    });
    expect(found.rSquared.value).toBeCloseTo(0.995479004577296, 12);
    expect(found.residualDeviation.value).toBeCloseTo(304.854073561965, 7);
  });

  test.each([
    [12.7062047364, 1, 0.05],
    [2.228138852, 10, 0.05],
    [2.75, 30, 0.0099999],
    [1.9599639845, 1e6, 0.0500002],
  ])('P(|T| ≥ %d) with %d degrees of freedom', (t, degrees, expected) => {
    expect(Math.abs(studentTTail(t, degrees) / expected - 1)).toBeLessThan(1e-4);
  });

  test('with one and two degrees of freedom the tail has a closed form', () => {
    for (const t of [0, 0.01, 0.5, 1, 3, 40, 1e4]) {
      expect(studentTTail(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12);
      expect(studentTTail(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 12);
    }
  });
});

describe('against the normal equations as they stand', () => {
  test.each([0, 1, 2, 5, 9])('Newey-West with %d lags', (lags) => {
    const { y, x } = randomInput(lags + 1, 120, 3);
    const naive = regressNaively(y, x);
    const found = fitted({ y, x, errors: 'newey-west', lags });
    const expected = neweyWestNaively(naive, lags);
    found.coefficients.forEach((each, i) => {
      expect(each.value).toBeCloseTo(naive.coefficients[i]!, 10);
      const error = Math.sqrt(expected[i]![i]!);
      expect(Math.abs(each.standardError.value! / error - 1)).toBeLessThan(1e-10);
    });
  });

  test('Newey-West of a mean and of a slope by hand', () => {
    // The mean of 1, 2, 4, 3, 5 is 3, so e is −2, −1, 1, 0, 2. Γ₀ = 10, Γ₁ = 2 − 1 + 0 + 0 = 1,
    // Γ₂ = −2 + 0 + 2 = 0.
    const mean = (lags: number) => {
      const { coefficients } = fitted({ y: [1, 2, 4, 3, 5], x: [], errors: 'newey-west', lags });
      return coefficients[0]!.standardError.value! ** 2 * 25;
    };
    expect(mean(0)).toBeCloseTo(10, 13);
    expect(mean(1)).toBeCloseTo(10 + 2 * (1 / 2) * 1, 13);
    expect(mean(2)).toBeCloseTo(10 + 2 * (2 / 3) * 1, 13);
    // Through the origin on 1, 2, 3: Σx² = 14, Σxy = 1 + 6 + 6 = 13, so b = 13 ÷ 14 and 14·e is
    // 1, 16, −11. With h = x·14e = 1, 32, −33: Γ₀ = 1 + 1024 + 1089, Γ₁ = 32 − 1056, one lag.
    const slope = fitted({
      y: [1, 3, 2],
      x: [[1, 2, 3]],
      intercept: false,
      errors: 'newey-west',
      lags: 1,
    });
    const variance = (2114 + 2 * (1 / 2) * -1024) / 14 ** 2 / 14 ** 2;
    expect(slope.coefficients[0]!.value).toBeCloseTo(13 / 14, 14);
    expect(slope.coefficients[0]!.standardError.value).toBeCloseTo(Math.sqrt(variance), 14);
  });

  test('without lags Newey-West is White', () => {
    const { y, x } = randomInput(1, 120, 3);
    const white = fitted({ y, x, errors: 'white' });
    expect(fitted({ y, x, errors: 'newey-west', lags: 0 }).covariance).toEqual(white.covariance);
  });

  test('random designs agree to 1e-10', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 8, max: 60 }), (seed, observations) => {
        const { y, x } = randomInput(seed, observations, 1 + (Math.abs(seed) % 4));
        const naive = regressNaively(y, x);
        const found = fitted({ y, x });
        const free = observations - x.length - 1;
        const variance = naive.residuals.reduce((sum, e) => sum + e * e, 0) / free;
        found.coefficients.forEach((each, i) => {
          expect(Math.abs(each.value - naive.coefficients[i]!)).toBeLessThan(1e-10);
          const error = Math.sqrt(variance * naive.inverse[i]![i]!);
          expect(Math.abs(each.standardError.value! - error)).toBeLessThan(1e-10);
        });
      }),
    );
  });

  test('weights are repeated observations', () => {
    const { y, x } = randomInput(5, 40, 2);
    const weights = y.map((_, t) => 1 + (t % 3));
    const repeated = y.flatMap((_, t) => Array(weights[t]!).fill(t) as number[]);
    const weighted = fitted({ y, x, weights });
    const plain = fitted({
      y: repeated.map((t) => y[t]!),
      x: x.map((series) => repeated.map((t) => series[t]!)),
    });
    weighted.coefficients.forEach((each, i) => {
      expect(each.value).toBeCloseTo(plain.coefficients[i]!.value, 12);
    });
    expect(weighted.rSquared.value).toBeCloseTo(plain.rSquared.value!, 12);
  });
});

describe('laws', () => {
  test('residuals are orthogonal to every regressor and sum to zero', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 6, max: 80 }), (seed, observations) => {
        const { y, x } = randomInput(seed, observations, 2);
        const { residuals } = fitted({ y, x });
        for (const series of [y.map(() => 1), ...x]) {
          expect(
            Math.abs(series.reduce((sum, value, t) => sum + value * residuals[t]!, 0)),
          ).toBeLessThan(1e-13);
        }
      }),
    );
  });

  test('scaling y scales the coefficients and leaves t; scaling x divides its own', () => {
    const { y, x } = randomInput(3, 90, 2);
    for (const errors of ['ordinary', 'white', 'newey-west'] as const) {
      const base = fitted({ y, x, errors });
      const scaled = fitted({
        y: y.map((value) => value * 100),
        x: [x[0]!, x[1]!.map((value) => value * 1e6)],
        errors,
      });
      base.coefficients.forEach((each, i) => {
        const factor = i === 2 ? 1e-4 : 100;
        expect(scaled.coefficients[i]!.value / factor).toBeCloseTo(each.value, 12);
        expect(scaled.coefficients[i]!.t.value).toBeCloseTo(each.t.value!, 10);
      });
      expect(scaled.rSquared.value).toBeCloseTo(base.rSquared.value!, 12);
    }
  });

  test('adding a constant to y moves the intercept only', () => {
    const { y, x } = randomInput(4, 50, 2);
    const base = fitted({ y, x });
    const moved = fitted({ y: y.map((value) => value + 3), x });
    expect(moved.coefficients[0]!.value - 3).toBeCloseTo(base.coefficients[0]!.value, 12);
    expect(moved.coefficients[1]!.value).toBeCloseTo(base.coefficients[1]!.value, 11);
  });
});

describe('what has no meaning says why', () => {
  const { y, x } = randomInput(9, 30, 2);

  test('as many parameters as observations', () => {
    expect(regress({ y: [1, 2, 3], x: x.map((s) => s.slice(0, 3)) })).toEqual({
      value: null,
      reason: 'TOO_FEW_OBSERVATIONS',
    });
    expect(regress({ y: [1], x: [] }).reason).toBe('TOO_FEW_OBSERVATIONS');
    expect(regress({ y: [], x: [] }).reason).toBe('TOO_FEW_OBSERVATIONS');
  });

  test('a constant, repeated or combined regressor', () => {
    const flat = y.map(() => 0.25);
    const combined = x[0]!.map((value, t) => 3 * value - 7 * x[1]![t]!);
    for (const columns of [[flat], [x[0]!, x[0]!], [...x, combined], [y.map(() => 0)]]) {
      expect(regress({ y, x: columns }).reason).toBe('SINGULAR');
    }
    expect(fitted({ y, x: [flat], intercept: false }).coefficients).toHaveLength(1);
  });

  test('gaps are left out, counted, and equal to the regression without them', () => {
    const holes = y.map((value, t) => (t === 4 ? Number.NaN : value));
    const gaps = [x[0]!.map((value, t) => (t === 9 ? Number.POSITIVE_INFINITY : value)), x[1]!];
    const found = fitted({ y: holes, x: gaps, errors: 'newey-west' });
    expect([found.observations, found.dropped]).toEqual([28, 2]);
    expect([4, 9].map((t) => found.residuals[t])).toEqual([Number.NaN, Number.NaN]);
    const without = (series: number[]) => series.filter((_, t) => t !== 4 && t !== 9);
    const clean = fitted({ y: without(y), x: x.map(without), errors: 'newey-west' });
    expect(found.coefficients).toEqual(clean.coefficients);
  });

  test('an exact fit has coefficients but no errors', () => {
    const exact = fitted({ y: x[0]!.map((value) => 1 + 2 * value), x: [x[0]!] });
    expect(exact.coefficients[1]!.value).toBeCloseTo(2, 12);
    expect(exact.coefficients[1]!.t.reason).toBe('EXACT_FIT');
    expect(exact.durbinWatson.reason).toBe('EXACT_FIT');
    const constant = fitted({ y: y.map(() => 0.1), x });
    expect(constant.rSquared.reason).toBe('ZERO_VARIANCE');
    expect(fitted({ y: y.map(() => 0), x }).coefficients[0]!.p.reason).toBe('EXACT_FIT');
  });

  test('series of different length and negative weights are mistakes', () => {
    expect(() => regress({ y, x: [[1, 2]] })).toThrow(RangeError);
    expect(() => regress({ y, x, weights: y.map(() => -1) })).toThrow(/negative/);
  });
});
