/**
 * Encrypting again: every ciphertext that another key or algorithm made is replaced by one of the
 * present key, a few hundred rows at a time, while the house works. A row that changes meanwhile is
 * left as it is: whoever changed it wrote what it holds now, and the next pass looks at it again.
 */
import type { Actor } from './actor.ts';
import type { Param, Sql } from './db.ts';
import { FIRM, work } from './work.ts';
import type { World } from './world.ts';

/** A table that holds ciphertexts: its primary key, and what each of its columns is bound to. */
export interface CipherTable {
  readonly table: string;
  /** Columns of the primary key with their types, the bucket first where there is one. */
  readonly key: readonly (readonly [name: string, type: 'int2' | 'text'])[];
  /** Context of each column that holds ciphertexts. */
  readonly columns: Readonly<Record<string, (row: Readonly<Record<string, string>>) => string>>;
}

const PAGE = 400;
const PREFIX_BYTES = 5;
const PASSES_MAX = 20;

type Row = Record<string, string | number | Uint8Array | null>;

const staleOf = (columns: readonly string[], parameter: string): string =>
  columns
    .map(
      (name) =>
        `(${name} is not null and substring(${name} from 1 for ${PREFIX_BYTES}) <> ${parameter})`,
    )
    .join(' or ');

/** How many rows hold a ciphertext that the present key did not make. */
export async function countStale(
  sql: Sql,
  prefix: Uint8Array,
  tables: readonly CipherTable[],
): Promise<number> {
  let count = 0;
  for (const { table, columns } of tables) {
    const [row] = await sql.query<{ count: number }>(
      `select count(*)::int4 as count from ${table} where ${staleOf(Object.keys(columns), '$1')}`,
      [prefix],
    );
    count += row?.count ?? 0;
  }
  return count;
}

/**
 * Encrypts again what the present key of the world's secrets did not make; answers how many fields.
 * Can be stopped and begun again at any time. SECRET_UNREADABLE when a key is missing or a ciphertext
 * was moved: then what was done stays done.
 */
export async function rekey(
  world: World,
  actor: Actor,
  tables: readonly CipherTable[],
  onProgress: (fields: number) => void = () => undefined,
): Promise<number> {
  let fields = 0;
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    for (const table of tables) {
      fields += await rekeyTable(world, table, (more) => onProgress(fields + more));
    }
    if ((await countStale(world.db, world.secrets.prefix(), tables)) === 0) break;
  }
  await work(world, [FIRM], async ({ audit }) => {
    const key = Buffer.from(world.secrets.prefix()).toString('hex');
    const detail = { fields, key, tables: tables.map(({ table }) => table) };
    audit({
      bucket: FIRM,
      actor,
      action: 'platform.rekey',
      subject: 'keys',
      result: 'done',
      detail,
    });
  });
  return fields;
}

async function rekeyTable(
  world: World,
  of: CipherTable,
  onProgress: (fields: number) => void,
): Promise<number> {
  const names = of.key.map(([name]) => name);
  const columns = Object.keys(of.columns);
  const at = names.length + 1;
  const places = of.key.map(([, type], i) => `$${i + 1}::${type}`).join(', ');
  const text = `select ${[...names, ...columns].join(', ')} from ${of.table}
     where (${names.join(', ')}) > (${places}) and (${staleOf(columns, `$${at}`)})
     order by ${names.join(', ')} limit ${PAGE}`;
  let last: Param[] = of.key.map(([, type]) => (type === 'int2' ? -1 : ''));
  let fields = 0;
  for (;;) {
    const rows = await world.db.query<Row>(text, [...last, world.secrets.prefix()]);
    for (const column of columns) fields += await replaceColumn(world, of, column, rows);
    onProgress(fields);
    const end = rows.at(-1);
    if (end === undefined || rows.length < PAGE) return fields;
    last = names.map((name) => end[name]);
  }
}

/** Replaces the stale ciphertexts of one column of these rows, where they are still the same. */
async function replaceColumn(
  world: World,
  of: CipherTable,
  column: string,
  rows: readonly Row[],
): Promise<number> {
  const { secrets } = world;
  const prefix = Buffer.from(secrets.prefix());
  const stale = rows.flatMap((row) => {
    const old = row[column];
    const isStale = old instanceof Uint8Array && !prefix.equals(old.subarray(0, PREFIX_BYTES));
    return isStale ? [{ row, old }] : [];
  });
  if (stale.length === 0) return 0;
  const contextOf = of.columns[column];
  const fresh = stale.map(({ row, old }) => {
    const keys = Object.fromEntries(of.key.map(([name]) => [name, String(row[name])]));
    const context = contextOf?.(keys) ?? '';
    return secrets.encrypt(secrets.decrypt(old, context), context);
  });
  const names = of.key.map(([name]) => name);
  const arrays = of.key.map(([, type], i) => `$${i + 1}::${type}[]`);
  const at = names.length;
  return world.db.affected(
    `update ${of.table} t set ${column} = v.fresh
     from unnest(${arrays.join(', ')}, $${at + 1}::bytea[], $${at + 2}::bytea[])
       as v(${names.join(', ')}, old, fresh)
     where ${names.map((name) => `t.${name} = v.${name}`).join(' and ')} and t.${column} = v.old`,
    [...names.map((name) => stale.map(({ row }) => row[name])), stale.map(({ old }) => old), fresh],
  );
}
