/** Reads waiting records back from their tables, for locked buckets, in file order. */
import { amount, type LocalDate, price, units } from '@cairn/kernel';
import type { Tx } from '../../../platform/db.ts';
import type { Confirmation } from '../domain/confirmation.ts';
import type { AccountConfirmation, Distribution } from '../domain/file-rows.ts';

interface PlaceRow {
  bucket: number;
  file_id: bigint;
  record_no: number;
  registrar_code: string;
  ta_serial: string;
  business_code: string;
  confirm_date: LocalDate;
  trading_account_no: string;
  ta_account_id: string;
  return_code: string;
  stated_by: string | null;
}

interface ConfirmationRow extends PlaceRow {
  order_id: string;
  trade_date: LocalDate;
  fund_code: string;
  share_class: string;
  error_detail: string;
  is_finished: boolean;
  confirmed_amount: bigint;
  confirmed_units: bigint;
  nav: bigint;
  charge: bigint;
  agency_fee: bigint;
  refund_amount: bigint;
  interest: bigint;
  interest_units: bigint;
  currency: string;
}

interface AccountRow extends PlaceRow {
  application_id: string;
  error_detail: string;
}

interface DistributionRow extends PlaceRow {
  record_date: LocalDate;
  ex_date: LocalDate;
  pay_date: LocalDate;
  fund_code: string;
  share_class: string;
  dividend_method: '0' | '1';
  basis_units: bigint;
  gross_amount: bigint;
  cash_amount: bigint;
  reinvested_units: bigint;
  nav: bigint;
  per_unit: bigint;
  per_units: bigint;
  currency: string;
}

const placeOf = (row: PlaceRow) => ({
  bucket: row.bucket,
  fileId: row.file_id,
  recordNo: row.record_no,
  registrarCode: row.registrar_code,
  taSerial: row.ta_serial,
  businessCode: row.business_code,
  confirmDate: row.confirm_date,
  tradingAccountNo: row.trading_account_no,
  taAccountId: row.ta_account_id,
  returnCode: row.return_code,
  isStated: row.stated_by !== null,
});

/** Waiting confirmations (04) of the buckets. */
export async function waitingConfirmations(
  tx: Tx,
  buckets: readonly number[],
): Promise<Confirmation[]> {
  const rows = await tx.query<ConfirmationRow>(
    `select * from clearing.confirmations
     where bucket = any($1::int2[]) and state = 'waiting' order by file_id, record_no`,
    [buckets],
  );
  return rows.map((row) => ({
    ...placeOf(row),
    orderId: row.order_id,
    tradeDate: row.trade_date,
    fundCode: row.fund_code,
    shareClass: row.share_class,
    errorDetail: row.error_detail,
    isFinished: row.is_finished,
    confirmedAmount: amount(row.confirmed_amount),
    confirmedUnits: units(row.confirmed_units),
    nav: price(row.nav),
    charge: amount(row.charge),
    agencyFee: amount(row.agency_fee),
    refundAmount: amount(row.refund_amount),
    interest: amount(row.interest),
    interestUnits: units(row.interest_units),
    currency: row.currency,
  }));
}

/** Waiting account confirmations (02) of the buckets. */
export async function waitingAccounts(
  tx: Tx,
  buckets: readonly number[],
): Promise<AccountConfirmation[]> {
  const rows = await tx.query<AccountRow>(
    `select * from clearing.account_confirmations
     where bucket = any($1::int2[]) and state = 'waiting' order by file_id, record_no`,
    [buckets],
  );
  return rows.map((row) => ({
    ...placeOf(row),
    applicationId: row.application_id,
    errorDetail: row.error_detail,
  }));
}

/** Waiting distributions (06) of the buckets. */
export async function waitingDistributions(
  tx: Tx,
  buckets: readonly number[],
): Promise<Distribution[]> {
  const rows = await tx.query<DistributionRow>(
    `select * from clearing.distributions
     where bucket = any($1::int2[]) and state = 'waiting' order by file_id, record_no`,
    [buckets],
  );
  return rows.map((row) => ({
    ...placeOf(row),
    recordDate: row.record_date,
    exDate: row.ex_date,
    payDate: row.pay_date,
    fundCode: row.fund_code,
    shareClass: row.share_class,
    dividendMethod: row.dividend_method,
    basisUnits: units(row.basis_units),
    grossAmount: amount(row.gross_amount),
    cashAmount: amount(row.cash_amount),
    reinvestedUnits: units(row.reinvested_units),
    nav: price(row.nav),
    perUnit: amount(row.per_unit),
    perUnits: row.per_units,
    currency: row.currency,
  }));
}

/** How many records wait in each bucket, over all three tables. */
export async function waitingByBucket(
  sql: Pick<Tx, 'query'>,
): Promise<{ bucket: number; waiting: number }[]> {
  const rows = await sql.query<{ bucket: number; waiting: bigint }>(
    `select bucket, sum(n) as waiting from (
       select bucket, count(*) as n from clearing.confirmations
         where state = 'waiting' group by bucket
       union all select bucket, count(*) from clearing.account_confirmations
         where state = 'waiting' group by bucket
       union all select bucket, count(*) from clearing.distributions
         where state = 'waiting' group by bucket
     ) as w group by bucket order by bucket`,
  );
  return rows.map((row) => ({ bucket: row.bucket, waiting: Number(row.waiting) }));
}
