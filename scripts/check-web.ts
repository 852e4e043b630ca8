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

const KILOBYTES_MAX = 350;

/**
 * What each first screen needs: a reader may come to any page by its address, so every page of the
 * build is one, with the entry and, behind the login, with the shell of staff or of investors.
 */
export function firstScreens(manifest: Manifest): Budget[] {
  return Object.keys(manifest).flatMap((part) => {
    const [, room, page] = /^src\/rooms\/([\w-]+)\/([\w-]+-page)\.tsx$/.exec(part) ?? [];
    if (room === undefined || page === undefined) return [];
    const shell = room.startsWith('my-') ? 'investor' : 'staff';
    const parts = room === 'login' ? [] : [`src/app/shell/${shell}-shell.tsx`];
    return {
      name: `${room}/${page}`,
      kilobytesMax: KILOBYTES_MAX,
      parts: ['index.html', ...parts, part],
    };
  });
}

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

/** The scripts of a folder that hold what looks like a secret. */
export function findSecrets(assets: string): string[] {
  return readdirSync(assets).filter(
    (file) =>
      /\.(js|html|css|map)$/.test(file) && NEVER.test(readFileSync(join(assets, file), 'latin1')),
  );
}

/** Where most people begin, and the heaviest, are told in any case. */
const SHOWN = new Set(['login/login-page', 'home/home-page', 'my-assets/assets-page']);

function main(): number {
  const build = spawnSync(process.execPath, [BUILD, '--if-stale'], { stdio: 'inherit' });
  if (build.status !== 0) return 1;
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Manifest;
  const weigh = (file: string) => gzipSync(readFileSync(join(DIST, file))).length;
  const results = overweight(manifest, firstScreens(manifest), weigh).toSorted(
    (a, b) => b.kilobytes - a.kilobytes,
  );
  for (const { name, kilobytes, kilobytesMax } of results) {
    const isShown = kilobytes > kilobytesMax || name === results[0]?.name || SHOWN.has(name);
    if (isShown) console.log(`first screen ${name}: ${kilobytes} KB, at most ${kilobytesMax} KB`);
  }
  console.log(`${results.length} first screens of JavaScript, compressed, were weighed`);
  const secrets = findSecrets(join(DIST, 'assets'));
  for (const file of secrets) console.log(`${file} holds what looks like a secret`);
  // A build without pages would be light: the known ones must be among them.
  const isWhole = [...SHOWN].every((name) => results.some((each) => each.name === name));
  const isFine =
    isWhole && secrets.length === 0 && results.every((each) => each.kilobytes <= each.kilobytesMax);
  return isFine ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main();
