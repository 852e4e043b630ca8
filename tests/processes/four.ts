/**
 * Four processes that serve what a suite has opened: two answer HTTP, one runs the jobs, one the
 * stream. Requests go to the two in turn, as from a balancer, so that two that follow each other
 * never meet the same process.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Fastify from 'fastify';
import { AuthService } from '../../server/src/platform/auth/service.ts';
import { systemClock } from '../../server/src/platform/clock.ts';
import type { ProcessRole, Settings } from '../../server/src/platform/config.ts';
import type { App } from '../../server/src/platform/http/app.ts';
import {
  openTestPostgres,
  type ServingProcesses,
  type TestDatabase,
  type TestWorld,
} from '../../server/src/platform/testing.ts';
import { environmentFor } from '../journeys/served.ts';
import { passOn } from './forward.ts';
import type { Answer, Asked, Wish } from './hosted.ts';

const HOSTED = fileURLToPath(new URL('./hosted.ts', import.meta.url));
const ROLES: readonly ProcessRole[] = ['api', 'api', 'jobs', 'stream'];
/** Connections of each to the database; their sum is what a server of PostgreSQL has to spare. */
const POOL_SIZE = 6;
/** The master key of every test world. */
const MASTER_KEY = Buffer.alloc(32, 7);

/** One of the processes, which does what it is told to. */
export class Hosted {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Omit<Answer, 'id'>) => void>();
  #asked = 0;

  constructor() {
    this.#child = fork(HOSTED, {
      execArgv: ['--conditions=development'],
      serialization: 'advanced',
      env: {
        ...environmentFor(tmpdir()),
        NODE_COMPILE_CACHE: join(tmpdir(), 'cairn-test-compiled'),
      },
    });
    this.#child.on('message', (answer) => {
      const { id } = answer as Answer;
      this.#waiting.get(id)?.(answer as Answer);
      this.#waiting.delete(id);
    });
    this.#child.on('exit', (code, signal) => {
      const failure = `the process ended: ${code ?? signal}`;
      for (const answer of this.#waiting.values()) answer({ failure });
      this.#waiting.clear();
    });
  }

  /** Resolves with what came of it; throws what failed there, or that the process ended. */
  async ask(wish: Wish): Promise<unknown> {
    if (this.#hasEnded) throw new Error('the process has ended and cannot be asked');
    const id = ++this.#asked;
    const asked: Asked = { id, wish };
    const { failure, value } = await new Promise<Omit<Answer, 'id'>>((resolve) => {
      this.#waiting.set(id, resolve);
      // What does not arrive fails with the end of the process, a moment later.
      this.#child.send(asked, () => undefined);
    });
    if (failure !== undefined) throw new Error(failure);
    return value;
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    if (!this.#hasEnded) await once(this.#child, 'exit');
  }
}

interface ClockFile {
  readonly file: string;
  /** Brings it up to date. */
  readonly tell: () => void;
}

/** The business clock of a world as a file. */
function clockFileOf({ clock, folder }: TestWorld): ClockFile {
  const file = join(folder, 'clock');
  let told = '';
  const tell = () => {
    const now = clock.now();
    if (now === told) return;
    // Renamed, so that nobody reads half of it.
    writeFileSync(`${file}-new`, now);
    renameSync(`${file}-new`, file);
    told = now;
  };
  tell();
  return { file, tell };
}

/** An application whose answers are those of the processes at these addresses, in turn. */
function balancerOf(
  urls: readonly URL[],
  { auth, before, after }: { auth: AuthService; before: () => void; after: () => Promise<unknown> },
): App {
  const agent = new Agent({ keepAlive: true });
  const app = Fastify({ bodyLimit: Number.MAX_SAFE_INTEGER, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  // Nothing of a body is read here.
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  let turn = 0;
  app.all('/*', (request, reply) => {
    reply.hijack();
    before();
    const to = urls[turn++ % urls.length];
    if (to !== undefined) passOn(to, agent, request.raw, reply.raw);
  });
  app.decorate('auth', auth);
  app.addHook('onClose', async () => {
    agent.destroy();
    await after();
  });
  return app as unknown as App;
}

/** The four, for one suite after another. */
export class FourProcesses {
  /**
   * The planted violation: the first that answers does not lock the buckets it works on, or does not
   * share the folder that is exchanged with registrars and the bank.
   */
  planted: 'lockless' | 'apart' | undefined;
  readonly #all = ROLES.map(() => new Hosted());
  readonly #apis = this.#all.filter((_, n) => ROLES[n] === 'api');

  /** A fresh database whose worlds these processes serve. */
  async database(): Promise<TestDatabase> {
    const { url: databaseUrl = '', ...rest } = await openTestPostgres(16);
    let tellClock: () => void = () => undefined;
    let turn = 0;
    const processes: ServingProcesses = {
      apis: this.#apis.length,
      serve: (world, settings) => {
        const clock = clockFileOf(world);
        tellClock = clock.tell;
        return this.#serve(world, { ...settings, databaseUrl }, clock);
      },
      call: (module, name, args) => {
        tellClock();
        const one = this.#apis[turn++ % this.#apis.length];
        if (one === undefined) throw new Error('two processes answer');
        return one.ask({ kind: 'call', module, name, args });
      },
    };
    return { ...rest, url: databaseUrl, processes };
  }

  async #serve(world: TestWorld, settings: Settings, clock: ClockFile): Promise<App> {
    const urls = await this.#tell((role, n) => ({
      kind: 'serve',
      clockFile: clock.file,
      isLockless: this.planted === 'lockless' && n === 0,
      settings: {
        ...settings,
        ...(this.planted === 'apart' && n === 0
          ? { exchangeDir: `${settings.exchangeDir}-0` }
          : {}),
        masterKeys: [MASTER_KEY],
        roles: [role],
        host: '127.0.0.1',
        port: 0,
        poolSize: POOL_SIZE,
        logLevel: 'silent',
      },
    }));
    return balancerOf(
      urls.flatMap((url) => (typeof url === 'string' ? [new URL(url)] : [])),
      {
        auth: new AuthService(world, settings, systemClock),
        before: clock.tell,
        after: () => this.#tell(() => ({ kind: 'stop' })),
      },
    );
  }

  #tell(wishOf: (role: ProcessRole, n: number) => Wish): Promise<unknown[]> {
    return Promise.all(this.#all.map((one, n) => one.ask(wishOf(ROLES[n] ?? 'api', n))));
  }

  async end(): Promise<void> {
    await Promise.all(this.#all.map((one) => one.end()));
  }
}
