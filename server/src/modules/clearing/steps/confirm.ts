/** The confirm step: books everything that waits, a group of buckets at a time. */
import type { LocalDate, TradingCalendar } from '@cairn/kernel';
import type { Actor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/db.ts';
import { type Work, work } from '../../../platform/work.ts';
import type { World } from '../../../platform/world.ts';
import type { RecordKind } from '../differences.ts';
import type { Confirmation } from '../domain/confirmation.ts';
import type { Distribution } from '../domain/file-rows.ts';
import type { Mismatch, Tolerances } from '../domain/mismatch.ts';
import { type RaisedException, raiseExceptions, settleExceptions } from '../exceptions.ts';
import { tolerancesOn } from '../rules.ts';
import type { RecordKey } from '../store.ts';
import { confirmAccounts } from './confirm-accounts.ts';
import { confirmDistributions, type ConfirmDistributionsResult } from './confirm-distributions.ts';
import { confirmTrades, type ConfirmTradesResult } from './confirm-trades.ts';
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
  /** Records that wait until what came before them is booked; each is on the exception list. */
  behind: number;
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

interface Booked {
  readonly trades: ConfirmTradesResult[];
  readonly distributions: ConfirmDistributionsResult[];
}

/**
 * Books trades and distributions. What was booked may be what others waited for, so those are tried
 * again until a round books nothing.
 */
async function bookInTurn(
  unit: Work,
  rows: {
    readonly trades: readonly Confirmation[];
    readonly distributions: readonly Distribution[];
  },
  context: { calendar: TradingCalendar; businessDate: LocalDate; tolerances: Tolerances },
): Promise<Booked> {
  const booked: Booked = { trades: [], distributions: [] };
  let { trades: tradeRows, distributions: distributionRows } = rows;
  for (;;) {
    const trades = await confirmTrades(unit, tradeRows, context);
    const distributions = await confirmDistributions(unit, distributionRows, context);
    booked.trades.push(trades);
    booked.distributions.push(distributions);
    tradeRows = trades.behind.map(({ confirmation }) => confirmation);
    distributionRows = distributions.behind.map(({ confirmation }) => confirmation);
    const isMoving = trades.applied + distributions.applied > 0;
    if (!isMoving || tradeRows.length + distributionRows.length === 0) return booked;
  }
}

const lastBehind = (rounds: readonly { readonly behind: readonly Unbooked[] }[]) =>
  rounds.at(-1)?.behind ?? [];

/** Those of the raised that are not on the list already: a record waits for many days at times. */
async function notListed(
  tx: Tx,
  raised: readonly RaisedException[],
): Promise<readonly RaisedException[]> {
  if (raised.length === 0) return raised;
  const rows = await tx.query<{ subject: string }>(
    `select subject from clearing.exceptions
     where state = 'open' and code = 'EARLIER_NOT_BOOKED' and subject = any($1::text[])`,
    [raised.map(({ subject }) => subject)],
  );
  const listed = new Set(rows.map(({ subject }) => subject));
  return raised.filter(({ subject }) => !listed.has(subject));
}

/** Tells what could not be booked, and closes what is told no more. */
async function tell(
  unit: Work,
  businessDate: LocalDate,
  found: {
    /** The subjects of every record and application that was looked at. */
    readonly subjects: readonly string[];
    readonly unbooked: readonly RaisedException[];
    readonly behind: readonly RaisedException[];
    /** Registrars of records that were booked with a difference within the tolerance. */
    readonly tolerated: readonly string[];
  },
): Promise<void> {
  const { subjects, unbooked, behind } = found;
  const tolerated = [...new Set(found.tolerated)].map((code) =>
    toleratedException(code, businessDate),
  );
  const raised = [...unbooked, ...(await notListed(unit.tx, behind)), ...tolerated];
  await raiseExceptions(unit.tx, unit.now, raised);
  await settleRetried(unit, subjects, { unbooked, behind });
}

/** One audit record for each bucket, with how many records were looked at. */
function auditRecords(
  unit: Work,
  actor: Actor,
  businessDate: LocalDate,
  rows: readonly { readonly bucket: number }[],
): void {
  for (const [bucket, own] of Map.groupBy(rows, (row) => row.bucket)) {
    unit.audit({
      bucket,
      actor,
      action: 'clearing.confirm',
      subject: `day:${businessDate}`,
      result: 'done',
      detail: { records: own.length },
    });
  }
}

async function confirmGroup(
  unit: Work,
  world: World,
  actor: Actor,
  buckets: readonly number[],
  context: { businessDate: LocalDate; tolerances: Tolerances },
): Promise<ConfirmCounts> {
  const { businessDate } = context;
  const [accountRows, tradeRows, distributionRows] = await Promise.all([
    waitingAccounts(unit.tx, buckets),
    waitingConfirmations(unit.tx, buckets),
    waitingDistributions(unit.tx, buckets),
  ]);
  const accounts = await confirmAccounts(unit, accountRows, context);
  const { trades, distributions } = await bookInTurn(
    unit,
    { trades: tradeRows, distributions: distributionRows },
    { calendar: world.calendar, ...context },
  );
  const exceptions = (kind: RecordKind, some: readonly Unbooked[]) =>
    some.map((one) => exceptionOf(kind, one, businessDate));
  const unbooked = [
    ...exceptions('account', accounts.unbooked),
    ...exceptions(
      'confirmation',
      trades.flatMap((round) => round.unbooked),
    ),
    ...exceptions(
      'distribution',
      distributions.flatMap((round) => round.unbooked),
    ),
  ];
  const behind = [
    ...exceptions('confirmation', lastBehind(trades)),
    ...exceptions('distribution', lastBehind(distributions)),
  ];
  const answered = [...accounts.answered, ...trades.flatMap((round) => round.answered)];
  await tell(unit, businessDate, {
    subjects: [
      ...accountRows.map((c) => recordSubject('account', c)),
      ...tradeRows.map((c) => recordSubject('confirmation', c)),
      ...answered.map(overdueSubject),
      ...distributionRows.map((c) => recordSubject('distribution', c)),
    ],
    unbooked,
    behind,
    tolerated: [...trades, ...distributions]
      .flatMap((round) => round.differences)
      .filter(({ record }) => !record.isStated)
      .map(({ record }) => record.registrarCode),
  });
  auditRecords(unit, actor, businessDate, [...accountRows, ...tradeRows, ...distributionRows]);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
  return {
    accounts: accounts.applied,
    trades: sum(trades.map((round) => round.applied)),
    distributions: sum(distributions.map((round) => round.applied)),
    rejected: accounts.rejected + sum(trades.map((round) => round.rejected)),
    exceptions: unbooked.length,
    behind: behind.length,
  };
}

/**
 * A record that was an exception before and is booked now takes its exception with it, and one that
 * has its turn no longer waits for it.
 */
async function settleRetried(
  unit: Work,
  subjects: readonly string[],
  still: Record<'unbooked' | 'behind', readonly RaisedException[]>,
): Promise<void> {
  const [open] = await unit.tx.query(
    `select 1 as open from clearing.exceptions where state = 'open' limit 1`,
  );
  if (open === undefined) return;
  const unbooked = still.unbooked.map(({ subject }) => subject);
  const left = new Set([...unbooked, ...still.behind.map(({ subject }) => subject)]);
  const gone = subjects.filter((subject) => !left.has(subject));
  await settleExceptions(unit.tx, unit.now, { subjects: gone }, 'booked');
  const turned = { subjects: unbooked, code: 'EARLIER_NOT_BOOKED' };
  await settleExceptions(unit.tx, unit.now, turned, 'its turn came');
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
    behind: 0,
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
