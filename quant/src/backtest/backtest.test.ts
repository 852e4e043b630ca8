import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import {
  backtest,
  type BacktestFund,
  type BacktestMarket,
  type BacktestSettings,
  findLookAhead,
  type Strategy,
  walkForward,
} from './index.ts';

const NO_FEE = [{ from: 0, rate: 0 }];

const fund = (levels: readonly number[], change: Partial<BacktestFund> = {}): BacktestFund => ({
  id: 'F',
  levels: Float64Array.from(levels),
  purchaseFee: NO_FEE,
  redemptionFee: NO_FEE,
  confirmDays: 1,
  cashDays: 2,
  minimum: 0,
  ...change,
});

const market = (...funds: BacktestFund[]): BacktestMarket => ({
  days: Int32Array.from(funds[0]?.levels ?? [], (_, t) => 20_000 + t),
  funds,
});

const on =
  (...days: number[]): BacktestSettings['rebalanceOn'] =>
  (t) =>
    days.includes(t);

/** Weights by the day on which they are asked for. */
const plan =
  (weights: Readonly<Record<number, readonly number[]>>): Strategy =>
  ({ t }) =>
    weights[t] === undefined ? undefined : Float64Array.from(weights[t]);

function play(
  stage: BacktestMarket,
  weights: Readonly<Record<number, readonly number[]>>,
  change: Partial<BacktestSettings> = {},
) {
  const days = Object.keys(weights).map((day) => Number.parseInt(day, 10));
  const settings = { initial: 1_000, rebalanceOn: on(...days), ...change };
  const { value } = backtest(stage, plan(weights), settings);
  if (value === null) throw new Error('no result');
  return value;
}

describe('one fund', () => {
  test('is dealt at the level of the day, which nobody knows when ordering', () => {
    const { trades, values } = play(market(fund([1, 2, 4, 4])), { 1: [1] });
    expect(trades).toEqual([
      { t: 1, day: 20_001, fund: 0, kind: 'purchase', amount: 1_000, units: 500, fee: 0 },
    ]);
    expect([...values]).toEqual([1_000, 1_000, 2_000, 2_000]);
  });

  test('a purchase fee is outside: 1,000 at 1.5 % buys for 985.22', () => {
    const purchaseFee = [
      { from: 0, rate: 0.015 },
      { from: 10_000, rate: 0.01 },
    ];
    const { trades, fees, values } = play(market(fund([1, 1], { purchaseFee })), { 0: [1] });
    expect(trades[0]?.units).toBeCloseTo(985.2217, 4);
    expect(fees.purchase).toBeCloseTo(14.7783, 4);
    expect(values[0]).toBeCloseTo(985.2217, 4);
    const large = play(market(fund([1], { purchaseFee })), { 0: [1] }, { initial: 10_000 });
    expect(large.fees.purchase).toBeCloseTo(99.0099, 4);
  });

  test('a redemption fee goes by the days that each lot was held, the oldest first', () => {
    const redemptionFee = [
      { from: 0, rate: 0.015 },
      { from: 3, rate: 0.005 },
    ];
    // Bought half on day 0 and half on day 3; on day 5 the first lot is 5 days old, the second 2.
    const stage = market(fund([1, 1, 1, 1, 1, 1, 1, 1], { redemptionFee, cashDays: 1 }));
    const { trades, fees } = play(stage, { 0: [0.5], 3: [1], 5: [0] });
    expect(trades.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['purchase', 500],
      ['purchase', 500],
      ['redemption', 1_000],
    ]);
    expect(fees.redemption).toBeCloseTo(500 * 0.005 + 500 * 0.015, 9);
  });

  test('units that are not confirmed wait, and the cash of a redemption comes days later', () => {
    const stage = market(fund([1, 1, 1, 1, 1, 1, 1], { confirmDays: 2, cashDays: 3 }));
    const { trades, hindrances, cash, coming } = play(stage, { 0: [1], 1: [0] });
    expect(hindrances).toEqual([{ t: 1, fund: 0, why: 'notConfirmed' }]);
    expect(trades.map(({ t, kind }) => [t, kind])).toEqual([
      [0, 'purchase'],
      [2, 'redemption'],
    ]);
    expect([...cash]).toEqual([0, 0, 0, 0, 0, 1_000, 1_000]);
    expect([...coming]).toEqual([0, 0, 1_000, 1_000, 1_000, 0, 0]);
  });

  test('a day without a level is closed: it is valued at the last one and dealt when it opens', () => {
    const stage = market(fund([2, Number.NaN, 1]));
    const { trades, hindrances, values } = play(stage, { 1: [1] });
    expect(hindrances).toEqual([{ t: 1, fund: 0, why: 'closed' }]);
    expect(trades).toMatchObject([{ t: 2, units: 1_000 }]);
    expect([...values]).toEqual([1_000, 1_000, 1_000]);
  });

  test('a fund that takes no orders says so, either way', () => {
    const noPurchase = Uint8Array.of(1, 0, 0, 0);
    const noRedemption = Uint8Array.of(0, 0, 1, 0);
    const stage = market(fund([1, 1, 1, 1], { noPurchase, noRedemption }));
    const { trades, hindrances } = play(stage, { 0: [1], 2: [0] });
    expect(hindrances.map(({ t, why }) => [t, why])).toEqual([
      [0, 'noPurchase'],
      [2, 'noRedemption'],
    ]);
    expect(trades.map(({ t }) => t)).toEqual([1, 3]);
  });

  test('less than the least purchase is not bought', () => {
    const { trades, hindrances } = play(market(fund([1, 1], { minimum: 2_000 })), { 0: [1] });
    expect(trades).toEqual([]);
    expect(hindrances[0]).toEqual({ t: 0, fund: 0, why: 'belowMinimum' });
  });
});

test('a switch waits for the cash of what was sold', () => {
  const stage = market(fund([1, 1, 1, 1, 1, 1]), fund([2, 2, 2, 2, 2, 4], { id: 'G' }));
  const { trades, values } = play(stage, { 0: [1, 0], 1: [0, 1] });
  expect(trades.map(({ t, fund: n, kind }) => [t, n, kind])).toEqual([
    [0, 0, 'purchase'],
    [1, 0, 'redemption'],
    [3, 1, 'purchase'],
  ]);
  expect([...values]).toEqual([1_000, 1_000, 1_000, 1_000, 1_000, 2_000]);
});

/** A market of random funds with holes, fees and delays. */
function randomMarket(seed: number, funds: number, days: number): BacktestMarket {
  const random = seededRandom(seed);
  return market(
    ...Array.from({ length: funds }, (_, n) => {
      let level = 1 + random.uniform();
      const levels = Array.from({ length: days }, () => {
        level *= 1 + 0.02 * random.normal();
        return random.uniform() < 0.1 ? Number.NaN : level;
      });
      return fund(levels, {
        id: `F${n}`,
        confirmDays: random.integer(3),
        cashDays: 1 + random.integer(4),
        purchaseFee: [{ from: 0, rate: 0.01 * random.uniform() }],
        redemptionFee: [
          { from: 0, rate: 0.015 },
          { from: 7, rate: 0.005 * random.uniform() },
        ],
        noPurchase: Uint8Array.from({ length: days }, () => (random.uniform() < 0.05 ? 1 : 0)),
        noRedemption: Uint8Array.from({ length: days }, () => (random.uniform() < 0.05 ? 1 : 0)),
      });
    }),
  );
}

/** A strategy that follows the last known returns: weights by what rose. */
const momentum: Strategy = ({ levels, weights, t }) => {
  if (t < 6) return undefined;
  const gains = Array.from(weights, (_, n) => {
    const known = levels(n).filter((level) => !Number.isNaN(level));
    return Math.max(0, (known.at(-1) ?? 1) / (known.at(-5) ?? 1) - 0.98);
  });
  const sum = gains.reduce((a, b) => a + b, 0);
  return Float64Array.from(gains, (gain) => (sum === 0 ? 0 : (0.95 * gain) / sum));
};

const monthly: BacktestSettings = { initial: 100_000, rebalanceOn: (t) => t % 20 === 0 };

test('every cent is somewhere: gains of what was held less fees is what the value changed by', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
      const stage = randomMarket(seed, 4, 120);
      const { value } = backtest(stage, momentum, monthly);
      if (value === null) throw new Error('no result');
      const { values, trades, cash, fees } = value;
      const units = new Float64Array(4);
      const known = new Float64Array(4).fill(Number.NaN);
      let worth = 100_000;
      for (let t = 0; t < 120; t++) {
        for (const trade of trades.filter((one) => one.t === t)) worth -= trade.fee;
        // What was held before today earns today's move; what is dealt today is dealt at its level.
        for (const [n, { levels }] of stage.funds.entries()) {
          const level = levels[t] ?? Number.NaN;
          if (Number.isNaN(level)) continue;
          if (units[n] !== 0) worth += (units[n] ?? 0) * (level - (known[n] ?? 0));
          known[n] = level;
        }
        for (const { fund: n, kind, units: dealt } of trades.filter((one) => one.t === t)) {
          units[n] = (units[n] ?? 0) + (kind === 'purchase' ? dealt : -dealt);
        }
        // Of 100,000: 1e-10 is a thousandth of a fen.
        expect(Math.abs(worth - (values[t] ?? 0))).toBeLessThan(1e-10 * 100_000);
        expect(cash[t]).toBeGreaterThanOrEqual(-1e-9);
        expect(Math.min(...units)).toBeGreaterThanOrEqual(-1e-9);
      }
      const paid = trades.reduce((sum, { fee }) => sum + fee, 0);
      expect(fees.purchase + fees.redemption).toBeCloseTo(paid, 6);
    }),
    { numRuns: 40 },
  );
});

describe('nobody looks ahead', () => {
  const stage = randomMarket(11, 4, 160);
  const days = [30, 61, 100, 140];

  test('an honest strategy does the same whatever the future is', () => {
    expect(findLookAhead(stage, () => momentum, monthly, days)).toBeUndefined();
  });

  test('a strategy that peeks at tomorrow is found', () => {
    const peeking =
      ({ funds }: BacktestMarket): Strategy =>
      ({ t }) => {
        const rises = funds.map(({ levels }) => (levels[t + 5] ?? 0) > (levels[t] ?? 0));
        const count = rises.filter(Boolean).length;
        return Float64Array.from(rises, (isRising) => (isRising ? 1 / count : 0));
      };
    expect(findLookAhead(stage, peeking, monthly, days)).toMatchObject({ poisonedFrom: 61 });
  });

  test('a strategy that knows the level at which it is dealt is found', () => {
    const cheating =
      ({ funds }: BacktestMarket): Strategy =>
      ({ t }) =>
        Float64Array.from(funds, ({ levels }) => ((levels[t] ?? 0) > 1.5 ? 0.2 : 0.1));
    expect(findLookAhead(stage, cheating, monthly, [40, 60, 80])).toBeDefined();
  });

  test('what a strategy is shown cannot be used to change what comes', () => {
    const spoiling: Strategy = (view) => {
      view.levels(0).fill(1_000);
      view.weights.fill(9);
      return momentum(view);
    };
    const spoilt = backtest(stage, spoiling, monthly);
    const again = backtest(stage, spoiling, monthly);
    expect(spoilt).toEqual(again);
    expect(stage.funds[0]?.levels.some((level) => level === 1_000)).toBe(false);
  });
});

describe('a walk forward', () => {
  const stage = randomMarket(5, 3, 130);
  const walk = () =>
    walkForward<number>({
      trainDays: 40,
      everyDays: 30,
      fit: ({ levels }, from) => {
        const means = [0, 1, 2].map((n) => {
          const known = levels(n)
            .slice(from)
            .filter((level) => !Number.isNaN(level));
          return (known.at(-1) ?? 1) / (known[0] ?? 1);
        });
        return means.indexOf(Math.max(...means));
      },
      act: (_, best) => Float64Array.from([0, 1, 2], (n) => (n === best ? 0.9 : 0)),
    });
  const settings = { initial: 1_000, rebalanceOn: (t: number) => t % 10 === 0 };

  test('learns from the days before each window and from no other', () => {
    const { strategy, windows } = walk();
    backtest(stage, strategy, settings);
    expect(windows.map(({ from, t }) => [from, t])).toEqual([
      [0, 40],
      [30, 70],
      [60, 100],
    ]);
    expect(findLookAhead(stage, () => walk().strategy, settings, [45, 80, 110])).toBeUndefined();
  });

  test('a fit that uses the day it is asked on is found', () => {
    const ahead = ({ funds }: BacktestMarket) =>
      walkForward<number>({
        trainDays: 40,
        everyDays: 30,
        fit: ({ t }) => ((funds[0]?.levels[t + 1] ?? 0) > (funds[0]?.levels[t] ?? 0) ? 0 : 1),
        act: (_, best) => Float64Array.from([0, 1, 2], (n) => (n === best ? 0.9 : 0)),
      }).strategy;
    const everywhere = Array.from({ length: 60 }, (_, n) => 41 + n);
    expect(findLookAhead(stage, ahead, settings, everywhere)).toBeDefined();
  });
});

test.each([
  ['days out of order', { ...market(fund([1, 1])), days: Int32Array.of(2, 1) }],
  ['levels of another length', { ...market(fund([1, 1])), days: Int32Array.of(1) }],
  ['a level of zero', market(fund([1, 0]))],
  ['fees that begin above zero', market(fund([1], { purchaseFee: [{ from: 5, rate: 0 }] }))],
  ['half a day', market(fund([1], { cashDays: 1.5 }))],
  ['cash before its level is known', market(fund([1], { cashDays: 0 }))],
])('a market with %s is refused', (_, stage) => {
  expect(() => backtest(stage, () => undefined, monthly)).toThrow(RangeError);
});

test('weights that are none are refused, and nothing is replayed from nothing', () => {
  expect(() => play(market(fund([1])), { 0: [1.1] })).toThrow(RangeError);
  expect(() => play(market(fund([1])), { 0: [-0.1] })).toThrow(RangeError);
  const settings = { initial: 0, rebalanceOn: on(0) };
  expect(backtest(market(fund([1])), () => undefined, settings).reason).toBe('NOT_FINITE');
});
