import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDay } from '../numeric/day.ts';
import { type CostMethod, profitOfHolding, type Trade } from './lots.ts';
import { xirr } from './money-weighted.ts';

const data = process.env['CAIRN_DATA'];
const METHODS: readonly CostMethod[] = ['fifo', 'average'];

function value<T>(answer: { value: T | null; reason?: string | undefined }): T {
  if (answer.value === null) throw new Error(answer.reason);
  return answer.value;
}

/** All money received minus all paid, plus what is held: the profit, without any lot. */
function cashNaively(trades: readonly Trade[], price: number): number {
  let units = 0;
  let cash = 0;
  for (const trade of trades) {
    const { kind, amount = 0, fee = 0 } = trade;
    if (kind === 'split') units *= trade.units!;
    if (kind === 'buy' || kind === 'reinvest') units += trade.units!;
    if (kind === 'sell') units -= trade.units!;
    if (kind === 'buy') cash -= amount;
    if (kind === 'sell' || kind === 'dividend') cash += amount;
    cash -= fee;
  }
  return cash + units * price;
}

/** A ledger that never sells more than it holds; at times it sells all. */
const ledger = fc
  .array(
    fc.record({
      kind: fc.constantFrom('buy', 'sell', 'all', 'dividend', 'reinvest', 'split', 'fee'),
      share: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      price: fc.double({ min: 0.5, max: 3, noNaN: true }),
      fee: fc.double({ min: 0, max: 5, noNaN: true }),
    }),
    { maxLength: 40 },
  )
  .map((steps) => {
    const trades: Trade[] = [];
    let units = 0;
    steps.forEach(({ kind, share, price, fee }, day) => {
      if (kind === 'buy' || kind === 'reinvest') {
        const bought = Math.round(share * 10_000) / 100;
        trades.push({ day, kind, units: bought, amount: bought * price, fee });
        units += bought;
      } else if (kind === 'sell' || kind === 'all') {
        const sold = kind === 'all' ? units : units * share;
        if (sold > 0) trades.push({ day, kind: 'sell', units: sold, amount: sold * price, fee });
        units -= sold;
      } else if (kind === 'split') {
        trades.push({ day, kind, units: 1 + share });
        units *= 1 + share;
      } else if (kind === 'dividend' || kind === 'fee') {
        trades.push({ day, kind, amount: kind === 'dividend' ? units * share : 0, fee });
      }
    });
    return trades;
  });

describe('profit and loss by lot', () => {
  const trades: Trade[] = [
    { day: 1, kind: 'buy', units: 100, amount: 100, fee: 1 },
    { day: 2, kind: 'buy', units: 100, amount: 140, fee: 1 },
    { day: 3, kind: 'sell', units: 150, amount: 195, fee: 3 },
  ];

  test('first in, first out: the old lot whole, half of the new one', () => {
    const found = value(profitOfHolding(trades, { method: 'fifo', price: 1.5 }));
    expect(found.sales.map(({ openedDay, units, cost }) => [openedDay, units, cost])).toEqual([
      [1, 100, 101],
      [2, 50, 70.5],
    ]);
    expect(found.realised).toBeCloseTo(192 - 171.5, 12);
    expect(found.lots).toEqual([{ openedDay: 2, units: 50, cost: 70.5 }]);
    expect(found.unrealised.value).toBeCloseTo(75 - 70.5, 12);
  });

  test('average cost: every unit cost 1.21', () => {
    const found = value(profitOfHolding(trades, { method: 'average', price: 1.5 }));
    expect(found.realised).toBeCloseTo(192 - 150 * 1.21, 12);
    expect(found.cost).toBeCloseTo(50 * 1.21, 12);
    expect(found.sales).toHaveLength(1);
  });

  test('both methods give the profit that the cash gives', () => {
    fc.assert(
      fc.property(ledger, fc.double({ min: 0.5, max: 3, noNaN: true }), (entries, price) => {
        const expected = cashNaively(entries, price);
        for (const method of METHODS) {
          const found = value(profitOfHolding(entries, { method, price }));
          const scale = 1 + entries.reduce((sum, each) => sum + (each.amount ?? 0), 0);
          expect(Math.abs(found.total.value! - expected)).toBeLessThan(1e-10 * scale);
          expect(found.cost).toBeGreaterThanOrEqual(-1e-10 * scale);
        }
      }),
    );
  });

  test('a split changes units, not cost; a reinvested dividend is income and cost', () => {
    const entries: Trade[] = [
      { day: 1, kind: 'buy', units: 100, amount: 100 },
      { day: 2, kind: 'split', units: 2 },
      { day: 3, kind: 'reinvest', units: 10, amount: 6 },
    ];
    const found = value(profitOfHolding(entries, { method: 'fifo', price: 0.6 }));
    expect([found.units, found.cost, found.income]).toEqual([210, 106, 6]);
    expect(found.total.value).toBeCloseTo(126 - 100, 12);
  });

  test('days out of order are put in order; days alike stay as given', () => {
    const turned = [trades[2]!, trades[0]!, trades[1]!];
    for (const method of METHODS) {
      expect(profitOfHolding(turned, { method, price: 1 })).toEqual(
        profitOfHolding(trades, { method, price: 1 }),
      );
    }
    const early: Trade[] = [
      { day: 1, kind: 'sell', units: 1, amount: 1 },
      { day: 1, kind: 'buy', units: 1, amount: 1 },
    ];
    expect(profitOfHolding(early, { method: 'fifo', price: 1 }).reason).toBe('OVERSOLD');
  });

  test('selling everything with rounded units closes the holding', () => {
    const entries: Trade[] = [
      { day: 1, kind: 'buy', units: 100.1, amount: 100 },
      { day: 2, kind: 'buy', units: 200.2, amount: 200 },
      { day: 3, kind: 'sell', units: 300.3, amount: 310 },
    ];
    for (const method of METHODS) {
      const found = value(profitOfHolding(entries, { method, price: Number.NaN }));
      expect([found.units, found.lots]).toEqual([0, []]);
      expect(found.total.value).toBeCloseTo(10, 9);
    }
  });

  test('no price, no entries, too much sold, broken entries', () => {
    const open = value(profitOfHolding(trades, { method: 'fifo', price: Number.NaN }));
    expect([open.marketValue.reason, open.total.reason]).toEqual(['NOT_FINITE', 'NOT_FINITE']);
    expect(open.realised).toBeCloseTo(20.5, 12);
    expect(value(profitOfHolding([], { method: 'fifo', price: Number.NaN })).total.value).toBe(0);
    const over: Trade[] = [...trades, { day: 4, kind: 'sell', units: 51, amount: 51 }];
    expect(profitOfHolding(over, { method: 'fifo', price: 1 }).reason).toBe('OVERSOLD');
    expect(() =>
      profitOfHolding([{ day: 1, kind: 'buy', units: 1 }], { method: 'fifo', price: 1 }),
    ).toThrow(/a buy with undefined/);
    expect(() =>
      profitOfHolding([{ day: 1, kind: 'fee', fee: -1 }], { method: 'fifo', price: 1 }),
    ).toThrow(/-1/);
  });
});

describe.skipIf(data === undefined)('a ledger of exchange trades (CAIRN_DATA)', () => {
  const rows = () =>
    readFileSync(join(data ?? '', 'funds/xalpha_trade_demo3.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      // The format marks rows that do not count with a number sign.
      .filter(([, code]) => !code!.startsWith('#'))
      .map(([date, code, price, units, fee]) => ({
        day: parseDay(date!.replace(/(....)(..)(..)/, '$1-$2-$3')),
        code: code!,
        price: +price!,
        units: +units!,
        fee: +fee!,
      }));

  test('each holding closes to its cash; a closed one has its rate', () => {
    const all = rows();
    const codes = [...new Set(all.map(({ code }) => code))];
    expect(codes).toHaveLength(4);
    for (const code of codes) {
      const own = all.filter((row) => row.code === code);
      const trades = own.map(
        ({ day, units, price, fee }): Trade => ({
          day,
          kind: units < 0 ? 'sell' : 'buy',
          units: Math.abs(units),
          amount: Math.abs(units) * price,
          fee,
        }),
      );
      const left = own.reduce((sum, { units }) => sum + units, 0);
      for (const method of METHODS) {
        const found = value(profitOfHolding(trades, { method, price: 1 }));
        expect(found.units).toBeCloseTo(left, 10);
        expect(found.total.value).toBeCloseTo(cashNaively(trades, 1), 10);
      }
    }
    // 510500: 300 bought at 5.37, sold at 5.675 three days later, fee 0.2 each.
    const [bought, sold] = all.filter(({ code }) => code === 'SH510500');
    const amounts = [-(300 * 5.37 + 0.2), 300 * 5.675 - 0.2];
    const rate = value(xirr({ amounts, days: [bought!.day, sold!.day] })).rate;
    expect(rate).toBeCloseTo((amounts[1]! / -amounts[0]!) ** (365 / 3) - 1, 6);
  });
});
