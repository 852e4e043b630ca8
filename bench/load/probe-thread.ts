/** Asks the probes each second, whether or not earlier ones were answered, until it is told to stop. */
import { request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const EVERY_MS = 1_000;
// Long after any orchestrator has given up, so that how late it was is seen.
const ANSWER_MS = 30_000;

const { port, paths } = workerData as { port: number; paths: readonly string[] };
const courses = paths.map((path) => ({ path, ms: [] as number[], failures: [] as string[] }));
const asked = new Set<Promise<void>>();

function ask({ path, ms, failures }: (typeof courses)[number]): Promise<void> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const fail = (what: string) => {
      failures.push(what);
      resolve();
    };
    const sent = request({ host: '127.0.0.1', port, path, agent: false, timeout: ANSWER_MS });
    sent.on('response', (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode !== 200) return fail(String(response.statusCode));
        ms.push(performance.now() - startedAt);
        return resolve();
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer in ${ANSWER_MS} ms`)));
    sent.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    sent.end();
  });
}

function askAll(): void {
  for (const course of courses) {
    const one = ask(course).finally(() => asked.delete(one));
    asked.add(one);
  }
}

askAll();
const timer = setInterval(askAll, EVERY_MS);
parentPort?.once('message', () => {
  clearInterval(timer);
  void Promise.all(asked).then(() => parentPort?.postMessage(courses));
});
