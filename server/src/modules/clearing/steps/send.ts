/**
 * The send step: the day's accepted applications become files 01 and 03 with their index, exactly
 * once, and the day's transfers the instruction file of the bank.
 *
 * Building and publishing are two effects. The files are registered, and the orders marked sent,
 * in one transaction after their bytes are safe in the file store; publishing copies stored bytes
 * to the exchange folder and may be repeated, since it always writes the same bytes.
 */
import { join } from 'node:path';
import { amount, assert, formatBasicDate, type LocalDate } from '@cairn/kernel';
import { BUCKETS } from '@cairn/kernel/ids';
import { dataFileName, indexFileName, writeFile, writeIndex } from '@cairn/ofd';
import type { Actor } from '../../../platform/actor.ts';
import { makeFolder, removePartials, writeFileOnce } from '../../../platform/files.ts';
import { FIRM, type Work, work } from '../../../platform/work.ts';
import { assetAccountsOpenedOn, loadTradingAccounts, transfersOn } from '../../accounts/index.ts';
import { customersFor, registrarIdentities } from '../../customers/index.ts';
import {
  type AccountApplication,
  markSent,
  type Order,
  ordersToSend,
} from '../../trading/index.ts';
import { applicationRecord, orderRecord } from '../domain/application-records.ts';
import { type BankInstruction, writeInstructions } from '../domain/bank.ts';
import { BANK, bankInstructionName, type DayWorld, diskOf, outFolder } from '../exchange.ts';
import { registrarsToSend } from '../parties.ts';
import { effectiveFiles, type FileRow, insertFiles, type StoredFile } from '../store.ts';

const OFD_VERSION = '21';
const EVERY_BUCKET = Array.from({ length: BUCKETS }, (_, bucket) => bucket);

interface BuiltFile {
  readonly row: Omit<FileRow, 'sha256' | 'sizeBytes'>;
  readonly bytes: Buffer;
}

function headerOf(world: DayWorld, registrar: string, date: LocalDate) {
  return {
    version: OFD_VERSION,
    creator: world.exchange.distributorCode,
    receiver: registrar,
    date: formatBasicDate(date),
    summaryNo: '001',
    sender: world.exchange.distributorCode.slice(0, 8),
    recipient: registrar.slice(0, 8),
  } as const;
}

/** A transaction to read in; only `build` writes. */
type Reading = Pick<Work, 'tx'>;

async function accountRecords(
  unit: Reading,
  world: DayWorld,
  applications: readonly AccountApplication[],
) {
  const identities = await registrarIdentities(world, unit.tx, applications);
  return applications.map((application) => {
    const identity = identities.get(application.customerId);
    assert(identity !== undefined, `identity of ${application.customerId}`);
    return applicationRecord(application, identity, world.exchange.distributorCode);
  });
}

async function orderRecords(unit: Reading, world: DayWorld, orders: readonly Order[]) {
  const accounts = await loadTradingAccounts(unit.tx, orders);
  const kinds = await customerKinds(unit, orders);
  return orders.map((order) => {
    const taAccountId = accounts.get(order.tradingAccountNo)?.taAccountId ?? '';
    const kind = kinds.get(order.customerId) ?? '1';
    return orderRecord(order, { kind, taAccountId }, world.exchange.distributorCode);
  });
}

async function customerKinds(
  unit: Reading,
  orders: readonly Order[],
): Promise<Map<string, string>> {
  const customers = await customersFor(unit.tx, orders);
  return new Map([...customers].map(([id, customer]) => [id, customer.kind]));
}

async function buildRegistrarFiles(
  unit: Reading,
  world: DayWorld,
  registrar: string,
  date: LocalDate,
): Promise<BuiltFile[]> {
  const { applications, orders } = await ordersToSend(unit.tx, date, registrar);
  const header = headerOf(world, registrar, date);
  const names = { creator: header.creator, receiver: registrar, date: header.date };
  const files: BuiltFile[] = [];
  const add = (fileType: string, name: string, bytes: Buffer, records: number) =>
    files.push({
      bytes,
      row: {
        direction: 'out',
        party: registrar,
        stream: 'application',
        fileType,
        fileDate: date,
        sequence: 0,
        name,
        records,
        state: 'built',
        businessDate: date,
      },
    });
  for (const [fileType, records] of [
    ['01', await accountRecords(unit, world, applications)],
    ['03', await orderRecords(unit, world, orders)],
  ] as const) {
    if (records.length === 0) continue;
    const name = dataFileName({ ...names, fileType });
    add(fileType, name, writeFile(header, fileType, records), records.length);
  }
  const listed = files.map((file) => file.row.name);
  const index = { kind: 'OFI', version: OFD_VERSION, ...names } as const;
  add('OFI', indexFileName(index), writeIndex({ ...index, files: listed }), listed.length);
  return files;
}

async function buildBankFile(unit: Reading, date: LocalDate): Promise<BuiltFile> {
  const opened = await assetAccountsOpenedOn(unit.tx, date);
  const transfers = await transfersOn(unit.tx, date);
  const instructions: BankInstruction[] = [
    ...opened.map((account) => ({
      instructionId: `OPEN-${account.assetAccountNo}`,
      date,
      kind: 'OPEN' as const,
      assetAccountNo: account.assetAccountNo,
      amount: amount(0n),
    })),
    ...transfers.map((transfer) => ({
      instructionId: transfer.transferId,
      date,
      kind: transfer.direction === 'in' ? ('DEPOSIT' as const) : ('WITHDRAW' as const),
      assetAccountNo: transfer.assetAccountNo,
      amount: transfer.amount,
    })),
  ];
  return {
    bytes: writeInstructions(instructions),
    row: {
      direction: 'out',
      party: BANK,
      stream: 'bank',
      fileType: 'INSTRUCTION',
      fileDate: date,
      sequence: 0,
      name: bankInstructionName(date),
      records: instructions.length,
      state: 'built',
      businessDate: date,
    },
  };
}

async function buildFiles(
  unit: Reading,
  world: DayWorld,
  date: LocalDate,
  registrars: readonly string[],
): Promise<BuiltFile[]> {
  const files = await Promise.all([
    ...registrars.map((registrar) => buildRegistrarFiles(unit, world, registrar, date)),
    buildBankFile(unit, date).then((file) => [file]),
  ]);
  return files.flat();
}

/**
 * F6: the files of a day built once more from the books, to be held against what went out; writes
 * nothing. The same bytes until the day's first account is confirmed, whose number later files carry.
 */
export async function rebuildFiles(
  world: DayWorld,
  date: LocalDate,
): Promise<{ party: string; name: string; bytes: Buffer }[]> {
  const registrars = await registrarsToSend(world.db, date);
  const files = await world.db.tx((tx) => buildFiles({ tx }, world, date, registrars));
  return files.map(({ row: { party, name }, bytes }) => ({ party, name, bytes }));
}

async function build(world: DayWorld, actor: Actor, date: LocalDate): Promise<void> {
  const registrars = await registrarsToSend(world.db, date);
  await work(world, [...EVERY_BUCKET, FIRM], async (unit) => {
    // Another run may have built the day while this one waited for the locks.
    if ((await effectiveFiles(unit.tx, 'out', date)).length > 0) return;
    const files = await buildFiles(unit, world, date, registrars);
    const rows = await Promise.all(
      files.map(async ({ row, bytes }): Promise<FileRow> => {
        const sha256 = await world.files.put(bytes);
        return { ...row, sha256, sizeBytes: bytes.byteLength };
      }),
    );
    const ids = await insertFiles(unit.tx, unit.now, rows);
    for (const registrarCode of registrars) {
      const at = rows.findIndex((row) => row.party === registrarCode && row.fileType === '03');
      const ref = at < 0 ? `day:${date}` : `file:${ids[at]}`;
      await markSent(unit, { tradeDate: date, registrarCode, buckets: EVERY_BUCKET, ref });
    }
    unit.audit({
      bucket: FIRM,
      actor,
      action: 'clearing.build-files',
      subject: `day:${date}`,
      result: 'done',
      detail: { files: rows.map((row) => ({ name: row.name, sha256: row.sha256 })) },
    });
  });
}

/** Removes what a run of the day left beside its files when it died on the way. */
async function tidy(world: DayWorld, files: readonly StoredFile[]): Promise<void> {
  for (const party of new Set(files.map((file) => file.party))) {
    const names = files.filter((file) => file.party === party).map(({ name }) => name);
    await removePartials(outFolder(world.exchange, party), names, diskOf(world.exchange));
  }
}

async function publishOne(world: DayWorld, file: StoredFile): Promise<boolean> {
  const folder = outFolder(world.exchange, file.party);
  const path = join(folder, file.name);
  const bytes = await world.files.get(file.sha256);
  const disk = diskOf(world.exchange);
  await makeFolder(folder, disk);
  return writeFileOnce(path, bytes, disk);
}

/** Publishes the day's files; the index of each registrar comes last, so that it vouches for the rest. */
async function publish(world: DayWorld, date: LocalDate): Promise<number> {
  const files = await effectiveFiles(world.db, 'out', date);
  await tidy(world, files);
  let written = 0;
  for (const isIndex of [false, true]) {
    const some = files.filter((file) => (file.file_type === 'OFI') === isIndex);
    const results = await Promise.all(some.map((file) => publishOne(world, file)));
    written += results.filter(Boolean).length;
  }
  await work(world, [FIRM], async ({ tx }) => {
    await tx.query(
      `update clearing.files set state = 'published'
       where file_id = any($1::int8[]) and state = 'built'`,
      [files.map((file) => file.file_id)],
    );
  });
  return written;
}

/** Builds the day's files once and publishes them; both may be repeated. */
export async function sendFiles(
  world: DayWorld,
  actor: Actor,
  date: LocalDate,
): Promise<Record<string, number>> {
  if ((await effectiveFiles(world.db, 'out', date)).length === 0) await build(world, actor, date);
  const written = await publish(world, date);
  const files = await effectiveFiles(world.db, 'out', date);
  const [sums] = await world.db.query<{ records: bigint }>(
    `select coalesce(sum(records), 0)::int8 as records from clearing.files
     where direction = 'out' and file_date = $1 and file_type in ('01', '03')`,
    [date],
  );
  return { files: files.length, written, records: Number(sums?.records ?? 0n) };
}
