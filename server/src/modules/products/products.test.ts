import {
  instant,
  localDate,
  parseAmount,
  parsePrice,
  parseRate,
  parseUnits,
  price,
} from '@cairn/kernel';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Role } from '../../platform/actor.ts';
import { decideApproval, listApprovals } from '../../platform/approvals.ts';
import { describeEachDb, type TestWorld, testWorld } from '../../platform/testing.ts';
import { FIRM, work } from '../../platform/work.ts';
import {
  dividendsOn,
  type ImportKind,
  importCsv,
  latestNavs,
  navsOn,
  parametersByVersion,
  proposeFeeSchedule,
  proposeParameters,
  recordNavs,
  termsAsOf,
} from './index.ts';
import { loadNavs } from './series.ts';

function staff(id: string, ...roles: Role[]): Actor {
  return { kind: 'staff', id, roles, requestId: `r-${id}`, from: 'local' };
}
const maker = staff('li', 'productManager');
const checker = staff('wang', 'reviewer');
const on = localDate('2026-03-02');

const fundsCsv = [
  'fund_code,name,registrar_code,fund_type,main_code,class_name,sold',
  '000001,聚石成长混合A,01,equityMixed,,A,true',
  '000002,聚石成长混合C,01,equityMixed,000001,C,true',
  '000003,聚石债券,02,bond,,,false',
].join('\n');

const parameterHeader =
  'fund_code,effective_date,status,risk_level,term,variety,min_first_purchase,min_next_purchase,' +
  'purchase_step,max_purchase,day_max_purchase,min_redemption,redemption_step,min_holding,' +
  'confirm_days,purchase_pay_days,redemption_cash_days,dividend_cash_days,units_rounding,' +
  'holding_days_rule,fee_rounding,default_dividend_method,service_fee_rate,face_value,cut_off';
const parameterRow = (fundCode: string, from: string, serviceFee = '0') =>
  `${fundCode},${from},0,4,y1_3,mixed,10,10,0.01,0,0,10,0.01,10,1,1,3,2,halfUp,applicationDate,` +
  `perLot,1,${serviceFee},1,15:00`;
const parametersCsv = [
  parameterHeader,
  parameterRow('000001', '2015-01-01'),
  parameterRow('000002', '2015-01-01', '0.004'),
].join('\n');

const feeHeader = 'fund_code,kind,effective_date,from_amount,from_days,rate,flat,to_fund_share';
const feesCsv = [
  feeHeader,
  '000001,purchase,2019-01-01,0,,0.015,,',
  '000001,purchase,2019-01-01,5000000,,,1000,',
  '000001,redemption,2019-01-01,,0,0.015,,1',
  '000001,redemption,2019-01-01,,7,0.0075,,1',
  '000001,redemption,2019-01-01,,30,0.005,,0.75',
  '000001,redemption,2019-01-01,,180,0,,0.25',
  '000001,purchase,2026-01-01,0,,0.008,,',
  '000001,redemption,2026-01-01,,0,0.015,,1',
  '000001,redemption,2026-01-01,,7,0.01,,1',
  '000001,redemption,2026-01-01,,30,0.005,,1',
  '000001,redemption,2026-01-01,,180,0,,1',
].join('\n');

const navRow = (fundCode: string, day: string, text: string) => ({
  fundCode,
  navDate: localDate(day),
  nav: parsePrice(text, { signed: true }) ?? price(0n),
  source: 'test',
});

describeEachDb('products', (opened) => {
  let world: TestWorld;
  const load = (kind: ImportKind, csv: string | Uint8Array, dryRun = false) =>
    importCsv(world, maker, { kind, csv, dryRun });
  const approve = async (approvalId: string | undefined) =>
    decideApproval(world, checker, approvalId ?? 'none', 'approve', 'seen');
  const count = async (table: string) => {
    const [row] = await world.db.query<{ n: bigint }>(`select count(*) as n from ${table}`);
    return row?.n;
  };
  const terms = async (fundCode: string, day = on) => {
    return (await termsAsOf(world.db, day)).get(fundCode);
  };

  beforeAll(async () => {
    world = testWorld(opened().db, instant('2026-03-02T02:00:00.000Z'));
  });

  describe('import of the master', () => {
    test('a dry run says what would happen and writes nothing', async () => {
      const report = await load('funds', fundsCsv, true);
      expect(report).toMatchObject({ rows: 3, created: 3, changed: 0, errorCount: 0 });
      expect(await count('products.funds')).toBe(0n);
      expect(await count('platform.audit')).toBe(0n);
    });

    test('the file once, the same file again, then GB18030 bytes with one change', async () => {
      expect(await load('funds', fundsCsv)).toMatchObject({ created: 3, unchanged: 0 });
      expect(await load('funds', fundsCsv)).toMatchObject({ created: 0, unchanged: 3 });
      // '000003,聚石债券B,02,bond' with the name in GB18030.
      const bytes = Buffer.concat([
        Buffer.from('fund_code,name,registrar_code,fund_type\n000003,'),
        Buffer.from([0xbe, 0xdb, 0xca, 0xaf, 0xd5, 0xae, 0xc8, 0xaf, 0x42]),
        Buffer.from(',02,bond\n'),
      ]);
      expect(await load('funds', bytes)).toMatchObject({ changed: 1, errorCount: 0 });
      const [row] = await world.db.query(
        "select name, sold from products.funds where fund_code = '000003'",
      );
      expect(row).toEqual({ name: '聚石债券B', sold: false });
    });

    test('one fault refuses the whole file, with line, column and both languages', async () => {
      const csv = [
        'name,fund_code,registrar_code,fund_type,main_code',
        '好,000010,01,equity,',
        '=cmd(),000011,01,equity,',
        '坏,00001,01,stock,',
        '圈,000012,01,equity,000002',
        '好,000010,01,equity,',
      ].join('\r\n');
      const report = await load('funds', csv);
      expect(report.errors.map((e) => [e.line, e.column, e.code])).toEqual([
        [3, 'name', 'CSV_CELL_FORMULA'],
        [4, 'fund_code', 'CELL_INVALID'],
        [4, 'fund_type', 'CELL_INVALID'],
        [6, undefined, 'ROW_TWICE'],
      ]);
      expect(report.errors[3]?.messageZh).toBe('相同的主键已出现在第 2 行。');
      expect(report).toMatchObject({ created: 0, changed: 0, errorCount: 4 });
      expect(await count('products.funds')).toBe(3n);
      const yen = 'fund_code,name,registrar_code,fund_type,currency\n000013,円,01,qdii,JPY\n';
      expect((await load('funds', yen)).errors[0]).toMatchObject({ line: 2, column: 'currency' });
      const circle =
        'fund_code,name,registrar_code,fund_type,main_code\n000001,甲,01,equity,000002\n';
      expect((await load('funds', circle)).errors[0]?.code).toBe('FUND_MAIN_IS_CLASS');
    });
  });

  describe('terms by four eyes', () => {
    test('imported parameters wait; nobody approves his own', async () => {
      const report = await load('parameters', parametersCsv);
      expect(report).toMatchObject({ created: 2, held: 2, errorCount: 0 });
      expect(await terms('000001')).toBeUndefined();
      const own = decideApproval(world, maker, report.approvalId ?? '', 'approve', 'mine');
      await expect(own).rejects.toMatchObject({ code: 'APPROVAL_OWN_REQUEST' });
      await approve(report.approvalId);
      expect(await terms('000001')).toMatchObject({
        parameterVersion: 1,
        riskLevel: 4,
        minFirstPurchase: parseAmount('10'),
        minHolding: parseUnits('10'),
        cutOff: '15:00:00.000',
        purchaseFees: [],
      });
      expect(await load('parameters', parametersCsv, true)).toMatchObject({
        unchanged: 2,
        held: 0,
      });
    });

    test('fee schedules are judged by the rule in force on their date', async () => {
      const wrong = feesCsv.replaceAll('2019-01-01', '2026-02-01');
      const refused = await load('feeSchedules', wrong);
      expect(refused.errors.map((e) => [e.line, e.code])).toEqual([
        [2, 'FEE_ABOVE_CAP'],
        [4, 'FEE_BELOW_LADDER'],
        [4, 'FEE_SHARE_BELOW_RULE'],
      ]);
      const unknown = `${feeHeader}\n000003,purchase,2026-01-01,0,,0,,`;
      expect((await load('feeSchedules', unknown)).errors[0]?.code).toBe('PARAMETERS_MISSING');
      const report = await load('feeSchedules', feesCsv);
      expect(report).toMatchObject({ created: 4, held: 4, errorCount: 0 });
      await approve(report.approvalId);
      const old = await terms('000001', localDate('2025-12-31'));
      expect(old?.purchaseFees).toHaveLength(2);
      expect(old?.redemptionFees[2]).toMatchObject({
        fromDays: 30,
        toFundShare: parseRate('0.75'),
      });
      expect((await terms('000001'))?.purchaseFees).toEqual([
        { fromAmount: 0n, rate: parseRate('0.008') },
      ]);
      expect((await terms('000001', localDate('2018-12-31')))?.purchaseFees).toEqual([]);
    });

    test('a change takes effect on its date and keeps the version before as evidence', async () => {
      const { approvalId, findings } = await proposeParameters(world, maker, {
        fundCode: '000001',
        effectiveDate: localDate('2026-03-05'),
        changes: { riskLevel: '5', status: '5' },
      });
      expect(findings).toEqual([]);
      expect((await terms('000001', localDate('2026-03-05')))?.riskLevel).toBe(4);
      await approve(approvalId);
      expect((await terms('000001', localDate('2026-03-04')))?.riskLevel).toBe(4);
      const after = await terms('000001', localDate('2026-03-05'));
      expect(after).toMatchObject({ riskLevel: 5, status: '5', parameterVersion: 2 });
      const [before] = await parametersByVersion(world.db, [{ fundCode: '000001', version: 1 }]);
      expect(before?.parameters.riskLevel).toBe(4);
    });

    test('refusals name every reason', async () => {
      const change = { fundCode: '000002', effectiveDate: localDate('2026-03-05') };
      await expect(
        proposeParameters(world, maker, { ...change, changes: { status: '3', cutOff: '25:00' } }),
      ).rejects.toMatchObject({
        code: 'PRODUCT_CHANGE_REFUSED',
        details: {
          count: 2,
          reasons: [{ code: 'PARAMETER_INVALID' }, { code: 'PARAMETER_INVALID' }],
        },
      });
      await expect(
        proposeParameters(world, maker, { ...change, changes: { serviceFeeRate: '0.005' } }),
      ).rejects.toMatchObject({ details: { reasons: [{ code: 'SERVICE_FEE_ABOVE_CAP' }] } });
      await expect(
        proposeParameters(world, maker, { ...change, changes: { status: '0' } }),
      ).rejects.toMatchObject({ code: 'PRODUCT_CHANGE_EMPTY' });
      await expect(
        proposeFeeSchedule(world, maker, {
          ...change,
          kind: 'redemption',
          tiers: [{ fromDays: '0', rate: '0', toFundShare: '1' }],
        }),
      ).rejects.toMatchObject({ code: 'PRODUCT_CHANGE_REFUSED', details: { count: 3 } });
      await expect(
        proposeParameters(world, maker, { ...change, fundCode: '999999', changes: {} }),
      ).rejects.toMatchObject({ code: 'PRODUCT_NOT_FOUND' });
    });

    test('two proposals on one state: the second is outdated', async () => {
      const change = { fundCode: '000002', effectiveDate: localDate('2026-03-05') };
      const first = await proposeParameters(world, maker, {
        ...change,
        changes: { riskLevel: '5' },
      });
      const second = await proposeParameters(world, maker, { ...change, changes: { status: '5' } });
      await approve(first.approvalId);
      await expect(approve(second.approvalId)).rejects.toMatchObject({
        code: 'PRODUCT_CHANGE_OUTDATED',
      });
      const { approvals: waiting } = await listApprovals(world.db, {
        state: 'waiting',
        limit: 100,
      });
      expect(waiting.map((a) => a.approvalId)).toContain(second.approvalId);
    });

    test('a change into the past is warned of', async () => {
      const change = { fundCode: '000002', effectiveDate: localDate('2026-02-01') };
      const held = await proposeParameters(world, maker, {
        ...change,
        changes: { minHolding: '1' },
      });
      expect(held.findings).toMatchObject([{ code: 'CHANGE_BACKDATED', severity: 'warn' }]);
    });
  });

  describe('NAVs', () => {
    const record = (rows: ReturnType<typeof navRow>[]) =>
      work(world, [FIRM], (unit) => recordNavs(unit, maker, rows));

    test('recorded, repeated, corrected; read as of an earlier instant', async () => {
      const rows = [navRow('000001', '2026-02-26', '1.2'), navRow('000001', '2026-02-27', '1.21')];
      expect(await record(rows)).toMatchObject({ recorded: 2, corrected: 0, refused: [] });
      expect(await record(rows)).toMatchObject({ recorded: 0, unchanged: 2 });
      const knownAt = world.clock.now();
      world.clock.advanceMs(60_000);
      expect(await record([navRow('000001', '2026-02-27', '1.22')])).toMatchObject({
        corrected: 1,
      });
      const day = localDate('2026-02-27');
      expect((await navsOn(world.db, day)).get('000001')?.nav).toBe(parsePrice('1.22'));
      const then = await loadNavs(world.db, { from: day, to: day, knownAt });
      expect(then.map((row) => row.nav)).toEqual([parsePrice('1.21')]);
      const latest = await latestNavs(world.db, on);
      expect(latest.get('000001')).toMatchObject({ navDate: '2026-02-27' });
    });

    test('zero, negative, future and unknown are refused, the rest is recorded', async () => {
      const outcome = await record([
        navRow('000001', '2026-03-01', '0'),
        navRow('000001', '2026-03-02', '-1'),
        navRow('000001', '2026-03-03', '1'),
        navRow('999999', '2026-03-02', '1'),
        navRow('000002', '2026-03-02', '1'),
      ]);
      expect(outcome.refused.map((r) => r.code)).toEqual([
        'NAV_NOT_POSITIVE',
        'NAV_NOT_POSITIVE',
        'NAV_IN_FUTURE',
        'PRODUCT_UNKNOWN_FUND',
      ]);
      expect(outcome.recorded).toBe(1);
    });

    test('a tenfold NAV waits until a second person agrees', async () => {
      const day = localDate('2026-03-02');
      const outcome = await record([navRow('000001', '2026-03-02', '12.2')]);
      expect(outcome).toMatchObject({ recorded: 0, held: 1 });
      expect((await navsOn(world.db, day)).get('000001')).toBeUndefined();
      await approve(outcome.approvalId);
      expect((await navsOn(world.db, day)).get('000001')?.nav).toBe(parsePrice('12.2'));
    });

    test('import: a NAV of zero refuses the file, a jump is held, the rest recorded', async () => {
      const csv = 'nav,nav_date,fund_code\n1.01,2026-01-05,000003\n0,2026-01-06,000003\n';
      expect((await load('navs', csv)).errors.map((e) => [e.line, e.code])).toEqual([
        [3, 'NAV_NOT_POSITIVE'],
      ]);
      const jump = csv.replace('\n0,', '\n0.1,');
      const report = await load('navs', jump);
      expect(report).toMatchObject({ created: 1, held: 1, errorCount: 0 });
      expect(report.approvalId).toBeDefined();
    });
  });

  describe('dividends, splits, closed days', () => {
    test('dividends by date; wrong order of dates refused; a correction is appended', async () => {
      const csv = (perUnit: string, exDate = '2026-02-10') =>
        `fund_code,record_date,ex_date,pay_date,per_unit\n000001,2026-02-10,${exDate},2026-02-12,${perUnit}\n`;
      expect((await load('dividends', csv('0.05', '2026-02-13'))).errors[0]?.code).toBe(
        'DIVIDEND_DATES_ORDER',
      );
      expect(await load('dividends', csv('0.05'))).toMatchObject({ created: 1 });
      expect(await load('dividends', csv('0.06'))).toMatchObject({ changed: 1 });
      const paid = await dividendsOn(world.db, 'pay', localDate('2026-02-12'));
      expect(paid).toMatchObject([{ fundCode: '000001', perUnit: parsePrice('0.06') }]);
      expect(await dividendsOn(world.db, 'pay', on)).toEqual([]);
      expect(await count('products.dividends')).toBe(2n);
    });

    test('a split explains the NAV of its ex date', async () => {
      await load('navs', 'fund_code,nav_date,nav\n000002,2026-01-07,5\n');
      expect(await load('splits', 'fund_code,ex_date,ratio\n000002,2026-01-08,5\n')).toMatchObject({
        created: 1,
      });
      const report = await load('navs', 'fund_code,nav_date,nav\n000002,2026-01-08,1.001\n');
      expect(report).toMatchObject({ created: 1, held: 0 });
    });

    test('a closed day closes the terms of that day only, and can be opened again', async () => {
      const csv = 'fund_code,closed_date,reason,closed\n000001,2026-03-02,海外休市,';
      await load('closedDays', `${csv}true`);
      expect((await terms('000001'))?.closed).toBe(true);
      expect((await terms('000001', localDate('2026-03-03')))?.closed).toBe(false);
      await load('closedDays', `${csv}false`);
      expect((await terms('000001'))?.closed).toBe(false);
    });
  });

  test('terms seen inside a transaction that rolls back do not stay', async () => {
    const closed = 'insert into products.closed_days values ($1, $2, 9, true, $3, now())';
    const rolledBack = world.db.tx(async (tx) => {
      await tx.query(closed, ['000001', on, 'trial']);
      await tx.query('update products.revision set token = gen_random_uuid()');
      expect((await termsAsOf(tx, on)).get('000001')?.closed).toBe(true);
      throw new Error('roll back');
    });
    await expect(rolledBack).rejects.toThrow('roll back');
    expect((await terms('000001'))?.closed).toBe(false);
  });

  test('facts are not edited', async () => {
    for (const table of ['navs', 'dividends', 'fund_parameters', 'fee_schedules', 'fee_rules']) {
      const deleted = world.db.affected(`delete from products.${table}`);
      await expect(deleted).rejects.toThrow(/append-only/);
    }
  });
});
