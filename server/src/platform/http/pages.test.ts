import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestPglite, type TestDatabase, testWorld } from '../testing.ts';
import { type App, createApp } from './app.ts';

const SCRIPT = 'console.log("聚石");\n'.repeat(50);
const INDEX = `<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__">
<script type="module" src="/assets/index-abc.js" nonce="__CSP_NONCE__"></script>`;

describe('the pages of the console', () => {
  let database: TestDatabase;
  let app: App;
  let folder: string;

  beforeAll(async () => {
    database = await openTestPglite();
    folder = mkdtempSync(join(tmpdir(), 'cairn-pages-'));
    mkdirSync(join(folder, 'assets'));
    mkdirSync(join(folder, '.vite'));
    writeFileSync(join(folder, 'index.html'), INDEX);
    writeFileSync(join(folder, 'cairn.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    writeFileSync(join(folder, '.vite', 'manifest.json'), '{"secret":"build"}');
    writeFileSync(join(folder, 'assets', 'index-abc.js'), SCRIPT);
    writeFileSync(join(folder, 'assets', 'index-abc.js.br'), brotliCompressSync(SCRIPT));
    writeFileSync(join(folder, 'assets', 'index-abc.js.gz'), gzipSync(SCRIPT));
    writeFileSync(join(folder, 'assets', 'notes.unknown'), 'not a page');
    writeFileSync(join(folder, '..', 'outside.js'), 'outside');
    app = await createApp(testWorld(database.db), [], { pagesDir: folder });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(folder, '..', 'outside.js'), { force: true });
  });

  const get = (url: string, headers: Record<string, string> = {}) =>
    app.inject({ method: 'GET', url, headers });

  it('answers every address below /app with the one page, each time with a nonce of its own', async () => {
    const nonces = new Set<string>();
    for (const url of ['/app', '/app/', '/app/customers/C1?tab=orders', '/app/orders']) {
      const reply = await get(url);
      expect([url, reply.statusCode]).toEqual([url, 200]);
      expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(reply.headers['cache-control']).toBe('no-store');
      const policy = String(reply.headers['content-security-policy']);
      const nonce = /script-src 'self' 'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? '';
      expect(reply.body.split(`nonce="${nonce}"`)).toHaveLength(3);
      expect(reply.body).not.toContain('__CSP_NONCE__');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(4);
  });

  it('allows the page nothing but its own files: no inline script, no frame, no other origin', async () => {
    const policy = String((await get('/app')).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    const [script = ''] = policy.match(/script-src [^;]+/) ?? [];
    expect(script).not.toMatch(/unsafe|http|\*|data:/);
    for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(rule);
    }
  });

  it('keeps hashed files for a year, packed as the browser takes them', async () => {
    const plain = await get('/assets/index-abc.js');
    expect(plain.body).toBe(SCRIPT);
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(plain.headers['vary']).toBe('accept-encoding');
    const brotli = await get('/assets/index-abc.js', { 'accept-encoding': 'gzip, deflate, br' });
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(SCRIPT);
    const gzip = await get('/assets/index-abc.js', { 'accept-encoding': 'br;q=0, gzip' });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(SCRIPT);
    const again = await get('/assets/index-abc.js', {
      'if-none-match': `${plain.headers['etag']}`,
    });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const icon = await get('/cairn.svg');
    expect([icon.statusCode, icon.headers['cache-control']]).toEqual([200, 'no-cache']);
  });

  it.each([
    '/customers-of-nobody',
    '/application',
    '/assets/index-old.js',
    '/assets/notes.unknown',
    '/assets/../index.html',
    '/assets/..%2findex.html',
    '/assets/%2e%2e/%2e%2e/outside.js',
    '/.vite/manifest.json',
    '/index.html',
    '/auth/nothing',
  ])('does not take %s for a page: it is an unknown address', async (url) => {
    const reply = await get(url);
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([404, 'NOT_FOUND']);
    expect(reply.headers['content-type']).toContain('application/problem+json');
  });

  it('answers a page address with another method by 405', async () => {
    const reply = await app.inject({ method: 'POST', url: '/app/orders' });
    expect(reply.statusCode).toBe(405);
  });

  it('leads / to the console, and to the documentation where there is none', async () => {
    expect((await get('/')).headers['location']).toBe('/app');
    const bare = await createApp(testWorld(database.db), [], { pagesDir: join(folder, 'absent') });
    expect((await bare.inject('/')).headers['location']).toBe('/docs');
    expect((await bare.inject('/app')).statusCode).toBe(404);
    await bare.close();
  });

  it('tells the browser of every answer what it may not do with it', async () => {
    for (const url of ['/health', '/auth/me', '/app', '/assets/index-abc.js', '/nothing']) {
      const { headers } = await get(url);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(String(headers['content-security-policy'])).toMatch(/^default-src 'none'/);
    }
  });
});
