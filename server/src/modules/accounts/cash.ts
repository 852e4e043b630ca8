/** Cash as decisions load it. */
import { type Amount, amount } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import type { AssetAccountStatus } from './domain/account-states.ts';

/** A customer's cash with the state of its account; amounts in fen. */
export interface CashFact {
  readonly bucket: number;
  readonly assetAccountNo: string;
  readonly customerId: string;
  readonly status: AssetAccountStatus;
  readonly balance: Amount;
  readonly frozen: Amount;
  /** balance − frozen: what an order may use. */
  readonly available: Amount;
}

/** The cash of asset accounts by number; unknown numbers are absent. One query. */
export async function loadCash(
  sql: Sql,
  buckets: readonly number[],
  assetAccountNos: readonly string[],
): Promise<Map<string, CashFact>> {
  const rows = await sql.query<{
    bucket: number;
    asset_account_no: string;
    customer_id: string;
    status: AssetAccountStatus;
    balance: bigint;
    frozen: bigint;
  }>(
    `select a.bucket, a.asset_account_no, a.customer_id, a.status, c.balance, c.frozen
     from accounts.asset_accounts a
     join accounts.cash_accounts c
       on c.bucket = a.bucket and c.account_code = 'C:CASH:' || a.asset_account_no
     where a.bucket = any($1::int2[]) and a.asset_account_no = any($2::text[])`,
    [buckets, assetAccountNos],
  );
  return new Map(
    rows.map((row) => [
      row.asset_account_no,
      {
        bucket: row.bucket,
        assetAccountNo: row.asset_account_no,
        customerId: row.customer_id,
        status: row.status,
        balance: amount(row.balance),
        frozen: amount(row.frozen),
        available: amount(row.balance - row.frozen),
      },
    ]),
  );
}
