/*
 * UTF-8 bytes of Chinese text mostly form valid GB18030 pairs too ("中国银行" reads as six rare
 * characters), so a validity check alone lets a wrongly encoded file in. A field speaks for UTF-8
 * if it is well-formed UTF-8 with at least two Chinese characters and nothing stranger, and its
 * GB18030 reading needs characters outside GB2312; every other field with Chinese text speaks for
 * GB18030. A name of three rare characters can still look like UTF-8, so a reader that knows its
 * counterparty can turn the suspicion off.
 */

/** Length of the well-formed UTF-8 character at `at`, or 0. */
function utf8Bytes(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const width = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + width > end) return 0;
  const second = bytes[at + 1]!;
  if (lead === 0xe0 && second < 0xa0) return 0;
  if (lead === 0xf0 && second < 0x90) return 0;
  if (lead === 0xf4 && second > 0x8f) return 0;
  for (let next = at + 1; next < at + width; next++) {
    if ((bytes[next]! & 0xc0) !== 0x80) return 0;
  }
  return width;
}

/** Whether a well-formed wide UTF-8 character is one of Chinese text: hanzi, punctuation, full width. */
function isChinese(bytes: Uint8Array, at: number, width: number): boolean {
  const lead = bytes[at]!;
  // U+20000 to U+3FFFF are the supplementary hanzi; other four-byte characters are not Chinese.
  if (width === 4) return lead === 0xf0 && bytes[at + 1]! >= 0xa0 && bytes[at + 1]! <= 0xbf;
  const point = ((lead & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
  return (
    (point >= 0x3400 && point <= 0x9fff) ||
    (point >= 0x2010 && point <= 0x303f) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0xff01 && point <= 0xff5e)
  );
}

/** Whether the bytes are well-formed UTF-8 whose wide characters, two at least, are Chinese. */
function readsAsChineseUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let wide = 0;
  for (let at = start; at < end; ) {
    const width = utf8Bytes(bytes, at, end);
    if (width === 0) return false;
    if (width >= 3) {
      if (!isChinese(bytes, at, width)) return false;
      wide++;
    }
    at += width;
  }
  return wide >= 2;
}

/** Whether the bytes are well-formed UTF-8 with at least one character of three or four bytes. */
export function readsAsUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let hasWide = false;
  for (let at = start; at < end; ) {
    const width = utf8Bytes(bytes, at, end);
    if (width === 0) return false;
    if (width >= 3) hasWide = true;
    at += width;
  }
  return hasWide;
}

function readsAsGb2312(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const lead = bytes[at]!;
    if (lead < 0x80) continue;
    const trail = at + 1 < end ? bytes[at + 1]! : 0;
    if (lead < 0xa1 || lead > 0xf7 || trail < 0xa1 || trail === 0xff) return false;
    at++;
  }
  return true;
}

/** Collects the evidence of one file. */
export class Utf8Witness {
  #forUtf8 = 0;
  #forGb18030 = 0;

  /** Takes a field with bytes above 0x7F; true if by now the file must be taken for UTF-8. */
  observe(bytes: Uint8Array, start: number, end: number): boolean {
    if (readsAsChineseUtf8(bytes, start, end) && !readsAsGb2312(bytes, start, end)) this.#forUtf8++;
    else this.#forGb18030++;
    return this.#forUtf8 > this.#forGb18030;
  }
}
