import { lockDirectory } from './directory-lock.ts';
import { pgliteDb } from './pglite.ts';
import { openPgliteSession } from './pglite-session.ts';
import { openPgliteWorkerSession } from './pglite-worker-session.ts';
import { openPostgres } from './postgres.ts';
import type { Db } from './types.ts';

export interface DbOptions {
  /** A PostgreSQL address; absent means the embedded database. */
  url?: string;
  /** Connections to PostgreSQL at most. */
  poolSize?: number;
  /** Directory of the embedded database; absent means in memory. */
  dataDir?: string;
  /** Keep the embedded database out of this thread, so that the event loop stays free. */
  worker?: boolean;
  /** A tar of a data directory that a new embedded database starts from. */
  template?: Uint8Array;
}

/**
 * Opens the database: PostgreSQL by address, else embedded PGlite.
 *
 * Errors: DATABASE_UNAVAILABLE, DATABASE_CERTIFICATE_REFUSED, DATA_DIRECTORY_LOCKED (another process
 * holds the embedded data), DISK_SPACE_LOW.
 */
export async function openDb(options: DbOptions): Promise<Db> {
  if (options.url !== undefined) return openPostgres(options.url, options.poolSize ?? 10);
  const release = options.dataDir === undefined ? () => undefined : lockDirectory(options.dataDir);
  try {
    const session = {
      ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
      ...(options.template === undefined ? {} : { template: options.template }),
    };
    const open = options.worker === true ? openPgliteWorkerSession : openPgliteSession;
    return pgliteDb(await open(session), release);
  } catch (error) {
    release();
    throw error;
  }
}
