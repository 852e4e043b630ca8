import { dataFileName, indexFileName, writeFile, writeIndex } from '@cairn/ofd';
import { compactDay } from './dates.ts';
import { nextSerialNo, type RecordValues, type RegistrarDay } from './day.ts';
import type { Fault, PackageFaultKind } from './faults.ts';
import { parseDecimal, UNIT_DECIMALS } from './fixed.ts';
import type { HoldingsWriter } from './holdings-file.ts';
import { headerOf, type Parties } from './parties.ts';
import type { OutFile } from './publish.ts';
import type { PositionRow } from './state.ts';

/** A data file and the type it has. */
interface TypedFile extends OutFile {
  readonly fileType: string;
}

function missed(day: RegistrarDay, fault: Fault): void {
  if (!day.faults.isPlanted(fault)) return;
  const detail = `${fault.kind} ${fault.date} ${fault.record ?? fault.fileType ?? ''}`.trimEnd();
  day.problems.push({ party: day.registrarCode, code: 'FAULT_WITHOUT_TARGET', detail });
}

/** The faults of this package of one kind. */
function faultsOf(day: RegistrarDay, kind: PackageFaultKind): Fault[] {
  return day.faults.faultsAt(kind, { date: day.confirmDate, registrarCode: day.registrarCode });
}

function deltaOf(fault: Fault): bigint {
  return parseDecimal(fault.delta ?? '0.01', UNIT_DECIMALS, `${fault.kind}: delta`);
}

/** Keeps the right record of one that is sent wrong, for the package that corrects it. */
function keepCorrection(day: RegistrarDay, fault: Fault, values: RecordValues): void {
  const { correctedAfterDays } = fault;
  if (correctedAfterDays === undefined) return;
  const dueDate = day.scenario.tradingDays.plus(day.confirmDate, correctedAfterDays);
  day.state.corrections.put(String(values.TASerialNO), { dueDate, values: { ...values } });
}

/**
 * Sends again, under numbers of their own and with their first confirmation date, the records whose
 * correction is due.
 */
function addCorrections(day: RegistrarDay): void {
  for (const [key, { dueDate, values }] of day.state.corrections.entries()) {
    if (dueDate > day.confirmDate) continue;
    day.state.corrections.remove(key);
    day.draft.trades.push({
      ...values,
      TASerialNO: nextSerialNo(day),
      DownLoaddate: compactDay(day.confirmDate),
    });
  }
}

/** Puts a wrong amount into a good confirmation. */
function spoilAmounts(day: RegistrarDay): void {
  for (const fault of faultsOf(day, 'wrongAmount')) {
    const { record = 0 } = fault;
    const targets = day.draft.trades.filter((values) => values.ReturnCode === '0000');
    const target =
      typeof record === 'number'
        ? targets[record]
        : targets.find((values) => values.AppSheetSerialNo === record);
    const amount = target?.ConfirmedAmount;
    if (target === undefined || typeof amount !== 'bigint') {
      missed(day, fault);
      continue;
    }
    keepCorrection(day, fault, target);
    target.ConfirmedAmount = amount + deltaOf(fault);
    day.appliedFaults.push(fault);
  }
}

/** Adds a 144 that nobody applied for and that the holdings do not show. */
function addUnknownConfirmations(day: RegistrarDay): void {
  for (const fault of faultsOf(day, 'extraConfirmation')) {
    const position = [...day.state.positions.rows()].find((row) => row.units > 0n);
    if (position === undefined) {
      missed(day, fault);
      continue;
    }
    day.draft.trades.push({
      TransactionCfmDate: compactDay(day.confirmDate),
      CurrencyType: '156',
      ConfirmedVol: parseDecimal(fault.delta ?? '100', UNIT_DECIMALS, 'delta'),
      FundCode: position.fundCode,
      TransactionDate: compactDay(day.date),
      ReturnCode: '0000',
      TransactionAccountID: position.tradingAccountId,
      DistributorCode: day.scenario.distributorCode,
      BusinessCode: '144',
      TAAccountID: position.taAccountId,
      TASerialNO: nextSerialNo(day),
      BusinessFinishFlag: '1',
      DownLoaddate: compactDay(day.confirmDate),
      ShareClass: position.shareClass,
      FromTAFlag: '1',
    });
    day.appliedFaults.push(fault);
  }
}

/** The positions as file 05 shows them: with units, and off where that is planted. */
function shownPositions(day: RegistrarDay): PositionRow[] {
  const positions = [...day.state.positions.rows()].filter((position) => position.units > 0n);
  for (const fault of faultsOf(day, 'holdingOff')) {
    const { record = 0 } = fault;
    const at =
      typeof record === 'number'
        ? record
        : positions.findIndex((position) => position.tradingAccountId === record);
    const position = positions[at];
    if (position === undefined) {
      missed(day, fault);
      continue;
    }
    positions[at] = { ...position, units: position.units + deltaOf(fault) };
    day.appliedFaults.push(fault);
  }
  return positions;
}

function spoilBytes(file: TypedFile, fault: Fault): Buffer {
  if (fault.kind === 'truncatedFile') {
    return Buffer.from(file.bytes.subarray(0, file.bytes.length - 100));
  }
  const bytes = Buffer.from(file.bytes);
  const offset = fault.offset ?? Math.floor(bytes.length / 2);
  // 0xFF begins no character of the encoding, and is a change whatever stood here.
  bytes[Math.min(offset, bytes.length - 1)] = 0xff;
  return bytes;
}

const byteFaults = ['changedBytes', 'truncatedFile', 'duplicateFile', 'missingIndexEntry'] as const;

/** Damages, doubles or hides whole files; returns the files to send and the names to list. */
function applyFileFaults(day: RegistrarDay, files: readonly TypedFile[], parties: Parties) {
  const sent: TypedFile[] = [...files];
  const listed = new Set(files.map((file) => file.name));
  for (const fault of byteFaults.flatMap((kind) => faultsOf(day, kind))) {
    const fileType = fault.fileType ?? '04';
    const at = sent.findIndex((file) => file.fileType === fileType);
    const file = sent[at];
    if (file === undefined) {
      missed(day, fault);
      continue;
    }
    if (fault.kind === 'missingIndexEntry') listed.delete(file.name);
    else if (fault.kind === 'duplicateFile') {
      const date = compactDay(day.confirmDate);
      const name = dataFileName({ ...parties, date, fileType, sequence: 1 });
      sent.push({ ...file, name });
    } else sent[at] = { ...file, bytes: spoilBytes(file, fault) };
    day.appliedFaults.push(fault);
  }
  return { sent, listed: [...listed] };
}

/** The package of the confirmation date, index last, and whether it is to be held back a day. */
export interface ConfirmationPackage {
  readonly files: readonly OutFile[];
  readonly isLate: boolean;
}

/** Writes what the draft holds and the holdings after it. */
export function writeConfirmationPackage(
  day: RegistrarDay,
  parties: Parties,
  holdings: HoldingsWriter,
): ConfirmationPackage {
  spoilAmounts(day);
  addCorrections(day);
  addUnknownConfirmations(day);
  const date = compactDay(day.confirmDate);
  const header = headerOf(parties, date);
  const files: TypedFile[] = [];
  const add = (fileType: string, bytes: Buffer) =>
    files.push({ fileType, name: dataFileName({ ...parties, date, fileType }), bytes });
  const addRecords = (fileType: string, records: readonly RecordValues[]) => {
    if (records.length > 0) add(fileType, writeFile(header, fileType, records));
  };
  addRecords('02', day.draft.accounts);
  addRecords('04', day.draft.trades);
  add('05', holdings.write(header, shownPositions(day)));
  addRecords('06', day.draft.dividends);
  const { sent, listed } = applyFileFaults(day, files, parties);
  const index = { kind: 'OFI', version: '21', ...parties, date } as const;
  const indexFile = { name: indexFileName(index), bytes: writeIndex({ ...index, files: listed }) };
  const late = faultsOf(day, 'lateFile');
  day.appliedFaults.push(...late);
  return { files: [...sent, indexFile], isLate: late.length > 0 };
}
