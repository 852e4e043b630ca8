/** Runs of the business day: killed, repeated, held up, helped on, and held against the model. */
import { addDays, assert, type LocalDate } from '@cairn/kernel';
import { type DayRun, rebuildFiles, runDay } from '../../modules/clearing/index.ts';
import { businessDigest } from '../digest.ts';
import { playOperator } from '../sandbox/house.ts';
import { ask } from './asks.ts';
import { burst, type DayTask, isBeingRun, observeTaken, restartDead } from './burst.ts';
import { breach } from './day-checks.ts';
import { change, drawOthers, type Phase, withPortFaults } from './hours.ts';
import { HOUSE_FOLDER, type Outcome } from './house.ts';
import { inShanghai } from './model/arithmetic.ts';
import { Disagreement } from './model/booking.ts';
import { type RunSeen, runText, type Stop } from './model/day-book.ts';
import type { Play } from './play.ts';
import { PLAY_REGISTRARS } from './play-market.ts';
import { judgeCounts, markRuns, unanswered } from './run-counts.ts';

const RUNS_MAX = 40;
/** After so many runs in vain the servers are left in peace: the dice of a seed may never relent. */
const HURT_RUNS_MAX = 20;

const seenOf = ({ steps, isComplete }: DayRun): RunSeen => ({
  steps: steps.map(({ step, failure }) => ({ step, code: failure?.code })),
  isComplete,
});

const HURT = new Set(['DATABASE_UNAVAILABLE', 'DATABASE_CONFLICT']);

/** What must hold a run of the day up, with what it says of it, as things stand. */
async function stopsOf(play: Play, date: LocalDate): Promise<(Stop & { says: string })[]> {
  const { deliveries, office, staff } = play;
  const missing = deliveries.missing(date, PLAY_REGISTRARS, (name) =>
    office.isPassed(date, 'PACKAGE_MISSING', `missing:${date}/${name}`),
  );
  await staff.readList();
  const held = office.holdsUp(date);
  return [
    ...(missing.length === 0
      ? []
      : [{ step: 'receive' as const, code: 'PACKAGE_MISSING', says: missing.join(', ') }]),
    ...(held === undefined
      ? []
      : [{ step: 'close' as const, code: held.code, says: String(held.exceptions) }]),
  ];
}

/** Holds the answer of a run of the day against the model: its steps, where it stopped, and why. */
async function judgeRun(
  play: Play,
  task: Pick<DayTask, 'date' | 'until'>,
  run: DayRun,
): Promise<void> {
  const { dayBook, probes } = play;
  const seen = seenOf(run);
  const said = runText(seen);
  const stops = await stopsOf(play, task.date);
  const predicted = dayBook.predictRuns(task.until, stops);
  const failure = run.steps.at(-1)?.failure;
  const isHurt = failure !== undefined && HURT.has(failure.code);
  const names = seen.steps.map(({ step }) => step).join(' ');
  const fits = isHurt ? predicted.some((text) => text.startsWith(names)) : predicted.includes(said);
  const { packages, exceptions } = failure?.details ?? {};
  const count = typeof exceptions === 'bigint' ? exceptions.toString() : '';
  const says = typeof packages === 'string' ? packages : count;
  const what = `run of ${task.date} to ${task.until}`;
  if (!fits || run.businessDate !== task.date) {
    throw new Disagreement(what, predicted, `${said} ${says}`);
  }
  const stop = stops.find(({ code }) => code === failure?.code);
  if (stop !== undefined && stop.says !== says) {
    throw new Disagreement(`${stop.code} of ${task.date}`, stop.says, says);
  }
  dayBook.ran(task.date, seen);
  probes.reach(`staff: run of the day: ${failure?.code ?? `done to ${task.until}`}`);
}

/** Holds the answers of runs of the day against the model, in the order in which they ended. */
async function judgeRuns(
  play: Play,
  tasks: readonly DayTask[],
  outcomes: readonly Outcome<DayRun>[],
): Promise<void> {
  const runs = outcomes.flatMap((one, n) => {
    const task = tasks[n];
    return one.kind === 'reply' && task !== undefined
      ? [{ run: one.value, place: one.place, task }]
      : [];
  });
  for (const { run, task } of runs.sort((a, b) => a.place - b.place)) {
    await judgeRun(play, task, run);
  }
}

/** Staff ask for a day that is not the one to be run. */
async function tryWrongDay(play: Play, date: LocalDate): Promise<void> {
  const { oddDice: dice, dayBook, market, house, probes, days } = play;
  const wrong = [market.model.plus(date, 1), dayWithoutTrading(play, date)];
  if (date !== days[0]) wrong.push(market.model.plus(date, -1));
  const asked = dice.pick(wrong) as LocalDate;
  const predicted = dayBook.predictRefusal(asked, inShanghai(house.now).date);
  if (predicted === undefined) return;
  await ask(probes, {
    what: `wrong day of ${asked}`,
    predicted: [predicted],
    call: () => runDay(house.calm, playOperator, asked, { until: 'open' }),
    say: () => 'run',
  });
}

function dayWithoutTrading({ market }: Play, date: LocalDate): LocalDate {
  let day = date;
  while (market.model.isTradingDay(day)) day = addDays(day, 1);
  return day;
}

/** Runs the day up to its files, among acts, killed and started again as the dice will have it. */
export async function sendDay(
  play: Play,
  day: number,
  date: LocalDate,
  phase: Phase,
): Promise<void> {
  const { random, swarm, probes, house } = play;
  if (play.oddDice.chance(0.3)) await tryWrongDay(play, date);
  for (let runs = 0; ; runs += 1) {
    assert(runs < RUNS_MAX, `the day ${date} can be sent`);
    const isHit = phase.isLively && random.chance(swarm.crashDay);
    const node = random.int(0, house.nodes.length - 1);
    const task: DayTask = {
      date,
      node,
      until: 'send',
      ...(isHit ? { diesAfter: random.int(1, 60) } : {}),
    };
    const days = [task];
    if (phase.isLively && house.nodes.length > 1 && random.chance(swarm.secondRunner)) {
      days.push({ date, node: (node + 1) % house.nodes.length, until: 'send' });
    }
    const others = phase.isLively ? drawOthers(play, random.int(0, 4)) : [];
    play.dayBook.begun(date, 'send');
    const marks = markRuns(play, date);
    const outcomes = await burst(play, others, days);
    await judgeRuns(play, days, outcomes);
    for (const one of outcomes) {
      if (one.kind === 'reply') await judgeCounts(play, marks, one.value, days.length === 1);
    }
    if (outcomes.some(isBeingRun)) probes.reach('second runner of a day refused');
    if (restartDead(play) > 0) probes.reach('run of the day killed before its files');
    const ended = outcomes.find((outcome) => outcome.kind === 'reply');
    if (ended?.kind === 'reply') {
      if (ended.value.isComplete) break;
      assert(await play.staff.answer(ended.value), `files are sent: ${describe(ended.value)}`);
    }
    const strange = outcomes.find((one) => one.kind === 'refused' && !isBeingRun(one));
    if (strange?.kind === 'refused') throw strange.error;
  }
  await change(play, day, 'cutOff');
}

/** F4: a day that is done up to its close is run once more, and its books stay as they are. */
async function runOnceMore(play: Play, date: LocalDate): Promise<void> {
  const { house, probes } = play;
  const before = await businessDigest(house.calm.db);
  const marks = markRuns(play, date);
  const run = await runDay(house.calm, playOperator, date, { until: 'report' });
  assert(run.isComplete, `a day that was run runs again: ${describe(run)}`);
  const after = await businessDigest(house.calm.db);
  await judgeRun(play, { date, until: 'report' }, run);
  await told(play, run.businessDate, stepsDone(run));
  await judgeCounts(play, marks, run);
  probes.reach('day run once more before its close');
  const changed = [...after.tables].filter(([name, digest]) => before.tables.get(name) !== digest);
  if (changed.length === 0) return;
  throw breach(
    'F4',
    ['A day that is run again has the same books', '业务日重复运行后账目不变'],
    changed.map(([subject]) => ({ subject, detail: {} })),
  );
}

/** Finishes the day, however often it stops, is killed, or has to be helped on. */
export async function finishDay(play: Play, date: LocalDate, phase: Phase): Promise<void> {
  observeTaken(play);
  await play.staff.workOnRecords();
  if (play.oddDice.chance(0.5)) {
    await runTo(play, 'report', date, phase);
    await runOnceMore(play, date);
  }
  await runTo(play, 'close', date, phase);
}

/** Runs the day up to a step, however often that takes. */
async function runTo(
  play: Play,
  until: 'report' | 'close',
  date: LocalDate,
  phase: Phase,
): Promise<void> {
  const { random, swarm, staff, probes, house } = play;
  // Where every record can only be booked, clients may act meanwhile and the model knows the order.
  const isWell = ![...play.unwell].some((day) => day <= date);
  const mayAct = phase.isLively && isWell && play.desk.isCleanUntil(date);
  for (let runs = 0; ; runs += 1) {
    assert(runs < RUNS_MAX, `the day ${date} can be finished`);
    const isHurt = phase.isLively && runs < HURT_RUNS_MAX;
    const isHit = isHurt && random.chance(swarm.crashDay);
    withPortFaults(play, isHurt && !mayAct);
    const task: DayTask = {
      date,
      node: random.int(0, house.nodes.length - 1),
      until,
      ...(isHit ? { diesAfter: random.int(1, 160) } : {}),
    };
    play.dayBook.begun(date, until);
    const marks = markRuns(play, date);
    const since = house.commits.length;
    const [outcome] = await burst(play, mayAct ? drawOthers(play, random.int(0, 4)) : [], [task]);
    if (outcome !== undefined) await judgeRuns(play, [task], [outcome]);
    withPortFaults(play, false);
    const committed = house.commits.slice(since).filter(({ call }) => call.startsWith('day '));
    await told(play, date, [
      ...committed.map(({ step }) => step),
      ...(outcome?.kind === 'reply' ? stepsDone(outcome.value) : []),
    ]);
    if (outcome?.kind === 'reply') await judgeCounts(play, marks, outcome.value);
    else unanswered(play, marks);
    if (restartDead(play) > 0) probes.reach('run of the day killed after its files');
    if (outcome?.kind === 'refused') {
      if (outcome.error.code !== 'DAY_ALREADY_CLOSED') throw outcome.error;
      // The run before was killed after its last commit: the day is over and nobody was told.
      probes.reach('day closed by a run that was killed');
      play.dayBook.closed(date);
      await toldWhole(play, date);
      return;
    }
    if (outcome?.kind !== 'reply') continue;
    if (outcome.value.isComplete) return;
    const isHelped = await staff.answer(outcome.value);
    assert(isHelped, `the day goes on: ${describe(outcome.value)}`);
    observeTaken(play);
  }
}

const bigintText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;
const describe = (run: DayRun): string => JSON.stringify(run.steps.at(-1), bigintText);

/** What a whole run did is told to the model. */
async function toldWhole({ staff, broker }: Play, date: LocalDate): Promise<void> {
  await staff.tellUnbooked();
  broker.settledFor(broker.customers(), date);
}

const stepsDone = ({ steps }: DayRun): string[] =>
  steps.filter(({ state }) => state === 'done').map(({ step }) => step);

/**
 * What runs of a day came past is told to the model, also when nobody was answered: what was booked,
 * and what was paid. Whatever waits is decided in one transaction, and so is what is due.
 */
async function told(play: Play, date: LocalDate, steps: readonly string[]): Promise<void> {
  const { staff, broker } = play;
  observeTaken(play);
  if (steps.includes('confirm')) await staff.tellUnbooked();
  if (steps.includes('settle')) broker.settledFor(broker.customers(), date);
}

/** F6: what went out is built again from the books, byte by byte. */
export async function compareRebuilt(play: Play, date: LocalDate): Promise<void> {
  const { house, probes } = play;
  const files = await rebuildFiles(house.calm, date);
  const other = files.filter(({ party, name, bytes }) => {
    const sent = house.disk.find(`${HOUSE_FOLDER}/exchange/${party}/out/${name}`);
    return sent?.equals(bytes) !== true;
  });
  probes.reach('outgoing file built again', files.length);
  if (other.length === 0) return;
  throw breach(
    'F6',
    ['A file that is built again has the same bytes', '重新生成的外发文件逐字节相同'],
    other.map(({ party, name }) => ({ subject: `file:${party}/${name}`, detail: {} })),
  );
}
