import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDay } from '../numeric/day.ts';
import { seededRandom } from '../numeric/random.ts';
import { normalDensity, normalQuantile } from '../numeric/normal.ts';
import { evaluate } from './evaluate.ts';
import { MEASURE_IDS, type MeasureId } from './measures.ts';
import { cornishFisher, modifiedShortfallOf } from './measures/tail.ts';
import { livelySeries as series } from './testing.ts';
import { createFacts } from './facts.ts';

type Input = Parameters<typeof evaluate>[0];

function valuesOf(input: Input, ids: readonly MeasureId[]): (number | null)[] {
  const figures = evaluate(input, ids);
  return ids.map((id) => figures[id].value);
}

/** Every measure whose two values differ, in words. */
function mismatches(
  ids: readonly MeasureId[],
  one: readonly (number | null)[],
  other: readonly (number | null)[],
): string[] {
  return ids.flatMap((id, at) => {
    const [value, expected] = [one[at] ?? null, other[at] ?? null];
    if (value === null || expected === null) return value === expected ? [] : [`${id}: missing`];
    const error = Math.abs(value - expected) / Math.max(1, Math.abs(expected));
    return error < 1e-10 ? [] : [`${id}: ${value} against ${expected}`];
  });
}

const INVARIANT_UNDER_SCALE: readonly MeasureId[] = [
  'sharpeRatio',
  'sortinoRatio',
  'omegaRatio',
  'omegaSharpeRatio',
  'kappa2',
  'kappa3',
  'upsidePotentialRatio',
  'skewness',
  'kurtosis',
  'sampleSkewness',
  'sampleKurtosis',
  'jarqueBera',
  'autocorrelation',
  'hurstIndex',
  'winRate',
  'gainLossRatio',
  'bernardoLedoitRatio',
  'dRatio',
  'gainToPainRatio',
  'tailRatio',
  'rachevRatio',
  'volatilitySkewness',
  'correlation',
  'rSquared',
  'rewardToVar',
  'rewardToShortfall',
  'probabilisticSharpeRatio',
  'skewnessKurtosisRatio',
];

const PROPORTIONAL: readonly MeasureId[] = [
  'meanReturn',
  'annualMeanReturn',
  'medianReturn',
  'bestReturn',
  'worstReturn',
  'volatility',
  'populationVolatility',
  'meanAbsoluteDeviation',
  'semiDeviation',
  'downsideDeviation',
  'upsideDeviation',
  'downsidePotential',
  'upsidePotential',
  'valueAtRisk95',
  'valueAtRisk99',
  'expectedShortfall95',
  'expectedShortfall99',
  'normalValueAtRisk95',
  'normalExpectedShortfall95',
  'modifiedValueAtRisk95',
  'modifiedExpectedShortfall95',
  'giniMeanDifference',
  'beta',
  'upBeta',
  'downBeta',
  'systematicRisk',
  'specificRisk',
  'totalRisk',
  'famaBeta',
  'averageGain',
  'averageLoss',
];

/** Unchanged when the same is added to every return, the risk-free return and the threshold. */
const INVARIANT_UNDER_SHIFT: readonly MeasureId[] = [
  'sharpeRatio',
  'sortinoRatio',
  'omegaRatio',
  'kappa3',
  'upsidePotentialRatio',
  'volatility',
  'skewness',
  'kurtosis',
  'meanAbsoluteDeviation',
  'semiDeviation',
  'downsideDeviation',
  'giniMeanDifference',
  'autocorrelation',
  'hurstIndex',
  'beta',
  'correlation',
  'trackingError',
  'informationRatio',
  'specificRisk',
  'benchmarkWinRate',
  'kellyFraction',
  'alpha',
];

/** Do not look at the order in time. */
const ORDERLESS: readonly MeasureId[] = [
  'totalReturn',
  'volatility',
  'skewness',
  'kurtosis',
  'sharpeRatio',
  'sortinoRatio',
  'omegaRatio',
  'valueAtRisk95',
  'expectedShortfall95',
  'tailRatio',
  'giniMeanDifference',
  'winRate',
  'beta',
  'alpha',
  'upCapture',
  'downCapture',
  'specificRisk',
  'trackingError',
  'informationRatio',
  'mSquared',
];

describe('laws of the measures', () => {
  test('scale: twice the returns, the same ratios and twice the sizes', () => {
    fc.assert(
      fc.property(
        series,
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        ({ returns, benchmark }, factor) => {
          const scaled = { returns: returns.map((r) => r * factor), benchmark };
          const input = { returns, benchmark };
          const same = INVARIANT_UNDER_SCALE;
          expect(mismatches(same, valuesOf(scaled, same), valuesOf(input, same))).toEqual([]);
          const sizes = valuesOf(input, PROPORTIONAL).map((value) =>
            value === null ? null : value * factor,
          );
          expect(mismatches(PROPORTIONAL, valuesOf(scaled, PROPORTIONAL), sizes)).toEqual([]);
        },
      ),
    );
  });

  test('translation: what is over the risk-free return and the threshold stays', () => {
    fc.assert(
      fc.property(
        series,
        fc.double({ min: -0.01, max: 0.01, noNaN: true }),
        ({ returns, benchmark }, shift) => {
          const moved = {
            returns: returns.map((r) => r + shift),
            benchmark: benchmark.map((b) => b + shift),
            riskFree: shift,
            threshold: shift,
          };
          const ids = INVARIANT_UNDER_SHIFT;
          const still = valuesOf({ returns, benchmark }, ids);
          expect(mismatches(ids, valuesOf(moved, ids), still)).toEqual([]);
        },
      ),
    );
  });

  test('permutation: the order in time does not matter where it is not looked at', () => {
    fc.assert(
      fc.property(series, fc.integer(), ({ returns, benchmark }, seed) => {
        const random = seededRandom(Math.abs(seed));
        const rows = returns
          .map((_, at) => ({ at, key: random.uniform() }))
          .sort((a, b) => a.key - b.key);
        const mixed = {
          returns: rows.map(({ at }) => returns[at] as number),
          benchmark: rows.map(({ at }) => benchmark[at] as number),
        };
        const sorted = valuesOf({ returns, benchmark }, ORDERLESS);
        expect(mismatches(ORDERLESS, valuesOf(mixed, ORDERLESS), sorted)).toEqual([]);
      }),
    );
  });

  test('order: tails grow with the level, averages lie below extremes', () => {
    fc.assert(
      fc.property(series, (input) => {
        const figures = evaluate(input, MEASURE_IDS, { annualiseBelowYear: true });
        const value = (id: MeasureId) => figures[id].value ?? Number.NaN;
        const ascending: MeasureId[][] = [
          ['valueAtRisk95', 'valueAtRisk99', 'expectedShortfall99'],
          ['valueAtRisk95', 'expectedShortfall95', 'expectedShortfall99'],
          ['normalValueAtRisk95', 'normalExpectedShortfall95', 'normalExpectedShortfall99'],
          ['painIndex', 'ulcerIndex', 'maxDrawdown'],
          ['averageDrawdown', 'maxDrawdown'],
          ['drawdownAtRisk95', 'conditionalDrawdown95', 'maxDrawdown'],
          ['worstReturn', 'medianReturn', 'bestReturn'],
          ['geometricMeanReturn', 'meanReturn'],
          ['systematicRisk', 'totalRisk'],
        ];
        for (const ids of ascending) {
          ids.slice(1).forEach((id, at) => {
            const below = ids[at] as MeasureId;
            if (!(value(below) <= value(id) + 1e-12)) throw new Error(`${below} above ${id}`);
          });
        }
        expect(value('maxDrawdown')).toBeGreaterThanOrEqual(0);
        expect(value('maxDrawdown')).toBeLessThanOrEqual(1);
        expect(value('totalRisk')).toBeCloseTo(value('populationVolatility'), 10);
        expect(value('netSelectivity') + value('diversification')).toBeCloseTo(
          value('jensenAlpha'),
          10,
        );
        expect(value('omegaRatio') - 1).toBeCloseTo(value('omegaSharpeRatio'), 10);
      }),
    );
  });

  test('a fund that is its benchmark', () => {
    fc.assert(
      fc.property(series, ({ returns }) => {
        const figures = evaluate({ returns, benchmark: returns }, MEASURE_IDS, {
          annualiseBelowYear: true,
        });
        expect(figures.beta.value).toBeCloseTo(1, 10);
        expect(figures.alpha.value).toBeCloseTo(0, 10);
        expect(figures.jensenAlpha.value).toBeCloseTo(0, 10);
        expect(figures.correlation.value).toBeCloseTo(1, 10);
        expect(figures.trackingError.value).toBeCloseTo(0, 10);
        expect(figures.informationRatio.reason).toBe('ZERO_VARIANCE');
        expect(figures.appraisalRatio.reason).toBe('EXACT_FIT');
        expect(figures.captureRatio.value).toBeCloseTo(1, 10);
        expect(figures.relativeDrawdown.value).toBeCloseTo(0, 10);
      }),
    );
  });
});

describe('Cornish-Fisher', () => {
  test('of a normal distribution is the normal figure', () => {
    const facts = createFacts();
    Object.assign(facts.window, { count: 1e9 });
    Object.assign(facts.returns, { mean: 0.001, m2: 0.0004, m3: 0, m4: 3 * 0.0004 ** 2 });
    const z = normalQuantile(0.05);
    expect(cornishFisher(z, 0, 0)).toBe(z);
    expect(modifiedShortfallOf(facts, 0.05)).toBeCloseTo(
      (0.02 * normalDensity(z)) / 0.05 - 0.001,
      9,
    );
  });

  test('the shortfall is the integral of the Edgeworth density', () => {
    const [skewness, kurtosis, p] = [-0.4, 0.9, 0.05];
    const facts = createFacts();
    Object.assign(facts.window, { count: 1e12 });
    Object.assign(facts.returns, { mean: 0, m2: 1, m3: skewness, m4: kurtosis + 3 });
    const density = (z: number) => {
      const h3 = z ** 3 - 3 * z;
      const h4 = z ** 4 - 6 * z * z + 3;
      const h6 = z ** 6 - 15 * z ** 4 + 45 * z * z - 15;
      const factor = 1 + (skewness / 6) * h3 + (kurtosis / 24) * h4 + (skewness ** 2 / 72) * h6;
      return normalDensity(z) * factor;
    };
    const end = cornishFisher(normalQuantile(p), skewness, kurtosis);
    const steps = 200_000;
    const width = (end + 12) / steps;
    let integral = 0;
    for (let at = 0; at < steps; at++) {
      const z = -12 + (at + 0.5) * width;
      integral += z * density(z) * width;
    }
    expect(modifiedShortfallOf(facts, p)).toBeCloseTo(-integral / p, 6);
  });

  test('is not stated where the expansion falls', () => {
    const returns = [
      ...Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? 0.001 : -0.001)),
      -0.3,
    ];
    expect(evaluate({ returns }, ['modifiedValueAtRisk95']).modifiedValueAtRisk95.reason).toBe(
      'OUTSIDE_DOMAIN',
    );
  });
});

describe('annual growth', () => {
  test('of less than a year is stated only when asked for', () => {
    const returns = [0.02];
    const [refused] = [evaluate({ returns }, ['annualReturn'], { periodsPerYear: 52 })];
    expect(refused.annualReturn.reason).toBe('LESS_THAN_A_YEAR');
    const asked = evaluate({ returns }, ['annualReturn'], {
      periodsPerYear: 52,
      annualiseBelowYear: true,
    });
    expect(asked.annualReturn.value).toBeCloseTo(1.02 ** 52 - 1, 12);
  });

  test('counts calendar time where dates are known', () => {
    const days = ['2019-12-31', '2020-06-30', '2020-12-31'].map(parseDay);
    const { annualReturn } = evaluate({ returns: [0.1, 0], days }, ['annualReturn']);
    expect(annualReturn.value).toBeCloseTo(1.1 ** (365 / 366) - 1, 12);
  });
});
