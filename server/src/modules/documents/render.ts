/** Documents become files in a thread of their own, begun when the first one is asked for. */
import { Worker } from 'node:worker_threads';
import type { Document, DocumentFormat } from './domain/document.ts';

interface Reply {
  readonly id: number;
  readonly bytes?: Uint8Array;
  readonly error?: string;
}

interface Waiting {
  resolve(bytes: Uint8Array): void;
  reject(error: Error): void;
}

let worker: Worker | undefined;
const waiting = new Map<number, Waiting>();
let last = 0;

function start(): Worker {
  const started = new Worker(new URL('./render-worker.ts', import.meta.url), {
    execArgv: ['--conditions=development'],
  });
  started.on('message', ({ id, bytes, error }: Reply) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) started.unref();
    if (bytes === undefined) call?.reject(new Error(error));
    else call?.resolve(bytes);
  });
  started.on('error', (error) => {
    worker = undefined;
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  });
  return started;
}

/** The file of a document. Its texts and figures are those given; nothing is looked up. */
export function render(document: Document, format: DocumentFormat): Promise<Uint8Array> {
  worker ??= start();
  const thread = worker;
  return new Promise((resolve, reject) => {
    const id = ++last;
    waiting.set(id, { resolve, reject });
    // A process that only waits for pages stays; one that waits for nothing may end.
    thread.ref();
    thread.postMessage({ id, document, format });
  });
}
