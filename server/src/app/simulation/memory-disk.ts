/**
 * A disk in memory that can lose its power: bytes that were not flushed are kept, torn or lost, and
 * names whose folder was not flushed may be the old ones again.
 */
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { Random } from '@cairn/kernel';
import type { Disk } from '../../platform/disk.ts';

interface Inode {
  bytes: Buffer;
  /** What survives a loss of power; undefined: nothing was flushed. */
  safe: Buffer | undefined;
}

function notThere(path: string): Error {
  return Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
}

export class MemoryDisk implements Disk {
  #names = new Map<string, Inode>();
  #safeNames = new Map<string, Inode>();

  /** Every path with its bytes, in order. */
  files(folder: string): [string, Buffer][] {
    return [...this.#names]
      .filter(([path]) => path.startsWith(`${folder}/`))
      .map(([path, { bytes }]): [string, Buffer] => [path, bytes])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  find(path: string): Buffer | undefined {
    return this.#names.get(path)?.bytes;
  }

  /** Puts a file there as the world outside does: whole, and safe. */
  place(path: string, bytes: Buffer): void {
    const inode = { bytes, safe: bytes };
    this.#names.set(path, inode);
    this.#safeNames.set(path, inode);
  }

  async names(folder: string): Promise<string[]> {
    return [...this.#names.keys()]
      .filter((path) => dirname(path) === folder)
      .map((path) => path.slice(folder.length + 1))
      .sort();
  }

  async read(path: string): Promise<Buffer> {
    const inode = this.#names.get(path);
    if (inode === undefined) throw notThere(path);
    return inode.bytes;
  }

  async readStable(path: string, bytesMax: number) {
    const inode = this.#names.get(path);
    if (inode === undefined) return undefined;
    const { bytes } = inode;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const isKept = bytes.byteLength <= bytesMax;
    return { sizeBytes: bytes.byteLength, sha256, bytes: isKept ? bytes : undefined };
  }

  async sizeOf(path: string): Promise<number | undefined> {
    return this.#names.get(path)?.bytes.byteLength;
  }

  async makeFolder(): Promise<void> {}

  async write(path: string, bytes: Uint8Array): Promise<void> {
    const known = this.#names.get(path);
    this.#names.set(path, { bytes: Buffer.from(bytes), safe: known?.safe });
  }

  async sync(path: string): Promise<void> {
    const inode = this.#names.get(path);
    if (inode !== undefined) {
      inode.safe = inode.bytes;
      return;
    }
    for (const name of new Set([...this.#names.keys(), ...this.#safeNames.keys()])) {
      if (dirname(name) !== path) continue;
      const now = this.#names.get(name);
      if (now === undefined) this.#safeNames.delete(name);
      else this.#safeNames.set(name, now);
    }
  }

  async move(from: string, to: string): Promise<void> {
    const inode = this.#names.get(from);
    if (inode === undefined) throw notThere(from);
    this.#names.delete(from);
    this.#names.set(to, inode);
  }

  async remove(path: string): Promise<void> {
    this.#names.delete(path);
  }

  /** The power goes: what was not flushed is decided by the dice. Returns what was not as written. */
  losePower(random: Random): number {
    let hurt = 0;
    const after = new Map<string, Inode>();
    for (const name of new Set([...this.#names.keys(), ...this.#safeNames.keys()])) {
      const now = this.#names.get(name);
      const safe = this.#safeNames.get(name);
      const inode = now === safe || random.chance(0.5) ? now : safe;
      if (inode !== now) hurt += 1;
      if (inode !== undefined) after.set(name, inode);
    }
    for (const inode of new Set(after.values())) {
      if (inode.safe === inode.bytes || random.chance(0.3)) continue;
      hurt += 1;
      const whole = inode.bytes;
      inode.bytes = inode.safe ?? whole.subarray(0, random.int(0, whole.byteLength));
    }
    for (const inode of after.values()) inode.safe = inode.bytes;
    this.#names = after;
    this.#safeNames = new Map(after);
    return hurt;
  }
}
