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
import { modulesOf } from '../modules.ts';
import { Courier } from './courier.ts';
import { ActDrawer } from './draw-acts.ts';
import { Events } from './events.ts';
import { House } from './house.ts';
import { KeptRows } from './kept-rows.ts';
import { AckLedger } from './ledger.ts';
import { Broker } from './model/broker.ts';
import { DayBook, Deliveries } from './model/day-book.ts';
import { Desk } from './model/desk.ts';
import { Duties } from './model/duties.ts';
import { Imports } from './model/imports.ts';
import { Office } from './model/office.ts';
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
/** Nobody asks these modules over HTTP: only what they tell of themselves is used. */
export const BATCHING = { lanes: 1, batchSizeMax: 1, batchWaitMs: 0, queueMax: 1 };
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
  readonly office: Office;
  readonly dayBook: DayBook;
  readonly deliveries: Deliveries;
  readonly imports: Imports;
  readonly duties: Duties;
  readonly courier: Courier;
  readonly staff: Staff;
  /** The registrars and the bank; opened anew where their faults end. */
  registrar: RegistrarWorld;
  /** Opens the registrars as they stand, from now on without faults. */
  healRegistrars(): void;
  readonly reader: RegistrarReader;
  readonly people: People;
  readonly drawer: ActDrawer;
  /** Draws the orders of a rush, with numbers of their own. */
  readonly rushDrawer: ActDrawer;
  readonly ledger: AckLedger;
  readonly keptRows: KeptRows;
  readonly events: Events;
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

/** Dice, habits, days and market of a play. */
function drawPlay({ seed, hasFaults, habits, days: count }: PlayOptions) {
  const random = seededRandom(`cairn simulate ${seed}`);
  const swarm = { ...drawSwarm(random, hasFaults), ...habits };
  const first = drawFirstDay(random);
  const last = exchangeCalendar.addTradingDays(first, count - 1);
  const days = exchangeCalendar.tradingDaysBetween(first, last);
  const after = exchangeCalendar.nextTradingDay(last);
  const more = exchangeCalendar.tradingDaysBetween(
    after,
    exchangeCalendar.addTradingDays(after, DAYS_AFTER),
  );
  return { random, swarm, first, days, market: drawMarket(random, days, more) };
}

/** What the model's parts of a play are, beside its books of customers. */
function modelParts({ model }: PlayMarket, broker: Broker) {
  return {
    truth: new Truth(model),
    desk: new Desk(broker),
    office: new Office(model),
    dayBook: new DayBook(model),
    deliveries: new Deliveries(),
    imports: new Imports(),
    duties: new Duties(),
  };
}

/** The events of the house with the one who wants them. */
function openEvents(house: House, random: Random, probes: Probes): Events {
  const modules = modulesOf(BATCHING, house.calm.exchange);
  const [subscriber] = modules.flatMap(({ subscribers }) => subscribers ?? []);
  assert(subscriber !== undefined, 'somebody wants the events');
  return new Events({ house, random: random.fork('events'), probes, subscriber });
}

/** Opens a play over an empty database with our schema. */
export async function openPlay(options: PlayOptions, db: Db): Promise<Play> {
  const { seed, sabotage } = options;
  const drawn = drawPlay(options);
  const { random, swarm, first, days, market } = drawn;
  const probes = new Probes();
  const key = createHash('sha256').update(`cairn simulate ${seed}`).digest();
  const parts = {
    calendar: exchangeCalendar,
    secrets: secretsFrom(key),
    distributorCode: DISTRIBUTOR,
  };
  const { nodes, asksAgain } = swarm;
  const house = new House({ db, random, probes, parts, nodes, sabotage });
  house.waitUntil(epochMsOf(instantAtShanghai(first, '08:00:00.000')));
  await openHouse(house.calm, market.ours, exchangeCalendar.previousTradingDay(first));
  const broker = new Broker(market.model);
  const people = await openPeople(house.calm, random, { count: options.customers, days }, broker);
  const folder = mkdtempSync(join(tmpdir(), 'cairn-simulate-'));
  const model = modelParts(market, broker);
  const ledger = new AckLedger();
  const courier = new Courier(house.disk, join(folder, 'theirs'), random.fork('courier'), probes);
  const owners = new Map(
    [...people.applications.values()].map((one) => [one.tradingAccountNo, one.customer]),
  );
  const staffDice = random.fork('staff');
  const known = { options, random, swarm, probes, days, market, house, broker, courier, people };
  const play: Play = {
    ...known,
    ...model,
    oddDice: random.fork('odd'),
    staff: new Staff({ house, ...model, ledger, courier, random: staffDice, probes, asksAgain }),
    registrar: openCounterparties(drawn, seed, folder),
    healRegistrars() {
      play.registrar = openCounterparties(drawn, seed, folder, false);
    },
    reader: new RegistrarReader((account) => owners.get(account) ?? ''),
    drawer: new ActDrawer(random.fork('acts'), broker, probes, people.clients),
    rushDrawer: new ActDrawer(random.fork('rush'), broker, probes, people.clients, 'rush '),
    ledger,
    keptRows: new KeptRows(),
    events: openEvents(house, random, probes),
    unwell: new Set(),
    folder,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
  return play;
}
