/*
 * Builds the console: vite into web/dist, then each text file once more as .br and .gz, so that the
 * server packs nothing while it answers. The digest of the sources stands beside the result:
 *
 *   node scripts/build-web.mjs              builds
 *   node scripts/build-web.mjs --if-stale   builds when web/dist is missing or of other sources
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WEB = join(ROOT, 'web');
const DIST = join(WEB, 'dist');
const STAMP = join(DIST, '.sources');
const PACKED = new Set(['.js', '.css', '.svg', '.json', '.html', '.webmanifest']);
const SMALL_BYTES = 1_024;

/** Every file below a folder, or the file itself, in a fixed order. */
function filesOf(path) {
  const entries = existsSync(path)
    ? readdirSync(path, { recursive: true, withFileTypes: true })
    : [];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** What the result depends on: the console, the kernel it shares, and the packages it names. */
function sourceDigest() {
  const digest = createHash('sha256');
  const single = [
    'web/index.html',
    'web/package.json',
    'web/vite.config.ts',
    'web/tsconfig.json',
    'tsconfig.json',
  ];
  const files = [
    ...single.map((name) => join(ROOT, name)).filter((path) => existsSync(path)),
    ...['web/src', 'web/public', 'kernel/src'].flatMap((name) => filesOf(join(ROOT, name))),
  ];
  for (const path of files) {
    digest.update(`${relative(ROOT, path)}\n`).update(readFileSync(path));
  }
  return digest.digest('hex');
}

function isFresh(digest) {
  const built = existsSync(join(DIST, 'index.html')) && existsSync(STAMP);
  return built && readFileSync(STAMP, 'utf8') === digest;
}

function pack() {
  for (const path of filesOf(DIST)) {
    const bytes = readFileSync(path);
    if (!PACKED.has(extname(path)) || bytes.length < SMALL_BYTES) continue;
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

function build(digest) {
  const startedAt = process.hrtime.bigint();
  console.error('Building the console … / 正在构建控制台……');
  rmSync(STAMP, { force: true });
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  // Its own lines are progress: standard output belongs to the command that asked for this.
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: WEB,
    stdio: ['ignore', 2, 2],
    // Whatever the caller runs as, such as a test: this is what is served.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) {
    console.error(
      'The console could not be built; its messages stand above. / 控制台构建失败，原因见上。',
    );
    return 1;
  }
  pack();
  writeFileSync(STAMP, digest);
  const seconds = (process.hrtime.bigint() - startedAt) / 1_000_000_000n;
  console.error(`The console is built (${seconds} s). / 控制台构建完成（${seconds} 秒）。`);
  return 0;
}

const digest = sourceDigest();
const onlyStale = process.argv.includes('--if-stale');
process.exitCode = onlyStale && isFresh(digest) ? 0 : build(digest);
