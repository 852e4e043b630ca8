import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../factors/testing.ts';
import { linkContributions, portfolioReturns } from './contribution.ts';

const data = process.env['CAIRN_DATA'];

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

const sum = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((a, b) => a + b, 0);

describe('returns of a portfolio', () => {
  test('drift equals units bought at the start and never touched', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 8 }),
        (seed, periods, assets) => {
          const uniform = seeded(seed);
          const returns = Array.from({ length: periods * assets }, () => uniform() * 0.3 - 0.15);
          const raw = Array.from({ length: assets }, () => uniform() + 0.01);
          const weights = raw.map((each) => each / sum(raw));
          const found = value(
            portfolioReturns({ assets, returns, rebalances: [{ period: 0, weights }] }),
          );
          const values = [...weights];
          for (let t = 0; t < periods; t++) {
            const before = sum(values);
            values.forEach((each, i) => {
              expect(Math.abs(found.weights[t * assets + i]! - each / before)).toBeLessThan(1e-12);
              values[i] = each * (1 + returns[t * assets + i]!);
            });
            expect(found.returns[t]).toBeCloseTo(sum(values) / before - 1, 12);
            const row = found.contributions.slice(t * assets, (t + 1) * assets);
            expect(sum(row)).toBeCloseTo(found.returns[t]!, 14);
          }
        },
      ),
    );
  });

  test('a gap is refused unless zero was asked for; cash fills what weights lack', () => {
    const input = {
      assets: 1,
      returns: [0.1, Number.NaN],
      rebalances: [{ period: 0, weights: [0.5] }],
    };
    expect(portfolioReturns(input).reason).toBe('NOT_FINITE');
    const found = value(portfolioReturns({ ...input, missing: 'zero' }));
    expect([...found.returns]).toEqual([0.05, 0]);
    expect(found.weights[1]).toBeCloseTo(0.55 / 1.05, 15);
  });

  test('nothing drifts from a total loss, but a rebalance may follow it', () => {
    const input = { assets: 1, returns: [0.1, -1, 0.1] };
    const first = { period: 0, weights: [1] };
    expect(portfolioReturns({ ...input, rebalances: [first] }).reason).toBe('TOTAL_LOSS');
    const again = { period: 2, weights: [1] };
    const found = value(portfolioReturns({ ...input, rebalances: [first, again] }));
    expect([...found.returns]).toEqual([0.1, -1, 0.1]);
  });

  test('rebalances begin at period 0 and go on in order', () => {
    const input = { assets: 1, returns: [0.1] };
    expect(() => portfolioReturns({ ...input, rebalances: [] })).toThrow(/period 0/);
    const twice = [0, 0].map((period) => ({ period, weights: [1] }));
    expect(() => portfolioReturns({ ...input, rebalances: twice })).toThrow(/order/);
    expect(() => portfolioReturns({ ...input, rebalances: [{ period: 0, weights: [] }] })).toThrow(
      /0 weights/,
    );
  });
});

describe('linked contributions', () => {
  test('sum to the compounded return; GRAP gives the money truly gained', () => {
    const input = {
      assets: 2,
      returns: [0.1, -0.05, 0, 0.05, -0.05, 0.1, 0.1, -0.1],
      rebalances: [{ period: 0, weights: [0.5, 0.5] }],
    };
    const found = value(portfolioReturns(input));
    for (const method of ['carino', 'menchero', 'grap'] as const) {
      const linked = value(linkContributions(found.contributions, found.returns, method));
      expect(sum(linked.contributions)).toBeCloseTo(linked.total, 14);
      expect(linked.residual).toBeCloseTo(0, 14);
    }
    const grap = value(linkContributions(found.contributions, found.returns, 'grap'));
    expect(grap.contributions[0]).toBeCloseTo(0.5 * (1.1 * 1 * 0.95 * 1.1 - 1), 14);
    expect(grap.contributions[1]).toBeCloseTo(0.5 * (0.95 * 1.05 * 1.1 * 0.9 - 1), 14);
  });

  test('what the measured return lacks is the residual', () => {
    const linked = value(linkContributions([0.01, 0.02], [0.03 - 0.001], 'carino'));
    expect(linked.residual).toBeCloseTo(-0.001, 15);
    expect(linkContributions([0.1], [], 'grap').reason).toBe('TOO_FEW_OBSERVATIONS');
  });
});

describe.skipIf(data === undefined)('PerformanceAnalytics Return.portfolio (CAIRN_DATA)', () => {
  type Row = (number | null)[];
  interface Case {
    returns: Row[];
    initial_weights: number[];
    expected: Record<string, number>;
    na_case: { returns: Row[]; expected: Record<string, number> };
  }
  const read = () => {
    const file = join(data ?? '', 'performance/pa_portfolio_return_case.json');
    return JSON.parse(readFileSync(file, 'utf8')) as Case;
  };
  const flat = (rows: Row[]) => rows.flat().map((each) => each ?? Number.NaN);

  test('every expected value of the case', () => {
    const { returns, initial_weights: weights, expected, na_case: gaps } = read();
    const drift = value(
      portfolioReturns({ assets: 2, returns: flat(returns), rebalances: [{ period: 0, weights }] }),
    );
    expect(drift.returns[0]).toBeCloseTo(expected['period1_return']!, 15);
    expect(drift.weights[2]).toBeCloseTo(expected['drift_BOP_weight_A_period2']!, 15);
    const daily = value(
      portfolioReturns({
        assets: 2,
        returns: flat(returns),
        rebalances: returns.map((_, period) => ({ period, weights })),
      }),
    );
    expect(daily.weights[2]).toBe(expected['daily_rebalance_BOP_weight_A_period2']);
    const zero = value(
      portfolioReturns({
        assets: 2,
        returns: flat(gaps.returns),
        rebalances: [{ period: 0, weights }],
        missing: 'zero',
      }),
    );
    expect(zero.returns[0]).toBeCloseTo(gaps.expected['period1_return']!, 15);
    expect(zero.weights[3]).toBeCloseTo(gaps.expected['BOP_weight_B_period2']!, 15);
    expect(zero.returns[1]).toBeCloseTo(gaps.expected['period2_return']!, 15);
  });
});
