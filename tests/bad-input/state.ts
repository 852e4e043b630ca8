/** The state of a database as digests of its tables, to prove that a refused request left no trace. */
import type { Db } from '../../server/src/platform/db.ts';
import type { House } from './house.ts';

// A session is touched by every request that uses it, refused or not.
const RUNNING = new Set(['platform.sessions']);

// What the processes of jobs and stream write when it suits them.
const OF_OTHERS = [
  'pgboss',
  'platform.outbox',
  'platform.stream_positions',
  'platform.recurring_tasks',
  'trading.order_flow',
];

export type State = ReadonlyMap<string, string>;

/**
 * One digest per table, over every column of every row; all schemas but those of the database and
 * the excepted tables and schemas.
 */
export async function stateOf(db: Db, except: readonly string[] = []): Promise<State> {
  const tables = await db.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
     order by 1`,
  );
  const names = tables
    .map(({ name }) => name)
    .filter((name) => !RUNNING.has(name) && !except.includes(name))
    .filter((name) => !except.includes(name.split('.', 1)[0] ?? ''));
  const parts = names.map(
    (name) =>
      `select '${name}' as name, md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as digest from ${name} t`,
  );
  const rows = await db.query<{ name: string; digest: string }>(parts.join(' union all '));
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}

/** The state of a house, without what its other processes write meanwhile. */
export const stateOfHouse = (
  { world, apis }: House,
  except: readonly string[] = [],
): Promise<State> => stateOf(world.db, apis > 1 ? [...OF_OTHERS, ...except] : except);

/** The tables that differ between two states. */
export function changedTables(before: State, after: State): string[] {
  return [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name);
}
