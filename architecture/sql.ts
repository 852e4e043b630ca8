/**
 * Every statement on a table that belongs to customers says which buckets it means: the bucket leads
 * the primary key, keeps a batch in its lane and is the distribution column of a larger database. A
 * statement without it, or with a range of buckets, asks every bucket.
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
    files: /^server\/src\/modules\/[a-z-]+\/(counterparty-|scope-|trace-)?checks\.ts$/,
    tables: 'any',
    reason: 'an invariant is checked over the whole house, outside business',
  },
  {
    files: 'server/src/modules/accounts/day-reads.ts',
    tables: [
      'accounts.holdings',
      'accounts.lots',
      'accounts.trading_accounts',
      'accounts.asset_accounts',
      'accounts.cash_accounts',
      'accounts.postings',
    ],
    reason: 'units, new accounts and bank balances are compared once a day, over all customers',
  },
  {
    files: 'server/src/modules/accounts/transfers.ts',
    tables: ['accounts.transfers'],
    reason: 'a file for the bank holds the transfers of all customers of the day',
  },
  {
    files: /^server\/src\/modules\/clearing\/(exceptions|todo)\.ts$/,
    tables: ['customers.customers'],
    reason: 'open exceptions are few; those of a branch are found by the key of their customer',
  },
  {
    files: 'server/src/modules/clearing/queries.ts',
    tables: ['customers.customers', 'clearing.differences'],
    reason: 'the breaks and differences of a day are few, read by its index for a list',
  },
  {
    files: 'server/src/modules/clearing/parties.ts',
    tables: ['trading.orders', 'trading.account_applications'],
    reason: 'which registrars the day has business with is asked once, over all customers',
  },
  {
    files: 'server/src/modules/clearing/steps/overdue.ts',
    tables: [
      'trading.orders',
      'trading.account_applications',
      'clearing.confirmations',
      'clearing.account_confirmations',
    ],
    reason: 'what waits for an answer past its day is looked for once a day, over all customers',
  },
  {
    files: 'server/src/modules/clearing/steps/reconcile.ts',
    tables: ['clearing.confirmations', 'clearing.distributions'],
    reason: 'what is among the exceptions is summed once a day, by an index of those alone',
  },
  {
    files: 'server/src/modules/clearing/steps/report.ts',
    tables: ['clearing.confirmations'],
    reason: 'the report of a day counts over all customers',
  },
  {
    files: 'server/src/modules/clearing/steps/settle.ts',
    tables: ['accounts.settlement_items'],
    reason: 'which buckets have something due is what the step is cut by',
  },
  {
    files: 'server/src/modules/clearing/steps/waiting.ts',
    tables: ['clearing.confirmations', 'clearing.account_confirmations', 'clearing.distributions'],
    reason: 'which buckets have records waiting is what the step is cut by',
  },
  {
    files: 'server/src/modules/customers/changes.ts',
    tables: ['customers.customers'],
    reason: 'a job looks for certificates that ran out, over all customers, by an index',
  },
  {
    files: 'server/src/modules/customers/todo.ts',
    tables: ['customers.customers'],
    reason: 'what is to be done is counted over all customers of a branch or the firm',
  },
  {
    files: 'server/src/modules/suitability/todo.ts',
    tables: ['customers.customers', 'suitability.profile_versions'],
    reason: 'what is to be done is counted over all customers of a branch or the firm',
  },
  {
    files: 'server/src/modules/suitability/answer-drafts.ts',
    tables: ['suitability.answer_drafts'],
    reason: 'answers that nobody went on with are forgotten once an hour, by an index',
  },
  {
    files: 'server/src/modules/suitability/queries.ts',
    tables: ['customers.customers', 'suitability.profile_versions'],
    reason: 'whose assessment lapses is listed over all customers of a branch or the firm',
  },
  {
    files: 'server/src/modules/customers/search.ts',
    tables: ['customers.customers'],
    reason: 'staff search by a part of a name or number, which tells no bucket',
  },
  {
    files: 'server/src/modules/customers/similar.ts',
    tables: ['customers.customers'],
    reason: 'whoever looks alike, and addresses never digested, may be in any bucket',
  },
  {
    files: 'server/src/modules/customers/name-index.ts',
    tables: ['customers.customers'],
    reason: 'customers whose names were never indexed are taken in order of their ids',
  },
  {
    files: 'server/src/modules/accounts/find-owners.ts',
    tables: ['accounts.trading_accounts'],
    reason: 'a fund account at a registrar tells no bucket',
  },
  {
    files: 'server/src/modules/customers/lists.ts',
    tables: ['customers.customers'],
    reason: 'staff search by name, phone or certificate, which tell no bucket',
  },
  {
    files: 'server/src/modules/customers/store.ts',
    tables: ['customers.customers'],
    reason: 'an insert whose column list is put in; bucket is its first column',
  },
  {
    files: 'server/src/modules/suitability/store.ts',
    tables: ['suitability.evidence'],
    reason: 'all evidence is computed again by a check, in order of its key',
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
    files: 'server/src/modules/trading/order-flow.ts',
    tables: [
      'trading.order_flow',
      'trading.orders',
      'platform.stream_positions',
      'platform.outbox',
    ],
    reason: 'the flow of a day is summed over all customers when it is looked at or checked',
  },
  {
    files: 'server/src/modules/trading/queries.ts',
    tables: ['trading.orders', 'customers.customers'],
    reason: 'operations list the orders of all customers or of a branch, by pages on an index',
  },
  {
    files: /^server\/src\/platform\/audit(-search)?\.ts$/,
    tables: ['platform.audit'],
    reason: 'the audit is searched by subject and time and proven over all buckets, by its indexes',
  },
  {
    files: 'server/src/platform/outbox.ts',
    tables: ['platform.outbox'],
    reason: 'what waits to be published is read over all buckets, by an index of those alone',
  },
];

const LATER_KEY = /alter table ([a-z_]+\.[a-z_]+) add primary key\s*\(\s*bucket\b/gi;

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
    for (const [, name = ''] of sql.matchAll(LATER_KEY)) tables.add(name.toLowerCase());
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

const TOUCHES = /\b(?:from|update|into|join)\s+(?:only\s+)?([a-z_]+\.)([a-z_]+\b|\$)/gi;

/** The bucket is a parameter, or comes from a list of keys, or is the first column of an insert. */
function fixesBucket(statement: string): boolean {
  const isOfKeys =
    /\bunnest\s*\(/i.test(statement) && /\.bucket\s*=\s*\w+\.bucket\b/i.test(statement);
  return (
    isOfKeys ||
    /\bbucket\s*=\s*(any\s*\(\s*)?\$\d/i.test(statement) ||
    /\binsert into [a-z_.]+\s*\(\s*bucket\b/i.test(statement)
  );
}

/** The customer tables that a statement touches without saying which buckets it means. */
export function tablesWithoutBucket(statement: string, tables: ReadonlySet<string>): string[] {
  if (fixesBucket(statement)) return [];
  const touched = new Set<string>();
  for (const [, schema = '', name = ''] of statement.matchAll(TOUCHES)) {
    if (name !== '$') touched.add(`${schema}${name}`.toLowerCase());
    // A name that is put in may be any table of its schema.
    else for (const table of tables) if (table.startsWith(schema)) touched.add(table);
  }
  return [...touched].filter((table) => tables.has(table));
}

/** Statements that fix no bucket, and exceptions that nothing needs any more. */
export function checkBuckets(
  sources: readonly Source[],
  tables: ReadonlySet<string>,
  exceptions: readonly SqlException[],
): Finding[] {
  const used = new Set<SqlException>();
  const findings: Finding[] = [];
  for (const { path, literals } of sources) {
    if (!/^server\/src\/(modules|platform)\//.test(path) || isTestFile(path)) continue;
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
  `a statement on ${table} fixes bucket: bucket = any($n), or a join on a list of keys`;

function covers({ files, tables }: SqlException, path: string, table: string): boolean {
  const here = typeof files === 'string' ? files === path : files.test(path);
  return here && (tables === 'any' || tables.includes(table));
}
