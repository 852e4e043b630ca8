/**
 * A second reading of data files, written from the protocol and as plainly as can be: lines first,
 * then columns. It shares nothing with the codec but the table of layouts.
 */
import type { OfdLayout } from '@cairn/ofd';

/** What a file says: the header's lines, and each record's raw bytes by field, in latin1. */
export interface PlainFile {
  readonly header: readonly string[];
  readonly records: readonly ReadonlyMap<string, string>[];
}

/** The file as the protocol has it; undefined when it is not one. */
export function readPlainly(bytes: Buffer, layout: OfdLayout): PlainFile | undefined {
  const lines = bytes.toString('latin1').split('\r\n');
  if (lines[0] !== 'OFDCFDAT') return undefined;
  const header = lines.slice(1, 9).map((line) => line.trim());
  const fieldCount = Number.parseInt(lines[9] ?? '', 10);
  const names = lines.slice(10, 10 + fieldCount).map((line) => line.trim().toLowerCase());
  const wanted = layout.fields.map((field) => field.name.toLowerCase());
  if (names.toSorted().join() !== wanted.toSorted().join()) return undefined;
  const count = Number.parseInt(lines[10 + fieldCount] ?? '', 10);
  const body = lines.slice(11 + fieldCount, 11 + fieldCount + count);
  const tail = lines.slice(11 + fieldCount + count);
  if (body.length !== count || tail[0] !== 'OFDCFEND') return undefined;
  if (tail.length > 3 || tail.slice(1).some((line) => line !== '')) return undefined;
  const records: Map<string, string>[] = [];
  for (const line of body) {
    const record = new Map<string, string>();
    let at = 0;
    for (const name of names) {
      const field = layout.fields.find((one) => one.name.toLowerCase() === name);
      if (field === undefined) return undefined;
      record.set(field.name, line.slice(at, at + field.length));
      at += field.length;
    }
    if (at !== line.length) return undefined;
    records.push(record);
  }
  return { header, records };
}

const PATTERNS = { N: /^ *(-?\d+)?$/, A: /^\d* *$/, text: /^[0-9A-Za-z]* *$/ };

/** The value of a field's bytes; undefined when it can have none. */
export function plainValue(
  raw: string,
  field: OfdLayout['fields'][number],
): bigint | string | undefined {
  if (field.type === 'N') {
    if (!PATTERNS.N.test(raw)) return undefined;
    const digits = raw.trim();
    return digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits || '0');
  }
  if (field.type === 'A') {
    const pattern = field.text === true ? PATTERNS.text : PATTERNS.A;
    return pattern.test(raw) ? raw.trimEnd() : undefined;
  }
  try {
    const bytes = Buffer.from(raw, 'latin1');
    const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return /\p{Cc}/u.test(text.replaceAll(/[\u0080-\u009f]/g, ''))
      ? undefined
      : text.replace(/ +$/, '');
  } catch {
    return undefined;
  }
}
