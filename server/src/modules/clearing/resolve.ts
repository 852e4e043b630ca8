/**
 * Ways out of an exception: book the record again, have it booked as the registrar states, void it,
 * or let it pass; all but the first with four eyes. They are the firm's: a branch may not.
 */
import { AppError, assert, type LocalDate, localDate } from '@cairn/kernel';
import { type Actor, actorName } from '../../platform/actor.ts';
import { registerApproval, requestApproval } from '../../platform/approvals.ts';
import type { Sql } from '../../platform/db.ts';
import { FIRM, type Work, work } from '../../platform/work.ts';
import { openBusinessDate } from './day.ts';
import { mayStandAsStated, type Mismatch } from './domain/mismatch.ts';
import {
  appendEvents,
  getOpenException,
  settleExceptions,
  unacceptedExceptions,
} from './exceptions.ts';
import type { DayWorld } from './exchange.ts';
import { missingSubject } from './parties.ts';
import { markStated, type RecordKey, setRecordStates, type WaitingTable } from './store.ts';
import { confirmWaiting } from './steps/confirm.ts';
import { textsOf } from './texts.ts';

const TABLES: Readonly<Record<string, WaitingTable>> = {
  confirmation: 'confirmations',
  account: 'account_confirmations',
  distribution: 'distributions',
};

/** The record that an exception's subject names, if it names one. */
export function recordOf(subject: string): { table: WaitingTable; key: RecordKey } | undefined {
  const match = /^(confirmation|account|distribution):(\d+)\/(\d+)\/(\d+)$/.exec(subject);
  if (match === null) return undefined;
  const [, kind = '', bucket = '', fileId = '', recordNo = ''] = match;
  const table = TABLES[kind];
  if (table === undefined) return undefined;
  return {
    table,
    key: {
      bucket: Number.parseInt(bucket, 10),
      fileId: BigInt(fileId),
      recordNo: Number.parseInt(recordNo, 10),
    },
  };
}

/**
 * Puts the record behind an exception back among the waiting ones and books it again, for causes
 * that are gone (a late NAV, a corrected fee schedule). Returns whether it is booked now.
 *
 * Errors: EXCEPTION_NOT_FOUND, EXCEPTION_RESOLVED, EXCEPTION_NOT_RETRIABLE, NO_DAY_OPEN (nothing
 * can be booked between two days).
 */
export async function retryException(
  world: DayWorld,
  actor: Actor,
  exceptionId: string,
): Promise<boolean> {
  const date = await openBusinessDate(world);
  if (date === undefined) throw new AppError('NO_DAY_OPEN', {});
  const { record } = await findRecord(world.db, exceptionId);
  await work(world, [record.key.bucket, FIRM], async ({ tx, now, audit }) => {
    await getOpenException(tx, exceptionId);
    await setRecordStates(tx, record.table, [{ ...record.key, state: 'waiting' }]);
    await appendEvents(tx, [exceptionId], {
      at: now,
      actor: actorName(actor),
      event: 'retried',
      note: '',
    });
    audit({
      bucket: FIRM,
      actor,
      action: 'clearing.exception-retry',
      subject: `exception:${exceptionId}`,
      result: 'done',
      detail: {},
    });
  });
  await confirmWaiting(world, actor, date);
  const [row] = await world.db.query<{ state: string }>(
    'select state from clearing.exceptions where exception_id = $1',
    [exceptionId],
  );
  return row?.state === 'resolved';
}

/** The record behind an exception; read before its bucket is locked, since a subject never changes. */
async function findRecord(
  sql: Sql,
  exceptionId: string,
): Promise<{ record: { table: WaitingTable; key: RecordKey } }> {
  const [row] = await sql.query<{ subject: string }>(
    'select subject from clearing.exceptions where exception_id = $1',
    [exceptionId],
  );
  if (row === undefined) throw new AppError('EXCEPTION_NOT_FOUND', { exceptionId });
  const record = recordOf(row.subject);
  if (record === undefined) throw new AppError('EXCEPTION_NOT_RETRIABLE', { exceptionId });
  return { record };
}

const WAIVE = 'clearing.waive';
const ACCEPT = 'clearing.accept-exceptions';
const VOID = 'clearing.void-record';
const BOOK = 'clearing.book-as-stated';

interface Passed {
  readonly code: string;
  readonly subject: string;
}

async function letPass(
  { tx, now }: Work,
  approvalId: string,
  businessDate: unknown,
  passed: readonly Passed[],
): Promise<void> {
  await tx.query(
    `insert into clearing.waivers (business_date, code, subject, approval_id, at)
     select $1::date, t.code, t.subject, $4, $5::timestamptz
     from unnest($2::text[], $3::text[]) as t(code, subject) on conflict do nothing`,
    [
      businessDate,
      passed.map((item) => item.code),
      passed.map((item) => item.subject),
      approvalId,
      now,
    ],
  );
}

/** The exceptions that an approval is about, as they stand. */
async function exceptionsBefore(
  sql: Sql,
  payload: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const subjects = Array.isArray(payload['exceptions'])
    ? (payload['exceptions'] as Passed[]).map((item) => item.subject)
    : [];
  const rows = await sql.query<{ code: string; severity: string; subject: string; state: string }>(
    `select code, severity, subject, state from clearing.exceptions
     where exception_id = $1 or (business_date = $2::date and subject = any($3::text[]))
     order by exception_id`,
    [payload['exceptionId'] ?? null, payload['businessDate'] ?? null, subjects],
  );
  return {
    exceptions: rows.map((row) => {
      const [text, textZh] = textsOf(row.code);
      return { ...row, text, textZh };
    }),
  };
}

registerApproval(WAIVE, {
  title: ['missing package', '缺失文件包'],
  roles: ['reviewer'],
  async execute(unit, payload, { approvalId }) {
    const businessDate = localDate(String(payload['businessDate']));
    const subject = missingSubject(businessDate, String(payload['package']));
    await letPass(unit, approvalId, businessDate, [{ code: 'PACKAGE_MISSING', subject }]);
  },
});

registerApproval(ACCEPT, {
  title: ['exceptions of a day', '业务日异常'],
  roles: ['reviewer'],
  before: exceptionsBefore,
  async execute(unit, payload, { approvalId }) {
    const { exceptions } = payload;
    assert(Array.isArray(exceptions), 'an acceptance names its exceptions');
    await letPass(unit, approvalId, payload['businessDate'], exceptions as Passed[]);
  },
});

registerApproval(VOID, {
  title: ['void a record', '作废记录'],
  roles: ['reviewer'],
  before: exceptionsBefore,
  buckets: ({ bucket }) => (typeof bucket === 'number' ? [bucket] : []),
  async execute({ tx, now }, payload) {
    const row = await getOpenException(tx, String(payload['exceptionId']));
    const record = recordOf(row.subject);
    assert(record !== undefined, 'a void names an exception about a record');
    await setRecordStates(tx, record.table, [{ ...record.key, state: 'void' }]);
    await settleExceptions(tx, now, { subjects: [row.subject] }, 'voided by four eyes');
  },
});

registerApproval(BOOK, {
  title: ['book as the registrar states', '按登记机构数据入账'],
  roles: ['reviewer'],
  before: exceptionsBefore,
  buckets: ({ bucket }) => (typeof bucket === 'number' ? [bucket] : []),
  async execute({ tx, now }, payload, { approvalId, checker }) {
    const row = await getOpenException(tx, String(payload['exceptionId']));
    const record = recordOf(row.subject);
    assert(record !== undefined, 'an approval to book names an exception about a record');
    await markStated(tx, record, approvalId);
    await appendEvents(tx, [row.exception_id], {
      at: now,
      actor: checker ?? '',
      event: 'retried',
      note: 'to be booked as the registrar states',
    });
  },
});

/** Asks for four eyes to let a missing package of the day pass. Returns the approval's id. */
export async function requestWaiver(
  world: DayWorld,
  actor: Actor,
  waiver: { businessDate: LocalDate; package: string; reason: string },
): Promise<string> {
  return work(world, [FIRM], (unit) =>
    requestApproval(unit, {
      kind: WAIVE,
      subject: `day:${waiver.businessDate}`,
      maker: actor,
      payload: { ...waiver },
    }),
  );
}

/**
 * Asks for four eyes to close the day over its open exceptions that need them. The approval names
 * each of them, so that what appears later is not accepted with it. Returns the approval's id.
 * Errors: NOTHING_TO_ACCEPT.
 */
export async function requestAcceptance(
  world: DayWorld,
  actor: Actor,
  wanted: { businessDate: LocalDate; reason: string },
): Promise<string> {
  const { businessDate } = wanted;
  return work(world, [FIRM], async (unit) => {
    const exceptions = await unacceptedExceptions(unit.tx, businessDate);
    if (exceptions.length === 0) throw new AppError('NOTHING_TO_ACCEPT', { date: businessDate });
    return requestApproval(unit, {
      kind: ACCEPT,
      subject: `day:${businessDate}`,
      maker: actor,
      payload: { ...wanted, exceptions },
    });
  });
}

/** Asks for four eyes to void the record behind an exception (the registrar will correct it). */
export async function requestVoid(
  world: DayWorld,
  actor: Actor,
  exceptionId: string,
  reason: string,
): Promise<string> {
  return work(world, [FIRM], async (unit) => {
    const row = await getOpenException(unit.tx, exceptionId);
    const record = recordOf(row.subject);
    if (record === undefined) throw new AppError('EXCEPTION_NOT_RETRIABLE', { exceptionId });
    return requestApproval(unit, {
      kind: VOID,
      subject: `exception:${exceptionId}`,
      maker: actor,
      payload: { exceptionId, bucket: record.key.bucket, reason },
    });
  });
}

/**
 * Asks for four eyes to have the record behind an exception booked as the registrar states it; the
 * next confirm step books it. The approval shows what differs. Returns its id.
 *
 * Errors: EXCEPTION_NOT_FOUND, EXCEPTION_RESOLVED, EXCEPTION_NOT_RETRIABLE,
 * EXCEPTION_NOT_IN_NUMBERS (whose order, account and business it is must be right).
 */
export async function requestBooking(
  world: DayWorld,
  actor: Actor,
  exceptionId: string,
  reason: string,
): Promise<string> {
  return work(world, [FIRM], async (unit) => {
    const row = await getOpenException(unit.tx, exceptionId);
    const record = recordOf(row.subject);
    if (record === undefined) throw new AppError('EXCEPTION_NOT_RETRIABLE', { exceptionId });
    const reasons = (row.detail['reasons'] ?? []) as readonly Mismatch[];
    if (!mayStandAsStated(reasons)) {
      const codes = reasons.map(({ code }) => code).join(', ');
      throw new AppError('EXCEPTION_NOT_IN_NUMBERS', { exceptionId, codes });
    }
    return requestApproval(unit, {
      kind: BOOK,
      subject: `exception:${exceptionId}`,
      maker: actor,
      payload: { exceptionId, bucket: record.key.bucket, differences: reasons, reason },
    });
  });
}
