import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { mkdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { AppError } from '@cairn/kernel';
import { DurableNodeFs } from './durable-node-fs.ts';
import { PARSERS } from './parsers.ts';

/** The few calls that our transaction layer needs of an embedded session. */
export interface PgliteSession {
  query(
    text: string,
    params: readonly unknown[],
    options?: { plain?: boolean },
  ): Promise<{ rows: unknown[]; affectedRows: number }>;
  exec(text: string): Promise<void>;
  copy(statement: string, csv: Uint8Array): Promise<void>;
  dump(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface PgliteOptions {
  /** Directory of the data; absent means in memory. */
  dataDir?: string;
  /** A tar of a data directory to start from instead of a fresh cluster. */
  template?: Uint8Array;
}

const BYTES_NEEDED_FREE = 256n * 1024n * 1024n;

function assertSpace(dataDir: string): void {
  const parent = dirname(dataDir);
  mkdirSync(parent, { recursive: true });
  const space = statfsSync(parent, { bigint: true });
  // A full disk makes the build abort without a word, so the room is looked at first.
  if (space.bavail * space.bsize < BYTES_NEEDED_FREE) {
    throw new AppError('DISK_SPACE_LOW', {
      directory: parent,
      freeMb: String((space.bavail * space.bsize) >> 20n),
    });
  }
}

/** Opens PGlite in this thread. */
export async function openPgliteSession(options: PgliteOptions): Promise<PgliteSession> {
  const base = {
    parsers: PARSERS as Record<number, (text: string) => unknown>,
    ...(options.template === undefined
      ? {}
      : { loadDataDir: new Blob([options.template as Uint8Array<ArrayBuffer>]) }),
  };
  let pg: PGlite;
  if (options.dataDir === undefined) {
    pg = await PGlite.create(base);
  } else {
    assertSpace(options.dataDir);
    pg = await PGlite.create({
      ...base,
      fs: new DurableNodeFs(options.dataDir),
      startParams: [
        ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
        // fdatasync does nothing in the build, so write-ahead log flushes must use fsync.
        '-c',
        'wal_sync_method=fsync',
        '-c',
        'shared_buffers=32MB',
      ],
    });
  }
  await pg.exec("set timezone = 'UTC'; set client_min_messages = warning;");
  return sessionOn(pg);
}

function sessionOn(pg: PGlite): PgliteSession {
  return {
    async query(text, params, { plain = false } = {}) {
      const result = await pg.query(text, [...params], plain ? { parsers: {} } : undefined);
      return { rows: result.rows, affectedRows: result.affectedRows ?? 0 };
    },
    async exec(text) {
      await pg.exec(text);
    },
    async copy(statement, csv) {
      await pg.query(statement, [], { blob: new Blob([csv as Uint8Array<ArrayBuffer>]) });
    },
    async dump() {
      const dump = await pg.dumpDataDir('none');
      return new Uint8Array(await dump.arrayBuffer());
    },
    close: () => pg.close(),
  };
}
