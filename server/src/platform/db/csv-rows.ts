import { assert } from '@cairn/kernel';

/** One COPY cell in CSV form: null is empty, text always quoted, bytes as hex. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Uint8Array) return `"\\x${Buffer.from(value).toString('hex')}"`;
  assert(typeof value === 'string', 'a COPY cell is text, a number, a flag or bytes');
  return `"${value.replaceAll('"', '""')}"`;
}

/** Rows as CSV text in chunks of about 256 kB, for COPY … WITH (FORMAT csv). */
export function* csvChunks(rows: Iterable<readonly unknown[]>): Generator<string, number> {
  let chunk = '';
  let count = 0;
  for (const row of rows) {
    chunk += `${row.map(cell).join(',')}\n`;
    count++;
    if (chunk.length > 262_144) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
  return count;
}
