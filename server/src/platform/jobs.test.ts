import { AppError } from '@cairn/kernel';
import { Type } from 'typebox';
import { expect, it, vi } from 'vitest';
import { createLog } from './log.ts';
import { defineJob, type Jobs, openJobs, type RecurringTask } from './jobs.ts';
import { describeEachDb, testWorld } from './testing.ts';

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
});
