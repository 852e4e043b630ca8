import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type AccountBatch, checkAccounts, shareAccounts } from '../diagnosis/accounts.ts';
import type { Market } from '../diagnosis/market.ts';
import { createDiagnosis, type Diagnosis } from '../diagnosis/result.ts';
import type { AbilityScales } from '../diagnosis/scores.ts';
import type { IndicatorPlan } from '../indicators/catalogue.ts';
import type { PanelConventions } from '../indicators/fund-columns.ts';
import { createTable, type IndicatorTable, planFor } from '../indicators/indicators.ts';
import type { Panel } from '../indicators/panel.ts';
import {
  createRankingTable,
  finishRanking,
  rankedMeasures,
  type RankingPlan,
  type RankingTable,
} from '../ranking/ranking.ts';
import { enter, type Tally } from '../ranking/time-aligned.ts';
import type { Supply, Task } from './tasks.ts';
import type { Reply, Request } from './worker.ts';

/** Threads that compute over shared columns. Results have the same bits for any number of them. */
export interface QuantPool {
  readonly threads: number;
  /** As `computeIndicators`. */
  indicators(
    panel: Panel,
    plan?: IndicatorPlan,
    conventions?: PanelConventions,
  ): Promise<IndicatorTable>;
  /** As `rankTimeAligned`. */
  rank(panel: Panel, plan: RankingPlan, conventions?: PanelConventions): Promise<RankingTable>;
  /** As `diagnoseAccounts`; a market prepared with `shared` is not copied to the threads. */
  diagnose(market: Market, batch: AccountBatch, scales?: AbilityScales): Promise<Diagnosis>;
  /** Ends the threads; what they were at is refused. */
  close(): Promise<void>;
}

/** Parts a thread takes: enough that one slow part does not keep the others waiting. */
const PARTS_PER_THREAD = 16;

// The source runs as it is under type stripping; the published package holds JavaScript.
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js',
  import.meta.url,
);

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** One thread and what it owes. */
interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

function startThread(): Thread {
  const worker = new Worker(WORKER);
  const waiting = new Map<number, Waiting>();
  worker.on('message', ({ id, fault }: Reply) => {
    const { resolve, reject } = waiting.get(id) as Waiting;
    waiting.delete(id);
    if (fault === undefined) resolve();
    else reject(new Error(fault));
  });
  const fail = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread has ended')));
  worker.unref();
  return { worker, waiting };
}

/**
 * Starts a pool; as many threads as there are processors when not given. It does not keep the
 * process alive. RangeError unless the number is a positive whole one.
 */
export function createPool(threads: number = availableParallelism()): QuantPool {
  if (!(Number.isInteger(threads) && threads > 0)) throw new RangeError(`${threads} threads`);
  const all = Array.from({ length: threads }, startThread);
  let requests = 0;

  function send({ worker, waiting }: Thread, task: Task): Promise<void> {
    const id = requests++;
    // A waiting caller keeps the process alive, an idle pool does not.
    worker.ref();
    const done = new Promise<void>((resolve, reject) => waiting.set(id, { resolve, reject }));
    worker.postMessage({ id, task } satisfies Request);
    return done.finally(() => {
      if (waiting.size === 0) worker.unref();
    });
  }

  /** Gives every thread its form of one task, all with the same parts to take. */
  async function share(form: (supply: Supply, thread: number) => Task): Promise<void> {
    const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const supply = { next, parts: PARTS_PER_THREAD * threads };
    await Promise.all(all.map((each, at) => send(each, form(supply, at))));
  }

  return {
    threads,
    async indicators(panel, plan = planFor(panel), conventions = {}) {
      const table = createTable(panel, plan);
      const { values, reasons, width } = table;
      const task = { panel, conventions, plan, arrays: { values, reasons, width } };
      await share((supply) => ({ ...task, ...supply, kind: 'indicators' }));
      return table;
    },
    async rank(panel, plan, conventions = {}) {
      const measures = rankedMeasures(plan);
      const table = createRankingTable(panel, measures);
      const entries = enter(panel, plan.types);
      const tallies = all.map(() => sharedTally(table.ranks.length));
      const own = { values: table.values, reasons: table.reasons };
      const task = { panel, conventions, measures, field: entries.field, own };
      const tallyOf = (thread: number) => tallies[thread] as Tally;
      await share((supply, at) => ({ ...task, ...supply, kind: 'own', tally: tallyOf(at) }));
      await share((supply, at) => ({ ...task, ...supply, kind: 'compare', tally: tallyOf(at) }));
      finishRanking(table, entries, tallies);
      return table;
    },
    async diagnose(market, batch, scales) {
      checkAccounts(market, batch);
      const into = createDiagnosis(market, batch.accounts, { shared: true });
      const task = {
        kind: 'diagnosis',
        market,
        batch: shareAccounts(batch),
        scales,
        into,
      } as const;
      await share((supply) => ({ ...task, ...supply }));
      return into;
    },
    async close() {
      await Promise.all(all.map(({ worker }) => worker.terminate()));
    },
  };
}

function sharedTally(size: number): Tally {
  const ints = () => new Int32Array(new SharedArrayBuffer(size * Int32Array.BYTES_PER_ELEMENT));
  return { compared: ints(), beaten: ints() };
}
