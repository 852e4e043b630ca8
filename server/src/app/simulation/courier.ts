/**
 * Carries files between the house and its counterparties, and does to them what networks and people
 * do: late, lost, twice, torn, spoilt, in the wrong order, with other content under a known name. It
 * keeps what it was given, so that a counterparty can be asked to send again.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type LocalDate, parseBasicDate, type Random } from '@cairn/kernel';
import { dataFileName, findFileNameParts, writeIndex } from '@cairn/ofd';
import { HOUSE_FOLDER } from './house.ts';
import type { MemoryDisk } from './memory-disk.ts';
import type { PackageThere } from './model/imports.ts';
import type { Probes } from './probes.ts';
import { recordsIn } from './registrar-files.ts';

export type Stream = 'market' | 'confirmation' | 'bank';

/** Files that belong together: a package of a registrar, or the bank's statement. */
export interface Parcel {
  readonly party: string;
  readonly stream: Stream;
  readonly date: LocalDate;
  /** Data files first, the index last. */
  readonly files: readonly (readonly [name: string, bytes: Buffer])[];
}

export const PARCEL_FAULTS = [
  'late',
  'lost',
  'truncated',
  'spoilt',
  'torn copy',
  'index first',
  'unlisted',
  'doubled file',
  'again',
  'other content',
] as const;

export type ParcelFault = (typeof PARCEL_FAULTS)[number];

/** The chance of each fault, for one parcel. */
export type ParcelRates = Readonly<Partial<Record<ParcelFault, number>>>;

const RECORD_TYPES = ['02', '04', '05', '06', '07'];

export const nameOf = ({
  party,
  stream,
  date,
}: Pick<Parcel, 'party' | 'stream' | 'date'>): string => `${party}/${stream}/${date}`;

/** A parcel that comes on a later day; another one than was sent before, under the same names. */
interface Late {
  readonly parcel: Parcel;
  readonly on: LocalDate;
  readonly isOther?: true;
}

export class Courier {
  readonly #disk: MemoryDisk;
  readonly #folder: string;
  readonly #random: Random;
  readonly #probes: Probes;
  /** Everything that was ever made, right, by name. */
  readonly #archive = new Map<string, Parcel>();
  /** Not delivered yet, with the day on which they will be. */
  #later: Late[] = [];

  constructor(disk: MemoryDisk, folder: string, random: Random, probes: Probes) {
    this.#disk = disk;
    this.#folder = folder;
    this.#random = random;
    this.#probes = probes;
  }

  /** Carries what the house published to the folders that the counterparties read. */
  carryOut(parties: readonly string[]): void {
    for (const party of parties) {
      const folder = `${HOUSE_FOLDER}/exchange/${party}/out`;
      const to = join(this.#folder, party, 'out');
      mkdirSync(to, { recursive: true });
      for (const [path, bytes] of this.#disk.files(folder)) {
        const name = path.slice(folder.length + 1);
        if (name.endsWith('.part')) continue;
        this.#write(join(to, name), bytes);
      }
    }
  }

  #write(path: string, bytes: Buffer): void {
    // The registrar's side is a folder of this machine, outside the house under test.
    const known = existsSync(path) ? readFileSync(path) : undefined;
    if (known?.equals(bytes) === true) return;
    if (known !== undefined) throw new Error(`${path} was published with other bytes`);
    writeAside(path, bytes);
  }

  /** Takes what the counterparties wrote; it is under way now. */
  collect(parties: readonly string[]): Parcel[] {
    const parcels: Parcel[] = [];
    for (const party of parties) {
      const folder = join(this.#folder, party, 'in');
      const names = existsSync(folder) ? readdirSync(folder).sort() : [];
      const taken = join(this.#folder, party, 'carried');
      mkdirSync(taken, { recursive: true });
      const groups = Map.groupBy(names, (name) => groupOf(name));
      for (const [group, members] of groups) {
        const [stream, date] = group.split(' ') as [Stream, LocalDate];
        const ordered = members.filter(
          (name) => !name.startsWith('OFI') && !name.startsWith('OFJ'),
        );
        const index = members.filter((name) => !ordered.includes(name));
        const files = [...ordered, ...index].map((name): readonly [string, Buffer] => [
          name,
          readFileSync(join(folder, name)),
        ]);
        for (const name of members) renameSync(join(folder, name), join(taken, name));
        const parcel = { party, stream, date, files };
        this.#archive.set(nameOf(parcel), parcel);
        parcels.push(parcel);
      }
    }
    return parcels;
  }

  /** Delivers a parcel on its day, or does something else with it. */
  deliver(
    parcel: Parcel,
    rates: ParcelRates,
    nextDays: readonly LocalDate[],
  ): ParcelFault | 'well' {
    const fault = PARCEL_FAULTS.find((kind) => this.#random.chance(rates[kind] ?? 0));
    if (fault === undefined || (parcel.stream === 'bank' && !fitsBank(fault))) {
      this.#put(parcel.party, parcel.files);
      return 'well';
    }
    this.#probes.reach(`${parcel.stream} ${fault}`);
    this.#deliverBadly(parcel, fault, nextDays);
    return fault;
  }

  #deliverBadly(parcel: Parcel, fault: ParcelFault, nextDays: readonly LocalDate[]): void {
    const { party, files } = parcel;
    const on = this.#random.pick(nextDays);
    switch (fault) {
      case 'late':
        this.#later.push({ parcel, on });
        return;
      case 'lost':
        return;
      case 'truncated':
      case 'spoilt':
        this.#put(party, this.#spoil(files, fault));
        return;
      case 'torn copy':
        this.#putTorn(party, files);
        return;
      case 'index first':
        this.#put(party, files.slice(-1));
        return;
      case 'unlisted':
        this.#put(party, withoutEntry(parcel));
        return;
      case 'doubled file':
        this.#put(party, withCopy(parcel));
        return;
      case 'again':
        this.#put(party, files);
        this.#later.push({ parcel, on });
        return;
      default:
        this.#put(party, files);
        this.#later.push({ parcel: { ...parcel, files: withFewer(parcel) }, on, isOther: true });
    }
  }

  /** Brings what was held back until the day; returns it. */
  bringLate(day: LocalDate): Late[] {
    const due = this.#later.filter(({ on }) => on <= day);
    this.#later = this.#later.filter(({ on }) => on > day);
    const brought = this.#random.shuffle(due);
    for (const { parcel } of brought) this.#put(parcel.party, parcel.files);
    return brought;
  }

  /** A parcel as it was made. */
  find(party: string, stream: Stream, date: LocalDate): Parcel | undefined {
    return this.#archive.get(nameOf({ party, stream, date }));
  }

  /** The packages that lie in the folder of a registrar, of days up to one. */
  packagesOf(party: string, until: LocalDate): PackageThere[] {
    const folder = `${HOUSE_FOLDER}/exchange/${party}/in`;
    const here = this.#disk
      .files(folder)
      .map(([path, bytes]): [string, Buffer] => [path.slice(folder.length + 1), bytes])
      .filter(([name]) => findFileNameParts(name) !== undefined);
    const groups = Map.groupBy(here, ([name]) => groupOf(name));
    return [...groups].flatMap(([group, files]): PackageThere[] => {
      const [stream, date] = group.split(' ') as [Stream, LocalDate];
      // Without its index nothing is looked at.
      if (date > until || files.every(([name]) => name.startsWith('OFD'))) return [];
      const made = this.find(party, stream, date);
      const isGood = made !== undefined && isWhole(made, files);
      const records = isGood ? RECORD_TYPES.map((type) => recordsIn(made.files, type).length) : [];
      return [
        {
          name: nameOf({ party, stream, date }),
          isGood,
          records: records.reduce((sum, n) => sum + n, 0),
          trades: records[RECORD_TYPES.indexOf('04')] ?? 0,
        },
      ];
    });
  }

  /** Everything that was ever made. */
  made(): Parcel[] {
    return [...this.#archive.values()];
  }

  /** The counterparty sends a parcel once more, as it should have been; false when it has none. */
  sendAgain(party: string, stream: Stream, date: LocalDate): boolean {
    const parcel = this.#archive.get(nameOf({ party, stream, date }));
    if (parcel === undefined) return false;
    this.#later = this.#later.filter(({ parcel: one }) => nameOf(one) !== nameOf(parcel));
    this.#put(party, parcel.files);
    return true;
  }

  #put(party: string, files: readonly (readonly [string, Buffer])[]): void {
    for (const [name, bytes] of files) {
      this.#disk.place(`${HOUSE_FOLDER}/exchange/${party}/in/${name}`, bytes);
    }
  }

  /** A copy that broke off: the file is there under its temporary name, and its index is not. */
  #putTorn(party: string, files: readonly (readonly [string, Buffer])[]): void {
    const [first] = files;
    if (first === undefined) return;
    const [name, bytes] = first;
    this.#put(party, [[`${name}.part`, bytes.subarray(0, this.#random.int(0, bytes.length))]]);
  }

  #spoil(files: readonly (readonly [string, Buffer])[], how: 'truncated' | 'spoilt') {
    const at = this.#random.int(0, files.length - 1);
    return files.map(([name, bytes], place): readonly [string, Buffer] => {
      if (place !== at) return [name, bytes];
      if (how === 'truncated')
        return [name, bytes.subarray(0, this.#random.int(0, bytes.length - 3))];
      const hurt = Buffer.from(bytes);
      // A byte that begins no character of the encoding.
      hurt[this.#random.int(0, hurt.length - 1)] = 0xff;
      return [name, hurt];
    });
  }
}

const fitsBank = (fault: ParcelFault): boolean =>
  fault === 'lost' || fault === 'late' || fault === 'truncated' || fault === 'spoilt';

/** Whether everything of a parcel lies there as it was made, and beside it only copies of that. */
function isWhole(made: Parcel, there: readonly (readonly [string, Buffer])[]): boolean {
  const found = new Map(there);
  const isHere = made.files.every(([name, bytes]) => found.get(name)?.equals(bytes) === true);
  return isHere && there.every(([, bytes]) => made.files.some(([, one]) => one.equals(bytes)));
}

function writeAside(path: string, bytes: Buffer): void {
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
}

function groupOf(name: string): string {
  const parts = findFileNameParts(name);
  if (parts === undefined) {
    const digits = /_(\d{8})\.CSV$/.exec(name)?.[1] ?? '';
    return `bank ${parseBasicDate(digits) ?? ''}`;
  }
  const isMarket = parts.kind === 'OFJ' || (parts.kind === 'OFD' && parts.fileType === '07');
  return `${isMarket ? 'market' : 'confirmation'} ${parseBasicDate(parts.date) ?? ''}`;
}

function partiesOf(parcel: Parcel) {
  const index = parcel.files.at(-1);
  const parts = index === undefined ? undefined : findFileNameParts(index[0]);
  if (index === undefined || parts === undefined) throw new Error('a parcel has an index');
  return { index, parts };
}

/** The parcel with an index that leaves one data file out. */
function withoutEntry(parcel: Parcel): readonly (readonly [string, Buffer])[] {
  const { index, parts } = partiesOf(parcel);
  if (parts.kind === 'OFD') throw new Error('the index comes last');
  const data = parcel.files.slice(0, -1);
  const { kind, creator, receiver, date } = parts;
  const files = data.slice(1).map(([name]) => name);
  const bytes = writeIndex({ kind, version: '21', creator, receiver, date, files });
  return [...data, [index[0], bytes]];
}

/** A parcel that is right in itself and is not what was sent before under its name. */
function withFewer(parcel: Parcel): readonly (readonly [string, Buffer])[] {
  return withoutEntry(parcel).slice(1);
}

/** The parcel with a data file a second time, under the name of a slice that nobody lists. */
function withCopy(parcel: Parcel): readonly (readonly [string, Buffer])[] {
  const [first] = parcel.files;
  const parts = first === undefined ? undefined : findFileNameParts(first[0]);
  if (first === undefined || parts?.kind !== 'OFD') return parcel.files;
  const { creator, receiver, date, fileType } = parts;
  const name = dataFileName({ creator, receiver, date, fileType, sequence: 1 });
  return [[name, first[1]], ...parcel.files];
}
