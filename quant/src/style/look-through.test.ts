import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../factors/testing.ts';
import { concentrationOf, overlapOf, tradedTurnover, turnoverOf } from './concentration.ts';
import unmatched from './fund-reports-unmatched.json' with { type: 'json' };
import { conceptExposure, groupExposure, lookThrough } from './look-through.ts';

const data = process.env['CAIRN_DATA'];

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

const sum = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((a, b) => a + b, 0);

function randomFunds(seed: number, funds: number, securities: number) {
  const uniform = seeded(seed);
  const lists = Array.from({ length: funds }, () =>
    Array.from({ length: Math.floor(uniform() * 12) }, () => ({
      security: Math.floor(uniform() * securities),
      weight: 0.08 * uniform(),
    })),
  );
  const starts = [0];
  for (const list of lists) starts.push(starts.at(-1)! + list.length);
  const flat = lists.flat();
  return {
    lists,
    input: {
      fundWeights: Array.from({ length: funds }, uniform),
      holdings: {
        starts,
        items: flat.map(({ security }) => security),
        weights: flat.map(({ weight }) => weight),
      },
      securities,
      direct: Array.from({ length: securities }, () => 0.01 * uniform()),
    },
  };
}

describe('look-through', () => {
  test('equals a sum over a map; what is shown and what is not is the whole', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 30 }),
        (seed, funds, securities) => {
          const { lists, input } = randomFunds(seed, funds, securities);
          const found = lookThrough(input);
          const naive = new Map(input.direct.entries());
          lists.forEach((list, fund) => {
            for (const { security, weight } of list) {
              naive.set(security, naive.get(security)! + input.fundWeights[fund]! * weight);
            }
          });
          found.securities.forEach((each, i) => expect(each).toBeCloseTo(naive.get(i)!, 14));
          const whole = sum(input.fundWeights) + sum(input.direct);
          expect(sum(found.securities) + found.undisclosed).toBeCloseTo(whole, 12);
          expect(sum(found.undisclosedByFund)).toBeCloseTo(found.undisclosed, 12);
          const groupOf = Array.from({ length: securities }, (_, i) => (i % 4) - 1);
          const grouped = groupExposure(found.securities, { groupOf, groups: 3 });
          expect(sum(grouped.groups) + grouped.ungrouped).toBeCloseTo(sum(found.securities), 12);
        },
      ),
    );
  });

  test('a security in two concepts counts in both, one in none is ungrouped', () => {
    const members = { starts: [0, 2, 2, 3], items: [0, 1, 1] };
    const found = conceptExposure([0.5, 0.2, 0.3], { members, groups: 2 });
    expect([...found.groups]).toEqual([0.5, 0.8]);
    expect(found.ungrouped).toBe(0.2);
  });

  test('lists that do not fit are mistakes', () => {
    const { input } = randomFunds(1, 3, 5);
    const holdings = input.holdings;
    expect(() => lookThrough({ ...input, fundWeights: [1] })).toThrow(/starts for 1 lists/);
    expect(() => lookThrough({ ...input, securities: 1 })).toThrow(/not one of 1/);
    expect(() => lookThrough({ ...input, direct: [1] })).toThrow(/1 direct/);
    expect(() => lookThrough({ ...input, holdings: { ...holdings, weights: [] } })).toThrow(
      /0 weights/,
    );
    expect(() => groupExposure([1], { groupOf: [2], groups: 2 })).toThrow(/group 2 of 2/);
    const turned = { starts: [0, 2, 1, 3], items: [0, 0, 0] };
    expect(() => conceptExposure([1, 1, 1], { members: turned, groups: 1 })).toThrow(/ascending/);
  });
});

describe('concentration, overlap and turnover', () => {
  test('n equal holdings are as concentrated as n; one holds all', () => {
    for (const count of [1, 2, 7, 40]) {
      const equal = value(concentrationOf(Array(count).fill(0.3)));
      expect(equal.effectiveHoldings).toBeCloseTo(count, 10);
      expect(equal.gini).toBeCloseTo(0, 12);
      expect(equal.topTen).toBeCloseTo(Math.min(1, 10 / count), 12);
    }
    const one = value(concentrationOf([0, 5, 0]));
    expect([one.holdings, one.herfindahl, one.largest]).toEqual([1, 1, 1]);
  });

  test('Gini is half the relative mean difference of all pairs', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }),
        (weights) => {
          const found = value(concentrationOf(weights));
          let differences = 0;
          for (const a of weights) for (const b of weights) differences += Math.abs(a - b);
          const expected = differences / (2 * weights.length * sum(weights));
          expect(found.gini).toBeCloseTo(expected, 12);
          const scaled = value(concentrationOf(weights.map((each) => 7 * each)));
          expect(scaled.herfindahl).toBeCloseTo(found.herfindahl, 12);
        },
      ),
    );
  });

  test('overlap and turnover', () => {
    expect(overlapOf([0.5, 0.5, 0], [0.2, 0.3, 0.5]).value).toBeCloseTo(0.5, 15);
    expect(turnoverOf([0.5, 0.5], [0, 1]).value).toBeCloseTo(0.5, 15);
    expect(turnoverOf([1, Number.NaN], [1, 0]).reason).toBe('NOT_FINITE');
    expect(() => turnoverOf([1], [1, 2])).toThrow(RangeError);
    expect(() => overlapOf([1], [1, 2])).toThrow(RangeError);
    const traded = tradedTurnover({ purchases: 80, sales: 50, averageAssets: 100, years: 0.5 });
    expect([traded.lesser.value, traded.mean.value]).toEqual([1, 1.3]);
    const none = tradedTurnover({ purchases: 80, sales: 50, averageAssets: 0, years: 1 });
    expect(none.lesser.reason).toBe('NO_CAPITAL');
    expect(concentrationOf([0, 0]).reason).toBe('NO_HOLDING');
    expect(concentrationOf([1, Number.NaN]).reason).toBe('NOT_FINITE');
    expect(() => concentrationOf([-1])).toThrow(/-1/);
  });
});

interface Row {
  fund: string;
  date: string;
  name: string;
  weight: number;
}

describe.skipIf(data === undefined)('reports of five funds (CAIRN_DATA)', () => {
  const read = (file: string, name: string, weight: string): Row[] => {
    const [head, ...lines] = readFileSync(join(data ?? '', 'funds', file), 'utf8')
      .replace(/^\uFEFF/, '')
      .trim()
      .split(/\r?\n/);
    const places = ['fund_code', 'report_date', name, weight].map((each) =>
      head!.split(',').indexOf(each),
    );
    return lines.map((line) => {
      const cells = line.split(',');
      const [fund, date, item, share] = places.map((place) => cells[place]!);
      return { fund: fund!, date: date!, name: item!, weight: +share! / 100 };
    });
  };
  const stocks = () =>
    read('fund5_AssetAllocation.csv', 'quarter', 'stock_proportion').filter(
      ({ weight }) => weight > 0,
    );

  /** Reports whose rows, looked through, do not give the published share of stocks. */
  function failures(rows: Row[], reports: Row[]): { tested: number; failed: string[] } {
    const failed: string[] = [];
    let tested = 0;
    for (const { fund, date, weight } of reports) {
      const own = rows.filter((row) => row.fund === fund && row.date === date);
      if (own.length === 0) continue;
      const names = [...new Set(own.map(({ name }) => name))];
      const { securities, undisclosed } = lookThrough({
        fundWeights: [1],
        holdings: {
          starts: [0, own.length],
          items: own.map(({ name }) => names.indexOf(name)),
          weights: own.map((row) => row.weight),
        },
        securities: names.length,
      });
      tested += 1;
      // Each row and the published share are rounded to 0.01 %.
      const rounding = 0.00005 * (own.length + 1) + 1e-12;
      const fits = Math.abs(sum(securities) - weight) <= rounding;
      // Rows may be missing in a source; they cannot be too many.
      expect(sum(securities)).toBeLessThanOrEqual(weight + rounding);
      if (!fits || Math.abs(undisclosed - (1 - sum(securities))) > 1e-12) {
        failed.push(`${fund} ${date}`);
      }
    }
    return { tested, failed };
  }

  test('industries sum to the published share of stocks, but for the listed reports', () => {
    const rows = read('fund5_SectorAllocation.csv', 'sector_code', 'proportion');
    const { tested, failed } = failures(rows, stocks());
    expect(failed.sort()).toEqual(unmatched.industries.reports);
    expect(tested - failed.length).toBe(122);
  });

  test('complete lists of stocks sum to it as well, but for the listed reports', () => {
    const rows = read('fund5_StockHoldings.csv', 'stock_id', 'proportion');
    // Only reports of June and December list all stocks; that of December 2020 was not out yet.
    const complete = stocks().filter(
      ({ date }) => /-(06-30|12-31)$/.test(date) && date < '2020-12-31',
    );
    const { tested, failed } = failures(rows, complete);
    expect(failed.sort()).toEqual(unmatched.stocks.reports);
    expect(tested - failed.length).toBe(39);
  });

  test('a portfolio of the funds: exposures, industries and overlap as by hand', () => {
    const rows = read('fund5_StockHoldings.csv', 'stock_id', 'proportion').filter(
      ({ date }) => date === '2020-06-30',
    );
    const funds = [...new Set(rows.map(({ fund }) => fund))];
    const names = [...new Set(rows.map(({ name }) => name))];
    const sorted = rows.toSorted((a, b) => funds.indexOf(a.fund) - funds.indexOf(b.fund));
    const starts = [
      0,
      ...funds.map((fund) => sorted.findLastIndex((row) => row.fund === fund) + 1),
    ];
    const fundWeights = funds.map((_, i) => (i + 1) / 15);
    const found = lookThrough({
      fundWeights,
      holdings: {
        starts,
        items: sorted.map(({ name }) => names.indexOf(name)),
        weights: sorted.map(({ weight }) => weight),
      },
      securities: names.length,
    });
    names.forEach((name, place) => {
      const byHand = rows
        .filter((row) => row.name === name)
        .reduce((total, row) => total + fundWeights[funds.indexOf(row.fund)]! * row.weight, 0);
      expect(found.securities[place]).toBeCloseTo(byHand, 14);
    });
    expect(funds).toHaveLength(5);
    const column = (fund: string) =>
      names.map((name) =>
        sum(rows.filter((r) => r.fund === fund && r.name === name).map((r) => r.weight)),
      );
    const overlap = overlapOf(column(funds[0]!), column(funds[1]!)).value!;
    expect(overlap).toBeGreaterThan(0);
    expect(overlap).toBeLessThan(0.95);
  });
});
