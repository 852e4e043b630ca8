/** What the lock file installs: under which licences, from where, and what runs at installation. */

/** One package of the lock file. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

/** The part of package-lock.json that is read. */
export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** Licences that a product under Apache-2.0 may carry; MPL-2.0 binds changed files, and none is. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** What was read in the LICENSE file of a version whose manifest says nothing. */
const READ: Readonly<Record<string, string>> = { 'png-js@2.0.0': 'MIT' };

/** Whether an expression of SPDX can be satisfied: one side of OR, every side of AND. */
export function isAllowed(expression: string): boolean {
  const text = expression.replaceAll(/[()]/g, '');
  return text
    .split(' OR ')
    .some((side) => side.split(' AND ').every((name) => ALLOWED.has(name.trim())));
}

/** A package that is fetched: its name and what the lock says of it. */
interface Fetched extends LockedPackage {
  readonly path: string;
  readonly name: string;
}

function fetchedOf(lock: Lock): Fetched[] {
  return Object.entries(lock.packages).flatMap(([path, entry]) => {
    const at = path.lastIndexOf('node_modules/');
    if (at < 0 || entry.link === true) return [];
    const name = path.slice(at + 'node_modules/'.length);
    const license = entry.license ?? READ[`${name}@${entry.version}`];
    return [{ ...entry, ...(license === undefined ? {} : { license }), path, name }];
  });
}

// Native parts for other machines: the lock knows their licence only where they were installed.
const isElsewhere = ({ optional, license }: Fetched): boolean =>
  optional === true && license === undefined;

/** What is wrong; `installed` gives the manifest of a package on this machine, where it is there. */
export function faultsOfLock(
  lock: Lock,
  installed: (path: string) => { version?: unknown; license?: unknown } | undefined,
  mayRunScripts: readonly string[],
): string[] {
  return fetchedOf(lock).flatMap((one) => {
    const { path, name, version = '', license = '', resolved = '', integrity = '' } = one;
    const faults: string[] = [];
    const must = (holds: boolean, fault: string) => holds || faults.push(`${path}: ${fault}`);
    must(isElsewhere(one) || isAllowed(license), `the licence ‘${license}’ is not allowed`);
    // The lock names no address where the registry of whoever installs is meant.
    const isOfRegistry = resolved === '' || resolved.startsWith('https://registry.npmjs.org/');
    must(isOfRegistry, 'comes from elsewhere');
    must(isElsewhere(one) || integrity.startsWith('sha512-'), 'has no digest');
    const scripted = one.hasInstallScript === true && one.optional !== true;
    must(!scripted || mayRunScripts.includes(`${name}@${version}`), 'runs a script when installed');
    const own = installed(path);
    must(own === undefined || own.version === version, 'another version is installed');
    const said = typeof own?.license === 'string' ? own.license : license;
    must(isElsewhere(one) || said === license, `says ${said} itself`);
    return faults;
  });
}

/** docs/operations/dependencies.md. */
export function renderReport(lock: Lock): string {
  const all = fetchedOf(lock);
  const here = all.filter((one) => !isElsewhere(one));
  const elsewhere = all.length - here.length;
  const byLicence = Map.groupBy(here, ({ license = '' }) => license);
  const rowOf = ({ name, version = '', license = '', dev }: Fetched) =>
    `| ${name} | ${version} | ${license} | ${dev === true ? 'tests and tools' : 'runs'} |`;
  const rows = [...new Set(here.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(rowOf))];
  return [
    '# Dependencies',
    '',
    'Written by `npm run licences` from the lock file; a test compares the two, and refuses a licence outside its list, a package without a digest or from another registry, and a script at installation that `package.json` does not allow. Known weaknesses are asked of the registry by `npm run weaknesses`; the tests do without it.',
    '',
    `${here.length} packages, and ${elsewhere} native parts of them for other machines.`,
    '',
    '| licence | packages |',
    '| --- | ---: |',
    ...[...byLicence]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, some]) => `| ${name} | ${some.length} |`),
    '',
    '| package | version | licence | for |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
