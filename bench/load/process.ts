/** The real server process, `cairn serve`, and commands beside it on the same installation. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { assert } from '@cairn/kernel';
import { MASTER_KEY } from '../../server/src/app/sandbox/order-stage.ts';

const PROGRAM = fileURLToPath(new URL('../../server/src/app/main.ts', import.meta.url));

/** What a server needs to know of the house it serves. */
export interface Installed {
  readonly url: string;
  readonly folder: string;
}

type Environment = Readonly<Record<string, string>>;

function start({ url, folder }: Installed, args: readonly string[], env: Environment) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CAIRN_'));
  return spawn(process.execPath, ['--conditions=development', PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...Object.fromEntries(inherited),
      DATABASE_URL: url,
      CAIRN_DATA_DIR: folder,
      CAIRN_MASTER_KEY: MASTER_KEY.toString('hex'),
      CAIRN_PORT: '0',
      CAIRN_LOG_LEVEL: 'error',
      ...env,
    },
  });
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

interface Ports {
  readonly port: number;
  readonly probePort?: number;
}

/** A server that runs. */
export class ServedHouse {
  readonly port: number;
  /** Where it is asked whether it lives. */
  readonly probePort: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, { port, probePort = port }: Ports) {
    this.#child = child;
    this.port = port;
    this.probePort = probePort;
  }

  /** Starts `cairn serve`; resolves when it serves (without the api role at port 0). `env` overrides settings. */
  static async start(
    house: Installed,
    env: Environment = {},
    roles = 'api,jobs,stream',
  ): Promise<ServedHouse> {
    const child = start(house, ['serve', '--roles', roles], env);
    const lines = createInterface(child.stdout);
    for await (const line of lines) {
      const found = /http:\/\/localhost:(\d+)/.exec(line);
      if (found === null && !line.startsWith('This process runs background work')) continue;
      // What it says later nobody reads, but somebody has to take.
      child.stdout.resume();
      const { CAIRN_PROBE_PORT: probePort } = env;
      return new ServedHouse(child, {
        port: Number(found?.[1] ?? 0),
        ...(probePort === undefined ? {} : { probePort: Number(probePort) }),
      });
    }
    throw new Error(`the server ended with ${await ended(child)} before it listened`);
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Memory the process holds now, in bytes (Linux; elsewhere 0). */
  memoryBytes(): number {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1_024;
    } catch {
      return 0;
    }
  }

  /** Bytes of its JavaScript heap in use, as it says itself; undefined when it does not say so now. */
  async heapBytes(): Promise<number | undefined> {
    try {
      const response = await fetch(`http://127.0.0.1:${this.port}/metrics`, {
        signal: AbortSignal.timeout(4_000),
      });
      const found = /^cairn_nodejs_heap_size_used_bytes (\S+)$/m.exec(await response.text());
      return found === null ? undefined : Number(found[1]);
    } catch {
      return undefined;
    }
  }

  /** SIGKILL: it finishes nothing. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await ended(this.#child);
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    assert((await ended(this.#child)) === 0, 'the server stops when asked');
  }
}

/** Runs a command of `cairn` on the installation: its exit code and what it printed. */
export async function runCairn(
  house: Installed,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const env = { CAIRN_EXCHANGE_DIR: join(house.folder, 'exchange') };
  const child = start(house, args, env);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return { code: await ended(child), output };
}
