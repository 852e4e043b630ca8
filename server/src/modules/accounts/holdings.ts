/** Holdings and lots as decisions load them. */
import { type Amount, amount, type LocalDate, subtract, type Units, units } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import type { Lot, LotSource } from './domain/lots.ts';
import { type DividendMethod, type HoldingKey, holdingKeyOf } from './domain/movements.ts';

/** One holding. */
export interface HoldingFact extends HoldingKey {
  readonly customerId: string;
  readonly units: Units;
  readonly frozen: Units;
  /** units − frozen: what a redemption may use. */
  readonly available: Units;
  /** Lots that the holding ever had. */
  readonly lotCount: number;
  readonly dividendMethod: DividendMethod;
}

/** The columns of a holding's key, ready for `unnest($1::int2[], $2::text[], $3::text[], $4::text[])`. */
export function holdingColumns(keys: readonly HoldingKey[]): unknown[] {
  return [
    keys.map((key) => key.bucket),
    keys.map((key) => key.tradingAccountNo),
    keys.map((key) => key.fundCode),
    keys.map((key) => key.shareClass),
  ];
}

interface HoldingRow {
  bucket: number;
  trading_account_no: string;
  fund_code: string;
  share_class: string;
  customer_id: string;
  units: bigint;
  frozen: bigint;
  lot_count: number;
  dividend_method: DividendMethod;
}

function holdingOf(row: HoldingRow): HoldingFact {
  return {
    bucket: row.bucket,
    tradingAccountNo: row.trading_account_no,
    fundCode: row.fund_code,
    shareClass: row.share_class,
    customerId: row.customer_id,
    units: units(row.units),
    frozen: units(row.frozen),
    available: subtract(units(row.units), units(row.frozen)),
    lotCount: row.lot_count,
    dividendMethod: row.dividend_method,
  };
}

const COLUMNS = `h.bucket, h.trading_account_no, h.fund_code, h.share_class, h.customer_id, h.units,
  h.frozen, h.lot_count, h.dividend_method`;

/** What customers hold of a fund, at whatever registrar and in whatever share class. One query. */
export async function loadHoldingsOf(
  sql: Sql,
  keys: readonly {
    readonly bucket: number;
    readonly customerId: string;
    readonly fundCode: string;
  }[],
): Promise<HoldingFact[]> {
  if (keys.length === 0) return [];
  const rows = await sql.query<HoldingRow>(
    `select ${COLUMNS} from unnest($1::int2[], $2::text[], $3::text[]) as t(bucket, customer_id, fund_code)
     cross join lateral (select * from accounts.holdings r
       where r.bucket = t.bucket and r.customer_id = t.customer_id and r.fund_code = t.fund_code
       group by r.bucket, r.trading_account_no, r.fund_code, r.share_class) as h`,
    [
      keys.map((key) => key.bucket),
      keys.map((key) => key.customerId),
      keys.map((key) => key.fundCode),
    ],
  );
  return rows.map(holdingOf);
}

/** The holdings that exist among the keys, by `holdingKeyOf`. One query. */
export async function loadHoldings(
  sql: Sql,
  keys: readonly HoldingKey[],
): Promise<Map<string, HoldingFact>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<HoldingRow>(
    `select ${COLUMNS}
     from (select distinct * from unnest($1::int2[], $2::text[], $3::text[], $4::text[])
       as u(bucket, trading_account_no, fund_code, share_class)) as t
     join accounts.holdings h on h.bucket = t.bucket
       and h.trading_account_no = t.trading_account_no and h.fund_code = t.fund_code
       and h.share_class = t.share_class`,
    holdingColumns(keys),
  );
  return new Map(rows.map(holdingOf).map((holding) => [holdingKeyOf(holding), holding]));
}

interface LotRow {
  bucket: number;
  trading_account_no: string;
  fund_code: string;
  share_class: string;
  lot_id: string;
  source: LotSource;
  confirm_date: LocalDate;
  sequence: number;
  units_original: bigint;
  units_left: bigint;
  cost_amount: bigint;
}

/**
 * The lots with units left of each holding, in the order in which they leave (confirm date, then
 * sequence), by `holdingKeyOf`; a holding without any is absent. One query.
 */
export async function loadLots(sql: Sql, keys: readonly HoldingKey[]): Promise<Map<string, Lot[]>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<LotRow>(
    `select l.bucket, l.trading_account_no, l.fund_code, l.share_class, l.lot_id, l.source,
       l.confirm_date, l.sequence, l.units_original, l.units_left, l.cost_amount
     from (select distinct * from unnest($1::int2[], $2::text[], $3::text[], $4::text[])
       as u(bucket, trading_account_no, fund_code, share_class)) as t
     join accounts.lots l on l.bucket = t.bucket
       and l.trading_account_no = t.trading_account_no and l.fund_code = t.fund_code
       and l.share_class = t.share_class
     where l.units_left > 0
     order by l.confirm_date, l.sequence`,
    holdingColumns(keys),
  );
  const lots = new Map<string, Lot[]>();
  for (const row of rows) {
    const key = holdingKeyOf({
      bucket: row.bucket,
      tradingAccountNo: row.trading_account_no,
      fundCode: row.fund_code,
      shareClass: row.share_class,
    });
    const known = lots.get(key) ?? [];
    known.push(lotOf(row));
    lots.set(key, known);
  }
  return lots;
}

function lotOf(row: LotRow): Lot {
  const cost: Amount = amount(row.cost_amount);
  return {
    lotId: row.lot_id,
    source: row.source,
    confirmDate: row.confirm_date,
    sequence: row.sequence,
    unitsOriginal: units(row.units_original),
    unitsLeft: units(row.units_left),
    costAmount: cost,
  };
}
