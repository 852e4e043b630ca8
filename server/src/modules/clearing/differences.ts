/** What differed in records that were booked: small enough to let pass, or as the registrar states. */
import type { LocalDate } from '@cairn/kernel';
import type { Tx } from '../../platform/db.ts';
import type { Mismatch } from './domain/mismatch.ts';
import type { RecordKey } from './store.ts';

/** Which kind of record: of file 04, 02 or 06. */
export type RecordKind = 'confirmation' | 'account' | 'distribution';

/** A booked record and what differed in it. */
export interface BookedDifference {
  readonly kind: RecordKind;
  readonly record: RecordKey & { readonly registrarCode: string; readonly isStated: boolean };
  readonly mismatch: Mismatch;
}

/** The differences of one record. */
export function differencesOf(
  kind: RecordKind,
  record: BookedDifference['record'],
  mismatches: readonly Mismatch[],
): BookedDifference[] {
  return mismatches.map((mismatch) => ({ kind, record, mismatch }));
}

/** Keeps the differences of records booked on a day, one statement for all. */
export async function insertDifferences(
  tx: Tx,
  businessDate: LocalDate,
  differences: readonly BookedDifference[],
): Promise<void> {
  if (differences.length === 0) return;
  await tx.query(
    `insert into clearing.differences
       (bucket, kind, file_id, record_no, code, registrar_code, business_date, ours, theirs, how)
     select bucket, kind, file_id, record_no, code, registrar_code, $10::date, ours, theirs, how
     from unnest($1::int2[], $2::text[], $3::int8[], $4::int4[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::text[])
       as t(bucket, kind, file_id, record_no, code, registrar_code, ours, theirs, how)`,
    [
      differences.map(({ record }) => record.bucket),
      differences.map(({ kind }) => kind),
      differences.map(({ record }) => record.fileId),
      differences.map(({ record }) => record.recordNo),
      differences.map(({ mismatch }) => mismatch.code),
      differences.map(({ record }) => record.registrarCode),
      differences.map(({ mismatch }) => mismatch.ours ?? null),
      differences.map(({ mismatch }) => mismatch.theirs ?? null),
      differences.map(({ record }) => (record.isStated ? 'stated' : 'tolerated')),
      businessDate,
    ],
  );
}
