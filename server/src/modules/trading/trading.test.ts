import { type AppError, instant } from '@cairn/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { describeEachDb, type TestWorld, testWorld } from '../../platform/testing.ts';
import { loadCash } from '../accounts/index.ts';
import { changeStatus } from '../customers/index.ts';
import { importCsv, termsAsOf } from '../products/index.ts';
import { confirmWarning, issueWarning } from '../suitability/index.ts';
import {
  checker,
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
  type Trader,
  type TraderWish,
  TUESDAY,
  TUESDAY_MORNING,
  yuan,
} from './fixture.ts';
import {
  cancelOrders,
  getOrder,
  listOrders,
  type PlaceOrder,
  placeOrders,
  type PlaceResult,
  previewOrder,
} from './index.ts';
import { proveOrder } from './proof.ts';

let next = 0;

describeEachDb('trading', (opened) => {
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
  const place = async (...orders: PlaceOrder[]) => placeOrders(world, maker, orders);
  const placeOne = async (order: PlaceOrder): Promise<PlaceResult> => {
    const [result] = await place(order);
    if (result === undefined) throw new Error('one order, one answer');
    return result;
  };
  const cashOf = async ({ bucket, assetAccountNo }: Trader) => {
    const fact = (await loadCash(world.db, [bucket], [assetAccountNo])).get(assetAccountNo);
    return [fact?.balance, fact?.frozen];
  };
  test('an accepted purchase freezes its amount and keeps evidence that proves again', async () => {
    const one = await trader();
    const result = await placeOne(purchase(one, 'A1', '1000'));
    expect(result).toMatchObject({
      kind: 'decided',
      isReplay: false,
      receipt: { outcome: 'accepted', tradeDate: TUESDAY, findings: [] },
    });
    expect(await cashOf(one)).toEqual([yuan('100000'), yuan('1000')]);
    const { order, events } = await getOrder(world.db, maker, idOf(result));
    expect(order).toMatchObject({ state: 'accepted', amount: yuan('1000'), registrarCode: '01' });
    expect(events).toEqual([
      { seq: 1, from: 'new', to: 'accepted', at: TUESDAY_MORNING, detail: undefined },
    ]);
    expect(await proveOrder(world.db, maker, idOf(result))).toMatchObject({ agrees: true });
    expect(await failingChecks(world.db, world)).toEqual([]);
  });

  test('orders of one batch see what the ones before them froze', async () => {
    const one = await trader({ cash: '1000' });
    const results = await place(
      purchase(one, 'B1', '600'),
      purchase(one, 'B2', '600'),
      purchase(one, 'B3', '400'),
    );
    expect(results.map(codesOf)).toEqual([['accepted'], ['refused', 'CASH_SHORT'], ['accepted']]);
    expect(await cashOf(one)).toEqual([yuan('1000'), yuan('1000')]);
  });

  test('the day maximum counts earlier orders of the day, in other batches and in this one', async () => {
    const one = await trader({ cash: '90000000' });
    expect(codesOf(await placeOne(purchase(one, 'D1', '50000000')))).toEqual(['accepted']);
    const results = await place(purchase(one, 'D2', '29999999'), purchase(one, 'D3', '100'));
    expect(results.map(codesOf)).toEqual([['accepted'], ['refused', 'ABOVE_DAY_MAXIMUM']]);
    await cancelOrders(world, maker, [idOf(results[0])]);
    expect(codesOf(await placeOne(purchase(one, 'D4', '100')))).toEqual(['accepted']);
  });

  describe('the same client order number', () => {
    test('with the same body answers the same, in another batch and in this one', async () => {
      const one = await trader();
      const order = purchase(one, 'I1', '1000');
      const [first, again] = await place(order, { ...order });
      expect(again).toMatchObject({ isReplay: true });
      expect(again).toEqual({ ...first, isReplay: true });
      world.clock.set(instant('2026-05-06T02:00:00.000Z'));
      expect(await placeOne(order)).toEqual({ ...first, isReplay: true });
      expect(await cashOf(one)).toEqual([yuan('100000'), yuan('1000')]);
    });

    test('with another body is refused and has no effect', async () => {
      const one = await trader();
      await placeOne(purchase(one, 'I2', '1000'));
      const [other, twin] = await place(purchase(one, 'I2', '1001'), redemption(one, 'I2', '1'));
      for (const result of [other, twin]) {
        expect(result).toMatchObject({ kind: 'error', code: 'IDEMPOTENCY_MISMATCH' });
      }
      expect(await cashOf(one)).toEqual([yuan('100000'), yuan('1000')]);
    });

    test('of a refused order stays refused when the money has come', async () => {
      const one = await trader({ cash: '0' });
      const order = purchase(one, 'I3', '1000');
      const refused = await placeOne(order);
      expect(codesOf(refused)).toEqual(['refused', 'CASH_SHORT']);
      const rich = await trader();
      expect(codesOf(await placeOne(purchase(rich, 'I3', '1000')))).toEqual(['accepted']);
      expect(await placeOne(order)).toEqual({ ...refused, isReplay: true });
    });
  });

  test('refusals list every reason, cost nothing and leave evidence', async () => {
    const one = await trader({ account: 'none', answers: 'none', cash: '0' });
    const result = await placeOne(purchase(one, 'R1', '99.99'));
    expect(codesOf(result)).toEqual([
      'refused',
      'FUND_ACCOUNT_MISSING',
      'BELOW_FIRST_MINIMUM',
      'PROFILE_MISSING',
    ]);
    const { order, findings } = await getOrder(world.db, maker, idOf(result));
    expect(order).toMatchObject({ state: 'refused', tradingAccountNo: '' });
    expect(findings).toHaveLength(3);
    expect(await proveOrder(world.db, maker, idOf(result))).toMatchObject({ agrees: true });
  });

  test('customer, certificate and product are judged on the trade date', async () => {
    const expiring = await trader({ certificateValidUntil: '2026-03-03' });
    expect(codesOf(await placeOne(purchase(expiring, 'C1', '1000')))).toEqual(['accepted']);
    world.clock.set(instant('2026-03-03T07:00:00.000Z'));
    expect(codesOf(await placeOne(purchase(expiring, 'C2', '1000')))).toEqual([
      'refused',
      'ORDER_CERTIFICATE_EXPIRED',
    ]);
    const frozen = await trader();
    await changeStatus(world, checker, {
      customerId: frozen.customerId,
      action: 'freeze',
      reason: 'court order',
    });
    expect(codesOf(await placeOne(purchase(frozen, 'C3', '1000')))).toEqual([
      'refused',
      'ORDER_CUSTOMER_NOT_ACTIVE',
    ]);
    const unknown = { ...purchase(await trader(), 'C4', '1000'), fundCode: '999999' };
    expect(codesOf(await placeOne(unknown))).toEqual(['refused', 'PRODUCT_UNKNOWN']);
    const unsold = { ...purchase(await trader(), 'C5', '1000'), fundCode: '000009' };
    expect(codesOf(await placeOne(unsold))).toEqual(['refused', 'PRODUCT_NOT_SOLD']);
  });

  test('a closed day of the fund refuses, the next day takes the order again', async () => {
    const one = await trader();
    const csv = 'fund_code,closed_date,reason,closed\n000002,2026-03-05,holiday abroad,true\n';
    const report = await importCsv(world, maker, { kind: 'closedDays', csv, dryRun: false });
    expect(report.errors).toEqual([]);
    world.clock.set(instant('2026-03-05T02:00:00.000Z'));
    const order = { ...purchase(one, 'K1', '1000'), fundCode: '000002' };
    expect(codesOf(await placeOne(order))).toEqual(['refused', 'PRODUCT_CLOSED_DAY']);
    world.clock.set(instant('2026-03-05T08:00:00.000Z'));
    const later = await placeOne({ ...order, clientOrderNo: 'K2' });
    expect(later).toMatchObject({ receipt: { outcome: 'accepted', tradeDate: '2026-03-06' } });
  });

  test('above his level a customer buys only with the warning shown and confirmed', async () => {
    const one = await trader({ answers: 'meek' });
    expect(codesOf(await placeOne(purchase(one, 'W1', '1000')))).toContain('WARNING_NOT_CONFIRMED');
    const terms = (await termsAsOf(world.db, TUESDAY)).get('000001');
    if (terms === undefined) throw new Error('the fund has terms');
    const { customerId } = one;
    const shown = await issueWarning(world, maker, {
      customerId,
      product: terms,
      channel: 'counter',
    });
    await confirmWarning(world, maker, {
      customerId,
      warningId: shown.warningId,
      channel: 'counter',
    });
    const { warningId } = shown;
    const order = { ...purchase(one, 'W2', '1000'), warningId } as PlaceOrder;
    const result = await placeOne(order);
    expect(codesOf(result)[0]).toBe('accepted');
    expect(codesOf(result).length).toBeGreaterThan(1);
    expect(await proveOrder(world.db, maker, idOf(result))).toMatchObject({ agrees: true });
    const stranger = await trader({ answers: 'meek' });
    const stolen = { ...purchase(stranger, 'W3', '1000'), warningId } as PlaceOrder;
    expect(codesOf(await placeOne(stolen))[0]).toBe('refused');
  });

  test('redemptions freeze units; what is frozen cannot be redeemed again', async () => {
    const one = await trader();
    await giveUnits(world, one, '000001', '100');
    const results = await place(
      redemption(one, 'S1', '60'),
      redemption(one, 'S2', '60'),
      redemption(one, 'S3', '35'),
      redemption(one, 'S4', '40'),
    );
    expect(results.map(codesOf)).toEqual([
      ['accepted'],
      ['refused', 'UNITS_SHORT'],
      ['refused', 'REMAINDER_BELOW_MINIMUM'],
      ['accepted'],
    ]);
    await cancelOrders(world, maker, [idOf(results[0])]);
    expect(codesOf(await placeOne(redemption(one, 'S5', '60')))).toEqual(['accepted']);
    expect(await failingChecks(world.db, world)).toEqual([]);
  });

  test('cancelling gives the money back once, and only to those who may see the order', async () => {
    const one = await trader();
    const orderId = idOf(await placeOne(purchase(one, 'X1', '1000')));
    const elsewhere = { ...maker, branchCode: 'B99' };
    expect(await cancelOrders(world, elsewhere, [orderId])).toMatchObject([
      { code: 'ORDER_NOT_FOUND' },
    ]);
    const results = await cancelOrders(world, maker, [orderId, orderId, 'nonsense', `${orderId}0`]);
    expect(results).toMatchObject([
      { kind: 'cancelled' },
      { code: 'ORDER_NOT_CANCELLABLE', details: { state: 'cancelled' } },
      { code: 'ORDER_NOT_FOUND' },
      { code: 'ORDER_NOT_FOUND' },
    ]);
    expect(await cashOf(one)).toEqual([yuan('100000'), yuan('0')]);
    await expect(getOrder(world.db, elsewhere, orderId)).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    } satisfies Partial<AppError>);
  });

  test('from the cut-off on nothing is cancelled and orders go to the next day', async () => {
    const one = await trader();
    const orderId = idOf(await placeOne(purchase(one, 'T1', '1000')));
    world.clock.set(instant('2026-03-03T06:59:59.999Z'));
    const last = await placeOne(purchase(one, 'T2', '1000'));
    expect(last).toMatchObject({ receipt: { tradeDate: TUESDAY } });
    world.clock.advanceMs(1);
    const next = await placeOne(purchase(one, 'T3', '1000'));
    expect(next).toMatchObject({ receipt: { tradeDate: '2026-03-04' } });
    expect(await cancelOrders(world, maker, [orderId, idOf(next)])).toMatchObject([
      { code: 'CANCEL_AFTER_CUT_OFF' },
      { kind: 'cancelled' },
    ]);
  });

  test('lists orders newest first, page by page, by customer, state and day', async () => {
    const one = await trader();
    await place(...['L1', 'L2', 'L3', 'L4', 'L5'].map((no) => purchase(one, no, '100')));
    const { customerId } = one;
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listOrders(world.db, maker, {
        customerId,
        tradeDate: TUESDAY,
        state: 'accepted',
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      });
      seen.push(...page.orders.map((order) => order.clientOrderNo));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen.sort()).toEqual(['L1', 'L2', 'L3', 'L4', 'L5']);
    const elsewhere = { ...maker, branchCode: 'B99' };
    const hidden = await listOrders(world.db, elsewhere, { customerId, limit: 10 });
    expect(hidden.orders).toEqual([]);
    await expect(
      listOrders(world.db, maker, { limit: 10, cursor: 'bm9uc2Vuc2U' }),
    ).rejects.toMatchObject({ code: 'REQUEST_MALFORMED' });
  });

  test('a branch lists the orders of its own customers in full pages, and meets each once', async () => {
    const ours = await trader({ branchCode: 'B71' });
    const theirs = await trader({ branchCode: 'B72' });
    const wanted: string[] = [];
    for (let no = 0; no < 5; no += 1) {
      wanted.push(idOf(await placeOne(purchase(ours, `B${no}`, '100'))));
      await placeOne(purchase(theirs, `B${no}`, '100'));
    }
    const branch = { ...maker, branchCode: 'B71' };
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await listOrders(world.db, branch, {
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      });
      pages.push(page.orders.map((order) => order.orderId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat().sort()).toEqual(wanted.sort());
  });

  test('a preview decides like the order, estimates, and writes nothing', async () => {
    const one = await trader();
    await giveUnits(world, one, '000001', '100');
    const buy = await previewOrder(world, maker, purchase(one, '', '1000'));
    expect(buy).toMatchObject({
      outcome: 'accepted',
      tradeDate: TUESDAY,
      expected: { confirmDate: '2026-03-04', payDate: '2026-03-05' },
      estimate: { fee: yuan('7.94'), net: yuan('992.06'), nav: { navDate: '2026-03-02' } },
    });
    const sell = await previewOrder(world, maker, redemption(one, '', '100'));
    expect(sell).toMatchObject({
      outcome: 'accepted',
      expected: { confirmDate: '2026-03-04', payDate: '2026-03-09' },
      estimate: { fee: yuan('1.85'), parts: [{ days: 4, units: share('100') }] },
    });
    const short = await previewOrder(world, maker, purchase(one, '', '200000'));
    expect(short.findings.map((finding) => finding.code)).toEqual(['CASH_SHORT']);
    const listed = await listOrders(world.db, maker, { customerId: one.customerId, limit: 10 });
    expect(listed.orders).toEqual([]);
  });
});
