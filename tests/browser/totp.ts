/** A phone's authenticator: one-time codes after RFC 6238, computed apart from the server's own. */
import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

function bytesOf(secret: string): Buffer {
  const bits = Array.from(secret.replaceAll(/[\s=]/g, ''))
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** The six digits that an authenticator shows at an instant. */
export function codeAt(secret: string, atMs: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / STEP_MS)));
  const digest = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const at = (digest.at(-1) ?? 0) & 15;
  return `${(digest.readUInt32BE(at) & 0x7f_ff_ff_ff) % 1_000_000}`.padStart(6, '0');
}

/** What it shows now, or will show a while from now. */
export function codeNow(secret: string, laterMs = 0): string {
  return codeAt(secret, performance.timeOrigin + performance.now() + laterMs);
}
