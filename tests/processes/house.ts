/** A house of real processes: PostgreSQL and servers of its own, each at the end of a wire. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checksOf, runChecksOver } from '../../server/src/app/checks.ts';
import { writeDemoClock } from '../../server/src/app/demo/facts.ts';
import { modulesOf } from '../../server/src/app/modules.ts';
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
import { type Db, openDb } from '../../server/src/platform/db.ts';
import { migrate } from '../../server/src/platform/migrate.ts';
import { instantAtShanghai } from '@cairn/kernel';
import { Cluster, removeFolder } from '../failover/cluster.ts';
import { AckLedger } from './ledger.ts';
import { type ServerOptions, ServerProcess } from './server-process.ts';
import { Wire } from './wire.ts';

const INVESTORS = 24;

export interface HouseOptions {
  readonly bin: string;
  /** A folder that the user of the database may write in. */
  readonly settings?: readonly string[];
  /** Called with what took how long. */
  readonly onMeasure?: (what: string, ms: number) => void;
}

/** What a judge found wrong; empty: nothing. */
export type Findings = readonly string[];

/** A small disk of its own for the database, where we may mount one. */
function mountDisk(folder: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=600m,mode=0777', 'tmpfs', folder]);
    return true;
  } catch {
    return false;
  }
}

export class ProcessHouse {
  readonly folder: string;
  /** Where the database lies, and whether that is a small disk of its own. */
  readonly databaseFolder: string;
  readonly isOwnDisk: boolean;
  readonly measure: (what: string, ms: number) => void;
  readonly stage: Stage;
  readonly ledger: AckLedger;
  readonly key: string;
  /** Between the servers and the database. */
  readonly databaseWire: Wire;
  /** Between the clients and the servers, one each. */
  readonly clientWires: Wire[] = [];
  readonly servers: ServerProcess[] = [];
  cluster: Cluster;
  readonly #settings = loadSettings({});

  private constructor(parts: {
    readonly folder: string;
    readonly databaseFolder: string;
    readonly isOwnDisk: boolean;
    readonly cluster: Cluster;
    readonly wire: Wire;
    readonly stage: Stage;
    readonly key: string;
    readonly measure: (what: string, ms: number) => void;
  }) {
    this.folder = parts.folder;
    this.databaseFolder = parts.databaseFolder;
    this.isOwnDisk = parts.isOwnDisk;
    this.cluster = parts.cluster;
    this.databaseWire = parts.wire;
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
    const isOwnDisk = mountDisk(databaseFolder);
    const cluster = await Cluster.alone(bin, databaseFolder, [
      'max_connections=40',
      'deadlock_timeout=200ms',
      'max_wal_size=64MB',
      'min_wal_size=32MB',
      ...(options.settings ?? []),
    ]);
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
    const wire = await Wire.to(cluster.port);
    const measure = options.onMeasure ?? (() => undefined);
    const house = new ProcessHouse({
      folder,
      databaseFolder,
      isOwnDisk,
      cluster,
      wire,
      stage,
      key,
      measure,
    });
    await house.addServer();
    return house;
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
    return {
      dataDir,
      ...extra,
      env: {
        DATABASE_URL: this.cluster.url('house', this.databaseWire.port),
        CAIRN_MASTER_KEY: MASTER_KEY.toString('hex'),
        CAIRN_EXCHANGE_DIR: join(this.stage.folder, 'exchange'),
        CAIRN_LOG_LEVEL: 'error',
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

  /** Holds the books against the notes of the clients, and runs every check of `cairn check`. */
  judge(): Promise<Findings> {
    return this.withDb(async (db) => [
      ...(await compareOrders(db, this.ledger)),
      ...(await compareCash(db, this.stage, this.ledger)),
      ...(await this.#broken(db)),
      ...this.#surprises(),
    ]);
  }

  #surprises(): string[] {
    const all = [...this.ledger.surprises].map(([what, times]) => `${what}, ${times} times`);
    this.ledger.surprises.clear();
    return all;
  }

  async #broken(db: Db): Promise<string[]> {
    const world = { ...this.stage.world, db };
    const checks = checksOf(modulesOf(this.#settings, world.exchange));
    const results = await runChecksOver(db, world, checks);
    return results.flatMap(({ id, violations }) =>
      violations.slice(0, 3).map(({ subject }) => `check ${id}: ${subject}`),
    );
  }

  async close(): Promise<void> {
    for (const server of this.servers) {
      server.signal('SIGCONT');
      await server.kill();
    }
    for (const wire of [...this.clientWires, this.databaseWire]) await wire.close();
    this.cluster.signal('SIGCONT');
    await this.cluster.stop();
    this.stage.close();
    if (this.isOwnDisk) execFileSync('umount', ['-l', this.databaseFolder]);
    removeFolder(this.folder);
  }
}

interface OrderRow {
  order_id: string;
  customer_id: string;
  no: string;
  state: string;
  fen: bigint;
}

async function compareOrders(db: Db, { accounts }: AckLedger): Promise<string[]> {
  const rows = await db.query<OrderRow>(
    `select order_id, customer_id, client_order_no as no, state, amount as fen from trading.orders`,
  );
  const found: string[] = [];
  const there = new Map(rows.map((row) => [row.order_id, row]));
  for (const [customerId, { orders }] of accounts) {
    for (const [id, { no, fen, isCancelled }] of orders) {
      const row = there.get(id);
      there.delete(id);
      const state = isCancelled ? 'cancelled' : 'accepted';
      if (row === undefined) found.push(`lost: order ${no} of ${customerId}`);
      else if (row.state !== state || row.fen !== fen || row.no !== no) {
        found.push(`order ${no}: ${state} ${fen} was told, ${row.state} ${row.fen} stands`);
      }
    }
  }
  // Every command had its answer, so what nobody was told of was done once too often.
  for (const { no, customer_id: customer } of there.values()) {
    found.push(`twice: order ${no} of ${customer} was never acknowledged`);
  }
  return found;
}

async function compareCash(
  db: Db,
  { investors }: Stage,
  { accounts }: AckLedger,
): Promise<string[]> {
  const rows = await db.query<{ no: string; balance: bigint; frozen: bigint }>(
    `select asset_account_no as no, balance, frozen from accounts.cash_accounts
     where kind = 'customerCash'`,
  );
  const there = new Map(rows.map((row) => [row.no, row]));
  return investors.flatMap(({ customerId, assetAccountNo, spec }) => {
    const account = accounts.get(customerId);
    const moved = [...(account?.transfers.values() ?? [])].reduce((sum, fen) => sum + fen, 0n);
    const frozen = [...(account?.orders.values() ?? [])].reduce(
      (sum, { fen, isCancelled }) => (isCancelled ? sum : sum + fen),
      0n,
    );
    const row = there.get(assetAccountNo);
    const balance = spec.deposit + moved;
    if (row?.balance === balance && row.frozen === frozen) return [];
    return [
      `cash of ${customerId}: ${balance} with ${frozen} frozen was told, ` +
        `${row?.balance} with ${row?.frozen} stands`,
    ];
  });
}
