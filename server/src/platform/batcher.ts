import { AppError } from '@cairn/kernel';

export interface BatcherOptions<C, R> {
  /** How many batches may be in flight at once: about one per useful database connection. */
  lanes: number;
  /** Commands in one batch at most. */
  sizeMax: number;
  /** How long the first command of a batch waits for company, in milliseconds. */
  waitMs: number;
  /** Commands waiting in one lane at most; beyond that the caller is told to come back. */
  queueMax: number;
  bucketOf(command: C): number;
  /**
   * Decides a batch together; one outcome per command, in order. `tellAfter` says what has to happen
   * before callers hear of it, such as the flush of its commit. The lane goes on meanwhile. When it
   * fails, they are told that.
   */
  handle(commands: C[], tellAfter: (settled: Promise<void>) => void): Promise<readonly R[]>;
}

interface Waiting<C, R> {
  command: C;
  resolve(outcome: R): void;
  reject(error: unknown): void;
}

interface Lane<C, R> {
  queue: Waiting<C, R>[];
  running: boolean;
}

/**
 * Gathers requests that arrive together into batches by lane.
 *
 * Buckets are dealt to lanes; a lane decides one batch at a time, so two batches in flight never
 * wait for the same rows. While a batch commits the next one gathers, so load makes batches
 * larger instead of queues longer; past `queueMax` a command is refused with OVERLOADED.
 */
export class Batcher<C, R> {
  readonly #options: BatcherOptions<C, R>;
  readonly #lanes: Lane<C, R>[];
  #unsettled = 0;

  constructor(options: BatcherOptions<C, R>) {
    this.#options = options;
    this.#lanes = Array.from({ length: options.lanes }, () => ({ queue: [], running: false }));
  }

  /** Adds one command and resolves with its own outcome after its batch committed. */
  submit(command: C): Promise<R> {
    const index = this.#options.bucketOf(command) % this.#lanes.length;
    const lane = this.#lanes[index];
    if (lane === undefined) throw new Error(`no lane ${index}`);
    if (lane.queue.length >= this.#options.queueMax) {
      return Promise.reject(new AppError('OVERLOADED', { retryAfterSeconds: 1 }));
    }
    return new Promise((resolve, reject) => {
      lane.queue.push({ command, resolve, reject });
      if (!lane.running) {
        lane.running = true;
        setTimeout(() => void this.#drain(lane), this.#options.waitMs);
      }
    });
  }

  /** Commands waiting, in all lanes. */
  get depth(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.queue.length, 0);
  }

  /** Resolves when every lane is empty and everybody was answered. */
  async idle(): Promise<void> {
    while (this.#unsettled > 0 || this.#lanes.some((lane) => lane.running)) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async #drain(lane: Lane<C, R>): Promise<void> {
    while (lane.queue.length > 0) {
      const batch = lane.queue.splice(0, this.#options.sizeMax);
      try {
        const commands = batch.map((item) => item.command);
        let settled: Promise<void> | undefined;
        const outcomes = await this.#options.handle(commands, (until) => {
          settled = until;
        });
        this.#unsettled += 1;
        void this.#answer(batch, outcomes, settled);
      } catch (error) {
        for (const item of batch) item.reject(error);
      }
    }
    lane.running = false;
  }

  async #answer(
    batch: readonly Waiting<C, R>[],
    outcomes: readonly R[],
    settled: Promise<void> | undefined,
  ): Promise<void> {
    try {
      await settled;
      for (const [index, item] of batch.entries()) item.resolve(outcomes[index] as R);
    } catch (error) {
      for (const item of batch) item.reject(error);
    } finally {
      this.#unsettled -= 1;
    }
  }
}
