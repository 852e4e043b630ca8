import { AppError } from '@cairn/kernel';
import { Type } from 'typebox';
import { expect, it, vi } from 'vitest';
import { AuthService } from './auth/service.ts';
import { systemClock } from './clock.ts';
import { loadSettings } from './config.ts';
import { createLog } from './log.ts';
import { defineJob, type Jobs, openJobs, type RecurringTask } from './jobs.ts';
import { dispatchOutbox, type Subscriber } from './outbox.ts';
import { platformTasks } from './tasks.ts';
import { describeEachDb, testWorld } from './testing.ts';
import { work } from './work.ts';

const log = createLog('silent');
const closed = { additionalProperties: false };
const Data = Type.Object({ n: Type.Integer() }, closed);

describeEachDb('jobs', (opened) => {
  const ran: number[] = [];
  const failing = new Map<number, number>();
  const count = defineJob('test.count', Data, async (_world, { n }) => {
    const failures = failing.get(n) ?? 0;
    failing.set(n, failures - 1);
    if (failures > 0) throw new AppError('OVERLOADED', { name: 'canary' });
    ran.push(n);
  });

  const open = (recurring: readonly RecurringTask[] = []): Promise<Jobs> =>
    openJobs(testWorld(opened().db), { jobs: [count], recurring, log, pollSeconds: 0.5 });

  it('are enqueued with the transaction or not at all, and once per key', async () => {
    const jobs = await open();
    const { db } = opened();
    await db.tx(async (tx) => {
      expect(await jobs.enqueue(count, { n: 1 }, { tx, key: 'one' })).toBe(true);
    });
    expect(await jobs.enqueue(count, { n: 1 }, { key: 'one' })).toBe(false);
    const undone = db.tx(async (tx) => {
      await jobs.enqueue(count, { n: 2 }, { tx });
      throw new Error('rolled back');
    });
    await expect(undone).rejects.toThrow('rolled back');
    await jobs.stop();
  });

  it('survive a restart, are tried again after a failure, and keep no words of the failure', async () => {
    failing.set(3, 1);
    const before = await open();
    await before.enqueue(count, { n: 3 });
    await before.stop();
    const jobs = await open();
    await jobs.start();
    await vi.waitFor(() => expect(ran.toSorted((a, b) => a - b)).toEqual([1, 3]), {
      timeout: 30_000,
      interval: 100,
    });
    await jobs.stop();
    const kept = JSON.stringify(await opened().db.query('select data, output from pgboss.job'));
    expect(kept).not.toContain('canary');
  });

  it('refuse data that does not fit and jobs nobody registered', async () => {
    const jobs = await open();
    await expect(jobs.enqueue(count, { n: 0.5 })).rejects.toThrow('fits its schema');
    const stranger = defineJob('test.stranger', Data, async () => undefined);
    await expect(jobs.enqueue(stranger, { n: 1 })).rejects.toThrow('is registered');
    expect(() => defineJob('Bad name', Data, async () => undefined)).toThrow('module.verb');
    await jobs.stop();
  });

  it('come back in one process at a time', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const task: RecurringTask = {
      name: 'test.recurring',
      everySeconds: 1,
      async run() {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 50));
        running -= 1;
        runs += 1;
      },
    };
    const first = await open([task]);
    const second = await open([task]);
    await Promise.all([first.start(), second.start()]);
    await vi.waitFor(() => expect(runs).toBeGreaterThanOrEqual(2), {
      timeout: 20_000,
      interval: 100,
    });
    await Promise.all([first.stop(), second.stop()]);
    expect(most).toBe(1);
  });

  it('deliver events and forget ended sessions by themselves', async () => {
    const world = testWorld(opened().db);
    const auth = new AuthService(world, loadSettings({}), systemClock);
    const seen: string[] = [];
    const subscriber: Subscriber = {
      name: 'test',
      topic: 'test.told',
      async handle(_world, event) {
        seen.push(event.key);
      },
    };
    await work(world, [3], async ({ emit }) => {
      emit({ bucket: 3, topic: 'test.told', key: 'k', payload: {} });
    });
    const jobs = await open(platformTasks(auth, [subscriber], log));
    await jobs.start();
    await vi.waitFor(() => expect(seen).toEqual(['k']), { timeout: 20_000, interval: 50 });
    await jobs.stop();
    const rows = await opened().db.query<{ name: string }>(
      'select name from platform.recurring_tasks order by name',
    );
    expect(rows.map((row) => row.name)).toEqual(expect.arrayContaining(['platform.outbox']));
  });
});

describeEachDb('the outbox', (opened) => {
  it('delivers in order per bucket, again after a failure, and does not stop the others', async () => {
    const world = testWorld(opened().db);
    for (const [bucket, key] of [
      [1, 'a'],
      [2, 'b'],
      [1, 'c'],
      [2, 'd'],
      [1, 'e'],
    ] as const) {
      await work(world, [bucket], async ({ emit }) => {
        emit({ bucket, topic: 'test.happened', key, payload: { key } });
        emit({ bucket, topic: 'test.ignored', key, payload: {} });
      });
    }
    const seen: string[] = [];
    let broken = true;
    const subscriber: Subscriber = {
      name: 'test',
      topic: 'test.happened',
      async handle(_world, event) {
        if (event.key === 'c' && broken) throw new Error('not now');
        seen.push(`${event.bucket}${event.key}${String(event.payload['key'])}`);
      },
    };
    const first = await dispatchOutbox(world, [subscriber], log);
    expect(first).toEqual({ delivered: 6, stoppedBuckets: 1 });
    expect(seen).toEqual(['1aa', '2bb', '2dd']);
    broken = false;
    expect(await dispatchOutbox(world, [subscriber], log)).toEqual({
      delivered: 4,
      stoppedBuckets: 0,
    });
    expect(seen).toEqual(['1aa', '2bb', '2dd', '1cc', '1ee']);
    expect(await dispatchOutbox(world, [subscriber], log)).toEqual({
      delivered: 0,
      stoppedBuckets: 0,
    });
  });

  it('delivers everything that waits, however much a stopped bucket holds back', async () => {
    const world = testWorld(opened().db);
    const many = 1_200;
    for (const [bucket, count] of [
      [1, many],
      [2, many],
    ] as const) {
      await work(world, [bucket], async ({ emit }) => {
        for (let n = 0; n < count; n += 1) {
          emit({ bucket, topic: 'test.happened', key: `${n}`, payload: {} });
        }
      });
    }
    const seen: string[] = [];
    const subscriber: Subscriber = {
      name: 'test',
      topic: 'test.happened',
      async handle(_world, { bucket, key }) {
        if (bucket === 1) throw new Error('not now');
        seen.push(key);
      },
    };
    const outcome = await dispatchOutbox(world, [subscriber], log);
    expect(outcome).toEqual({ delivered: many, stoppedBuckets: 1 });
    expect(seen).toEqual(Array.from({ length: many }, (_, n) => `${n}`));
  });
});
