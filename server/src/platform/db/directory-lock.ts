import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '@cairn/kernel';
import { isProcessAlive, startOfProcess } from '../process-life.ts';

function holderOf(path: string): { pid: number; start: string } | undefined {
  try {
    const [pid, start] = readFileSync(path, 'utf8').trim().split(' ');
    return pid === undefined || pid === '' ? undefined : { pid: Number(pid), start: start ?? '' };
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock beside an embedded data directory; two writers would lose data in silence.
 *
 * Returns the release. A living holder is AppError DATA_DIRECTORY_LOCKED with its pid; the lock
 * of a process that is gone is taken over.
 */
export function lockDirectory(dataDir: string): () => void {
  const path = `${dataDir}.lock`;
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, `${process.pid} ${startOfProcess(process.pid)}\n`);
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = holderOf(path);
    if (holder !== undefined && isProcessAlive(holder.pid, holder.start)) {
      throw new AppError('DATA_DIRECTORY_LOCKED', { directory: dataDir, pid: holder.pid });
    }
    rmSync(path, { force: true });
  }
  throw new AppError('DATA_DIRECTORY_LOCKED', { directory: dataDir, pid: 0 });
}
