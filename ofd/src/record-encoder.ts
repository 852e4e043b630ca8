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
    throw new OfdError('VALUE_TYPE', place, { found: `"${value}"`, expected });
  }
  const digits = fraction.slice(0, field.decimals).padEnd(field.decimals, '0');
  return BigInt(`${match[1]}${match[2]}${digits}`);
}

/** Encodes records of one layout; every value is checked and nothing is ever cut. */
export class RecordEncoder {
  readonly layout: OfdLayout;
  /** Bytes of a record with its CR LF. */
  readonly stride: number;
  readonly #names: ReadonlySet<string>;
  readonly #signed: ReadonlySet<string>;

  constructor(layout: OfdLayout, options: OfdWriteOptions) {
    this.layout = layout;
    this.stride = layout.recordLength + 2;
    this.#names = new Set(layout.fields.map((field) => field.name));
    this.#signed = new Set(options.signedFields ?? []);
    for (const name of this.#signed) this.#requireName(name, {});
  }

  #requireName(name: string, place: OfdPlace): void {
    if (this.#names.has(name)) return;
    const params = { field: name, fileType: this.layout.fileType };
    throw new OfdError('UNKNOWN_FIELD', { ...place, field: name }, params);
  }

  /** Writes one record with CR LF at `at`; `record` counts from 1 and goes into errors. */
  encode(target: Buffer, at: number, values: Readonly<Record<string, OfdValue>>, record: number) {
    for (const name of Object.keys(values)) {
      if (!this.#names.has(name)) this.#requireName(name, { record });
    }
    let start = at;
    for (const field of this.layout.fields) {
      const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
      if (field.type === 'N') this.#encodeNumber(target, start, field, value, record);
      else this.#encodeText(target, start, field, value, record);
      start += field.length;
    }
    target[start] = 0x0d;
    target[start + 1] = 0x0a;
  }

  #encodeNumber(target: Buffer, at: number, field: OfdField, value: OfdValue, record: number) {
    const end = at + field.length;
    if (value === undefined) {
      target.fill(0x30, at, end);
      return;
    }
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
    target.fill(0x30, at, end - digits.length);
    target.write(digits, end - digits.length, 'latin1');
    if (isNegative) target[at] = 0x2d;
  }

  #encodeText(target: Buffer, at: number, field: OfdField, value: OfdValue, record: number) {
    const end = at + field.length;
    if (value === undefined || value === '') {
      target.fill(0x20, at, end);
      return;
    }
    if (typeof value !== 'string') {
      const params = { found: String(value), expected: 'text' };
      throw new OfdError('VALUE_TYPE', { record, field: field.name }, params);
    }
    let isAscii = value.length <= field.length;
    for (let index = 0; isAscii && index < value.length; index++) {
      const unit = value.charCodeAt(index);
      if (unit < 0x20 || unit > 0x7e) isAscii = false;
    }
    if (field.type === 'A') this.#checkDigits(field, value, record);
    if (isAscii) {
      target.write(value, at, 'latin1');
      target.fill(0x20, at + value.length, end);
      return;
    }
    target.fill(0x20, this.#encodeWide(target, at, field, value, record), end);
  }

  #checkDigits(field: OfdField, value: string, record: number): void {
    const pattern = field.text === true ? /^[0-9A-Za-z]* *$/ : /^\d* *$/;
    if (pattern.test(value)) return;
    const allowed = field.text === true ? 'letters and digits' : 'digits';
    const params = { type: 'A', allowed, found: JSON.stringify(value) };
    throw new OfdError('VALUE_CHARACTERS', { record, field: field.name }, params);
  }

  #encodeWide(target: Buffer, at: number, field: OfdField, value: string, record: number): number {
    const place = { record, field: field.name };
    const control = /\p{Cc}/u.exec(value);
    if (control !== null) {
      const code = control[0].codePointAt(0)!.toString(16).padStart(4, '0');
      const allowed = 'text without control characters';
      const params = { type: field.type, allowed, found: `U+${code.toUpperCase()}` };
      throw new OfdError('VALUE_CHARACTERS', place, params);
    }
    try {
      const actual = byteLengthGb18030(value);
      if (actual <= field.length) return writeGb18030(target, at, value);
      throw new OfdError('VALUE_TOO_LONG', place, { actual, length: field.length });
    } catch (error) {
      if (!(error instanceof OfdError) || error.field !== undefined) throw error;
      throw new OfdError(error.code, place, error.params);
    }
  }
}
