import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { AppError, assert } from '@cairn/kernel';
import { type Disk, machineDisk } from './disk.ts';

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

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A file store in a folder of the data directory. */
export function fileStore(folder: string, disk: Disk = machineDisk): FileStore {
  const path = (sha256: string) => {
    assert(/^[0-9a-f]{64}$/.test(sha256), 'a stored file is named by its SHA-256');
    return join(folder, sha256.slice(0, 2), sha256);
  };
  return {
    path,
    async put(bytes) {
      const sha256 = digestOf(bytes);
      const target = path(sha256);
      const isThere = (await disk.sizeOf(target)) === bytes.byteLength;
      if (isThere && digestOf(await disk.read(target)) === sha256) return sha256;
      await disk.makeFolder(join(target, '..'));
      await writeFileWhole(target, bytes, disk);
      return sha256;
    },
    async get(sha256) {
      const bytes = await disk.read(path(sha256));
      if (digestOf(bytes) !== sha256) throw new AppError('STORED_FILE_DAMAGED', { sha256 });
      return bytes;
    },
    async remove(sha256) {
      await disk.remove(path(sha256));
    },
  };
}
