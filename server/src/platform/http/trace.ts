import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const SAFE = /^[A-Za-z0-9][A-Za-z0-9._-]{7,39}$/;
// A run of digits that could be a certificate or phone number is not taken over into logs.
const NUMBER = /\d{11}/;
// Nor a secret of ours in the wrong header: tokens are longer, and that of a second factor is Base32.
const SECRET = /[A-Z2-7]{24}/;

/**
 * The trace id of a request: the caller's `X-Request-Id` when it is 8 to 40 safe characters, else
 * 128 random bits. It stands in the answer, the log line and every audit record of the request.
 */
export function traceIdOf(request: { headers: IncomingMessage['headers'] }): string {
  const given = request.headers['x-request-id'];
  if (typeof given === 'string' && SAFE.test(given) && !NUMBER.test(given) && !SECRET.test(given)) {
    return given;
  }
  return nextTraceId();
}

// One call for many ids: asking the system for 16 bytes at a time costs as much as a whole hook.
let pool = Buffer.alloc(0);
let used = 0;

/** A fresh trace id of 128 random bits. */
export function nextTraceId(): string {
  if (used >= pool.length) {
    pool = randomBytes(16 * 256);
    used = 0;
  }
  used += 16;
  return pool.toString('hex', used - 16, used);
}
