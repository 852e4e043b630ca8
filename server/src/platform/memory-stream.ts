/** The stream inside one process: what it holds goes with the process and is published again. */
import { randomUUID } from 'node:crypto';
import type { Delivery, EventStream, StreamedEvent } from './stream.ts';

/** An event that failed is told again after this. */
const AGAIN_MS = 250;

type Word = Pick<StreamedEvent, 'bucket' | 'eventId'>;

class MemoryStream implements EventStream {
  readonly identity = randomUUID();
  readonly #queues: ReadonlyMap<string, Word[]>;
  readonly #wakers = new Set<() => void>();

  constructor(consumers: readonly string[]) {
    this.#queues = new Map(consumers.map((name) => [name, []]));
  }

  async publish(events: readonly StreamedEvent[]): Promise<void> {
    for (const queue of this.#queues.values()) {
      for (const { bucket, eventId } of events) queue.push({ bucket, eventId });
    }
    this.#wake();
  }

  async take(consumer: string, max: number, waitMs: number): Promise<Delivery[]> {
    const queue = this.#queues.get(consumer);
    if (queue === undefined) throw new Error(`the stream was not opened for ${consumer}`);
    if (queue.length === 0) await this.#something(waitMs);
    return queue.splice(0, max).map((word) => ({
      ...word,
      done: () => undefined,
      again: () => void setTimeout(() => queue.push(word), AGAIN_MS).unref(),
    }));
  }

  async close(): Promise<void> {
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#wakers) wake();
  }

  #something(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wakers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, waitMs);
      this.#wakers.add(wake);
    });
  }
}

/** Opens a stream in the memory of this process. */
export async function openMemoryStream(consumers: readonly string[]): Promise<EventStream> {
  return new MemoryStream(consumers);
}
