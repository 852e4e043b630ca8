/**
 * One day of a play: clients and staff act, the day is cut off and sent, the counterparties answer,
 * the day is finished with whatever that takes, and everything is held against the model.
 */
import {
  addDays,
  assert,
  epochMsOf,
  instantAtShanghai,
  type LocalDate,
  type Random,
} from '@cairn/kernel';
import type { DayRun } from '../../modules/clearing/index.ts';
import {
  burst,
  type DayTask,
  drawSkew,
  isBeingRun,
  observeTaken,
  restartDead,
  type Sent,
  settleDoubts,
} from './burst.ts';
import type { Command } from './commands.ts';
import { checkDay } from './day-checks.ts';
import { HOUSE_FOLDER } from './house.ts';
import type { PlannedChange, Slot } from './market-changes.ts';
import type { ModelOrder } from './model/state.ts';
import { NO_PORT_FAULTS } from './node.ts';
import type { Play } from './play.ts';
import { PLAY_REGISTRARS } from './play-market.ts';
import { compareSent, decisionsOf } from './registrar-files.ts';
import { drawStaffAct } from './staff-acts.ts';

/** What a phase of a play lets happen. */
export interface Phase {
  /** New faults and new business; without, only what is under way comes to its end. */
  readonly isLively: boolean;
}

const PARTIES = [...PLAY_REGISTRARS, 'BANK'];
const RUNS_MAX = 40;

function at(play: Play, date: LocalDate, time: string): void {
  play.house.waitUntil(epochMsOf(instantAtShanghai(date, time)));
}

/** Draws which of the servers gets a command, and whether it dies under it. */
function send(play: Play, command: Command): Sent {
  const { random, swarm, house } = play;
  const node = random.int(0, house.nodes.length - 1);
  return random.chance(swarm.crash)
    ? { command, node, diesAfter: random.int(1, 16) }
    : { command, node };
}

function withPortFaults(play: Play, isOn: boolean): void {
  for (const node of play.house.nodes) node.faults = isOn ? play.swarm.ports : NO_PORT_FAULTS;
}

/** Some acts at once; those whose answer was lost are read or asked again. */
async function act(play: Play, count: number, extra: readonly Sent[] = []): Promise<void> {
  const { drawer, random, broker, probes } = play;
  withPortFaults(play, true);
  const sent: Sent[] = [...extra];
  const busy = new Set(broker.customers().filter((one) => broker.worldsOf(one).length > 4));
  for (let n = 0; n < count; n += 1) {
    const command = drawer.draw(busy);
    if (command !== undefined) sent.push(send(play, command));
  }
  await burst(play, sent);
  withPortFaults(play, false);
  restartDead(play);
  for (const customer of broker.customers()) {
    if (broker.worldsOf(customer).length === 1 || random.chance(0.3)) continue;
    const again = random.chance(0.5) ? drawer.drawAgain(customer) : undefined;
    if (again === undefined) continue;
    probes.reach('asked again after a lost answer');
    await burst(play, [{ command: again, node: random.int(0, play.house.nodes.length - 1) }]);
  }
  if (random.chance(0.3)) await settleDoubts(play);
}

function changesAt(play: Play, day: number, slot: Slot): PlannedChange[] {
  return play.market.changes.filter((one) => one.day === day && one.slot === slot);
}

/** Staff do something on a server that stays, among other acts. */
async function actAsStaff(play: Play, command: Command, random: Random): Promise<void> {
  const { house } = play;
  const node = house.nodes.length;
  // A server of its own: it does not die, so that what was brought in is known.
  house.restart(node, 0);
  const others: Sent[] = [];
  for (let n = random.int(0, 2); n > 0; n -= 1) {
    const drawn = play.drawer.draw();
    if (drawn !== undefined) others.push({ command: drawn, node: 0 });
  }
  await burst(play, [{ command, node }, ...others]);
  house.nodes.pop();
}

/** Staff bring in the changes of a moment. */
async function change(play: Play, day: number, slot: Slot): Promise<void> {
  for (const planned of changesAt(play, day, slot)) {
    await actAsStaff(play, play.staff.change(play.market.model, planned), play.random);
  }
}

const HOUR_MS = 3_600_000;
/** Until here an hour forward is still before every cut-off. */
const JUMP_MINUTE_MAX = 12 * 60;

/** What is rarer than acts of clients: staff on one customer, and a burst while the clocks are off. */
async function oddThings(play: Play, minute: number): Promise<void> {
  const { oddDice: dice, swarm, broker, probes, people, house } = play;
  if (dice.chance(swarm.staffActs)) {
    await actAsStaff(play, drawStaffAct(dice, { broker, probes, clients: people.clients }), dice);
  }
  if (minute > JUMP_MINUTE_MAX || !dice.chance(swarm.clockJump)) return;
  const by = dice.pick([HOUR_MS, -HOUR_MS]);
  probes.reach(by > 0 ? 'clocks an hour forward' : 'clocks an hour back');
  house.setClock(by);
  await act(play, dice.int(1, 4));
  house.setClock(-by);
}

/** The hours before the cut-off. */
async function trade(play: Play, day: number, date: LocalDate): Promise<void> {
  const { random, swarm } = play;
  at(play, date, '09:00:00.000');
  await change(play, day, 'morning');
  const acts = random.int(Math.ceil(swarm.actsPerDay / 2), swarm.actsPerDay);
  let left = acts;
  let minute = 0;
  while (left > 0) {
    const some = Math.min(left, random.int(1, 6));
    left -= some;
    minute += random.int(1, Math.max(1, Math.floor(270 / acts)));
    at(play, date, clockText(9 * 60 + 30 + minute));
    await act(play, some);
    await oddThings(play, 9 * 60 + 30 + minute);
  }
  await change(play, day, 'trading');
  // Orders on both sides of the last millisecond of the day.
  at(play, date, random.pick(['13:59:59.985', '14:29:59.985', '14:59:59.985']));
  await act(play, random.int(2, 5));
}

function clockText(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00.000`;
}

/** Runs the day up to its files, among acts, killed and started again as the dice will have it. */
async function sendDay(play: Play, day: number, date: LocalDate, phase: Phase): Promise<void> {
  const { random, swarm, probes, house } = play;
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
    if (phase.isLively && house.nodes.length > 1 && random.chance(0.1)) {
      days.push({ date, node: (node + 1) % house.nodes.length, until: 'send' });
    }
    const others = phase.isLively ? drawOthers(play, random.int(0, 4)) : [];
    const outcomes = await burst(play, others, days);
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

function drawOthers(play: Play, count: number): Sent[] {
  const others: Sent[] = [];
  for (let n = 0; n < count; n += 1) {
    const command = play.drawer.draw();
    if (command !== undefined) others.push(send(play, command));
  }
  return others;
}

function outgoing(play: Play, party: string): [string, Buffer][] {
  const folder = `${HOUSE_FOLDER}/exchange/${party}/out`;
  return play.house.disk
    .files(folder)
    .map(([path, bytes]): [string, Buffer] => [path.slice(folder.length + 1), bytes]);
}

/** The files that were sent are what the model says; the registrars are told of the same. */
async function compareFiles(play: Play, date: LocalDate): Promise<void> {
  const { broker, truth, people } = play;
  await settleDoubts(play);
  const compact = date.replaceAll('-', '');
  for (const registrar of PLAY_REGISTRARS) {
    const sent: { customer: string; order: ModelOrder }[] = [];
    for (const customer of broker.customers()) {
      for (const order of broker.stateOf(customer).orders.values()) {
        if (order.registrar !== registrar || order.tradeDate !== date) continue;
        if (order.state === 'sent') sent.push({ customer, order });
      }
    }
    sent.sort((a, b) => (a.order.id < b.order.id ? -1 : 1));
    const files = outgoing(play, registrar).filter(([name]) => name.includes(`_${compact}_`));
    compareSent(
      `file 03 to ${registrar} of ${date}`,
      sent.map(({ order }) => order),
      files,
    );
    const applications = [...people.applications.values()].filter(
      (one) => one.registrar === registrar && one.tradeDate === date,
    );
    truth.receive(date, sent, applications);
  }
}

/** Registrars and bank play the day; their files are under way afterwards. */
function answer(play: Play, date: LocalDate, phase: Phase): void {
  const { courier, registrar, truth, reader, desk, swarm, market } = play;
  courier.carryOut(PARTIES);
  const report = registrar.playDay(date);
  const problems = report.problems.filter(({ code }) => code !== 'FAULT_WITHOUT_TARGET');
  assert(
    problems.length === 0,
    `the counterparties have no complaint: ${JSON.stringify(problems)}`,
  );
  for (const { kind } of report.faults) play.probes.reach(`registrar ${kind}`);
  const decisions = decisionsOf(report);
  const nextDays = [1, 2].map((days) => market.model.plus(date, days) as LocalDate);
  for (const parcel of courier.collect(PARTIES)) {
    if (parcel.stream === 'confirmation') {
      const records = truth.play(parcel.party, date, decisions);
      const inPart = records.filter(({ code, refund }) => code === '130' && refund > 0n);
      if (inPart.length > 0) play.probes.reach('subscription allotted in part', inPart.length);
      desk.made(parcel.party, parcel.date, reader.read(parcel, records, report));
    }
    const how = courier.deliver(parcel, phase.isLively ? swarm.parcels : {}, nextDays);
    if (how !== 'well') play.unwell.add(parcel.date);
  }
  courier.bringLate(date);
}

/** Finishes the day, however often it stops, is killed, or has to be helped on. */
async function finishDay(play: Play, date: LocalDate, phase: Phase): Promise<void> {
  const { random, swarm, staff, probes, house } = play;
  observeTaken(play);
  await staff.workOnRecords();
  // Where every record can only be booked, clients may act meanwhile and the model knows the order.
  const isWell = ![...play.unwell].some((day) => day <= date);
  const mayAct = phase.isLively && isWell && play.desk.isCleanUntil(date);
  for (let runs = 0; ; runs += 1) {
    assert(runs < RUNS_MAX, `the day ${date} can be finished`);
    const isHit = phase.isLively && random.chance(swarm.crashDay);
    withPortFaults(play, phase.isLively && !mayAct);
    const task: DayTask = {
      date,
      node: random.int(0, house.nodes.length - 1),
      until: 'close',
      ...(isHit ? { diesAfter: random.int(1, 160) } : {}),
    };
    const [outcome] = await burst(play, mayAct ? drawOthers(play, random.int(0, 4)) : [], [task]);
    withPortFaults(play, false);
    if (restartDead(play) > 0) probes.reach('run of the day killed after its files');
    if (outcome?.kind === 'refused') {
      if (outcome.error.code !== 'DAY_ALREADY_CLOSED') throw outcome.error;
      // The run before was killed after its last commit: the day is over and nobody was told.
      probes.reach('day closed by a run that was killed');
      await toldWhole(play, date);
      return;
    }
    if (outcome?.kind !== 'reply') continue;
    await told(play, outcome.value);
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

/** What a run came past is told to the model: what was booked, and what was paid. */
async function told(play: Play, run: DayRun): Promise<void> {
  const { staff, broker } = play;
  observeTaken(play);
  const done = new Set(run.steps.filter(({ state }) => state === 'done').map(({ step }) => step));
  if (done.has('confirm')) await staff.tellUnbooked();
  if (done.has('settle')) broker.settledFor(broker.customers(), run.businessDate);
}

/** What clients do on days without trading before the next one. */
async function rest(play: Play, date: LocalDate, next: LocalDate): Promise<void> {
  const { random } = play;
  for (let day = addDays(date, 1); day < next; day = addDays(day, 1)) {
    if (!random.chance(0.3)) continue;
    at(play, day, '11:00:00.000');
    play.probes.reach('acts on a day without trading');
    await act(play, random.int(1, 3));
  }
}

/** Plays a trading day whole, and the days without trading after it. Returns its date. */
export async function playDay(play: Play, day: number, phase: Phase): Promise<LocalDate> {
  const { random, swarm, probes, market } = play;
  const date = (play.days[day] ??
    market.model.plus(play.days.at(-1) ?? '', day - play.days.length + 1)) as LocalDate;
  const isOdd = phase.isLively && random.chance(swarm.oddHours);
  const isEarly = isOdd && random.chance(0.5);
  if (phase.isLively) await trade(play, day, date);
  for (const n of play.house.nodes.keys())
    if (random.chance(0.2)) play.house.restart(n, drawSkew(play));
  if (isEarly) probes.reach('day cut off early');
  else at(play, date, random.pick(['15:00:00.000', '15:05:00.000', '15:30:00.000']));
  if (phase.isLively && !isEarly) await act(play, random.int(0, 3));
  if (isOdd && !isEarly) {
    probes.reach('day ended after midnight');
    at(play, addDays(date, 1), '00:30:00.000');
  }
  await sendDay(play, day, date, phase);
  await compareFiles(play, date);
  answer(play, date, phase);
  await finishDay(play, date, phase);
  await settleDoubts(play, true);
  await checkDay(play, date);
  await change(play, day, 'evening');
  const next = market.model.plus(date, 1) as LocalDate;
  if (phase.isLively) {
    if (random.chance(0.4)) {
      at(play, date, '20:30:00.000');
      await act(play, random.int(1, 4));
    }
    await rest(play, date, next);
  }
  return date;
}
