import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figure } from '../figure.ts';
import type { AccountBatch } from './accounts.ts';
import { diagnoseAccounts } from './diagnose.ts';
import { DIAGNOSIS_FIGURE_IDS, DIAGNOSIS_FIGURES, type DiagnosisFigureId } from './figures.ts';
import { type MarketInput, prepareMarket } from './market.ts';
import { createDiagnosis, type Diagnosis, readAccount, readFigure } from './result.ts';
import { placeOnScale, scaleAbilities } from './scores.ts';
import {
  diagnoseNaively,
  type PlainAccount,
  type PlainTrade,
  randomAccount,
  randomMarket,
  toBatch,
} from './testing.ts';

/** How far two numbers are apart, measured by the larger of one and their size. */
function distance(left: number, right: number): number {
  if (Number.isNaN(left) && Number.isNaN(right)) return 0;
  return Math.abs(left - right) / Math.max(1, Math.abs(left), Math.abs(right));
}

function differs(found: Figure, expected: Figure): boolean {
  if (found.value === null || expected.value === null) return found.reason !== expected.reason;
  return !(distance(found.value, expected.value) < 1e-10);
}

function rowOf(values: ArrayLike<number>, account: number, accounts: number): number[] {
  const width = values.length / accounts;
  return Array.from(values).slice(account * width, (account + 1) * width);
}

/** A market of two securities in two sectors that cost 10, and do what they are told. */
function simpleMarket(first: number[], second: number[]): MarketInput {
  const days = first.length + 1;
  const path = (returns: number[]) => {
    const prices = [10];
    for (const each of returns) prices.push(prices.at(-1)! * (1 + each));
    return prices;
  };
  const benchmark = [0, ...first].flatMap((each, day) => [each, [0, ...second][day]!]);
  return {
    days: Array.from({ length: days }, (_, day) => 100 + day),
    securities: 2,
    sectors: 2,
    sectorOf: [0, 1],
    prices: [...path(first), ...path(second)],
    benchmarkWeights: Array(2 * days).fill(0.5),
    benchmarkReturns: benchmark,
    momentumDays: 2,
  };
}

const EMPTY: PlainAccount = { openingCash: 0, positions: [], trades: [], flows: [] };

function diagnoseOne(market: MarketInput, account: Partial<PlainAccount>): Diagnosis {
  return diagnoseAccounts(prepareMarket(market), toBatch([{ ...EMPTY, ...account }]));
}

function reasonsOf(result: Diagnosis): Record<DiagnosisFigureId, string | undefined> {
  const figures = readAccount(result, 0);
  return Object.fromEntries(DIAGNOSIS_FIGURE_IDS.map((id) => [id, figures[id].reason])) as Record<
    DiagnosisFigureId,
    string | undefined
  >;
}

describe('against the plain twin', () => {
  test('random accounts agree to 1e-10 in every figure, effect and weight', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 6, max: 80 }),
        (seed, days) => {
          const input = randomMarket(seed, { days });
          const list = Array.from({ length: 4 }, (_, i) =>
            randomAccount(input, seed * 7 + i),
          ).filter(
            // The twin wants money on every day; accounts that begin empty have tests of their own.
            ({ openingCash, positions }) => openingCash > 100 || positions.length > 0,
          );
          const result = diagnoseAccounts(prepareMarket(input), toBatch(list));
          list.forEach((account, place) => {
            const naive = diagnoseNaively(input, account);
            const found = readAccount(result, place);
            const wrong = Object.keys(naive.figures).filter((id) =>
              differs(found[id as DiagnosisFigureId], naive.figures[id]!),
            );
            expect([seed, place, wrong]).toEqual([seed, place, []]);
            for (const effect of ['allocation', 'selection', 'interaction', 'weights'] as const) {
              rowOf(result[effect], place, list.length).forEach((each, segment) => {
                expect(distance(each, naive[effect][segment]!)).toBeLessThan(1e-10);
              });
            }
            naive.preferences.forEach((expected, which) => {
              rowOf(result.preferences[which]!, place, list.length).forEach((each, group) => {
                expect(distance(each, expected[group]!)).toBeLessThan(1e-10);
              });
            });
            compared += Object.keys(naive.figures).length;
          });
        },
      ),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(3000);
  });

  test('effects and trading sum to the active return; sector effects to their totals', () => {
    const input = randomMarket(3, { days: 120 });
    const list = Array.from({ length: 40 }, (_, i) => randomAccount(input, i));
    const result = diagnoseAccounts(prepareMarket(input), toBatch(list));
    for (let account = 0; account < list.length; account++) {
      const figures = readAccount(result, account);
      if (figures.allocation.value === null) continue;
      const total = (['allocation', 'selection', 'interaction', 'tradingEffect'] as const).reduce(
        (sum, id) => sum + figures[id].value!,
        0,
      );
      expect(total).toBeCloseTo(figures.activeReturn.value!, 13);
      const weights = rowOf(result.weights, account, list.length);
      expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    }
    expect.hasAssertions();
  });

  test('any cut of a batch, in any order, gives the same bits', () => {
    const input = randomMarket(5, { days: 90 });
    const batch = toBatch(Array.from({ length: 30 }, (_, i) => randomAccount(input, i)));
    const market = prepareMarket(input);
    const whole = diagnoseAccounts(market, batch);
    const parts = createDiagnosis(prepareMarket(input, { shared: true }), 30, { shared: true });
    for (const [from, to] of [
      [20, 30],
      [0, 7],
      [7, 20],
    ] as const) {
      diagnoseAccounts(market, batch, { from, to, into: parts });
    }
    for (const column of ['values', 'reasons', 'allocation', 'selection', 'weights'] as const) {
      expect(Array.from(parts[column])).toEqual(Array.from(whole[column]));
    }
    expect(Array.from(parts.preferences[0]!)).toEqual(Array.from(whole.preferences[0]!));
    expect(Array.from(parts.bestSecurity)).toEqual(Array.from(whole.bestSecurity));
    expect(parts.values.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  test('scaling money leaves every figure but money', () => {
    const input = randomMarket(6, { days: 60 });
    const account = randomAccount(input, 2);
    const scaled: PlainAccount = {
      openingCash: account.openingCash * 1000,
      positions: account.positions.map((each) => ({ ...each, units: each.units * 1000 })),
      trades: account.trades.map((each) => ({
        ...each,
        units: each.units * 1000,
        cash: each.cash * 1000,
      })),
      flows: account.flows.map((each) => ({ ...each, amount: each.amount * 1000 })),
    };
    const result = diagnoseAccounts(prepareMarket(input), toBatch([account, scaled]));
    const [one, thousand] = [readAccount(result, 0), readAccount(result, 1)];
    for (const id of DIAGNOSIS_FIGURE_IDS) {
      const factor = DIAGNOSIS_FIGURES[id].unit === 'money' ? 1000 : 1;
      expect(one[id].reason).toBe(thousand[id].reason);
      expect(distance((one[id].value ?? 0) * factor, thousand[id].value ?? 0)).toBeLessThan(1e-9);
    }
  });
});

describe('an account by hand', () => {
  const buy: PlainTrade = { day: 1, security: 0, units: 100, cash: -1000 };

  test('who holds the benchmark earns it and has no effects', () => {
    const market = simpleMarket([0.02, -0.01, 0.03], [0.02, -0.01, 0.03]);
    const positions = [0, 1].map((security) => ({ security, units: 50 }));
    const found = readAccount(diagnoseOne(market, { positions }), 0);
    expect(found.totalReturn.value).toBeCloseTo(1.02 * 0.99 * 1.03 - 1, 14);
    expect(found.activeReturn.value).toBeCloseTo(0, 14);
    for (const id of ['allocation', 'selection', 'interaction', 'tradingEffect'] as const) {
      expect(found[id].value).toBeCloseTo(0, 14);
    }
    expect(found.beta.value).toBeCloseTo(1, 12);
    expect(found.concentration.value).toBeCloseTo(0.5, 14);
  });

  test('what a purchase cost above the close is trading, not selection', () => {
    const market = simpleMarket([0, 0.1, 0], [0, 0, 0]);
    // Paid 1,010 for units that close at 1,000 on the same day.
    const trades = [{ ...buy, cash: -1010 }];
    const found = readAccount(diagnoseOne(market, { openingCash: 2000, trades }), 0);
    expect(found.profit.value).toBeCloseTo(90, 10);
    expect(found.tradingEffect.value! < 0).toBe(true);
    expect(found.selection.value).toBeCloseTo(0, 14);
  });

  test('sales against their lots: profit, days, win rate, payoff', () => {
    const market = simpleMarket([0.1, 0.1, -0.3, 0, 0], [0, 0, 0, 0, 0]);
    const trades: PlainTrade[] = [
      buy,
      { day: 2, security: 0, units: 100, cash: -1210 },
      { day: 3, security: 0, units: -150, cash: 1600 },
      { day: 5, security: 0, units: -50, cash: 400 },
    ];
    const found = readAccount(diagnoseOne(market, { openingCash: 3000, trades }), 0);
    const costs = [1000 + 605, 605];
    expect(found.realisedProfit.value).toBeCloseTo(2000 - 2210, 10);
    expect(found.saleWinRate.value).toBe(0);
    expect(found.holdingDays.value).toBeCloseTo((1000 * 2 + 605 * 1 + 605 * 3) / 2210, 12);
    expect(found.payoffRatio.reason).toBe('NO_TRADE');
    expect(costs[0]! - 1600).toBeCloseTo(5, 12);
    expect(found.worstProfit.value).toBeCloseTo(-210, 10);
    expect(found.tradesPerYear.value).toBeCloseTo((4 / 5) * 252, 10);
    const better = trades.map((each) => (each.day === 5 ? { ...each, cash: 900 } : each));
    const mixed = readAccount(diagnoseOne(market, { openingCash: 3000, trades: better }), 0);
    expect(mixed.saleWinRate.value).toBe(0.5);
    expect(mixed.payoffRatio.value).toBeCloseTo(295 / 5, 10);
  });

  test('a dividend is income, a split moves no cost', () => {
    const market = simpleMarket([0, 0, 0], [0, 0, 0]);
    const trades: PlainTrade[] = [
      buy,
      { day: 2, security: 0, units: 0, cash: 30 },
      { day: 2, security: 0, units: 100, cash: 0 },
      { day: 3, security: 0, units: -100, cash: 700 },
    ];
    const found = readAccount(diagnoseOne(market, { openingCash: 1000, trades }), 0);
    expect(found.realisedProfit.value).toBeCloseTo(700 - 500, 10);
    expect(found.profit.value).toBeCloseTo(30 + 700 + 1000 - 1000, 10);
  });

  test('selling winners and keeping losers is the disposition effect', () => {
    const market = simpleMarket([0.1, 0.1, 0], [-0.1, -0.1, 0]);
    const positions = [0, 1].map((security) => ({ security, units: 100 }));
    const winner = [{ day: 2, security: 0, units: -100, cash: 1210 }];
    const sold = readAccount(diagnoseOne(market, { positions, trades: winner }), 0);
    expect(sold.dispositionEffect.value).toBe(1);
    const loser = [{ day: 2, security: 1, units: -100, cash: 810 }];
    const cut = readAccount(diagnoseOne(market, { positions, trades: loser }), 0);
    expect(cut.dispositionEffect.value).toBe(-1);
  });

  test('buying after a rise shows in the momentum of purchases', () => {
    const market = simpleMarket([0.1, 0.2, 0, 0], [0, 0, 0, 0]);
    const trades = [{ day: 4, security: 0, units: 10, cash: -132 }];
    const found = readAccount(diagnoseOne(market, { openingCash: 500, trades }), 0);
    // The two days that end with day 3: +20 % and nothing.
    expect(found.buyMomentum.value).toBeCloseTo(0.2, 12);
    expect(found.sellMomentum.reason).toBe('NO_TRADE');
  });

  test('money paid in and invested at once has capital on its day', () => {
    const market = simpleMarket([0.1, 0.1], [0, 0]);
    const flows = [{ day: 1, amount: 1000 }];
    const trades = [{ day: 1, security: 0, units: 100, cash: -1000 }];
    const found = readAccount(diagnoseOne(market, { flows, trades }), 0);
    // Bought at 10 on a day that closes at 11, then 10 % more.
    expect(found.totalReturn.value).toBeCloseTo(0.21, 12);
    expect(found.moneyWeightedReturn.value).toBeCloseTo(1.21 ** 365 - 1, -20);
  });

  test('days without money count neither for the customer nor for the benchmark', () => {
    const market = simpleMarket([0.5, 0.1, 0.1, 0.7], [0.5, 0.1, 0.1, 0.7]);
    const flows = [
      { day: 2, amount: 1000 },
      { day: 3, amount: -1000 },
    ];
    const found = readAccount(diagnoseOne(market, { flows }), 0);
    expect(found.totalReturn.value).toBe(0);
    expect(found.benchmarkReturn.value).toBeCloseTo(1.1 * 1.1 - 1, 12);
    expect(found.allocation.value).toBeCloseTo(found.activeReturn.value!, 12);
    expect(found.averageInvested.value).toBe(0);
    expect(found.selectionTreynorMazuy.reason).toBe('TOO_FEW_OBSERVATIONS');
  });
});

describe('accounts that cannot be diagnosed say why', () => {
  const market = simpleMarket([0.1, -0.05, 0.02, 0.01], [0, 0.01, 0, 0.03]);

  test('nothing ever in it', () => {
    const reasons = reasonsOf(diagnoseOne(market, {}));
    expect(reasons.totalReturn).toBe('NO_CAPITAL');
    expect(reasons.moneyWeightedReturn).toBe('NO_CAPITAL');
    expect(reasons.profit).toBeUndefined();
  });

  test('more sold than held', () => {
    const trades = [{ day: 1, security: 0, units: -1, cash: 10 }];
    const reasons = reasonsOf(diagnoseOne(market, { openingCash: 10, trades }));
    expect(new Set(Object.values(reasons))).toEqual(new Set(['OVERSOLD']));
  });

  test('a price that is missing while held, and one that is missing while not', () => {
    const prices = Array.from(market.prices);
    prices[2] = Number.NaN;
    const hole = { ...market, prices };
    const held = diagnoseOne(hole, { positions: [{ security: 0, units: 1 }] });
    expect(new Set(Object.values(reasonsOf(held)))).toEqual(new Set(['NOT_FINITE']));
    const other = diagnoseOne(hole, { positions: [{ security: 1, units: 1 }] });
    expect(reasonsOf(other).totalReturn).toBeUndefined();
  });

  test('total loss: returns are −100 %, attribution cannot be linked', () => {
    const lost = simpleMarket([0.1, -1, 0.02], [0, 0.01, 0]);
    const reasons = reasonsOf(diagnoseOne(lost, { positions: [{ security: 0, units: 1 }] }));
    expect(reasons.allocation).toBe('TOTAL_LOSS');
    expect(reasons.moneyWeightedReturn).toBe('TOTAL_LOSS');
    const found = diagnoseOne(lost, { positions: [{ security: 0, units: 1 }] });
    expect(readFigure(found, 0, 'totalReturn').value).toBe(-1);
    expect(found.allocation[0]).toBeNaN();
  });

  test('constant values: no risk, no ratio', () => {
    const reasons = reasonsOf(diagnoseOne(market, { openingCash: 100 }));
    expect(reasons.sharpeRatio).toBe('ZERO_VARIANCE');
    expect(reasons.concentration).toBe('NO_HOLDING');
    expect(reasons.saleWinRate).toBe('NO_TRADE');
    expect(reasons.timingTTreynorMazuy).toBe('EXACT_FIT');
    expect(reasons.earningScore).toBe('NO_BENCHMARK');
  });

  test('one account leaves nothing for the next', () => {
    const input = randomMarket(9);
    const list = [
      randomAccount(input, 1),
      { ...EMPTY, openingCash: 5, trades: [{ day: 1, security: 0, units: -1, cash: 1 }] },
      EMPTY,
      randomAccount(input, 1),
    ];
    const result = diagnoseAccounts(prepareMarket(input), toBatch(list));
    expect(readAccount(result, 3)).toEqual(readAccount(result, 0));
  });

  test('broken batches and markets are mistakes', () => {
    const plain = prepareMarket(market);
    const trades = (list: PlainTrade[]): AccountBatch => toBatch([{ ...EMPTY, trades: list }]);
    const trade = { day: 2, security: 0, units: 1, cash: -1 };
    const wrong: [AccountBatch, RegExp][] = [
      [trades([trade, { ...trade, day: 1 }]), /day 1 after 2/],
      [trades([{ ...trade, day: 5 }]), /day 5/],
      [trades([{ ...trade, security: 2 }]), /security 2/],
      [{ ...trades([trade]), accounts: 2 }, /1 balances for 2/],
      [toBatch([{ ...EMPTY, positions: [{ security: 0, units: 0 }] }]), /0 units/],
    ];
    for (const [batch, message] of wrong) {
      expect(() => diagnoseAccounts(plain, batch)).toThrow(message);
    }
    expect(() => prepareMarket({ ...market, days: [3, 2, 1, 0, 4] })).toThrow(/not after/);
    expect(() => prepareMarket({ ...market, sectorOf: [0, 2] })).toThrow(/group 2 of 2/);
    expect(() => prepareMarket({ ...market, prices: [1] })).toThrow(/prices has 1/);
    expect(() => prepareMarket({ ...market, days: [1] })).toThrow(/no return/);
  });
});

describe('scores among funds', () => {
  test('place on a scale: below, between, alike', () => {
    const scale = Float64Array.of(1, 2, 2, 3);
    expect([0, 1, 2, 2.5, 9].map((each) => placeOnScale(scale, each))).toEqual([
      0, 0.125, 0.5, 0.75, 1,
    ]);
    expect(placeOnScale(new Float64Array(0), 1)).toBeNaN();
  });

  test('a customer who is one of the funds stands where that fund stands', () => {
    const input = randomMarket(12, { days: 80 });
    const market = prepareMarket(input);
    const funds = Array.from({ length: 12 }, (_, security) =>
      Array.from({ length: 79 }, (__, row) => input.returns[security * 80 + row + 1]!),
    );
    // Security 1 pays no dividends: held alone it is the fund.
    const account = { ...EMPTY, positions: [{ security: 1, units: 10 }] };
    const scales = scaleAbilities(market, funds);
    const result = diagnoseAccounts(market, toBatch([account]), { scales });
    const found = readAccount(result, 0);
    const rank = (pick: (fund: number[]) => number) =>
      100 * ((funds.filter((fund) => pick(fund) < pick(funds[1]!)).length + 0.5) / funds.length);
    const total = (fund: number[]) => fund.reduce((grown, each) => grown * (1 + each), 1);
    const drawdown = (fund: number[]) => {
      let [value, peak, deepest] = [1, 1, 0];
      for (const each of fund) {
        value *= 1 + each;
        peak = Math.max(peak, value);
        deepest = Math.max(deepest, 1 - value / peak);
      }
      return -deepest;
    };
    // The product of unit prices and that of returns round differently: near, not alike.
    const half = 100 / funds.length / 2 + 1e-9;
    expect(Math.abs(found.earningScore.value! - rank(total))).toBeLessThanOrEqual(half);
    expect(Math.abs(found.drawdownScore.value! - rank(drawdown))).toBeLessThanOrEqual(half);
    expect(found.timingScore.value).toBeGreaterThanOrEqual(0);
    expect(found.timingScore.value).toBeLessThanOrEqual(100);
    expect(() => scaleAbilities(market, [[1]])).toThrow(/1 returns/);
  });

  test('every figure has a name in both languages', () => {
    for (const { name, formula } of Object.values(DIAGNOSIS_FIGURES)) {
      expect(name.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(name.en).toMatch(/[a-z]/);
      expect(formula).not.toBe('');
    }
  });
});
