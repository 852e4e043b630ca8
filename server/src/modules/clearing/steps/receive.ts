/**
 * The receive step: reads what counterparties put into their folders.
 *
 * A package is taken whole in one transaction or refused whole with its reason; the same bytes
 * again do nothing. Only a package whose index lies there is looked at, since the index is
 * written last, and every file is read once into memory so that what is checked is what is kept.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { formatBasicDate, type LocalDate, parseBasicDate } from '@cairn/kernel';
import {
  checkPackage,
  findFileNameParts,
  OfdError,
  type OfdFile,
  type OfdIndex,
  parseFile,
  parseIndex,
} from '@cairn/ofd';
import type { Actor } from '../../../platform/actor.ts';
import { FIRM, type Work, work } from '../../../platform/work.ts';
import { recordNavs } from '../../products/index.ts';
import {
  accountConfirmationRow,
  confirmationRow,
  distributionRow,
  navRow,
  RowError,
} from '../domain/file-rows.ts';
import { type RaisedException, raiseExceptions, settleExceptions } from '../exceptions.ts';
import { type DayWorld, inFolder } from '../exchange.ts';
import {
  type FileRow,
  insertAccountConfirmations,
  insertConfirmations,
  insertDistributions,
  insertFiles,
} from '../store.ts';

interface Bytes {
  readonly name: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** A package as it lies in the folder: index first. */
interface Package {
  readonly party: string;
  readonly kind: 'OFI' | 'OFJ';
  readonly fileDate: LocalDate;
  readonly index: Bytes;
  readonly data: readonly Bytes[];
}

/** Why a package was refused whole. */
interface Refusal {
  readonly code: string;
  readonly file: string;
  readonly detail: Record<string, unknown>;
}

export interface ReceiveCounts {
  imported: number;
  records: number;
  known: number;
  refused: number;
}

const FILE_BYTES_MAX = 2_000_000_000;

async function readBytes(folder: string, name: string): Promise<Bytes> {
  const bytes = await readFile(join(folder, name));
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Packages of a party up to the business date, oldest first. */
async function packagesOf(world: DayWorld, party: string, until: LocalDate): Promise<Package[]> {
  const folder = inFolder(world.exchange, party);
  const names = await readdir(folder).catch(() => []);
  const packages: Package[] = [];
  for (const name of names.sort()) {
    const parts = findFileNameParts(name);
    if (parts === undefined || parts.kind === 'OFD' || parts.kind === 'OFF') continue;
    const fileDate = parseBasicDate(parts.date);
    if (fileDate === undefined || fileDate > until) continue;
    const types = parts.kind === 'OFJ' ? MARKET_TYPES : CONFIRMATION_TYPES;
    const data = names.filter((other) => {
      const of = findFileNameParts(other);
      return of?.kind === 'OFD' && of.date === parts.date && types.has(of.fileType);
    });
    packages.push({
      party,
      kind: parts.kind,
      fileDate,
      index: await readBytes(folder, name),
      data: await Promise.all(data.sort().map((file) => readBytes(folder, file))),
    });
  }
  return packages.sort((a, b) => (a.fileDate < b.fileDate ? -1 : 1));
}

const MARKET_TYPES = new Set(['07', '08', '21']);
const CONFIRMATION_TYPES = new Set(['02', '04', '05', '06', '09', '12', '24', '26']);
const BOOKED_TYPES = new Set(['02', '04', '05', '06', '07']);

interface Parsed {
  readonly index: OfdIndex;
  readonly files: readonly { bytes: Bytes; file: OfdFile; sequence: number }[];
}

function refusalOf(error: unknown, name: string): Refusal {
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

function parsePackage(world: DayWorld, found: Package): Parsed | Refusal {
  let name = found.index.name;
  try {
    const index = parseIndex(found.index.bytes, name);
    if (index.creator !== found.party || index.receiver !== world.exchange.distributorCode) {
      const detail = { creator: index.creator, receiver: index.receiver };
      return { code: 'FILE_WRONG_PARTY', file: name, detail };
    }
    const files = found.data.map((bytes) => {
      name = bytes.name;
      if (bytes.bytes.byteLength > FILE_BYTES_MAX)
        throw new RowError(0, 'size', String(bytes.bytes.byteLength));
      const parts = findFileNameParts(name);
      const sequence = parts?.kind === 'OFD' ? Number(parts.sequence ?? 0) : 0;
      return { bytes, sequence, file: parseFile(bytes.bytes, { fileName: name }) };
    });
    name = found.index.name;
    const [fault] = checkPackage(
      index,
      files.map(({ bytes, file }) => ({ name: bytes.name, header: file.header })),
    );
    if (fault !== undefined) return refusalOf(fault, name);
    const unbooked = files.find(({ file }) => !BOOKED_TYPES.has(file.header.fileType));
    if (unbooked !== undefined) {
      return {
        code: 'FILE_TYPE_NOT_HANDLED',
        file: unbooked.bytes.name,
        detail: { fileType: unbooked.file.header.fileType },
      };
    }
    return { index, files };
  } catch (error) {
    return refusalOf(error, name);
  }
}

type FileKey = Pick<FileRow, 'party' | 'stream' | 'fileType' | 'fileDate' | 'sequence'>;

interface KnownFile {
  file_type: string;
  sequence: number;
  sha256: string;
}

async function knownFiles(unit: Work, found: Package): Promise<KnownFile[]> {
  return unit.tx.query<KnownFile>(
    `select file_type, sequence, sha256 from clearing.files
     where direction = 'in' and party = $1 and stream = $2 and file_date = $3
       and state = 'imported'`,
    [found.party, streamOf(found), found.fileDate],
  );
}

const streamOf = (found: Package): FileRow['stream'] =>
  found.kind === 'OFJ' ? 'market' : 'confirmation';

function fileRow(key: FileKey, bytes: Bytes, businessDate: LocalDate, records: number): FileRow {
  return {
    ...key,
    direction: 'in',
    name: bytes.name,
    sha256: bytes.sha256,
    sizeBytes: bytes.bytes.byteLength,
    records,
    state: 'imported',
    businessDate,
  };
}

async function importRecords(
  unit: Work,
  file: OfdFile,
  actor: Actor,
  place: { fileId: bigint; registrarCode: string },
): Promise<void> {
  switch (file.header.fileType) {
    case '02':
      await insertAccountConfirmations(
        unit.tx,
        file.records.map((record) => accountConfirmationRow(record, place)),
      );
      break;
    case '04':
      await insertConfirmations(
        unit.tx,
        file.records.map((record) => confirmationRow(record, place)),
      );
      break;
    case '06':
      await insertDistributions(
        unit.tx,
        file.records.map((record) => distributionRow(record, place)),
      );
      break;
    case '07':
      await importNavs(unit, file, actor, place.registrarCode);
      break;
    default:
      // 05 stays in the file store; reconciliation reads it from there.
      break;
  }
}

async function importNavs(
  unit: Work,
  file: OfdFile,
  actor: Actor,
  registrarCode: string,
): Promise<void> {
  const rows = file.records
    .map(navRow)
    .filter((row) => row.nav > 0n)
    .map((row) => ({
      fundCode: row.fundCode,
      navDate: row.navDate,
      nav: row.nav,
      // Zero is how the protocol writes what is not given.
      ...(row.accumulated > 0n ? { accumulated: row.accumulated } : {}),
      source: `07:${registrarCode}`,
    }));
  const outcome = await recordNavs(unit, actor, rows);
  await raiseExceptions(
    unit.tx,
    unit.now,
    outcome.refused.map(
      ({ item, code }): RaisedException => ({
        businessDate: item.navDate,
        code,
        severity: 'approve',
        subject: `nav:${item.fundCode}/${item.navDate}`,
        detail: { nav: String(item.nav), registrarCode },
        ownerRole: 'operations',
      }),
    ),
  );
}

function packageSubject(found: Package): string {
  return `package:${found.party}/${found.kind}/${formatBasicDate(found.fileDate)}`;
}

async function refuse(
  world: DayWorld,
  actor: Actor,
  found: Package,
  businessDate: LocalDate,
  refusal: Refusal,
): Promise<void> {
  const sha256 = await world.files.put(found.index.bytes);
  for (const data of found.data) await world.files.put(data.bytes);
  await work(world, [FIRM], async (unit) => {
    const key = { party: found.party, stream: streamOf(found), fileDate: found.fileDate };
    const rows = [
      {
        ...fileRow({ ...key, fileType: found.kind, sequence: 0 }, found.index, businessDate, 0),
        sha256,
      },
      ...found.data.map((data) =>
        fileRow({ ...key, fileType: 'OFD', sequence: 0 }, data, businessDate, 0),
      ),
    ];
    await insertFiles(
      unit.tx,
      unit.now,
      rows.map((row) => ({
        ...row,
        state: 'refused' as const,
        reason: { code: refusal.code, file: refusal.file, ...refusal.detail },
      })),
    );
    await raiseExceptions(unit.tx, unit.now, [
      {
        businessDate,
        code: refusal.code,
        severity: 'approve',
        subject: packageSubject(found),
        detail: { file: refusal.file, ...refusal.detail },
        ownerRole: 'operations',
      },
    ]);
    unit.audit({
      bucket: FIRM,
      actor,
      action: 'clearing.refuse-package',
      subject: packageSubject(found),
      result: 'refused',
      detail: { code: refusal.code, file: refusal.file },
    });
  });
}

async function importPackage(
  world: DayWorld,
  actor: Actor,
  found: Package,
  parsed: Parsed,
  businessDate: LocalDate,
): Promise<'imported' | 'known' | Refusal> {
  await world.files.put(found.index.bytes);
  for (const { bytes } of parsed.files) await world.files.put(bytes.bytes);
  return work(world, [FIRM], async (unit) => {
    const known = await knownFiles(unit, found);
    if (known.length > 0) {
      const same = new Set(known.map((file) => file.sha256));
      const changed = [found.index, ...found.data].find((bytes) => !same.has(bytes.sha256));
      return changed === undefined
        ? 'known'
        : { code: 'FILE_CONTENT_CHANGED', file: changed.name, detail: {} };
    }
    const key = { party: found.party, stream: streamOf(found), fileDate: found.fileDate };
    const rows = [
      fileRow({ ...key, fileType: found.kind, sequence: 0 }, found.index, businessDate, 0),
      ...parsed.files.map(({ bytes, file, sequence }) =>
        fileRow(
          { ...key, fileType: file.header.fileType, sequence },
          bytes,
          businessDate,
          file.records.length,
        ),
      ),
    ];
    const ids = await insertFiles(unit.tx, unit.now, rows);
    for (const [index, { file }] of parsed.files.entries()) {
      const place = { fileId: ids[index + 1] ?? 0n, registrarCode: found.party };
      await importRecords(unit, file, actor, place);
    }
    await settleExceptions(unit.tx, unit.now, [packageSubject(found)], 'imported');
    unit.audit({
      bucket: FIRM,
      actor,
      action: 'clearing.import-package',
      subject: packageSubject(found),
      result: 'done',
      detail: { files: rows.map((row) => ({ name: row.name, sha256: row.sha256 })) },
    });
    return 'imported';
  });
}

/**
 * Takes a package out of the counterparty's folder. The index goes first: data files without an
 * index are not looked at, so a move that is cut short leaves nothing that could be misread.
 */
async function takeAway(world: DayWorld, found: Package, to: 'taken' | 'refused'): Promise<void> {
  const folder = inFolder(world.exchange, found.party);
  await mkdir(join(folder, to), { recursive: true });
  for (const { name } of [found.index, ...found.data]) {
    await rename(join(folder, name), join(folder, to, name));
  }
}

async function receiveOne(
  world: DayWorld,
  actor: Actor,
  found: Package,
  businessDate: LocalDate,
): Promise<{ outcome: 'imported' | 'known' | 'refused'; records: number }> {
  const parsed = parsePackage(world, found);
  let outcome: 'imported' | 'known' | Refusal;
  try {
    outcome =
      'code' in parsed ? parsed : await importPackage(world, actor, found, parsed, businessDate);
  } catch (error) {
    outcome = refusalOf(error, found.index.name);
  }
  if (typeof outcome === 'object') {
    await refuse(world, actor, found, businessDate, outcome);
    await takeAway(world, found, 'refused');
    return { outcome: 'refused', records: 0 };
  }
  await takeAway(world, found, 'taken');
  const files = 'code' in parsed || outcome === 'known' ? [] : parsed.files;
  return { outcome, records: files.reduce((sum, { file }) => sum + file.records.length, 0) };
}

/**
 * Reads every package of the parties up to the business date. A refused package raises an
 * exception and leaves nothing behind; the others are imported oldest first. What was read is
 * moved beside, so that the folder holds only what is new.
 */
export async function receivePackages(
  world: DayWorld,
  actor: Actor,
  parties: readonly string[],
  businessDate: LocalDate,
): Promise<ReceiveCounts> {
  const counts: ReceiveCounts = { imported: 0, records: 0, known: 0, refused: 0 };
  for (const party of parties) {
    for (const found of await packagesOf(world, party, businessDate)) {
      const { outcome, records } = await receiveOne(world, actor, found, businessDate);
      counts[outcome]++;
      counts.records += records;
    }
  }
  return counts;
}
