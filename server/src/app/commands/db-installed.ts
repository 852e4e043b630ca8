/** `cairn db distribute`: puts the tables of this installation on a distributed PostgreSQL. */
import { distribute, planDistribution } from '../../platform/distribution/distribute.ts';
import { openDb } from '../../platform/db.ts';
import { CommandRefused, type InstalledCommand, parseArgs, usageError } from './command.ts';

export const DB_USAGE = 'db distribute [--dry-run]';

/**
 * Prints and executes what makes Citus tables of the tables; does only what is not done yet.
 * `--dry-run` prints the statements, and the reasons why they would be refused. Exit code 1 with
 * every reason when something does not fit.
 */
export const dbInstalled: InstalledCommand = async ({ settings, world }, args, print) => {
  const { words, flags } = parseArgs(args, { flags: ['dry-run'] }, DB_USAGE);
  if (words.length !== 1 || words[0] !== 'distribute') throw usageError(DB_USAGE);
  const isDry = flags.has('dry-run');
  const url = settings.ownerDatabaseUrl ?? settings.databaseUrl;
  if (url === undefined && !isDry) {
    throw new CommandRefused(
      'The embedded database cannot be distributed: set DATABASE_URL to a PostgreSQL with Citus.',
      '内嵌数据库不能分布：请将 DATABASE_URL 设为带 Citus 的 PostgreSQL。',
    );
  }
  // Tables are made by their owner; a connection of its own, since the program works on others.
  const own = url === undefined ? undefined : await openDb({ url, poolSize: 1 });
  try {
    const db = own ?? world.db;
    const plan = await planDistribution(db);
    if (isDry) for (const statement of plan.statements) print(`${statement};`);
    for (const { table, en, zh } of plan.misfits) print(`${table}: ${en} / ${zh}`);
    if (plan.misfits.length > 0) return 1;
    if (isDry) return 0;
    await distribute(db, plan, (statement) => print(`${statement};`));
    print(
      plan.statements.length === 0
        ? 'Every table is where it belongs. / 每个表都已在应在之处。'
        : `${plan.statements.length} tables distributed. / 已分布 ${plan.statements.length} 个表。`,
    );
    return 0;
  } finally {
    await own?.close();
  }
};
