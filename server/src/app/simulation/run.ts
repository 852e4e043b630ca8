/** A play from its first day to its end: business with faults, then healing, then the last account. */
import { addDays, type LocalDate } from '@cairn/kernel';
import type { Db } from '../../platform/db.ts';
import { businessDigest } from '../digest.ts';
import { playDay } from './day.ts';
import { Disagreement } from './model/booking.ts';
import { readExceptions, readLots } from './observe.ts';
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

  constructor(options: PlayOptions, date: LocalDate | undefined, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`seed ${options.seed}, ${date ?? 'before the first day'}: ${why}`, { cause });
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
  const { staff, days } = play;
  staff.isHealing = true;
  play.healRegistrars();
  for (let more = 0; more < HEALING_DAYS_MAX; more += 1) {
    staff.sendAllAgain();
    const date = await playDay(play, days.length + more, { isLively: false });
    onDay(date);
    if (openBusiness(play).length === 0 && (await openExceptionsLeft(play)).length === 0) {
      return more + 1;
    }
  }
  const open = [...openBusiness(play), ...(await openExceptionsLeft(play))];
  throw new Disagreement(`after ${HEALING_DAYS_MAX} days without faults`, 'nothing is open', open);
}

async function openExceptionsLeft({ house, staff }: Play): Promise<string[]> {
  await staff.resolveReminders();
  const { all } = await readExceptions(house.calm);
  return all.map(({ code, subject, business_date: date }) => `${code} ${subject} ${date}`);
}

/** The lots that are left are those of the registrars, whatever came late or in another order. */
async function compareLots({ house, people, truth }: Play): Promise<void> {
  const ours = await readLots(house.calm.db, people.clients);
  const lines = (lots: ReadonlyMap<string, readonly { date: string; units: bigint }[]>) =>
    [...lots]
      .flatMap(([key, own]) => {
        const byDate = new Map<string, bigint>();
        for (const { date, units } of own) byDate.set(date, (byDate.get(date) ?? 0n) + units);
        return [...byDate]
          .filter(([, units]) => units > 0n)
          .map((one) => `${key} ${one.join(' ')}`);
      })
      .sort();
  const [theirs, model] = [lines(ours), lines(truth.lots)];
  const without = (some: readonly string[], others: readonly string[]) => {
    const known = new Set(others);
    return some.filter((line) => !known.has(line));
  };
  const [missing, extra] = [without(model, theirs), without(theirs, model)];
  if (missing.length + extra.length > 0) throw new Disagreement('lots', missing, extra);
}

/** Edges of the calendar that the play went over. */
function reachEdges({ days, probes }: Play): void {
  for (const [n, date] of days.entries()) {
    const before = days[n - 1];
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
  try {
    play = await openPlay(options, db);
    for (const [day, one] of play.days.entries()) {
      date = one;
      await playDay(play, day, { isLively: true });
      onDay(date);
    }
    const healing = await heal(play, (one) => {
      date = one;
      onDay(one);
    });
    await compareLots(play);
    const { digest } = await businessDigest(db);
    const { broker, probes } = play;
    reachEdges(play);
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
    throw new PlayFailed(options, date, error);
  } finally {
    play?.close();
  }
}
