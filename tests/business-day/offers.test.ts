import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeOrders, getOrder } from '../../server/src/modules/trading/index.ts';
import { amount, formatAmount, formatUnits, rate } from '@cairn/kernel';
import type { FundSpec, Market } from '../../server/src/app/sandbox/market.ts';
import { describeEachDb } from '../../server/src/platform/testing.ts';
import { actor, day, maker, openStage, smallMarket, type Stage, violations } from './stage.ts';

/* A subscription is confirmed twice: its money by 120, its units by 130 on the day the fund is set
   up. What the customer is shown afterwards is what he paid and what he holds. */

const SET_UP = day(3);

function offered(fundCode: string, end: Pick<FundSpec, 'failing' | 'allotment'>): FundSpec {
  const [like] = smallMarket().funds;
  if (like === undefined) throw new Error('the small market has a fund');
  const [terms] = like.parameters;
  if (terms === undefined) throw new Error('a fund has terms');
  const during = { ...terms, status: '1', offerStart: day(0), offerEnd: day(1) };
  return {
    ...like,
    fundCode,
    name: `聚石${fundCode}`,
    parameters: [
      { ...terms, status: '4' },
      { ...during, effectiveDate: day(0) },
      { ...terms, effectiveDate: SET_UP },
    ],
    fees: [
      ...like.fees,
      { kind: 'subscription', effectiveDate: '2026-01-01', fromAmount: '0', rate: '0.003' },
    ],
    setUpDate: SET_UP,
    ...end,
  };
}

function marketWithOffers(): Market {
  const market = smallMarket();
  const offers = [
    offered('000005', {}),
    offered('000006', { failing: true }),
    offered('000007', { allotment: '0.33333333' }),
  ];
  return { ...market, funds: [...market.funds, ...offers] };
}

describeEachDb('offers', (opened) => {
  let stage: Stage;
  const ids: string[] = [];

  beforeAll(async () => {
    stage = await openStage(opened().db, { market: marketWithOffers() });
    stage.at(day(0), '10:00:00.000');
    const [investor] = stage.investors;
    const results = await placeOrders(
      stage.world,
      actor,
      ['000005', '000006', '000007'].map((fundCode, n) => ({
        customerId: investor?.customerId ?? '',
        clientOrderNo: `offer-${n}`,
        channel: '2' as const,
        fundCode,
        businessCode: '020' as const,
        amount: amount(100_000n),
        discountRate: rate(100_000_000n),
      })),
    );
    for (const result of results) {
      if (result.kind === 'decided') ids.push(result.receipt.orderId);
    }
    for (let n = 0; n < 6; n += 1) {
      const run = await stage.play(day(n));
      expect(run.steps.at(-1)?.failure).toBeUndefined();
    }
  });
  afterAll(() => stage.remove());

  const shown = async (n: number) => {
    const { order, events } = await getOrder(stage.world.db, maker, ids[n] ?? '');
    const { state, confirmedAmount, confirmedUnits, fee } = order;
    return {
      states: events.map((event) => event.to),
      state,
      amount: formatAmount(confirmedAmount),
      units: formatUnits(confirmedUnits),
      fee: formatAmount(fee),
    };
  };

  test('a fund that is set up: the customer sees what he paid, the fee and his units', async () => {
    // 1000 ÷ 1.003 = 997.01 and 0.01 interest for two days, at a face value of 1.
    expect(await shown(0)).toEqual({
      states: ['accepted', 'sent', 'subscribed', 'confirmed'],
      state: 'confirmed',
      amount: '1000.00',
      units: '997.02',
      fee: '2.99',
    });
  });

  test('an offer that was wanted too much: a part becomes units, the rest comes back', async () => {
    // 333.33 ÷ 1.003 = 332.33, less than a fen of interest; 666.67 goes back.
    expect(await shown(2)).toEqual({
      states: ['accepted', 'sent', 'subscribed', 'confirmed'],
      state: 'confirmed',
      amount: '333.33',
      units: '332.33',
      fee: '1.00',
    });
    const rows = await stage.world.db.query(
      `select kind, amount, state from accounts.settlement_items where ref = $1 order by kind`,
      [ids[2]],
    );
    expect(rows).toEqual([
      { kind: 'fee', amount: 100n, state: 'settled' },
      { kind: 'purchase', amount: 100_000n, state: 'settled' },
      { kind: 'refund', amount: 66_667n, state: 'settled' },
    ]);
  });

  test('the books agree with bank and registrar on every day', async () => {
    expect(await violations(stage)).toEqual([]);
  });

  test('an offer that failed: nothing is confirmed in the end', async () => {
    expect(await shown(1)).toEqual({
      states: ['accepted', 'sent', 'subscribed', 'failed'],
      state: 'failed',
      amount: '0.00',
      units: '0.00',
      fee: '0.00',
    });
  });
});
