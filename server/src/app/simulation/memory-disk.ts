/**
 * A disk in memory that can lose its power: bytes that were not flushed are kept, torn or lost, and
 * names whose folder was not flushed, of files and of folders, may be the old ones again. What is in a
 * folder that is lost is lost.
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

const FOLDER: Inode = { bytes: Buffer.alloc(0), safe: undefined };
FOLDER.safe = FOLDER.bytes;

/** The folders above a path, the nearest first. */
function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...foldersAbove(above)];
}

function notThere(path: string): Error {
  return Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
}

export class MemoryDisk implements Disk {
  #names = new Map<string, Inode>([['/', FOLDER]]);
  #safeNames = new Map(this.#names);

  /** Every path with its bytes, in order. */
  files(folder: string): [string, Buffer][] {
    return [...this.#names]
      .filter(([path, inode]) => path.startsWith(`${folder}/`) && inode !== FOLDER)
      .map(([path, { bytes }]): [string, Buffer] => [path, bytes])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  find(path: string): Buffer | undefined {
    return this.#file(path)?.bytes;
  }

  #file(path: string): Inode | undefined {
    const inode = this.#names.get(path);
    return inode === FOLDER ? undefined : inode;
  }

  #put(path: string, inode: Inode): void {
    if (this.#names.get(dirname(path)) !== FOLDER) throw notThere(path);
    this.#names.set(path, inode);
  }

  /** Puts a file there as the world outside does: whole, and safe. */
  place(path: string, bytes: Buffer): void {
    const inode = { bytes, safe: bytes };
    for (const names of [this.#names, this.#safeNames]) {
      for (const folder of foldersAbove(path)) names.set(folder, FOLDER);
      names.set(path, inode);
    }
  }

  async names(folder: string): Promise<string[]> {
    return this.files(folder)
      .filter(([path]) => dirname(path) === folder)
      .map(([path]) => path.slice(folder.length + 1));
  }

  async read(path: string): Promise<Buffer> {
    const inode = this.#file(path);
    if (inode === undefined) throw notThere(path);
    return inode.bytes;
  }

  async readStable(path: string, bytesMax: number) {
    const inode = this.#file(path);
    if (inode === undefined) return undefined;
    const { bytes } = inode;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const isKept = bytes.byteLength <= bytesMax;
    return { sizeBytes: bytes.byteLength, sha256, bytes: isKept ? bytes : undefined };
  }

  async sizeOf(path: string): Promise<number | undefined> {
    return this.#file(path)?.bytes.byteLength;
  }

  async makeFolder(path: string): Promise<string | undefined> {
    const missing = [path, ...foldersAbove(path)].filter((folder) => !this.#names.has(folder));
    for (const folder of missing) this.#names.set(folder, FOLDER);
    return missing.at(-1);
  }

  async foldersAbove(path: string): Promise<string[]> {
    return foldersAbove(path);
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    const known = this.#names.get(path);
    this.#put(path, { bytes: Buffer.from(bytes), safe: known?.safe });
  }

  async sync(path: string): Promise<void> {
    const inode = this.#names.get(path);
    if (inode === undefined) throw notThere(path);
    if (inode !== FOLDER) {
      inode.safe = inode.bytes;
      return;
    }
    for (const name of new Set([...this.#names.keys(), ...this.#safeNames.keys()])) {
      if (dirname(name) !== path || name === path) continue;
      const now = this.#names.get(name);
      if (now === undefined) this.#safeNames.delete(name);
      else this.#safeNames.set(name, now);
    }
  }

  async move(from: string, to: string): Promise<void> {
    const inode = this.#file(from);
    if (inode === undefined) throw notThere(from);
    this.#put(to, inode);
    this.#names.delete(from);
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
    const isThere = (path: string) => foldersAbove(path).every((folder) => after.has(folder));
    for (const path of [...after.keys()].filter((name) => !isThere(name))) {
      after.delete(path);
      hurt += 1;
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
