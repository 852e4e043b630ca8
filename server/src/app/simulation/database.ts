/** A database for each play: embedded in memory, or one of its own on the server of DATABASE_URL. */
import { type Db, openDb } from '../../platform/db.ts';
import { dropDatabase, embeddedTemplate, ensureDatabase } from '../../platform/db/databases.ts';
import { migrate } from '../../platform/migrate.ts';

export interface PlayDatabase {
  readonly db: Db;
  drop(): Promise<void>;
}

/** Opens empty databases with our schema, one after another. */
export class PlayDatabases {
  readonly #url: string | undefined;
  #template: Uint8Array | undefined;
  #count = 0;

  /** Without an address the databases are embedded. */
  constructor(url: string | undefined) {
    this.#url = url;
  }

  async open(): Promise<PlayDatabase> {
    if (this.#url !== undefined) return this.#openOnServer(this.#url);
    this.#template ??= await embeddedTemplate();
    const db = await openDb({ template: this.#template });
    return { db, drop: () => db.close() };
  }

  async #openOnServer(server: string): Promise<PlayDatabase> {
    const url = new URL(server);
    url.pathname = `/cairn_simulate_${process.pid}_${(this.#count += 1)}`;
    await ensureDatabase(url.href);
    const db = await openDb({ url: url.href, poolSize: 12 });
    await migrate(db);
    return {
      db,
      async drop() {
        await db.close();
        await dropDatabase(url.href);
      },
    };
  }
}
