/** The server as its operator starts it, in a process of its own, that may be killed and stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentFor } from '../journeys/served.ts';

const MAIN = fileURLToPath(new URL('../../server/src/app/main.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY = /ready: open http:\/\/localhost:(\d+)/;
const START_MS = 180_000;
/** Hundreds of starts compile the same files: what the first one made is kept for the others. */
const COMPILED = join(tmpdir(), 'cairn-test-compiled');

export interface ServerOptions {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  /** A shell limit such as 'ulimit -n 64', which the process begins with. */
  readonly limit?: string;
  /** A module that is loaded first. */
  readonly preload?: string;
}

export class ServerProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  #output = '';
  #port = 0;

  private constructor({ dataDir, env, limit, preload }: ServerOptions, command: readonly string[]) {
    const args = [
      '--conditions=development',
      ...(preload === undefined ? [] : [`--import=${preload}`]),
      MAIN,
      ...command,
    ];
    const [file, before] =
      limit === undefined
        ? [process.execPath, []]
        : ['/bin/sh', ['-c', `${limit}; exec "$0" "$@"`, process.execPath]];
    this.child = spawn(file, [...before, ...args], {
      cwd: ROOT,
      env: { ...environmentFor(dataDir), NODE_COMPILE_CACHE: COMPILED, ...env },
    });
    const add = (part: Buffer) => void (this.#output += part.toString('utf8'));
    this.child.stdout?.on('data', add);
    this.child.stderr?.on('data', add);
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** A command that ends by itself: its exit code and all it printed. */
  static async run(
    command: readonly string[],
    options: ServerOptions,
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    const one = new ServerProcess(options, command);
    return { code: await one.ended, output: one.#output };
  }

  /** Starts `cairn serve`, or another command, without waiting for it. */
  static begin(options: ServerOptions, command: readonly string[] = ['serve']): ServerProcess {
    return new ServerProcess(options, command);
  }

  /** Starts it and waits until it serves. */
  static async start(options: ServerOptions): Promise<ServerProcess> {
    const one = ServerProcess.begin(options);
    await one.ready();
    return one;
  }

  async ready(): Promise<void> {
    const end = performance.now() + START_MS;
    for (;;) {
      const found = READY.exec(this.#output);
      if (found !== null) {
        this.#port = Number(found[1]);
        return;
      }
      if (this.child.exitCode !== null || performance.now() > end) {
        throw new Error(`the server did not start:\n${this.#output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  get port(): number {
    return this.#port;
  }

  get output(): string {
    return this.#output;
  }

  /** Whether it has said that it serves. */
  get isReady(): boolean {
    return READY.test(this.#output);
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
