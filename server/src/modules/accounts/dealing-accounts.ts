/** A customer's accounts as an order needs them: where it is dealt and what it is paid from. */
import { type Amount, amount } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import type { AssetAccountStatus, TradingAccountStatus } from './domain/account-states.ts';

/** A trading account that is not closed, with the cash it deals with. */
export interface DealingAccount {
  readonly bucket: number;
  readonly tradingAccountNo: string;
  readonly customerId: string;
  readonly assetAccountNo: string;
  readonly registrarCode: string;
  readonly status: TradingAccountStatus;
  readonly assetAccountStatus: AssetAccountStatus;
  /** balance − frozen of the asset account, in fen. */
  readonly available: Amount;
}

/** The dealing accounts of the customers: one look-up each, one query. */
export async function loadDealingAccountsOf(
  sql: Sql,
  keys: readonly { readonly bucket: number; readonly customerId: string }[],
): Promise<DealingAccount[]> {
  if (keys.length === 0) return [];
  const rows = await sql.query<{
    bucket: number;
    trading_account_no: string;
    customer_id: string;
    asset_account_no: string;
    registrar_code: string;
    status: TradingAccountStatus;
    asset_status: AssetAccountStatus;
    available: bigint;
  }>(
    `select k.bucket, t.trading_account_no, k.customer_id, t.asset_account_no, t.registrar_code,
       t.status, a.status as asset_status, c.balance - c.frozen as available
     from unnest($1::int2[], $2::text[]) as k(bucket, customer_id)
     cross join lateral (select * from accounts.trading_accounts r
       where r.bucket = k.bucket and r.customer_id = k.customer_id and r.status <> 'closed'
       group by r.bucket, r.trading_account_no) as t
     cross join lateral (select status from accounts.asset_accounts r
       where r.bucket = k.bucket and r.asset_account_no = t.asset_account_no
       group by r.bucket, r.asset_account_no) as a
     cross join lateral (select balance, frozen from accounts.cash_accounts r
       where r.bucket = k.bucket and r.account_code = 'C:CASH:' || t.asset_account_no
       group by r.bucket, r.account_code) as c`,
    [keys.map((key) => key.bucket), keys.map((key) => key.customerId)],
  );
  return rows.map((row) => ({
    bucket: row.bucket,
    tradingAccountNo: row.trading_account_no,
    customerId: row.customer_id,
    assetAccountNo: row.asset_account_no,
    registrarCode: row.registrar_code,
    status: row.status,
    assetAccountStatus: row.asset_status,
    available: amount(row.available),
  }));
}
