/** Faults of the message broker and of what it tells: dead, robbed, cut off, telling again. */
import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { orderFlow } from '../../server/src/modules/trading/order-flow.ts';
import type { Db } from '../../server/src/platform/db.ts';
import type { Broker } from '../stream/broker.ts';
import { allDone, knownStream, untold } from './events.ts';
import { dice, type Fault, pause, until } from './fault.ts';
import { hurting } from './faults-network.ts';
import type { ProcessHouse } from './house.ts';
import type { Clients } from './ledger.ts';
import { DIRECTIONS, type Wire } from './wire.ts';

const STREAM = 'CAIRN';

/** A broker with the wire to it, and the database; nothing is seen where there is no broker. */
async function withBroker(
  house: ProcessHouse,
  use: (broker: Broker, wire: Wire, db: Db) => Promise<number>,
): Promise<number> {
  const { broker, brokerWire } = house;
  if (broker === undefined || brokerWire === undefined) return 0;
  return house.withDb((db) => use(broker, brokerWire, db));
}

/** Speaks to the broker as somebody of its own. */
async function speaking<T>(
  broker: Broker,
  use: (manager: JetStreamManager, connection: NatsConnection) => Promise<T>,
): Promise<T> {
  const connection = await connect({ servers: broker.url });
  try {
    return await use(await jetstreamManager(connection), connection);
  } finally {
    await connection.close();
  }
}

/** The broker is dead for a while, and something may be done to what it stored. */
const dies = (
  house: ProcessHouse,
  clients: Clients,
  act: (broker: Broker) => boolean = () => true,
): Promise<number> =>
  withBroker(house, async (broker, _wire, db) => {
    await broker.kill();
    // Orders are taken as always; what there is to tell of them waits.
    await clients.more(8, 60_000);
    const isDone = act(broker);
    const waiting = await untold(db);
    await broker.start();
    await allDone(db);
    return isDone && waiting.length > 0 ? 1 : 0;
  });

/** The stream is another one afterwards, and what was not done yet is told again. */
async function losingStream(
  house: ProcessHouse,
  lose: (broker: Broker) => Promise<unknown>,
): Promise<number> {
  return withBroker(house, async (broker, _wire, db) => {
    const before = await knownStream(db);
    await lose(broker);
    await until(
      'the stream is made again',
      async () => {
        await pause(50);
        return (await knownStream(db)) !== before;
      },
      60_000,
    );
    await allDone(db);
    return before === undefined ? 0 : 1;
  });
}

/** The broker forgets how far its consumer was, and tells it everything that it has once more. */
const tellsAll = (house: ProcessHouse): Promise<number> =>
  withBroker(house, (broker, _wire, db) =>
    speaking(broker, async (manager) => {
      await allDone(db);
      const { state } = await manager.streams.info(STREAM);
      await manager.consumers.delete(STREAM, orderFlow.name);
      await until(
        'all of it was told again',
        async () => {
          await pause(50);
          const consumer = await manager.consumers
            .info(STREAM, orderFlow.name)
            .catch(() => undefined);
          return (consumer?.ack_floor.consumer_seq ?? 0) >= state.messages;
        },
        60_000,
      );
      return state.messages > 0 ? 1 : 0;
    }),
  );

/** Somebody tells of events before the server does, the newest first, and all of them twice. */
const tellsBackwards = (house: ProcessHouse, clients: Clients): Promise<number> =>
  withBroker(house, (broker, wire, db) =>
    speaking(broker, async (_manager, connection) => {
      await allDone(db);
      wire.lines.up.isStopped = true;
      await clients.more(16, 60_000);
      const events = await untold(db);
      const client = jetstream(connection);
      for (const again of ['first', 'second']) {
        for (const { bucket, event_id: eventId } of events) {
          const word = JSON.stringify({ bucket, eventId: String(eventId) });
          await client.publish(`${STREAM}.${bucket}.told-${again}`, word);
        }
      }
      wire.heal();
      await allDone(db);
      return events.length > 1 ? 1 : 0;
    }),
  );

export const brokerFaults: readonly Fault[] = [
  { name: 'broker killed', group: 'message broker', run: (house, clients) => dies(house, clients) },
  {
    name: 'broker comes back without its store',
    group: 'message broker',
    run: (house) =>
      losingStream(house, async (broker) => {
        await broker.kill();
        broker.loseStore();
        await broker.start();
      }),
  },
  {
    name: 'broker comes back with a torn store',
    group: 'message broker',
    run: (house, clients) => dies(house, clients, (broker) => broker.tearStore() > 0),
  },
  {
    name: 'stream deleted on the broker',
    group: 'message broker',
    run: (house) =>
      losingStream(house, (broker) =>
        speaking(broker, (manager) => manager.streams.delete(STREAM)),
      ),
  },
  {
    name: 'broker stopped for a while',
    group: 'message broker',
    run: (house, clients) =>
      withBroker(house, async (broker, _wire, db) => {
        broker.signal('SIGSTOP');
        await clients.more(8, 60_000);
        await pause(dice.int(300, 1_500));
        const waiting = await untold(db);
        broker.signal('SIGCONT');
        await allDone(db);
        return waiting.length > 0 ? 1 : 0;
      }),
  },
  {
    name: 'connections to the broker cut',
    group: 'message broker',
    run: (house) =>
      withBroker(house, async (_broker, wire, db) => {
        let seen = 0;
        for (let n = 0; n < 3; n += 1) {
          if (wire.cut() > 0) seen += 1;
          await pause(dice.int(100, 1_500));
        }
        await allDone(db);
        return seen;
      }),
  },
  ...DIRECTIONS.map(
    (direction): Fault => ({
      name: `one-way partition, ${direction === 'up' ? 'to' : 'from'} the broker`,
      group: 'one-way partition',
      run: (house, clients) =>
        withBroker(house, (_broker, wire, db) =>
          hurting([wire], async () => {
            wire.lines[direction].isStopped = true;
            await clients.more(8, 60_000);
            await pause(dice.int(500, 1_500));
            wire.heal();
            await allDone(db);
          }),
        ),
    }),
  ),
  { name: 'every event told again', group: 'words repeated or out of order', run: tellsAll },
  {
    name: 'events told backwards, twice and before their time',
    group: 'words repeated or out of order',
    run: tellsBackwards,
  },
];
