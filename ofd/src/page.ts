/** A part of a data file as a screen shows it: fields with their names, records by pages. */
import { findCodeText, type OfdCodeText } from './code-values.ts';
import { businessCodes, fileTypes } from './codes.ts';
import { OfdError } from './errors.ts';
import type { OfdReadOptions } from './file-parser.ts';
import type { OfdHeader } from './header.ts';
import { formatValue, labelByName } from './inspect.ts';
import type { OfdField } from './layout.ts';
import { OfdReader } from './reader.ts';
import type { OfdRecord } from './record.ts';

/** Which records of a file. */
export interface OfdPageOptions extends OfdReadOptions {
  /** The first record, from 0. */
  readonly from: number;
  readonly limit: number;
}

/** One field of the file's layout. */
export interface OfdPageField {
  readonly name: string;
  readonly label: string;
  readonly labelZh: string;
  readonly type: OfdField['type'];
  readonly length: number;
  readonly decimals: number;
}

/** One value: as a person reads it, and what a code means. */
export interface OfdPageValue {
  readonly text: string;
  readonly meaning?: OfdCodeText;
}

/** A part of a file. With an error, what stands before it is shown. */
export interface OfdPage {
  readonly header: OfdHeader;
  readonly fileTypeName: OfdCodeText | undefined;
  readonly isLayoutVerified: boolean;
  readonly recordCount: number;
  readonly fields: readonly OfdPageField[];
  readonly records: readonly { readonly index: number; readonly values: readonly OfdPageValue[] }[];
  readonly error?: OfdError;
}

const PIECE_BYTES = 256 * 1_024;

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield bytes.subarray(at, at + PIECE_BYTES);
  }
}

/** 'CertificateNo' as 'Certificate no': the protocol names fields in English. */
function labelOf(name: string): string {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return words
    .split(' ')
    .map((word, index) => (index === 0 || /^[A-Z]{2,}/.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

function viewField({ name, type, length, decimals }: OfdField): OfdPageField {
  return {
    name,
    label: labelOf(name),
    labelZh: labelByName.get(name) ?? name,
    type,
    length,
    decimals,
  };
}

function viewValue(record: OfdRecord, field: OfdField, fileType: string): OfdPageValue {
  const meaning =
    field.name === 'BusinessCode'
      ? businessCodes.get(record.text(field.name))
      : findCodeText(record, field.name, fileType);
  if (meaning !== undefined) return { text: record.text(field.name), meaning };
  // Without a meaning both languages are written alike.
  return { text: formatValue(record, field, fileType, 'en') };
}

/**
 * Reads and checks a data file up to the end of the page. An error of the head is thrown as
 * `OfdError`; one of a record ends the page and stands in it. What follows the page is not read.
 */
export async function readPage(bytes: Uint8Array, options: OfdPageOptions): Promise<OfdPage> {
  const { from, limit, ...read } = options;
  const reader = await OfdReader.open(piecesOf(bytes), read);
  const { layout, header, recordCount } = reader;
  const records: { index: number; values: OfdPageValue[] }[] = [];
  let error: OfdError | undefined;
  try {
    for await (const batch of reader.batches()) {
      for (const record of batch) {
        if (record.index < from || record.index >= from + limit) continue;
        const values = layout.fields.map((field) => viewValue(record, field, layout.fileType));
        records.push({ index: record.index, values });
      }
      if ((batch.at(-1)?.index ?? -1) >= from + limit) break;
    }
  } catch (caught) {
    if (!(caught instanceof OfdError)) throw caught;
    error = caught;
  }
  return {
    header,
    fileTypeName: fileTypes.get(header.fileType),
    isLayoutVerified: layout.verified,
    recordCount,
    fields: layout.fields.map(viewField),
    records,
    ...(error === undefined ? {} : { error }),
  };
}
