import { amount, localDate, units } from '@cairn/kernel';
import { describe, expect, test } from 'vitest';
import { type HoldingState, holdingKeyOf, type Movement, planMovements } from './movements.ts';

function movement(id: string, kind: Movement['kind'], count: bigint, fen = 0n): Movement {
  return {
    bucket: 10,
    tradingAccountNo: '0A1',
    fundCode: '110011',
    shareClass: '0',
    customerId: 'C1',
    movementId: id,
    kind,
    units: units(count),
    amount: amount(fen),
    registrarCode: '01',
    taSerial: id,
    businessCode: '122',
    confirmDate: localDate('2026-03-02'),
    ref: 'o',
    defaultDividendMethod: '0',
  };
}

describe('movements of one batch', () => {
  test('a new holding, a second lot and a redemption of both', () => {
    const plan = planMovements(new Map(), [
      movement('m1', 'purchase', 100n, 110n),
      movement('m2', 'reinvestment', 50n, 60n),
      movement('m3', 'redemption', -120n, 150n),
    ]);
    expect(plan.refused).toEqual([]);
    expect(plan.applied.map(({ cost, parts }) => [cost, parts.length])).toEqual([
      [110n, 0],
      [60n, 0],
      [134n, 2],
    ]);
    expect(plan.holdings).toMatchObject([
      { isNew: true, unitsChange: 30n, lotCount: 2, defaultDividendMethod: '0' },
    ]);
    expect(
      plan.lots.map(({ lot, isNew }) => [lot.lotId, lot.source, lot.unitsLeft, isNew]),
    ).toEqual([
      ['m1', 'purchase', 0n, true],
      ['m2', 'dividend', 30n, true],
    ]);
  });

  test('frozen units stay; a refused movement changes nothing for those after it', () => {
    const first = movement('m1', 'redemption', -61n, 61n);
    const state: HoldingState = {
      units: units(100n),
      frozen: units(40n),
      lotCount: 1,
      lots: [
        {
          lotId: 'm0',
          source: 'purchase',
          confirmDate: localDate('2026-02-02'),
          sequence: 1,
          unitsOriginal: units(200n),
          unitsLeft: units(100n),
          costAmount: amount(200n),
        },
      ],
    };
    const plan = planMovements(new Map([[holdingKeyOf(first), state]]), [
      first,
      movement('m2', 'redemption', -60n, 60n),
    ]);
    expect(plan.refused).toMatchObject([{ code: 'UNITS_INSUFFICIENT', available: 60n }]);
    expect(plan.holdings).toMatchObject([{ isNew: false, unitsChange: -60n, lotCount: 1 }]);
    expect(plan.lots.map(({ lot, isNew }) => [lot.unitsLeft, isNew])).toEqual([[40n, false]]);
  });

  test('a batch of refusals writes nothing', () => {
    const plan = planMovements(new Map(), [movement('m1', 'redemption', -1n, 1n)]);
    expect([plan.applied, plan.holdings, plan.lots]).toEqual([[], [], []]);
    expect(plan.refused).toHaveLength(1);
  });

  test('a redemption that brings units in is a bug', () => {
    expect(() => planMovements(new Map(), [movement('m1', 'redemption', 1n)])).toThrow(
      'brings no units in',
    );
  });
});
