/** Whether a package may be taken: protocol, parties, dates and kinds, before anything is written. */
import { CalendarRangeError, type LocalDate } from '@cairn/kernel';
import {
  checkPackage,
  findFileNameParts,
  OfdError,
  type OfdFile,
  type OfdIndex,
  parseFile,
  parseIndex,
} from '@cairn/ofd';
import { RowError } from '../domain/file-rows.ts';
import type { DayWorld } from '../exchange.ts';
import type { InboxFile, Package } from './inbox.ts';

const BOOKED_TYPES = new Set(['02', '04', '05', '06', '07']);

/** A data file that is to be imported. */
export interface ParsedFile {
  readonly inbox: InboxFile;
  readonly file: OfdFile;
  readonly sequence: number;
}

export interface Parsed {
  readonly index: OfdIndex;
  readonly files: readonly ParsedFile[];
  /** Files that are not listed and repeat a listed one byte by byte; they are set aside. */
  readonly copies: readonly InboxFile[];
}

/** Why a package was refused whole. */
export interface Refusal {
  readonly code: string;
  readonly file: string;
  readonly detail: Record<string, unknown>;
}

/** The refusal that an error in a file's content means; any other error is thrown on. */
export function refusalOf(error: unknown, name: string): Refusal {
  if (error instanceof OfdError) {
    const { code, message, file = name, line, record, field, offset } = error;
    return {
      code: 'FILE_REFUSED',
      file,
      detail: { ofd: code, message, line, record, field, offset },
    };
  }
  if (error instanceof RowError) {
    const { record, field, value } = error;
    return { code: 'FILE_REFUSED', file: name, detail: { ofd: 'VALUE', record, field, value } };
  }
  throw error;
}

function isTradingDay(world: DayWorld, date: LocalDate): boolean {
  try {
    return world.calendar.isTradingDay(date);
  } catch (error) {
    if (error instanceof CalendarRangeError) return false;
    throw error;
  }
}

/** The listed files in the order found, and what is there beside them without repeating them. */
function sortOut(index: OfdIndex, data: readonly InboxFile[]) {
  const listed = new Set(index.files.map((name) => name.toUpperCase()));
  const files: InboxFile[] = [];
  const others: InboxFile[] = [];
  for (const file of data) {
    if (listed.delete(file.name.toUpperCase())) files.push(file);
    else others.push(file);
  }
  const known = new Set(files.map((file) => file.sha256));
  const copies = others.filter((file) => known.has(file.sha256));
  return { files: [...files, ...others.filter((file) => !known.has(file.sha256))], copies };
}

function parseData(inbox: InboxFile): ParsedFile {
  const { name, bytes, sizeBytes } = inbox;
  if (bytes === undefined) throw new RowError(0, 'size', String(sizeBytes));
  const parts = findFileNameParts(name);
  const sequence = parts?.kind === 'OFD' ? (parts.sequence ?? 0) : 0;
  return { inbox, sequence, file: parseFile(bytes, { fileName: name }) };
}

/** Reads a package; a fault of any file refuses all of it. */
export function parsePackage(world: DayWorld, found: Package): Parsed | Refusal {
  let { name } = found.index;
  try {
    if (found.index.bytes === undefined) {
      throw new RowError(0, 'size', String(found.index.sizeBytes));
    }
    const index = parseIndex(found.index.bytes, name);
    if (index.creator !== found.party || index.receiver !== world.exchange.distributorCode) {
      const detail = { creator: index.creator, receiver: index.receiver };
      return { code: 'FILE_WRONG_PARTY', file: name, detail };
    }
    if (!isTradingDay(world, found.fileDate)) {
      return { code: 'FILE_WRONG_DATE', file: name, detail: { date: found.fileDate } };
    }
    const { files: data, copies } = sortOut(index, found.data);
    const files = data.map((inbox) => {
      name = inbox.name;
      return parseData(inbox);
    });
    name = found.index.name;
    const [fault] = checkPackage(
      index,
      files.map(({ inbox, file }) => ({ name: inbox.name, header: file.header })),
    );
    if (fault !== undefined) return refusalOf(fault, name);
    const unbooked = files.find(({ file }) => !BOOKED_TYPES.has(file.header.fileType));
    if (unbooked !== undefined) {
      return {
        code: 'FILE_TYPE_NOT_HANDLED',
        file: unbooked.inbox.name,
        detail: { fileType: unbooked.file.header.fileType },
      };
    }
    return { index, files, copies };
  } catch (error) {
    return refusalOf(error, name);
  }
}
