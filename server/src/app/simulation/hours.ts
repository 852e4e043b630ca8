/** The hours of a day: acts of clients, what staff do among them, and clocks that are wrong. */
import { addDays, epochMsOf, instantAtShanghai, type LocalDate, type Random } from '@cairn/kernel';
import { burst, restartDead, type Sent, settleDoubts } from './burst.ts';
import type { Command } from './commands.ts';
import type { PlannedChange, Slot } from './market-changes.ts';
import { NO_PORT_FAULTS } from './node.ts';
import { rush } from './overload.ts';
import type { Play } from './play.ts';
import { manageAccounts } from './staff-accounts.ts';
import { drawStaffAct } from './staff-acts.ts';
import { tryAsStranger } from './strangers.ts';

/** What a phase of a play lets happen. */
export interface Phase {
  /** New faults and new business; without, only what is under way comes to its end. */
  readonly isLively: boolean;
}

/** Waits until a time of a day in Shanghai; a time that is past is now. */
export function at(play: Play, date: LocalDate, time: string): void {
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

export function withPortFaults(play: Play, isOn: boolean): void {
  for (const node of play.house.nodes) node.faults = isOn ? play.swarm.ports : NO_PORT_FAULTS;
}

/** Some acts at once; those whose answer was lost are read or asked again. */
export async function act(play: Play, count: number): Promise<void> {
  const { drawer, random, broker, probes } = play;
  withPortFaults(play, true);
  const sent: Sent[] = [];
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
export async function change(play: Play, day: number, slot: Slot): Promise<void> {
  for (const planned of changesAt(play, day, slot)) {
    await actAsStaff(play, play.staff.change(planned), play.random);
    await play.staff.changeAgain(planned);
  }
}

const HOUR_MS = 3_600_000;

/**
 * Somebody sets every clock an hour forward or back, clients act, and the clocks are set right. Where
 * that was is reached only when something was committed meanwhile.
 */
async function whileClocksAreWrong(
  play: Play,
  byMs: number,
  where: readonly string[],
  [least, most]: readonly [number, number] = [2, 5],
): Promise<void> {
  const { house, oddDice: dice, probes } = play;
  const before = house.commits.length;
  house.setClock(byMs);
  await act(play, dice.int(least, most));
  house.setClock(-byMs);
  if (house.commits.length === before) return;
  for (const what of where) probes.reach(`clocks ${byMs > 0 ? 'forward' : 'back'} ${what}`);
}

/** At five past two every clock shows a time after every cut-off of the day for a while. */
async function jumpOverCutOff(play: Play, date: LocalDate): Promise<void> {
  if (!play.oddDice.chance(play.swarm.edgeJump)) return;
  at(play, date, '14:05:00.000');
  await whileClocksAreWrong(play, HOUR_MS, ['over a cut-off']);
}

/** The clocks go back over the cut-off of the day: before it is recorded, or after. */
export async function jumpBackOverCutOff(play: Play, isRecorded: boolean): Promise<void> {
  if (!play.oddDice.chance(play.swarm.edgeJump)) return;
  const what = isRecorded ? 'over a recorded cut-off' : 'over a cut-off';
  await whileClocksAreWrong(play, -HOUR_MS, [what]);
}

/** At midnight the clocks are wrong by an hour, first forward into the next day, then back out of it. */
async function jumpOverDayEnd(play: Play, day: LocalDate): Promise<void> {
  const { oddDice: dice, swarm, options } = play;
  const next = addDays(day, 1);
  const isYearEnd = next.slice(0, 4) !== day.slice(0, 4);
  // Years end seldom: with faults it is never left out.
  const isDrawn = dice.chance(swarm.edgeJump) || (isYearEnd && options.hasFaults);
  if (!isDrawn) return;
  const over = ['over a day end', ...(isYearEnd ? ['over a year end'] : [])];
  at(play, day, '23:30:00.000');
  await whileClocksAreWrong(play, HOUR_MS, over);
  at(play, next, '00:20:00.000');
  await whileClocksAreWrong(play, -HOUR_MS, over);
}

/** Until here an hour forward is still before every cut-off. */
const JUMP_MINUTE_MAX = 12 * 60;

/** What is rarer than acts of clients: staff on one customer, and a burst while the clocks are off. */
async function oddThings(play: Play, minute: number): Promise<void> {
  const { oddDice: dice, swarm, broker, probes, people } = play;
  if (dice.chance(swarm.staffActs)) {
    await actAsStaff(play, drawStaffAct(dice, { broker, probes, clients: people.clients }), dice);
  }
  if (dice.chance(swarm.strangers)) await tryAsStranger(play);
  if (dice.chance(swarm.staffAccounts)) await manageAccounts(play);
  if (minute > JUMP_MINUTE_MAX || !dice.chance(swarm.clockJump)) return;
  const by = dice.pick([HOUR_MS, -HOUR_MS]);
  await whileClocksAreWrong(play, by, ['in the morning'], [1, 4]);
}

/** The hours before the cut-off. */
export async function trade(play: Play, day: number, date: LocalDate): Promise<void> {
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
  if (play.oddDice.chance(swarm.rush)) await rush(play);
  await hearEvents(play, { isLively: true });
  await jumpOverCutOff(play, date);
  // Orders on both sides of the last millisecond of the day.
  at(play, date, random.pick(['13:59:59.985', '14:29:59.985', '14:59:59.985']));
  await act(play, random.int(2, 5));
}

function clockText(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00.000`;
}

/** What clients do in the evening, and on days without trading before the next one. */
export async function rest(play: Play, date: LocalDate, next: LocalDate): Promise<void> {
  const { random } = play;
  if (random.chance(0.4)) {
    at(play, date, '20:30:00.000');
    await act(play, random.int(1, 4));
  }
  await jumpOverDayEnd(play, date);
  for (let day = addDays(date, 1); day < next; day = addDays(day, 1)) {
    if (random.chance(0.3)) {
      at(play, day, '11:00:00.000');
      play.probes.reach('acts on a day without trading');
      await act(play, random.int(1, 3));
    }
    await jumpOverDayEnd(play, day);
  }
}

/** The day's events are taken, or some of them, by servers that may die over it. */
export async function hearEvents(play: Play, phase: Phase): Promise<void> {
  await play.events.hear(phase.isLively ? play.swarm.crash : 0);
  if (restartDead(play) > 0) play.probes.reach('consumer of events killed');
}

/** Acts of clients to go on beside something else. */
export function drawOthers(play: Play, count: number): Sent[] {
  const others: Sent[] = [];
  for (let n = 0; n < count; n += 1) {
    const command = play.drawer.draw();
    if (command !== undefined) others.push(send(play, command));
  }
  return others;
}
