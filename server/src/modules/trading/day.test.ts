import { addDays, instant, localDate, price } from '@cairn/kernel';
import { beforeEach, expect, test } from 'vitest';
import { describeEachDb, type TestWorld, testWorld } from '../../platform/testing.ts';
import { work } from '../../platform/work.ts';
import { loadCash, loadHoldings, loadTradingAccountsOf } from '../accounts/index.ts';
import {
  codesOf,
  failingChecks,
  giveUnits,
  idOf,
  maker,
  openBroker,
  openTraders,
  purchase,
  redemption,
  share,
  system,
  type Trader,
  type TraderWish,
  TUESDAY_MORNING,
  yuan,
} from './fixture.ts';
import {
  applyAccountOutcomes,
  applyOrderOutcomes,
  cancelOrders,
  findApplications,
  findOrders,
  getOrder,
  markSent,
  openFundAccounts,
  ordersToSend,
  type OrderOutcome,
  type PlaceOrder,
  placeOrders,
  type PlaceResult,
  recordCutOff,
} from './index.ts';

let next = 0;

describeEachDb('a day of trading', (opened) => {
  let world: TestWorld;
  let isOpen = false;

  beforeEach(async () => {
    world = testWorld(opened().db, TUESDAY_MORNING);
    if (!isOpen) await openBroker(world);
    isOpen = true;
  });

  const trader = async (wish: TraderWish = {}): Promise<Trader> => {
    next += 1;
    const [one] = await openTraders(world, [next], wish);
    if (one === undefined) throw new Error('a trader opens');
    return one;
  };
  const placeOne = async (order: PlaceOrder): Promise<PlaceResult> => {
    const [result] = await placeOrders(world, maker, [order]);
    if (result === undefined) throw new Error('one order, one answer');
    return result;
  };
  const cashOf = async ({ bucket, assetAccountNo }: Trader) => {
    const fact = (await loadCash(world.db, [bucket], [assetAccountNo])).get(assetAccountNo);
    return [fact?.balance, fact?.frozen];
  };
  const stateOf = async (orderId: string) =>
    (await findOrders(world.db, [orderId])).get(orderId)?.state;
  const outcome = (orderId: string, to: OrderOutcome['to'], rest: Partial<OrderOutcome> = {}) => ({
    orderId,
    to,
    confirmedAmount: yuan('0'),
    confirmedUnits: share('0'),
    fee: yuan('0'),
    nav: price(123_450_000n),
    confirmDate: localDate('2026-03-04'),
    ref: 'record',
    ...rest,
  });
  let day = localDate('2026-03-09');
  const morning = () => instant(`${day}T02:00:00.000Z`);
  const afternoon = () => instant(`${day}T07:05:00.000Z`);
  const cutAndSend = async (registrarCode = '01') => {
    world.clock.set(afternoon());
    await recordCutOff(world, system, day);
    const before = await ordersToSend(world.db, day, registrarCode);
    const buckets = [...before.orders, ...before.applications].map((row) => row.bucket);
    const sent = { tradeDate: day, registrarCode, buckets, ref: 'file' };
    const counts = await work(world, buckets, (current) => markSent(current, sent));
    const again = await work(world, buckets, (current) => markSent(current, sent));
    expect(again).toEqual({ orders: 0, applications: 0 });
    return { before, counts };
  };
  const answer = async (bucket: number, outcomes: readonly OrderOutcome[]) =>
    work(world, [bucket], (current) => applyOrderOutcomes(current, outcomes));

  beforeEach(() => {
    world.clock.set(morning());
    return () => {
      day = world.calendar.tradingDayOnOrAfter(addDays(day, 7));
    };
  });

  // First: later days lie after the offer.
  test('a subscription lives from receipt to result', async () => {
    const one = await trader();
    const { customerId, assetAccountNo } = one;
    const wish = { customerId, assetAccountNo, registrarCode: '02' };
    await openFundAccounts(world, maker, [wish]);
    const order: PlaceOrder = {
      ...purchase(one, 'U1', '10000'),
      fundCode: '000003',
      businessCode: '020',
    } as PlaceOrder;
    const orderId = idOf(await placeOne(order));
    const failing = idOf(await placeOne({ ...order, clientOrderNo: 'U2' }));
    await cutAndSend('02');
    const receipt = { confirmedAmount: yuan('10000') };
    await answer(one.bucket, [
      outcome(orderId, 'subscribed', receipt),
      outcome(failing, 'subscribed', receipt),
    ]);
    expect(await cashOf(one)).toEqual([yuan('100000'), yuan('0')]);
    const result = await answer(one.bucket, [
      outcome(orderId, 'confirmed', {
        ...receipt,
        confirmedUnits: share('9970.09'),
        fee: yuan('29.91'),
      }),
      outcome(failing, 'failed'),
      outcome(failing, 'confirmed'),
    ]);
    expect(result.done).toMatchObject([
      { state: 'confirmed', confirmedUnits: share('9970.09'), confirmedAmount: yuan('10000') },
      { state: 'failed' },
    ]);
    expect(result.refused).toMatchObject([{ code: 'OUTCOME_ILLEGAL' }]);
    expect(await failingChecks(world.db, world)).toEqual([]);
  });

  test('an account and its first order travel together and are answered', async () => {
    const one = await trader({ account: 'none' });
    const { customerId, assetAccountNo } = one;
    const wish = { customerId, assetAccountNo, registrarCode: '01' };
    const [applied, twice, nobody, nowhere] = await openFundAccounts(world, maker, [
      wish,
      wish,
      { ...wish, customerId: 'C000000000000000' },
      { ...wish, registrarCode: '99' },
    ]);
    if (applied?.kind !== 'applied') throw new Error(JSON.stringify(applied));
    expect(twice).toMatchObject({ code: 'TRADING_ACCOUNT_EXISTS' });
    expect(nobody).toMatchObject({ code: 'CUSTOMER_NOT_FOUND' });
    expect(nowhere).toMatchObject({ code: 'FUND_ACCOUNT_REFUSED' });
    const order = await placeOne(purchase(one, 'O1', '1000'));
    expect(codesOf(order)).toEqual(['accepted']);
    const { before, counts } = await cutAndSend();
    expect(before.applications.map((row) => row.applicationId)).toEqual([
      applied.application.applicationId,
    ]);
    expect(before.orders.map((row) => row.orderId)).toEqual([idOf(order)]);
    expect(counts).toEqual({ orders: 1, applications: 1 });
    const { applicationId } = applied.application;
    const accountAnswer = {
      applicationId,
      to: 'confirmed' as const,
      taAccountId: 'TA0000000001',
      confirmDate: addDays(day, 1),
      ref: 'file 02',
    };
    const first = await work(world, [one.bucket], (current) =>
      applyAccountOutcomes(current, [accountAnswer]),
    );
    expect(first).toMatchObject({ done: [{ state: 'confirmed' }], refused: [] });
    const second = await work(world, [one.bucket], (current) =>
      applyAccountOutcomes(current, [accountAnswer]),
    );
    expect(second).toMatchObject({ done: [], refused: [{ code: 'OUTCOME_ILLEGAL' }] });
    const [account] = await loadTradingAccountsOf(world.db, [one]);
    expect(account).toMatchObject({ status: 'active', taAccountId: 'TA0000000001' });
    expect((await findApplications(world.db, [applicationId])).get(applicationId)).toMatchObject({
      state: 'confirmed',
    });
    expect(await failingChecks(world.db, world)).toEqual([]);
  });

  test('a purchase is sent once and confirmed: its hold is free for the booking', async () => {
    const one = await trader();
    const orderId = idOf(await placeOne(purchase(one, 'P1', '1000')));
    await cutAndSend();
    expect(await stateOf(orderId)).toBe('sent');
    expect(await cancelOrders(world, maker, [orderId])).toMatchObject([
      { code: 'ORDER_NOT_CANCELLABLE' },
    ]);
    const confirmed = outcome(orderId, 'confirmed', {
      confirmedAmount: yuan('1000'),
      confirmedUnits: share('803.61'),
      fee: yuan('7.94'),
    });
    const stranger = outcome(`${orderId.slice(0, 23)}!`, 'confirmed');
    const applied = await answer(one.bucket, [confirmed, stranger, confirmed]);
    expect(applied.done).toMatchObject([{ orderId, state: 'confirmed', fee: yuan('7.94') }]);
    expect(applied.refused.map((one) => one.code)).toEqual(['ORDER_UNKNOWN', 'OUTCOME_ILLEGAL']);
    expect(await cashOf(one)).toEqual([yuan('100000'), yuan('0')]);
    expect((await ordersToSend(world.db, day, '01')).orders.map((o) => o.orderId)).toContain(
      orderId,
    );
    expect(await failingChecks(world.db, world)).toEqual([]);
  });

  test('a redemption in two parts, answered in one batch, keeps the rest frozen', async () => {
    const one = await trader();
    await giveUnits(world, one, '000001', '100');
    const orderId = idOf(await placeOne(redemption(one, 'Q1', '100')));
    await cutAndSend();
    const part = (to: OrderOutcome['to'], confirmed: string) =>
      outcome(orderId, to, { confirmedUnits: share(confirmed) });
    await answer(one.bucket, [part('partlyConfirmed', '30'), part('partlyConfirmed', '20')]);
    const key = { ...one, fundCode: '000001', shareClass: '0' };
    const [held] = (await loadHoldings(world.db, [key])).values();
    expect(held).toMatchObject({ units: share('100'), frozen: share('50') });
    expect(await failingChecks(world.db, world)).toEqual([]);
    const last = await answer(one.bucket, [part('confirmed', '50')]);
    expect(last.done).toMatchObject([{ state: 'confirmed', confirmedUnits: share('100') }]);
    const { events } = await getOrder(world.db, maker, orderId);
    expect(events.map((event) => event.to)).toEqual([
      'accepted',
      'sent',
      'partlyConfirmed',
      'partlyConfirmed',
      'confirmed',
    ]);
  });

  test('a rejected order gives its units back', async () => {
    const one = await trader();
    await giveUnits(world, one, '000001', '100');
    const orderId = idOf(await placeOne(redemption(one, 'J1', '100')));
    await cutAndSend();
    await answer(one.bucket, [outcome(orderId, 'rejected')]);
    expect(codesOf(await placeOne(redemption(one, 'J2', '100')))).toEqual(['accepted']);
  });

  test('a day is cut off once, never after a later one', async () => {
    const first = await recordCutOff(world, system, day);
    world.clock.advanceMs(1000);
    expect(await recordCutOff(world, system, day)).toEqual(first);
    await expect(recordCutOff(world, system, addDays(day, -1))).rejects.toMatchObject({
      code: 'DAY_ALREADY_PASSED',
    });
  });
});
