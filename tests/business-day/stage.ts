/**
 * A small house with two registrars and a bank, played day by day with planted faults. A twin of
 * each registrar without the faults of its packages keeps the good files at hand, as a registrar
 * that is asked to send again would.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  amount,
  exchangeCalendar,
  formatBasicDate,
  instantAtShanghai,
  type LocalDate,
  localDate,
  parseAmount,
  parseUnits,
  rate,
} from '@cairn/kernel';
import {
  createRegistrarWorld,
  type Fault,
  type RegistrarWorld,
  type DayReport,
  type ScenarioSource,
} from '@cairn/registrar';
import { openHouse, staffActor } from '../../server/src/app/sandbox/house.ts';
import {
  type Investor,
  openInvestors,
  syntheticIdCard,
} from '../../server/src/app/sandbox/investors.ts';
import { type Market, scenarioOf } from '../../server/src/app/sandbox/market.ts';
import { sampleFund } from '../../server/src/app/sandbox/sample-fund.ts';
import { accountsChecks } from '../../server/src/modules/accounts/index.ts';
import {
  clearingChecks,
  type DayRun,
  type DayWorld,
  runDay,
} from '../../server/src/modules/clearing/index.ts';
import { placeOrders, type PlaceOrder } from '../../server/src/modules/trading/index.ts';
import { systemActor } from '../../server/src/platform/actor.ts';
import type { Db } from '../../server/src/platform/db.ts';
import { type TestWorld, testWorld } from '../../server/src/platform/testing.ts';

export const DISTRIBUTOR = '305';
export const FIRST_DAY = localDate('2026-03-02');
export const actor = systemActor('stage');
export const maker = staffActor('mei.zhou', 'operations', 'productManager');
export const checker = staffActor('bo.sun', 'reviewer');

/** The n-th trading day of the stage, from 0. */
export const day = (n: number): LocalDate => exchangeCalendar.addTradingDays(FIRST_DAY, n);

const fund = (fundCode: string, registrarCode: string, purchaseRate: string) =>
  sampleFund({ fundCode, name: `聚石${fundCode}`, registrarCode, purchaseRate });

/** A market of two funds at two registrars; `otherRate` is what registrar 02 charges. */
export function smallMarket(otherRate = '0.005'): Market {
  const dates = [localDate('2026-02-27'), ...Array.from({ length: 40 }, (_, n) => day(n))];
  const series = (base: number) =>
    dates.map((date, n) => ({
      date,
      nav: `1.${String(base + ((n * 37) % 400)).padStart(4, '0')}`,
    }));
  return {
    funds: [fund('000001', '01', '0.005'), fund('000002', '02', otherRate)],
    navs: new Map([
      ['000001', series(2000)],
      ['000002', series(500)],
    ]),
    dividends: [],
    closedDays: [],
  };
}

/** The market as the registrars know it. */
export const stageScenario = (market: Market = smallMarket()): ScenarioSource =>
  scenarioOf(market, exchangeCalendar, {
    from: FIRST_DAY,
    to: day(39),
    distributorCode: DISTRIBUTOR,
    interestRate: '0.003',
  });

export interface StageOptions {
  readonly faults?: readonly Fault[];
  /** What our own terms say, when they differ from the registrars'. */
  readonly ourMarket?: Market;
  readonly market?: Market;
  readonly investors?: number;
}

export interface ExceptionSeen {
  code: string;
  subject: string;
  severity: string;
  state: string;
  detail: Record<string, unknown>;
  exception_id: string;
}

const PACKAGE_FAULTS = new Set<Fault['kind']>([
  'duplicateFile',
  'lateFile',
  'missingIndexEntry',
  'changedBytes',
  'truncatedFile',
  'wrongAmount',
  'holdingOff',
  'extraConfirmation',
]);

/** Whether a file belongs to the package of confirmations of a date. */
const isOfPackage = (name: string, date: LocalDate): boolean =>
  name.includes(`_${formatBasicDate(date)}`) && !/_07\.TXT$|^OFJ/.test(name);

export class Stage {
  readonly world: TestWorld & DayWorld;
  readonly registrar: RegistrarWorld;
  readonly twin: RegistrarWorld;
  readonly folder: string;
  investors: Investor[] = [];
  #orders = 0;

  constructor(db: Db, options: StageOptions = {}) {
    this.folder = mkdtempSync(join(tmpdir(), 'cairn-test-stage-'));
    const exchange = { distributorCode: DISTRIBUTOR, folder: join(this.folder, 'exchange') };
    this.world = { ...testWorld(db, instantAtShanghai(FIRST_DAY, '09:30:00.000')), exchange };
    const scenario = stageScenario(options.market);
    const planted = options.faults ?? [];
    this.registrar = createRegistrarWorld({
      scenario,
      stateDir: join(this.folder, 'registrar'),
      exchangeDir: exchange.folder,
      faults: { planted },
    });
    // The twin reads what we send and writes into folders of its own.
    const twinFolder = join(this.folder, 'twin');
    for (const party of ['01', '02', 'BANK']) {
      mkdirSync(join(exchange.folder, party, 'out'), { recursive: true });
      mkdirSync(join(twinFolder, party), { recursive: true });
      symlinkSync(join(exchange.folder, party, 'out'), join(twinFolder, party, 'out'));
    }
    this.twin = createRegistrarWorld({
      scenario,
      stateDir: join(this.folder, 'registrar-twin'),
      exchangeDir: twinFolder,
      faults: { planted: planted.filter(({ kind }) => !PACKAGE_FAULTS.has(kind)) },
    });
  }

  /** Opens the house and its customers, each with 100,000.00 and accounts at both registrars. */
  async open(options: StageOptions = {}): Promise<this> {
    await openHouse(this.world, options.ourMarket ?? options.market ?? smallMarket(), '2026-02-27');
    const specs = Array.from({ length: options.investors ?? 2 }, (_, n) => ({
      kind: '1' as const,
      name: ['张三丰', '欧阳修', '李白'][n % 3] ?? '王维',
      certificateType: '0' as const,
      certificateNo: syntheticIdCard('110105', localDate('1990-01-01'), n + 1),
      certificateValidUntil: null,
      phone: `138${String(n + 1).padStart(8, '0')}`,
      branchCode: 'B01',
      boldness: 0.75 as const,
      deposit: amount(10_000_000n),
    }));
    this.investors = await openInvestors(this.world, specs, ['01', '02']);
    return this;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  at(date: LocalDate, time: string): void {
    this.world.clock.set(instantAtShanghai(date, time));
  }

  async #place(
    n: number,
    order: (head: { customerId: string; clientOrderNo: string; channel: '2' }) => PlaceOrder,
  ): Promise<string> {
    const investor = this.investors[n];
    if (investor === undefined) throw new Error(`no investor ${n}`);
    const head = {
      customerId: investor.customerId,
      clientOrderNo: `order-${++this.#orders}`,
      channel: '2' as const,
    };
    const [result] = await placeOrders(this.world, actor, [order(head)]);
    if (result?.kind !== 'decided' || result.receipt.outcome !== 'accepted') {
      throw new Error(`not accepted: ${JSON.stringify(result)}`);
    }
    return result.receipt.orderId;
  }

  /** Investor n buys; returns the order's id. */
  buy(n: number, yuan: string, fundCode = '000001'): Promise<string> {
    const value = parseAmount(yuan);
    if (value === undefined) throw new Error(yuan);
    return this.#place(n, (head) => ({
      ...head,
      fundCode,
      businessCode: '022',
      amount: value,
      discountRate: rate(100_000_000n),
    }));
  }

  sell(n: number, text: string, fundCode = '000001'): Promise<string> {
    const value = parseUnits(text);
    if (value === undefined) throw new Error(text);
    return this.#place(n, (head) => ({
      ...head,
      fundCode,
      businessCode: '024',
      units: value,
      largeRedemptionFlag: '1',
    }));
  }

  /** Cut-off and send, then registrars and bank answer; nothing of the answers is read yet. */
  async send(date: LocalDate): Promise<DayReport> {
    this.at(date, '15:30:00.000');
    const sent = await runDay(this.world, actor, date, { until: 'send' });
    if (!sent.isComplete) throw new Error(JSON.stringify(sent.steps.at(-1)));
    const report = this.registrar.playDay(date);
    this.twin.playDay(date);
    return report;
  }

  run(date: LocalDate): Promise<DayRun> {
    return runDay(this.world, actor, date);
  }

  /** A whole day without help: what holds it up is in the last step. */
  async play(date: LocalDate): Promise<DayRun> {
    await this.send(date);
    return this.run(date);
  }

  /** Takes a registrar's package of a date out of our folder, as if it had not come. */
  withhold(party: string, date: LocalDate): void {
    const folder = join(this.world.exchange.folder, party, 'in');
    for (const name of readdirSync(folder)) {
      if (isOfPackage(name, date)) rmSync(join(folder, name));
    }
  }

  /** Puts the good files of a registrar's package of a date into our folder, as sent again. */
  sendAgain(party: string, date: LocalDate): void {
    const from = join(this.folder, 'twin', party, 'in');
    const into = join(this.world.exchange.folder, party, 'in');
    const names = readdirSync(from).filter((name) => isOfPackage(name, date));
    for (const name of names.filter((each) => !each.startsWith('OFI'))) {
      cpSync(join(from, name), join(into, name));
    }
    for (const name of names.filter((each) => each.startsWith('OFI'))) {
      cpSync(join(from, name), join(into, name));
    }
  }

  #outboxes(): string[] {
    return ['01', '02', 'BANK'].map((party) => join(this.world.exchange.folder, party, 'out'));
  }

  /** Removes every file that we wrote for others. */
  loseOutbox(): void {
    for (const folder of this.#outboxes()) {
      for (const name of readdirSync(folder)) rmSync(join(folder, name));
    }
  }

  /** SHA-256 of every file that we wrote for others, by name. */
  outboxDigests(): Record<string, string> {
    return Object.fromEntries(
      this.#outboxes().flatMap((folder) =>
        readdirSync(folder).map((name) => [
          name,
          createHash('sha256')
            .update(readFileSync(join(folder, name)))
            .digest('hex'),
        ]),
      ),
    );
  }

  /** The exceptions raised for a day, in order of code and subject. */
  exceptionsOf(date: LocalDate): Promise<ExceptionSeen[]> {
    return this.world.db.query<ExceptionSeen>(
      `select code, subject, severity, state, detail, exception_id from clearing.exceptions
       where business_date = $1 order by code, subject`,
      [date],
    );
  }

  /** 'CODE severity state' of a day's exceptions. */
  async seen(date: LocalDate): Promise<string[]> {
    const rows = await this.exceptionsOf(date);
    return rows.map((row) => `${row.code} ${row.severity} ${row.state}`);
  }

  async stateOf(orderId: string): Promise<string | undefined> {
    const [row] = await this.world.db.query<{ state: string }>(
      `select state from trading.orders where bucket >= 0 and order_id = $1`,
      [orderId],
    );
    return row?.state;
  }
}

/** A stage that is open, its first day not begun. */
export async function openStage(db: Db, options: StageOptions = {}): Promise<Stage> {
  return new Stage(db, options).open(options);
}

/** What the checks of accounts and clearing find in the house: check and subject. */
export async function violations(stage: Stage): Promise<string[]> {
  const found: string[] = [];
  for (const check of [...accountsChecks, ...clearingChecks]) {
    for (const { subject } of await check.run(stage.world.db, stage.world)) {
      found.push(`${check.id} ${subject}`);
    }
  }
  return found;
}
