import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../factors/testing.ts';
import { attributeBrinson } from './brinson.ts';
import { attributeLevels, type LevelsInput, sumSegments } from './levels.ts';

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

const sum = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((a, b) => a + b, 0);

/** Securities in six sectors of three classes; some securities and groups on one side only. */
function randomTree(seed: number, securities: number, periods: number): LevelsInput {
  const uniform = seeded(seed);
  // The first security is in a sector that both sides hold, so that neither side is empty.
  const sectorOf = Array.from({ length: securities }, (_, i) =>
    i ? Math.floor(uniform() * 6) : 0,
  );
  const weights = (missing: number) =>
    Array.from({ length: periods }, () => {
      const raw = sectorOf.map((sector, i) =>
        sector === missing || (i > 0 && uniform() < 0.3) ? 0 : uniform() + 0.01,
      );
      const total = sum(raw);
      return raw.map((each) => each / total);
    }).flat();
  return {
    securities,
    levels: [
      { groups: 3, groupOf: sectorOf.map((sector) => sector % 3) },
      { groups: 6, groupOf: sectorOf },
    ],
    portfolioWeights: weights(4),
    benchmarkWeights: weights(5),
    returns: Array.from({ length: securities * periods }, () => 0.2 * uniform() - 0.1),
  };
}

describe('attribution down a tree', () => {
  test('all levels and securities sum to the active return', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 4 }),
        (seed, securities, periods) => {
          const input = randomTree(seed, securities, periods);
          const found = value(attributeLevels(input));
          for (let t = 0; t < periods; t++) {
            const row = (series: ArrayLike<number>, width: number) =>
              Array.from(series).slice(t * width, (t + 1) * width);
            const explained =
              sum(row(found.levels[0]!, 3)) +
              sum(row(found.levels[1]!, 6)) +
              sum(row(found.securities, securities));
            const [wp, wb, r] = [input.portfolioWeights, input.benchmarkWeights, input.returns].map(
              (series) => row(series, securities),
            ) as [number[], number[], number[]];
            const active = sum(r.map((each, i) => (wp[i]! - wb[i]!) * each));
            expect(Math.abs(explained - active)).toBeLessThan(1e-14);
            expect(Math.abs(found.residual[t]!)).toBeLessThan(1e-14);
          }
        },
      ),
    );
  });

  test('one level is Brinson-Fachler; securities show selection one by one', () => {
    const tree = randomTree(8, 30, 3);
    const sectors = tree.levels[1]!;
    const found = value(attributeLevels({ ...tree, levels: [sectors] }));
    const side = (weights: ArrayLike<number>) =>
      sumSegments({
        securities: 30,
        segments: 6,
        segmentOf: sectors.groupOf,
        weights,
        returns: tree.returns,
      });
    const [ours, theirs] = [side(tree.portfolioWeights), side(tree.benchmarkWeights)];
    const brinson = value(
      attributeBrinson({
        segments: 6,
        portfolioWeights: ours.weights,
        portfolioReturns: ours.returns,
        portfolioTotals: ours.totals,
        benchmarkWeights: theirs.weights,
        benchmarkReturns: theirs.returns,
        benchmarkTotals: theirs.totals,
        interaction: 'selection',
      }),
    );
    brinson.allocation.forEach((each, i) => {
      expect(found.levels[0]![i]).toBeCloseTo(each, 14);
    });
    brinson.selection.forEach((each, at) => {
      const [t, sector] = [Math.floor(at / 6), at % 6];
      const within = Array.from(sectors.groupOf).map((group, i) =>
        group === sector ? found.securities[t * 30 + i]! : 0,
      );
      expect(sum(within)).toBeCloseTo(each, 14);
    });
    brinson.residual.forEach((each) => expect(each).toBeCloseTo(0, 14));
  });

  test('without levels every security is measured against the benchmark', () => {
    const found = value(
      attributeLevels({
        securities: 2,
        levels: [],
        portfolioWeights: [0.7, 0.3],
        benchmarkWeights: [0.5, 0.5],
        returns: [0.1, -0.02],
      }),
    );
    expect(found.securities[0]).toBeCloseTo(0.2 * (0.1 - 0.04), 15);
    expect(found.securities[1]).toBeCloseTo(-0.2 * (-0.02 - 0.04), 15);
  });

  test('long and short positions that cancel stay in the residual', () => {
    const ours = sumSegments({
      securities: 3,
      segments: 2,
      segmentOf: [0, 0, 1],
      weights: [0.5, -0.5, 1],
      returns: [0.1, 0.02, 0.01],
    });
    expect(ours.weights[0]).toBe(0);
    expect(ours.returns[0]).toBeNaN();
    expect(ours.totals[0]).toBeCloseTo(0.05, 15);
  });

  test('a held security without a return is absent; groups in two parents are a mistake', () => {
    const input = {
      securities: 2,
      levels: [],
      portfolioWeights: [0.7, 0.3],
      benchmarkWeights: [1, 0],
      returns: [0.1, Number.NaN],
    };
    expect(attributeLevels(input).reason).toBe('NOT_FINITE');
    const levels = [
      { groups: 2, groupOf: [0, 1] },
      { groups: 1, groupOf: [0, 0] },
    ];
    expect(() => attributeLevels({ ...input, levels })).toThrow(/two groups/);
    expect(() => attributeLevels({ ...input, levels: [{ groups: 1, groupOf: [0, 1] }] })).toThrow(
      /not one of 1/,
    );
  });
});
