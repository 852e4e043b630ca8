/** Makes the demonstration broker: three months of business through the commands of real business. */
import { type Amount, AppError, amount, instantAtShanghai, localDate } from '@cairn/kernel';
import { type Actor, systemActor } from '../../platform/actor.ts';
import { createStaff } from '../../platform/auth/staff.ts';
import { AuthService } from '../../platform/auth/service.ts';
import { type FixedClock, systemClock } from '../../platform/clock.ts';
import type { Settings } from '../../platform/config.ts';
import { changeStatus, expireCertificates, openCustomers } from '../../modules/customers/index.ts';
import { proposeParameters } from '../../modules/products/index.ts';
import { installSampleQuestionnaire, requestConversion } from '../../modules/suitability/index.ts';
import { openFundAccounts } from '../../modules/trading/index.ts';
import { openExceptions, requestVoid } from '../../modules/clearing/index.ts';
import type { DayWorld } from '../../modules/clearing/index.ts';
import { importMarket, type People, staffActor } from '../sandbox/house.ts';
import {
  assessInvestors,
  depositCash,
  type Investor,
  openMainAccounts,
  openVerified,
} from '../sandbox/investors.ts';
import { SEEDING_FACT, writeDemoClock, writeFact, writeInvestors, writeStaff } from './facts.ts';
import { demoMarket } from './market.ts';
import { DEMO_STAFF, demoCustomers, type DemoCustomer } from './people.ts';
import { EVE, FIRST_DAY, LAST_DAY, OPENING_DAY, REGISTRARS } from './period.ts';
import { playDemoDay } from './play.ts';
import { openDemoRegistrar } from './registrar.ts';

const EARLY = localDate('2024-01-15');
const EIGHT = '08:30:00.000';
const EVENING = '18:00:00.000';

/** Told as the seeding goes on: what is done, how much of it, and how much there is. */
export type SeedProgress = (stage: SeedStage, done: number, total: number) => void;
export type SeedStage = 'staff' | 'products' | 'customers' | 'days' | 'approvals';

/** The installation as the seeding uses it: a clock that it moves. */
export interface SeedPlace {
  readonly settings: Settings;
  readonly world: DayWorld;
  readonly clock: FixedClock;
}

async function hireStaff({ settings, world }: SeedPlace): Promise<People> {
  const auth = new AuthService(world, settings, systemClock);
  const actor = systemActor('demo-seed');
  const ids = new Map<string, string>();
  for (const person of DEMO_STAFF) {
    const { staff } = await createStaff(auth, actor, person);
    ids.set(person.userName, staff.staffId);
  }
  const maker = ids.get('demo.operations') ?? '';
  const checker = ids.get('demo.reviewer') ?? '';
  await writeStaff(world, { maker, checker });
  return { maker: staffActor(maker, 'operations'), checker: staffActor(checker, 'reviewer') };
}

interface Opened {
  readonly customer: DemoCustomer;
  readonly customerId: string;
}

async function openGroup(
  world: DayWorld,
  people: People,
  customers: readonly DemoCustomer[],
): Promise<Opened[]> {
  const specs = customers.map(({ spec }) => spec);
  const ids = await openVerified(world, specs, people);
  const opened = customers.map((customer, i) => ({ customer, customerId: ids[i] ?? '' }));
  const assessed = opened.filter(({ customer }) => customer.story !== 'unassessed');
  await assessInvestors(
    world,
    assessed.map(({ customer }) => customer.spec),
    assessed.map(({ customerId }) => customerId),
    people,
  );
  return opened;
}

async function equip(
  world: DayWorld,
  people: People,
  opened: readonly Opened[],
): Promise<Investor[]> {
  const investors = await openMainAccounts(
    world,
    opened.map(({ customer }) => customer.spec),
    opened.map(({ customerId }) => customerId),
    people,
  );
  const deposit = (investor: Investor): Amount => investor.spec.deposit;
  await depositCash(world, investors, 'opening', deposit, people);
  const applications = investors.flatMap(({ customerId, assetAccountNo }, index) => {
    const count = opened[index]?.customer.registrars ?? 1;
    return REGISTRARS.map((registrarCode) => ({ customerId, assetAccountNo, registrarCode })).slice(
      0,
      count,
    );
  });
  await openFundAccounts(world, people.maker, applications);
  return investors;
}

/** Opens everyone; the early ones two years ago, so that their answers lapse during the play. */
async function openEveryone(
  place: SeedPlace,
  people: People,
  tell: SeedProgress,
): Promise<Investor[]> {
  const { world, clock } = place;
  const customers = demoCustomers();
  const of = (isEarly: boolean) =>
    customers.filter(
      ({ story }) => story !== 'unreviewed' && (story === 'assessedEarly') === isEarly,
    );
  clock.set(instantAtShanghai(EARLY, '10:00:00.000'));
  const opened = await openGroup(world, people, of(true));
  tell('customers', opened.length, customers.length);
  await bringProducts(place, people, tell);
  clock.set(instantAtShanghai(EVE, EVENING));
  const others = of(false);
  const BATCH = 60;
  for (let from = 0; from < others.length; from += BATCH) {
    opened.push(...(await openGroup(world, people, others.slice(from, from + BATCH))));
    tell('customers', opened.length, customers.length);
  }
  const investors = await equip(world, people, opened);
  const byId = new Map(investors.map((investor) => [investor.spec, investor]));
  await writeInvestors(
    world,
    customers.map(({ spec }) => byId.get(spec)),
  );
  return investors;
}

async function bringProducts(place: SeedPlace, people: People, tell: SeedProgress): Promise<void> {
  tell('products', 0, 1);
  place.clock.set(instantAtShanghai(EVE, '17:00:00.000'));
  await importMarket(place.world, demoMarket(), EVE, people);
  tell('products', 1, 1);
}

async function playMonths(
  place: SeedPlace,
  investors: readonly Investor[],
  people: People,
  tell: SeedProgress,
): Promise<void> {
  const { settings, world, clock } = place;
  const registrar = openDemoRegistrar(settings);
  const days = world.calendar.tradingDaysBetween(FIRST_DAY, LAST_DAY);
  for (const [index, date] of days.entries()) {
    tell('days', index, days.length);
    clock.set(instantAtShanghai(date, EIGHT));
    await expireCertificates(world, systemActor('demo-seed'), date);
    const day = { world, clock, registrar, people, investors, date };
    const { finished } = await playDemoDay(day);
    const failure = finished.steps.at(-1)?.failure;
    if (failure !== undefined) throw new AppError(failure.code, failure.details);
  }
  tell('days', days.length, days.length);
}

/** What is left open on purpose: things that wait for a second person. */
async function leaveWork(
  place: SeedPlace,
  people: People,
  investors: readonly Investor[],
): Promise<void> {
  const { world, clock } = place;
  const customers = demoCustomers();
  clock.set(instantAtShanghai(LAST_DAY, '16:30:00.000'));
  const bySpec = new Map(investors.map((investor) => [investor.spec, investor]));
  for (const { spec, story } of customers) {
    const investor = bySpec.get(spec);
    if (story === 'unreviewed') await openCustomers(world, people.maker, [spec]);
    if (story !== 'frozen' || investor === undefined) continue;
    const { customerId } = investor;
    await changeStatus(world, people.maker, {
      customerId,
      action: 'freeze',
      reason: '身份信息待核实',
    });
  }
  const effectiveDate = world.calendar.addTradingDays(OPENING_DAY, 5);
  const propose = (fundCode: string, changes: Record<string, string>) =>
    proposeParameters(world, people.maker, { fundCode, effectiveDate, changes });
  await propose('990261', { riskLevel: '4' });
  await propose('990421', { dayMaxPurchase: '10000' });
  const rich = investors.find(({ spec }) => spec.kind === '1' && spec.boldness === 1);
  if (rich !== undefined) await askConversion(world, people.maker, rich.customerId);
  const [open] = (await openExceptions(world.db)).filter(({ subject }) =>
    subject.startsWith('confirmation:'),
  );
  if (open !== undefined) {
    await requestVoid(world, people.maker, open.exception_id, '登记机构确认为误发');
  }
}

async function askConversion(world: DayWorld, maker: Actor, customerId: string): Promise<void> {
  await requestConversion(world, maker, {
    customerId,
    to: 'professional',
    proof: {
      financialAssets: amount(560_000_000n),
      averageIncome: amount(45_000_000n),
      experienceYears: 6,
      isSigned: true,
    },
    reason: '客户申请转为专业投资者',
  });
}

/**
 * Seeds an empty installation. Ends with the demonstration's clock at half past nine of the opening
 * day. The fact that seeding runs stands until then, so a broken seeding is known and started anew.
 */
export async function seedDemo(place: SeedPlace, tell: SeedProgress): Promise<void> {
  const { world, clock } = place;
  clock.set(instantAtShanghai(EARLY, EIGHT));
  await writeFact(world.db, SEEDING_FACT, 'running', world.clock.now());
  // With that fact on the disk a broken seeding starts anew, so no commit after it need wait for
  // the disk; closing the database does.
  if (world.db.kind === 'pglite') await world.db.query('set synchronous_commit = off');
  tell('staff', 0, 1);
  const people = await hireStaff(place);
  await installSampleQuestionnaire(world);
  tell('staff', 1, 1);
  const investors = await openEveryone(place, people, tell);
  await playMonths(place, investors, people, tell);
  tell('approvals', 0, 1);
  await leaveWork(place, people, investors);
  const opening = instantAtShanghai(OPENING_DAY, '09:30:00.000');
  clock.set(opening);
  await writeFact(world.db, SEEDING_FACT, 'done', opening);
  await writeDemoClock(world, opening);
  tell('approvals', 1, 1);
}
