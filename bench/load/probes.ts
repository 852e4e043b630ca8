/**
 * The probes of an orchestrator while a flood goes on: each second both are asked over connections of
 * their own, as kubelet does. They run on a thread beside, so that what the callers of the flood keep
 * busy is not measured with them.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Whether the process lives, and whether it can serve. */
export const PROBES = ['/health', '/ready'] as const;

/** How one probe went: milliseconds of the answers 200, the others by what came instead. */
export interface ProbeCourse {
  readonly path: (typeof PROBES)[number];
  readonly ms: readonly number[];
  readonly failures: readonly string[];
}

/** Kubernetes gives a probe so long unless it is told otherwise. */
export const PROBE_TIMEOUT_MS = 1_000;

/** Asks the probes of a server each second until it is told to stop; then says how they went. */
export function watchProbes(port: number): { stop(): Promise<readonly ProbeCourse[]> } {
  const thread = new Worker(new URL('./probe-thread.ts', import.meta.url), {
    workerData: { port, paths: PROBES },
  });
  return {
    async stop() {
      thread.postMessage('stop');
      const [courses] = (await once(thread, 'message')) as [readonly ProbeCourse[]];
      return courses;
    },
  };
}

/** What must not be among the probes of a flood: a process that seems dead is restarted. */
export function faultsOfProbes(name: string, courses: readonly ProbeCourse[]): string[] {
  const alive = courses.find(({ path }) => path === '/health');
  if (alive === undefined || alive.ms.length + alive.failures.length === 0) {
    return [`${name}: nobody asked whether the server lives`];
  }
  const faults: string[] = [];
  const late = alive.ms.filter((ms) => ms > PROBE_TIMEOUT_MS);
  if (alive.failures.length > 0) {
    const what = [...new Set(alive.failures)].join(', ');
    faults.push(`${name}: ${alive.failures.length} × /health failed: ${what}`);
  }
  if (late.length > 0) {
    faults.push(`${name}: ${late.length} × /health took more than ${PROBE_TIMEOUT_MS} ms`);
  }
  return faults;
}
