/*
 * Builds the console and checks its weight: the JavaScript that a browser must fetch before the
 * first screen (entry, what it imports, and the room of that screen), compressed.
 *
 *   node scripts/check-web.ts
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUILD = fileURLToPath(new URL('build-web.mjs', import.meta.url));
const DIST = fileURLToPath(new URL('../web/dist/', import.meta.url));
const KB = 1024;

/** Vite's record of a build: a part by its source, or by its file when several sources share it. */
export type Manifest = Readonly<
  Record<string, { readonly file: string; readonly imports?: readonly string[] }>
>;

export interface Budget {
  readonly name: string;
  readonly kilobytesMax: number;
  readonly parts: readonly string[];
}

/** What counts as a first screen, and what it may weigh. */
const BUDGETS: readonly Budget[] = [
  {
    name: 'login',
    kilobytesMax: 350,
    parts: ['index.html', 'src/rooms/login/login-page.tsx'],
  },
  {
    name: 'home of staff',
    kilobytesMax: 350,
    parts: ['index.html', 'src/app/shell/staff-shell.tsx', 'src/rooms/home/home-page.tsx'],
  },
];

/** Every file that the parts load before they run, once each. */
export function filesOf(manifest: Manifest, parts: readonly string[]): string[] {
  const seen = new Set<string>();
  const files: string[] = [];
  const queue = [...parts];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue;
    const entry = manifest[name];
    if (entry === undefined) throw new Error(`the build has no part ${name}`);
    seen.add(name);
    files.push(entry.file);
    queue.push(...(entry.imports ?? []));
  }
  return files.filter((file) => file.endsWith('.js'));
}

/** The budgets that are exceeded, from the weight of each file. */
export function overweight(
  manifest: Manifest,
  budgets: readonly Budget[],
  weigh: (file: string) => number,
): { name: string; kilobytes: number; kilobytesMax: number }[] {
  return budgets.map(({ name, kilobytesMax, parts }) => {
    const bytes = filesOf(manifest, parts).reduce((sum, file) => sum + weigh(file), 0);
    return { name, kilobytes: Math.ceil(bytes / KB), kilobytesMax };
  });
}

// A secret in the bundle would be a secret no more: words that only a server's configuration has.
const NEVER = /BEGIN [A-Z ]*PRIVATE KEY|CAIRN_MASTER_KEY|postgres(?:ql)?:\/\/\w/;

function findSecrets(): string[] {
  const assets = join(DIST, 'assets');
  return readdirSync(assets).filter(
    (file) => file.endsWith('.js') && NEVER.test(readFileSync(join(assets, file), 'latin1')),
  );
}

function main(): number {
  const build = spawnSync(process.execPath, [BUILD, '--if-stale'], { stdio: 'inherit' });
  if (build.status !== 0) return 1;
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Manifest;
  const weigh = (file: string) => gzipSync(readFileSync(join(DIST, file))).length;
  const results = overweight(manifest, BUDGETS, weigh);
  for (const { name, kilobytes, kilobytesMax } of results) {
    console.log(`first screen ${name}: ${kilobytes} KB of JavaScript, at most ${kilobytesMax} KB`);
  }
  const secrets = findSecrets();
  for (const file of secrets) console.log(`${file} holds what looks like a secret`);
  const isFine =
    secrets.length === 0 && results.every((each) => each.kilobytes <= each.kilobytesMax);
  return isFine ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main();
