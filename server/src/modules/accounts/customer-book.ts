/** Everything the books say about one customer's money and units, for figures over time. */
import { type Amount, amount, type LocalDate, negate, type Units, units } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import { loadAssetAccountsOf } from './asset-accounts.ts';
import { cashAccountCode } from './domain/chart.ts';
import type { EntryKind } from './domain/entries.ts';
import type { MovementKind } from './domain/movements.ts';
import type { SettlementKind } from './domain/settlements.ts';
import { loadTradingAccountsOf } from './trading-accounts.ts';

/** Cash of a customer that moved on a day: money in is positive, in fen. */
export interface CashFlow {
  readonly date: LocalDate;
  readonly kind: EntryKind;
  readonly amount: Amount;
}

/** Money that was decided on one day and moves on another. */
export interface DueFlow {
  readonly kind: SettlementKind;
  readonly amount: Amount;
  readonly ref: string;
  readonly recognisedDate: LocalDate;
  readonly dueDate: LocalDate;
  /** Absent while it has not moved. */
  readonly settledDate?: LocalDate;
}

/** Units that came or went on a confirm date; `amount` is what they cost or brought. */
export interface UnitFlow {
  readonly fundCode: string;
  readonly kind: MovementKind;
  readonly units: Units;
  readonly amount: Amount;
  readonly confirmDate: LocalDate;
  readonly ref: string;
}

/** One posting of a customer's cash. */
export interface CashPosting extends CashFlow {
  readonly ref: string;
}

/** The book of one customer. */
export interface CustomerBook {
  readonly cash: readonly CashFlow[];
  readonly dues: readonly DueFlow[];
  readonly units: readonly UnitFlow[];
}

/** Reads the whole book of one customer: cash by day and kind, dues, and every movement of units. */
export async function loadCustomerBook(
  sql: Sql,
  key: { readonly bucket: number; readonly customerId: string },
): Promise<CustomerBook> {
  const accounts = await loadAssetAccountsOf(sql, [key]);
  const numbers = accounts.map((account) => account.assetAccountNo);
  const trading = await loadTradingAccountsOf(sql, accounts);
  const [cash, dues, moved] = await Promise.all([
    loadCashFlows(sql, key.bucket, numbers),
    loadDues(sql, key.bucket, numbers),
    loadUnitFlows(
      sql,
      key.bucket,
      trading.map((account) => account.tradingAccountNo),
    ),
  ]);
  return { cash, dues, units: moved };
}

async function loadCashFlows(
  sql: Sql,
  bucket: number,
  assetAccountNos: readonly string[],
): Promise<CashFlow[]> {
  const rows = await sql.query<{ business_date: LocalDate; kind: EntryKind; amount: bigint }>(
    `select business_date, kind, sum(amount)::int8 as amount from accounts.postings
     where bucket = $1 and account_code = any($2::text[])
     group by business_date, kind order by business_date, kind`,
    [bucket, assetAccountNos.map(cashAccountCode)],
  );
  return rows.map((row) => ({
    date: row.business_date,
    kind: row.kind,
    amount: negate(amount(row.amount)),
  }));
}

/** Each posting of a customer's cash in a period, in the order of the books. */
export async function loadCashPostings(
  sql: Sql,
  key: { readonly bucket: number; readonly customerId: string },
  period: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<CashPosting[]> {
  const accounts = await loadAssetAccountsOf(sql, [key]);
  const rows = await sql.query<{
    business_date: LocalDate;
    kind: EntryKind;
    ref: string;
    amount: bigint;
  }>(
    `select business_date, kind, ref, amount from accounts.postings
     where bucket = $1 and account_code = any($2::text[]) and business_date between $3 and $4
     order by business_date, posted_at, entry_id, line`,
    [
      key.bucket,
      accounts.map((account) => cashAccountCode(account.assetAccountNo)),
      period.from,
      period.to,
    ],
  );
  return rows.map((row) => ({
    date: row.business_date,
    kind: row.kind,
    ref: row.ref,
    amount: negate(amount(row.amount)),
  }));
}

async function loadDues(
  sql: Sql,
  bucket: number,
  assetAccountNos: readonly string[],
): Promise<DueFlow[]> {
  const rows = await sql.query<{
    kind: SettlementKind;
    amount: bigint;
    ref: string;
    recognised_date: LocalDate;
    due_date: LocalDate;
    settled_date: LocalDate | null;
  }>(
    `select kind, amount, ref, recognised_date, due_date, settled_date
     from accounts.settlement_items where bucket = $1 and asset_account_no = any($2::text[])
     order by recognised_date, item_id`,
    [bucket, assetAccountNos],
  );
  return rows.map((row) => ({
    kind: row.kind,
    amount: amount(row.amount),
    ref: row.ref,
    recognisedDate: row.recognised_date,
    dueDate: row.due_date,
    ...(row.settled_date === null ? {} : { settledDate: row.settled_date }),
  }));
}

async function loadUnitFlows(
  sql: Sql,
  bucket: number,
  tradingAccountNos: readonly string[],
): Promise<UnitFlow[]> {
  const rows = await sql.query<{
    fund_code: string;
    kind: MovementKind;
    units: bigint;
    amount: bigint;
    confirm_date: LocalDate;
    ref: string;
  }>(
    `select fund_code, kind, units, amount, confirm_date, ref from accounts.holding_movements
     where bucket = $1 and trading_account_no = any($2::text[])
     order by confirm_date, movement_id`,
    [bucket, tradingAccountNos],
  );
  return rows.map((row) => ({
    fundCode: row.fund_code,
    kind: row.kind,
    units: units(row.units),
    amount: amount(row.amount),
    confirmDate: row.confirm_date,
    ref: row.ref,
  }));
}
