/** Rows ↔ domain of the clearing module, write side only. */
import { assert, type Instant, type LocalDate } from '@cairn/kernel';
import type { Sql, Tx } from '../../platform/db.ts';
import type { Confirmation } from './domain/confirmation.ts';
import type { AccountConfirmation, Distribution } from './domain/file-rows.ts';

/** A file that crosses the border, as it is registered. */
export interface FileRow {
  readonly direction: 'in' | 'out';
  readonly party: string;
  readonly stream: 'application' | 'confirmation' | 'market' | 'bank';
  readonly fileType: string;
  readonly fileDate: LocalDate;
  readonly sequence: number;
  readonly name: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly records: number;
  readonly state: 'built' | 'published' | 'imported' | 'refused';
  readonly reason?: Record<string, unknown>;
  readonly businessDate: LocalDate;
}

/** Registers files and returns their ids in order. The caller's work holds the firm's bucket. */
export async function insertFiles(
  tx: Tx,
  now: Instant,
  files: readonly FileRow[],
): Promise<bigint[]> {
  const rows = await tx.query<{ file_id: bigint }>(
    `insert into clearing.files (file_id, direction, party, stream, file_type, file_date, sequence, name,
       sha256, size_bytes, records, state, reason, business_date, at)
     select (select coalesce(max(file_id), 0) from clearing.files) + n, direction, party, stream,
       file_type, file_date, sequence, name, sha256, size_bytes, records, state, reason::jsonb,
       business_date, $14::timestamptz
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::int4[], $7::text[],
                 $8::text[], $9::int8[], $10::int8[], $11::text[], $12::text[], $13::date[])
       with ordinality as t(direction, party, stream, file_type, file_date, sequence, name, sha256,
         size_bytes, records, state, reason, business_date, n)
     order by n
     on conflict (direction, party, name, sha256, business_date) where state = 'refused' do nothing
     returning file_id`,
    [
      files.map((f) => f.direction),
      files.map((f) => f.party),
      files.map((f) => f.stream),
      files.map((f) => f.fileType),
      files.map((f) => f.fileDate),
      files.map((f) => f.sequence),
      files.map((f) => f.name),
      files.map((f) => f.sha256),
      files.map((f) => f.sizeBytes),
      files.map((f) => f.records),
      files.map((f) => f.state),
      files.map((f) => (f.reason === undefined ? null : JSON.stringify(f.reason))),
      files.map((f) => f.businessDate),
      now,
    ],
  );
  return rows.map((row) => row.file_id);
}

/** A registered file as later steps read it. */
export interface StoredFile {
  file_id: bigint;
  direction: 'in' | 'out';
  party: string;
  stream: FileRow['stream'];
  file_type: string;
  file_date: LocalDate;
  sequence: number;
  name: string;
  sha256: string;
  state: FileRow['state'];
}

const FILE_COLUMNS =
  'file_id, direction, party, stream, file_type, file_date, sequence, name, sha256, state';

/** Files of one date that took effect, in the order in which they did. */
export async function effectiveFiles(
  sql: Sql,
  direction: 'in' | 'out',
  fileDate: LocalDate,
): Promise<StoredFile[]> {
  return sql.query<StoredFile>(
    `select ${FILE_COLUMNS} from clearing.files
     where direction = $1 and file_date = $2 and state <> 'refused' order by file_id`,
    [direction, fileDate],
  );
}

/** Confirmations of file 04 into their waiting rows. */
export async function insertConfirmations(tx: Tx, rows: readonly Confirmation[]): Promise<number> {
  return tx.copyIn(
    'clearing.confirmations',
    [
      'bucket',
      'file_id',
      'record_no',
      'registrar_code',
      'ta_serial',
      'order_id',
      'business_code',
      'confirm_date',
      'trade_date',
      'trading_account_no',
      'ta_account_id',
      'fund_code',
      'share_class',
      'return_code',
      'error_detail',
      'is_finished',
      'confirmed_amount',
      'confirmed_units',
      'nav',
      'charge',
      'agency_fee',
      'refund_amount',
      'interest',
      'interest_units',
      'currency',
      'state',
    ],
    mapRows(rows, (c) => [
      c.bucket,
      c.fileId,
      c.recordNo,
      c.registrarCode,
      c.taSerial,
      c.orderId,
      c.businessCode,
      c.confirmDate,
      c.tradeDate,
      c.tradingAccountNo,
      c.taAccountId,
      c.fundCode,
      c.shareClass,
      c.returnCode,
      c.errorDetail,
      c.isFinished,
      c.confirmedAmount,
      c.confirmedUnits,
      c.nav,
      c.charge,
      c.agencyFee,
      c.refundAmount,
      c.interest,
      c.interestUnits,
      c.currency,
      'waiting',
    ]),
  );
}

function* mapRows<T>(rows: readonly T[], cells: (row: T) => unknown[]): Generator<unknown[]> {
  for (const row of rows) yield cells(row);
}

/** Account confirmations of file 02 into their waiting rows. */
export async function insertAccountConfirmations(
  tx: Tx,
  rows: readonly AccountConfirmation[],
): Promise<number> {
  return tx.copyIn(
    'clearing.account_confirmations',
    [
      'bucket',
      'file_id',
      'record_no',
      'registrar_code',
      'ta_serial',
      'application_id',
      'business_code',
      'confirm_date',
      'trading_account_no',
      'ta_account_id',
      'return_code',
      'error_detail',
      'state',
    ],
    mapRows(rows, (c) => [
      c.bucket,
      c.fileId,
      c.recordNo,
      c.registrarCode,
      c.taSerial,
      c.applicationId,
      c.businessCode,
      c.confirmDate,
      c.tradingAccountNo,
      c.taAccountId,
      c.returnCode,
      c.errorDetail,
      'waiting',
    ]),
  );
}

/** Distributions of file 06 into their waiting rows. */
export async function insertDistributions(tx: Tx, rows: readonly Distribution[]): Promise<number> {
  return tx.copyIn(
    'clearing.distributions',
    [
      'bucket',
      'file_id',
      'record_no',
      'registrar_code',
      'ta_serial',
      'business_code',
      'confirm_date',
      'record_date',
      'ex_date',
      'pay_date',
      'trading_account_no',
      'ta_account_id',
      'fund_code',
      'share_class',
      'return_code',
      'dividend_method',
      'basis_units',
      'gross_amount',
      'cash_amount',
      'reinvested_units',
      'nav',
      'per_unit',
      'per_units',
      'currency',
      'state',
    ],
    mapRows(rows, (d) => [
      d.bucket,
      d.fileId,
      d.recordNo,
      d.registrarCode,
      d.taSerial,
      d.businessCode,
      d.confirmDate,
      d.recordDate,
      d.exDate,
      d.payDate,
      d.tradingAccountNo,
      d.taAccountId,
      d.fundCode,
      d.shareClass,
      d.returnCode,
      d.dividendMethod,
      d.basisUnits,
      d.grossAmount,
      d.cashAmount,
      d.reinvestedUnits,
      d.nav,
      d.perUnit,
      d.perUnits,
      d.currency,
      'waiting',
    ]),
  );
}

export type WaitingTable = 'confirmations' | 'account_confirmations' | 'distributions';

/** A record's place, as exceptions and states name it. */
export interface RecordKey {
  readonly bucket: number;
  readonly fileId: bigint;
  readonly recordNo: number;
}

// One constant statement a table: names of tables never travel as values.
const SET_STATE: Readonly<Record<WaitingTable, string>> = {
  confirmations: setStateText('confirmations'),
  account_confirmations: setStateText('account_confirmations'),
  distributions: setStateText('distributions'),
};

// `coalesce` keeps the few waiting rows from looking like the cheapest way in: rows are found by key.
function setStateText(table: WaitingTable): string {
  return `update clearing.${table} c set state = t.state
    from unnest($1::int2[], $2::int8[], $3::int4[], $4::text[]) as t(bucket, file_id, record_no, state)
    where c.bucket = t.bucket and c.file_id = t.file_id
      and c.record_no = t.record_no and coalesce(c.state, '') in ('waiting', 'exception')`;
}

/** Moves records that are not booked to another state, one statement for all. */
export async function setRecordStates(
  tx: Tx,
  table: WaitingTable,
  changes: readonly (RecordKey & { state: 'applied' | 'exception' | 'void' | 'waiting' })[],
): Promise<void> {
  if (changes.length === 0) return;
  const changed = await tx.affected(SET_STATE[table], [
    changes.map((c) => c.bucket),
    changes.map((c) => c.fileId),
    changes.map((c) => c.recordNo),
    changes.map((c) => c.state),
  ]);
  assert(changed === changes.length, 'only records that are not booked yet change their state');
}

// As above, and with the approval that said so.
const SET_STATED: Readonly<Record<WaitingTable, string>> = {
  confirmations: `update clearing.confirmations set state = 'waiting', stated_by = $4
    where bucket = $1 and file_id = $2 and record_no = $3 and state in ('exception', 'waiting')`,
  account_confirmations: `update clearing.account_confirmations set state = 'waiting', stated_by = $4
    where bucket = $1 and file_id = $2 and record_no = $3 and state in ('exception', 'waiting')`,
  distributions: `update clearing.distributions set state = 'waiting', stated_by = $4
    where bucket = $1 and file_id = $2 and record_no = $3 and state in ('exception', 'waiting')`,
};

/** Puts a record that is an exception among the waiting ones, to be booked as the registrar states. */
export async function markStated(
  tx: Tx,
  { table, key }: { readonly table: WaitingTable; readonly key: RecordKey },
  approvalId: string,
): Promise<void> {
  const { bucket, fileId, recordNo } = key;
  const changed = await tx.affected(SET_STATED[table], [bucket, fileId, recordNo, approvalId]);
  assert(changed === 1, 'a record that is not booked is booked as stated');
}
