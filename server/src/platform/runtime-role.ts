/**
 * The database role that the program works as, apart from the role that owns the tables: it may read
 * and append, change only what is no fact, and nothing else. Triggers refuse the change of a fact to
 * everybody; this role cannot take the triggers away either.
 */
import { AppError } from '@cairn/kernel';
import { type Db, openDb } from './db.ts';
import { migrate } from './migrate.ts';

/** Grants by table, from its triggers: facts are appended, orders never deleted, the rest is state. */
const GRANTS = `
  with schemas as (
    select oid, nspname from pg_namespace
    where nspname in (select module from platform.migrations)),
  tables as (
    select c.oid::regclass as name, c.oid = 'platform.migrations'::regclass as is_ledger,
      exists (select 1 from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'append_only') as is_fact,
      exists (select 1 from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'kept') as is_kept
    from pg_class c join schemas s on s.oid = c.relnamespace where c.relkind in ('r', 'p'))
  select format('revoke all on all tables in schema %I from %I', nspname, $1::text) as text
    from schemas
  union all select format('grant usage on schema %I to %I', nspname, $1::text) from schemas
  union all select format('grant usage on all sequences in schema %I to %I', nspname, $1::text)
    from schemas
  union all select format('grant select%s on %s to %I',
      case when is_ledger then '' when is_fact then ', insert'
        when is_kept then ', insert, update' else ', insert, update, delete' end, name, $1::text)
    from tables`;

/** Whether the role could take the triggers away: it owns the tables, or owns everything. */
const OWNS = `
  select r.rolname as role, r.rolsuper or pg_has_role(r.rolname, c.relowner, 'member') as owns
  from pg_roles r, pg_class c
  where r.rolname = current_user and c.oid = 'platform.audit'::regclass`;

/**
 * Brings the database to this program's schema over the owner's address, and gives the role of `db`
 * what the program needs while it runs; answers the files applied. Can be repeated.
 *
 * Errors: those of `migrate`; DATABASE_UNAVAILABLE; DATABASE_ROLE_OWNS (the role of `db` owns the
 * tables or is a superuser, so that the second role would protect nothing).
 */
export async function migrateAsOwner(ownerUrl: string, db: Db): Promise<string[]> {
  const [me] = await db.query<{ role: string }>('select current_user::text as role');
  const owner = await openDb({ url: ownerUrl, poolSize: 1 });
  try {
    const applied = await migrate(owner);
    await owner.tx(async (tx) => {
      const grants = await tx.query<{ text: string }>(GRANTS, [me?.role]);
      for (const { text } of grants) await tx.query(text);
    });
    // Over the role's own address: whoever owns another database of this name protects nothing here.
    const late = await migrate(db);
    const [found] = await db.query<{ role: string; owns: boolean }>(OWNS);
    if (found?.owns !== false) throw new AppError('DATABASE_ROLE_OWNS', { role: me?.role ?? '' });
    return [...applied, ...late];
  } finally {
    await owner.close();
  }
}
