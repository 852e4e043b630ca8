/**
 * A stand-in for the Citus extension on a plain PostgreSQL: it takes the same calls, keeps the list
 * of tables that Citus keeps, and refuses what Citus refuses when tables are made. It distributes
 * nothing, so what is proven with it is that the calls are right and complete, not that the planner
 * of Citus takes each statement: that is read from the statements (`architecture/citus.ts`) and run
 * on a real one when TEST_CITUS_URL names it.
 */
import type { Db } from '../../server/src/platform/db.ts';

const SCHEMA = `
  create table public.citus_tables (
    table_name regclass primary key, citus_table_type text not null, distribution_column text);

  create function public.stand_in_triggers(name regclass) returns void language plpgsql as $$
  begin
    if exists (select 1 from pg_trigger where tgrelid = name and not tgisinternal)
      and coalesce(current_setting('citus.enable_unsafe_triggers', true), 'off') <> 'on' then
      raise exception 'cannot distribute relation "%" because it has triggers', name;
    end if;
    if exists (select 1 from public.citus_tables t where t.table_name = name) then
      raise exception 'table "%" is already distributed', name;
    end if;
  end
  $$;

  create function public.create_reference_table(table_name regclass) returns void language plpgsql as $$
  begin
    perform public.stand_in_triggers(table_name);
    if exists (select 1 from pg_constraint f where f.conrelid = table_name and f.contype = 'f'
      and not exists (select 1 from public.citus_tables t where t.table_name = f.confrelid)) then
      raise exception 'referenced table must be a reference table';
    end if;
    insert into public.citus_tables values (table_name, 'reference', '<none>');
  end
  $$;

  create function public.create_distributed_table(
    table_name regclass, distribution_column text, distribution_type text default 'hash',
    colocate_with text default 'default', shard_count int default null) returns void
  language plpgsql as $$
  declare
    number int2;
  begin
    perform public.stand_in_triggers(table_name);
    select attnum into number from pg_attribute
      where attrelid = table_name and attname = distribution_column;
    if number is null then
      raise exception 'column "%" of relation "%" does not exist', distribution_column, table_name;
    end if;
    if colocate_with not in ('none', 'default') and not exists (select 1 from public.citus_tables t
      where t.table_name = colocate_with::regclass and t.citus_table_type = 'distributed') then
      raise exception 'relation % is not distributed', colocate_with;
    end if;
    if exists (select 1 from pg_index i where i.indrelid = table_name and i.indisunique
      and not number = any(i.indkey::int2[])) then
      raise exception 'cannot create constraint on "%"', table_name
        using detail = 'Distributed relations cannot have UNIQUE, EXCLUDE, or PRIMARY KEY constraints that do not include the partition column.';
    end if;
    if exists (select 1 from pg_constraint f left join public.citus_tables t on t.table_name = f.confrelid
      where f.conrelid = $1 and f.contype = 'f' and (t.citus_table_type is null
        or t.citus_table_type = 'distributed' and not number = any(f.conkey))) then
      raise exception 'cannot create foreign key constraint'
        using detail = 'The referenced table must be a distributed or a reference table.';
    end if;
    insert into public.citus_tables values (table_name, 'distributed', distribution_column);
  end
  $$;`;

/** Puts the stand-in into a database, as `create extension citus` would put the real one. */
export async function createStandIn(db: Db, version = '13.0-1'): Promise<void> {
  await db.script(SCHEMA);
  await db.script(`
    set allow_system_table_mods to on;
    insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
      values (99999, 'citus', (select oid from pg_authid where rolname = current_user),
        'public'::regnamespace, false, '${version}');
    reset allow_system_table_mods;`);
}
