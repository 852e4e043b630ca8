/** One business day of the demonstration: its customers' orders, then the day with both sides. */
import { instantAtShanghai, type LocalDate } from '@cairn/kernel';
import type { RegistrarWorld } from '@cairn/registrar';
import { decideApproval } from '../../platform/approvals.ts';
import type { FixedClock } from '../../platform/clock.ts';
import { type DayWorld, requestAcceptance, runDay } from '../../modules/clearing/index.ts';
import type { People } from '../sandbox/house.ts';
import type { Investor } from '../sandbox/investors.ts';
import { type PlayedDay, playDay } from '../sandbox/play-day.ts';
import { placeDayOrders } from './orders.ts';

/** What a day is played with. */
export interface DemoDay {
  readonly world: DayWorld;
  readonly clock: FixedClock;
  readonly registrar: RegistrarWorld;
  readonly people: People;
  readonly investors: readonly Investor[];
  readonly date: LocalDate;
}

export interface PlayedDemoDay extends PlayedDay {
  /** What the demonstration's own customers did. */
  readonly placed: { accepted: number; refused: number; cancelled: number };
}

/**
 * Plays the day to its close. The clock goes from where it stands to the afternoon, never back; a
 * day that was begun is finished from where it stands. Exceptions that keep the day open are
 * accepted by two people, as a broker would: they stay on the list.
 */
export async function playDemoDay(day: DemoDay): Promise<PlayedDemoDay> {
  const { world, clock, registrar, people, investors, date } = day;
  const { maker } = people;
  const placed = await placeDayOrders(world, clock, maker, date, investors);
  const afternoon = instantAtShanghai(date, '15:30:00.000');
  if (clock.now() < afternoon) clock.set(afternoon);
  const played = await playDay(world, registrar, maker, date);
  const failure = played.finished.steps.at(-1)?.failure;
  if (failure?.code !== 'DAY_NOT_ACCEPTED') return { placed, ...played };
  await acceptExceptions(world, people, date);
  return { placed, ...played, finished: await runDay(world, maker, date) };
}

async function acceptExceptions(world: DayWorld, people: People, date: LocalDate): Promise<void> {
  const reason = '已与登记机构和存管银行联系，次日跟进';
  const approvalId = await requestAcceptance(world, people.maker, { businessDate: date, reason });
  await decideApproval(world, people.checker, approvalId, 'approve', '已复核');
}
