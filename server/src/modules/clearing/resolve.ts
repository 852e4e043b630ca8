/** Ways out of an exception: book the record again, void it, or let a missing package pass. */
import { AppError, type LocalDate } from '@cairn/kernel';
import { type Actor, actorName } from '../../platform/actor.ts';
import { registerApproval, requestApproval } from '../../platform/approvals.ts';
import type { Tx } from '../../platform/db.ts';
import { FIRM, type Work, work } from '../../platform/work.ts';
import { getOpenException, settleExceptions } from './exceptions.ts';
import type { DayWorld } from './exchange.ts';
import { openBusinessDate } from './day.ts';
import { type RecordKey, setRecordStates, type WaitingTable } from './store.ts';
import { confirmWaiting } from './steps/confirm.ts';

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
 * Errors: EXCEPTION_NOT_FOUND, EXCEPTION_RESOLVED, EXCEPTION_NOT_RETRIABLE, DAY_NOT_FOUND (no
 * business day is open to book on).
 */
export async function retryException(
  world: DayWorld,
  actor: Actor,
  exceptionId: string,
): Promise<boolean> {
  const date = await openBusinessDate(world);
  if (date === undefined) throw new AppError('DAY_NOT_FOUND', { date: '' });
  await work(world, [FIRM], async ({ tx, now, audit }) => {
    const row = await getOpenException(tx, exceptionId);
    const record = recordOf(row.subject);
    if (record === undefined) throw new AppError('EXCEPTION_NOT_RETRIABLE', { exceptionId });
    await setRecordStates(tx, record.table, [{ ...record.key, state: 'waiting' }]);
    await appendRetry(tx, exceptionId, now, actorName(actor));
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

async function appendRetry(tx: Tx, exceptionId: string, at: string, actor: string): Promise<void> {
  await tx.query(
    `insert into clearing.exception_events (exception_id, seq, at, actor, event, note)
     select $1, max(seq) + 1, $2, $3, 'retried', '' from clearing.exception_events
     where exception_id = $1`,
    [exceptionId, at, actor],
  );
}

const WAIVE = 'clearing.waive';
const VOID = 'clearing.void-record';

registerApproval(WAIVE, {
  roles: ['reviewer'],
  async execute({ tx, now }: Work, payload, approval) {
    await tx.query(
      `insert into clearing.waivers (business_date, code, subject, approval_id, at)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [payload['businessDate'], payload['code'], payload['subject'], approval.approvalId, now],
    );
  },
});

registerApproval(VOID, {
  roles: ['reviewer'],
  async execute({ tx, now }: Work, payload) {
    const exceptionId = String(payload['exceptionId']);
    const row = await getOpenException(tx, exceptionId);
    const record = recordOf(row.subject);
    if (record === undefined) throw new AppError('EXCEPTION_NOT_RETRIABLE', { exceptionId });
    await setRecordStates(tx, record.table, [{ ...record.key, state: 'void' }]);
    await settleExceptions(tx, now, [row.subject], 'voided by four eyes');
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
      payload: {
        businessDate: waiver.businessDate,
        code: 'PACKAGE_MISSING',
        subject: waiver.package,
        reason: waiver.reason,
      },
    }),
  );
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
    if (recordOf(row.subject) === undefined) {
      throw new AppError('EXCEPTION_NOT_RETRIABLE', { exceptionId });
    }
    return requestApproval(unit, {
      kind: VOID,
      subject: `exception:${exceptionId}`,
      maker: actor,
      payload: { exceptionId, reason },
    });
  });
}
