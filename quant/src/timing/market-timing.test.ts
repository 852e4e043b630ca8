import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { neweyWestNaively, regressNaively, seededNormal } from '../factors/testing.ts';
import {
  changLewellen,
  henrikssonMerton,
  type MarketTiming,
  type TimingInput,
  treynorMazuy,
} from './market-timing.ts';

/** A fund with beta 0.5 in falling and `0.5 + timing` in rising markets, and its noise. */
function fund(seed: number, { timing = 0.4, noise = 0.002, periods = 250 } = {}): TimingInput {
  const normal = seededNormal(seed);
  const market = Array.from({ length: periods }, () => 0.0004 + 0.012 * normal());
  const riskFree = market.map((_, t) => 0.00006 + 0.00001 * (t % 3));
  const returns = market.map((value, t) => {
    const m = value - riskFree[t]!;
    return riskFree[t]! + 0.0001 + 0.5 * m + timing * Math.max(0, m) + noise * normal();
  });
  return { returns, market, riskFree, periodsPerYear: 250 };
}

const excess = (series: ArrayLike<number>, { riskFree }: TimingInput) =>
  Array.from(series, (value, t) => value - riskFree[t]!);

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

/** The largest difference of a coefficient or t-value from the normal equations. */
function distance(found: MarketTiming, y: number[], x: number[][], lags?: number): number {
  const naive = regressNaively(y, x);
  const free = y.length - 3;
  const variance = naive.residuals.reduce((sum, e) => sum + e * e, 0) / free;
  const covariance =
    lags === undefined
      ? naive.inverse.map((row) => row.map((each) => each * variance))
      : neweyWestNaively(naive, lags);
  const differences = [found.selection, found.beta, found.timing].flatMap((each, i) => {
    const expected = naive.coefficients[i]!;
    const t = expected / Math.sqrt(covariance[i]![i]!);
    // A t-value is some hundreds at most: 1e-10 of it.
    return [Math.abs(each.value - expected), Math.abs(each.t.value! - t) / (1 + Math.abs(t))];
  });
  return Math.max(...differences);
}

describe('timing and selection', () => {
  test('each model equals its normal equations, with ordinary and Newey-West errors', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const input = fund(seed, { periods: 60 });
        const y = excess(input.returns, input);
        const m = excess(input.market, input);
        const up = m.map((each) => Math.max(0, each));
        const squared = m.map((each) => each * each);
        const robust = { ...input, errors: 'newey-west', lags: 4 } as const;
        expect(distance(value(treynorMazuy(input)), y, [m, squared])).toBeLessThan(1e-10);
        expect(distance(value(henrikssonMerton(input)), y, [m, up])).toBeLessThan(1e-10);
        expect(distance(value(henrikssonMerton(robust)), y, [m, up], 4)).toBeLessThan(1e-10);
      }),
      { numRuns: 40 },
    );
  });

  test('a fund that holds more market before it rises shows it; one that does not, does not', () => {
    for (const model of [treynorMazuy, henrikssonMerton, changLewellen]) {
      const timer = value(model(fund(7, { timing: 0.5 })));
      expect(timer.timing.t.value).toBeGreaterThan(5);
      expect(timer.timing.p.value).toBeLessThan(1e-6);
      const holder = value(model(fund(7, { timing: 0 })));
      expect(Math.abs(holder.timing.t.value!)).toBeLessThan(2.5);
    }
    const found = value(henrikssonMerton(fund(8)));
    expect(Math.abs(found.timing.value - 0.4)).toBeLessThan(0.1);
    expect(found.selectionAnnual.value).toBeCloseTo(250 * found.selection.value, 12);
  });

  test('Chang-Lewellen is Henriksson-Merton in other words', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom('ordinary', 'white', 'newey-west'),
        (seed, errors) => {
          const input = { ...fund(seed, { periods: 40 }), errors: errors as 'white' };
          const two = value(changLewellen(input));
          const one = value(henrikssonMerton(input));
          expect(two.timing.value).toBeCloseTo(one.timing.value, 10);
          expect(two.timing.t.value).toBeCloseTo(one.timing.t.value!, 10);
          expect(two.betaUp.value).toBeCloseTo(one.beta.value + one.timing.value, 10);
          expect(two.selection.t.value).toBeCloseTo(one.selection.t.value!, 10);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('the put form has the same selection and timing', () => {
    const input = fund(3);
    const m = excess(input.market, input);
    const put = regressNaively(excess(input.returns, input), [
      m,
      m.map((each) => Math.max(0, -each)),
    ]);
    const found = value(henrikssonMerton(input));
    expect(found.selection.value).toBeCloseTo(put.coefficients[0]!, 12);
    expect(found.timing.value).toBeCloseTo(put.coefficients[2]!, 10);
    expect(found.beta.value + found.timing.value).toBeCloseTo(put.coefficients[1]!, 10);
  });

  test('leverage scales selection and timing, not their t', () => {
    const input = fund(5);
    const geared = {
      ...input,
      returns: Array.from(input.returns, (r, t) => input.riskFree[t]! * -1 + 2 * r),
    };
    for (const model of [treynorMazuy, henrikssonMerton, changLewellen]) {
      const [one, two] = [value(model(input)), value(model(geared))];
      expect(two.timing.value).toBeCloseTo(2 * one.timing.value, 10);
      expect(two.selection.t.value).toBeCloseTo(one.selection.t.value!, 10);
    }
  });

  test('no market to time: reasons instead of numbers', () => {
    const input = fund(1, { periods: 30 });
    const flat = { ...input, market: input.riskFree };
    for (const model of [treynorMazuy, henrikssonMerton, changLewellen]) {
      expect(model(flat).reason).toBe('SINGULAR');
      const short = [input.returns, input.market, input.riskFree].map((series) =>
        Array.from(series).slice(0, 3),
      );
      const [returns, market, riskFree] = short as [number[], number[], number[]];
      expect(model({ ...input, returns, market, riskFree }).reason).toBe('TOO_FEW_OBSERVATIONS');
    }
    const up = Array.from(input.market, (each, t) => input.riskFree[t]! + Math.abs(each));
    expect(henrikssonMerton({ ...input, market: up }).reason).toBe('SINGULAR');
    expect(changLewellen({ ...input, market: up }).reason).toBe('SINGULAR');
    expect(treynorMazuy({ ...input, market: up }).value).not.toBeNull();
  });

  test('a missing market day is left out, not taken as a day without a move', () => {
    const input = fund(2, { periods: 50 });
    const holes = Array.from(input.market, (each, t) => (t === 10 ? Number.NaN : each));
    for (const model of [treynorMazuy, henrikssonMerton, changLewellen]) {
      const found = value(model({ ...input, market: holes }));
      expect(found.regression.dropped).toBe(1);
    }
  });

  test('a fund that is the market has an exact fit and no t-value', () => {
    const input = fund(4);
    const found = value(changLewellen({ ...input, returns: input.market }));
    expect(found.beta.value).toBeCloseTo(1, 12);
    expect(found.timing.value).toBeCloseTo(0, 12);
    expect(found.timing.t.reason).toBe('EXACT_FIT');
  });
});
