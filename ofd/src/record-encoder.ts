import { OfdError, type OfdPlace } from './errors.ts';
import { byteLengthGb18030, writeGb18030 } from './gb18030.ts';
import type { OfdField, OfdLayout } from './layout.ts';
import type { OfdValue } from './record.ts';

/** Settings of every writer. */
export interface OfdWriteOptions {
  /** A layout of another profile; by default the standard one of version and file type. */
  readonly layout?: OfdLayout | undefined;
  /**
   * N fields that may be negative. By default none: the protocol gives signs in fields of their
   * own, such as `YieldFlag`; some counterparties put a minus sign into the first byte instead.
   */
  readonly signedFields?: readonly string[] | undefined;
}

const decimalPattern = /^(-?)(\d+)(?:\.(\d+))?$/;

function scaledValue(value: string | bigint, field: OfdField, place: OfdPlace): bigint {
  if (typeof value === 'bigint') return value;
  const match = decimalPattern.exec(value);
  const fraction = match?.[3] ?? '';
  const excess = fraction.slice(field.decimals);
  if (match === null || /[1-9]/.test(excess)) {
    const expected = `a decimal number with at most ${field.decimals} decimals`;
    throw new OfdError('VALUE_TYPE', place, { found: JSON.stringify(value), expected });
  }
  const digits = fraction.slice(0, field.decimals).padEnd(field.decimals, '0');
  return BigInt(`${match[1]}${match[2]}${digits}`);
}

/** A field with its offset in the record. */
interface Slot {
  readonly field: OfdField;
  readonly start: number;
}

/** Writes printable ASCII at `at`; false, with nothing of value written, if the text is other. */
function writeAscii(target: Buffer, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || unit > 0x7e) return false;
    target[at + index] = unit;
  }
  return true;
}

function findControl(text: string): string | undefined {
  for (const character of text) if (character < ' ' || character === '\x7f') return character;
  return undefined;
}

/**
 * Encodes records of one layout; every value is checked and nothing is ever cut. A record starts
 * as a copy of the empty record, so that only the values that are there cost anything.
 */
export class RecordEncoder {
  readonly layout: OfdLayout;
  /** Bytes of a record with its CR LF. */
  readonly stride: number;
  readonly #slots = new Map<string, Slot>();
  readonly #signed: ReadonlySet<string>;
  readonly #empty: Buffer;

  constructor(layout: OfdLayout, options: OfdWriteOptions) {
    this.layout = layout;
    this.stride = layout.recordLength + 2;
    this.#empty = Buffer.alloc(this.stride, 0x20);
    let start = 0;
    for (const field of layout.fields) {
      this.#slots.set(field.name, { field, start });
      if (field.type === 'N') this.#empty.fill(0x30, start, start + field.length);
      start += field.length;
    }
    this.#empty.write('\r\n', start, 'latin1');
    this.#signed = new Set(options.signedFields ?? []);
    for (const name of this.#signed) this.#slotOf(name, {});
  }

  #slotOf(name: string, place: OfdPlace): Slot {
    const slot = this.#slots.get(name);
    if (slot !== undefined) return slot;
    const params = { field: name, fileType: this.layout.fileType };
    throw new OfdError('UNKNOWN_FIELD', { ...place, field: name }, params);
  }

  /** Writes one record with CR LF at `at`; `record` counts from 1 and goes into errors. */
  encode(
    target: Buffer,
    at: number,
    values: Readonly<Record<string, OfdValue>>,
    record: number,
  ): void {
    this.#empty.copy(target, at);
    for (const name of Object.keys(values)) {
      const { field, start } = this.#slots.get(name) ?? this.#slotOf(name, { record });
      const value = values[name];
      if (value === undefined) continue;
      if (field.type === 'N') this.#encodeNumber(target, at + start, field, value, record);
      else this.#encodeText(target, at + start, field, value, record);
    }
  }

  #encodeNumber(
    target: Buffer,
    at: number,
    field: OfdField,
    value: string | bigint,
    record: number,
  ): void {
    const place = { record, field: field.name };
    if (typeof value !== 'bigint' && typeof value !== 'string') {
      throw new OfdError('VALUE_TYPE', place, { found: String(value), expected: 'a number' });
    }
    const scaled = scaledValue(value, field, place);
    const isNegative = scaled < 0n;
    if (isNegative && !this.#signed.has(field.name)) {
      throw new OfdError('NEGATIVE_VALUE', place, { found: String(value) });
    }
    const digits = (isNegative ? -scaled : scaled).toString();
    const actual = digits.length + (isNegative ? 1 : 0);
    if (actual > field.length) {
      throw new OfdError('VALUE_TOO_LONG', place, { actual, length: field.length });
    }
    writeAscii(target, at + field.length - digits.length, digits);
    if (isNegative) target[at] = 0x2d;
  }

  #encodeText(
    target: Buffer,
    at: number,
    field: OfdField,
    value: string | bigint,
    record: number,
  ): void {
    if (typeof value !== 'string') {
      const params = { found: String(value), expected: 'text' };
      throw new OfdError('VALUE_TYPE', { record, field: field.name }, params);
    }
    if (field.type === 'A') this.#checkDigits(field, value, record);
    if (value.length > field.length || !writeAscii(target, at, value)) {
      this.#encodeWide(target, at, field, value, record);
    }
  }

  #checkDigits(field: OfdField, value: string, record: number): void {
    const pattern = field.text === true ? /^[0-9A-Za-z]* *$/ : /^\d* *$/;
    if (pattern.test(value)) return;
    const allowed = field.text === true ? 'letters and digits' : 'digits';
    const params = { type: 'A', allowed, found: JSON.stringify(value) };
    throw new OfdError('VALUE_CHARACTERS', { record, field: field.name }, params);
  }

  #encodeWide(target: Buffer, at: number, field: OfdField, value: string, record: number): void {
    const place = { record, field: field.name };
    const control = findControl(value);
    if (control !== undefined) {
      const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      const allowed = 'text without control characters';
      throw new OfdError('VALUE_CHARACTERS', place, { type: 'C', allowed, found: `U+${code}` });
    }
    let actual: number;
    try {
      actual = byteLengthGb18030(value);
    } catch (error) {
      if (!(error instanceof OfdError)) throw error;
      throw new OfdError(error.code, place, error.params);
    }
    if (actual > field.length) {
      throw new OfdError('VALUE_TOO_LONG', place, { actual, length: field.length });
    }
    writeGb18030(target, at, value);
  }
}
