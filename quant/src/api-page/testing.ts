/*
 * Writes API.md from the code: every export of the front door with its docstring and signature, and
 * every measure from the table of measures.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';
import type { Measure } from '../performance/measure.ts';

/** One export: where it stands, what it promises and how it is written. */
export interface Entry {
  readonly name: string;
  readonly folder: string;
  readonly text: string;
  readonly signature: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Node extends Span {
  readonly type: string;
  readonly [key: string]: unknown;
}

interface File {
  readonly source: string;
  readonly body: readonly Node[];
  readonly comments: readonly (Span & { readonly type: string; readonly value: string })[];
}

const files = new Map<string, File>();

function load(path: string): File {
  const known = files.get(path);
  if (known !== undefined) return known;
  const source = readFileSync(path, 'utf8');
  const parsed = parseSync(path, source);
  const file = {
    source,
    body: parsed.program.body as unknown as Node[],
    comments: parsed.comments,
  };
  files.set(path, file);
  return file;
}

/** Every name that a file exports, with the file that declares it. */
export function exportsOf(path: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of load(path).body) {
    const source = (node['source'] as { value: string } | null | undefined)?.value;
    const target = source === undefined ? path : join(dirname(path), source);
    if (node.type === 'ExportAllDeclaration') {
      for (const [name, at] of exportsOf(target)) found.set(name, at);
    } else if (node.type === 'ExportNamedDeclaration') {
      for (const name of namesOf(node)) {
        found.set(name, source === undefined ? path : (exportsOf(target).get(name) ?? target));
      }
    }
  }
  return found;
}

interface Named {
  readonly id?: { readonly name: string } | null;
  readonly declarations?: readonly { readonly id: { readonly name: string } }[];
}

function namesOf(node: Node): string[] {
  const specifiers = (node['specifiers'] ?? []) as { exported: { name: string } }[];
  const listed = specifiers.map(({ exported }) => exported.name);
  return [...listed, ...declaredNames(node['declaration'] as Named | null)];
}

function declaredNames(declaration: Named | null): string[] {
  if (declaration === null || declaration === undefined) return [];
  if (declaration.declarations !== undefined)
    return declaration.declarations.map(({ id }) => id.name);
  return declaration.id === null || declaration.id === undefined ? [] : [declaration.id.name];
}

/** The entry of one name in the file that declares it. */
export function entryOf(name: string, path: string, root: string): Entry {
  const file = load(path);
  const node = file.body.find(
    (each) =>
      each.type === 'ExportNamedDeclaration' &&
      declaredNames(each['declaration'] as Named | null).includes(name),
  );
  if (node === undefined) throw new Error(`${path} does not declare ${name}`);
  const folder = dirname(path).slice(root.length + 1) || 'figure';
  return { name, folder, text: docOf(file, node), signature: signatureOf(file, node) };
}

/** The docstring right before a declaration, without its stars. */
function docOf({ source, comments }: File, { start }: Span): string {
  const comment = comments.findLast(({ end }) => end <= start);
  if (comment === undefined || !comment.value.startsWith('*')) return '';
  if (source.slice(comment.end, start).trim() !== '') return '';
  return comment.value
    .replace(/^\*/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim();
}

/** A function up to its body, a constant up to its value, a type in full. */
function signatureOf({ source }: File, node: Node): string {
  const declaration = node['declaration'] as Node;
  const text = (end: number) => source.slice(declaration.start, end).trim();
  if (declaration.type === 'FunctionDeclaration') return text((declaration['body'] as Span).start);
  if (declaration.type !== 'VariableDeclaration') return text(declaration.end);
  const [first] = declaration['declarations'] as { init: Span | null }[];
  return text(first?.init?.start ?? declaration.end).replace(/\s*=$/, '');
}

/** A cell of a table: bars would end it. */
const cell = (text: string) => text.replaceAll('|', '\\|');

/** The measures of one family as a table. */
export function renderFamily(family: string, measures: Readonly<Record<string, Measure>>): string {
  const rows = Object.entries(measures).map(([id, measure]) => {
    const { name, formula, unit, higherIsBetter, minObservations, absentWhen } = measure;
    const better = higherIsBetter === null ? '–' : higherIsBetter ? 'more' : 'less';
    const when = absentWhen.map((guard) => `${guard.reason}: ${guard.when}`).join('; ');
    const cells = [
      `\`${id}\``,
      `${name.en} ${name.zh}`,
      formula,
      unit,
      better,
      String(minObservations),
      when === '' ? '–' : when,
      measure.convention ?? '–',
      measure.source,
    ];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  const head = [
    'id',
    'name',
    'formula',
    'unit',
    'better',
    'at least',
    'null when',
    'convention',
    'source',
  ];
  const rule = `|${head.map(() => ' --- |').join('')}`;
  return [`### ${family}`, '', `| ${head.join(' | ')} |`, rule, ...rows].join('\n');
}

/** One export. */
export function renderEntry({ name, text, signature }: Entry): string {
  return [`### ${name}`, '', ...(text === '' ? [] : [text, '']), '```ts', signature, '```'].join(
    '\n',
  );
}
