/**
 * PostgreSQL array literals. The driver's own encoder spends more than the rest of a batch on
 * them: it prepares and escapes each element by regular expressions.
 */

const NEEDS_ESCAPE = /["\\]/;
// What JSON writes otherwise than an array literal does: control characters and lone surrogates.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const NOT_AS_JSON = /[\u0000-\u001f\ud800-\udfff]/;

function text(value: string): string {
  if (!NEEDS_ESCAPE.test(value)) return `"${value}"`;
  // JSON escapes quotes and backslashes in the same way, in native code.
  if (!NOT_AS_JSON.test(value)) return JSON.stringify(value);
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function element(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return text(value);
    case 'bigint':
    case 'number':
    case 'boolean':
      return String(value);
    case 'undefined':
      return 'NULL';
    default:
      break;
  }
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return arrayLiteral(value);
  if (value instanceof Uint8Array) {
    const { buffer, byteOffset, byteLength } = value;
    return `"\\\\x${Buffer.from(buffer, byteOffset, byteLength).toString('hex')}"`;
  }
  return undefined;
}

/**
 * The literal of an array of text, numbers, bigints, booleans, bytes, nulls and arrays of them, such
 * as '{"a",NULL}'; undefined when it holds anything else.
 */
export function arrayLiteral(values: readonly unknown[]): string | undefined {
  let literal = '{';
  for (let i = 0; i < values.length; i += 1) {
    const one = element(values[i]);
    if (one === undefined) return undefined;
    literal += i === 0 ? one : `,${one}`;
  }
  return `${literal}}`;
}
