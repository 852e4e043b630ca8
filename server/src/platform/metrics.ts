import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from './db.ts';

/** The numbers of one process for Prometheus. */
export interface Metrics {
  readonly registry: Registry;
  /** Records one answered request: the route's pattern, never the address itself. */
  observeRequest(method: string, route: string, status: number, seconds: number): void;
  /** Shows how many commands wait in a batcher; `depth` is read when the metrics are. */
  watchQueue(queue: string, depth: () => number): void;
  /** Counts an alarm for signs of attack; `caller` is a kind of caller, or 'address'. */
  countAttackSign(caller: string): void;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The metrics of one process, with those of Node itself (event loop, memory, garbage). */
export function createMetrics(db: Db): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'cairn_' });
  const requests = new Histogram({
    name: 'cairn_http_request_duration_seconds',
    help: 'Time from the request line to the last byte of the answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers: [registry],
  });
  const attackSigns = new Counter({
    name: 'cairn_attack_signs_total',
    help: 'Callers, once a minute each, who were refused with 401, 403 or 404 too often',
    labelNames: ['caller'] as const,
    registers: [registry],
  });
  const queues = new Map<string, () => number>();
  const depths = new Gauge({
    name: 'cairn_batch_queue_depth',
    help: 'Commands waiting for a batch',
    labelNames: ['queue'] as const,
    collect() {
      for (const [queue, depth] of queues) this.set({ queue }, depth());
    },
    registers: [],
  });
  registry.registerMetric(depths);
  const database = new Gauge({
    name: 'cairn_database_info',
    help: 'The kind of database in use, always 1',
    labelNames: ['kind'] as const,
    registers: [registry],
  });
  database.set({ kind: db.kind }, 1);
  return {
    registry,
    observeRequest(method, route, status, seconds) {
      requests.observe({ method, route, status: String(status) }, seconds);
    },
    countAttackSign(caller) {
      attackSigns.inc({ caller });
    },
    watchQueue(queue, depth) {
      if (queues.has(queue)) throw new Error(`the queue ${queue} is watched twice`);
      queues.set(queue, depth);
    },
  };
}
