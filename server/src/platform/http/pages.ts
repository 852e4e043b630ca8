/**
 * The pages of the console: the built files of `web/`, read into memory at start and served by the
 * same process. Every address below /app is the one page of the console; nothing else falls back to
 * it, so an unknown address of the API stays a 404 in problem details.
 */
import { hash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { AppError } from '@cairn/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';

/** Where the console's pages begin. */
const BASE_PATH = '/app';
/** The word in index.html that stands for the nonce of one answer. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';
const FOREVER = 'public, max-age=31536000, immutable';
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

interface Page {
  readonly type: string;
  readonly etag: string;
  readonly bytes: Buffer;
  readonly packed: ReadonlyMap<string, Buffer>;
  /** A name that changes with its content. */
  readonly isHashed: boolean;
}

/** The files of a folder of built pages by their address; packed twins stand with their file. */
function readPages(folder: string): Map<string, Page> {
  const pages = new Map<string, Page>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    const path = join(entry.parentPath, entry.name);
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    // What begins with a point is the builder's own.
    if (!entry.isFile() || type === undefined || address.includes('/.')) continue;
    const bytes = readFileSync(path);
    const packed = new Map<string, Buffer>();
    for (const { name, suffix } of ENCODINGS) {
      if (existsSync(path + suffix)) packed.set(name, readFileSync(path + suffix));
    }
    const etag = `"${hash('sha256', bytes, 'hex').slice(0, 20)}"`;
    pages.set(address, { type, etag, bytes, packed, isHashed: address.startsWith('/assets/') });
  }
  return pages;
}

/**
 * What a page of ours may load and run: our own files, and inline styles that carry this answer's
 * nonce. Style attributes stay allowed: charts write their tooltips with them, and they run nothing.
 */
function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Serves the console from a folder, or nothing and the API's documentation at / when the folder
 * holds none. Answers whether there is a console.
 */
export function pageRoutes(app: App, folder: string | undefined): boolean {
  const pages = folder !== undefined && existsSync(folder) ? readPages(folder) : new Map();
  const index: Page | undefined = pages.get('/index.html');
  const home = index === undefined ? '/docs' : BASE_PATH;
  const config = { public: true } as const;
  const schema = { hide: true };
  app.get('/', { config, schema }, async (_request, reply) => reply.redirect(home));
  if (index === undefined) return false;
  const text = index.bytes.toString('utf8');
  const sendIndex = async (_request: FastifyRequest, reply: FastifyReply) => {
    const nonce = randomBytes(16).toString('base64url');
    reply.header('content-security-policy', policyOf(nonce));
    return reply.type(index.type).send(text.replaceAll(NONCE_PLACEHOLDER, nonce));
  };
  app.get(BASE_PATH, { config, schema }, sendIndex);
  app.get(`${BASE_PATH}/*`, { config, schema }, sendIndex);
  app.get('/assets/*', { config, schema }, async (request, reply) =>
    sendPage(pages.get(request.url.split('?', 1)[0] ?? ''), request, reply),
  );
  for (const [address, page] of pages) {
    if (page.isHashed || page === index) continue;
    app.get(address, { config, schema }, async (request, reply) => sendPage(page, request, reply));
  }
  return true;
}

function sendPage(page: Page | undefined, request: FastifyRequest, reply: FastifyReply) {
  if (page === undefined) throw new AppError('NOT_FOUND');
  reply.header('cache-control', page.isHashed ? FOREVER : 'no-cache');
  reply.header('etag', page.etag);
  reply.header('vary', 'accept-encoding');
  if (request.headers['if-none-match'] === page.etag) return reply.code(304).send();
  reply.type(page.type);
  const accepted = acceptedEncodings(request.headers['accept-encoding']);
  const encoding = ENCODINGS.find(({ name }) => accepted.has(name) && page.packed.has(name));
  if (encoding === undefined) return reply.send(page.bytes);
  reply.header('content-encoding', encoding.name);
  return reply.send(page.packed.get(encoding.name));
}

function acceptedEncodings(header: string | string[] | undefined): Set<string> {
  const parts = String(header ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.split(';').map((piece) => piece.trim()));
  return new Set(
    parts
      .filter(([, weight]) => weight === undefined || !/^q=0(\.0*)?$/.test(weight))
      .map(([name = '']) => name),
  );
}
