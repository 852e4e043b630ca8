/**
 * The reconcile step: ours against the registrars' file 05 and the bank's statement, and both
 * against what customers are shown. Breaks are recorded with a class, never mended here.
 */
import type { LocalDate } from '@cairn/kernel';
import { bucketOf, BUCKETS, findBucketInId } from '@cairn/kernel/ids';
import type { Actor } from '../../../platform/actor.ts';
import { FIRM, type Work, work } from '../../../platform/work.ts';
import {
  bankLedgerOn,
  findAssetAccountOwners,
  holdingTotals,
  loadBankPositions,
  loadTradingAccounts,
  lotTotals,
} from '../../accounts/index.ts';
import type { BankStatement } from '../domain/bank.ts';
import { type ColumnPart, replaceParts, storeColumns } from '../columns.ts';
import { type ColumnRow, columnsOf } from '../domain/column-lines.ts';
import { type Break, reconcile } from '../domain/reconcile.ts';
import { type RaisedException, raiseExceptions, settleExceptions } from '../exceptions.ts';
import type { DayWorld } from '../exchange.ts';
import { effectiveFiles } from '../store.ts';
import { addHoldings } from './holdings-file.ts';
import { receiveStatement } from './receive-statement.ts';

const EVERY_BUCKET = Array.from({ length: BUCKETS }, (_, bucket) => bucket);

type BreakKind = 'units' | 'cash' | 'bankTotal';

/** Units by position as the registrars' files 05 of the date give them, and who sent one. */
async function registrarUnits(
  world: DayWorld,
  date: LocalDate,
): Promise<{ units: Map<string, bigint>; registrars: Set<string> }> {
  const files = (await effectiveFiles(world.db, 'in', date)).filter(
    (file) => file.file_type === '05',
  );
  const units = new Map<string, bigint>();
  for (const file of files) {
    addHoldings(units, file.party, await world.files.get(file.sha256), file.name);
  }
  return { units, registrars: new Set(files.map((file) => file.party)) };
}

/** What records that are not booked would add to each position. */
async function unappliedUnits(world: DayWorld): Promise<Map<string, bigint>> {
  const rows = await world.db.query<{ subject: string; units: bigint }>(
    `select registrar_code || '/' || trading_account_no || '/' || fund_code || '/' || share_class
         as subject,
       sum(units)::int8 as units
     from (select bucket, registrar_code, trading_account_no, fund_code, share_class,
             case when business_code = '124' then -confirmed_units
                  when business_code in ('122', '130') then confirmed_units else 0 end as units
           from clearing.confirmations
           where (state = 'exception' or state = 'waiting') and return_code = '0000'
           union all
           select bucket, registrar_code, trading_account_no, fund_code, share_class,
             reinvested_units
           from clearing.distributions
           where (state = 'exception' or state = 'waiting') and return_code = '0000') as t
     group by 1`,
  );
  return new Map(rows.map((row) => [row.subject, row.units]));
}

async function compareUnits(world: DayWorld, date: LocalDate) {
  // The database adds up while the files are read.
  const [{ units, registrars }, holdings, lots, unapplied] = await Promise.all([
    registrarUnits(world, date),
    holdingTotals(world.db),
    lotTotals(world.db),
    unappliedUnits(world),
  ]);
  const only = (rows: readonly { registrarCode: string; subject: string; units: bigint }[]) =>
    new Map(
      rows
        .filter((row) => registrars.has(row.registrarCode) && row.units !== 0n)
        .map((row) => [row.subject, row.units]),
    );
  const ours = only(holdings);
  const shown = only(lots);
  return {
    positions: ours.size,
    registrars,
    columns: columnsOf(ours, units, shown).map((row): ColumnRow => ({ kind: 'units', ...row })),
    breaks: reconcile(ours, units, shown, unapplied),
  };
}

const byBucket = ([bucket, value]: [number, bigint]): [string, bigint] => [
  `bucket:${bucket}`,
  value,
];

/** The sums of accounts by the bucket that their number carries; buckets of zero are left out. */
function sumByBucket(accounts: ReadonlyMap<string, bigint>): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const [assetAccountNo, value] of accounts) {
    const bucket = findBucketInId(assetAccountNo);
    const key = bucket === undefined ? `account:${assetAccountNo}` : `bucket:${bucket}`;
    sums.set(key, (sums.get(key) ?? 0n) + value);
  }
  return sums;
}

async function compareCash(world: DayWorld, date: LocalDate, statement: BankStatement) {
  const rows = await loadBankPositions(world.db, date, EVERY_BUCKET);
  const ours = new Map<string, bigint>(rows.map((row) => [row.assetAccountNo, row.expected]));
  const theirs = new Map<string, bigint>(statement.closing);
  // What an account has at the bank is what its owner is shown; the ledger's own word for it is
  // the bank account of each bucket, which is the third column one level up.
  const accounts = reconcile(ours, theirs, ours);
  const buckets = reconcile(
    new Map<string, bigint>([...(await bankLedgerOn(world.db, date))].map(byBucket)),
    sumByBucket(theirs),
    sumByBucket(ours),
  );
  return {
    accounts: rows.length,
    columns: columnsOf(ours, theirs, ours).map((row): ColumnRow => ({ kind: 'cash', ...row })),
    breaks: [
      ...accounts.map((item): [BreakKind, Break] => ['cash', item]),
      ...buckets.map((item): [BreakKind, Break] => ['bankTotal', item]),
    ],
  };
}

/** A break with the customer whom it is about; that of a bucket is about nobody. */
interface OwnedBreak {
  readonly kind: BreakKind;
  readonly item: Break;
  readonly customerId: string | undefined;
}

/** The number that carries the owner: the trading account of units, the asset account of cash. */
const numberOf = (kind: BreakKind, { subject }: Break): string =>
  kind === 'units' ? (subject.split('/')[1] ?? '') : subject;

async function withOwners(
  world: DayWorld,
  found: readonly (readonly [BreakKind, Break])[],
): Promise<OwnedBreak[]> {
  const numbers = (wanted: BreakKind) =>
    found
      .filter(([kind]) => kind === wanted)
      .flatMap(([kind, item]) => {
        const number = numberOf(kind, item);
        const bucket = findBucketInId(number);
        return bucket === undefined ? [] : [{ bucket, number }];
      });
  const trading = await loadTradingAccounts(
    world.db,
    numbers('units').map(({ bucket, number }) => ({ bucket, tradingAccountNo: number })),
  );
  const asset = await findAssetAccountOwners(
    world.db,
    numbers('cash').map(({ bucket, number }) => ({ bucket, assetAccountNo: number })),
  );
  return found.map(([kind, item]) => {
    const number = numberOf(kind, item);
    const owner = kind === 'units' ? trading.get(number)?.customerId : asset.get(number);
    return { kind, item, customerId: owner };
  });
}

function exceptionOf(
  { kind, item, customerId }: OwnedBreak,
  businessDate: LocalDate,
): RaisedException {
  return {
    businessDate,
    code: kind === 'units' ? 'UNITS_BREAK' : 'CASH_BREAK',
    // What a record among the exceptions explains has its owner there.
    severity: item.class === 'unappliedConfirmation' ? 'remind' : 'approve',
    subject: `break:${kind}/${item.subject}`,
    ...(customerId === undefined ? {} : { bucket: bucketOf(customerId), customerId }),
    detail: {
      class: item.class,
      ours: String(item.ours),
      theirs: String(item.theirs),
      customerView: String(item.customerView),
    },
    ownerRole: 'operations',
  };
}

/** Compares the three columns and records every break; a run again replaces the day's breaks. */
export async function reconcileDay(
  world: DayWorld,
  actor: Actor,
  date: LocalDate,
): Promise<Record<string, number>> {
  const statement = await receiveStatement(world, actor, date);
  const [units, cash] = await Promise.all([
    compareUnits(world, date),
    statement === undefined
      ? { accounts: 0, breaks: [], columns: [] }
      : compareCash(world, date, statement),
  ]);
  const found: [BreakKind, Break][] = [
    ...units.breaks.map((item): [BreakKind, Break] => ['units', item]),
    ...cash.breaks,
  ];
  const compared = await storeColumns(world, [...units.columns, ...cash.columns]);
  await saveBreaks(world, actor, date, { found: await withOwners(world, found), compared });
  return {
    positions: units.positions,
    registrars: units.registrars.size,
    accounts: cash.accounts,
    breaks: found.length,
  };
}

async function saveBreaks(
  world: DayWorld,
  actor: Actor,
  date: LocalDate,
  {
    found,
    compared,
  }: {
    readonly found: readonly OwnedBreak[];
    readonly compared: readonly ColumnPart[];
  },
): Promise<void> {
  await work(world, [FIRM], async (unit) => {
    await replaceParts(unit.tx, date, compared);
    await unit.tx.query('delete from clearing.breaks where business_date = $1', [date]);
    await insertBreaks(unit, date, found);
    await closeMendedBreaks(unit, found);
    await raiseExceptions(
      unit.tx,
      unit.now,
      found.map((one) => exceptionOf(one, date)),
    );
    unit.audit({
      bucket: FIRM,
      actor,
      action: 'clearing.reconcile',
      subject: `day:${date}`,
      result: 'done',
      detail: { breaks: found.length },
    });
  });
}

async function insertBreaks(
  { tx }: Work,
  date: LocalDate,
  found: readonly OwnedBreak[],
): Promise<void> {
  await tx.query(
    `insert into clearing.breaks
       (business_date, kind, subject, ours, theirs, customer_view, class, customer_id)
     select $7::date, kind, subject, ours, theirs, customer_view, class, customer_id
     from unnest($1::text[], $2::text[], $3::int8[], $4::int8[], $5::int8[], $6::text[], $8::text[])
       as t(kind, subject, ours, theirs, customer_view, class, customer_id)`,
    [
      found.map(({ kind }) => kind),
      found.map(({ item }) => item.subject),
      found.map(({ item }) => item.ours),
      found.map(({ item }) => item.theirs),
      found.map(({ item }) => item.customerView),
      found.map(({ item }) => item.class),
      date,
      found.map(({ customerId }) => customerId ?? null),
    ],
  );
}

/** Breaks of earlier runs and days that are gone now close their exceptions. */
async function closeMendedBreaks({ tx, now }: Work, found: readonly OwnedBreak[]): Promise<void> {
  const still = found.map(({ kind, item }) => `break:${kind}/${item.subject}`);
  const rows = await tx.query<{ subject: string }>(
    `select subject from clearing.exceptions
     where state = 'open' and subject like 'break:%' and not subject = any($1::text[])`,
    [still],
  );
  await settleExceptions(
    tx,
    now,
    { subjects: rows.map((row) => row.subject) },
    'the columns agree again',
  );
}
