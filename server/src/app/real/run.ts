/** The real run: day after day, from where it stands to its last day. */
import { join } from 'node:path';
import {
  addDays,
  assert,
  instantAtShanghai,
  type LocalDate,
  type Random,
  seededRandom,
} from '@cairn/kernel';
import { createRegistrarWorld, type DayReport, type RegistrarWorld } from '@cairn/registrar';
import { loadCash, loadPositions, loadTradingAccountsOf } from '../../modules/accounts/index.ts';
import { type DayRun, lastClosedDate, runDay } from '../../modules/clearing/index.ts';
import { CommandRefused } from '../commands/command.ts';
import { playOperator } from '../sandbox/house.ts';
import { scenarioOf } from '../sandbox/market.ts';
import { carryOut, type RunWorld } from './act.ts';
import { REAL_REGISTRARS } from './catalogue.ts';
import { navsBesidesFiles, type RealMarket } from './market.ts';
import {
  type DayPlan,
  drawDay,
  NO_MONEY,
  type PlayFund,
  type Player,
  playersOf,
  type PlayerState,
} from './plan.ts';
import { planDay } from './plan-day.ts';
import type { RunRecords, RunSettings } from './records.ts';
import type { Timing } from './timing.ts';

/** The last day of the real run. */
export const RUN_LAST_DATE = '2020-12-31' as LocalDate;
const END_OF_DAY = '15:30:00.000';
const INTEREST_RATE = '0.003';

function dayNotClean(date: LocalDate, why: string): CommandRefused {
  return new CommandRefused(`${date} is not clean: ${why}`, `${date} 未通过：${why}`);
}

export interface RunParts {
  readonly world: RunWorld;
  readonly real: RealMarket;
  readonly players: readonly Player[];
  readonly settings: RunSettings;
  readonly records: RunRecords;
  readonly folder: string;
  readonly timing: Timing;
}

/** The registrar and bank of the run, as they stand in its folder. */
export function openRegistrar({ world, real, settings, folder }: RunParts): RegistrarWorld {
  return createRegistrarWorld({
    scenario: scenarioOf(real.market, world.calendar, {
      from: settings.from,
      to: RUN_LAST_DATE,
      distributorCode: world.exchange.distributorCode,
      interestRate: INTEREST_RATE,
    }),
    stateDir: join(folder, 'registrar'),
    exchangeDir: world.exchange.folder,
  });
}

/** Where the customers stand before the day, in three reads. */
async function statesOf(
  world: RunWorld,
  players: readonly Player[],
): Promise<Map<string, PlayerState>> {
  const buckets = players.map(({ bucket }) => bucket);
  const numbers = players.map(({ assetAccountNo }) => assetAccountNo);
  const cash = await loadCash(world.db, buckets, numbers);
  const accounts = Map.groupBy(
    await loadTradingAccountsOf(world.db, players),
    ({ customerId }) => customerId,
  );
  const positions = Map.groupBy(
    await loadPositions(world.db, players),
    ({ customerId }) => customerId,
  );
  return new Map(
    players.map(({ customerId, assetAccountNo }) => {
      const fact = cash.get(assetAccountNo);
      return [
        customerId,
        {
          accounts: accounts.get(customerId) ?? [],
          cash: fact?.balance ?? NO_MONEY,
          frozen: fact?.frozen ?? NO_MONEY,
          holdings: (positions.get(customerId) ?? []).map((held) => ({
            fundCode: held.fundCode,
            free: held.units - held.frozen,
          })),
        },
      ];
    }),
  );
}

/** How each fund that is sold deals on the day. */
function fundsOn({ market, offers }: RealMarket, date: LocalDate): Map<string, PlayFund> {
  const closed = new Set(
    market.closedDays.filter((row) => row.date === date).map((row) => row.fundCode),
  );
  return new Map(
    market.funds
      .filter((fund) => fund.sold)
      .map(({ fundCode, registrarCode }) => {
        const offer = offers.find((one) => one.fundCode === fundCode);
        const isSetUp = offer === undefined || date >= offer.setUp;
        const isOffered = offer !== undefined && offer.start <= date && date <= offer.end;
        return [
          fundCode,
          { fundCode, registrarCode, isOpen: isSetUp && !closed.has(fundCode), isOffered },
        ];
      }),
  );
}

/** The plan of the day: the one that was begun, else a new one from where everybody stands. */
async function planOf(parts: RunParts, random: Random, date: LocalDate): Promise<DayPlan> {
  const { world, real, players, settings, records } = parts;
  const begun = records.findPlan(date);
  if (begun !== undefined) return begun;
  const { calendar } = world;
  const draw = drawDay(random, date, players, settings.orders);
  const isFirstDay = date === settings.from;
  const previous = calendar.previousTradingDay(date);
  const plan = planDay(random, {
    draw,
    states: await statesOf(world, playersOf(draw)),
    funds: fundsOn(real, date),
    registrars: REAL_REGISTRARS,
    isFirstDay,
    mayClose: !real.offers.some(
      (offer) => offer.start <= date && date <= calendar.addTradingDays(offer.setUp, 2),
    ),
    navsCsv: isFirstDay
      ? undefined
      : navsBesidesFiles(real, calendar, addDays(previous, -1), addDays(date, -1)),
  });
  records.savePlan(plan);
  return plan;
}

interface PlayedDay {
  readonly sent: DayRun;
  readonly registrar: DayReport;
  readonly finished: DayRun;
}

const bigintText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

function assertClean(date: LocalDate, { registrar, sent, finished }: PlayedDay): void {
  const fail = (why: string, detail: unknown): never => {
    throw dayNotClean(date, `${why} ${JSON.stringify(detail, bigintText).slice(0, 2_000)}`);
  };
  if (registrar.problems.length > 0) fail('registrar or bank report', registrar.problems);
  for (const run of [sent, finished]) {
    const failed = run.steps.find((step) => step.state === 'failed');
    if (failed !== undefined) fail(`step ${failed.step} failed`, failed);
  }
  const countsOf = (name: string) => finished.steps.find(({ step }) => step === name)?.counts ?? {};
  if ((countsOf('reconcile')['breaks'] ?? 0) !== 0) fail('breaks', countsOf('reconcile'));
  if ((countsOf('report')['exceptions'] ?? 0) !== 0) fail('exceptions', countsOf('report'));
  assert(finished.isComplete, `${date} is complete`);
}

/** Cut-off and send, registrar and bank, the rest of the day; nothing is let pass by hand. */
async function play(
  { world, timing }: RunParts,
  registrar: RegistrarWorld,
  date: LocalDate,
): Promise<PlayedDay> {
  const clocks = new Map<string, () => void>();
  const onStep = (step: string, phase: 'before' | 'after') => {
    if (phase === 'before') clocks.set(step, timing.start(`day: ${step}`));
    else clocks.get(step)?.();
  };
  const sent = await runDay(world, playOperator, date, { onStep, until: 'send' });
  const answered = timing.start('registrar and bank');
  const report = registrar.playDay(date);
  answered();
  const finished = sent.isComplete ? await runDay(world, playOperator, date, { onStep }) : sent;
  return { sent, registrar: report, finished };
}

async function runOneDay(
  parts: RunParts,
  registrar: RegistrarWorld,
  random: Random,
  date: LocalDate,
): Promise<void> {
  const { world, timing } = parts;
  const plan = await timing.time('plan', () => planOf(parts, random, date));
  await carryOut(world, plan, (kind) => timing.start(`act: ${kind}`));
  world.clock.set(instantAtShanghai(date, END_OF_DAY));
  const played = await play(parts, registrar, date);
  assertClean(date, played);
}

/** The days still to be played: after the last one closed, at most `daysMax` of the run in all. */
export async function daysLeft(
  { world, settings }: Pick<RunParts, 'world' | 'settings'>,
  daysMax: number | undefined,
): Promise<{ all: LocalDate[]; left: LocalDate[] }> {
  const days = world.calendar.tradingDaysBetween(settings.from, RUN_LAST_DATE);
  const all = daysMax === undefined ? days : days.slice(0, daysMax);
  const last = await lastClosedDate(world);
  return { all, left: last === undefined ? all : all.filter((date) => date > last) };
}

/**
 * Plays the days in order. CommandRefused at the first day that does not reconcile or leaves an
 * exception; what was played stays.
 */
export async function runDays(
  parts: RunParts,
  days: readonly LocalDate[],
  onDay: (date: LocalDate) => void,
): Promise<void> {
  const registrar = openRegistrar(parts);
  const random = seededRandom(parts.settings.seed);
  for (const date of days) {
    await runOneDay(parts, registrar, random, date);
    onDay(date);
  }
}
