import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FactorModel, famaFrenchFive, famaFrenchThree } from './factor-model.ts';
import { neweyWestNaively, regressNaively, seededNormal } from './testing.ts';

const data = process.env['CAIRN_DATA'];

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

function expectAddsUp({ alpha, loadings, meanExcess }: FactorModel) {
  const explained = loadings.reduce((sum, each) => sum + each.contribution, alpha.value);
  expect(explained).toBeCloseTo(meanExcess, 14);
}

function syntheticFactors(seed: number, periods: number) {
  const normal = seededNormal(seed);
  const series = () => Array.from({ length: periods }, () => 0.01 * normal());
  const factors = {
    market: series(),
    size: series(),
    value: series(),
    profitability: series(),
    investment: series(),
  };
  return { factors, riskFree: series().map((each) => Math.abs(each) / 50), noise: series() };
}

describe('Fama-French', () => {
  test('recovers the loadings a fund was made with; contributions add up to its mean', () => {
    const { factors, riskFree, noise } = syntheticFactors(1, 1000);
    const returns = riskFree.map(
      (rf, t) =>
        rf +
        0.0002 +
        1.1 * factors.market[t]! +
        0.3 * factors.size[t]! -
        0.2 * factors.value[t]! +
        0.15 * factors.profitability[t]! +
        0.05 * noise[t]!,
    );
    const input = { returns, riskFree, factors, periodsPerYear: 252 };
    const five = value(famaFrenchFive(input));
    const loadings = five.loadings.map((each) => each.loading.value);
    [1.1, 0.3, -0.2, 0.15, 0].forEach((expected, k) => {
      expect(Math.abs(loadings[k]! - expected)).toBeLessThan(0.01);
    });
    expect(five.loadings.map((each) => each.name)).toEqual([
      'market',
      'size',
      'value',
      'profitability',
      'investment',
    ]);
    expect(five.alphaAnnual.value).toBeCloseTo(252 * five.alpha.value, 14);
    expectAddsUp(five);
    const three = value(famaFrenchThree(input));
    expectAddsUp(three);
    expect(three.regression.rSquared.value!).toBeLessThan(five.regression.rSquared.value!);
  });

  test('a gap in one factor leaves that period out of the mean as well', () => {
    const { factors, riskFree, noise } = syntheticFactors(2, 60);
    const holes = { ...factors, size: factors.size.map((each, t) => (t < 5 ? Number.NaN : each)) };
    const found = value(
      famaFrenchThree({ returns: noise, riskFree, factors: holes, periodsPerYear: 12 }),
    );
    expect(found.regression.dropped).toBe(5);
    expectAddsUp(found);
  });

  test('five factors without profitability are a mistake; series of other length too', () => {
    const { factors, riskFree, noise } = syntheticFactors(3, 30);
    const { market, size, value: book } = factors;
    const input = { returns: noise, riskFree, periodsPerYear: 12 };
    expect(() => famaFrenchFive({ ...input, factors: { market, size, value: book } })).toThrow(
      /profitability/,
    );
    expect(() => famaFrenchThree({ ...input, riskFree: riskFree.slice(1), factors })).toThrow(
      RangeError,
    );
  });
});

describe.skipIf(data === undefined)('US five factors 2016–2023 (CAIRN_DATA)', () => {
  const lines =
    data === undefined
      ? []
      : readFileSync(join(data, 'factors/ff5_us_daily_2016-2023.csv'), 'utf8').trim().split('\n');
  const column = (place: number) => lines.slice(1).map((line) => +line.split(',')[place]! / 100);
  const [market, size, book, profitability, investment, riskFree] = [1, 2, 3, 4, 5, 6].map(column);
  const factors = {
    market: market!,
    size: size!,
    value: book!,
    profitability: profitability!,
    investment: investment!,
  };

  test('each factor on the other four equals the naive solve, with Newey-West errors', () => {
    const all = [factors.market, factors.size, factors.value, profitability!, investment!];
    for (const [place, y] of all.entries()) {
      const x = all.filter((_, other) => other !== place);
      const returns = y.map((each, t) => each + riskFree![t]!);
      const found = value(
        famaFrenchFive({
          returns,
          riskFree: riskFree!,
          factors: {
            market: x[0]!,
            size: x[1]!,
            value: x[2]!,
            profitability: x[3]!,
            // A fifth column that is none of them: nothing may depend on how many there are.
            investment: y.map((_, t) => Math.sin(t)),
          },
          periodsPerYear: 252,
        }),
      );
      const naive = regressNaively(y, [...x, y.map((_, t) => Math.sin(t))]);
      const expected = neweyWestNaively(naive, found.regression.lags);
      found.regression.coefficients.forEach((each, i) => {
        expect(Math.abs(each.value - naive.coefficients[i]!)).toBeLessThan(1e-10);
        const error = Math.sqrt(expected[i]![i]!);
        expect(Math.abs(each.standardError.value! - error)).toBeLessThan(1e-10);
      });
      expectAddsUp(found);
    }
    expect(lines.length).toBeGreaterThan(1900);
  });

  test('a portfolio of the factors loads on them with its weights and has no alpha', () => {
    const returns = market!.map(
      (each, t) => riskFree![t]! + 0.8 * each + 0.25 * size![t]! - 0.4 * investment![t]!,
    );
    const found = value(
      famaFrenchFive({ returns, riskFree: riskFree!, factors, periodsPerYear: 252 }),
    );
    const loadings = found.loadings.map((each) => each.loading.value);
    [0.8, 0.25, 0, 0, -0.4].forEach((expected, k) => {
      expect(loadings[k]).toBeCloseTo(expected, 10);
    });
    expect(found.alpha.value).toBeCloseTo(0, 14);
    expect(found.alpha.t.reason).toBe('EXACT_FIT');
    expect(found.regression.rSquared.value).toBeCloseTo(1, 12);
  });
});
