/**
 * Ids that are computed, not drawn: the same facts give the same id, so a repeated import or replay
 * meets its own rows. Apart from the rest of the kernel because it needs node:crypto.
 */
import { hash } from 'node:crypto';
import { assert } from './errors.ts';

/** Every customer belongs for ever to one of this many buckets. */
export const BUCKETS = 256;

// Crockford's base 32: no I, L, O or U, so that an id survives being read aloud.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const MAX_LENGTH = 51; // 256 bits of sha256 are 51 whole characters of 5 bits

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/** The bucket of a customer, 0 to 255: the first byte of sha256 of the customer id. */
export function bucketOf(customerId: string): number {
  return sha256(customerId).readUInt8(0);
}

// Each text is led by its length, so that ('a', 'bc') and ('ab', 'c') are different facts.
function encode(texts: readonly string[]): string {
  return texts.map((text) => `${text.length}:${text}`).join('');
}

/**
 * An id of `length` characters (1 to 51, Crockford base 32, upper case) from what it names: 5 bits
 * of sha256 each, so 16 characters are 80 bits.
 */
export function deterministicId(kind: string, parts: readonly string[], length: number): string {
  assert(
    Number.isInteger(length) && length >= 1 && length <= MAX_LENGTH,
    `an id has 1 to ${MAX_LENGTH} characters, not ${length}`,
  );
  const digest = sha256(encode([kind, ...parts]));
  let out = '';
  let bits = 0;
  let held = 0;
  for (let i = 0; out.length < length; ) {
    if (bits < 5) {
      held = ((held << 8) | digest.readUInt8(i)) & 0x1fff;
      bits += 8;
      i += 1;
    }
    bits -= 5;
    out += ALPHABET[(held >>> bits) & 31];
  }
  return out;
}

/** The customer id of an identity digest (keyed hash of certificate type and number): 'C' + 15. */
export function customerIdFor(identityDigest: string): string {
  return `C${deterministicId('customer', [identityDigest], 15)}`;
}

/** An id of `length` characters that carries its bucket: two upper-case hex digits, then the rest. */
export function bucketedId(
  bucket: number,
  kind: string,
  parts: readonly string[],
  length: number,
): string {
  assert(
    Number.isInteger(bucket) && bucket >= 0 && bucket < BUCKETS,
    `no bucket ${bucket}, they are 0 to ${BUCKETS - 1}`,
  );
  const prefix = bucket.toString(16).toUpperCase().padStart(2, '0');
  return prefix + deterministicId(kind, parts, length - 2);
}

/** The bucket that an id carries, or undefined when it does not begin with two upper hex digits. */
export function findBucketInId(id: string): number | undefined {
  return /^[0-9A-F]{2}[0-9A-Z]/.test(id) ? Number.parseInt(id.slice(0, 2), 16) : undefined;
}

/** The bucket that one of our own ids carries. AssertionError for any other text. */
export function bucketFromId(id: string): number {
  const bucket = findBucketInId(id);
  assert(bucket !== undefined, `no bucket in id ${JSON.stringify(id)}`);
  return bucket;
}
