/*
 * Adds to package-lock.json the entries of native packages for other platforms that the registry
 * in use did not offer when the lock file was written. Without them `npm ci` refuses the lock file
 * on every machine. Their system, processor and C library follow from their names; they carry no
 * integrity, because nobody here has seen their bytes. Run it after each `npm install`:
 *
 *   node scripts/complete-lock.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];
const EXACT_VERSION = /^\d+\.\d+\.\d+$/;

/** The lock entry of a platform package, from its name such as '@oxlint/binding-linux-x64-musl'. */
export function platformEntry(name, version, parent) {
  const words = name.split(/[/-]/);
  const system = SYSTEMS.find((word) => words.includes(word));
  const processor = PROCESSORS.find((word) => words.includes(word));
  if (system === undefined || processor === undefined || !EXACT_VERSION.test(version)) {
    throw new Error(`${name}@${version}: its platform does not follow from its name`);
  }
  const library = words.at(-1).startsWith('musl') ? ['musl'] : undefined;
  const glibc = words.at(-1) === 'gnu' ? ['glibc'] : undefined;
  const libc = library ?? glibc;
  return {
    version,
    cpu: [processor],
    ...(parent.dev === true ? { dev: true } : {}),
    ...(libc === undefined ? {} : { libc }),
    optional: true,
    os: [system],
  };
}

/** Every optional dependency that a lock file names and does not hold: [name, version, parent]. */
export function findMissingPlatforms(packages) {
  const missing = [];
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
      if (places.every((place) => packages[place] === undefined)) {
        missing.push([name, version, entry]);
      }
    }
  }
  return missing;
}

function completeLock(path) {
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  const missing = findMissingPlatforms(lock.packages);
  for (const [name, version, parent] of missing) {
    lock.packages[`node_modules/${name}`] = platformEntry(name, version, parent);
  }
  // npm keeps the entries in this order; the same order keeps its next change small.
  const byPath = ([a], [b]) => a.localeCompare(b, 'en');
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(byPath));
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${missing.length} entries added.`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  completeLock(new URL('../package-lock.json', import.meta.url));
}
