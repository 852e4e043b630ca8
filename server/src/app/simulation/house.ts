/** The house under test: its database, its disk, its servers, and the calls that are made to them. */
import { AppError, type Instant, instantFromEpochMs, type Random } from '@cairn/kernel';
import type { DayWorld } from '../../modules/clearing/index.ts';
import type { Db } from '../../platform/db.ts';
import { Gate } from './gate.ts';
import { MemoryDisk } from './memory-disk.ts';
import { type Commit, type Ground, NodeDied, SimNode } from './node.ts';
import type { Probes } from './probes.ts';

/** How a call ended, as its caller knows it. */
export type Outcome<T> = {
  readonly call: string;
  /**
   * The clock of its server when it was made and when it ended; later where others with a clock that
   * is ahead had been on the same buckets before.
   */
  readonly from: Instant;
  readonly to: Instant;
  /** Its place among all that was committed. */
  readonly place: number;
} & (
  | { readonly kind: 'reply'; readonly value: T }
  /** Refused as a whole, with nothing done. */
  | { readonly kind: 'refused'; readonly error: AppError }
  /** The answer was lost: it may have happened. */
  | { readonly kind: 'unknown' }
  /** The server was not there: it did not happen. */
  | { readonly kind: 'down' }
);

export interface HouseParts {
  readonly db: Db;
  readonly random: Random;
  readonly probes: Probes;
  readonly parts: Ground['parts'];
  readonly nodes: number;
  readonly sabotage: Ground['sabotage'];
}

/** Where the files of the house lie on its disk. */
export const HOUSE_FOLDER = '/house';

function isLost(error: unknown): boolean {
  if (error instanceof NodeDied) return true;
  if (error instanceof AppError) return error.code === 'DATABASE_UNAVAILABLE';
  return (error as { code?: unknown } | null)?.code === 'ENOSPC';
}

export class House {
  readonly disk = new MemoryDisk();
  readonly gate: Gate;
  readonly nodes: SimNode[] = [];
  readonly commits: Commit[] = [];
  readonly #ground: Ground;
  #nowMs = 0;
  #calls = 0;

  constructor({ db, random, probes, parts, nodes, sabotage }: HouseParts) {
    const own = random.fork('house');
    this.gate = new Gate(own.fork('gate'), () => {
      this.#nowMs += 1;
    });
    this.#ground = {
      db,
      disk: this.disk,
      folder: HOUSE_FOLDER,
      clock: { nowMs: () => this.#nowMs },
      gate: this.gate,
      random: own.fork('ports'),
      probes,
      parts,
      sabotage,
      onCommit: (commit) => void this.commits.push(commit),
    };
    for (let n = 0; n < nodes; n += 1) this.nodes.push(new SimNode(this.#ground, 0));
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Moves the clock on; it never goes back by itself. */
  waitUntil(ms: number): void {
    this.#nowMs = Math.max(this.#nowMs, ms);
  }

  /** Somebody sets every clock, forward or back. */
  setClock(byMs: number): void {
    this.#nowMs += byMs;
  }

  /** A world without any fault, for those who look and for what only has to happen. */
  get calm(): DayWorld {
    return new SimNode(this.#ground, 0).world('calm');
  }

  get now(): Instant {
    return instantFromEpochMs(this.#nowMs);
  }

  /** Puts a server in the place of one, dead or alive. */
  restart(n: number, skewMs: number): SimNode {
    const node = new SimNode(this.#ground, skewMs);
    this.nodes[n] = node;
    return node;
  }

  /** Makes one call to one server. */
  async call<T>(
    n: number,
    name: string,
    body: (world: DayWorld, node: SimNode, call: string) => Promise<T>,
  ): Promise<Outcome<T>> {
    const node = this.nodes[n];
    if (node === undefined) throw new Error(`no server ${n}`);
    const call = `${name} ${(this.#calls += 1)}`;
    const from = node.now();
    const ended = () => {
      const lastAt = this.commits.findLast((commit) => commit.call === call)?.lastAt;
      const notBefore = (at: Instant) => (lastAt !== undefined && lastAt > at ? lastAt : at);
      return { call, from: notBefore(from), to: notBefore(node.now()), place: this.#placeOf(call) };
    };
    if (node.isDead) return { ...ended(), kind: 'down' };
    try {
      const value = await body(node.world(call), node, call);
      return node.isDead ? { ...ended(), kind: 'unknown' } : { ...ended(), kind: 'reply', value };
    } catch (error) {
      if (node.isDead || isLost(error)) return { ...ended(), kind: 'unknown' };
      if (error instanceof AppError) return { ...ended(), kind: 'refused', error };
      throw error;
    }
  }

  /** Where a call took effect: its last commit, or where it ended. */
  #placeOf(call: string): number {
    const place = this.commits.findLastIndex((commit) => commit.call === call);
    return place < 0 ? this.commits.length - 0.5 : place;
  }
}
