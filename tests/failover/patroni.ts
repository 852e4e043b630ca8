/** Two PostgreSQL servers on loopback under Patroni, which makes the standby the primary by itself. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../server/src/platform/free-port.ts';
import { childrenOf, Cluster, commandAsPostgres, signalAll } from './cluster.ts';
import { pause, takeDown } from './house.ts';
import { Switch } from './switch.ts';

const run = promisify(execFile);
const PLACES = ['/usr/bin', '/usr/local/bin'];
const NAMES = ['patroni', 'patronictl', 'etcd'] as const;
const SCOPE = 'cairn';
const UNTIL_MS = 60_000;

/**
 * Seconds: the shortest retry_timeout and loop_wait of Patroni, and the shortest ttl by its rule
 * loop_wait + 2 × retry_timeout <= ttl. From version 3.2 on it takes 20 for any shorter ttl.
 */
const TIMES = { ttl: 7, loop_wait: 1, retry_timeout: 3 };

export type PatroniPrograms = Readonly<Record<(typeof NAMES)[number], string>>;

/** Where Patroni and the store of its lock stand; undefined when one of them is not installed. */
export function findPatroni(): PatroniPrograms | undefined {
  const found = NAMES.map((name) => [
    name,
    PLACES.map((place) => join(place, name)).find((path) => existsSync(path)),
  ]);
  return found.every(([, path]) => path !== undefined)
    ? (Object.fromEntries(found) as PatroniPrograms)
    : undefined;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + UNTIL_MS; performance.now() < end; await pause(100)) {
    if (await holds()) return;
  }
  throw new Error(`within a minute: ${what}`);
}

/** Whether somebody answers 200 there. */
async function isYes(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 200;
}

/** A program whose words go to a file; killed, with its children, when the test is over. */
function startProgram(
  { file, args, cwd }: ReturnType<typeof commandAsPostgres>,
  log: string,
): ChildProcess {
  const words = openSync(log, 'w');
  const child = spawn(file, args, { cwd, stdio: ['ignore', words, words] });
  takeDown.push(() => killProgram(child));
  return child;
}

function killProgram({ pid }: ChildProcess): void {
  if (pid !== undefined) signalAll([...childrenOf(pid), pid], 'SIGKILL');
}

/** The store in which the two agree on who leads; a firm has three of it, here nothing happens to it. */
async function startStore(program: string, folder: string): Promise<string> {
  const [port, peerPort] = [await freePort(), await freePort()];
  const [url, peer] = [port, peerPort].map((at) => `http://127.0.0.1:${at}`) as [string, string];
  const args = [
    ['--data-dir', join(folder, 'etcd')],
    ['--listen-client-urls', url],
    ['--advertise-client-urls', url],
    ['--listen-peer-urls', peer],
    ['--initial-advertise-peer-urls', peer],
    ['--initial-cluster', `default=${peer}`],
  ].flat();
  startProgram(commandAsPostgres(program, args), join(folder, 'etcd.log'));
  await until('the store is ready', () => isYes(`${url}/health`));
  return `127.0.0.1:${port}`;
}

interface Ground {
  readonly bin: string;
  readonly programs: PatroniPrograms;
  readonly folder: string;
  readonly store: string;
  readonly isSynchronous: boolean;
}

export class PatroniNode {
  readonly name: string;
  readonly cluster: Cluster;
  /** Between this server, when it is the primary, and its standby. */
  readonly link: Switch;
  readonly config: string;
  readonly #rest: string;
  readonly #program: ChildProcess;

  private constructor(parts: {
    readonly name: string;
    readonly cluster: Cluster;
    readonly link: Switch;
    readonly config: string;
    readonly rest: string;
    readonly program: ChildProcess;
  }) {
    this.name = parts.name;
    this.cluster = parts.cluster;
    this.link = parts.link;
    this.config = parts.config;
    this.#rest = parts.rest;
    this.#program = parts.program;
  }

  /** Starts Patroni, which makes its server: the first one anew, the second one as a copy. */
  static async start(name: string, ground: Ground): Promise<PatroniNode> {
    const { bin, programs, folder } = ground;
    const cluster = Cluster.of(bin, join(folder, name), await freePort());
    const link = await Switch.to(cluster.port);
    takeDown.push(() => link.close());
    takeDown.push(() => cluster.stop());
    const rest = `127.0.0.1:${await freePort()}`;
    const config = join(folder, `${name}.yml`);
    // JSON is YAML.
    writeFileSync(config, JSON.stringify(configOf(ground, { name, cluster, link, rest })));
    const command = commandAsPostgres(programs.patroni, [config]);
    const program = startProgram(command, join(folder, `${name}.log`));
    return new PatroniNode({ name, cluster, link, config, rest, program });
  }

  /** Whether Patroni says of it: 'primary', or 'synchronous' of a synchronous standby. */
  is(role: 'primary' | 'replica' | 'synchronous'): Promise<boolean> {
    return isYes(`http://${this.#rest}/${role}`);
  }

  /** The machine is gone: SIGKILL to Patroni and to all of PostgreSQL. */
  kill(): void {
    killProgram(this.#program);
    this.cluster.kill();
  }
}

function configOf(
  { bin, folder, store, isSynchronous }: Ground,
  node: Pick<PatroniNode, 'name' | 'cluster' | 'link'> & { readonly rest: string },
): object {
  const { name, cluster, link, rest } = node;
  return {
    scope: SCOPE,
    name,
    restapi: { listen: rest, connect_address: rest },
    etcd3: { host: store },
    bootstrap: {
      dcs: {
        ...TIMES,
        synchronous_mode: isSynchronous,
        // An asynchronous standby is promoted however much it has missed, to show the loss.
        ...(isSynchronous ? {} : { maximum_lag_on_failover: 2 ** 30 }),
        postgresql: {
          use_pg_rewind: true,
          parameters: { wal_retrieve_retry_interval: '200ms', wal_keep_size: '64MB' },
        },
      },
      initdb: [{ auth: 'trust' }, { encoding: 'UTF8' }, { locale: 'C.UTF-8' }, 'data-checksums'],
    },
    postgresql: {
      listen: `127.0.0.1:${cluster.port}`,
      connect_address: `127.0.0.1:${link.port}`,
      data_dir: cluster.data,
      bin_dir: bin,
      pgpass: join(folder, `${name}.pgpass`),
      authentication: {
        superuser: { username: 'postgres' },
        replication: { username: 'replicator' },
      },
      parameters: { unix_socket_directories: folder },
    },
    watchdog: { mode: 'off' },
  };
}

export class PatroniPair {
  readonly leader: PatroniNode;
  readonly standby: PatroniNode;
  readonly #patronictl: string;

  private constructor(leader: PatroniNode, standby: PatroniNode, patronictl: string) {
    this.leader = leader;
    this.standby = standby;
    this.#patronictl = patronictl;
  }

  /** A leader and its standby in a folder of their own, both ready. */
  static async open(ground: Omit<Ground, 'store'>): Promise<PatroniPair> {
    const { programs, folder, isSynchronous } = ground;
    const store = await startStore(programs.etcd, folder);
    try {
      const leader = await PatroniNode.start('a', { ...ground, store });
      await until('the first server leads', () => leader.is('primary'));
      const standby = await PatroniNode.start('b', { ...ground, store });
      const role = isSynchronous ? 'synchronous' : 'replica';
      await until(`the second server is a standby (${role})`, () => standby.is(role));
      return new PatroniPair(leader, standby, programs.patronictl);
    } catch (error) {
      // The folder is gone by the time somebody could look.
      const said = ['etcd', 'a', 'b'].map((name) => lastWords(join(folder, `${name}.log`)));
      throw new Error(['Patroni made no pair:', ...said].join('\n'), { cause: error });
    }
  }

  /** Leads an address to whoever of the two says that it leads, as a balancer does. */
  follow(wire: Switch): void {
    const watch = { isOver: false };
    const watched = (async () => {
      for (; !watch.isOver; await pause(100)) {
        for (const node of [this.leader, this.standby]) {
          const { port } = node.cluster;
          if (port !== wire.target && (await node.is('primary'))) wire.turn(port);
        }
      }
    })();
    takeDown.push(() => {
      watch.isOver = true;
      return watched;
    });
  }

  /** Waits until the address leads to the one that was the standby. */
  async hasTurned(wire: Switch): Promise<void> {
    const { port } = this.standby.cluster;
    await until('the address leads to the standby', () => Promise.resolve(wire.target === port));
  }

  /** Waits until the one that led is the synchronous standby of the other. */
  async hasExchangedRoles(): Promise<void> {
    await until('the former leader is a synchronous standby', () => this.leader.is('synchronous'));
  }

  /** Has the roles exchanged, as an operator does before work on a machine. */
  async switchOver(): Promise<void> {
    const args = ['-c', this.leader.config, 'switchover', '--force', SCOPE];
    const { file, args: all, cwd } = commandAsPostgres(this.#patronictl, args);
    await run(file, all, { cwd });
  }
}

function lastWords(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').slice(-2_000) : '';
}
