/** The business day as a board: every step with its state, files in and out, checks, exceptions. */
import {
  AppError,
  epochMsOf,
  type ErrorRow,
  type Instant,
  type LocalDate,
  renderMessage,
  shanghaiDate,
} from '@cairn/kernel';
import type { Static } from 'typebox';
import type { Sql } from '../../platform/db.ts';
import type { Board } from './board-contract.ts';
import { isCompared } from './columns.ts';
import { countTexts } from './count-texts.ts';
import { lastClosedDate, openBusinessDate, stepsOf, type StepRow } from './day.ts';
import { DAY_STEPS, STEP_TITLES } from './domain/steps.ts';
import { type Severity, unacceptedExceptions } from './exceptions.ts';
import type { DayWorld } from './exchange.ts';
import { missingPackages } from './parties.ts';

type BoardView = Static<typeof Board>;
type Errors = ReadonlyMap<string, ErrorRow>;

interface DayRow {
  state: 'open' | 'closed';
  opened_at: Instant;
  closed_at: Instant | null;
  run_owner: string | null;
  run_since: Instant | null;
  pause_asked_by: string | null;
  report: unknown;
}

/** The day that is open, or the next one that may be opened. */
export async function dueDate(world: DayWorld): Promise<LocalDate> {
  const open = await openBusinessDate(world);
  if (open !== undefined) return open;
  const closed = await lastClosedDate(world);
  const today = shanghaiDate(world.clock.now());
  return closed === undefined
    ? world.calendar.tradingDayOnOrAfter(today)
    : world.calendar.nextTradingDay(closed);
}

/**
 * The board of a day that was opened, or of the day that is due. `errors` are the texts of failures.
 * DAY_NOT_FOUND.
 */
export async function getBoard(
  world: DayWorld,
  errors: Errors,
  date: LocalDate,
): Promise<BoardView> {
  const [day] = await world.db.query<DayRow>(
    `select state, opened_at, closed_at, run_owner, run_since, pause_asked_by, report
     from clearing.business_days where business_date = $1`,
    [date],
  );
  const due = await dueDate(world);
  if (day === undefined && date !== due) throw new AppError('DAY_NOT_FOUND', { date });
  const [rows, files, exceptions, breaks] = await Promise.all([
    stepsOf(world, date),
    countFiles(world.db, date),
    countExceptions(world.db, date),
    countBreaks(world.db, date),
  ]);
  return {
    businessDate: date,
    dueDate: due,
    state: day?.state ?? 'due',
    clock: world.clock.now(),
    openedAt: day?.opened_at ?? null,
    closedAt: day?.closed_at ?? null,
    runner:
      day?.run_owner == null ? null : { since: day.run_since, pauseAskedBy: day.pause_asked_by },
    steps: viewSteps(rows, errors),
    files,
    exceptions,
    breaks,
    checks: await viewChecks(world, date, { rows, exceptions, breaks }),
    report: day?.report ?? null,
  };
}

function viewSteps(rows: readonly StepRow[], errors: Errors): BoardView['steps'] {
  const byStep = new Map(rows.map((row) => [row.step, row]));
  const next = DAY_STEPS.find((step) => byStep.get(step)?.state !== 'done');
  return DAY_STEPS.map((step) => {
    const row = byStep.get(step);
    const [title, titleZh] = STEP_TITLES[step];
    const head = { step, title, titleZh, isNext: step === next };
    if (row === undefined) {
      return { ...head, state: 'waiting' as const, counts: [], runNo: 0 };
    }
    return {
      ...head,
      state: row.state,
      startedAt: row.started_at,
      ...(row.finished_at === null
        ? {}
        : {
            finishedAt: row.finished_at,
            durationMs: Math.max(0, epochMsOf(row.finished_at) - epochMsOf(row.started_at)),
          }),
      runNo: row.run_no,
      actor: row.actor,
      counts: Object.entries(row.counts).map(([key, value]) => {
        const [label, labelZh] = countTexts(key);
        return { key, label, labelZh, value };
      }),
      ...(row.failure === null ? {} : { failure: viewFailure(row.failure, errors) }),
    };
  });
}

function viewFailure(failure: NonNullable<StepRow['failure']>, errors: Errors) {
  const [, en, zh] = errors.get(failure.code) ?? [500, failure.code, failure.code];
  return {
    code: failure.code,
    message: renderMessage(en, failure.details),
    messageZh: renderMessage(zh, failure.details),
    details: failure.details,
  };
}

async function countFiles(sql: Sql, date: LocalDate): Promise<BoardView['files']> {
  const rows = await sql.query<{
    direction: 'in' | 'out';
    party: string;
    stream: string;
    state: string;
    files: number;
    records: number;
    bytes: string;
  }>(
    `select direction, party, stream, state, count(*)::int4 as files, sum(records)::int4 as records,
       sum(size_bytes)::text as bytes
     from clearing.files where business_date = $1 group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    [date],
  );
  return [...rows];
}

type Exceptions = BoardView['exceptions'];

async function countExceptions(sql: Sql, date: LocalDate): Promise<Exceptions> {
  const rows = await sql.query<{ severity: Severity; open: number; owned: number }>(
    `select severity, count(*)::int4 as open, count(owner)::int4 as owned from clearing.exceptions
     where business_date <= $1 and state = 'open' group by severity`,
    [date],
  );
  const of = (severity: Severity) => {
    const row = rows.find((one) => one.severity === severity);
    return { open: row?.open ?? 0, owned: row?.owned ?? 0 };
  };
  return { block: of('block'), approve: of('approve'), remind: of('remind') };
}

async function countBreaks(sql: Sql, date: LocalDate): Promise<BoardView['breaks']> {
  return sql.query<{ kind: string; count: number }>(
    `select kind, count(*)::int4 as count from clearing.breaks
     where business_date = $1 group by kind order by kind`,
    [date],
  );
}

/** What stands between the day and its close, in the order in which the close asks. */
async function viewChecks(
  world: DayWorld,
  date: LocalDate,
  of: {
    readonly rows: readonly StepRow[];
    readonly exceptions: Exceptions;
    readonly breaks: BoardView['breaks'];
  },
): Promise<BoardView['checks']> {
  const done = new Set(of.rows.filter((row) => row.state === 'done').map((row) => row.step));
  const undone = DAY_STEPS.filter((step) => step !== 'close' && !done.has(step));
  // What was not asked yet has not passed.
  const isSent = done.has('send');
  const isReconciled = done.has('reconcile') && (await isCompared(world.db, date));
  const missing = isSent ? await missingPackages(world.db, date) : [];
  const unaccepted = await unacceptedExceptions(world.db, date);
  const breaks = of.breaks.reduce((total, { count }) => total + count, 0);
  const check = (
    id: string,
    severity: Severity,
    texts: readonly [title: string, titleZh: string],
    count: number,
    { subjects = [], isAsked = true }: { subjects?: readonly string[]; isAsked?: boolean } = {},
  ) => ({
    id,
    severity,
    title: texts[0],
    titleZh: texts[1],
    state: isAsked ? (count === 0 ? ('passed' as const) : ('open' as const)) : ('notYet' as const),
    count,
    subjects: subjects.slice(0, 20),
  });
  return [
    check('stepsDone', 'block', ['Every step is done', '各步骤均已完成'], undone.length, {
      subjects: undone,
    }),
    check(
      'packagesArrived',
      'approve',
      ['Every package has arrived or was waived', '文件包均已到达或豁免'],
      missing.length,
      { subjects: missing, isAsked: isSent },
    ),
    check(
      'nothingBlocks',
      'block',
      ['No open exception blocks', '没有阻断级异常'],
      of.exceptions.block.open,
    ),
    check(
      'accepted',
      'approve',
      ['What needs a second pair of eyes was accepted', '需复核的异常均已复核'],
      unaccepted.length,
      { subjects: unaccepted.map(({ code, subject }) => `${code} ${subject}`) },
    ),
    check('noBreaks', 'remind', ['Reconciliation found no break', '对账无差异'], breaks, {
      isAsked: isReconciled,
    }),
  ];
}
