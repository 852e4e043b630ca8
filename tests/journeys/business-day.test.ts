import { join } from 'node:path';
import {
  amount,
  exchangeCalendar,
  formatAmount,
  formatUnits,
  instantAtShanghai,
  type LocalDate,
  localDate,
  rate,
  units,
} from '@cairn/kernel';
import { createRegistrarWorld, type RegistrarWorld } from '@cairn/registrar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, playOperator } from '../../server/src/app/sandbox/house.ts';
import {
  type Investor,
  openInvestors,
  syntheticIdCard,
} from '../../server/src/app/sandbox/investors.ts';
import { type Market, scenarioOf } from '../../server/src/app/sandbox/market.ts';
import { sampleFund } from '../../server/src/app/sandbox/sample-fund.ts';
import { playDay } from '../../server/src/app/sandbox/play-day.ts';
import { loadPositions } from '../../server/src/modules/accounts/index.ts';
import * as clearing from '../../server/src/modules/clearing/index.ts';
import * as trading from '../../server/src/modules/trading/index.ts';
import { systemActor } from '../../server/src/platform/actor.ts';
import {
  callElsewhere,
  describeJourney,
  type TestWorld,
  testWorld,
} from '../../server/src/platform/testing.ts';

const DISTRIBUTOR = '305';
const MONDAY = localDate('2026-03-02');
const actor = systemActor('journey');

const market: Market = {
  funds: [sampleFund({ fundCode: '000001', name: '聚石成长混合A' })],
  navs: new Map([
    [
      '000001',
      [
        { date: '2026-02-27', nav: '1.2300' },
        { date: '2026-03-02', nav: '1.2345' },
        { date: '2026-03-03', nav: '1.2400' },
        { date: '2026-03-04', nav: '1.2000' },
        { date: '2026-03-05', nav: '1.2100' },
        { date: '2026-03-06', nav: '1.2200' },
        { date: '2026-03-09', nav: '1.2300' },
      ],
    ],
  ]),
  dividends: [
    {
      fundCode: '000001',
      recordDate: '2026-03-03',
      exDate: '2026-03-04',
      payDate: '2026-03-06',
      perUnit: '0.05',
    },
  ],
  closedDays: [],
};

describeJourney('a business day from end to end', (opened) => {
  let world: TestWorld & clearing.DayWorld;
  let registrar: RegistrarWorld;
  let investor: Investor;
  let { runDay, placeOrders } = { ...clearing, ...trading };
  let close: () => Promise<void>;

  beforeAll(async () => {
    const base = testWorld(opened().db, instantAtShanghai(MONDAY, '09:30:00.000'));
    const { folder } = base;
    world = {
      ...base,
      exchange: { distributorCode: DISTRIBUTOR, folder: join(folder, 'exchange') },
    };
    registrar = createRegistrarWorld({
      scenario: scenarioOf(market, exchangeCalendar, {
        from: MONDAY,
        to: localDate('2026-03-31'),
        distributorCode: DISTRIBUTOR,
        interestRate: '0.003',
      }),
      stateDir: join(folder, 'registrar'),
      exchangeDir: join(folder, 'exchange'),
    });
    await openHouse(world, market, '2026-02-27');
    const [first] = await openInvestors(
      world,
      [
        {
          kind: '1',
          name: '张三丰',
          certificateType: '0',
          certificateNo: syntheticIdCard('110105', localDate('1990-01-01'), 1),
          certificateValidUntil: null,
          phone: '13800000001',
          branchCode: 'B01',
          boldness: 0.75,
          deposit: amount(5_000_000n),
        },
      ],
      ['01'],
    );
    if (first === undefined) throw new Error('no investor');
    investor = first;
    const elsewhere = await callElsewhere(opened(), world, { clearing, trading });
    ({ runDay } = elsewhere.clearing);
    ({ placeOrders } = elsewhere.trading);
    ({ close } = elsewhere);
  });
  afterAll(() => close());

  const at = (date: LocalDate, time: string) => world.clock.set(instantAtShanghai(date, time));
  const play = async (date: LocalDate) => {
    at(date, '15:30:00.000');
    const played = await playDay(world, registrar, actor, date, runDay);
    expect(played.registrar.problems).toEqual([]);
    expect(played.sent.steps.filter((step) => step.state === 'failed')).toEqual([]);
    expect(played.finished.steps.filter((step) => step.state === 'failed')).toEqual([]);
    expect(played.finished.isComplete).toBe(true);
    const exceptions = await world.db.query(
      `select code, subject, detail from clearing.exceptions where business_date = $1`,
      [date],
    );
    expect(exceptions).toEqual([]);
  };
  const cash = async () => {
    const [row] = await world.db.query<{ balance: bigint; frozen: bigint }>(
      `select balance, frozen from accounts.cash_accounts where asset_account_no = $1`,
      [investor.assetAccountNo],
    );
    return [formatAmount(amount(row?.balance ?? 0n)), formatAmount(amount(row?.frozen ?? 0n))];
  };
  const held = async () => {
    const [position] = await loadPositions(world.db, [investor]);
    return position === undefined
      ? undefined
      : [formatUnits(position.units), formatAmount(position.cost)];
  };

  test('a purchase becomes a holding, pays a dividend, is redeemed, and every column agrees', async () => {
    const [bought] = await placeOrders(world, actor, [
      {
        customerId: investor.customerId,
        clientOrderNo: 'buy-1',
        fundCode: '000001',
        channel: '2',
        businessCode: '022',
        amount: amount(1_000_000n),
        discountRate: rate(100_000_000n),
      },
    ]);
    expect(bought).toMatchObject({
      kind: 'decided',
      receipt: { outcome: 'accepted', findings: [] },
    });
    expect(await cash()).toEqual(['50000.00', '10000.00']);
    await play(MONDAY);
    expect(await held()).toBeUndefined();

    const tuesday = localDate('2026-03-03');
    at(tuesday, '09:30:00.000');
    await play(tuesday);
    // 10,000 / 1.005 = 9,950.25; / 1.2345 = 8,060.15
    expect(await held()).toEqual(['8060.15', '10000.00']);
    expect(await cash()).toEqual(['40000.00', '0.00']);

    const wednesday = localDate('2026-03-04');
    at(wednesday, '10:00:00.000');
    const [sold] = await placeOrders(world, actor, [
      {
        customerId: investor.customerId,
        clientOrderNo: 'sell-1',
        fundCode: '000001',
        channel: '2',
        businessCode: '024',
        units: units(100_000n),
        largeRedemptionFlag: '1',
      },
    ]);
    expect(sold).toMatchObject({ kind: 'decided', receipt: { outcome: 'accepted' } });
    await play(wednesday);

    const thursday = localDate('2026-03-05');
    at(thursday, '10:00:00.000');
    await play(thursday);
    // 1,000 × 1.2 = 1,200; held one day: 1.5 % = 18.00
    expect(await held()).toEqual(['7060.15', expect.any(String)]);
    const friday = localDate('2026-03-06');
    at(friday, '10:00:00.000');
    await play(friday);
    // 8,060.15 units held on the record date × 0.05 = 403.01
    expect(await cash()).toEqual(['40403.01', '0.00']);
    const monday = localDate('2026-03-09');
    at(monday, '10:00:00.000');
    await play(monday);
    expect(await cash()).toEqual(['41585.01', '0.00']);
    const ids = [bought, sold].map((one) =>
      one?.kind === 'decided' ? one.receipt.orderId : 'none',
    );
    const orders = await trading.findOrders(world.db, ids);
    expect([...orders.values()].map((order) => order.state)).toEqual(['confirmed', 'confirmed']);
    expect(playOperator.kind).toBe('system');
  });
});
