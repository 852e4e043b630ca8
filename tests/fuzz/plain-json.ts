/**
 * A second reading of JSON: a plain descent over the characters, by RFC 8259 and by what this house
 * refuses beside it: keys given twice or forbidden, numbers that would change, texts that cannot be
 * stored, more than 64 levels.
 */

/** Why a text is refused. */
export class PlainRefusal extends Error {}

const refuse = (why: string): never => {
  throw new PlainRefusal(why);
};

/** A decimal number's digits without sign of zero, point and exponent: '1.50e1' and '15' are one. */
function exactly(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - kept.length);
  return `${sign}${kept}e${power}`;
}

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  whole(): unknown {
    const value = this.value(0);
    this.blanks();
    return this.at < this.text.length ? refuse('more') : value;
  }

  private blanks(): void {
    while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at += 1;
  }

  private take(mark: string): void {
    if (!this.text.startsWith(mark, this.at)) refuse(mark);
    this.at += mark.length;
  }

  private value(depth: number): unknown {
    this.blanks();
    const first = this.text[this.at];
    if (first === '{' || first === '[') {
      if (depth >= 64) refuse('depth');
      return first === '{' ? this.object(depth + 1) : this.array(depth + 1);
    }
    if (first === '"') return this.string();
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    return this.number();
  }

  private object(depth: number): unknown {
    const members = new Map<string, unknown>();
    this.take('{');
    this.blanks();
    while (this.text[this.at] !== '}') {
      if (members.size > 0) this.take(',');
      this.blanks();
      const key = this.string();
      if (members.has(key) || ['__proto__', 'constructor', 'prototype'].includes(key))
        refuse('key');
      this.blanks();
      this.take(':');
      members.set(key, this.value(depth));
      this.blanks();
    }
    this.at += 1;
    return Object.fromEntries(members);
  }

  private array(depth: number): unknown {
    const items: unknown[] = [];
    this.take('[');
    this.blanks();
    while (this.text[this.at] !== ']') {
      if (items.length > 0) this.take(',');
      items.push(this.value(depth));
      this.blanks();
    }
    this.at += 1;
    return items;
  }

  private string(): string {
    this.take('"');
    let value = '';
    for (;;) {
      const character = this.text[this.at] ?? refuse('open string');
      this.at += 1;
      if (character === '"') break;
      if (character < ' ') refuse('control');
      value += character === '\\' ? this.escape() : character;
    }
    if (/\0|\p{Cs}/u.test(value) || value.startsWith('\uFEFF')) refuse('text');
    return value;
  }

  private escape(): string {
    const letter = this.text[this.at] ?? '';
    this.at += 1;
    if (letter === 'u') {
      const hex = this.text.slice(this.at, this.at + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) refuse('escape');
      this.at += 4;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const plain = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
    return plain[letter as '"'] ?? refuse('escape');
  }

  private number(): number {
    const [text] = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/.exec(this.text.slice(this.at)) ?? [];
    if (text === undefined) return refuse('value');
    this.at += text.length;
    const value = +text;
    if (!Number.isFinite(value) || exactly(text) !== exactly(String(value))) refuse('number');
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) refuse('number');
    return value;
  }
}

/** Reads JSON in UTF-8. PlainRefusal. */
export function readPlainJson(bytes: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse('not UTF-8');
  }
  return new Reader(text).whole();
}
