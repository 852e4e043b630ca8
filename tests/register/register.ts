/**
 * A register says of each row of a list what holds it: tests by file and title, or why nothing of
 * ours does. Its page is written from it, and a test compares the two.
 */
import { parseSync } from 'oxc-parser';
import { isNode, type Node, walk } from '../../architecture/syntax.ts';

/** One row of a list. */
export interface Row {
  readonly id: string;
  readonly what: string;
  readonly how: string;
  /** Titles of tests by file. */
  readonly tests?: Readonly<Record<string, readonly string[]>>;
  /** Sets of the corpus of bad inputs that belong to the row. */
  readonly sets?: readonly string[];
  /** What no test of ours shows, and whose it is or why it does not apply. */
  readonly open?: string;
}

/** A list with its page. */
export interface Register {
  readonly page: string;
  readonly title: string;
  readonly intro: readonly string[];
  readonly columns: readonly [id: string, what: string, how: string, tests: string];
  readonly sections: readonly { readonly title: string; readonly rows: readonly Row[] }[];
}

/** Every row of every section. */
export function rowsOf(register: Register): Row[] {
  return register.sections.flatMap(({ rows }) => rows);
}

const cell = (text: string) => text.replaceAll('|', String.raw`\|`);

function proofOf({ tests = {}, open }: Row): string {
  const named = Object.entries(tests).flatMap(([file, titles]) =>
    titles.map((title) => `\`${file}\`: “${cell(title)}”`),
  );
  return [...named, ...(open === undefined ? [] : [`*Not here:* ${cell(open)}`])].join('<br>');
}

/** The page of a register. */
export function renderPage({ title, intro, columns, sections }: Register): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const tables = sections.flatMap(({ title: heading, rows }) => [
    `## ${heading}`,
    '',
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line([row.id, cell(row.what), cell(row.how), proofOf(row)])),
    '',
  ]);
  return [`# ${title}`, '', ...intro.flatMap((text) => [text, '']), ...tables].join('\n');
}

/** What is wrong with the rows: ids left out, tests that are not there, rows that say nothing. */
export function faultsOfRows(
  register: Register,
  ids: readonly string[],
  read: (file: string) => string | undefined,
): string[] {
  const rows = rowsOf(register);
  const known = new Map<string, Set<string> | undefined>();
  const titlesIn = (file: string) => {
    if (!known.has(file)) {
      const text = read(file);
      known.set(file, text === undefined ? undefined : titlesOf(file, text));
    }
    return known.get(file);
  };
  const faults = ids
    .filter((id) => rows.filter((row) => row.id === id).length !== 1)
    .map((id) => `${id} does not stand here once`);
  for (const { id, tests = {}, open } of rows) {
    if (!ids.includes(id)) faults.push(`${id} is not on the list`);
    if (Object.keys(tests).length === 0 && open === undefined) faults.push(`${id} says nothing`);
    for (const [file, titles] of Object.entries(tests)) {
      const found = titlesIn(file);
      if (found === undefined) faults.push(`${id}: there is no ${file}`);
      for (const title of titles) {
        if (found?.has(title) === false) faults.push(`${id}: ${file} has no test “${title}”`);
      }
    }
  }
  return faults;
}

/** The name that a call begins with and the names behind it: `test.each(…)` is test, each. */
function chainOf(node: unknown): string[] {
  if (!isNode(node)) return [];
  switch (node.type) {
    case 'Identifier':
      return [String(node['name'])];
    case 'MemberExpression':
      return [...chainOf(node['object']), ...chainOf(node['property'])];
    case 'CallExpression':
      return chainOf(node['callee']);
    case 'TaggedTemplateExpression':
      return chainOf(node['tag']);
    default:
      return [];
  }
}

const NOT_RUN = new Set(['skip', 'todo', 'fails']);

/** The titles of the tests of a file that are run, templates as they are written. */
export function titlesOf(path: string, text: string): Set<string> {
  const titles = new Set<string>();
  walk(parseSync(path, text).program as unknown as Node, (node) => {
    if (node.type !== 'CallExpression') return true;
    const [root, ...names] = chainOf(node['callee']);
    if (root !== undefined && names.some((name) => NOT_RUN.has(name))) return false;
    const [first] = node['arguments'] as Node[];
    if (isNode(first) && (root === 'test' || root === 'it')) {
      const { type, value, start, end } = first;
      if (type === 'Literal' && typeof value === 'string') titles.add(value);
      if (type === 'TemplateLiteral') titles.add(text.slice(start + 1, end - 1));
    }
    return true;
  });
  return titles;
}
