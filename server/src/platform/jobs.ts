/**
 * Work done later: jobs, which are enqueued with data, kept in the database, retried and survive
 * restarts; and recurring tasks, which one process at a time runs every so often.
 *
 * Jobs stand in pg-boss over our own database interface, so that a job is enqueued in the very
 * transaction of the change that needs it, on both databases.
 */
import { createHash, randomUUID } from 'node:crypto';
import { AppError, assert, epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import { PgBoss } from 'pg-boss';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Clock, systemClock } from './clock.ts';
import type { Db, Sql, Tx } from './db.ts';
import type { Log } from './log.ts';
import type { World } from './world.ts';

/** A kind of job: its name, the shape of its data and what it does. */
export interface JobDefinition {
  readonly name: string;
  readonly schema: TSchema;
  /** How often a failed job is tried again, with growing pauses. */
  readonly retryMax: number;
  /** After this long a running job counts as lost and is tried again. */
  readonly expireSeconds: number;
  run(world: World, data: unknown, jobId: string): Promise<void>;
}

/** A job definition that still knows the type of its data. */
export interface TypedJob<T> extends JobDefinition {
  /** Checks data against the schema. */
  check(data: T): boolean;
}

/**
 * Declares a kind of job. `run` may be called again for the same job after a crash or failure, so
 * what it does must bear repetition.
 */
export function defineJob<S extends TSchema>(
  name: string,
  schema: S,
  run: (world: World, data: Static<S>, jobId: string) => Promise<void>,
  options: { retryMax?: number; expireSeconds?: number } = {},
): TypedJob<Static<S>> {
  assert(/^[a-z][a-zA-Z]*\.[a-z][a-zA-Z-]*$/.test(name), `job ${name} is named module.verb`);
  const check = Compile(schema);
  return {
    name,
    schema,
    retryMax: options.retryMax ?? 5,
    expireSeconds: options.expireSeconds ?? 900,
    check: (data) => check.Check(data),
    async run(world, data, jobId) {
      // Data written by an older program may no longer fit; that is a failure, not a guess.
      assert(check.Check(data), `data of job ${name} ${jobId} fits its schema`);
      await run(world, data as Static<S>, jobId);
    },
  };
}

/** Something one process at a time does every so often. */
export interface RecurringTask {
  readonly name: string;
  readonly everySeconds: number;
  run(world: World): Promise<void>;
}

/** What runs in the background, and how to give it more. */
export interface Jobs {
  /**
   * Enqueues a job, inside `tx` when given: then it exists exactly when the transaction commits.
   * With a `key` the same job is enqueued once however often this is called. Returns whether it was
   * new.
   */
  enqueue<T extends object>(
    job: TypedJob<T>,
    data: T,
    options?: { tx?: Tx; key?: string },
  ): Promise<boolean>;
  /** Begins to run jobs and recurring tasks in this process. */
  start(): Promise<void>;
  /** Stops taking new work and waits for what runs. */
  stop(): Promise<void>;
}

/** What the jobs of a process consist of. */
export interface JobsOptions {
  readonly jobs: readonly JobDefinition[];
  readonly recurring: readonly RecurringTask[];
  readonly log: Log;
  /** Clock of leases and due times; the machine's by default. */
  readonly clock?: Clock;
  /** How often queues are looked at. */
  readonly pollSeconds?: number;
}

/** Opens the queues. Enqueueing works at once; running begins with `start`. */
export async function openJobs(world: World, options: JobsOptions): Promise<Jobs> {
  const { jobs, log } = options;
  const boss = new PgBoss({
    ...(world.db.kind === 'pglite' ? { backend: 'pglite' as const } : {}),
    schema: 'pgboss',
    db: sqlFor(world.db, world.db),
    schedule: false,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  });
  boss.on('error', (error) => log.error({ err: error }, 'job queue failed'));
  await boss.start();
  for (const job of jobs) await openQueue(boss, job);
  const ticker = new Ticker(world, options);
  return {
    async enqueue(job, data, { tx, key } = {}) {
      assert(
        jobs.some((known) => known.name === job.name),
        `job ${job.name} is registered`,
      );
      assert(job.check(data), `data of job ${job.name} fits its schema`);
      const id = await boss.send(job.name, data, {
        ...(key === undefined ? {} : { id: jobIdOf(job.name, key) }),
        ...(tx === undefined ? {} : { db: sqlFor(tx) }),
      });
      return id !== null;
    },
    async start() {
      for (const job of jobs) await work(boss, world, job, options);
      ticker.start();
    },
    async stop() {
      await ticker.stop();
      await boss.stop({ graceful: true, timeout: 20_000 });
    },
  };
}

const NO_JOB = '00000000-0000-0000-0000-000000000000';

async function openQueue(boss: PgBoss, job: JobDefinition): Promise<void> {
  const settings = {
    retryLimit: job.retryMax,
    retryDelay: 2,
    retryBackoff: true,
    expireInSeconds: job.expireSeconds,
  };
  await boss.createQueue(job.name, settings);
  await boss.updateQueue(job.name, settings);
  // Looking a queue up happens outside the caller's transaction, which our guard refuses; after any
  // read it stays in memory, so enqueueing inside a transaction never looks it up.
  await boss.findJobs(job.name, { id: NO_JOB });
}

function work(
  boss: PgBoss,
  world: World,
  job: JobDefinition,
  options: JobsOptions,
): Promise<string> {
  const { log, pollSeconds = 2 } = options;
  return boss.work(
    job.name,
    { batchSize: 1, pollingIntervalSeconds: pollSeconds },
    async (batch) => {
      for (const { id, data } of batch) {
        try {
          await job.run(world, data, id);
          log.info({ job: job.name, jobId: id }, 'job done');
        } catch (error) {
          log.error({ err: error, job: job.name, jobId: id }, 'job failed');
          // The queue keeps what is thrown; the log has the place, the database gets no personal data.
          throw new Error(error instanceof AppError ? error.code : 'failed, see the log', {
            cause: error,
          });
        }
      }
    },
  );
}

/** pg-boss's view of a database of ours; several statements at once need the whole database. */
function sqlFor(sql: Sql, whole?: Db) {
  return {
    async executeSql(text: string, values: unknown[] = []): Promise<{ rows: unknown[] }> {
      const isScript = values.length === 0 && /;\s*\S/.test(text.trim());
      if (!isScript) return { rows: await sql.query(text, values) };
      assert(whole !== undefined, 'no script runs inside a transaction');
      await whole.script(text);
      return { rows: [] };
    },
  };
}

/** The same id for the same job and key, in the form of a UUID. */
function jobIdOf(name: string, key: string): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([name, key]))
    .digest('hex');
  const variant = '89ab'[Number.parseInt(hex.slice(16, 17), 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const LEASE_MS = 60_000;
const TICK_MS = 250;

/** Runs recurring tasks when they are due and no other process holds them. */
class Ticker {
  private readonly world: World;
  private readonly options: JobsOptions;
  private readonly clock: Clock;
  private readonly holder = randomUUID();
  private readonly dueAtMs = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(world: World, options: JobsOptions) {
    this.world = world;
    this.options = options;
    this.clock = options.clock ?? systemClock;
  }

  start(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.running = this.pass().finally(() => this.start());
    }, TICK_MS);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async pass(): Promise<void> {
    for (const task of this.options.recurring) {
      if (this.isStopped) return;
      const nowMs = epochMsOf(this.clock.now());
      if (nowMs < (this.dueAtMs.get(task.name) ?? 0)) continue;
      this.dueAtMs.set(task.name, nowMs + task.everySeconds * 1_000);
      try {
        if (await this.take(task)) await this.runAndRelease(task);
      } catch (error) {
        this.options.log.error({ err: error, job: task.name }, 'recurring task failed');
      }
    }
  }

  private async take(task: RecurringTask): Promise<boolean> {
    const now = this.clock.now();
    const taken = await this.world.db.affected(
      `insert into platform.recurring_tasks as t (name, holder, lease_until, due_at)
       values ($1, $2, $3, $4::timestamptz)
       on conflict (name) do update set holder = excluded.holder, lease_until = excluded.lease_until
       where t.due_at <= $4::timestamptz and t.lease_until <= $4::timestamptz`,
      [task.name, this.holder, laterBy(now, LEASE_MS), now],
    );
    return taken === 1;
  }

  private async runAndRelease(task: RecurringTask): Promise<void> {
    try {
      await task.run(this.world);
    } finally {
      const now = this.clock.now();
      await this.world.db.affected(
        `update platform.recurring_tasks set lease_until = $3, due_at = $4
         where name = $1 and holder = $2`,
        [task.name, this.holder, now, laterBy(now, task.everySeconds * 1_000)],
      );
    }
  }
}

function laterBy(at: Instant, milliseconds: number): Instant {
  return instantFromEpochMs(epochMsOf(at) + milliseconds);
}
