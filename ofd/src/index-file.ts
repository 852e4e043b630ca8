import { OfdError, type OfdPlace } from './errors.ts';
import { findFileNameParts, type OfdIndexKind, parseFileName } from './file-name.ts';
import {
  END_MARKER,
  fileCountWidths,
  formatHeaderItem,
  headerItems,
  INDEX_MARKER,
  readCount,
  readHeaderItem,
  refuseByteOrderMark,
  type Report,
  takeLine,
} from './header.ts';
import { findLayoutVersion } from './layout.ts';
import { asBuffer } from './read.ts';

/** An index file: the data files of one package. `date` is yyyymmdd. */
export interface OfdIndex {
  /** From the file name, since nothing inside says it; `OFI` where no name is given. */
  readonly kind: OfdIndexKind;
  readonly version: string;
  readonly creator: string;
  readonly receiver: string;
  readonly date: string;
  readonly files: readonly string[];
}

const INDEX_BYTES_MAX = 1_000_000;
const partyItems = headerItems.slice(0, 4);
const indexKeys = ['creator', 'receiver', 'date'] as const;

const throwError: Report = (error) => {
  throw error;
};

/** Takes the lines of an index file one by one. */
class IndexLines {
  readonly #data: Buffer;
  readonly #file: string | undefined;
  #at = 0;
  #line = 0;

  constructor(data: Buffer, file: string | undefined) {
    this.#data = data;
    this.#file = file;
  }

  get place(): OfdPlace {
    return { file: this.#file, line: this.#line + 1, offset: this.#at };
  }

  next(): { text: string; place: OfdPlace } {
    const place = this.place;
    const line = takeLine(this.#data, this.#at, place);
    if (line === undefined) throw new OfdError('TRUNCATED', place, { part: 'the index' });
    this.#at = line.next;
    this.#line++;
    return { text: line.text, place };
  }

  /** Everything after the lines taken so far. */
  rest(): string {
    return this.#data.toString('latin1', this.#at);
  }
}

function checkEnd(lines: IndexLines, declared: number): void {
  const rest = lines.rest();
  if (/^OFDCFEND(\r\n){0,2}$/.test(rest)) return;
  const place = lines.place;
  if (END_MARKER.startsWith(rest) || /^OFDCFEND(\r\n)?\r$/.test(rest)) {
    throw new OfdError('TRUNCATED', place, { part: 'the end marker' });
  }
  if (rest.startsWith(END_MARKER)) throw new OfdError('TRAILING_BYTES', place);
  if (/^OFD_/i.test(rest)) {
    throw new OfdError('INDEX_COUNT', place, { declared, actual: 'more' });
  }
  throw new OfdError('MARKER', place, { expected: END_MARKER, found: rest.slice(0, 8) });
}

function checkName(index: OfdIndex, fileName: string | undefined): void {
  const name = fileName?.split(/[/\\]/).at(-1);
  const parts = name === undefined ? undefined : findFileNameParts(name);
  if (parts === undefined || parts.kind === 'OFD') return;
  for (const key of indexKeys) {
    const [inside, outside] = [index[key], parts[key]];
    if (inside.toUpperCase() === outside.toUpperCase()) continue;
    throw new OfdError('NAME_MISMATCH', { file: fileName }, { item: key, inside, outside });
  }
}

/** Reads an index file and checks all of it; throws the first `OfdError`. */
export function parseIndex(bytes: Uint8Array, fileName?: string): OfdIndex {
  const data = asBuffer(bytes);
  if (data.length > INDEX_BYTES_MAX) {
    const params = { limit: INDEX_BYTES_MAX, unit: 'bytes' };
    throw new OfdError('LIMIT_EXCEEDED', { file: fileName }, params);
  }
  refuseByteOrderMark(data, { file: fileName });
  const lines = new IndexLines(data, fileName);
  const marker = lines.next();
  if (marker.text !== INDEX_MARKER) {
    const params = { expected: INDEX_MARKER, found: marker.text.slice(0, 8) };
    throw new OfdError('MARKER', marker.place, params);
  }
  const [version = '', creator = '', receiver = '', date = ''] = partyItems.map((item) => {
    const line = lines.next();
    return readHeaderItem(line.text, item, line.place, throwError);
  });
  const countLine = lines.next();
  const widths = fileCountWidths;
  const declared = readCount(countLine.text, 'file count', widths, countLine.place, throwError);
  const files: string[] = [];
  const seen = new Set<string>();
  while (files.length < declared) {
    const { text, place } = lines.next();
    if (text.trimEnd() === END_MARKER) {
      throw new OfdError('INDEX_COUNT', place, { declared, actual: files.length });
    }
    files.push(checkEntry(text.trimEnd(), seen, place));
  }
  checkEnd(lines, declared);
  const parts = findFileNameParts(fileName?.split(/[/\\]/).at(-1) ?? '');
  const kind = parts === undefined || parts.kind === 'OFD' ? 'OFI' : parts.kind;
  const index = { kind, version, creator, receiver, date, files };
  checkName(index, fileName);
  return index;
}

function checkEntry(name: string, seen: Set<string>, place: OfdPlace): string {
  if (findFileNameParts(name)?.kind !== 'OFD') throw new OfdError('FILE_NAME', place, { name });
  if (seen.has(name.toUpperCase())) throw new OfdError('INDEX_DUPLICATE', place, { name });
  seen.add(name.toUpperCase());
  return name;
}

/** The bytes of an index file; an empty file list is legal. Throws on what cannot be written. */
export function writeIndex(index: OfdIndex): Buffer {
  const version = findLayoutVersion(index.version);
  if (version === undefined) {
    throw new OfdError('UNSUPPORTED_VERSION', {}, { found: index.version });
  }
  const lines = [INDEX_MARKER];
  const { creator, receiver, date } = index;
  const values = [index.version, creator, receiver, date];
  partyItems.forEach((item, position) => {
    lines.push(formatHeaderItem(values[position]!, item, version));
  });
  const width = fileCountWidths[version];
  const count = String(index.files.length).padStart(width, '0');
  if (count.length > width) {
    const params = { actual: count.length, length: width };
    throw new OfdError('VALUE_TOO_LONG', { field: 'files' }, params);
  }
  lines.push(count);
  const seen = new Set<string>();
  for (const name of index.files) {
    parseFileName(name);
    lines.push(checkEntry(name, seen, {}));
  }
  lines.push(END_MARKER);
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1');
}
