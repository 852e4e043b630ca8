import { hash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@cairn/kernel';
import type { FastifyRequest } from 'fastify';
import { type BodyDigest, signatureRefused } from '../auth/signatures.ts';
import type { App } from './app.ts';
import { parseJson } from './json.ts';

const JSON_ONLY: readonly string[] = ['application/json'];

/**
 * Bodies: JSON in UTF-8 read strictly, and raw bytes where a route declares `consumes`. Anything
 * else, and any content encoding, is 415: nothing is unpacked or guessed.
 */
export function installBodies(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      assertDigest(body, request.bodyDigest);
      const isRaw = request.routeOptions.config.consumes !== undefined;
      done(null, isRaw ? body : parseJson(body));
    } catch (error) {
      done(error instanceof Error ? error : new Error('not an error', { cause: error }));
    }
  });
}

/** SIGNATURE_REFUSED unless the body is the one that was signed. */
function assertDigest(body: Buffer, signed: BodyDigest | undefined): void {
  if (signed === undefined) return;
  const digest = hash(signed.hash, body, 'buffer');
  if (digest.length !== signed.digest.length || !timingSafeEqual(digest, signed.digest)) {
    throw signatureRefused('digest');
  }
}

/** Whether a body comes with the request. */
export function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** AppError MEDIA_TYPE_UNSUPPORTED unless the body, if any, is of a kind the route takes. */
export function assertMediaType(request: FastifyRequest): void {
  const { headers } = request;
  const given = headers['content-type'];
  if (given === undefined && !hasBody(request)) return;
  const accepted = request.routeOptions.config.consumes ?? JSON_ONLY;
  if (headers['content-encoding'] === undefined && isAccepted(given, accepted)) return;
  throw new AppError('MEDIA_TYPE_UNSUPPORTED', { accepted: accepted.join(', ') });
}

function isAccepted(given: string | undefined, accepted: readonly string[]): boolean {
  // The usual header costs one comparison.
  if (given === 'application/json') return accepted.includes(given);
  if (given === undefined) return false;
  const [essence = '', ...parameters] = given
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (!accepted.includes(essence)) return false;
  return parameters.every(
    (parameter) =>
      parameter === '' ||
      !parameter.startsWith('charset') ||
      /^charset="?utf-?8"?$/.test(parameter),
  );
}
