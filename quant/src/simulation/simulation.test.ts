import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantile } from '../numeric/quantile.ts';
import { seededRandom } from '../numeric/random.ts';
import {
  type GoalPlan,
  type GoalSettings,
  type ReturnSource,
  simulateGoal,
  simulateWealth,
  stressPortfolio,
  summariseWealth,
} from './index.ts';
import { preparePaths } from './sources.ts';

const history = (rows: readonly (readonly number[])[]) => ({
  assets: rows[0]?.length ?? 0,
  values: Float64Array.from(rows.flat()),
});

/** Draws `count` periods of a path: one array a period. */
function draw(source: ReturnSource, count: number, seed = 1): number[][] {
  const next = preparePaths(source)(seededRandom(seed));
  const width = source.kind === 'bootstrap' ? source.history.assets : source.assets;
  return Array.from({ length: count }, () => {
    const into = new Float64Array(width);
    next(into);
    return [...into];
  });
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('history drawn again', () => {
  const rows = Array.from({ length: 10 }, (_, t) => [t / 100, -t / 100]);

  test('gives whole rows: what assets have in common stays', () => {
    for (const blocks of ['fixed', 'stationary'] as const) {
      const source: ReturnSource = {
        kind: 'bootstrap',
        history: history(rows),
        blocks,
        blockLength: 3,
      };
      for (const [a = 0, b = 0] of draw(source, 500)) expect(a + b).toBe(0);
    }
  });

  test('fixed blocks run on for their length, around the end of the history', () => {
    const source: ReturnSource = {
      kind: 'bootstrap',
      history: history(rows),
      blocks: 'fixed',
      blockLength: 4,
    };
    const places = draw(source, 4_000).map(([a = 0]) => Math.round(a * 100));
    const within = places.flatMap((place, at) => (at % 4 === 0 ? [] : [[places[at - 1], place]]));
    for (const [before = 0, after] of within) expect(after).toBe((before + 1) % 10);
    // Every period as often as any other: 400 of each, give or take five standard errors.
    for (let t = 0; t < 10; t++) {
      const times = places.filter((place) => place === t).length;
      expect(Math.abs(times - 400)).toBeLessThan(5 * Math.sqrt(4_000 * 0.1 * 0.9 * 4));
    }
  });

  test('stationary blocks have the mean length that was asked for', () => {
    const source: ReturnSource = {
      kind: 'bootstrap',
      history: history(Array.from({ length: 1_000 }, (_, t) => [t])),
      blocks: 'stationary',
      blockLength: 5,
    };
    const places = draw(source, 20_000).map(([a = 0]) => a);
    const starts = places.filter((at, n) => n > 0 && at !== ((places[n - 1] ?? 0) + 1) % 1_000);
    expect(places.length / starts.length).toBeGreaterThan(4.7);
    expect(places.length / starts.length).toBeLessThan(5.3);
  });

  test.each([
    ['no history', { history: { assets: 1, values: new Float64Array(0) } }],
    ['a hole in it', { history: history([[0.1], [Number.NaN]]) }],
    ['half a block', { blockLength: 2.5 }],
    ['no block', { blockLength: 0 }],
  ])('refuses %s', (_, change) => {
    const source = { kind: 'bootstrap', history: history(rows), blocks: 'fixed', blockLength: 2 };
    expect(() => preparePaths({ ...source, ...change } as ReturnSource)).toThrow(RangeError);
  });
});

describe('returns of a distribution', () => {
  const source = {
    kind: 'parametric',
    assets: 2,
    means: Float64Array.of(0.01, -0.005),
    covariance: Float64Array.of(0.0004, 0.0003, 0.0003, 0.0009),
  } as const;

  test.each([
    ['normal', {}],
    ['Student t', { degreesOfFreedom: 6 }],
  ])('%s: means and covariances are those asked for', (_, change) => {
    const logs = draw({ ...source, ...change }, 60_000).map((row) => row.map(Math.log1p));
    const of = (i: number) => logs.map((row) => row[i] ?? 0);
    const [a, b] = [of(0), of(1)];
    const [ma, mb] = [mean(a), mean(b)];
    expect(ma).toBeCloseTo(0.01, 3);
    expect(mb).toBeCloseTo(-0.005, 3);
    expect(mean(a.map((x) => (x - ma) ** 2))).toBeCloseTo(0.0004, 4);
    expect(mean(b.map((x) => (x - mb) ** 2))).toBeCloseTo(0.0009, 4);
    expect(mean(a.map((x, n) => (x - ma) * ((b[n] ?? 0) - mb)))).toBeCloseTo(0.0003, 4);
  });

  test('a t distribution has the fatter tails', () => {
    const beyond = (rows: number[][]) =>
      rows.filter(([a = 0]) => Math.abs(Math.log1p(a) - 0.01) > 4 * 0.02).length;
    const fat = beyond(draw({ ...source, degreesOfFreedom: 4 }, 50_000));
    expect(fat).toBeGreaterThan(5 * beyond(draw(source, 50_000)));
  });

  test.each([
    ['a matrix that is none', { covariance: Float64Array.of(1, 2, 2, 1) }],
    ['a variance that does not exist', { degreesOfFreedom: 2 }],
    ['means of another number', { means: Float64Array.of(0.1) }],
  ])('refuses %s', (_, change) => {
    expect(() => preparePaths({ ...source, ...change })).toThrow(RangeError);
  });
});

describe('a goal', () => {
  const certain = (rate: number): ReturnSource => ({
    kind: 'bootstrap',
    history: history([[rate]]),
    blocks: 'fixed',
    blockLength: 1,
  });
  const plan = (change: Partial<GoalPlan> = {}): GoalPlan => ({
    initial: 100,
    flows: new Float64Array(3),
    target: 110,
    weights: Float64Array.of(1),
    ...change,
  });
  const settings = (source: ReturnSource, change: Partial<GoalSettings> = {}): GoalSettings => ({
    source,
    paths: 400,
    seed: 7,
    ...change,
  });

  test('without chance it is compound interest, reached or not', () => {
    const flows = Float64Array.of(10, -5, 0);
    const wealth = ((100 * 1.1 + 10) * 1.1 - 5) * 1.1;
    const reached = simulateGoal(plan({ flows, target: wealth - 1e-9 }), settings(certain(0.1)));
    expect(reached.value).toMatchObject({ probability: 1, standardError: 0, ruin: 0 });
    expect(reached.value?.mean).toBeCloseTo(wealth, 9);
    expect(reached.value?.shortfall).toEqual({ value: null, reason: 'NO_LOSS' });
    for (const { levels } of reached.value?.bands ?? []) {
      expect([...levels].map((level) => Math.round(level * 1e6))).toEqual(
        [100, 120, 127, wealth].map((level) => Math.round(level * 1e6)),
      );
    }
    const missed = simulateGoal(plan({ flows, target: wealth + 5 }), settings(certain(0.1)));
    expect(missed.value?.probability).toBe(0);
    expect(missed.value?.shortfall.value).toBeCloseTo(5, 9);
  });

  test('a withdrawal that cannot be paid is ruin, and what comes in later is not', () => {
    const flows = Float64Array.of(-60, -60, 50);
    const { value } = simulateGoal(plan({ flows, target: 50 }), settings(certain(0)));
    expect(value).toMatchObject({ ruin: 1, probability: 1 });
    expect([...(value?.bands[2]?.levels ?? [])]).toEqual([100, 40, 0, 50]);
  });

  test('a lognormal goal meets its closed form', () => {
    const [mu, sigma, periods] = [0.005, 0.04, 24];
    const source: ReturnSource = {
      kind: 'parametric',
      assets: 1,
      means: Float64Array.of(mu),
      covariance: Float64Array.of(sigma ** 2),
    };
    const target = 100 * Math.exp(mu * periods);
    const goal = plan({ flows: new Float64Array(periods), target });
    const { value } = simulateGoal(goal, settings(source, { paths: 20_000 }));
    // The target is the median of the distribution.
    expect(Math.abs((value?.probability ?? 0) - 0.5)).toBeLessThan(4 * 0.0036);
    const high = 100 * Math.exp(mu * periods + 1.6448536 * sigma * Math.sqrt(periods));
    expect((value?.bands[4]?.levels[periods] ?? 0) / high).toBeCloseTo(1, 1);
  });

  test('the same seed gives the same bits, in one piece or in any parts', () => {
    const rows = Array.from({ length: 40 }, (_, t) => [Math.sin(t) / 50, Math.cos(t) / 40]);
    const source: ReturnSource = {
      kind: 'bootstrap',
      history: history(rows),
      blocks: 'stationary',
      blockLength: 6,
    };
    const goal = plan({ flows: new Float64Array(12), weights: Float64Array.of(0.6, 0.4) });
    const all = settings(source);
    const parts = [
      { from: 250, to: 400 },
      { from: 0, to: 1 },
      { from: 1, to: 250 },
    ].map((part) => simulateWealth(goal, all, part));
    expect(summariseWealth(goal, all, parts)).toEqual(simulateGoal(goal, all));
    expect(simulateGoal(goal, settings(source, { seed: 8 }))).not.toEqual(simulateGoal(goal, all));
    expect(() => summariseWealth(goal, all, parts.slice(1))).toThrow(RangeError);
  });

  test('bands are the quantiles of the paths, in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        (seed, q) => {
          const source: ReturnSource = {
            kind: 'parametric',
            assets: 1,
            means: Float64Array.of(0),
            covariance: Float64Array.of(0.01),
          };
          const bands = [q / 2 + 0.01, 0.5, 0.99 - q / 2];
          const goal = plan({ flows: Float64Array.of(-10, 20, -5) });
          const all = settings(source, { seed, paths: 120, bands });
          const { value } = simulateGoal(goal, all);
          const { values } = simulateWealth(goal, all);
          for (let period = 0; period <= 3; period++) {
            const column = values.filter((_, at) => at % 4 === period);
            const levels = (value?.bands ?? []).map(({ levels: one }) => one[period]);
            expect(levels).toEqual(bands.map((band) => quantile(column, band)));
            expect(levels).toEqual(levels.toSorted((a = 0, b = 0) => a - b));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('says why there is no answer', () => {
    expect(simulateGoal(plan({ target: Number.NaN }), settings(certain(0))).reason).toBe(
      'NOT_FINITE',
    );
    expect(simulateGoal(plan(), settings(certain(0), { paths: 99 })).reason).toBe(
      'TOO_FEW_OBSERVATIONS',
    );
    expect(simulateGoal(plan(), settings(certain(1e300))).reason).toBe('NOT_FINITE');
    expect(() => simulateGoal(plan(), settings(certain(0), { bands: [1] }))).toThrow(RangeError);
  });
});

describe('stress', () => {
  const weights = Float64Array.of(0.6, 0.4, 0);

  test('assets, factors and history shock a portfolio that nobody touches', () => {
    const [assets, factors, lived] = stressPortfolio(weights, [
      { id: 'a', kind: 'assets', shocks: Float64Array.of(-0.3, 0.1, Number.NaN) },
      {
        id: 'f',
        kind: 'factors',
        shocks: Float64Array.of(-0.2, 0.01),
        exposures: Float64Array.of(1.5, 0, 0.5, -10, 1, 1),
      },
      {
        id: 'h',
        kind: 'history',
        history: history([
          [9, 9, 9],
          [-0.1, 0.05, 0],
          [-0.2, -0.05, 0],
        ]),
        from: 1,
        to: 3,
      },
    ]);
    expect(assets?.value?.portfolioReturn).toBeCloseTo(0.6 * -0.3 + 0.4 * 0.1, 12);
    expect(factors?.value?.portfolioReturn).toBeCloseTo(0.6 * -0.3 + 0.4 * -0.2, 12);
    const first = 0.9 * 0.8 - 1;
    const second = 1.05 * 0.95 - 1;
    expect(lived?.value?.portfolioReturn).toBeCloseTo(0.6 * first + 0.4 * second, 12);
    for (const result of [assets, factors, lived]) {
      const sum = Array.from(result?.value?.contributions ?? []).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(result?.value?.portfolioReturn ?? Number.NaN, 12);
    }
  });

  test('a shock that is missing for something held is no zero', () => {
    const [hole] = stressPortfolio(weights, [
      { id: 'hole', kind: 'assets', shocks: Float64Array.of(-0.3, Number.NaN, 0) },
    ]);
    expect(hole).toEqual({ value: null, reason: 'NOT_FINITE' });
    const short = { id: 'short', kind: 'assets', shocks: Float64Array.of(0.1) } as const;
    expect(() => stressPortfolio(weights, [short])).toThrow(RangeError);
  });
});
