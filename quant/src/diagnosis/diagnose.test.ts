import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figure } from '../figure.ts';
import { diagnoseAccounts } from './diagnose.ts';
import { DIAGNOSIS_FIGURE_IDS, DIAGNOSIS_FIGURES, type DiagnosisFigureId } from './figures.ts';
import { type MarketInput, prepareMarket } from './market.ts';
import { createDiagnosis, readAccount } from './result.ts';
import { placeOnScale, scaleAbilities } from './scores.ts';
import {
  diagnoseNaively,
  EMPTY,
  type PlainAccount,
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

/** What differs between the accounts' diagnosis and the plain twin's by more than 1e-10. */
function differences(input: MarketInput, list: readonly PlainAccount[]): string[] {
  const result = diagnoseAccounts(prepareMarket(input), toBatch(list));
  return list.flatMap((account, place) => {
    const naive = diagnoseNaively(input, account);
    const found = readAccount(result, place);
    const figures = Object.keys(naive.figures).filter((id) =>
      differs(found[id as DiagnosisFigureId], naive.figures[id]!),
    );
    const isFar = (values: ArrayLike<number>, expected: readonly number[]) =>
      rowOf(values, place, list.length).some(
        (each, at) => !(distance(each, expected[at]!) < 1e-10),
      );
    const effects = (['allocation', 'selection', 'interaction', 'weights'] as const).filter(
      (effect) => isFar(result[effect], naive[effect]),
    );
    const preferences = naive.preferences.flatMap((expected, which) =>
      isFar(result.preferences[which]!, expected) ? [`preferences ${which}`] : [],
    );
    return [...figures, ...effects, ...preferences].map((each) => `${place}: ${each}`);
  });
}

/** Accounts that have money on every day, as the twin wants it; others have tests of their own. */
const accountsOf = (input: ReturnType<typeof randomMarket>, seed: number, count: number) =>
  Array.from({ length: count }, (_, i) => randomAccount(input, seed + i)).filter(
    ({ openingCash, positions }) => openingCash > 100 || positions.length > 0,
  );

/** A market in which every security earns the same on each day, and sectors what is told. */
function marketThatEarns(own: (day: number) => number, sector: (day: number) => number, days = 40) {
  const base = randomMarket(9, { days });
  const returns = base.returns.map((_, at) => (at % days === 0 ? 0 : own(at % days)));
  const prices: number[] = [];
  returns.forEach((earned, at) =>
    prices.push(at % days === 0 ? 10 : prices[at - 1]! * (1 + earned)),
  );
  const benchmarkReturns = Array.from(base.benchmarkReturns, (_, at) =>
    sector(Math.floor(at / base.sectors)),
  );
  return { ...base, prices, returns, benchmarkReturns };
}

const wave = (day: number) => (day % 2 === 0 ? 0.01 : -0.01);
const ADVERSARIAL = {
  'nothing moves': marketThatEarns(
    () => 0,
    () => 0,
  ),
  'everything earns the same every day': marketThatEarns(
    () => 0.001,
    () => 0.001,
  ),
  'everything moves alike, the benchmark rests': marketThatEarns(wave, () => 0),
  'the benchmark moves, nothing else': marketThatEarns(() => 0, wave),
  'everything is its benchmark': marketThatEarns(wave, wave),
  'only losses': marketThatEarns(
    () => -0.02,
    () => -0.01,
  ),
  'one day': marketThatEarns(wave, wave, 2),
  'two days': marketThatEarns(wave, () => 0.01, 3),
};

describe('against the plain twin', () => {
  test('random accounts agree to 1e-10 in every figure, effect and weight', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 6, max: 80 }),
        (seed, days) => {
          const input = randomMarket(seed, { days });
          const list = accountsOf(input, seed * 7, 4);
          expect(differences(input, list)).toEqual([]);
          compared += list.length;
        },
      ),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  test.each(Object.entries(ADVERSARIAL))('and where %s', (_, input) => {
    const list = accountsOf(input, 3, 6);
    expect(list.length).toBeGreaterThan(2);
    expect(differences(input, list)).toEqual([]);
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
      expect(distance((one[id].value ?? 0) * factor, thousand[id].value ?? 0)).toBeLessThan(1e-10);
    }
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
