import type { OfdRecord } from '@cairn/ofd';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScenarioSource } from './scenario.ts';
import { type Customer, sampleFund, sampleScenario, TestBroker } from './test-broker.ts';
import { createRegistrarWorld, type DayReport, type RegistrarWorld } from './world.ts';

const ann: Customer = {
  registrarCode: '01',
  tradingAccountId: '00TRADEANN000001',
  depositAcct: '00ASSETANN0001',
  certificateNo: '110101199003071233',
};
const bob: Customer = {
  ...ann,
  tradingAccountId: '01TRADEBOB1',
  certificateNo: '11010119900307125X',
};

let broker: TestBroker;
beforeEach(() => {
  broker = new TestBroker();
});
afterEach(() => broker.remove());

function open(scenario: ScenarioSource): RegistrarWorld {
  return createRegistrarWorld({
    scenario,
    stateDir: broker.stateDir(),
    exchangeDir: broker.exchangeDir,
  });
}

/** Sends what is queued and plays the day. */
function play(world: RegistrarWorld, date: string, codes: readonly string[] = ['01']): DayReport {
  broker.send(date, codes);
  return world.playDay(date);
}

function show(record: OfdRecord | undefined, ...names: string[]): Record<string, unknown> {
  const numeric = /Vol|Amount|Fee|Charge|NAV|Interest|Ratio|PerUnit|Unit$|Calculating/;
  return Object.fromEntries(
    names.map((name) => [name, numeric.test(name) ? record?.number(name) : record?.text(name)]),
  );
}

describe('accounts', () => {
  it('gives a certificate one account, whatever trading accounts it has', () => {
    const world = open(sampleScenario([sampleFund({ fundCode: '000001' })]));
    const second = { ...ann, tradingAccountId: 'OTHER1' };
    broker.apply(ann, '001');
    broker.apply(bob, '001');
    broker.apply(second, '001');
    play(world, '2026-01-05');
    const [one, other, again] = broker.records('01', '2026-01-06', '02');
    expect(show(one, 'ReturnCode', 'BusinessCode', 'TAAccountID', 'TransactionCfmDate')).toEqual({
      ReturnCode: '0000',
      BusinessCode: '101',
      TAAccountID: '010000000001',
      TransactionCfmDate: '20260106',
    });
    expect(other?.text('TAAccountID')).toBe('010000000002');
    expect(again?.text('TAAccountID')).toBe('010000000001');
    broker.apply({ ...ann, tradingAccountId: 'THIRD1' }, '008', { TAAccountID: '010000000001' });
    broker.apply({ ...ann, certificateNo: 'NOBODY1', tradingAccountId: 'X1' }, '008');
    broker.apply({ ...ann, tradingAccountId: 'Y1' }, '008', { TAAccountID: '010000000002' });
    broker.apply({ ...bob, tradingAccountId: ann.tradingAccountId }, '001');
    play(world, '2026-01-06');
    const records = broker.records('01', '2026-01-07', '02');
    expect(
      records.map((record) => [record.text('BusinessCode'), record.text('ReturnCode')]),
    ).toEqual([
      ['108', '0000'],
      ['108', '1001'],
      ['108', '1008'],
      ['101', '1008'],
    ]);
    expect(records[1]?.text('ErrorDetail')).toBe('基金账户或交易账户不存在');
  });
});

describe('a purchase and its redemption', () => {
  it('goes through files and bank to the cent', () => {
    const world = open(sampleScenario([sampleFund({ fundCode: '000001' })]));
    broker.apply(ann, '001');
    broker.bank('OPEN', ann.depositAcct, '0.00');
    broker.bank('DEPOSIT', ann.depositAcct, '20000.00');
    const bought = broker.order(ann, '022', '000001', {
      ApplicationAmount: '10000.00',
      DiscountRateOfCommission: '0.1000',
    });
    play(world, '2026-01-05');
    const market = broker.receive('01', '2026-01-05', 'OFJ')?.files.get('07');
    expect(market?.map((record) => show(record, 'FundCode', 'NAV', 'UpdateDate'))).toEqual([
      { FundCode: '000001', NAV: 12345n, UpdateDate: '20260105' },
    ]);
    const [confirmed] = broker.records('01', '2026-01-06', '04');
    const names = ['AppSheetSerialNo', 'BusinessCode', 'ConfirmedAmount', 'ConfirmedVol', 'NAV'];
    expect(show(confirmed, ...names, 'Charge', 'AgencyFee', 'RateFee', 'TransactionDate')).toEqual({
      AppSheetSerialNo: bought,
      BusinessCode: '122',
      ConfirmedAmount: 1_000_000n,
      ConfirmedVol: 808_831n,
      NAV: 12345n,
      Charge: 1498n,
      AgencyFee: 1498n,
      RateFee: 150_000n,
      TransactionDate: '20260105',
    });
    expect(confirmed?.text('TASerialNO')).toMatch(/^0120260106\d{10}$/);
    const [holding] = broker.records('01', '2026-01-06', '05');
    expect(holding?.number('TotalVolOfDistributorInTA')).toBe(808_831n);
    play(world, '2026-01-06');
    const sold = broker.order(ann, '024', '000001', { ApplicationVol: '3000.00' });
    play(world, '2026-01-07');
    expect(broker.statement('2026-01-07').map((row) => row.slice(2))).toEqual([
      [ann.depositAcct, 'OPENING', '20000.00', ''],
      [ann.depositAcct, 'PURCHASE', '-10000.00', bought],
      [ann.depositAcct, 'CLOSING', '10000.00', ''],
      ['', 'TOTAL', '10000.00', '3'],
    ]);
    // held 1 day: 3,703.50 × 1.5 % = 55.55, all of it to the fund
    const [redeemed] = broker.records('01', '2026-01-08', '04');
    expect(show(redeemed, ...names, 'Charge', 'AgencyFee')).toEqual({
      AppSheetSerialNo: sold,
      BusinessCode: '124',
      ConfirmedAmount: 364_795n,
      ConfirmedVol: 300_000n,
      NAV: 12345n,
      Charge: 5555n,
      AgencyFee: 0n,
    });
    play(world, '2026-01-08');
    play(world, '2026-01-09');
    play(world, '2026-01-12');
    const lines = broker.statement('2026-01-12').map((row) => row.slice(3));
    expect(lines).toContainEqual(['REDEMPTION', '3647.95', sold]);
    expect(lines).toContainEqual(['CLOSING', '13647.95', '']);
  });

  it('refuses with a reason, and takes no money', () => {
    const young = sampleFund({ fundCode: '000002', closedDates: ['2026-01-05'] });
    const foreign = sampleFund({ fundCode: '000003', registrarCode: '02' });
    const base = sampleScenario([sampleFund({ fundCode: '000001' }), young, foreign]);
    const { '2026-01-05': _, ...navs } = base.navs['000001'] as Record<string, string>;
    const world = open({ ...base, navs: { ...base.navs, '000004': {}, '000001': navs } });
    broker.apply(ann, '001');
    const money = { ApplicationAmount: '10000.00' };
    broker.order(ann, '022', '000001', money);
    broker.order(ann, '022', '000002', money);
    broker.order(ann, '022', '000003', money);
    broker.order(ann, '022', '000009', money);
    broker.order(bob, '022', '000002', money);
    play(world, '2026-01-05', ['01', '02']);
    broker.order(ann, '024', '000001', { ApplicationVol: '1.00' });
    broker.order(ann, '036', '000001', { ApplicationVol: '1.00' });
    broker.order(ann, '022', '000001', { ApplicationAmount: '0' });
    broker.order(ann, '020', '000001', money);
    broker.order(ann, '029', '000001', { DefDividendMethod: '' });
    const repeated = broker.order(ann, '022', '000001', money);
    play(world, '2026-01-06', ['01', '02']);
    broker.order(ann, '022', '000001', { ...money, AppSheetSerialNo: repeated });
    play(world, '2026-01-07', ['01', '02']);
    const codes = (date: string) =>
      broker.records('01', date, '04').map((record) => record.text('ReturnCode'));
    expect(codes('2026-01-06')).toEqual(['1003', '1003', '1002', '1002', '1001']);
    expect(codes('2026-01-07')).toEqual(['1004', '1006', '1005', '1003', '1005', '0000']);
    expect(codes('2026-01-08')).toEqual(['1007']);
    const [refused] = broker.records('01', '2026-01-06', '04');
    expect(refused?.number('RefundAmount')).toBe(1_000_000n);
    expect(broker.records('01', '2026-01-06', '05')).toEqual([]);
  });

  it('confirms later where the fund does, at the NAV of the application', () => {
    const base = sampleScenario([sampleFund({ fundCode: '000001', confirmDays: 2 })]);
    const navs = { '000001': { '2026-01-05': '1.0000', '2026-01-06': '2.0000' } };
    const world = open({ ...base, navs });
    broker.apply(ann, '001');
    broker.order(ann, '022', '000001', { ApplicationAmount: '1015.00' });
    play(world, '2026-01-05');
    expect(broker.records('01', '2026-01-06', '04')).toEqual([]);
    play(world, '2026-01-06');
    const [confirmed] = broker.records('01', '2026-01-07', '04');
    expect(show(confirmed, 'TransactionDate', 'NAV', 'ConfirmedVol')).toEqual({
      TransactionDate: '20260105',
      NAV: 10000n,
      ConfirmedVol: 100_000n,
    });
  });
});

describe('an initial offer', () => {
  const offer = { offerStart: '2026-01-05', offerEnd: '2026-01-09', setUpDate: '2026-01-14' };

  function subscribe(failing: boolean): { serialNo: string; world: RegistrarWorld } {
    const world = open(sampleScenario([sampleFund({ fundCode: '000001', ...offer, failing })]));
    broker.apply(ann, '001');
    broker.bank('DEPOSIT', ann.depositAcct, '100000.00');
    const serialNo = broker.order(ann, '020', '000001', { ApplicationAmount: '100000.00' });
    play(world, '2026-01-05');
    for (const date of ['06', '07', '08', '09', '12', '13']) play(world, `2026-01-${date}`);
    return { serialNo, world };
  }

  it('answers 120 at once and 130 with interest at set-up', () => {
    const { serialNo } = subscribe(false);
    const [accepted] = broker.records('01', '2026-01-06', '04');
    const names = ['BusinessCode', 'BusinessFinishFlag', 'ConfirmedAmount', 'ConfirmedVol'];
    expect(show(accepted, ...names)).toEqual({
      BusinessCode: '120',
      BusinessFinishFlag: '0',
      ConfirmedAmount: 10_000_000n,
      ConfirmedVol: 0n,
    });
    // collected 2026-01-07, set up 2026-01-14: 100,000 × 0.35 % × 7 / 360 = 6.81
    const [result] = broker.records('01', '2026-01-14', '04');
    expect(result?.text('AppSheetSerialNo')).toBe(serialNo);
    expect(show(result, ...names, 'Charge', 'Interest', 'VolumeByInterest')).toEqual({
      BusinessCode: '130',
      BusinessFinishFlag: '1',
      ConfirmedAmount: 10_000_000n,
      // 100,000 / 1.008 = 99,206.35 and 6.81 of interest
      ConfirmedVol: 9_921_316n,
      Charge: 79_365n,
      Interest: 681n,
      VolumeByInterest: 681n,
    });
    expect(broker.records('01', '2026-01-14', '05')[0]?.number('AvailableVol')).toBe(9_921_316n);
    expect(broker.statement('2026-01-07').at(-1)?.[4]).toBe('0.00');
  });

  it('gives principal and interest back when it fails', () => {
    const { serialNo, world } = subscribe(true);
    const [result] = broker.records('01', '2026-01-14', '04');
    expect(show(result, 'BusinessCode', 'RefundAmount', 'Interest', 'ConfirmedVol')).toEqual({
      BusinessCode: '149',
      RefundAmount: 10_000_681n,
      Interest: 681n,
      ConfirmedVol: 0n,
    });
    for (const date of ['14', '15', '16']) play(world, `2026-01-${date}`);
    const lines = broker.statement('2026-01-16').map((row) => row.slice(3));
    expect(lines).toContainEqual(['REFUND', '100006.81', serialNo]);
  });
});

describe('a dividend', () => {
  const dividend = {
    fundCode: '000001',
    recordDate: '2026-01-08',
    exDate: '2026-01-08',
    payDate: '2026-01-12',
    perUnit: '0.0505',
  };

  it('goes to the holders of the record date, in cash or units as last set before it', () => {
    const fund = sampleFund({ fundCode: '000001' });
    const base = sampleScenario([fund], { dividends: [dividend] });
    const navs = { '000001': { ...base.navs['000001'], '2026-01-08': '1.1834' } };
    const world = open({ ...base, navs });
    broker.apply(ann, '001');
    broker.apply(bob, '001');
    for (const customer of [ann, bob]) {
      broker.order(customer, '022', '000001', { ApplicationAmount: '1015.00' });
    }
    play(world, '2026-01-05');
    // confirmed the day before the record date, so it counts
    broker.order(bob, '029', '000001', { DefDividendMethod: '0' });
    play(world, '2026-01-06');
    play(world, '2026-01-07');
    // applied on the record date: too late for the method; units still entitled
    broker.order(ann, '029', '000001', { DefDividendMethod: '0' });
    broker.order(ann, '024', '000001', { ApplicationVol: '810.04' });
    play(world, '2026-01-08');
    const [cash, units] = broker.records('01', '2026-01-09', '06');
    const names = ['BasisforCalculatingDividend', 'DividendAmount', 'ConfirmedAmount'];
    const more = ['VolOfDividendforReinvestment', 'DefDividendMethod', 'DividentDate', 'NAV'];
    // 1,000.00 / 1.2345 = 810.04 units; × 0.0505 = 40.91
    expect(show(cash, ...names, ...more)).toEqual({
      BasisforCalculatingDividend: 81_004n,
      DividendAmount: 4091n,
      ConfirmedAmount: 4091n,
      VolOfDividendforReinvestment: 0n,
      DefDividendMethod: '1',
      DividentDate: '20260112',
      NAV: 11834n,
    });
    expect(show(units, ...names, ...more)).toMatchObject({
      ConfirmedAmount: 0n,
      // 40.91 / 1.1834
      VolOfDividendforReinvestment: 3457n,
      DefDividendMethod: '0',
    });
    expect(show(cash, 'DividendPerUnit', 'DrawBonusUnit')).toEqual({
      DividendPerUnit: 505n,
      DrawBonusUnit: 100n,
    });
    const holdings = broker.records('01', '2026-01-09', '05');
    expect(holdings.map((record) => record.number('AvailableVol'))).toEqual([81_004n + 3457n]);
    play(world, '2026-01-09');
    play(world, '2026-01-12');
    const serialNo = cash?.text('TASerialNO');
    const lines = broker.statement('2026-01-12').map((row) => row.slice(3));
    expect(lines).toContainEqual(['DIVIDEND', '40.91', serialNo]);
  });
});

describe('what arrives wrong', () => {
  it('reports a missing package and plays the day without it', () => {
    const world = open(sampleScenario([sampleFund({ fundCode: '000001' })]));
    const report = world.playDay('2026-01-05');
    expect(report.problems.map(({ party, code }) => [party, code])).toEqual([
      ['01', 'PACKAGE_MISSING'],
      ['BANK', 'PACKAGE_MISSING'],
    ]);
    expect(broker.receive('01', '2026-01-06')?.names).toEqual(['OFD_01_305_20260106_05.TXT']);
  });

  it('takes nothing of a package with one wrong date', () => {
    const world = open(sampleScenario([sampleFund({ fundCode: '000001' })]));
    broker.apply(ann, '001');
    broker.apply(bob, '001', { TransactionDate: '20260102' });
    const { problems } = play(world, '2026-01-05');
    expect(problems.map(({ code }) => code)).toEqual(['PACKAGE_REFUSED']);
    expect(broker.records('01', '2026-01-06', '02')).toEqual([]);
  });

  it('does not pay out more than there is', () => {
    const world = open(sampleScenario([sampleFund({ fundCode: '000001' })]));
    broker.bank('DEPOSIT', ann.depositAcct, '10.00');
    broker.bank('WITHDRAW', ann.depositAcct, '10.01');
    const { problems } = play(world, '2026-01-05');
    expect(problems.map(({ code }) => code)).toEqual(['WITHDRAWAL_REFUSED']);
    expect(broker.statement('2026-01-05').at(-1)?.[4]).toBe('10.00');
  });

  it('wants the trading days one after another', () => {
    const world = open(sampleScenario([sampleFund({ fundCode: '000001' })]));
    play(world, '2026-01-05');
    expect(() => world.playDay('2026-01-07')).toThrow('does not follow 2026-01-05');
    expect(() => world.playDay('2026-01-10')).toThrow('not a trading day');
    expect(world.playDay('2026-01-05').alreadyPlayed).toBe(true);
    expect(world.lastDay).toBe('2026-01-05');
  });
});
