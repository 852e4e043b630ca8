/** A customer's figures against the books they come from, after two played days. */
import { addDays } from '@cairn/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeJourney } from '../../server/src/platform/testing.ts';
import { type House, openHouse, TODAY } from '../bad-input/house.ts';

interface Point {
  date: string;
  total: string;
  cash: string;
  holdings: string;
  onTheWay: string;
  netDeposits: string;
  profit: string;
  dayProfit: string;
}
interface FundCurve {
  fundCode: string;
  points: { date: string; units: string; value: string; profit: string; dayProfit: string }[];
}

const fen = (text: string | undefined): bigint => BigInt((text ?? '0').replace('.', ''));
const sum = (texts: readonly (string | undefined)[]): bigint =>
  texts.reduce((total, text) => total + fen(text), 0n);

describeJourney('the figures of a customer', (opened) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(opened());
  });
  afterAll(() => house.close());

  async function get<T>(path: string): Promise<T> {
    const reply = await house.app.inject({
      method: 'GET',
      url: `/customers/${house.investor.customerId}${path}`,
      headers: house.staff.investor,
    });
    expect([path, reply.statusCode]).toEqual([path, 200]);
    return reply.json<T>();
  }

  test('all assets are cash, holdings and money on its way, as the books have them', async () => {
    const assets = await get<{
      total: string;
      cash: { balance: string; frozen: string };
      holdingsValue: string;
      onTheWay: string;
      netDeposits: string;
      totalProfit: string;
      holdings: { fundCode: string; value: string; cost: string; units: string; weight: string }[];
      byFund: { key: string; value: string; weight: string }[];
      byType: { weight: string; label: string; labelZh: string }[];
      dayProfit?: string;
    }>('/assets');
    const { assetAccountNo } = house.investor;
    const [ledger] = await opened().db.query<{ balance: bigint; frozen: bigint }>(
      `select balance, frozen from accounts.cash_accounts
       where bucket = any(select bucket from accounts.asset_accounts where asset_account_no = $1)
         and asset_account_no = $1`,
      [assetAccountNo],
    );
    expect(fen(assets.cash.balance)).toBe(ledger?.balance);
    expect(fen(assets.cash.frozen)).toBe(ledger?.frozen);
    const positions = await house.app.inject({
      method: 'GET',
      url: `/asset-accounts/${assetAccountNo}/positions`,
      headers: house.staff.operations,
    });
    const held = positions.json<{ value: string; cost: string; positions: { units: string }[] }>();
    expect(assets.holdings).toHaveLength(held.positions.length);
    expect(assets.holdings.length).toBeGreaterThan(1);
    expect(assets.holdingsValue).toBe(held.value);
    expect(sum(assets.holdings.map((one) => one.value))).toBe(fen(held.value));
    expect(sum(assets.holdings.map((one) => one.cost))).toBe(fen(held.cost));
    expect(fen(assets.total)).toBe(
      fen(assets.cash.balance) + fen(assets.holdingsValue) + fen(assets.onTheWay),
    );
    expect(fen(assets.totalProfit)).toBe(fen(assets.total) - fen(assets.netDeposits));
    for (const slices of [assets.byFund, assets.byType]) {
      expect(sum(slices.map((slice) => slice.weight))).toBe(10_000n);
    }
    expect(assets.byType[0]?.labelZh).toMatch(/\p{Script=Han}|QDII|ETF/u);
    expect(assets.dayProfit).toBeDefined();
  });

  test('the curve goes from day to day by what each day earned, in all and by fund', async () => {
    const from = addDays(TODAY, -6);
    const curve = await get<{ points: Point[]; funds: FundCurve[]; periodProfit: string }>(
      `/value-curve?from=${from}&to=${TODAY}`,
    );
    expect(curve.points.map((point) => point.date)).toEqual([
      '2026-02-26',
      '2026-02-27',
      '2026-03-02',
      '2026-03-03',
      '2026-03-04',
    ]);
    for (const [index, point] of curve.points.entries()) {
      const before = curve.points[index - 1];
      expect(fen(point.total)).toBe(fen(point.cash) + fen(point.holdings) + fen(point.onTheWay));
      expect(fen(point.profit)).toBe(fen(point.total) - fen(point.netDeposits));
      expect(fen(point.dayProfit)).toBe(fen(point.profit) - fen(before?.profit));
      const byFund = curve.funds.map((fund) => fund.points[index]);
      expect(sum(byFund.map((one) => one?.value))).toBe(fen(point.holdings));
      expect(sum(byFund.map((one) => one?.profit))).toBe(fen(point.profit));
      expect(sum(byFund.map((one) => one?.dayProfit))).toBe(fen(point.dayProfit));
    }
    expect(sum(curve.points.map((point) => point.dayProfit))).toBe(fen(curve.periodProfit));
  });

  test('the calendar has the same days, and its months add up', async () => {
    const curve = await get<{ points: Point[] }>('/value-curve?from=2026-03-01');
    const calendar = await get<{
      profit: string;
      days: { date: string; profit: string; funds: { profit: string }[] }[];
      months: { month: string; profit: string }[];
    }>('/profit-calendar?month=2026-03');
    expect(calendar.days.map(({ date, profit }) => [date, profit])).toEqual(
      curve.points.map((point) => [point.date, point.dayProfit]),
    );
    for (const day of calendar.days) {
      expect(sum(day.funds.map((fund) => fund.profit))).toBe(fen(day.profit));
    }
    expect(sum(calendar.days.map((day) => day.profit))).toBe(fen(calendar.profit));
    expect(calendar.months).toHaveLength(12);
    expect(calendar.months.at(-1)).toEqual({ month: '2026-03', profit: calendar.profit });
  });

  test('a period that is none is refused', async () => {
    for (const query of [
      'from=2026-03-04&to=2026-03-02',
      'to=2026-03-05',
      'from=2020-01-01&to=2026-03-04',
    ]) {
      const reply = await house.app.inject({
        method: 'GET',
        url: `/customers/${house.investor.customerId}/value-curve?${query}`,
        headers: house.staff.investor,
      });
      expect([query, reply.statusCode, reply.json<{ code: string }>().code]).toEqual([
        query,
        422,
        'PERIOD_INVALID',
      ]);
    }
  });
});
