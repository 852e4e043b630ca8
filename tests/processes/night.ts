/** The night after a day of orders: sent to registrar and bank, whose files lie ready and are not read yet. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exchangeCalendar, instantAtShanghai } from '@cairn/kernel';
import { createRegistrarWorld } from '@cairn/registrar';
import { writeDemoClock } from '../../server/src/app/demo/facts.ts';
import { scenarioOf } from '../../server/src/app/sandbox/market.ts';
import {
  benchMarket,
  DAY,
  DISTRIBUTOR,
  NEXT_DAY,
} from '../../server/src/app/sandbox/order-stage.ts';
import { playDay } from '../../server/src/app/sandbox/play-day.ts';
import { runDay } from '../../server/src/modules/clearing/index.ts';
import { systemActor } from '../../server/src/platform/actor.ts';
import { fixedClock } from '../../server/src/platform/clock.ts';
import { openDb } from '../../server/src/platform/db.ts';
import { fileStore } from '../../server/src/platform/files.ts';
import { EVENING, type ProcessHouse } from './house.ts';

/** A file by its name. */
export type NamedFile = readonly [name: string, bytes: Buffer];

export interface Night {
  /** What the server's data folder and the exchange begin with. */
  readonly folder: string;
  /** What the parties brought, by party, data files before their index. */
  readonly brought: ReadonlyMap<string, readonly NamedFile[]>;
}

const NIGHT = 'night';
const PARTIES = ['01', 'BANK'];

function takeOut(folder: string): NamedFile[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  const files = names.map((name): NamedFile => [name, readFileSync(join(folder, name))]);
  for (const name of names) rmSync(join(folder, name));
  const isIndex = ([name]: NamedFile) => (/^OF[IJ]/.test(name) ? 1 : 0);
  return files.sort((a, b) => isIndex(a) - isIndex(b));
}

async function openNight(house: ProcessHouse): Promise<Night> {
  const { cluster, stage } = house;
  await cluster.sql(`create database ${NIGHT} template ${EVENING}`);
  const folder = join(house.folder, NIGHT);
  const exchange = join(folder, 'exchange');
  const known = join(stage.folder, 'files');
  if (existsSync(known)) cpSync(known, join(folder, 'files'), { recursive: true });
  const db = await openDb({ url: cluster.url(NIGHT), poolSize: 2 });
  try {
    const clock = fixedClock(instantAtShanghai(DAY, '15:30:00.000'));
    const files = fileStore(join(folder, 'files'));
    const world = {
      ...stage.world,
      db,
      clock,
      files,
      exchange: { distributorCode: DISTRIBUTOR, folder: exchange },
    };
    const registrar = createRegistrarWorld({
      scenario: scenarioOf(benchMarket, exchangeCalendar, {
        from: DAY,
        to: NEXT_DAY,
        distributorCode: DISTRIBUTOR,
        interestRate: '0.003',
      }),
      stateDir: join(folder, 'registrar'),
      exchangeDir: exchange,
    });
    const actor = systemActor('faults');
    const { finished } = await playDay(world, registrar, actor, DAY);
    if (!finished.isComplete) throw new Error(`${DAY}: ${JSON.stringify(finished.steps.at(-1))}`);
    const evening = instantAtShanghai(NEXT_DAY, '15:30:00.000');
    clock.set(evening);
    await runDay(world, actor, NEXT_DAY, { until: 'send' });
    registrar.playDay(NEXT_DAY);
    await writeDemoClock(world, evening);
  } finally {
    await db.close();
  }
  const brought = new Map(PARTIES.map((party) => [party, takeOut(join(exchange, party, 'in'))]));
  return { folder, brought };
}

const nights = new WeakMap<ProcessHouse, Promise<Night>>();
let copies = 0;

/** The folders and the database of one copy of the night. */
export interface NightCopy {
  readonly dataDir: string;
  readonly exchange: string;
  readonly url: string;
}

/** Lets something happen in a copy of the night, which is gone afterwards. */
export async function withNight<T>(
  house: ProcessHouse,
  use: (night: Night, copy: NightCopy) => Promise<T>,
): Promise<T> {
  const { cluster } = house;
  let opening = nights.get(house);
  if (opening === undefined) {
    opening = openNight(house);
    nights.set(house, opening);
  }
  const night = await opening;
  const name = `${NIGHT}_${(copies += 1)}`;
  const dataDir = join(house.folder, name);
  mkdirSync(dataDir);
  cpSync(night.folder, dataDir, { recursive: true });
  await cluster.sql(`create database ${name} template ${NIGHT}`);
  try {
    const exchange = join(dataDir, 'exchange');
    return await use(night, { dataDir, exchange, url: cluster.url(name) });
  } finally {
    await cluster.sql(`drop database ${name} with (force)`);
    rmSync(dataDir, { recursive: true, force: true });
  }
}
