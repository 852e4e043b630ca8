/**
 * The business day: runs its steps in order, records each, stops at the first that fails, and goes
 * on from there when it is run again.
 */
import { AppError, type Instant, type LocalDate, shanghaiDate } from '@cairn/kernel';
import { type Actor, actorName } from '../../platform/actor.ts';
import { readAnchor } from '../../platform/audit.ts';
import { refreshCalendar } from '../../platform/calendar.ts';
import type { Tx } from '../../platform/db.ts';
import { FIRM, work } from '../../platform/work.ts';
import { lastPostedAt } from '../accounts/index.ts';
import { recordCutOff, daySummary } from '../trading/index.ts';
import { DAY_STEPS, type DayStep, stepsAfter } from './domain/steps.ts';
import { raiseExceptions, unacceptedExceptions } from './exceptions.ts';
import type { DayWorld } from './exchange.ts';
import { missingPackages, missingSubject, registrarsToHear } from './parties.ts';
import { asRunner, isPauseAsked } from './run-owner.ts';
import { confirmWaiting } from './steps/confirm.ts';
import { raiseOverdue } from './steps/overdue.ts';
import { receivePackages } from './steps/receive.ts';
import { reconcileDay } from './steps/reconcile.ts';
import { reportDay } from './steps/report.ts';
import { sendFiles } from './steps/send.ts';
import { settleDay } from './steps/settle.ts';
import { valueDay } from './steps/value.ts';

type Counts = Readonly<Record<string, number>>;

/** How one step of a run ended. */
export interface StepResult {
  readonly step: DayStep;
  readonly state: 'done' | 'failed';
  readonly counts: Counts;
  readonly failure?: { readonly code: string; readonly details: Record<string, unknown> };
}

export interface DayRun {
  readonly businessDate: LocalDate;
  readonly steps: readonly StepResult[];
  /** Whether every step wanted is done. */
  readonly isComplete: boolean;
  /** The run stopped between two steps because somebody asked for it. */
  readonly isPaused?: true;
}

export interface RunOptions {
  /** The last step to run; `close` by default. */
  readonly until?: DayStep;
  /** Called before and after each step of the run, such as to show how far it is. */
  readonly onStep?: (step: DayStep, phase: 'before' | 'after') => void | Promise<void>;
  /** Called once, when the run holds the day. */
  readonly onHeld?: () => void;
  /** Asked between two steps: whether this process wants to stop. */
  readonly shouldStop?: () => boolean;
}

/** Steps that run again each time they are asked, so that a late file is picked up. */
const REPEATED: ReadonlySet<DayStep> = new Set([
  'receive',
  'confirm',
  'value',
  'settle',
  'reconcile',
  'report',
]);

/** The day that is open, if any. */
export async function openBusinessDate(world: DayWorld): Promise<LocalDate | undefined> {
  const [row] = await world.db.query<{ business_date: LocalDate }>(
    `select business_date from clearing.business_days where state = 'open'`,
  );
  return row?.business_date;
}

/** The last day that was closed, if any. */
export async function lastClosedDate(world: DayWorld): Promise<LocalDate | undefined> {
  const [row] = await world.db.query<{ business_date: LocalDate | null }>(
    `select max(business_date) as business_date from clearing.business_days where state = 'closed'`,
  );
  return row?.business_date ?? undefined;
}

/**
 * Opens a business day. The business date only moves forward, one trading day at a time.
 *
 * Errors: NOT_A_TRADING_DAY, DAY_NOT_BEGUN (it lies in the future), DAY_ALREADY_CLOSED, DAY_NOT_NEXT
 * (another day is open or due first).
 */
async function openDay(world: DayWorld, actor: Actor, date: LocalDate): Promise<Counts> {
  await refreshCalendar(world.calendar, world.db);
  if (!world.calendar.isTradingDay(date)) throw new AppError('NOT_A_TRADING_DAY', { date });
  await work(world, [FIRM], async ({ tx, now, audit }) => {
    const today = shanghaiDate(now);
    if (date > today) throw new AppError('DAY_NOT_BEGUN', { date, today });
    const rows = await tx.query<{ business_date: LocalDate; state: string }>(
      `select business_date, state from clearing.business_days
       where state = 'open' or business_date = $1
         or business_date = (select max(business_date) from clearing.business_days)`,
      [date],
    );
    const same = rows.find((row) => row.business_date === date);
    if (same?.state === 'open') return;
    if (same?.state === 'closed') throw new AppError('DAY_ALREADY_CLOSED', { date });
    const open = rows.find((row) => row.state === 'open');
    const last = rows.find((row) => row.state === 'closed');
    const due =
      open?.business_date ??
      (last === undefined ? date : world.calendar.nextTradingDay(last.business_date));
    if (due !== date) throw new AppError('DAY_NOT_NEXT', { date, due });
    await tx.query(
      `insert into clearing.business_days (business_date, state, opened_at) values ($1, 'open', $2)`,
      [date, now],
    );
    audit({
      bucket: FIRM,
      actor,
      action: 'clearing.open-day',
      subject: `day:${date}`,
      result: 'done',
      detail: {},
    });
  });
  return {};
}

async function collect(world: DayWorld, _actor: Actor, date: LocalDate): Promise<Counts> {
  const summary = await daySummary(world.db, date);
  const counts: Record<string, number> = {};
  for (const row of summary) {
    const key = `${row.businessCode} ${row.state}`;
    counts[key] = (counts[key] ?? 0) + row.count;
  }
  return counts;
}

async function receive(world: DayWorld, actor: Actor, date: LocalDate): Promise<Counts> {
  const registrars = await registrarsToHear(world.db, date);
  const counts = await receivePackages(world, actor, registrars, date);
  const missing = await missingPackages(world.db, date);
  await work(world, [FIRM], async ({ tx, now }) => {
    await raiseExceptions(
      tx,
      now,
      missing.map((subject) => ({
        businessDate: date,
        code: 'PACKAGE_MISSING',
        severity: 'approve',
        subject: missingSubject(date, subject),
        detail: { package: subject },
        ownerRole: 'operations',
      })),
    );
  });
  if (missing.length > 0) throw new AppError('PACKAGE_MISSING', { packages: missing.join(', ') });
  return { ...counts };
}

/**
 * Refuses the close while an open exception blocks, or one of the day that needs a second pair of
 * eyes was not accepted. What was accepted stays open until its cause is gone.
 */
async function assertNothingOpen(tx: Tx, date: LocalDate): Promise<void> {
  const [blocking] = await tx.query<{ n: bigint }>(
    `select count(*) as n from clearing.exceptions
     where state = 'open' and severity = 'block' and business_date <= $1`,
    [date],
  );
  if ((blocking?.n ?? 0n) > 0n) throw new AppError('DAY_BLOCKED', { exceptions: blocking?.n });
  const unaccepted = await unacceptedExceptions(tx, date);
  if (unaccepted.length > 0) {
    throw new AppError('DAY_NOT_ACCEPTED', { exceptions: BigInt(unaccepted.length) });
  }
}

/** Gates of the close: every other step is done and nothing open blocks. */
async function closeDay(world: DayWorld, actor: Actor, date: LocalDate): Promise<Counts> {
  return work(world, [FIRM], async ({ tx, now, audit }) => {
    const done = await tx.query<{ step: DayStep }>(
      `select step from clearing.day_steps where business_date = $1 and state = 'done'`,
      [date],
    );
    const names = new Set(done.map((row) => row.step));
    const undone = DAY_STEPS.filter((step) => step !== 'close' && !names.has(step));
    if (undone.length > 0) throw new AppError('DAY_STEPS_UNDONE', { steps: undone.join(', ') });
    await assertNothingOpen(tx, date);
    // The clocks of servers differ; a day is closed after what another one booked on it.
    await tx.query(
      `update clearing.business_days set state = 'closed',
         closed_at = greatest($2::timestamptz, $3::timestamptz)
       where business_date = $1 and state = 'open'`,
      [date, now, (await lastPostedAt(tx, date)) ?? null],
    );
    // In the same transaction: no run comes after the close to finish its record.
    await tx.query(
      `update clearing.day_steps set state = 'done', finished_at = $2
       where business_date = $1 and step = 'close'`,
      [date, now],
    );
    const anchor = await readAnchor(tx, now);
    audit({
      bucket: FIRM,
      actor,
      action: 'clearing.close-day',
      subject: `day:${date}`,
      result: 'done',
      detail: { anchoredChains: anchor.heads.length },
    });
    return { anchoredChains: anchor.heads.length };
  });
}

const RUN: Readonly<
  Record<DayStep, (world: DayWorld, actor: Actor, date: LocalDate) => Promise<Counts>>
> = {
  open: openDay,
  collect,
  async cutOff(world, actor, date) {
    await recordCutOff(world, actor, date);
    return {};
  },
  send: sendFiles,
  receive,
  async confirm(world, actor, date) {
    const counts = await confirmWaiting(world, actor, date);
    return { ...counts, overdue: await raiseOverdue(world, date) };
  },
  value: (world, _actor, date) => valueDay(world, date),
  settle: settleDay,
  reconcile: reconcileDay,
  report: (world, _actor, date) => reportDay(world, date),
  close: closeDay,
};

// A step is recorded in one statement of its own: only the one run that holds the day writes here.
// It says at the same time that the run is alive.
const ALIVE = `with alive as (
  update clearing.business_days set run_seen_at = $3 where business_date = $1)`;

async function recordStart(
  world: DayWorld,
  actor: Actor,
  date: LocalDate,
  step: DayStep,
): Promise<void> {
  await world.db.query(
    `${ALIVE}
     insert into clearing.day_steps (business_date, step, state, started_at, actor)
     values ($1, $2, 'running', $3, $4)
     on conflict (business_date, step) do update set state = 'running',
       started_at = excluded.started_at, finished_at = null, failure = null,
       run_no = clearing.day_steps.run_no + 1, actor = excluded.actor`,
    [date, step, world.clock.now(), actorName(actor)],
  );
}

async function recordEnd(world: DayWorld, date: LocalDate, end: StepResult): Promise<void> {
  const { step, state, counts, failure } = end;
  await world.db.query(
    `${ALIVE}
     update clearing.day_steps set state = $4, finished_at = $3, counts = $5::jsonb,
       failure = $6::jsonb where business_date = $1 and step = $2`,
    [
      date,
      step,
      world.clock.now(),
      state,
      JSON.stringify(counts),
      failure === undefined ? null : JSON.stringify(failure, bigintText),
    ],
  );
}

const bigintText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

async function runStep(
  world: DayWorld,
  actor: Actor,
  date: LocalDate,
  step: DayStep,
): Promise<StepResult> {
  await recordStart(world, actor, date, step);
  let end: StepResult;
  try {
    end = { step, state: 'done', counts: await RUN[step](world, actor, date) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const failure = { code: error.code, details: error.details };
    end = { step, state: 'failed', counts: {}, failure };
  }
  await recordEnd(world, date, end);
  return end;
}

async function doneSteps(world: DayWorld, date: LocalDate): Promise<Set<DayStep>> {
  const rows = await world.db.query<{ step: DayStep }>(
    `select step from clearing.day_steps where business_date = $1 and state = 'done'`,
    [date],
  );
  return new Set(rows.map((row) => row.step));
}

/**
 * Runs the business day from where it stands to `until`.
 *
 * Steps that are done are not run again, but for those that pick up late files, which repeat
 * until the day is closed. A step that fails ends the run with its reason; running again goes on
 * from it. Errors: NOT_A_TRADING_DAY, DAY_NOT_BEGUN, DAY_ALREADY_CLOSED, DAY_NOT_NEXT,
 * DAY_BEING_RUN.
 */
export async function runDay(
  world: DayWorld,
  actor: Actor,
  date: LocalDate,
  options: RunOptions = {},
): Promise<DayRun> {
  const until = options.until ?? 'close';
  // The day's own row must stand before a run can take it and record its steps.
  await openDay(world, actor, date);
  return asRunner(world, date, async () => {
    options.onHeld?.();
    const done = await doneSteps(world, date);
    for (const step of REPEATED) done.delete(step);
    const steps: StepResult[] = [];
    for (const step of stepsAfter(done, until)) {
      const wantsStop = options.shouldStop?.() === true || (await isPauseAsked(world, date));
      if (steps.length > 0 && wantsStop) {
        return { businessDate: date, steps, isComplete: false, isPaused: true };
      }
      await options.onStep?.(step, 'before');
      const result = await runStep(world, actor, date, step);
      steps.push(result);
      await options.onStep?.(step, 'after');
      if (result.state === 'failed') return { businessDate: date, steps, isComplete: false };
    }
    return { businessDate: date, steps, isComplete: true };
  });
}

export interface StepRow {
  step: DayStep;
  state: 'running' | 'done' | 'failed';
  started_at: Instant;
  finished_at: Instant | null;
  run_no: number;
  actor: string;
  counts: Counts;
  failure: { code: string; details: Record<string, unknown> } | null;
}

/** The recorded steps of a day in their order. */
export async function stepsOf(world: DayWorld, date: LocalDate): Promise<StepRow[]> {
  const rows = await world.db.query<StepRow>(
    `select step, state, started_at, finished_at, run_no, actor, counts, failure
     from clearing.day_steps where business_date = $1`,
    [date],
  );
  return rows.sort((a, b) => DAY_STEPS.indexOf(a.step) - DAY_STEPS.indexOf(b.step));
}

/** A business day as it stands. Errors: DAY_NOT_FOUND when nobody opened it. */
export async function getDay(
  world: DayWorld,
  date: LocalDate,
): Promise<{ state: 'open' | 'closed'; report: unknown }> {
  const [row] = await world.db.query<{ state: 'open' | 'closed'; report: unknown }>(
    'select state, report from clearing.business_days where business_date = $1',
    [date],
  );
  if (row === undefined) throw new AppError('DAY_NOT_FOUND', { date });
  return row;
}
