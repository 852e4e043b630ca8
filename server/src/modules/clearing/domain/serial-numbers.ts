/** Serial numbers of a registrar that stand on the accounts of more than one customer. */

/** What is asked of a record: where it belongs and the number that the registrar gave it. */
export interface SerialRecord {
  readonly bucket: number;
  readonly recordNo: number;
  readonly taSerial: string;
  readonly businessCode: string;
}

/** A number on records of several buckets, with the records in file order. */
export interface SharedSerial {
  readonly taSerial: string;
  readonly businessCode: string;
  readonly records: readonly number[];
}

/**
 * The numbers that one file gives to records of different buckets, in order of first appearance. A
 * number that comes twice for one account is not among them: its second record is not booked.
 */
export function sharedSerials(records: readonly SerialRecord[]): SharedSerial[] {
  const first = new Map<string, SerialRecord>();
  const shared = new Map<string, { record: SerialRecord; records: number[] }>();
  for (const record of records) {
    if (record.taSerial === '') continue;
    const key = `${record.taSerial}/${record.businessCode}`;
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, record);
    } else if (before.bucket !== record.bucket || shared.has(key)) {
      const found = shared.get(key) ?? { record: before, records: [before.recordNo] };
      found.records.push(record.recordNo);
      shared.set(key, found);
    }
  }
  return [...shared.values()].map(({ record: { taSerial, businessCode }, records: found }) => ({
    taSerial,
    businessCode,
    records: found,
  }));
}
