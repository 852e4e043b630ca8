/**
 * The model's operations desk: which packages came, which of their records the house must have
 * booked by now, which it may, and which it must not.
 */
import { feeOnAmount, RATE_ONE } from './arithmetic.ts';
import { Disagreement } from './booking.ts';
import type { Broker } from './broker.ts';
import type { TruthRecord } from './truth.ts';

/** A record as it was sent. */
export interface SentRecord {
  readonly serial: string;
  readonly truth: TruthRecord | undefined;
  /** What was sent is not what the registrar decided, or nobody asked for it. */
  readonly isWrong: boolean;
}

interface DeskRecord extends SentRecord {
  readonly registrar: string;
  readonly date: string;
  state: 'expected' | 'booked' | 'stuck' | 'void';
  /** Where it is stuck: whether only its turn is missing. */
  isBehind: boolean;
}

interface Package {
  readonly registrar: string;
  readonly date: string;
  readonly records: readonly DeskRecord[];
  isTaken: boolean;
}

export type Due = 'must' | 'may' | 'mustNot';

/** Codes that answer an application as it was sent; 130 and 149 come after 120, 143 by itself. */
const ANSWERS = new Set(['101', '108', '120', '122', '124', '129']);

export class Desk {
  /** Funds and days whose NAV has come in. */
  readonly navsHere = new Set<string>();
  readonly #broker: Broker;
  readonly #packages: Package[] = [];

  constructor(broker: Broker) {
    this.#broker = broker;
  }

  /** A registrar made a package; it is under way. */
  made(registrar: string, date: string, records: readonly SentRecord[]): void {
    const own = records.map(
      (record): DeskRecord => ({
        ...record,
        registrar,
        date,
        state: 'expected',
        isBehind: false,
      }),
    );
    this.#packages.push({ registrar, date, records: own, isTaken: false });
  }

  taken(registrar: string, date: string): void {
    const found = this.#packages.find(
      (one) => one.registrar === registrar && one.date === date && !one.isTaken,
    );
    if (found !== undefined) found.isTaken = true;
  }

  isTaken(registrar: string, date: string): boolean {
    const found = this.#packages.find((one) => one.registrar === registrar && one.date === date);
    return found?.isTaken ?? false;
  }

  /** Whether everything that came so far is booked or can only be booked. */
  get isClean(): boolean {
    return this.#packages.every(({ isTaken, records }) =>
      records.every(
        (record) =>
          record.state === 'booked' ||
          record.state === 'void' ||
          (record.state === 'expected' && (!isTaken || this.#dueOf(record) === 'must')),
      ),
    );
  }

  /** Whether a run of the day, with every package here, has nothing that it might leave. */
  isCleanUntil(date: string): boolean {
    return this.#packages.every(
      ({ date: of, records }) =>
        of > date ||
        records.every(
          (record) =>
            record.state === 'booked' ||
            record.state === 'void' ||
            (record.state === 'expected' && this.#dueOf(record) === 'must'),
        ),
    );
  }

  /** Whether something of a customer at a registrar is decided there and not booked here. */
  hasOutstanding(customer: string, registrar: string): boolean {
    return this.#packages.some(
      (one) =>
        one.registrar === registrar &&
        one.records.some(
          (record) =>
            record.truth?.customer === customer &&
            record.state !== 'booked' &&
            !this.#isAnswered(record),
        ),
    );
  }

  /** Records on the exception list, by serial, that somebody put back among the waiting. */
  retried(serial: string): void {
    const record = this.#find(serial);
    if (record?.state === 'stuck') record.state = 'expected';
  }

  voided(serial: string): void {
    const record = this.#find(serial);
    if (record !== undefined) record.state = 'void';
  }

  /** Whether a record that waits must be booked now, may be, or must not. */
  dueOf(serial: string): Due {
    const record = this.#find(serial);
    return record === undefined ? 'mustNot' : this.#dueOf(record);
  }

  /** Whether what was sent under this serial is right, so that trying again makes sense. */
  isRight(serial: string): boolean {
    const record = this.#find(serial);
    return record?.isWrong === false && !this.#isAnswered(record);
  }

  /** Notes what a record waits for; one that is told as wrong for the first time is counted. */
  #place(record: DeskRecord, found: { readonly isBehind: boolean } | undefined): void {
    if (found === undefined || record.state === 'void' || record.state === 'booked') return;
    const wasTold = record.state === 'stuck' && !record.isBehind;
    if (!found.isBehind && !wasTold) this.#broker.tally.add('exceptions');
    record.isBehind = found.isBehind;
  }

  /** Records that wait for their turn and for nothing else. */
  get behind(): number {
    return this.#packages
      .flatMap(({ records }) => records)
      .filter(({ state, isBehind }) => state === 'stuck' && isBehind).length;
  }

  /** Applications of which the package that should have answered them is here, and no answer is. */
  overdueOn(date: string): number {
    const records = this.#packages
      .filter((one) => one.isTaken && one.date <= date)
      .flatMap((one) => one.records);
    const isHere = (truth: TruthRecord) =>
      this.#packages.some(
        ({ isTaken, records: some }) =>
          isTaken && some.some((one) => one.truth === truth && one.state !== 'void'),
      );
    const unanswered = records.flatMap(({ state, truth }) =>
      state === 'void' && truth !== undefined && ANSWERS.has(truth.code) && !isHere(truth)
        ? [truth]
        : [],
    );
    return new Set(unanswered).size;
  }

  /** A run came past the step that books: tells what it left, and books the rest in the model. */
  ran(unbooked: ReadonlyMap<string, { readonly isBehind: boolean }>): {
    booked: number;
    left: number;
  } {
    let booked = 0;
    let left = 0;
    for (const { registrar, date, records, isTaken } of this.#packages) {
      if (!isTaken) continue;
      for (const record of records) {
        const found = unbooked.get(record.serial);
        const isLeft = found !== undefined;
        this.#place(record, found);
        // What was left is tried again by the house itself when only its turn was missing.
        if (record.state !== 'expected' && (record.state !== 'stuck' || isLeft)) continue;
        const due = this.#dueOf(record);
        const what = `record ${record.serial} of ${registrar} ${date} (${record.truth?.code ?? '?'})`;
        if (isLeft && due === 'must') throw new Disagreement(what, 'booked', 'an exception');
        if (!isLeft && due === 'mustNot') throw new Disagreement(what, 'an exception', 'booked');
        if (isLeft) {
          record.state = 'stuck';
          left += 1;
        } else {
          record.state = 'booked';
          booked += 1;
          if (record.truth !== undefined) this.#broker.booked(record.truth);
        }
      }
    }
    return { booked, left };
  }

  /** A clean run booked what came for these customers. */
  bookedFor(customers: readonly string[]): void {
    for (const { records, isTaken } of this.#packages) {
      if (!isTaken) continue;
      for (const record of records) {
        const { truth } = record;
        if (record.state !== 'expected' || truth === undefined) continue;
        if (!customers.includes(truth.customer)) continue;
        record.state = 'booked';
        this.#broker.booked(truth);
      }
    }
  }

  /** Records that are neither booked nor void. */
  open(): string[] {
    return this.#packages.flatMap(({ records }) =>
      records
        .filter(({ state }) => state === 'expected' || state === 'stuck')
        .map(({ serial, truth }) => `${serial} ${truth?.code ?? '?'}`),
    );
  }

  #find(serial: string): DeskRecord | undefined {
    for (const { records } of this.#packages) {
      const found = records.find((record) => record.serial === serial);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Whether the same decision was booked from another record. */
  #isAnswered(record: DeskRecord): boolean {
    return this.#packages.some(({ records }) =>
      records.some(
        (other) => other !== record && other.truth === record.truth && other.state === 'booked',
      ),
    );
  }

  #dueOf(record: DeskRecord): Due {
    const { truth, isWrong } = record;
    if (isWrong || truth === undefined || this.#isAnswered(record)) return 'mustNot';
    if (truth.isGood && (truth.code === '122' || truth.code === '124')) {
      if (!this.navsHere.has(`${truth.fund} ${truth.tradeDate}`)) return 'mustNot';
    }
    const byFees = this.#dueByFees(truth);
    const mayWait = this.#waitsForOthers(record, truth) || this.#mayWaitForPackage(record, truth);
    return byFees === 'must' && mayWait ? 'may' : byFees;
  }

  /**
   * A package of an earlier day that is not here may hold a reinvested dividend of the fund, for all
   * that the house can know: units leave, and dividends are counted, only when it has come.
   */
  #mayWaitForPackage(record: DeskRecord, { code, fund }: TruthRecord): boolean {
    if (code !== '124' && code !== '143') return false;
    return this.#packages.some(
      ({ registrar, date, isTaken }) =>
        !isTaken &&
        registrar === record.registrar &&
        date < record.date &&
        this.#broker.market.dividends.some((one) => one.fund === fund && one.recordDate <= date),
    );
  }

  /** A fee that our own schedule gives otherwise, by more than a fen, holds the record up. */
  #dueByFees({ code, fund, tradeDate, isGood, amount, fee }: TruthRecord): Due {
    const kinds = { '122': 'purchase', '124': 'redemption', '130': 'subscription' } as const;
    if (!isGood || !(code === '122' || code === '124' || code === '130')) return 'must';
    const { market } = this.#broker;
    const here = market.feesOn('here', fund, kinds[code], tradeDate);
    if (here === market.feesOn('there', fund, kinds[code], tradeDate)) return 'must';
    if (here === undefined || code !== '122') return 'may';
    // Without a discount, so that a smaller difference may still be within the tolerance.
    const ours = feeOnAmount(amount, here.byAmount, RATE_ONE).fee;
    const difference = ours > fee ? ours - fee : fee - ours;
    return difference === 0n ? 'must' : 'may';
  }

  /** Something that came before for the same customer and registrar is not booked yet. */
  #waitsForOthers(record: DeskRecord, truth: TruthRecord): boolean {
    return this.#packages.some(
      (other) =>
        other.registrar === record.registrar &&
        other.date <= record.date &&
        other.records.some(
          (one) =>
            one !== record &&
            one.truth?.customer === truth.customer &&
            one.truth !== truth &&
            (one.state === 'stuck' ||
              (one.state === 'void' && !this.#isAnswered(one)) ||
              (!other.isTaken && one.state === 'expected')),
        ),
    );
  }
}
