/**
 * A house that is at work: funds with terms, customers of two branches with cash and units, open
 * orders, files of played days, approvals that wait, staff of every role. Every row was made by the
 * commands of real business.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { amount, exchangeCalendar, instantAtShanghai, localDate, rate } from '@cairn/kernel';
import { createRegistrarWorld, type RegistrarWorld } from '@cairn/registrar';
import { modulesOf } from '../../server/src/app/modules.ts';
import { openHouse as openShop, playOperator } from '../../server/src/app/sandbox/house.ts';
import {
  type Investor,
  type InvestorSpec,
  openInvestors,
  syntheticIdCard,
} from '../../server/src/app/sandbox/investors.ts';
import { scenarioOf } from '../../server/src/app/sandbox/market.ts';
import { playDay } from '../../server/src/app/sandbox/play-day.ts';
import type { DayWorld } from '../../server/src/modules/clearing/index.ts';
import { placeOrders } from '../../server/src/modules/trading/index.ts';
import { type Role, ROLES } from '../../server/src/platform/actor.ts';
import { IDENTITY_FRESH_MS } from '../../server/src/platform/auth/service.ts';
import { loadSettings, type Settings } from '../../server/src/platform/config.ts';
import { type App, createApp } from '../../server/src/platform/http/app.ts';
import type { CairnModule } from '../../server/src/platform/module.ts';
import { signIn } from '../../server/src/platform/http/testing.ts';
import { type TestDatabase, type TestWorld, testWorld } from '../../server/src/platform/testing.ts';
import { market, PLAIN, STEPPED } from './market.ts';

/** The distributor code of the tests. */
const DISTRIBUTOR = '305';
/** The days that are played; then it is the morning of the third. */
const PLAYED = ['2026-03-02', '2026-03-03'];
export const TODAY = localDate('2026-03-04');

export type Headers = Readonly<Record<string, string>>;

export interface House {
  readonly app: App;
  readonly world: TestWorld & DayWorld;
  /** One signed-in member of staff per role, of the whole firm; as investor the investor below. */
  readonly staff: Readonly<Record<Role, Headers>>;
  /** A person of branch B01 with cash and units. */
  readonly investor: Investor;
  /** A person of branch B02, who is nobody to branch B01. */
  readonly stranger: Investor;
  /** An institution of branch B01. */
  readonly firm: Investor;
  /** Accepted orders of today: of the investor and of the stranger. */
  readonly orderId: string;
  readonly strangerOrderId: string;
  /** How many processes answer; of more than one, others do the work of jobs and stream. */
  readonly apis: number;
  /** Resolves when every process has noticed what was changed about an identity. */
  identitiesNoticed(): Promise<void>;
  close(): Promise<void>;
}

/** Somebody who can bear much, opened in a branch. */
export function person(name: string, branchCode: string, sequence: number): InvestorSpec {
  return {
    kind: '1',
    name,
    certificateType: '0',
    certificateNo: syntheticIdCard('110105', localDate('1990-01-01'), sequence),
    certificateValidUntil: null,
    phone: `1380000000${sequence}`,
    branchCode,
    boldness: 0.75,
    deposit: amount(50_000_000n),
  };
}

const institution: InvestorSpec = {
  kind: '0',
  name: '聚石实业有限公司',
  certificateType: '1',
  certificateNo: '91350100M000100Y43',
  certificateValidUntil: null,
  phone: '13900000003',
  branchCode: 'B01',
  representative: {
    name: '王小明',
    certificateType: '0',
    certificateNo: syntheticIdCard('110105', localDate('1980-01-01'), 9),
  },
  boldness: 0.75,
  deposit: amount(50_000_000n),
};

async function buy(world: DayWorld, investor: Investor, no: string, fundCode: string) {
  const [placed] = await placeOrders(world, playOperator, [
    {
      customerId: investor.customerId,
      clientOrderNo: no,
      fundCode,
      channel: '2',
      businessCode: '022',
      amount: amount(200_000n),
      discountRate: rate(100_000_000n),
    },
  ]);
  if (placed?.kind !== 'decided' || placed.receipt.outcome !== 'accepted') {
    throw new Error(`the order ${no} was not accepted: ${JSON.stringify(placed)}`);
  }
  return placed.receipt.orderId;
}

/** The registrar of the house, as it stands. */
export function openRegistrar(world: TestWorld & DayWorld): RegistrarWorld {
  return createRegistrarWorld({
    scenario: scenarioOf(market, exchangeCalendar, {
      from: localDate(PLAYED[0] ?? ''),
      to: localDate('2026-03-31'),
      distributorCode: DISTRIBUTOR,
      interestRate: '0.003',
    }),
    stateDir: join(world.folder, 'registrar'),
    exchangeDir: world.exchange.folder,
  });
}

/** Plays the days, so that orders of the first morning are holdings. */
async function playDays(world: TestWorld & DayWorld, investors: readonly Investor[]) {
  const registrar = openRegistrar(world);
  for (const day of PLAYED) {
    const date = localDate(day);
    world.clock.set(instantAtShanghai(date, '09:30:00.000'));
    for (const investor of day === PLAYED[0] ? investors : []) {
      await buy(world, investor, 'first-plain', PLAIN);
      await buy(world, investor, 'first-stepped', STEPPED);
    }
    world.clock.set(instantAtShanghai(date, '15:30:00.000'));
    const played = await playDay(world, registrar, playOperator, date);
    if (!played.finished.isComplete) throw new Error(JSON.stringify(played.finished.steps));
  }
  world.clock.set(instantAtShanghai(TODAY, '09:30:00.000'));
}

/** Opens the house over a test database; in one process also with modules that are planted in it. */
export async function openHouse(
  database: TestDatabase,
  settings: Partial<Settings> = {},
  planted: readonly CairnModule<App>[] = [],
): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-test-bad-input-'));
  const now = instantAtShanghai(localDate(PLAYED[0] ?? ''), '09:30:00.000');
  const exchange = { distributorCode: DISTRIBUTOR, folder: join(folder, 'exchange') };
  const world = { ...testWorld(database.db, now), exchange };
  await openShop(world, market, '2026-02-27');
  const investors = await openInvestors(
    world,
    [person('张三丰', 'B01', 1), person('李四光', 'B02', 2), institution],
    ['01'],
  );
  const [investor, stranger, firm] = investors;
  if (investor === undefined || stranger === undefined || firm === undefined) {
    throw new Error('three investors were opened');
  }
  await playDays(world, investors);
  const orderId = await buy(world, investor, 'today', PLAIN);
  const strangerOrderId = await buy(world, stranger, 'today', PLAIN);
  // These tests ask faster than any person: how often one may ask has tests of its own.
  const patient = { CAIRN_PERSON_REQUESTS_PER_MINUTE: '100000000' };
  const all: Settings = {
    ...loadSettings(patient),
    dataDir: world.folder,
    exchangeDir: exchange.folder,
    ...settings,
    logLevel: 'silent',
  };
  const { processes } = database;
  const app = await (processes?.serve(world, all) ??
    createApp(world, [...modulesOf(all, exchange), ...planted], { settings: all }));
  const staff: Partial<Record<Role, Headers>> = {};
  for (const role of ROLES) {
    const own = role === 'investor' ? investor.customerId : undefined;
    staff[role] = (await signIn(app, [role], undefined, own)).headers;
  }
  return {
    app,
    world,
    staff: staff as Record<Role, Headers>,
    investor,
    stranger,
    firm,
    orderId,
    strangerOrderId,
    apis: processes?.apis ?? 1,
    async identitiesNoticed() {
      // A process knows at once what it changed itself.
      if (processes !== undefined) await pause(IDENTITY_FRESH_MS);
    },
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Moves the house to a time of a day, also an earlier one: as if nothing later had been done. */
export async function moveTo(
  { world }: Pick<House, 'world'>,
  date: string,
  time: string,
): Promise<void> {
  const at = instantAtShanghai(localDate(date), time);
  await world.db.affected(
    'update platform.buckets set last_at = null where bucket >= 0 and last_at > $1',
    [at],
  );
  world.clock.set(at);
}
