import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '@cairn/kernel';
import { openPgliteSession, type PgliteOptions, type PgliteSession } from './pglite-session.ts';

/*
 * The worker that holds the embedded database, so that a long statement does not stop the event
 * loop of the server. Calls arrive as {id, method, args}; errors travel back with their code.
 */
interface Call {
  id: number;
  method: keyof PgliteSession;
  args: unknown[];
}

assert(parentPort !== null, 'pglite-worker runs as a worker thread');
const port = parentPort;

function plainError(error: unknown): Record<string, unknown> {
  const { message, code, constraint, detail, table, details } = error as Record<string, unknown>;
  return { message, code, constraint, detail, table, details, name: (error as Error).name };
}

try {
  const session = await openPgliteSession(workerData as PgliteOptions);
  port.on('message', (call: Call) => {
    const method = session[call.method] as (...args: unknown[]) => Promise<unknown>;
    method(...call.args).then(
      (value) => port.postMessage({ id: call.id, value }),
      (error: unknown) => port.postMessage({ id: call.id, error: plainError(error) }),
    );
  });
  port.postMessage({ ready: true });
} catch (error) {
  port.postMessage({ ready: false, error: plainError(error) });
}
