/** An installation: settings turned into an open database, keys, files and a clock. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@cairn/kernel';
import { LiveCalendar, refreshCalendar } from '../platform/calendar.ts';
import { assertClocksAgree } from '../platform/clock-check.ts';
import { type Clock, type FixedClock, movableClock, systemClock } from '../platform/clock.ts';
import type { Settings } from '../platform/config.ts';
import { type Db, openDb } from '../platform/db.ts';
import { fileStore } from '../platform/files.ts';
import { loadKeyRing } from '../platform/key-file.ts';
import { migrate } from '../platform/migrate.ts';
import { migrateAsOwner } from '../platform/runtime-role.ts';
import { type Secrets, secretsOf } from '../platform/secrets.ts';
import type { DayWorld } from '../modules/clearing/index.ts';
import { findDemoTime } from './demo-clock.ts';

/** The settings of the batch executor. */
export type Batching = Pick<Settings, 'lanes' | 'batchSizeMax' | 'batchWaitMs' | 'queueMax'>;

export interface Installation {
  readonly settings: Settings;
  readonly world: DayWorld;
  /** The demonstration's clock, which plays may move; absent in a real installation. */
  readonly demoClock?: FixedClock;
  close(): Promise<void>;
}

/** The digest of a constant: its key is that of the first day, whatever master keys came after. */
const MASTER_KEY_FACT = 'master-key';

/**
 * The secrets of this installation, under the keys that its database is written under: others would
 * read nothing and mix strange keys into its columns. MASTER_KEY_DIFFERS,
 * MASTER_KEY_MISSING, SettingsError.
 */
async function openSecrets(db: Db, settings: Settings): Promise<Secrets> {
  const find = async () => {
    const [row] = await db.query<{ value: string }>(
      'select value from platform.facts where name = $1',
      [MASTER_KEY_FACT],
    );
    return row?.value;
  };
  const isNew = (await find()) === undefined;
  const ring = loadKeyRing(settings, { isNew });
  const secrets = secretsOf(ring, settings.algorithms, () => loadKeyRing(settings));
  const mark = Buffer.from(secrets.digest('cairn master key')).toString('hex');
  if (isNew) {
    await db.affected(
      `insert into platform.facts (name, value, updated_at) values ($1, $2, now())
       on conflict (name) do nothing`,
      [MASTER_KEY_FACT, mark],
    );
  }
  if ((await find()) !== mark) throw new AppError('MASTER_KEY_DIFFERS');
  return secrets;
}

/**
 * Opens the installation that the settings describe and brings its database to this program's
 * schema. A demonstration goes on from its own clock, which never runs backwards: it starts from
 * the later of the recorded instant and the newest audit record.
 *
 * Errors: DATABASE_UNAVAILABLE, DATABASE_CERTIFICATE_REFUSED, DATA_DIRECTORY_LOCKED, DISK_SPACE_LOW,
 * MIGRATION_CHANGED, CLOCK_DIFFERS, DATABASE_NEWER, DATABASE_ROLE_CANNOT_MIGRATE, DATABASE_ROLE_OWNS,
 * MASTER_KEY_DIFFERS, MASTER_KEY_MISSING, SettingsError.
 */
export async function openInstallation(
  settings: Settings,
  options: {
    clock?: Clock;
    worker?: boolean;
    onMigrated?: (files: readonly string[]) => void;
  } = {},
): Promise<Installation> {
  mkdirSync(settings.dataDir, { recursive: true });
  const db = await openDb(
    settings.databaseUrl === undefined
      ? { dataDir: join(settings.dataDir, 'db'), worker: options.worker ?? true }
      : { url: settings.databaseUrl, poolSize: settings.poolSize },
  );
  try {
    // Awaited on its own: the arguments of a call that is left out are not evaluated.
    const owner = settings.ownerDatabaseUrl;
    const applied = await (owner === undefined ? migrate(db) : migrateAsOwner(owner, db));
    options.onMigrated?.(applied);
    const demoTime = await findDemoTime(db);
    const demoClock = demoTime === undefined ? undefined : movableClock(demoTime);
    const clock = options.clock ?? demoClock ?? systemClock;
    if (clock === systemClock) await assertClocksAgree(db, clock, settings.clockSecondsMax);
    const secrets = await openSecrets(db, settings);
    const world: DayWorld = {
      db,
      clock,
      calendar: new LiveCalendar(),
      secrets,
      files: fileStore(join(settings.dataDir, 'files'), { secrets }),
      exchange: { distributorCode: settings.distributorCode, folder: settings.exchangeDir },
    };
    await refreshCalendar(world.calendar, db);
    return {
      settings,
      world,
      ...(demoClock === undefined ? {} : { demoClock }),
      close: () => db.close(),
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}
