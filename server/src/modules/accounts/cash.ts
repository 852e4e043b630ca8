/** Cash as decisions load it. */
import { type Amount, amount } from '@cairn/kernel';
import { findBucketInId } from '@cairn/kernel/ids';
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
  const wanted = new Set(buckets);
  const keys = [...new Set(assetAccountNos)].flatMap((assetAccountNo): [number, string][] => {
    const bucket = findBucketInId(assetAccountNo);
    return bucket !== undefined && wanted.has(bucket) ? [[bucket, assetAccountNo]] : [];
  });
  // Looked up key by key: two "= any" lists would try every bucket with every number.
  const rows = await sql.query<{
    bucket: number;
    asset_account_no: string;
    customer_id: string;
    status: AssetAccountStatus;
    balance: bigint;
    frozen: bigint;
  }>(
    `select a.bucket, a.asset_account_no, a.customer_id, a.status, c.balance, c.frozen
     from unnest($1::int2[], $2::text[]) as t(bucket, asset_account_no)
     cross join lateral (select * from accounts.asset_accounts r
       where r.bucket = t.bucket and r.asset_account_no = t.asset_account_no
       group by r.bucket, r.asset_account_no) as a
     cross join lateral (select balance, frozen from accounts.cash_accounts r
       where r.bucket = t.bucket and r.account_code = 'C:CASH:' || t.asset_account_no
       group by r.bucket, r.account_code) as c`,
    [keys.map(([bucket]) => bucket), keys.map(([, assetAccountNo]) => assetAccountNo)],
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
