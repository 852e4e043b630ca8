/** Who runs a business day: one runner at a time, and a runner that is gone does not block it. */
import { hostname } from 'node:os';
import { AppError, epochMsOf, type Instant, type LocalDate } from '@cairn/kernel';
import { type Actor, actorName } from '../../platform/actor.ts';
import { FIRM, work } from '../../platform/work.ts';
import { isProcessAlive, startOfProcess } from '../../platform/process-life.ts';
import type { World } from '../../platform/world.ts';

const processName = `${hostname()}:${process.pid}:${startOfProcess(process.pid)}`;
/** A runner on another machine is taken for gone after this long without a sign of life. */
const SILENCE_MS = 10 * 60_000;

/** The runs of this process that go on now, so that one that failed badly is told from them. */
const going = new Set<string>();
let runs = 0;

function isGone(owner: string, seenAt: Instant, now: Instant): boolean {
  const [host, pid, start = ''] = owner.split(':');
  if (host !== hostname()) return epochMsOf(now) - epochMsOf(seenAt) > SILENCE_MS;
  if (owner.startsWith(`${processName}:`)) return !going.has(owner);
  return !isProcessAlive(Number(pid), start);
}

interface Held {
  run_owner: string | null;
  run_since: Instant | null;
  run_seen_at: Instant | null;
}

async function take(world: World, date: LocalDate, run: string): Promise<void> {
  await work(world, [FIRM], async ({ tx, now }) => {
    const [held] = await tx.query<Held>(
      `select run_owner, run_since, run_seen_at from clearing.business_days
       where business_date = $1`,
      [date],
    );
    const { run_owner: owner = null, run_since: since = null } = held ?? {};
    if (owner !== null && since !== null && !isGone(owner, held?.run_seen_at ?? since, now)) {
      throw new AppError('DAY_BEING_RUN', { date, owner, since });
    }
    await tx.query(
      `update clearing.business_days set run_owner = $2, run_since = $3, run_seen_at = $3,
         pause_asked_by = null, pause_asked_at = null
       where business_date = $1`,
      [date, run, now],
    );
  });
}

/**
 * Takes the day for one run and carries out `body`; of two runs at once, in one process or in two,
 * the second is refused. Errors: DAY_BEING_RUN with who and since when.
 */
export async function asRunner<T>(
  world: World,
  date: LocalDate,
  body: () => Promise<T>,
): Promise<T> {
  const run = `${processName}:${++runs}`;
  // Known as going before the day is taken, so that no other run can take it for a dead one.
  going.add(run);
  try {
    await take(world, date, run);
    return await body();
  } finally {
    going.delete(run);
    await work(world, [FIRM], async ({ tx }) => {
      await tx.query(
        `update clearing.business_days
         set run_owner = null, run_since = null, run_seen_at = null
         where business_date = $1 and run_owner = $2`,
        [date, run],
      );
    });
  }
}

/** Whether somebody asked the present run of a day to stop after its step. */
export async function isPauseAsked(world: World, date: LocalDate): Promise<boolean> {
  const rows = await world.db.query(
    `select 1 from clearing.business_days
     where business_date = $1 and pause_asked_at is not null`,
    [date],
  );
  return rows.length > 0;
}

/** Asks the run of a day to stop after its step. DAY_NOT_FOUND, DAY_NOT_RUNNING. */
export async function askPause(world: World, actor: Actor, date: LocalDate): Promise<void> {
  await work(world, [FIRM], async ({ tx, now, audit }) => {
    const [day] = await tx.query<{ run_owner: string | null }>(
      'select run_owner from clearing.business_days where business_date = $1',
      [date],
    );
    if (day === undefined) throw new AppError('DAY_NOT_FOUND', { date });
    if (day.run_owner === null) throw new AppError('DAY_NOT_RUNNING', { date });
    await tx.query(
      `update clearing.business_days set pause_asked_by = $2, pause_asked_at = $3
       where business_date = $1`,
      [date, actorName(actor), now],
    );
    audit({
      bucket: FIRM,
      actor,
      action: 'clearing.pause-day',
      subject: `day:${date}`,
      result: 'done',
      detail: {},
    });
  });
}
