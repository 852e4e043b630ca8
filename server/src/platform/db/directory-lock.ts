import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '@cairn/kernel';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The start time of a process, so that a reused pid is not taken for the old holder (Linux). */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

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
      writeSync(file, `${process.pid} ${startOf(process.pid)}\n`);
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = holderOf(path);
    const held =
      holder !== undefined &&
      isAlive(holder.pid) &&
      (holder.start === '' || startOf(holder.pid) === holder.start);
    if (held) throw new AppError('DATA_DIRECTORY_LOCKED', { directory: dataDir, pid: holder.pid });
    rmSync(path, { force: true });
  }
  throw new AppError('DATA_DIRECTORY_LOCKED', { directory: dataDir, pid: 0 });
}
