/** PostgreSQL servers of a test's own, which it may kill: a primary and its standbys on loopback. */
import { execFile } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../server/src/platform/free-port.ts';

const run = promisify(execFile);
const FOLDER = '/usr/lib/postgresql';

/** Where initdb and pg_ctl stand, of the newest version; undefined when none is installed. */
export function findPrograms(): string | undefined {
  const versions = existsSync(FOLDER) ? readdirSync(FOLDER).map(Number).filter(Boolean) : [];
  return versions
    .sort((a, b) => b - a)
    .map((version) => join(FOLDER, `${version}`, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'pg_ctl')));
}

/** What is in a folder, and what no longer is, stands on its disk. */
export function flushFolder(folder: string): void {
  const of = openSync(folder, 'r');
  fsyncSync(of);
  closeSync(of);
}

/** PostgreSQL refuses to run as root; its own user does then. */
const asRoot = process.getuid?.() === 0;

/** How to call a program as the user of PostgreSQL. As root it runs as a child of what is called. */
export function commandAsPostgres(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { readonly file: string; readonly args: string[]; readonly cwd: string } {
  const own = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const command = [...own, program, ...args];
  return asRoot
    ? { file: 'runuser', args: ['-u', 'postgres', '--', 'env', ...command], cwd: '/' }
    : { file: 'env', args: command, cwd: process.cwd() };
}

async function asPostgres(...call: Parameters<typeof commandAsPostgres>): Promise<void> {
  const { file, args, cwd } = commandAsPostgres(...call);
  await run(file, args, { cwd });
}

/** The processes that a process has started and that still run. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => {
      try {
        return new RegExp(`^PPid:\\s+${parent}$`, 'm').test(
          readFileSync(`/proc/${name}/status`, 'utf8'),
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** A signal to each process that is still there; gives how many were. */
export function signalAll(processes: readonly number[], signal: NodeJS.Signals): number {
  return processes.filter((one) => {
    try {
      return process.kill(one, signal);
    } catch {
      // It has ended by itself.
      return false;
    }
  }).length;
}

export class Cluster {
  readonly port: number;
  readonly #bin: string;
  readonly #data: string;

  readonly #settings: readonly string[];
  /** The environment of the server. */
  readonly #env: Readonly<Record<string, string>>;

  private constructor(
    bin: string,
    data: string,
    port: number,
    settings: readonly string[],
    env: Readonly<Record<string, string>>,
  ) {
    this.#env = env;
    this.#bin = bin;
    this.#data = data;
    this.port = port;
    this.#settings = settings;
  }

  /** Where the server keeps its data. */
  get data(): string {
    return this.#data;
  }

  static folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-test-cluster-'));
    chmodSync(folder, 0o777);
    return folder;
  }

  /** A server that another program makes and starts. */
  static of(bin: string, data: string, port: number): Cluster {
    return new Cluster(bin, data, port, [], {});
  }

  /** Makes and starts a primary that waits for `synchronous` standbys ('' for none). */
  static async primary(bin: string, folder: string, synchronous: string): Promise<Cluster> {
    const cluster = await Cluster.alone(bin, folder, []);
    await cluster.sql(`alter system set synchronous_standby_names = '${synchronous}'`);
    return cluster;
  }

  /** Makes and starts a server with settings such as 'max_connections=40'; its pages have checksums. */
  static async alone(
    bin: string,
    folder: string,
    settings: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Cluster> {
    const cluster = new Cluster(bin, join(folder, 'primary'), await freePort(), settings, env);
    const args = ['-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8'];
    await asPostgres(join(bin, 'initdb'), ['-D', cluster.#data, '--data-checksums', ...args]);
    await cluster.start();
    return cluster;
  }

  /** Copies this server and starts the copy as its standby, which hears of it through `port`. */
  async standby(folder: string, port: number): Promise<Cluster> {
    const at = await freePort();
    const data = join(folder, 'standby');
    const copy = new Cluster(this.#bin, data, at, this.#settings, this.#env);
    await asPostgres(join(this.#bin, 'pg_basebackup'), [
      '--host=127.0.0.1',
      `--port=${port}`,
      '--username=postgres',
      `--pgdata=${copy.#data}`,
      '--write-recovery-conf',
      '--wal-method=stream',
      '--checkpoint=fast',
    ]);
    await copy.start();
    return copy;
  }

  async start(): Promise<void> {
    const options = [
      `-p ${this.port}`,
      '-c listen_addresses=127.0.0.1',
      `-c unix_socket_directories=${this.#data}`,
      '-c hot_standby=on',
      '-c wal_keep_size=64MB',
      // A standby that has just lost its primary waits this long before it can be promoted.
      '-c wal_retrieve_retry_interval=200ms',
      ...this.#settings.map((setting) => `-c ${setting}`),
    ].join(' ');
    const log = join(this.#data, 'server.log');
    try {
      await this.#control('start', '-l', log, '-w', '-t', '60', '-o', options);
    } catch (error) {
      // pg_ctl only says where to look, and the folder is gone by the time somebody could.
      const said = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
      throw new Error(['the database did not start:', ...said.slice(-12)].join('\n'), {
        cause: error,
      });
    }
  }

  #control(what: string, ...options: string[]): Promise<unknown> {
    return asPostgres(join(this.#bin, 'pg_ctl'), [what, '-D', this.#data, ...options], this.#env);
  }

  url(database: string, port = this.port): string {
    return `postgres://postgres@127.0.0.1:${port}/${database}`;
  }

  async sql<R extends pg.QueryResultRow>(text: string, database = 'postgres'): Promise<R[]> {
    const client = new pg.Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      return (await client.query<R>(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** The server and every process of its own; none when it has ended by itself. */
  processes(): number[] {
    const file = join(this.#data, 'postmaster.pid');
    if (!existsSync(file)) return [];
    const [first = ''] = readFileSync(file, 'utf8').split('\n');
    const parent = Number(first);
    return [parent, ...childrenOf(parent)];
  }

  /** SIGKILL to all of it at once: nothing is written any more. */
  kill(): void {
    this.signal('SIGKILL');
  }

  /** Starts again after `kill`; a child that was born meanwhile may still hold the shared memory. */
  async startAgain(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.start();
        return;
      } catch (error) {
        if (attempt === 20) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  /** A signal to the server and all its children. */
  signal(signal: NodeJS.Signals): void {
    signalAll(this.processes(), signal);
  }

  /** The end of what the server has said, for those who ask what became of it. */
  lastWords(bytes: number): string {
    const path = join(this.#data, 'server.log');
    return existsSync(path) ? readFileSync(path, 'utf8').slice(-bytes) : '';
  }

  /** Removes the data of a server that was killed and does not come back. */
  discard(): void {
    rmSync(this.#data, { recursive: true, force: true, maxRetries: 20 });
    // On the disk too: a loss of power right after it would bring everything back, and fill the disk.
    flushFolder(dirname(this.#data));
  }

  /** Makes a standby the primary. It waits for no standby of its own: there is none left. */
  async promote(): Promise<void> {
    try {
      await this.#control('promote', '-w', '-t', '60');
    } catch (error) {
      throw new Error(`the standby was not promoted: ${this.lastWords(600)}`, { cause: error });
    }
    await this.sql(`alter system set synchronous_standby_names = ''`);
    await this.sql('select pg_reload_conf()');
  }

  /** Stops with everything written down. */
  async shutDown(): Promise<void> {
    await this.#control('stop', '-m', 'fast', '-w');
  }

  async stop(): Promise<void> {
    await this.#control('stop', '-m', 'immediate', '-w').catch(() => undefined);
  }
}

/** Removes what belongs to another user when run as root. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
