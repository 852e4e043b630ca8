/**
 * The link to the database, statement 33: what is to be encrypted is not sent in clear to a server
 * that says it cannot, nor encrypted to one that nobody vouches for.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb } from '../../server/src/platform/db.ts';

const USER = 'canary-user';

/** A certificate for 127.0.0.1 that only its own file vouches for; undefined without openssl. */
function makeCertificate(folder: string): { key: Buffer; cert: Buffer } | undefined {
  const key = join(folder, 'server.key');
  const cert = join(folder, 'server.crt');
  try {
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
        .concat(['-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=127.0.0.1'])
        .concat(['-addext', 'subjectAltName=IP:127.0.0.1']),
      { stdio: 'ignore' },
    );
  } catch {
    return undefined;
  }
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

const folder = mkdtempSync(join(tmpdir(), 'cairn-test-tls-'));
const certificate = makeCertificate(folder);

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
    rmSync(folder, { recursive: true });
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
