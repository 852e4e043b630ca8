import { addDays, amount } from '@cairn/kernel';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeEachDb, type TestWorld, testWorld } from '../../platform/testing.ts';
import {
  failingChecks,
  type Holder,
  MONDAY,
  MONDAY_MORNING,
  movementOf,
  openHolder,
  share,
  workOn,
  yuan,
} from './fixture.ts';
import {
  applyMovements,
  freezeCash,
  freezeUnits,
  holdingKeyOf,
  loadCash,
  loadHoldings,
  loadPositions,
  openSettlements,
  releaseHolds,
  settleDue,
} from './index.ts';

describeEachDb('the front door of accounts', (opened) => {
  let world: TestWorld;
  beforeAll(() => {
    world = testWorld(opened().db, MONDAY_MORNING);
  });

  const cashOf = async (holder: Holder) =>
    (await loadCash(world.db, [holder.bucket], [holder.assetAccountNo])).get(holder.assetAccountNo);

  test('a purchase from hold to settlement, then a redemption, keeps every invariant', async () => {
    const holder = await openHolder(world, 'life', '10000.00');
    const { bucket, assetAccountNo } = holder;
    await workOn(world, [holder], async (current) =>
      freezeCash(current, [{ bucket, ref: 'O1', assetAccountNo, amount: yuan('6000') }]),
    );
    expect(await cashOf(holder)).toMatchObject({ frozen: yuan('6000'), available: yuan('4000') });
    expect(await failingChecks(world.db, world)).toEqual([]);

    await workOn(world, [holder], async (current) => {
      const purchase = { kind: 'purchase' as const, units: share('4900.25'), amount: yuan('6000') };
      expect(await releaseHolds(current, [{ bucket, ref: 'O1' }])).toEqual([
        { bucket, ref: 'O1', amount: yuan('6000'), units: share('0') },
      ]);
      await applyMovements(current, [movementOf(holder, 'S1', purchase)]);
      const items = [
        { itemId: 'buy:O1', kind: 'purchase' as const, assetAccountNo, amount: yuan('6000') },
        { itemId: 'fee:O1', kind: 'fee' as const, assetAccountNo: undefined, amount: yuan('9.5') },
      ].map((item) => ({ ...item, bucket, dueDate: addDays(MONDAY, 1), ref: 'O1' }));
      const { done, refused } = await openSettlements(current, items, MONDAY);
      expect([done.length, refused]).toEqual([2, []]);
    });
    expect(await cashOf(holder)).toMatchObject({ balance: yuan('4000'), frozen: amount(0n) });
    expect(await failingChecks(world.db, world)).toEqual([]);

    const settled = await workOn(world, [holder], (current) =>
      settleDue(current, addDays(MONDAY, 1), [bucket]),
    );
    expect(settled.map((item) => item.itemId).sort()).toEqual(['buy:O1', 'fee:O1']);
    const again = await workOn(world, [holder], (current) =>
      settleDue(current, addDays(MONDAY, 1), [bucket]),
    );
    expect(again).toEqual([]);

    const key = movementOf(holder, '', {
      kind: 'redemption',
      units: share('-1'),
      amount: yuan('0'),
    });
    await workOn(world, [holder], async (current) =>
      freezeUnits(current, [{ ...key, ref: 'O2', units: share('1000') }]),
    );
    await workOn(world, [holder], async (current) => {
      await releaseHolds(current, [{ bucket, ref: 'O2' }]);
      const sale = { kind: 'redemption' as const, units: share('-1000'), amount: yuan('1300') };
      const { done } = await applyMovements(current, [movementOf(holder, 'S2', sale)]);
      expect(done[0]?.cost).toBe(yuan('1224.43'));
    });
    const holdings = await loadHoldings(world.db, [key]);
    expect(holdings.get(holdingKeyOf(key))).toMatchObject({
      units: share('3900.25'),
      available: share('3900.25'),
    });
    const [position] = await loadPositions(world.db, [holder]);
    expect(position).toMatchObject({ units: share('3900.25'), cost: yuan('4775.57') });
    expect(await failingChecks(world.db, world)).toEqual([]);
  });

  describe('refusals', () => {
    test('more cash than there is cannot be frozen, nor more units', async () => {
      const holder = await openHolder(world, 'poor', '100.00');
      const { bucket, assetAccountNo } = holder;
      const hold = { bucket, assetAccountNo, amount: yuan('60') };
      const twice = [
        { ...hold, ref: 'P1' },
        { ...hold, ref: 'P2' },
      ];
      await expect(
        workOn(world, [holder], async (current) => freezeCash(current, twice)),
      ).rejects.toMatchObject({
        code: 'CASH_INSUFFICIENT',
        details: { assetAccountNo, available: '100.00', amount: '120.00' },
      });
      const wanted = movementOf(holder, '', {
        kind: 'redemption',
        units: share('-1'),
        amount: yuan('0'),
      });
      await expect(
        workOn(world, [holder], async (current) =>
          freezeUnits(current, [{ ...wanted, ref: 'P3', units: share('1') }]),
        ),
      ).rejects.toMatchObject({ code: 'UNITS_INSUFFICIENT', details: { available: '0.00' } });
      expect(await cashOf(holder)).toMatchObject({ frozen: amount(0n) });
    });

    test('a hold is taken once, released once, and in parts that fit', async () => {
      const holder = await openHolder(world, 'parts', '100.00');
      const { bucket, assetAccountNo } = holder;
      const hold = { bucket, ref: 'H1', assetAccountNo, amount: yuan('60') };
      const freeze = () => workOn(world, [holder], async (current) => freezeCash(current, [hold]));
      const release = (part: string) =>
        workOn(world, [holder], (current) =>
          releaseHolds(current, [{ bucket, ref: 'H1', amount: yuan(part) }]),
        );
      await freeze();
      await expect(
        workOn(world, [holder], async (current) =>
          freezeCash(current, [{ ...hold, amount: yuan('1') }]),
        ),
      ).rejects.toMatchObject({ code: 'HOLD_EXISTS' });
      await expect(release('60.01')).rejects.toMatchObject({ code: 'HOLD_NOT_OPEN' });
      await release('20');
      expect(await cashOf(holder)).toMatchObject({ frozen: yuan('40') });
      await release('40');
      await expect(release('0.01')).rejects.toMatchObject({ code: 'HOLD_NOT_OPEN' });
      expect(await failingChecks(world.db, world)).toEqual([]);
    });

    test('a purchase beyond free cash is refused, the items beside it are not', async () => {
      const holder = await openHolder(world, 'beyond', '100.00');
      const { bucket, assetAccountNo } = holder;
      const base = { bucket, kind: 'purchase' as const, dueDate: addDays(MONDAY, 1), ref: 'X' };
      const items = [
        { ...base, itemId: 'x1', assetAccountNo, amount: yuan('70') },
        { ...base, itemId: 'x2', assetAccountNo, amount: yuan('31') },
        { ...base, itemId: 'x3', assetAccountNo, amount: yuan('30') },
        { ...base, itemId: 'x4', assetAccountNo: '00NOSUCHACCOUN', amount: yuan('1') },
      ];
      const outcome = await workOn(world, [holder], (current) =>
        openSettlements(current, items, MONDAY),
      );
      expect(outcome.done.map((item) => item.itemId)).toEqual(['x1', 'x3']);
      expect(outcome.refused.map(({ item, code }) => [item.itemId, code])).toEqual([
        ['x2', 'CASH_INSUFFICIENT'],
        ['x4', 'ASSET_ACCOUNT_NOT_FOUND'],
      ]);
      await expect(
        workOn(world, [holder], (current) =>
          openSettlements(
            current,
            items.slice(0, 1).map((item) => ({ ...item, kind: 'refund' as const })),
            MONDAY,
          ),
        ),
      ).rejects.toMatchObject({ code: 'SETTLEMENT_EXISTS' });
    });

    test('a registrar serial counts once; units that are frozen cannot leave', async () => {
      const holder = await openHolder(world, 'serial');
      const bought = { kind: 'purchase' as const, units: share('100'), amount: yuan('100') };
      const first = movementOf(holder, 'Z1', bought);
      await workOn(world, [holder], (current) => applyMovements(current, [first]));
      await expect(
        workOn(world, [holder], (current) =>
          applyMovements(current, [{ ...first, movementId: 'other' }]),
        ),
      ).rejects.toMatchObject({ code: 'MOVEMENT_EXISTS' });
      await workOn(world, [holder], async (current) =>
        freezeUnits(current, [{ ...first, ref: 'Z2', units: share('60') }]),
      );
      const sale = { kind: 'redemption' as const, units: share('-41'), amount: yuan('41') };
      const { refused } = await workOn(world, [holder], (current) =>
        applyMovements(current, [movementOf(holder, 'Z3', sale)]),
      );
      expect(refused.map(({ code, details }) => [code, details['available']])).toEqual([
        ['UNITS_INSUFFICIENT', '40.00'],
      ]);
      expect(await failingChecks(world.db, world)).toEqual([]);
    });
  });
});
