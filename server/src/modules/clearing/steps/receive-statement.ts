/** The bank's statement of a day: taken once, refused whole when it contradicts itself. */
import type { LocalDate } from '@cairn/kernel';
import type { Actor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/db.ts';
import { FIRM, type Work, work } from '../../../platform/work.ts';
import { type BankStatement, parseStatement, StatementError } from '../domain/bank.ts';
import { type RaisedException, raiseExceptions, settleExceptions } from '../exceptions.ts';
import { BANK, bankStatementName, type DayWorld } from '../exchange.ts';
import { effectiveFiles, type FileRow, insertFiles, type StoredFile } from '../store.ts';
import { type InboxFile, readIncoming, takeAway } from './inbox.ts';

const subjectOf = (date: LocalDate) => `statement:${date}`;

function rowOf(file: InboxFile, date: LocalDate, records: number): FileRow {
  return {
    direction: 'in',
    party: BANK,
    stream: 'bank',
    fileType: 'STATEMENT',
    fileDate: date,
    sequence: 0,
    name: file.name,
    sha256: file.sha256,
    sizeBytes: file.sizeBytes,
    records,
    state: 'imported',
    businessDate: date,
  };
}

/** Keeps a statement that is not taken, with why, and moves it out of the folder. */
async function refuse(
  world: DayWorld,
  actor: Actor,
  file: InboxFile,
  date: LocalDate,
  reason: { code: string } & Record<string, unknown>,
): Promise<void> {
  const { code, ...detail } = reason;
  if (file.bytes !== undefined) await world.files.put(file.bytes);
  await work(world, [FIRM], async (unit) => {
    const row = { ...rowOf(file, date, 0), state: 'refused' as const, reason };
    await insertFiles(unit.tx, unit.now, [row]);
    await raiseExceptions(unit.tx, unit.now, [exceptionOf(date, code, detail)]);
    auditFile(unit, actor, date, 'clearing.refuse-statement', { code, sha256: file.sha256 });
  });
  await takeAway(world, BANK, [file], 'refused');
}

function exceptionOf(
  date: LocalDate,
  code: string,
  detail: Record<string, unknown>,
): RaisedException {
  return {
    businessDate: date,
    code,
    severity: 'approve',
    subject: subjectOf(date),
    detail,
    ownerRole: 'operations',
  };
}

function auditFile(
  unit: Work,
  actor: Actor,
  date: LocalDate,
  action: string,
  detail: Record<string, unknown>,
): void {
  const result = action === 'clearing.import-statement' ? 'done' : 'refused';
  unit.audit({ bucket: FIRM, actor, action, subject: subjectOf(date), result, detail });
}

function parse(file: InboxFile, date: LocalDate): BankStatement {
  if (file.bytes === undefined) throw new StatementError(0, `${file.sizeBytes} bytes`);
  return parseStatement(file.bytes, date);
}

async function takeNew(
  world: DayWorld,
  actor: Actor,
  file: InboxFile,
  date: LocalDate,
): Promise<BankStatement | undefined> {
  let statement: BankStatement;
  try {
    statement = parse(file, date);
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    const reason = { code: 'STATEMENT_REFUSED', line: error.line, why: error.message };
    await refuse(world, actor, file, date, reason);
    return undefined;
  }
  if (file.bytes !== undefined) await world.files.put(file.bytes);
  await work(world, [FIRM], async (unit) => {
    await insertFiles(unit.tx, unit.now, [rowOf(file, date, statement.lines)]);
    await settleExceptions(unit.tx, unit.now, { subjects: [subjectOf(date)] }, 'imported');
    auditFile(unit, actor, date, 'clearing.import-statement', { sha256: file.sha256 });
  });
  await takeAway(world, BANK, [file], 'taken');
  return statement;
}

async function takeKnown(
  world: DayWorld,
  actor: Actor,
  known: StoredFile,
  file: InboxFile | undefined,
  date: LocalDate,
): Promise<BankStatement> {
  if (file !== undefined && file.sha256 !== known.sha256) {
    await refuse(world, actor, file, date, { code: 'FILE_CONTENT_CHANGED', file: file.name });
  } else if (file !== undefined) {
    await takeAway(world, BANK, [file], 'taken');
  }
  return parseStatement(await world.files.get(known.sha256), date);
}

async function isRefused(tx: Tx, date: LocalDate): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from clearing.exceptions
     where subject = $1 and code = 'STATEMENT_REFUSED' and state = 'open'`,
    [subjectOf(date)],
  );
  return rows.length > 0;
}

/**
 * The statement of the day: the one taken before, or the one in the bank's folder. Undefined, with
 * an exception, when there is none or it was refused. A statement of an earlier day that comes late
 * is not looked for: closings go on from day to day, so the next statement proves the same.
 */
export async function receiveStatement(
  world: DayWorld,
  actor: Actor,
  date: LocalDate,
): Promise<BankStatement | undefined> {
  const [known] = (await effectiveFiles(world.db, 'in', date)).filter(
    (file) => file.party === BANK,
  );
  const file = await readIncoming(world, BANK, bankStatementName(date));
  if (known !== undefined) return takeKnown(world, actor, known, file, date);
  if (file !== undefined) return takeNew(world, actor, file, date);
  await work(world, [FIRM], async ({ tx, now }) => {
    // One that was refused was taken out of the folder: it came, and the list says so.
    if (await isRefused(tx, date)) return;
    const detail = { name: bankStatementName(date) };
    await raiseExceptions(tx, now, [exceptionOf(date, 'STATEMENT_MISSING', detail)]);
  });
  return undefined;
}
