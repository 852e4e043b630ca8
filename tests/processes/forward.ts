/** A plain forwarder before several processes that answer HTTP: each request goes to the next. */
import {
  Agent,
  createServer,
  type IncomingMessage,
  request as ask,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

const OF_THIS_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** Passes a request on and its answer back; who hangs up here hangs up there. */
export function passOn(
  to: URL,
  agent: Agent,
  request: IncomingMessage,
  reply: ServerResponse,
): void {
  const { method, url: path, headers } = request;
  const sent = ask({ host: to.hostname, port: to.port, method, path, headers, agent });
  sent.on('response', (answer) => {
    reply.statusCode = answer.statusCode ?? 0;
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined && !OF_THIS_HOP.has(name)) reply.setHeader(name, value);
    }
    reply.flushHeaders();
    answer.pipe(reply);
  });
  sent.on('error', (error) => reply.destroy(error));
  reply.on('close', () => sent.destroy());
  request.pipe(sent);
}

/** A forwarder that listens. */
export interface Forwarder {
  readonly url: string;
  close(): void;
}

/** Listens on a free port of this machine and sends requests to the addresses in turn. */
export async function openForwarder(urls: readonly URL[]): Promise<Forwarder> {
  const agent = new Agent({ keepAlive: true });
  let turn = 0;
  const server = createServer((request, reply) => {
    const to = urls[turn++ % urls.length];
    if (to !== undefined) passOn(to, agent, request, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}
