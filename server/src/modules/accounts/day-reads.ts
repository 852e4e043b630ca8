/** What the business day reads of holdings and cash: totals, not single customers. */
import {
  type Amount,
  amount,
  type Instant,
  type LocalDate,
  type Units,
  units,
} from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import { type HoldingKey, holdingKeyOf } from './domain/movements.ts';
import { holdingColumns } from './holdings.ts';

/** Units of each holding at the end of a date, from its movements, by `holdingKeyOf`; zeros absent. */
export async function unitsOn(
  sql: Sql,
  keys: readonly HoldingKey[],
  date: LocalDate,
): Promise<Map<string, Units>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<{
    bucket: number;
    trading_account_no: string;
    fund_code: string;
    share_class: string;
    units: bigint;
  }>(
    `select m.bucket, m.trading_account_no, m.fund_code, m.share_class, sum(m.units)::int8 as units
     from (select distinct * from unnest($1::int2[], $2::text[], $3::text[], $4::text[])
       as u(bucket, trading_account_no, fund_code, share_class)) as t
     join accounts.holding_movements m on m.bucket = t.bucket
       and m.trading_account_no = t.trading_account_no and m.fund_code = t.fund_code
       and m.share_class = t.share_class
     where m.confirm_date <= $5::date
     group by 1, 2, 3, 4`,
    [...holdingColumns(keys), date],
  );
  return new Map(
    rows.map((row) => [
      holdingKeyOf({
        bucket: row.bucket,
        tradingAccountNo: row.trading_account_no,
        fundCode: row.fund_code,
        shareClass: row.share_class,
      }),
      units(row.units),
    ]),
  );
}

/** One position as reconciliation names it. */
export interface PositionTotal {
  readonly registrarCode: string;
  /** registrar/trading account/fund/share class. */
  readonly subject: string;
  readonly units: bigint;
}

interface TotalRow {
  registrar_code: string;
  subject: string;
  units: bigint;
}

const totals = (rows: readonly TotalRow[]): PositionTotal[] =>
  rows.map((row) => ({
    registrarCode: row.registrar_code,
    subject: row.subject,
    units: row.units,
  }));

/** Every position with units, as the holdings say. */
export async function holdingTotals(sql: Sql): Promise<PositionTotal[]> {
  return totals(
    await sql.query<TotalRow>(
      `select t.registrar_code, t.registrar_code || '/' || h.trading_account_no || '/'
         || h.fund_code || '/' || h.share_class as subject, h.units
       from accounts.holdings h join accounts.trading_accounts t
         on t.bucket = h.bucket and t.trading_account_no = h.trading_account_no
       where h.units > 0`,
    ),
  );
}

/** Every position with units, as its lots add up: what the customer is shown. */
export async function lotTotals(sql: Sql): Promise<PositionTotal[]> {
  return totals(
    await sql.query<TotalRow>(
      `select t.registrar_code, t.registrar_code || '/' || l.trading_account_no || '/'
         || l.fund_code || '/' || l.share_class as subject, l.units
       from (select bucket, trading_account_no, fund_code, share_class,
               sum(units_left)::int8 as units
             from accounts.lots where units_left > 0 group by 1, 2, 3, 4) l
       join accounts.trading_accounts t
         on t.bucket = l.bucket and t.trading_account_no = l.trading_account_no`,
    ),
  );
}

/** Units held of each fund, over all customers. */
export async function unitsByFund(sql: Sql): Promise<{ fundCode: string; units: Units }[]> {
  const rows = await sql.query<{ fund_code: string; units: bigint }>(
    `select fund_code, sum(units)::int8 as units from accounts.holdings
     where units > 0 group by fund_code order by fund_code`,
  );
  return rows.map((row) => ({ fundCode: row.fund_code, units: units(row.units) }));
}

/** Asset accounts opened between the last cut-off of transfers before the date and its own. */
export async function assetAccountsOpenedOn(
  sql: Sql,
  date: LocalDate,
): Promise<{ bucket: number; assetAccountNo: string }[]> {
  const rows = await sql.query<{ bucket: number; asset_account_no: string }>(
    `select a.bucket, a.asset_account_no from accounts.asset_accounts a
     where a.opened_at > coalesce((select max(cut_at) from accounts.transfer_cut_offs
                                   where business_date < $1::date), '-infinity')
       and a.opened_at <= (select cut_at from accounts.transfer_cut_offs
                           where business_date = $1::date)
     order by a.bucket, a.asset_account_no`,
    [date],
  );
  return rows.map((row) => ({ bucket: row.bucket, assetAccountNo: row.asset_account_no }));
}

/** The depository bank account of each bucket's ledger at the end of a business day, in fen. */
export async function bankLedgerOn(sql: Sql, date: LocalDate): Promise<Map<number, Amount>> {
  const rows = await sql.query<{ bucket: number; balance: bigint }>(
    `select c.bucket, (c.balance - coalesce(later.amount, 0))::int8 as balance
     from accounts.cash_accounts c
     left join (select bucket, sum(amount) as amount from accounts.postings
       where account_code = 'C:BANK' and business_date > $1::date group by bucket) as later
       on later.bucket = c.bucket
     where c.account_code = 'C:BANK'`,
    [date],
  );
  return new Map(rows.map((row) => [row.bucket, amount(row.balance)]));
}

/** When the last posting of a business date was made, by the clock of the server that made it. */
export async function lastPostedAt(sql: Sql, date: LocalDate): Promise<Instant | undefined> {
  const [row] = await sql.query<{ at: Instant | null }>(
    'select max(posted_at) as at from accounts.postings where business_date = $1',
    [date],
  );
  return row?.at ?? undefined;
}
