import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../factors/testing.ts';
import { classifyStocks, type StockUniverse, type StyleClasses, styleBox } from './style-box.ts';

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

function randomUniverse(seed: number, stocks: number): StockUniverse {
  const uniform = seeded(seed);
  const series = () =>
    Array.from({ length: stocks }, () => (uniform() < 0.05 ? Number.NaN : uniform()));
  return {
    marketCap: Array.from({ length: stocks }, () => Math.exp(10 * uniform())),
    value: [
      { values: series(), weight: 0.5 },
      { values: series(), weight: 0.5 },
    ],
    growth: [{ values: series(), weight: 1 }],
  };
}

/** Every stock's score by looking at every other stock of its size. */
function scoreNaively(
  { marketCap }: StockUniverse,
  ratios: StockUniverse['value'],
  { stock, size }: { stock: number; size: ArrayLike<number> },
): number {
  let [sum, weights] = [0, 0];
  for (const { values, weight } of ratios) {
    if (Number.isNaN(values[stock])) continue;
    let [below, equal, total] = [0, 0, 0];
    for (let other = 0; other < marketCap.length; other++) {
      if (size[other] !== size[stock] || Number.isNaN(values[other])) continue;
      total += marketCap[other]!;
      if (values[other]! < values[stock]!) below += marketCap[other]!;
      if (Object.is(values[other], values[stock])) equal += marketCap[other]!;
    }
    sum += (weight * 100 * (below + equal / 2)) / total;
    weights += weight;
  }
  return sum / weights;
}

describe('classes of stocks', () => {
  test('the largest cover 70 % and 90 %; each style a third of its size', () => {
    const universe = randomUniverse(1, 3000);
    const { size, style } = value(classifyStocks(universe));
    const cap = (test: (stock: number) => boolean) =>
      Array.from(universe.marketCap).reduce((sum, each, i) => (test(i) ? sum + each : sum), 0);
    const whole = cap(() => true);
    expect(cap((i) => size[i] === 0) / whole).toBeCloseTo(0.7, 2);
    expect(cap((i) => size[i]! >= 0 && size[i]! <= 1) / whole).toBeCloseTo(0.9, 2);
    for (const each of [0, 1, 2]) {
      const group = cap((i) => size[i] === each && style[i]! >= 0);
      for (const kind of [0, 1, 2]) {
        expect(
          Math.abs(cap((i) => size[i] === each && style[i] === kind) / group - 1 / 3),
        ).toBeLessThan(0.02);
      }
    }
  });

  test('places follow the scores as defined, looked up stock by stock', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 3, max: 60 }), (seed, stocks) => {
        const universe = randomUniverse(seed, stocks);
        const classes = value(classifyStocks(universe));
        const net = Array.from(
          { length: stocks },
          (_, stock) =>
            scoreNaively(universe, universe.growth, { stock, size: classes.size }) -
            scoreNaively(universe, universe.value, { stock, size: classes.size }),
        );
        for (let a = 0; a < stocks; a++) {
          expect(Number.isNaN(classes.x[a])).toBe(Number.isNaN(net[a]));
          for (let b = 0; b < stocks; b++) {
            if (classes.size[a] !== classes.size[b] || !(net[a]! < net[b]! - 1e-12)) continue;
            expect(classes.style[a]! <= classes.style[b]!).toBe(true);
            expect(classes.x[a]! <= classes.x[b]!).toBe(true);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('scaling capitalisations or any ratio by a positive number changes nothing', () => {
    const universe = randomUniverse(3, 200);
    const base = value(classifyStocks(universe));
    const scaled = value(
      classifyStocks({
        ...universe,
        marketCap: Array.from(universe.marketCap, (each) => each * 8),
        value: universe.value.map(({ values, weight }) => ({
          values: Array.from(values, (each) => Math.exp(each)),
          weight: weight * 2,
        })),
      }),
    );
    expect(scaled.style).toEqual(base.style);
    expect(scaled.size).toEqual(base.size);
    expect(scaled.x).toEqual(base.x);
  });

  test('one stock, ties, no ratios, no capitalisation', () => {
    const alone = value(classifyStocks({ marketCap: [5], value: [], growth: [] }));
    expect([alone.size[0], alone.style[0]]).toEqual([0, -1]);
    const tied = { values: [1, 1, 1], weight: 1 };
    const ties = value(classifyStocks({ marketCap: [10, 3, 1], value: [tied], growth: [tied] }));
    expect([...ties.style]).toEqual([1, 1, 1]);
    expect([...ties.x]).toEqual([150, 150, 150]);
    expect([...ties.size]).toEqual([0, 1, 2]);
    const empty = classifyStocks({ marketCap: [0, Number.NaN, -1], value: [], growth: [] });
    expect(empty.reason).toBe('NO_HOLDING');
    const broken = { values: [1], weight: 1 };
    expect(() => classifyStocks({ marketCap: [1, 2], value: [broken], growth: [] })).toThrow(
      /1 ratios/,
    );
    expect(() =>
      classifyStocks({ marketCap: [1], value: [{ ...broken, weight: 0 }], growth: [] }),
    ).toThrow(/weight 0/);
  });
});

describe('the box of a portfolio', () => {
  const classes: StyleClasses = {
    size: Int8Array.of(0, 0, 2, -1),
    style: Int8Array.of(0, 2, 1, -1),
    x: Float64Array.of(50, 250, 150, Number.NaN),
    y: Float64Array.of(300, 220, 40, Number.NaN),
  };

  test('weights by box, the mean place and its box', () => {
    const found = value(styleBox([0.3, 0.2, 0.1, 0.4], classes));
    expect(found.covered).toBeCloseTo(0.6, 12);
    expect([...found.boxes].map((each) => each.toFixed(3))).toEqual(
      [0.3, 0, 0.2, 0, 0, 0, 0, 0.1, 0].map((each) => each.toFixed(3)),
    );
    expect(found.x).toBeCloseTo((0.3 * 50 + 0.2 * 250 + 0.1 * 150) / 0.6, 12);
    expect(found.y).toBeCloseTo((0.3 * 300 + 0.2 * 220 + 0.1 * 40) / 0.6, 12);
    expect(found.box).toBe(1);
    expect(value(styleBox([3, 2, 1, 4], classes))).toEqual(found);
  });

  test('a single stock is in its own box', () => {
    const universe = randomUniverse(4, 100);
    const all = value(classifyStocks(universe));
    for (let stock = 0; stock < 100; stock++) {
      if (all.style[stock] === -1) continue;
      const weights = new Float64Array(100);
      weights[stock] = 0.25;
      const found = value(styleBox(weights, all));
      expect(found.box).toBe(all.size[stock]! * 3 + all.style[stock]!);
    }
    expect.hasAssertions();
  });

  test('nothing classified, missing and negative weights', () => {
    expect(styleBox([0, 0, 0, 1], classes).reason).toBe('NO_HOLDING');
    expect(styleBox([1, Number.NaN, 0, 0], classes).reason).toBe('NOT_FINITE');
    expect(() => styleBox([1, -1, 0, 0], classes)).toThrow(/stock 1 is -1/);
    expect(() => styleBox([1], classes)).toThrow(/1 weights/);
  });
});
