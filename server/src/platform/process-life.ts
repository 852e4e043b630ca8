/** Whether a process of this machine that left its mark is still the one that runs. */
import { readFileSync } from 'node:fs';

/** The start time of a process, so that a reused pid is not taken for the old one (Linux; else ''). */
export function startOfProcess(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Whether the process with this pid and start time lives; without a start time the pid decides. */
export function isProcessAlive(pid: number, start: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return start === '' || startOfProcess(pid) === start;
}
