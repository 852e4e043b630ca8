/**
 * Records of registrars that say what nobody understands or what cannot be, rows 14, 45 and 46: each
 * is kept as it came, is an exception with its reason, and moves neither money nor units.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatBasicDate } from '@cairn/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountsChecks } from '../../server/src/modules/accounts/index.ts';
import { clearingChecks } from '../../server/src/modules/clearing/index.ts';
import { openTestPglite, type TestDatabase, withDb } from '../../server/src/platform/testing.ts';
import { day, openStage, smallMarket, type Stage } from '../business-day/stage.ts';
import { spoilRecord } from './spoil-record.ts';

const ANSWERS = day(1);

/** What is written into a field of one confirmation, and the reason that it must give. */
const CASES: readonly (readonly [string, readonly [string, string], string])[] = [
  ['a business code of nobody', ['BusinessCode', '199'], 'BUSINESS_CODE_UNKNOWN'],
  ['no business code', ['BusinessCode', '   '], 'BUSINESS_CODE_UNKNOWN'],
  ['a return code that was never explained', ['ReturnCode', '7777'], 'RETURN_CODE_UNKNOWN'],
  ['no return code', ['ReturnCode', '    '], 'RETURN_CODE_UNKNOWN'],
  ['yen', ['CurrencyType', '392'], 'CURRENCY_DIFFERS'],
  ['a currency of nobody', ['CurrencyType', '000'], 'CURRENCY_DIFFERS'],
  ['a NAV of zero', ['NAV', '0000000'], 'NAV_ZERO'],
  ['a NAV ten times the published', ['NAV', '0120000'], 'NAV_DIFFERS'],
  ['a negative volume', ['ConfirmedVol', '-000000000080601'], 'NEGATIVE_VALUE'],
  ['more than was applied for', ['ConfirmedAmount', '0000000000100001'], 'MORE_THAN_APPLIED'],
  ['another fund', ['FundCode', '000002'], 'ORDER_DIFFERS'],
  ['another trading account', ['TransactionAccountID', '00NOBODY000000000'], 'ORDER_DIFFERS'],
  ['no serial number', ['TASerialNO', ''], 'SERIAL_MISSING'],
];

describe('confirmations of orders (04)', () => {
  let database: TestDatabase;
  let stage: Stage;
  const orderOf = new Map<string, string>();
  let good = '';
  let reasons: Map<string, string>;

  beforeAll(async () => {
    database = await openTestPglite();
    stage = await openStage(database.db);
    stage.at(day(0), '10:00:00.000');
    for (const [name] of CASES) orderOf.set(name, await stage.buy(0, '1000.00'));
    good = await stage.buy(1, '1000.00');
    await stage.play(day(0));
    await stage.send(ANSWERS);
    const path = join(
      stage.world.exchange.folder,
      '01',
      'in',
      `OFD_01_305_${formatBasicDate(ANSWERS)}_04.TXT`,
    );
    let bytes: Buffer = readFileSync(path);
    for (const [name, change] of CASES) {
      bytes = spoilRecord(bytes, '04', orderOf.get(name) ?? '', change);
    }
    writeFileSync(path, bytes);
    await stage.run(ANSWERS);
    const rows = await database.db.query<{ order_id: string; code: string }>(
      `select c.order_id, e.code from clearing.exceptions e join clearing.confirmations c
         on e.subject = 'confirmation:' || c.bucket || '/' || c.file_id || '/' || c.record_no
       where c.state = 'exception'`,
    );
    reasons = new Map(rows.map((row) => [row.order_id, row.code]));
  });
  afterAll(async () => {
    stage.remove();
    await database.drop();
  });

  test.each(CASES)('%s is kept with its reason, and the order waits', async (name, _, code) => {
    const orderId = orderOf.get(name) ?? '';
    expect(reasons.get(orderId)).toBe(code);
    expect(await stage.stateOf(orderId)).toBe('sent');
  });

  test('the good record of the same file is booked, and nothing else moved', async () => {
    expect(await stage.stateOf(good)).toBe('confirmed');
    const [moved] = await database.db.query<{ n: bigint }>(
      'select count(*) as n from accounts.holding_movements',
    );
    expect(moved?.n).toBe(1n);
    const [held] = await database.db.query<{ amount: bigint }>(
      `select sum(open_amount)::int8 as amount from accounts.cash_holds
       where ref = any($1::text[])`,
      [[...orderOf.values()]],
    );
    expect(held?.amount).toBe(100_000n * BigInt(CASES.length));
    // The registrar holds what it confirmed; those breaks are told, and are not asked about here.
    const asked = [...accountsChecks, ...clearingChecks].filter(({ id }) => !/^(SH1|M5)/.test(id));
    for (const check of asked) {
      expect([check.id, await check.run(database.db, stage.world)]).toEqual([check.id, []]);
    }
  });
});

test('answers to account applications (02) that nobody understands leave the account waiting', async () => {
  await withDb(async (db) => {
    const stage = await openStage(db, { investors: 3 });
    const path = join(
      stage.world.exchange.folder,
      '01',
      'in',
      `OFD_01_305_${formatBasicDate(ANSWERS)}_02.TXT`,
    );
    await stage.play(day(0));
    await stage.send(ANSWERS);
    const ids = (
      await db.query<{ id: string }>(
        `select application_id as id from trading.account_applications
         where registrar_code = '01' order by 1`,
      )
    ).map(({ id }) => id);
    let bytes: Buffer = readFileSync(path);
    bytes = spoilRecord(bytes, '02', ids[0] ?? '', ['BusinessCode', '177']);
    bytes = spoilRecord(bytes, '02', ids[1] ?? '', ['ReturnCode', '7777']);
    writeFileSync(path, bytes);
    await stage.run(ANSWERS);
    const states = await db.query<{ state: string }>(
      `select state from trading.account_applications
       where registrar_code = '01' order by application_id`,
    );
    expect(states.map(({ state }) => state)).toEqual(['sent', 'sent', 'confirmed']);
    expect(await stage.seen(ANSWERS)).toEqual([
      'BUSINESS_CODE_UNKNOWN remind open',
      'RETURN_CODE_UNKNOWN remind open',
    ]);
    stage.remove();
  });
});

test('dividends (06) with codes that nobody understands are kept, and pay nothing', async () => {
  await withDb(async (db) => {
    const dividend = {
      fundCode: '000001',
      recordDate: day(2),
      exDate: day(2),
      payDate: day(4),
      perUnit: '0.05',
    };
    const market = { ...smallMarket(), dividends: [dividend] };
    const stage = await openStage(db, { market, investors: 3 });
    await stage.play(day(0));
    stage.at(ANSWERS, '10:00:00.000');
    for (const n of [0, 1, 2]) await stage.buy(n, '1000.00');
    await stage.play(ANSWERS);
    await stage.play(day(2));
    await stage.send(day(3));
    const name = `OFD_01_305_${formatBasicDate(day(3))}_06.TXT`;
    const path = join(stage.world.exchange.folder, '01', 'in', name);
    const accounts = await db.query<{ no: string }>(
      `select trading_account_no as no from accounts.trading_accounts
       where registrar_code = '01' order by 1`,
    );
    let bytes: Buffer = readFileSync(path);
    bytes = spoilRecord(bytes, '06', accounts[0]?.no ?? '', ['BusinessCode', '177']);
    bytes = spoilRecord(bytes, '06', accounts[1]?.no ?? '', ['ReturnCode', '7777']);
    writeFileSync(path, bytes);
    expect((await stage.run(day(3))).isComplete).toBe(true);
    expect((await stage.seen(day(3))).filter((line) => !line.startsWith('UNITS'))).toEqual([
      'BUSINESS_CODE_UNKNOWN remind open',
      'RETURN_CODE remind open',
    ]);
    const kept = await db.query<{ state: string }>(
      'select state from clearing.distributions where bucket >= 0 order by trading_account_no',
    );
    expect(kept.map(({ state }) => state)).toEqual(['exception', 'exception', 'applied']);
    stage.remove();
  });
});

test('a confirmation that comes again in a later file is kept and not booked again', async () => {
  await withDb(async (db) => {
    const stage = await openStage(db);
    stage.at(day(0), '10:00:00.000');
    const first = await stage.buy(0, '1000.00');
    await stage.play(day(0));
    stage.at(ANSWERS, '10:00:00.000');
    const second = await stage.buy(0, '1000.00');
    await stage.play(ANSWERS);
    expect(await stage.stateOf(first)).toBe('confirmed');
    const [booked] = await db.query<{ ta_serial: string }>(
      'select ta_serial from clearing.confirmations where order_id = $1',
      [first],
    );
    await stage.send(day(2));
    const path = join(
      stage.world.exchange.folder,
      '01',
      'in',
      `OFD_01_305_${formatBasicDate(day(2))}_04.TXT`,
    );
    const serial = ['TASerialNO', booked?.ta_serial ?? ''] as const;
    writeFileSync(path, spoilRecord(readFileSync(path), '04', second, serial));
    await stage.run(day(2));
    expect(await stage.stateOf(second)).toBe('sent');
    expect(await stage.seen(day(2))).toContain('CONFIRMED_TWICE remind open');
    stage.remove();
  });
});

test('one serial number on the accounts of two customers is booked for each and told', async () => {
  await withDb(async (db) => {
    const stage = await openStage(db);
    stage.at(day(0), '10:00:00.000');
    const orders = [await stage.buy(0, '1000.00'), await stage.buy(1, '1000.00')];
    await stage.play(day(0));
    await stage.send(ANSWERS);
    const path = join(
      stage.world.exchange.folder,
      '01',
      'in',
      `OFD_01_305_${formatBasicDate(ANSWERS)}_04.TXT`,
    );
    let bytes: Buffer = readFileSync(path);
    for (const id of orders) {
      bytes = spoilRecord(bytes, '04', id, ['TASerialNO', '01202603030000000777']);
    }
    writeFileSync(path, bytes);
    expect((await stage.run(ANSWERS)).isComplete).toBe(true);
    for (const id of orders) expect(await stage.stateOf(id)).toBe('confirmed');
    expect(await stage.seen(ANSWERS)).toEqual(['SERIAL_SHARED remind open']);
    stage.remove();
  });
});
