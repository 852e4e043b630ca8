import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalDate } from '@cairn/kernel';
import { businessDigest } from '../../server/src/app/digest.ts';
import {
  clearingChecks,
  confirmWaiting,
  receivePackages,
  retryException,
  runDay,
} from '../../server/src/modules/clearing/index.ts';
import { sendFiles } from '../../server/src/modules/clearing/steps/send.ts';
import { importCsv, productsChecks } from '../../server/src/modules/products/index.ts';
import { decideApproval } from '../../server/src/platform/approvals.ts';
import type { Tx } from '../../server/src/platform/db.ts';
import { describeEachDb, withDb } from '../../server/src/platform/testing.ts';
import { actor, checker, day, maker, openStage, smallMarket, type Stage } from './stage.ts';

describeEachDb('checks over files and confirmations', (opened) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(opened().db);
    for (const n of [0, 1, 2]) {
      stage.at(day(n), '10:00:00.000');
      await stage.buy(0, '1000.00');
      await stage.buy(1, '2000.00', '000002');
      if (n === 2) await stage.sell(0, '100.00');
      const run = await stage.play(day(n));
      expect(run.isComplete).toBe(true);
    }
  });
  afterAll(() => stage.remove());

  class Undo extends Error {}

  /** Ids of the checks that find something after the change, which is taken back. */
  const foundAfter = async (statements: readonly string[]): Promise<string[]> => {
    const found: string[] = [];
    const plant = async (tx: Tx) => {
      for (const statement of statements) await tx.query(statement);
      for (const check of [...productsChecks, ...clearingChecks]) {
        if ((await check.run(tx, stage.world)).length > 0) found.push(check.id);
      }
      throw new Undo();
    };
    await expect(stage.world.db.tx(plant)).rejects.toThrow(Undo);
    return found;
  };
  const off = (table: string) => `alter table ${table} disable trigger user`;

  test('a sound house has no violation', async () => {
    expect(await foundAfter([])).toEqual([]);
  });

  test.each([
    [
      'an order that never went out',
      [
        off('trading.orders'),
        off('trading.order_events'),
        `delete from trading.order_events where to_state = 'sent' and order_id =
           (select min(order_id) from trading.orders where trade_date = '${day(2)}')`,
      ],
      ['O3', 'O3-files'],
    ],
    [
      'a file that holds one record more than was sent',
      [
        `update clearing.files set records = records + 1
         where direction = 'out' and file_type = '03' and file_date = '${day(1)}' and party = '01'`,
      ],
      ['O3-files'],
    ],
    [
      'units that no confirmation brought',
      [
        off('accounts.holding_movements'),
        `update accounts.holding_movements set units = units + 1 where movement_id =
           (select min(movement_id) from accounts.holding_movements)`,
      ],
      ['SH3-confirmed', 'SH1-file'],
    ],
    [
      'a confirmation booked at another amount',
      [
        `update clearing.confirmations set confirmed_amount = confirmed_amount + 10
         where business_code = '122' and state = 'applied'`,
      ],
      ['SH4'],
    ],
    [
      'a file of which a record is gone',
      [
        `delete from clearing.account_confirmations where (bucket, file_id, record_no) in
           (select bucket, file_id, record_no from clearing.account_confirmations limit 1)`,
      ],
      ['F2'],
    ],
    [
      'a serial number booked twice',
      [
        `insert into clearing.confirmations select * from (
           select (jsonb_populate_record(c, '{"record_no": 999}')).* from clearing.confirmations c
           where state = 'applied' and business_code = '122' limit 1) as again`,
        `update clearing.files set records = records + 1 where file_id in
           (select file_id from clearing.confirmations where record_no = 999)`,
      ],
      ['F1'],
    ],
    [
      'a posting on a day that is closed',
      [
        off('accounts.postings'),
        `update accounts.postings set posted_at = '2026-03-20T00:00:00Z'
         where business_date = '${day(1)}'`,
      ],
      ['F5'],
    ],
    [
      'a day closed before the one before it',
      [
        `update clearing.business_days set closed_at = '2026-02-01T00:00:00Z'
         where business_date = '${day(2)}'`,
      ],
      ['F5'],
    ],
    [
      'a break on the last reconciled day',
      [
        `insert into clearing.breaks (business_date, kind, subject, ours, theirs, customer_view, class)
         values ('${day(2)}', 'units', 'x', 1, 2, 1, 'rounding')`,
      ],
      ['SH1-reconciled', 'K1'],
    ],
    [
      'a record set aside of which nobody is told',
      [
        `update clearing.account_confirmations set state = 'exception'
         where (bucket, file_id, record_no) in
           (select bucket, file_id, record_no from clearing.account_confirmations limit 1)`,
      ],
      ['K1'],
    ],
    [
      'an exception about a record that is booked',
      [
        `insert into clearing.exceptions (exception_id, business_date, code, severity, subject,
           detail, owner_role, state, raised_at)
         select 'planted', '${day(2)}', 'FEE_DIFFERS', 'remind',
           'confirmation:' || bucket || '/' || file_id || '/' || record_no, '{}', 'operations',
           'open', '2026-03-04T00:00:00Z'
         from clearing.confirmations where state = 'applied' limit 1`,
      ],
      ['K1'],
    ],
    [
      'a part of a fee that is more than the fee',
      [
        `update clearing.confirmations set agency_fee = charge + 1
         where business_code = '122' and state = 'applied'`,
      ],
      ['M7-parts'],
    ],
    [
      'a package that one person let pass',
      [
        `insert into clearing.waivers (business_date, code, subject, approval_id, at)
         values ('${day(2)}', 'PACKAGE_MISSING', 'x', 'nobody', '2026-03-04T00:00:00Z')`,
      ],
      ['A3-passed'],
    ],
    [
      'terms that nobody agreed to',
      [
        `insert into products.fund_parameters
         select (jsonb_populate_record(p, '{"version": 99, "recorded_at": "2026-03-04T00:00:00Z"}')).*
         from products.fund_parameters p where p.fund_code = '000001' and p.version = 1`,
      ],
      ['A3-terms'],
    ],
    [
      'a bucket whose bank account is a fen off',
      [
        `update accounts.cash_accounts set balance = balance + 1 where account_code = 'C:BANK'
         and bucket = (select min(bucket) from accounts.cash_accounts where kind = 'customerCash')`,
      ],
      ['M5-bank'],
    ],
    [
      'an answer that was due and is nowhere',
      [
        off('trading.orders'),
        `update trading.orders set state = 'sent' where order_id =
           (select min(order_id) from trading.orders where trade_date = '${day(1)}')`,
      ],
      ['M9-answers'],
    ],
  ])('%s is found by its own check', async (_name, statements, ids) => {
    expect((await foundAfter(statements)).sort()).toEqual([...ids].sort());
  });

  test('the same package again does nothing', async () => {
    const before = await businessDigest(stage.world.db);
    stage.sendAgain('01', day(2));
    const again = await receivePackages(stage.world, actor, ['01'], day(2));
    expect(again).toEqual({ imported: 0, records: 0, known: 1, refused: 0 });
    expect(await businessDigest(stage.world.db)).toEqual(before);
  });
});

test('F3: packages of independent registrars give the same books in any order', async () => {
  const books: string[] = [];
  for (const parties of [
    ['01', '02'],
    ['02', '01'],
  ]) {
    await withDb(async (db) => {
      const stage = await openStage(db);
      for (const n of [0, 1]) {
        stage.at(day(n), '10:00:00.000');
        await stage.buy(0, '1000.00');
        await stage.buy(1, '2000.00', '000002');
        await stage.send(day(n));
        await receivePackages(stage.world, actor, parties, day(n));
        await confirmWaiting(stage.world, actor, day(n));
        expect((await stage.run(day(n))).isComplete).toBe(true);
      }
      // Ids of files follow the order of their arrival; everything else must not.
      const except = ['clearing.files', 'platform.outbox', 'customers.identities'];
      const ids = ['clearing.confirmations', 'clearing.account_confirmations'];
      const { tables } = await businessDigest(db, {
        except: [...except, ...ids.map((table) => `${table}.file_id`)],
      });
      books.push(JSON.stringify([...tables]));
      stage.remove();
    });
  }
  expect(books[0]).toBe(books[1]);
});

test('F5: a day that a server with a slower clock closes is closed after what it holds', async () => {
  await withDb(async (db) => {
    const stage = await openStage(db);
    await stage.play(day(0));
    stage.at(day(1), '10:00:00.000');
    await stage.buy(0, '1000.00');
    await stage.play(day(1));
    await stage.send(day(2));
    stage.at(day(2), '16:00:00.300');
    await runDay(stage.world, actor, day(2), { until: 'settle' });
    stage.at(day(2), '16:00:00.000');
    expect((await stage.run(day(2))).isComplete).toBe(true);
    const check = clearingChecks.find(({ id }) => id === 'F5');
    expect(await check?.run(db, stage.world)).toEqual([]);
    stage.remove();
  });
});

test('F4: a statement that was refused is not missing when the day is run again', async () => {
  await withDb(async (db) => {
    const stage = await openStage(db);
    await stage.send(day(0));
    const { folder } = stage.world.exchange;
    const name = `BANK_STATEMENT_${day(0).replaceAll('-', '')}.CSV`;
    const path = join(folder, 'BANK', 'in', name);
    const right = readFileSync(path);
    writeFileSync(path, 'not a statement');
    const seen: string[][] = [];
    for (const _again of [1, 2]) {
      expect((await stage.run(day(0))).steps.at(-1)?.failure?.code).toBe('DAY_NOT_ACCEPTED');
      seen.push(await stage.seen(day(0)));
    }
    expect(seen).toEqual([['STATEMENT_REFUSED approve open'], ['STATEMENT_REFUSED approve open']]);
    writeFileSync(path, right);
    expect((await stage.run(day(0))).isComplete).toBe(true);
    expect(await stage.seen(day(0))).toEqual(['STATEMENT_REFUSED approve resolved']);
    stage.remove();
  });
});

describe('F6 and corrections', () => {
  test('a file published again has the same bytes, whatever happened meanwhile', async () => {
    await withDb(async (db) => {
      const stage = await openStage(db);
      expect((await stage.play(day(0))).isComplete).toBe(true);
      stage.at(day(1), '10:00:00.000');
      await stage.buy(0, '1000.00');
      await stage.send(day(1));
      const sent = stage.outboxDigests();
      expect(Object.keys(sent)).toContain('OFD_305_01_20260303_03.TXT');
      stage.loseOutbox();
      expect(stage.outboxDigests()).toEqual({});
      await sendFiles(stage.world, actor, day(1));
      await sendFiles(stage.world, actor, day(0));
      expect(stage.outboxDigests()).toEqual(sent);
      stage.remove();
    });
  });

  test('a fee that our schedule had wrong: corrected with four eyes, retried, booked', async () => {
    await withDb(async (db) => {
      const stage = await openStage(db, { ourMarket: smallMarket('0.004'), market: smallMarket() });
      await stage.play(day(0));
      stage.at(day(1), '10:00:00.000');
      const orderId = await stage.buy(0, '1000.00', '000002');
      await stage.play(day(1));
      const run = await stage.play(day(2));
      expect(run.isComplete).toBe(true);
      expect(await stage.seen(day(2))).toEqual([
        'FEE_DIFFERS remind open',
        'UNITS_BREAK remind open',
      ]);
      const [wrong] = await stage.exceptionsOf(day(2));
      const id = wrong?.exception_id ?? '';
      await expect(retryException(stage.world, maker, id)).rejects.toThrow('NO_DAY_OPEN');
      stage.at(day(3), '09:30:00.000');
      await runDay(stage.world, actor, day(3), { until: 'open' });
      expect(await retryException(stage.world, maker, id)).toBe(false);
      await correctFee(stage, '0.005', day(1));
      expect(await retryException(stage.world, maker, id)).toBe(true);
      expect(await stage.stateOf(orderId)).toBe('confirmed');
      expect((await stage.play(day(3))).isComplete).toBe(true);
      expect(await stage.seen(day(2))).toEqual([
        'FEE_DIFFERS remind resolved',
        'UNITS_BREAK remind resolved',
      ]);
      stage.remove();
    });
  });
});

async function correctFee(stage: Stage, rate: string, from: LocalDate): Promise<void> {
  const csv = `fund_code,kind,effective_date,from_amount,from_days,rate,flat,to_fund_share
000002,purchase,${from},0,,${rate},,
`;
  const request = { kind: 'feeSchedules', csv, dryRun: false } as const;
  const report = await importCsv(stage.world, maker, request);
  expect(report.errors).toEqual([]);
  await decideApproval(stage.world, checker, report.approvalId ?? '', 'approve', '费率更正');
}
