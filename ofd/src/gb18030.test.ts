import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import {
  byteLengthGb18030,
  characterBytes,
  decodeGb18030,
  encodeGb18030,
  truncateToBytes,
} from './gb18030.ts';

const decoder = new TextDecoder('gb18030', { fatal: true });

/** Whether the bytes are whole characters, by our own walk. */
function isWhole(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    const width = characterBytes(bytes, at, bytes.length);
    if (width === 0) return false;
    at += width;
  }
  return true;
}

function decodes(bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const likelyByte = fc.oneof(
  fc.integer({ min: 0, max: 255 }),
  fc.constantFrom(0x30, 0x39, 0x40, 0x7e, 0x7f, 0x80, 0x81, 0x84, 0x90, 0xe3, 0xfe, 0xff),
);

test('the walk over characters accepts what a strict decoder accepts, but for the byte 80', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 8 }), fc.array(likelyByte, { maxLength: 8 }), (a, b) => {
      for (const bytes of [a, Uint8Array.from(b)]) {
        const isStricter = bytes.includes(0x80) && !isWhole(bytes);
        expect(isStricter || isWhole(bytes) === decodes(bytes)).toBe(true);
      }
    }),
    { numRuns: 3000 },
  );
});

test('every two-byte code is read and written back with the same bytes', () => {
  const changed: string[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const bytes = Buffer.from([lead, trail]);
      if (!encodeGb18030(decodeGb18030(bytes)).equals(bytes)) changed.push(bytes.toString('hex'));
    }
  }
  // A3A0 is a second code of the ideographic space, which is written as A1A1.
  expect(changed).toEqual(['a3a0']);
});

// Private-use characters whose codes GB18030-2022 gave to characters of their own, or left unused.
const WITHOUT_CODE = [
  '\ue5e5',
  '\ue78d',
  '\ue78e',
  '\ue78f',
  '\ue790',
  '\ue791',
  '\ue792',
  '\ue793',
  '\ue794',
  '\ue795',
  '\ue796',
  '\ue81e',
  '\ue826',
  '\ue82b',
  '\ue82c',
  '\ue832',
  '\ue843',
  '\ue854',
  '\ue864',
];

test('any text that GB18030 has codes for survives, and its length is known beforehand', () => {
  const texts = fc
    .string({ unit: 'binary' })
    .filter((text) => !WITHOUT_CODE.some((character) => text.includes(character)));
  fc.assert(
    fc.property(texts, (text) => {
      const bytes = encodeGb18030(text);
      expect(decodeGb18030(bytes)).toBe(text);
      expect(byteLengthGb18030(text)).toBe(bytes.length);
    }),
    { numRuns: 1000 },
  );
  for (const text of ['\ud842', 'a\udfb7', '\ud842a', ...WITHOUT_CODE]) {
    expect(() => encodeGb18030(text)).toThrow(/does not exist in GB18030/);
  }
});

test('an independent codec writes the same bytes for common text', () => {
  const text = '中国银行股份有限公司·€㐂𠮷ＡＢ，（）αβ①';
  expect(encodeGb18030(text)).toEqual(iconv.encode(text, 'gb18030'));
  fc.assert(
    fc.property(fc.integer({ min: 0x4e00, max: 0x9fa5 }), (code) => {
      const character = String.fromCodePoint(code);
      expect(encodeGb18030(character)).toEqual(iconv.encode(character, 'gb18030'));
    }),
  );
});

test('cutting to bytes never cuts a character', () => {
  expect(truncateToBytes('中国', 3)).toBe('中');
  expect(truncateToBytes('a𠮷b', 4)).toBe('a');
  expect(truncateToBytes('a𠮷b', 5)).toBe('a𠮷');
  expect(truncateToBytes('abc', 9)).toBe('abc');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(60), (text, bytes) => {
      const cut = truncateToBytes(text, bytes);
      const rest = text.slice(cut.length);
      expect(text.startsWith(cut)).toBe(true);
      expect(byteLengthGb18030(cut)).toBeLessThanOrEqual(bytes);
      if (rest === '') return;
      const [next = ''] = rest;
      expect(byteLengthGb18030(cut) + byteLengthGb18030(next)).toBeGreaterThan(bytes);
    }),
  );
});

test('a cut character is an error, not a replacement', () => {
  expect(() => decodeGb18030(Buffer.from([0xb0]))).toThrow(/invalid or cut/);
  expect(() => decodeGb18030(Buffer.from([0x95, 0x32, 0xb7]))).toThrow(/95 32 B7/);
});
