import { beforeAll, expect, test } from 'vitest';
import { createLog } from '../../platform/log.ts';
import { sweep } from '../../platform/outbox.ts';
import { describeEachDb, type TestWorld, testWorld } from '../../platform/testing.ts';
import {
  idOf,
  maker,
  openBroker,
  openTraders,
  purchase,
  TUESDAY,
  TUESDAY_MORNING,
  yuan,
} from './fixture.ts';
import { cancelOrders, placeOrders } from './index.ts';
import { flowCheck, flowOf, orderFlow } from './order-flow.ts';

describeEachDb('the flow of orders', (opened) => {
  let world: TestWorld;
  let first = '';

  beforeAll(async () => {
    world = testWorld(opened().db, TUESDAY_MORNING);
    await openBroker(world);
    const traders = await openTraders(world, [7101, 7102], { cash: '1000' });
    const results = await Promise.all(
      traders.map((one) => placeOrders(world, maker, [purchase(one, 'F', '100')])),
    );
    first = idOf(results[0]?.[0]);
  });

  const hear = () => sweep(world, orderFlow, { log: createLog('silent') });
  const purchases = (accepted: number, cancelled: number, amount: string) => [
    {
      fundCode: '000001',
      businessCode: '022',
      accepted,
      cancelled,
      amount: yuan(amount),
      units: 0n,
    },
  ];

  test('counts each event once, over all customers, with what was cancelled taken off', async () => {
    expect(await flowOf(world.db, TUESDAY)).toEqual([]);
    await hear();
    await hear();
    expect(await flowOf(world.db, TUESDAY)).toEqual(purchases(2, 0, '200'));
    await cancelOrders(world, maker, [first]);
    await hear();
    expect(await flowOf(world.db, TUESDAY)).toEqual(purchases(2, 1, '100'));
    expect(await flowCheck.run(world.db, world)).toEqual([]);
  });

  test.each([
    ['an event that counted twice', 'update trading.order_flow set accepted = accepted + 1'],
    ['an amount that was left out', 'update trading.order_flow set amount = amount - 1'],
    ['a flow that nobody was told of', 'delete from platform.outbox'],
    ['a flow that was lost', 'delete from trading.order_flow'],
  ])('the check finds %s', async (_what, spoil) => {
    const undone = new Error('undone');
    const attempt = world.db.tx(async (tx) => {
      expect(await tx.affected(spoil)).toBeGreaterThan(0);
      expect(await flowCheck.run(tx, world)).not.toEqual([]);
      throw undone;
    });
    await expect(attempt).rejects.toBe(undone);
  });
});
