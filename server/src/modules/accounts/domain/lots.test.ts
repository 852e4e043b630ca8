import { addDays, amount, type LocalDate, localDate, sum, units } from '@cairn/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeRemainingCost, consumeLots, type Lot } from './lots.ts';
import { computeHoldingCost } from './positions.ts';

function lot(lotId: string, date: string, sequence: number, count: bigint, cost: bigint): Lot {
  return {
    lotId,
    source: 'purchase',
    confirmDate: localDate(date),
    sequence,
    unitsOriginal: units(count),
    unitsLeft: units(count),
    costAmount: amount(cost),
  };
}

describe('lots leave first in, first out', () => {
  test('10,500 units out of four lots leave 500 in the last (domain 2.5)', () => {
    const lots = [
      lot('d', '2026-09-28', 4, 1_000_00n, 1_200_00n),
      lot('a', '2025-01-06', 1, 3_000_00n, 3_000_00n),
      lot('b', '2026-03-02', 2, 5_000_00n, 5_500_00n),
      lot('c', '2026-09-10', 3, 2_000_00n, 2_400_00n),
    ];
    const consumed = consumeLots(lots, units(10_500_00n));
    expect(consumed?.parts).toEqual([
      { lotId: 'a', confirmDate: '2025-01-06', units: 3_000_00n, cost: 3_000_00n },
      { lotId: 'b', confirmDate: '2026-03-02', units: 5_000_00n, cost: 5_500_00n },
      { lotId: 'c', confirmDate: '2026-09-10', units: 2_000_00n, cost: 2_400_00n },
      { lotId: 'd', confirmDate: '2026-09-28', units: 500_00n, cost: 600_00n },
    ]);
    expect(consumed?.lots.map(({ lotId, unitsLeft }) => [lotId, unitsLeft])).toEqual([
      ['d', 500_00n],
      ['a', 0n],
      ['b', 0n],
      ['c', 0n],
    ]);
  });

  test('of two lots of one day the earlier of the holding leaves first', () => {
    const lots = [
      lot('second', '2026-03-02', 2, 10n, 10n),
      lot('first', '2026-03-02', 1, 10n, 10n),
    ];
    expect(consumeLots(lots, units(15n))?.parts.map((part) => part.lotId)).toEqual([
      'first',
      'second',
    ]);
  });

  test('more than there is cannot leave', () => {
    expect(consumeLots([lot('a', '2026-03-02', 1, 10n, 10n)], units(11n))).toBeUndefined();
  });

  test('three thirds of a lot that cost 1.00 cost 0.33, 0.34 and 0.33', () => {
    let lots = [lot('a', '2026-03-02', 1, 3n, 100n)];
    const costs = [1n, 1n, 1n].map((count) => {
      const consumed = consumeLots(lots, units(count));
      lots = consumed?.lots ?? [];
      return consumed?.parts[0]?.cost;
    });
    expect(costs).toEqual([33n, 34n, 33n]);
  });
});

// The slow twin: unit by unit, each hundredth of a unit on its own.
function consumeSlowly(lots: readonly Lot[], wanted: bigint): Map<string, bigint> {
  const queue = lots
    .toSorted((a, b) =>
      a.confirmDate === b.confirmDate
        ? a.sequence - b.sequence
        : a.confirmDate.localeCompare(b.confirmDate),
    )
    .flatMap((one) =>
      Array.from({ length: Number.parseInt(`${one.unitsLeft}`, 10) }, () => one.lotId),
    );
  const taken = new Map<string, bigint>();
  for (const lotId of queue.slice(0, Number.parseInt(`${wanted}`, 10))) {
    taken.set(lotId, (taken.get(lotId) ?? 0n) + 1n);
  }
  return taken;
}

const START: LocalDate = localDate('2026-01-05');
const someLots = fc
  .array(
    fc.record({
      days: fc.integer({ min: 0, max: 5 }),
      count: fc.bigInt({ min: 1n, max: 60n }),
      cost: fc.bigInt({ min: 0n, max: 1_000_000n }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((rows) =>
    rows.map((row, index) =>
      lot(`lot${index}`, addDays(START, row.days), index + 1, row.count, row.cost),
    ),
  );

describe('properties of lots', () => {
  test('any sequence of redemptions takes what the slow twin takes and conserves cost', () => {
    fc.assert(
      fc.property(
        someLots,
        fc.array(fc.bigInt({ min: 1n, max: 80n }), { maxLength: 8 }),
        (start, wishes) => {
          const before = computeHoldingCost(start);
          let lots: readonly Lot[] = start;
          let gone = 0n;
          for (const wish of wishes) {
            const consumed = consumeLots(lots, units(wish));
            const held = sum(lots.map((one) => one.unitsLeft));
            expect(consumed === undefined).toBe(wish > held);
            if (consumed === undefined) continue;
            const slow = consumeSlowly(lots, wish);
            expect(new Map(consumed.parts.map((part) => [part.lotId, part.units]))).toEqual(slow);
            for (const part of consumed.parts) gone += part.cost;
            lots = consumed.lots;
          }
          expect(gone + computeHoldingCost(lots)).toBe(before);
        },
      ),
    );
  });

  test('however a lot is cut, its parts cost what it cost', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 16n }),
        fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 50 }),
        (cost, cuts) => {
          const whole = sum<bigint>(cuts);
          let lots: readonly Lot[] = [lot('a', '2026-03-02', 1, whole, cost)];
          let total = 0n;
          for (const cut of cuts) {
            const consumed = consumeLots(lots, units(cut));
            const part = consumed?.parts[0]?.cost ?? -1n;
            const exact = (cost * cut) / whole;
            expect(part >= exact - 1n && part <= exact + 1n).toBe(true);
            total += part;
            lots = consumed?.lots ?? [];
          }
          expect(total).toBe(cost);
          expect(lots.map(computeRemainingCost)).toEqual([0n]);
        },
      ),
    );
  });
});
