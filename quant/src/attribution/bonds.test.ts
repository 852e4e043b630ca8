import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../factors/testing.ts';
import { attributeBonds, BOND_EFFECTS, type BondInput, curveChanges } from './bonds.ts';
import { linkingCoefficients, linkSegments } from './linking.ts';

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

const sum = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((a, b) => a + b, 0);

function randomInput(seed: number, periods: number, segments: number): BondInput {
  const uniform = seeded(seed);
  const series = (size: number, shift = 0) =>
    Array.from({ length: periods * segments }, () => size * (uniform() - shift));
  const weights = () =>
    Array.from({ length: periods }, () => {
      const raw = Array.from({ length: segments }, () => uniform() + 0.01);
      return raw.map((each) => each / sum(raw));
    }).flat();
  const side = () => ({
    weights: weights(),
    returns: series(0.04, 0.5),
    income: series(0.01),
    duration: series(10),
    convexity: series(80),
    governmentChange: series(0.01, 0.5),
    spreadChange: series(0.005, 0.5),
  });
  return {
    segments,
    portfolio: side(),
    benchmark: side(),
    parallelChange: series(0.01, 0.5).slice(0, periods),
  };
}

/** A five-year annual bond priced before and after its yield moves. */
function price(coupon: number, yieldRate: number, years: number): number {
  let value = 0;
  for (let year = 1; year <= 5; year++) {
    const flow = coupon + (year === 5 ? 1 : 0);
    value += flow / (1 + yieldRate) ** (year - years);
  }
  return value;
}

describe('attribution of bonds', () => {
  test('effects sum to the active return of each period, and linked to that of all', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        (seed, periods, segments) => {
          const input = randomInput(seed, periods, segments);
          const found = value(attributeBonds(input));
          const { portfolioReturns: portfolio, benchmarkReturns: benchmark } = found;
          const coefficients = value(
            linkingCoefficients({ portfolio, benchmark, method: 'carino' }),
          );
          let linked = 0;
          for (const effect of BOND_EFFECTS) {
            linked += sum(linkSegments(found.active[effect], coefficients, segments));
          }
          const grown = (series: Float64Array) => series.reduce((g, each) => g * (1 + each), 1);
          expect(Math.abs(linked - (grown(portfolio) - grown(benchmark)))).toBeLessThan(1e-12);
          for (const each of found.residual) expect(Math.abs(each)).toBeLessThan(1e-14);
        },
      ),
    );
  });

  test('a bond that is repriced exactly leaves almost nothing for selection', () => {
    const years = 1 / 12;
    const [before, after] = [0.03, 0.0345];
    const flows = [1, 2, 3, 4, 5].map((year) => ({ year, flow: 0.04 + (year === 5 ? 1 : 0) }));
    const start = price(0.04, before, 0);
    const present = flows.map(({ year, flow }) => flow / (1 + before) ** year);
    const duration = sum(present.map((each, i) => each * flows[i]!.year)) / start / (1 + before);
    const convexity =
      sum(present.map((each, i) => each * flows[i]!.year * (flows[i]!.year + 1))) /
      start /
      (1 + before) ** 2;
    const bond = {
      weights: [1],
      returns: [price(0.04, after, years) / start - 1],
      income: [(1 + before) ** years - 1],
      duration: [duration],
      convexity: [convexity],
      governmentChange: [0.003],
      spreadChange: [0.0015],
    };
    const cash = {
      ...bond,
      returns: [0],
      income: [0],
      duration: [0],
      convexity: [0],
      spreadChange: [0],
    };
    const found = value(
      attributeBonds({ segments: 1, portfolio: bond, benchmark: cash, parallelChange: [0.002] }),
    );
    expect(found.active.parallel[0]).toBeCloseTo(-duration * 0.002, 15);
    expect(found.active.curve[0]).toBeCloseTo(-duration * 0.001, 15);
    expect(found.active.spread[0]).toBeCloseTo(-duration * 0.0015, 15);
    // The month that passed shortens the bond: second order of a small number.
    expect(Math.abs(found.active.selection[0]!)).toBeLessThan(5e-4);
    expect(found.residual[0]).toBeCloseTo(0, 15);
  });

  test('a quarter of governments and corporates: the effects by hand', () => {
    // Weights 40/60 against 70/30; governments +20 bp at every maturity but +30 and +15 where the
    // portfolio is; corporate spreads −30 bp; coupons of 3 % and 5 % a year.
    const corporates = [0, -0.003];
    const income = [0.0075, 0.0125];
    const portfolio = {
      weights: [0.4, 0.6],
      returns: [0.0075 - 6 * 0.003 + 0.001, 0.0125 - 4 * 0.0015 + 4 * 0.003 - 0.002],
      income,
      duration: [6, 4],
      governmentChange: [0.003, 0.0015],
      spreadChange: corporates,
    };
    const benchmark = {
      weights: [0.7, 0.3],
      returns: [0.0075 - 5 * 0.002, 0.0125 - 5 * 0.002 + 5 * 0.003],
      income,
      duration: [5, 5],
      governmentChange: [0.002, 0.002],
      spreadChange: corporates,
    };
    const found = value(
      attributeBonds({ segments: 2, portfolio, benchmark, parallelChange: [0.002] }),
    );
    const total = (effect: (typeof BOND_EFFECTS)[number]) => sum(found.active[effect]);
    expect(found.portfolioReturns[0]).toBeCloseTo(0.0061, 15);
    expect(found.benchmarkReturns[0]).toBeCloseTo(0.0035, 15);
    // More corporates pay 1.05 % against 0.90 %.
    expect(total('income')).toBeCloseTo(0.0015, 15);
    // Duration of 4.8 against 5 years, at 20 bp.
    expect(total('parallel')).toBeCloseTo(0.0004, 15);
    // 0.4 · 6 years lose 10 bp more, 0.6 · 4 years 5 bp less.
    expect(total('curve')).toBeCloseTo(-0.0012, 15);
    // Spread duration of 2.4 against 1.5 years gains 30 bp.
    expect(total('spread')).toBeCloseTo(0.0027, 15);
    expect(total('convexity')).toBe(0);
    expect(total('selection')).toBeCloseTo(0.4 * 0.001 - 0.6 * 0.002, 15);
    expect(found.residual[0]).toBeCloseTo(0, 15);
  });

  test('a bond nobody holds may lack its numbers; a held one may not', () => {
    const input = randomInput(4, 1, 2);
    const hole = { ...input.portfolio, weights: [1, 0], duration: [5, Number.NaN] };
    expect(attributeBonds({ ...input, portfolio: hole }).value).not.toBeNull();
    const missing = { ...hole, weights: [0.5, 0.5] };
    expect(attributeBonds({ ...input, portfolio: missing }).reason).toBe('NOT_FINITE');
    expect(() => attributeBonds({ ...input, parallelChange: [0, 0] })).toThrow(RangeError);
    const measured = value(attributeBonds({ ...input, portfolioTotals: [0.5] }));
    const own = value(attributeBonds(input)).portfolioReturns[0]!;
    expect(measured.residual[0]).toBeCloseTo(0.5 - own, 14);
  });

  test('changes of a curve are linear between tenors and flat beyond', () => {
    const move = { tenors: [1, 5, 10], before: [0.02, 0.03, 0.035], after: [0.021, 0.034, 0.035] };
    const found = curveChanges(move, [0.25, 1, 3, 5, 7.5, 10, 30, Number.NaN]);
    [0.001, 0.001, 0.0025, 0.004, 0.002, 0, 0].forEach((each, i) => {
      expect(found[i]).toBeCloseTo(each, 15);
    });
    expect(found[7]).toBeNaN();
    expect(() => curveChanges({ ...move, tenors: [1, 1, 2] }, [1])).toThrow(/ascending/);
    expect(() => curveChanges({ ...move, after: [0.02] }, [1])).toThrow(/as many/);
  });
});
