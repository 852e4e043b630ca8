import { characterBytes, describeBytes } from './gb18030.ts';
import { OfdError, type OfdErrorCode, type OfdPlace } from './errors.ts';
import type { OfdField } from './layout.ts';
import type { RecordPlan } from './record.ts';
import { readsAsUtf8, Utf8Witness } from './utf8-witness.ts';

const KIND_NUMBER = 0;
const KIND_DIGITS = 1;
const KIND_LETTERS = 2;
const KIND_TEXT = 3;

const allowedByKind = [
  'digits, after blanks or one minus sign',
  'digits, then blanks',
  'letters and digits, then blanks',
  'text without control characters',
] as const;

function kindOf(field: OfdField): number {
  if (field.type === 'N') return KIND_NUMBER;
  if (field.type === 'C') return KIND_TEXT;
  return field.text === true ? KIND_LETTERS : KIND_DIGITS;
}

const isLetterOrDigit = new Uint8Array(256);
for (const [first, last] of [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x61, 0x7a],
] as const) {
  isLetterOrDigit.fill(1, first, last + 1);
}

function badNumberAt(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === 0x20) at++;
  if (at === end) return -1;
  if (bytes[at] === 0x2d) at++;
  if (at === end) return at - 1;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte < 0x30 || byte > 0x39) return at;
  }
  return -1;
}

function badDigitsAt(bytes: Buffer, start: number, end: number): number {
  let at = start;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte < 0x30 || byte > 0x39) break;
  }
  for (; at < end; at++) if (bytes[at] !== 0x20) return at;
  return -1;
}

function badLettersAt(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && isLetterOrDigit[bytes[at]!] === 1) at++;
  for (; at < end; at++) if (bytes[at] !== 0x20) return at;
  return -1;
}

/** First byte outside printable ASCII, or -1. */
function unprintableAt(bytes: Buffer, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte < 0x20 || byte > 0x7e) return at;
  }
  return -1;
}

function badTextAt(bytes: Buffer, start: number, end: number): number {
  for (let at = start; at < end; ) {
    const byte = bytes[at]!;
    if (byte < 0x20 || byte === 0x7f) return at;
    const width = characterBytes(bytes, at, end);
    if (width === 0) return at;
    at += width;
  }
  return -1;
}

/**
 * Checks every field of a record: the hot loop of reading, so it looks at bytes only and makes
 * nothing. One checker serves one file, because the UTF-8 suspicion weighs the whole file.
 */
export class RecordChecker {
  readonly #plan: RecordPlan;
  readonly #kinds: Uint8Array;
  readonly #witness: Utf8Witness | undefined;
  #faultAt = -1;
  #faultCode: OfdErrorCode = 'FIELD_CHARACTERS';

  constructor(plan: RecordPlan, trustEncoding: boolean) {
    this.#plan = plan;
    this.#witness = trustEncoding ? undefined : new Utf8Witness();
    this.#kinds = Uint8Array.from(plan.fields, kindOf);
  }

  /** Index of the first bad field at or after `firstField`, or -1 if all are good. */
  findBadField(bytes: Buffer, recordStart: number, firstField: number): number {
    const kinds = this.#kinds;
    const starts = this.#plan.starts;
    const count = kinds.length;
    for (let index = firstField; index < count; index++) {
      const start = recordStart + starts[index]!;
      const end = recordStart + starts[index + 1]!;
      const kind = kinds[index];
      let bad: number;
      if (kind === KIND_NUMBER) bad = badNumberAt(bytes, start, end);
      else if (kind === KIND_DIGITS) bad = badDigitsAt(bytes, start, end);
      else if (kind === KIND_LETTERS) bad = badLettersAt(bytes, start, end);
      else {
        bad = unprintableAt(bytes, start, end);
        if (bad >= 0 && this.#isGoodText(bytes, start, end)) continue;
        if (bad >= 0) return index;
      }
      if (bad >= 0) {
        this.#faultAt = bad;
        this.#faultCode = 'FIELD_CHARACTERS';
        return index;
      }
    }
    return -1;
  }

  #isGoodText(bytes: Buffer, start: number, end: number): boolean {
    const bad = badTextAt(bytes, start, end);
    this.#faultAt = bad < 0 ? start : bad;
    if (bad >= 0) {
      const isSingle = bytes[bad]! < 0x80;
      this.#faultCode = isSingle ? 'FIELD_CHARACTERS' : 'FIELD_ENCODING';
      if (!isSingle && readsAsUtf8(bytes, start, end)) this.#faultCode = 'UTF8_SUSPECTED';
      return false;
    }
    this.#faultCode = 'UTF8_SUSPECTED';
    return this.#witness?.observe(bytes, start, end) !== true;
  }

  /** The error for the field that `findBadField` just returned. */
  describeFault(bytes: Buffer, recordStart: number, index: number, place: OfdPlace): OfdError {
    const field = this.#plan.fields[index]!;
    const start = recordStart + this.#plan.starts[index]!;
    const end = recordStart + this.#plan.starts[index + 1]!;
    const offset = (place.offset ?? 0) + (this.#faultAt - recordStart);
    const at = { ...place, field: field.name, offset };
    if (this.#faultCode === 'UTF8_SUSPECTED') {
      const text = bytes.toString('utf8', start, end).trim().slice(0, 20);
      return new OfdError('UTF8_SUSPECTED', at, { text });
    }
    if (this.#faultCode === 'FIELD_ENCODING') {
      const found = describeBytes(bytes.subarray(this.#faultAt, end));
      return new OfdError('FIELD_ENCODING', at, { found });
    }
    const allowed = allowedByKind[this.#kinds[index]!]!;
    const found = describeBytes(bytes.subarray(this.#faultAt, this.#faultAt + 1));
    return new OfdError('FIELD_CHARACTERS', at, { type: field.type, allowed, found });
  }
}
