/** Cash and units set aside for orders. What is frozen is always the sum of open holds (M3, SH2). */
import {
  type Amount,
  amount,
  AppError,
  assert,
  formatAmount,
  formatUnits,
  type Units,
  units,
} from '@cairn/kernel';
import type { Work } from '../../platform/work.ts';
import { refuseDuplicates } from './database-errors.ts';
import { type HoldingKey, holdingKeyOf } from './domain/movements.ts';

/** Cash to set aside under a reference of its own, such as an order id. In fen, above zero. */
export interface CashHold {
  readonly bucket: number;
  readonly ref: string;
  readonly assetAccountNo: string;
  readonly amount: Amount;
}

/** Units to set aside under a reference of its own; above zero. */
export interface UnitHold extends HoldingKey {
  readonly ref: string;
  readonly units: Units;
}

/**
 * Sets cash aside: one guarded update and one insert for the whole batch. AppError, and nothing is
 * written: CASH_INSUFFICIENT when any account has less available than its holds of this batch,
 * HOLD_EXISTS when a reference was used before.
 */
export async function freezeCash(work: Work, holds: readonly CashHold[]): Promise<void> {
  if (holds.length === 0) return;
  const wanted = new Map<string, { hold: CashHold; total: bigint }>();
  for (const hold of holds) {
    assert(hold.amount > 0n, `hold ${hold.ref} is not above zero`);
    const total = (wanted.get(hold.assetAccountNo)?.total ?? 0n) + hold.amount;
    wanted.set(hold.assetAccountNo, { hold, total });
  }
  const accounts = [...wanted.values()];
  // Sent together: a shortfall takes the inserted holds back with the rest of the work.
  const update = work.tx.query<{ asset_account_no: string }>(
    `update accounts.cash_accounts a set frozen = a.frozen + t.amount
     from unnest($1::int2[], $2::text[], $3::int8[]) as t(bucket, asset_account_no, amount)
     where a.bucket = t.bucket and a.account_code = 'C:CASH:' || t.asset_account_no
       and a.balance - a.frozen >= t.amount
     returning a.asset_account_no`,
    [
      accounts.map(({ hold }) => hold.bucket),
      accounts.map(({ hold }) => hold.assetAccountNo),
      accounts.map(({ total }) => total),
    ],
  );
  const [frozen] = await Promise.all([update, insertCashHolds(work, holds)]);
  if (frozen.length !== accounts.length) {
    const done = new Set(frozen.map((row) => row.asset_account_no));
    await explainCashShortfall(
      work,
      accounts.filter((a) => !done.has(a.hold.assetAccountNo)),
    );
  }
}

async function explainCashShortfall(
  work: Work,
  short: readonly { hold: CashHold; total: bigint }[],
): Promise<never> {
  const first = short[0];
  assert(first !== undefined, 'a shortfall has an account');
  const rows = await work.tx.query<{ free: bigint }>(
    `select balance - frozen as free from accounts.cash_accounts
     where bucket = $1 and account_code = 'C:CASH:' || $2`,
    [first.hold.bucket, first.hold.assetAccountNo],
  );
  const { assetAccountNo } = first.hold;
  const free = rows[0]?.free;
  if (free === undefined) throw new AppError('ASSET_ACCOUNT_NOT_FOUND', { assetAccountNo });
  throw new AppError('CASH_INSUFFICIENT', {
    assetAccountNo,
    available: formatAmount(amount(free)),
    amount: formatAmount(amount(first.total)),
  });
}

async function insertCashHolds(work: Work, holds: readonly CashHold[]): Promise<void> {
  await refuseDuplicates(
    'HOLD_EXISTS',
    { refs: holds.map((hold) => hold.ref) },
    work.tx.query(
      `insert into accounts.cash_holds
         (bucket, ref, asset_account_no, amount, open_amount, held_at)
       select bucket, ref, asset_account_no, amount, amount, $5::timestamptz
       from unnest($1::int2[], $2::text[], $3::text[], $4::int8[])
         as t(bucket, ref, asset_account_no, amount)`,
      [
        holds.map((hold) => hold.bucket),
        holds.map((hold) => hold.ref),
        holds.map((hold) => hold.assetAccountNo),
        holds.map((hold) => hold.amount),
        work.now,
      ],
    ),
  );
}

/**
 * Sets units aside, as `freezeCash` does cash. AppError, and nothing is written: UNITS_INSUFFICIENT,
 * HOLD_EXISTS.
 */
export async function freezeUnits(work: Work, holds: readonly UnitHold[]): Promise<void> {
  if (holds.length === 0) return;
  const wanted = new Map<string, { hold: UnitHold; total: bigint }>();
  for (const hold of holds) {
    assert(hold.units > 0n, `hold ${hold.ref} is not above zero`);
    const key = holdingKeyOf(hold);
    wanted.set(key, { hold, total: (wanted.get(key)?.total ?? 0n) + hold.units });
  }
  const holdings = [...wanted.values()];
  const update = work.tx.query<{
    bucket: number;
    trading_account_no: string;
    fund_code: string;
    share_class: string;
  }>(
    `update accounts.holdings h set frozen = h.frozen + t.units
     from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::int8[])
       as t(bucket, trading_account_no, fund_code, share_class, units)
     where h.bucket = t.bucket and h.trading_account_no = t.trading_account_no
       and h.fund_code = t.fund_code and h.share_class = t.share_class
       and h.units - h.frozen >= t.units
     returning h.bucket, h.trading_account_no, h.fund_code, h.share_class`,
    [
      holdings.map(({ hold }) => hold.bucket),
      holdings.map(({ hold }) => hold.tradingAccountNo),
      holdings.map(({ hold }) => hold.fundCode),
      holdings.map(({ hold }) => hold.shareClass),
      holdings.map(({ total }) => total),
    ],
  );
  const [frozen] = await Promise.all([update, insertUnitHolds(work, holds)]);
  if (frozen.length !== holdings.length) {
    const done = new Set(
      frozen.map((row) =>
        holdingKeyOf({
          bucket: row.bucket,
          tradingAccountNo: row.trading_account_no,
          fundCode: row.fund_code,
          shareClass: row.share_class,
        }),
      ),
    );
    await explainUnitShortfall(
      work,
      holdings.filter((h) => !done.has(holdingKeyOf(h.hold))),
    );
  }
}

async function explainUnitShortfall(
  work: Work,
  short: readonly { hold: UnitHold; total: bigint }[],
): Promise<never> {
  const first = short[0];
  assert(first !== undefined, 'a shortfall has a holding');
  const { bucket, tradingAccountNo, fundCode, shareClass } = first.hold;
  const rows = await work.tx.query<{ free: bigint }>(
    `select units - frozen as free from accounts.holdings
     where bucket = $1 and trading_account_no = $2 and fund_code = $3 and share_class = $4`,
    [bucket, tradingAccountNo, fundCode, shareClass],
  );
  throw new AppError('UNITS_INSUFFICIENT', {
    tradingAccountNo,
    fundCode,
    available: formatUnits(units(rows[0]?.free ?? 0n)),
    units: formatUnits(units(first.total)),
  });
}

async function insertUnitHolds(work: Work, holds: readonly UnitHold[]): Promise<void> {
  await refuseDuplicates(
    'HOLD_EXISTS',
    { refs: holds.map((hold) => hold.ref) },
    work.tx.query(
      `insert into accounts.unit_holds (bucket, ref, trading_account_no, fund_code, share_class,
         units, open_units, held_at)
       select bucket, ref, trading_account_no, fund_code, share_class, units, units,
         $7::timestamptz
       from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int8[])
         as t(bucket, ref, trading_account_no, fund_code, share_class, units)`,
      [
        holds.map((hold) => hold.bucket),
        holds.map((hold) => hold.ref),
        holds.map((hold) => hold.tradingAccountNo),
        holds.map((hold) => hold.fundCode),
        holds.map((hold) => hold.shareClass),
        holds.map((hold) => hold.units),
        work.now,
      ],
    ),
  );
}
