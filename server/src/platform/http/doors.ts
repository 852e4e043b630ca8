/**
 * Listening on a port by many doors. The event loop takes one new connection a turn from each
 * listening socket, however many wait at it, and a turn lasts as long as the answers that are due in
 * it. With one door a few hundred callers who ask again and again make turns so long that thousands
 * of others wait for minutes to be let in, and nobody can even tell them to come back. Where the
 * system lets sockets share a port, each further door takes one more a turn. Still a probe stands
 * behind whoever came before it, and a process whose probes are late is restarted in the middle of a
 * rush: at a port of its own it is let in by the next turn.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  type AddressInfo,
  createServer,
  type ListenOptions,
  type Server,
  type Socket,
} from 'node:net';
import type { FastifyListenOptions } from 'fastify';
import type { App } from './app.ts';

/** How many are let in a turn at most, and how many file handles there are for each. */
const DOORS = 128;
const HANDLES_A_DOOR = 16;
// Callers who come at once wait here to be let in; with Node's 511 some of thousands are cut off.
const BACKLOG = 4_096;
const CLOSING_MS = 50;
/** Elsewhere sockets that share a port do not share its callers. */
const CAN_SHARE = process.platform === 'linux';

/** How many file handles this process may have, as Linux says. */
function handlesMax(): number {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  return Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? Infinity);
}

/** So many that a process with few file handles keeps them for callers and the database. */
export const doorsOf = (handles: number): number =>
  Math.min(DOORS, Math.max(1, Math.floor(handles / HANDLES_A_DOOR)));

const probing = new WeakSet<Socket>();

/** Whether somebody came in by the port for probes, where nothing else is shown. */
export const cameToProbe = (socket: Socket): boolean => probing.has(socket);

/** An application that is reached. */
export interface Doors {
  readonly url: string;
  /** Lets nobody in any more; resolves when everybody who came by a further door has left. */
  close(): Promise<void>;
}

/** Listens; for probes too where a port is given. Rejects with EADDRINUSE when a port is taken. */
export async function openDoors(
  app: App,
  {
    host,
    port,
    probePort,
    count = CAN_SHARE ? doorsOf(handlesMax()) : 1,
  }: { host: string; port: number; probePort?: number; count?: number },
): Promise<Doors> {
  // Sockets that share a port would share it with another server too.
  if (CAN_SHARE && port !== 0) await (await listenOn({ host, port })).close();
  // First, since it may be taken: those who came by the others could not be sent away again.
  const probes =
    probePort === undefined
      ? []
      : [await listenOn({ host, port: probePort, into: app, isForProbes: true })];
  // Fastify hands on what its own list of options lacks.
  const first: ListenOptions = { host, port, backlog: BACKLOG, reusePort: CAN_SHARE };
  const url = await app.listen(first as FastifyListenOptions).catch(async (error: unknown) => {
    await Promise.all(probes.map((door) => door.close()));
    throw error;
  });
  const { address, port: taken } = app.server.address() as AddressInfo;
  const doors: Door[] = [...probes];
  for (let n = 1; n < count; n++) {
    doors.push(await listenOn({ host: address, port: taken, isShared: true, into: app }));
  }
  return {
    url,
    async close() {
      // Of those who are still answered, each goes with his answer.
      const leaving = setInterval(() => app.server.closeIdleConnections(), CLOSING_MS);
      await Promise.all(doors.map((door) => door.close()));
      clearInterval(leaving);
    },
  };
}

interface Door {
  close(): Promise<void>;
}

async function listenOn(at: {
  readonly host: string;
  readonly port: number;
  readonly isShared?: true;
  readonly into?: App;
  readonly isForProbes?: true;
}): Promise<Door> {
  // As the server of HTTP itself takes connections.
  const options = { allowHalfOpen: true, noDelay: true };
  const server: Server = createServer(options, (socket) => {
    if (at.isForProbes === true) probing.add(socket);
    at.into?.server.emit('connection', socket);
  });
  const { host, port, isShared = false } = at;
  server.listen({ host, port, backlog: BACKLOG, reusePort: isShared });
  await once(server, 'listening');
  return {
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
