/** Finds text that a reader would see and that nobody translated, in the sources of the console. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { isNode, type Node, walk } from '../../architecture/syntax.ts';

const WEB = fileURLToPath(new URL('../../web/src/', import.meta.url));

/** Attributes whose text a reader sees or hears. */
const SPOKEN = /^(aria-label|title|placeholder|alt|label|lead|hint|description|okText|extra)$/;
const LETTERS = /[A-Za-z]|\p{Script=Han}/u;

/** Every component of the console by its path. */
export function readComponents(): Map<string, string> {
  const files = readdirSync(WEB, { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter((file) => file.endsWith('.tsx'))
      .map((file) => [file, readFileSync(join(WEB, file), 'utf8')]),
  );
}

function attributeName(node: Node): string {
  const name = node['name'];
  return isNode(name) && typeof name['name'] === 'string' ? name['name'] : '';
}

/** Data and numbers stand in elements that nobody translates. */
function isData(parents: readonly Node[]): boolean {
  return parents.some((parent) => {
    const opening = parent['openingElement'];
    if (!isNode(opening)) return false;
    const attributes = (opening['attributes'] as Node[]).map(attributeName);
    return attributes.includes('translate') || attributes.includes('lang');
  });
}

/** Literal texts in the JSX of a component: 'path: text'. */
export function findLiteralTexts(path: string, source: string): string[] {
  const found: string[] = [];
  const program = parseSync(path, source).program as unknown as Node;
  walk(program, (node, parents) => {
    const text = node.type === 'JSXText' || node.type === 'Literal' ? node['value'] : undefined;
    if (typeof text !== 'string' || !LETTERS.test(text) || isData(parents)) return;
    const [parent, above] = parents;
    const isChild =
      node.type === 'JSXText' ||
      (parent?.type === 'JSXExpressionContainer' && above?.type !== 'JSXAttribute');
    const attribute = parent?.type === 'JSXAttribute' ? attributeName(parent) : '';
    if (isChild || SPOKEN.test(attribute)) found.push(`${path}: ${text.trim()}`);
  });
  return found;
}

/** The parts that make figures, and charts, which say theirs by a table. */
const MAKES_FIGURES = /^parts[/\\](figure[\w-]*\.tsx|chart[/\\])/;
const GROUPS = new Set(['groupDecimal', 'percentText', 'exactPercentText']);

/** The text of an attribute when it is written out, '' otherwise. */
function attributeText(element: Node | undefined, wanted: string): string {
  const opening = element?.['openingElement'];
  if (!isNode(opening)) return '';
  const found = (opening['attributes'] as Node[]).find((each) => attributeName(each) === wanted);
  const value = found?.['value'];
  return isNode(value) && typeof value['value'] === 'string' ? value['value'] : '';
}

/**
 * Figures that a room makes by hand, so that nobody can open them: a grouped number as the child of
 * an element, or the look of a figure. A number that is read back while it is typed (`…-read`) is
 * the typist's own.
 */
export function findLooseFigures(path: string, source: string): string[] {
  if (MAKES_FIGURES.test(path)) return [];
  const found: string[] = [];
  const program = parseSync(path, source).program as unknown as Node;
  walk(program, (node, parents) => {
    const callee = node['callee'];
    const [holder, element] = parents;
    if (
      node.type === 'CallExpression' &&
      isNode(callee) &&
      GROUPS.has(String(callee['name'])) &&
      holder?.type === 'JSXExpressionContainer' &&
      element?.type === 'JSXElement' &&
      !/-read\b/.test(attributeText(element, 'className'))
    ) {
      found.push(`${path}: ${source.slice(node.start, node.start + 40)}`);
    }
    if (node.type === 'JSXElement' && /(^|\s)figure(\s|$)/.test(attributeText(node, 'className')))
      found.push(`${path}: ${source.slice(node.start, node.start + 60)}`);
  });
  return found;
}

export interface KeptTexts {
  readonly path: string;
  readonly name: string;
  readonly zh: ReadonlyMap<string, string>;
  readonly en: ReadonlyMap<string, string>;
}

function stringsOf(node: unknown): Map<string, string> {
  const texts = new Map<string, string>();
  if (!isNode(node)) return texts;
  for (const property of (node['properties'] ?? []) as Node[]) {
    const { key, value } = property as unknown as { key: Node; value: Node };
    const name = typeof key['value'] === 'string' ? key['value'] : String(key['name']);
    if (typeof value['value'] === 'string') texts.set(name, value['value']);
  }
  return texts;
}

/** Every call of `defineTexts`, with the texts of both languages. */
export function readTexts(): KeptTexts[] {
  const kept: KeptTexts[] = [];
  for (const path of readdirSync(WEB, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(path)) continue;
    const program = parseSync(path, readFileSync(join(WEB, path), 'utf8')).program;
    walk(program as unknown as Node, (node) => {
      const callee = node['callee'];
      if (node.type !== 'CallExpression' || !isNode(callee) || callee['name'] !== 'defineTexts')
        return;
      const [name, zh, en] = node['arguments'] as [Node, Node, Node];
      kept.push({ path, name: String(name['value']), zh: stringsOf(zh), en: stringsOf(en) });
    });
  }
  return kept;
}

/** All sources in one text, to look for the use of a key. */
export function readAllSources(): string {
  return readdirSync(WEB, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(join(WEB, path), 'utf8'))
    .join('\n');
}
