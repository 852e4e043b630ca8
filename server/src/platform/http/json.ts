/**
 * JSON text as it arrives from outside. `JSON.parse` decides what JSON is; around it stands what it
 * lets pass: bytes that are not UTF-8, keys given twice (it keeps the last, another program the
 * first), keys that reach into prototypes, numbers it changes, endless nesting, and texts that
 * cannot be stored exactly.
 *
 * Keys given twice are found by counting: outside strings, valid JSON has one colon per member, and
 * the parsed value has one key per distinct name. The two counts agree exactly when none is twice,
 * also for names written with different escapes. A scan by `indexOf` over the strings costs less
 * than the parse itself.
 */
import { isUtf8 } from 'node:buffer';
import { AppError } from '@cairn/kernel';
import { malformedJson } from './malformed.ts';

const DEPTH_MAX = 64;
const QUOTE = 34;
const COLON = 58;
const BACKSLASH = 92;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a JSON body. AppError MALFORMED_JSON (400) with a reason, or TEXT_NOT_STORABLE (422) for a
 * text with NUL, a lone surrogate or a leading U+FEFF.
 */
export function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw malformedJson('notUtf8');
  const text = bytes.toString('utf8');
  const colons = countColons(text);
  const value = parse(text);
  const walk = new Walk(text.includes('\\u') || text.includes('\uFEFF'));
  walk.visit(value, '');
  if (walk.keys !== colons) throw malformedJson('keyTwice');
  return value;
}

function parse(text: string): unknown {
  try {
    return MAY_CHANGE.test(text) ? JSON.parse(text, refuseChanged) : JSON.parse(text);
  } catch (error) {
    if (error instanceof AppError) throw error;
    // The parser's own message quotes the text, which may be personal data.
    throw malformedJson(text.trim() === '' ? 'empty' : 'syntax', error);
  }
}

// More digits than a double holds, or an exponent: such a number may be another after it is read.
const MAY_CHANGE = /\d[\d.]{15}|\d[eE][+-]?\d/;

/** A reviver that lets no number pass whose text says another one: 1e-400 would be 0. */
function refuseChanged(_key: string, value: unknown, context?: { source?: string }): unknown {
  const { source } = context ?? {};
  if (typeof value !== 'number' || source === undefined || !Number.isFinite(value)) return value;
  if (significantOf(source) !== significantOf(String(value))) throw malformedJson('number');
  return value;
}

/** The digits and the power of ten of a decimal number, in one form: 1.50e1 and 15 are the same. */
function significantOf(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  return `${sign}${kept}e${BigInt(exponent) - BigInt(fraction.length - digits.length + kept.length)}`;
}

/** The colons outside strings. Nesting deeper than 64 is refused on the way. */
function countColons(text: string): number {
  let colons = 0;
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE) i = endOfString(text, i);
    else if (unit === COLON) colons += 1;
    else if (unit === 123 || unit === 91) {
      depth += 1;
      if (depth > DEPTH_MAX) throw malformedJson('tooDeep');
    } else if (unit === 125 || unit === 93) depth -= 1;
  }
  return colons;
}

/** The index of the quote that closes the string opened at `start`; the end when none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

/** Whether a text can be stored and shown exactly as it came. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000') && !text.startsWith('\uFEFF');
}

class Walk {
  keys = 0;
  private readonly isTextChecked: boolean;

  constructor(isTextChecked: boolean) {
    this.isTextChecked = isTextChecked;
  }

  visit(value: unknown, path: string): void {
    if (typeof value === 'string') this.visitText(value, path);
    else if (typeof value === 'number') visitNumber(value);
    else if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i += 1) this.visit(value[i], `${path}/${i}`);
    } else if (typeof value === 'object' && value !== null) this.visitObject(value, path);
  }

  private visitObject(value: object, path: string): void {
    for (const [key, member] of Object.entries(value)) {
      this.keys += 1;
      if (FORBIDDEN.has(key)) throw malformedJson('keyForbidden');
      this.visitText(key, path);
      this.visit(member, this.isTextChecked ? `${path}/${key}` : path);
    }
  }

  private visitText(text: string, path: string): void {
    if (!this.isTextChecked || isStorable(text)) return;
    const message = 'holds NUL, a lone surrogate or a leading U+FEFF';
    const messageZh = '包含 NUL、孤立代理项或开头的 U+FEFF';
    throw new AppError('TEXT_NOT_STORABLE', {
      errors: [{ path: path.toWellFormed(), message, messageZh }],
    });
  }
}

function visitNumber(value: number): void {
  if (Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)) return;
  throw malformedJson('number');
}
