import { expect, it, vi } from 'vitest';
import { createLog } from './log.ts';
import { openMemoryStream } from './memory-stream.ts';
import { consumeWaiting, publishWaiting, StreamWorker, type Subscriber, sweep } from './outbox.ts';
import { describeEachDb, type TestDatabase, testWorld } from './testing.ts';
import { work } from './work.ts';

const log = createLog('silent');

/** Writes down what it is told, also of what is rolled back, and refuses some. */
function listener(name: string, refuses: (key: string, bucket: number) => boolean = () => false) {
  const seen: string[] = [];
  const subscriber: Subscriber = {
    name,
    topics: ['test.happened'],
    async handle(_tx, events) {
      const told: string[] = [];
      for (const { bucket, key, payload } of events) {
        if (refuses(key, bucket)) throw new Error('not now');
        told.push(`${bucket}${key}${String(payload['key'])}`);
      }
      seen.push(...told);
    },
  };
  return { subscriber, seen };
}

function happen(opened: TestDatabase, bucket: number, ...keys: string[]) {
  return work(testWorld(opened.db), [bucket], async ({ emit }) => {
    for (const key of keys) {
      emit({ bucket, topic: 'test.happened', key, payload: { key } });
      emit({ bucket, topic: 'test.ignored', key, payload: {} });
    }
  });
}

describeEachDb('the outbox', (opened) => {
  it('is emptied by a worker as events come', async () => {
    const { subscriber, seen } = listener('alone');
    const worker = new StreamWorker(testWorld(opened().db), {
      open: openMemoryStream,
      subscribers: [subscriber],
      log,
    });
    worker.start();
    await happen(opened(), 3, 'k');
    await vi.waitFor(() => expect(seen).toEqual(['3kk']), { timeout: 20_000, interval: 50 });
    await worker.stop();
    const [waiting] = await opened().db.query<{ n: number }>(
      'select count(*)::int4 as n from platform.outbox where delivered_at is null',
    );
    expect(waiting?.n).toBe(0);
  });

  it('ends soon when it is stopped, however much waits, and the next goes on from there', async () => {
    const keys = Array.from({ length: 900 }, (_, i) => `${i}`);
    for (const bucket of [31, 32, 33]) await happen(opened(), bucket, ...keys);
    const { subscriber, seen } = listener('behind');
    const stopped = Promise.withResolvers<void>();
    let worker: StreamWorker;
    const stopping: Subscriber = {
      ...subscriber,
      async handle(tx, events) {
        await subscriber.handle(tx, events);
        void worker.stop().then(stopped.resolve);
      },
    };
    const work = (one: Subscriber) => {
      worker = new StreamWorker(testWorld(opened().db), {
        open: openMemoryStream,
        subscribers: [one],
        log,
      });
      worker.start();
    };
    work(stopping);
    await stopped.promise;
    const told = keys.map((key) => `${key}${key}`);
    const heardOf = (bucket: number) =>
      seen.filter((one) => one.startsWith(`${bucket}`)).map((one) => one.slice(2));
    const heard = () => [31, 32, 33].map(heardOf);
    expect(heard()).not.toEqual([told, told, told]);
    work(subscriber);
    await vi.waitFor(() => expect(heard()).toEqual([told, told, told]), { timeout: 20_000 });
    await worker!.stop();
  });

  it('delivers in order per bucket, again after a failure, and does not stop the others', async () => {
    const world = testWorld(opened().db);
    let isBroken = true;
    const { subscriber, seen } = listener('ordered', (key) => isBroken && key === 'c');
    for (const [bucket, key] of [
      [11, 'a'],
      [12, 'b'],
      [11, 'c'],
      [12, 'd'],
      [11, 'e'],
    ] as const) {
      await happen(opened(), bucket, key);
    }
    const stream = await openMemoryStream([subscriber.name]);
    await publishWaiting(world, stream);
    const consume = () => consumeWaiting(world, stream, subscriber, { log, waitMs: 2_000 });
    expect(await consume()).toBe(10);
    expect(seen.filter((one) => /^1[12]/.test(one))).toEqual(['12bb', '12dd']);
    isBroken = false;
    // What failed is told again a moment later, by itself.
    await vi.waitFor(async () => {
      await consume();
      expect(seen.filter((one) => /^1[12]/.test(one))).toEqual([
        '12bb',
        '12dd',
        '11aa',
        '11cc',
        '11ee',
      ]);
    }, 20_000);
    await sweep(world, subscriber, { log });
    expect(seen.filter((one) => /^1[12]/.test(one))).toHaveLength(5);
    await stream.close();
  });

  it('delivers everything that waits, however much a stopped bucket holds back', async () => {
    const world = testWorld(opened().db);
    const many = Array.from({ length: 2_400 }, (_, n) => `${n}`);
    await happen(opened(), 21, ...many);
    await happen(opened(), 22, ...many);
    const heard = listener('heard', (_key, bucket) => bucket === 21);
    const stream = await openMemoryStream([heard.subscriber.name]);
    expect(await publishWaiting(world, stream)).toBe(4 * many.length);
    // A page of words is taken at a time; the first of the stopped bucket come back meanwhile.
    for (let taken = 0; taken < 4 * many.length; ) {
      taken += await consumeWaiting(world, stream, heard.subscriber, { log, waitMs: 2_000 });
    }
    expect(heard.seen.filter((one) => one.startsWith('22'))).toEqual(
      many.map((key) => `22${key}${key}`),
    );
    // The same when no word came at all.
    const swept = listener('swept', (_key, bucket) => bucket === 21);
    await sweep(world, swept.subscriber, { log });
    expect(swept.seen.filter((one) => one.startsWith('22'))).toEqual(
      many.map((key) => `22${key}${key}`),
    );
    expect(swept.seen.filter((one) => one.startsWith('21'))).toEqual([]);
    await stream.close();
  });
});
