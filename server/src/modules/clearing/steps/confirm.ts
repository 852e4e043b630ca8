/** The confirm step: books everything that waits, a group of buckets at a time. */
import type { LocalDate } from '@cairn/kernel';
import type { Actor } from '../../../platform/actor.ts';
import { type Work, work } from '../../../platform/work.ts';
import type { World } from '../../../platform/world.ts';
import type { RecordKind } from '../differences.ts';
import type { Mismatch, Tolerances } from '../domain/mismatch.ts';
import { type RaisedException, raiseExceptions, settleExceptions } from '../exceptions.ts';
import { tolerancesOn } from '../rules.ts';
import type { RecordKey } from '../store.ts';
import { confirmAccounts } from './confirm-accounts.ts';
import { confirmDistributions } from './confirm-distributions.ts';
import { confirmTrades } from './confirm-trades.ts';
import { overdueSubject } from './overdue.ts';
import {
  waitingAccounts,
  waitingByBucket,
  waitingConfirmations,
  waitingDistributions,
} from './waiting.ts';

export interface ConfirmCounts {
  accounts: number;
  trades: number;
  distributions: number;
  rejected: number;
  exceptions: number;
}

// Large enough that statements are amortised, small enough that a group commits in well under a second.
const GROUP_RECORDS = 4_000;

function groupsOf(waiting: readonly { bucket: number; waiting: number }[]): number[][] {
  const groups: number[][] = [];
  let size = GROUP_RECORDS;
  for (const { bucket, waiting: count } of waiting) {
    if (size + count > GROUP_RECORDS) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(bucket);
    size += count;
  }
  return groups;
}

/** The subject that an exception about a record carries. */
export function recordSubject(kind: RecordKind, key: RecordKey): string {
  return `${kind}:${key.bucket}/${key.fileId}/${key.recordNo}`;
}

interface Unbooked {
  readonly confirmation: RecordKey & { registrarCode: string; taSerial: string };
  readonly customerId: string | undefined;
  readonly reasons: readonly Mismatch[];
}

function exceptionOf(
  kind: RecordKind,
  { confirmation: c, customerId, reasons }: Unbooked,
  businessDate: LocalDate,
): RaisedException {
  return {
    businessDate,
    code: reasons[0]?.code ?? 'UNMATCHED',
    severity: 'remind',
    subject: recordSubject(kind, c),
    bucket: c.bucket,
    customerId,
    detail: { registrarCode: c.registrarCode, taSerial: c.taSerial, reasons },
    ownerRole: 'operations',
  };
}

/** One reminder a day and registrar: what was let pass is listed with the day's differences. */
function toleratedException(registrarCode: string, businessDate: LocalDate): RaisedException {
  return {
    businessDate,
    code: 'DIFFERENCES_TOLERATED',
    severity: 'remind',
    subject: `differences:${registrarCode}/${businessDate}`,
    detail: { registrarCode },
    ownerRole: 'operations',
  };
}

async function confirmGroup(
  unit: Work,
  world: World,
  actor: Actor,
  buckets: readonly number[],
  context: { businessDate: LocalDate; tolerances: Tolerances },
): Promise<ConfirmCounts> {
  const [accountRows, tradeRows, distributionRows] = await Promise.all([
    waitingAccounts(unit.tx, buckets),
    waitingConfirmations(unit.tx, buckets),
    waitingDistributions(unit.tx, buckets),
  ]);
  const accounts = await confirmAccounts(unit, accountRows, context);
  const trades = await confirmTrades(unit, tradeRows, { calendar: world.calendar, ...context });
  const distributions = await confirmDistributions(unit, distributionRows, context);
  const tolerated = [...trades.differences, ...distributions.differences]
    .filter(({ record }) => !record.isStated)
    .map(({ record }) => record.registrarCode);
  const unbooked = [
    ...accounts.unbooked.map((u) => exceptionOf('account', u, context.businessDate)),
    ...trades.unbooked.map((u) => exceptionOf('confirmation', u, context.businessDate)),
    ...distributions.unbooked.map((u) => exceptionOf('distribution', u, context.businessDate)),
  ];
  const raised = [
    ...unbooked,
    ...[...new Set(tolerated)].map((code) => toleratedException(code, context.businessDate)),
  ];
  await raiseExceptions(unit.tx, unit.now, raised);
  await settleRetried(
    unit,
    [
      ...accountRows.map((c) => recordSubject('account', c)),
      ...tradeRows.map((c) => recordSubject('confirmation', c)),
      ...[...accounts.answered, ...trades.answered].map(overdueSubject),
      ...distributionRows.map((c) => recordSubject('distribution', c)),
    ],
    raised,
  );
  const records = new Map<number, number>();
  for (const { bucket } of [...accountRows, ...tradeRows, ...distributionRows]) {
    records.set(bucket, (records.get(bucket) ?? 0) + 1);
  }
  for (const [bucket, count] of records) {
    unit.audit({
      bucket,
      actor,
      action: 'clearing.confirm',
      subject: `day:${context.businessDate}`,
      result: 'done',
      detail: { records: count },
    });
  }
  return {
    accounts: accounts.applied,
    trades: trades.applied,
    distributions: distributions.applied,
    rejected: accounts.rejected + trades.rejected,
    exceptions: unbooked.length,
  };
}

/** A record that was an exception before and is booked now takes its exception with it. */
async function settleRetried(
  unit: Work,
  subjects: readonly string[],
  raised: readonly RaisedException[],
): Promise<void> {
  const still = new Set(raised.map((item) => item.subject));
  const [open] = await unit.tx.query(
    `select 1 as open from clearing.exceptions where state = 'open' limit 1`,
  );
  if (open === undefined) return;
  const gone = subjects.filter((subject) => !still.has(subject));
  await settleExceptions(unit.tx, unit.now, gone, 'booked');
}

/**
 * Books every waiting record. Each group of buckets is one transaction, so a run that is killed
 * goes on where it stopped, and nothing is booked twice.
 */
export async function confirmWaiting(
  world: World,
  actor: Actor,
  businessDate: LocalDate,
): Promise<ConfirmCounts> {
  const total: ConfirmCounts = {
    accounts: 0,
    trades: 0,
    distributions: 0,
    rejected: 0,
    exceptions: 0,
  };
  const tolerances = await tolerancesOn(world.db, businessDate);
  for (const buckets of groupsOf(await waitingByBucket(world.db))) {
    const counts = await work(world, buckets, (unit) =>
      confirmGroup(unit, world, actor, buckets, { businessDate, tolerances }),
    );
    for (const key of Object.keys(total) as (keyof ConfirmCounts)[]) total[key] += counts[key];
  }
  return total;
}
