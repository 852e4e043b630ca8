import { createHash, randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { AppError, assert } from '@cairn/kernel';
import { type Disk, machineDisk } from './disk.ts';
import type { Secrets } from './secrets.ts';

/** Original bytes, kept by their SHA-256; never changed, and there until they are removed. */
export interface FileStore {
  /**
   * Keeps the bytes and returns their SHA-256 in hex; the same bytes are kept once. What stands
   * under their name and is no longer them is replaced.
   */
  put(bytes: Uint8Array): Promise<string>;
  /** The bytes as they were put. AppError STORED_FILE_DAMAGED when they are others by now. */
  get(sha256: string): Promise<Buffer>;
  /** Takes the bytes away for good; nothing when they are gone. */
  remove(sha256: string): Promise<void>;
  path(sha256: string): string;
  /** How many files the present key did not encrypt. */
  countStale(): Promise<number>;
  /** Encrypts those under the present key; answers how many. STORED_FILE_DAMAGED. */
  reseal(): Promise<number>;
}

// The folders whose names, and those above them, this process has flushed.
const safeOn = new WeakMap<Disk, Set<string>>();

/**
 * Makes a folder and those above it, where they are missing. They survive a power cut, also those that
 * another process made and died before they were flushed, or has not flushed yet.
 */
export async function makeFolder(path: string, disk: Disk = machineDisk): Promise<void> {
  const folder = resolve(path);
  const made = await disk.makeFolder(folder);
  const safe = safeOn.get(disk) ?? new Set<string>();
  safeOn.set(disk, safe);
  // One that was flushed may have been taken away since.
  const isSafe = (one: string) => safe.has(one) && (made === undefined || one.length < made.length);
  if (isSafe(folder)) return;
  const flushed = [folder];
  for (const above of await disk.foldersAbove(folder)) {
    await disk.sync(above);
    if (isSafe(above)) break;
    flushed.push(above);
  }
  for (const one of flushed) safe.add(one);
}

/** Writes a file so that a reader sees all of it or nothing: temporary name, flush, rename. */
export async function writeFileWhole(
  path: string,
  bytes: Uint8Array,
  disk: Disk = machineDisk,
): Promise<void> {
  const partial = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    await disk.write(partial, bytes);
    await disk.sync(partial);
  } catch (error) {
    await disk.remove(partial);
    throw error;
  }
  await disk.move(partial, path);
  // The new name too survives a power cut.
  await disk.sync(join(path, '..'));
}

/**
 * As `writeFileWhole`, but leaves a file that is there with these bytes. Returns whether it wrote; the
 * name survives a power cut either way, also where one that wrote it died before it was flushed.
 */
export async function writeFileOnce(
  path: string,
  bytes: Uint8Array,
  disk: Disk = machineDisk,
): Promise<boolean> {
  const there = await disk.read(path).catch(() => undefined);
  if (there?.equals(bytes) !== true) {
    await writeFileWhole(path, bytes, disk);
    return true;
  }
  await disk.sync(join(path, '..'));
  return false;
}

const PARTIAL = /\.[0-9a-f]{8}\.part$/;

/**
 * Removes what writers of these files left beside them when they died on the way. Whoever still writes
 * one of them fails: the caller says that nobody may.
 */
export async function removePartials(
  folder: string,
  names: readonly string[],
  disk: Disk = machineDisk,
): Promise<void> {
  for (const name of await disk.names(folder)) {
    if (PARTIAL.test(name) && names.includes(name.replace(PARTIAL, ''))) {
      await disk.remove(join(folder, name));
    }
  }
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Ciphertexts begin with their version; of the files that are kept no other begins so. */
const isSealed = (bytes: Buffer): boolean => bytes[0] === 2 || bytes[0] === 3;

/** What encrypts the files of a store, each for its own name. */
export type FileSecrets = Pick<Secrets, 'seal' | 'open' | 'prefix'>;

/**
 * A file store in a folder of the data directory. With secrets the files are encrypted, and what was
 * kept in clear before is read as it is until it is sealed.
 */
export function fileStore(
  folder: string,
  { disk = machineDisk, secrets }: { disk?: Disk; secrets?: FileSecrets } = {},
): FileStore {
  return new Store(folder, disk, secrets);
}

class Store implements FileStore {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #secrets: FileSecrets | undefined;

  constructor(folder: string, disk: Disk, secrets: FileSecrets | undefined) {
    this.#folder = folder;
    this.#disk = disk;
    this.#secrets = secrets;
  }

  path(sha256: string): string {
    assert(/^[0-9a-f]{64}$/.test(sha256), 'a stored file is named by its SHA-256');
    return join(this.#folder, sha256.slice(0, 2), sha256);
  }

  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = digestOf(bytes);
    const folder = join(this.path(sha256), '..');
    if (await this.#holds(sha256)) {
      // Whoever put it may have died before the name was safe, and its caller counts on it now.
      await this.#disk.sync(folder);
      return sha256;
    }
    await makeFolder(folder, this.#disk);
    await this.#write(sha256, bytes);
    return sha256;
  }

  async get(sha256: string): Promise<Buffer> {
    const bytes = this.#plain(sha256, await this.#disk.read(this.path(sha256)));
    if (bytes === undefined) throw new AppError('STORED_FILE_DAMAGED', { sha256 });
    return bytes;
  }

  async remove(sha256: string): Promise<void> {
    const path = this.path(sha256);
    await removePartials(join(path, '..'), [sha256], this.#disk);
    await this.#disk.remove(path);
  }

  async countStale(): Promise<number> {
    let count = 0;
    for await (const sha256 of this.#all()) if (await this.#isStale(sha256)) count += 1;
    return count;
  }

  async reseal(): Promise<number> {
    let count = 0;
    for await (const sha256 of this.#all()) {
      if (!(await this.#isStale(sha256))) continue;
      await this.#write(sha256, await this.get(sha256));
      count += 1;
    }
    return count;
  }

  /** The bytes that a file holds; undefined when they are not those of its name. */
  #plain(sha256: string, kept: Buffer): Buffer | undefined {
    const bytes = (isSealed(kept) ? this.#open(sha256, kept) : undefined) ?? kept;
    return digestOf(bytes) === sha256 ? bytes : undefined;
  }

  #open(sha256: string, kept: Buffer): Buffer | undefined {
    try {
      return this.#secrets?.open(kept, contextOf(sha256));
    } catch (error) {
      if (error instanceof AppError && error.code === 'SECRET_UNREADABLE') return undefined;
      throw error;
    }
  }

  async #write(sha256: string, bytes: Uint8Array): Promise<void> {
    const kept = this.#secrets?.seal(bytes, contextOf(sha256)) ?? bytes;
    await writeFileWhole(this.path(sha256), kept, this.#disk);
  }

  async #holds(sha256: string): Promise<boolean> {
    const path = this.path(sha256);
    if ((await this.#disk.sizeOf(path)) === undefined) return false;
    return this.#plain(sha256, await this.#disk.read(path)) !== undefined;
  }

  async #isStale(sha256: string): Promise<boolean> {
    const prefix = this.#secrets?.prefix();
    if (prefix === undefined) return false;
    const kept = await this.#disk.read(this.path(sha256));
    return !kept.subarray(0, prefix.length).equals(prefix);
  }

  async *#all(): AsyncGenerator<string> {
    for (let first = 0; first < 256; first += 1) {
      const part = first.toString(16).padStart(2, '0');
      const names = await this.#disk.names(join(this.#folder, part));
      yield* names.filter((name) => /^[0-9a-f]{64}$/.test(name));
    }
  }
}

/** What the bytes of a file are encrypted for. */
const contextOf = (sha256: string): string => `files/${sha256}`;
