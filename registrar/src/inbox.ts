import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkPackage,
  findFileNameParts,
  indexFileName,
  OfdError,
  type OfdFile,
  type OfdRecord,
  parseFile,
  parseIndex,
} from '@cairn/ofd';
import { compactDay, type Day } from './dates.ts';
import type { Problem } from './day.ts';

/** The applications of one package. */
export interface Applications {
  readonly accounts: readonly OfdRecord[];
  readonly orders: readonly OfdRecord[];
}

/** Whose package of which day is wanted. */
export interface Inbox {
  readonly folder: string;
  readonly distributorCode: string;
  readonly registrarCode: string;
  readonly date: Day;
}

const none: Applications = { accounts: [], orders: [] };
const applicationTypes = ['01', '03'];

/** The data files of the day that lie in the folder, whatever the index says. */
function dataFilesIn(folder: string, date: string): string[] {
  return readdirSync(folder).filter((name) => {
    const parts = findFileNameParts(name);
    return parts?.kind === 'OFD' && parts.date === date;
  });
}

function readPackage(inbox: Inbox, indexName: string): Applications {
  const { folder, distributorCode, registrarCode } = inbox;
  const date = compactDay(inbox.date);
  const index = parseIndex(readFileSync(join(folder, indexName)), indexName);
  const files = new Map<string, OfdFile>();
  for (const name of dataFilesIn(folder, date)) {
    files.set(name, parseFile(readFileSync(join(folder, name)), { fileName: name }));
  }
  const [error] = checkPackage(
    index,
    Array.from(files, ([name, { header }]) => ({ name, header })),
  );
  if (error !== undefined) throw error;
  if (index.creator !== distributorCode || index.receiver !== registrarCode) {
    throw new RangeError(`${indexName} is from ${index.creator} to ${index.receiver}`);
  }
  const types = [...files.values()].map((file) => file.layout.fileType);
  const strange = types.find((fileType) => !applicationTypes.includes(fileType));
  if (strange !== undefined) throw new RangeError(`${indexName} lists a file of type ${strange}`);
  const recordsOf = (fileType: string) =>
    [...files.values()]
      .filter((file) => file.layout.fileType === fileType)
      .flatMap((file) => file.records);
  const records = { accounts: recordsOf('01'), orders: recordsOf('03') };
  for (const record of [...records.accounts, ...records.orders]) {
    const serialNo = record.text('AppSheetSerialNo');
    if (record.text('TransactionDate') !== date || serialNo === '') {
      throw new RangeError(`${indexName}: application "${serialNo}" is not of ${date}`);
    }
  }
  return records;
}

/**
 * Reads the applications of a day. A package is taken whole or not at all; one that is missing or
 * wrong is reported, and nothing in it is answered.
 */
export function receiveApplications(inbox: Inbox, problems: Problem[]): Applications {
  const party = inbox.registrarCode;
  const indexName = indexFileName({
    kind: 'OFI',
    creator: inbox.distributorCode,
    receiver: party,
    date: compactDay(inbox.date),
  });
  if (!existsSync(join(inbox.folder, indexName))) {
    problems.push({ party, code: 'PACKAGE_MISSING', detail: indexName });
    return none;
  }
  try {
    return readPackage(inbox, indexName);
  } catch (error) {
    if (!(error instanceof OfdError || error instanceof RangeError)) throw error;
    problems.push({ party, code: 'PACKAGE_REFUSED', detail: error.message });
    return none;
  }
}
