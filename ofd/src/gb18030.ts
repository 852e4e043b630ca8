import { OfdError } from './errors.ts';

/*
 * Text in OFD files is GB18030, measured in bytes. Decoding is the platform's own decoder; the
 * encoding table is built once from that decoder, so that what was read is written back with the
 * same bytes. Ready-made encoders disagree with it on the eighteen characters that GB18030-2022
 * moved out of the private use area, and they answer an unknown character with "?".
 */

const decoder = new TextDecoder('gb18030', { fatal: true });

/** Four-byte codes below this linear index are in the basic plane, and all are assigned. */
const BASIC_PLANE_CODES = 39_420;
const SUPPLEMENTARY_START = 189_000;
const SUPPLEMENTARY_CODES = 0x10_0000;

let encodings: Uint32Array | undefined;

function writeFourBytes(target: Buffer, at: number, linear: number): void {
  target[at] = 0x81 + Math.floor(linear / 12_600);
  target[at + 1] = 0x30 + (Math.floor(linear / 1260) % 10);
  target[at + 2] = 0x81 + (Math.floor(linear / 10) % 126);
  target[at + 3] = 0x30 + (linear % 10);
}

/** Enters the codes of characters that have none yet: of two codes for one the first stands. */
function fillFrom(table: Uint32Array, codes: Buffer, width: 2 | 4): void {
  const text = decoder.decode(codes);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (table[unit] === 0) table[unit] = codes.readUIntBE(index * width, width);
  }
}

/** UTF-16 unit → its GB18030 bytes as one number (0: none), for the basic plane. */
function basicPlaneEncodings(): Uint32Array {
  if (encodings !== undefined) return encodings;
  const table = new Uint32Array(0x1_0000);
  const two = Buffer.alloc(126 * 190 * 2);
  let at = 0;
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      two[at++] = lead;
      two[at++] = trail;
    }
  }
  fillFrom(table, two, 2);
  const four = Buffer.alloc(BASIC_PLANE_CODES * 4);
  for (let linear = 0; linear < BASIC_PLANE_CODES; linear++) {
    writeFourBytes(four, linear * 4, linear);
  }
  fillFrom(table, four, 4);
  encodings = table;
  return table;
}

/** Decodes bytes; they must be whole, valid characters, else `FIELD_ENCODING`. */
export function decodeGb18030(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new OfdError('FIELD_ENCODING', {}, { found: describeBytes(bytes) }, { cause });
  }
}

/** The bytes in hexadecimal, shortened to the first eight, for messages. */
export function describeBytes(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.subarray(0, 8)).toString('hex').toUpperCase();
  const pairs = shown.replace(/(..)(?=.)/g, '$1 ');
  return bytes.length > 8 ? `${pairs} …` : pairs;
}

/**
 * The length in bytes (1, 2 or 4) of the character at `at`, or 0 if there is no valid character
 * that ends at or before `end`.
 */
export function characterBytes(bytes: Uint8Array, at: number, end: number): 0 | 1 | 2 | 4 {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  if (lead === 0x80 || lead === 0xff || at + 1 >= end) return 0;
  const second = bytes[at + 1]!;
  if (second >= 0x40) return second === 0x7f || second === 0xff ? 0 : 2;
  if (second < 0x30 || second > 0x39 || at + 3 >= end) return 0;
  const third = bytes[at + 2]!;
  const fourth = bytes[at + 3]!;
  if (third < 0x81 || third > 0xfe || fourth < 0x30 || fourth > 0x39) return 0;
  const linear =
    (lead - 0x81) * 12_600 + (second - 0x30) * 1260 + (third - 0x81) * 10 + (fourth - 0x30);
  if (linear < BASIC_PLANE_CODES) return 4;
  const isSupplementary =
    linear >= SUPPLEMENTARY_START && linear < SUPPLEMENTARY_START + SUPPLEMENTARY_CODES;
  return isSupplementary ? 4 : 0;
}

function refuseCharacter(text: string, index: number): never {
  const code = text.codePointAt(index)!.toString(16).toUpperCase().padStart(4, '0');
  throw new OfdError('VALUE_NOT_ENCODABLE', {}, { found: `U+${code}` });
}

/** Bytes that the character starting at UTF-16 index `index` takes: 1, 2 or 4. */
function encodedBytes(text: string, index: number): 1 | 2 | 4 {
  const unit = text.charCodeAt(index);
  if (unit < 0x80) return 1;
  if (unit >= 0xd800 && unit <= 0xdfff) {
    if (text.codePointAt(index)! < 0x1_0000) refuseCharacter(text, index);
    return 4;
  }
  const code = basicPlaneEncodings()[unit]!;
  if (code === 0) refuseCharacter(text, index);
  return code > 0xffff ? 4 : 2;
}

/** The length of `text` in GB18030 bytes; throws `VALUE_NOT_ENCODABLE`. */
export function byteLengthGb18030(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const width = encodedBytes(text, index);
    bytes += width;
    if (text.charCodeAt(index) >= 0xd800 && text.charCodeAt(index) <= 0xdbff) index++;
  }
  return bytes;
}

/** Writes `text` at `at`, which must have room for it, and returns the offset after it. */
export function writeGb18030(target: Buffer, at: number, text: string): number {
  let next = at;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      target[next++] = unit;
      continue;
    }
    const width = encodedBytes(text, index);
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const linear = SUPPLEMENTARY_START + text.codePointAt(index)! - 0x1_0000;
      writeFourBytes(target, next, linear);
      index++;
    } else {
      target.writeUIntBE(basicPlaneEncodings()[unit]!, next, width);
    }
    next += width;
  }
  return next;
}

/** The text as GB18030 bytes; throws `VALUE_NOT_ENCODABLE` for a lone surrogate. */
export function encodeGb18030(text: string): Buffer {
  const target = Buffer.alloc(byteLengthGb18030(text));
  writeGb18030(target, 0, text);
  return target;
}

/**
 * The longest beginning of `text` that fits into `bytes` GB18030 bytes, cut between characters.
 * The writers never cut by themselves: a caller that wants to shorten says so with this.
 */
export function truncateToBytes(text: string, bytes: number): string {
  let used = 0;
  for (let index = 0; index < text.length; index++) {
    const width = encodedBytes(text, index);
    if (used + width > bytes) return text.slice(0, index);
    used += width;
    if (text.charCodeAt(index) >= 0xd800 && text.charCodeAt(index) <= 0xdbff) index++;
  }
  return text;
}
