/**
 * Every statement on a table that belongs to customers names its bucket: the bucket leads the
 * primary key, keeps a batch in its lane and is the distribution column of a larger database. A
 * statement without it scans every bucket.
 */
import type { Finding } from './tidy.ts';
import { isTestFile, type Source, type Tree } from './sources.ts';

/** Statements that may read all buckets, with the reason. */
export interface SqlException {
  /** One file, or every file of one name. */
  files: string | RegExp;
  tables: readonly string[] | 'any';
  reason: string;
}

/** None of these stands on the path of an order. */
export const ALL_BUCKETS: readonly SqlException[] = [
  {
    files: /^server\/src\/modules\/[a-z-]+\/checks\.ts$/,
    tables: 'any',
    reason: 'an invariant is checked over the whole house, outside business',
  },
  {
    files: 'server/src/modules/accounts/day-reads.ts',
    tables: ['accounts.holdings'],
    reason: 'units by fund are compared with each registrar once a day, over all customers',
  },
  {
    files: 'server/src/modules/clearing/steps/report.ts',
    tables: ['clearing.confirmations'],
    reason: 'the report of a day counts over all customers',
  },
  {
    files: 'server/src/modules/customers/queries.ts',
    tables: ['customers.customers'],
    reason: 'staff search by name, phone or certificate, which tell no bucket',
  },
  {
    files: 'server/src/modules/customers/store.ts',
    tables: ['customers.customers'],
    reason: 'an insert whose column list is put in; bucket is its first column',
  },
  {
    files: 'server/src/modules/trading/day-summary.ts',
    tables: ['trading.orders', 'trading.account_applications'],
    reason: 'counts of a day over all customers',
  },
  {
    files: 'server/src/modules/trading/day.ts',
    tables: ['trading.orders', 'trading.account_applications'],
    reason:
      'a file for a registrar holds the orders of all customers of the day, read by its index',
  },
  {
    files: 'server/src/modules/trading/queries.ts',
    tables: ['trading.orders'],
    reason: 'operations list the orders of all customers, by pages on an index',
  },
];

/** Tables whose primary key starts with bucket, as the migrations say: 'accounts.holdings'. */
export function bucketTables(tree: Tree): Set<string> {
  const tables = new Set<string>();
  for (const [path, text] of tree) {
    if (!/\/migrations\/.*\.sql$/.test(path)) continue;
    const sql = text.replace(/--.*$/gm, '');
    for (const match of sql.matchAll(/create table (?:if not exists )?([a-z_]+\.[a-z_]+)\s*\(/gi)) {
      const body = bodyFrom(sql, match.index + match[0].length);
      if (/primary key\s*\(\s*bucket\b/i.test(body)) tables.add((match[1] ?? '').toLowerCase());
    }
  }
  return tables;
}

/** The text up to the parenthesis that closes the one before `start`. */
function bodyFrom(sql: string, start: number): string {
  let depth = 1;
  let at = start;
  while (at < sql.length && depth > 0) {
    if (sql[at] === '(') depth += 1;
    if (sql[at] === ')') depth -= 1;
    at += 1;
  }
  return sql.slice(start, at);
}

const TOUCHES = /\b(?:from|update|into|join)\s+(?:only\s+)?([a-z_]+\.[a-z_]+)\b/gi;

/** The customer tables that a statement touches although it never says bucket. */
export function tablesWithoutBucket(statement: string, tables: ReadonlySet<string>): string[] {
  if (/\bbucket\b/i.test(statement)) return [];
  const touched = [...statement.matchAll(TOUCHES)].map((match) => (match[1] ?? '').toLowerCase());
  return [...new Set(touched)].filter((table) => tables.has(table));
}

/** Statements without a bucket, and exceptions that nothing needs any more. */
export function checkBuckets(
  sources: readonly Source[],
  tables: ReadonlySet<string>,
  exceptions: readonly SqlException[],
): Finding[] {
  const used = new Set<SqlException>();
  const findings: Finding[] = [];
  for (const { path, literals } of sources) {
    if (!path.startsWith('server/src/modules/') || isTestFile(path)) continue;
    for (const literal of literals) {
      for (const table of tablesWithoutBucket(literal.text, tables)) {
        const exception = exceptions.find((each) => covers(each, path, table));
        if (exception !== undefined) used.add(exception);
        else findings.push({ at: `${path}:${literal.line}`, message: adviceFor(table) });
      }
    }
  }
  const idle = exceptions
    .filter((exception) => !used.has(exception))
    .map(({ files }) => ({ at: String(files), message: 'this exception is not needed any more' }));
  return [...findings, ...idle];
}

const adviceFor = (table: string): string =>
  `a statement on ${table} names bucket: bucket = any($n), or a join on it`;

function covers({ files, tables }: SqlException, path: string, table: string): boolean {
  const here = typeof files === 'string' ? files === path : files.test(path);
  return here && (tables === 'any' || tables.includes(table));
}
