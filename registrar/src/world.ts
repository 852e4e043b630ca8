import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { confirmAccounts } from './accounts.ts';
import { playBank } from './bank.ts';
import { writeConfirmationPackage } from './confirmation-package.ts';
import type { Day } from './dates.ts';
import type { Problem, RegistrarDay } from './day.ts';
import { payDividends, recordEntitlements } from './dividends.ts';
import { type Fault, type FaultOptions, FaultSchedule } from './faults.ts';
import { HoldingsWriter } from './holdings-file.ts';
import { receiveApplications } from './inbox.ts';
import { Journal } from './journal.ts';
import { writeMarketPackage } from './market-file.ts';
import { confirmOrders } from './orders.ts';
import type { Parties } from './parties.ts';
import { type OutFile, publishFiles } from './publish.ts';
import { compileScenario, type Scenario, type ScenarioSource } from './scenario.ts';
import { confirmSetUps } from './set-up.ts';
import { registrarState, type WorldState } from './state.ts';

/** What the world is made of; the folders are made where they are missing. */
export interface RegistrarWorldOptions {
  readonly scenario: ScenarioSource;
  readonly stateDir: string;
  readonly exchangeDir: string;
  /** Decides where faults by rate fall. */
  readonly seed?: string;
  readonly faults?: FaultOptions;
}

/** What one registrar did on a day. */
export interface RegistrarReport {
  readonly registrarCode: string;
  readonly accounts: number;
  readonly orders: number;
  readonly accountConfirmations: number;
  readonly confirmations: number;
  readonly refusals: number;
  readonly dividends: number;
  readonly positions: number;
}

/** What happened on a played day. */
export interface DayReport {
  readonly date: Day;
  /** The date of the confirmation packages: the next trading day. */
  readonly confirmDate: Day;
  /** True if the day had been played before; then nothing was done and the lists are empty. */
  readonly alreadyPlayed: boolean;
  readonly registrars: readonly RegistrarReport[];
  /** Paths inside the exchange folder, in the order in which the files appeared. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
  readonly faults: readonly Fault[];
}

interface Findings {
  readonly files: string[];
  readonly problems: Problem[];
  readonly appliedFaults: Fault[];
}

/** The registrars and the bank; plays trading days in order. */
export class RegistrarWorld {
  readonly #scenario: Scenario;
  readonly #stateDir: string;
  readonly #exchangeDir: string;
  readonly #faults: FaultSchedule;
  readonly #journal: Journal;
  readonly #holdings: HoldingsWriter;
  #state: WorldState | undefined;

  constructor(options: RegistrarWorldOptions) {
    this.#scenario = compileScenario(options.scenario);
    this.#stateDir = options.stateDir;
    this.#exchangeDir = options.exchangeDir;
    this.#faults = new FaultSchedule(options.faults ?? {}, options.seed ?? '');
    this.#journal = new Journal(options.stateDir);
    this.#holdings = new HoldingsWriter(this.#scenario);
  }

  /** The last day played, or undefined before the first. */
  get lastDay(): Day | undefined {
    return this.#load().lastDay;
  }

  /**
   * Plays trading day `date` after its cut-off: reads the applications and bank instructions of
   * `date`, publishes its NAVs, the confirmation packages of the next trading day and the bank
   * statement of `date`. Days are played one after another without a gap; a day already played is
   * left as it is; a day whose play was killed is played again with the same bytes. Throws
   * RangeError for a day that is not the next one.
   */
  playDay(date: Day): DayReport {
    const state = this.#load();
    const confirmDate = this.#scenario.tradingDays.plus(date, 1);
    const findings: Findings = { files: [], problems: [], appliedFaults: [] };
    const { lastDay } = state;
    if (lastDay !== undefined && date <= lastDay) {
      return { date, confirmDate, alreadyPlayed: true, registrars: [], ...reportOf(findings) };
    }
    if (lastDay !== undefined && this.#scenario.tradingDays.plus(lastDay, 1) !== date) {
      throw new RangeError(`${date} does not follow ${lastDay}, the last day played`);
    }
    try {
      this.#releaseHeld(date, findings);
      const registrars = this.#scenario.registrarCodes.map((code) =>
        this.#playRegistrar(state, code, date, confirmDate, findings),
      );
      findings.files.push(
        playBank({
          state: state.bank,
          date,
          exchangeDir: this.#exchangeDir,
          faults: this.#faults,
          ...findings,
        }),
      );
      this.#journal.commit(state, date);
      rmSync(this.#heldFolder(date), { recursive: true, force: true });
      return { date, confirmDate, alreadyPlayed: false, registrars, ...reportOf(findings) };
    } catch (error) {
      // The state in memory may be half a day ahead: the next play starts from the disk.
      this.#state = undefined;
      throw error;
    }
  }

  #load(): WorldState {
    this.#state ??= this.#journal.load();
    return this.#state;
  }

  #heldFolder(date: Day): string {
    return join(this.#stateDir, 'held', date);
  }

  /** Publishes the packages that were held back until today. */
  #releaseHeld(date: Day, findings: Findings): void {
    const folder = this.#heldFolder(date);
    if (!existsSync(folder)) return;
    for (const code of readdirSync(folder).sort()) {
      const names = readdirSync(join(folder, code)).sort();
      const files = names.map((name) => ({ name, bytes: readFileSync(join(folder, code, name)) }));
      // Data files are called OFD_…, the index OFI_…: sorted, the index comes last.
      this.#publish(code, files, findings);
    }
  }

  #publish(registrarCode: string, files: readonly OutFile[], findings: Findings): void {
    publishFiles(join(this.#exchangeDir, registrarCode, 'in'), files);
    findings.files.push(...files.map((file) => `${registrarCode}/in/${file.name}`));
  }

  #playRegistrar(
    world: WorldState,
    registrarCode: string,
    date: Day,
    confirmDate: Day,
    findings: Findings,
  ): RegistrarReport {
    const scenario = this.#scenario;
    const state = registrarState(world, registrarCode);
    const parties: Parties = { creator: registrarCode, receiver: scenario.distributorCode };
    const folder = join(this.#exchangeDir, registrarCode, 'out');
    mkdirSync(folder, { recursive: true });
    const { distributorCode } = scenario;
    const inbox = { folder, distributorCode, registrarCode, date };
    const applications = receiveApplications(inbox, findings.problems);
    this.#publish(registrarCode, writeMarketPackage(scenario, state, parties, date), findings);
    const draft = { accounts: [], trades: [], dividends: [] };
    const day: RegistrarDay = {
      scenario,
      registrarCode,
      state,
      bank: world.bank,
      date,
      confirmDate,
      draft,
      faults: this.#faults,
      ...findings,
      candidates: { rejection: 0, partialConfirmation: 0 },
    };
    confirmDay(day, applications);
    const { files, isLate } = writeConfirmationPackage(day, parties, this.#holdings);
    if (isLate) publishFiles(join(this.#heldFolder(confirmDate), registrarCode), files);
    else this.#publish(registrarCode, files, findings);
    return countsOf(day, applications.accounts.length, applications.orders.length);
  }
}

/** Everything a registrar confirms for the next trading day, in the order that decides. */
function confirmDay(day: RegistrarDay, applications: ReturnType<typeof receiveApplications>): void {
  recordEntitlements(day);
  confirmAccounts(day, applications.accounts);
  confirmOrders(day, applications.orders);
  confirmSetUps(day);
  payDividends(day);
  const place = { date: day.confirmDate, registrarCode: day.registrarCode };
  for (const fault of day.faults.plantedBusinessFaults(place)) {
    if (day.appliedFaults.includes(fault)) continue;
    const detail = `${fault.kind} ${fault.date} ${fault.record ?? ''}`.trimEnd();
    day.problems.push({ party: day.registrarCode, code: 'FAULT_WITHOUT_TARGET', detail });
  }
}

function countsOf(day: RegistrarDay, accounts: number, orders: number): RegistrarReport {
  const { draft, registrarCode } = day;
  const good = draft.trades.filter((values) => values.ReturnCode === '0000').length;
  return {
    registrarCode,
    accounts,
    orders,
    accountConfirmations: draft.accounts.length,
    confirmations: good,
    refusals: draft.trades.length - good,
    dividends: draft.dividends.length,
    positions: day.state.positions.size,
  };
}

function reportOf({ files, problems, appliedFaults }: Findings) {
  return { files, problems, faults: appliedFaults };
}

/** Opens the world as it stands in `stateDir`; throws RangeError if the scenario is not good. */
export function createRegistrarWorld(options: RegistrarWorldOptions): RegistrarWorld {
  return new RegistrarWorld(options);
}
