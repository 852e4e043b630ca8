import { describe, expect, test } from 'vitest';
import { diagnoseAccounts } from './diagnose.ts';
import { prepareMarket } from './market.ts';
import { matchManagers } from './match.ts';
import { readFigure } from './result.ts';
import { randomAccount, randomMarket, toBatch } from './testing.ts';
import { traceAccount } from './trace.ts';

describe('the series of an account', () => {
  test('end where the figures are, and never rise above their peak', () => {
    const input = randomMarket(4, { days: 90 });
    const market = prepareMarket(input);
    const batch = toBatch(Array.from({ length: 20 }, (_, i) => randomAccount(input, i)));
    const result = diagnoseAccounts(market, batch);
    for (let account = 0; account < 20; account++) {
      const answer = traceAccount(market, batch, account);
      const total = readFigure(result, account, 'totalReturn');
      expect(answer.reason).toBe(total.reason);
      if (answer.value === null) continue;
      const { values, netValues, benchmarkNetValues, drawdowns, isActive } = answer.value;
      expect(netValues.at(-1)! - 1).toBeCloseTo(total.value!, 12);
      expect(benchmarkNetValues.at(-1)! - 1).toBeCloseTo(
        readFigure(result, account, 'benchmarkReturn').value!,
        12,
      );
      expect(values.at(-1)).toBe(readFigure(result, account, 'endValue').value);
      const deepest = drawdowns.reduce((most, each) => Math.max(most, each), 0);
      expect(deepest).toBeCloseTo(readFigure(result, account, 'maxDrawdown').value!, 12);
      const active = isActive.reduce((sum, each) => sum + each, 0);
      expect(active).toBeLessThanOrEqual(market.rows);
    }
  });

  test('an account without money and one that sold too much have no series', () => {
    const market = prepareMarket(randomMarket(4));
    const empty = { openingCash: 0, positions: [], trades: [], flows: [] };
    const over = { ...empty, trades: [{ day: 1, security: 0, units: -1, cash: 1 }] };
    const batch = toBatch([empty, over]);
    expect(traceAccount(market, batch, 0).reason).toBe('NO_CAPITAL');
    expect(traceAccount(market, batch, 1).reason).toBe('OVERSOLD');
  });
});

describe('managers alike', () => {
  const managers = [0.1, 100, 0.9, 200, 0.5, Number.NaN, 0.2, 110];

  test('nearest first, whatever the units', () => {
    const found = matchManagers({ features: [0.12, 104], managers });
    expect(found.map(({ manager }) => manager)).toEqual([0, 3, 2, 1]);
    expect(found.map(({ shared }) => shared)).toEqual([2, 2, 1, 2]);
    const scaled = matchManagers({
      features: [12, 0.104],
      managers: managers.map((each, at) => (at % 2 === 0 ? each * 100 : each / 1000)),
    });
    found.forEach((each, place) => {
      expect(scaled[place]!.manager).toBe(each.manager);
      expect(scaled[place]!.distance).toBeCloseTo(each.distance, 12);
    });
    expect(matchManagers({ features: [0.12, 104], managers, count: 1 })).toHaveLength(1);
  });

  test('the same manager is at distance zero; features that never vary say nothing', () => {
    const [first] = matchManagers({ features: [0.9, 200], managers });
    expect(first).toEqual({ manager: 1, distance: 0, shared: 2 });
    const flat = matchManagers({ features: [7, 1], managers: [5, 1, 5, 2] });
    expect(flat.map(({ manager, shared }) => [manager, shared])).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(matchManagers({ features: [1], managers: [2, 2] })).toEqual([]);
    expect(() => matchManagers({ features: [1, 2], managers: [1] })).toThrow(/not managers/);
  });
});
