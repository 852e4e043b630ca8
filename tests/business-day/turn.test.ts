/**
 * Units leave a holding in the order of its registrar: while something earlier about the holding is
 * not booked, a redemption waits, is on the list, and is booked when its turn comes.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  clearingChecks,
  openExceptions,
  requestAcceptance,
  requestBooking,
  requestVoid,
  retryException,
  runDay,
} from '../../server/src/modules/clearing/index.ts';
import { decideApproval } from '../../server/src/platform/approvals.ts';
import { describeEachDb, withDb } from '../../server/src/platform/testing.ts';
import {
  actor,
  checker,
  day,
  maker,
  openStage,
  smallMarket,
  type Stage,
  violations,
} from './stage.ts';

/** Lots with units left: confirm date and units. */
async function lotsOf(stage: Stage): Promise<string[]> {
  const rows = await stage.world.db.query<{ date: string; units: bigint }>(
    `select confirm_date as date, units_left as units from accounts.lots
     where bucket >= 0 and units_left > 0 order by confirm_date, sequence`,
  );
  return rows.map(({ date, units }) => `${date} ${units}`);
}

const confirmedUnits = async (stage: Stage, orderId: string): Promise<bigint> => {
  const [row] = await stage.world.db.query<{ units: bigint }>(
    'select confirmed_units as units from trading.orders where bucket >= 0 and order_id = $1',
    [orderId],
  );
  return row?.units ?? 0n;
};

const text = (units: bigint) => `${units / 100n}.${String(units % 100n).padStart(2, '0')}`;

/** Open exceptions about records: code, and what it waits for. */
async function listed(stage: Stage): Promise<{ id: string; code: string; waitsFor: unknown }[]> {
  const rows = await openExceptions(stage.world.db);
  return rows
    .filter(({ subject }) => /^(confirmation|distribution):/.test(subject))
    .map(({ exception_id: id, code, detail }) => ({
      id,
      code,
      waitsFor: (detail['reasons'] as { theirs?: string }[])[0]?.theirs,
    }))
    .sort((a, b) => a.code.localeCompare(b.code));
}

const wrong = (n: number, correctedAfterDays?: number) =>
  ({
    kind: 'wrongAmount',
    date: day(n),
    registrarCode: '01',
    record: 0,
    delta: '3.00',
    ...(correctedAfterDays === undefined ? {} : { correctedAfterDays }),
  }) as const;

/** Opens a stage of one investor and plays the day on which the accounts are opened. */
async function open(stagePart: Parameters<typeof openStage>): Promise<Stage> {
  const [db, options] = stagePart;
  const stage = await openStage(db, { ...options, investors: 1 });
  await stage.play(day(0));
  return stage;
}

/** A whole day; what the counterparties paid and we did not book is accepted with four eyes. */
async function play(stage: Stage, n: number): Promise<void> {
  const run = await stage.play(day(n));
  if (run.isComplete) return;
  expect(run.steps.at(-1)?.failure?.code).toBe('DAY_NOT_ACCEPTED');
  const wanted = { businessDate: day(n), reason: '待更正' };
  const approvalId = await requestAcceptance(stage.world, maker, wanted);
  await decideApproval(stage.world, checker, approvalId, 'approve', '已核对');
  expect((await stage.run(day(n))).isComplete).toBe(true);
}

async function trade(stage: Stage, n: number, act: () => Promise<string>): Promise<string> {
  stage.at(day(n), '10:00:00.000');
  const orderId = await act();
  await play(stage, n);
  return orderId;
}

async function voidListed(stage: Stage, code: string): Promise<void> {
  const found = (await listed(stage)).find((one) => one.code === code);
  const approvalId = await requestVoid(stage.world, maker, found?.id ?? '', '登记机构将更正');
  await decideApproval(stage.world, checker, approvalId, 'approve', '已核对');
}

describeEachDb('a purchase that was sent wrong, and a redemption after it', (opened) => {
  let stage: Stage;
  const orders: Record<'first' | 'wrong' | 'third' | 'sold', string> = {
    first: '',
    wrong: '',
    third: '',
    sold: '',
  };
  let sold = 0n;

  beforeAll(async () => {
    stage = await open([opened().db, { faults: [wrong(3, 4)] }]);
    orders.first = await trade(stage, 1, () => stage.buy(0, '1000.00'));
    orders.wrong = await trade(stage, 2, () => stage.buy(0, '500.00'));
    orders.third = await trade(stage, 3, () => stage.buy(0, '1000.00'));
    await play(stage, 4);
    // All of the first lot, and 100 units of the next: which one that is, is the question.
    sold = (await confirmedUnits(stage, orders.first)) + 10_000n;
    orders.sold = await trade(stage, 5, () => stage.sell(0, text(sold)));
  });
  afterAll(() => stage.remove());

  test('waits for it, is on the list with its reason and owner, and nothing is booked', async () => {
    await play(stage, 6);
    expect(await stage.stateOf(orders.sold)).toBe('sent');
    expect(await listed(stage)).toEqual([
      { id: expect.any(String), code: 'EARLIER_NOT_BOOKED', waitsFor: `order ${orders.wrong}` },
      { id: expect.any(String), code: 'MORE_THAN_APPLIED', waitsFor: '503.00' },
    ]);
    const rows = await openExceptions(stage.world.db);
    expect(new Set(rows.map(({ owner_role: role }) => role))).toEqual(new Set(['operations']));
    const [step] = await stage.world.db.query<{ counts: Record<string, number> }>(
      `select counts from clearing.day_steps where business_date = $1 and step = 'confirm'`,
      [day(6)],
    );
    expect(step?.counts['behind']).toBe(1);
  });

  test('also when the wrong record is voided and the right one has not come', async () => {
    stage.at(day(7), '09:30:00.000');
    await runDay(stage.world, actor, day(7), { until: 'open' });
    await voidListed(stage, 'MORE_THAN_APPLIED');
    const [waiting] = await listed(stage);
    expect(await retryException(stage.world, maker, waiting?.id ?? '')).toBe(false);
    expect(await stage.stateOf(orders.sold)).toBe('sent');
    expect(await listed(stage)).toEqual([waiting]);
  });

  test('is booked in the same run as what it waited for, from the lot of the registrar', async () => {
    await play(stage, 7);
    expect(await stage.stateOf(orders.wrong)).toBe('confirmed');
    expect(await stage.stateOf(orders.sold)).toBe('confirmed');
    expect(await listed(stage)).toEqual([]);
    const second = await confirmedUnits(stage, orders.wrong);
    expect(await lotsOf(stage)).toEqual([
      `${day(3)} ${second - 10_000n}`,
      `${day(4)} ${await confirmedUnits(stage, orders.third)}`,
    ]);
    expect(await violations(stage)).toEqual([]);
  });

  test('units that left before what was confirmed on an earlier day are found', async () => {
    class Undo extends Error {}
    const plant = stage.world.db.tx(async (tx) => {
      await tx.query('alter table accounts.holding_movements disable trigger user');
      await tx.query(
        `update accounts.holding_movements set posted_at = posted_at - interval '1 hour'
         where kind = 'redemption'`,
      );
      const check = clearingChecks.find(({ id }) => id === 'SH5-turn');
      expect(await check?.run(tx, stage.world)).toHaveLength(1);
      throw new Undo();
    });
    await expect(plant).rejects.toThrow(Undo);
  });
});

test('two redemptions of one day: the second waits for the first, wherever its record comes', async () => {
  await withDb(async (db) => {
    const stage = await open([db, { faults: [wrong(4, 2)] }]);
    await trade(stage, 1, () => stage.buy(0, '1000.00'));
    await trade(stage, 2, () => stage.buy(0, '1000.00'));
    stage.at(day(3), '10:00:00.000');
    const sold = [await stage.sell(0, '600.00'), await stage.sell(0, '100.00')];
    await play(stage, 3);
    await play(stage, 4);
    // The registrar takes orders by their number.
    const [first = '', second = ''] = sold.sort();
    expect(await listed(stage)).toMatchObject([
      { code: 'AMOUNT_DIFFERS' },
      { code: 'EARLIER_NOT_BOOKED', waitsFor: `order ${first}` },
    ]);
    await voidListed(stage, 'AMOUNT_DIFFERS');
    await play(stage, 5);
    expect([await stage.stateOf(first), await stage.stateOf(second)]).toEqual(['sent', 'sent']);
    await play(stage, 6);
    expect([await stage.stateOf(first), await stage.stateOf(second)]).toEqual([
      'confirmed',
      'confirmed',
    ]);
    expect(await listed(stage)).toEqual([]);
    expect(await violations(stage)).toEqual([]);
    stage.remove();
  });
});

test('two people may have it booked before its turn', async () => {
  await withDb(async (db) => {
    const stage = await open([db, { faults: [wrong(3)] }]);
    await trade(stage, 1, () => stage.buy(0, '1000.00'));
    await trade(stage, 2, () => stage.buy(0, '500.00'));
    const sold = await trade(stage, 3, () => stage.sell(0, '100.00'));
    await play(stage, 4);
    const waiting = (await listed(stage)).find(({ code }) => code === 'EARLIER_NOT_BOOKED');
    const id = waiting?.id ?? '';
    const approvalId = await requestBooking(stage.world, maker, id, '登记机构确认该申购无效');
    await decideApproval(stage.world, checker, approvalId, 'approve', '已核对');
    await play(stage, 5);
    expect(await stage.stateOf(sold)).toBe('confirmed');
    expect((await listed(stage)).map(({ code }) => code)).toEqual(['MORE_THAN_APPLIED']);
    stage.remove();
  });
});

test('a dividend on units that are not booked yet waits for them, and is booked after them', async () => {
  await withDb(async (db) => {
    const dividend = {
      fundCode: '000001',
      recordDate: day(4),
      exDate: day(4),
      payDate: day(6),
      perUnit: '0.05',
    };
    const market = { ...smallMarket(), dividends: [dividend] };
    const stage = await open([db, { market, faults: [wrong(3, 4)] }]);
    await trade(stage, 1, () => stage.buy(0, '1000.00'));
    const late = await trade(stage, 2, () => stage.buy(0, '500.00'));
    for (const n of [3, 4, 5]) await play(stage, n);
    expect(await listed(stage)).toMatchObject([
      { code: 'EARLIER_NOT_BOOKED', waitsFor: `order ${late}` },
      { code: 'MORE_THAN_APPLIED' },
    ]);
    await voidListed(stage, 'MORE_THAN_APPLIED');
    await play(stage, 6);
    await play(stage, 7);
    expect(await listed(stage)).toEqual([]);
    const [booked] = await db.query<{ n: number }>(
      `select count(*)::int4 as n from clearing.distributions where state = 'applied'`,
    );
    expect(booked?.n).toBe(1);
    expect(await violations(stage)).toEqual([]);
    stage.remove();
  });
});
