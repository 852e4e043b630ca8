/**
 * Which records of registrars are booked already. A record that comes again names the same account
 * and so lies in the same bucket: a serial number is looked up in the bucket of its own record, and
 * no other is asked. The same number on accounts of two buckets is told when the package is taken.
 */
import type { Tx } from '../../../platform/db.ts';

/** A registrar's record by its own number, in the bucket of the account that it names. */
export interface NumberedRecord {
  readonly bucket: number;
  readonly registrarCode: string;
  readonly taSerial: string;
  readonly businessCode: string;
}

/** A registrar's record by its own number; unique within a bucket. */
export const serialKey = (record: Omit<NumberedRecord, 'bucket'>): string =>
  `${record.registrarCode}/${record.taSerial}/${record.businessCode}`;

/** The records that are booked. */
export class BookedRecords {
  readonly #keys = new Set<string>();

  has(record: NumberedRecord): boolean {
    return this.#keys.has(`${record.bucket}:${serialKey(record)}`);
  }

  add(record: NumberedRecord): void {
    this.#keys.add(`${record.bucket}:${serialKey(record)}`);
  }
}

// Each number is probed by its index; grouping keeps the planner from reading the whole table.
const FIND_BOOKED = {
  confirmations: `select r.bucket, r.registrar_code, r.ta_serial, r.business_code
    from unnest($1::int2[], $2::text[]) as k(bucket, ta_serial)
    cross join lateral (select * from clearing.confirmations c
      where c.bucket = k.bucket and c.ta_serial = k.ta_serial and c.state = 'applied'
      group by c.bucket, c.file_id, c.record_no) as r`,
  distributions: `select r.bucket, r.registrar_code, r.ta_serial, r.business_code
    from unnest($1::int2[], $2::text[]) as k(bucket, ta_serial)
    cross join lateral (select * from clearing.distributions d
      where d.bucket = k.bucket and d.ta_serial = k.ta_serial and d.state = 'applied'
      group by d.bucket, d.file_id, d.record_no) as r`,
} as const;

/** The booked records of a table that bear the serial numbers of these. */
export async function loadBooked(
  tx: Tx,
  table: keyof typeof FIND_BOOKED,
  records: readonly NumberedRecord[],
): Promise<BookedRecords> {
  const rows = await tx.query<{
    bucket: number;
    registrar_code: string;
    ta_serial: string;
    business_code: string;
  }>(FIND_BOOKED[table], [
    records.map((record) => record.bucket),
    records.map((record) => record.taSerial),
  ]);
  const booked = new BookedRecords();
  for (const row of rows) {
    booked.add({
      bucket: row.bucket,
      registrarCode: row.registrar_code,
      taSerial: row.ta_serial,
      businessCode: row.business_code,
    });
  }
  return booked;
}
