import { OfdError, type OfdPlace } from './errors.ts';
import { findFileNameParts } from './file-name.ts';
import {
  DATA_MARKER,
  fieldCountWidths,
  headerItems,
  INDEX_MARKER,
  type OfdHeader,
  readCount,
  readHeaderItem,
  recordCountWidths,
  refuseByteOrderMark,
  type Report,
  takeLine,
} from './header.ts';
import { findLayoutVersion, getLayout, type OfdField, type OfdLayout } from './layout.ts';
import { computeRecordPlan, type RecordPlan } from './record.ts';

const FIELD_COUNT_MAX = 999;

/** What is known after the last header line. */
export interface ParsedHead {
  readonly header: OfdHeader;
  readonly plan: RecordPlan;
  readonly recordCount: number;
  /** Lines before the first record. */
  readonly lines: number;
}

/** Reads the header of a data file line by line, as far as the bytes go. */
export class HeaderParser {
  readonly #file: string | undefined;
  readonly #given: OfdLayout | undefined;
  readonly #report: Report;
  readonly #values = {
    version: '',
    creator: '',
    receiver: '',
    date: '',
    summaryNo: '',
    fileType: '',
    sender: '',
    recipient: '',
  };
  readonly #names: string[] = [];
  #line = 0;
  #fieldCount = 0;
  #plan: RecordPlan | undefined;

  constructor(file: string | undefined, layout: OfdLayout | undefined, report: Report) {
    this.#file = file;
    this.#given = layout;
    this.#report = report;
  }

  /**
   * Takes whole lines from `data`, whose first byte is at `offset` of the file. Returns where it
   * stopped and, once the record count is read, the head.
   */
  read(data: Buffer, offset: number): { at: number; head?: ParsedHead } {
    let at = 0;
    if (this.#line === 0 && data.length >= 3) refuseByteOrderMark(data, this.#place(0));
    for (;;) {
      const place = this.#place(offset + at);
      const line = takeLine(data, at, place);
      if (line === undefined) return { at };
      this.#line++;
      const recordCount = this.#take(line.text, place);
      at = line.next;
      if (recordCount !== undefined) return { at, head: this.#finish(recordCount) };
    }
  }

  #place(offset: number): OfdPlace {
    return { file: this.#file, line: this.#line + 1, offset };
  }

  #finish(recordCount: number): ParsedHead {
    const header = { ...this.#values };
    return { header, plan: this.#plan!, recordCount, lines: this.#line };
  }

  #take(text: string, place: OfdPlace): number | undefined {
    const line = this.#line;
    const namesFrom = headerItems.length + 3;
    if (line === 1) this.#takeMarker(text, place);
    else if (line < namesFrom - 1) this.#takeItem(text, line - 2, place);
    else if (line === namesFrom - 1) this.#takeFieldCount(text, place);
    else if (this.#names.length < this.#fieldCount) this.#takeName(text, place);
    else return this.#takeRecordCount(text, place);
    return undefined;
  }

  #takeMarker(text: string, place: OfdPlace): void {
    if (text === DATA_MARKER) return;
    const found = text === INDEX_MARKER ? `${INDEX_MARKER} (an index file)` : text.slice(0, 20);
    throw new OfdError('MARKER', place, { expected: DATA_MARKER, found });
  }

  #takeItem(text: string, position: number, place: OfdPlace): void {
    const item = headerItems[position]!;
    this.#values[item.key] = readHeaderItem(text, item, place, this.#report);
    if (position === headerItems.length - 1) this.#compareWithName(place);
  }

  /** A file name of the protocol must say what the header says; other names are labels only. */
  #compareWithName(place: OfdPlace): void {
    const name = this.#file?.split(/[/\\]/).at(-1);
    const parts = name === undefined ? undefined : findFileNameParts(name);
    if (parts?.kind !== 'OFD') return;
    for (const key of ['creator', 'receiver', 'date', 'fileType'] as const) {
      const inside = this.#values[key];
      if (inside.toUpperCase() === parts[key].toUpperCase()) continue;
      const item = headerItems.find((candidate) => candidate.key === key)!.label;
      const line = headerItems.findIndex((candidate) => candidate.key === key) + 2;
      const at = { file: place.file, line };
      this.#report(new OfdError('NAME_MISMATCH', at, { item, inside, outside: parts[key] }));
    }
  }

  #takeFieldCount(text: string, place: OfdPlace): void {
    this.#fieldCount = readCount(text, 'field count', fieldCountWidths, place, this.#report);
    if (this.#fieldCount > FIELD_COUNT_MAX) {
      throw new OfdError('LIMIT_EXCEEDED', place, { limit: FIELD_COUNT_MAX, unit: 'field names' });
    }
  }

  #takeName(text: string, place: OfdPlace): void {
    const name = text.trim();
    if (/^\d*$/.test(name)) {
      const params = { declared: this.#fieldCount, actual: this.#names.length };
      throw new OfdError('FIELD_COUNT', place, params);
    }
    this.#names.push(name);
  }

  #takeRecordCount(text: string, place: OfdPlace): number {
    if (/^[A-Za-z]\w*\s*$/.test(text)) {
      const params = { declared: this.#fieldCount, actual: 'more' };
      throw new OfdError('FIELD_COUNT', place, params);
    }
    this.#planRecords(place);
    return readCount(text, 'record count', recordCountWidths, place, this.#report);
  }

  #layout(place: OfdPlace): OfdLayout {
    const fileType = this.#values.fileType;
    const version = findLayoutVersion(this.#values.version);
    if (version === undefined) throw new Error('the version was checked when its line was read');
    const given = this.#given;
    if (given === undefined) {
      try {
        return getLayout(version, fileType);
      } catch (error) {
        if (!(error instanceof OfdError)) throw error;
        throw new OfdError(error.code, { file: place.file, line: 7 }, error.params);
      }
    }
    if (given.version === version && given.fileType === fileType) return given;
    const reason = `the given layout is for version ${given.version}, type ${given.fileType}`;
    const params = { version, profile: given.profile, fileType, reason };
    throw new OfdError('UNSUPPORTED_LAYOUT', { file: place.file, line: 7 }, params);
  }

  #planRecords(place: OfdPlace): void {
    const layout = this.#layout(place);
    const byName = new Map(layout.fields.map((field) => [field.name.toLowerCase(), field]));
    const fields: OfdField[] = [];
    const { fileType } = layout;
    const firstLine = this.#line - this.#names.length;
    this.#names.forEach((name, index) => {
      const at = { file: place.file, line: firstLine + index, field: name };
      const field = byName.get(name.toLowerCase());
      if (field === undefined) throw new OfdError('UNKNOWN_FIELD', at, { field: name, fileType });
      if (fields.includes(field)) throw new OfdError('DUPLICATE_FIELD', at, { field: name });
      fields.push(field);
    });
    const missing = layout.fields.find((field) => !fields.includes(field));
    if (missing !== undefined) {
      const at = { file: place.file, line: this.#line - 1, field: missing.name };
      throw new OfdError('MISSING_FIELD', at, { field: missing.name, fileType });
    }
    this.#plan = computeRecordPlan(layout, fields);
  }
}
