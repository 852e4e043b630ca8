/** A NATS server of a test's own, which it may kill, start again and rob of its store. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findNats } from '../../scripts/find-nats.ts';
import { freePort } from '../../server/src/platform/free-port.ts';

export class Broker {
  readonly #folder = mkdtempSync(join(tmpdir(), 'cairn-test-nats-'));
  readonly #port: number;
  readonly #settings: string;
  #child: ChildProcess | undefined;

  private constructor(port: number, settings: string) {
    this.#port = port;
    this.#settings = settings;
  }

  /** Starts one, with more lines of its own settings. */
  static async start(settings = ''): Promise<Broker> {
    const broker = new Broker(await freePort(), settings);
    await broker.start();
    return broker;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const program = findNats();
    if (program === undefined) throw new Error('no nats-server');
    const config = join(this.#folder, 'nats.conf');
    // What the broker says it has, it has on the disk.
    writeFileSync(
      config,
      `listen: 127.0.0.1:${this.#port}\njetstream { store_dir: "${this.#folder}/store" }\n${this.#settings}\n`,
    );
    const child = spawn(program, ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child = child;
    for await (const line of createInterface(child.stderr)) {
      if (line.includes('Server is ready')) break;
    }
    child.stderr.resume();
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  loseStore(): void {
    rmSync(join(this.#folder, 'store'), { recursive: true, force: true });
  }

  /** Cuts the end off each file of messages of a broker that is dead; returns how many bytes are gone. */
  tearStore(): number {
    const store = join(this.#folder, 'store');
    const blocks = readdirSync(store, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.blk'))
      .map((name) => join(store, name));
    let gone = 0;
    for (const path of blocks) {
      const { size } = statSync(path);
      const kept = Math.floor(size * 0.6);
      truncateSync(path, kept);
      gone += size - kept;
    }
    return gone;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
