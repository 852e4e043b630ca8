/**
 * The file system as the program uses it, as a port: a few calls, each one effect, so that a
 * simulation can stop between any two of them and tear the ones that are not flushed yet.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** A file as it was read: whole, or only its size and digest when it is above a limit. */
export interface StableFile {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly bytes: Buffer | undefined;
}

/** The calls on files that the program makes; errors are those of Node. */
export interface Disk {
  /** The names of the plain files in a folder, sorted; none when there is no folder. */
  names(folder: string): Promise<string[]>;
  read(path: string): Promise<Buffer>;
  /**
   * Reads a file whole; undefined when it is not there, is no plain file, or changed meanwhile.
   * Of a file above `bytesMax` only size and digest are taken.
   */
  readStable(path: string, bytesMax: number): Promise<StableFile | undefined>;
  /** The size in bytes, or undefined when there is no such file. */
  sizeOf(path: string): Promise<number | undefined>;
  /**
   * Makes the folder and those above it, where they are missing; each is safe, with all that is in
   * it, once the one above is flushed. Gives the topmost that was missing.
   */
  makeFolder(path: string): Promise<string | undefined>;
  /** The folders above a path in which the program may make one, the nearest first. */
  foldersAbove(path: string): Promise<readonly string[]>;
  /** Writes a file; a loss of power may still take it back. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Flushes a file's bytes, or the names in a folder. */
  sync(path: string): Promise<void>;
  /** Gives a file another name, in one step; the new name is safe once its folder is flushed. */
  move(from: string, to: string): Promise<void>;
  /** Removes a file, if it is there. */
  remove(path: string): Promise<void>;
}

const CHUNK_BYTES = 1 << 20;

async function readStable(path: string, bytesMax: number): Promise<StableFile | undefined> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const before = await handle.stat({ bigint: true });
    if (!before.isFile()) return undefined;
    const isKept = before.size <= BigInt(bytesMax);
    const hash = createHash('sha256');
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    for await (const chunk of handle.createReadStream({
      autoClose: false,
      highWaterMark: CHUNK_BYTES,
    }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
      if (isKept) chunks.push(chunk);
    }
    const after = await handle.stat({ bigint: true });
    const isStable = before.mtimeNs === after.mtimeNs && BigInt(sizeBytes) === after.size;
    if (!isStable) return undefined;
    const bytes = isKept ? Buffer.concat(chunks) : undefined;
    return { sizeBytes, sha256: hash.digest('hex'), bytes };
  } finally {
    await handle.close();
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function foldersAbove(path: string): Promise<string[]> {
  const above: string[] = [];
  for (let folder = dirname(resolve(path)); folder !== above.at(-1); folder = dirname(folder)) {
    const isOurs = await access(folder, constants.R_OK | constants.W_OK).then(
      () => true,
      () => false,
    );
    if (!isOurs) break;
    above.push(folder);
  }
  return above;
}

/** The disk of this machine. */
export const machineDisk: Disk = {
  async names(folder) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .sort();
  },
  read: (path) => readFile(path),
  readStable,
  async sizeOf(path) {
    const known = await stat(path).catch(() => undefined);
    return known?.size;
  },
  async makeFolder(path) {
    try {
      return await mkdir(resolve(path), { recursive: true });
    } catch (error) {
      // Of a folder that is made with those above it, "not there" means a disk that takes no writes.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw Object.assign(new Error(`EROFS: ${path}`, { cause: error }), { code: 'EROFS' });
    }
  },
  foldersAbove,
  write: (path, bytes) => writeFile(path, bytes),
  sync,
  move: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
};
