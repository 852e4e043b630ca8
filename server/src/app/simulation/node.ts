/**
 * One server of the house: a world whose every port can stop. It dies at a point that was drawn
 * before: what is committed stays, what is in memory is gone, a file being written is torn.
 */
import { AppError, epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import type { Random } from '@cairn/kernel';
import type { DayWorld } from '../../modules/clearing/index.ts';
import type { Db, Sql, Tx } from '../../platform/db.ts';
import type { Disk } from '../../platform/disk.ts';
import { fileStore } from '../../platform/files.ts';
import type { Gate } from './gate.ts';
import type { Probes } from './probes.ts';

/** The node is gone: nobody hears what it was about to say. */
export class NodeDied extends Error {
  constructor() {
    super('the node is gone');
    this.name = 'NodeDied';
  }
}

/** A transaction that was committed, with the locks that it held. */
export interface Commit {
  readonly call: string;
  /** The step of the business day, '' outside one. */
  readonly step: string;
  readonly buckets: readonly number[];
  /** The last instant that stood on these buckets; undefined where nothing did. */
  readonly lastAt: Instant | undefined;
}

/** A transaction while it is going on. */
interface Life extends Pick<Commit, 'step' | 'buckets' | 'lastAt'> {
  isOver: boolean;
  step: string;
  buckets: readonly number[];
  lastAt: Instant | undefined;
}

/** What may go wrong at a point, besides death: each a chance from 0 to 1. */
export interface PortFaults {
  readonly connectionLost: number;
  readonly serialization: number;
  readonly diskFull: number;
}

export const NO_PORT_FAULTS: PortFaults = { connectionLost: 0, serialization: 0, diskFull: 0 };

/** What the nodes of a house share. */
export interface Ground {
  readonly db: Db;
  readonly disk: Disk;
  readonly folder: string;
  readonly clock: { nowMs(): number };
  readonly gate: Gate;
  readonly random: Random;
  readonly probes: Probes;
  readonly parts: Pick<DayWorld, 'calendar' | 'secrets'> & { readonly distributorCode: string };
  /** A seeded bug: changes what a statement does; used to see that it is found. */
  readonly sabotage: ((db: Db) => Db) | undefined;
  onCommit(commit: Commit): void;
}

const LOCKS = 'select bucket, audit_seq, audit_hash';
/** A run gives the day back: no part of the step that it broke off in. */
const GIVES_BACK = 'set run_owner = null';

export class SimNode {
  readonly #ground: Ground;
  readonly skewMs: number;
  faults: PortFaults = NO_PORT_FAULTS;
  isDead = false;
  readonly #steps = new Map<string, string>();
  readonly #disk: Disk;
  #points = 0;
  #diesAt = 0;

  constructor(ground: Ground, skewMs: number) {
    this.#ground = ground;
    this.#disk = this.#openDisk();
    this.skewMs = skewMs;
  }

  now(): Instant {
    return instantFromEpochMs(this.#ground.clock.nowMs() + this.skewMs);
  }

  /** It will die at its n-th point from here on. */
  dieAfter(points: number): void {
    this.#diesAt = this.#points + points;
  }

  live(): void {
    this.#diesAt = 0;
  }

  /** Which step of the business day a call carries out now. */
  inStep(call: string, step: string): void {
    this.#steps.set(call, step);
  }

  get points(): number {
    return this.#points;
  }

  /** The world as one call on this node sees it. */
  world(call: string): DayWorld {
    const { parts, folder } = this.#ground;
    const disk = this.#disk;
    return {
      db: this.#db(call),
      clock: { now: () => this.now() },
      calendar: parts.calendar,
      secrets: parts.secrets,
      files: fileStore(`${folder}/files`, { disk }),
      exchange: {
        distributorCode: parts.distributorCode,
        folder: `${folder}/exchange`,
        disk,
      },
    };
  }

  /** A point between two effects: here the dice may have it that the node dies. */
  async #point(where: string): Promise<void> {
    await this.#ground.gate.pass();
    this.#count(where);
  }

  #count(where: string): void {
    this.#points += 1;
    if (this.#points === this.#diesAt && !this.isDead) {
      this.isDead = true;
      this.#ground.probes.reach(`crash ${where}`);
    }
    if (this.isDead) throw new NodeDied();
  }

  #chance(fault: keyof PortFaults, where: string): boolean {
    const rate = this.faults[fault];
    if (rate === 0 || !this.#ground.random.chance(rate)) return false;
    this.#ground.probes.reach(`${fault} ${where}`);
    return true;
  }

  #loseConnection(where: string): void {
    if (!this.#chance('connectionLost', where)) return;
    throw new AppError('DATABASE_UNAVAILABLE', { retryAfterSeconds: 2 });
  }

  #sql(on: Sql, before: (text: string, params: readonly unknown[]) => Promise<void>): Sql {
    return {
      async query(text, params) {
        await before(text, params ?? []);
        return on.query(text, params);
      },
      async affected(text, params) {
        await before(text, params ?? []);
        return on.affected(text, params);
      },
    };
  }

  #tx(on: Tx, life: Life): Tx {
    const before = async (text: string, params: readonly unknown[]) => {
      await this.#point('before a statement');
      // What is asked for after the transaction failed goes nowhere.
      if (life.isOver) throw new Error('the transaction is over');
      if (text.startsWith(LOCKS) && Array.isArray(params[0])) {
        life.buckets = params[0] as readonly number[];
      }
      if (text.includes(GIVES_BACK)) life.step = '';
      this.#loseConnection('before a statement');
      if (this.#chance('serialization', 'at a statement')) {
        throw Object.assign(new Error('could not serialize access'), { code: '40001' });
      }
    };
    const sql = this.#sql(on, before);
    return {
      ...sql,
      async query<R>(text: string, params?: readonly unknown[]) {
        const rows = await sql.query<R>(text, params);
        if (text.startsWith(LOCKS)) {
          for (const { last_at: at } of rows as { last_at: Instant | null }[])
            if (at !== null && at > (life.lastAt ?? '')) life.lastAt = at;
        }
        return rows;
      },
      defer: (text, params, explain) => {
        // It travels with the commit, so nobody waits here; the node may die all the same.
        this.#count('before a deferred write');
        if (life.isOver) throw new Error('the transaction is over');
        on.defer(text, params, explain);
      },
      copyIn: async (table, columns, rows) => {
        await before('', []);
        return on.copyIn(table, columns, rows);
      },
    };
  }

  #db(call: string): Db {
    const { db: inner, sabotage, onCommit } = this.#ground;
    const db = sabotage === undefined ? inner : sabotage(inner);
    const outside = this.#sql(db, async () => {
      await this.#point('before a statement');
      this.#loseConnection('outside a transaction');
    });
    return {
      ...outside,
      kind: db.kind,
      tx: async (work, options) => {
        await this.#point('before a transaction');
        const step = this.#steps.get(call) ?? '';
        const life: Life = { isOver: false, step, buckets: [], lastAt: undefined };
        let result: Awaited<ReturnType<typeof work>>;
        try {
          result = await db.tx(async (on) => {
            const value = await work(this.#tx(on, life));
            await this.#point('before a commit');
            return value;
          }, options);
        } finally {
          life.isOver = true;
        }
        onCommit({ call, step: life.step, buckets: life.buckets, lastAt: life.lastAt });
        await this.#point('after a commit');
        this.#loseConnection('after a commit');
        return result;
      },
      script: (text) => db.script(text),
      close: () => db.close(),
    };
  }

  #openDisk(): Disk {
    const { disk, random } = this.#ground;
    const at = async (name: string) => this.#point(`at ${name} of a file`);
    return {
      names: (folder) => disk.names(folder),
      read: async (path) => {
        await at('the reading');
        return disk.read(path);
      },
      readStable: async (path, bytesMax) => {
        await at('the reading');
        return disk.readStable(path, bytesMax);
      },
      sizeOf: (path) => disk.sizeOf(path),
      makeFolder: (path) => disk.makeFolder(path),
      foldersAbove: (path) => disk.foldersAbove(path),
      write: async (path, bytes) => {
        try {
          await at('the writing');
        } catch (error) {
          await disk.write(path, bytes.subarray(0, random.int(0, bytes.byteLength)));
          throw error;
        }
        if (this.#chance('diskFull', 'at a file')) {
          await disk.write(path, bytes.subarray(0, random.int(0, bytes.byteLength)));
          throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
        }
        await disk.write(path, bytes);
      },
      sync: async (path) => {
        await at('the flushing');
        return disk.sync(path);
      },
      move: async (from, to) => {
        await at('the moving');
        return disk.move(from, to);
      },
      remove: async (path) => {
        await at('the removing');
        return disk.remove(path);
      },
    };
  }
}

/** Milliseconds of an instant, for those who keep a clock. */
export const msOf = (instant: Instant): number => epochMsOf(instant);
