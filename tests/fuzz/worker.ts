/** Fuzzes one target in a thread of its own, so that the one that started it sees where it hangs. */
import { parentPort, workerData } from 'node:worker_threads';
import { fuzz } from './engine.ts';
import type { Target } from './target.ts';

const MODULES = {
  ofd: () => import('./target-ofd.ts'),
  text: () => import('./target-text.ts'),
  routes: () => import('./target-routes.ts'),
  canaries: () => import('./canaries.ts'),
};

const { module, name, mutants, seed, isPlanted, shared } = workerData as {
  module: Target['module'];
  name: string;
  mutants: number;
  seed: string;
  isPlanted: boolean;
  shared: SharedArrayBuffer;
};
const exported: Readonly<Record<string, unknown>> = await MODULES[module]();
const targets = Object.values(exported) as readonly (Target | undefined)[];
const target = targets.find((one) => one?.name === name);
if (target === undefined) throw new Error(`there is no target ${name}`);

const counters = new Int32Array(shared, 0, 2);
const bytes = new Uint8Array(shared, 8);
const tally = await fuzz(target, {
  mutants,
  seed,
  isPlanted,
  watch(input) {
    bytes.set(input.subarray(0, bytes.length));
    counters[1] = Math.min(input.length, bytes.length);
    Atomics.add(counters, 0, 1);
  },
  onProgress: (done) => parentPort?.postMessage({ done }),
});
parentPort?.postMessage({ tally });
