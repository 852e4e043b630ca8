/**
 * The floor under our batches: the rows that they wrote, written again by the plainest SQL.
 *
 * Tables are cloned with their columns, checks and indexes (not their triggers) into the schema
 * `raw`; rows are written with one `insert … select from unnest` a table and one update for each
 * state table, in one transaction a batch, with the same lock on the bucket rows. No decision, no
 * load, no JavaScript objects beyond the arrays.
 */
import type { Db, Tx } from '../server/src/platform/db.ts';

/** Rows of one table in columns, ready for unnest. */
export interface Columns {
  readonly table: string;
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly values: readonly unknown[][];
}

interface ColumnRow {
  name: string;
  type: string;
}

async function columnsOf(db: Db, table: string): Promise<ColumnRow[]> {
  return db.query<ColumnRow>(
    `select a.attname as name, t.typname as type
     from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
       and a.attidentity = '' order by a.attnum`,
    [table],
  );
}

/** Clones the shape of tables into the schema `raw`. */
export async function cloneTables(db: Db, tables: readonly string[]): Promise<void> {
  await db.script('drop schema if exists raw cascade; create schema raw;');
  for (const table of tables) {
    const name = rawName(table);
    await db.script(`create table ${name} (like ${table} including all)`);
  }
}

/** The clone of a table. */
export const rawName = (table: string): string => `raw.${table.replace('.', '_')}`;

/** Reads rows of a table that a condition on `$1::text[]` selects, by key. */
export async function readRows(
  db: Db,
  table: string,
  keyExpression: string,
  keys: readonly string[],
): Promise<Map<string, unknown[]>> {
  const columns = await columnsOf(db, table);
  const list = columns.map((column) => `${column.name}::text as ${column.name}`).join(', ');
  const rows = await db.query<Record<string, unknown>>(
    `select ${keyExpression} as replay_key, ${list} from ${table}
     where ${keyExpression} = any($1::text[])`,
    [keys],
  );
  const found = new Map<string, unknown[]>();
  for (const row of rows) {
    const values = columns.map((column) => row[column.name]);
    const key = row['replay_key'] as string;
    const list = found.get(key);
    if (list === undefined) found.set(key, [values]);
    else list.push(values);
  }
  return found;
}

/** The rows of some keys as columns. */
export async function columnsFor(
  db: Db,
  table: string,
  rows: ReadonlyMap<string, unknown[]>,
  keys: readonly string[],
): Promise<Columns> {
  const columns = await columnsOf(db, table);
  const chosen = keys.flatMap((key) => (rows.get(key) ?? []) as unknown[][]);
  return {
    table,
    names: columns.map((column) => column.name),
    types: columns.map((column) => column.type),
    values: columns.map((_, index) => chosen.map((row) => row[index])),
  };
}

/** Inserts a batch of rows into the clone of their table. */
export async function insertColumns(tx: Tx, columns: Columns): Promise<void> {
  if ((columns.values[0]?.length ?? 0) === 0) return;
  const names = columns.names.join(', ');
  // Values travel as text, as they do for our own statements, and are cast to their type once.
  const casts = columns.types.map((type, index) => `$${index + 1}::${arrayType(type)}`).join(', ');
  await tx.query(
    `insert into ${rawName(columns.table)} (${names}) select * from unnest(${casts})`,
    columns.values,
  );
}

const arrayType = (type: string): string => `${type}[]`;

/** Locks the bucket rows of a batch and moves their heads, as every batch of ours does. */
export async function lockBuckets(tx: Tx, buckets: readonly number[]): Promise<void> {
  await tx.query(
    `select bucket from raw.platform_buckets where bucket = any($1::int2[])
     order by bucket for update`,
    [buckets],
  );
}

/** Moves the heads of the locked buckets. */
export async function moveHeads(tx: Tx, buckets: readonly number[]): Promise<void> {
  await tx.query(
    `update raw.platform_buckets set audit_seq = audit_seq + 1, audit_hash = audit_hash
     where bucket = any($1::int2[])`,
    [buckets],
  );
}
