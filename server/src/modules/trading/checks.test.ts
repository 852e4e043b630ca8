import { beforeAll, expect, test } from 'vitest';
import type { Tx } from '../../platform/db.ts';
import { describeEachDb, type TestWorld, testWorld } from '../../platform/testing.ts';
import {
  failingChecks,
  giveUnits,
  maker,
  openBroker,
  openTraders,
  purchase,
  redemption,
  system,
  TUESDAY,
  TUESDAY_MORNING,
} from './fixture.ts';
import { transitions } from './domain/states.ts';
import { openFundAccounts, placeOrders, recordCutOff } from './index.ts';

const UNDO = 'undone';

/** A further version of a fund's parameters that closes at nine, recorded at an instant. */
const earlierCutOff = (recordedAt: string): string =>
  `insert into products.fund_parameters
   select (jsonb_populate_record(p, jsonb_build_object('version', 99,
     'effective_date', '2026-03-03', 'cut_off', '09:00:00.000', 'recorded_at', '${recordedAt}'))).*
   from products.fund_parameters p where p.fund_code = '000001' and p.version = 1`;

describeEachDb('checks of trading', (opened) => {
  let world: TestWorld;

  beforeAll(async () => {
    world = testWorld(opened().db, TUESDAY_MORNING);
    await openBroker(world);
    const [one, two] = await openTraders(world, [1, 2]);
    if (one === undefined || two === undefined) throw new Error('traders open');
    await giveUnits(world, one, '000001', '100');
    await placeOrders(world, maker, [
      purchase(one, 'A', '1000'),
      redemption(one, 'B', '50'),
      purchase(two, 'C', '99999999'),
    ]);
    await openFundAccounts(world, maker, [{ ...two, registrarCode: '02' }]);
    await recordCutOff(world, system, TUESDAY);
    // Further off than the clocks of two servers may be.
    world.clock.advanceMs(2_000);
    await placeOrders(world, maker, [purchase(two, 'D', '1000')]);
  });

  /** What the checks find when facts are tampered with; the tampering is rolled back. */
  const found = async (...statements: readonly string[]): Promise<string[]> => {
    let ids: string[] = [];
    const tamper = async (tx: Tx) => {
      for (const table of [
        'trading.orders',
        'trading.order_events',
        'trading.cut_offs',
        'platform.audit',
      ]) {
        await tx.query(`alter table ${table} disable trigger user`);
      }
      for (const statement of statements) {
        expect(await tx.affected(statement)).toBeGreaterThan(0);
      }
      ids = (await failingChecks(tx, world)).map((failing) => failing.id);
      throw new Error(UNDO);
    };
    await expect(world.db.tx(tamper)).rejects.toThrow(UNDO);
    return ids;
  };

  test('an untouched book passes all of them', async () => {
    expect(await failingChecks(world.db, world)).toEqual([]);
  });

  test.each([
    [
      'a state without its event',
      `update trading.orders set state = 'cancelled', version = 2 where client_order_no = 'A'`,
      ['O1', 'M3-orders'],
    ],
    [
      'an illegal step',
      `update trading.order_events set to_state = 'confirmed' where seq = 1 and order_id =
         (select order_id from trading.orders where client_order_no = 'A')`,
      ['O1'],
    ],
    [
      'a missing event',
      `delete from trading.order_events where order_id =
         (select order_id from trading.orders where client_order_no = 'C')`,
      ['O1'],
    ],
    [
      'an event of nobody',
      `insert into trading.order_events (bucket, order_id, seq, from_state, to_state, at)
       values (1, 'nobody', 1, 'new', 'accepted', now())`,
      ['O1'],
    ],
    [
      'an order whose event was not told',
      `delete from platform.outbox where key =
         (select order_id from trading.orders where client_order_no = 'A')`,
      ['E1'],
    ],
    [
      'an event of an order that was refused',
      `update platform.outbox set key = 'nobody' where key =
         (select order_id from trading.orders where client_order_no = 'A')`,
      ['E1'],
    ],
    [
      'an order that the audit does not know',
      `update platform.audit set subject = 'order:nobody' where subject =
         (select 'order:' || order_id from trading.orders where client_order_no = 'C')`,
      ['A1'],
    ],
    [
      'more confirmed than applied',
      `update trading.orders set confirmed_units = units + 1 where client_order_no = 'B'`,
      ['O2', 'M3-orders'],
    ],
    [
      'money confirmed on a refused order',
      `update trading.orders set confirmed_amount = 1 where client_order_no = 'C'`,
      ['O2'],
    ],
    [
      'another client order number',
      `update trading.orders set client_order_no = 'Z' where client_order_no = 'A'`,
      ['O4'],
    ],
    [
      'another trade date',
      `update trading.orders set trade_date = trade_date + 1 where client_order_no = 'A'`,
      ['O5'],
    ],
    [
      'an instant on the other side of the cut-off',
      `update trading.orders set accepted_at = '2026-03-03T07:00:00.000Z'
       where client_order_no = 'B'`,
      ['O5'],
    ],
    [
      'a day that takes orders after its cut-off',
      `update trading.orders set trade_date = '2026-03-03', after_cut_off_date = null
       where client_order_no = 'D'`,
      ['O5'],
    ],
    ['a cut-off that never was', `delete from trading.cut_offs`, ['O5']],
    [
      'an order after a cut-off of its fund that was known',
      earlierCutOff('2026-03-02T00:00:00.000Z'),
      ['O5'],
    ],
    [
      'a cut-off of a fund that was recorded after its orders: nothing to find',
      earlierCutOff('2026-03-03T09:00:00.000Z'),
      [],
    ],
    [
      'an application of another day',
      `update trading.account_applications set trade_date = trade_date + 1, version = version + 1,
         state = 'sent'`,
      ['O1', 'O5'],
    ],
    [
      'a hold that is gone',
      `update accounts.cash_holds set open_amount = 0, released_at = now()`,
      ['M3-orders'],
    ],
    [
      'a hold that is too large',
      `update accounts.unit_holds set units = units + 1, open_units = open_units + 1`,
      ['M3-orders'],
    ],
    [
      'a hold of nobody',
      `insert into accounts.cash_holds (bucket, ref, asset_account_no, amount, open_amount, held_at)
       values (1, 'nobody', 'none', 1, 1, now())`,
      ['M3-orders'],
    ],
    [
      'an order on the account of another customer',
      `update trading.orders o set trading_account_no = t.trading_account_no
       from accounts.trading_accounts t
       where o.client_order_no = 'A' and t.customer_id <> o.customer_id`,
      ['A4'],
    ],
    [
      'an order on an account that is nowhere',
      `update trading.orders set asset_account_no = 'none' where client_order_no = 'A'`,
      ['A4'],
    ],
    [
      'an order with an outdated level',
      `with p as (select max(version) as version from suitability.profile_versions)
       insert into suitability.profile_versions (bucket, customer_id, version, level, lowest, term,
         varieties, investor_class, valid_until, from_at, assessment_id)
       select bucket, customer_id, version + 1, 1, lowest, term, varieties, investor_class,
         valid_until, '2026-03-03T01:00:00.000Z', assessment_id
       from suitability.profile_versions`,
      ['O6'],
    ],
  ])('%s is found', async (_, statement, expected) => {
    expect(await found(statement)).toEqual(expected);
  });

  test('the database itself refuses illegal steps and changes of what was asked', async () => {
    const change = (text: string) => world.db.query(text);
    const of = `where client_order_no = 'A'`;
    await expect(
      change(`update trading.orders set state = 'confirmed', version = version + 1 ${of}`),
    ).rejects.toMatchObject({ code: 'CA002' });
    await expect(
      change(`update trading.orders set state = 'sent', version = version + 1, amount = 1 ${of}`),
    ).rejects.toMatchObject({ code: 'CA002' });
    await expect(
      change(`update trading.orders set state = 'accepted', version = version + 1
              where client_order_no = 'C'`),
    ).rejects.toMatchObject({ code: 'CA002' });
    await expect(change(`delete from trading.orders ${of}`)).rejects.toMatchObject({
      code: 'CA001',
    });
    await expect(change(`delete from trading.order_events`)).rejects.toMatchObject({
      code: 'CA001',
    });
  });

  test('the transitions in the database are those of the program', async () => {
    const rows = await world.db.query<{ step: string }>(
      `select business_code || ' ' || from_state || ' ' || to_state as step
       from trading.order_transitions order by 1`,
    );
    expect(rows.map((row) => row.step)).toEqual(
      transitions.map((one) => `${one.code} ${one.from} ${one.to}`).sort(),
    );
  });
});
