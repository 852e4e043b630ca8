/** One play: a house, its counterparties, its customers and the model, set up from a seed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import {
  assert,
  epochMsOf,
  exchangeCalendar,
  instantAtShanghai,
  type LocalDate,
  type Random,
  seededRandom,
} from '@cairn/kernel';
import { createRegistrarWorld, type Fault, type RegistrarWorld } from '@cairn/registrar';
import type { Db } from '../../platform/db.ts';
import { secretsFrom } from '../../platform/secrets.ts';
import { openHouse } from '../sandbox/house.ts';
import { scenarioOf } from '../sandbox/market.ts';
import { Courier } from './courier.ts';
import { ActDrawer } from './draw-acts.ts';
import { House } from './house.ts';
import { Broker } from './model/broker.ts';
import { Desk } from './model/desk.ts';
import { Truth } from './model/truth.ts';
import { openPeople, type People } from './people.ts';
import { drawMarket, INTEREST_RATE, PLAY_REGISTRARS, type PlayMarket } from './play-market.ts';
import { Probes } from './probes.ts';
import { RegistrarReader } from './registrar-files.ts';
import { Staff } from './staff.ts';
import { drawSwarm, type Swarm } from './swarm.ts';

/** What decides a play. */
export interface PlayOptions {
  readonly seed: string;
  readonly days: number;
  readonly customers: number;
  readonly hasFaults: boolean;
  /** Habits in the place of the seed's own, so that what a seeded bug needs does happen. */
  readonly habits?: Partial<Swarm>;
  /** A seeded bug, to see that it is found. */
  readonly sabotage?: (db: Db) => Db;
}

export const DISTRIBUTOR = '305';
/** Trading days after the last one that dues and offers may reach into. */
const DAYS_AFTER = 60;

/** Days near which calendars go wrong; a play begins a few days before one of them, or anywhere. */
const EDGES = [
  '2019-04-26',
  '2019-09-24',
  '2019-12-24',
  '2020-01-17',
  '2020-02-24',
  '2021-02-04',
  '2021-09-14',
  '2022-01-25',
  '2023-09-22',
  '2024-02-02',
  '2024-02-26',
  '2025-01-22',
  '2025-09-24',
  '2025-12-24',
  '2026-02-09',
  '2026-04-27',
] as const;

function drawFirstDay(random: Random): LocalDate {
  const own = random.fork('first day');
  const near = own.chance(0.7)
    ? own.pick(EDGES)
    : `${own.int(2019, 2025)}-${String(own.int(1, 12)).padStart(2, '0')}-${own.int(10, 28)}`;
  return exchangeCalendar.tradingDayOnOrAfter(near as LocalDate);
}

/** Where a play stands; what acts on it are the files beside this one. */
export interface Play {
  readonly options: PlayOptions;
  readonly random: Random;
  /** Dice of their own for what staff do and for what happens to clocks. */
  readonly oddDice: Random;
  readonly swarm: Swarm;
  readonly probes: Probes;
  readonly days: readonly LocalDate[];
  readonly market: PlayMarket;
  readonly house: House;
  readonly broker: Broker;
  readonly truth: Truth;
  readonly desk: Desk;
  readonly courier: Courier;
  readonly staff: Staff;
  /** The registrars and the bank; opened anew where their faults end. */
  registrar: RegistrarWorld;
  /** Opens the registrars as they stand, from now on without faults. */
  healRegistrars(): void;
  readonly reader: RegistrarReader;
  readonly people: People;
  readonly drawer: ActDrawer;
  /** Days of which some parcel was not delivered well. */
  readonly unwell: Set<LocalDate>;
  readonly folder: string;
  close(): void;
}

/** Wrong records of the play, a few at a time, each corrected a day or two later. */
function drawWrongRecords(random: Random, swarm: Swarm, days: readonly LocalDate[]): Fault[] {
  const own = random.fork('wrong records');
  return days.slice(1).flatMap((date) =>
    PLAY_REGISTRARS.filter(() => own.chance(swarm.wrongRecord)).map(
      (registrarCode): Fault => ({
        kind: 'wrongAmount',
        date,
        registrarCode,
        record: own.int(0, 3),
        delta: own.pick(['3.00', '12.34', '100.00']),
        correctedAfterDays: own.int(1, 2),
      }),
    ),
  );
}

function openCounterparties(
  play: { random: Random; swarm: Swarm; days: readonly LocalDate[]; market: PlayMarket },
  seed: string,
  folder: string,
  hasFaults = true,
): RegistrarWorld {
  const { random, swarm, days, market } = play;
  const [from, to] = [days[0], days.at(-1)];
  assert(from !== undefined && to !== undefined, 'a play has days');
  const last = exchangeCalendar.addTradingDays(to, 20);
  return createRegistrarWorld({
    scenario: scenarioOf(market.theirs, exchangeCalendar, {
      from,
      to: last,
      distributorCode: DISTRIBUTOR,
      interestRate: INTEREST_RATE,
    }),
    stateDir: join(folder, 'registrar'),
    exchangeDir: join(folder, 'theirs'),
    seed,
    faults: !hasFaults
      ? {}
      : {
          planted: drawWrongRecords(random, swarm, days),
          rates: swarm.registrar ?? {},
          partialRatios: ['0.5', '0.9', '0.33333333', '0.1'],
        },
  });
}

/** Opens a play over an empty database with our schema. */
export async function openPlay(options: PlayOptions, db: Db): Promise<Play> {
  const { seed, hasFaults } = options;
  const random = seededRandom(`cairn simulate ${seed}`);
  const swarm = { ...drawSwarm(random, hasFaults), ...options.habits };
  const probes = new Probes();
  const first = drawFirstDay(random);
  const last = exchangeCalendar.addTradingDays(first, options.days - 1);
  const days = exchangeCalendar.tradingDaysBetween(first, last);
  const after = exchangeCalendar.nextTradingDay(last);
  const more = exchangeCalendar.tradingDaysBetween(
    after,
    exchangeCalendar.addTradingDays(after, DAYS_AFTER),
  );
  const market = drawMarket(random, days, more);
  const key = createHash('sha256').update(`cairn simulate ${seed}`).digest();
  const parts = {
    calendar: exchangeCalendar,
    secrets: secretsFrom(key),
    distributorCode: DISTRIBUTOR,
  };
  const { nodes } = swarm;
  const house = new House({ db, random, probes, parts, nodes, sabotage: options.sabotage });
  house.waitUntil(epochMsOf(instantAtShanghai(first, '08:00:00.000')));
  await openHouse(house.calm, market.ours, exchangeCalendar.previousTradingDay(first));
  const broker = new Broker(market.model);
  const plan = { count: options.customers, days };
  const people = await openPeople(house.calm, random, plan, broker);
  const folder = mkdtempSync(join(tmpdir(), 'cairn-simulate-'));
  const desk = new Desk(broker);
  const courier = new Courier(house.disk, join(folder, 'theirs'), random.fork('courier'), probes);
  const { asksAgain } = swarm;
  const owners = new Map(
    [...people.applications.values()].map((one) => [one.tradingAccountNo, one.customer]),
  );
  const drawn = { random, swarm, days, market };
  const play: Play = {
    options,
    random,
    oddDice: random.fork('odd'),
    swarm,
    probes,
    days,
    market,
    house,
    broker,
    truth: new Truth(market.model),
    desk,
    courier,
    staff: new Staff({ house, desk, courier, random: random.fork('staff'), probes, asksAgain }),
    registrar: openCounterparties(drawn, seed, folder),
    healRegistrars() {
      play.registrar = openCounterparties(drawn, seed, folder, false);
    },
    reader: new RegistrarReader((account) => owners.get(account) ?? ''),
    people,
    drawer: new ActDrawer(random.fork('acts'), broker, probes, people.clients),
    unwell: new Set(),
    folder,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
  return play;
}
