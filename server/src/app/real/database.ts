/** The database of a run: its own, made when it is not there, never one with other customers. */
import type { Sql } from '../../platform/db.ts';

/** Whether the house has customers already. */
export async function holdsCustomers(sql: Sql): Promise<boolean> {
  const rows = await sql.query('select 1 as there from customers.identities limit 1');
  return rows.length > 0;
}
