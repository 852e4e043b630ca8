/**
 * Where events go after their commit. A stream tells consumers that something happened; it may tell
 * them twice, late or out of order, and it may lose what it stored. The truth is the outbox: a
 * consumer that hears of an event reads what it has not done yet of that bucket from there, in order.
 */

/** An event as the outbox holds it. */
export interface StreamedEvent {
  readonly eventId: bigint;
  readonly bucket: number;
  readonly topic: string;
  readonly key: string;
  readonly payload: Record<string, unknown>;
}

/** A word that an event is there. */
export interface Delivery {
  readonly bucket: number;
  readonly eventId: bigint;
  /** Never tells it to this consumer again. */
  done(): void;
  /** Tells it again soon. */
  again(): void;
}

export interface EventStream {
  /** Another one when what was stored is gone; then everything not yet done is published anew. */
  readonly identity: string;
  /** Resolves when all are stored. */
  publish(events: readonly StreamedEvent[]): Promise<void>;
  /** What waits for a consumer, at most `max`; waits up to `waitMs` for something to come. */
  take(consumer: string, max: number, waitMs: number): Promise<Delivery[]>;
  close(): Promise<void>;
}

/** Opens a stream for these consumers; each gets every event published from its first time on. */
export type OpenStream = (consumers: readonly string[]) => Promise<EventStream>;
