/** Whose an account number is: asset accounts and trading accounts by their beginning, fund accounts whole. */
import { findBucketInId } from '@cairn/kernel/ids';
import type { Sql } from '../../platform/db.ts';

const OWNERS_MAX = 20;
const NUMBER = /^[0-9A-F]{2}[0-9A-Z]{4,15}$/;
const FUND_ACCOUNT = /^[0-9A-Z]{4,12}$/;

/** The customers whose account number begins with the text, or whose fund account it is. */
export async function findAccountOwners(
  sql: Sql,
  text: string,
): Promise<{ bucket: number; customerId: string }[]> {
  const bucket = NUMBER.test(text) ? findBucketInId(text) : undefined;
  const [byNumber, byFundAccount] = await Promise.all([
    bucket === undefined ? [] : findByNumber(sql, bucket, text),
    FUND_ACCOUNT.test(text) ? findByFundAccount(sql, text) : [],
  ]);
  return [...byNumber, ...byFundAccount].map((row) => ({
    bucket: row.bucket,
    customerId: row.customer_id,
  }));
}

interface OwnerRow {
  bucket: number;
  customer_id: string;
}

async function findByNumber(sql: Sql, bucket: number, text: string): Promise<OwnerRow[]> {
  return sql.query<OwnerRow>(
    `(select bucket, customer_id from accounts.asset_accounts
      where bucket = $1 and starts_with(asset_account_no, $2)
      order by asset_account_no limit $3)
     union
     (select bucket, customer_id from accounts.trading_accounts
      where bucket = $1 and starts_with(trading_account_no, $2)
      order by trading_account_no limit $3)`,
    [bucket, text, OWNERS_MAX],
  );
}

async function findByFundAccount(sql: Sql, text: string): Promise<OwnerRow[]> {
  return sql.query<OwnerRow>(
    `select bucket, customer_id from accounts.trading_accounts where ta_account_id = $1
     order by bucket, customer_id limit $2`,
    [text, OWNERS_MAX],
  );
}
