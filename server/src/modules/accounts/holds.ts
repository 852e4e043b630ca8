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
import { duplicateAs, findShortfall } from './database-errors.ts';
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
 * Sets cash aside: one guarded and deferred statement for the whole batch, which fails in the
 * database when it falls short. The work then fails with AppError, and nothing is written:
 * CASH_INSUFFICIENT when any account has less available than its holds of this batch,
 * ASSET_ACCOUNT_NOT_FOUND, HOLD_EXISTS when a reference was used before.
 */
export function freezeCash(work: Work, holds: readonly CashHold[]): void {
  if (holds.length === 0) return;
  const wanted = new Map<string, { hold: CashHold; total: bigint }>();
  for (const hold of holds) {
    assert(hold.amount > 0n, `hold ${hold.ref} is not above zero`);
    const total = (wanted.get(hold.assetAccountNo)?.total ?? 0n) + hold.amount;
    wanted.set(hold.assetAccountNo, { hold, total });
  }
  const accounts = [...wanted.values()];
  work.tx.defer(
    `with moved as (
       update accounts.cash_accounts a set frozen = a.frozen + t.amount
       from unnest($1::int2[], $2::text[], $3::int8[]) as t(bucket, asset_account_no, amount)
       where a.bucket = t.bucket and a.account_code = 'C:CASH:' || t.asset_account_no
         and a.balance - a.frozen >= t.amount
       returning a.bucket),
     held as (
       insert into accounts.cash_holds
         (bucket, ref, asset_account_no, amount, open_amount, held_at)
       select bucket, ref, asset_account_no, amount, amount, $8::timestamptz
       from unnest($4::int2[], $5::text[], $6::text[], $7::int8[])
         as t(bucket, ref, asset_account_no, amount))
     select accounts.expect_cash((select count(*) from moved), $1, $2, $3)`,
    [
      accounts.map(({ hold }) => hold.bucket),
      accounts.map(({ hold }) => hold.assetAccountNo),
      accounts.map(({ total }) => total),
      holds.map((hold) => hold.bucket),
      holds.map((hold) => hold.ref),
      holds.map((hold) => hold.assetAccountNo),
      holds.map((hold) => hold.amount),
      work.now,
    ],
    (error) => explainCash(error, holds),
  );
}

function explainCash(error: unknown, holds: readonly CashHold[]): unknown {
  const short = findShortfall(error);
  if (short === undefined) return duplicateAs(error, 'HOLD_EXISTS', { refs: holds.map(refOf) });
  const { assetAccountNo = '', available, amount: asked = '0' } = short;
  if (available === undefined) {
    return new AppError('ASSET_ACCOUNT_NOT_FOUND', { assetAccountNo }, { cause: error });
  }
  const details = {
    assetAccountNo,
    available: formatAmount(amount(BigInt(available))),
    amount: formatAmount(amount(BigInt(asked))),
  };
  return new AppError('CASH_INSUFFICIENT', details, { cause: error });
}

const refOf = (hold: { readonly ref: string }): string => hold.ref;

/**
 * Sets units aside, as `freezeCash` does cash. AppError, and nothing is written: UNITS_INSUFFICIENT,
 * HOLD_EXISTS.
 */
export function freezeUnits(work: Work, holds: readonly UnitHold[]): void {
  if (holds.length === 0) return;
  const wanted = new Map<string, { hold: UnitHold; total: bigint }>();
  for (const hold of holds) {
    assert(hold.units > 0n, `hold ${hold.ref} is not above zero`);
    const key = holdingKeyOf(hold);
    wanted.set(key, { hold, total: (wanted.get(key)?.total ?? 0n) + hold.units });
  }
  const holdings = [...wanted.values()];
  work.tx.defer(
    `with moved as (
       update accounts.holdings h set frozen = h.frozen + t.units
       from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::int8[])
         as t(bucket, trading_account_no, fund_code, share_class, units)
       where h.bucket = t.bucket and h.trading_account_no = t.trading_account_no
         and h.fund_code = t.fund_code and h.share_class = t.share_class
         and h.units - h.frozen >= t.units
       returning h.bucket),
     held as (
       insert into accounts.unit_holds (bucket, ref, trading_account_no, fund_code, share_class,
         units, open_units, held_at)
       select bucket, ref, trading_account_no, fund_code, share_class, units, units,
         $12::timestamptz
       from unnest($6::int2[], $7::text[], $8::text[], $9::text[], $10::text[], $11::int8[])
         as t(bucket, ref, trading_account_no, fund_code, share_class, units))
     select accounts.expect_units((select count(*) from moved), $1, $2, $3, $4, $5)`,
    [
      holdings.map(({ hold }) => hold.bucket),
      holdings.map(({ hold }) => hold.tradingAccountNo),
      holdings.map(({ hold }) => hold.fundCode),
      holdings.map(({ hold }) => hold.shareClass),
      holdings.map(({ total }) => total),
      holds.map((hold) => hold.bucket),
      holds.map((hold) => hold.ref),
      holds.map((hold) => hold.tradingAccountNo),
      holds.map((hold) => hold.fundCode),
      holds.map((hold) => hold.shareClass),
      holds.map((hold) => hold.units),
      work.now,
    ],
    (error) => explainUnits(error, holds),
  );
}

function explainUnits(error: unknown, holds: readonly UnitHold[]): unknown {
  const short = findShortfall(error);
  if (short === undefined) return duplicateAs(error, 'HOLD_EXISTS', { refs: holds.map(refOf) });
  const details = {
    tradingAccountNo: short.tradingAccountNo,
    fundCode: short.fundCode,
    available: formatUnits(units(BigInt(short.available ?? '0'))),
    units: formatUnits(units(BigInt(short.units ?? '0'))),
  };
  return new AppError('UNITS_INSUFFICIENT', details, { cause: error });
}
