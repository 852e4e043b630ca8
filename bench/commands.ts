/** Command-level acceptance: placeOrders in batches by lane, against the same rows by raw SQL. */
import { assert } from '@cairn/kernel';
import { placeOrders, orderIdFor, type PlaceOrder } from '../server/src/modules/trading/index.ts';
import { systemActor } from '../server/src/platform/actor.ts';
import { bucketOf } from '@cairn/kernel/ids';
import type { Db } from '../server/src/platform/db.ts';
import { median, type Row, row, secondsOf } from './measure.ts';
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
import { purchaseOf, type Stage } from '../server/src/app/sandbox/order-stage.ts';

const TABLES = [
  ['trading.orders', 'order_id'],
  ['trading.order_events', 'order_id'],
  ['suitability.evidence', 'order_id'],
  ['accounts.cash_holds', 'ref'],
  ['platform.audit', `substr(subject, 7)`],
  ['platform.outbox', 'key'],
] as const;

const LANES = 4;

/** Deals orders to lanes by bucket and cuts each lane into batches. */
export function batchesByLane(orders: readonly PlaceOrder[], size: number): PlaceOrder[][][] {
  const lanes: PlaceOrder[][] = Array.from({ length: LANES }, () => []);
  for (const order of orders) lanes[bucketOf(order.customerId) % LANES]?.push(order);
  return lanes.map((lane) => {
    const batches: PlaceOrder[][] = [];
    for (let at = 0; at < lane.length; at += size) batches.push(lane.slice(at, at + size));
    return batches;
  });
}

/** Places all batches, lane by lane at once; one that is not accepted is a bug. */
export async function runOurs(stage: Stage, lanes: readonly PlaceOrder[][][]): Promise<void> {
  const actor = systemActor('bench');
  await Promise.all(
    lanes.map(async (batches) => {
      for (const batch of batches) {
        const results = await placeOrders(stage.world, actor, batch);
        for (const result of results) {
          assert(
            result.kind === 'decided' && result.receipt.outcome === 'accepted',
            `every order of the bench is accepted: ${JSON.stringify(result)}`,
          );
        }
      }
    }),
  );
}

interface RawBatch {
  readonly buckets: number[];
  readonly inserts: Columns[];
  readonly frozen: { buckets: number[]; accounts: string[]; amounts: bigint[] };
}

const idOf = (order: PlaceOrder): string =>
  orderIdFor(bucketOf(order.customerId), order.customerId, order.clientOrderNo);

async function prepareRaw(
  db: Db,
  stage: Stage,
  lanes: readonly PlaceOrder[][][],
): Promise<RawBatch[][]> {
  const ids = lanes.flat(2).map(idOf);
  const rows = new Map<string, Map<string, unknown[]>>();
  for (const [table, key] of TABLES) rows.set(table, await readRows(db, table, key, ids));
  const accounts = new Map(stage.investors.map((i) => [i.customerId, i.assetAccountNo]));
  const prepared: RawBatch[][] = [];
  for (const lane of lanes) {
    const batches: RawBatch[] = [];
    for (const batch of lane) {
      const inserts: Columns[] = [];
      for (const [table] of TABLES) {
        const found = rows.get(table) ?? new Map<string, unknown[]>();
        inserts.push(await columnsFor(db, table, found, batch.map(idOf)));
      }
      batches.push({
        buckets: [...new Set(batch.map((order) => bucketOf(order.customerId)))],
        inserts,
        frozen: {
          buckets: batch.map((order) => bucketOf(order.customerId)),
          accounts: batch.map((order) => accounts.get(order.customerId) ?? ''),
          amounts: batch.map((order) => ('amount' in order ? order.amount : 0n)),
        },
      });
    }
    prepared.push(batches);
  }
  return prepared;
}

async function runRaw(db: Db, lanes: readonly RawBatch[][]): Promise<void> {
  await Promise.all(
    lanes.map(async (batches) => {
      for (const batch of batches) {
        await db.tx(async (tx) => {
          await lockBuckets(tx, batch.buckets);
          for (const columns of batch.inserts) await insertColumns(tx, columns);
          await tx.query(
            `update ${rawName('accounts.cash_accounts')} c set frozen = c.frozen + t.amount
             from (select bucket, account, sum(amount)::int8 as amount
                   from unnest($1::int2[], $2::text[], $3::int8[]) as u(bucket, account, amount)
                   group by bucket, account) t
             where c.bucket = t.bucket and c.account_code = 'C:CASH:' || t.account`,
            [batch.frozen.buckets, batch.frozen.accounts, batch.frozen.amounts],
          );
          await moveHeads(tx, batch.buckets);
        });
      }
    }),
  );
}

async function resetRaw(db: Db): Promise<void> {
  await cloneTables(db, [
    ...TABLES.map(([table]) => table),
    'accounts.cash_accounts',
    'platform.buckets',
  ]);
  await db.script(`insert into ${rawName('platform.buckets')} select * from platform.buckets;
    insert into ${rawName('accounts.cash_accounts')} select * from accounts.cash_accounts;
    analyze ${rawName('accounts.cash_accounts')}; analyze ${rawName('platform.buckets')};`);
}

/** Measures batches of `size`, `rounds` times, ours and raw in turn. */
export async function benchCommands(
  stage: Stage,
  size: number,
  orderCount: number,
  rounds: number,
): Promise<Row> {
  const { db } = stage.world;
  const ours: number[] = [];
  const raw: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const orders = Array.from({ length: orderCount }, (_, n) => {
      const investor = stage.investors[n % stage.investors.length];
      assert(investor !== undefined, 'the stage has investors');
      return purchaseOf(investor, `c${size}-${round}-${n}`);
    });
    const lanes = batchesByLane(orders, size);
    ours.push(orderCount / (await secondsOf(() => runOurs(stage, lanes))));
    const prepared = await prepareRaw(db, stage, lanes);
    await resetRaw(db);
    raw.push(orderCount / (await secondsOf(() => runRaw(db, prepared))));
  }
  const what = `command-level acceptance, batches of ${size}`;
  return row(what, median(ours), median(raw), 0.5, { orders: orderCount, rounds, lanes: LANES });
}
