import fc from 'fast-check';
import { byteLengthGb18030 } from './gb18030.ts';
import type { OfdField, OfdLayout } from './layout.ts';
import type { OfdValue } from './record.ts';

/** Samples for the tests of this package; not part of what is published. */

/** A header for a layout, as the writer takes it. */
export function sampleHeader(layout: OfdLayout) {
  const isToRegistrar = layout.direction === 'toRegistrar';
  const [creator, receiver] = isToRegistrar ? ['305', '27'] : ['27', '305'];
  return {
    version: layout.version as string,
    creator: creator!,
    receiver: receiver!,
    date: '20260921',
    summaryNo: '001',
    fileType: layout.fileType,
    sender: creator!,
    recipient: receiver!,
  };
}

const chineseText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '中',
      '国',
      '银',
      '行',
      '·',
      '€',
      '㐂',
      '𠮷',
      '𰻝',
      '龴',
      '｜',
      'é',
      ' ',
      'A',
      '~',
    ),
    fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code)),
  ),
  maxLength: 40,
});

function textFor(field: OfdField): fc.Arbitrary<OfdValue> {
  const digits = fc.stringMatching(new RegExp(`^\\d{0,${field.length}}$`));
  const letters = fc.stringMatching(new RegExp(`^[0-9A-Za-z]{0,${field.length}}$`));
  if (field.type === 'A') return field.text === true ? letters : digits;
  const chinese = chineseText
    .map((text) => text.trimEnd())
    .filter((text) => byteLengthGb18030(text) <= field.length);
  return fc.oneof(letters, { arbitrary: chinese, weight: 2 });
}

/** Any value a field can hold, as the reader gives it back: undefined stands for zero or blank. */
export function anyValue(field: OfdField): fc.Arbitrary<OfdValue> {
  if (field.type !== 'N') return fc.option(textFor(field), { nil: undefined, freq: 3 });
  const max = 10n ** BigInt(field.length) - 1n;
  return fc.option(fc.bigInt({ min: 0n, max }), { nil: undefined, freq: 3 });
}

/** Any record of a layout; applications get serial numbers that differ. */
export function anyRecord(layout: OfdLayout): fc.Arbitrary<Record<string, OfdValue>> {
  const model = layout.fields.map((field) => [field.name, anyValue(field)] as const);
  return fc.record(Object.fromEntries(model));
}

/** Records with serial numbers 1, 2, 3… so that none occurs twice. */
export function withSerials(
  records: readonly Record<string, OfdValue>[],
): Record<string, OfdValue>[] {
  return records.map((record, index) =>
    'AppSheetSerialNo' in record ? { ...record, AppSheetSerialNo: `S${index + 1}` } : { ...record },
  );
}

/** A small application file's records. */
export function sampleApplications(count: number): Record<string, OfdValue>[] {
  return Array.from({ length: count }, (_, index) => ({
    AppSheetSerialNo: `30520260921${String(index + 1).padStart(6, '0')}`,
    FundCode: '000001',
    TransactionDate: '20260921',
    TransactionTime: '093000',
    TransactionAccountID: '9000000001',
    DistributorCode: '305',
    ApplicationAmount: '1000.00',
    BusinessCode: '022',
    TAAccountID: 'F10209800975',
    CurrencyType: '156',
    IndividualOrInstitution: '1',
    Specification: '中国银行理财申购',
  }));
}

/** `bytes` with the part from `at` on replaced by `by`. */
export function overwrite(bytes: Buffer, at: number, by: string | Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(typeof by === 'string' ? Buffer.from(by, 'latin1') : by, at);
  return copy;
}
