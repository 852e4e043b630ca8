/** A play from its first day to its end: business with faults, then healing, then the last account. */
import { addDays, type LocalDate } from '@cairn/kernel';
import type { Db } from '../../platform/db.ts';
import { businessDigest } from '../digest.ts';
import { formatCheck } from '../checks.ts';
import { playDay } from './day.ts';
import { breach, findBroken, InvariantBroken } from './day-checks.ts';
import { compareLots } from './lots.ts';
import { readExceptions } from './observe.ts';
import { openPlay, type Play, type PlayOptions } from './play.ts';
import type { Probes } from './probes.ts';

/** What a play came to. */
export interface PlayReport {
  readonly options: PlayOptions;
  readonly days: number;
  readonly firstDay: LocalDate;
  readonly orders: number;
  readonly probes: Probes;
  /** The books at the end: the same seed gives the same digest. */
  readonly digest: string;
}

/** A play that found something; its message names seed, day and what does not agree. */
export class PlayFailed extends Error {
  readonly options: PlayOptions;
  readonly date: LocalDate | undefined;

  constructor(
    options: PlayOptions,
    { date, broken }: { readonly date: LocalDate | undefined; readonly broken: readonly string[] },
    cause: unknown,
  ) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const head = `seed ${options.seed}, ${date ?? 'before the first day'}:`;
    const text = cause instanceof InvariantBroken ? `${head}\n${why}` : `${head} ${why}`;
    super([text, ...broken].join('\n'), { cause });
    this.name = 'PlayFailed';
    this.options = options;
    this.date = date;
  }
}

/** Trading days within which everything has to come to its end once the faults are over. */
const HEALING_DAYS_MAX = 14;
const FINAL = new Set(['refused', 'cancelled', 'confirmed', 'rejected', 'failed']);

function openBusiness({ broker, desk, truth }: Play): string[] {
  const open: string[] = [];
  for (const customer of broker.customers()) {
    const state = broker.stateOf(customer);
    for (const order of state.orders.values()) {
      if (!FINAL.has(order.state)) open.push(`order ${order.no} of ${customer}: ${order.state}`);
    }
    for (const { dueDate } of state.dues) open.push(`money due to ${customer} on ${dueDate}`);
    for (const account of state.accounts.values()) {
      if (account.status === 'opening') open.push(`account ${account.tradingAccountNo} is opening`);
    }
  }
  if (truth.waiting > 0) open.push(`${truth.waiting} applications at the registrars`);
  return [...open, ...desk.open().map((record) => `record ${record}`)];
}

/** L1: without new faults everything comes to its end. */
async function heal(play: Play, onDay: (date: LocalDate) => void): Promise<number> {
  const { staff, days, events } = play;
  staff.isHealing = true;
  play.healRegistrars();
  for (let more = 0; more < HEALING_DAYS_MAX; more += 1) {
    staff.sendAllAgain();
    const date = await playDay(play, days.length + more, { isLively: false });
    onDay(date);
    await events.hearAll();
    if ((await whatIsOpen(play)).length === 0) return more + 1;
  }
  const open = await whatIsOpen(play);
  throw breach(
    'L1',
    [
      `After ${HEALING_DAYS_MAX} days without faults nothing is open`,
      `故障停止 ${HEALING_DAYS_MAX} 个交易日后无未了事项`,
    ],
    open.map((subject) => ({ subject, detail: {} })),
  );
}

async function whatIsOpen(play: Play): Promise<string[]> {
  const events = await play.events.waiting(play.house.calm.db);
  const left = events === 0 ? [] : [`${events} events that nobody took`];
  return [...openBusiness(play), ...(await openExceptionsLeft(play)), ...left];
}

async function openExceptionsLeft({ house, staff }: Play): Promise<string[]> {
  await staff.resolveReminders();
  const { all } = await readExceptions(house.calm);
  return all.map(({ code, subject, business_date: date }) => `${code} ${subject} ${date}`);
}

/** Every lot that is left is one of the registrars: at the end nothing is on its way any more. */
async function assertSameLots(play: Play): Promise<void> {
  const differences = await compareLots(play, () => true);
  if (differences.length === 0) return;
  throw breach('F3', ['Lots are those of the registrars', '份额明细与登记机构一致'], differences);
}

/** What else does not hold where a play stopped: it says more of the cause than the first word. */
async function alsoBroken(play: Play | undefined, error: unknown): Promise<string[]> {
  if (play === undefined || error instanceof InvariantBroken) return [];
  try {
    return (await findBroken(play)).broken.map(formatCheck);
  } catch (broken) {
    return [`the checks cannot run: ${String(broken)}`];
  }
}

/** Edges of the calendar that the play went over. */
function reachEdges(probes: Probes, played: readonly LocalDate[]): void {
  for (const [n, date] of played.entries()) {
    const before = played[n - 1];
    if (before === undefined) continue;
    if (addDays(before, 4) < date) probes.reach('calendar: long holiday');
    if (before.slice(0, 4) !== date.slice(0, 4)) probes.reach('calendar: end of a year');
  }
}

/** Plays a seed on an empty database with our schema. PlayFailed with what does not agree. */
export async function runPlay(
  options: PlayOptions,
  db: Db,
  onDay: (date: LocalDate) => void = () => undefined,
): Promise<PlayReport> {
  let play: Play | undefined;
  let date: LocalDate | undefined;
  const played: LocalDate[] = [];
  try {
    play = await openPlay(options, db);
    for (const [day, one] of play.days.entries()) {
      date = one;
      await playDay(play, day, { isLively: true });
      played.push(one);
      onDay(date);
    }
    const healing = await heal(play, (one) => {
      date = one;
      played.push(one);
      onDay(one);
    });
    await assertSameLots(play);
    // Users have random ids and codes, in every play other ones.
    const { digest } = await businessDigest(db, { except: ['platform.users'] });
    const { broker, probes } = play;
    reachEdges(probes, played);
    probes.reach('world forked', broker.counts.forks);
    probes.reach('lost answer had happened', broker.counts.settledThere);
    probes.reach('lost answer had not happened', broker.counts.settledNot);
    const orders = broker
      .customers()
      .reduce((sum, customer) => sum + (play?.broker.stateOf(customer).orders.size ?? 0), 0);
    const [firstDay] = play.days;
    if (firstDay === undefined) throw new Error('a play has days');
    return { options, days: play.days.length + healing, firstDay, orders, probes, digest };
  } catch (error) {
    const broken = await alsoBroken(play, error);
    throw new PlayFailed(options, { date, broken }, error);
  } finally {
    play?.close();
  }
}
