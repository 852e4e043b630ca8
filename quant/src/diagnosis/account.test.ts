import { describe, expect, test } from 'vitest';
import type { AccountBatch } from './accounts.ts';
import { diagnoseAccounts } from './diagnose.ts';
import { DIAGNOSIS_FIGURE_IDS, type DiagnosisFigureId } from './figures.ts';
import { type MarketInput, prepareMarket } from './market.ts';
import { type Diagnosis, readAccount, readFigure } from './result.ts';
import {
  EMPTY,
  type PlainAccount,
  type PlainTrade,
  randomAccount,
  randomMarket,
  simpleMarket,
  toBatch,
} from './testing.ts';

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
