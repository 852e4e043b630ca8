/** Settlement items: opened when money is decided, settled when it moves. */
import { amount, formatAmount, type LocalDate } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import type { Work } from '../../platform/work.ts';
import { loadCash } from './cash.ts';
import { refuseDuplicates } from './database-errors.ts';
import {
  recognitionEntry,
  settlementEntry,
  type SettlementItem,
  type SettlementKind,
} from './domain/settlements.ts';
import { post } from './ledger.ts';
import type { BatchOutcome, Refused } from './outcome.ts';

/**
 * Opens items and books their recognition (entries 'due:<itemId>'): a purchase takes the customer's
 * cash at once, so its hold is released before; a fee is the firm's own money. Do not post those
 * entries yourself.
 *
 * Refusals per item, in the order given: ASSET_ACCOUNT_NOT_FOUND, CASH_INSUFFICIENT (a purchase
 * that the customer's free cash does not cover). AppError SETTLEMENT_EXISTS, and nothing is
 * written, when an item id was used before. The caller audits the act.
 */
export async function openSettlements(
  work: Work,
  items: readonly SettlementItem[],
  businessDate: LocalDate,
): Promise<BatchOutcome<SettlementItem, SettlementItem>> {
  if (items.length === 0) return { done: [], refused: [] };
  const outcome = await decideItems(work.tx, items);
  await insertItems(work, outcome.done, businessDate);
  await post(
    work,
    outcome.done.map((item) => recognitionEntry(item, businessDate)),
  );
  return outcome;
}

async function decideItems(
  sql: Sql,
  items: readonly SettlementItem[],
): Promise<BatchOutcome<SettlementItem, SettlementItem>> {
  const touched = items.flatMap((item) => item.assetAccountNo ?? []);
  const buckets = [...new Set(items.map((item) => item.bucket))];
  const cash = await loadCash(sql, buckets, touched);
  const free = new Map([...cash].map(([no, fact]) => [no, fact.available as bigint]));
  const done: SettlementItem[] = [];
  const refused: Refused<SettlementItem>[] = [];
  for (const item of items) {
    if (item.assetAccountNo === undefined) {
      done.push(item);
      continue;
    }
    const { assetAccountNo } = item;
    const available = free.get(assetAccountNo);
    if (available === undefined) {
      refused.push({ item, code: 'ASSET_ACCOUNT_NOT_FOUND', details: { assetAccountNo } });
    } else if (item.kind === 'purchase' && available < item.amount) {
      const shown = {
        available: formatAmount(amount(available)),
        amount: formatAmount(item.amount),
      };
      refused.push({ item, code: 'CASH_INSUFFICIENT', details: { assetAccountNo, ...shown } });
    } else {
      if (item.kind === 'purchase') free.set(assetAccountNo, available - item.amount);
      done.push(item);
    }
  }
  return { done, refused };
}

async function insertItems(
  work: Work,
  items: readonly SettlementItem[],
  businessDate: LocalDate,
): Promise<void> {
  if (items.length === 0) return;
  await refuseDuplicates(
    'SETTLEMENT_EXISTS',
    { itemIds: items.map((item) => item.itemId) },
    work.tx.query(
      `insert into accounts.settlement_items (bucket, item_id, kind, asset_account_no, amount,
         due_date, state, ref, recognised_date)
       select bucket, item_id, kind, asset_account_no, amount, due_date, 'open', ref, $8::date
       from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::date[],
         $7::text[]) as t(bucket, item_id, kind, asset_account_no, amount, due_date, ref)`,
      [
        items.map((item) => item.bucket),
        items.map((item) => item.itemId),
        items.map((item) => item.kind),
        items.map((item) => item.assetAccountNo ?? null),
        items.map((item) => item.amount),
        items.map((item) => item.dueDate),
        items.map((item) => item.ref),
        businessDate,
      ],
    ),
  );
}

/**
 * Books the payment of every open item of these buckets that is due on or before the date (entries
 * 'settle:<itemId>') and returns the items. Running it again finds nothing left. `work` holds the
 * locks of the buckets; the caller audits the act.
 */
export async function settleDue(
  work: Work,
  date: LocalDate,
  buckets: readonly number[],
): Promise<SettlementItem[]> {
  const rows = await work.tx.query<ItemRow>(
    `update accounts.settlement_items set state = 'settled', settled_date = $2::date
     where bucket = any($1::int2[]) and state = 'open' and due_date <= $2::date
     returning bucket, item_id, kind, asset_account_no, amount, due_date, ref`,
    [buckets, date],
  );
  const items = rows.map(itemOf);
  await post(
    work,
    items.map((item) => settlementEntry(item, date)),
  );
  return items;
}

interface ItemRow {
  bucket: number;
  item_id: string;
  kind: SettlementKind;
  asset_account_no: string | null;
  amount: bigint;
  due_date: LocalDate;
  ref: string;
}

function itemOf(row: ItemRow): SettlementItem {
  return {
    bucket: row.bucket,
    itemId: row.item_id,
    kind: row.kind,
    assetAccountNo: row.asset_account_no ?? undefined,
    amount: amount(row.amount),
    dueDate: row.due_date,
    ref: row.ref,
  };
}
