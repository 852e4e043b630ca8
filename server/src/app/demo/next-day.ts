/** Playing on: the next business day of a demonstration, and where it stands. */
import { assert, instantAtShanghai, type Instant, type LocalDate } from '@cairn/kernel';
import { dueDate } from '../commands/day-installed.ts';
import type { Installation } from '../installation.ts';
import { loadInvestors, loadStaff, writeDemoClock } from './facts.ts';
import { FINAL_DAY } from './period.ts';
import { playDemoDay, type PlayedDemoDay } from './play.ts';
import { openDemoRegistrar } from './registrar.ts';
import { expireCertificates } from '../../modules/customers/index.ts';
import { openExceptions } from '../../modules/clearing/index.ts';
import { listApprovals } from '../../platform/approvals.ts';

/** Where a demonstration stands. */
export interface Standing {
  readonly now: Instant;
  readonly due: LocalDate;
  readonly customers: number;
  readonly orders: number;
  readonly openExceptions: number;
  readonly waitingApprovals: number;
}

export interface PlayedNext {
  readonly date: LocalDate;
  readonly day: PlayedDemoDay;
  readonly report: unknown;
  readonly standing: Standing;
}

const APPROVALS_MAX = 500;

/** Reads where the demonstration stands. */
export async function readStanding({ world }: Installation): Promise<Standing> {
  const [counts] = await world.db.query<{ customers: bigint; orders: bigint }>(
    `select (select count(*) from customers.customers) as customers,
       (select count(*) from trading.orders) as orders`,
  );
  return {
    now: world.clock.now(),
    due: await dueDate(world),
    customers: Number(counts?.customers ?? 0n),
    orders: Number(counts?.orders ?? 0n),
    openExceptions: (await openExceptions(world.db)).length,
    waitingApprovals: (await listApprovals(world.db, { state: 'waiting', limit: APPROVALS_MAX }))
      .approvals.length,
  };
}

/**
 * Plays the due business day with its registrars and bank, then moves the demonstration's clock to
 * half past nine of the next trading day; it never goes back. Undefined when the demonstration has
 * come to its end.
 */
export async function playNextDay(installation: Installation): Promise<PlayedNext | undefined> {
  const { world, demoClock: clock, settings } = installation;
  assert(clock !== undefined, 'the installation is a demonstration');
  const date = await dueDate(world);
  if (date > FINAL_DAY) return undefined;
  const people = await loadStaff(world.db);
  const investors = await loadInvestors(world.db);
  await expireCertificates(world, people.maker, date);
  const registrar = openDemoRegistrar(settings);
  const day = await playDemoDay({ world, clock, registrar, people, investors, date });
  if (day.finished.isComplete) {
    const morning = instantAtShanghai(world.calendar.nextTradingDay(date), '09:30:00.000');
    if (clock.now() < morning) clock.set(morning);
  }
  await writeDemoClock(world, clock.now());
  const [row] = await world.db.query<{ report: unknown }>(
    'select report from clearing.business_days where business_date = $1',
    [date],
  );
  return { date, day, report: row?.report, standing: await readStanding(installation) };
}
