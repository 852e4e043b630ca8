/**
 * A wire between two processes that can be hurt: slow, thin, sliced, one-way, silent, cut, or cut at
 * a commit. What is held back is delivered when the wire heals, as a network does, unless the
 * connection was frozen: then its other end is gone for ever and nobody says so.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

import { dice, pause } from './fault.ts';

export type Direction = 'up' | 'down';
export const DIRECTIONS: readonly Direction[] = ['up', 'down'];

/** What a direction does to bytes. */
export interface Line {
  delayMs: number;
  jitterMs: number;
  /** 0: as fast as they come. */
  bytesPerSecond: number;
  /** 0: as they come. */
  sliceBytes: number;
  isStopped: boolean;
}

/** Where a connection is cut when a commit passes. */
export type CommitCut = 'before' | 'during' | 'after';

// The driver prepares each statement under the digest of its text (platform/db/postgres.ts).
const COMMIT = Buffer.from(createHash('sha256').update('commit').digest('base64url').slice(0, 24));
const COMMITTED = Buffer.from('COMMIT\0');

const HEALTHY: Line = {
  delayMs: 0,
  jitterMs: 0,
  bytesPerSecond: 0,
  sliceBytes: 0,
  isStopped: false,
};

const isHurt = (line: Line): boolean =>
  line.isStopped || line.delayMs + line.jitterMs + line.bytesPerSecond + line.sliceBytes > 0;

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  isFrozen: boolean;
  /** Something was asked that has no answer yet. */
  isAsked: boolean;
  /** The answer to a commit is on its way and must not arrive. */
  losesCommit: boolean;
}

export class Wire {
  readonly lines: Record<Direction, Line> = { up: { ...HEALTHY }, down: { ...HEALTHY } };
  /** New connections are refused. */
  isDown = false;
  /** Cuts that happened since the wire was made. */
  cuts = 0;
  /** Pieces that a hurt line held back, since the wire was made. */
  hurt = 0;
  /** Connections that were refused since the wire was made. */
  refused = 0;
  #commitCut: CommitCut | undefined;
  #commitCutsLeft = 0;
  #answersToCut = 0;
  readonly #listener: Server;
  readonly #pairs = new Set<Pair>();
  #target: number;

  private constructor(listener: Server, target: number) {
    this.#listener = listener;
    this.#target = target;
  }

  /** A wire to a port of this machine. */
  static async to(target: number): Promise<Wire> {
    const listener = createServer({ pauseOnConnect: false });
    const wire = new Wire(listener, target);
    listener.on('connection', (near) => wire.#join(near));
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return wire;
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.#pairs.size;
  }

  /** Leads new connections to another port and cuts those that stand. */
  turn(target: number): void {
    this.#target = target;
    this.cut();
  }

  /** Resets every connection that stands; returns on how many an answer was being waited for. */
  cut(): number {
    const asked = [...this.#pairs].filter(({ isAsked }) => isAsked).length;
    for (const pair of this.#pairs) this.#reset(pair);
    return asked;
  }

  /** Cuts the next connections at whose commit this comes. */
  cutAtCommit(where: CommitCut, times: number): void {
    this.#commitCut = where;
    this.#commitCutsLeft = times;
  }

  /** Cuts the next connections after the first bytes of an answer. */
  cutAnswers(times: number): void {
    this.#answersToCut = times;
  }

  /** Connections that stand are half open from now on: silent for ever, and nobody is told. */
  freeze(): number {
    for (const pair of this.#pairs) pair.isFrozen = true;
    return this.#pairs.size;
  }

  /** Everything as it should be; what was held back arrives. */
  heal(): void {
    for (const direction of DIRECTIONS) Object.assign(this.lines[direction], HEALTHY);
    this.isDown = false;
    this.#commitCut = undefined;
    this.#answersToCut = 0;
  }

  async close(): Promise<void> {
    for (const pair of this.#pairs) this.#reset(pair);
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  #reset(pair: Pair): void {
    this.#pairs.delete(pair);
    pair.near.resetAndDestroy();
    pair.far.resetAndDestroy();
  }

  #join(near: Socket): void {
    near.on('error', () => undefined);
    if (this.isDown) {
      this.refused += 1;
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.#target, '127.0.0.1');
    far.on('error', () => undefined);
    const pair: Pair = { near, far, isFrozen: false, isAsked: false, losesCommit: false };
    this.#pairs.add(pair);
    for (const end of [near, far]) {
      end.setNoDelay(true);
      end.on('close', () => {
        if (pair.isFrozen) return;
        this.#pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
    void this.#pump(pair, near, far, 'up');
    void this.#pump(pair, far, near, 'down');
  }

  async #pump(pair: Pair, from: Socket, to: Socket, direction: Direction): Promise<void> {
    const queue: { readonly bytes: Buffer; readonly at: number }[] = [];
    let wake: () => void = () => undefined;
    let isOver = false;
    from.on('data', (bytes: Buffer) => {
      pair.isAsked = direction === 'up';
      queue.push({ bytes, at: performance.now() });
      wake();
    });
    for (const end of ['end', 'close'] as const) {
      from.on(end, () => {
        isOver = true;
        wake();
      });
    }
    for (;;) {
      const next = queue.shift();
      if (next === undefined) {
        if (isOver) break;
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      if (!(await this.#carry(pair, to, direction, next))) return;
    }
    if (!pair.isFrozen) to.end();
  }

  /** Carries some bytes; false when the connection is over. */
  async #carry(
    pair: Pair,
    to: Socket,
    direction: Direction,
    { bytes, at }: { readonly bytes: Buffer; readonly at: number },
  ): Promise<boolean> {
    const line = this.lines[direction];
    if (isHurt(line) || pair.isFrozen) this.hurt += 1;
    const wait = line.delayMs + dice.int(0, line.jitterMs) - (performance.now() - at);
    if (wait > 0) await pause(wait);
    while (line.isStopped || pair.isFrozen) {
      if (!to.writable) return false;
      await pause(20);
    }
    if (this.#isCutHere(pair, direction, bytes)) return false;
    const size = line.sliceBytes === 0 ? bytes.length : line.sliceBytes;
    for (let start = 0; start < bytes.length; start += size) {
      const slice = bytes.subarray(start, start + size);
      if (line.bytesPerSecond > 0) await pause((slice.length * 1000) / line.bytesPerSecond);
      else if (start > 0) await pause(1);
      if (!to.writable) return false;
      if (to.write(slice)) continue;
      // An end that breaks meanwhile is no error of the wire: it is not writable, and that is seen.
      await Promise.race([once(to, 'drain'), once(to, 'close')]).catch(() => undefined);
    }
    return to.writable;
  }

  #isCutHere(pair: Pair, direction: Direction, bytes: Buffer): boolean {
    if (direction === 'down' && this.#answersToCut > 0) {
      this.#answersToCut -= 1;
      this.cuts += 1;
      pair.near.write(bytes.subarray(0, Math.floor(bytes.length / 3)), () => this.#reset(pair));
      return true;
    }
    if (direction === 'down' && pair.losesCommit && bytes.includes(COMMITTED)) {
      this.cuts += 1;
      this.#reset(pair);
      return true;
    }
    if (direction === 'down' || this.#commitCut === undefined || this.#commitCutsLeft === 0) {
      return false;
    }
    if (!bytes.includes(COMMIT)) return false;
    this.#commitCutsLeft -= 1;
    if (this.#commitCut === 'after') {
      pair.losesCommit = true;
      return false;
    }
    this.cuts += 1;
    if (this.#commitCut === 'before') this.#reset(pair);
    // The commit reaches the database, and the connection is gone before the database has answered.
    else pair.far.write(bytes, () => this.#reset(pair));
    return true;
  }
}
