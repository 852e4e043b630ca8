/**
 * The state of the books as one number: two runs that did the same business have the same digest,
 * whatever was killed, repeated or run in another order on the way.
 */
import { createHash } from 'node:crypto';
import type { Sql } from '../platform/db.ts';

/** Tables that say how the work went and not what it came to. */
const LEFT_OUT = new Set([
  // The audit chain has one record more for every step that was repeated.
  'platform.audit',
  'platform.buckets',
  'platform.facts',
  'platform.login_failures',
  'platform.migrations',
  'platform.recurring_tasks',
  'platform.sessions',
  'platform.stream_positions',
]);

/** Columns that differ between two runs of the same business. */
const COLUMNS_LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  'clearing.business_days': ['run_owner', 'run_since', 'run_seen_at'],
  // Counts are of the last run of a step; what the day came to stands in its report.
  'clearing.day_steps': ['run_no', 'started_at', 'finished_at', 'counts'],
  'platform.outbox': ['event_id'],
  'platform.calendar_revision': ['token'],
  'products.revision': ['token'],
};

export interface BusinessDigest {
  readonly digest: string;
  /** Digest by table, to see where two states differ. */
  readonly tables: ReadonlyMap<string, string>;
}

interface TableRow {
  name: string;
  columns: string[];
}

async function loadTables(sql: Sql): Promise<TableRow[]> {
  return sql.query<TableRow>(
    `select t.table_schema || '.' || t.table_name as name,
       array_agg(c.column_name::text order by c.column_name) as columns
     from information_schema.tables t join information_schema.columns c
       on c.table_schema = t.table_schema and c.table_name = t.table_name
     where t.table_type = 'BASE TABLE'
       and t.table_schema not in ('pg_catalog', 'information_schema')
     group by 1 order by 1`,
  );
}

/**
 * Digests every business table, its rows in their own order, ciphertexts aside (each encryption has
 * its own nonce). `except` leaves out whole tables, or 'schema.table.column', beside those that
 * always are. Numbers of generated ids count, so ids must not depend on what was rolled back.
 */
export async function businessDigest(
  sql: Sql,
  options: { readonly except?: readonly string[] } = {},
): Promise<BusinessDigest> {
  const except = new Set(options.except ?? []);
  const tables = new Map<string, string>();
  for (const { name, columns } of await loadTables(sql)) {
    if (LEFT_OUT.has(name) || except.has(name)) continue;
    const left = columns.filter(
      (column) =>
        !column.endsWith('_cipher') &&
        !except.has(`${name}.${column}`) &&
        COLUMNS_LEFT_OUT[name]?.includes(column) !== true,
    );
    // Names come from the catalogue and are quoted; values do not enter the text.
    const row = left.map((column) => `"${column}"`).join(', ');
    const [schema = '', table = ''] = name.split('.');
    const [found] = await sql.query<{ rows: bigint; digest: string }>(
      `select count(*) as rows, coalesce(md5(string_agg(h, '' order by h collate "C")), '') as digest
       from (select md5(row(${row})::text) as h from "${schema}"."${table}") as hashed`,
    );
    tables.set(name, `${found?.rows ?? 0n} ${found?.digest ?? ''}`);
  }
  const text = [...tables].map(([name, digest]) => `${name} ${digest}`).join('\n');
  return { digest: createHash('sha256').update(text).digest('hex'), tables };
}
