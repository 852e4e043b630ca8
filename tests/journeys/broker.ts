/** The demonstration broker as its operators start it: as one process, or as four of them. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe } from 'vitest';
import { postgresAnswers, testServerUrl } from '../../server/src/platform/testing.ts';
import { type Forwarder, openForwarder } from '../processes/forward.ts';
import { Running } from './served.ts';

/**
 * One process over the embedded database; or four over PostgreSQL behind a forwarder: two answer
 * HTTP in turn, one runs the jobs, one the stream.
 */
export type Parts = 'one process' | 'four processes';

const ROLES: Readonly<Record<Parts, readonly string[]>> = {
  'one process': ['api,jobs,stream'],
  'four processes': ['api', 'api', 'jobs', 'stream'],
};
const READY = /open (http:\/\/[^\s/]+)|background work only/;

async function onServer(body: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: testServerUrl() });
  await client.connect();
  try {
    await body(client);
  } finally {
    await client.end();
  }
}

/** Whether there is what these parts need. */
export const canServe = (parts: Parts): boolean => parts === 'one process' || postgresAnswers;

/** An installation of its own, which is served as often as one likes. */
export class Broker {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'cairn-test-broker-'));
  /** The settings of every command over it, beside its data folder. */
  readonly settings: Readonly<Record<string, string>>;
  readonly #parts: Parts;
  readonly #database: string | undefined;
  readonly #started: Running[] = [];
  #serving: Running[] = [];
  #forwarder: Forwarder | undefined;
  #url = '';

  private constructor(parts: Parts, database?: string) {
    this.#parts = parts;
    this.#database = database;
    const address = new URL(testServerUrl());
    address.pathname = `/${database}`;
    this.settings = database === undefined ? {} : { DATABASE_URL: address.href };
  }

  /** An empty one. */
  static async open(parts: Parts): Promise<Broker> {
    if (parts === 'one process') return new Broker(parts);
    const database = `cairn_test_broker_${randomBytes(4).toString('hex')}`;
    await onServer((client) => client.query(`create database ${database}`));
    return new Broker(parts, database);
  }

  /** Where it answers. */
  get url(): string {
    return this.#url;
  }

  /** What its processes have printed since they were started last. */
  get output(): string {
    return this.#serving.map(({ output }) => output).join('');
  }

  /** The one-time key; of several that were printed the last, which took the place of the others. */
  get bootstrapKey(): string {
    return [...this.output.matchAll(/One-time[^\n]*: (\S+)/g)].at(-1)?.[1] ?? '';
  }

  /** A command over it. */
  run(...args: string[]): Running {
    const running = new Running(this.dataDir, args, this.settings);
    this.#started.push(running);
    return running;
  }

  /** Starts its processes and resolves when all are ready; the first of them seeds a demonstration. */
  async serve({ isDemo } = { isDemo: true }): Promise<void> {
    this.#serving = [];
    const urls: URL[] = [];
    for (const roles of ROLES[this.#parts]) {
      const demo = isDemo && this.#serving.length === 0 ? ['--demo'] : [];
      const running = this.run('serve', ...demo, '--roles', roles);
      this.#serving.push(running);
      const [, url] = await running.prints(READY);
      if (url !== undefined) urls.push(new URL(url));
    }
    this.#forwarder = urls.length === 1 ? undefined : await openForwarder(urls);
    this.#url = this.#forwarder?.url ?? urls[0]?.origin ?? '';
  }

  /** Asks its processes to end; the exit code of each. */
  stop(): Promise<(number | null)[]> {
    this.#forwarder?.close();
    return Promise.all(this.#serving.map((one) => one.stop('SIGTERM')));
  }

  /** Kills what still runs and takes the installation away. */
  async close(): Promise<void> {
    this.#forwarder?.close();
    for (const one of this.#started) await one.stop('SIGKILL');
    rmSync(this.dataDir, { recursive: true, force: true });
    const database = this.#database;
    if (database === undefined) return;
    await onServer((client) => client.query(`drop database if exists ${database} with (force)`));
  }
}

let chosen: Parts = 'one process';

/** From here on the suites of this test file run on these parts: those of a file imported next. */
export function serveAs(parts: Parts): void {
  chosen = parts;
}

/** Runs a suite over a broker, of one process unless the importing file says otherwise. */
export function describeBroker(
  name: string,
  suite: (parts: Parts, open: () => Promise<Broker>) => void,
): void {
  const parts = chosen;
  describe.skipIf(!canServe(parts))(`${name} as ${parts}`, () => {
    let broker: Broker | undefined;
    afterAll(() => broker?.close());
    suite(parts, async () => (broker = await Broker.open(parts)));
  });
}
