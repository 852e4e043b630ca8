/** Several acts at once on the servers of the house, and their answers in the order of the books. */
import { BUCKETS } from '@cairn/kernel/ids';
import { AppError, type LocalDate, parseBasicDate } from '@cairn/kernel';
import { findFileNameParts } from '@cairn/ofd';
import type { DayRun } from '../../modules/clearing/index.ts';
import { runDay } from '../../modules/clearing/index.ts';
import { playOperator } from '../sandbox/house.ts';
import type { Command } from './commands.ts';
import { HOUSE_FOLDER, type Outcome } from './house.ts';
import { readCustomers } from './observe.ts';
import type { Play } from './play.ts';
import { PLAY_REGISTRARS } from './play-market.ts';

/** A command on one server; `diesAfter` points of a port the server is gone. */
export interface Sent {
  readonly command: Command;
  readonly node: number;
  readonly diesAfter?: number;
}

/** A run of the business day among the acts. */
export interface DayTask {
  readonly date: LocalDate;
  readonly node: number;
  readonly until: 'send' | 'report' | 'close';
  readonly diesAfter?: number;
}

interface Event {
  readonly place: number;
  apply(): void;
}

/** How far a new server's clock is off. */
export function drawSkew({ random, swarm }: Play): number {
  return swarm.skewMs === 0 ? 0 : random.int(-swarm.skewMs, swarm.skewMs);
}

/** Puts new servers in the place of dead ones; a death may have taken the power with it. */
export function restartDead(play: Play): number {
  const { house, random, swarm, probes } = play;
  const dead = house.nodes.flatMap((node, n) => (node.isDead ? [n] : []));
  if (dead.length === 0) return 0;
  if (random.chance(swarm.powerLoss)) {
    // The house is one room: without power every server is gone.
    const hurt = house.disk.losePower(random);
    probes.reach('power lost');
    if (hurt > 0) probes.reach('unflushed bytes or names lost', hurt);
    for (const n of house.nodes.keys()) house.restart(n, drawSkew(play));
  } else for (const n of dead) house.restart(n, drawSkew(play));
  return dead.length;
}

function dayTask(play: Play, task: DayTask): () => Promise<Outcome<DayRun>> {
  const { house } = play;
  return () =>
    house.call(task.node, 'day', (world, node, call) =>
      runDay(world, playOperator, task.date, {
        until: task.until,
        onStep: (step, phase) => node.inStep(call, phase === 'before' ? step : ''),
      }),
    );
}

/** Sees which packages the house has taken out of its folders. */
export function observeTaken({ house, desk, market }: Play): void {
  for (const party of PLAY_REGISTRARS) {
    const folder = `${HOUSE_FOLDER}/exchange/${party}/in/taken`;
    for (const [path] of house.disk.files(folder)) {
      const parts = findFileNameParts(path.slice(folder.length + 1));
      const date = parts === undefined ? undefined : parseBasicDate(parts.date);
      if (parts === undefined || date === undefined || parts.kind === 'OFD') continue;
      if (parts.kind === 'OFI') desk.taken(party, date);
      else market.model.fundsOf(party).forEach((fund) => desk.navsHere.add(`${fund} ${date}`));
    }
  }
}

/** What a committed transaction of a day's run means to the model. */
function dayEvents(play: Play, since: number, date: LocalDate): Event[] {
  observeTaken(play);
  const { isClean } = play.desk;
  const { house, broker, desk, market } = play;
  return house.commits.slice(since).flatMap(({ call, step, buckets }, n): Event[] => {
    if (!call.startsWith('day ')) return [];
    const place = since + n;
    const isWhole = buckets.length >= BUCKETS;
    if (step === 'cutOff') {
      return [{ place, apply: () => (market.model.lastCutOff = date) }];
    }
    if (step === 'send' && isWhole) {
      return [{ place, apply: () => PLAY_REGISTRARS.forEach((code) => broker.sent(code, date)) }];
    }
    // Where something may be left on the exception list, what was booked is told after the run.
    if (!isClean) return [];
    const owners = play.people.clients.filter(({ bucket }) => buckets.includes(bucket));
    const ids = owners.map(({ customerId }) => customerId);
    if (step === 'confirm') return [{ place, apply: () => desk.bookedFor(ids) }];
    if (step === 'settle') return [{ place, apply: () => broker.settledFor(ids, date) }];
    return [];
  });
}

/**
 * Sends the commands at once, with a run of the day among them when there is one, and tells the
 * model the answers in the order in which they took effect. Returns how the run ended.
 */
export async function burst(
  play: Play,
  sent: readonly Sent[],
  days: readonly DayTask[] = [],
): Promise<Outcome<DayRun>[]> {
  const { house } = play;
  const since = house.commits.length;
  for (const { node, diesAfter } of [...sent, ...days]) {
    if (diesAfter !== undefined) house.nodes[node]?.dieAfter(diesAfter);
  }
  const tasks: (() => Promise<Outcome<unknown>>)[] = [
    ...days.map((task) => dayTask(play, task)),
    ...sent.map(
      ({ command, node }) =>
        () =>
          house.call(node, command.name, (world) => command.run(world)),
    ),
  ];
  const settled = await house.gate.run(tasks);
  const outcomes = settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
  for (const node of house.nodes) node.live();
  for (const outcome of outcomes) if (outcome.kind === 'reply') play.ledger.hear(outcome.value);
  const [date] = days.map((task) => task.date);
  const events: Event[] = outcomes.slice(days.length).map((outcome, n) => ({
    place: outcome.place,
    apply: () => sent[n]?.command.tell(outcome),
  }));
  if (date !== undefined) events.push(...dayEvents(play, since, date));
  for (const { apply } of events.sort((a, b) => a.place - b.place)) apply();
  count(play, outcomes.slice(days.length));
  return outcomes.slice(0, days.length) as Outcome<DayRun>[];
}

function count({ probes }: Play, outcomes: readonly Outcome<unknown>[]): void {
  for (const outcome of outcomes) {
    if (outcome.kind === 'refused') {
      // Nothing was done, and the client is told to come again.
      if (outcome.error.code !== 'DATABASE_CONFLICT') throw outcome.error;
      probes.reach('refused by a conflict');
    }
    if (outcome.kind === 'unknown') probes.reach('answer lost');
    if (outcome.kind === 'down') probes.reach('server down');
  }
  if (outcomes.length > 1) probes.reach('acts at once');
}

/** Reads those of whom the model has more than one world, or everybody. */
export async function settleDoubts(play: Play, everybody = false): Promise<void> {
  const { broker, people, house, probes } = play;
  const clients = people.clients.filter(
    ({ customerId }) => everybody || broker.worldsOf(customerId).length > 1,
  );
  if (clients.length === 0) return;
  const seen = await readCustomers(house.calm.db, clients);
  for (const { customerId } of clients) {
    const isOpen = broker.worldsOf(customerId).length > 1;
    const read = seen.get(customerId);
    if (read !== undefined) broker.read(customerId, read);
    if (isOpen) probes.reach('two worlds told apart by reading');
  }
}

/** Whether a run was refused because another one had the day. */
export const isBeingRun = (outcome: Outcome<unknown>): boolean =>
  outcome.kind === 'refused' &&
  outcome.error instanceof AppError &&
  outcome.error.code === 'DAY_BEING_RUN';
