/**
 * One TrueType font out of several. The Chinese font comes as a hundred small files, each with a
 * part of the characters; a document needs some of each, and a PDF is best served by one font. The
 * glyphs are copied as they are; only the tables that count and place them are written anew.
 */
import { assert } from '@cairn/kernel';

interface Part {
  readonly data: DataView;
  readonly tables: ReadonlyMap<string, DataView>;
  readonly glyphCount: number;
}

/** A font, and the code points that it has. */
export interface MergedFont {
  readonly font: Buffer;
  readonly codePoints: ReadonlySet<number>;
}

const COPIED = ['OS/2', 'name', 'post'];
const CHECKSUM_OF_FONT = 0xb1b0afba;
// Flags of a composite glyph: how long its arguments are and whether another component follows.
const WORD_ARGUMENTS = 0x0001;
const SCALE = 0x0008;
const MORE_COMPONENTS = 0x0020;
const TWO_SCALES = 0x0040;
const MATRIX = 0x0080;

function viewOf(bytes: Uint8Array, offset = 0, length = bytes.byteLength - offset): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + offset, length);
}

function readPart(bytes: Uint8Array): Part {
  const data = viewOf(bytes);
  const tables = new Map<string, DataView>();
  for (let i = 0; i < data.getUint16(4); i++) {
    const at = 12 + i * 16;
    const tag = Buffer.from(bytes.subarray(at, at + 4)).toString('latin1');
    tables.set(tag, viewOf(bytes, data.getUint32(at + 8), data.getUint32(at + 12)));
  }
  return { data, tables, glyphCount: tableOf(tables, 'maxp').getUint16(4) };
}

function tableOf(tables: ReadonlyMap<string, DataView>, tag: string): DataView {
  const table = tables.get(tag);
  assert(table !== undefined, `the font has a table ${tag}`);
  return table;
}

function bytesOf(view: DataView): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

/** The bytes of each glyph, its components numbered anew from `first`. */
function glyphsOf({ tables, glyphCount }: Part, first: number): Buffer[] {
  const loca = tableOf(tables, 'loca');
  const glyf = bytesOf(tableOf(tables, 'glyf'));
  const isLong = tableOf(tables, 'head').getInt16(50) === 1;
  const offset = (i: number) => (isLong ? loca.getUint32(i * 4) : loca.getUint16(i * 2) * 2);
  return Array.from({ length: glyphCount }, (_, i) => {
    const glyph = Buffer.from(glyf.subarray(offset(i), offset(i + 1)));
    if (glyph.byteLength > 0 && glyph.readInt16BE(0) < 0) renumber(glyph, first);
    return glyph;
  });
}

function renumber(glyph: Buffer, first: number): void {
  let flags = MORE_COMPONENTS;
  for (let at = 10; (flags & MORE_COMPONENTS) !== 0; ) {
    flags = glyph.readUInt16BE(at);
    glyph.writeUInt16BE(glyph.readUInt16BE(at + 2) + first, at + 2);
    at += (flags & WORD_ARGUMENTS) === 0 ? 6 : 8;
    if ((flags & SCALE) !== 0) at += 2;
    else if ((flags & TWO_SCALES) !== 0) at += 4;
    else if ((flags & MATRIX) !== 0) at += 8;
  }
}

/** Advance and left side bearing of each glyph. */
function metricsOf({ tables, glyphCount }: Part): [advance: number, bearing: number][] {
  const hmtx = tableOf(tables, 'hmtx');
  const long = tableOf(tables, 'hhea').getUint16(34);
  return Array.from({ length: glyphCount }, (_, i) => [
    hmtx.getUint16(Math.min(i, long - 1) * 4),
    hmtx.getInt16(i < long ? i * 4 + 2 : long * 4 + (i - long) * 2),
  ]);
}

/** The glyph of each code point, from the table's form for all of Unicode or that for its half. */
function mapOf({ tables }: Part): [codePoint: number, glyph: number][] {
  const cmap = tableOf(tables, 'cmap');
  const places = Array.from({ length: cmap.getUint16(2) }, (_, i) => cmap.getUint32(8 + i * 8));
  const whole = places.find((at) => cmap.getUint16(at) === 12);
  if (whole !== undefined) return groupsOf(cmap, whole);
  const half = places.find((at) => cmap.getUint16(at) === 4);
  // A part of which no character was wanted that it has maps none.
  return half === undefined ? [] : segmentsOf(cmap, half);
}

function groupsOf(cmap: DataView, at: number): [number, number][] {
  const found: [number, number][] = [];
  for (let i = 0; i < cmap.getUint32(at + 12); i++) {
    const group = at + 16 + i * 12;
    const start = cmap.getUint32(group);
    for (let code = start; code <= cmap.getUint32(group + 4); code++) {
      found.push([code, cmap.getUint32(group + 8) + code - start]);
    }
  }
  return found;
}

function segmentsOf(cmap: DataView, at: number): [number, number][] {
  const twice = cmap.getUint16(at + 6);
  const found: [number, number][] = [];
  for (let i = 0; i < twice; i += 2) {
    const end = cmap.getUint16(at + 14 + i);
    const start = cmap.getUint16(at + 16 + twice + i);
    const delta = cmap.getUint16(at + 16 + twice * 2 + i);
    const rangeAt = at + 16 + twice * 3 + i;
    const range = cmap.getUint16(rangeAt);
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const raw = range === 0 ? code : cmap.getUint16(rangeAt + range + (code - start) * 2);
      const glyph = raw === 0 && range !== 0 ? 0 : (raw + delta) & 0xffff;
      if (glyph !== 0) found.push([code, glyph]);
    }
  }
  return found;
}

function cmapTable(map: readonly (readonly [number, number])[]): Buffer {
  const sorted = map.toSorted(([a], [b]) => a - b);
  const table = Buffer.alloc(12 + 16 + sorted.length * 12);
  table.writeUInt16BE(1, 2);
  table.writeUInt16BE(3, 4);
  table.writeUInt16BE(10, 6);
  table.writeUInt32BE(12, 8);
  table.writeUInt16BE(12, 12);
  table.writeUInt32BE(16 + sorted.length * 12, 16);
  table.writeUInt32BE(sorted.length, 24);
  for (const [i, [code, glyph]] of sorted.entries()) {
    const at = 28 + i * 12;
    table.writeUInt32BE(code, at);
    table.writeUInt32BE(code, at + 4);
    table.writeUInt32BE(glyph, at + 8);
  }
  return table;
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let i = 0; i + 3 < bytes.byteLength; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0;
  return sum;
}

const padded = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((4 - (bytes.byteLength % 4)) % 4)]);

/** The file of these tables, with its directory and checksums. */
function writeFont(tables: ReadonlyMap<string, Buffer>): Buffer {
  const sorted = [...tables].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const power = 2 ** Math.floor(Math.log2(sorted.length));
  const directory = Buffer.alloc(12 + sorted.length * 16);
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(sorted.length, 4);
  directory.writeUInt16BE(power * 16, 6);
  directory.writeUInt16BE(Math.log2(power), 8);
  directory.writeUInt16BE((sorted.length - power) * 16, 10);
  let offset = directory.byteLength;
  const bodies = sorted.map(([tag, bytes], i) => {
    const body = padded(bytes);
    const at = 12 + i * 16;
    directory.write(tag, at, 'latin1');
    directory.writeUInt32BE(checksum(body), at + 4);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(bytes.byteLength, at + 12);
    offset += body.byteLength;
    return body;
  });
  const font = Buffer.concat([directory, ...bodies]);
  const head = sorted.findIndex(([tag]) => tag === 'head');
  const headAt = directory.readUInt32BE(12 + head * 16 + 8);
  font.writeUInt32BE((CHECKSUM_OF_FONT - checksum(font)) >>> 0, headAt + 8);
  return font;
}

/**
 * One TrueType font with the glyphs of all: static fonts of one design size, the first of which
 * gives names and line metrics. A character that several have is that of the first.
 */
export function mergeFonts(fonts: readonly Uint8Array[]): MergedFont {
  const parts = fonts.map(readPart);
  const [base] = parts;
  assert(base !== undefined, 'there is a font to merge');
  const glyphs: Buffer[] = [];
  const metrics: [number, number][] = [];
  const map = new Map<number, number>();
  for (const part of parts) {
    const first = glyphs.length;
    for (const [code, glyph] of mapOf(part)) if (!map.has(code)) map.set(code, glyph + first);
    metrics.push(...metricsOf(part));
    glyphs.push(...glyphsOf(part, first).map(padded));
  }
  const hmtx = Buffer.alloc(metrics.length * 4);
  for (const [i, [advance, bearing]] of metrics.entries()) {
    hmtx.writeUInt16BE(advance, i * 4);
    hmtx.writeInt16BE(bearing, i * 4 + 2);
  }
  const loca = Buffer.alloc((glyphs.length + 1) * 4);
  let end = 0;
  for (const [i, glyph] of glyphs.entries()) {
    end += glyph.byteLength;
    loca.writeUInt32BE(end, (i + 1) * 4);
  }
  const copyOf = (tag: string) => Buffer.from(bytesOf(tableOf(base.tables, tag)));
  const head = copyOf('head');
  head.writeUInt32BE(0, 8);
  head.writeInt16BE(1, 50);
  const hhea = copyOf('hhea');
  hhea.writeUInt16BE(metrics.length, 34);
  const maxp = copyOf('maxp');
  maxp.writeUInt16BE(glyphs.length, 4);
  const tables = new Map<string, Buffer>([
    ['head', head],
    ['hhea', hhea],
    ['maxp', maxp],
    ['hmtx', hmtx],
    ['loca', loca],
    ['glyf', Buffer.concat(glyphs)],
    ['cmap', cmapTable([...map])],
  ]);
  for (const tag of COPIED) if (base.tables.has(tag)) tables.set(tag, copyOf(tag));
  return { font: writeFont(tables), codePoints: new Set(map.keys()) };
}
