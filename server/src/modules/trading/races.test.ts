import { afterAll, beforeAll, expect, test } from 'vitest';
import { Batcher } from '../../platform/batcher.ts';
import { type Db, openDb } from '../../platform/db.ts';
import {
  callElsewhere,
  describePostgres,
  type TestWorld,
  testWorld,
} from '../../platform/testing.ts';
import { loadCash } from '../accounts/index.ts';
import {
  failingChecks,
  maker,
  openBroker,
  openTraders,
  purchase,
  system,
  type Trader,
  TUESDAY,
  TUESDAY_MORNING,
  yuan,
} from './fixture.ts';
import * as trading from './index.ts';
import {
  findOrders,
  type KeyedRequest,
  keyRequest,
  ordersToSend,
  placeRequests,
  type PlaceResult,
} from './index.ts';

const CONCURRENT = 64;

describePostgres('trading races', (opened) => {
  let world: TestWorld;
  let next = 5000;
  let { cancelOrders, openFundAccounts, placeOrders, recordCutOff } = trading;
  let close: () => Promise<void>;

  beforeAll(async () => {
    world = testWorld(opened().db, TUESDAY_MORNING);
    await openBroker(world);
    const elsewhere = await callElsewhere(opened(), world, { trading });
    ({ cancelOrders, openFundAccounts, placeOrders, recordCutOff } = elsewhere.trading);
    ({ close } = elsewhere);
  });
  afterAll(() => close());

  const trader = async (cash: string): Promise<Trader> => {
    next += 1;
    const [one] = await openTraders(world, [next], { cash });
    if (one === undefined) throw new Error('a trader opens');
    return one;
  };
  const orders = (one: Trader, name: string) =>
    Array.from({ length: CONCURRENT }, (_, i) => purchase(one, `${name}${i}`, '100'));
  const accepted = (results: readonly PlaceResult[]) =>
    results.filter((one) => one.kind === 'decided' && one.receipt.outcome === 'accepted').length;
  const cashOf = async ({ bucket, assetAccountNo }: Trader) => {
    const fact = (await loadCash(world.db, [bucket], [assetAccountNo])).get(assetAccountNo);
    return [fact?.balance, fact?.frozen];
  };

  test('through the batcher exactly as many purchases are accepted as the cash covers', async () => {
    const one = await trader('1050');
    const batcher = new Batcher<KeyedRequest, PlaceResult>({
      lanes: 4,
      sizeMax: 7,
      waitMs: 1,
      queueMax: 1000,
      bucketOf: ({ bucket }) => bucket,
      handle: (requests) => placeRequests(world, requests),
    });
    const results = await Promise.all(
      orders(one, 'A').map((order) => batcher.submit(keyRequest({ actor: maker, order }))),
    );
    expect(accepted(results)).toBe(10);
    expect(await cashOf(one)).toEqual([yuan('1050'), yuan('1000')]);
  });

  test('several processes on one account never overdraw it', async () => {
    const one = await trader('1050');
    const pools: Db[] = await Promise.all(
      Array.from({ length: 4 }, () => openDb({ url: opened().url ?? '', poolSize: 4 })),
    );
    const worlds = pools.map((db) => ({ ...world, db }));
    const results = await Promise.all(
      orders(one, 'B').map((order, i) =>
        placeOrders(worlds[i % worlds.length] ?? world, maker, [order]),
      ),
    );
    await Promise.all(pools.map((db) => db.close()));
    expect(accepted(results.flat())).toBe(10);
    expect(await cashOf(one)).toEqual([yuan('1050'), yuan('1000')]);
  });

  test('the same order sent fifty times at once is one order with one answer', async () => {
    const one = await trader('1000');
    const order = purchase(one, 'C', '100');
    const results = await Promise.all(
      Array.from({ length: 50 }, () => placeOrders(world, maker, [order])),
    );
    const answers = results.flat();
    const fresh = answers.filter((answer) => answer.kind === 'decided' && !answer.isReplay);
    expect(fresh).toHaveLength(1);
    const bodies = new Set(answers.map((a) => (a.kind === 'decided' ? a.receipt.orderId : a.code)));
    expect(bodies.size).toBe(1);
    expect(await cashOf(one)).toEqual([yuan('1000'), yuan('100')]);
  });

  test('two cancellations at once: one wins, the cash comes back once', async () => {
    const one = await trader('1000');
    const [placed] = await placeOrders(world, maker, [purchase(one, 'D', '100')]);
    if (placed?.kind !== 'decided') throw new Error('the order is decided');
    const { orderId } = placed.receipt;
    const results = await Promise.all(
      Array.from({ length: 8 }, () => cancelOrders(world, maker, [orderId])),
    );
    expect(results.flat().filter((one) => one.kind === 'cancelled')).toHaveLength(1);
    expect(await cashOf(one)).toEqual([yuan('1000'), yuan('0')]);
  });

  // Last: the cut-off closes the day for every test after it.
  test('cancel and cut-off in the same instant: each order is cancelled or sent, never both', async () => {
    const traders = await openTraders(
      world,
      Array.from({ length: 24 }, (_, i) => 6000 + i),
      { cash: '1000' },
    );
    const placed = await placeOrders(
      world,
      maker,
      traders.map((one) => purchase(one, 'E', '100')),
    );
    const ids = placed.map((one) => (one.kind === 'decided' ? one.receipt.orderId : ''));
    const late = traders.map((one) => purchase(one, 'F', '100'));
    const cancels = ids.map((id) => cancelOrders(world, maker, [id]));
    const cut = recordCutOff(world, system, TUESDAY);
    const places = late.map((order) => placeOrders(world, maker, [order]));
    const cancelled = (await Promise.all(cancels)).flat();
    await cut;
    const lateResults = (await Promise.all(places)).flat();
    const { orders: sent } = await ordersToSend(world.db, TUESDAY, '01');
    const sentIds = new Set(sent.map((order) => order.orderId));
    for (const [index, id] of ids.entries()) {
      const won = cancelled[index]?.kind === 'cancelled';
      expect(sentIds.has(id)).toBe(!won);
      expect((await findOrders(world.db, [id])).get(id)?.state).toBe(
        won ? 'cancelled' : 'accepted',
      );
    }
    for (const result of lateResults) {
      if (result.kind !== 'decided') throw new Error(result.code);
      const { orderId, tradeDate } = result.receipt;
      expect(sentIds.has(orderId)).toBe(tradeDate === TUESDAY);
    }
    expect(await failingChecks(world.db, world)).toEqual([]);
  });

  test('one account is opened however many ask at once', async () => {
    const [one] = await openTraders(world, [7001], { account: 'none' });
    if (one === undefined) throw new Error('a trader opens');
    const { customerId, assetAccountNo } = one;
    const wish = { customerId, assetAccountNo, registrarCode: '01' };
    const results = await Promise.all(
      Array.from({ length: 8 }, () => openFundAccounts(world, maker, [wish])),
    );
    expect(results.flat().filter((result) => result.kind === 'applied')).toHaveLength(1);
  });
});
