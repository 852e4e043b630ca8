/**
 * The cookie of browser sessions, and what keeps other sites from using it. `__Host-` binds it to
 * this very host over TLS (browsers count http://localhost as such), HttpOnly hides it from scripts,
 * SameSite=Strict keeps it out of requests that other sites start. Beside it every unsafe request
 * carries a text that only a page of ours can know, and comes from our own origin.
 */
import { hash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@cairn/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = '__Host-cairn';
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';
const HEADER = 'x-csrf-token';
/** Methods that change nothing. */
export const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The session token in the cookie header, when there is exactly one. */
export function cookieToken(request: FastifyRequest): string | undefined {
  const header = request.headers.cookie;
  if (header === undefined) return undefined;
  const values = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${NAME}=`))
    .map((pair) => pair.slice(NAME.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && value.length <= 128 ? value : undefined;
}

/** Gives the browser the token; it forgets it when it closes. */
export function setSessionCookie(reply: FastifyReply, token: string): void {
  reply.header('set-cookie', `${NAME}=${token}; ${ATTRIBUTES}`);
}

/** Takes the token from the browser. */
export function clearSessionCookie(reply: FastifyReply): void {
  reply.header('set-cookie', `${NAME}=; ${ATTRIBUTES}; Max-Age=0`);
}

/** The text that proves a request was made by a page that this server gave the session to. */
export function csrfTokenOf(token: string): string {
  return hash('sha256', `csrf ${token}`, 'base64url');
}

/**
 * CROSS_SITE_REFUSED for a request that another site may have caused: a foreign Origin, or an unsafe
 * method without the session's own text in `X-CSRF-Token`.
 */
export function assertOwnSite(
  request: FastifyRequest,
  token: string,
  publicOrigin: string | undefined,
): void {
  assertOwnOrigin(request, publicOrigin);
  if (SAFE_METHODS.has(request.method)) return;
  const given = Buffer.from(String(request.headers[HEADER] ?? ''));
  const expected = Buffer.from(csrfTokenOf(token));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new AppError('CROSS_SITE_REFUSED');
  }
}

/** CROSS_SITE_REFUSED when the browser says that a page of another origin made the request. */
export function assertOwnOrigin(request: FastifyRequest, publicOrigin: string | undefined): void {
  const { origin } = request.headers;
  if (origin !== undefined && !isOwn(origin, request.headers.host ?? '', publicOrigin)) {
    throw new AppError('CROSS_SITE_REFUSED');
  }
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new AppError('CROSS_SITE_REFUSED');
  }
}

function isOwn(origin: string, host: string, publicOrigin: string | undefined): boolean {
  if (publicOrigin !== undefined) return origin === publicOrigin;
  return URL.canParse(origin) && new URL(origin).host === host;
}
