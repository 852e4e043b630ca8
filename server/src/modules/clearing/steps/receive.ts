/**
 * The receive step: takes the packages of registrars. A package is taken whole in one transaction
 * or refused whole with its reason and kept in quarantine; the same bytes again do nothing.
 */
import { formatBasicDate, type LocalDate } from '@cairn/kernel';
import type { OfdFile } from '@cairn/ofd';
import type { Actor } from '../../../platform/actor.ts';
import { FIRM, type Work, work } from '../../../platform/work.ts';
import { recordNavs } from '../../products/index.ts';
import {
  accountConfirmationRow,
  confirmationRow,
  distributionRow,
  type FilePlace,
  navRow,
  type PublishedNav,
} from '../domain/file-rows.ts';
import { inBooksCurrency } from '../domain/mismatch.ts';
import { sharedSerials, type SharedSerial } from '../domain/serial-numbers.ts';
import { type RaisedException, raiseExceptions, settleExceptions } from '../exceptions.ts';
import type { DayWorld } from '../exchange.ts';
import { missingSubject } from '../parties.ts';
import {
  type FileRow,
  insertAccountConfirmations,
  insertConfirmations,
  insertDistributions,
  insertFiles,
} from '../store.ts';
import { type InboxFile, type Package, readPackages, takeAway } from './inbox.ts';
import { type Parsed, parsePackage, type Refusal, refusalOf } from './package-parse.ts';

export interface ReceiveCounts {
  imported: number;
  records: number;
  known: number;
  refused: number;
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

const streamOf = (found: Package): 'market' | 'confirmation' =>
  found.kind === 'OFJ' ? 'market' : 'confirmation';

function fileRow(key: FileKey, file: InboxFile, businessDate: LocalDate, records: number): FileRow {
  return {
    ...key,
    direction: 'in',
    name: file.name,
    sha256: file.sha256,
    sizeBytes: file.sizeBytes,
    records,
    state: 'imported',
    businessDate,
  };
}

async function keep(world: DayWorld, files: readonly InboxFile[]): Promise<void> {
  await Promise.all(
    files.flatMap(({ bytes }) => (bytes === undefined ? [] : [world.files.put(bytes)])),
  );
}

/** Writes the rows of one file; the serial numbers that it gives to more than one customer. */
async function importRecords(
  unit: Work,
  file: OfdFile,
  actor: Actor,
  place: FilePlace,
): Promise<SharedSerial[]> {
  const { records } = file;
  switch (file.header.fileType) {
    case '02':
      await insertAccountConfirmations(
        unit.tx,
        records.map((record) => accountConfirmationRow(record, place)),
      );
      return [];
    case '04': {
      const rows = records.map((record) => confirmationRow(record, place));
      await insertConfirmations(unit.tx, rows);
      return sharedSerials(rows);
    }
    case '06': {
      const rows = records.map((record) => distributionRow(record, place));
      await insertDistributions(unit.tx, rows);
      return sharedSerials(rows);
    }
    case '07':
      await importNavs(unit, records.map(navRow), actor, place);
      return [];
    default:
      // 05 stays in the file store; reconciliation reads it from there.
      return [];
  }
}

/** FundStatus of a fund in its offer, whose NAV is not published yet. */
const IN_OFFER = '1';

async function importNavs(
  unit: Work,
  published: readonly PublishedNav[],
  actor: Actor,
  { registrarCode, fileDate }: FilePlace,
): Promise<void> {
  const foreign = published.filter(({ currency }) => !inBooksCurrency(currency));
  const rows = published
    .filter(({ currency }) => inBooksCurrency(currency))
    .filter((row) => row.nav !== 0n || row.status !== IN_OFFER)
    .map((row) => ({
      fundCode: row.fundCode,
      navDate: row.navDate,
      nav: row.nav,
      // Zero is how the protocol writes what is not given.
      ...(row.accumulated > 0n ? { accumulated: row.accumulated } : {}),
      source: `07:${registrarCode}`,
    }));
  const outcome = await recordNavs(unit, actor, rows);
  const raised = outcome.refused.map(
    ({ item, code }): RaisedException => ({
      businessDate: fileDate,
      code,
      severity: 'remind',
      subject: `nav:${item.fundCode}/${item.navDate}`,
      detail: { nav: String(item.nav), registrarCode },
      ownerRole: 'operations',
    }),
  );
  for (const { fundCode, navDate, currency } of foreign) {
    raised.push({
      businessDate: fileDate,
      code: 'NAV_CURRENCY_DIFFERS',
      severity: 'remind',
      subject: `nav:${fundCode}/${navDate}`,
      detail: { currency, registrarCode },
      ownerRole: 'operations',
    });
  }
  if (outcome.held > 0) {
    raised.push({
      businessDate: fileDate,
      code: 'NAV_HELD',
      severity: 'remind',
      subject: `navs:${registrarCode}/${fileDate}`,
      detail: { held: outcome.held, approvalId: outcome.approvalId },
      ownerRole: 'operations',
    });
  }
  await raiseExceptions(unit.tx, unit.now, raised);
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
  const files = [found.index, ...found.data];
  await keep(world, files);
  const key = { party: found.party, stream: streamOf(found), fileDate: found.fileDate };
  const reason = { code: refusal.code, file: refusal.file, ...refusal.detail };
  await work(world, [FIRM], async (unit) => {
    await insertFiles(
      unit.tx,
      unit.now,
      files.map((file) => ({
        ...fileRow({ ...key, fileType: found.kind, sequence: 0 }, file, businessDate, 0),
        state: 'refused' as const,
        reason,
      })),
    );
    await raiseExceptions(unit.tx, unit.now, [
      {
        businessDate,
        code: refusal.code,
        // A package that has to be there holds the day up by being missing; this says why.
        severity: refusal.code === 'FILE_CONTENT_CHANGED' ? 'approve' : 'remind',
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

function copiesFound(found: Package, { copies }: Parsed, businessDate: LocalDate) {
  return copies.map(
    (copy): RaisedException => ({
      businessDate,
      code: 'FILE_DUPLICATE',
      severity: 'remind',
      subject: `file:${found.party}/${copy.name}`,
      detail: { sha256: copy.sha256 },
      ownerRole: 'operations',
    }),
  );
}

function sharedFound(
  party: string,
  name: string,
  shared: readonly SharedSerial[],
  businessDate: LocalDate,
) {
  return shared.map(
    ({ taSerial, businessCode, records }): RaisedException => ({
      businessDate,
      code: 'SERIAL_SHARED',
      severity: 'remind',
      subject: `serial:${party}/${taSerial}/${businessCode}`,
      detail: { file: name, records },
      ownerRole: 'operations',
    }),
  );
}

/** What the same package was before: nothing, the same bytes, or something else. */
async function findChange(
  unit: Work,
  found: Package,
  parsed: Parsed,
): Promise<'new' | 'known' | Refusal> {
  const known = await knownFiles(unit, found);
  if (known.length === 0) return 'new';
  const same = new Set(known.map((file) => file.sha256));
  const files = [found.index, ...parsed.files.map(({ inbox }) => inbox)];
  const changed = files.find((file) => !same.has(file.sha256));
  return changed === undefined
    ? 'known'
    : { code: 'FILE_CONTENT_CHANGED', file: changed.name, detail: {} };
}

async function importPackage(
  world: DayWorld,
  actor: Actor,
  found: Package,
  parsed: Parsed,
  businessDate: LocalDate,
): Promise<'imported' | 'known' | Refusal> {
  await keep(world, [found.index, ...found.data]);
  const { party, fileDate } = found;
  return work(world, [FIRM], async (unit) => {
    const before = await findChange(unit, found, parsed);
    if (before !== 'new') return before;
    const key = { party, stream: streamOf(found), fileDate };
    const rows = [
      fileRow({ ...key, fileType: found.kind, sequence: 0 }, found.index, businessDate, 0),
      ...parsed.files.map(({ inbox, file, sequence }) => {
        const { fileType } = file.header;
        return fileRow({ ...key, fileType, sequence }, inbox, businessDate, file.records.length);
      }),
    ];
    const ids = await insertFiles(unit.tx, unit.now, rows);
    const raised = copiesFound(found, parsed, businessDate);
    for (const [index, { file, inbox }] of parsed.files.entries()) {
      const place = { fileId: ids[index + 1] ?? 0n, registrarCode: party, fileDate };
      const shared = await importRecords(unit, file, actor, place);
      raised.push(...sharedFound(party, inbox.name, shared, businessDate));
    }
    await raiseExceptions(unit.tx, unit.now, raised);
    const arrived = [
      packageSubject(found),
      missingSubject(fileDate, `${party}/${streamOf(found)}`),
    ];
    await settleExceptions(unit.tx, unit.now, { subjects: arrived }, 'imported');
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
  const files = [found.index, ...found.data];
  if (typeof outcome === 'object') {
    await refuse(world, actor, found, businessDate, outcome);
    await takeAway(world, found.party, files, 'refused');
    return { outcome: 'refused', records: 0 };
  }
  await takeAway(world, found.party, files, 'taken');
  const booked = 'code' in parsed || outcome === 'known' ? [] : parsed.files;
  return { outcome, records: booked.reduce((sum, { file }) => sum + file.records.length, 0) };
}

/**
 * Takes every package of the parties up to the business date, oldest first. A refused package
 * raises an exception and leaves nothing else behind. What was read is moved beside, so that the
 * folder holds only what is new.
 */
export async function receivePackages(
  world: DayWorld,
  actor: Actor,
  parties: readonly string[],
  businessDate: LocalDate,
): Promise<ReceiveCounts> {
  const counts: ReceiveCounts = { imported: 0, records: 0, known: 0, refused: 0 };
  for (const party of parties) {
    for (const found of await readPackages(world, party, businessDate)) {
      const { outcome, records } = await receiveOne(world, actor, found, businessDate);
      counts[outcome]++;
      counts.records += records;
    }
  }
  return counts;
}
