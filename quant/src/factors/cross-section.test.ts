import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import {
  type CrossSection,
  type CrossSectionInput,
  fitCrossSection,
  standardiseExposures,
} from './cross-section.ts';
import { attributeFactors, decomposeRisk } from './factor-attribution.ts';
import { factorCovariance, specificRisk } from './factor-covariance.ts';
import { solveNaively } from './testing.ts';

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

const sum = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((a, b) => a + b, 0);

/** A market of stocks with industries and styles, and returns made from known factors. */
function randomSection(
  seed: number,
  { stocks = 80, industries = 5, styles = 3, noise = 0.01 } = {},
) {
  const random = seededRandom(seed);
  const marketCap = Array.from({ length: stocks }, () => Math.exp(2 * random.normal()));
  const industryOf = Array.from({ length: stocks }, (_, stock) =>
    stock < industries ? stock : random.integer(industries),
  );
  const exposures = Array.from({ length: styles }, () =>
    Array.from({ length: stocks }, () => random.normal()),
  );
  const industryFactors = Array.from({ length: industries }, () => 0.01 * random.normal());
  const caps = industryFactors.map((_, k) =>
    sum(marketCap.filter((__, stock) => industryOf[stock] === k)),
  );
  // What the constraint takes from industries belongs to the country.
  const mean = sum(industryFactors.map((f, k) => f * caps[k]!)) / sum(caps);
  const truth = {
    country: 0.005,
    industries: industryFactors.map((f) => f - mean),
    styles: exposures.map(() => 0.004 * random.normal()),
  };
  const returns = marketCap.map(
    (_, stock) =>
      truth.country +
      truth.industries[industryOf[stock]!]! +
      sum(truth.styles.map((f, k) => f * exposures[k]![stock]!)) +
      noise * random.normal(),
  );
  const input: CrossSectionInput = {
    returns,
    marketCap,
    industryOf,
    industries,
    styles: exposures,
  };
  return { input, truth, caps };
}

/** The equations of Lagrange for the constrained problem, solved as they stand. */
function fitNaively(input: CrossSectionInput, caps: readonly number[]): number[] {
  const { returns, marketCap, industryOf, industries, styles } = input;
  const rows = Array.from(returns, (_, stock) => [
    1,
    ...Array.from({ length: industries }, (__, k) => (industryOf[stock] === k ? 1 : 0)),
    ...styles.map((style) => style[stock]!),
  ]);
  const size = rows[0]!.length;
  const constraint = Array.from({ length: size }, (_, k) =>
    k >= 1 && k <= industries ? caps[k - 1]! / sum(caps) : 0,
  );
  const weight = (stock: number) => Math.sqrt(marketCap[stock]!);
  const matrix = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (__, j) =>
      sum(rows.map((row, stock) => weight(stock) * row[i]! * row[j]!)),
    ),
    constraint[i]!,
  ]);
  matrix.push([...constraint, 0]);
  const right = Array.from({ length: size }, (_, i) =>
    sum(rows.map((row, stock) => weight(stock) * row[i]! * returns[stock]!)),
  );
  return solveNaively(matrix, [...right, 0]).slice(0, size);
}

const factorsOf = ({ country, industries, styles }: CrossSection) => [
  country,
  ...industries,
  ...styles,
];

describe('a cross-section', () => {
  test('equals the equations of Lagrange to 1e-10; the constraint holds exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 15, max: 100 }),
        (seed, stocks) => {
          const { input, caps } = randomSection(seed, { stocks });
          const found = value(fitCrossSection(input));
          const naive = fitNaively(input, caps);
          factorsOf(found).forEach((each, k) => {
            expect(Math.abs(each - naive[k]!)).toBeLessThan(1e-10);
          });
          const balance = sum(found.industries.map((f, k) => f * caps[k]!)) / sum(caps);
          expect(Math.abs(balance)).toBeLessThan(1e-15);
        },
      ),
    );
  });

  test('without noise the factors come back; specific returns are zero', () => {
    const { input, truth } = randomSection(1, { noise: 0 });
    const found = value(fitCrossSection(input));
    [truth.country, ...truth.industries, ...truth.styles].forEach((each, k) => {
      expect(factorsOf(found)[k]).toBeCloseTo(each, 13);
    });
    expect(Math.max(...found.specific.map(Math.abs))).toBeLessThan(1e-14);
    expect(found.rSquared.value).toBeCloseTo(1, 12);
  });

  test('factor and specific returns add up to the return of every stock and portfolio', () => {
    const { input } = randomSection(2);
    const found = value(fitCrossSection(input));
    const exposures = [
      Array.from(input.returns, () => 1),
      ...Array.from({ length: 5 }, (_, k) =>
        Array.from(input.industryOf, (industry) => (industry === k ? 1 : 0)),
      ),
      ...input.styles,
    ];
    const weights = Array.from(input.returns, (_, stock) => (stock % 3) - 0.5);
    const parts = value(
      attributeFactors({
        weights,
        exposures,
        factorReturns: factorsOf(found),
        specific: found.specific,
        total: sum(Array.from(input.returns, (each, stock) => each * weights[stock]!)),
      }),
    );
    expect(parts.residual).toBeCloseTo(0, 13);
  });

  test('scaling capitalisations changes nothing; adding to all returns moves the country alone', () => {
    const { input } = randomSection(3);
    const base = value(fitCrossSection(input));
    const scaled = value(
      fitCrossSection({ ...input, marketCap: Array.from(input.marketCap, (each) => each * 1e6) }),
    );
    factorsOf(base).forEach((each, k) => expect(factorsOf(scaled)[k]).toBeCloseTo(each, 13));
    const moved = value(
      fitCrossSection({ ...input, returns: Array.from(input.returns, (each) => each + 0.02) }),
    );
    expect(moved.country - base.country).toBeCloseTo(0.02, 13);
    moved.industries.forEach((each, k) => expect(each).toBeCloseTo(base.industries[k]!, 13));
  });

  test('stocks with gaps are left out; an industry without stocks has no return', () => {
    const { input } = randomSection(4);
    const returns = Array.from(input.returns, (each, stock) => (stock === 7 ? Number.NaN : each));
    const marketCap = Array.from(input.marketCap, (each, stock) =>
      input.industryOf[stock] === 2 ? 0 : each,
    );
    const found = value(fitCrossSection({ ...input, returns, marketCap }));
    expect(found.specific[7]).toBeNaN();
    expect(found.industries[2]).toBeNaN();
    const left = Array.from(input.industryOf).filter((each, stock) => each !== 2 && stock !== 7);
    expect(found.observations).toBe(left.length);
  });

  test('too few stocks, dependent styles, constant returns, broken input', () => {
    const { input } = randomSection(5, { stocks: 8 });
    expect(fitCrossSection(input).reason).toBe('TOO_FEW_OBSERVATIONS');
    const { input: enough } = randomSection(5);
    const twin = { ...enough, styles: [...enough.styles, enough.styles[0]!] };
    expect(fitCrossSection(twin).reason).toBe('SINGULAR');
    const flat = { ...enough, returns: Array.from(enough.returns, () => 0.01) };
    expect(value(fitCrossSection(flat)).rSquared.reason).toBe('ZERO_VARIANCE');
    expect(value(fitCrossSection(flat)).country).toBeCloseTo(0.01, 14);
    expect(() => fitCrossSection({ ...enough, marketCap: [1] })).toThrow(/1 numbers/);
    expect(() => fitCrossSection({ ...enough, industries: 2 })).toThrow(/of 2/);
  });

  test('standardised: the market has none, the deviation is one, outliers are drawn in', () => {
    const { input } = randomSection(6, { stocks: 200 });
    const raw = Array.from(input.styles[0]!, (each, stock) => (stock === 0 ? 1e3 : each));
    raw[1] = Number.NaN;
    const found = value(standardiseExposures(raw, { marketCap: input.marketCap }));
    const known = [...found.keys()].filter((stock) => stock !== 1);
    expect(sum(known.map((s) => found[s]! * input.marketCap[s]!))).toBeCloseTo(0, 8);
    const mean = sum(known.map((s) => found[s]!)) / known.length;
    const squares = sum(known.map((s) => (found[s]! - mean) ** 2));
    expect(Math.sqrt(squares / (known.length - 1))).toBeCloseTo(1, 10);
    expect(found[1]).toBeNaN();
    expect(standardiseExposures([1, 1], { marketCap: [1, 2] }).reason).toBe('ZERO_VARIANCE');
    expect(standardiseExposures([1], { marketCap: [1] }).reason).toBe('TOO_FEW_OBSERVATIONS');
  });
});

function factorSeries(seed: number, periods: number) {
  const random = seededRandom(seed);
  let last = [0, 0, 0];
  return Array.from({ length: periods }, () => {
    const market = 0.01 * random.normal();
    last = last.map((each, k) => 0.3 * each + (k + 1) * 0.004 * random.normal() + market);
    return last;
  }).flat();
}

/** Weighted covariance by the formula, entry by entry. */
function covarianceNaively(returns: number[], halfLife: number, lags: number): number[][] {
  const periods = returns.length / 3;
  const raw = Array.from({ length: periods }, (_, t) => 0.5 ** ((periods - 1 - t) / halfLife));
  const weights = raw.map((each) => each / sum(raw));
  const means = [0, 1, 2].map((k) => sum(weights.map((w, t) => w * returns[t * 3 + k]!)));
  const z = (t: number, k: number) => Math.sqrt(weights[t]!) * (returns[t * 3 + k]! - means[k]!);
  const gamma = (lag: number, i: number, j: number) => {
    let total = 0;
    for (let t = lag; t < periods; t++) total += z(t, i) * z(t - lag, j);
    return total;
  };
  const scale = 1 / (1 - sum(weights.map((w) => w * w)));
  return [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => {
      let total = gamma(0, i, j);
      for (let lag = 1; lag <= lags; lag++) {
        total += (1 - lag / (lags + 1)) * (gamma(lag, i, j) + gamma(lag, j, i));
      }
      return total * scale;
    }),
  );
}

describe('risk of factors', () => {
  test.each([0, 1, 4])('with %d lags: the formula entry by entry, and no negative risk', (lags) => {
    const returns = factorSeries(lags + 1, 150);
    const found = value(
      factorCovariance({
        returns,
        factors: 3,
        lags,
        periodsPerYear: 252,
        volatilityHalfLife: 40,
        correlationHalfLife: 120,
      }),
    );
    const [short, long] = [
      covarianceNaively(returns, 40, lags),
      covarianceNaively(returns, 120, lags),
    ];
    for (const i of [0, 1, 2]) {
      for (const j of [0, 1, 2]) {
        const correlation = long[i]![j]! / Math.sqrt(long[i]![i]! * long[j]![j]!);
        const expected = 252 * correlation * Math.sqrt(short[i]![i]! * short[j]![j]!);
        expect(found[i * 3 + j]).toBeCloseTo(expected, 12);
      }
    }
    fc.assert(
      fc.property(
        fc.tuple(
          fc.double({ min: -5, max: 5, noNaN: true }),
          fc.double({ min: -5, max: 5, noNaN: true }),
          fc.double({ min: -5, max: 5, noNaN: true }),
        ),
        (x) => {
          const variance = sum(x.map((a, i) => a * sum(x.map((b, j) => b * found[i * 3 + j]!))));
          expect(variance).toBeGreaterThanOrEqual(-1e-15);
        },
      ),
    );
  });

  test('with no memory lost it is the sample covariance', () => {
    const returns = factorSeries(9, 60);
    const found = value(
      factorCovariance({
        returns,
        factors: 3,
        periodsPerYear: 1,
        volatilityHalfLife: 1e12,
        correlationHalfLife: 1e12,
      }),
    );
    const column = (k: number) => returns.filter((_, at) => at % 3 === k);
    const mean = sum(column(0)) / 60;
    const variance = sum(column(0).map((each) => (each - mean) ** 2)) / 59;
    expect(found[0]).toBeCloseTo(variance, 14);
  });

  test('gaps, stillness, short history', () => {
    const input = { factors: 3, periodsPerYear: 252 };
    expect(factorCovariance({ ...input, returns: [1, 2, 3] }).reason).toBe('TOO_FEW_OBSERVATIONS');
    const still = factorSeries(1, 20).map((each, at) => (at % 3 === 1 ? 0 : each));
    expect(factorCovariance({ ...input, returns: still }).reason).toBe('ZERO_VARIANCE');
    const hole = factorSeries(1, 20).map((each, at) => (at === 4 ? Number.NaN : each));
    expect(factorCovariance({ ...input, returns: hole }).reason).toBe('NOT_FINITE');
    expect(() => factorCovariance({ ...input, returns: [1, 2] })).toThrow(RangeError);
    expect(() =>
      factorCovariance({ ...input, returns: factorSeries(1, 9), volatilityHalfLife: 0 }),
    ).toThrow(/half-life 0/);
  });

  test('specific risk: mean square, and what a young stock borrows from its group', () => {
    const random = seededRandom(3);
    const specific = Array.from({ length: 100 }, (_, t) => [
      0.01 * random.normal(),
      0.02 * random.normal(),
      t < 95 ? Number.NaN : 0.05,
      0.5 * random.normal(),
    ]).flat();
    const input = {
      specific,
      stocks: 4,
      groupOf: [0, 0, 0, 1],
      marketCap: [1, 3, 1, 1],
      periodsPerYear: 252,
    };
    const plain = specificRisk({ ...input, shrinkage: 0, halfLife: 1e12 });
    const root = Math.sqrt(
      (252 * sum(specific.filter((_, at) => at % 4 === 0).map((u) => u * u))) / 100,
    );
    expect(plain[0]).toBeCloseTo(root, 12);
    expect(plain[2]).toBeCloseTo((plain[0]! + 3 * plain[1]!) / 4, 12);
    const drawn = specificRisk({ ...input, shrinkage: 0.5, halfLife: 1e12 });
    expect(drawn[0]! > plain[0]! && drawn[1]! < plain[1]!).toBe(true);
    expect(drawn[3]).toBeCloseTo(plain[3]!, 12);
    expect(specificRisk({ ...input, minimum: 101 })[0]).toBeNaN();
    expect(() => specificRisk({ ...input, groupOf: [1] })).toThrow(/1 groups/);
  });

  test('risk by factor and by stock sums to the whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const random = seededRandom(seed);
        const covariance = value(
          factorCovariance({ returns: factorSeries(seed, 60), factors: 3, periodsPerYear: 252 }),
        );
        const stocks = 20;
        const exposures = [0, 1, 2].map(() =>
          Array.from({ length: stocks }, () => random.normal()),
        );
        const weights = Array.from({ length: stocks }, () => random.uniform() - 0.3);
        const specific = Array.from({ length: stocks }, () => 0.1 + 0.3 * random.uniform());
        const found = value(decomposeRisk({ weights, exposures, covariance, specific }));
        // The covariance of stocks, whole: X F Xᵀ + diag(σ²).
        let variance = 0;
        for (let i = 0; i < stocks; i++) {
          for (let j = 0; j < stocks; j++) {
            let common = i === j ? specific[i]! ** 2 : 0;
            for (const a of [0, 1, 2]) {
              for (const b of [0, 1, 2]) {
                common += exposures[a]![i]! * covariance[a * 3 + b]! * exposures[b]![j]!;
              }
            }
            variance += weights[i]! * weights[j]! * common;
          }
        }
        expect(found.total).toBeCloseTo(Math.sqrt(variance), 12);
        expect(sum(found.contributions) + found.specificContribution.value!).toBeCloseTo(
          found.total,
          12,
        );
        expect(sum(found.byStock)).toBeCloseTo(found.total, 12);
      }),
      { numRuns: 40 },
    );
  });

  test('a stock nobody holds may lack its numbers', () => {
    const input = {
      weights: [1, 0],
      exposures: [[1, Number.NaN]],
      covariance: [0.04],
      specific: [0.3, Number.NaN],
    };
    expect(value(decomposeRisk(input)).total).toBeCloseTo(Math.sqrt(0.04 + 0.09), 14);
    expect(decomposeRisk({ ...input, weights: [1, 1] }).reason).toBe('NOT_FINITE');
    expect(decomposeRisk({ ...input, weights: [0, 0] }).reason).toBe('ZERO_VARIANCE');
    expect(() => decomposeRisk({ ...input, covariance: [] })).toThrow(/0 covariances/);
    const parts = {
      weights: [1, 0],
      exposures: [[1, Number.NaN]],
      factorReturns: [0.02],
      specific: [0.01, Number.NaN],
    };
    expect(value(attributeFactors(parts)).total).toBeCloseTo(0.03, 15);
    expect(attributeFactors({ ...parts, factorReturns: [Number.NaN] }).reason).toBe('NOT_FINITE');
  });
});
