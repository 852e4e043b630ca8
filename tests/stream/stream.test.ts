/*
 * What every stream must do for the outbox and its consumers, on PostgreSQL: each committed event
 * takes effect once, in order per bucket, whatever is told twice, late, out of order or lost, and
 * whatever dies. The stream in memory and NATS JetStream pass the same suite.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vi } from 'vitest';
import { findNats } from '../../scripts/find-nats.ts';
import { createLog } from '../../server/src/platform/log.ts';
import { openMemoryStream } from '../../server/src/platform/memory-stream.ts';
import { natsStream } from '../../server/src/platform/nats-stream.ts';
import {
  consumeWaiting,
  publishWaiting,
  rebuildIfLost,
  StreamWorker,
  sweep,
  type Subscriber,
} from '../../server/src/platform/outbox.ts';
import type { EventStream, OpenStream } from '../../server/src/platform/stream.ts';
import {
  openTestPostgres,
  postgresAnswers,
  type TestDatabase,
  testWorld,
} from '../../server/src/platform/testing.ts';
import { work } from '../../server/src/platform/work.ts';
import { Broker } from './broker.ts';

if (process.env['CI'] === 'true' && findNats() === undefined) {
  throw new Error('CI=true and there is no nats-server; scripts/test.mjs installs it');
}

const log = createLog('silent');

interface Kind {
  open: OpenStream;
  /** The broker dies and comes back, with or without what it had stored. */
  restart(hasStore: boolean): Promise<void>;
  stop(): Promise<void>;
}

async function memoryKind(): Promise<Kind> {
  return { open: openMemoryStream, restart: async () => {}, stop: async () => {} };
}

async function natsKind(): Promise<Kind> {
  const broker = await Broker.start();
  return {
    // A new connection each time, to whatever the broker has.
    open: (consumers) => natsStream(broker.url, 'TEST')(consumers),
    async restart(hasStore) {
      await broker.kill();
      if (!hasStore) broker.loseStore();
      await broker.start();
    },
    stop: () => broker.stop(),
  };
}

describe.each([
  ['memory', memoryKind, true],
  ['NATS', natsKind, findNats() !== undefined],
] as const)('the stream: %s', (name, makeKind, isThere) => {
  describe.skipIf(!isThere || !postgresAnswers)('on postgres', () => {
    let kind: Kind;
    let database: TestDatabase;
    let world: ReturnType<typeof testWorld>;
    let number = 0;
    beforeAll(async () => {
      kind = await makeKind();
      database = await openTestPostgres(8);
      world = testWorld(database.db);
      await database.db.script(
        `create table if not exists platform.stream_test
           (n int8 generated always as identity, consumer text, bucket int2, key text)`,
      );
    });
    afterAll(async () => {
      await database?.drop();
      await kind?.stop();
    });

    /** A consumer of its own that writes down what it did, and may fail. */
    function consumer(consumerName: string, failing: { key?: string } = {}): Subscriber {
      return {
        name: consumerName,
        topics: ['test.happened'],
        async handle(tx, events) {
          for (const { bucket, key } of events) {
            await tx.query(
              'insert into platform.stream_test (consumer, bucket, key) values ($1, $2, $3)',
              [consumerName, bucket, key],
            );
            if (key === failing.key) throw new Error('not now');
          }
        },
      };
    }
    const didOf = async (consumerName: string, bucket: number): Promise<string[]> => {
      const rows = await world.db.query<{ key: string }>(
        'select key from platform.stream_test where consumer = $1 and bucket = $2 order by n',
        [consumerName, bucket],
      );
      return rows.map((row) => row.key);
    };
    async function happen(bucket: number, ...keys: string[]): Promise<void> {
      for (const key of keys) {
        await work(world, [bucket], async ({ emit }) => {
          emit({ bucket, topic: 'test.happened', key, payload: { key } });
          emit({ bucket, topic: 'test.ignored', key, payload: {} });
        });
      }
    }
    async function opened(...names: string[]): Promise<EventStream> {
      const stream = await kind.open(names);
      await rebuildIfLost(world, stream, names);
      return stream;
    }
    const consume = (stream: EventStream, subscriber: Subscriber) =>
      consumeWaiting(world, stream, subscriber, { log, waitMs: 100 });
    /** Takes until nothing comes any more. */
    async function consumeAll(stream: EventStream, subscriber: Subscriber): Promise<void> {
      while ((await consume(stream, subscriber)) > 0);
    }
    const fresh = () => `c${(number += 1)}`;

    test('each event takes effect once and in order; a rolled back one never', async () => {
      const mine = consumer(fresh());
      const stream = await opened(mine.name);
      await happen(1, 'a', 'b');
      await happen(2, 'x');
      const undone = work(world, [1], async ({ emit }) => {
        emit({ bucket: 1, topic: 'test.happened', key: 'never', payload: {} });
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      expect(await publishWaiting(world, stream)).toBeGreaterThanOrEqual(6);
      expect(await publishWaiting(world, stream)).toBe(0);
      await consumeAll(stream, mine);
      expect([await didOf(mine.name, 1), await didOf(mine.name, 2)]).toEqual([['a', 'b'], ['x']]);
      await stream.close();
    });

    test('what is told again, beyond any window and out of order, changes nothing', async () => {
      const mine = consumer(fresh());
      const stream = await opened(mine.name);
      await happen(3, 'a', 'b', 'c');
      await publishWaiting(world, stream);
      await consumeAll(stream, mine);
      const rows = await world.db.query<{ event_id: bigint }>(
        'select event_id from platform.outbox where bucket = 3 order by event_id desc',
      );
      // Repetitions that the stream itself would drop get no message id of their own: another topic.
      await stream.publish(
        rows.map(({ event_id: eventId }, n) => ({
          eventId,
          bucket: 3,
          key: 'k',
          payload: {},
          topic: `test.again-${n}`,
        })),
      );
      await consumeAll(stream, mine);
      expect(await didOf(mine.name, 3)).toEqual(['a', 'b', 'c']);
      await stream.close();
    });

    test('a newer event that arrives first brings the older ones along', async () => {
      const mine = consumer(fresh());
      const stream = await opened(mine.name);
      await happen(4, 'a', 'b', 'c');
      const rows = await world.db.query<{ event_id: bigint }>(
        'select max(event_id) as event_id from platform.outbox where bucket = 4',
      );
      const [{ event_id: eventId } = { event_id: 0n }] = rows;
      await stream.publish([{ eventId, bucket: 4, topic: 'test.happened', key: 'c', payload: {} }]);
      await consumeAll(stream, mine);
      expect(await didOf(mine.name, 4)).toEqual(['a', 'b', 'c']);
      await publishWaiting(world, stream);
      await consumeAll(stream, mine);
      expect(await didOf(mine.name, 4)).toEqual(['a', 'b', 'c']);
      await stream.close();
    });

    test('a failing event stops its bucket, leaves no half effect, and is told again', async () => {
      const failing: { key?: string } = { key: 'b' };
      const mine = consumer(fresh(), failing);
      const stream = await opened(mine.name);
      await happen(5, 'a', 'b');
      await happen(6, 'x');
      await publishWaiting(world, stream);
      await consume(stream, mine);
      expect([await didOf(mine.name, 5), await didOf(mine.name, 6)]).toEqual([[], ['x']]);
      delete failing.key;
      await vi.waitFor(async () => {
        await consume(stream, mine);
        expect(await didOf(mine.name, 5)).toEqual(['a', 'b']);
      }, 60_000);
      await stream.close();
    });

    test('what the stream forgot is done all the same', async () => {
      const mine = consumer(fresh());
      await happen(11, 'a', 'b');
      await sweep(world, mine, { log });
      await sweep(world, mine, { log });
      expect(await didOf(mine.name, 11)).toEqual(['a', 'b']);
    });

    test('what somebody took who died is done by the next, who does not wait to be told again', async () => {
      const mine = consumer(fresh());
      const dying = await opened(mine.name);
      await happen(12, 'a', 'b');
      await publishWaiting(world, dying);
      expect(await dying.take(mine.name, 1_000, 1_000)).not.toEqual([]);
      await dying.close();
      const worker = new StreamWorker(world, { open: kind.open, subscribers: [mine], log });
      worker.start();
      // Before the broker would tell it again, which it does after 30 s.
      await vi.waitFor(async () => expect(await didOf(mine.name, 12)).toEqual(['a', 'b']), 20_000);
      await worker.stop();
    });

    test.each([
      ['with its store', true],
      ['without its store', false],
    ])('a broker that dies and comes back %s loses nothing', async (_how, hasStore) => {
      const mine = consumer(fresh());
      const worker = new StreamWorker(world, { open: kind.open, subscribers: [mine], log });
      worker.start();
      await happen(7, 'a');
      await vi.waitFor(async () => expect(await didOf(mine.name, 7)).toContain('a'), 60_000);
      const before = await opened(`${mine.name}-late`);
      await happen(7, 'b');
      await publishWaiting(world, before).catch(() => undefined);
      await before.close();
      await kind.restart(hasStore);
      await happen(7, 'c');
      await vi.waitFor(
        async () => expect((await didOf(mine.name, 7)).slice(-3)).toEqual(['a', 'b', 'c']),
        { timeout: 90_000, interval: 200 },
      );
      await worker.stop();
      const did = await didOf(mine.name, 7);
      expect(did.filter((key) => key === 'c')).toHaveLength(hasStore ? 1 : 2);
    });

    test('two workers share the work: everything once', async () => {
      const mine = consumer(fresh());
      const keys = Array.from({ length: 60 }, (_, n) => `k${n}`);
      const workers = [0, 1].map(
        () => new StreamWorker(world, { open: kind.open, subscribers: [mine], log }),
      );
      if (name === 'memory') workers.pop();
      for (const worker of workers) worker.start();
      await Promise.all([8, 9, 10].map((bucket) => happen(bucket, ...keys)));
      await vi.waitFor(
        async () => {
          for (const bucket of [8, 9, 10]) expect(await didOf(mine.name, bucket)).toEqual(keys);
        },
        { timeout: 90_000, interval: 200 },
      );
      await Promise.all(workers.map((worker) => worker.stop()));
      for (const bucket of [8, 9, 10]) expect(await didOf(mine.name, bucket)).toEqual(keys);
    });
  });
});
