/** Makes Citus tables of the program's tables, in an order that works; what is done stays done. */
import type { Db, Sql } from '../db.ts';
import { loadShapes, type Misfit, misfitsOf, type Places, type TableShape } from './fit.ts';
import { BY_BUCKET, EVERYWHERE, ON_COORDINATOR } from './tables.ts';

/** The places of this program's tables. */
export const PLACES: Places = {
  byBucket: BY_BUCKET,
  everywhere: Object.keys(EVERYWHERE),
  onCoordinator: Object.keys(ON_COORDINATOR),
};

/** The oldest Citus whose planner takes the statements of this program. */
const VERSION_MIN = 12;

/**
 * Facts and orders keep the triggers that refuse their change, on every shard: they look at their
 * own rows and at what every node has, which is what makes them safe there.
 */
export const ALLOW_TRIGGERS = 'set local citus.enable_unsafe_triggers to on';

/** What is to be done, and why it cannot be. */
export interface DistributionPlan {
  /** One statement per table that is not where it belongs yet, in order. */
  readonly statements: readonly string[];
  readonly misfits: readonly Misfit[];
}

interface CitusTable extends Record<string, unknown> {
  name: string;
  type: string;
  column: string;
}

/** Tables after those that they refer to. */
function inOrder(names: readonly string[], shapes: readonly TableShape[]): string[] {
  const ordered = new Set<string>();
  const visit = (name: string) => {
    if (ordered.has(name)) return;
    const shape = shapes.find((one) => one.name === name);
    for (const { to } of shape?.references ?? []) {
      if (to !== name && names.includes(to)) visit(to);
    }
    ordered.add(name);
  };
  names.forEach(visit);
  return [...ordered];
}

async function versionOf(sql: Sql): Promise<string | undefined> {
  const [row] = await sql.query<{ version: string }>(
    `select extversion as version from pg_extension where extname = 'citus'`,
  );
  return row?.version;
}

function versionFaults(version: string | undefined): Misfit[] {
  const table = 'citus';
  if (version === undefined) {
    return [
      {
        table,
        en: 'the extension is not in this database: create extension citus',
        zh: '此数据库中没有该扩展：请执行 create extension citus',
      },
    ];
  }
  if (Number.parseInt(version, 10) >= VERSION_MIN) return [];
  return [
    {
      table,
      en: `version ${version} is older than ${VERSION_MIN}`,
      zh: `版本 ${version} 低于 ${VERSION_MIN}`,
    },
  ];
}

async function citusTables(sql: Sql): Promise<Map<string, CitusTable>> {
  const rows = await sql.query<CitusTable>(
    `select n.nspname || '.' || c.relname as name, t.citus_table_type as type,
       t.distribution_column as column
     from citus_tables t join pg_class c on c.oid = t.table_name
     join pg_namespace n on n.oid = c.relnamespace`,
  );
  return new Map(rows.map((row) => [row.name, row]));
}

const [ANCHOR = ''] = BY_BUCKET;

function statementFor(name: string, places: Places): string {
  if (places.everywhere.includes(name)) return `select create_reference_table('${name}')`;
  const beside = name === ANCHOR ? 'none' : ANCHOR;
  return `select create_distributed_table('${name}', 'bucket', colocate_with => '${beside}')`;
}

/** What `distribute` would do in this database, and every reason why it may not. */
export async function planDistribution(
  sql: Sql,
  places: Places = PLACES,
): Promise<DistributionPlan> {
  const shapes = await loadShapes(sql);
  const version = await versionOf(sql);
  const misfits = [...versionFaults(version), ...misfitsOf(shapes, places)];
  const done = version === undefined ? new Map<string, CitusTable>() : await citusTables(sql);
  const statements: string[] = [];
  for (const name of [...inOrder(places.everywhere, shapes), ...inOrder(places.byBucket, shapes)]) {
    const known = done.get(name);
    const isDistributed = places.byBucket.includes(name);
    if (known === undefined || known.type === 'local') statements.push(statementFor(name, places));
    else if (
      known.type !== (isDistributed ? 'distributed' : 'reference') ||
      (isDistributed && known.column !== 'bucket')
    ) {
      misfits.push({
        table: name,
        en: `is already a ${known.type} table by ${known.column}`,
        zh: `已经是 ${known.type} 表，分布列为 ${known.column}`,
      });
    }
  }
  for (const name of places.onCoordinator) {
    const type = done.get(name)?.type ?? 'local';
    if (type !== 'local') {
      misfits.push({
        table: name,
        en: `is already a ${type} table`,
        zh: `已经是 ${type} 表`,
      });
    }
  }
  return { statements, misfits };
}

/**
 * Carries a plan out, each table in a transaction of its own; run again after a failure it goes on
 * where it stopped. `tell` hears each statement when it is done.
 */
export async function distribute(
  db: Db,
  { statements }: DistributionPlan,
  tell: (statement: string) => void = () => undefined,
): Promise<void> {
  for (const statement of statements) {
    await db.tx(async (tx) => {
      await tx.query(ALLOW_TRIGGERS);
      // Foreign keys lead to tables that every node has; one connection at a time is what they ask.
      await tx.query(`set local citus.multi_shard_modify_mode to 'sequential'`);
      await tx.query(statement);
    });
    tell(statement);
  }
}

/** Plans and carries out; throws with every reason when the tables do not fit. */
export async function distributeAll(db: Db): Promise<DistributionPlan> {
  const plan = await planDistribution(db);
  const reasons = plan.misfits.map(({ table, en }) => `${table}: ${en}`);
  if (reasons.length > 0) throw new Error(`cannot be distributed: ${reasons.join('; ')}`);
  await distribute(db, plan);
  return plan;
}
