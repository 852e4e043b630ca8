import { instantAtShanghai } from '@cairn/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  actOnException,
  type DayRun,
  exceptionTexts,
  requestAcceptance,
  requestVoid,
  requestWaiver,
  runDay,
  textsOf,
} from '../../server/src/modules/clearing/index.ts';
import { decideApproval } from '../../server/src/platform/approvals.ts';
import { describeEachDb } from '../../server/src/platform/testing.ts';
import { actor, checker, day, maker, openStage, type Stage, violations } from './stage.ts';

/* One long play, a fault of the counterparty every other day: each is found by its own name, none
   is invented, nothing of it is applied by halves, and the day goes on as documented. */

const PURCHASE = '1000.00';

/** On which day of the play the fault shows; the applications are of the day before. */
const FAULT_DAYS = {
  partialConfirmation: 2,
  rejection: 3,
  holdingOff: 4,
  extraConfirmation: 6,
  duplicateFile: 7,
  missingIndexEntry: 10,
  truncatedFile: 11,
  changedBytes: 12,
  statementBreak: 13,
  wrongRedemption: 15,
  moreThanApplied: 16,
} as const;

const at = (name: keyof typeof FAULT_DAYS) => day(FAULT_DAYS[name]);

const failureOf = (run: DayRun) => run.steps.at(-1)?.failure;

describeEachDb('faults of counterparties', (opened) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage(opened().db, {
      faults: [
        { kind: 'partialConfirmation', date: at('partialConfirmation'), registrarCode: '01' },
        { kind: 'rejection', date: at('rejection'), registrarCode: '01' },
        { kind: 'wrongAmount', date: at('moreThanApplied'), registrarCode: '01', delta: '0.01' },
        { kind: 'holdingOff', date: at('holdingOff'), registrarCode: '01', record: 0 },
        { kind: 'extraConfirmation', date: at('extraConfirmation'), registrarCode: '01' },
        { kind: 'duplicateFile', date: at('duplicateFile'), registrarCode: '01' },
        { kind: 'missingIndexEntry', date: at('missingIndexEntry'), registrarCode: '01' },
        { kind: 'truncatedFile', date: at('truncatedFile'), registrarCode: '01' },
        { kind: 'changedBytes', date: at('changedBytes'), registrarCode: '01' },
        { kind: 'statementBreak', date: at('statementBreak'), record: 0, delta: '1.00' },
        { kind: 'wrongAmount', date: at('wrongRedemption'), registrarCode: '01', delta: '1.00' },
      ],
    });
  });
  afterAll(() => stage.remove());

  const orders = new Map<number, readonly [string, string]>();
  /** A trading day: both investors buy, then cut-off, send, and everything else. */
  const trade = async (n: number): Promise<DayRun> => {
    stage.at(day(n), '10:00:00.000');
    orders.set(n, [await stage.buy(0, PURCHASE), await stage.buy(1, PURCHASE)]);
    return stage.play(day(n));
  };
  const expectQuiet = async (n: number, run: DayRun) => {
    expect(failureOf(run)).toBeUndefined();
    expect(run.isComplete).toBe(true);
    expect(await stage.seen(day(n))).toEqual([]);
    expect(await violations(stage)).toEqual([]);
  };
  const acceptAll = async (n: number) => {
    const wanted = { businessDate: day(n), reason: '对方已确认次日更正' };
    const approvalId = await requestAcceptance(stage.world, maker, wanted);
    await expect(decideApproval(stage.world, maker, approvalId, 'approve', 'own')).rejects.toThrow(
      'APPROVAL_OWN_REQUEST',
    );
    await decideApproval(stage.world, checker, approvalId, 'approve', '已核对');
  };
  /** The orders of two neighbours, sorted as the registrar takes them: by id. */
  const sorted = (n: number) => [...(orders.get(n) ?? [])].sort();
  const order = async (orderId = '') => {
    const [row] = await stage.world.db.query<{ state: string; amount: bigint; held: bigint }>(
      `select o.state, o.confirmed_amount as amount, coalesce((
         select sum(h.amount) from accounts.cash_holds h
         where h.bucket = o.bucket and h.ref = o.order_id and h.released_at is null), 0)::int8 as held
       from trading.orders o where o.bucket >= 0 and o.order_id = $1`,
      [orderId],
    );
    return [row?.state, row?.amount, row?.held];
  };

  test('no fault: nothing is found', async () => {
    await expectQuiet(0, await trade(0));
    await expectQuiet(1, await trade(1));
    for (const id of sorted(0)) expect(await order(id)).toEqual(['confirmed', 100_000n, 0n]);
  });

  test('a part is confirmed and the rest falls away: the order is done, the rest is free', async () => {
    await expectQuiet(2, await trade(2));
    const [first, second] = sorted(1);
    expect(await order(first)).toEqual(['confirmed', 50_000n, 0n]);
    expect(await order(second)).toEqual(['confirmed', 100_000n, 0n]);
  });

  test('a refused application is refused and its money free', async () => {
    await expectQuiet(3, await trade(3));
    const [first, second] = sorted(2);
    expect(await order(first)).toEqual(['rejected', 0n, 0n]);
    expect(await order(second)).toEqual(['confirmed', 100_000n, 0n]);
  });

  test('a holding off by 0.01: a break of one unit step, held for four eyes, mended the next day', async () => {
    const run = await trade(4);
    expect(failureOf(run)).toEqual({ code: 'DAY_NOT_ACCEPTED', details: { exceptions: 1n } });
    expect(await stage.seen(day(4))).toEqual(['UNITS_BREAK approve open']);
    const [found] = await stage.exceptionsOf(day(4));
    expect(found?.detail).toMatchObject({ class: 'rounding' });
    const alone = { kind: 'resolve', note: 'one person may not' } as const;
    await expect(
      actOnException(stage.world, maker, found?.exception_id ?? '', alone),
    ).rejects.toThrow('EXCEPTION_NEEDS_ACCEPTANCE');
    await acceptAll(4);
    expect((await stage.run(day(4))).isComplete).toBe(true);
    await expectQuiet(5, await trade(5));
    expect(await stage.seen(day(4))).toEqual(['UNITS_BREAK approve resolved']);
  });

  test('a confirmation of a kind that nobody asked for is kept as it is, and voided by four eyes', async () => {
    const run = await trade(6);
    expect(run.isComplete).toBe(true);
    expect(await stage.seen(day(6))).toEqual(['BUSINESS_CODE_UNKNOWN remind open']);
    expect(await violations(stage)).toEqual([]);
    const [found] = await stage.exceptionsOf(day(6));
    const id = found?.exception_id ?? '';
    const approvalId = await requestVoid(stage.world, maker, id, '登记机构误发');
    await decideApproval(stage.world, checker, approvalId, 'approve', '已核对');
    await expect(requestVoid(stage.world, maker, id, 'again')).rejects.toThrow(
      'EXCEPTION_RESOLVED',
    );
    expect(await stage.seen(day(6))).toEqual(['BUSINESS_CODE_UNKNOWN remind resolved']);
  });

  test('a file sent twice under two names is booked once and its copy set aside', async () => {
    const run = await trade(7);
    expect(run.isComplete).toBe(true);
    expect(await stage.seen(day(7))).toEqual(['FILE_DUPLICATE remind open']);
    for (const id of sorted(6)) expect(await order(id)).toEqual(['confirmed', 100_000n, 0n]);
    expect(await violations(stage)).toEqual([]);
  });

  test('a package a day late: the day waits, four eyes let it pass, the next day books both', async () => {
    stage.at(day(8), '10:00:00.000');
    orders.set(8, [await stage.buy(0, PURCHASE), await stage.buy(1, PURCHASE)]);
    await stage.send(day(8));
    stage.withhold('01', day(8));
    const run = await stage.run(day(8));
    const { code, details } = failureOf(run) ?? {};
    expect([run.steps.at(-1)?.step, code]).toEqual(['receive', 'PACKAGE_MISSING']);
    expect(details).toEqual({ packages: '01/confirmation' });
    const approvalId = await requestWaiver(stage.world, maker, {
      businessDate: day(8),
      package: '01/confirmation',
      reason: '登记机构通知延迟一日',
    });
    await decideApproval(stage.world, checker, approvalId, 'approve', '已电话确认');
    expect((await stage.run(day(8))).isComplete).toBe(true);
    for (const id of sorted(7)) expect(await order(id)).toEqual(['sent', 0n, 100_000n]);
    expect(await stage.seen(day(8))).toEqual(['PACKAGE_MISSING approve open']);
    expect(await violations(stage)).toEqual([]);

    stage.sendAgain('01', day(8));
    await expectQuiet(9, await trade(9));
    expect(await stage.seen(day(8))).toEqual(['PACKAGE_MISSING approve resolved']);
    for (const id of [...sorted(7), ...sorted(8)]) {
      expect(await order(id)).toEqual(['confirmed', 100_000n, 0n]);
    }
  });

  test.each([
    ['a file that the index does not list', 10, 'PACKAGE_EXTRA'],
    ['a file cut short', 11, 'TRUNCATED'],
    ['a byte that is no character', 12, 'FIELD_ENCODING'],
  ])('%s: nothing is taken until the package comes again', async (_name, n, ofd) => {
    const run = await trade(n);
    expect(failureOf(run)?.code).toBe('PACKAGE_MISSING');
    expect(await stage.seen(day(n))).toEqual([
      'FILE_REFUSED remind open',
      'PACKAGE_MISSING approve open',
    ]);
    const [refused] = await stage.exceptionsOf(day(n));
    expect(refused?.detail['ofd']).toBe(ofd);
    for (const id of sorted(n - 1)) expect(await order(id)).toEqual(['sent', 0n, 100_000n]);
    const [kept] = await stage.world.db.query<{ state: string; sha256: string }>(
      `select state, sha256 from clearing.files
       where direction = 'in' and file_date = $1 and name like '%_04.TXT' and party = '01'`,
      [day(n)],
    );
    expect(kept?.state).toBe('refused');
    expect((await stage.world.files.get(kept?.sha256 ?? '')).byteLength).toBeGreaterThan(0);

    stage.sendAgain('01', day(n));
    expect((await stage.run(day(n))).isComplete).toBe(true);
    expect(await stage.seen(day(n))).toEqual([
      'FILE_REFUSED remind resolved',
      'PACKAGE_MISSING approve resolved',
    ]);
    for (const id of sorted(n - 1)) expect(await order(id)).toEqual(['confirmed', 100_000n, 0n]);
    expect(await violations(stage)).toEqual([]);
  });

  test('a bank statement with money that never moved: found by account and by bucket', async () => {
    const run = await trade(13);
    expect(failureOf(run)?.code).toBe('DAY_NOT_ACCEPTED');
    const found = await stage.exceptionsOf(day(13));
    expect(found.map((row) => [row.code, row.detail['class']])).toEqual([
      ['CASH_BREAK', 'unexplained'],
      ['CASH_BREAK', 'unexplained'],
    ]);
    await acceptAll(13);
    expect((await stage.run(day(13))).isComplete).toBe(true);
    stage.at(day(14), '10:00:00.000');
    await stage.sell(0, '100.00');
    await expectQuiet(14, await stage.play(day(14)));
    expect(await stage.seen(day(13))).toEqual([
      'CASH_BREAK approve resolved',
      'CASH_BREAK approve resolved',
    ]);
  });

  test('a redemption paid 1.00 too much: an exception with both numbers, and no money moves', async () => {
    const run = await trade(15);
    expect(run.isComplete).toBe(true);
    expect(await stage.seen(day(15))).toEqual([
      'AMOUNT_DIFFERS remind open',
      'UNITS_BREAK remind open',
    ]);
    const [row] = await stage.world.db.query<{ more: string }>(
      `select ((r ->> 'theirs')::numeric - (r ->> 'ours')::numeric)::text as more
       from clearing.exceptions e, jsonb_array_elements(e.detail -> 'reasons') r
       where e.business_date = $1 and e.code = 'AMOUNT_DIFFERS'`,
      [day(15)],
    );
    expect(row?.more).toBe('1.00');
  });

  test('0.01 more than was applied for: an exception, the difference explained, voided by four eyes', async () => {
    const run = await trade(16);
    expect(run.isComplete).toBe(true);
    const [first] = sorted(15);
    expect(await order(first)).toEqual(['sent', 0n, 100_000n]);
    // Two records of one position wait now, and together they explain its whole difference.
    expect(await stage.seen(day(16))).toEqual([
      'MORE_THAN_APPLIED remind open',
      'UNITS_BREAK remind open',
    ]);
    const [wrong, units] = await stage.exceptionsOf(day(16));
    expect(units?.detail['class']).toBe('unappliedConfirmation');
    expect(wrong?.detail).toMatchObject({
      reasons: [{ code: 'MORE_THAN_APPLIED', ours: '1000.00', theirs: '1000.01' }],
    });
    const id = wrong?.exception_id ?? '';
    const note = { kind: 'resolve', note: '' } as const;
    await expect(actOnException(stage.world, maker, id, note)).rejects.toThrow(
      'EXCEPTION_STILL_WAITING',
    );
    const approvalId = await requestVoid(stage.world, maker, id, '登记机构将更正');
    await decideApproval(stage.world, checker, approvalId, 'approve', '已核对');
    expect(await stage.seen(day(16))).toContain('MORE_THAN_APPLIED remind resolved');
  });

  test('what was voided and not sent again holds the next day up until two people let it pass', async () => {
    const run = await trade(17);
    expect(failureOf(run)?.code).toBe('DAY_NOT_ACCEPTED');
    // The registrar holds units of which we know nothing, and the bank collected and paid.
    const codes = new Set(await stage.seen(day(17)));
    expect(codes).toEqual(new Set(['CASH_BREAK approve open', 'UNITS_BREAK approve open']));
    expect(await stage.seen(day(16))).toContain('CONFIRMATION_OVERDUE approve open');
    // The check of answers in time is content: the order is on the list.
    expect((await violations(stage)).filter((line) => line.startsWith('M9'))).toEqual([]);
    await acceptAll(17);
    expect((await stage.run(day(17))).isComplete).toBe(true);
    // What two people let pass is followed up by one of them, and closed.
    const [accepted] = await stage.exceptionsOf(day(17));
    const followedUp = { kind: 'resolve', note: '已与登记机构核对' } as const;
    await actOnException(stage.world, maker, accepted?.exception_id ?? '', followedUp);
    expect((await stage.exceptionsOf(day(17)))[0]?.state).toBe('resolved');
  });

  test('the list has every reason in two languages and an owner', async () => {
    const rows = await stage.world.db.query<{ code: string; owner_role: string }>(
      'select distinct code, owner_role from clearing.exceptions order by code',
    );
    expect(rows.length).toBeGreaterThan(6);
    for (const { code, owner_role } of rows) {
      expect(Object.keys(exceptionTexts)).toContain(code);
      const [en, zh] = textsOf(code);
      expect(en).toMatch(/^[A-Z].*\.$/);
      expect(zh).toMatch(/\p{Script=Han}.*。$/u);
      expect(owner_role).toBe('operations');
    }
  });

  test('a closed day is closed', async () => {
    await expect(runDay(stage.world, actor, day(16))).rejects.toThrow('DAY_ALREADY_CLOSED');
    await expect(runDay(stage.world, actor, day(19))).rejects.toThrow('DAY_NOT_BEGUN');
    stage.world.clock.set(instantAtShanghai(day(19), '09:00:00.000'));
    await expect(runDay(stage.world, actor, day(19))).rejects.toThrow('DAY_NOT_NEXT');
  });
});
