/**
 * The events of the house on a stream that tells of them twice, late, out of order, or forgets all it
 * had; a consumer on a server that may die takes them.
 */
import { assert, type Random } from '@cairn/kernel';
import { createLog } from '../../platform/log.ts';
import {
  consumeWaiting,
  publishWaiting,
  rebuildIfLost,
  type Subscriber,
  sweep,
} from '../../platform/outbox.ts';
import type { Violation } from '../../platform/check.ts';
import type { Sql } from '../../platform/db.ts';
import type { Delivery, EventStream, StreamedEvent } from '../../platform/stream.ts';
import type { DayWorld } from '../../modules/clearing/index.ts';
import type { House } from './house.ts';
import type { Probes } from './probes.ts';

type Word = Pick<StreamedEvent, 'bucket' | 'eventId'>;

/** A stream that keeps its promises to the letter and no further. */
class PoorStream implements EventStream {
  readonly #random: Random;
  readonly #probes: Probes;
  #words: Word[] = [];
  #life = 1;
  isPoor = true;

  constructor(random: Random, probes: Probes) {
    this.#random = random;
    this.#probes = probes;
  }

  get identity(): string {
    return `stream ${this.#life}`;
  }

  /** It loses everything and is another one from here on. */
  forget(): void {
    this.#life += 1;
    this.#words = [];
    this.#probes.reach('stream lost what it had');
  }

  async publish(events: readonly StreamedEvent[]): Promise<void> {
    for (const { bucket, eventId } of events) {
      this.#words.push({ bucket, eventId });
      if (this.isPoor && this.#random.chance(0.2)) {
        this.#words.push({ bucket, eventId });
        this.#probes.reach('event told twice');
      }
    }
    if (this.isPoor) this.#words = this.#random.shuffle(this.#words);
  }

  async take(_consumer: string, max: number): Promise<Delivery[]> {
    const some = this.isPoor ? Math.min(max, this.#random.int(1, 12)) : max;
    return this.#words.splice(0, some).map((word) => ({
      ...word,
      done: () => {
        // A word that was done long ago comes once more.
        if (!this.isPoor || !this.#random.chance(0.1)) return;
        this.#words.push(word);
        this.#probes.reach('event told again after it was done');
      },
      again: () => void this.#words.push(word),
    }));
  }

  async close(): Promise<void> {}
}

const log = createLog('silent');
const ROUNDS = 6;

export class Events {
  readonly #house: House;
  readonly #random: Random;
  readonly #probes: Probes;
  readonly #subscriber: Subscriber;
  readonly #stream: PoorStream;
  #positions = new Map<string, bigint>();

  constructor(parts: { house: House; random: Random; probes: Probes; subscriber: Subscriber }) {
    this.#house = parts.house;
    this.#random = parts.random;
    this.#probes = parts.probes;
    this.#subscriber = parts.subscriber;
    this.#stream = new PoorStream(this.#random, this.#probes);
  }

  async #on(crash: number, name: string, body: (world: DayWorld) => Promise<unknown>) {
    const node = this.#random.int(0, this.#house.nodes.length - 1);
    if (this.#random.chance(crash)) this.#house.nodes[node]?.dieAfter(this.#random.int(1, 12));
    const outcome = await this.#house.call(node, name, body);
    for (const one of this.#house.nodes) one.live();
    if (outcome.kind === 'refused') throw outcome.error;
    if (outcome.kind === 'unknown') this.#probes.reach(`server died while it was to ${name}`);
  }

  /** Publishes and takes some of what waits; `crash` is the chance that the server dies under it. */
  async hear(crash: number): Promise<void> {
    const { name } = this.#subscriber;
    if (this.#random.chance(0.1)) this.#stream.forget();
    await this.#on(0, 'rebuild', (world) => rebuildIfLost(world, this.#stream, [name]));
    await this.#on(crash, 'publish', (world) => publishWaiting(world, this.#stream));
    for (let round = this.#random.int(1, ROUNDS); round > 0; round -= 1) {
      await this.#on(crash, 'consume', (world) =>
        consumeWaiting(world, this.#stream, this.#subscriber, { log, waitMs: 0 }),
      );
    }
  }

  /** Everything that waits is taken, on a stream that does what it should. */
  async hearAll(): Promise<void> {
    this.#stream.isPoor = false;
    await this.#on(0, 'rebuild', (world) => rebuildIfLost(world, this.#stream, []));
    await this.#on(0, 'sweep', (world) => sweep(world, this.#subscriber, { log }));
  }

  /** E3: what the consumer has done is never undone by an older word. */
  async wentBack(sql: Sql): Promise<Violation[]> {
    const rows = await sql.query<{ bucket: number; consumer: string; event_id: bigint }>(
      'select bucket, consumer, event_id from platform.stream_positions',
    );
    const found: Violation[] = [];
    for (const { bucket, consumer, event_id: now } of rows) {
      const key = `${consumer}/${bucket}`;
      const before = this.#positions.get(key) ?? 0n;
      if (now < before) found.push({ subject: `position:${key}`, detail: { before, now } });
      this.#positions.set(key, now);
    }
    return found;
  }

  /** Events that the consumer has not done. */
  async waiting(sql: Sql): Promise<number> {
    const [row] = await sql.query<{ n: bigint }>(
      `select count(*) as n from platform.outbox o
       left join platform.stream_positions p on p.bucket = o.bucket and p.consumer = $1
       where o.topic = any($2::text[]) and o.event_id > coalesce(p.event_id, 0)`,
      [this.#subscriber.name, this.#subscriber.topics],
    );
    assert(row !== undefined, 'a count has a row');
    return Number(row.n);
  }
}
