import { describeBytes } from './gb18030.ts';
import { OfdError, type OfdPlace } from './errors.ts';
import { isOfdDate } from './file-name.ts';
import { findLayoutVersion, type OfdVersion } from './layout.ts';

/** The head of a data file, trimmed; `date` is yyyymmdd, `version` 20, 21 or 22. */
export interface OfdHeader {
  readonly version: string;
  readonly creator: string;
  readonly receiver: string;
  readonly date: string;
  readonly summaryNo: string;
  readonly fileType: string;
  readonly sender: string;
  readonly recipient: string;
}

export const DATA_MARKER = 'OFDCFDAT';
export const INDEX_MARKER = 'OFDCFIDX';
export const END_MARKER = 'OFDCFEND';

/** One header line: its widths in bytes in the 2.1 and in the 2.2 edition. */
export interface HeaderItem {
  readonly key: keyof OfdHeader;
  readonly label: string;
  readonly widths: Readonly<Record<OfdVersion, number>>;
  readonly isRequired: boolean;
}

function item(key: keyof OfdHeader, label: string, v21: number, v22: number): HeaderItem {
  const isRequired = key === 'creator' || key === 'receiver' || key === 'fileType';
  return { key, label, widths: { '21': v21, '22': v22 }, isRequired };
}

/** Lines 2 to 9 of a data file; lines 2 to 5 stand in an index file too. */
export const headerItems: readonly HeaderItem[] = [
  item('version', 'version', 4, 8),
  item('creator', 'creator', 9, 20),
  item('receiver', 'receiver', 9, 20),
  item('date', 'date', 8, 8),
  item('summaryNo', 'summary number', 3, 8),
  item('fileType', 'file type', 2, 8),
  item('sender', 'sender', 8, 8),
  item('recipient', 'recipient', 8, 8),
];

export const fieldCountWidths = { '21': 3, '22': 8 } as const;
export const recordCountWidths = { '21': 8, '22': 16 } as const;
export const fileCountWidths = { '21': 3, '22': 8 } as const;

export type Report = (error: OfdError) => void;

/** Longest line in a header or an index file, in bytes. */
const LINE_BYTES_MAX = 128;

/**
 * Takes the line at `at` out of `data`: its text and the offset after CR LF, or undefined if the
 * line is not whole yet. Throws on a wrong line ending and on bytes that cannot be a header.
 */
export function takeLine(
  data: Buffer,
  at: number,
  place: OfdPlace,
): { text: string; next: number } | undefined {
  const feed = data.indexOf(0x0a, at);
  const end = feed < 0 ? data.length : feed;
  const limit = Math.min(end, at + LINE_BYTES_MAX);
  for (let index = at; index < limit; index++) {
    const byte = data[index]!;
    const offset = (place.offset ?? 0) + index - at;
    if (byte === 0x0d && index < end - 1) {
      throw new OfdError('LINE_ENDING', { ...place, offset }, { found: 'CR' });
    }
    if (byte === 0x0d || (byte >= 0x20 && byte < 0x7f)) continue;
    const found = describeBytes(data.subarray(index, index + 4));
    throw new OfdError('BAD_ENCODING', { ...place, offset }, { found });
  }
  if (end - at > LINE_BYTES_MAX) {
    throw new OfdError('LIMIT_EXCEEDED', place, { limit: LINE_BYTES_MAX, unit: 'bytes' });
  }
  if (feed < 0) return undefined;
  if (feed === at || data[feed - 1] !== 0x0d) {
    const offset = (place.offset ?? 0) + feed - at;
    throw new OfdError('LINE_ENDING', { ...place, offset }, { found: 'LF' });
  }
  return { text: data.toString('latin1', at, feed - 1), next: feed + 1 };
}

/** Checks a line's width: either edition's is accepted, since writers mix them. */
export function checkWidth(
  text: string,
  label: string,
  widths: Readonly<Record<OfdVersion, number>>,
  place: OfdPlace,
  report: Report,
): void {
  if (text.length === widths['21'] || text.length === widths['22']) return;
  const expected =
    widths['21'] === widths['22'] ? widths['21'] : `${widths['21']} or ${widths['22']}`;
  report(new OfdError('HEADER_WIDTH', place, { item: label, actual: text.length, expected }));
}

/** Checks one header line and returns its value, trimmed; the version comes back as 20, 21, 22. */
export function readHeaderItem(
  text: string,
  headerItem: HeaderItem,
  place: OfdPlace,
  report: Report,
): string {
  checkWidth(text, headerItem.label, headerItem.widths, place, report);
  const value = text.trim();
  const refuse = () =>
    report(new OfdError('HEADER_VALUE', place, { item: headerItem.label, found: value }));
  if (headerItem.key === 'version') {
    if (findLayoutVersion(value) === undefined) {
      throw new OfdError('UNSUPPORTED_VERSION', place, { found: value });
    }
    return value.slice(-2);
  }
  if (headerItem.key === 'date' && !isOfdDate(value)) refuse();
  const isMissing = headerItem.isRequired && value === '';
  // A blank inside would be read here and could not be written: no code has one.
  if (isMissing || value.includes(' ')) refuse();
  return value;
}

/** Reads a zero-padded count; a count that is no number cannot be read past, so this throws. */
export function readCount(
  text: string,
  label: string,
  widths: Readonly<Record<OfdVersion, number>>,
  place: OfdPlace,
  report: Report,
): number {
  checkWidth(text, label, widths, place, report);
  const value = text.trim();
  if (!/^\d{1,16}$/.test(value) || !Number.isSafeInteger(Number(value))) {
    throw new OfdError('HEADER_VALUE', place, { item: label, found: value });
  }
  return Number(value);
}

/** Refuses the byte order marks, before the first line is read. */
export function refuseByteOrderMark(data: Buffer, place: OfdPlace): void {
  const start = data.toString('latin1', 0, 3);
  const isMarked = /^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/.test(start);
  if (!isMarked) return;
  const found = `byte order mark ${describeBytes(data.subarray(0, start[0] === '\xef' ? 3 : 2))}`;
  throw new OfdError('BAD_ENCODING', { ...place, offset: 0 }, { found });
}

/** Writes a header line: the value padded with blanks to its width, refused if it is longer. */
export function formatHeaderItem(
  value: string,
  headerItem: HeaderItem,
  version: OfdVersion,
): string {
  const width = headerItem.widths[version];
  const place = { field: headerItem.key };
  const params = { item: headerItem.label, found: value };
  const isDate = headerItem.key !== 'date' || isOfdDate(value);
  const isVersion = headerItem.key !== 'version' || /^2[012]$/.test(value);
  const isPresent = !headerItem.isRequired || value !== '';
  if (!/^[\x21-\x7e]*$/.test(value) || !isDate || !isPresent || !isVersion) {
    throw new OfdError('HEADER_VALUE', place, params);
  }
  if (value.length > width) {
    throw new OfdError('VALUE_TOO_LONG', place, { actual: value.length, length: width });
  }
  return value.padEnd(width, ' ');
}
