import { decodeGb18030 } from './gb18030.ts';
import { OfdError } from './errors.ts';
import type { OfdField, OfdLayout } from './layout.ts';

/** What a writer accepts: a bigint is the scaled value of an N field, a string its decimal form. */
export type OfdValue = string | bigint | undefined;

/** Where each field of a layout lies in the records of one file, in the file's own order. */
export interface RecordPlan {
  readonly layout: OfdLayout;
  /** The fields in the order in which the file declares them. */
  readonly fields: readonly OfdField[];
  /** `starts[i]` is the offset of field i in a record; one more entry ends the last field. */
  readonly starts: Int32Array;
  readonly indexByName: ReadonlyMap<string, number>;
}

/** Computes the plan for fields declared in this order. */
export function computeRecordPlan(layout: OfdLayout, fields: readonly OfdField[]): RecordPlan {
  const starts = new Int32Array(fields.length + 1);
  const indexByName = new Map<string, number>();
  let at = 0;
  fields.forEach((field, index) => {
    starts[index] = at;
    indexByName.set(field.name, index);
    at += field.length;
  });
  starts[fields.length] = at;
  return { layout, fields, starts, indexByName };
}

function isAscii(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! >= 0x80) return false;
  return true;
}

/**
 * One record whose fields were checked when it was framed; values are made when asked for. It
 * keeps the block of bytes it was read from alive: take the values and let the record go.
 */
export class OfdRecord {
  /** Position in the file, from 0. */
  readonly index: number;
  readonly #plan: RecordPlan;
  readonly #bytes: Buffer;
  readonly #start: number;

  constructor(plan: RecordPlan, bytes: Buffer, start: number, index: number) {
    this.index = index;
    this.#plan = plan;
    this.#bytes = bytes;
    this.#start = start;
  }

  #fieldIndex(name: string): number {
    const index = this.#plan.indexByName.get(name);
    if (index !== undefined) return index;
    const fileType = this.#plan.layout.fileType;
    throw new OfdError('UNKNOWN_FIELD', { field: name }, { field: name, fileType });
  }

  #trimmed(index: number): string {
    const bytes = this.#bytes;
    const start = this.#start + this.#plan.starts[index]!;
    let end = this.#start + this.#plan.starts[index + 1]!;
    while (end > start && bytes[end - 1] === 0x20) end--;
    if (end === start) return '';
    if (isAscii(bytes, start, end)) return bytes.toString('latin1', start, end);
    return decodeGb18030(bytes.subarray(start, end));
  }

  /** The scaled value of an N field, or undefined where it is blank. */
  #scaled(index: number): bigint | undefined {
    const bytes = this.#bytes;
    let at = this.#start + this.#plan.starts[index]!;
    const end = this.#start + this.#plan.starts[index + 1]!;
    while (at < end && bytes[at] === 0x20) at++;
    if (at === end) return undefined;
    const isNegative = bytes[at] === 0x2d;
    if (isNegative) at++;
    while (at < end && bytes[at] === 0x30) at++;
    // Up to fifteen digits are exact in a double, and much faster than reading text.
    if (end - at > 15) {
      const scaled = BigInt(bytes.toString('latin1', at, end));
      return isNegative ? -scaled : scaled;
    }
    let value = 0;
    for (; at < end; at++) value = value * 10 + (bytes[at]! - 0x30);
    return isNegative ? -BigInt(value) : BigInt(value);
  }

  /** The field's bytes as they stand in the file, a view. Throws `UNKNOWN_FIELD`, as all do. */
  raw(name: string): Buffer {
    const index = this.#fieldIndex(name);
    const start = this.#start + this.#plan.starts[index]!;
    return this.#bytes.subarray(start, this.#start + this.#plan.starts[index + 1]!);
  }

  /** The field's text without the blanks that pad it on the right. */
  text(name: string): string {
    return this.#trimmed(this.#fieldIndex(name));
  }

  /** The value of an N field, scaled by `decimals(name)`; a blank field is 0n. */
  number(name: string): bigint {
    const index = this.#fieldIndex(name);
    this.#requireNumber(index);
    return this.#scaled(index) ?? 0n;
  }

  /** The number of implied decimals of an N field. */
  decimals(name: string): number {
    return this.#requireNumber(this.#fieldIndex(name)).decimals;
  }

  #requireNumber(index: number): OfdField {
    const field = this.#plan.fields[index]!;
    if (field.type === 'N') return field;
    const params = { found: `of ${field.name}`, expected: 'a number' };
    throw new OfdError('VALUE_TYPE', { field: field.name, record: this.index + 1 }, params);
  }

  /** The field text of all fields, trimmed, in the file's order: N fields as their raw digits. */
  toObject(): Record<string, string> {
    const { fields, starts } = this.#plan;
    const bytes = this.#bytes;
    const line = bytes.toString('latin1', this.#start, this.#start + starts[fields.length]!);
    const values: Record<string, string> = {};
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index]!;
      const start = starts[index]!;
      let end = starts[index + 1]!;
      while (end > start && line.charCodeAt(end - 1) === 0x20) end--;
      const from = this.#start + start;
      const to = this.#start + end;
      if (field.type === 'N') values[field.name] = line.slice(start, end).trimStart();
      else if (field.type === 'A' || isAscii(bytes, from, to)) {
        values[field.name] = line.slice(start, end);
      } else values[field.name] = decodeGb18030(bytes.subarray(from, to));
    }
    return values;
  }

  /** The values in the form the writers accept: N fields scaled, undefined where blank. */
  toValues(): Record<string, OfdValue> {
    const values: Record<string, OfdValue> = {};
    this.#plan.fields.forEach((field, index) => {
      values[field.name] = field.type === 'N' ? this.#scaled(index) : this.#trimmed(index);
    });
    return values;
  }

  /** The whole record's bytes without the CR LF, a view. */
  bytes(): Buffer {
    return this.#bytes.subarray(this.#start, this.#start + this.#plan.layout.recordLength);
  }
}
