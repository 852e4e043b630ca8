/** `cairn day run` and `cairn day status` inside an installation. */
import { type LocalDate, parseLocalDate, shanghaiDate } from '@cairn/kernel';
import { systemActor } from '../../platform/actor.ts';
import { refreshCalendar } from '../../platform/calendar.ts';
import {
  DAY_STEPS,
  type DayStep,
  type DayWorld,
  getDay,
  lastClosedDate,
  openBusinessDate,
  openExceptions,
  runDay,
  type StepResult,
  STEP_TITLES,
  stepsOf,
} from '../../modules/clearing/index.ts';
import { describeError } from '../describe-error.ts';
import { AppError } from '@cairn/kernel';
import {
  CommandRefused,
  type InstalledCommand,
  parseArgs,
  type Print,
  usageError,
} from './command.ts';

export const DAY_USAGE =
  'day run [--date YYYY-MM-DD] [--until STEP] | day status [--date YYYY-MM-DD]';

function readDate(text: string | undefined): LocalDate | undefined {
  if (text === undefined) return undefined;
  const date = parseLocalDate(text);
  if (date === undefined) {
    throw new CommandRefused(
      `'${text}' is not a date YYYY-MM-DD.`,
      `“${text}”不是 YYYY-MM-DD 日期。`,
      2,
    );
  }
  return date;
}

function readStep(text: string | undefined): DayStep | undefined {
  if (text === undefined) return undefined;
  const step = DAY_STEPS.find((known) => known === text);
  if (step === undefined) {
    const list = DAY_STEPS.join(', ');
    throw new CommandRefused(
      `There is no step '${text}': ${list}.`,
      `没有步骤“${text}”：${list}。`,
      2,
    );
  }
  return step;
}

/** The day that is due: the open one, else the one after the last closed, else today's. */
export async function dueDate(world: DayWorld): Promise<LocalDate> {
  await refreshCalendar(world.calendar, world.db);
  const open = await openBusinessDate(world);
  if (open !== undefined) return open;
  const last = await lastClosedDate(world);
  if (last !== undefined) return world.calendar.nextTradingDay(last);
  return world.calendar.tradingDayOnOrAfter(shanghaiDate(world.clock.now()));
}

function countsText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

/** One line for a step: its titles, state and counts. */
export function stepLine({
  step,
  state,
  counts,
}: Pick<StepResult, 'step' | 'counts'> & { state: string }): string {
  const [title, titleZh] = STEP_TITLES[step];
  return `  ${step.padEnd(10)} ${state.padEnd(8)} ${titleZh} / ${title}  ${countsText(counts)}`.trimEnd();
}

async function run(world: DayWorld, date: LocalDate, until: DayStep | undefined, print: Print) {
  const actor = { ...systemActor('command-line'), id: 'command-line' };
  const options = until === undefined ? {} : { until };
  const result = await runDay(world, actor, date, options);
  print(date);
  for (const step of result.steps) {
    print(stepLine(step));
    if (step.failure !== undefined) {
      print(describeError(new AppError(step.failure.code, step.failure.details)));
    }
  }
  return result.isComplete ? 0 : 1;
}

async function status(world: DayWorld, wanted: LocalDate | undefined, print: Print) {
  const due = await dueDate(world);
  const date = wanted ?? (await openBusinessDate(world)) ?? (await lastClosedDate(world));
  print(`Business day due: ${due}. / 待处理业务日：${due}。`);
  if (date === undefined) return 0;
  const day = await getDay(world, date);
  const state = day.state === 'open' ? 'open / 未关闭' : 'closed / 已关闭';
  print(`${date}: ${state}`);
  for (const row of await stepsOf(world, date)) print(stepLine(row));
  const open = await openExceptions(world.db);
  print(`Open exceptions: ${open.length}. / 未处理异常：${open.length}。`);
  return 0;
}

/** Runs or shows a business day. */
export const dayInstalled: InstalledCommand = async ({ world }, args, print) => {
  const [verb, ...rest] = args;
  if (verb === 'run') {
    const { words, values } = parseArgs(rest, { values: ['date', 'until'] }, DAY_USAGE);
    if (words.length > 0) throw usageError(DAY_USAGE);
    const until = readStep(values['until']);
    return run(world, readDate(values['date']) ?? (await dueDate(world)), until, print);
  }
  if (verb === 'status') {
    const { words, values } = parseArgs(rest, { values: ['date'] }, DAY_USAGE);
    if (words.length > 0) throw usageError(DAY_USAGE);
    return status(world, readDate(values['date']), print);
  }
  throw usageError(DAY_USAGE);
};
