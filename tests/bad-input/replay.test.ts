/** Replays and races, rows 31 to 35 and 51, and overload: on PostgreSQL, where races can happen. */
import { addDays, localDate } from '@cairn/kernel';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { playOperator } from '../../server/src/app/sandbox/house.ts';
import { ordersToSend, recordCutOff } from '../../server/src/modules/trading/index.ts';
import type { Problem } from '../../server/src/platform/http/problem.ts';
import { describePostgres } from '../../server/src/platform/testing.ts';
import { type House, moveTo, openHouse, TODAY } from './house.ts';
import { faultsOfRefusal } from './problem.ts';
import { cashOf, countStatuses, orderOf, spendAllAtOnce } from './races.ts';
import { nextKey, post } from './send.ts';
import { changedTables, stateOfHouse } from './state.ts';

const codeOf = (reply: LightMyRequestResponse) => reply.json<Problem>().code;

describePostgres('replays and races', (opened) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(opened());
  });
  afterAll(() => house.close());

  const cancel = (orderId: string) => post(house, `/orders/${orderId}/cancellation`, undefined);

  async function place(clientOrderNo = nextKey()): Promise<string> {
    const reply = await post(house, '/orders', orderOf(house, clientOrderNo));
    expect(reply.statusCode).toBe(201);
    return reply.json<{ orderId: string }>().orderId;
  }

  test('orders at once: exactly as many are accepted as the cash covers', async () => {
    await expect(spendAllAtOnce(house)).resolves.toBeUndefined();
  });

  test('one order sent fifty times at once is one order, and everybody hears of the same', async () => {
    const before = await cashOf(house);
    const body = orderOf(house, 'fifty');
    const key = { 'idempotency-key': nextKey() };
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => post(house, '/orders', body, house.staff.operations, key)),
    );
    expect(countStatuses(replies)).toEqual({ 201: 50 });
    expect(new Set(replies.map((reply) => reply.body)).size).toBe(1);
    expect(replies.filter((reply) => reply.headers['idempotent-replay'] !== 'true')).toHaveLength(
      1,
    );
    const after = await cashOf(house);
    expect(after.frozen - before.frozen).toBe(10_000n);
    const rows = await house.world.db.query(
      `select 1 from trading.orders where client_order_no = 'fifty'`,
    );
    expect(rows).toHaveLength(1);
  });

  test('the same number with another body is 422, at once or one after another, without effect', async () => {
    await place('reused');
    const before = await stateOfHouse(house);
    const others = [
      orderOf(house, 'reused', '200.00'),
      { ...orderOf(house, 'reused'), fundCode: '000002', amount: '1000.00' },
      { ...orderOf(house, 'reused'), channel: '1' },
    ];
    for (const body of others) {
      const reply = await post(house, '/orders', body);
      expect([reply.statusCode, codeOf(reply), faultsOfRefusal(reply)]).toEqual([
        422,
        'IDEMPOTENCY_MISMATCH',
        [],
      ]);
    }
    expect(changedTables(before, await stateOfHouse(house))).toEqual([]);
    const raced = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        post(house, '/orders', orderOf(house, 'raced', i % 2 === 0 ? '100.00' : '200.00')),
      ),
    );
    expect(countStatuses(raced)).toEqual({ 201: 10, 422: 10 });
  });

  test('a replay after 25 hours and after 40 days is the same order, and places nothing', async () => {
    const body = orderOf(house, 'for-ever');
    const first = await post(house, '/orders', body);
    const short = orderOf(house, 'short', '99999999.00');
    expect((await post(house, '/orders', short)).statusCode).toBe(422);
    const deposit = {
      assetAccountNo: house.investor.assetAccountNo,
      direction: 'in',
      amount: '99999999.00',
      clientTransferNo: 'late-money',
    };
    expect((await post(house, '/cash-transfers', deposit)).statusCode).toBe(201);
    const before = await stateOfHouse(house);
    for (const days of [0, 1, 2, 40]) {
      await moveTo(house, addDays(TODAY, days), '10:30:00.000');
      const again = await post(house, '/orders', body);
      expect([again.statusCode, again.body]).toEqual([201, first.body]);
      expect(again.headers['idempotent-replay']).toBe('true');
      // What failed for a passing reason stays failed when the reason has passed.
      expect(codeOf(await post(house, '/orders', short))).toBe('ORDER_REFUSED');
      const transfer = await post(house, '/cash-transfers', deposit);
      expect([transfer.statusCode, transfer.json()]).toMatchObject([
        201,
        { amount: '99999999.00' },
      ]);
    }
    expect(changedTables(before, await stateOfHouse(house))).toEqual([]);
    await moveTo(house, TODAY, '09:30:00.000');
  });

  test('one transfer sent fifty times at once moves the money once; another body is 422', async () => {
    const before = await cashOf(house);
    const body = {
      assetAccountNo: house.investor.assetAccountNo,
      direction: 'in',
      amount: '12.34',
      clientTransferNo: 'fifty',
    };
    const key = { 'idempotency-key': nextKey() };
    const replies = await Promise.all(
      Array.from({ length: 50 }, () =>
        post(house, '/cash-transfers', body, house.staff.operations, key),
      ),
    );
    expect(countStatuses(replies)).toEqual({ 201: 50 });
    expect(new Set(replies.map((reply) => reply.body)).size).toBe(1);
    expect((await cashOf(house)).balance - before.balance).toBe(1_234n);
    const state = await stateOfHouse(house);
    for (const [other, headers, code] of [
      [{ ...body, amount: '12.35' }, {}, 'TRANSFER_NO_REUSED'],
      [{ ...body, direction: 'out' }, {}, 'TRANSFER_NO_REUSED'],
      [{ ...body, clientTransferNo: 'other' }, key, 'TRANSFER_KEY_REUSED'],
    ] as const) {
      const reply = await post(house, '/cash-transfers', other, house.staff.operations, headers);
      expect([reply.statusCode, codeOf(reply)]).toEqual([422, code]);
    }
    expect(changedTables(state, await stateOfHouse(house))).toEqual([]);
  });

  test('ten cancellations at once: one wins, the money comes back once', async () => {
    const before = await cashOf(house);
    const orderId = await place();
    const replies = await Promise.all(Array.from({ length: 10 }, () => cancel(orderId)));
    expect(countStatuses(replies)).toEqual({ 200: 1, 409: 9 });
    const losers = replies.filter((reply) => reply.statusCode === 409).map(codeOf);
    expect(new Set(losers)).toEqual(new Set(['ORDER_NOT_CANCELLABLE']));
    expect(await cashOf(house)).toEqual(before);
  });

  test('a cancellation by the clock after the cut-off is 409 and changes nothing', async () => {
    const orderId = await place();
    const before = await stateOfHouse(house);
    await moveTo(house, TODAY, '15:00:00.000');
    const reply = await cancel(orderId);
    expect([reply.statusCode, codeOf(reply)]).toEqual([409, 'CANCEL_AFTER_CUT_OFF']);
    expect(changedTables(before, await stateOfHouse(house))).toEqual([]);
    await moveTo(house, TODAY, '14:59:59.999');
    expect((await cancel(orderId)).statusCode).toBe(200);
  });

  test('cancellation against cut-off in one instant: exactly one wins, and the file agrees', async () => {
    const outcomes = new Set<number>();
    for (const day of [
      '2026-03-04',
      '2026-03-05',
      '2026-03-06',
      '2026-03-09',
      '2026-03-10',
      '2026-03-11',
    ]) {
      await moveTo(house, day, '14:59:59.000');
      const orderIds = await Promise.all(Array.from({ length: 6 }, () => place()));
      const cutOff = recordCutOff(house.world, playOperator, localDate(day));
      const replies = await Promise.all(orderIds.map((orderId) => cancel(orderId)));
      await cutOff;
      const { orders } = await ordersToSend(house.world.db, localDate(day), '01');
      const sent = new Set(orders.map((order) => order.orderId));
      for (const [index, reply] of replies.entries()) {
        outcomes.add(reply.statusCode);
        const isSent = sent.has(orderIds[index] ?? '');
        expect([reply.statusCode, isSent]).toEqual(
          reply.statusCode === 200 ? [200, false] : [409, true],
        );
      }
      // The next one belongs to the next day, whatever the clock says.
      const late = await post(house, '/orders', orderOf(house, nextKey()));
      expect(late.json<{ tradeDate: string }>().tradeDate > day).toBe(true);
    }
    expect([...outcomes].every((status) => [200, 409].includes(status))).toBe(true);
  });

  test('a day that is run twice at once, again, or out of turn is refused, and done once', async () => {
    const day = '2026-03-04';
    await moveTo(house, day, '15:30:00.000');
    const url = `/business-days/${day}/runs`;
    const replies = await Promise.all(
      Array.from({ length: 4 }, () => post(house, url, { until: 'cutOff' })),
    );
    for (const reply of replies) {
      if (reply.statusCode === 200) continue;
      expect([reply.statusCode, faultsOfRefusal(reply)]).toEqual([409, []]);
    }
    expect(replies.some((reply) => reply.statusCode === 200)).toBe(true);
    const steps = await house.world.db.query(
      `select 1 from clearing.day_steps where business_date = $1 and step = 'cutOff'`,
      [day],
    );
    expect(steps).toHaveLength(1);
    for (const [date, status, code] of [
      ['2026-03-03', 409, 'DAY_ALREADY_CLOSED'],
      ['2026-03-06', 422, 'DAY_NOT_BEGUN'],
      ['2026-03-07', 422, 'NOT_A_TRADING_DAY'],
    ] as const) {
      const reply = await post(house, `/business-days/${date}/runs`, {});
      expect([date, reply.statusCode, codeOf(reply)]).toEqual([date, status, code]);
    }
  });
});

describePostgres('overload', (opened) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(opened(), { lanes: 2, queueMax: 16, batchSizeMax: 4 });
  });
  afterAll(() => house.close());

  test('a burst beyond the queue is 503 with Retry-After and no effect, and passes by itself', async () => {
    const numbers = Array.from({ length: 200 }, (_, i) => `burst-${i}`);
    const replies = await Promise.all(
      numbers.map((no) => post(house, '/orders', orderOf(house, no, '10.00'))),
    );
    const counts = countStatuses(replies);
    expect((counts[201] ?? 0) + (counts[503] ?? 0)).toBe(200);
    expect(counts[201]).toBeGreaterThan(0);
    expect(counts[503]).toBeGreaterThan(0);
    const refused = replies.filter((reply) => reply.statusCode === 503);
    for (const reply of refused) {
      expect([codeOf(reply), faultsOfRefusal(reply)]).toEqual(['OVERLOADED', []]);
    }
    const rows = await house.world.db.query<{ client_order_no: string }>(
      `select client_order_no from trading.orders where client_order_no like 'burst-%'`,
    );
    const taken = numbers.filter((_, i) => replies[i]?.statusCode === 201);
    expect(rows.map((row) => row.client_order_no).toSorted()).toEqual(taken.toSorted());
    for (const [index, no] of numbers.entries()) {
      if (replies[index]?.statusCode !== 503) continue;
      const again = await post(house, '/orders', orderOf(house, no, '10.00'));
      expect([again.statusCode, again.headers['idempotent-replay']]).toEqual([201, undefined]);
    }
  });
});
