import { addDays } from '@cairn/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../platform/db.ts';
import {
  describeEachDb,
  openTestPglite,
  type TestDatabase,
  type TestWorld,
  testWorld,
} from '../../platform/testing.ts';
import { accountsChecks } from './checks.ts';
import {
  actor,
  failingChecks,
  type Holder,
  MONDAY,
  MONDAY_MORNING,
  movementOf,
  openHolder,
  share,
  workOn,
  yuan,
} from './fixture.ts';
import {
  applyMovements,
  freezeCash,
  freezeUnits,
  openSettlements,
  reverseEntries,
  settleDue,
  transferCash,
} from './index.ts';

// A book with something of everything: cash, holds, lots, settled and open items, a reversal.
async function keepBooks(world: TestWorld): Promise<Holder> {
  const holder = await openHolder(world, 'books', '10000.00');
  const { bucket, assetAccountNo } = holder;
  const [wrong] = await transferCash(world, actor, [
    {
      assetAccountNo,
      direction: 'in',
      amount: yuan('5'),
      clientTransferNo: 'WRONG',
      idempotencyKey: undefined,
    },
  ]);
  const entryId = `transfer:${wrong !== undefined && 'transfer' in wrong ? wrong.transfer.transferId : ''}`;
  await workOn(world, [holder], async (current) => {
    await reverseEntries(current, [{ bucket, entryId, ref: 'a', businessDate: MONDAY }]);
    const bought = { kind: 'purchase' as const, units: share('100'), amount: yuan('100') };
    await applyMovements(current, [
      movementOf(holder, 'S1', bought),
      movementOf(holder, 'S2', bought),
      movementOf(holder, 'S3', { kind: 'redemption', units: share('-150'), amount: yuan('160') }),
    ]);
    const items = [
      { itemId: 'buy', kind: 'purchase' as const, assetAccountNo, dueDate: MONDAY },
      { itemId: 'sell', kind: 'redemption' as const, assetAccountNo, dueDate: addDays(MONDAY, 3) },
      { itemId: 'fee', kind: 'fee' as const, assetAccountNo: undefined, dueDate: MONDAY },
    ].map((item) => ({ ...item, bucket, amount: yuan('160'), ref: 'o' }));
    await openSettlements(current, items, MONDAY);
    await settleDue(current, MONDAY, [bucket]);
    freezeCash(current, [{ bucket, ref: 'H1', assetAccountNo, amount: yuan('50') }]);
    freezeUnits(current, [{ ...movementOf(holder, '', bought), ref: 'H2', units: share('5') }]);
  });
  return holder;
}

const CASH = "kind = 'customerCash'";
const POSTING = `(bucket, entry_id, line, account_code, currency, amount, kind, ref, business_date,
  reverses, posted_at)`;
const DAY = `'2026-03-02', null, now()`;
// Each first takes away what would stop it, as only someone with the database in hand could.
const planted: [name: string, finds: string[], statements: string[]][] = [
  [
    'an entry a cent off',
    ['M1', 'M4', 'M5'],
    [
      'drop trigger entries_balance on accounts.postings',
      `insert into accounts.postings ${POSTING} values
        (0, 'bad', 1, 'C:BANK', 'CNY', 100, 'deposit', 'x', ${DAY}),
        (0, 'bad', 2, 'C:PURCHASE', 'CNY', -99, 'deposit', 'x', ${DAY})`,
      `update accounts.cash_accounts set balance = balance + 100
       where bucket = 0 and account_code = 'C:BANK'`,
    ],
  ],
  [
    'cash below what is frozen',
    ['M2', 'M3'],
    [
      'alter table accounts.cash_accounts drop constraint cash_never_overdrawn',
      `update accounts.cash_accounts set frozen = balance + 1 where ${CASH}`,
    ],
  ],
  [
    'a frozen cent without a hold',
    ['M3'],
    [`update accounts.cash_accounts set frozen = frozen + 1 where ${CASH}`],
  ],
  [
    'a hold that nobody froze',
    ['M3'],
    [
      `insert into accounts.cash_holds (bucket, ref, asset_account_no, amount, open_amount, held_at)
       values (0, 'ghost', '00GHOST0000000', 1, 1, now())`,
    ],
  ],
  [
    'a balance changed by hand, both sides',
    ['M4'],
    [
      `update accounts.cash_accounts set balance = balance + 1
       where ${CASH} or (account_code = 'C:BANK'
         and bucket in (select bucket from accounts.cash_accounts where ${CASH}))`,
    ],
  ],
  [
    'a posting to an account that is not there',
    ['M4'],
    [
      `insert into accounts.postings ${POSTING} values
        (0, 'bad', 1, 'C:NOWHERE', 'CNY', 100, 'deposit', 'x', ${DAY}),
        (0, 'bad', 2, 'C:NOWHERE2', 'CNY', -100, 'deposit', 'x', ${DAY})`,
    ],
  ],
  [
    'customer money in the firm purse',
    ['M5'],
    [
      'drop trigger entries_balance on accounts.postings',
      `insert into accounts.postings ${POSTING} values
        (0, 'bad', 1, 'F:BANK', 'CNY', 100, 'deposit', 'x', ${DAY}),
        (0, 'bad', 2, 'C:BANK', 'CNY', -100, 'deposit', 'x', ${DAY})`,
      `update accounts.cash_accounts
       set balance = balance + case account_code when 'F:BANK' then 100 else -100 end
       where bucket = 0 and account_code in ('F:BANK', 'C:BANK')`,
    ],
  ],
  ['a journal that can be edited', ['M6'], ['drop trigger append_only on accounts.postings']],
  [
    'a seal that is switched off',
    ['M6'],
    ['alter table accounts.holding_movements disable trigger append_only'],
  ],
  [
    'a transfer reversed twice',
    ['M4', 'M6'],
    [
      'drop index accounts.postings_reversed_once',
      `insert into accounts.postings
       select bucket, entry_id || ':again', line, account_code, currency, amount, kind, ref,
         business_date, reverses, posted_at from accounts.postings where reverses is not null`,
    ],
  ],
  [
    'a reversal of another amount',
    ['M4', 'M6'],
    [
      'drop trigger append_only on accounts.postings',
      'update accounts.postings set amount = 2 * amount where reverses is not null',
      `create trigger append_only before update or delete or truncate on accounts.postings
       for each statement execute function platform.refuse_change()`,
    ],
  ],
  [
    'money in transit without an item',
    ['M9'],
    [`delete from accounts.settlement_items where state = 'open'`],
  ],
  [
    'an item past its day',
    ['M9'],
    [`update accounts.settlement_items set due_date = '2026-02-27' where state = 'open'`],
  ],
  [
    'units that nobody confirmed',
    ['SH1', 'SH5'],
    ['update accounts.holdings set units = units + 1'],
  ],
  [
    'more frozen than held',
    ['SH2'],
    [
      'alter table accounts.holdings drop constraint units_never_oversold',
      'update accounts.holdings set frozen = units + 1',
    ],
  ],
  ['frozen units without a hold', ['SH2'], ['update accounts.holdings set frozen = frozen + 1']],
  [
    'one confirmation applied twice',
    ['SH1', 'SH3', 'SH5'],
    [
      'drop index accounts.holding_movements_confirmation',
      `insert into accounts.holding_movements
       select bucket, movement_id || ':again', trading_account_no, fund_code, share_class, units,
         kind, amount, cost_amount, registrar_code, ta_serial, business_code, confirm_date, ref,
         posted_at from accounts.holding_movements where ta_serial = 'S1'`,
    ],
  ],
  [
    'the later lot taken first',
    ['SH5'],
    [`update accounts.lots set units_left = case sequence when 1 then 5000 else 0 end`],
  ],
  [
    'units that left at another cost than theirs',
    ['M7'],
    [
      'alter table accounts.holding_movements disable trigger append_only',
      'update accounts.holding_movements set cost_amount = cost_amount + 1 where units < 0',
      'alter table accounts.holding_movements enable trigger append_only',
    ],
  ],
  [
    'a lot with another cost',
    ['M7', 'SH5'],
    ['update accounts.lots set cost_amount = cost_amount + 1'],
  ],
];

describeEachDb('the checks of accounts', (opened) => {
  let world: TestWorld;
  beforeAll(async () => {
    world = testWorld(opened().db, MONDAY_MORNING);
    await keepBooks(world);
  });

  test('sound books pass every check', async () => {
    expect(await failingChecks(world.db, world)).toEqual([]);
  });

  test.each(planted)('%s is caught', async (_, finds, statements) => {
    const found = await plant(world.db, world, statements);
    expect(found).toEqual(finds);
    expect(await failingChecks(world.db, world)).toEqual([]);
  });

  test('every check is caught at something', () => {
    const caught = new Set(planted.flatMap(([, finds]) => finds));
    expect(new Set(accountsChecks.map((check) => check.id))).toEqual(caught);
  });
});

class Unplanted extends Error {}

// Plants in a transaction that is rolled back, so that the next plant starts from sound books.
async function plant(db: Db, world: TestWorld, statements: readonly string[]): Promise<string[]> {
  let found: string[] = [];
  const run = db.tx(async (tx) => {
    for (const statement of statements) await tx.query(statement);
    found = await failingChecks(tx, world);
    throw new Unplanted();
  });
  await expect(run).rejects.toBeInstanceOf(Unplanted);
  return found;
}

describe('what the database itself refuses', () => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestPglite();
    await keepBooks(testWorld(opened.db, MONDAY_MORNING));
  });
  afterAll(() => opened.drop());

  const insert = (lines: string) => `insert into accounts.postings ${POSTING} values ${lines}`;
  test.each([
    [
      'an unbalanced entry',
      insert(`(0, 'x', 1, 'C:BANK', 'CNY', 1, 'deposit', 'x', ${DAY})`),
      'CA002',
    ],
    [
      'customer and firm money in one entry',
      insert(`(0, 'x', 1, 'C:BANK', 'CNY', 1, 'deposit', 'x', ${DAY}),
              (0, 'x', 2, 'F:BANK', 'CNY', -1, 'deposit', 'x', ${DAY})`),
      'CA002',
    ],
    [
      'an entry that begins at line two',
      insert(`(0, 'x', 2, 'C:BANK', 'CNY', 1, 'deposit', 'x', ${DAY}),
              (0, 'x', 3, 'C:PURCHASE', 'CNY', -1, 'deposit', 'x', ${DAY})`),
      'CA002',
    ],
    ['an edited posting', 'update accounts.postings set amount = 1', 'CA001'],
    ['a deleted posting', 'delete from accounts.postings', 'CA001'],
    ['an emptied journal', 'truncate accounts.postings', 'CA001'],
    ['an edited movement', 'update accounts.holding_movements set units = 1', 'CA001'],
    ['an edited account event', 'delete from accounts.account_events', 'CA001'],
    ['overdrawn cash', `update accounts.cash_accounts set balance = -1 where ${CASH}`, '23514'],
    [
      'a balance beyond the range',
      `update accounts.cash_accounts set balance = 100000000000000000 where ${CASH}`,
      '23514',
    ],
    ['oversold units', 'update accounts.holdings set units = frozen - 1', '23514'],
    [
      'a lot with more left than it had',
      'update accounts.lots set units_left = units_original + 1',
      '23514',
    ],
  ])('%s', async (_, statement, code) => {
    await expect(opened.db.query(statement)).rejects.toMatchObject({ code });
  });
});
