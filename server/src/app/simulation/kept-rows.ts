/** A5: what the books once held they hold for ever; only named tables may lose rows. */
import type { Violation } from '../../platform/check.ts';
import type { Sql } from '../../platform/db.ts';

/** What is of use for a time only: sessions, locks of logins, drafts, leases and derived indexes. */
const PASSING = new Set([
  'platform.login_failures',
  'platform.recurring_tasks',
  'platform.sessions',
  'customers.name_pairs',
  'customers.opening_drafts',
  'suitability.answer_drafts',
]);

interface KeyedTable {
  name: string;
  columns: string[];
}

async function keyedTables(sql: Sql): Promise<KeyedTable[]> {
  const rows = await sql.query<KeyedTable>(
    `select n.nspname || '.' || c.relname as name,
       array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_index i on i.indrelid = c.oid and i.indisprimary
     join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
     where c.relkind = 'r' and n.nspname in (select module from platform.migrations)
     group by 1 order by 1`,
  );
  return rows.filter(({ name }) => !PASSING.has(name));
}

export class KeptRows {
  /** Keys by table, as of the last look. */
  #before = new Map<string, ReadonlySet<string>>();

  /** What was there at the last look and is gone; from here on what is there now must stay. */
  async gone(sql: Sql): Promise<Violation[]> {
    const found: Violation[] = [];
    const now = new Map<string, ReadonlySet<string>>();
    for (const { name, columns } of await keyedTables(sql)) {
      // Names come from the catalogue; values do not enter the text.
      const key = columns.map((column) => `"${column}"`).join(', ');
      const rows = await sql.query<{ key: string }>(`select row(${key})::text as key from ${name}`);
      const keys = new Set(rows.map((row) => row.key));
      for (const one of this.#before.get(name) ?? []) {
        if (!keys.has(one)) found.push({ subject: `${name} ${one}`, detail: { was: 'there' } });
      }
      now.set(name, keys);
    }
    this.#before = now;
    return found;
  }
}
