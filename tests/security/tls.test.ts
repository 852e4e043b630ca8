/**
 * The links to the database and to NATS, statement 33: what is to be encrypted is not sent in clear
 * to a server that says it cannot, nor encrypted to one that nobody vouches for.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates, TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findNats } from '../../scripts/find-nats.ts';
import { openDb } from '../../server/src/platform/db.ts';
import { natsStream } from '../../server/src/platform/nats-stream.ts';
import { Broker } from '../stream/broker.ts';

const USER = 'canary-user';

interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** A certificate that only its own file vouches for; undefined without openssl. */
function makeCertificate(folder: string, name: string, host: string): Certificate | undefined {
  const key = join(folder, `${name}.key`);
  const cert = join(folder, `${name}.crt`);
  try {
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
        .concat(['-keyout', key, '-out', cert, '-days', '2', '-subj', `/CN=${name}`])
        .concat(['-addext', `subjectAltName=${host}`]),
      { stdio: 'ignore' },
    );
  } catch {
    return undefined;
  }
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

const folder = mkdtempSync(join(tmpdir(), 'cairn-test-tls-'));
const certificate = makeCertificate(folder, 'server', 'IP:127.0.0.1');
afterAll(() => rmSync(folder, { recursive: true }));

/** A database that answers the wish for TLS and notes what it is told after that; it then hangs up. */
class Listener {
  readonly heard: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(answer: 'S' | 'N') {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', (first) => {
        const isWish = first.length === 8 && first.readUInt32BE(4) === 80_877_103;
        if (!isWish) this.#hear(first, socket);
        else if (answer === 'N') {
          socket.on('data', (bytes) => this.#hear(bytes, socket));
          socket.write('N');
        } else {
          socket.write('S');
          const secure = new TLSSocket(socket, { isServer: true, ...certificate });
          secure.on('error', () => undefined);
          secure.on('data', (bytes) => this.#hear(bytes, socket));
        }
      });
    });
  }

  #hear(bytes: Buffer, socket: Socket): void {
    this.heard.push(bytes.toString('latin1'));
    socket.destroy();
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => void this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}

describe.skipIf(certificate === undefined)('the link to the database', () => {
  const plain = new Listener('N');
  const secure = new Listener('S');
  const ports = { plain: 0, secure: 0 };

  beforeAll(async () => {
    ports.plain = await plain.open();
    ports.secure = await secure.open();
  });
  afterAll(() => {
    plain.close();
    secure.close();
  });

  /** What a listener hears when the program opens its database there, which never succeeds. */
  async function heardBy(where: 'plain' | 'secure', parameters: string): Promise<string> {
    const listener = where === 'plain' ? plain : secure;
    const before = listener.heard.length;
    const url = `postgres://${USER}:canary-password@127.0.0.1:${ports[where]}/cairn?${parameters}`;
    await expect(openDb({ url, poolSize: 1 })).rejects.toThrow();
    return listener.heard.slice(before).join();
  }

  test.each(['require', 'verify-ca', 'verify-full', 'prefer'])(
    'with sslmode=%s says nothing to a server without TLS or with a certificate of nobody',
    async (mode) => {
      expect(await heardBy('plain', `sslmode=${mode}`)).toBe('');
      expect(await heardBy('secure', `sslmode=${mode}`)).toBe('');
    },
  );

  test('speaks where it is asked to: in clear, or under a certificate that is vouched for', async () => {
    expect(await heardBy('plain', 'sslmode=disable')).toContain(USER);
    const vouched = `sslmode=verify-full&sslrootcert=${join(folder, 'server.crt')}`;
    expect(await heardBy('secure', vouched)).toContain(USER);
    expect(await heardBy('secure', `${vouched}&host=localhost`)).toBe('');
  });
});

const canTestNats = certificate !== undefined && findNats() !== undefined;
if (!canTestNats) console.log('Without openssl and nats-server the link to NATS is not tested.');

describe.skipIf(!canTestNats)('the link to NATS', () => {
  const own = getCACertificates('default');
  const brokers: Broker[] = [];
  afterAll(async () => {
    setDefaultCACertificates(own);
    for (const broker of brokers) await broker.stop();
  });

  /** Starts a broker that lets nobody in without TLS, under the certificate of this name. */
  async function secureBroker(name: string): Promise<Broker> {
    const at = (end: string) => JSON.stringify(join(folder, `${name}.${end}`));
    const broker = await Broker.start(`tls { cert_file: ${at('crt')}, key_file: ${at('key')} }`);
    brokers.push(broker);
    return broker;
  }

  async function connect(host: string, port: number): Promise<void> {
    const open = natsStream(`tls://${USER}:canary-password@${host}:${port}`, 'TEST');
    await (await open([])).close();
  }

  const trust = (...more: readonly string[]) =>
    setDefaultCACertificates([
      ...own,
      ...more.map((name) => readFileSync(join(folder, `${name}.crt`), 'utf8')),
    ]);

  test('with tls:// is opened only to a certificate that is vouched for', async () => {
    const { port } = await secureBroker('server');
    await expect(connect('127.0.0.1', port)).rejects.toThrow('self-signed certificate');
    makeCertificate(folder, 'other', 'IP:127.0.0.1');
    trust('other');
    await expect(connect('127.0.0.1', port)).rejects.toThrow('self-signed certificate');
    trust('server');
    await connect('127.0.0.1', port);
  });

  test('with tls:// is opened only to the host that the certificate names', async () => {
    makeCertificate(folder, 'host', 'DNS:localhost');
    const { port } = await secureBroker('host');
    trust('host');
    await connect('localhost', port);
    await expect(connect('127.0.0.1', port)).rejects.toThrow(/does not match certificate/);
  });

  test('with tls:// says nothing to a server without TLS', async () => {
    const heard: string[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (bytes) => {
        heard.push(bytes.toString('latin1'));
        socket.destroy();
      });
      const facts = { server_id: 'X', version: '2.9.10', headers: true, max_payload: 1_048_576 };
      socket.write(`INFO ${JSON.stringify(facts)}\r\n`);
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(connect('127.0.0.1', port)).rejects.toThrow("does not support 'tls'");
    expect(heard.join()).toBe('');
    // It does speak there when no TLS is asked for, so silence above is a decision.
    const open = natsStream(`nats://${USER}:canary-password@127.0.0.1:${port}`, 'TEST');
    await expect(open([])).rejects.toThrow();
    expect(heard.join()).toContain(USER);
    server.close();
  });
});
