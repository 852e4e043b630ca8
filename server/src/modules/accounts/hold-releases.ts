/** Giving back what was set aside: after a cancellation, or just before a confirmation is booked. */
import { type Amount, amount, AppError, assert, type Units, units } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import type { Work } from '../../platform/work.ts';
import { cashAccountCode } from './domain/chart.ts';
import { type HoldingKey, holdingKeyOf } from './domain/movements.ts';
import { holdingColumns } from './holdings.ts';

/** The hold to release, whole unless `amount` (fen, cash) or `units` says a part of it. */
export interface HoldRelease {
  readonly bucket: number;
  readonly ref: string;
  readonly amount?: Amount;
  readonly units?: Units;
}

/** What one release gave back; zero where the order held nothing of the kind. */
export interface ReleasedHold {
  readonly bucket: number;
  readonly ref: string;
  readonly amount: Amount;
  readonly units: Units;
}

interface OpenHold {
  readonly kind: 'cash' | 'units';
  readonly bucket: number;
  readonly ref: string;
  readonly open: bigint;
}

/**
 * Releases holds of cash and of units by reference and returns what came free. AppError
 * HOLD_NOT_OPEN, and nothing is written, when a reference has no open hold, is named twice, or a
 * part is larger than what is still held.
 */
export async function releaseHolds(
  work: Work,
  releases: readonly HoldRelease[],
): Promise<ReleasedHold[]> {
  if (releases.length === 0) return [];
  const holds = await loadOpenHolds(work.tx, releases);
  const open = new Map(holds.map((hold) => [`${hold.bucket}/${hold.ref}`, hold]));
  assert(open.size === holds.length, 'a reference holds cash or units, never both');
  const cash: ReleasedHold[] = [];
  const inUnits: ReleasedHold[] = [];
  const failed: string[] = [];
  for (const release of releases) {
    const key = `${release.bucket}/${release.ref}`;
    const hold = open.get(key);
    const part = hold?.kind === 'cash' ? release.amount : release.units;
    const freed = part ?? hold?.open ?? 0n;
    open.delete(key);
    if (hold === undefined || freed <= 0n || freed > hold.open) {
      failed.push(release.ref);
      continue;
    }
    const { bucket, ref } = hold;
    if (hold.kind === 'cash') cash.push({ bucket, ref, amount: amount(freed), units: units(0n) });
    else inUnits.push({ bucket, ref, amount: amount(0n), units: units(freed) });
  }
  if (failed.length > 0) throw new AppError('HOLD_NOT_OPEN', { refs: failed });
  await releaseCash(work, cash);
  await releaseUnits(work, inUnits);
  return [...cash, ...inUnits];
}

async function loadOpenHolds(sql: Sql, releases: readonly HoldRelease[]): Promise<OpenHold[]> {
  return await sql.query<{ kind: 'cash' | 'units'; bucket: number; ref: string; open: bigint }>(
    `select 'cash' as kind, h.bucket, h.ref, h.open_amount as open
     from unnest($1::int2[], $2::text[]) as t(bucket, ref)
     join accounts.cash_holds h on h.bucket = t.bucket and h.ref = t.ref
     where h.open_amount > 0
     union
     select 'units', h.bucket, h.ref, h.open_units
     from unnest($1::int2[], $2::text[]) as t(bucket, ref)
     join accounts.unit_holds h on h.bucket = t.bucket and h.ref = t.ref
     where h.open_units > 0`,
    [releases.map((release) => release.bucket), releases.map((release) => release.ref)],
  );
}

async function releaseCash(work: Work, released: readonly ReleasedHold[]): Promise<void> {
  if (released.length === 0) return;
  const columns = [
    released.map((hold) => hold.bucket),
    released.map((hold) => hold.ref),
    released.map((hold) => hold.amount),
  ];
  const rows = await work.tx.query<{ bucket: number; asset_account_no: string; freed: bigint }>(
    `update accounts.cash_holds h set open_amount = h.open_amount - t.amount,
       released_at = case when h.open_amount = t.amount then $4::timestamptz end
     from unnest($1::int2[], $2::text[], $3::int8[]) as t(bucket, ref, amount)
     where h.bucket = t.bucket and h.ref = t.ref
       and h.open_amount >= t.amount
     returning h.bucket, h.asset_account_no, t.amount as freed`,
    [...columns, work.now],
  );
  assert(rows.length === released.length, 'every open cash hold is released');
  const freed = new Map<string, { bucket: number; total: bigint }>();
  for (const row of rows) {
    const total = (freed.get(row.asset_account_no)?.total ?? 0n) + row.freed;
    freed.set(row.asset_account_no, { bucket: row.bucket, total });
  }
  const accounts = [...freed.values()];
  const changed = await work.tx.affected(
    `update accounts.cash_accounts a set frozen = a.frozen - t.amount
     from unnest($1::int2[], $2::text[], $3::int8[]) as t(bucket, account_code, amount)
     where a.bucket = t.bucket
       and a.account_code = t.account_code`,
    [
      accounts.map((account) => account.bucket),
      [...freed.keys()].map(cashAccountCode),
      accounts.map((account) => account.total),
    ],
  );
  assert(changed === accounts.length, 'every hold has its cash account');
}

async function releaseUnits(work: Work, released: readonly ReleasedHold[]): Promise<void> {
  if (released.length === 0) return;
  const rows = await work.tx.query<{
    bucket: number;
    trading_account_no: string;
    fund_code: string;
    share_class: string;
    freed: bigint;
  }>(
    `update accounts.unit_holds h set open_units = h.open_units - t.units,
       released_at = case when h.open_units = t.units then $4::timestamptz end
     from unnest($1::int2[], $2::text[], $3::int8[]) as t(bucket, ref, units)
     where h.bucket = t.bucket and h.ref = t.ref
       and h.open_units >= t.units
     returning h.bucket, h.trading_account_no, h.fund_code, h.share_class, t.units as freed`,
    [
      released.map((hold) => hold.bucket),
      released.map((hold) => hold.ref),
      released.map((hold) => hold.units),
      work.now,
    ],
  );
  assert(rows.length === released.length, 'every open unit hold is released');
  const freed = new Map<string, HoldingKey & { total: bigint }>();
  for (const row of rows) {
    const key = {
      bucket: row.bucket,
      tradingAccountNo: row.trading_account_no,
      fundCode: row.fund_code,
      shareClass: row.share_class,
    };
    const total = (freed.get(holdingKeyOf(key))?.total ?? 0n) + row.freed;
    freed.set(holdingKeyOf(key), { ...key, total });
  }
  const holdings = [...freed.values()];
  const changed = await work.tx.affected(
    `update accounts.holdings h set frozen = h.frozen - t.units
     from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::int8[])
       as t(bucket, trading_account_no, fund_code, share_class, units)
     where h.bucket = t.bucket
       and h.trading_account_no = t.trading_account_no and h.fund_code = t.fund_code
       and h.share_class = t.share_class`,
    [...holdingColumns(holdings), holdings.map((holding) => holding.total)],
  );
  assert(changed === holdings.length, 'every hold has its holding');
}
