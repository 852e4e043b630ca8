import { expect, test } from 'vitest';
import { checkFence, type FenceViolation, findCircles } from './fence.ts';
import { RULES, type Rules } from './rules.ts';
import { gitFiles, isCode, parseTree, readTree, type Tree, walkFiles } from './sources.ts';

const READ = /\.(json|sql|css)$/;
const tree = readTree(gitFiles().filter((path) => isCode(path) || READ.test(path)));
const lines = (found: readonly FenceViolation[]) =>
  found.map(({ rule, at, message }) => `${rule} | ${at} | ${message}`);

test('the fence sees every file: the folders and git name the same code', () => {
  const seen = parseTree(tree).map((source) => source.path);
  expect(seen.length).toBeGreaterThan(100);
  expect(seen.toSorted()).toEqual(walkFiles().filter(isCode));
  expect(walkFiles().filter(isCode)).toEqual(gitFiles().filter(isCode));
});

test('nobody climbs the fence, and every module, workspace and file is listed', () => {
  expect(lines(checkFence(tree, RULES))).toEqual([]);
});

/** The repository with files added, replaced or taken away (undefined). */
function planted(files: Record<string, string | undefined>): Tree {
  const copy = new Map(tree);
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) copy.delete(path);
    else copy.set(path, text);
  }
  return copy;
}

const found = (files: Record<string, string | undefined>, rules: Rules = RULES) =>
  lines(checkFence(planted(files), rules)).join('\n');

const MODULES = 'server/src/modules';
const ROOMS = 'rooms import downward only';

test.each<[string, string, string, string]>([
  ['kernel imports ofd', 'kernel/src/x.ts', "import '@cairn/ofd';", ROOMS],
  ['kernel uses a package', 'kernel/src/x.ts', "import 'pg';", 'rooms use listed packages'],
  ['kernel reads files', 'kernel/src/x.ts', "import 'node:fs';", 'rooms use listed packages'],
  ['tests read the fence', 'tests/x.ts', "import '../architecture/sources.ts';", ROOMS],
  ['ofd imports kernel', 'ofd/src/x.ts', "import '@cairn/kernel';", ROOMS],
  ['registrar imports kernel', 'registrar/src/x.ts', "import '@cairn/kernel';", ROOMS],
  [
    'registrar imports server',
    'registrar/src/x.ts',
    "import '../../server/src/platform/db.ts';",
    ROOMS,
  ],
  [
    'registrar takes a type of kernel',
    'registrar/src/x.ts',
    "import type { A } from '@cairn/kernel';",
    ROOMS,
  ],
  [
    'registrar names a kernel type inline',
    'registrar/src/x.ts',
    "type A = import('@cairn/kernel').Amount;",
    ROOMS,
  ],
  ['registrar reaches by path', 'registrar/src/x.ts', "import '../../kernel/src/index.ts';", ROOMS],
  ['registrar loads late', 'registrar/src/x.ts', "await import('@cairn/kernel');", ROOMS],
  [
    'platform imports a module',
    'server/src/platform/x.ts',
    "import '../modules/accounts/index.ts';",
    ROOMS,
  ],
  ['platform imports ofd', 'server/src/platform/x.ts', "export * from '@cairn/ofd';", ROOMS],
  [
    'a module climbs',
    `${MODULES}/accounts/x.ts`,
    "export { a } from '../trading/index.ts';",
    ROOMS,
  ],
  ['a test climbs', `${MODULES}/accounts/x.test.ts`, "import '../trading/index.ts';", ROOMS],
  [
    'a module imports app',
    `${MODULES}/clearing/x.ts`,
    "import '../../app/main.ts';",
    'nobody imports app',
  ],
  [
    'a module enters by the window',
    `${MODULES}/trading/x.ts`,
    "import '../accounts/ledger.ts';",
    'a module is entered through index.ts',
  ],
  [
    'a test enters by the window',
    `${MODULES}/trading/x.test.ts`,
    "import '../accounts/ledger.ts';",
    'a test enters another module',
  ],
  [
    'app enters by the window',
    'server/src/app/x.ts',
    "import '../modules/accounts/ledger.ts';",
    'app sees the front door',
  ],
  [
    'a module opens a driver',
    `${MODULES}/trading/x.ts`,
    "import '../../platform/db/postgres.ts';",
    'the database drivers stand behind',
  ],
  [
    'a module uses a driver',
    `${MODULES}/trading/x.ts`,
    "import 'pg';",
    'rooms use listed packages',
  ],
  [
    'a program loads test code',
    `${MODULES}/trading/x.ts`,
    "import '../../platform/testing.ts';",
    'only tests import',
  ],
  [
    'domain reads the database',
    `${MODULES}/trading/domain/x.ts`,
    "import type { Sql } from '../../../platform/db.ts';",
    'domain code is pure',
  ],
  [
    'domain reads the clock',
    `${MODULES}/trading/domain/x.ts`,
    "import '../../../platform/clock.ts';",
    'domain code is pure',
  ],
  [
    'domain reads its store',
    `${MODULES}/trading/domain/x.ts`,
    "import '../store.ts';",
    'domain code is pure',
  ],
  [
    'domain reads files',
    `${MODULES}/trading/domain/x.ts`,
    "import 'node:fs';",
    'domain code is pure',
  ],
  [
    'domain speaks HTTP',
    `${MODULES}/trading/domain/x.ts`,
    "import 'fastify';",
    'domain code is pure',
  ],
  [
    'an undeclared package',
    'server/src/platform/x.ts',
    "import 'left-pad';",
    'packages are declared',
  ],
  [
    'the bootstrap needs a package',
    'scripts/bootstrap.mjs',
    "import 'pg';",
    'what runs before the installation',
  ],
  ['a missing file', 'kernel/src/x.ts', "import './not-there.ts';", 'every import leads somewhere'],
  [
    'a door that is not exported',
    'ofd/src/x.ts',
    "import '@cairn/kernel/secret';",
    'every import leads somewhere',
  ],
  [
    'a computed import',
    'kernel/src/x.ts',
    'await import(`./${name}.ts`);',
    'every import leads somewhere',
  ],
  ['a bare builtin', 'ofd/src/x.ts', "import 'fs';", 'every import leads somewhere'],
  ['an old-style require', 'kernel/src/x.ts', "require('pg');", 'rooms use listed packages'],
  [
    'a worker by address',
    'kernel/src/x.ts',
    "new URL('../../ofd/src/index.ts', import.meta.url);",
    ROOMS,
  ],
  ['a file in no room', 'elsewhere/x.ts', 'export {};', 'every file has a room'],
  [
    'a module that is not listed',
    `${MODULES}/lending/index.ts`,
    'export {};',
    'every module is listed',
  ],
  [
    'a workspace that is not listed',
    'lending/package.json',
    '{"name":"@cairn/lending"}',
    'every workspace is a room',
  ],
  [
    'quant imports the server',
    'quant/src/x.ts',
    "import '../../server/src/platform/db.ts';",
    ROOMS,
  ],
  [
    'web looks behind the contract',
    'web/src/x.ts',
    "import '../../server/src/modules/accounts/ledger.ts';",
    'web sees a module through contract.ts',
  ],
  ['web imports platform', 'web/src/x.ts', "import '../../server/src/platform/db.ts';", ROOMS],
  [
    'workspaces by path',
    'server/src/platform/x.ts',
    "import '../../../kernel/src/index.ts';",
    'workspaces are imported by name',
  ],
])('the fence bites when %s', (_case, path, text, rule) => {
  const main = { 'server/src/app/main.ts': tree.get('server/src/app/main.ts') ?? 'export {};' };
  expect(found({ ...main, [path]: text })).toContain(rule);
});

test('two modules that need each other are caught at the one that climbs', () => {
  const files = {
    [`${MODULES}/accounts/x.ts`]: "import type { A } from '../products/index.ts';",
    [`${MODULES}/products/x.ts`]: "import type { B } from '../accounts/index.ts';",
  };
  expect(found(files)).toContain(`${ROOMS} | ${MODULES}/products/x.ts:1`);
  expect(found(files)).not.toContain(`${MODULES}/accounts/x.ts`);
});

test('two files that load each other are a circle; types alone are none', () => {
  const other = "import './x.ts';";
  const circle = 'files do not load each other in a circle';
  expect(found({ 'kernel/src/x.ts': "import './y.ts';", 'kernel/src/y.ts': other })).toContain(
    circle,
  );
  const types = { 'kernel/src/x.ts': "import type { A } from './y.ts';", 'kernel/src/y.ts': other };
  expect(found(types)).not.toContain(circle);
});

test('a rule whose folder has a typo is reported, not silent', () => {
  const typo = RULES.rooms.map((room) => (room.name === 'ofd' ? { ...room, folder: 'odf' } : room));
  const report = found({}, { ...RULES, rooms: typo });
  expect(report).toContain('every rule sees files | room ofd | matches no file at all');
  expect(report).toContain('every file has a room | ofd/src/index.ts');
});

test.each(RULES.doors.map((door, index) => [door.name, index] as const))(
  'a typo in the door rule is reported: %s',
  (name, index) => {
    const doors = RULES.doors.map((door, at) =>
      at === index ? { ...door, inside: /^sevrer\// } : door,
    );
    expect(found({}, { ...RULES, doors })).toContain(`every rule sees files | door: ${name}`);
  },
);

test('a typo in a purity rule is reported', () => {
  const purity = RULES.purity.map((rule) => ({ ...rule, files: /\/domains\// }));
  expect(found({}, { ...RULES, purity })).toContain('every rule sees files | purity: domain code');
});

test('a tree that moved is reported, whatever else is green', () => {
  const moved = new Map(
    [...tree].map(([path, text]) => [path.replace('server/', 'servers/'), text]),
  );
  const report = lines(checkFence(moved, RULES)).join('\n');
  expect(report).toContain('every rule sees files | room platform | matches no file at all');
  expect(report).toContain('every module is listed | trading');
});

test('a module listed without a folder is reported', () => {
  const rules = { ...RULES, moduleOrder: [...RULES.moduleOrder, 'lending'] };
  expect(found({}, rules)).toContain('every module is listed | lending');
});

test('rooms that list each other, or a room that is not there, are reported', () => {
  const rooms = RULES.rooms.map((room) =>
    room.name === 'kernel' ? { ...room, rooms: ['platform', 'cellar'] } : room,
  );
  const report = found({}, { ...RULES, rooms });
  expect(report).toContain('rooms import each other in a circle');
  expect(report).toContain('lists cellar, which is no room');
});

test('a dependency that nothing imports is reported', () => {
  const path = 'registrar/package.json';
  const text = (tree.get(path) ?? '').replace(
    '"dependencies": {',
    '"dependencies": { "left-pad": "1",',
  );
  expect(found({ [path]: text })).toContain('packages are used | registrar | declares left-pad');
});

test('circles are found in any graph', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b', 'd']],
    ['d', []],
  ]);
  expect(findCircles(graph)).toEqual([['b', 'c', 'b']]);
});
