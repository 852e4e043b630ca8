import { expect, test } from 'vitest';
import { Batcher } from './batcher.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('requests that arrive together are decided together, in order, each with its own answer', async () => {
  const batches: number[][] = [];
  const batcher = new Batcher<number, string>({
    lanes: 1,
    sizeMax: 50,
    waitMs: 5,
    queueMax: 100,
    bucketOf: () => 0,
    async handle(commands) {
      batches.push(commands);
      return commands.map((n) => `done ${n}`);
    },
  });
  const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => batcher.submit(n)));
  expect(answers[59]).toBe('done 59');
  expect(batches.map((b) => b.length)).toEqual([50, 10]);
  expect(batches.flat()).toEqual(Array.from({ length: 60 }, (_, n) => n));
});

test('nobody hears of a batch before it is settled, and the lane does not wait for that', async () => {
  const log: string[] = [];
  const settled: (() => void)[] = [];
  const batcher = new Batcher<number, number>({
    lanes: 1,
    sizeMax: 1,
    waitMs: 0,
    queueMax: 10,
    bucketOf: () => 0,
    async handle([n], tellAfter) {
      log.push(`decided ${n}`);
      tellAfter(new Promise((resolve) => settled.push(resolve)));
      return [n ?? 0];
    },
  });
  const answers = [1, 2].map(async (n) => log.push(`told ${await batcher.submit(n)}`));
  await pause(20);
  expect(log).toEqual(['decided 1', 'decided 2']);
  const idle = batcher.idle().then(() => log.push('idle'));
  for (const resolve of settled) resolve();
  await Promise.all([...answers, idle]);
  expect(log).toEqual(['decided 1', 'decided 2', 'told 1', 'told 2', 'idle']);
});

test('a batch that cannot be settled is told so to everybody in it', async () => {
  const batcher = new Batcher<number, number>({
    lanes: 1,
    sizeMax: 5,
    waitMs: 1,
    queueMax: 10,
    bucketOf: () => 0,
    async handle(commands, tellAfter) {
      tellAfter(Promise.reject(new Error('the disk is gone')));
      return commands;
    },
  });
  const told = await Promise.allSettled([batcher.submit(1), batcher.submit(2)]);
  expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('one lane has one batch in flight, other lanes go on beside it', async () => {
  let inFlight = 0;
  let most = 0;
  const perBucket = new Map<number, number>();
  const batcher = new Batcher<number, void>({
    lanes: 4,
    sizeMax: 5,
    waitMs: 1,
    queueMax: 1000,
    bucketOf: (n) => n % 4,
    async handle(commands) {
      const lane = (commands[0] ?? 0) % 4;
      perBucket.set(lane, (perBucket.get(lane) ?? 0) + 1);
      expect(perBucket.get(lane)).toBe(1);
      most = Math.max(most, ++inFlight);
      await pause(3);
      inFlight--;
      perBucket.set(lane, 0);
      return commands.map(() => undefined);
    },
  });
  await Promise.all(Array.from({ length: 200 }, (_, n) => batcher.submit(n)));
  expect(most).toBe(4);
});

test('a full queue answers at once and recovers by itself', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const batcher = new Batcher<number, number>({
    lanes: 1,
    sizeMax: 2,
    waitMs: 0,
    queueMax: 3,
    bucketOf: () => 0,
    async handle(commands) {
      await gate;
      return commands;
    },
  });
  const first = [batcher.submit(1), batcher.submit(2)];
  await pause(5);
  const waiting = [batcher.submit(3), batcher.submit(4), batcher.submit(5)];
  await expect(batcher.submit(6)).rejects.toMatchObject({
    code: 'OVERLOADED',
    details: { retryAfterSeconds: 1 },
  });
  release();
  expect(await Promise.all([...first, ...waiting])).toEqual([1, 2, 3, 4, 5]);
  expect(await batcher.submit(7)).toBe(7);
});

test('a batch that fails rejects its own commands and no others', async () => {
  const batcher = new Batcher<number, number>({
    lanes: 1,
    sizeMax: 1,
    waitMs: 0,
    queueMax: 10,
    bucketOf: () => 0,
    async handle([n]) {
      if (n === 2) throw new Error('broken batch');
      return [n ?? 0];
    },
  });
  const outcomes = await Promise.allSettled([1, 2, 3].map((n) => batcher.submit(n)));
  expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
