import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '@cairn/kernel';

/** Original bytes, kept by their SHA-256 and never changed. */
export interface FileStore {
  /** Keeps the bytes and returns their SHA-256 in hex; the same bytes are kept once. */
  put(bytes: Uint8Array): Promise<string>;
  get(sha256: string): Promise<Buffer>;
  stream(sha256: string): AsyncIterable<Buffer>;
  path(sha256: string): string;
}

/** Flushes a directory, so that a new name in it survives a power cut. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a file so that a reader sees all of it or nothing: temporary name, flush, rename. */
export async function writeFileWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.${randomBytes(4).toString('hex')}.part`;
  const handle = await open(partial, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await rename(partial, path);
  await syncDirectory(join(path, '..'));
}

/** A file store in a folder of the data directory. */
export function fileStore(folder: string): FileStore {
  const path = (sha256: string) => {
    assert(/^[0-9a-f]{64}$/.test(sha256), 'a stored file is named by its SHA-256');
    return join(folder, sha256.slice(0, 2), sha256);
  };
  return {
    path,
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const target = path(sha256);
      const known = await stat(target).catch(() => undefined);
      if (known?.size === bytes.byteLength) return sha256;
      await mkdir(join(target, '..'), { recursive: true });
      await writeFileWhole(target, bytes);
      return sha256;
    },
    get: (sha256) => readFile(path(sha256)),
    stream: (sha256) => createReadStream(path(sha256), { highWaterMark: 1 << 20 }),
  };
}
