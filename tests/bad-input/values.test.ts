/** Money, dates, limits and configuration: rows 9 to 19 and 52, on both databases. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../server/src/platform/http/problem.ts';
import { describeEachDb } from '../../server/src/platform/testing.ts';
import { texts } from './corpus.ts';
import { type House, moveTo, openHouse, TODAY } from './house.ts';
import { CLOSED, OFFERED, PLAIN, STEPPED } from './market.ts';
import { faultsOfRefusal } from './problem.ts';
import { nextKey, post } from './send.ts';
import { changedTables, stateOf } from './state.ts';

const HUGE_MONEY = texts('hugeMoney');

describeEachDb('values', (opened) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(opened());
  });
  afterAll(() => house.close());

  const order = (change: Record<string, unknown>) => ({
    kind: 'purchase',
    customerId: house.investor.customerId,
    clientOrderNo: nextKey(),
    fundCode: PLAIN,
    amount: '1000.00',
    ...change,
  });
  const redemption = (units: string, fundCode = PLAIN) => {
    const { amount: _, ...rest } = order({ kind: 'redemption', fundCode });
    return { ...rest, units };
  };
  const transfer = (amount: string, direction = 'in') => ({
    assetAccountNo: house.investor.assetAccountNo,
    direction,
    amount,
    clientTransferNo: nextKey(),
  });

  /** Sends each body, which must be 422 and leave nothing behind; what was otherwise. */
  async function faultsOf(
    url: string,
    bodies: readonly unknown[],
    code?: string,
  ): Promise<string[]> {
    const before = await stateOf(house.world.db);
    const faults: string[] = [];
    for (const body of bodies) {
      const sent = JSON.stringify(body);
      const reply = await post(house, url, body, house.staff.operations);
      const found = faultsOfRefusal(reply, sent);
      const isRight =
        reply.statusCode === 422 && (code === undefined || reply.json<Problem>().code === code);
      if (!isRight || found.length > 0) {
        faults.push(
          `${sent.slice(0, 200)}: ${reply.statusCode} ${found.join()} ${reply.body.slice(0, 200)}`,
        );
      }
    }
    return [...faults, ...changedTables(before, await stateOf(house.world.db))];
  }

  /** An order refused by rule: stored as refused with every reason, and nothing else. */
  async function reasonsOf(body: unknown): Promise<readonly string[]> {
    const byDesign = [
      'trading.orders',
      'trading.order_events',
      'suitability.evidence',
      'platform.audit',
      'platform.buckets',
    ];
    const before = await stateOf(house.world.db, byDesign);
    const reply = await post(house, '/orders', body);
    expect(faultsOfRefusal(reply)).toEqual([]);
    const problem = reply.json<Problem>();
    expect([reply.statusCode, problem.code]).toEqual([422, 'ORDER_REFUSED']);
    expect(changedTables(before, await stateOf(house.world.db, byDesign))).toEqual([]);
    return (problem.reasons ?? []).map((reason) => reason.code);
  }

  async function accepted(body: unknown): Promise<string> {
    const reply = await post(house, '/orders', body);
    expect([reply.statusCode, reply.statusCode === 201 ? '' : reply.body]).toEqual([201, '']);
    return reply.json<{ orderId: string }>().orderId;
  }

  test('what is no amount is 422 also in a redemption, and in a later order of a batch', async () => {
    const noMoney = texts('noNumber', 'noPayment');
    const bodies: [string, (amount: string) => unknown][] = [
      ['/orders', (units) => redemption(units)],
      ['/orders/batch', (amount) => ({ orders: [order({}), order({ amount })] })],
    ];
    for (const [url, bodyOf] of bodies) {
      expect(await faultsOf(url, noMoney.map(bodyOf), 'VALUE_REFUSED')).toEqual([]);
    }
  });

  test('amounts as numbers are 400, also when they are whole', async () => {
    for (const amount of [100, 100.5, 0, -1]) {
      for (const [url, body] of [
        ['/orders', order({ amount })],
        ['/cash-transfers', { ...transfer('1'), amount }],
      ] as const) {
        const reply = await post(house, url, body);
        expect([reply.statusCode, reply.json<Problem>().code]).toEqual([400, 'REQUEST_INVALID']);
      }
    }
  });

  test('the largest amounts are refused for what they are, and never overflow', async () => {
    for (const amount of HUGE_MONEY) {
      expect(await reasonsOf(order({ amount }))).toContain('CASH_SHORT');
      expect(await reasonsOf(redemption(amount))).toContain('UNITS_SHORT');
    }
    // A transfer that is refused by rule is kept as refused, with the cash as it was.
    const cash = await stateOf(house.world.db, [
      'accounts.transfers',
      'platform.audit',
      'platform.buckets',
    ]);
    for (const amount of HUGE_MONEY) {
      const reply = await post(house, '/cash-transfers', transfer(amount, 'out'));
      expect([reply.statusCode, faultsOfRefusal(reply)]).toEqual([422, []]);
    }
    expect(
      changedTables(
        cash,
        await stateOf(house.world.db, ['accounts.transfers', 'platform.audit', 'platform.buckets']),
      ),
    ).toEqual([]);
    const replies = [];
    for (let i = 0; i < 4; i += 1) {
      replies.push(await post(house, '/cash-transfers', transfer('999999999999999.99')));
    }
    for (const reply of replies) {
      if (reply.statusCode === 201) continue;
      expect(faultsOfRefusal(reply)).toEqual([]);
      expect([reply.statusCode, reply.json<Problem>().code]).toEqual([
        422,
        'BALANCE_LIMIT_EXCEEDED',
      ]);
    }
    expect(replies.at(-1)?.statusCode).toBe(422);
  });

  test('limits, steps, minimums, status and money short are refused with every reason', async () => {
    expect(await reasonsOf(order({ fundCode: STEPPED, amount: '1050.00' }))).toEqual([
      'NOT_MULTIPLE_OF_STEP',
    ]);
    const { firm } = house;
    const first = { customerId: firm.customerId, amount: '99.99' };
    expect(await reasonsOf(order({ ...first, fundCode: CLOSED }))).toContain(
      'PRODUCT_STATUS_CLOSED',
    );
    expect(await reasonsOf(order({ fundCode: STEPPED, amount: '5100.00' }))).toContain(
      'ABOVE_ORDER_MAXIMUM',
    );
    expect(await reasonsOf(order({ amount: '9.99' }))).toEqual(['BELOW_NEXT_MINIMUM']);
    expect(await reasonsOf(redemption('9.00', STEPPED))).toEqual(
      expect.arrayContaining(['BELOW_REDEMPTION_MINIMUM', 'NOT_MULTIPLE_OF_UNITS_STEP']),
    );
    expect(await reasonsOf(redemption('1515.00', STEPPED))).toEqual(['REMAINDER_BELOW_MINIMUM']);
    expect(await reasonsOf(order({ kind: 'subscription' }))).not.toEqual([]);
    expect(await reasonsOf(order({ fundCode: OFFERED }))).not.toEqual([]);
  });

  test('redeeming all while another redemption is open is refused; the first one stands', async () => {
    await accepted(redemption('1612.03'));
    expect(await reasonsOf(redemption('1612.03'))).toEqual(['UNITS_SHORT']);
    expect(await reasonsOf(redemption('1.00'))).toEqual(['UNITS_SHORT']);
  });

  test('the cut-off is one instant: before it today, at it the next trading day', async () => {
    const dateAt = async (date: string, time: string) => {
      await moveTo(house, date, time);
      const reply = await post(house, '/orders', order({ amount: '10.00' }));
      return reply.json<{ tradeDate: string }>().tradeDate;
    };
    expect(await dateAt('2026-03-04', '14:59:59.999')).toBe('2026-03-04');
    expect(await dateAt('2026-03-04', '15:00:00.000')).toBe('2026-03-05');
    // Friday evening, a Saturday, Qingming.
    expect(await dateAt('2026-03-06', '15:00:00.000')).toBe('2026-03-09');
    expect(await dateAt('2026-03-07', '10:00:00.000')).toBe('2026-03-09');
    expect(await dateAt('2026-04-06', '10:00:00.000')).toBe('2026-04-07');
    await moveTo(house, TODAY, '09:30:00.000');
  });

  test('configuration against the rules is refused: fees, rates, classes, dates', async () => {
    const maker = house.staff.productManager;
    const before = await stateOf(house.world.db);
    const effectiveDate = '2026-05-06';
    const fees = (tiers: unknown, kind = 'purchase') => [
      `/products/${PLAIN}/fee-schedule-changes`,
      { kind, effectiveDate, tiers },
    ];
    const parameters = (changes: unknown) => [
      `/products/${PLAIN}/parameter-changes`,
      { effectiveDate, changes },
    ];
    for (const [url, body] of [
      fees([{ fromAmount: '0', rate: '-0.01' }]),
      fees([{ fromAmount: '0', rate: '1.5' }]),
      fees([{ fromAmount: '0', rate: '50' }]),
      fees([{ fromAmount: '0', rate: '0.5' }]),
      fees([{ fromAmount: '100', rate: '0.004' }]),
      fees([
        { fromAmount: '0', rate: '0.004' },
        { fromAmount: '0', rate: '0.003' },
      ]),
      fees([{ fromAmount: '0', rate: '0.004', flat: '100' }]),
      fees([{ fromAmount: '0' }]),
      fees([{ fromDays: '0', rate: '0' }], 'redemption'),
      fees([{ fromDays: '7', rate: '0.015', toFundShare: '1' }], 'redemption'),
      parameters({ riskLevel: '6' }),
      parameters({ riskLevel: '0' }),
      parameters({ minFirstPurchase: '-1' }),
      parameters({ purchaseStep: '0.001' }),
      parameters({ maxPurchase: '1', minFirstPurchase: '100' }),
      parameters({ cutOff: '25:00' }),
      parameters({ cutOff: '24:00' }),
      parameters({ confirmDays: '9999' }),
      parameters({ serviceFeeRate: '0.9' }),
      parameters({ offerStart: '2026-05-01', offerEnd: '2026-04-01' }),
      parameters({ faceValue: '0' }),
    ] as [string, unknown][]) {
      const reply = await post(house, url, body, maker);
      expect([JSON.stringify(body), reply.statusCode]).toEqual([JSON.stringify(body), 422]);
      expect(faultsOfRefusal(reply)).toEqual([]);
    }
    expect(changedTables(before, await stateOf(house.world.db))).toEqual([]);
  });
});
