/** Who runs a business day: one runner at a time, and a runner that is gone does not block it. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { AppError, epochMsOf, type Instant, type LocalDate } from '@cairn/kernel';
import { FIRM, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';

/** The start time of a process, so that a reused pid is not taken for the runner (Linux). */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

const me = `${hostname()}:${process.pid}:${startOf(process.pid)}`;
/** A runner on another machine is taken for gone after this long without a finished step. */
const SILENCE_MS = 10 * 60_000;

function isGone(owner: string, since: Instant, now: Instant): boolean {
  const [host, pid, start] = owner.split(':');
  if (host !== hostname()) return epochMsOf(now) - epochMsOf(since) > SILENCE_MS;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
  }
  return start !== '' && startOf(Number(pid)) !== start;
}

const running = new Set<LocalDate>();

/**
 * Takes the day for this process and runs `body`. Errors: DAY_BEING_RUN with who and since when.
 */
export async function asRunner<T>(
  world: World,
  date: LocalDate,
  body: () => Promise<T>,
): Promise<T> {
  await work(world, [FIRM], async ({ tx, now }) => {
    const [day] = await tx.query<{ run_owner: string | null; run_since: Instant | null }>(
      'select run_owner, run_since from clearing.business_days where business_date = $1',
      [date],
    );
    const { run_owner: owner, run_since: since } = day ?? { run_owner: null, run_since: null };
    const held = owner !== null && since !== null && !isGone(owner, since, now);
    // The same process may have died inside a run and come back; it may also run twice at once.
    if (held && (owner !== me || running.has(date))) {
      throw new AppError('DAY_BEING_RUN', { date, owner, since });
    }
    await tx.query(
      'update clearing.business_days set run_owner = $2, run_since = $3 where business_date = $1',
      [date, me, now],
    );
  });
  running.add(date);
  try {
    return await body();
  } finally {
    running.delete(date);
    await work(world, [FIRM], async ({ tx }) => {
      await tx.query(
        `update clearing.business_days set run_owner = null, run_since = null
         where business_date = $1 and run_owner = $2`,
        [date, me],
      );
    });
  }
}
