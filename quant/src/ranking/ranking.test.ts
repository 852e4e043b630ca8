import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleMarket, weekdays } from '../indicators/sample-market.ts';
import { createPanel, type Panel, type PanelOptions } from '../indicators/panel.ts';
import { readFigure } from '../performance/evaluate.ts';
import { MEASURE_IDS, type MeasureId, STANDARD_MEASURES } from '../performance/measures.ts';
import { RANKABLE_MEASURES, rankTimeAligned, rankWithin, standingOf } from './ranking.ts';
import { rankPlainly } from './testing.ts';

/** Every difference between the scan and its plain twin, in words. */
function differences(
  panel: Panel,
  types: ArrayLike<number>,
  measures = RANKABLE_MEASURES,
): string[] {
  const table = rankTimeAligned(panel, { types, measures });
  return rankPlainly(panel, types, measures).flatMap((plain, fund) =>
    measures.flatMap((id, at) => {
      const place = fund * measures.length + at;
      const figure = readFigure(table.values[place] as number, table.reasons[place] as number);
      const said = `${fund} ${id}: ${figure.value ?? figure.reason} ${table.ranks[place]}/${table.counts[place]}`;
      if (plain === undefined)
        return figure.value === null && table.ranks[place] === 0 ? [] : [said];
      const expected = plain[at] as (typeof plain)[number];
      const near =
        figure.value === null || expected.figure.value === null
          ? figure.reason === expected.figure.reason
          : Math.abs(figure.value - expected.figure.value) <=
            1e-10 * Math.max(1, Math.abs(figure.value));
      const same =
        near && table.ranks[place] === expected.rank && table.counts[place] === expected.count;
      const { rank, count, figure: other } = expected;
      return same ? [] : [`${said} against ${other.value ?? other.reason} ${rank}/${count}`];
    }),
  );
}

/** A panel of rows of values; null is a gap. */
function panelOfRows(
  rows: readonly (readonly (number | null)[])[],
  options: PanelOptions = {},
): Panel {
  const width = Math.max(...rows.map((row) => row.length));
  const panel = createPanel(weekdays(width), rows.length, options);
  rows.forEach((row, fund) =>
    row.forEach((value, at) => {
      panel.values[fund * width + at] = value ?? Number.NaN;
    }),
  );
  return panel;
}

const RISING = [1, 1.01, 1.02, 1.01, 1.05, 1.04, 1.08, 1.09, 1.07, 1.12];
const FALLING = RISING.map((value) => 2.2 - value);
const young = (row: readonly number[], from: number) =>
  row.map((value, at) => (at < from ? null : value));

describe('time-aligned ranking agrees with its plain twin', () => {
  test('on a random market', () => {
    const { panel, types } = sampleMarket({ funds: 60, days: 120, types: 3, shortestLife: 5 });
    expect(differences(panel, types)).toEqual([]);
  });

  test('on funds born on one day, and on one', () => {
    const { panel, types } = sampleMarket({ funds: 20, days: 60, types: 2 });
    expect(differences(panel, types)).toEqual([]);
  });

  test.each<[string, readonly (readonly (number | null)[])[]]>([
    ['ties', [RISING, RISING, young(RISING, 4), young(RISING, 4), FALLING]],
    [
      'constant values',
      [
        RISING.map(() => 1),
        young(
          RISING.map(() => 1),
          3,
        ),
        RISING,
      ],
    ],
    ['gaps', [RISING.map((v, at) => (at === 4 ? null : v)), RISING, young(FALLING, 4)]],
    [
      'a long gap at the start of a peer',
      [
        [...RISING, ...RISING, ...RISING].map((v, at) => (at > 2 && at < 20 ? null : v)),
        young([...RISING, ...RISING, ...RISING], 19),
        young([...FALLING, ...FALLING, ...FALLING], 5),
      ],
    ],
    ['a single value', [young(RISING, 9), RISING, FALLING]],
    ['nothing at all', [RISING.map(() => null), RISING, FALLING]],
    ['a total loss', [RISING.map((v, at) => (at === 9 ? 0 : v)), RISING, young(FALLING, 3)]],
    [
      'a fund that ended long ago',
      [
        [...RISING, ...RISING, ...RISING].map((v, at) => (at > 12 ? null : v)),
        [...RISING, ...RISING, ...RISING],
        young([...FALLING, ...FALLING, ...FALLING], 5),
      ],
    ],
  ])('on %s', (_, rows) => {
    const panel = panelOfRows(rows, { riskFree: 0.02 });
    expect(
      differences(
        panel,
        rows.map(() => 0),
      ),
    ).toEqual([]);
    expect(
      differences(
        panel,
        rows.map((__, at) => at % 2),
      ),
    ).toEqual([]);
  });

  test('with a benchmark for some, a gap in it, and rates that begin late', () => {
    const days = weekdays(10);
    const benchmark = { days, values: [1, 1, 1.1, 1.05, 1, 0.99, 1.02, 1.04, 1.1, 1.2] };
    const panel = panelOfRows([RISING, FALLING, young(RISING, 2), young(FALLING, 6)], {
      benchmarks: [benchmark, { days: days.slice(4), values: benchmark.values.slice(4) }],
      benchmarkOf: [0, 1, -1, 1],
      riskFree: { days: days.slice(3, 4), annualRates: [0.03] },
    });
    expect(differences(panel, [0, 0, 0, 0])).toEqual([]);
  });

  test('on whatever fast-check finds', () => {
    const value = fc.option(fc.constantFrom(0.9, 1, 1.1, 1.2, 1.5), { freq: 4, nil: null });
    const row = fc.array(value, { minLength: 12, maxLength: 12 });
    const rows = fc.array(fc.tuple(row, fc.integer({ min: -1, max: 1 })), {
      minLength: 2,
      maxLength: 7,
    });
    fc.assert(
      fc.property(rows, (table) => {
        const panel = panelOfRows(table.map(([values]) => values));
        expect(
          differences(
            panel,
            table.map(([, type]) => type),
            ['totalReturn', 'maxDrawdown'],
          ),
        ).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a standing', () => {
  const panel = panelOfRows([RISING, FALLING, young(RISING, 4), RISING]);
  const table = rankTimeAligned(panel, { types: [0, 0, 0, 1], measures: ['totalReturn'] });

  test('is among the peers of the fund’s own life', () => {
    // From the fifth day on the first fund did exactly as well, the second worse.
    expect(standingOf(table, 2, 'totalReturn')).toMatchObject({
      rank: 1,
      count: 3,
      percentile: 1,
      quartile: 2,
    });
    // Over the whole time the young fund is no peer.
    expect(standingOf(table, 1, 'totalReturn')).toMatchObject({
      rank: 2,
      count: 2,
      percentile: 0,
      quartile: 4,
    });
    expect(standingOf(table, 3, 'totalReturn')).toMatchObject({ rank: 1, count: 1, percentile: 1 });
  });

  test('is refused with the reason', () => {
    const left = rankTimeAligned(panel, { types: [-1, 0, 0, 1], measures: ['totalReturn'] });
    expect(standingOf(left, 0, 'totalReturn')).toEqual({ value: null, reason: 'NO_TYPE' });
  });

  test('of a measure that needs the whole window is refused, each by name', () => {
    const measures: MeasureId[] = ['sharpeRatio', 'ulcerIndex', 'valueAtRisk95'];
    expect(() => rankTimeAligned(panel, { types: [0, 0, 0, 0], measures })).toThrow(
      'cannot be ranked time-aligned: ulcerIndex, valueAtRisk95',
    );
    expect(STANDARD_MEASURES.every((id) => RANKABLE_MEASURES.includes(id))).toBe(true);
    expect(RANKABLE_MEASURES.length).toBeGreaterThan(40);
    expect(RANKABLE_MEASURES.length).toBeLessThan(MEASURE_IDS.length);
  });

  test('a lower value is better where less is better', () => {
    const risk = rankTimeAligned(panel, { types: [0, 0, 0, 1], measures: ['maxDrawdown', 'beta'] });
    expect(standingOf(risk, 0, 'maxDrawdown')).toMatchObject({ rank: 1, count: 2 });
    expect(standingOf(risk, 0, 'beta')).toEqual({ value: null, reason: 'NO_BENCHMARK' });
  });
});

describe('ranks within types', () => {
  test('ties share the better rank; missing values have none', () => {
    const values = [3, 1, 3, Number.NaN, 2, 9];
    expect(Array.from(rankWithin(values, [0, 0, 0, 0, 0, 1]))).toEqual([1, 4, 1, 0, 3, 1]);
    const ascending = rankWithin(values, [0, 0, 0, 0, 0, -1], { higherIsBetter: false });
    expect(Array.from(ascending)).toEqual([3, 1, 3, 0, 2, 0]);
    expect(() => rankWithin([1], [])).toThrow('1 values but 0 types');
  });

  test('distinct values of one type are ranked 1 to n, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), (values) => {
        const distinct = values.map((value) => value / 1000);
        const ranks = rankWithin(
          distinct,
          distinct.map(() => 0),
        );
        expect([...ranks].sort((a, b) => a - b)).toEqual(distinct.map((_, at) => at + 1));
        const back = rankWithin(
          [...distinct].reverse(),
          distinct.map(() => 0),
        );
        expect([...back].reverse()).toEqual([...ranks]);
      }),
    );
  });

  test('a rising function of the values keeps the ranks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 })), (values) => {
        const types = values.map((_, at) => at % 3);
        expect(
          rankWithin(
            values.map((value) => value ** 3 + 1),
            types,
          ),
        ).toEqual(rankWithin(values, types));
      }),
    );
  });
});
