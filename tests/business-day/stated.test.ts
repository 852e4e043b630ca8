/**
 * What the registrar states, when it is not what we computed: within the tolerance it is booked and
 * told the same day; beyond it two members of staff may have it booked as stated.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  clearingChecks,
  listDifferences,
  openExceptions,
  requestBooking,
} from '../../server/src/modules/clearing/index.ts';
import { decideApproval } from '../../server/src/platform/approvals.ts';
import { describeEachDb, withDb } from '../../server/src/platform/testing.ts';
import { checker, day, maker, openStage, smallMarket, type Stage, violations } from './stage.ts';

describeEachDb('a fee that the registrar states otherwise', (opened) => {
  let stage: Stage;
  let orderId: string;
  const exceptionId = async () => (await stage.exceptionsOf(day(2)))[0]?.exception_id ?? '';

  beforeAll(async () => {
    // The registrar charges 0.5 %, our schedule says 0.4 %.
    stage = await openStage(opened().db, {
      ourMarket: smallMarket('0.004'),
      market: smallMarket(),
    });
    await stage.play(day(0));
    stage.at(day(1), '10:00:00.000');
    orderId = await stage.buy(0, '1000.00', '000002');
    await stage.play(day(1));
    await stage.send(day(2));
  });
  afterAll(() => stage.remove());

  test('is an exception that shows both numbers', async () => {
    const run = await stage.run(day(2));
    expect(run.isComplete).toBe(true);
    const [found] = await stage.exceptionsOf(day(2));
    expect(found?.detail['reasons']).toEqual([
      { code: 'FEE_DIFFERS', ours: '3.98', theirs: '4.98' },
      { code: 'AGENCY_FEE_DIFFERS', ours: '3.98', theirs: '4.98' },
      { code: 'UNITS_DIFFER', ours: expect.any(String), theirs: expect.any(String) },
    ]);
    expect(await stage.stateOf(orderId)).toBe('sent');
  });

  test('one person cannot have it booked; two can, and the next day books it as stated', async () => {
    const id = await exceptionId();
    const approvalId = await requestBooking(stage.world, maker, id, '登记机构已书面确认');
    await expect(decideApproval(stage.world, maker, approvalId, 'approve', 'own')).rejects.toThrow(
      'APPROVAL_OWN_REQUEST',
    );
    expect(await stage.stateOf(orderId)).toBe('sent');
    const approval = await decideApproval(stage.world, checker, approvalId, 'approve', '已核对');
    expect(approval.payload['differences']).toHaveLength(3);

    expect((await stage.play(day(3))).isComplete).toBe(true);
    expect(await stage.stateOf(orderId)).toBe('confirmed');
    expect(await stage.seen(day(2))).toEqual([
      'FEE_DIFFERS remind resolved',
      'UNITS_BREAK remind resolved',
    ]);
    expect(await stage.seen(day(3))).toEqual([]);
    const [order] = await stage.world.db.query<{ fee: bigint }>(
      'select fee from trading.orders where bucket >= 0 and order_id = $1',
      [orderId],
    );
    expect(order?.fee).toBe(498n);
    expect(await violations(stage)).toEqual([]);
    await expect(requestBooking(stage.world, maker, id, 'again')).rejects.toThrow(
      'EXCEPTION_RESOLVED',
    );
  });

  test('the day lists what was booked as stated', async () => {
    const { differences: listed } = await listDifferences(stage.world.db, day(3), { limit: 50 });
    expect(listed.map(({ code, ours, theirs, how }) => [code, ours, theirs, how])).toEqual([
      ['AGENCY_FEE_DIFFERS', '3.98', '4.98', 'stated'],
      ['FEE_DIFFERS', '3.98', '4.98', 'stated'],
      ['UNITS_DIFFER', expect.any(String), expect.any(String), 'stated'],
    ]);
    expect(listed[0]?.messageZh).toMatch(/\p{Script=Han}/u);
  });

  test('a record booked as stated without its approval is found', async () => {
    class Undo extends Error {}
    const plant = stage.world.db.tx(async (tx) => {
      await tx.query(
        `update clearing.confirmations set stated_by = 'nobody' where bucket >= 0
           and stated_by is not null`,
      );
      const check = clearingChecks.find(({ id }) => id === 'SH4-stated');
      expect(await check?.run(tx, stage.world)).toHaveLength(1);
      throw new Undo();
    });
    await expect(plant).rejects.toThrow(Undo);
  });
});

describeEachDb('a redemption paid 0.01 too much', (opened) => {
  let stage: Stage;
  beforeAll(async () => {
    const wrong = {
      kind: 'wrongAmount',
      date: day(4),
      registrarCode: '01',
      delta: '0.01',
    } as const;
    stage = await openStage(opened().db, { faults: [wrong] });
    await stage.play(day(0));
    stage.at(day(1), '10:00:00.000');
    await stage.buy(0, '1000.00');
    await stage.play(day(1));
    await stage.play(day(2));
    stage.at(day(3), '10:00:00.000');
    await stage.sell(0, '100.00');
    await stage.play(day(3));
  });
  afterAll(() => stage.remove());

  test('is booked, and told on the day of its confirmation', async () => {
    expect((await stage.play(day(4))).isComplete).toBe(true);
    expect(await stage.seen(day(4))).toEqual(['DIFFERENCES_TOLERATED remind open']);
    const { differences, ...rest } = await listDifferences(stage.world.db, day(4), { limit: 1 });
    expect(rest).toEqual({});
    const [listed] = differences;
    expect(listed).toMatchObject({ code: 'AMOUNT_DIFFERS', registrarCode: '01', how: 'tolerated' });
    const cents = (text: string | null | undefined) => Math.round(100 * +(text ?? ''));
    expect(cents(listed?.theirs) - cents(listed?.ours)).toBe(1);
    expect(await violations(stage)).toEqual([]);
  });

  test('a day without differences has none', async () => {
    expect(await listDifferences(stage.world.db, day(2), { limit: 50 })).toEqual({
      differences: [],
    });
    expect(await stage.seen(day(2))).toEqual([]);
  });
});

test('what differs in more than numbers is never booked as stated', async () => {
  await withDb(async (db) => {
    const extra = { kind: 'extraConfirmation', date: day(2), registrarCode: '01' } as const;
    const stage = await openStage(db, { faults: [extra] });
    await stage.play(day(0));
    stage.at(day(1), '10:00:00.000');
    await stage.buy(0, '1000.00');
    await stage.play(day(1));
    await stage.play(day(2));
    const [found] = await openExceptions(db, day(2));
    expect(found?.code).toBe('BUSINESS_CODE_UNKNOWN');
    await expect(
      requestBooking(stage.world, maker, found?.exception_id ?? '', 'take it'),
    ).rejects.toThrow('EXCEPTION_NOT_IN_NUMBERS');
    stage.remove();
  });
});
