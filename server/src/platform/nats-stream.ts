/**
 * The stream on NATS JetStream, kept in files by the broker. A connection that fails is not mended
 * here: the worker opens a new stream, which also finds out whether the store is still the same.
 */
import { checkServerIdentity, type ConnectionOptions, type PeerCertificate } from 'node:tls';
import {
  AckPolicy,
  jetstream,
  jetstreamManager,
  type JsMsg,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import {
  connect,
  type NatsConnection,
  nanos,
  type NodeConnectionOptions,
} from '@nats-io/transport-node';
import type { Delivery, EventStream, OpenStream, StreamedEvent } from './stream.ts';

/** Two minutes: within it the broker drops repetitions itself. */
const DUPLICATE_WINDOW_MS = 120_000;
const ACK_WAIT_MS = 30_000;
const REQUEST_MS = 5_000;
const AGAIN_MS = 250;
const IN_FLIGHT = 256;
/** A pull may not ask for less. */
const WAIT_MIN_MS = 1_000;

interface Word {
  readonly bucket: number;
  readonly eventId: string;
}

function deliveryOf(message: JsMsg): Delivery {
  const { bucket, eventId } = message.json<Word>();
  return {
    bucket,
    eventId: BigInt(eventId),
    done: () => message.ack(),
    again: () => message.nak(AGAIN_MS),
  };
}

async function ensure(connection: NatsConnection, name: string, consumers: readonly string[]) {
  const manager = await jetstreamManager(connection, { timeout: REQUEST_MS });
  const { created } = await manager.streams.add({
    name,
    subjects: [`${name}.>`],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
  });
  for (const consumer of consumers) {
    await manager.consumers.add(name, {
      durable_name: consumer,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ACK_WAIT_MS),
      max_ack_pending: 4_000,
    });
  }
  return created;
}

/**
 * Refuses a certificate that is of none of the hosts we were told to speak to. The client has no
 * name for a host that is given by its number, and would ask for a certificate of `localhost`.
 */
function identityOf(
  urls: readonly URL[],
): NonNullable<NodeConnectionOptions['tls']> & Pick<ConnectionOptions, 'checkServerIdentity'> {
  const hosts = urls.map(({ hostname }) => hostname.replace(/^\[|\]$/g, ''));
  return {
    rejectUnauthorized: true,
    checkServerIdentity(_host: string, certificate: PeerCertificate) {
      const faults = hosts.map((host) => checkServerIdentity(host, certificate));
      return faults.includes(undefined) ? undefined : faults[0];
    },
  };
}

/** What a list of addresses asks for: who we are, and TLS for all when one has it. */
function optionsOf(servers: string): NodeConnectionOptions {
  const urls = servers.split(',').map((one) => new URL(one));
  const [{ username, password } = { username: '', password: '' }] = urls;
  return {
    servers: urls.map(({ host }) => host),
    ...(username === ''
      ? {}
      : { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
    ...(urls.some(({ protocol }) => protocol === 'tls:') ? { tls: identityOf(urls) } : {}),
    reconnect: false,
    timeout: REQUEST_MS,
  };
}

/** Opens the stream of this name on the broker, made when it is not there. */
export function natsStream(servers: string, name: string): OpenStream {
  return async (consumers): Promise<EventStream> => {
    const connection = await connect(optionsOf(servers));
    try {
      const identity = await ensure(connection, name, consumers);
      const client = jetstream(connection, { timeout: REQUEST_MS });
      const store = async ({ bucket, eventId, topic, key, payload }: StreamedEvent) => {
        const body = { bucket, eventId: String(eventId), topic, key, payload };
        const options = { msgID: String(eventId), expect: { streamName: name } };
        await client.publish(`${name}.${bucket}.${topic}`, JSON.stringify(body), options);
      };
      return {
        identity,
        async publish(events) {
          for (let from = 0; from < events.length; from += IN_FLIGHT) {
            await Promise.all(events.slice(from, from + IN_FLIGHT).map(store));
          }
        },
        async take(consumer, max, waitMs) {
          const pull = await client.consumers.get(name, consumer);
          const deliveries: Delivery[] = [];
          // What is there comes at once; only when nothing is, the first is waited for.
          const first = await pull.next({ expires: Math.max(waitMs, WAIT_MIN_MS) });
          if (first === null) return deliveries;
          deliveries.push(deliveryOf(first));
          const { num_pending } = await pull.info();
          const more = Math.min(max - 1, num_pending);
          if (more === 0) return deliveries;
          const messages = await pull.fetch({ max_messages: more, expires: WAIT_MIN_MS });
          for await (const message of messages) deliveries.push(deliveryOf(message));
          return deliveries;
        },
        close: () => connection.close(),
      };
    } catch (error) {
      await connection.close();
      throw error;
    }
  };
}
