import { OfdError } from './errors.ts';
import {
  DATA_MARKER,
  END_MARKER,
  fieldCountWidths,
  formatHeaderItem,
  headerItems,
  type OfdHeader,
  recordCountWidths,
} from './header.ts';
import { findLayoutVersion, getLayout, type OfdLayout } from './layout.ts';
import type { OfdValue } from './record.ts';
import { type OfdWriteOptions, RecordEncoder } from './record-encoder.ts';

/** The header to write; `fileType` may be left to the writer's own argument. */
export type OfdHeaderInput = Omit<OfdHeader, 'fileType'> & { readonly fileType?: string };

/** The layout for writing this header and type; throws if they do not fit together. */
export function getWriteLayout(
  header: OfdHeaderInput,
  fileType: string,
  options: OfdWriteOptions,
): OfdLayout {
  const version = findLayoutVersion(header.version);
  if (version === undefined) {
    throw new OfdError('UNSUPPORTED_VERSION', {}, { found: header.version });
  }
  if (header.fileType !== undefined && header.fileType !== fileType) {
    const params = { item: 'file type', found: header.fileType };
    throw new OfdError('HEADER_VALUE', { field: 'fileType' }, params);
  }
  const layout = options.layout ?? getLayout(version, fileType);
  if (layout.version === version && layout.fileType === fileType) return layout;
  const reason = `the given layout is for version ${layout.version}, type ${layout.fileType}`;
  const params = { version, profile: layout.profile, fileType, reason };
  throw new OfdError('UNSUPPORTED_LAYOUT', {}, params);
}

/** The record count line's digits; throws `VALUE_TOO_LONG`. */
export function formatRecordCount(count: number, layout: OfdLayout): string {
  const length = recordCountWidths[layout.version];
  const digits = String(count);
  if (digits.length > length) {
    throw new OfdError(
      'VALUE_TOO_LONG',
      { field: 'recordCount' },
      { actual: digits.length, length },
    );
  }
  return digits.padStart(length, '0');
}

/** Everything before the record count line, each line with CR LF. */
export function encodeHead(header: OfdHeaderInput, layout: OfdLayout): Buffer {
  const values: OfdHeader = { ...header, fileType: layout.fileType };
  const lines = [DATA_MARKER];
  for (const item of headerItems) {
    lines.push(formatHeaderItem(values[item.key], item, layout.version));
  }
  lines.push(String(layout.fields.length).padStart(fieldCountWidths[layout.version], '0'));
  for (const field of layout.fields) lines.push(field.name);
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1');
}

export const tailBytes: Buffer = Buffer.from(`${END_MARKER}\r\n`, 'latin1');

/**
 * A whole data file: header, the standard field order, records, end marker with CR LF. Missing
 * values become zeros (N) or blanks (A, C). Refuses, naming record and field, whatever does not
 * fit: unknown names, too many digits or bytes, foreign characters, unexpected minus signs.
 */
export function writeFile(
  header: OfdHeaderInput,
  fileType: string,
  records: Iterable<Readonly<Record<string, OfdValue>>>,
  options: OfdWriteOptions = {},
): Buffer {
  const layout = getWriteLayout(header, fileType, options);
  const encoder = new RecordEncoder(layout, options);
  const head = encodeHead(header, layout);
  let body = Buffer.allocUnsafe(encoder.stride * 64);
  let count = 0;
  for (const values of records) {
    if ((count + 1) * encoder.stride > body.length) {
      const larger = Buffer.allocUnsafe(body.length * 2);
      body.copy(larger);
      body = larger;
    }
    encoder.encode(body, count * encoder.stride, values, count + 1);
    count++;
  }
  const countLine = Buffer.from(`${formatRecordCount(count, layout)}\r\n`, 'latin1');
  return Buffer.concat([head, countLine, body.subarray(0, count * encoder.stride), tailBytes]);
}
