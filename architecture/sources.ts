/**
 * What the architecture tests look at: the code files of a tree, parsed once. A tree is a map of
 * path to text, so that a test can plant a violation in memory.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { isNode, type Node, walk } from './syntax.ts';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Path inside the repository, with forward slashes, to the text of the file. */
export type Tree = ReadonlyMap<string, string>;

/** How one file names another. */
export interface ImportEdge {
  /** The text between the quotes; undefined when it is computed at run time. */
  specifier: string | undefined;
  line: number;
  /** True when only types cross: nothing is loaded at run time. */
  typeOnly: boolean;
}

export interface FunctionSpan {
  name: string;
  line: number;
  lines: number;
  /** True for a function given to a call, such as the body of `describe`. */
  argumentOf: string | undefined;
}

export interface Source {
  path: string;
  text: string;
  /** The text with comments and the insides of strings blanked, line by line the same. */
  code: string;
  imports: readonly ImportEdge[];
  functions: readonly FunctionSpan[];
  /** String and template literals; `${…}` inside a template reads as `$`. */
  literals: readonly { line: number; text: string }[];
}

const CODE_FILE = /\.(ts|mts|mjs|js|cjs|cts|tsx|jsx)$/;
const NEVER = new Set(['node_modules', 'dist', 'coverage', '.git', '.cairn', '.cache']);

/** Every file under the repository, found by walking the folders and without asking git. */
export function walkFiles(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => !NEVER.has(entry.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? walkFiles(path) : entry.isFile() ? [path] : [];
    })
    .sort();
}

/** Every file git knows or would add, without those deleted in the working tree. */
export function gitFiles(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0');
  return listed.filter((path) => path !== '' && existsSync(join(ROOT, path))).sort();
}

export const isCode = (path: string): boolean => CODE_FILE.test(path);

/** Files that only tests load: tests and what stands beside them. */
export const isTestFile = (path: string): boolean =>
  path.endsWith('.test.ts') || isTestSupport(path);

export const isTestSupport = (path: string): boolean =>
  /(^|\/)(testing|fixture|[a-z-]+-fixture|test-[a-z-]+)\.ts$/.test(path);

/** Reads the given paths into a tree. */
export function readTree(paths: readonly string[]): Tree {
  return new Map(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

const parsed = new Map<string, Source>();

/** Parses one file; throws when its syntax is not understood, so that no file goes unseen. */
export function parseSource(path: string, text: string): Source {
  const key = `${path}\0${text}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const result = parseSync(path, text);
  const [fault] = result.errors;
  if (fault !== undefined) throw new Error(`${path}: ${fault.message}`);
  const source = new Reader(path, text, result.comments).read(result.program as unknown as Node);
  parsed.set(key, source);
  return source;
}

/** Parses every code file of a tree. */
export function parseTree(tree: Tree): Source[] {
  return [...tree].filter(([path]) => isCode(path)).map(([path, text]) => parseSource(path, text));
}

class Reader {
  private readonly imports: ImportEdge[] = [];
  private readonly functions: FunctionSpan[] = [];
  private readonly literals: { line: number; text: string }[] = [];
  private readonly blanks: [number, number][];
  private readonly path: string;
  private readonly text: string;
  private readonly lineStarts: number[] = [0];

  constructor(path: string, text: string, comments: readonly { start: number; end: number }[]) {
    this.path = path;
    this.text = text;
    this.blanks = comments.map((comment) => [comment.start, comment.end]);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      this.lineStarts.push(at + 1);
    }
  }

  read(program: Node): Source {
    walk(program, (node, [parent]) => {
      this.seeImport(node);
      this.seeFunction(node, parent);
      this.seeLiteral(node);
    });
    const { path, text, imports, functions, literals } = this;
    return { path, text, code: this.blankedText(), imports, functions, literals };
  }

  private lineOf(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  private blankedText(): string {
    let code = this.text;
    for (const [start, end] of this.blanks) {
      code = code.slice(0, start) + code.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end);
    }
    return code;
  }

  private addImport(node: Node, from: unknown, typeOnly: boolean): void {
    const specifier = isNode(from) && typeof from['value'] === 'string' ? from['value'] : undefined;
    this.imports.push({ specifier, line: this.lineOf(node.start), typeOnly });
  }

  private seeImport(node: Node): void {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        if (isNode(node['source'])) this.addImport(node, node['source'], isTypeOnly(node));
        return;
      case 'ImportExpression':
        this.addImport(node, node['source'], false);
        return;
      case 'TSImportType':
        this.addImport(node, node['source'] ?? node['argument'], true);
        return;
      case 'TSExternalModuleReference':
        this.addImport(node, node['expression'], false);
        return;
      case 'NewExpression':
      case 'CallExpression':
        this.seeCall(node);
    }
  }

  /** `require('…')`, `import.meta.resolve('…')` and `new URL('./code.ts', import.meta.url)`. */
  private seeCall(node: Node): void {
    const callee = node['callee'];
    const [first] = node['arguments'] as unknown[];
    if (!isNode(callee)) return;
    const name = this.text.slice(callee.start, callee.end);
    if (name === 'require' || name === 'import.meta.resolve') this.addImport(node, first, false);
    if (name !== 'URL' || node.type !== 'NewExpression' || !isNode(first)) return;
    const value = first['value'];
    if (typeof value === 'string' && value.startsWith('.') && isCode(value)) {
      this.addImport(node, first, false);
    }
  }

  private seeFunction(node: Node, parent: Node | undefined): void {
    const kinds = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
    if (!kinds.includes(node.type)) return;
    const line = this.lineOf(node.start);
    const callee = parent?.type === 'CallExpression' ? parent['callee'] : undefined;
    this.functions.push({
      name: identifierOf(node['id']) ?? nameGivenBy(parent) ?? `(line ${line})`,
      line,
      lines: this.lineOf(node.end) - line + 1,
      argumentOf: isNode(callee) ? this.text.slice(callee.start, callee.end) : undefined,
    });
  }

  private seeLiteral(node: Node): void {
    if (node.type === 'Literal' && typeof node['value'] === 'string') {
      this.literals.push({ line: this.lineOf(node.start), text: node['value'] });
      this.blanks.push([node.start + 1, node.end - 1]);
    } else if (node.type === 'Literal' && isNode(node) && node['regex'] !== undefined) {
      this.blanks.push([node.start, node.end]);
    } else if (node.type === 'TemplateLiteral') {
      const quasis = node['quasis'] as (Node & { value: { cooked: string | null } })[];
      const text = quasis.map((quasi) => quasi.value.cooked ?? '').join('$');
      this.literals.push({ line: this.lineOf(node.start), text });
      for (const quasi of quasis) this.blanks.push([quasi.start, quasi.end]);
    }
  }
}

function identifierOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  return typeof value['name'] === 'string' ? value['name'] : undefined;
}

/** The name that a variable, member or property gives to the function standing in it. */
function nameGivenBy(node: Node | undefined): string | undefined {
  const named = ['VariableDeclarator', 'MethodDefinition', 'PropertyDefinition', 'Property'];
  if (node === undefined || !named.includes(node.type)) return undefined;
  return identifierOf(node['id'] ?? node['key']);
}

/** `import { type A }` still loads the file; only `import type` and `export type` do not. */
function isTypeOnly(node: Node): boolean {
  return node['importKind'] === 'type' || node['exportKind'] === 'type';
}
