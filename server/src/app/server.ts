/** The running server: listens, works in the background, and stops without losing anything. */
import { fileURLToPath } from 'node:url';
import { AppError } from '@cairn/kernel';
import { anchorTask } from '../platform/anchors.ts';
import { AuthService } from '../platform/auth/service.ts';
import { systemActor } from '../platform/actor.ts';
import { systemClock } from '../platform/clock.ts';
import type { Settings } from '../platform/config.ts';
import { type App, createApp } from '../platform/http/app.ts';
import { type Doors, openDoors } from '../platform/http/doors.ts';
import { type Jobs, openJobs, type RecurringTask } from '../platform/jobs.ts';
import { createLog, type Log } from '../platform/log.ts';
import { openMemoryStream } from '../platform/memory-stream.ts';
import { natsStream } from '../platform/nats-stream.ts';
import { StreamWorker } from '../platform/outbox.ts';
import { platformTasks } from '../platform/tasks.ts';
import {
  expireCertificates,
  forgetDrafts,
  indexMissingAddresses,
  indexMissingNames,
} from '../modules/customers/index.ts';
import { forgetAnswerDrafts } from '../modules/suitability/index.ts';
import { expireDocuments, makeDocuments, runSubscriber } from '../modules/documents/index.ts';
import { shanghaiDate } from '@cairn/kernel';
import { followDemoClock } from './demo-clock.ts';
import type { Installation } from './installation.ts';
import { modulesOf } from './modules.ts';
import { newOperatorKey, removeOperatorFile, writeOperatorFile } from './operator/operator-file.ts';
import { operatorModule } from './operator/routes.ts';

/** A server that runs. */
export interface RunningServer {
  /** Where it listens; undefined when this process has no api role. */
  readonly url?: string;
  /** Whether the console is served there. */
  readonly hasConsole: boolean;
  readonly auth: AuthService;
  /** Answers what is in hand, stops the background work, closes the database. */
  stop(): Promise<void>;
}

/** The console as `scripts/build-web.mjs` leaves it. */
const PAGES = fileURLToPath(new URL('../../../web/dist', import.meta.url));

const HOUR_SECONDS = 3_600;

const certificateTask: RecurringTask = {
  name: 'customers.expire-certificates',
  everySeconds: HOUR_SECONDS,
  async run(world) {
    await expireCertificates(world, systemActor('certificates'), shanghaiDate(world.clock.now()));
  },
};

const namesTask: RecurringTask = {
  name: 'customers.index-names',
  everySeconds: HOUR_SECONDS,
  async run(world) {
    await indexMissingNames(world);
    await indexMissingAddresses(world);
  },
};

const draftsTask: RecurringTask = {
  name: 'app.forget-drafts',
  everySeconds: HOUR_SECONDS,
  async run(world) {
    await forgetDrafts(world);
    await forgetAnswerDrafts(world);
  },
};

const documentsTask: RecurringTask = {
  name: 'documents.expire',
  everySeconds: HOUR_SECONDS,
  async run(world) {
    await expireDocuments(world);
  },
};

/** Starts what the roles of the settings ask for. AppError PORT_TAKEN. */
export async function startServer(installation: Installation): Promise<RunningServer> {
  const { settings, world } = installation;
  const log = createLog(settings.logLevel);
  const key = newOperatorKey();
  let app: App | undefined;
  let doors: Doors | undefined;
  if (settings.roles.includes('api')) {
    const modules = [...modulesOf(settings, world.exchange), operatorModule(installation, key)];
    app = await createApp(world, modules, { settings, log, pagesDir: PAGES });
    doors = await listen(app, settings);
    writeOperatorFile(settings.dataDir, { url: doors.url, key, pid: process.pid });
  }
  const auth = app?.auth ?? new AuthService(world, settings, systemClock);
  let jobs: Jobs | undefined;
  let stream: StreamWorker | undefined;
  try {
    // The stream only enqueues; whoever has the role runs the jobs.
    if (settings.roles.includes('jobs') || settings.roles.includes('stream')) {
      jobs = await openOurJobs(installation, auth, log);
    }
    if (jobs !== undefined && settings.roles.includes('jobs')) await jobs.start();
    if (jobs !== undefined && settings.roles.includes('stream')) {
      stream = startStream(installation, jobs, log);
    }
  } catch (error) {
    await Promise.all([doors?.close(), app?.close()]);
    removeOperatorFile(settings.dataDir, key);
    throw error;
  }
  // The embedded database has one process.
  const clock = settings.databaseUrl === undefined ? undefined : installation.demoClock;
  const unfollow = clock === undefined ? undefined : followDemoClock(world.db, clock, log);
  return {
    ...(doors === undefined ? {} : { url: doors.url }),
    hasConsole: app?.hasConsole ?? false,
    auth,
    async stop() {
      await Promise.all([doors?.close(), app?.close()]);
      // What the stream has in hand may still enqueue.
      await stream?.stop();
      await jobs?.stop();
      await unfollow?.();
      await installation.close();
      removeOperatorFile(settings.dataDir, key);
    },
  };
}

function startStream({ settings, world }: Installation, jobs: Jobs, log: Log): StreamWorker {
  const { natsUrl, streamName } = settings;
  const worker = new StreamWorker(world, {
    open: natsUrl === undefined ? openMemoryStream : natsStream(natsUrl, streamName),
    subscribers: [
      ...modulesOf(settings, world.exchange).flatMap((one) => one.subscribers ?? []),
      runSubscriber((job, data, rest) => jobs.enqueue(job, data, rest)),
    ],
    log,
  });
  worker.start();
  return worker;
}

function openOurJobs({ settings, world }: Installation, auth: AuthService, log: Log) {
  const recurring = [
    ...platformTasks(auth, log),
    anchorTask(settings.dataDir),
    certificateTask,
    namesTask,
    draftsTask,
    documentsTask,
  ];
  return openJobs(world, { jobs: [makeDocuments], recurring, log });
}

async function listen(app: App, { host, port, probePort }: Settings): Promise<Doors> {
  const probes = probePort === 0 ? {} : { probePort };
  try {
    return await openDoors(app, { host, port, ...probes });
  } catch (error) {
    await app.close();
    const { code, port: taken = port } = error as NodeJS.ErrnoException & { port?: number };
    if (code !== 'EADDRINUSE') throw error;
    throw new AppError('PORT_TAKEN', { host, port: taken }, { cause: error });
  }
}
