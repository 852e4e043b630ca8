import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { assert, AppError } from '@cairn/kernel';
import type { Db, Sql, Tx } from './db.ts';
import { MODULE_ORDER } from './module-order.ts';

export interface Migration {
  module: string;
  file: string;
  text: string;
  digest: string;
}

function migrationsIn(module: string, folder: URL): Migration[] {
  let files: string[];
  try {
    files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return files.sort().map((file) => {
    assert(/^\d{4}-[a-z0-9-]+\.sql$/.test(file), `migration ${module}/${file} is named 0001-….sql`);
    const text = readFileSync(new URL(file, folder), 'utf8');
    return { module, file, text, digest: createHash('sha256').update(text).digest('hex') };
  });
}

/** Every migration of the platform and the modules, in the order in which they are applied. */
export function allMigrations(): Migration[] {
  return [
    ...migrationsIn('platform', new URL('./migrations/', import.meta.url)),
    ...MODULE_ORDER.flatMap((name) =>
      migrationsIn(name, new URL(`../modules/${name}/migrations/`, import.meta.url)),
    ),
  ];
}

/** Cuts SQL text at the semicolons that end a line, outside $$ bodies. */
export function splitStatements(text: string): string[] {
  const statements: string[] = [];
  let current = '';
  let inBody = false;
  for (const line of text.split('\n')) {
    if (!inBody && line.trimStart().startsWith('--')) continue;
    current += `${line}\n`;
    for (const _ of line.matchAll(/\$\$/g)) inBody = !inBody;
    if (!inBody && line.trimEnd().endsWith(';')) {
      statements.push(current.trim());
      current = '';
    }
  }
  if (current.trim() !== '') statements.push(current.trim());
  return statements;
}

// Any constant will do; it only has to be the same in every process of one database.
const MIGRATION_LOCK = 728_110_393n;

const NOT_ALLOWED = '42501';

/**
 * Brings the database to this program's schema and returns the files it applied. A database that has
 * them all is only read.
 *
 * Safe when several processes start at once: they take turns, and each file is applied once.
 * Errors: MIGRATION_CHANGED (an applied file was edited), DATABASE_NEWER (the database knows a
 * migration that this program does not), DATABASE_ROLE_CANNOT_MIGRATE (something is missing and the
 * role may not add it).
 */
export async function migrate(
  db: Db,
  migrations: readonly Migration[] = allMigrations(),
): Promise<string[]> {
  try {
    if ((await missingIn(db, migrations)).length === 0) return [];
    return await applyMissing(db, migrations);
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== NOT_ALLOWED) throw error;
    throw new AppError('DATABASE_ROLE_CANNOT_MIGRATE', {}, { cause: error });
  }
}

/** What the database does not have yet: all of it when it is new. */
async function missingIn(sql: Sql, migrations: readonly Migration[]): Promise<Migration[]> {
  const [ledger] = await sql.query<{ there: boolean }>(
    `select to_regclass('platform.migrations') is not null as there`,
  );
  if (ledger?.there !== true) return [...migrations];
  const applied = await sql.query<{ module: string; file: string; digest: string }>(
    'select module, file, digest from platform.migrations',
  );
  assertKnown(applied, migrations);
  const done = new Set(applied.map((row) => `${row.module}/${row.file}`));
  return migrations.filter((m) => !done.has(`${m.module}/${m.file}`));
}

async function applyMissing(db: Db, migrations: readonly Migration[]): Promise<string[]> {
  return db.tx(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await tx.query('create schema if not exists platform');
    await tx.query(
      `create table if not exists platform.migrations (
         module text not null, file text not null, digest text not null,
         applied_at timestamptz not null default now(), primary key (module, file))`,
    );
    const missing = await missingIn(tx, migrations);
    for (const migration of missing) await apply(tx, migration);
    return missing.map((m) => `${m.module}/${m.file}`);
  });
}

function assertKnown(
  applied: readonly { module: string; file: string; digest: string }[],
  migrations: readonly Migration[],
): void {
  const known = new Map(migrations.map((m) => [`${m.module}/${m.file}`, m.digest]));
  for (const row of applied) {
    const file = `${row.module}/${row.file}`;
    const digest = known.get(file);
    if (digest === undefined) throw new AppError('DATABASE_NEWER', { file });
    if (digest !== row.digest) throw new AppError('MIGRATION_CHANGED', { file });
  }
}

async function apply(tx: Tx, migration: Migration): Promise<void> {
  for (const statement of splitStatements(migration.text)) {
    try {
      await tx.query(statement);
    } catch (error) {
      const head = statement.slice(0, 120).replaceAll('\n', ' ');
      throw new Error(`migration ${migration.module}/${migration.file} failed at: ${head}`, {
        cause: error,
      });
    }
  }
  await tx.query('insert into platform.migrations (module, file, digest) values ($1, $2, $3)', [
    migration.module,
    migration.file,
    migration.digest,
  ]);
}
