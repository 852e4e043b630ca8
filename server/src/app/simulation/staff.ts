/**
 * Operations staff of the house: they let in changes, ask counterparties again, retry, void, accept,
 * and now and then try what they may not. The model predicts the answer to each.
 */
import { assert, type LocalDate, type Random } from '@cairn/kernel';
import type { Actor } from '../../platform/actor.ts';
import { type Approval, decideApproval } from '../../platform/approvals.ts';
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
import { playChecker, playMaker, playOperator, staffActor } from '../sandbox/house.ts';
import { answerOf, ask, personOf } from './asks.ts';
import type { Courier, Stream } from './courier.ts';
import type { Command } from './commands.ts';
import { type House, HOUSE_FOLDER } from './house.ts';
import { type Imported, replyText, reported, rowsIn } from './import-answers.ts';
import type { AckLedger } from './ledger.ts';
import type { PlannedChange } from './market-changes.ts';
import { Disagreement } from './model/booking.ts';
import type { DayBook, Deliveries } from './model/day-book.ts';
import type { Desk } from './model/desk.ts';
import type { ModelException, Office, Wanted } from './model/office.ts';
import { readExceptions } from './observe.ts';
import type { Probes } from './probes.ts';

export interface StaffParts {
  readonly house: House;
  readonly desk: Desk;
  readonly office: Office;
  readonly dayBook: DayBook;
  readonly deliveries: Deliveries;
  readonly ledger: AckLedger;
  readonly courier: Courier;
  readonly random: Random;
  readonly probes: Probes;
  /** The chance that a missing package is asked for again rather than let pass. */
  readonly asksAgain: number;
}

/** One who may check nothing of what a play asks for. */
const outsider = staffActor('lan.wu', 'adviser');
const NOBODYS_ID = '0'.repeat(20);

const approved = ({ approvalId, kind, maker, state, checker }: Approval): string =>
  `${approvalId} ${kind} by ${maker}: ${state} by ${checker ?? ''}`;

/** What the maker of a change is told when he approves it himself. */
async function decideOwn(world: DayWorld, approvalId: string): Promise<string> {
  const { said } = await answerOf(
    () => decideApproval(world, playMaker, approvalId, 'approve', 'mine'),
    ({ state }) => state,
  );
  return said;
}

export class Staff {
  readonly #parts: StaffParts;
  /** Dice for what staff try beside their work. */
  readonly #tries: Random;
  /** Faults are over: everything that can be mended is mended at once. */
  isHealing = false;

  constructor(parts: StaffParts) {
    this.#parts = parts;
    this.#tries = parts.random.fork('tries');
  }

  get #world(): DayWorld {
    return this.#parts.house.calm;
  }

  #feelsLike(chance: number): boolean {
    return this.isHealing || this.#parts.random.chance(chance);
  }

  /** Brings a change of terms in, with four eyes where it needs them. */
  change(change: PlannedChange): Command {
    const { probes } = this.#parts;
    const triesBad = this.#tries.chance(0.3);
    const triesOwn = this.#tries.chance(0.3);
    return {
      name: `change ${change.kind}`,
      customers: [],
      async run(world): Promise<Imported> {
        const { kind, csv } = change;
        const send = (text: string) =>
          importCsv(world, playMaker, { kind, csv: text, dryRun: false });
        const bad = triesBad ? await send(csv.replaceAll(change.fundCode, '99999X')) : undefined;
        const report = await send(csv);
        const { approvalId } = report;
        if (approvalId === undefined) return { bad, report, own: undefined, approval: undefined };
        const own = triesOwn ? await decideOwn(world, approvalId) : undefined;
        // The last thing it does: what it changes holds from here on.
        const approval = await decideApproval(world, playChecker, approvalId, 'approve', 'checked');
        return { bad, report, own, approval };
      },
      tell: (outcome) => {
        assert(outcome.kind === 'reply', `the change is let in: ${outcome.kind}`);
        this.#compareChange(change, outcome.value as Imported);
        probes.reach(`change of ${change.kind} ${change.isLate ? 'late' : 'in time'}`);
        probes.reach(`change at ${change.slot}`);
      },
    };
  }

  #compareChange(change: PlannedChange, { bad, report, own, approval }: Imported): void {
    const { office, house, probes } = this.#parts;
    const what = `change of ${change.kind} of ${change.fundCode}`;
    const same = (of: string, predicted: string, said: string) => {
      if (predicted !== said) throw new Disagreement(`${what}: ${of}`, predicted, said);
      probes.reach(`staff: change: ${of}`);
    };
    if (bad !== undefined) {
      const strange = office.predictImport({ ...change.words, fund: '99999X' });
      const faults = bad.errors.map(({ code }) => code);
      // A schedule has as many lines as tiers, and each is at fault or the first is.
      same('bad file', strange.errors.join(), [...new Set(faults)].join());
      if (bad.created + bad.changed + bad.held > 0) throw new Disagreement(what, 'nothing', bad);
    }
    const rows = rowsIn(change.csv);
    same('import', replyText(office.predictImport(change.words), rows), reported(report));
    const { approvalId } = report;
    if (approvalId === undefined) {
      office.letIn(change.words);
      return;
    }
    const kind = change.kind === 'parameters' ? 'products.parameters' : 'products.fee-schedules';
    const base = office.versions(kind, change.fundCode);
    this.#requested(approvalId, { kind, fund: change.fundCode, base });
    const nowMs = house.nowMs;
    if (own !== undefined) {
      const predicted = office.predictDecision(approvalId, personOf(playMaker), 'approve', nowMs);
      same('own decision', predicted, own);
    }
    const state = office.predictDecision(approvalId, personOf(playChecker), 'approve', nowMs);
    const { name } = personOf(playChecker);
    same(
      'decision',
      `${office.shown(approvalId)}: ${state} by ${name}`,
      approval === undefined ? '' : approved(approval),
    );
    office.decided(approvalId, state);
    office.letIn(change.words);
  }

  /** The same file once more: nothing is left to change. */
  async changeAgain({ kind, csv, words }: PlannedChange): Promise<void> {
    if (!this.#tries.chance(0.4)) return;
    const { office, probes } = this.#parts;
    await ask(probes, {
      what: `import again of ${kind}`,
      predicted: [replyText(office.predictImport(words), rowsIn(csv))],
      call: () => importCsv(this.#world, playMaker, { kind, csv, dryRun: false }),
      say: reported,
    });
  }

  #requested(approvalId: string, wanted: Wanted): void {
    const { office, house } = this.#parts;
    const { name } = personOf(playMaker);
    if (office.requested(approvalId, wanted, name, house.nowMs)) return;
    throw new Disagreement(`approval for ${wanted.kind}`, 'an id of its own', approvalId);
  }

  async #decide(by: Actor, approvalId: string, decision: 'approve' | 'reject'): Promise<void> {
    const { office, probes, house, ledger } = this.#parts;
    const state = office.predictDecision(approvalId, personOf(by), decision, house.nowMs);
    const isTaken = state === 'approved' || state === 'rejected';
    const approval = await ask(probes, {
      what: `decision of ${by.id} on ${approvalId}`,
      predicted: [
        isTaken ? `${office.shown(approvalId)}: ${state} by ${personOf(by).name}` : state,
      ],
      call: () => decideApproval(this.#world, by, approvalId, decision, 'seen'),
      say: approved,
    });
    ledger.hear(approval);
    office.decided(approvalId, state);
  }

  /** A request and its approval, with what people try before and after. */
  async #approve(approvalId: string): Promise<void> {
    if (this.#tries.chance(0.3)) {
      const [by, id] = this.#tries.pick([
        [playMaker, approvalId],
        [playOperator, approvalId],
        [outsider, approvalId],
        [playChecker, NOBODYS_ID],
      ] as const);
      await this.#decide(by, id, 'approve');
    }
    await this.#decide(playChecker, approvalId, 'approve');
    if (this.#tries.chance(0.2)) await this.#decide(playChecker, approvalId, 'reject');
  }

  /** Somebody comes back to what was asked for and never decided. */
  async decideForgotten(): Promise<void> {
    const { office, probes } = this.#parts;
    const [oldest] = office.waiting();
    if (oldest === undefined || !this.#tries.chance(0.25)) return;
    await this.readList();
    await this.#decide(playChecker, oldest, this.#tries.pick(['approve', 'reject']));
    probes.reach('forgotten approval taken up');
  }

  /** Asks for four eyes; at times somebody asks twice and the second is forgotten. */
  async #request(what: string, predicted: string, wanted: Wanted, call: () => Promise<string>) {
    const { probes } = this.#parts;
    const asking = { what, predicted: [predicted], call, say: () => 'requested' };
    const approvalId = await ask(probes, asking);
    if (approvalId === undefined) return;
    this.#requested(approvalId, wanted);
    if (this.#tries.chance(0.2)) {
      const again = await ask(probes, asking);
      if (again !== undefined) this.#requested(again, wanted);
    }
    await this.#approve(approvalId);
  }

  /** Reads the exception list and tells the model of it. */
  async readList() {
    const read = await readExceptions(this.#world);
    this.#parts.office.listed(
      read.all.map(
        (row): ModelException => ({
          id: row.exception_id,
          date: row.business_date,
          code: row.code,
          subject: row.subject,
          severity: row.severity,
        }),
      ),
    );
    return read;
  }

  /** Works on records that are not booked: tries the right ones again, voids the wrong ones. */
  async workOnRecords(): Promise<void> {
    const { desk, office, probes } = this.#parts;
    const { records } = await this.readList();
    for (const { exceptionId, serial, code } of records) {
      // Trying one record again books whatever else waited for the same thing.
      const { records: still } = await this.readList();
      if (!still.some((one) => one.exceptionId === exceptionId)) continue;
      if (desk.isRight(serial)) {
        if (!this.#feelsLike(0.7)) continue;
        await this.#retry(exceptionId, serial, code);
      } else if (this.#feelsLike(0.6)) {
        probes.reach(`record voided: ${code}`);
        await this.#request(
          'void',
          office.predictVoid(exceptionId),
          { kind: 'clearing.void-record', exception: exceptionId },
          () => requestVoid(this.#world, playMaker, exceptionId, 'wrong there'),
        );
        desk.voided(serial);
      }
    }
  }

  async #retry(exceptionId: string, serial: string, code: string): Promise<void> {
    const { desk, office, dayBook, probes } = this.#parts;
    const asked = office.predictRetry(exceptionId, dayBook.openDate !== undefined);
    desk.retried(serial);
    // What waited for its turn is told anew when its turn came and something else is wrong.
    const due = code === 'EARLIER_NOT_BOOKED' ? 'may' : desk.dueOf(serial);
    const booked = due === 'must' ? ['booked'] : due === 'mustNot' ? ['left'] : ['booked', 'left'];
    const isBooked = await ask(probes, {
      what: `retry of ${serial}`,
      predicted: asked === 'retried' ? booked : [asked],
      call: () => retryException(this.#world, playOperator, exceptionId),
      say: (value) => (value ? 'booked' : 'left'),
    });
    probes.reach(isBooked === true ? 'record retried and booked' : 'record retried in vain');
    await this.tellUnbooked();
  }

  /** Tells the model which records the house has not booked, and has it book the others. */
  async tellUnbooked(): Promise<void> {
    const { desk, probes } = this.#parts;
    const { records } = await readExceptions(this.#world);
    const waits = records.filter(({ code }) => code === 'EARLIER_NOT_BOOKED');
    const behind = new Set(waits.map(({ serial }) => serial));
    const { left } = desk.ran(
      new Map(records.map(({ serial }) => [serial, { isBehind: behind.has(serial) }])),
    );
    if (left > 0) probes.reach('record on the exception list', left);
  }

  /** Does what a run that stopped asks for; false when there is nothing that can be done. */
  async answer(run: DayRun): Promise<boolean> {
    const { probes, office } = this.#parts;
    const { code, details } = run.steps.at(-1)?.failure ?? {};
    if (code === 'PACKAGE_MISSING') {
      for (const name of String(details?.['packages']).split(', ')) {
        await this.#packageMissing(run.businessDate, name);
      }
      return true;
    }
    if (code === 'DATABASE_UNAVAILABLE' || code === 'DATABASE_CONFLICT') {
      probes.reach(`run of the day stopped by ${code}`);
      return true;
    }
    if (code !== 'DAY_NOT_ACCEPTED') return false;
    probes.reach('day accepted with four eyes');
    const { businessDate } = run;
    await this.readList();
    await this.#request(
      'acceptance',
      office.predictAcceptance(businessDate),
      { kind: 'clearing.accept-exceptions', passed: office.unaccepted(businessDate) },
      () =>
        requestAcceptance(this.#world, playMaker, {
          businessDate,
          reason: 'known and followed up',
        }),
    );
    return true;
  }

  async #packageMissing(date: LocalDate, name: string): Promise<void> {
    const { courier, probes, asksAgain, deliveries } = this.#parts;
    const [party = '', stream = ''] = name.split('/');
    if (this.#feelsLike(asksAgain) && courier.sendAgain(party, stream as Stream, date)) {
      deliveries.came(party, stream, date);
      probes.reach('package sent again');
      return;
    }
    probes.reach('package waived');
    const waiver = { businessDate: date, package: name, reason: 'will follow' };
    await this.#request(
      'waiver',
      'requested',
      { kind: 'clearing.waive', date, package: name },
      () => requestWaiver(this.#world, playMaker, waiver),
    );
  }

  /** Asks for everything that was made and that the house has not taken. */
  sendAllAgain(): void {
    const { courier, house, deliveries } = this.#parts;
    for (const { party, stream, date, files } of courier.made()) {
      const index = files.at(-1)?.[0] ?? '';
      const taken = `${HOUSE_FOLDER}/exchange/${party}/in/taken/${index}`;
      if (stream === 'bank' || house.disk.find(taken) !== undefined) continue;
      if (courier.sendAgain(party, stream, date)) deliveries.came(party, stream, date);
    }
  }

  /** Closes what only reminds and has been seen. */
  async resolveReminders(): Promise<void> {
    const { all } = await this.readList();
    for (const { exception_id: id, severity, subject } of all) {
      if (severity === 'block' || /^(confirmation|account|distribution):/.test(subject)) continue;
      // What needs four eyes and was accepted on its day can be closed now; the rest stays.
      await this.#resolve(id);
    }
  }

  async #resolve(id: string): Promise<void> {
    const { office, probes } = this.#parts;
    await ask(probes, {
      what: `resolve of ${id}`,
      predicted: [office.predictResolve(id)],
      call: () => actOnException(this.#world, playOperator, id, { kind: 'resolve', note: 'seen' }),
      say: () => 'resolved',
    });
  }

  /** Tries what the list does not allow: to close what waits, what is closed, what never was. */
  async tryTheList(): Promise<void> {
    const { office, probes } = this.#parts;
    const { all } = await this.readList();
    const ids = all.map((row) => row.exception_id);
    const refused = ids.filter((id) => office.predictResolve(id) !== 'resolved');
    const some = this.#tries.pick([...refused, ...office.resolvedOnes().slice(-3), NOBODYS_ID]);
    await this.#resolve(some);
    const id = this.#tries.pick([...office.resolvedOnes().slice(-3), NOBODYS_ID]);
    await ask(probes, {
      what: `void of ${id}`,
      predicted: [office.predictVoid(id)],
      call: () => requestVoid(this.#world, playMaker, id, 'tried'),
      say: () => 'requested',
    });
  }
}
