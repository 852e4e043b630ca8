/** Who holds what: units with their cost, and cash as the depository bank should see it. */
import { type Amount, amount, type LocalDate, type Units, units } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import type { DividendMethod, HoldingKey } from './domain/movements.ts';

/** One holding with units, and what the remaining units cost (fen). */
export interface Position extends HoldingKey {
  readonly customerId: string;
  readonly assetAccountNo: string;
  readonly registrarCode: string;
  readonly units: Units;
  readonly frozen: Units;
  readonly cost: Amount;
  readonly dividendMethod: DividendMethod;
}

interface PositionRow {
  bucket: number;
  trading_account_no: string;
  fund_code: string;
  share_class: string;
  customer_id: string;
  asset_account_no: string;
  registrar_code: string;
  units: bigint;
  frozen: bigint;
  cost: bigint;
  dividend_method: DividendMethod;
}

// The same half-up share as `computeRemainingCost`, in whole numbers: div((2·c·n + o), 2·o).
const COST_LEFT = `l.cost_amount - div(
  2 * l.cost_amount::numeric * (l.units_original - l.units_left) + l.units_original,
  2 * l.units_original)`;

/**
 * The holdings with units of these customers, by trading account and fund. Values and profits come
 * from `computeValuation` at the NAVs the caller has. One query.
 */
export async function loadPositions(
  sql: Sql,
  keys: readonly { readonly bucket: number; readonly customerId: string }[],
): Promise<Position[]> {
  if (keys.length === 0) return [];
  const rows = await sql.query<PositionRow>(
    `select h.bucket, h.trading_account_no, h.fund_code, h.share_class, h.customer_id,
       t.asset_account_no, t.registrar_code, h.units, h.frozen, h.dividend_method,
       coalesce((select sum(${COST_LEFT}) from accounts.lots l
         where l.bucket = h.bucket and l.trading_account_no = h.trading_account_no
           and l.fund_code = h.fund_code and l.share_class = h.share_class
           and l.units_left > 0), 0)::int8 as cost
     from accounts.holdings h
     join accounts.trading_accounts t
       on t.bucket = h.bucket and t.trading_account_no = h.trading_account_no
     join (select distinct * from unnest($1::int2[], $2::text[]) as u(bucket, customer_id)) as k
       on k.bucket = h.bucket and k.customer_id = h.customer_id
     where h.units > 0
     order by h.trading_account_no, h.fund_code, h.share_class`,
    [keys.map((key) => key.bucket), keys.map((key) => key.customerId)],
  );
  return rows.map((row) => ({
    bucket: row.bucket,
    tradingAccountNo: row.trading_account_no,
    fundCode: row.fund_code,
    shareClass: row.share_class,
    customerId: row.customer_id,
    assetAccountNo: row.asset_account_no,
    registrarCode: row.registrar_code,
    units: units(row.units),
    frozen: units(row.frozen),
    cost: amount(row.cost),
    dividendMethod: row.dividend_method,
  }));
}

/**
 * One asset account as the depository bank's statement of a day should show it: the customer's cash
 * and the purchases that are confirmed but not yet collected. Money due to the customer is not
 * there yet. In fen.
 */
export interface BankPosition {
  readonly bucket: number;
  readonly assetAccountNo: string;
  readonly cash: Amount;
  readonly purchasesUnpaid: Amount;
  /** cash + purchasesUnpaid. */
  readonly expected: Amount;
}

/**
 * Every asset account of the buckets at the end of a business day, by number. Later postings are
 * taken back from today's balance, so a day may be reconciled again afterwards.
 */
export async function loadBankPositions(
  sql: Sql,
  date: LocalDate,
  buckets: readonly number[],
): Promise<BankPosition[]> {
  const rows = await sql.query<{
    bucket: number;
    asset_account_no: string;
    cash: bigint;
    unpaid: bigint;
  }>(
    `select c.bucket, c.asset_account_no, (c.balance + coalesce(later.amount, 0))::int8 as cash,
       coalesce(open.amount, 0)::int8 as unpaid
     from accounts.cash_accounts c
     left join (select bucket, account_code, sum(amount) as amount from accounts.postings
       where bucket = any($1::int2[]) and business_date > $2::date
       group by bucket, account_code) as later
       on later.bucket = c.bucket and later.account_code = c.account_code
     left join (select bucket, asset_account_no, sum(amount) as amount
       from (select bucket, asset_account_no, amount, recognised_date
           from accounts.settlement_items
           where bucket = any($1::int2[]) and kind = 'purchase' and state = 'open'
         union all
         select bucket, asset_account_no, amount, recognised_date
           from accounts.settlement_items
           where bucket = any($1::int2[]) and kind = 'purchase' and state = 'settled'
             and settled_date > $2::date) as unpaid
       where recognised_date <= $2::date
       group by bucket, asset_account_no) as open
       on open.bucket = c.bucket and open.asset_account_no = c.asset_account_no
     where c.bucket = any($1::int2[]) and c.kind = 'customerCash'
     order by c.asset_account_no`,
    [buckets, date],
  );
  return rows.map((row) => ({
    bucket: row.bucket,
    assetAccountNo: row.asset_account_no,
    cash: amount(row.cash),
    purchasesUnpaid: amount(row.unpaid),
    expected: amount(row.cash + row.unpaid),
  }));
}
