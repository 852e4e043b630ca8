/**
 * The import fence. Tools that build on the old compiler interface see no module at all under
 * TypeScript 7 and say that all is well, so this is a checker of our own, and its tests prove
 * that it sees every file and that every rule bites.
 */
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { DoorRule, PurityRule, Room, Rules } from './rules.ts';
import {
  isCode,
  isTestFile,
  parseTree,
  type ImportEdge,
  type Source,
  type Tree,
} from './sources.ts';

export interface FenceViolation {
  rule: string;
  /** The importing file with its line, or what a rule is about. */
  at: string;
  message: string;
}

interface Manifest {
  folder: string;
  name: string;
  exports: ReadonlyMap<string, string>;
  /** Packages that code outside tests may load, and those that tests may load too. */
  dependencies: ReadonlySet<string>;
  devDependencies: ReadonlySet<string>;
}

/** Where an import leads. */
type Target =
  | { kind: 'file'; path: string; byName: boolean }
  | { kind: 'package'; name: string }
  | { kind: 'builtin'; name: string }
  | { kind: 'nowhere'; why: string };

/** An import with its ends, as the rules see it. */
interface Crossing {
  from: Source;
  edge: ImportEdge;
  target: Target;
}

/** Checks a tree against the rules and returns every violation. */
export function checkFence(tree: Tree, rules: Rules): FenceViolation[] {
  const manifests = readManifests(tree);
  const sources = parseTree(tree);
  const crossings = sources.flatMap((from) =>
    from.imports.map((edge) => ({ from, edge, target: resolve(from, edge, tree, manifests) })),
  );
  return [
    ...checkModulesListed(tree, rules),
    ...checkWorkspacesListed(manifests, rules),
    ...checkRulesSeeSomething(tree, rules),
    ...checkOrderIsAnOrder(rules),
    ...sources.flatMap((source) => checkHasRoom(source, rules)),
    ...crossings.flatMap((crossing) => checkCrossing(crossing, rules, manifests)),
    ...checkDependenciesUsed(crossings, manifests),
    ...checkLoadCircles(crossings),
  ];
}

function readManifests(tree: Tree): Manifest[] {
  const manifests: Manifest[] = [];
  for (const [path, text] of tree) {
    if (!/(^|\/)package\.json$/.test(path)) continue;
    const json = JSON.parse(text) as {
      name: string;
      exports?: Record<string, { development?: string }>;
      dependencies?: Record<string, string>;
      devDependencies?: Record<string, string>;
    };
    const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
    const entries = Object.entries(json.exports ?? {}).flatMap(([key, value]) =>
      value.development === undefined
        ? []
        : [[posix.join(json.name, key), posix.join(folder, value.development)] as const],
    );
    manifests.push({
      folder,
      name: json.name,
      exports: new Map(entries),
      dependencies: new Set(Object.keys(json.dependencies ?? {})),
      devDependencies: new Set(Object.keys(json.devDependencies ?? {})),
    });
  }
  return manifests.sort((a, b) => b.folder.length - a.folder.length);
}

const holds = (folder: string, path: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);

function manifestOf(path: string, manifests: readonly Manifest[]): Manifest | undefined {
  return manifests.find((manifest) => holds(manifest.folder, path));
}

const packageName = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

function resolve(from: Source, edge: ImportEdge, tree: Tree, manifests: Manifest[]): Target {
  const { specifier } = edge;
  if (specifier === undefined) return { kind: 'nowhere', why: 'a computed import cannot be seen' };
  if (specifier.startsWith('.')) {
    const path = posix.join(posix.dirname(from.path), specifier);
    if (tree.has(path)) return { kind: 'file', path, byName: false };
    return { kind: 'nowhere', why: `${path} does not exist` };
  }
  if (isBuiltin(specifier)) {
    if (specifier.startsWith('node:')) return { kind: 'builtin', name: specifier };
    return { kind: 'nowhere', why: `write node:${specifier}` };
  }
  const name = packageName(specifier);
  const workspace = manifests.find((manifest) => manifest.name === name);
  if (workspace === undefined) return { kind: 'package', name };
  const path = workspace.exports.get(specifier);
  if (path === undefined) return { kind: 'nowhere', why: `${name} exports no ${specifier}` };
  if (!tree.has(path)) return { kind: 'nowhere', why: `${specifier} leads to ${path}, not there` };
  return { kind: 'file', path, byName: true };
}

function roomOf(path: string, rules: Rules): Room | undefined {
  return rules.rooms
    .filter((room) => (room.folder === '' ? !path.includes('/') : holds(room.folder, path)))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** The module a path stands in, when it is under the modules' folder. */
function moduleOf(path: string, rules: Rules): string | undefined {
  if (!path.startsWith(`${rules.modulesFolder}/`)) return undefined;
  return path.slice(rules.modulesFolder.length + 1).split('/')[0];
}

function checkHasRoom(source: Source, rules: Rules): FenceViolation[] {
  const module = moduleOf(source.path, rules);
  const known = module === undefined || rules.moduleOrder.includes(module);
  if (known && roomOf(source.path, rules) !== undefined) return [];
  return [{ rule: 'every file has a room', at: source.path, message: 'no room holds this file' }];
}

function checkModulesListed(tree: Tree, rules: Rules): FenceViolation[] {
  const found = new Set([...tree.keys()].flatMap((path) => moduleOf(path, rules) ?? []));
  const rule = 'every module is listed';
  return [
    ...[...found]
      .filter((name) => !rules.moduleOrder.includes(name))
      .map((name) => ({
        rule,
        at: `${rules.modulesFolder}/${name}`,
        message: 'is not in the order',
      })),
    ...rules.moduleOrder
      .filter((name) => !found.has(name))
      .map((name) => ({ rule, at: name, message: `has no folder in ${rules.modulesFolder}` })),
  ];
}

function checkWorkspacesListed(manifests: readonly Manifest[], rules: Rules): FenceViolation[] {
  const listed = (folder: string) =>
    rules.rooms.some((room) => room.folder === folder || room.folder.startsWith(`${folder}/`));
  return manifests
    .filter((manifest) => !listed(manifest.folder))
    .map((manifest) => ({
      rule: 'every workspace is a room',
      at: manifest.folder,
      message: 'no room is this folder or stands in it',
    }));
}

/** A rule whose path has a typo matches nothing and would be silent for ever. */
function checkRulesSeeSomething(tree: Tree, rules: Rules): FenceViolation[] {
  const paths = [...tree.keys()].filter(isCode);
  const blind: FenceViolation[] = [];
  const expect = (name: string, sees: boolean) => {
    if (sees) return;
    blind.push({ rule: 'every rule sees files', at: name, message: 'matches no file at all' });
  };
  for (const room of rules.rooms) {
    const sees = paths.some((path) => roomOf(path, rules) === room);
    expect(`room ${room.name}`, sees);
  }
  for (const door of rules.doors) {
    const sees = (pattern: RegExp | undefined) =>
      pattern === undefined || paths.some((path) => pattern.test(path));
    const all = sees(door.inside) && sees(door.door) && sees(door.importers);
    expect(`door: ${door.name}`, all);
  }
  for (const rule of rules.purity) {
    const all = [rule.files, ...rule.mayImport].every((pattern) =>
      paths.some((path) => pattern.test(path)),
    );
    expect(`purity: ${rule.name}`, all);
  }
  return blind;
}

/** The rooms themselves may not form a circle, or there is no order to keep. */
function checkOrderIsAnOrder(rules: Rules): FenceViolation[] {
  const byName = new Map(rules.rooms.map((room) => [room.name, room.rooms]));
  const unknown = rules.rooms.flatMap((room) =>
    room.rooms
      .filter((name) => !byName.has(name))
      .map((name) => ({
        rule: 'rooms are in order',
        at: room.name,
        message: `lists ${name}, which is no room`,
      })),
  );
  return [
    ...unknown,
    ...findCircles(byName).map((circle) => ({
      rule: 'rooms are in order',
      at: circle.join(' → '),
      message: 'rooms import each other in a circle',
    })),
  ];
}

function checkCrossing(
  crossing: Crossing,
  rules: Rules,
  manifests: readonly Manifest[],
): FenceViolation[] {
  const { from, edge, target } = crossing;
  const at = `${from.path}:${edge.line}`;
  if (target.kind === 'nowhere')
    return [{ rule: 'every import leads somewhere', at, message: target.why }];
  const found = target.kind === 'file' ? checkFileCrossing(crossing, target, rules, manifests) : [];
  return [
    ...found,
    ...(target.kind === 'file' ? [] : checkForeign(from, target, rules, manifests)),
    ...rules.purity.flatMap((rule) => checkPurity(from.path, target, rule)),
  ].map((violation) => ({ ...violation, at }));
}

type Fault = Omit<FenceViolation, 'at'>;

function checkFileCrossing(
  { from }: Crossing,
  target: { path: string; byName: boolean },
  rules: Rules,
  manifests: readonly Manifest[],
): Fault[] {
  const faults: Fault[] = [];
  const [here, there] = [roomOf(from.path, rules), roomOf(target.path, rules)];
  if (
    here !== undefined &&
    there !== undefined &&
    here !== there &&
    !here.rooms.includes(there.name)
  ) {
    faults.push({
      rule: 'rooms import downward only',
      message: `${here.name} may not import ${there.name} (${target.path})`,
    });
  }
  const [home, away] = [manifestOf(from.path, manifests), manifestOf(target.path, manifests)];
  const outside = home?.folder === '';
  if (home !== away && !target.byName && !outside) {
    faults.push({
      rule: 'workspaces are imported by name',
      message: `${target.path} belongs to ${away?.name}: import it by that name`,
    });
  }
  if (home !== away && home !== undefined && away !== undefined && !outside && target.byName) {
    faults.push(...checkDeclared(from, away.name, home));
  }
  return [...faults, ...rules.doors.flatMap((door) => checkDoor(from.path, target.path, door))];
}

function checkDoor(from: string, target: string, rule: DoorRule): Fault[] {
  const inside = rule.inside.exec(target);
  if (inside === null || rule.door?.test(target) || rule.except?.test(from)) return [];
  if (rule.importers !== undefined && !rule.importers.test(from)) return [];
  // Inside means the same folder: for modules, the same module.
  if (rule.inside.exec(from)?.[0] === inside[0] && inside[0].endsWith('/')) return [];
  return [{ rule: rule.name, message: `${target} is not open to this file` }];
}

function checkForeign(
  from: Source,
  target: { kind: 'package' | 'builtin'; name: string },
  rules: Rules,
  manifests: readonly Manifest[],
): Fault[] {
  const room = roomOf(from.path, rules);
  const home = manifestOf(from.path, manifests);
  if (room === undefined || home === undefined) return [];
  const test = isTestFile(from.path);
  if (target.kind === 'builtin') {
    if (test || room.builtins === 'any' || room.builtins.includes(target.name)) return [];
    return [
      { rule: 'rooms use listed packages', message: `${room.name} may not use ${target.name}` },
    ];
  }
  const allowed = test || room.packages === 'declared' || room.packages.includes(target.name);
  if (!allowed) {
    return [
      { rule: 'rooms use listed packages', message: `${room.name} may not use ${target.name}` },
    ];
  }
  const root = manifests.find((manifest) => manifest.folder === '');
  const outside = test || home === root;
  if (outside && manifests.some((each) => declares(each, target.name, true))) return [];
  return checkDeclared(from, target.name, home);
}

const declares = (manifest: Manifest, name: string, dev: boolean): boolean =>
  manifest.dependencies.has(name) || (dev && manifest.devDependencies.has(name));

function checkDeclared(from: Source, name: string, home: Manifest): Fault[] {
  if (declares(home, name, isTestFile(from.path))) return [];
  // A program for measuring inside a workspace is not published with it.
  if (/\/bench\//.test(from.path) && declares(home, name, true)) return [];
  return [{ rule: 'packages are declared', message: `${home.name} does not declare ${name}` }];
}

/** What a workspace declares and never imports is weight and risk for nothing. */
function checkDependenciesUsed(
  crossings: readonly Crossing[],
  manifests: readonly Manifest[],
): FenceViolation[] {
  return manifests
    .filter((manifest) => manifest.folder !== '')
    .flatMap((manifest) => {
      const used = crossings
        .filter(({ from }) => holds(manifest.folder, from.path))
        .map(({ edge }) => packageName(edge.specifier ?? ''));
      return [...manifest.dependencies]
        .filter((name) => !used.includes(name))
        .map((name) => ({
          rule: 'packages are used',
          at: manifest.folder,
          message: `declares ${name}, which nothing in it imports`,
        }));
    });
}

function checkPurity(from: string, target: Target, rule: PurityRule): Fault[] {
  if (!rule.files.test(from) || rule.except?.test(from)) return [];
  const fine =
    target.kind === 'file'
      ? rule.mayImport.some((pattern) => pattern.test(target.path))
      : target.kind === 'package'
        ? rule.packages.includes(target.name)
        : target.kind === 'builtin' && rule.builtins.includes(target.name);
  if (fine) return [];
  const what = target.kind === 'file' ? target.path : target.kind === 'nowhere' ? '?' : target.name;
  return [{ rule: rule.name, message: `may not import ${what}` }];
}

/** Files that load each other in a circle: what stands at the top of one may still be undefined. */
function checkLoadCircles(crossings: readonly Crossing[]): FenceViolation[] {
  const graph = new Map<string, string[]>();
  for (const { from, edge, target } of crossings) {
    if (target.kind !== 'file' || edge.typeOnly) continue;
    graph.set(from.path, [...(graph.get(from.path) ?? []), target.path]);
  }
  return findCircles(graph).map((circle) => ({
    rule: 'files do not load each other in a circle',
    at: circle.join(' → '),
    message: 'move what both need into a file below them',
  }));
}

/** One circle per entangled group, found by walking depth first. */
export function findCircles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const walk = (node: string, trail: string[]): void => {
    const start = trail.indexOf(node);
    if (start >= 0) circles.push([...trail.slice(start), node]);
    if (start >= 0 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...trail, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return circles;
}
