/** Operations staff of the house: they let in changes, ask counterparties again, retry, void, accept. */
import { assert, type LocalDate, type Random } from '@cairn/kernel';
import { decideApproval } from '../../platform/approvals.ts';
import {
  actOnException,
  type DayRun,
  type DayWorld,
  requestAcceptance,
  requestVoid,
  requestWaiver,
  retryException,
} from '../../modules/clearing/index.ts';
import { importCsv } from '../../modules/products/index.ts';
import { playChecker, playMaker, playOperator } from '../sandbox/house.ts';
import type { Courier, Stream } from './courier.ts';
import type { Command } from './commands.ts';
import { type House, HOUSE_FOLDER } from './house.ts';
import type { PlannedChange } from './market-changes.ts';
import type { Desk } from './model/desk.ts';
import type { ModelMarket } from './model/market.ts';
import { readExceptions } from './observe.ts';
import type { Probes } from './probes.ts';

export interface StaffParts {
  readonly house: House;
  readonly desk: Desk;
  readonly courier: Courier;
  readonly random: Random;
  readonly probes: Probes;
  /** The chance that a missing package is asked for again rather than let pass. */
  readonly asksAgain: number;
}

export class Staff {
  readonly #parts: StaffParts;
  /** Faults are over: everything that can be mended is mended at once. */
  isHealing = false;

  constructor(parts: StaffParts) {
    this.#parts = parts;
  }

  get #world(): DayWorld {
    return this.#parts.house.calm;
  }

  #feelsLike(chance: number): boolean {
    return this.isHealing || this.#parts.random.chance(chance);
  }

  /** Brings a change of terms in, with four eyes where it needs them. */
  change(market: ModelMarket, change: PlannedChange): Command {
    const { probes } = this.#parts;
    return {
      name: `change ${change.kind}`,
      customers: [],
      async run(world) {
        const { kind, csv } = change;
        const report = await importCsv(world, playMaker, { kind, csv, dryRun: false });
        assert(report.errorCount === 0, `the change is good: ${JSON.stringify(report.errors)}`);
        if (report.approvalId === undefined) return;
        await decideApproval(world, playChecker, report.approvalId, 'approve', 'checked');
      },
      tell(outcome) {
        assert(outcome.kind === 'reply', `the change is let in: ${outcome.kind}`);
        change.tell(market);
        probes.reach(`change of ${change.kind} ${change.isLate ? 'late' : 'in time'}`);
        probes.reach(`change at ${change.slot}`);
      },
    };
  }

  async #approve(approvalId: string): Promise<void> {
    await decideApproval(this.#world, playChecker, approvalId, 'approve', 'seen');
  }

  /** Works on records that are not booked: tries the right ones again, voids the wrong ones. */
  async workOnRecords(): Promise<void> {
    const { desk, probes } = this.#parts;
    const { records } = await readExceptions(this.#world);
    for (const { exceptionId, serial, code } of records) {
      // Trying one record again books whatever else waited for the same thing.
      const { records: still } = await readExceptions(this.#world);
      if (!still.some((one) => one.exceptionId === exceptionId)) continue;
      if (desk.isRight(serial)) {
        if (!this.#feelsLike(0.7)) continue;
        desk.retried(serial);
        const isBooked = await retryException(this.#world, playOperator, exceptionId);
        probes.reach(isBooked ? 'record retried and booked' : 'record retried in vain');
        await this.tellUnbooked();
      } else if (this.#feelsLike(0.6)) {
        probes.reach(`record voided: ${code}`);
        await this.#approve(await requestVoid(this.#world, playMaker, exceptionId, 'wrong there'));
        desk.voided(serial);
      }
    }
  }

  /** Tells the model which records the house has not booked, and has it book the others. */
  async tellUnbooked(): Promise<void> {
    const { desk, probes } = this.#parts;
    const { records } = await readExceptions(this.#world);
    const { left } = desk.ran(new Set(records.map(({ serial }) => serial)));
    if (left > 0) probes.reach('record on the exception list', left);
  }

  /** Does what a run that stopped asks for; false when there is nothing that can be done. */
  async answer(run: DayRun): Promise<boolean> {
    const { code, details } = run.steps.at(-1)?.failure ?? {};
    if (code === 'PACKAGE_MISSING') {
      for (const name of String(details?.['packages']).split(', ')) {
        await this.#packageMissing(run.businessDate, name);
      }
      return true;
    }
    if (code === 'DATABASE_UNAVAILABLE' || code === 'DATABASE_CONFLICT') {
      this.#parts.probes.reach(`run of the day stopped by ${code}`);
      return true;
    }
    if (code !== 'DAY_NOT_ACCEPTED') return false;
    this.#parts.probes.reach('day accepted with four eyes');
    const wanted = { businessDate: run.businessDate, reason: 'known and followed up' };
    await this.#approve(await requestAcceptance(this.#world, playMaker, wanted));
    return true;
  }

  async #packageMissing(date: LocalDate, name: string): Promise<void> {
    const { courier, probes, asksAgain } = this.#parts;
    const [party = '', stream = ''] = name.split('/');
    if (this.#feelsLike(asksAgain) && courier.sendAgain(party, stream as Stream, date)) {
      probes.reach('package sent again');
      return;
    }
    probes.reach('package waived');
    const waiver = { businessDate: date, package: name, reason: 'will follow' };
    await this.#approve(await requestWaiver(this.#world, playMaker, waiver));
  }

  /** Asks for everything that was made and that the house has not taken. */
  sendAllAgain(): void {
    const { courier, house } = this.#parts;
    for (const { party, stream, date, files } of courier.made()) {
      const index = files.at(-1)?.[0] ?? '';
      const taken = `${HOUSE_FOLDER}/exchange/${party}/in/taken/${index}`;
      if (stream === 'bank' || house.disk.find(taken) !== undefined) continue;
      courier.sendAgain(party, stream, date);
    }
  }

  /** Closes what only reminds and has been seen. */
  async resolveReminders(): Promise<void> {
    const { all } = await readExceptions(this.#world);
    for (const { exception_id: id, severity, subject } of all) {
      if (severity === 'block' || /^(confirmation|account|distribution):/.test(subject)) continue;
      // What needs four eyes and was accepted on its day can be closed now; the rest stays.
      await actOnException(this.#world, playOperator, id, { kind: 'resolve', note: 'seen' });
    }
  }
}
