/** A house of real processes: PostgreSQL, broker and servers of its own, each at the end of a wire. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeDemoClock } from '../../server/src/app/demo/facts.ts';
import {
  DAY,
  MASTER_KEY,
  openStage,
  purchaseOf,
  type Stage,
} from '../../server/src/app/sandbox/order-stage.ts';
import { placeOrders } from '../../server/src/modules/trading/index.ts';
import { systemActor } from '../../server/src/platform/actor.ts';
import { createPartnerKey } from '../../server/src/platform/auth/partner-keys.ts';
import { AuthService } from '../../server/src/platform/auth/service.ts';
import { systemClock } from '../../server/src/platform/clock.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import { type Db, openDb } from '../../server/src/platform/db.ts';
import { migrate } from '../../server/src/platform/migrate.ts';
import { instantAtShanghai } from '@cairn/kernel';
import { findNats } from '../../scripts/find-nats.ts';
import { Cluster, removeFolder } from '../failover/cluster.ts';
import { Broker } from '../stream/broker.ts';
import { AckLedger } from './ledger.ts';
import { type ServerOptions, ServerProcess } from './server-process.ts';
import { MemoryFolder, OwnDisk } from './disk.ts';
import { EmbeddedHouse } from './embedded-house.ts';
import { FailingSync } from './failing-sync.ts';
import { compareFlow, type Findings, judgeBooks } from './judge.ts';
import { Wire } from './wire.ts';

const INVESTORS = 24;

export interface HouseOptions {
  readonly bin: string;
  /** A folder that the user of the database may write in. */
  readonly settings?: readonly string[];
  /** Called with what took how long. */
  readonly onMeasure?: (what: string, ms: number) => void;
}

/** A database with a day's orders, after the cut-off: what runs of the day begin from. */
export const EVENING = 'evening';

async function prepareEvening(cluster: Cluster, stage: Stage): Promise<void> {
  // By files: a copy by the log carries what its sequences may still give away without a word in the
  // log, and after a crash they give it away once more.
  await cluster.sql(`create database ${EVENING} template house strategy file_copy`);
  const db = await openDb({ url: cluster.url(EVENING), poolSize: 2 });
  const world = { ...stage.world, db };
  const orders = stage.investors.map((investor) => purchaseOf(investor, 'evening'));
  await placeOrders(world, systemActor('faults'), orders);
  await writeDemoClock(world, instantAtShanghai(DAY, '15:30:00.000'));
  await db.close();
}

export class ProcessHouse {
  readonly folder: string;
  readonly databaseFolder: string;
  /** The small disk on which the database lies; undefined where none can be mounted. */
  readonly databaseDisk: OwnDisk | undefined;
  /** The small disk of the first server's own files. */
  readonly serverDisk: MemoryFolder | undefined;
  /** Errors of the database's disk on demand; undefined without a compiler. */
  readonly failingSync: FailingSync | undefined;
  readonly measure: (what: string, ms: number) => void;
  readonly stage: Stage;
  readonly ledger: AckLedger;
  readonly key: string;
  /** Between the servers and the database. */
  readonly databaseWire: Wire;
  /** The message broker; undefined where no nats-server is installed. */
  readonly broker: Broker | undefined;
  /** Between the servers and the broker. */
  readonly brokerWire: Wire | undefined;
  /** Between the clients and the servers, one each. */
  readonly clientWires: Wire[] = [];
  readonly servers: ServerProcess[] = [];
  cluster: Cluster;
  #embedded: EmbeddedHouse | undefined;

  private constructor(parts: {
    readonly folder: string;
    readonly databaseFolder: string;
    readonly databaseDisk: OwnDisk | undefined;
    readonly failingSync: FailingSync | undefined;
    readonly cluster: Cluster;
    readonly wire: Wire;
    readonly broker: Broker | undefined;
    readonly brokerWire: Wire | undefined;
    readonly stage: Stage;
    readonly key: string;
    readonly measure: (what: string, ms: number) => void;
  }) {
    this.folder = parts.folder;
    this.databaseFolder = parts.databaseFolder;
    this.databaseDisk = parts.databaseDisk;
    this.failingSync = parts.failingSync;
    this.serverDisk = MemoryFolder.mount(join(parts.folder, 'server-0'), 4);
    this.cluster = parts.cluster;
    this.databaseWire = parts.wire;
    this.broker = parts.broker;
    this.brokerWire = parts.brokerWire;
    this.stage = parts.stage;
    this.key = parts.key;
    this.measure = parts.measure;
    this.ledger = new AckLedger();
  }

  /** Opens a house with customers and, over it, one server. */
  static async open(options: HouseOptions): Promise<ProcessHouse> {
    const { bin } = options;
    const folder = Cluster.folder();
    const databaseFolder = join(folder, 'database');
    mkdirSync(databaseFolder);
    chmodSync(databaseFolder, 0o777);
    const databaseDisk = OwnDisk.mount(databaseFolder, 600);
    const failingSync = FailingSync.build(folder);
    const cluster = await Cluster.alone(
      bin,
      databaseFolder,
      [
        'max_connections=40',
        'deadlock_timeout=200ms',
        'max_wal_size=64MB',
        'min_wal_size=32MB',
        ...(options.settings ?? []),
      ],
      failingSync?.env,
    );
    await cluster.sql('create database house');
    const db = await openDb({ url: cluster.url('house'), poolSize: 2 });
    await migrate(db);
    const stage = await openStage(db, INVESTORS);
    // The servers go by a clock of their own from the stage's morning on, at the machine's pace.
    await writeDemoClock(stage.world, instantAtShanghai(DAY, '10:00:00.000'));
    const auth = new AuthService(stage.world, loadSettings({}), systemClock);
    const { key } = await createPartnerKey(auth, systemActor('faults'), {
      name: 'faults',
      roles: ['partner', 'operations'],
    });
    await db.close();
    await prepareEvening(cluster, stage);
    const wire = await Wire.to(cluster.port);
    const broker = findNats() === undefined ? undefined : await Broker.start();
    const brokerWire = broker === undefined ? undefined : await Wire.to(broker.port);
    const measure = options.onMeasure ?? (() => undefined);
    const house = new ProcessHouse({
      folder,
      databaseFolder,
      databaseDisk,
      failingSync,
      cluster,
      wire,
      broker,
      brokerWire,
      stage,
      key,
      measure,
    });
    await house.addServer();
    return house;
  }

  /** All wires. */
  get wires(): Wire[] {
    const { databaseWire, brokerWire, clientWires } = this;
    return [databaseWire, ...(brokerWire === undefined ? [] : [brokerWire]), ...clientWires];
  }

  get clientUrls(): string[] {
    return this.clientWires.map(({ port }) => `http://127.0.0.1:${port}`);
  }

  /** The address of the first server's wire. */
  get url(): string {
    return this.clientUrls[0] ?? '';
  }

  optionsFor(n: number, extra: Partial<ServerOptions> = {}): ServerOptions {
    const dataDir = join(this.folder, `server-${n}`);
    mkdirSync(dataDir, { recursive: true });
    // A server on another database would take what this one's consumers are to be told.
    const brokerEnv =
      this.brokerWire === undefined || extra.env?.['DATABASE_URL'] !== undefined
        ? {}
        : { NATS_URL: `nats://127.0.0.1:${this.brokerWire.port}` };
    return {
      dataDir,
      ...extra,
      env: {
        DATABASE_URL: this.cluster.url('house', this.databaseWire.port),
        CAIRN_MASTER_KEY: MASTER_KEY.toString('hex'),
        CAIRN_EXCHANGE_DIR: join(this.stage.folder, 'exchange'),
        CAIRN_LOG_LEVEL: 'error',
        ...brokerEnv,
        ...extra.env,
      },
    };
  }

  async addServer(): Promise<void> {
    const server = await ServerProcess.start(this.optionsFor(this.servers.length));
    this.servers.push(server);
    this.clientWires.push(await Wire.to(server.port));
  }

  async removeServer(): Promise<void> {
    const [server, wire] = [this.servers.pop(), this.clientWires.pop()];
    await server?.kill();
    await wire?.close();
  }

  /** Starts a server anew in the place of one that is gone. */
  async restart(n: number, extra: Partial<ServerOptions> = {}): Promise<void> {
    const server = await ServerProcess.start(this.optionsFor(n, extra));
    this.servers[n] = server;
    this.clientWires[n]?.turn(server.port);
  }

  /** A second house beside it, on the embedded database. */
  async embedded(): Promise<EmbeddedHouse> {
    return (this.#embedded ??= await EmbeddedHouse.open(join(this.folder, 'embedded')));
  }

  /** Another database behind the same address. */
  async restartDatabase(): Promise<void> {
    await this.cluster.startAgain();
    this.databaseWire.turn(this.cluster.port);
  }

  /** Whether the database answers now. */
  answers(): Promise<boolean> {
    return this.cluster.sql('select 1').then(
      () => true,
      () => false,
    );
  }

  async withDb<T>(use: (db: Db) => Promise<T>): Promise<T> {
    const db = await openDb({ url: this.cluster.url('house'), poolSize: 2 });
    try {
      return await use(db);
    } finally {
      await db.close();
    }
  }

  /** Quickly: what was acknowledged since the last look stands in the books. */
  glance(): Promise<Findings> {
    const ids = this.ledger.fresh;
    this.ledger.fresh = [];
    return this.withDb(async (db) => {
      const rows = await db.query<{ id: string }>(
        `select id from unnest($1::text[]) as t(id)
         where not exists (select 1 from trading.orders o where o.order_id = t.id)`,
        [ids],
      );
      return [...rows.map(({ id }) => `lost: order ${id}`), ...this.#surprises()];
    });
  }

  /** Holds the books against the notes of the clients, and runs every check of `cairn check`. */
  judge(): Promise<Findings> {
    return this.withDb(async (db) => [
      ...(await judgeBooks(db, this.stage, this.ledger)),
      ...(await compareFlow(db, this.ledger)),
      ...this.#surprises(),
    ]);
  }

  #surprises(): string[] {
    const all = [...this.ledger.surprises].map(([what, times]) => `${what}, ${times} times`);
    this.ledger.surprises.clear();
    return all;
  }

  async close(): Promise<void> {
    await this.#embedded?.close();
    for (const server of this.servers) {
      server.signal('SIGCONT');
      await server.kill();
    }
    for (const wire of this.wires) await wire.close();
    this.broker?.signal('SIGCONT');
    await this.broker?.stop();
    this.cluster.signal('SIGCONT');
    await this.cluster.stop();
    this.stage.close();
    this.databaseDisk?.unmount();
    this.serverDisk?.unmount();
    removeFolder(this.folder);
  }
}
