import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError } from '@cairn/kernel';
import type { PgliteOptions, PgliteSession } from './pglite-session.ts';

interface Reply {
  id: number;
  value?: unknown;
  error?: Record<string, unknown>;
}

function revive(error: Record<string, unknown>): Error {
  if (error['name'] === 'AppError') {
    return new AppError(String(error['code']), (error['details'] ?? {}) as Record<string, unknown>);
  }
  return Object.assign(new Error(String(error['message'])), error);
}

/** Opens PGlite in a worker thread behind the same session calls. */
export async function openPgliteWorkerSession(options: PgliteOptions): Promise<PgliteSession> {
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
    workerData: options,
    execArgv: ['--conditions=development'],
  });
  const [first] = (await once(worker, 'message')) as [
    { ready: boolean; error?: Record<string, unknown> },
  ];
  if (!first.ready) {
    await worker.terminate();
    throw revive(first.error ?? { message: 'the embedded database did not start' });
  }
  const waiting = new Map<number, { resolve(v: unknown): void; reject(e: Error): void }>();
  let last = 0;
  worker.on('message', (reply: Reply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error === undefined) call?.resolve(reply.value);
    else call?.reject(revive(reply.error));
  });
  worker.on('error', (error: Error) => {
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  });
  const call = <T>(method: keyof PgliteSession, ...args: unknown[]): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve: resolve as (v: unknown) => void, reject });
      worker.postMessage({ id, method, args });
    });
  return {
    query: (text, params, queryOptions) => call('query', text, params, queryOptions),
    exec: (text) => call('exec', text),
    copy: (statement, csv) => call('copy', statement, csv),
    dump: () => call('dump'),
    async close() {
      await call('close');
      await worker.terminate();
    },
  };
}
