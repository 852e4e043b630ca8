import type { Day } from './dates.ts';

/** Faults of single applications: they change what the registrar itself believes. */
const businessKinds = ['rejection', 'partialConfirmation'] as const;
/** Faults of a package: the registrar's own state stays right, only what it sends is wrong. */
const packageKinds = [
  'wrongAmount',
  'holdingOff',
  'extraConfirmation',
  'duplicateFile',
  'lateFile',
  'missingIndexEntry',
  'changedBytes',
  'truncatedFile',
] as const;
const bankKinds = ['statementBreak'] as const;

export type BusinessFaultKind = (typeof businessKinds)[number];
export type PackageFaultKind = (typeof packageKinds)[number];
export type BankFaultKind = (typeof bankKinds)[number];
export type FaultKind = BusinessFaultKind | PackageFaultKind | BankFaultKind;

/** Every kind of fault, in the order in which they are tried. */
export const faultKinds: readonly FaultKind[] = [...businessKinds, ...packageKinds, ...bankKinds];

/** One fault, planted. */
export interface Fault {
  readonly kind: FaultKind;
  /** The date of the package or statement that shows it (not the application's). */
  readonly date: Day;
  /** All registrars that have such a package if left out; not for the bank. */
  readonly registrarCode?: string;
  /**
   * Which record: an AppSheetSerialNo, a TransactionAccountID (`holdingOff`), an asset account
   * (`statementBreak`), or the position, from 0, among the records that can show the fault.
   */
  readonly record?: string | number;
  /** Which data file, for faults of a file: `04` unless said. */
  readonly fileType?: string;
  /** Added to the amount or units, in yuan or units: `0.01` unless said. */
  readonly delta?: string;
  /** `partialConfirmation`: the confirmed part, `0.5` unless said. */
  readonly ratio?: string;
  /** `wrongAmount`: the right record is sent this many trading days later; never unless said. */
  readonly correctedAfterDays?: number;
  /** `changedBytes`: the offset of the byte that is spoilt; the middle of the file unless said. */
  readonly offset?: number;
}

/** Chances from 0 to 1: per application for business faults, else per package or statement. */
export type FaultRates = Readonly<Partial<Record<FaultKind, number>>>;

export interface FaultOptions {
  readonly planted?: readonly Fault[];
  readonly rates?: FaultRates;
  /** The parts that partial confirmations by rate confirm, one of them each; `0.5` unless said. */
  readonly partialRatios?: readonly string[];
}

/** Where a fault might show. */
export interface FaultPlace {
  readonly date: Day;
  readonly registrarCode: string;
}

/** A hash of the text to 0 ≤ x < 1: the same for the same text, for ever. */
function hashFraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/**
 * Says which faults happen where. Nothing is drawn from a running sequence: whether a fault
 * happens depends on the seed and the place alone, so a repeated day has the same faults.
 */
export class FaultSchedule {
  readonly #planted: readonly Fault[];
  readonly #rates: FaultRates;
  readonly #partialRatios: readonly string[];
  readonly #seed: string;

  constructor(options: FaultOptions, seed: string) {
    this.#planted = options.planted ?? [];
    this.#rates = options.rates ?? {};
    this.#partialRatios = options.partialRatios ?? ['0.5'];
    this.#seed = seed;
    for (const [kind, rate] of Object.entries(this.#rates)) {
      if (!faultKinds.includes(kind as FaultKind) || !(rate >= 0 && rate <= 1)) {
        throw new RangeError(`fault rate ${kind}: ${rate}`);
      }
    }
    for (const { kind } of this.#planted) {
      if (!faultKinds.includes(kind)) throw new RangeError(`there is no fault "${kind}"`);
    }
  }

  #isDrawn(kind: FaultKind, place: FaultPlace, record: string): boolean {
    const rate = this.#rates[kind];
    if (rate === undefined || rate === 0) return false;
    const text = [this.#seed, kind, place.registrarCode, place.date, record].join('|');
    return hashFraction(text) < rate;
  }

  #plantedAt(kind: FaultKind, place: FaultPlace): Fault[] {
    return this.#planted.filter(
      (fault) =>
        fault.kind === kind &&
        fault.date === place.date &&
        (fault.registrarCode ?? place.registrarCode) === place.registrarCode,
    );
  }

  /** True for a fault that was planted; one by rate may find nothing to spoil, and says nothing. */
  isPlanted(fault: Fault): boolean {
    return this.#planted.includes(fault);
  }

  /** The fault of one application, the `position`-th that could have it on this date. */
  findRecordFault(
    kind: BusinessFaultKind,
    place: FaultPlace,
    record: { readonly serialNo: string; readonly position: number },
  ): Fault | undefined {
    const planted = this.#plantedAt(kind, place).find(({ record: wanted = 0 }) =>
      typeof wanted === 'number' ? wanted === record.position : wanted === record.serialNo,
    );
    if (planted !== undefined) return planted;
    if (!this.#isDrawn(kind, place, record.serialNo)) return undefined;
    const fault = { kind, date: place.date, record: record.serialNo };
    return kind === 'partialConfirmation'
      ? { ...fault, ratio: this.#drawRatio(record.serialNo) }
      : fault;
  }

  #drawRatio(serialNo: string): string {
    const count = this.#partialRatios.length;
    const place = Math.floor(hashFraction([this.#seed, 'ratio', serialNo].join('|')) * count);
    return this.#partialRatios[place] ?? '0.5';
  }

  /** The faults of one package or statement: those planted, and one if the dice say so. */
  faultsAt(kind: PackageFaultKind | BankFaultKind, place: FaultPlace): Fault[] {
    const faults = this.#plantedAt(kind, place);
    if (faults.length === 0 && this.#isDrawn(kind, place, '')) {
      return [{ kind, date: place.date }];
    }
    return faults;
  }

  /** Planted business faults of a package, to tell which of them found their record. */
  plantedBusinessFaults(place: FaultPlace): Fault[] {
    return businessKinds.flatMap((kind) => this.#plantedAt(kind, place));
  }
}
