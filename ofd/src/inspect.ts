import { basename } from 'node:path';
import { findCodeText } from './code-values.ts';
import { businessCodes, fileTypes } from './codes.ts';
import { OfdError, type OfdLanguage } from './errors.ts';
import fieldLabels from './field-labels.json' with { type: 'json' };
import type { OfdReadOptions } from './file-parser.ts';
import { headerItems, INDEX_MARKER } from './header.ts';
import { type OfdIndex, parseIndex } from './index-file.ts';
import { asBuffer } from './read.ts';
import { OfdReader, type OfdSource, openSource } from './reader.ts';
import type { OfdField } from './layout.ts';
import type { OfdRecord } from './record.ts';

/** How `inspect` shows a file. */
export interface OfdInspectOptions extends OfdReadOptions {
  readonly language?: OfdLanguage | undefined;
  /** Records shown, 20 by default; the whole file is read and checked all the same. */
  readonly records?: number | undefined;
  /** Shows blank and zero fields too. */
  readonly all?: boolean | undefined;
  /** What stands in the place of a field's text, such as a masked name; undefined leaves it. */
  readonly mask?: ((field: string, text: string) => string | undefined) | undefined;
}

/** What `inspectFile` found: the text, and the error if the file is not good. */
export interface OfdInspection {
  readonly text: string;
  readonly error: OfdError | undefined;
}

const words = {
  en: {
    version: 'version',
    creator: 'creator',
    receiver: 'receiver',
    date: 'date',
    summaryNo: 'summary number',
    fileType: 'file type',
    sender: 'sender',
    recipient: 'recipient',
    records: 'records',
    layout: 'layout',
    verified: 'verified',
    unverified: 'not verified against a second source',
    record: 'record',
    index: 'index file',
    files: 'files',
    good: 'The file is complete and every field is valid.',
    bad: 'The file is refused:',
    shown: 'Records not shown:',
  },
  zh: {
    version: '版本',
    creator: '创建人',
    receiver: '接收人',
    date: '日期',
    summaryNo: '汇总表号',
    fileType: '文件类型',
    sender: '发送人',
    recipient: '文件接收人',
    records: '记录数',
    layout: '格式定义',
    verified: '已核对',
    unverified: '未经第二来源核对',
    record: '记录',
    index: '索引文件',
    files: '文件数',
    good: '文件完整，所有字段有效。',
    bad: '文件被拒绝：',
    shown: '未显示的记录数：',
  },
} as const;

const PIECE_BYTES = 1024;
const SHOWN_BYTES = 256 * PIECE_BYTES;

/** The Chinese names of fields. */
export const labelByName: ReadonlyMap<string, string> = new Map(Object.entries(fieldLabels));

/** Columns a text takes on a terminal: East Asian characters take two. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += character >= '\u1100' ? 2 : 1;
  return width;
}

function alignRows(rows: readonly (readonly string[])[], indent: string): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length - 1));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const isLast = column === row.length - 1;
      return isLast ? cell : cell + ' '.repeat(widths[column]! - displayWidth(cell));
    });
    return (indent + cells.join('  ')).trimEnd();
  });
}

function formatDate(text: string): string {
  return text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
}

function formatDecimal(scaled: bigint, decimals: number): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = scaled < 0n ? '-' : '';
  return decimals === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-decimals)}`;
}

/** A field as people read it: decimals set, dates and times with their signs, codes in words. */
export function formatValue(
  record: OfdRecord,
  field: OfdField,
  fileType: string,
  language: OfdLanguage,
): string {
  if (field.type === 'N') return formatDecimal(record.number(field.name), field.decimals);
  const value = record.text(field.name);
  if (field.name === 'TransactionTime') return value.replace(/^(\d\d)(\d\d)(\d\d)$/, '$1:$2:$3');
  if (field.length === 8 && /date|day|deadline/i.test(field.name)) return formatDate(value);
  const text =
    field.name === 'BusinessCode'
      ? businessCodes.get(value)
      : findCodeText(record, field.name, fileType);
  return text === undefined ? value : `${value} ${text[language]}`;
}

function isShown(record: OfdRecord, field: OfdField): boolean {
  if (field.type === 'N') return record.number(field.name) !== 0n;
  return record.text(field.name) !== '';
}

function describeRecord(
  record: OfdRecord,
  reader: OfdReader,
  { language = 'en', all = false, mask }: OfdInspectOptions,
): string[] {
  const { fields, fileType } = reader.layout;
  const rows = fields
    .filter((field) => all || isShown(record, field))
    .map((field) => {
      const masked = field.type === 'N' ? undefined : mask?.(field.name, record.text(field.name));
      const value = masked ?? formatValue(record, field, fileType, language);
      if (language === 'en') return [field.name, value];
      return [field.name, labelByName.get(field.name) ?? '', value];
    });
  const title = `${words[language].record} ${record.index + 1} / ${reader.recordCount}`;
  return ['', title, ...alignRows(rows, '  ')];
}

function describeHead(reader: OfdReader, language: OfdLanguage): string[] {
  const { header, layout, recordCount } = reader;
  const text = words[language];
  const rows = headerItems.map(({ key }) => {
    const value = key === 'date' ? formatDate(header.date) : header[key];
    const type = key === 'fileType' ? ` ${fileTypes.get(value)?.[language] ?? ''}` : '';
    return [text[key], value + type];
  });
  const proof = layout.verified ? text.verified : text.unverified;
  rows.push([text.layout, `V2.${layout.version[1]} ${layout.profile} (${proof})`]);
  rows.push([text.records, formatDecimal(BigInt(recordCount), 0)]);
  return alignRows(rows, '');
}

function describeIndex(index: OfdIndex, language: OfdLanguage): string[] {
  const text = words[language];
  const rows = [
    [text.index, index.kind],
    [text.version, index.version],
    [text.creator, index.creator],
    [text.receiver, index.receiver],
    [text.date, formatDate(index.date)],
    [text.files, String(index.files.length)],
  ];
  return [...alignRows(rows, ''), ...index.files.map((name) => `  ${name}`)];
}

async function* replay(
  taken: readonly Buffer[],
  rest: AsyncIterator<Uint8Array> | Iterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  // The beginning comes in small pieces, so that the good records before an error are shown.
  for (const chunk of taken) {
    for (let at = 0; at < SHOWN_BYTES; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      if (piece.length > 0) yield piece;
    }
    if (chunk.length > SHOWN_BYTES) yield chunk.subarray(SHOWN_BYTES);
  }
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* describeData(
  source: AsyncIterable<Uint8Array>,
  options: OfdInspectOptions,
): AsyncGenerator<string[]> {
  const { language = 'en', records = 20 } = options;
  const reader = await OfdReader.open(source, options);
  yield describeHead(reader, language);
  for await (const batch of reader.batches()) {
    for (const record of batch) {
      if (record.index < records) yield describeRecord(record, reader, options);
    }
  }
  const hidden = reader.recordCount - records;
  if (hidden > 0) yield ['', `${words[language].shown} ${formatDecimal(BigInt(hidden), 0)}`];
}

async function* describe(source: OfdSource, options: OfdInspectOptions): AsyncGenerator<string[]> {
  const stream = openSource(source);
  const rest =
    Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : stream[Symbol.iterator]();
  const taken: Buffer[] = [];
  let size = 0;
  while (size < INDEX_MARKER.length) {
    const next = await rest.next();
    if (next.done === true) break;
    taken.push(asBuffer(next.value));
    size += next.value.length;
  }
  const isIndex = Buffer.concat(taken).toString('latin1', 0, 8) === INDEX_MARKER;
  if (!isIndex) {
    yield* describeData(replay(taken, rest), options);
    return;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of replay(taken, rest)) chunks.push(chunk);
  yield describeIndex(
    parseIndex(Buffer.concat(chunks), options.fileName),
    options.language ?? 'en',
  );
}

/**
 * Reads and checks a data or index file and shows it as a person would read it: header, code
 * values in words, dates and decimals, one block per record, and at the end whether it is good.
 * A bad file is no exception here: its error is in the text and in the result.
 */
export async function inspectFile(
  source: OfdSource | Uint8Array,
  options: OfdInspectOptions = {},
): Promise<OfdInspection> {
  const text = words[options.language ?? 'en'];
  const lines: string[] = [];
  let error: OfdError | undefined;
  const fileName = options.fileName ?? (typeof source === 'string' ? basename(source) : undefined);
  try {
    const pieces = source instanceof Uint8Array ? [source] : source;
    for await (const part of describe(pieces, { ...options, fileName })) lines.push(...part);
    lines.push('', text.good);
  } catch (caught) {
    if (!(caught instanceof OfdError)) throw caught;
    error = caught;
    lines.push('', text.bad, `  ${caught.code}: ${caught.describe(options.language ?? 'en')}`);
  }
  return { text: `${lines.join('\n').trimStart()}\n`, error };
}

/** The text of `inspectFile`. */
export async function inspect(
  source: OfdSource | Uint8Array,
  options: OfdInspectOptions = {},
): Promise<string> {
  return (await inspectFile(source, options)).text;
}
