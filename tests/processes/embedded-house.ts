/** A house on the embedded database, in a process of its own that is killed while clients work. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { instantAtShanghai } from '@cairn/kernel';
import { writeDemoClock } from '../../server/src/app/demo/facts.ts';
import {
  DAY,
  MASTER_KEY,
  openStage,
  type Stage,
} from '../../server/src/app/sandbox/order-stage.ts';
import { systemActor } from '../../server/src/platform/actor.ts';
import { createPartnerKey } from '../../server/src/platform/auth/partner-keys.ts';
import { AuthService } from '../../server/src/platform/auth/service.ts';
import { systemClock } from '../../server/src/platform/clock.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import { openDb } from '../../server/src/platform/db.ts';
import { migrate } from '../../server/src/platform/migrate.ts';
import { type Findings, judgeBooks } from './judge.ts';
import { AckLedger, Clients } from './ledger.ts';
import { type ServerOptions, ServerProcess } from './server-process.ts';
import { Wire } from './wire.ts';

const INVESTORS = 8;
const CLIENTS = 4;
const ANSWERS_MS = 120_000;

export class EmbeddedHouse {
  readonly #options: ServerOptions;
  readonly #stage: Stage;
  readonly #key: string;
  readonly #ledger = new AckLedger();
  #rounds = 0;
  #kills = 0;
  #refusals = 0;

  private constructor(options: ServerOptions, stage: Stage, key: string) {
    this.#options = options;
    this.#stage = stage;
    this.#key = key;
  }

  static async open(dataDir: string): Promise<EmbeddedHouse> {
    mkdirSync(dataDir, { recursive: true });
    const db = await openDb({ dataDir: join(dataDir, 'db'), worker: true });
    await migrate(db);
    const stage = await openStage(db, INVESTORS);
    await writeDemoClock(stage.world, instantAtShanghai(DAY, '10:00:00.000'));
    const auth = new AuthService(stage.world, loadSettings({}), systemClock);
    const actor = systemActor('faults');
    const { key } = await createPartnerKey(auth, actor, { name: 'faults', roles: ['partner'] });
    await db.close();
    const env = {
      DATABASE_URL: '',
      CAIRN_MASTER_KEY: MASTER_KEY.toString('hex'),
      CAIRN_LOG_LEVEL: 'error',
    };
    return new EmbeddedHouse({ dataDir, env }, stage, key);
  }

  /**
   * Kills the server so many times while clients wait for answers, and each time lets a second start
   * on the same data be refused; both are counted. Returns what the judge found.
   */
  async play(times: number): Promise<Findings> {
    let server = await ServerProcess.start(this.#options);
    const wire = await Wire.to(server.port);
    const counter = { urls: [`http://127.0.0.1:${wire.port}`], key: this.#key };
    const clients = new Clients(this.#ledger, counter, this.#stage.investors, {
      count: CLIENTS,
      prefix: `e${(this.#rounds += 1)}`,
    });
    try {
      for (let n = 0; n < times; n += 1) {
        const second = ServerProcess.run(['serve'], this.#options);
        await clients.more(3 * CLIENTS, ANSWERS_MS);
        const { code, output } = await second;
        if (code !== 0 && /in use|already|held|使用/.test(output)) this.#refusals += 1;
        const { waiting } = clients;
        await server.kill();
        if (waiting > 0) this.#kills += 1;
        server = await ServerProcess.start(this.#options);
        wire.turn(server.port);
      }
      await clients.more(CLIENTS, ANSWERS_MS);
      await clients.stop(ANSWERS_MS);
    } catch (error) {
      clients.giveUp();
      throw error;
    } finally {
      server.signal('SIGTERM');
      await server.ended;
      await wire.close();
    }
    return this.#judge();
  }

  /** Kills that were seen and not asked for yet. */
  takeKills(): number {
    const kills = this.#kills;
    this.#kills = 0;
    return kills;
  }

  /** Second starts that were refused and not asked for yet. */
  takeRefusals(): number {
    const refusals = this.#refusals;
    this.#refusals = 0;
    return refusals;
  }

  async #judge(): Promise<Findings> {
    const db = await openDb({ dataDir: join(this.#options.dataDir, 'db'), worker: true });
    try {
      const surprises = [...this.#ledger.surprises.keys()];
      return [...(await judgeBooks(db, this.#stage, this.#ledger)), ...surprises];
    } finally {
      await db.close();
    }
  }

  async close(): Promise<void> {
    this.#stage.close();
  }
}
