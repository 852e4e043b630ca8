/**
 * Statements are constants: values travel as parameters, and what stands in the place of a name comes
 * from a list in the code. A template that is a statement holds constants only (names in capitals),
 * but in the files listed here with their reason.
 */
import { parseSync } from 'oxc-parser';
import { isTestFile, type Tree } from './sources.ts';
import { type Node, walk } from './syntax.ts';
import type { Finding } from './tidy.ts';

/** Files whose statements are put together, and from what. */
export const PUT_TOGETHER: Readonly<Record<string, string>> = {
  'server/src/app/digest.ts': 'names of tables, read from the catalogue of the database',
  'server/src/modules/clearing/store.ts': 'one of two names of tables in the code',
  'server/src/modules/customers/lists.ts': 'one condition of a list in the code, with parameters',
  'server/src/modules/customers/store.ts': 'names of columns, a list in the code',
  'server/src/platform/approvals.ts': 'conditions of a list in the code, with parameters',
  'server/src/platform/audit-search.ts': 'a condition in the code, or none',
  'server/src/platform/auth/investors.ts': 'assignments in the code, with parameters',
  'server/src/platform/auth/staff-acts.ts': 'assignments in the code, with parameters',
  'server/src/platform/rekey.ts': 'names of tables and columns, a list in the code',
};

// A part of a statement names a table with its schema, or begins a clause.
const NAMES = /[a-z_]+\.[a-z_]+|\bwhere\b|\border\s+by\b/i;
const STATEMENT =
  /\bselect\b[\s\S]*\bfrom\b|\binsert\s+into\b|\bupdate\s+\S+\s[\s\S]*\bset\b|\bdelete\s+from\b|\border\s+by\b|\bwhere\b|\bjoin\b/i;
const BEGINS = /^\s*(select|insert\s+into|update|delete\s+from|with)\s/i;
const CONSTANT = /^[A-Z][A-Z0-9_]*$/;

function textOf(node: Node): string {
  const quasis = node['quasis'] as readonly { readonly value: { readonly raw: string } }[];
  return quasis.map(({ value }) => value.raw).join('$');
}

/** The lines on which a file puts something else than constants into a statement. */
function placesIn(path: string, text: string): number[] {
  const lines: number[] = [];
  const note = ({ start }: Node) => void lines.push(text.slice(0, start).split('\n').length);
  walk(parseSync(path, text).program as unknown as Node, (node) => {
    if (
      node.type === 'TemplateLiteral' &&
      STATEMENT.test(textOf(node)) &&
      NAMES.test(textOf(node))
    ) {
      for (const part of node['expressions'] as readonly Node[]) {
        if (!CONSTANT.test(text.slice(part.start, part.end))) note(part);
      }
    }
    if (node.type === 'BinaryExpression' && node['operator'] === '+') {
      const left = node['left'] as Node;
      if (typeof left['value'] === 'string' && BEGINS.test(left['value'])) note(node);
    }
  });
  return lines;
}

/** Statements of the program that are put together outside the list, and entries without need. */
export function checkStatements(
  tree: Tree,
  allowed: Readonly<Record<string, string>> = PUT_TOGETHER,
): Finding[] {
  const program = [...tree].filter(
    ([path]) => /^server\/src\/.*\.ts$/.test(path) && !isTestFile(path),
  );
  const found = program.flatMap(([path, text]) => {
    const lines = placesIn(path, text);
    if (allowed[path] !== undefined) {
      return lines.length > 0 ? [] : [{ at: path, message: 'no longer puts a statement together' }];
    }
    const message = 'a statement takes values as parameters and names from constants';
    return lines.map((line) => ({ at: `${path}:${line}`, message }));
  });
  const gone = Object.keys(allowed).filter((path) => !tree.has(path));
  return [...found, ...gone.map((at) => ({ at, message: 'is not there' }))];
}
