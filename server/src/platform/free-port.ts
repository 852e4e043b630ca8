/** For tests and measurements: ports for servers of their own. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems give to connections on their way out (Linux: from 32,768). */
const PORTS = { from: 20_000, to: 32_767 };

/**
 * A port of loopback that nobody listens on now, and that stays free while its server is down: from
 * the range of outgoing connections it is soon taken, by the very clients that knock at it again
 * and again, one of which at last calls from the port that it calls and is connected to itself.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to + 1);
    const listener = createServer().listen(port, '127.0.0.1');
    try {
      await once(listener, 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') continue;
      throw error;
    }
    await new Promise((resolve) => listener.close(resolve));
    return port;
  }
}
