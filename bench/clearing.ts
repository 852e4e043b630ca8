/** Import of file 04 against COPY, and booking of confirmations against the same rows by raw SQL. */
import { assert, instantAtShanghai, localDate } from '@cairn/kernel';
import { createRegistrarWorld } from '@cairn/registrar';
import { confirmWaiting, receivePackages, runDay } from '../server/src/modules/clearing/index.ts';
import { placeOrders } from '../server/src/modules/trading/index.ts';
import { systemActor } from '../server/src/platform/actor.ts';
import type { Db } from '../server/src/platform/db.ts';
import { scenarioOf } from '../server/src/app/sandbox/market.ts';
import { type Row, row, secondsOf } from './measure.ts';
import {
  cloneTables,
  type Columns,
  columnsFor,
  insertColumns,
  lockBuckets,
  moveHeads,
  rawName,
  readRows,
} from './replay.ts';
import {
  benchMarket,
  DAY,
  NEXT_DAY,
  purchaseOf,
  REGISTRAR,
  type Stage,
} from '../server/src/app/sandbox/order-stage.ts';

const actor = systemActor('bench');

/** Places orders, sends them and has the registrar answer: a package of confirmations to import. */
async function makeConfirmations(stage: Stage, count: number): Promise<void> {
  const { world } = stage;
  for (let at = 0; at < count; at += 500) {
    const orders = Array.from({ length: Math.min(500, count - at) }, (_, n) => {
      const investor = stage.investors[(at + n) % stage.investors.length];
      assert(investor !== undefined, 'the stage has investors');
      return purchaseOf(investor, `k-${at + n}`);
    });
    const results = await placeOrders(world, actor, orders);
    assert(
      results.every((one) => one.kind === 'decided' && one.receipt.outcome === 'accepted'),
      'every order of the bench is accepted',
    );
  }
  world.clock.set(instantAtShanghai(DAY, '15:30:00.000'));
  const registrar = createRegistrarWorld({
    scenario: scenarioOf(benchMarket, world.calendar, {
      from: DAY,
      to: localDate('2026-03-31'),
      distributorCode: world.exchange.distributorCode,
      interestRate: '0.003',
    }),
    stateDir: `${stage.folder}/registrar`,
    exchangeDir: world.exchange.folder,
  });
  await runDay(world, actor, DAY, { until: 'send' });
  registrar.playDay(DAY);
  await runDay(world, actor, DAY);
  world.clock.set(instantAtShanghai(NEXT_DAY, '15:30:00.000'));
  await runDay(world, actor, NEXT_DAY, { until: 'send' });
  registrar.playDay(NEXT_DAY);
}

async function confirmationRows(db: Db): Promise<unknown[][]> {
  const columns = await db.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = 'clearing.confirmations'::regclass and attnum > 0 and not attisdropped
     order by attnum`,
  );
  const names = columns.map((column) => column.name);
  const rows = await db.query<Record<string, unknown>>('select * from clearing.confirmations');
  return rows.map((one) => names.map((name) => one[name]));
}

const INSERTED = [
  ['trading.order_events', `order_id || '/' || to_state`],
  ['accounts.holding_movements', 'ref'],
  ['accounts.lots', 'lot_id'],
  ['accounts.settlement_items', 'ref'],
  ['accounts.postings', 'ref'],
  ['platform.outbox', `key || '/' || topic`],
] as const;

const STATE_TABLES = [
  'trading.orders',
  'accounts.cash_holds',
  'accounts.cash_accounts',
  'accounts.holdings',
  'clearing.confirmations',
  'platform.buckets',
] as const;

interface Booked {
  readonly orderIds: string[];
  readonly buckets: number[];
  readonly accounts: string[];
  readonly inserts: Columns[];
}

async function prepareBooked(db: Db, groupSize: number): Promise<Booked[]> {
  const orders = await db.query<{ order_id: string; bucket: number; asset_account_no: string }>(
    `select o.order_id, o.bucket, o.asset_account_no from clearing.confirmations c
     join trading.orders o on o.bucket = c.bucket and o.order_id = c.order_id
     where c.state = 'applied' order by o.bucket, o.order_id`,
  );
  const groups: Booked[] = [];
  for (let at = 0; at < orders.length; at += groupSize) {
    const group = orders.slice(at, at + groupSize);
    const ids = group.map((order) => order.order_id);
    const inserts: Columns[] = [];
    for (const [table, key] of INSERTED) {
      const keys = await keysFor(db, table, ids);
      inserts.push(await columnsFor(db, table, await readRows(db, table, key, keys), keys));
    }
    groups.push({
      orderIds: ids,
      buckets: group.map((order) => order.bucket),
      accounts: group.map((order) => order.asset_account_no),
      inserts,
    });
  }
  return groups;
}

async function keysFor(db: Db, table: string, ids: readonly string[]): Promise<string[]> {
  if (table === 'trading.order_events') return ids.map((id) => `${id}/confirmed`);
  if (table === 'platform.outbox') {
    const rows = await db.query<{ key: string }>(
      `select key || '/' || topic as key from platform.outbox
       where key = any($1::text[]) and topic <> 'trading.order-accepted'`,
      [ids],
    );
    return rows.map((one) => one.key);
  }
  if (table === 'accounts.lots') {
    const rows = await db.query<{ id: string }>(
      'select movement_id as id from accounts.holding_movements where ref = any($1::text[])',
      [ids],
    );
    return rows.map((one) => one.id);
  }
  return [...ids];
}

/** The plain updates of the state tables for a group of orders. */
const UPDATES = [
  `update ${rawName('trading.orders')} o set state = 'confirmed', version = version + 1,
     confirmed_amount = o.amount, confirmed_units = 8060, fee = 50, nav = 123450000
   from unnest($1::int2[], $2::text[]) as t(bucket, id) where o.bucket = t.bucket and o.order_id = t.id`,
  `update ${rawName('accounts.cash_holds')} h set open_amount = 0, released_at = now()
   from unnest($1::int2[], $2::text[]) as t(bucket, id) where h.bucket = t.bucket and h.ref = t.id`,
  `update ${rawName('clearing.confirmations')} c set state = 'applied'
   from unnest($1::int2[], $2::text[]) as t(bucket, id) where c.bucket = t.bucket and c.order_id = t.id`,
];
const BALANCES = `update ${rawName('accounts.cash_accounts')} c
   set balance = c.balance - t.amount, frozen = c.frozen - t.amount
   from (select bucket, account, count(*) * 10000 as amount
         from unnest($1::int2[], $2::text[]) as u(bucket, account) group by bucket, account) t
   where c.bucket = t.bucket and c.account_code = 'C:CASH:' || t.account`;
const HOUSE = `update ${rawName('accounts.cash_accounts')} c set balance = c.balance + 1
   where c.bucket = any($1::int2[]) and c.account_code in ('C:PURCHASE', 'F:FEE-DUE', 'F:FEE')`;
const HOLDINGS = `update ${rawName('accounts.holdings')} h set units = h.units + t.units,
     lot_count = h.lot_count + t.lots
   from (select bucket, account, count(*) * 8060 as units, count(*)::int4 as lots
         from unnest($1::int2[], $2::text[]) as u(bucket, account) group by bucket, account) t
   where h.bucket = t.bucket and h.customer_id = t.account`;

async function runRaw(db: Db, groups: readonly Booked[]): Promise<void> {
  for (const group of groups) {
    const buckets = [...new Set(group.buckets)];
    await db.tx(async (tx) => {
      await lockBuckets(tx, buckets);
      for (const update of UPDATES) await tx.query(update, [group.buckets, group.orderIds]);
      for (const columns of group.inserts) await insertColumns(tx, columns);
      await tx.query(BALANCES, [group.buckets, group.accounts]);
      await tx.query(HOUSE, [buckets]);
      await tx.query(HOLDINGS, [group.buckets, group.accounts]);
      await moveHeads(tx, buckets);
    });
  }
}

/** Measures import and booking of `count` confirmations. */
export async function benchClearing(stage: Stage, count: number): Promise<Row[]> {
  const { world } = stage;
  const { db } = world;
  await makeConfirmations(stage, count);
  const importSeconds = await secondsOf(async () => {
    const received = await receivePackages(world, actor, [REGISTRAR], NEXT_DAY);
    assert(received.imported >= 1 && received.refused === 0, 'the package is imported');
  });
  const rows = await confirmationRows(db);
  assert(rows.length === count, `${count} confirmations are imported, not ${rows.length}`);
  await cloneTables(db, [...INSERTED.map(([table]) => table), ...STATE_TABLES]);
  for (const table of STATE_TABLES) {
    if (table === 'clearing.confirmations') continue;
    await db.script(`insert into ${rawName(table)} select * from ${table}`);
  }
  const columnNames = await db.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = 'clearing.confirmations'::regclass and attnum > 0 and not attisdropped
     order by attnum`,
  );
  const copySeconds = await secondsOf(() =>
    db.tx((tx) =>
      tx.copyIn(
        rawName('clearing.confirmations'),
        columnNames.map((column) => column.name),
        rows,
      ),
    ),
  );
  await db.script('analyze');
  const confirmSeconds = await secondsOf(async () => {
    const counts = await confirmWaiting(world, actor, NEXT_DAY);
    assert(counts.exceptions === 0, `no exception: ${JSON.stringify(counts)}`);
    assert(counts.trades === count, `${count} confirmations are booked, not ${counts.trades}`);
  });
  const groups = await prepareBooked(db, 4_000);
  const rawSeconds = await secondsOf(() => runRaw(db, groups));
  return [
    row('file 04 imported (parse, check, rows)', count / importSeconds, count / copySeconds, 0, {
      records: count,
      floorIs: 'COPY of the rows',
    }),
    row('confirmations booked', count / confirmSeconds, count / rawSeconds, 0.5, {
      records: count,
    }),
  ];
}
